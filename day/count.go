package day

// Count is a day-count convention: how the days of a loan become parts of a rate year (OP-01).
type Count uint8

// The conventions a scheme can name. Months counts whole months as thirty parts and odd days as one part of 360, always
// from the day the money was drawn, so that a whole year is exactly the yearly rate. Years counts whole years only.
const (
	Actual360 Count = iota
	Actual365
	ActualActual
	Months12
	WholeYears
)

// Basis is the parts of a rate year; for ActualActual that of the given year.
func (c Count) Basis(year int) int64 {
	switch c {
	case Actual365:
		return 365
	case ActualActual:
		return int64(DaysInYear(year))
	default:
		return 360
	}
}

// Parts is the parts of a rate year between a and b (a in, b out) of money drawn on the day drawn. It is additive: cutting
// a span anywhere changes nothing, because every count starts from the draw.
func (c Count) Parts(drawn, a, b Date) int64 {
	if b <= a {
		return 0
	}
	switch c {
	case Months12:
		return parts30(drawn, b) - parts30(drawn, a)
	case WholeYears:
		return wholeYears(drawn, b) - wholeYears(drawn, a)
	default:
		return int64(b - a)
	}
}

// ByYear reports whether spans must be cut at year ends before counting.
func (c Count) ByYear() bool { return c == ActualActual }

func parts30(drawn, d Date) int64 {
	if d <= drawn {
		return 0
	}
	m, odd := Months(drawn, d)
	return int64(m)*30 + int64(odd)
}

func wholeYears(drawn, d Date) int64 {
	if d <= drawn {
		return 0
	}
	m, _ := Months(drawn, d)
	return int64(m/12) * 360
}
