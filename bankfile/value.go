package bankfile

import (
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"ganlan/day"
	"ganlan/fault"
	"ganlan/money"
)

// clean takes from a number or date what spreadsheets and people put around it.
func clean(s string) string {
	s = norm.NFKC.String(s)
	s = strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || strings.ContainsRune("\u200b\u200c\u200d\u2060\u00ad\ufeff", r) {
			return -1
		}
		if strings.ContainsRune("−–—", r) {
			return '-'
		}
		return r
	}, s)
	s = strings.TrimPrefix(s, "'")
	if strings.HasPrefix(s, `="`) && strings.HasSuffix(s, `"`) && len(s) > 2 {
		s = s[2 : len(s)-1]
	}
	return s
}

// readMoney reads an amount in units of the column: 10,000.00, ￥10000, 10000元, 1万元.
func readMoney(s string, unit money.Fen) (money.Fen, error) {
	if f, err := money.ParseUnit(s, unit); err == nil {
		return f, nil
	}
	t := strings.TrimPrefix(strings.ReplaceAll(clean(s), ",", ""), "¥")
	for _, u := range []struct {
		suffix string
		unit   money.Fen
	}{{"万元", 10000 * money.Yuan}, {"万", 10000 * money.Yuan}, {"元整", money.Yuan}, {"元", money.Yuan}} {
		if strings.HasSuffix(t, u.suffix) {
			t, unit = strings.TrimSuffix(t, u.suffix), u.unit
			break
		}
	}
	f, err := money.ParseUnit(t, unit)
	if err != nil {
		return 0, money.FaultAmount.New().Set("value", s)
	}
	return f, nil
}

// readDate reads 2024-01-18, 20240118, 2024/1/18, 2024.1.18, 2024年1月18日, 24-1-18 (told as a warning) and the day numbers
// of spreadsheets.
func readDate(s string) (day.Date, *fault.Fault) {
	if d, err := day.Parse(s); err == nil {
		return d, nil
	}
	t := clean(s)
	bad := day.FaultDate.New().Set("value", s)
	if i := strings.IndexAny(t, "T "); i == 10 || strings.HasSuffix(t, "00:00:00") {
		t = strings.TrimSuffix(t, "00:00:00")
		t, _, _ = strings.Cut(t, "T")
	}
	if n, err := strconv.Atoi(t); err == nil {
		switch {
		case len(t) == 8:
			return made(n/10000, n/100%100, n%100, bad)
		case n > 20000 && n < 80000: // days since 1899-12-30
			return day.Of(1899, 12, 30) + day.Date(n), nil
		}
		return day.None, bad
	}
	parts := strings.FieldsFunc(t, func(r rune) bool { return strings.ContainsRune("-/.年月日", r) })
	if len(parts) != 3 {
		return day.None, bad
	}
	var ymd [3]int
	for i, p := range parts {
		n, err := strconv.Atoi(p)
		if err != nil {
			return day.None, bad
		}
		ymd[i] = n
	}
	if len(parts[0]) == 2 {
		d, f := made(2000+ymd[0], ymd[1], ymd[2], bad)
		if f == nil {
			f = FaultYearShort.New().Set("value", s).Set("date", d)
		}
		return d, f
	}
	return made(ymd[0], ymd[1], ymd[2], bad)
}

func made(y, m, d int, bad *fault.Fault) (day.Date, *fault.Fault) {
	if t, ok := day.Make(y, m, d); ok && y >= 1900 {
		return t, nil
	}
	return day.None, bad
}

// readRate reads a rate in per cent a year: 3.65, 3.65%, 365bp; 0.0365 and 365 are read with a warning.
func readRate(s string) (money.Rate, *fault.Fault) {
	t := clean(s)
	signed := strings.TrimRight(t, "%‰bpBP") != t
	r, err := money.ParsePercent(t)
	if signed {
		r, err = money.ParseRate(t)
		if strings.HasSuffix(t, "‰") && err == nil {
			r, err = r.Times(money.NewRate(12, 1)) // per mille a month
		}
	}
	if err != nil {
		return r, money.FaultRate.New().Set("value", s)
	}
	guess := !signed && !r.IsZero()
	switch {
	case guess && r.Cmp(money.NewRate(1, 1)) >= 0:
		r, err = r.Over(100)
	case guess && r.Cmp(money.NewRate(2, 1000)) < 0:
		r, err = r.Times(money.NewRate(100, 1))
	default:
		guess = false
	}
	if err != nil || r.Num() < 0 || r.Cmp(money.Percent(36)) > 0 {
		return r, FaultRateRange.New().Set("value", s)
	}
	if guess {
		return r, FaultRateGuess.New().Set("value", s).Set("rate", r)
	}
	return r, nil
}
