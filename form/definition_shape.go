package form

import (
	"strings"
	"unicode/utf8"

	"ganlan/fault"
)

// shape checks what the keys alone cannot say: a table has columns, a card is filled without gaps or overlaps.
func (d *Definition) shape(at fault.Place) (faults fault.List) {
	wrong := func(at fault.Place, text string) { faults.Add(FaultShape.At(at).Set("text", text)) }
	switch d.Layout {
	case Table:
		if len(d.Columns) == 0 {
			wrong(at, "layout: table 需要 columns (a table needs columns)")
		}
		if len(d.Rows)+len(d.Widths) > 0 {
			wrong(at, "rows 和 widths 只用于 layout: card (rows and widths belong to a card)")
		}
		d.columnShape(wrong)
	case Card:
		if len(d.Rows) == 0 || len(d.Widths) == 0 {
			wrong(at, "layout: card 需要 widths 和 rows (a card needs widths and rows)")
			return faults
		}
		if len(d.Columns) > 0 {
			wrong(at, "columns 只用于 layout: table (columns belong to a table)")
		}
		if text := d.gridFault(); text != "" {
			wrong(at, text)
		}
	}
	return faults
}

func (d *Definition) columnShape(wrong func(fault.Place, string)) {
	seen := map[string]bool{}
	for _, c := range d.Columns {
		if seen[c.Field.Name] {
			wrong(c.Field.at, "字段“"+c.Field.Name+"”出现了两次 (the field stands twice)")
		}
		seen[c.Field.Name] = true
		if c.Total && !c.Kind.of().sums {
			wrong(c.Field.at, string(c.Kind)+" 列不能合计 (a column of this kind has no total)")
		}
		if c.Width < 0 || c.Width > 255 {
			wrong(c.Field.at, "width 应在 1 到 255 之间 (width is from 1 to 255)")
		}
	}
}

// gridFault lays the card out and tells the first row that does not fit its columns.
func (d *Definition) gridFault() string {
	g := newGrid(len(d.Widths))
	for i, r := range d.Rows {
		for _, c := range r.Cells {
			if _, ok := g.place(c.span(), c.lines()); !ok {
				return "第" + count(i+1) + "行的单元格超出列数 (the cells of row " + count(i+1) + " do not fit)"
			}
		}
		if !g.next() {
			return "第" + count(i+1) + "行的单元格没有占满各列 (row " + count(i+1) + " leaves columns empty)"
		}
	}
	if !g.closed() {
		return "最后一行之后还有 lines 未用完 (a merged cell reaches below the last row)"
	}
	return ""
}

func (c CardCell) span() int  { return int(max(c.Span, 1)) }
func (c CardCell) lines() int { return int(max(c.Lines, 1)) }

// grid places the cells of a card from left to right; a cell of several lines keeps its columns on the rows below.
type grid struct{ taken []int }

func newGrid(columns int) *grid { return &grid{make([]int, columns)} }

// place is the first column, from 0, of the next cell.
func (g *grid) place(span, lines int) (int, bool) {
	for i := range g.taken {
		if g.taken[i] > 0 {
			continue
		}
		for j := i; j < i+span; j++ {
			if j >= len(g.taken) || g.taken[j] > 0 {
				return 0, false
			}
			g.taken[j] = lines
		}
		return i, true
	}
	return 0, false
}

// next goes to the next row; it is false when a column of this row was left empty.
func (g *grid) next() bool {
	full := true
	for i := range g.taken {
		full = full && g.taken[i] > 0
		g.taken[i] = max(0, g.taken[i]-1)
	}
	return full
}

func (g *grid) closed() bool {
	for _, n := range g.taken {
		if n > 0 {
			return false
		}
	}
	return true
}

// sheetName is a name that a workbook accepts: at most 31 characters, none of those it forbids. n above 1 marks a
// further sheet of the same table.
func sheetName(s string, n int) string {
	s = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`:\/?*[]'`, r) {
			return '_'
		}
		return r
	}, s)
	tail := ""
	if n > 1 {
		tail = "(" + count(n) + ")"
	}
	if s == "" {
		s = "Sheet1"
	}
	for utf8.RuneCountInString(s)+len(tail) > 31 {
		_, size := utf8.DecodeLastRuneInString(s)
		s = s[:len(s)-size]
	}
	return s + tail
}
