package form

import (
	"cmp"
	"fmt"
)

// card draws one record cell by cell.
type card struct {
	b      *book
	d      *Definition
	meta   Meta
	values map[string]Cell
	s      *sheet
	looks  struct{ title, stamp int }
}

func writeCard(b *book, d *Definition, rows Rows, meta Meta) error {
	c := &card{b: b, d: d, meta: meta}
	if err := c.record(rows); err != nil {
		return err
	}
	err := b.looks([]wanted{
		{&c.looks.title, look{size: 16, bold: true, align: "center", wrap: true}},
		{&c.looks.stamp, look{size: 9, align: "right"}},
	})
	if err != nil {
		return err
	}
	if c.s, err = b.sheet(c.setup()); err != nil {
		return err
	}
	for _, step := range []func() error{c.top, c.body, c.bottom, c.s.sw.Flush} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// record takes the one row by field name.
func (c *card) record(rows Rows) error {
	fields := c.d.Fields()
	row := make([]Cell, len(fields))
	if rows.Count != 1 || !rows.Next(row) {
		return fmt.Errorf("a card prints one record, not %d", rows.Count)
	}
	c.values = make(map[string]Cell, len(fields))
	for i, name := range fields {
		c.values[name] = row[i]
	}
	return nil
}

func (c *card) setup() setup {
	s := setup{name: sheetName(cmp.Or(c.d.Sheet, c.d.Title), 1), columns: len(c.d.Widths), head: c.meta.head(), footer: c.meta.page(),
		rows: 1 + len(c.d.Heading) + len(c.d.Rows) + len(c.d.Footer), portrait: c.d.Page == "portrait"}
	if c.meta.stamp() != "" {
		s.rows++
	}
	for _, w := range c.d.Widths {
		s.widths = append(s.widths, float64(w))
	}
	return s
}

func (c *card) text(l Line) string {
	return l.fill(func(name string) string { return c.values[name].String() })
}

func (c *card) top() error {
	if err := c.s.line(c.d.Title, c.looks.title, 44); err != nil {
		return err
	}
	return c.lines(c.d.Heading)
}

func (c *card) lines(lines []Line) error {
	return c.b.lines(c.s, lines, look{size: 11, wrap: true}, 22, c.text)
}

func (c *card) bottom() error {
	if err := c.lines(c.d.Footer); err != nil {
		return err
	}
	if stamp := c.meta.stamp(); stamp != "" {
		return c.s.line(stamp, c.looks.stamp, 22)
	}
	return nil
}

// body draws the rows. All cells of a merged block carry its border, as programs draw the border of each cell.
func (c *card) body() error {
	g := newGrid(len(c.d.Widths))
	below := make([]int, len(c.d.Widths)) // style of a block that reaches down into the next row
	for _, r := range c.d.Rows {
		c.s.clear(0)
		for i, style := range below {
			c.s.cells[i].StyleID = style
		}
		at := make([]int, len(r.Cells))
		for i, cell := range r.Cells {
			at[i], _ = g.place(cell.span(), cell.lines())
			if err := c.draw(cell, at[i], below); err != nil {
				return err
			}
		}
		if err := c.s.put(float64(cmp.Or(r.Height, 30))); err != nil {
			return err
		}
		for i, cell := range r.Cells {
			if err := c.s.merge(at[i], cell.span(), cell.lines()); err != nil {
				return err
			}
		}
		g.next()
	}
	return nil
}

func (c *card) draw(cell CardCell, at int, below []int) error {
	style, err := c.b.style(cell.look())
	if err != nil {
		return err
	}
	for i := at; i < at+cell.span(); i++ {
		c.s.cells[i].StyleID, below[i] = style, style
	}
	if cell.Field.Name == "" {
		c.s.cells[at].Value = Harmless(c.text(cell.Text))
		return nil
	}
	k := cell.Kind.of()
	value := c.values[cell.Field.Name]
	col := column{kind: k.kind, div: max(k.div, 1)}
	c.s.cells[at].Value, err = col.value(&value)
	return err
}

// look of a card's cell: a rate carries its per cent sign, as no column title can.
func (c CardCell) look() look {
	l := look{format: c.Kind.of().format, size: 11, border: true, wrap: true, bold: c.Label, align: c.Align}
	if c.Kind == Percent {
		l.format += `"%"`
	}
	if l.align == "" {
		l.align = "left"
		if c.Label {
			l.align = "center"
		}
	}
	return l
}
