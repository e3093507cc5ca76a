// Package day is the calendar of the office: dates without a clock, spans of days, day counts, months that clamp.
// It refuses dates that do not exist; it is the only pure room that may import time.
package day

import (
	"time"

	"ganlan/fault"
)

// Date is a civil day in China Standard Time (OP-78), counted from 1970-01-01.
type Date int32

// None marks a date that is not given; Open is later than every date (an interval without an end).
const (
	None Date = -1 << 31
	Open Date = 1<<31 - 1
)

// FaultDate is a text that is no date.
var FaultDate = &fault.Def{Code: "DATE_BAD", What: "“{value}”不是有效日期", Do: "写成 2024-01-18 的样式，并核对年月日",
	WhatEn: "{value} is not a valid date", DoEn: "write it like 2024-01-18 and check year, month and day"}

// monthDays[m] is the number of days before month m (1…12) in a common year; [13] is the whole year.
var monthDays = [14]int32{1: 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365}

func leap(y int) bool { return y%4 == 0 && (y%100 != 0 || y%400 == 0) }

// Of is the date of a year, month and day that exist; use Make for foreign input.
func Of(y, m, d int) Date {
	p := y - 1
	n := int32(p*365+p/4-p/100+p/400) + monthDays[m] + int32(d) - 1
	if m > 2 && leap(y) {
		n++
	}
	return Date(n - 719162) // days from 0001-01-01 to 1970-01-01
}

// Make is the date, or false when there is no such day.
func Make(y, m, d int) (Date, bool) {
	if y < 1 || y > 9999 || m < 1 || m > 12 || d < 1 || d > 28 && d > DaysInMonth(y, m) {
		return None, false
	}
	return Of(y, m, d), true
}

// DaysInMonth is 28 to 31.
func DaysInMonth(y, m int) int {
	if m == 2 && leap(y) {
		return 29
	}
	return int(monthDays[m+1] - monthDays[m])
}

// Parse reads exactly YYYY-MM-DD.
func Parse(s string) (Date, error) {
	if len(s) == 10 && s[4] == '-' && s[7] == '-' {
		y1, ok1 := twoDigits(s[0], s[1])
		y2, ok2 := twoDigits(s[2], s[3])
		m, ok3 := twoDigits(s[5], s[6])
		d, ok4 := twoDigits(s[8], s[9])
		if ok1 && ok2 && ok3 && ok4 {
			if t, ok := Make(y1*100+y2, m, d); ok {
				return t, nil
			}
		}
	}
	return None, FaultDate.New().Set("value", s)
}

func twoDigits(a, b byte) (int, bool) {
	a, b = a-'0', b-'0'
	return int(a)*10 + int(b), a <= 9 && b <= 9
}

// Civil is the year, month and day.
func (d Date) Civil() (year, month, dom int) {
	t := time.Unix(int64(d)*86400, 0).UTC()
	return t.Year(), int(t.Month()), t.Day()
}

// Year is the calendar year.
func (d Date) Year() int {
	y, _, _ := d.Civil()
	return y
}

// String is YYYY-MM-DD; empty for None and Open.
func (d Date) String() string {
	if d == None || d == Open {
		return ""
	}
	return string(d.Append(nil))
}

// Append writes YYYY-MM-DD.
func (d Date) Append(b []byte) []byte {
	return time.Unix(int64(d)*86400, 0).UTC().AppendFormat(b, "2006-01-02")
}

// AddMonths is the same day n months later; a day that the month lacks becomes the month's last (29 February + 12 months
// is 28 February).
func (d Date) AddMonths(n int) Date {
	y, m, dom := d.Civil()
	k := y*12 + m - 1 + n
	y, m = k/12, k%12+1
	return Of(y, m, min(dom, DaysInMonth(y, m)))
}

// YearStart is 1 January of the year.
func YearStart(y int) Date { return Of(y, 1, 1) }

// DaysInYear is 365 or 366.
func DaysInYear(y int) int { return int(YearStart(y+1) - YearStart(y)) }

// Months is the whole months from a to b (a ≤ b) and the odd days after them.
func Months(a, b Date) (months, odd int) {
	ya, ma, _ := a.Civil()
	yb, mb, _ := b.Civil()
	months = (yb-ya)*12 + mb - ma
	if a.AddMonths(months) > b {
		months--
	}
	return months, int(b - a.AddMonths(months))
}

// UnmarshalText reads YYYY-MM-DD.
func (d *Date) UnmarshalText(b []byte) (err error) {
	*d, err = Parse(string(b))
	return err
}
