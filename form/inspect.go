package form

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// inspection goes through a sheet once for what the library does not tell while it reads row by row: what there is besides
// the rows, and whether the rows it gave are right. At a mistake in the XML, in a damaged part, or at a text that is not in
// the table it leaves out cells and rows, and it runs rows together that stand in the wrong order, all without a word.
// Money would be missing, so such a sheet is refused. The values are the library's; none is read here.
type inspection struct {
	b      *Book
	found  Found
	texts  int // how many shared texts the sheet needs
	inData bool
	whole  bool // the end of the rows was there
	row    int
	column int
	cell   cell
}

// cell is what is seen of a cell.
type cell struct {
	kind, name, style string
	in, formula       bool
	valued            bool // a result was saved, if only an empty text
	inValue           bool
	index             []byte // number of a shared text
}

func (b *Book) inspect(part string) (*inspection, error) {
	in := &inspection{b: b}
	f := b.parts[part]
	if f == nil {
		return in, errors.New(part)
	}
	r, err := f.Open()
	if err != nil {
		return in, err
	}
	defer r.Close()
	d := xml.NewDecoder(r)
	d.CharsetReader = b.f.CharsetReader
	for {
		t, err := d.Token()
		if err == nil {
			err = in.token(t)
		}
		if errors.Is(err, io.EOF) && in.whole {
			return in, nil
		}
		if err != nil {
			return in, err
		}
	}
}

func (in *inspection) token(t xml.Token) error {
	switch t := t.(type) {
	case xml.StartElement:
		return in.enter(t)
	case xml.EndElement:
		return in.leave(t.Name.Local)
	case xml.CharData:
		if in.cell.inValue {
			in.cell.index = append(in.cell.index, t...)
		}
	}
	return nil
}

func (in *inspection) enter(t xml.StartElement) error {
	name := t.Name.Local
	switch {
	case name == "sheetData":
		in.inData = !in.whole
	case name == "mergeCell":
		return in.merged(t)
	case !in.inData:
	case name == "row":
		return in.startRow(t)
	case name == "c":
		return in.startCell(t)
	case name == "f":
		in.cell.formula = true
	case name == "v":
		in.cell.valued, in.cell.inValue = true, in.cell.kind == "s"
	}
	return nil
}

func (in *inspection) leave(name string) error {
	switch name {
	case "sheetData":
		in.inData, in.whole = false, true
	case "v":
		in.cell.inValue = false
	case "c":
		return in.endCell()
	}
	return nil
}

func (in *inspection) startRow(t xml.StartElement) error {
	row, column := in.row+1, 0
	for _, a := range t.Attr {
		switch a.Name.Local {
		case "r":
			n, err := strconv.Atoi(a.Value)
			if err != nil || n < row {
				return fmt.Errorf("row %q", a.Value)
			}
			row = n
		case "hidden":
			if a.Value == "1" || a.Value == "true" {
				in.found.HiddenRows++
			}
		}
	}
	if row > maxRow {
		return fmt.Errorf("row %d", row)
	}
	in.row, in.column = row, column
	return nil
}

func (in *inspection) startCell(t xml.StartElement) error {
	column, index := in.column+1, in.cell.index[:0]
	in.cell = cell{in: true, index: index, style: "0"}
	for _, a := range t.Attr {
		switch a.Name.Local {
		case "r":
			n, _, err := excelize.CellNameToCoordinates(a.Value)
			if err != nil || n < column {
				return fmt.Errorf("cell %q", a.Value)
			}
			column, in.cell.name = n, a.Value
		case "s":
			in.cell.style = a.Value
		case "t":
			in.cell.kind = a.Value
		}
	}
	if column > maxColumn {
		return fmt.Errorf("column %d", column)
	}
	in.column = column
	return nil
}

func (in *inspection) endCell() error {
	c := &in.cell
	if !c.in {
		return nil
	}
	c.in = false
	switch {
	case c.formula && !c.valued && c.kind != "inlineStr":
		in.found.Uncomputed++
	case c.valued && in.b.misdates(c.kind, c.style):
		return fmt.Errorf("date %q", c.name)
	case c.kind == "s" && c.valued:
		n, err := strconv.Atoi(strings.TrimSpace(string(c.index)))
		if err != nil || n < 0 {
			return fmt.Errorf("shared text %q", c.index)
		}
		in.texts = max(in.texts, n+1)
	}
	return nil
}

// misdates reports whether the library would give a date as another number: one of the style that stands for none, whose
// format it does not apply, or one written in letters, which it counts from 1900 and shows by the cell's style.
func (b *Book) misdates(kind, style string) bool {
	if kind == "d" {
		return b.date1904 || style == "0" || !b.dated[style]
	}
	return style == "0" && b.dated["0"] && (kind == "" || kind == "n")
}

func (in *inspection) merged(t xml.StartElement) error {
	for _, a := range t.Attr {
		if area, ok := areaOf(a.Value); a.Name.Local == "ref" && ok && len(in.found.Merged) < maxRow {
			in.found.Merged = append(in.found.Merged, area)
		}
	}
	return nil
}

// areaOf reads B2:D3; a single cell is an area too.
func areaOf(s string) (Area, bool) {
	from, to, two := strings.Cut(s, ":")
	if !two {
		to = from
	}
	c1, r1, err1 := excelize.CellNameToCoordinates(from)
	c2, r2, err2 := excelize.CellNameToCoordinates(to)
	return Area{r1, c1, r2, c2}, err1 == nil && err2 == nil && r1 <= r2 && c1 <= c2
}
