package rule

import (
	"cmp"
	"regexp"
	"slices"

	"ganlan/day"
	"ganlan/fault"
)

// Clause is the place in a policy document that a value comes from: DY-3.1a, 三1, 第三条.
type Clause string

var clausePattern = regexp.MustCompile(`^([A-Z][A-Z0-9]*-[0-9A-Za-z.]+|[一二三四五六七八九十（(第附][\p{Han}0-9A-Za-z（）().、]*)$`)

// UnmarshalText refuses what does not look like a clause.
func (c *Clause) UnmarshalText(b []byte) error {
	if !clausePattern.Match(b) {
		return FaultClause.New().Set("clause", string(b))
	}
	*c = Clause(b)
	return nil
}

// Cite says where a value comes from. At least one of the three must be given.
type Cite struct {
	Clause  Clause `rule:"clause"`
	Reading string `rule:"reading"` // open point OP-nn that was decided by a reading
	Source  string `rule:"source"`  // document that changed the value later
	Assumed bool   `rule:"assumed"` // the documents do not say it at all; printed wherever the value is
}

// Text is the citation in one line.
func (c Cite) Text() string {
	s := string(c.Clause)
	for _, t := range []string{c.Reading, c.Source} {
		if t != "" && s != "" {
			s += ", "
		}
		s += t
	}
	return s
}

func (c Cite) given() bool { return c.Clause != "" || c.Reading != "" || c.Source != "" }

// Version is one dated form of a value.
type Version[T any] struct {
	Cite
	Is      T
	Since   day.Date // first day it holds; None when it always did
	Until   day.Date // last day it holds; None or Open when there is no end
	When    string   // condition that must hold as well (CEL), empty for always
	Set     bool     // given by the user, not by the documents
	Place   fault.Place
	suggest string
	hasIs   bool
}

// Open reports whether the documents leave the value open and nobody gave it; such a scheme is refused.
func (v Version[T]) Open() bool { return !v.hasIs }

// Suggested is what the file proposes for an open value.
func (v Version[T]) Suggested() string { return v.suggest }

// Value is a parameter of a policy: one value or several dated ones, each with the clause behind it. A value with a name
// can be set from outside; a value without any version was not written at all.
type Value[T any] struct {
	Name     string
	Versions []Version[T]
}

// Given reports whether the file holds the value.
func (v *Value[T]) Given() bool { return len(v.Versions) > 0 }

// First is the first version; it must be given.
func (v *Value[T]) First() Version[T] { return v.Versions[0] }

// On is the version that holds on a day.
func (v *Value[T]) On(d day.Date) (Version[T], bool) {
	for _, x := range v.Versions {
		if (x.Since == day.None || x.Since <= d) && (x.Until == day.None || d <= x.Until) {
			return x, true
		}
	}
	return Version[T]{}, false
}

// Or is the only version's value, or the other when the value was not given.
func (v *Value[T]) Or(other T) T {
	if v.Given() {
		return v.Versions[0].Is
	}
	return other
}

// DecodeRule reads {is, clause, …} or a list of such with dates.
func (v *Value[T]) DecodeRule(n Node) {
	items := []Node{n}
	if n.IsList() {
		items = n.Items()
	}
	for _, item := range items {
		v.version(item)
	}
	v.set(n)
	for _, x := range v.Versions {
		if !x.hasIs {
			n.Fault(required(v.Name, x.suggest, x.Cite, x.Place))
		}
	}
	v.checkDates(n)
}

type written struct {
	Cite
	Is      *Node    `rule:"is"`
	Name    string   `rule:"name"`
	Since   day.Date `rule:"since"`
	Until   day.Date `rule:"until"`
	When    string   `rule:"when"`
	Suggest string   `rule:"suggest"`
}

// DecodeRule keeps the node for later.
func (n *Node) DecodeRule(m Node) { *n = m }

func (v *Value[T]) version(n Node) {
	w := written{Since: day.None, Until: day.None}
	before := len(n.d.faults)
	n.Into(&w)
	if w.Name != "" {
		v.Name = w.Name
		n.d.names[w.Name] = true
	}
	x := Version[T]{Cite: w.Cite, Since: w.Since, Until: w.Until, When: w.When, suggest: w.Suggest, Place: n.Place()}
	if w.Is != nil {
		w.Is.Into(&x.Is)
		x.hasIs, x.Place = true, w.Is.Place()
	} else if w.Name == "" && len(n.d.faults) == before {
		n.Fault(FaultMissing.New().Set("key", "is"))
		x.hasIs = true
	}
	if !w.given() && len(n.d.faults) == before {
		n.Fault(FaultUncited.New())
	}
	v.Versions = append(v.Versions, x)
}

// set replaces the value by what the user gave for its name.
func (v *Value[T]) set(n Node) {
	text, ok := n.d.sets[v.Name]
	if !ok || v.Name == "" || len(v.Versions) == 0 {
		return
	}
	x := v.Versions[len(v.Versions)-1]
	x.Since, x.Until, x.When, x.Set, x.hasIs = day.None, day.None, "", true, true
	var fresh T
	x.Is = fresh
	y, f := parse("--set "+v.Name, []byte(text))
	if f != nil {
		n.Fault(f)
		return
	}
	d := &decoder{file: "--set " + v.Name, names: map[string]bool{}}
	Node{d, y}.Into(&x.Is)
	n.d.faults = append(n.d.faults, d.faults...)
	v.Versions = []Version[T]{x}
}

func required(name, suggest string, c Cite, at fault.Place) *fault.Fault {
	f := FaultRequired.At(at).Set("name", name).Set("suggest", "").Set("suggest_en", "").Of(c.Text())
	if suggest != "" {
		f.Set("suggest", "（建议 "+suggest+"）").Set("suggest_en", " (suggested: "+suggest+")")
	}
	return f
}

// checkDates proves that dated versions follow each other without gap or overlap. Versions with a condition are tried in
// order, so the last must have none.
func (v *Value[T]) checkDates(n Node) {
	xs := v.Versions
	if i := slices.IndexFunc(xs, func(x Version[T]) bool { return x.Until != day.None && x.Since > x.Until }); i >= 0 {
		n.Fault(FaultDates.At(xs[i].Place).Set("text", xs[i].Since.String()+" → "+xs[i].Until.String()))
		return
	}
	if len(xs) < 2 {
		return
	}
	if slices.ContainsFunc(xs, func(x Version[T]) bool { return x.When != "" }) {
		if xs[len(xs)-1].When != "" {
			n.Fault(FaultDates.New().Set("text", "最后一项不应带 when (the last one must have no condition)"))
		}
		return
	}
	for i := 1; i < len(xs); i++ {
		a, b := &xs[i-1], &xs[i]
		if b.Since == day.None {
			n.Fault(FaultDates.At(b.Place).Set("text", "缺少 since"))
			continue
		}
		if a.Until == day.None {
			a.Until = b.Since - 1
		}
		if c := cmp.Compare(a.Until+1, b.Since); c != 0 || a.Since != day.None && a.Since > a.Until {
			n.Fault(FaultDates.At(b.Place).Set("text", a.Until.String()+" → "+b.Since.String()))
		}
	}
}
