package claim

import (
	"fmt"
	"strconv"
	"strings"

	"ganlan/day"
	"ganlan/money"
	"ganlan/rule"
	"ganlan/scheme"
)

// rateReadings take the subsidy rate from elsewhere than the scheme says: the contract, another day's reference rate, a
// third rounded (OP-08, OP-09, OP-11), or another dated form of the rate.
func rateReadings(s *scheme.Scheme, ref *scheme.Reference, year int) []*alternative {
	if !s.Amount.Rate.Given() {
		return nil
	}
	r := rates{s: s}
	first := s.Amount.Rate.First()
	r.ours = scheme.Words{Zh: "贴息率取" + first.Is.String(), En: "the subsidy rate is " + rateEn(first.Is)}
	if first.Is.Of != scheme.OfContract {
		r.add(scheme.Rate{Of: scheme.OfContract, Share: money.Whole}, "贴息率取合同利率", "the contract rate taken as the subsidy rate")
	}
	if vs := s.Amount.Rate.Versions; len(vs) > 1 {
		for i := range vs {
			r.version(vs[i])
		}
	}
	if first.Is.Of == scheme.OfLPR && ref != nil {
		r.shares(first.Is)
		r.days(first.Is)
		r.published(first.Is, ref, year)
	}
	return r.out
}

type rates struct {
	s    *scheme.Scheme
	ours scheme.Words
	out  []*alternative
}

// add is a reading with this rate for all draws: through the rate's parameter where it has a name.
func (r *rates) add(x scheme.Rate, zh, en string) {
	first := r.s.Amount.Rate.First()
	a := &alternative{Reading: Reading{CauseRate, scheme.Words{Zh: zh, En: en}, r.ours, first.Text()}}
	if name := r.s.Amount.Rate.Name; name != "" {
		a.sets = map[string]string{name: rateText(x)}
	} else {
		a.change = func(s *scheme.Scheme) { s.Amount.Rate.Versions = only(x).Versions }
	}
	r.out = append(r.out, a)
}

// rateEn is a rate in words, in English.
func rateEn(r scheme.Rate) string {
	return strings.NewReplacer("合同利率", "the contract rate", "基准利率", "the benchmark rate", " 高于 ", " above ", " 的部分", "").Replace(r.String())
}

// rateText is a rate as a scheme writes it.
func rateText(x scheme.Rate) string {
	if x.Of == scheme.OfFixed {
		return fraction(x.Fixed)
	}
	s := "{of: " + string(x.Of) + ", share: " + fraction(x.Share)
	if x.Tenor != "" {
		s += ", tenor: " + string(x.Tenor)
	}
	if x.At != "" {
		s += ", at: " + string(x.At)
	}
	return s + "}"
}

// fraction never rounds: 1/3, 1/1.
func fraction(r money.Rate) string {
	return strconv.FormatInt(r.Num(), 10) + "/" + strconv.FormatInt(r.Den(), 10)
}

func (r *rates) version(v rule.Version[scheme.Rate]) {
	name := v.Is.String()
	if v.Since != day.None {
		name += "（" + v.Since.String() + "起）"
	}
	r.out = append(r.out, &alternative{Reading: Reading{CauseRate, scheme.Words{Zh: "全部按" + name + "计", En: "all counted at " + rateEn(v.Is)}, r.ours, v.Text()},
		change: func(s *scheme.Scheme) { s.Amount.Rate.Versions = only(v.Is).Versions }})
}

// shares are the decimals by which a third is written, and the whole.
func (r *rates) shares(is scheme.Rate) {
	for _, text := range []string{"33%", "33.3%", "33.33%", "100%"} {
		share, err := money.ParseRate(text)
		if err != nil || share == is.Share || text != "100%" && is.Share != money.NewRate(1, 3) {
			continue
		}
		x := is
		x.Share = share
		r.add(x, "贴息率按LPR的"+text+"取", "the subsidy rate is "+text+" of LPR")
	}
}

// days are the other days and the other tenors by which the LPR may be chosen.
func (r *rates) days(is scheme.Rate) {
	for _, at := range is.At.Known() {
		t, ok := telling("amount.version_by", at)
		if x := is; ok && scheme.At(at) != is.At {
			x.At = scheme.At(at)
			r.add(x, "LPR"+lprDay(t.words.Zh), "LPR: "+t.words.En)
		}
	}
	for _, t := range []struct {
		tenor  scheme.Tenor
		zh, en string
	}{{scheme.OneYear, "一律取1年期LPR", "one-year LPR for all"}, {scheme.FiveYears, "一律取5年期以上LPR", "five-year LPR for all"}} {
		if x := is; t.tenor != is.Tenor {
			x.Tenor = t.tenor
			r.add(x, t.zh, t.en)
		}
	}
}

// lprDay takes 标准 off the front of the words of a day.
func lprDay(zh string) string { return string([]rune(zh)[2:]) }

// published are the LPRs of the year and of the three before, each taken for all draws.
func (r *rates) published(is scheme.Rate, ref *scheme.Reference, year int) {
	days := append([]day.Date{day.YearStart(year - 3)}, ref.Changes(day.Span{From: day.YearStart(year - 3), Until: day.YearStart(year + 1)})...)
	seen := map[money.Rate]bool{}
	for i := len(days) - 1; i >= 0; i-- {
		for _, long := range []bool{false, true} {
			lpr, err := ref.LPR(days[i], long)
			if err != nil {
				continue
			}
			rate, err := lpr.Times(is.Share)
			if err != nil || seen[rate] {
				continue
			}
			seen[rate] = true
			tenor := map[bool]string{false: "1年期", true: "5年期以上"}[long]
			r.add(scheme.Rate{Fixed: rate, Share: money.Whole}, fmt.Sprintf("都取%s的%sLPR %s（贴息率%s）", days[i], tenor, lpr, rate),
				fmt.Sprintf("the LPR of %s, %s, taken for all draws (subsidy rate %s)", days[i], lpr, rate))
		}
	}
}
