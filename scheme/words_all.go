package scheme

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"ganlan/day"
	"ganlan/money"
	"ganlan/rule"
)

// Line is one value of a scheme in words, with what it rests on.
type Line struct {
	Key   string
	Value Words
	Cite  string
}

// Add appends a value to the lines.
type Add func(key string, value Words, c rule.Cite)

// Lines gathers values; what the documents do not say is marked.
func Lines(fill func(Add)) (out []Line) {
	fill(func(key string, value Words, c rule.Cite) {
		if c.Assumed {
			value.Zh += "（文件未载，按读法）"
			value.En += " (not in the documents; a reading)"
		}
		out = append(out, Line{key, value, c.Text()})
	})
	return out
}

// Words are all values of the scheme in the order of the file: what explain prints and diff compares.
func (s *Scheme) Words() []Line {
	return Lines(func(add Add) { s.words(func(key, value string, c rule.Cite) { add(key, Words{value, value}, c) }) })
}

func (s *Scheme) words(add func(key, value string, c rule.Cite)) {
	for i := range s.Who {
		t := &s.Who[i]
		add("who."+nameOf(t), t.Describe().Zh, t.Cite)
	}
	a := &s.Amount
	lines(add, "amount.rate", &a.Rate)
	lines(add, "amount.limit", &a.Limit)
	lines(add, "amount.base", &a.Base.Value)
	lines(add, "amount.year", &a.Year.Value)
	lines(add, "amount.first_day", &a.FirstDay.Value)
	lines(add, "amount.last_day", &a.LastDay.Value)
	for i := range a.Until {
		u := &a.Until[i]
		add(fmt.Sprintf("amount.until[%d]", i), u.words(), u.Cite)
	}
	lines(add, "amount.months", &a.Months)
	lines(add, "amount.overdue", &a.Overdue.Value)
	lines(add, "amount.deferral", &a.Deferral.Value)
	lines(add, "amount.repayments", &a.Repay.Value)
	lines(add, "amount.claim", &a.Claim.Value)
	lines(add, "amount.settle", &a.Settle.Value)
	lines(add, "amount.settle_day", &a.SettleDay.Value)
	for i := range a.Principal {
		p := &a.Principal[i]
		add(fmt.Sprintf("amount.principal[%d]", i), strings.TrimSpace(sums(&p.UpTo.Value)+" / "+string(p.Per.Is())+" "+string(p.Times)), p.Cite)
	}
	add("amount.round", string(a.Round.Per.Is())+", "+string(a.Round.To.Is())+", "+string(a.Round.Mode.Is()), a.Round.Cite)
	for i := range a.Caps {
		c := &a.Caps[i]
		add(fmt.Sprintf("amount.caps[%d]", i), sums(&c.Money.Value)+" / "+string(c.Per.Is())+" "+string(c.Over.Is()), c.Cite)
	}
	lines(add, "amount.budget", &a.Budget)
	if s.Fee != nil {
		lines(add, "fee.share", &s.Fee.Share.Value)
		lines(add, "fee.prorate", &s.Fee.Prorate.Value)
		lines(add, "fee.refund", &s.Fee.Refund.Value)
		lines(add, "fee.tolerance", &s.Fee.Tolerance.Value)
	}
	for i := range s.Exclusive {
		x := &s.Exclusive[i]
		add(fmt.Sprintf("exclusive[%d]", i), strings.Join(x.With, "、")+"："+string(x.Then), x.Cite)
	}
	for i := range s.Warn {
		w := &s.Warn[i]
		add(fmt.Sprintf("warn[%d]", i), string(w.When)+" > "+w.Above.Is().String()+" "+string(w.Weight.Is()), w.Cite)
	}
	lines(add, "pay.benefit", &s.Pay.Benefit.Value)
	lines(add, "pay.payers", &s.Pay.Payers)
	add("pay.split", string(s.Pay.Split.Of.Or(SplitTotal))+", "+s.Pay.Split.RestTo.Or(LargestRemainder), s.Pay.Split.Cite)
	lines(add, "pay.deadline", &s.Pay.Deadline.Value)
	for _, k := range slices.Sorted(maps.Keys(s.Terms)) {
		v := s.Terms[k]
		lines(add, "terms."+k, &v)
	}
}

func nameOf(t *Test) string {
	if t.Kind != "" {
		return string(t.Kind)
	}
	return t.Code
}

// lines gives every version of a value.
func lines[T any](add func(string, string, rule.Cite), key string, v *rule.Value[T]) {
	for i, x := range v.Versions {
		k, value := key, fmt.Sprint(x.Is)
		if len(v.Versions) > 1 {
			k = fmt.Sprintf("%s[%d]", key, i)
		}
		if x.Since != 0 && x.Since != day.None {
			value += " 自 " + x.Since.String()
		}
		if x.When != "" {
			value += " 当 " + x.When
		}
		if v.Name != "" {
			value += "  (--set " + v.Name + ")"
		}
		add(k, value, x.Cite)
	}
}

// Say adds every form of a value to the lines. One that the documents leave open says so, with what is suggested.
func Say[T any](add Add, key string, v *rule.Value[T], say func(T) Words) {
	for i, x := range v.Versions {
		k, w := key, Words{"须给定", "must be given"}
		if len(v.Versions) > 1 {
			k = fmt.Sprintf("%s[%d]", key, i)
		}
		switch {
		case !x.Open():
			w = say(x.Is)
		case x.Suggested() != "":
			w = Words{w.Zh + "（建议 " + x.Suggested() + "）", w.En + " (suggested: " + x.Suggested() + ")"}
		}
		if x.Since != 0 && x.Since != day.None {
			w = Words{w.Zh + " 自 " + x.Since.String(), w.En + " from " + x.Since.String()}
		}
		if v.Name != "" {
			w = Words{w.Zh + "  (--set " + v.Name + ")", w.En + "  (--set " + v.Name + ")"}
		}
		add(k, w, x.Cite)
	}
}

// sums is money with the days since which it holds and the paper behind each.
func sums(v *rule.Value[money.Fen]) string {
	parts := make([]string, len(v.Versions))
	for i, x := range v.Versions {
		parts[i] = x.Is.Grouped() + " 元"
		if x.Since != day.None {
			parts[i] += " 自 " + x.Since.String() + " [" + x.Text() + "]"
		}
		if x.When != "" {
			parts[i] += " 当 " + x.When
		}
	}
	return strings.Join(parts, "；")
}

func (u *Cutoff) words() string {
	s := "计算至 " + u.Is.Is().String()
	switch {
	case u.DrawnTo != 0:
		s = "放款至 " + u.DrawnTo.String() + "：" + s
	case u.FirstDrawnTo != 0:
		s = "首次放款至 " + u.FirstDrawnTo.String() + "：" + s
	}
	return s
}

// String is the payers with their shares.
func (p Payers) String() string {
	parts := make([]string, len(p))
	for i, x := range p {
		parts[i] = x.Who + " " + x.Share.String()
	}
	return strings.Join(parts, ", ")
}
