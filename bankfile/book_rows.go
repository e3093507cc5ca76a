package bankfile

import (
	"slices"

	"ganlan/form"
)

// bookRecords gives the rows below the headers, sheet by sheet, merged cells filled in.
func (f *File) bookRecords(each func(row int, cells []string)) error {
	for i, s := range f.sheets {
		carry := newCarry(s, f.Layout.Keys)
		_, err := f.book.Read(s.layout.Sheet, func(row int, cells []string) bool {
			if row > s.layout.HeaderRow {
				cells = carry.fill(row, cells)
				if f.fills && !allBlank(cells) {
					cells = f.withName(cells, s.layout.Sheet)
				}
				each(i*rowsOfSheet+row, cells)
			}
			return true
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// withName puts the sheet's name into the last column; what stands there stays, one further, and is refused.
func (f *File) withName(cells []string, name string) []string {
	last := len(f.Layout.Keys) - 1
	out := slices.Clone(cells)
	for len(out) < last {
		out = append(out, "")
	}
	return slices.Insert(out, last, name)
}

// carry brings the value of cells that are merged over several rows down to these rows, and no further. Amounts are not
// carried: one amount over two rows is not twice the amount.
type carry struct {
	areas []form.Area // by first row, not yet reached
	now   []form.Area
	value map[int]string // by column
	cells []string
}

func newCarry(s sheet, keys []string) *carry {
	c := &carry{value: map[int]string{}}
	for _, m := range s.found.Merged {
		if m.LastRow > m.Row && m.Row > s.layout.HeaderRow && m.Column <= len(keys) && keys[m.Column-1] != "" && !s.layout.profile.sums(keys[m.Column-1]) {
			c.areas = append(c.areas, m)
		}
	}
	slices.SortStableFunc(c.areas, func(a, b form.Area) int { return a.Row - b.Row })
	return c
}

func (c *carry) fill(row int, cells []string) []string {
	if len(c.areas) == 0 && len(c.now) == 0 {
		return cells
	}
	for len(c.areas) > 0 && c.areas[0].Row <= row {
		if m := c.areas[0]; m.Row == row {
			c.now = append(c.now, m)
			c.value[m.Column] = at(cells, m.Column-1)
		}
		c.areas = c.areas[1:]
	}
	c.now = slices.DeleteFunc(c.now, func(m form.Area) bool { return m.LastRow < row })
	if allBlank(cells) {
		return cells
	}
	c.cells = append(c.cells[:0], cells...)
	for _, m := range c.now {
		for len(c.cells) < m.Column {
			c.cells = append(c.cells, "")
		}
		if m.Row < row && c.cells[m.Column-1] == "" {
			c.cells[m.Column-1] = c.value[m.Column]
		}
	}
	return c.cells
}
