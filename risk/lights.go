package risk

import (
	"reflect"
	"slices"
	"strings"

	"ganlan/fault"
	"ganlan/figure"
	"ganlan/rule"
	"ganlan/scheme"
)

// Lights are red, yellow and green warnings over a loan's or household's declared facts, and reminders before a loan is due
// (PX2-5.3). The table is required: the documents name the lights and not their borders (OP-55).
type Lights struct {
	scheme.Head
	Figures   figure.Figures         `rule:"figures"`
	Suggested LightTable             `rule:"suggested"` // taken when the table is given as «suggested»
	Rules     rule.Single[LightPick] `rule:"rules,need"`
	Due       string                 `rule:"due"`  // the date fact on which a loan is due
	Owed      []string               `rule:"owed"` // facts or figures to be settled that day: principal, interest
	Remind    rule.Single[[]int]     `rule:"remind"`

	program *figure.Program
	table   LightTable
}

// Light is a colour.
type Light string

// The lights, the gravest first.
const (
	Red    Light = "red"
	Yellow Light = "yellow"
	Green  Light = "green"
)

// Known lists the lights.
func (Light) Known() []string { return []string{string(Red), string(Yellow), string(Green)} }

var lightWords = map[Light]scheme.Words{Red: {Zh: "红灯", En: "red"}, Yellow: {Zh: "黄灯", En: "yellow"}, Green: {Zh: "绿灯", En: "green"}}

// LightTable is tried in order; the first rule that holds gives the light.
type LightTable []LightRule

// LightRule is one rule of the table.
type LightRule struct {
	rule.Spot
	Light Light  `rule:"light,need"`
	When  string `rule:"when,need"` // CEL; «true» for all the rest
	Zh    string `rule:"zh,need"`
	En    string `rule:"en,need"`

	cond *rule.Condition
}

// LightPick is a table written out, or the word «suggested».
type LightPick struct {
	Suggested bool
	Table     LightTable
}

// DecodeRule reads the word or the table.
func (p *LightPick) DecodeRule(n rule.Node) {
	if n.IsScalar() && n.Text() == "suggested" {
		p.Suggested = true
		return
	}
	n.Into(&p.Table)
}

// RuleSchema is the word or the table.
func (*LightPick) RuleSchema(s *rule.Schemas) rule.Schema {
	return rule.OneOf(rule.Scalar(), s.Of(reflect.TypeFor[LightTable]()))
}

// Check makes the table ready.
func (s *Lights) Check(c *scheme.Checker) {
	if s.program = compile(c, s.Facts, s.Figures); s.program == nil {
		return
	}
	p := s.Rules.Or(LightPick{})
	s.table = p.Table
	if p.Suggested {
		s.table = s.Suggested
	}
	for _, t := range []LightTable{s.Suggested, p.Table} {
		for i := range t {
			cond, f := s.program.Names().Compile(t[i].When, c.At(t[i].Place))
			c.Add(f)
			t[i].cond = cond
		}
	}
	if s.Due != "" {
		named(c, s.program, "due", s.Due, figure.Date)
	}
	for _, o := range s.Owed {
		named(c, s.program, "owed", o, figure.Money)
	}
	for _, n := range s.Remind.Or(nil) {
		if n < 0 {
			c.Add(rule.FaultType.At(c.At(s.Remind.First().Place)).Set("want", "[30, 7]").Set("got", n))
		}
	}
}

// Words are all values of the scheme in words.
func (s *Lights) Words() []scheme.Line {
	return scheme.Lines(func(add scheme.Add) {
		figureWords(add, s.program, s.Figures)
		scheme.Say(add, "rules", &s.Rules.Value, func(LightPick) scheme.Words { return both(s.table.In) })
		add("suggested", both(s.Suggested.In), s.Rules.First().Cite)
		scheme.Say(add, "remind", &s.Remind.Value, func([]int) scheme.Words { return both(s.reminds) })
	})
}

// In is the table in words, in its order.
func (t LightTable) In(l fault.Lang) string {
	parts := make([]string, len(t))
	for i := range t {
		parts[i] = lightWords[t[i].Light].In(l) + say(l, "：", ": ") + scheme.Words{Zh: t[i].Zh, En: t[i].En}.In(l)
	}
	return strings.Join(parts, say(l, "；", "; "))
}

func (s *Lights) reminds(l fault.Lang) string {
	t := say(l, "到期前", "reminded ")
	for i, n := range s.Remind.Or(nil) {
		if i > 0 {
			t += say(l, "、", ", ")
		}
		t += figure.OfCount(int64(n)).String()
	}
	return t + say(l, "天提醒结清本息", " days before principal and interest are due")
}

// Shown is a light with its reason.
type Shown struct {
	Light Light
	Rule  *LightRule

	rules *Lights
	run   *figure.Result
}

// Show is the light of one loan or household. Facts that a rule asks for and that are not given refuse it: no light is guessed.
func (s *Lights) Show(row figure.Row) (*Shown, error) {
	x := &Shown{rules: s, run: s.program.Run(row)}
	for i := range s.table {
		r := &s.table[i]
		ok, err := x.run.Holds(r.cond)
		if err != nil {
			return nil, err
		}
		if ok {
			x.Light, x.Rule = r.Light, r
			return x, nil
		}
	}
	return nil, FaultNoLight.New()
}

// Lines are the light and why, with the figures that it rests on.
func (x *Shown) Lines() []scheme.Line {
	return scheme.Lines(func(add scheme.Add) {
		steps(x.rules.program, x.run, add)
		w := lightWords[x.Light]
		add("light", scheme.Words{Zh: w.Zh + "：" + x.Rule.Zh, En: w.En + ": " + x.Rule.En}, x.rules.Rules.First().Cite)
	})
}

// Gravest is the light of a household from those of its loans; green when it has none.
func Gravest(list ...Light) Light {
	for _, l := range []Light{Red, Yellow} {
		if slices.Contains(list, l) {
			return l
		}
	}
	return Green
}
