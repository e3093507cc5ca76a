package claim

import (
	"fmt"
	"slices"
	"strings"

	"ganlan/day"
	"ganlan/money"
	"ganlan/scheme"
	"ganlan/subsidy"
)

// say puts the finding into a sentence that can be read out on the telephone. No person is named in it.
func (x *examiner) say(f *Finding) {
	zh, en := []string{f.figuresZh()}, []string{f.figuresEn()}
	if len(x.hits) == 0 {
		zh, en = append(zh, f.unknownZh(x.tries)), append(en, f.unknownEn(x.tries))
	} else {
		why := causeOf(f.Readings)
		where := x.where(x.hits[0])
		zh = append(zh, "贵行若"+why.Zh+"，正好得出这个数", where.Zh)
		en = append(en, "The bank's figure comes out exactly if "+why.En, where.En)
		rule := schemeSays(f.Readings[0])
		zh, en = append(zh, rule.Zh), append(en, rule.En)
	}
	f.Zh, f.En = sentences(zh, "。"), sentences(en, ". ")
}

func sentences(parts []string, stop string) string {
	parts = slices.DeleteFunc(parts, func(s string) bool { return s == "" })
	return strings.TrimSpace(strings.Join(parts, stop) + stop)
}

func (f *Finding) figuresZh() string {
	var parts []string
	if f.Bank.OK {
		parts = append(parts, fmt.Sprintf("贵行贴息%s元，应为%s元，%s", f.Bank.Value.Grouped(), f.Amount.Value.Grouped(), moreZh(int64(f.By()), "元")))
	}
	if f.BankDays.OK {
		parts = append(parts, fmt.Sprintf("贵行余额累计%s元·天，应为%s元·天，%s", grouped(f.BankDays.Value), grouped(f.Days.Value),
			moreZh(f.BankDays.Value-f.Days.Value, "元·天")))
	}
	return "合同" + f.Contract + "：" + strings.Join(parts, "；")
}

func (f *Finding) figuresEn() string {
	var parts []string
	if f.Bank.OK {
		parts = append(parts, fmt.Sprintf("the bank's subsidy is %s, it should be %s (%s)", f.Bank.Value.Grouped(), f.Amount.Value.Grouped(), moreEn(int64(f.By()))))
	}
	if f.BankDays.OK {
		parts = append(parts, fmt.Sprintf("the bank's cumulative balance is %s yuan-days, it should be %s (%s)", grouped(f.BankDays.Value),
			grouped(f.Days.Value), moreEn(f.BankDays.Value-f.Days.Value)))
	}
	return "Contract " + f.Contract + ": " + strings.Join(parts, "; ")
}

func grouped(fen int64) string { return money.Fen(fen).Grouped() }

func moreZh(by int64, unit string) string {
	switch {
	case by > 0:
		return "多" + grouped(by) + unit
	case by < 0:
		return "少" + grouped(-by) + unit
	}
	return "相同"
}

func moreEn(by int64) string {
	switch {
	case by > 0:
		return grouped(by) + " too much"
	case by < 0:
		return grouped(-by) + " too little"
	}
	return "the same"
}

// mostNamed is how many readings that give the same figure are named in a sentence.
const mostNamed = 3

// causeOf names the readings that give the bank's figures.
func causeOf(all [][]Reading) scheme.Words {
	var zh, en []string
	for _, rs := range all[:min(len(all), mostNamed)] {
		w := joined(rs)
		zh, en = append(zh, "“"+w.Zh+"”"), append(en, "“"+w.En+"”")
	}
	w := scheme.Words{Zh: strings.Join(zh, "，或"), En: strings.Join(en, ", or ")}
	if len(all) > 1 {
		w.Zh += fmt.Sprintf("（共%d种读法得数相同，请贵行说明是哪一种）", len(all))
		w.En += fmt.Sprintf(" (%d readings give the same figure; ask which it was)", len(all))
	}
	return w
}

// joined are one or two readings as one clause.
func joined(rs []Reading) (w scheme.Words) {
	for i, r := range rs {
		if i > 0 {
			w.Zh, w.En = w.Zh+"，并且", w.En+", and "
		}
		w.Zh, w.En = w.Zh+r.Bank.Zh, w.En+r.Bank.En
	}
	return w
}

// schemeSays is what the scheme has in place of the readings, with the clause.
func schemeSays(rs []Reading) scheme.Words {
	var zh, en []string
	for _, r := range rs {
		if r.Scheme.Zh == "" {
			continue
		}
		cite, citeEn := "", ""
		if r.Cite != "" {
			cite, citeEn = "（依据 "+r.Cite+"）", " (clause "+r.Cite+")"
		}
		zh, en = append(zh, r.Scheme.Zh+cite), append(en, r.Scheme.En+citeEn)
	}
	if len(zh) == 0 {
		return scheme.Words{Zh: "请核对", En: "Please check"}
	}
	return scheme.Words{Zh: "方案规定：" + strings.Join(zh, "；") + "，请更正", En: "The scheme says: " + strings.Join(en, "; ") + ". Please correct it"}
}

func (f *Finding) unknownZh(tries int) string {
	s := fmt.Sprintf("未能判明：试过%d种算法，都不能正好得出贵行的数", tries)
	if f.Nearest != nil {
		s += "；最接近的是“" + joined(f.Nearest).Zh + "”，" + f.stillOff("仍差", "元", "元·天")
	}
	return s + "。请贵行提供本合同的逐日余额或计息清单"
}

func (f *Finding) unknownEn(tries int) string {
	s := fmt.Sprintf("Not found: none of %d reckonings gives the bank's figure", tries)
	if f.Nearest != nil {
		s += "; the closest is “" + joined(f.Nearest).En + "”, " + f.stillOff("still off by ", "", " yuan-days")
	}
	return s + ". Ask the bank for its daily balances or interest sheet of this contract"
}

func (f *Finding) stillOff(by, yuan, yuanDays string) string {
	if f.Bank.OK {
		return by + grouped(max(int64(f.NearestOff.amount), -int64(f.NearestOff.amount))) + yuan
	}
	return by + grouped(max(f.NearestOff.days, -f.NearestOff.days)) + yuanDays
}

// mostSpans is how many runs of days a sentence names.
const mostSpans = 2

// where names the days on which the bank counts another balance than we do, or says that only the rate differs.
func (x *examiner) where(h candidate) scheme.Words {
	if h.account == nil || h.rows == nil {
		return scheme.Words{}
	}
	edges := slices.Concat(x.base.edges(), h.edges())
	slices.Sort(edges)
	edges = slices.Compact(edges)
	var zh, en []string
	n := 0
	for i := 0; i+1 < len(edges); i++ {
		ours, bank := x.base.owedOn(edges[i]), h.owedOn(edges[i])
		if ours == bank {
			continue
		}
		if n++; n > mostSpans {
			continue
		}
		s := day.Span{From: edges[i], Until: edges[i+1]}
		zh = append(zh, fmt.Sprintf("%s（%d天）应计%s元，贵行计%s元", spanZh(s), s.Days(), ours.Grouped(), bank.Grouped()))
		en = append(en, fmt.Sprintf("%s (%s): %s should count, the bank counts %s", spanEn(s), daysEn(s.Days()), ours.Grouped(), bank.Grouped()))
	}
	switch {
	case n == 0:
		return x.rateWhere(h.account)
	case n > mostSpans:
		zh, en = append(zh, fmt.Sprintf("另有%d段", n-mostSpans)), append(en, fmt.Sprintf("and %d more spans", n-mostSpans))
	}
	return scheme.Words{Zh: strings.Join(zh, "；"), En: strings.Join(en, "; ")}
}

func spanZh(s day.Span) string {
	if s.Days() == 1 {
		return dayWords(s.From)
	}
	return dayWords(s.From) + "至" + dayWords(s.Last())
}

func spanEn(s day.Span) string {
	if s.Days() == 1 {
		return s.From.String()
	}
	return s.From.String() + " to " + s.Last().String()
}

func daysEn(n int) string {
	if n == 1 {
		return "1 day"
	}
	return fmt.Sprint(n, " days")
}

// rateWhere says which rates were used where the days and balances agree.
func (x *examiner) rateWhere(by *account) scheme.Words {
	ours, bank := x.base.rates(), by.rates()
	if slices.Equal(ours, bank) {
		return scheme.Words{Zh: "每日余额和天数相同", En: "Balances and days agree"}
	}
	return scheme.Words{Zh: "每日余额和天数相同，贴息率应为" + strings.Join(ours, "、") + "，贵行为" + strings.Join(bank, "、"),
		En: "Balances and days agree; the rate should be " + strings.Join(ours, ", ") + ", the bank used " + strings.Join(bank, ", ")}
}

// rates are the yearly rates of the account.
func (a *account) rates() (out []string) {
	a.counted(func(_ int, p subsidy.Piece) {
		if s := p.Rate.String(); !slices.Contains(out, s) {
			out = append(out, s)
		}
	})
	return out
}
