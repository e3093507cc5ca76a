package risk

import (
	"strings"

	"ganlan/fault"
	"ganlan/rule"
	"ganlan/scheme"
)

// Lines are the fund at its end in words: figures of the whole and of every pot, what waits, and the alarms of all days.
func (st *Statement) Lines() []scheme.Line {
	p := st.fund.program
	return scheme.Lines(func(add scheme.Add) {
		for _, x := range st.Last {
			prefix := x.Pot.String()
			steps(p, x.run, func(key string, w scheme.Words, c rule.Cite) { add(strings.Trim(prefix+"."+key, "."), w, c) })
			for _, c := range x.Open {
				add(strings.Trim(prefix+"."+c.Code, "."), both(func(l fault.Lang) string {
					return say(l, "缺少数据，无法判断：", "cannot be decided for want of figures: ") + c.In(l)
				}), c.Cite)
			}
		}
		for i := range st.Alarms {
			a := &st.Alarms[i]
			add("checks."+a.Check.Code, both(func(l fault.Lang) string { return a.text(l) }), a.Check.Cite)
		}
		for _, c := range st.Claims {
			add("claims."+c.No, both(func(l fault.Lang) string { return c.text(l) }), st.fund.Short.First().Cite)
		}
	})
}

func (a *Alarm) text(l fault.Lang) string {
	s := a.Day.String() + " " + a.Pot.String()
	if a.On {
		return s + say(l, " 不符合：", " does not hold: ") + a.Check.In(l)
	}
	return s + say(l, " 恢复符合：", " holds again: ") + a.Check.In(l)
}

func (c *Claim) text(l fault.Lang) string {
	s := c.No + say(l, " 认定 ", " decided ") + c.Day.String() + " " + yuan(c.Amount, l)
	for _, p := range c.Paid {
		s += say(l, "；付 ", "; paid ") + p.Day.String() + " " + yuan(p.Amount, l)
	}
	if w := c.Amount - c.Sum(); w > 0 {
		s += say(l, "；资金不足，待付 ", "; the fund is short, waiting ") + yuan(w, l)
	}
	return s
}
