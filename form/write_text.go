package form

import (
	"fmt"
	"io"
	"strconv"
	"strings"
)

// WriteText writes a table as csv: the titles, then the rows, CRLF at their ends. Amounts have two decimals and no commas,
// days are YYYY-MM-DD, and no cell is a formula (interchange B7). encode gives the bytes of a line, or the error of a
// character that the encoding lacks.
func WriteText(w io.Writer, d *Definition, rows Rows, encode func(string) ([]byte, error)) error {
	line := make([]string, len(d.Columns))
	put := func() error {
		data, err := encode(strings.Join(line, ",") + "\r\n")
		if err == nil {
			_, err = w.Write(data)
		}
		return err
	}
	for i, c := range d.Columns {
		line[i] = field(Harmless(c.Title))
	}
	if err := put(); err != nil {
		return err
	}
	row := make([]Cell, len(d.Columns))
	for n := range rows.Count {
		if !rows.Next(row) {
			return fmt.Errorf("form: fewer rows than the %d announced", rows.Count)
		}
		for i, c := range d.Columns {
			text, err := row[i].plain(c.Kind)
			if err != nil {
				return fmt.Errorf("form: row %d, column %s: %w", n+1, c.Title, err)
			}
			line[i] = field(text)
		}
		if err := put(); err != nil {
			return err
		}
	}
	return nil
}

// plain is the value as a csv holds it.
func (c Cell) plain(k Kind) (string, error) {
	switch {
	case c.tag == isText:
		return Harmless(c.text), nil
	case c.tag == isRate:
		return strings.TrimSuffix(c.rate.String(), "%"), nil
	case c.tag == isFen && k == Wan:
		n, _, err := c.number(k)
		return decimal(n, 100), err
	case c.tag == isFen:
		return decimal(c.n, 100), nil
	case c.tag == isCount:
		return strconv.FormatInt(c.n, 10), nil
	}
	return c.String(), nil
}

// field is a text as csv holds it, in quotes where it must be.
func field(s string) string {
	if !strings.ContainsAny(s, ",\"\r\n") {
		return s
	}
	return `"` + strings.ReplaceAll(s, `"`, `""`) + `"`
}
