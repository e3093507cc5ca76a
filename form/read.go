package form

import (
	"fmt"
	"io"

	"github.com/xuri/excelize/v2"
)

// Bounds of a sheet.
const (
	maxRow    = excelize.TotalRows
	maxColumn = excelize.MaxColumns
)

// Found is what a sheet holds besides its rows.
type Found struct {
	HiddenRows    int       // rows with a value that are hidden, by hand or by a filter
	HiddenColumns []Columns // by hand
	Filtered      bool      // a filter is on
	Uncomputed    Spots     // formulas saved without a result, read as blank
	External      Spots     // formulas that read other workbooks, which count by their saved results
	Merged        []Area
}

// Columns are neighbouring columns counting from 1, both ends included.
type Columns struct{ From, To int }

// Spot is the place of a cell, row and column counting from 1.
type Spot struct{ Row, Column int }

// Spots are places of one finding: how many there are, and the first thousand.
type Spots struct {
	N     int
	First []Spot
}

func (s *Spots) add(x Spot) {
	if s.N++; s.N <= maxSpots {
		s.First = append(s.First, x)
	}
}

// Area is a block of merged cells, rows and columns counting from 1, both ends included.
type Area struct{ Row, Column, LastRow, LastColumn int }

// Read gives the rows of a sheet that hold anything, in order, with their numbers counting from 1. Cells are texts as they
// are, without trimming; a date is YYYY-MM-DD; a number is its shortest decimal. A number that a sheet could not hold
// exactly, such as an id number typed as a number, comes with its first 15 digits: 3.30724199001011E+17.
//
// The slice is each's only until it returns; its texts may be kept. each returns false to stop. A sheet that Look refuses
// gives no row. An error that comes later means that rows may be missing or wrong, those given before it too.
func (b *Book) Read(sheet string, each func(row int, cells []string) bool) (Found, error) {
	in, err := b.look(sheet)
	if err != nil {
		return Found{}, inSheet(sheet, err)
	}
	whole, err := b.rows(sheet, each)
	if err == nil && whole && in.texts > 0 && in.texts > len(b.f.SharedStrings.SI) { // loaded with the row that holds the text
		err = fmt.Errorf("shared text %d", in.texts-1)
	}
	return in.found, inSheet(sheet, err)
}

// ReadSheet opens a workbook and reads one sheet of it. Open once when reading several.
func ReadSheet(r io.ReaderAt, size int64, l Limits, sheet string, each func(row int, cells []string) bool) (Found, error) {
	b, err := Open(r, size, l)
	if err != nil {
		return Found{}, err
	}
	defer b.Close()
	return b.Read(sheet, each)
}

// Merged are the merged cells of a sheet, for titles over several rows. The library would keep a value of every cell for it.
func (b *Book) Merged(sheet string) ([]Area, error) {
	found, err := b.Look(sheet)
	return found.Merged, err
}

func inSheet(sheet string, err error) error {
	if err == nil {
		return nil
	}
	f := broken(err)
	f.Place.Sheet = sheet
	return f
}

// rows gives the rows as the library finds them. whole is false when each stopped it.
func (b *Book) rows(sheet string, each func(int, []string) bool) (whole bool, err error) {
	rows, err := b.f.Rows(sheet)
	if err != nil {
		return false, err
	}
	defer rows.Close()
	for n := 1; ; n++ {
		cells, more, err := next(rows)
		switch {
		case err != nil || !more:
			return err == nil, err
		case n > maxRow || len(cells) > maxColumn:
			return false, fmt.Errorf("row %d, column %d", n, len(cells))
		}
		if cells = b.tidy(cells); len(cells) > 0 && !each(n, cells) {
			return false, nil
		}
	}
}

// next is the library's next row, a row that is not in the file too, as blank.
func next(rows *excelize.Rows) (cells []string, more bool, err error) {
	defer caught(&err)
	if !rows.Next() {
		return nil, false, rows.Error()
	}
	cells, err = rows.Columns()
	return cells, true, err
}

// tidy makes the library's texts of a row ours, and leaves out the blanks at the end.
func (b *Book) tidy(cells []string) []string {
	last := 0
	for i, s := range cells {
		if s == "" {
			continue
		}
		last = i + 1
		cells[i] = b.text(s)
	}
	return cells[:last]
}
