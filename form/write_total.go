package form

import (
	"strings"
)

// total writes formulas together with their results, so that a program that does not calculate shows them too.
func (t *table) total(s *sheet) error {
	s.clear(t.looks.label)
	for i := range t.columns {
		c := &t.columns[i]
		if !c.total {
			continue
		}
		l := look{format: c.kind.of().format, border: true, bold: true}
		style, err := t.b.style(l)
		if err != nil {
			return err
		}
		s.cells[i].StyleID = style
		value, ok := exact(c.sum, c.div)
		if !ok || c.long {
			value = decimal(c.sum, c.div)
		} else if t.rows.Count > 0 {
			s.cells[i].Formula = "SUM(" + t.ranges(i+1) + ")"
		}
		s.cells[i].Value = value
	}
	if !t.columns[0].total {
		s.cells[0].Value = "合计"
	}
	return s.put(20)
}

// ranges are the rows of a column on all sheets.
func (t *table) ranges(column int) string {
	var out []string
	for _, p := range t.parts {
		area := ref(column, p.first) + ":" + ref(column, p.last)
		if len(t.parts) > 1 {
			area = "'" + p.sheet + "'!" + area
		}
		out = append(out, area)
	}
	return strings.Join(out, ",")
}
