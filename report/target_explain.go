package report

import (
	"math/big"
	"strings"

	"ganlan/fault"
	"ganlan/figure"
	"ganlan/scheme"
)

// say picks a language.
func say(l fault.Lang, zh, en string) string { return scheme.Words{Zh: zh, En: en}.In(l) }

// Text is the board in words: each target with its date, what was reached and how that came about; checks; milestones.
func (b *Board) Text(l fault.Lang) (out []string) {
	for i := range b.Rows {
		out = append(out, b.Rows[i].Text(b.targets, l)...)
	}
	for i := range b.Checks {
		out = append(out, b.Checks[i].Text(l))
	}
	for i := range b.Stones {
		out = append(out, b.Stones[i].Text(l))
	}
	return out
}

// Text is one target in words, a line for each goal.
func (r *Row) Text(t *Targets, l fault.Lang) (out []string) {
	for i := range r.Goals {
		out = append(out, r.goal(&r.Goals[i], t, l))
	}
	if len(r.Goals) > 1 {
		out = append(out, r.Target.ID+" "+say(l, r.Target.Zh, r.Target.En)+": "+statuses[r.Status].In(l))
	}
	return out
}

func (r *Row) goal(a *Attained, t *Targets, l fault.Lang) string {
	x := r.Target
	s := x.ID + " " + say(l, a.Goal.Zh, a.Goal.En) + " " + a.wanted(l) + x.when(r, l)
	if a.Actual.Given() {
		s += say(l, "；截至 ", "; as of ") + r.As.String() + say(l, " 实际 ", " actual ") + a.Actual.In(l)
		s += a.shares(x, r, l)
		if a.why != nil {
			s += say(l, "，", ", ") + a.why.Text(t.measures, l)
		}
	} else if a.Lacks != nil {
		s += say(l, "；", "; ") + lacks(a.Lacks, l)
	}
	return s + " → " + statuses[a.Status].In(l) + " [" + x.Text() + "]"
}

// wanted is the target in words.
func (a *Attained) wanted(l fault.Lang) string {
	if !a.Target.Given() {
		return say(l, "（文件未写目标值）", "(no figure in the document)")
	}
	return signs[a.Goal.Dir] + " " + a.Target.In(l)
}

// when is the day or span of the target, and whether it is only hoped for.
func (x *Target) when(r *Row, l fault.Lang) string {
	var parts []string
	switch {
	case x.From.Given() && r.To != 0:
		parts = append(parts, r.From.String()+" … "+r.To.String())
	case r.To != 0:
		parts = append(parts, r.To.String())
	case x.When != nil:
		parts = append(parts, x.When.In(l))
	}
	if x.Soft {
		parts = append(parts, say(l, "力争、计划类", "hoped for"))
	}
	if x.Printed != "" {
		parts = append(parts, say(l, "印作", "printed ")+x.Printed)
	}
	if len(parts) == 0 {
		return ""
	}
	return say(l, "（", " (") + strings.Join(parts, say(l, "，", ", ")) + say(l, "）", ")")
}

func (a *Attained) shares(x *Target, r *Row, l fault.Lang) (s string) {
	if a.Share != nil && a.Goal.Dir.ceiling() {
		s += say(l, "，已用 ", ", used ") + share(a.Share)
	} else if a.Share != nil && a.Goal.Dir != Equal {
		s += say(l, "，完成 ", ", reached ") + share(a.Share)
	}
	if r.Gone != nil {
		s += say(l, "，时间已过 ", ", time gone ") + share(r.Gone)
	}
	if a.Due != nil && r.Gone.Cmp(big.NewRat(1, 1)) < 0 {
		s += map[bool]string{true: say(l, "，快于时间", ", ahead of the time"), false: say(l, "，慢于时间", ", behind the time")}[a.Actual.Rat().Cmp(a.Due) >= 0]
	}
	return s
}

// share writes an exact share with two decimals of a per cent, the rest left off: nobody reads 100% before it is reached.
func share(x *big.Rat) string {
	n := new(big.Int).Mul(x.Num(), big.NewInt(10000))
	q := new(big.Int).Quo(n, x.Denom())
	return new(big.Rat).SetFrac(q, big.NewInt(100)).FloatString(2) + "%"
}

func lacks(err error, l fault.Lang) string {
	for _, f := range fault.From(err) {
		return f.What(l)
	}
	return err.Error()
}

// Text is one check in words.
func (c *Checked) Text(l fault.Lang) string {
	s := say(l, c.Check.Zh, c.Check.En) + ": "
	switch {
	case c.Err != nil:
		return s + lacks(c.Err, l)
	case !c.Equals.Given():
		s += c.Value.In(l)
	case c.Holds:
		s += c.Value.In(l) + " = " + c.Equals.In(l) + say(l, " 相符", " agrees")
	default:
		s += c.Value.In(l) + " ≠ " + c.Equals.In(l) + say(l, " 不符", " differs")
	}
	if c.Beside.Given() {
		s += say(l, "，对照 ", ", beside ") + c.Beside.In(l)
	}
	if c.Check.Why != nil {
		s += say(l, "；", "; ") + c.Check.Why.In(l)
	}
	return s + " [" + c.Check.Text() + "]"
}

// Text is one milestone in words.
func (s *Stone) Text(l fault.Lang) string {
	m := s.Milestone
	out := m.On.String() + " " + say(l, m.Zh, m.En) + ": "
	switch {
	case s.Done.String() != "" && s.Status == Met:
		out += say(l, "已于 ", "done on ") + s.Done.String() + say(l, " 完成", "")
	case s.Done.String() != "":
		out += say(l, "迟至 ", "late, done on ") + s.Done.String() + say(l, " 完成", "")
	case s.Status == NotMet:
		out += say(l, "已过期", "overdue")
	default:
		out += say(l, "未到期", "open")
	}
	return out + " [" + m.Cite.Text() + "]"
}

// Words are all targets, checks and milestones in the order of the file.
func (t *Targets) Words() []scheme.Line {
	return scheme.Lines(func(add scheme.Add) {
		for i := range t.Facts {
			f := &t.Facts[i]
			add("facts."+f.Key, scheme.Words{Zh: f.Zh, En: f.En}, f.Cite)
		}
		for i := range t.Figures {
			f := &t.Figures[i]
			add("figures."+f.Key, scheme.Words{Zh: f.Zh + " = " + f.Describe(t.measures, fault.Zh), En: f.En + " = " + f.Describe(t.measures, fault.En)}, f.Cite)
		}
		for i := range t.Targets {
			t.Targets[i].lines(t, add)
		}
		for i := range t.Checks {
			c := &t.Checks[i]
			add("checks."+c.Of, scheme.Words{Zh: c.Zh + equals(c.Equals), En: c.En + equals(c.Equals)}, c.Cite)
		}
		for i := range t.Milestones {
			m := &t.Milestones[i]
			add("milestones."+m.Key, scheme.Words{Zh: m.On.String() + " " + m.Zh, En: m.On.String() + " " + m.En}, m.Cite)
		}
	})
}

func equals(o figure.Operand) string {
	if o == "" {
		return ""
	}
	return " = " + string(o)
}

func (x *Target) lines(t *Targets, add scheme.Add) {
	r := Row{Target: x, From: x.From.Is(), To: x.To.Is().Day}
	for _, g := range x.goals {
		a := Attained{Goal: g}
		if g.Is.Given() && t.stated != nil {
			a.Target, _ = t.stated.Get(g.key)
		}
		w := func(l fault.Lang) string {
			s := say(l, g.Zh, g.En)
			if len(x.goals) > 1 {
				s = say(l, x.Zh, x.En) + say(l, "：", ": ") + s
			}
			if g.Dir == By {
				s += " " + signs[By] + " " + x.To.Is().In
			} else {
				s += " " + a.wanted(l) + x.unitOf(a.Target, l)
			}
			s += x.when(&r, l)
			if x.Note != nil {
				s += say(l, "；", "; ") + x.Note.In(l)
			}
			return s
		}
		add("targets."+x.ID, scheme.Words{Zh: w(fault.Zh), En: w(fault.En)}, x.Cite)
	}
}

// unitOf is the unit where the value does not say it itself: households after a count, yuan a household after an amount.
func (x *Target) unitOf(v figure.Value, l fault.Lang) string {
	switch {
	case v.Type == figure.Count || v.Type == figure.Number:
		return " " + x.Unit.In(l)
	case v.Given() && (x.Unit.Zh == "元" || x.Unit.Zh == "%"):
		return ""
	}
	return say(l, "（", " (") + x.Unit.In(l) + say(l, "）", ")")
}
