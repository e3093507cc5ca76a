package form

import (
	"cmp"
	"fmt"
	"strings"
	"unicode/utf8"
)

// table writes the rows of one form over one or more sheets.
type table struct {
	b        *book
	d        *Definition
	rows     Rows
	meta     Meta
	perSheet int
	columns  []column
	row      []Cell
	parts    []part // the rows of each sheet, for the total
	looks    tableLooks
}

type part struct {
	sheet       string
	first, last int
}

type tableLooks struct{ title, unit, header, label int }

var lineLook = look{wrap: true}

func writeTable(b *book, d *Definition, rows Rows, meta Meta, perSheet int) error {
	t := &table{b: b, d: d, rows: rows, meta: meta, perSheet: perSheet, row: make([]Cell, len(d.Columns))}
	if err := t.prepare(); err != nil {
		return err
	}
	for n, left := 1, rows.Count; n == 1 || left > 0; n++ {
		here := min(left, perSheet)
		left -= here
		if err := t.sheet(n, here, left == 0); err != nil {
			return err
		}
	}
	if rows.Next(t.row) {
		return fmt.Errorf("more rows than the %d announced", rows.Count)
	}
	return nil
}

func (t *table) prepare() error {
	for _, c := range t.d.Columns {
		k := c.Kind.of()
		l := look{format: k.format, border: true, wrap: c.Wrap}
		if k.kind == Date {
			l.align = "center"
		}
		id, err := t.b.style(l)
		if err != nil {
			return err
		}
		t.columns = append(t.columns, column{kind: c.Kind, div: max(k.div, 1), style: id, total: c.Total})
	}
	return t.b.looks([]wanted{
		{&t.looks.title, look{size: 16, bold: true, align: "center"}},
		{&t.looks.unit, look{align: "right"}},
		{&t.looks.header, look{bold: true, border: true, wrap: true, align: "center"}},
		{&t.looks.label, look{bold: true, border: true, align: "center"}},
	})
}

// wanted is a look and where its number is to go. They come in order: the order in which styles are asked for shows in the
// file.
type wanted struct {
	id *int
	look
}

func (b *book) looks(want []wanted) (err error) {
	for _, w := range want {
		if *w.id, err = b.style(w.look); err != nil {
			return err
		}
	}
	return nil
}

// sheet writes one sheet; total, footer and stamp stand on the last one only.
func (t *table) sheet(n, rows int, last bool) error {
	header := 2 + len(t.d.Heading)
	if t.d.Unit != "" {
		header++
	}
	end := header + rows
	if last {
		end += t.tail()
	}
	name := sheetName(cmp.Or(t.d.Sheet, t.d.Title), n)
	filter := 0
	if t.d.Filter {
		filter = header + rows
	}
	s, err := t.b.sheet(setup{name: name, columns: len(t.columns), rows: end, portrait: t.d.Page == "portrait", filter: filter,
		widths: t.widths(), header: header, titles: header, head: t.meta.head(), footer: t.meta.page()})
	if err != nil {
		return err
	}
	t.parts = append(t.parts, part{name, header + 1, header + rows})
	if err := t.top(s); err != nil {
		return err
	}
	if err := t.data(s, rows); err != nil {
		return err
	}
	if last {
		err = t.bottom(s)
	}
	if err != nil {
		return err
	}
	if s.row != end {
		return fmt.Errorf("sheet %q has %d rows instead of %d", name, s.row, end)
	}
	return s.sw.Flush()
}

func (t *table) tail() int {
	n := len(t.d.Footer)
	if t.totals() {
		n++
	}
	if t.meta.stamp() != "" {
		n++
	}
	return n
}

func (t *table) totals() bool {
	for _, c := range t.columns {
		if c.total {
			return true
		}
	}
	return false
}

func (t *table) widths() []float64 {
	out := make([]float64, len(t.d.Columns))
	for i, c := range t.d.Columns {
		out[i] = float64(cmp.Or(c.Width, 12))
	}
	return out
}

// top is the title, the heading, the unit and the header row.
func (t *table) top(s *sheet) error {
	if err := s.line(t.d.Title, t.looks.title, 32); err != nil {
		return err
	}
	if err := t.b.lines(s, t.d.Heading, lineLook, 20, t.text); err != nil {
		return err
	}
	if t.d.Unit != "" {
		if err := s.line(t.d.Unit, t.looks.unit, 18); err != nil {
			return err
		}
	}
	s.clear(t.looks.header)
	for i, c := range t.d.Columns {
		s.cells[i].Value = Harmless(c.Title)
	}
	return s.put(t.headerHeight())
}

func (t *table) text(l Line) string {
	return l.fill(func(name string) string { return t.meta.Values[name] })
}

// headerHeight leaves room for the longest title when it is broken over lines; a 汉字 is two characters wide.
func (t *table) headerHeight() float64 {
	lines := 1
	for _, c := range t.d.Columns {
		for _, word := range strings.Split(c.Title, "\n") {
			wide := 2*utf8.RuneCountInString(word) + 1
			lines = max(lines, (wide+int(cmp.Or(c.Width, 12))-1)/int(cmp.Or(c.Width, 12)))
		}
	}
	return float64(14*lines + 8)
}

// data writes the rows of one sheet.
func (t *table) data(s *sheet, rows int) error {
	for range rows {
		if !t.rows.Next(t.row) {
			return fmt.Errorf("fewer rows than the %d announced", t.rows.Count)
		}
		s.clear(0)
		for i := range t.columns {
			value, err := t.columns[i].value(&t.row[i])
			if err != nil {
				return fmt.Errorf("row %d, column %s: %w", s.row+1, t.d.Columns[i].Title, err)
			}
			s.cells[i].StyleID, s.cells[i].Value = t.columns[i].style, value
		}
		if err := s.put(0); err != nil {
			return err
		}
	}
	return nil
}

// bottom is the total, the footer and the stamp.
func (t *table) bottom(s *sheet) error {
	if t.totals() {
		if err := t.total(s); err != nil {
			return err
		}
	}
	if err := t.b.lines(s, t.d.Footer, lineLook, 20, t.text); err != nil {
		return err
	}
	if stamp := t.meta.stamp(); stamp != "" {
		return s.line(stamp, t.looks.unit, 18)
	}
	return nil
}
