package form

import (
	"bytes"
	"cmp"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// sheetMark is one sheet on its way into the copy.
type sheetMark struct {
	k      *marker
	name   string
	header int
	last   int            // row
	column int            // of the reasons
	reused bool           // it stood there already
	wanted map[int][]spot // by row, in the order of columns
	at     []spot         // what is left of the row at hand

	row, here int  // row and column of the cell at hand
	title     int  // style of the header's last cell
	skip      bool // inside a cell that is replaced
	cols      bool // the sheet says how wide its columns are,
	covered   bool // the reasons' too
}

// spot is a cell to be coloured, or the one of the reason.
type spot struct {
	column  int
	warning bool
	reason  bool
	text    string
}

// collect sorts the marks by rows and columns. A refusal wins over a warning.
func (s *sheetMark) collect() {
	s.wanted = map[int][]spot{}
	for _, m := range s.k.Marks {
		if m.Sheet == s.name && m.Row > 0 {
			s.add(m)
		}
	}
	title := spot{column: s.column, reason: true, text: s.k.Reason, warning: true}
	row := s.wanted[s.header]
	if n := len(row); n > 0 && row[n-1].reason { // faults of the header itself
		title.text, title.warning = s.k.Reason+"："+row[n-1].text, row[n-1].warning
		row = row[:n-1]
	}
	s.wanted[s.header] = append(row, title)
	for _, row := range s.wanted {
		slices.SortFunc(row, func(a, b spot) int { return cmp.Compare(a.column, b.column) })
	}
}

func (s *sheetMark) add(m Mark) {
	row := s.wanted[m.Row]
	if i := slices.IndexFunc(row, func(x spot) bool { return x.reason }); i < 0 {
		row = append(row, spot{s.column, m.Warning, true, m.Reason})
	} else {
		row[i].warning = row[i].warning && m.Warning
		if !strings.Contains(row[i].text, m.Reason) {
			row[i].text += "；" + m.Reason
		}
	}
	if m.Column > 0 && m.Column != s.column {
		if i := slices.IndexFunc(row, func(x spot) bool { return x.column == m.Column }); i < 0 {
			row = append(row, spot{column: m.Column, warning: m.Warning})
		} else {
			row[i].warning = row[i].warning && m.Warning
		}
	}
	// the reason stays last, so that the header finds it
	slices.SortStableFunc(row, func(a, b spot) int { return cmp.Compare(b2i(a.reason), b2i(b.reason)) })
	s.wanted[m.Row] = row
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

// change writes the sheet with its marks.
func (s *sheetMark) change(w io.Writer, r io.Reader) error { return rewrite(w, r, s.token) }

func (s *sheetMark) token(t token) []byte {
	if s.skip {
		s.skip = !t.ends("c")
		return nil
	}
	switch {
	case t.starts("dimension"):
		return t.with("ref", s.area(t.attr("ref"))).raw
	case t.starts("sheetView"):
		return t.without("tabSelected").raw
	case t.starts("col"):
		from, _ := strconv.Atoi(t.attr("min"))
		to, _ := strconv.Atoi(t.attr("max"))
		if s.covered = s.covered || from <= s.column && s.column <= to; !s.covered && from > s.column {
			s.covered = true // in the order of columns
			return append([]byte(s.width(t.prefix())), t.raw...)
		}
	case t.ends("cols"):
		s.cols = true
		if !s.covered {
			return append([]byte(s.width(t.prefix())), t.raw...)
		}
	case t.starts("sheetData"):
		if !s.cols {
			p := t.prefix()
			return append([]byte("<"+p+"cols>"+s.width(p)+"</"+p+"cols>"), t.raw...)
		}
	case t.starts("row"):
		return s.startRow(t)
	case t.ends("row"):
		return s.endRow(t)
	case t.starts("c"):
		return s.cell(t)
	}
	return t.raw
}

// area is the size of the sheet, made true: some programs go by it, and some write it wrong.
func (s *sheetMark) area(stated string) string {
	a, _ := areaOf(stated)
	return ref(1, 1) + ":" + ref(max(s.column, a.LastColumn), max(s.last, a.LastRow))
}

func (s *sheetMark) width(p string) string {
	n := count(s.column)
	return "<" + p + `col min="` + n + `" max="` + n + `" width="60" customWidth="1"/>`
}

func (s *sheetMark) startRow(t token) []byte {
	s.row++
	if n, err := strconv.Atoi(t.attr("r")); err == nil {
		s.row = n
	}
	s.here, s.at = 0, s.wanted[s.row]
	if len(s.at) == 0 {
		return t.raw
	}
	return t.without("spans").opened()
}

// endRow writes what the row lacks. A row that ended where it began has no bytes for its end.
func (s *sheetMark) endRow(t token) []byte {
	if len(s.wanted[s.row]) == 0 {
		return t.raw
	}
	out := s.before(maxColumn+1, t.prefix())
	if len(t.raw) == 0 {
		return append(out, "</"+t.prefix()+"row>"...)
	}
	return append(out, t.raw...)
}

// before writes the marked cells that stand before a column and are not in the file.
func (s *sheetMark) before(column int, p string) (out []byte) {
	for len(s.at) > 0 && s.at[0].column < column {
		out = append(out, s.own(s.at[0], 0, p)...)
		s.at = s.at[1:]
	}
	return out
}

// own is a cell of ours: a blank one with colour, or a reason.
func (s *sheetMark) own(x spot, style int, p string) []byte {
	at := ref(x.column, s.row)
	switch {
	case !x.reason:
		return []byte("<" + p + `c r="` + at + `" s="` + count(s.k.styles.fill(paint{style, x.warning})) + `"/>`)
	case s.row == s.header && x.warning:
		style = s.title
	default:
		style = s.k.styles.reason(x.warning)
	}
	return textCell(p, at, style, x.text)
}

// textCell is a cell with a text of ours.
func textCell(p, at string, style int, text string) []byte {
	var b bytes.Buffer
	b.WriteString("<" + p + `c r="` + at + `" s="` + count(style) + `" t="inlineStr"><` + p + "is><" + p + `t xml:space="preserve">`)
	b.WriteString(escaped(Harmless(clipped(text))))
	b.WriteString("</" + p + "t></" + p + "is></" + p + "c>")
	return b.Bytes()
}

// clipped is a text that fits into a cell.
func clipped(s string) string {
	if r := []rune(s); len(r) > 2000 {
		return string(r[:2000]) + "…"
	}
	return s
}

// cell writes a cell of the file: as it is, with colour, or replaced by the reason.
func (s *sheetMark) cell(t token) []byte {
	s.here++
	if n, _, err := excelize.CellNameToCoordinates(t.attr("r")); err == nil {
		s.here = n
	}
	style, _ := strconv.Atoi(t.attr("s"))
	out := s.before(s.here, t.prefix())
	if s.row == s.header && s.here < s.column {
		s.title = style
	}
	switch {
	case len(s.at) > 0 && s.at[0].column == s.here:
		x := s.at[0]
		s.at = s.at[1:]
		if x.reason {
			s.skip = true
			return append(out, s.own(x, style, t.prefix())...)
		}
		return append(out, t.with("s", count(s.k.styles.fill(paint{style, x.warning}))).raw...)
	case s.here == s.column && s.reused && s.row > s.header:
		s.skip = true // a reason of the round before
		return out
	}
	return append(out, t.raw...)
}

// unselected is another sheet, which must not be selected together with the list.
func unselected(w io.Writer, r io.Reader) error {
	return rewrite(w, r, func(t token) []byte {
		if t.starts("sheetView") {
			return t.without("tabSelected").raw
		}
		return t.raw
	})
}
