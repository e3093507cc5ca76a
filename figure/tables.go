package figure

import (
	"math/big"
	"strings"

	"ganlan/rule"
)

// bound is the end of a step made ready.
type bound struct {
	word string // up_to, below, from, above; empty for the rest
	at   term
	is   term
}

// holds reports whether a value lies on the step's side of its bound.
func (b *bound) holds(v, at Value) bool {
	switch b.word {
	case "up_to":
		return v.Cmp(at) <= 0
	case "below":
		return v.Cmp(at) < 0
	case "from":
		return v.Cmp(at) >= 0
	case "above":
		return v.Cmp(at) > 0
	}
	return true
}

// bounds makes the steps of a table ready and proves that they follow each other. of is the type that the bounds bear.
func (c *compiler) bounds(f *Figure, list []Step, of, want Type) (out []bound, t Type) {
	if len(list) == 0 {
		c.faults.Add(f.fault(FaultTable).Set("text", "[]"))
	}
	for i := range list {
		b, bt := c.bound(f, &list[i], of, want)
		if bt == "" {
			return nil, ""
		}
		if i == 0 {
			t = bt
		} else if kind(bt) != kind(t) {
			c.faults.Add(f.fault(FaultUnits).Set("text", string(bt)+" ≠ "+string(t)))
			return nil, ""
		} else if bt != t {
			t = Number
		}
		out = append(out, b)
	}
	c.order(f, out)
	return out, t
}

func (c *compiler) bound(f *Figure, s *Step, of, want Type) (b bound, t Type) {
	at := 0
	for _, x := range []struct {
		word string
		s    *rule.Setting[Operand]
	}{{"up_to", &s.UpTo}, {"below", &s.Below}, {"from", &s.From}, {"above", &s.Above}} {
		if !x.s.Given() {
			continue
		}
		at++
		y, yt, ok := c.term(f, x.s.Is(), "")
		if !ok {
			return b, ""
		}
		if kind(yt) != kind(of) {
			c.faults.Add(f.fault(FaultUnits).Set("text", string(yt)+" ≠ "+string(of)))
			return b, ""
		}
		b.word, b.at = x.word, y
	}
	if at > 1 {
		c.faults.Add(FaultTable.At(s.Place).Set("figure", f.Zh).Set("figure_en", f.En).Set("text", "up_to / below / from / above"))
		return b, ""
	}
	is, t, ok := c.term(f, s.Is.Is(), want)
	if !ok {
		return b, ""
	}
	b.is = is
	return b, t
}

// order proves that bounds of one direction follow each other without a step that is never reached.
func (c *compiler) order(f *Figure, list []bound) {
	rises := func(b *bound) bool { return b.word == "up_to" || b.word == "below" }
	for i := range list {
		b := &list[i]
		text := ""
		switch {
		case b.word == "" && i < len(list)-1:
			text = "只有最后一段可以不写界限 (only the last may have no bound)"
		case i == 0 || b.word == "":
		case rises(b) != rises(&list[i-1]):
			text = list[i-1].word + " → " + b.word
		case b.at.name == "" && list[i-1].at.name == "":
			text = backwards(&list[i-1], b, rises(b))
		}
		if text != "" {
			c.faults.Add(f.fault(FaultTable).Set("text", text))
		}
	}
}

func backwards(a, b *bound, rising bool) string {
	d := a.at.value.Cmp(b.at.value)
	if !rising {
		d = -d
	}
	same := d == 0 && (a.word == "below" && b.word == "up_to" || a.word == "above" && b.word == "from")
	if d < 0 || same {
		return ""
	}
	return a.at.value.String() + " → " + b.at.value.String()
}

func (c *compiler) steps(f *Figure) (Type, operation) {
	of, ot, ok := c.term(f, f.Steps.Of, "")
	if !ok {
		return "", nil
	}
	list, t := c.bounds(f, f.Steps.List.Is(), ot, f.Type)
	if t == "" {
		return "", nil
	}
	return t, func(r *Result) (Value, error) {
		v, err := r.use(of)
		if err != nil {
			return v, err
		}
		for i := range list {
			at := Value{}
			if list[i].word != "" {
				if at, err = r.term(list[i].at); err != nil {
					return v, err
				}
			}
			if list[i].holds(v, at) {
				r.now.Chosen = strings.TrimSpace(list[i].word + " " + text(at))
				return r.use(list[i].is)
			}
		}
		return v, f.fault(FaultNoStep).Set("value", v.String())
	}
}

func text(v Value) string {
	if !v.Given() {
		return "else"
	}
	return v.String()
}

// bands adds up each stretch at its own rate.
func (c *compiler) bands(f *Figure) (Type, operation) {
	of, ot, ok := c.term(f, f.Bands.Of, "")
	if !ok {
		return "", nil
	}
	base, bt := term{value: OfRat(Number, big.NewRat(1, 1))}, ot
	if f.Bands.Base != "" {
		if base, bt, ok = c.term(f, f.Bands.Base, ""); !ok {
			return "", nil
		}
		if kind(bt) != kind(ot) {
			c.faults.Add(f.fault(FaultUnits).Set("text", string(bt)+" ≠ "+string(ot)))
			return "", nil
		}
		bt = Number
	}
	list, t := c.bounds(f, f.Bands.List.Is(), bt, "")
	if t == "" {
		return "", nil
	}
	if !t.plain() || list[0].word == "from" || list[0].word == "above" {
		c.faults.Add(f.fault(FaultUnits).Set("text", string(t)+" "+list[0].word))
		return "", nil
	}
	return ot, func(r *Result) (Value, error) { return addBands(r, f, of, base, list) }
}

func addBands(r *Result, f *Figure, of, base term, list []bound) (Value, error) {
	v, err := r.use(of)
	if err != nil {
		return v, err
	}
	b, err := r.use(base)
	if err != nil {
		return v, err
	}
	sum, low := new(big.Rat), new(big.Rat)
	for i := range list {
		high := v.rat
		if list[i].word != "" {
			at, err := r.term(list[i].at)
			if err != nil {
				return v, err
			}
			if x := new(big.Rat).Mul(at.rat, b.rat); x.Cmp(high) < 0 {
				high = x
			}
		}
		rate, err := r.use(list[i].is)
		if err != nil {
			return v, err
		}
		if part := new(big.Rat).Sub(high, low); part.Sign() > 0 {
			sum.Add(sum, part.Mul(part, rate.rat))
			low = high
		}
	}
	if low.Cmp(v.rat) < 0 {
		return v, f.fault(FaultNoStep).Set("value", v.String())
	}
	return Value{rat: sum}, nil
}

func (c *compiler) match(f *Figure) (Type, operation) {
	of, ot, ok := c.term(f, f.Match.Of, "")
	if !ok {
		return "", nil
	}
	if ot != Text {
		c.faults.Add(f.fault(FaultUnits).Set("text", string(ot)+" ≠ text"))
		return "", nil
	}
	list := map[string]term{}
	var t Type
	add := func(key string, s rule.Setting[Operand]) bool {
		x, xt, ok := c.term(f, s.Is(), f.Type)
		if !ok {
			return false
		}
		if t != "" && kind(t) != kind(xt) {
			c.faults.Add(f.fault(FaultUnits).Set("text", string(xt)+" ≠ "+string(t)))
			return false
		}
		t, list[key] = xt, x
		return true
	}
	for _, k := range sortedKeys(f.Match.Is) {
		if !add(k, f.Match.Is[k]) {
			return "", nil
		}
	}
	rest := f.Match.Else.Given()
	if rest && !add("\x00", f.Match.Else) {
		return "", nil
	}
	return t, func(r *Result) (Value, error) {
		v, err := r.use(of)
		if err != nil {
			return v, err
		}
		x, ok := list[v.text]
		if !ok && !rest {
			return v, f.fault(FaultNoStep).Set("value", v.text)
		}
		if !ok {
			x = list["\x00"]
		}
		r.now.Chosen = v.text
		return r.use(x)
	}
}

func (c *compiler) choose(f *Figure) (Type, operation) {
	var list []term
	var t Type
	for i := range f.Choose {
		x := &f.Choose[i]
		y, yt, ok := c.term(f, x.Is.Is(), f.Type)
		if !ok {
			return "", nil
		}
		last := i == len(f.Choose)-1
		if (x.When == "") != last {
			c.faults.Add(FaultTable.At(x.Place).Set("figure", f.Zh).Set("figure_en", f.En).Set("text", "when"))
			return "", nil
		}
		if t != "" && kind(t) != kind(yt) {
			c.faults.Add(f.fault(FaultUnits).Set("text", string(yt)+" ≠ "+string(t)))
			return "", nil
		}
		if x.When != "" {
			cond, bad := c.p.names.Compile(x.When, x.Place)
			if bad != nil {
				c.faults.Add(bad)
				return "", nil
			}
			x.cond = cond
			for _, n := range cond.Uses() {
				c.p.used[n] = true
			}
		}
		t, list = yt, append(list, y)
	}
	return t, func(r *Result) (Value, error) {
		for i := range f.Choose {
			if x := &f.Choose[i]; x.cond != nil {
				if ok, err := r.Holds(x.cond); err != nil || !ok {
					if err != nil {
						return Value{}, err
					}
					continue
				}
				r.now.Chosen = x.When
			}
			return r.use(list[i])
		}
		return Value{}, f.fault(FaultNoStep).Set("value", "")
	}
}
