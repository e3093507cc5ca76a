package form

import (
	"fmt"
	"io"

	"ganlan/fault"
)

// Found is what a sheet holds besides its rows.
type Found struct {
	HiddenRows int
	Uncomputed int // formulas saved without a result, read as blank
	Merged     []Area
}

// Area is a block of merged cells, rows and columns counting from 1, both ends included.
type Area struct{ Row, Column, LastRow, LastColumn int }

// Bounds of a sheet.
const (
	maxRow    = 1 << 20
	maxColumn = 1 << 14
)

// Read gives the rows of a sheet that hold anything, in order, with their numbers counting from 1. Cells are texts as they
// are, without trimming; a date is YYYY-MM-DD; a number is its shortest decimal. A number that a sheet could not hold
// exactly, such as an id number typed as a number, comes as it stands in the file: 3.30724199001011E+17.
//
// The slice is used again for the next row; its texts may be kept. each returns false to stop; what follows the rows,
// merged cells among it, is then not found.
func (b *Book) Read(sheet string, each func(row int, cells []string) bool) (Found, error) {
	part, f := b.part(sheet)
	if f != nil {
		return Found{}, f
	}
	r, err := b.open(part)
	if err != nil || r == nil {
		return Found{}, FaultBroken.At(fault.Place{Sheet: sheet}).Set("text", part)
	}
	defer r.Close()
	s := &reading{b: b, scan: newScan(r), each: each}
	if err := s.run(); err != nil {
		f := b.fault(err)
		f.Place.Sheet = sheet
		return s.found, f
	}
	return s.found, nil
}

// ReadSheet opens a workbook and reads one sheet of it. Open once when reading several.
func ReadSheet(r io.ReaderAt, size int64, l Limits, sheet string, each func(row int, cells []string) bool) (Found, error) {
	b, err := Open(r, size, l)
	if err != nil {
		return Found{}, err
	}
	return b.Read(sheet, each)
}

// Merged are the merged cells of a sheet, for titles over several rows; it goes through the whole sheet.
func (b *Book) Merged(sheet string) ([]Area, error) {
	found, err := b.Read(sheet, func(int, []string) bool { return true })
	return found.Merged, err
}

// reading is one way through a sheet.
type reading struct {
	b     *Book
	scan  *scan
	each  func(int, []string) bool
	found Found

	row   int
	cells []string
	inRow bool
	used  bool // the row holds something
	stop  bool

	column  int
	kind    cellType
	style   int
	value   []byte // as it stands in the part
	inCell  bool
	spoken  bool
	formula bool
	valued  bool // a result was saved, if only an empty text
	whole   bool // the end of the rows was there
}

func (r *reading) run() error {
	for !r.stop && r.scan.next() {
		var err error
		if r.scan.end {
			err = r.leave()
		} else {
			err = r.enter()
		}
		if err != nil {
			return err
		}
	}
	if err := r.scan.failed(); err != nil || r.stop {
		return err
	}
	if !r.whole {
		return io.ErrUnexpectedEOF
	}
	return nil
}

func (r *reading) enter() error {
	switch string(r.scan.name) {
	case "row":
		return r.startRow()
	case "c":
		return r.startCell()
	case "f":
		r.formula = true
	case "v":
		r.valued = true
	case "rPh":
		r.spoken = !r.scan.empty
	case "sheetData":
		r.whole = r.scan.empty
	case "mergeCell":
		if a, ok := area(string(r.scan.attr("ref"))); ok && len(r.found.Merged) < maxRow {
			r.found.Merged = append(r.found.Merged, a)
		}
	}
	return nil
}

func (r *reading) leave() error {
	switch string(r.scan.name) {
	case "v":
		r.value = append(r.value[:0], r.scan.text...)
	case "t":
		if r.inCell && !r.spoken {
			r.value = append(r.value, r.scan.text...)
		}
	case "sheetData":
		r.whole = true
	case "rPh":
		r.spoken = false
	case "c":
		return r.endCell()
	case "row":
		r.endRow()
	}
	return nil
}

func (r *reading) startRow() error {
	r.row++
	if r.scan.attr("r") != nil {
		n := r.scan.num("r")
		if n < r.row {
			return fmt.Errorf("row %q", r.scan.attr("r"))
		}
		r.row = n
	}
	if r.row > maxRow {
		return fmt.Errorf("row %d", r.row)
	}
	if r.scan.flag("hidden") {
		r.found.HiddenRows++
	}
	clear(r.cells)
	r.cells, r.column, r.used = r.cells[:0], 0, false
	r.inRow = !r.scan.empty
	return nil
}

func (r *reading) startCell() error {
	if !r.inRow {
		return nil
	}
	r.column++
	if at := r.scan.attr("r"); at != nil {
		column, _, ok := position(string(at))
		if !ok || column < r.column {
			return fmt.Errorf("cell %q", at)
		}
		r.column = column
	}
	if r.column > maxColumn {
		return fmt.Errorf("column %d", r.column)
	}
	r.kind, r.style = typeOf(r.scan.attr("t")), r.scan.num("s")
	r.value, r.formula, r.valued, r.inCell = r.value[:0], false, false, !r.scan.empty
	return nil
}

func (r *reading) endCell() error {
	if !r.inCell {
		return nil
	}
	r.inCell = false
	if len(r.value) == 0 {
		if r.formula && !r.valued {
			r.found.Uncomputed++
		}
		return nil
	}
	text, err := r.b.text(r.kind, r.style, r.value)
	if err != nil || text == "" {
		return err
	}
	for len(r.cells) < r.column-1 {
		r.cells = append(r.cells, "")
	}
	r.cells = append(r.cells, text)
	r.used = true
	return nil
}

func (r *reading) endRow() {
	if r.inRow && r.used && !r.each(r.row, r.cells) {
		r.stop = true
	}
	r.inRow, r.inCell = false, false
}
