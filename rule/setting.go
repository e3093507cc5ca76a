package rule

import "strings"

// Setting is a single value inside a rule that cites its clause itself: written plainly, or as {is, name, reading} when it
// can be set from outside.
type Setting[T any] struct {
	value Value[T]
}

// DecodeRule reads a plain value or a cited mapping.
func (s *Setting[T]) DecodeRule(n Node) {
	if n.IsMap() {
		if _, cited := n.Get("name"); cited {
			s.value.DecodeRule(n)
			return
		}
	}
	x := Version[T]{hasIs: true, Place: n.Place()}
	n.Into(&x.Is)
	s.value.Versions = []Version[T]{x}
}

// Given reports whether the file holds the setting.
func (s *Setting[T]) Given() bool { return s.value.Given() }

// Is is the value; the zero value when it was not given.
func (s *Setting[T]) Is() T {
	var zero T
	return s.value.Or(zero)
}

// Or is the value, or the other when it was not given.
func (s *Setting[T]) Or(other T) T { return s.value.Or(other) }

// WasSet reports whether the user gave it.
func (s *Setting[T]) WasSet() bool { return s.Given() && s.value.First().Set }

// Cited is the setting's own citation, empty when written plainly.
func (s *Setting[T]) Cited() Cite {
	if !s.Given() {
		return Cite{}
	}
	return s.value.First().Cite
}

// Raw is a value kept as text: a single one, or a list joined with 、.
type Raw string

// DecodeRule reads a single value or a list of them.
func (r *Raw) DecodeRule(n Node) {
	if n.IsList() {
		var items []string
		n.Into(&items)
		*r = Raw(strings.Join(items, "、"))
		return
	}
	var s string
	n.Into(&s)
	*r = Raw(s)
}
