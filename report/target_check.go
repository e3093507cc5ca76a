package report

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"ganlan/fault"
	"ganlan/figure"
	"ganlan/rule"
	"ganlan/scheme"
)

var momentType = reflect.TypeFor[moment]()

func fourDigits(year int) string { return fmt.Sprintf("%04d", year) }

// Check makes the stated figures and the measures ready and proves that every target has its measure's unit.
func (t *Targets) Check(k *scheme.Checker) {
	seen := map[string]bool{}
	for i := range t.Targets {
		x := &t.Targets[i]
		if seen[x.ID] {
			k.Add(rule.FaultTwice.At(k.At(x.Place)).Set("key", x.ID))
		}
		seen[x.ID] = true
		k.Cited(x.Cite, x.Place)
		x.spread(k)
	}
	p, faults := figure.Compile(nil, slices.Concat(t.Values, t.goalFigures(), t.Derived, t.checkFigures()), nil)
	k.Faults = append(k.Faults, k.Placed(faults)...)
	if len(faults) == 0 {
		t.stated = p.Run(figure.Row{})
	}
	t.compile(k, p)
	for i := range t.Targets {
		t.units(k, &t.Targets[i], p)
	}
	t.checks(k, p)
	stones := map[string]bool{}
	for i := range t.Milestones {
		m := &t.Milestones[i]
		if stones[m.Key] {
			k.Add(rule.FaultTwice.At(k.At(m.Place)).Set("key", m.Key))
		}
		stones[m.Key] = true
		k.Cited(m.Cite, m.Place)
	}
}

// spread turns a target with one figure into one with one goal, and names the values.
func (x *Target) spread(k *scheme.Checker) {
	if len(x.Parts) == 0 {
		x.Parts = []Goal{{Zh: x.Zh, En: x.En, Of: x.Of, Dir: x.Dir, Is: x.Is, Blank: x.Blank}}
	} else if x.Of != "" || x.Is.Given() {
		k.Add(x.fault(k, "of / is / parts"))
	}
	name := strings.ToLower(strings.ReplaceAll(x.ID, "-", "_"))
	for i := range x.Parts {
		g := &x.Parts[i]
		if g.Dir == "" {
			g.Dir = x.Dir
		}
		g.key = name
		if len(x.Parts) > 1 {
			g.key = fmt.Sprintf("%s_%d", name, i+1)
		}
		switch {
		case g.Of == "":
			k.Add(x.fault(k, "of"))
		case g.Blank:
			if g.Is.Given() {
				k.Add(x.fault(k, "blank / is"))
			}
		case g.Dir == "":
			k.Add(x.fault(k, "dir"))
		case g.Dir == By && !x.To.Given(), g.Dir != By && !g.Is.Given():
			k.Add(x.fault(k, "is / to / blank"))
		}
		x.goals = append(x.goals, g)
	}
	if x.From.Given() && x.To.Is().Day != 0 && x.From.Is() > x.To.Is().Day {
		k.Add(scheme.FaultWindow.At(k.At(x.Place)).Set("from", x.From.Is()).Set("to", x.To.Is().Day))
	}
}

func (x *Target) fault(k *scheme.Checker, lacks string) *fault.Fault {
	return FaultTarget.At(k.At(x.Place)).Set("id", x.ID).Set("text", lacks)
}

// goalFigures are the stated values by name: k_lg_2, k_wz_21_1.
func (t *Targets) goalFigures() (out figure.Figures) {
	for i := range t.Targets {
		x := &t.Targets[i]
		for _, g := range x.goals {
			if g.Is.Given() {
				out = append(out, figure.Figure{Key: g.key, Zh: x.ID + " " + g.Zh, En: x.ID + " " + g.En, Is: g.Is, Cite: x.Cite, Spot: x.Spot})
			}
		}
	}
	return out
}

// checkFigures are the values that checks compare with.
func (t *Targets) checkFigures() (out figure.Figures) {
	for i := range t.Checks {
		c := &t.Checks[i]
		for j, o := range []figure.Operand{c.Equals, c.Beside} {
			if o != "" {
				out = append(out, figure.Figure{Key: checkKey(i, j), Zh: c.Zh, En: c.En, Is: rule.Plain(o), Cite: c.Cite, Spot: c.Spot})
			}
		}
	}
	return out
}

func checkKey(i, j int) string { return fmt.Sprintf("check_%d_%d", i+1, j+1) }

// compile makes the measures ready; they may use the stated figures.
func (t *Targets) compile(k *scheme.Checker, stated *figure.Program) {
	facts := slices.Clone(t.Facts)
	for i := range stated.Figures {
		f := &stated.Figures[i]
		if f.Type != "" {
			facts = append(facts, figure.Fact{Key: f.Key, Type: f.Type, Zh: f.Zh, En: f.En})
		}
	}
	p, faults := figure.Compile(facts, t.Figures, nil)
	t.measures = p
	k.Faults = append(k.Faults, k.Placed(faults)...)
}

// units proves that a goal and its measure can be compared, and that a year is a count.
func (t *Targets) units(k *scheme.Checker, x *Target, stated *figure.Program) {
	for _, g := range x.goals {
		of := t.measures.TypeOf(g.Of)
		if of == "" {
			known := slices.Sorted(maps.Keys(t.measures.Names()))
			k.Add(FaultMeasure.At(k.At(x.Place)).Set("id", x.ID).Set("name", g.Of).Near(g.Of, known))
			continue
		}
		is := stated.TypeOf(g.key)
		if g.Dir == By {
			is = figure.Date
		}
		if is != "" && unit(is) != unit(of) || of == figure.Text || of == figure.Flag {
			k.Add(FaultUnit.At(k.At(x.Place)).Set("id", x.ID).Set("is", is).Set("of", of))
		}
	}
	if m := x.To.Is(); m.YearOf != "" && t.measures.TypeOf(m.YearOf) != figure.Count {
		k.Add(FaultMeasure.At(k.At(x.Place)).Set("id", x.ID).Set("name", m.YearOf).Near(m.YearOf, t.Facts.Keys()))
	}
}

// unit is what can be compared: plain numbers with each other.
func unit(t figure.Type) figure.Type {
	if t == figure.Percent || t == figure.Count {
		return figure.Number
	}
	return t
}

func (t *Targets) checks(k *scheme.Checker, stated *figure.Program) {
	for i := range t.Checks {
		c := &t.Checks[i]
		k.Cited(c.Cite, c.Place)
		of := stated.TypeOf(c.Of)
		if of == "" {
			known := slices.Sorted(maps.Keys(stated.Names()))
			k.Add(FaultMeasure.At(k.At(c.Place)).Set("id", c.Zh).Set("name", c.Of).Near(c.Of, known))
		}
		if is := stated.TypeOf(checkKey(i, 0)); is != "" && of != "" && unit(is) != unit(of) {
			k.Add(FaultUnit.At(k.At(c.Place)).Set("id", c.Zh).Set("is", is).Set("of", of))
		}
	}
}
