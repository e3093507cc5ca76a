package risk

import (
	"slices"

	"ganlan/day"
	"ganlan/figure"
	"ganlan/money"
)

// Reminder tells a borrower to settle principal and clear interest.
type Reminder struct {
	Day, Due day.Date
	Before   int // days
	Owed     []money.Fen
}

// Reminders are the days on which the borrower is reminded, the earliest first; none once nothing is owed.
func (s *Lights) Reminders(row figure.Row) ([]Reminder, error) {
	if s.Due == "" || !s.Remind.Given() {
		return nil, nil
	}
	run := s.program.Run(row)
	due, err := run.Get(s.Due)
	if err != nil {
		return nil, err
	}
	owed, sum := make([]money.Fen, len(s.Owed)), money.Fen(0)
	for i, name := range s.Owed {
		v, err := run.Get(name)
		if err != nil {
			return nil, err
		}
		if owed[i], err = v.Fen(money.ToFen); err != nil {
			return nil, err
		}
		sum += owed[i]
	}
	if sum <= 0 {
		return nil, nil
	}
	days := slices.Compact(slices.Sorted(slices.Values(s.Remind.First().Is)))
	out := make([]Reminder, 0, len(days))
	for _, n := range slices.Backward(days) {
		out = append(out, Reminder{due.Day() - day.Date(n), due.Day(), n, owed})
	}
	return out, nil
}
