package claim

import (
	"maps"
	"slices"
	"strconv"

	"ganlan/day"
	"ganlan/fault"
	"ganlan/rule"
	"ganlan/scheme"
	"ganlan/subsidy"
)

// Reading is one way in which a bank may have reckoned otherwise than the scheme says.
type Reading struct {
	Cause  Cause
	Bank   scheme.Words // what the bank would have done
	Scheme scheme.Words // what the scheme says in its place; may be empty
	Cite   string
}

// alternative is a reading that the calculation itself can follow: the scheme with other parameters, with a rule changed, or
// other facts.
type alternative struct {
	Reading
	sets   map[string]string
	change func(*scheme.Scheme)
	facts  func(*subsidy.Facts) bool // changes a copy of the contract's facts; false when it does not apply
	plan   *subsidy.Plan
}

// with is both readings at once; false when they set one parameter twice.
func (a *alternative) with(b *alternative) (*alternative, bool) {
	c := &alternative{sets: map[string]string{}}
	maps.Copy(c.sets, a.sets)
	for k, v := range b.sets {
		if _, twice := c.sets[k]; twice {
			return nil, false
		}
		c.sets[k] = v
	}
	c.change = func(s *scheme.Scheme) {
		for _, x := range []*alternative{a, b} {
			if x.change != nil {
				x.change(s)
			}
		}
	}
	c.facts = func(f *subsidy.Facts) bool {
		return (a.facts == nil || a.facts(f)) && (b.facts == nil || b.facts(f))
	}
	return c, true
}

// Loader gives the scheme with parameters set, as scheme.Folder.Load does.
type Loader func(sets map[string]string) (*scheme.Scheme, fault.List)

// wordReadings are the other words of every named parameter that has words.
func wordReadings(s *scheme.Scheme) (out []*alternative) {
	for _, p := range s.Parameters() {
		ours, ok := telling(p.Key, p.Is)
		if !ok || p.Key == "amount.settle" {
			continue
		}
		for _, other := range p.Others {
			if bank, ok := telling(p.Key, other); ok {
				cause := bank.cause
				if ours.cause == CauseMonth30 {
					cause = CauseMonth30
				}
				out = append(out, &alternative{Reading: Reading{cause, bank.words, ours.words, p.Cite}, sets: map[string]string{p.Name: other}})
			}
		}
	}
	return out
}

// named is the parameter that stands at a key.
func named(s *scheme.Scheme, key string) (scheme.Parameter, bool) {
	ps := s.Parameters()
	i := slices.IndexFunc(ps, func(p scheme.Parameter) bool { return p.Key == key })
	if i < 0 {
		return scheme.Parameter{}, false
	}
	return ps[i], true
}

// settleDays are the days of the month on which banks settle: the 20th, or the month's last.
var settleDays = []int{20, 31}

// settleReadings let the bank settle more or less often, on the days that banks use. A scheme without such a parameter is
// given one: how a bank settles is not for the scheme to say.
func settleReadings(s *scheme.Scheme) (out []*alternative) {
	is := s.Amount.Settle.Or(scheme.SettleYear)
	ours, _ := telling("amount.settle", string(is))
	for _, each := range is.Known() {
		bank, ok := telling("amount.settle", each)
		if !ok || each == string(is) {
			continue
		}
		if each == string(scheme.SettleYear) {
			out = append(out, settleReading(s, bank, ours, 0))
			continue
		}
		for _, d := range settleDays {
			out = append(out, settleReading(s, bank, ours, d))
		}
	}
	return out
}

func settleReading(s *scheme.Scheme, bank, ours told, on int) *alternative {
	a := &alternative{Reading: Reading{CauseRounding, bank.words, ours.words, "OP-03"}, sets: map[string]string{}}
	if on > 0 {
		a.Bank = scheme.Words{Zh: bank.words.Zh + "（" + settleDayZh(on) + "结息）", En: bank.words.En + " on " + settleDayEn(on)}
	}
	if p, ok := named(s, "amount.settle"); ok {
		a.sets[p.Name], a.Cite = bank.value, p.Cite
	} else {
		a.change = func(s *scheme.Scheme) { s.Amount.Settle.Value = only(scheme.Settle(bank.value)) }
	}
	if on == 0 {
		return a
	}
	if p, ok := named(s, "amount.settle_day"); ok {
		a.sets[p.Name] = strconv.Itoa(on)
	} else {
		before := a.change
		a.change = func(s *scheme.Scheme) {
			if before != nil {
				before(s)
			}
			s.Amount.SettleDay.Value = only(on)
		}
	}
	return a
}

func settleDayZh(on int) string {
	if on == 31 {
		return "月末"
	}
	return strconv.Itoa(on) + "日"
}

func settleDayEn(on int) string {
	if on == 31 {
		return "the last of the month"
	}
	return "the " + strconv.Itoa(on) + "th"
}

// only is a value of one form without dates or conditions.
func only[T any](is T) rule.Value[T] {
	return rule.Value[T]{Versions: []rule.Version[T]{{Is: is, Since: day.None, Until: day.None}}}
}
