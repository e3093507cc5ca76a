package scheme

import (
	"fmt"
	"slices"

	"ganlan/day"
	"ganlan/money"
)

// years are the spellings of a day count; the open point's own names are read as well (OP-01).
var years = []struct {
	name, other string
	count       day.Count
}{
	{"actual/360", "ACT/360", day.Actual360}, {"actual/365", "ACT/365", day.Actual365},
	{"actual/actual", "ACT/ACT", day.ActualActual}, {"months/12", "ANNUAL", day.Months12}, {"whole_years", "YEARS", day.WholeYears},
}

// Known are the day counts.
func (Year) Known() (out []string) {
	for _, y := range years {
		out = append(out, y.name, y.other)
	}
	return out
}

// Count is the day count named.
func (y Year) Count() day.Count {
	for _, k := range years {
		if string(y) == k.name || string(y) == k.other {
			return k.count
		}
	}
	return day.Actual360
}

// Known are the units of rounding.
func (RoundUnit) Known() []string { return []string{"fen", "yuan", "100yuan", "10000yuan"} }

// Fen is the unit's worth.
func (u RoundUnit) Fen() money.Fen {
	return []money.Fen{1, 100, 10000, 1000000}[max(0, slices.Index(u.Known(), string(u)))]
}

// Known are the modes of rounding.
func (RoundMode) Known() []string { return []string{"half_up", "half_even", "down", "up"} }

// Mode is the mode named.
func (m RoundMode) Mode() money.Mode {
	return []money.Mode{money.HalfUp, money.HalfEven, money.Down, money.Up}[max(0, slices.Index(m.Known(), string(m)))]
}

// Rounding is the unit and mode together.
func (r *Round) Rounding() money.Rounding {
	return money.Rounding{Unit: r.To.Is().Fen(), Mode: r.Mode.Is().Mode()}
}

// DeadlineDay is the last day of payment for a claim year.
func (p *Pay) DeadlineDay(year int) (day.Date, bool) {
	if !p.Deadline.Given() {
		return day.None, false
	}
	d, err := day.Parse(fmt.Sprintf("%04d-%s", year+1, p.Deadline.First().Is))
	return d, err == nil
}
