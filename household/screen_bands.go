package household

import (
	"math/big"

	"ganlan/fault"
	"ganlan/figure"
	"ganlan/rule"
	"ganlan/scheme"
)

// edge is the end of a band. Without a value the band has no end on that side.
type edge struct {
	at figure.Value
	in bool
}

// bands makes the bands of a test ready and proves that they cover everything that the fact may be, once.
func (s *Screen) bands(k *scheme.Checker, t *Test) {
	of := s.typeOf(t.Of)
	for i := range t.Bands {
		b := &t.Bands[i]
		var ok [2]bool
		b.low, ok[0] = s.edge(k, b, of, b.From, b.Above, 1)
		b.high, ok[1] = s.edge(k, b, of, b.UpTo, b.Below, -1)
		if !ok[0] || !ok[1] {
			return
		}
		if b.low.at.Given() && b.high.at.Given() && !before(b.low, b.high) {
			k.Add(t.fault(FaultBands, k.At(b.Place)).Set("text", b.words().Zh))
			return
		}
	}
	s.cover(k, t)
}

// edge reads one bound. Of whole numbers a bound that is out becomes the next that is in, step away: below 18 is up to 17.
func (s *Screen) edge(k *scheme.Checker, b *Band, of figure.Type, in, out rule.Setting[rule.Raw], step int64) (e edge, ok bool) {
	if in.Given() && out.Given() {
		k.Add(FaultBands.At(k.At(b.Place)).Set("test", "").Set("test_en", "").Set("text", string(in.Is())+" / "+string(out.Is())))
		return e, false
	}
	text := string(in.Is())
	if out.Given() {
		text = string(out.Is())
	}
	if text == "" {
		return e, true
	}
	v, err := figure.Parse(of, text)
	if err != nil {
		for _, f := range fault.From(err) {
			f.Place = k.At(b.Place)
			k.Add(f)
		}
		return e, false
	}
	if of == figure.Count && out.Given() {
		return edge{figure.OfRat(of, new(big.Rat).Add(v.Rat(), big.NewRat(step, 1))), true}, true
	}
	return edge{v, in.Given()}, true
}

// before reports whether a band with these ends holds anything.
func before(low, high edge) bool {
	c := low.at.Cmp(high.at)
	return c < 0 || c == 0 && low.in && high.in
}

// cover finds gaps and overlaps, from the lowest band up.
func (s *Screen) cover(k *scheme.Checker, t *Test) {
	min, max := s.limits(t.Of)
	for i := range t.Bands {
		b := &t.Bands[i]
		var f *fault.Fault
		switch {
		case i == 0 && b.low.at.Given() && !(min.Given() && b.low.in && b.low.at.Cmp(min) <= 0):
			f = t.fault(FaultGap, k.At(b.Place)).Set("text", "< "+b.low.at.String())
		case i > 0:
			f = t.joint(&t.Bands[i-1], b, k.At(b.Place))
		}
		k.Add(f)
		if i == len(t.Bands)-1 && b.high.at.Given() && !(max.Given() && b.high.in && b.high.at.Cmp(max) >= 0) {
			k.Add(t.fault(FaultGap, k.At(b.Place)).Set("text", "> "+b.high.at.String()))
		}
	}
}

// joint is the fault between two bands that should follow each other; nil when they do.
func (t *Test) joint(a, b *Band, at fault.Place) *fault.Fault {
	text := a.words().Zh + " | " + b.words().Zh
	if !a.high.at.Given() || !b.low.at.Given() {
		return t.fault(FaultOverlap, at).Set("text", text)
	}
	next := a.high.at
	c := b.low.at.Cmp(next)
	if next.Type == figure.Count && a.high.in && b.low.in {
		c = b.low.at.Rat().Cmp(new(big.Rat).Add(next.Rat(), big.NewRat(1, 1)))
		if c == 0 {
			return nil
		}
	} else if c == 0 && a.high.in != b.low.in {
		return nil
	}
	if c < 0 || c == 0 && a.high.in {
		return t.fault(FaultOverlap, at).Set("text", text)
	}
	return t.fault(FaultGap, at).Set("text", text)
}

// limits are the bounds of the fact itself.
func (s *Screen) limits(name string) (min, max figure.Value) {
	f := s.fact(name)
	if f == nil {
		return min, max
	}
	min, _ = figure.Parse(f.Type, f.Min)
	max, _ = figure.Parse(f.Type, f.Max)
	if f.Min == "" {
		min = figure.Value{}
	}
	if f.Max == "" {
		max = figure.Value{}
	}
	return min, max
}

// holds reports whether a value lies in the band.
func (b *Band) holds(v figure.Value) bool {
	if b.low.at.Given() {
		if c := v.Cmp(b.low.at); c < 0 || c == 0 && !b.low.in {
			return false
		}
	}
	if b.high.at.Given() {
		if c := v.Cmp(b.high.at); c > 0 || c == 0 && !b.high.in {
			return false
		}
	}
	return true
}

// words are the band's ends in words.
func (b *Band) words() scheme.Words {
	low, high := "", ""
	if b.low.at.Given() {
		low = map[bool]string{true: "≥ ", false: "> "}[b.low.in] + b.low.at.String()
	}
	if b.high.at.Given() {
		high = map[bool]string{true: "≤ ", false: "< "}[b.high.in] + b.high.at.String()
	}
	join := ""
	if low != "" && high != "" {
		join = ", "
	}
	return scheme.Words{Zh: low + join + high, En: low + join + high}
}
