package day

import "slices"

// Span is a run of days: From is in, Until is the first day that is out. It is empty when Until ≤ From.
type Span struct{ From, Until Date }

// Through is the span from its first to its last day, both in. A last day of Open or None means no end.
func Through(first, last Date) Span {
	if last == None || last == Open {
		return Span{first, Open}
	}
	return Span{first, last + 1}
}

// OfYear is the calendar year.
func OfYear(y int) Span { return Span{YearStart(y), YearStart(y + 1)} }

// Days is the number of days, never negative.
func (s Span) Days() int { return max(0, int(s.Until)-int(s.From)) }

// Empty reports whether no day is in.
func (s Span) Empty() bool { return s.Until <= s.From }

// Has reports whether the day is in.
func (s Span) Has(d Date) bool { return s.From <= d && d < s.Until }

// Meet is the days that both have.
func (s Span) Meet(t Span) Span { return Span{max(s.From, t.From), min(s.Until, t.Until)} }

// Last is the last day that is in; Open when the span has no end.
func (s Span) Last() Date {
	if s.Until == Open {
		return Open
	}
	return s.Until - 1
}

// String is «2025-01-01 … 2025-12-31», the end left open when there is none.
func (s Span) String() string { return s.From.String() + " … " + s.Last().String() }

// Covers reports whether one of the spans holds the day.
func Covers(spans []Span, d Date) bool {
	return slices.ContainsFunc(spans, func(s Span) bool { return s.Has(d) })
}
