package form

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"

	"github.com/xuri/excelize/v2"
)

// inspection goes through a sheet once for what the library does not tell while it reads row by row: what there is besides
// the rows, and whether the rows it gives will be right. At a mistake in the XML, in a damaged part, or at a text that is not in
// the table it leaves out cells and rows, and it runs rows together that stand in the wrong order, all without a word.
// Money would be missing, so such a sheet is refused. The values are the library's; none is read here.
type inspection struct {
	b      *Book
	found  Found
	texts  int // how many shared texts the sheet needs
	inData bool
	whole  bool // the end of the rows was there
	depth  int
	wide   int // cells up to the last one of each row, of all rows
	row    rowSeen
	column int
	cell   cell
}

// rowSeen is what is seen of a row.
type rowSeen struct {
	n      int
	hidden bool
	last   int // last column with a value
}

// cell is what is seen of a cell.
type cell struct {
	kind, style byte // the kind's first letter, 0 for none; '0' for the style that stands for none, 1 for others
	dated       bool
	in, formula bool
	valued      bool // a result was saved, if only an empty text
	external    bool
	inline      bool
	inValue     bool
	inFormula   bool
	index       []byte // number of a shared text
}

// attr is an attribute by its local name.
type attr struct{ name, value []byte }

// Bounds of what a sheet can be in earnest.
const (
	maxDepth = 64
	maxWide  = 100_000_000 // the library makes a value of every blank before the last cell of a row
	maxSpots = 1000        // places kept of each finding; all are counted
)

// Look says what a sheet holds besides its rows, and refuses one whose rows could not be read whole. A sheet is looked
// through once; Read does it first.
func (b *Book) Look(sheet string) (Found, error) {
	in, err := b.look(sheet)
	if err != nil {
		return Found{}, inSheet(sheet, err)
	}
	return in.found, nil
}

func (b *Book) look(sheet string) (*inspection, error) {
	part, f := b.part(sheet)
	if f != nil {
		return nil, f
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if in := b.looked[part]; in != nil {
		return in, nil
	}
	in, err := b.inspect(part)
	if err != nil {
		return nil, err
	}
	b.looked[part] = in
	return in, nil
}

// inspect goes through a part quickly when it is written as programs write sheets, and thoroughly otherwise.
func (b *Book) inspect(part string) (*inspection, error) {
	for _, scan := range []func(*inspection, io.Reader) error{scanQuick, scanXML} {
		in := &inspection{b: b}
		err := b.unpack(part, func(r io.Reader) error { return scan(in, r) })
		if errors.Is(err, errUnusual) {
			continue
		}
		if err == nil && !in.whole {
			err = io.ErrUnexpectedEOF
		}
		return in, err
	}
	return nil, errUnusual // scanXML never says so
}

func (b *Book) unpack(part string, do func(io.Reader) error) error {
	f := b.parts[part]
	if f == nil {
		return errors.New(part)
	}
	r, err := f.Open()
	if err != nil {
		return err
	}
	defer r.Close()
	return do(r)
}

func (in *inspection) enter(name []byte, attrs []attr) error {
	if in.depth++; in.depth > maxDepth {
		return fmt.Errorf("depth %d", in.depth)
	}
	switch string(name) {
	case "sheetData":
		in.inData = !in.whole
	case "mergeCell":
		in.merged(attrs)
	case "col":
		in.hiddenColumns(attrs)
	case "filterColumn":
		in.found.Filtered = true
	}
	if !in.inData {
		return nil
	}
	switch string(name) {
	case "row":
		return in.startRow(attrs)
	case "c":
		return in.startCell(attrs)
	case "f":
		in.cell.formula, in.cell.inFormula = true, true
	case "v":
		in.cell.valued, in.cell.inValue = true, in.cell.kind == 's'
	}
	return nil
}

func (in *inspection) leave(name []byte) error {
	in.depth--
	switch string(name) {
	case "sheetData":
		in.inData, in.whole = false, true
	case "row":
		return in.endRow()
	case "v":
		in.cell.inValue = false
	case "f":
		in.cell.inFormula = false
	case "c":
		return in.endCell()
	}
	return nil
}

// text is a piece of text between tags.
func (in *inspection) text(b []byte) {
	switch {
	case in.cell.inValue:
		in.cell.index = append(in.cell.index, b...)
	case in.cell.inFormula && elsewhere(b):
		in.cell.external = true
	}
}

// elsewhere reports whether a formula reads another workbook: it names one by number, as in [1]Sheet1!A1.
func elsewhere(formula []byte) bool {
	for {
		i := bytes.IndexByte(formula, '[')
		if i < 0 {
			return false
		}
		formula = formula[i+1:]
		n := 0
		for n < len(formula) && formula[n] >= '0' && formula[n] <= '9' {
			n++
		}
		if n > 0 && n < len(formula) && formula[n] == ']' {
			return true
		}
	}
}

func (in *inspection) startRow(attrs []attr) error {
	row := rowSeen{n: in.row.n + 1}
	for _, a := range attrs {
		switch string(a.name) {
		case "r":
			n, err := strconv.Atoi(string(a.value))
			if err != nil || n < row.n {
				return fmt.Errorf("row %q", a.value)
			}
			row.n = n
		case "hidden":
			row.hidden = truth(a.value)
		case "ht":
			row.hidden = row.hidden || string(a.value) == "0"
		}
	}
	if row.n > maxRow {
		return fmt.Errorf("row %d", row.n)
	}
	in.row, in.column = row, 0
	return nil
}

func (in *inspection) endRow() error {
	if in.row.hidden && in.row.last > 0 {
		in.found.HiddenRows++
	}
	if in.wide += in.row.last; in.wide > maxWide {
		return FaultTooWide.New().Set("limit", maxWide)
	}
	return nil
}

func truth(b []byte) bool { return string(b) == "1" || string(b) == "true" }

func (in *inspection) startCell(attrs []attr) error {
	column, index := in.column+1, in.cell.index[:0]
	in.cell = cell{in: true, index: index, style: '0', dated: in.b.dated["0"]}
	for _, a := range attrs {
		switch string(a.name) {
		case "r":
			n, ok := columnOf(a.value)
			if !ok || n < column {
				return fmt.Errorf("cell %q", a.value)
			}
			column = n
		case "s":
			in.cell.style, in.cell.dated = 1, in.b.dated[string(a.value)]
			if string(a.value) == "0" {
				in.cell.style = '0'
			}
		case "t":
			in.cell.inline = string(a.value) == "inlineStr"
			if len(a.value) == 1 || len(a.value) > 1 && a.value[0] != 's' && a.value[0] != 'd' && a.value[0] != 'n' {
				in.cell.kind = a.value[0]
			} else if len(a.value) > 0 {
				in.cell.kind = '?'
			}
		}
	}
	if column > maxColumn {
		return fmt.Errorf("column %d", column)
	}
	in.column = column
	return nil
}

// columnOf is the column of a cell's name; the row in it is the library's matter, but must be there.
func columnOf(name []byte) (n int, ok bool) {
	i := 0
	for ; i < len(name) && i < 4; i++ {
		c := name[i] &^ 0x20
		if c < 'A' || c > 'Z' {
			break
		}
		n = n*26 + int(c-'A') + 1
	}
	if i == 0 || i == len(name) || len(name) > 12 || name[i] == '0' {
		return 0, false
	}
	for _, c := range name[i:] {
		if c < '0' || c > '9' {
			return 0, false
		}
	}
	return n, true
}

func (in *inspection) endCell() error {
	c := &in.cell
	if !c.in {
		return nil
	}
	c.in = false
	if c.valued || c.inline || c.formula {
		in.row.last = in.column
	}
	here := Spot{in.row.n, in.column}
	if c.formula && c.external {
		in.found.External.add(here)
	}
	switch {
	case c.formula && !c.valued && !c.inline:
		in.found.Uncomputed.add(here)
	case c.valued && in.b.misdates(c):
		return fmt.Errorf("date %s", ref(here.Column, here.Row))
	case c.kind == 's' && c.valued:
		n, err := strconv.Atoi(string(bytes.TrimSpace(c.index)))
		if err != nil || n < 0 {
			return fmt.Errorf("shared text %q", c.index)
		}
		in.texts = max(in.texts, n+1)
	}
	return nil
}

// misdates reports whether the library would give a date as another number: one of the style that stands for none, whose
// format it does not apply, or one written in letters, which it counts from 1900 and shows by the cell's style.
func (b *Book) misdates(c *cell) bool {
	if c.kind == 'd' {
		return b.date1904 || c.style == '0' || !c.dated
	}
	return c.style == '0' && c.dated && (c.kind == 0 || c.kind == 'n')
}

func (in *inspection) merged(attrs []attr) {
	for _, a := range attrs {
		if string(a.name) == "ref" && len(in.found.Merged) < maxRow {
			if area, ok := areaOf(string(a.value)); ok {
				in.found.Merged = append(in.found.Merged, area)
			}
		}
	}
}

func (in *inspection) hiddenColumns(attrs []attr) {
	from, to, hidden := 0, 0, false
	for _, a := range attrs {
		switch string(a.name) {
		case "min":
			from, _ = strconv.Atoi(string(a.value))
		case "max":
			to, _ = strconv.Atoi(string(a.value))
		case "hidden":
			hidden = hidden || truth(a.value)
		case "width":
			hidden = hidden || string(a.value) == "0"
		}
	}
	if hidden && from > 0 && from <= to && to <= maxColumn && len(in.found.HiddenColumns) < maxColumn {
		in.found.HiddenColumns = append(in.found.HiddenColumns, Columns{from, to})
	}
}

// areaOf reads B2:D3; a single cell is an area too.
func areaOf(s string) (Area, bool) {
	from, to := s, s
	if i := bytes.IndexByte([]byte(s), ':'); i >= 0 {
		from, to = s[:i], s[i+1:]
	}
	c1, r1, err1 := excelize.CellNameToCoordinates(from)
	c2, r2, err2 := excelize.CellNameToCoordinates(to)
	return Area{r1, c1, r2, c2}, err1 == nil && err2 == nil && r1 <= r2 && c1 <= c2
}
