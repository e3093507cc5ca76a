package figure

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"ganlan/fault"
	"ganlan/rule"
)

// Program is facts and figures made ready. It is read-only: any number of goroutines may run it.
type Program struct {
	Facts   Facts
	Figures Figures
	types   map[string]Type
	names   rule.Names
	used    map[string]bool // names that figures look at
}

// operation computes a figure.
type operation func(*Result) (Value, error)

// term is an operand made ready: a name or a value.
type term struct {
	name  string
	value Value
}

var nameForm = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)

// Compile checks names, units and conditions. given are names that the kind of rule adds to the facts by itself.
func Compile(facts Facts, figures Figures, given map[string]Type) (*Program, fault.List) {
	p := &Program{Facts: facts, Figures: figures, types: map[string]Type{}, names: rule.Names{}, used: map[string]bool{}}
	c := compiler{p: p}
	for _, k := range sortedKeys(given) {
		c.declare(k, given[k], fault.Place{})
	}
	for i := range facts {
		c.declare(facts[i].Key, facts[i].Type, facts[i].Place)
	}
	for i := range figures {
		f := &figures[i]
		if t := c.figure(f); t != "" {
			c.declare(f.Key, t, f.Place)
		}
	}
	return p, c.faults
}

// Names are all facts and figures for conditions.
func (p *Program) Names() rule.Names { return p.names }

// Uses reports whether any figure looks at a name.
func (p *Program) Uses(name string) bool { return p.used[name] }

// TypeOf is the type of a name, empty for a name that there is not.
func (p *Program) TypeOf(name string) Type { return p.types[name] }

// Title is the name of a fact or figure in words.
func (p *Program) Title(name string, l fault.Lang) string {
	if f := p.Facts.Find(name); f != nil {
		return f.Title(l)
	}
	if f := p.Figures.Find(name); f != nil {
		return f.Title(l)
	}
	return name
}

type compiler struct {
	p      *Program
	faults fault.List
}

func (c *compiler) declare(name string, t Type, at fault.Place) {
	if _, twice := c.p.types[name]; twice || !nameForm.MatchString(name) || slices.Contains(ways, name) {
		c.faults.Add(FaultName.At(at).Set("name", name))
		return
	}
	c.p.types[name], c.p.names[name] = t, names[t]
}

// figure makes a figure ready and says its type; empty when it is faulty.
func (c *compiler) figure(f *Figure) Type {
	w := f.written()
	if len(w) != 1 {
		c.faults.Add(f.fault(FaultOperator).Set("got", strings.Join(w, "、")).Set("known", known()))
		return ""
	}
	before := len(c.faults)
	t, op := c.operation(f, w[0])
	if len(c.faults) > before {
		return ""
	}
	t = c.written(f, t)
	f.op = c.bounded(f, t, op)
	if len(c.faults) > before {
		return ""
	}
	f.Type = t
	return t
}

// written is the type that the file asks for, where it says how to write the same kind of value.
func (c *compiler) written(f *Figure, t Type) Type {
	switch {
	case f.Type == "" || f.Type == t:
		return t
	case f.Type.plain() && t.plain() && f.Type != Count:
		return f.Type
	}
	c.faults.Add(f.fault(FaultUnits).Set("text", string(t)+" ≠ "+string(f.Type)))
	return t
}

func (c *compiler) operation(f *Figure, way string) (Type, operation) {
	switch way {
	case "steps":
		return c.steps(f)
	case "bands":
		return c.bands(f)
	case "match":
		return c.match(f)
	case "choose":
		return c.choose(f)
	}
	ts, types := c.terms(f, f.operands(), f.Type)
	if ts == nil {
		return "", nil
	}
	t, text := typing[way](types)
	if text != "" {
		c.faults.Add(f.fault(FaultUnits).Set("text", way+"："+text))
		return "", nil
	}
	return t, calculate(f, way, t, ts)
}

// bounded holds a figure between not_below and not_above.
func (c *compiler) bounded(f *Figure, t Type, op operation) operation {
	for _, b := range []struct {
		s    *rule.Setting[Operand]
		sign int
	}{{&f.NotBelow, 1}, {&f.NotAbove, -1}} {
		if !b.s.Given() {
			continue
		}
		x, bt, ok := c.term(f, b.s.Is(), t)
		if !ok {
			return op
		}
		if kind(bt) != kind(t) {
			c.faults.Add(f.fault(FaultUnits).Set("text", string(bt)+" ≠ "+string(t)))
		}
		op = held(op, x, b.sign)
	}
	return op
}

func held(op operation, x term, sign int) operation {
	return func(r *Result) (Value, error) {
		v, err := op(r)
		if err != nil {
			return v, err
		}
		bound, err := r.term(x)
		if err != nil {
			return v, err
		}
		if bound.Cmp(v)*sign > 0 {
			r.heldBy(x, bound)
			v.rat = bound.rat
		}
		return v, nil
	}
}

// terms makes all operands ready; nil when one is faulty.
func (c *compiler) terms(f *Figure, os Operands, want Type) (out []term, types []Type) {
	for i := range os {
		x, t, ok := c.term(f, os[i].Is(), want)
		if !ok {
			return nil, nil
		}
		out, types = append(out, x), append(types, t)
	}
	return out, types
}

// term is a name or a value. want is the type of a text operand, which is the text itself.
func (c *compiler) term(f *Figure, o Operand, want Type) (term, Type, bool) {
	s := strings.TrimSpace(string(o))
	if t, ok := c.p.types[s]; ok {
		c.p.used[s] = true
		return term{name: s}, t, true
	}
	if want == Text {
		return term{value: OfText(s)}, Text, true
	}
	if v, ok := constant(s); ok {
		return term{value: v}, v.Type, true
	}
	hints := sortedKeys(c.p.types)
	c.faults.Add(f.fault(FaultOperand).Set("got", s).Set("known", strings.Join(hints, "、")).Near(s, hints))
	return term{}, "", false
}

// constant reads a value that stands in a figure: its unit says what it is.
func constant(s string) (Value, bool) {
	for _, t := range []Type{Flag, Date} {
		if t == Flag && s != "true" && s != "false" {
			continue
		}
		if v, err := Parse(t, s); err == nil && (t == Flag || len(s) == len("2006-01-02")) {
			return v, true
		}
	}
	if _, err := strconv.Atoi(strings.ReplaceAll(s, ",", "")); err == nil {
		v, err := Parse(Count, s)
		if err != nil {
			v, err = Parse(Number, s)
		}
		return v, err == nil
	}
	for _, t := range []Type{Number, Percent, Money} {
		if v, err := Parse(t, s); err == nil {
			return v, true
		}
	}
	return Value{}, false
}

// kind is what can be added and compared: amounts, numbers, days, texts, flags.
func kind(t Type) Type {
	if t.plain() {
		return Number
	}
	return t
}
