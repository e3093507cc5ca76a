package day

import (
	"strconv"
	"strings"
)

// Written is how a date stood in a file.
type Written uint8

// Plain has one meaning; ShortYear has a year of two digits, read as 20xx; NoDay is no date at all.
const (
	NoDay Written = iota
	Plain
	ShortYear
)

// ParseWritten reads a date as files hold it, full-width forms already made plain: 2024-01-18, 20240118, 2024/1/18,
// 2024.1.18, 2024年1月18日, 24-1-18, each also with a time of day behind, and the day numbers of spreadsheets (45309). It
// never takes the first of three numbers for a day or month: 18/01/2024 and 1月18日 are no date.
func ParseWritten(s string) (Date, Written) {
	t := withoutTime(strings.TrimSpace(s))
	if d, err := Parse(t); err == nil && d >= firstDay {
		return d, Plain
	}
	if n, err := strconv.Atoi(t); err == nil && !strings.ContainsAny(t, "+-") {
		switch {
		case len(t) == 8:
			return written(n/10000, n/100%100, n%100)
		case len(t) == 5 && n > 20000 && n < 80000: // 1954 to 2119
			return Of(1899, 12, 30) + Date(n), Plain
		}
		return None, NoDay
	}
	return parts(t)
}

// firstDay is the earliest date a file may mean.
var firstDay = Of(1900, 1, 2)

// parts reads three numbers with the same sign between them, or 年, 月 and 日.
func parts(t string) (Date, Written) {
	var f []string
	if rest, ok := strings.CutSuffix(t, "日"); ok {
		f = strings.FieldsFunc(strings.Replace(strings.Replace(rest, "年", "-", 1), "月", "-", 1), func(r rune) bool { return r == '-' })
	} else {
		for _, sign := range []string{"-", "/", "."} {
			if strings.Count(t, sign) == 2 {
				f = strings.Split(t, sign)
			}
		}
	}
	if len(f) != 3 || len(f[0]) != 4 && len(f[0]) != 2 {
		return None, NoDay
	}
	var n [3]int
	for i, p := range f {
		p = strings.TrimSpace(p)
		x, err := strconv.Atoi(p)
		if err != nil || strings.ContainsAny(p, "+-") || i > 0 && len(p) > 2 {
			return None, NoDay
		}
		n[i] = x
	}
	if len(f[0]) == 2 && n[0] <= 12 && len(strings.TrimSpace(f[2])) == 2 {
		return None, NoDay // 06-01-24 is also how spreadsheets show 1 June 2024
	}
	if len(f[0]) == 2 {
		d, w := written(2000+n[0], n[1], n[2])
		return d, min(w, 1) * ShortYear
	}
	return written(n[0], n[1], n[2])
}

func written(y, m, d int) (Date, Written) {
	if t, ok := Make(y, m, d); ok && t >= firstDay {
		return t, Plain
	}
	return None, NoDay
}

// withoutTime takes the time of day away: 2024-01-18 09:30:00, 2024-01-18T09:30:00.000Z, 20240118093000.
func withoutTime(t string) string {
	if i := strings.LastIndexAny(t, " T"); i > 0 && strings.Contains(t[i:], ":") && strings.Trim(t[i+1:], "0123456789:.Z") == "" {
		return strings.TrimSpace(t[:i])
	}
	if len(t) == 14 && strings.Trim(t, "0123456789") == "" {
		return t[:8]
	}
	return t
}
