package form

import (
	"fmt"
	"io"
	"strings"
)

// Rows gives the rows of a table, or the one record of a card. Next fills dst, whose cells are in the order of
// Definition.Fields and may hold the row before, and reports whether there was a row. There must be exactly Count rows.
type Rows struct {
	Count int
	Next  func(dst []Cell) bool
}

// One is the record of a card, from its fields by name; a field that is not there is left blank.
func (d *Definition) One(values map[string]Cell) Rows {
	done := false
	return Rows{1, func(dst []Cell) bool {
		for i, name := range d.Fields() {
			dst[i] = values[name]
		}
		first := !done
		done = true
		return first
	}}
}

// Meta is what is printed around the rows.
type Meta struct {
	At        string            // time of making, as it is to be read; no line when empty
	CheckCode string            // tells two prints apart; not printed when empty
	Values    map[string]string // for {field} in heading and footer of a table
	Export    string            // number of the export, which an audit log resolves; not printed when empty
	Watermark string            // name, unit and time of whoever prints it, on the head of every page; not printed when empty
}

// stamp is the last line: when the form was made, and its check code.
func (m Meta) stamp() string {
	var parts []string
	if m.At != "" {
		parts = append(parts, "制表时间："+m.At)
	}
	if m.CheckCode != "" {
		parts = append(parts, "校验码 "+m.CheckCode)
	}
	if m.Export != "" {
		parts = append(parts, "导出编号 "+m.Export)
	}
	return strings.Join(parts, "    ")
}

// head is the watermark in the language of page heads, in grey; a head has room for 255 characters.
func (m Meta) head() string {
	if m.Watermark == "" {
		return ""
	}
	text := strings.ReplaceAll(m.Watermark, "&", "&&")
	if r := []rune(text); len(r) > 200 {
		text = string(r[:200])
	}
	return "&R&K808080" + text
}

// page numbers each printed page and repeats the check code, so that sheets of paper cannot be mixed.
func (m Meta) page() string {
	s := "&C第 &P 页，共 &N 页"
	if m.CheckCode != "" {
		s += "&R校验码 " + strings.ReplaceAll(m.CheckCode, "&", "&&")
	}
	if m.Export != "" {
		s += "&L导出编号 " + strings.ReplaceAll(m.Export, "&", "&&")
	}
	return s
}

// Write writes the form as a workbook. Amounts, rates and dates are exact numbers; a value longer than the 15 digits that a
// sheet can hold is written as text. The same input gives the same bytes.
func Write(w io.Writer, d *Definition, rows Rows, meta Meta) error {
	return write(w, d, rows, meta, rowsPerSheet)
}

// rowsPerSheet is below the 1,048,576 rows of a sheet, leaving room for heading and footer.
const rowsPerSheet = 1_000_000

func write(w io.Writer, d *Definition, rows Rows, meta Meta, perSheet int) error {
	b, err := newBook(d.Title)
	if err != nil {
		return fmt.Errorf("form: write %s: %w", d.Form, err)
	}
	defer b.close()
	if d.Layout == Card {
		err = writeCard(b, d, rows, meta)
	} else {
		err = writeTable(b, d, rows, meta, perSheet)
	}
	if err == nil {
		err = b.save(w)
	}
	if err != nil {
		return fmt.Errorf("form: write %s: %w", d.Form, err)
	}
	return nil
}
