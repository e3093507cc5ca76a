package form

import (
	"fmt"
	"strconv"

	"ganlan/day"
	"ganlan/money"
)

// Cell is one value of a form. The zero Cell is blank. It is a plain value so that filling a hundred thousand rows
// allocates nothing.
type Cell struct {
	tag  tag
	text string
	n    int64 // fen, fen-days, a count, or a date
	rate money.Rate
}

type tag uint8

const (
	blank tag = iota
	isText
	isFen
	isCount
	isDate
	isRate
)

// OfText is a text; empty text is blank.
func OfText(s string) Cell {
	if s == "" {
		return Cell{}
	}
	return Cell{tag: isText, text: s}
}

// OfFen is an amount.
func OfFen(f money.Fen) Cell { return Cell{tag: isFen, n: int64(f)} }

// OfFenDays is a sum of daily balances in fen·days.
func OfFenDays(n int64) Cell { return Cell{tag: isFen, n: n} }

// OfInt is a count.
func OfInt(n int64) Cell { return Cell{tag: isCount, n: n} }

// OfRate is a rate.
func OfRate(r money.Rate) Cell { return Cell{tag: isRate, rate: r} }

// OfDate is a date; a date that is not given or open is blank.
func OfDate(d day.Date) Cell {
	if d == day.None || d == day.Open {
		return Cell{}
	}
	return Cell{tag: isDate, n: int64(d)}
}

// String is the value as it stands inside a line of text: 1,870.50 or 3.65% or 2024-01-18.
func (c Cell) String() string {
	switch c.tag {
	case isText:
		return c.text
	case isFen:
		return money.Fen(c.n).Grouped()
	case isCount:
		return strconv.FormatInt(c.n, 10)
	case isDate:
		return day.Date(c.n).String()
	case isRate:
		return c.rate.String()
	}
	return ""
}

// firstDate is 1900-03-01: before it the two ways to count days in a sheet disagree, so an earlier date is text.
const (
	firstDate = -25508
	dateZero  = 25569 // days from 1899-12-30 to 1970-01-01
)

// number is the whole number that a cell of the kind holds, before division by the kind's div. ok is false when the
// value is no number and must be written as text.
func (c Cell) number(k Kind) (n int64, ok bool, err error) {
	switch {
	case c.tag == blank || c.tag == isText:
		return 0, false, nil
	case k == Text:
		return 0, false, nil
	case c.tag == isFen && k == Wan:
		n, err = wan(c.n)
	case c.tag == isFen && (k == Money || k == FenDays), c.tag == isCount && k == Int:
		n = c.n
	case c.tag == isDate && k == Date:
		return c.n + dateZero, c.n >= firstDate, nil
	case c.tag == isRate && k == Percent:
		n, err = perMillionth(c.rate)
	default:
		err = fmt.Errorf("form: a %s column was given %q", k, c.String())
	}
	return n, err == nil, err
}

// perMillionth is a rate in millionths of a per cent, half up.
func perMillionth(r money.Rate) (int64, error) {
	return money.MulDiv(r.Num(), 100_000_000, r.Den(), money.HalfUp)
}

// exactBelow is 10^15: a decimal number of at most 15 digits survives the way through a sheet unchanged, a longer one
// does not, in any spreadsheet program.
const exactBelow = 1_000_000_000_000_000

// exact is n/div as a value that the sheet shows with exactly these digits, or false when no number can do that.
//
// The quotient of two whole numbers is the binary number next to the decimal, and the shortest text that reads back as
// that binary number is the decimal itself as long as it has no more than 15 digits.
func exact(n, div int64) (any, bool) {
	if n <= -exactBelow || n >= exactBelow {
		return nil, false
	}
	if n%div == 0 {
		return n / div, true
	}
	return float64(n) / float64(div), true
}

// decimal is n/div as text without any rounding.
func decimal(n, div int64) string {
	if div == 100 {
		return money.Fen(n).String()
	}
	return strconv.FormatInt(n, 10)
}
