package form

import (
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// sheet is a sheet being written row by row. One row of cells is kept and filled anew, as the library writes it out at
// once.
type sheet struct {
	sw      *excelize.StreamWriter
	columns int
	row     int // the last row written
	cells   []excelize.Cell
	values  []any
}

// clear makes all cells of the next row blank with one style.
func (s *sheet) clear(style int) {
	if s.cells == nil {
		s.cells = make([]excelize.Cell, s.columns)
		s.values = make([]any, s.columns)
		for i := range s.cells {
			s.values[i] = &s.cells[i]
		}
	}
	for i := range s.cells {
		s.cells[i] = excelize.Cell{StyleID: style}
	}
}

// put writes the row; height 0 leaves it to the program that shows it.
func (s *sheet) put(height float64) error {
	s.row++
	if height > 0 {
		return s.sw.SetRow(ref(1, s.row), s.values, excelize.RowOpts{Height: height})
	}
	return s.sw.SetRow(ref(1, s.row), s.values)
}

// line writes a text over the whole width.
func (s *sheet) line(text string, style int, height float64) error {
	s.clear(style)
	s.cells[0].Value = Harmless(text)
	if err := s.put(height); err != nil {
		return err
	}
	return s.merge(0, s.columns, 1)
}

// lines writes texts over the whole width, each in the look with the align of its own.
func (b *book) lines(s *sheet, lines []Line, l look, height float64, text func(Line) string) error {
	for _, line := range lines {
		l.align = line.Align
		style, err := b.style(l)
		if err != nil {
			return err
		}
		words := text(line)
		if err := s.line(words, style, height*float64(1+strings.Count(words, "\n"))); err != nil {
			return err
		}
	}
	return nil
}

// merge joins cells of the last written row and the lines below it; column counts from 0.
func (s *sheet) merge(column, span, lines int) error {
	if span == 1 && lines == 1 {
		return nil
	}
	return s.sw.MergeCell(ref(column+1, s.row), ref(column+span, s.row+lines-1))
}

// Harmless is a text that no spreadsheet program takes for a formula, even after the sheet has been saved as csv and opened
// again: an apostrophe stands before it, which reading takes away (interchange B6, B7).
func Harmless(s string) string {
	if s == "" {
		return s
	}
	switch s[0] {
	case '=', '+', '-', '@', '\t', '\r':
		return "'" + s
	}
	return s
}

// ref is the name of a cell, columns and rows counting from 1: B3.
func ref(column, row int) string { return columnName(column) + strconv.Itoa(row) }

func absolute(column, row int) string { return "$" + columnName(column) + "$" + strconv.Itoa(row) }

func columnName(n int) string {
	if n <= 26 {
		return string(rune('A' + n - 1))
	}
	return columnName((n-1)/26) + columnName((n-1)%26+1)
}

func count(n int) string { return strconv.Itoa(n) }
