package bankfile

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"ganlan/day"
	"ganlan/fault"
	"ganlan/money"
)

// clean takes from a number what spreadsheets and people put around it, and all spaces.
func clean(s string) string { return strings.ReplaceAll(spaced(s), " ", "") }

// spaced takes from a number or date what spreadsheets and people put around it; a space inside stays, between a date and
// its time.
func spaced(s string) string {
	s = norm.NFKC.String(s)
	s = strings.Map(func(r rune) rune {
		switch {
		case strings.ContainsRune("\u200b\u200c\u200d\u2060\u00ad\ufeff", r):
			return -1
		case unicode.IsSpace(r):
			return ' '
		case strings.ContainsRune("−–—", r):
			return '-'
		}
		return r
	}, s)
	s = strings.TrimSpace(s)
	s = strings.TrimPrefix(s, "'")
	if strings.HasPrefix(s, `="`) && strings.HasSuffix(s, `"`) && len(s) > 2 {
		s = strings.TrimSpace(s[2 : len(s)-1])
	}
	return s
}

// nothing are the signs that people put into a cell that holds no number or date. Empty is not given, never zero.
var nothing = map[string]bool{"-": true, "--": true, "/": true, "\\": true, "无": true, "N/A": true, "NULL": true}

// none reports whether a cell for a number or a date holds none.
func (c *cell) none() bool {
	if s := c.text; s != "" && s[0]-'0' <= 9 {
		return false // nearly every cell
	}
	return c.blank() || len(c.text) < 12 && nothing[strings.ToUpper(clean(c.text))]
}

// readMoney reads an amount in units of the column: 10,000.00, ￥10000, 10000元, 1万元, 壹万元整.
func readMoney(s string, unit money.Fen) (money.Fen, error) {
	if f, err := money.ParseUnit(s, unit); err == nil {
		return f, nil
	}
	f, err := money.ParseWritten(clean(s), unit)
	for _, x := range fault.From(err) {
		x.Set("value", s)
	}
	return f, err
}

// readDate reads a date in any of its writings; a year of two digits is told as a warning.
func readDate(s string) (day.Date, *fault.Fault) {
	switch d, how := day.ParseWritten(spaced(s)); how {
	case day.Plain:
		return d, nil
	case day.ShortYear:
		return d, FaultYearShort.New().Set("value", s).Set("date", d)
	}
	return day.None, day.FaultDate.New().Set("value", s)
}
