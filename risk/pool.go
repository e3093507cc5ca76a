package risk

import (
	"slices"
	"strings"

	"ganlan/fault"
	"ganlan/figure"
	"ganlan/rule"
	"ganlan/scheme"
)

// InsurancePool is the give and take between a fund and an insurer: who bears the loss of a period, who has its profit, who
// pays the premium, and which covers a family must and may take (PX2-4.1, PX2-4.2, PX2-4.3, OP-57).
type InsurancePool struct {
	scheme.Head
	Parties Names               `rule:"parties"`
	Figures figure.Figures      `rule:"figures"`
	Result  string              `rule:"result,need"` // a figure: above zero a profit, below a loss
	Loss    rule.Value[Parties] `rule:"loss,need"`
	Profit  rule.Value[Parties] `rule:"profit,need"`
	Premium rule.Value[Parties] `rule:"premium"`
	Menu    []Cover             `rule:"menu"`

	program               *figure.Program
	loss, profit, premium *table
}

// Cover is one cover of the menu.
type Cover struct {
	rule.Spot
	rule.Cite
	Key   string `rule:"key,need"`
	Zh    string `rule:"zh,need"`
	En    string `rule:"en,need"`
	Basic bool   `rule:"basic"` // every family takes it
}

// Check makes figures and tables ready.
func (s *InsurancePool) Check(c *scheme.Checker) {
	if s.program = compile(c, s.Facts, s.Figures); s.program != nil {
		named(c, s.program, "result", s.Result, figure.Money)
	}
	for _, x := range []struct {
		v  *rule.Value[Parties]
		to **table
	}{{&s.Loss, &s.loss}, {&s.Profit, &s.profit}, {&s.Premium, &s.premium}} {
		if x.v.Given() {
			*x.to = one(c, x.v)
		}
	}
	seen := map[string]bool{}
	for i := range s.Menu {
		m := &s.Menu[i]
		cited(c, m.Key, m.Cite, m.Place)
		if seen[m.Key] {
			c.Add(rule.FaultTwice.At(c.At(m.Place)).Set("key", m.Key))
		}
		seen[m.Key] = true
	}
}

// one is a table that has one form only.
func one(c *scheme.Checker, v *rule.Value[Parties]) *table {
	x := v.First()
	if len(v.Versions) > 1 || x.When != "" {
		c.Add(rule.FaultAlone.At(c.At(x.Place)))
	}
	if w := x.Is.twice(); w != "" {
		c.Add(FaultParty.At(c.At(x.Place)).Set("who", w))
	}
	t, _ := newTable(x.Is) // shares that are not whole are a fault of the file already
	return t
}

// Words are all values of the scheme in words.
func (s *InsurancePool) Words() []scheme.Line {
	return scheme.Lines(func(add scheme.Add) {
		figureWords(add, s.program, s.Figures)
		add("result", both(func(l fault.Lang) string { return title(s.program, s.Result, l) }), citeOf(s.program, s.Result))
		sayParties(add, "loss", &s.Loss, s.Parties)
		sayParties(add, "profit", &s.Profit, s.Parties)
		sayParties(add, "premium", &s.Premium, s.Parties)
		for i := range s.Menu {
			m := &s.Menu[i]
			kind := map[bool]scheme.Words{true: {Zh: "（基础险）", En: " (basic)"}, false: {Zh: "（选择险）", En: " (optional)"}}[m.Basic]
			add("menu."+m.Key, scheme.Words{Zh: m.Zh + kind.Zh, En: m.En + kind.En}, m.Cite)
		}
	})
}

// Choice is what is wrong with the covers that a family takes: basic ones it lacks, ones that the menu does not have, ones
// named twice. All at once; nothing when the choice is good.
func (s *InsurancePool) Choice(covers []string, at fault.Place) (faults fault.List) {
	var keys []string
	for i := range s.Menu {
		m := &s.Menu[i]
		keys = append(keys, m.Key)
		if m.Basic && !slices.Contains(covers, m.Key) {
			faults.Add(FaultBasicCover.At(at).Set("cover", m.Zh).Set("cover_en", m.En).Of(string(m.Clause)))
		}
	}
	for i, c := range covers {
		if !slices.Contains(keys, c) {
			faults.Add(rule.FaultChoice.At(at).Set("got", c).Set("known", strings.Join(keys, "、")).Near(c, keys))
		}
		if slices.Contains(covers[:i], c) {
			faults.Add(rule.FaultTwice.At(at).Set("key", c))
		}
	}
	return faults
}
