package form

import (
	"math"
	"strconv"
	"strings"

	"ganlan/day"
)

// text is a cell as the library gives it, with the mark of dates, the noise of numbers and the midnight of dates written
// out taken away.
func (b *Book) text(s string) string {
	if minus, serial, ok := strings.Cut(s, dateMark); ok && len(minus) <= 1 {
		if d, ok := b.date(minus + serial); ok {
			return d
		}
		return number(minus + serial)
	}
	if c := s[0]; c != '-' && (c < '0' || c > '9') {
		return s
	}
	if numeral(s) {
		return number(s)
	}
	return isoDate(s)
}

// numeral reports whether a text is written as the library writes numbers, and none but them would be: with a point, no 0
// at the end, and more decimals than an amount. Of a text it cannot be told otherwise from a number, so 0012, 45.60 and 1E3,
// which somebody typed as text, stay.
func numeral(s string) bool {
	if !strings.Contains(s, ".") || plainNumber(s) {
		return false
	}
	x, err := strconv.ParseFloat(s, 64)
	return err == nil && (s == strconv.FormatFloat(x, 'f', -1, 64) || s == strconv.FormatFloat(x, 'G', 15, 64))
}

// number is the shortest decimal of a number as a sheet keeps it. Sheets calculate with binary fractions and save their
// noise (45.600000000000001): what is within a ten thousandth of a fen of whole fen is whole fen. A number too long for a
// sheet to be sure of, an id or account number that was not typed as text, is left as it stands.
func number(raw string) string {
	if plainNumber(raw) {
		return raw
	}
	x, err := strconv.ParseFloat(raw, 64)
	if err != nil || math.IsInf(x, 0) || math.IsNaN(x) || math.Abs(x) >= exactBelow {
		return raw
	}
	fen := math.Round(x * 100)
	noise := max(1e-6, 4*(math.Nextafter(math.Abs(x), math.Inf(1))-math.Abs(x)))
	if near := fen / 100; math.Abs(x-near) <= noise && (near != 0 || x == 0) {
		x = near
	}
	return strconv.FormatFloat(x+0, 'f', -1, 64) // + 0 makes no difference but for -0
}

// plainNumber reports whether the text is already what number would give: digits, or digits with one or two decimals of
// which the last is not 0. A whole number of any length stays as it is.
func plainNumber(s string) bool {
	whole, dec, point := strings.Cut(strings.TrimPrefix(s, "-"), ".")
	if whole == "" || !allDigits(whole) || len(whole) > 1 && whole[0] == '0' {
		return false
	}
	if !point {
		return s != "-0"
	}
	return len(whole) <= 13 && (len(dec) == 1 || len(dec) == 2) && allDigits(dec) && dec[len(dec)-1] != '0'
}

func allDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}

// date is the day of a serial number. A time of day is dropped; a number that is no day of the calendar is not a date.
func (b *Book) date(raw string) (string, bool) {
	x, err := strconv.ParseFloat(raw, 64)
	if err != nil || x < 1 || x >= 2_958_466 {
		return "", false
	}
	n := int(x + 1e-9)
	switch {
	case b.date1904:
		n += 1462
	case n == 60: // 29 February 1900, which never was
		return "", false
	case n < 60:
		n++
	}
	d := day.Date(n - dateZero)
	if y := d.Year(); y > 9999 {
		return "", false
	}
	return d.String(), true
}

// isoDate is a date written out without its time, when that is midnight.
func isoDate(s string) string {
	day, time, ok := strings.Cut(s, "T")
	if !ok || len(day) != 10 || day[4] != '-' || strings.Trim(time, "0:.Z") != "" {
		return s
	}
	return day
}
