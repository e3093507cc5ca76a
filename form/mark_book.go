package form

import (
	"bytes"
	"encoding/xml"
	"io"
	"strconv"
	"strings"
)

// ourID is the id under which the workbook refers to the list.
const ourID = "rIdGanlanFaults"

// workbook puts the list in front of the sheets, and moves the names that belong to a sheet by its number.
func (k *marker) workbook(w io.Writer, r io.Reader) error {
	first, id := k.firstSheet()
	return rewrite(w, r, func(t token) []byte {
		switch {
		case t.starts("sheet"):
			if first {
				return t.raw
			}
			first = true
			at := bytes.IndexByte(t.raw, '<')
			ours := "<" + t.prefix() + `sheet name="` + escaped(k.freeName()) + `" sheetId="` + count(id) + `" ` + idPrefix(t) + `id="` + ourID + `"/>`
			return append(append(bytes.Clone(t.raw[:at]), ours...), t.raw[at:]...)
		case t.starts("definedName"):
			if n, err := strconv.Atoi(t.attr("localSheetId")); err == nil {
				return t.with("localSheetId", count(n+1)).raw
			}
		case t.starts("workbookView"):
			return t.with("activeTab", "0").without("firstSheet").raw
		}
		return t.raw
	})
}

// firstSheet is a number that no sheet has yet.
func (k *marker) firstSheet() (done bool, id int) {
	for _, s := range k.book.f.WorkBook.Sheets.Sheet {
		id = max(id, s.SheetID)
	}
	return false, id + 1
}

// freeName is the list's name, with a number when a sheet of the user has it.
func (k *marker) freeName() string {
	name := k.Sheet
	for n := 2; ; n++ {
		taken := false
		for _, s := range k.book.f.WorkBook.Sheets.Sheet {
			taken = taken || strings.EqualFold(s.Name, name)
		}
		if !taken {
			return name
		}
		name = k.Sheet + count(n)
	}
}

// idPrefix is the prefix of references in the workbook, mostly «r:».
func idPrefix(t token) string {
	if s, ok := t.Token.(xml.StartElement); ok {
		for _, a := range s.Attr {
			if a.Name.Local == "id" {
				return colon(a.Name.Space)
			}
		}
	}
	return "r:"
}

// relations adds the reference to the list, of the same kind as that to another sheet.
func (k *marker) relations(w io.Writer, r io.Reader) error {
	kind := ""
	return rewrite(w, r, func(t token) []byte {
		if t.starts("Relationship") && strings.HasSuffix(t.attr("Type"), "/worksheet") {
			kind = t.attr("Type")
		}
		if t.ends("Relationships") {
			return append([]byte("<"+t.prefix()+`Relationship Id="`+ourID+`" Type="`+escaped(kind)+`" Target="/`+escaped(k.names.list)+`"/>`), t.raw...)
		}
		return t.raw
	})
}

// types says what the list is.
func (k *marker) types(w io.Writer, r io.Reader) error {
	return rewrite(w, r, func(t token) []byte {
		if t.ends("Types") {
			return append([]byte("<"+t.prefix()+`Override PartName="/`+escaped(k.names.list)+
				`" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>`), t.raw...)
		}
		return t.raw
	})
}

// mostLinks is the number of links that a sheet may have, and a little less.
const mostLinks = 65_000

// list writes the sheet that lists the faults; what was there before is of no use.
func (k *marker) list(w io.Writer, _ io.Reader) error {
	var b, links bytes.Buffer
	columns := append([]string{k.Cell}, k.Titles...)
	b.WriteString(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n" + `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">` +
		`<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><dimension ref="A1:` + ref(len(columns), 2+len(k.Marks)) + `"/>` +
		`<sheetViews><sheetView tabSelected="1" workbookViewId="0"><pane ySplit="2" topLeftCell="A3" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>`)
	for i := range columns {
		n := count(i + 1)
		b.WriteString(`<col min="` + n + `" max="` + n + `" width="` + count(listWidth(i, len(columns))) + `" customWidth="1"/>`)
	}
	b.WriteString("</cols><sheetData>")
	b.WriteString(`<row r="1">` + string(textCell("", "A1", k.styles.plain(), k.Title)) + `</row><row r="2">`)
	for i, title := range columns {
		b.Write(textCell("", ref(i+1, 2), k.styles.plain(), title))
	}
	b.WriteString("</row>")
	if _, err := b.WriteTo(w); err != nil {
		return err
	}
	for i, m := range k.Marks {
		k.line(&b, &links, i+3, m)
		if _, err := b.WriteTo(w); err != nil {
			return err
		}
	}
	b.WriteString("</sheetData>")
	if links.Len() > 0 {
		b.WriteString("<hyperlinks>" + links.String() + "</hyperlinks>")
	}
	b.WriteString(`<pageMargins left="0.4" right="0.4" top="0.4" bottom="0.4" header="0.2" footer="0.2"/><pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/></worksheet>`)
	_, err := b.WriteTo(w)
	return err
}

// listWidth is the width of a column: the last two hold sentences.
func listWidth(i, columns int) int {
	switch {
	case i >= columns-2:
		return 44
	case i == 2 || i == columns-3:
		return 24
	}
	return 12
}

func (k *marker) line(b, links *bytes.Buffer, row int, m Mark) {
	style, at := k.styles.reason(m.Warning), ""
	if _, ok := k.Header[m.Sheet]; ok && m.Row > 0 {
		at = ref(max(m.Column, 1), m.Row)
	}
	b.WriteString(`<row r="` + count(row) + `">`)
	for i, text := range append([]string{at}, m.Line...) {
		b.Write(textCell("", ref(i+1, row), style, text))
	}
	b.WriteString("</row>")
	if at != "" && row-3 < mostLinks {
		to := "'" + strings.ReplaceAll(m.Sheet, "'", "''") + "'!" + at
		links.WriteString(`<hyperlink ref="` + ref(1, row) + `" location="` + escaped(to) + `" display="` + at + `"/>`)
	}
}
