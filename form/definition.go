// Package form holds the forms of a scheme: what a table or card looks like is data, this room checks it, writes it as a
// spreadsheet and reads spreadsheets back. It refuses fields that nobody knows, numbers that a sheet cannot hold exactly
// and files that are not plain workbooks; it alone knows the spreadsheet library.
package form

import (
	"maps"
	"slices"
	"strings"

	"ganlan/fault"
	"ganlan/rule"
)

// Definition is one form.
type Definition struct {
	Form    string    `rule:"form,need"` // its id within the area: annex1
	Title   string    `rule:"title,need"`
	Layout  Layout    `rule:"layout,need"`
	Sheet   string    `rule:"sheet"`   // name of the sheet; the title when not given
	Page    Page      `rule:"page"`    // landscape when not given
	Unit    string    `rule:"unit"`    // printed right above the table: 单位：元
	Heading []Line    `rule:"heading"` // lines between title and table
	Columns []Column  `rule:"columns"` // of a table
	Widths  []int64   `rule:"widths"`  // of the columns of a card
	Rows    []CardRow `rule:"rows"`    // of a card
	Filter  bool      `rule:"filter"`  // of a table: each title offers a filter, for lists that are worked with on the screen
	Footer  []Line    `rule:"footer"`  // lines below: signatures, notes
}

// Layout is the shape of a form.
type Layout string

// The shapes.
const (
	Table Layout = "table" // a header and any number of rows
	Card  Layout = "card"  // one record, drawn cell by cell
)

// Known lists the shapes.
func (Layout) Known() []string { return []string{string(Table), string(Card)} }

// Page is the way the paper lies.
type Page string

// Known lists the ways.
func (Page) Known() []string { return []string{"landscape", "portrait"} }

// Line is a text in which {field} is replaced by the field's value.
type Line struct {
	Text  string
	Align Align
	at    fault.Place
}

// DecodeRule reads a bare text, or a text with its align, and keeps where it stands.
func (l *Line) DecodeRule(n rule.Node) {
	l.at = n.Place()
	if !n.IsMap() {
		n.Into(&l.Text)
		return
	}
	var long struct {
		Text  string `rule:"text,need"`
		Align Align  `rule:"align"`
	}
	n.Into(&long)
	l.Text, l.Align = long.Text, long.Align
}

// Field is the name of a value, with the place where the form names it.
type Field struct {
	Name string
	at   fault.Place
}

// DecodeRule reads the name and keeps where it stands.
func (f *Field) DecodeRule(n rule.Node) {
	n.Into(&f.Name)
	f.at = n.Place()
}

// Column is one column of a table.
type Column struct {
	Title string `rule:"title,need"`
	Field Field  `rule:"field,need"`
	Kind  Kind   `rule:"kind,need"`
	Width int64  `rule:"width"` // in characters; 12 when not given
	Total bool   `rule:"total"`
	Wrap  bool   `rule:"wrap"` // long texts are broken over lines, not printed small
}

// CardRow is one row of a card.
type CardRow struct {
	Height int64      `rule:"height"` // in points; 30 when not given
	Cells  []CardCell `rule:"cells,need"`
}

// CardCell is one cell of a card: a text, or a field.
type CardCell struct {
	Text  Line  `rule:"text"`
	Field Field `rule:"field"`
	Kind  Kind  `rule:"kind"`
	Span  int64 `rule:"span"`  // columns taken, 1 when not given
	Lines int64 `rule:"lines"` // rows taken downwards, 1 when not given
	Label bool  `rule:"label"` // printed as a heading
	Align Align `rule:"align"`
}

// Align is where a text stands in its cell.
type Align string

// Known lists the places.
func (Align) Known() []string { return []string{"left", "center", "right"} }

// Load reads a form from YAML and checks that its parts fit together. Whether its fields exist is for Check.
func Load(file string, data []byte) (*Definition, fault.List) {
	d := &Definition{}
	faults := rule.Decode(file, data, d, nil)
	if len(faults) > 0 {
		return nil, faults
	}
	faults = append(faults, d.shape(fault.Place{File: file})...)
	if len(faults) > 0 {
		return nil, faults
	}
	return d, nil
}

// Fields are the fields of one row, in the order in which a row's cells are given. A field that a card names twice stands
// once.
func (d *Definition) Fields() []string {
	var out []string
	for _, u := range d.uses() {
		if !slices.Contains(out, u.field.Name) {
			out = append(out, u.field.Name)
		}
	}
	return out
}

// use is one mention of a field; kind is empty inside a line of text, where any kind can stand.
type use struct {
	field Field
	kind  Kind
}

func (d *Definition) uses() (out []use) {
	for _, c := range d.Columns {
		out = append(out, use{c.Field, c.Kind})
	}
	if d.Layout == Table {
		return out
	}
	lines := slices.Clone(d.Heading)
	for _, r := range d.Rows {
		for _, c := range r.Cells {
			lines = append(lines, c.Text)
			if c.Field.Name != "" {
				out = append(out, use{c.Field, c.Kind})
			}
		}
	}
	for _, l := range append(lines, d.Footer...) {
		out = append(out, l.uses()...)
	}
	return out
}

func (l Line) uses() (out []use) {
	for rest := l.Text; ; {
		_, after, ok := strings.Cut(rest, "{")
		name, tail, closed := strings.Cut(after, "}")
		if !ok || !closed {
			return out
		}
		out = append(out, use{field: Field{Name: name, at: l.at}})
		rest = tail
	}
}

// fill puts values into the line; a field that is not given leaves a blank.
func (l Line) fill(value func(name string) string) string {
	if !strings.Contains(l.Text, "{") {
		return l.Text
	}
	s := l.Text
	for _, u := range l.uses() {
		s = strings.Replace(s, "{"+u.field.Name+"}", value(u.field.Name), 1)
	}
	return s
}

// Check compares the fields with those that exist and their kinds. A name close to a known one brings a hint.
func (d *Definition) Check(known map[string]Kind) (faults fault.List) {
	names := slices.Sorted(maps.Keys(known))
	for _, u := range d.uses() {
		kind, ok := known[u.field.Name]
		switch {
		case !ok:
			faults.Add(FaultField.At(u.field.at).Set("field", u.field.Name).Near(u.field.Name, names).
				Set("known", strings.Join(names, "、")))
		case u.kind != "" && !u.kind.shows(kind):
			faults.Add(FaultKind.At(u.field.at).Set("field", u.field.Name).Set("kind", u.kind).Set("want", kind))
		}
	}
	return faults
}
