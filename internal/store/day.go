package store

import (
	"fmt"

	"ganlan/day"
)

// dayText is a day as columns hold it: ISO text, empty for none.
func dayText(d day.Date) string {
	if d == day.None {
		return ""
	}
	return d.String()
}

// dayInto reads a column of a day.
func dayInto(d *day.Date) *dayScan { return &dayScan{d} }

type dayScan struct{ to *day.Date }

// Scan is for database/sql.
func (s *dayScan) Scan(v any) (err error) {
	text, ok := v.(string)
	if !ok {
		return fmt.Errorf("store: %T is no day", v)
	}
	if text == "" {
		*s.to = day.None
		return nil
	}
	*s.to, err = day.Parse(text)
	return err
}
