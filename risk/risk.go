// Package risk is what happens when loans go bad: who bears a loss, the fund that pays, the insurance pool, the breaker that
// stops new lending in an area, the warning lights. It refuses figures it cannot decide on and never pays more than was lost.
package risk

import (
	"maps"
	"slices"
	"strings"

	"ganlan/fault"
	"ganlan/figure"
	"ganlan/money"
	"ganlan/rule"
	"ganlan/scheme"
)

// cited refuses a rule without a clause, reading or source.
func cited(c *scheme.Checker, what string, x rule.Cite, at fault.Place) {
	if x.Clause == "" && x.Reading == "" && x.Source == "" {
		c.Add(scheme.FaultTest.At(c.At(at)).Set("test", what).Set("key", "clause / reading / source"))
	}
}

// compile makes facts and figures ready; what is wrong goes to the checker. It is nil while a figure waits for a value that
// the documents leave open, so that nothing can be checked against it.
func compile(c *scheme.Checker, facts figure.Facts, figures figure.Figures) *figure.Program {
	if figures.Open() {
		return nil
	}
	p, faults := figure.Compile(facts, figures, nil)
	for _, f := range faults {
		if f.Place.File == "" {
			f.Place = c.At(f.Place)
		}
		c.Add(f)
	}
	return p
}

// ready makes conditions ready over the names of a program.
func ready(c *scheme.Checker, p *figure.Program, list []scheme.Requirement) {
	for i := range list {
		c.Faults = append(c.Faults, list[i].Compile(p)...)
	}
}

// named refuses a name that is no fact or figure of one of the types. It answers whether all is well.
func named(c *scheme.Checker, p *figure.Program, key, name string, types ...figure.Type) bool {
	got := p.TypeOf(name)
	for _, t := range types {
		if got == t {
			return true
		}
	}
	want := make([]string, len(types))
	for i, t := range types {
		want[i] = string(t)
	}
	c.Add(FaultName.At(fault.Place{File: c.File}).Set("key", key).Set("name", name).Set("types", strings.Join(want, " / ")))
	return false
}

func lang(l fault.Lang) int {
	if l == fault.En {
		return 1
	}
	return 0
}

// steps are the figures of a row in words, each with what it rests on.
func steps(p *figure.Program, r *figure.Result, say func(key string, w scheme.Words, c rule.Cite)) {
	for i := range r.Steps {
		s := &r.Steps[i]
		say(s.Figure.Key, scheme.Words{Zh: s.Text(p, fault.Zh), En: s.Text(p, fault.En)}, s.Figure.Cite)
	}
}

// figureWords are a scheme's figures as rules; their names alone while one waits for a value.
func figureWords(add scheme.Add, p *figure.Program, figures figure.Figures) {
	for i := range figures {
		f := &figures[i]
		w := scheme.Words{Zh: f.Zh, En: f.En}
		if p != nil {
			w = scheme.Words{Zh: f.Zh + " = " + f.Describe(p, fault.Zh), En: f.En + " = " + f.Describe(p, fault.En)}
		}
		add("figures."+f.Key, w, f.Cite)
	}
}

func testWords(add scheme.Add, key string, list []scheme.Requirement) {
	for i := range list {
		x := &list[i]
		add(key+"."+x.Code, both(x.In), x.Cite)
	}
}

// title is a fact or figure in words; itself while figures wait for a value.
func title(p *figure.Program, name string, l fault.Lang) string {
	if p == nil {
		return name
	}
	return p.Title(name, l)
}

// say is one of two texts by language.
func say(l fault.Lang, zh, en string) string { return scheme.Words{Zh: zh, En: en}.In(l) }

// yuan is an amount in words.
func yuan(f money.Fen, l fault.Lang) string { return f.Grouped() + say(l, " 元", " yuan") }

func contains(list []string, s string) bool { return slices.Contains(list, s) }

// citeOf is what a fact or figure rests on.
func citeOf(p *figure.Program, name string) rule.Cite {
	if p == nil {
		return rule.Cite{}
	}
	if f := p.Figures.Find(name); f != nil {
		return f.Cite
	}
	if f := p.Facts.Find(name); f != nil {
		return f.Cite
	}
	return rule.Cite{}
}

func sorted[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
