package form

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"ganlan/day"
)

// Plain is a sheet of rows as they came from another, to be written one by one.
type Plain struct {
	Sheet         string
	Columns, Rows int    // of the whole sheet, known before the first row
	Header        int    // rows down to the header, which stay in view
	Kinds         []Kind // of the columns: an amount or a date is written as one where its text is plainly that, else as text
	Each          func(func(cells []string) error) error
}

// Write writes the sheet. A text of more digits than a sheet can hold stays text.
func (p *Plain) Write(w io.Writer) error {
	b, err := newBook(p.Sheet)
	if err != nil {
		return fmt.Errorf("form: write rows: %w", err)
	}
	defer b.close()
	if err := p.rows(b); err != nil {
		return fmt.Errorf("form: write rows: %w", err)
	}
	return b.save(w)
}

func (p *Plain) rows(b *book) error {
	styles := map[Kind]int{}
	for _, k := range []Kind{Text, Money, Date} {
		id, err := b.style(look{format: k.of().format})
		if err != nil {
			return err
		}
		styles[k] = id
	}
	s, err := b.sheet(setup{name: sheetName(p.Sheet, 1), columns: max(p.Columns, 1), rows: max(p.Rows, 1), header: p.Header, titles: p.Header})
	if err != nil {
		return err
	}
	err = p.Each(func(cells []string) error {
		s.clear(styles[Text])
		if len(cells) > s.columns {
			return fmt.Errorf("row %d has %d cells under %d titles", s.row+1, len(cells), s.columns)
		}
		for i, text := range cells {
			s.cells[i].Value = text
			if i < len(p.Kinds) && s.row >= p.Header {
				if n, ok := typed(text, p.Kinds[i]); ok {
					s.cells[i].Value, s.cells[i].StyleID = n, styles[p.Kinds[i]]
				}
			}
		}
		return s.put(0)
	})
	if err != nil {
		return err
	}
	return s.sw.Flush()
}

// typed is the value of a text that is plainly an amount or a date.
func typed(text string, k Kind) (any, bool) {
	switch k {
	case Money:
		whole, dec, point := strings.Cut(text, ".")
		for len(dec) < 2 {
			dec += "0"
		}
		bare := strings.TrimPrefix(whole, "-")
		if len(dec) > 2 || len(whole) > 12 || !digits(bare) || !allDigits(dec) || point && strings.HasSuffix(text, ".") {
			return nil, false
		}
		n, err := strconv.ParseInt(bare+dec, 10, 64)
		if err != nil {
			return nil, false
		}
		if bare != whole {
			n = -n
		}
		return exact(n, 100)
	case Date:
		if d, err := day.Parse(text); err == nil && d >= firstDate && len(text) == 10 {
			return int64(d) + dateZero, true
		}
	}
	return nil, false
}

// digits reports whether a text is a whole number as numbers are written: no zero stands in front but 0 itself.
func digits(s string) bool { return s != "" && allDigits(s) && (len(s) == 1 || s[0] != '0') }
