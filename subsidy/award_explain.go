package subsidy

import (
	"fmt"

	"ganlan/fault"
	"ganlan/figure"
	"ganlan/money"
	"ganlan/scheme"
)

// Said is one line of an explanation in both languages, with what it rests on.
type Said struct {
	scheme.Words
	Cite string
}

// Explain says step by step how a row came to its amount: the same facts run through the same figures, then rounding,
// ceilings and finance's decision. It is empty for a number that is not there.
func (r *AwardRun) Explain(no string) []Said {
	if x := r.byNo(no); x != nil {
		return r.explain(x)
	}
	return nil
}

func (r *AwardRun) explain(x *Awarded) (out []Said) {
	a := r.Award
	res := a.program.Run(x.Facts)
	out = append(out, a.Sheet.said(&x.Subject, res)...)
	if a.screenOf(x.Reason) != nil {
		return append(out, x.outcome(r)...)
	}
	name, cite := a.paid()
	if a.Allocate == nil {
		v, _ := res.Get(name)
		out = append(out, saidf(cite, "%s %s，%s = %s 元", "%s %s, %s = %s yuan",
			[]any{a.title(name).Zh, v.In(fault.Zh), unitZh[a.Round.To.Is()] + modeZh[a.Round.Mode.Is()], x.Computed.Grouped()},
			[]any{a.title(name).En, v.In(fault.En), "rounded to " + string(a.Round.To.Is()) + ", " + string(a.Round.Mode.Is()), x.Computed.Grouped()}))
	} else {
		w := a.allocateWords(a.Allocate)
		out = append(out, saidf(cite, "%s：本行 %s 元", "%s: this row %s yuan", []any{w.Zh, x.Computed.Grouped()}, []any{w.En, x.Computed.Grouped()}))
	}
	for _, c := range x.Cuts {
		out = append(out, c.said(&a.Sheet))
	}
	return append(out, x.outcome(r)...)
}

// screenOf finds the condition of a code; nil when there is none.
func (s *Sheet) screenOf(code string) *scheme.Requirement {
	for _, x := range s.screens {
		if x.Code == code {
			return x
		}
	}
	return nil
}

// said is the records counted, each condition in turn up to the first that is not met, and every figure that has a value.
func (s *Sheet) said(x *Subject, res *figure.Result) (out []Said) {
	for _, c := range x.Records {
		if c.Screen != nil {
			out = append(out, saidf(c.Screen.Text(), "记录 %s 不计入：%s", "record %s is not counted: %s", []any{c.No, c.Screen.Zh}, []any{c.No, c.Screen.En}))
		}
	}
	for _, w := range s.screens {
		ok, err := res.Holds(w.Cond)
		if err != nil || !ok {
			return append(out, saidf(w.Text(), "不符合：%s", "not met: %s", []any{w.Zh}, []any{w.En}))
		}
		out = append(out, saidf(w.Text(), "符合：%s", "met: %s", []any{w.Zh}, []any{w.En}))
	}
	for i := range s.totals() {
		t := &s.totals()[i]
		if v, err := res.Get(t.Key); err == nil {
			out = append(out, Said{scheme.Words{Zh: t.words(s.Records.program).Zh + " = " + v.In(fault.Zh),
				En: t.words(s.Records.program).En + " = " + v.In(fault.En)}, t.Text()})
		}
	}
	for i := range res.Steps {
		if w := &res.Steps[i]; w.Err == nil {
			out = append(out, Said{scheme.Words{Zh: w.Text(s.program, fault.Zh), En: w.Text(s.program, fault.En)}, w.Figure.Text()})
		}
	}
	return out
}

func (s *Sheet) totals() Totals {
	if s.Records == nil {
		return nil
	}
	return s.Records.Totals
}

func (c *AwardCut) said(s *Sheet) Said {
	left := max(c.Limit-c.Paid, 0)
	w := c.Cap.words(s)
	factor := money.NewRate(int64(left), int64(c.Sum)).Fraction()
	out := saidf(c.Cap.Text(), "%s：上限 %s 元，已付 %s 元，合计应付 %s 元，本行 %s → %s 元", "%s: ceiling %s, paid before %s, due together %s, this row %s → %s",
		[]any{w.Zh, c.Limit.Grouped(), c.Paid.Grouped(), c.Sum.Grouped(), c.Before.Grouped(), c.After.Grouped()},
		[]any{w.En, c.Limit.Grouped(), c.Paid.Grouped(), c.Sum.Grouped(), c.Before.Grouped(), c.After.Grouped()})
	if c.Cap.Short.Or(ShortRatio) == ShortRatio {
		out.Zh, out.En = out.Zh+"（系数 "+factor+"）", out.En+" (factor "+factor+")"
	}
	if c.Of != "" {
		out.Zh, out.En = c.Of+"："+out.Zh, c.Of+": "+out.En
	}
	return out
}

// outcome is the last line: what is paid, or why nothing is.
func (x *Awarded) outcome(r *AwardRun) []Said {
	verb := scheme.Words{Zh: "给付", En: "paid"}
	if r.Award.Pay == nil {
		verb = scheme.Words{Zh: "金额", En: "comes to"} // a charge, or nobody pays yet
	}
	if x.Reason == "" {
		n := x.Amount.Grouped()
		return []Said{saidf("", verb.Zh+" %s 元", verb.En+" %s yuan", []any{n}, []any{n})}
	}
	w := r.Award.ReasonWords(x.Reason)
	if x.Open {
		return []Said{saidf(x.Cite, "%s；上限 %s 元", "%s; at most %s yuan", []any{w.Zh, x.Ceiling.Grouped()}, []any{w.En, x.Ceiling.Grouped()})}
	}
	return []Said{saidf(x.Cite, verb.Zh+" 0.00 元：%s", verb.En+" 0.00 yuan: %s", []any{w.Zh}, []any{w.En})}
}

// ReasonWords is a reason's code in words: of the scheme's conditions, or of this room.
func (s *Sheet) ReasonWords(code string) scheme.Words {
	if x := s.screenOf(code); x != nil {
		return scheme.Words{Zh: "不符合：" + x.Zh, En: "not met: " + x.En}
	}
	return awardReasons[code]
}

func saidf(cite, zh, en string, zhArgs, enArgs []any) Said {
	return Said{scheme.Words{Zh: fmt.Sprintf(zh, zhArgs...), En: fmt.Sprintf(en, enArgs...)}, cite}
}
