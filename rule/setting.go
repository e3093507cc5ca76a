package rule

import (
	"strings"

	"ganlan/day"
)

// Setting is a single value inside a rule that cites its clause itself: written plainly, or as {is, name, reading} when it
// can be set from outside.
type Setting[T any] struct {
	value Value[T]
}

// Plain is a setting as if the file held the value plainly.
func Plain[T any](x T) Setting[T] {
	return Setting[T]{Value[T]{Versions: []Version[T]{{Is: x, Since: day.None, Until: day.None, hasIs: true}}}}
}

// DecodeRule reads a plain value or a cited mapping.
func (s *Setting[T]) DecodeRule(n Node) {
	if n.IsMap() {
		if _, cited := n.Get("name"); cited {
			s.value.DecodeRule(n)
			s.value.alone(n)
			return
		}
	}
	s.value.plain(n)
}

// plain reads a value that leaves its citation to the rule it stands in.
func (v *Value[T]) plain(n Node) {
	x := Version[T]{hasIs: true, Place: n.Place(), Since: day.None, Until: day.None}
	n.Into(&x.Is)
	v.Versions = []Version[T]{x}
}

// alone refuses dates and conditions where nothing would look at them.
func (v *Value[T]) alone(n Node) {
	for _, x := range v.Versions {
		if len(v.Versions) > 1 || x.When != "" || !x.Set && (x.Since != day.None || x.Until != day.None) {
			n.Fault(FaultAlone.At(x.Place))
			return
		}
	}
}

// Single is a value with its clause that has one form only: dates and conditions on it are refused.
type Single[T any] struct{ Value[T] }

// DecodeRule reads {is, clause, …}.
func (s *Single[T]) DecodeRule(n Node) {
	s.Value.DecodeRule(n)
	s.alone(n)
}

// Dated is a value inside a rule that cites its clause itself, written plainly, with a name, or as a list of dated forms
// of which each cites its own paper.
type Dated[T any] struct{ Value[T] }

// DecodeRule reads a plain value, a cited mapping or a list of such.
func (s *Dated[T]) DecodeRule(n Node) {
	_, named := n.Get("name")
	if n.IsList() || named {
		s.Value.DecodeRule(n)
		return
	}
	s.plain(n)
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

// Name is the name under which it can be set; empty when it cannot.
func (s *Setting[T]) Name() string { return s.value.Name }

// WasSet reports whether the user gave it.
func (s *Setting[T]) WasSet() bool { return s.Given() && s.value.First().Set }

// Version is the setting as the only version of a value; it must be given.
func (s *Setting[T]) Version() Version[T] { return s.value.First() }

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
