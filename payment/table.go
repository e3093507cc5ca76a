package payment

import (
	"slices"
	"strings"

	"ganlan/fault"
)

// table finds the lines of a file and gives each field by its source.
type table struct {
	l     *Layout
	at    map[string]int // column of a source
	lines []row
	end   *row // the closing line
}

// headRows is how far down a sheet's titles may stand.
const headRows = 30

// table sorts the rows into lines and the closing line. skip is how many lines stand before the first.
func (l *Layout) table(rows []row, skip int) (*table, *fault.Fault) {
	t := &table{l: l, at: map[string]int{}}
	if l.Shape == Sheet {
		found := slices.IndexFunc(rows[:min(len(rows), headRows)], func(r row) bool { return t.titles(r.cells) })
		if found < 0 {
			return nil, unread("找不到表头 (no row with the titles)")
		}
		skip = found + 1
	} else {
		for i, f := range l.Fields {
			if f.From != "" {
				t.at[f.From] = i
			}
		}
	}
	for _, r := range rows[min(skip, len(rows)):] {
		switch {
		case l.Shape == Sheet && blankRow(r.cells):
		case t.end != nil && l.Shape == Sheet: // signatures stand below the closing line
		case t.end != nil:
			return nil, at(unread("结尾行之后还有内容 (lines behind the closing line)"), r.n)
		case l.closes(r.cells):
			t.end = &r
		case l.Shape == Separated && len(r.cells) != len(l.Fields):
			return nil, at(unread("列数不符 (another number of fields)"), r.n)
		default:
			t.lines = append(t.lines, r)
		}
	}
	if len(l.Trailer) > 0 && t.end == nil {
		return nil, unread("没有结尾行，文件可能不完整 (no closing line: the file may be cut off)")
	}
	return t, nil
}

func at(f *fault.Fault, n int) *fault.Fault {
	f.Place.Row = n
	return f
}

func blankRow(cells []string) bool {
	return !slices.ContainsFunc(cells, func(s string) bool { return strings.TrimSpace(s) != "" })
}

// titles reports whether a row holds the title of every field, and remembers the columns.
func (t *table) titles(cells []string) bool {
	for _, f := range t.l.Fields {
		i := slices.Index(cells, f.Title)
		if i < 0 {
			return false
		}
		t.at[f.From] = i
	}
	return true
}

// closes reports whether a row is the closing line: it begins with the mark.
func (l *Layout) closes(cells []string) bool {
	return len(l.Trailer) > 0 && len(cells) > 0 && strings.TrimSpace(cells[0]) == l.Trailer[0].Const && l.Trailer[0].Const != ""
}

// get is a field of a line; blank where the file has none.
func (t *table) get(r row, from string) string {
	i, ok := t.at[from]
	if !ok || i >= len(r.cells) {
		return ""
	}
	return strings.TrimSpace(r.cells[i])
}

// stated is what the closing line says of a sum; ok is false where it says nothing.
func (t *table) stated(from string) (string, bool) {
	if t.end == nil {
		return "", false
	}
	i := slices.IndexFunc(t.l.Trailer, func(f Field) bool { return f.From == from })
	if i < 0 || i >= len(t.end.cells) {
		return "", false
	}
	return strings.TrimSpace(t.end.cells[i]), true
}
