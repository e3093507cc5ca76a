package household

import (
	"maps"
	"slices"
	"strings"

	"ganlan/fault"
	"ganlan/figure"
	"ganlan/rule"
	"ganlan/scheme"
)

// Check makes facts, figures and conditions ready and proves that bands and words leave no gap and no overlap.
func (s *Screen) Check(k *scheme.Checker) {
	s.programs(k)
	for i := range s.Tests {
		s.test(k, &s.Tests[i])
	}
	s.clashes(k)
	for _, marks := range [][]Mark{s.Tags, s.Types} {
		for i := range marks {
			m := &marks[i]
			m.cond = k.Compile(s.family.Names(), m.When, m.Place)
			k.Cited(m.Cite, m.Place)
		}
	}
	for i := range s.Checks {
		k.Cited(s.Checks[i].Cite, s.Checks[i].Place)
	}
	s.items(k)
}

// programs makes facts and figures ready: each member's first, then the household's with what it has of its members.
func (s *Screen) programs(k *scheme.Checker) {
	all := slices.Concat(s.Facts, s.Members.Facts)
	person, faults := figure.Compile(all, s.Members.Figures, nil)
	s.person = person
	family := slices.Clone(s.Facts)
	for i := range s.Members.Counts {
		family = append(family, s.count(k, &s.Members.Counts[i]))
	}
	p, more := figure.Compile(family, s.Figures, nil)
	s.family = p
	for _, f := range append(faults, more...) {
		f.Place = k.At(f.Place)
		k.Add(f)
	}
	s.names = maps.Clone(p.Names())
	for name, t := range person.Names() {
		if _, shared := s.names[name]; shared && s.Facts.Find(name) == nil {
			k.Add(figure.FaultName.At(fault.Place{File: k.File}).Set("name", name))
		}
		s.names[name] = t
	}
}

// count makes a count ready and gives it as a fact of the household.
func (s *Screen) count(k *scheme.Checker, c *Count) figure.Fact {
	f := figure.Fact{Key: c.Key, Type: figure.Count, Zh: c.Zh, En: c.En, Spot: c.Spot, Cite: c.Cite}
	switch {
	case (c.When == "") == (c.Sum == ""):
		k.Add(scheme.FaultTest.At(k.At(c.Place)).Set("test", c.Key).Set("key", "when / sum"))
	case c.When != "":
		c.cond = k.Compile(s.person.Names(), c.When, c.Place)
	default:
		f.Type = s.person.TypeOf(c.Sum)
		if f.Type != figure.Money && f.Type != figure.Number && f.Type != figure.Count {
			known := slices.Sorted(maps.Keys(s.person.Names()))
			k.Add(scheme.FaultTest.At(k.At(c.Place)).Set("test", c.Key).Set("key", "sum: "+strings.Join(known, "、")))
			f.Type = figure.Count
		}
	}
	return f
}

// namesOf are the names that a test may use.
func (s *Screen) namesOf(t *Test) rule.Names {
	if t.On == OnApplicant {
		return s.names
	}
	return s.family.Names()
}

func (s *Screen) typeOf(name string) figure.Type {
	if t := s.family.TypeOf(name); t != "" {
		return t
	}
	return s.person.TypeOf(name)
}

// fact is the declared fact of a name, nil for figures and counts.
func (s *Screen) fact(name string) *figure.Fact {
	if f := s.Facts.Find(name); f != nil {
		return f
	}
	return s.Members.Facts.Find(name)
}

func (t *Test) fault(d *fault.Def, at fault.Place) *fault.Fault {
	return d.At(at).Set("test", t.Zh).Set("test_en", t.En).Of(t.Text())
}

func (s *Screen) test(k *scheme.Checker, t *Test) {
	k.Cited(t.Cite, t.Place)
	forms := 0
	for _, given := range []bool{len(t.Bands) > 0, len(t.Words) > 0, t.In.Given() || t.NotIn.Given(), t.Cel != ""} {
		if given {
			forms++
		}
	}
	if t.Then == In || forms != 1 || (t.Cel == "") != (t.Of != "") {
		k.Add(scheme.FaultTest.At(k.At(t.Place)).Set("test", t.Code).Set("key", "of + bands | words | in / not_in; cel; then: out | decide"))
		return
	}
	if t.Cel != "" {
		t.cond = k.Compile(s.namesOf(t), t.Cel, t.Place)
		return
	}
	if _, ok := s.namesOf(t)[t.Of]; !ok {
		known := slices.Sorted(maps.Keys(s.namesOf(t)))
		k.Add(rule.FaultChoice.At(k.At(t.Place)).Set("got", t.Of).Set("known", strings.Join(known, "、")).Near(t.Of, known))
		return
	}
	if len(t.Bands) > 0 {
		s.bands(k, t)
		return
	}
	s.wordsOf(k, t)
}

// wordsOf proves that words are such as the fact may be, and that a test by words names each of them.
func (s *Screen) wordsOf(k *scheme.Checker, t *Test) {
	if s.typeOf(t.Of) != figure.Text {
		k.Add(scheme.FaultTest.At(k.At(t.Place)).Set("test", t.Code).Set("key", "of: text"))
		return
	}
	f := s.fact(t.Of)
	if f == nil || len(f.In) == 0 {
		if len(t.Words) > 0 {
			k.Add(scheme.FaultTest.At(k.At(t.Place)).Set("test", t.Code).Set("key", t.Of+": {in: […]}"))
		}
		return
	}
	named := slices.Concat(slices.Sorted(maps.Keys(t.Words)), t.In.Is(), t.NotIn.Is())
	for _, w := range named {
		if !slices.Contains(f.In, w) {
			k.Add(rule.FaultChoice.At(k.At(t.Place)).Set("got", w).Set("known", strings.Join(f.In, "、")).Near(w, f.In))
		}
	}
	for _, w := range f.In {
		if _, ok := t.Words[w]; len(t.Words) > 0 && !ok {
			k.Add(t.fault(FaultGap, k.At(t.Place)).Set("text", w))
		}
	}
}

// clashes finds words that one test allows and another forbids.
func (s *Screen) clashes(k *scheme.Checker) {
	for i := range s.Tests {
		for j := range s.Tests {
			a, b := &s.Tests[i], &s.Tests[j]
			if a.Of == "" || a.Of != b.Of || !a.In.Given() || !b.NotIn.Given() {
				continue
			}
			for _, w := range a.In.Is() {
				if slices.Contains(b.NotIn.Is(), w) {
					k.Add(a.fault(FaultOverlap, k.At(a.Place)).Set("text", w))
				}
			}
		}
	}
}

// items proves that the required items are items.
func (s *Screen) items(k *scheme.Checker) {
	var known []string
	for i := range s.Checks {
		if slices.Contains(known, s.Checks[i].Name) {
			k.Add(rule.FaultTwice.At(k.At(s.Checks[i].Place)).Set("key", s.Checks[i].Name))
		}
		known = append(known, s.Checks[i].Name)
	}
	if !s.Required.Given() {
		return
	}
	for _, name := range s.Required.First().Is {
		if !slices.Contains(known, name) {
			k.Add(rule.FaultChoice.At(k.At(s.Required.First().Place)).Set("got", name).Set("known", strings.Join(known, "、")).Near(name, known))
		}
	}
}
