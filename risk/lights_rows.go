package risk

import (
	"strings"

	"ganlan/figure"
	"ganlan/scheme"
)

// Compute shows the light of a table of loans or households, one row each, and the days on which the borrower is reminded.
func (s *Lights) Compute(t *scheme.Table) (*scheme.Outcome, error) {
	names := map[string]scheme.Words{}
	for l, w := range lightWords {
		names[string(l)] = w
	}
	columns := []scheme.Column{{Key: "light", Title: scheme.Words{Zh: "灯", En: "light"}, Type: figure.Text, Few: true, Names: names},
		{Key: "reminders", Title: scheme.Words{Zh: "提醒日", En: "reminded on"}, Type: figure.Text}}
	return scheme.EachRow(t, columns, s.warn, (*warned).row, func(x *warned) []scheme.Line { return x.Lines() })
}

// warned is a light with its reminders.
type warned struct {
	*Shown
	days []string
}

func (s *Lights) warn(x *scheme.FactRow) (*warned, error) {
	shown, err := s.Show(x.Facts)
	if err != nil {
		return nil, err
	}
	list, err := s.Reminders(x.Facts)
	if err != nil {
		return nil, err
	}
	out := &warned{Shown: shown}
	for _, r := range list {
		out.days = append(out.days, r.Day.String())
	}
	return out, nil
}

func (x *warned) row() scheme.OutcomeRow {
	return scheme.OutcomeRow{Values: []figure.Value{figure.OfText(string(x.Light)), figure.OfText(strings.Join(x.days, " "))},
		Why: scheme.Words{Zh: x.Rule.Zh, En: x.Rule.En}}
}
