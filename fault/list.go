package fault

import (
	"cmp"
	"errors"
	"slices"
	"strings"
)

// List is several faults found at once, in the order of the input. A nil list is no fault.
type List []*Fault

// Error joins the sentences, one a line.
func (l List) Error() string {
	s := make([]string, len(l))
	for i, f := range l {
		s[i] = f.Error()
	}
	return strings.Join(s, "\n")
}

// Add appends a fault; a nil fault is nothing.
func (l *List) Add(f *Fault) {
	if f != nil {
		*l = append(*l, f)
	}
}

// Err is the list as an error when it holds a refusal, else nil. Warnings alone are no error.
func (l List) Err() error {
	if r := l.Refusals(); len(r) > 0 {
		return r
	}
	return nil
}

// Refusals are the faults that stop the work.
func (l List) Refusals() List { return l.only(false) }

// Warnings are the faults that are only shown and counted.
func (l List) Warnings() List { return l.only(true) }

func (l List) only(warning bool) (out List) {
	for _, f := range l {
		if f.Def.Warning == warning {
			out = append(out, f)
		}
	}
	return out
}

// In are the faults of one file.
func (l List) In(file string) (out List) {
	for _, f := range l {
		if f.Place.File == file {
			out = append(out, f)
		}
	}
	return out
}

// Sort puts the faults in the order of their places: file, sheet, row, line, column of the text. It is stable.
func (l List) Sort() {
	slices.SortStableFunc(l, func(a, b *Fault) int {
		p, q := a.Place, b.Place
		return cmp.Or(cmp.Compare(p.File, q.File), cmp.Compare(p.Sheet, q.Sheet), cmp.Compare(p.Row, q.Row),
			cmp.Compare(p.Line, q.Line), cmp.Compare(p.Col, q.Col))
	})
}

// From is the faults inside an error: a list, a single fault, or several joined, in their order. It is nil for any other
// error.
func From(err error) (out List) {
	switch e := err.(type) {
	case nil:
		return nil
	case List:
		return e
	case *Fault:
		return List{e}
	case interface{ Unwrap() []error }:
		for _, inner := range e.Unwrap() {
			out = append(out, From(inner)...)
		}
		return out
	default:
		return From(errors.Unwrap(err))
	}
}
