package form

import (
	"cmp"
	"fmt"
	"io"
	"strings"

	"github.com/xuri/excelize/v2"
)

// Template is an empty sheet that others fill in and send back.
type Template struct {
	Title   string // name of the sheet to fill in
	Columns []TemplateColumn
	Notes   []string // what to know before filling in
}

// TemplateColumn is one column to fill in.
type TemplateColumn struct {
	Title   string
	Kind    Kind // text for ids and accounts, so that no digit is lost
	Need    bool // a star stands before the title
	Note    string
	Example string   // in grey, in the row below the titles
	Choices []string // offered as a list; another word is refused
}

// templateRows is down to where lists are offered.
const templateRows = 20_000

// Names of the sheets beside the one to fill in.
const (
	notesSheet   = "填表说明"
	choicesSheet = "可选值"
)

// WriteTemplate writes the workbook: the titles, an example row in grey, lists for coded columns, columns of ids and accounts
// preset as text, and a sheet of notes (interchange G5). The same input gives the same bytes.
func WriteTemplate(w io.Writer, t Template) error {
	b, err := newBook(t.Title)
	if err != nil {
		return fmt.Errorf("form: template: %w", err)
	}
	defer b.close()
	steps := []func(*book, Template) error{fillSheet, notes, choices, lists}
	for _, step := range steps {
		if err := step(b, t); err != nil {
			return fmt.Errorf("form: template %s: %w", t.Title, err)
		}
	}
	b.f.SetActiveSheet(0)
	return b.save(w)
}

// fillSheet is the sheet to fill in.
func fillSheet(b *book, t Template) error {
	name := sheetName(t.Title, 1)
	if err := b.addSheet(name); err != nil {
		return err
	}
	header, err := b.style(look{bold: true, border: true, wrap: true, align: "center"})
	if err != nil {
		return err
	}
	grey, err := b.f.NewStyle(&excelize.Style{Font: &excelize.Font{Family: face, Size: 10, Italic: true, Color: "808080"}, NumFmt: builtin["@"]})
	if err != nil {
		return err
	}
	for i, c := range t.Columns {
		column := columnName(i + 1)
		style, err := b.style(look{format: cmp.Or(c.Kind, Text).of().format})
		if err != nil {
			return err
		}
		title := c.Title
		if c.Need {
			title = "*" + title
		}
		for _, err := range []error{b.f.SetColStyle(name, column, style), b.f.SetColWidth(name, column, column, templateWidth(c)),
			b.f.SetCellStr(name, column+"1", Harmless(title)), b.f.SetCellStyle(name, column+"1", column+"1", header),
			b.f.SetCellStr(name, column+"2", Harmless(c.Example)), b.f.SetCellStyle(name, column+"2", column+"2", grey)} {
			if err != nil {
				return err
			}
		}
	}
	return b.f.SetPanes(name, &excelize.Panes{Freeze: true, YSplit: 1, ActivePane: "bottomLeft", TopLeftCell: "A2"})
}

func templateWidth(c TemplateColumn) float64 {
	wide := 2*len([]rune(c.Title)) + 4
	return float64(min(max(wide, len(c.Example)+2, 10), 40))
}

// notes is the sheet that explains the columns.
func notes(b *book, t Template) error {
	if err := b.addSheet(notesSheet); err != nil {
		return err
	}
	rows := [][]string{}
	for _, n := range t.Notes {
		rows = append(rows, []string{n})
	}
	rows = append(rows, []string{}, []string{"列名", "必填", "说明", "可选值"})
	for _, c := range t.Columns {
		rows = append(rows, []string{c.Title, map[bool]string{true: "是", false: ""}[c.Need], c.Note, strings.Join(c.Choices, "、")})
	}
	return b.texts(notesSheet, rows, []float64{22, 6, 50, 50})
}

// choices is the sheet that the lists are taken from: a list written into the cell itself could hold no more than 255
// characters.
func choices(b *book, t Template) error {
	if err := b.addSheet(choicesSheet); err != nil {
		return err
	}
	var rows [][]string
	at := 0
	for _, c := range t.Columns {
		if len(c.Choices) == 0 {
			continue
		}
		for i, s := range append([]string{c.Title}, c.Choices...) {
			for len(rows) <= i {
				rows = append(rows, nil)
			}
			for len(rows[i]) < at {
				rows[i] = append(rows[i], "")
			}
			rows[i] = append(rows[i], s)
		}
		at++
	}
	return b.texts(choicesSheet, rows, nil)
}

// texts writes rows of plain texts.
func (b *book) texts(sheet string, rows [][]string, widths []float64) error {
	style, err := b.style(look{wrap: len(widths) > 0})
	if err != nil {
		return err
	}
	for i, w := range widths {
		if err := b.f.SetColWidth(sheet, columnName(i+1), columnName(i+1), w); err != nil {
			return err
		}
	}
	for i, cells := range rows {
		for j, s := range cells {
			if s == "" {
				continue
			}
			if err := b.f.SetCellStr(sheet, ref(j+1, i+1), Harmless(s)); err != nil {
				return err
			}
			if err := b.f.SetCellStyle(sheet, ref(j+1, i+1), ref(j+1, i+1), style); err != nil {
				return err
			}
		}
	}
	return nil
}

// lists offer the choices of each coded column.
func lists(b *book, t Template) error {
	at := 0
	for i, c := range t.Columns {
		if len(c.Choices) == 0 {
			continue
		}
		at++
		v := excelize.NewDataValidation(true)
		v.Sqref = columnName(i+1) + "2:" + ref(i+1, templateRows)
		v.SetSqrefDropList("'" + choicesSheet + "'!" + absolute(at, 2) + ":" + absolute(at, 1+len(c.Choices)))
		v.SetError(excelize.DataValidationErrorStyleStop, c.Title, "请从列表中选择")
		if err := b.f.AddDataValidation(sheetName(t.Title, 1), v); err != nil {
			return err
		}
	}
	return nil
}
