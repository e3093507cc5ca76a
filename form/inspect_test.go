package form

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"reflect"
	"runtime"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"ganlan/fault"
)

// sheetsSeen are sheets as programs write them, and some that none would.
var sheetsSeen = []string{
	`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n" + `<worksheet xmlns="a" xmlns:r="b"><dimension ref="A1:C3"/><cols><col min="2" max="3" hidden="1" width="9"/></cols><sheetData><row r="1" spans="1:3"><c r="A1" t="s"><v>0</v></c><c r="B1" s="1"/></row>` +
		`<row r="3" hidden="1"><c r="A3"><f>[1]Sheet1!A1+1</f><v>2</v></c><c r="C3" t="inlineStr"><is><t xml:space="preserve"> x &amp; y</t></is></c></row></sheetData><autoFilter ref="A1:C3"><filterColumn colId="0"/></autoFilter><mergeCells count="1"><mergeCell ref="A1:B2"/></mergeCells></worksheet>`,
	`<worksheet><sheetData><row><c><f>1+1</f></c><c t="str"><f>x</f><v></v></c><c t="e"><v>#N/A</v></c></row></sheetData></worksheet>`,
	`<x:worksheet xmlns:x="y"><x:sheetData><x:row r='2' ht="0"><x:c t="d" s="1"><x:v>2024-01-18</x:v></x:c></x:row></x:sheetData></x:worksheet>`,
	`<worksheet><sheetData><row r="2"/><row r="1"/></sheetData></worksheet>`, `<worksheet><sheetData><row><c><v>1</v></row></sheetData></worksheet>`,
	`<worksheet><sheetData><row><c><v>]]></v></c></row></sheetData></worksheet>`, `<a b=">"/>`, `<a b="<"/>`, `<a b=c/>`, `<a  b = "c" />`, `<a>&#0;</a>`, `<a>&#x41;&nbsp;</a>`,
	`<worksheet><sheetData><row r="&#49;"><c t="s"><v>&#48;</v></c></row></sheetData></worksheet>`, "<a>\x0b</a>", "<a>\xff</a>", `</a>`, `<a></b>`, `<a:b></a:b >`, `<a:b:c/>`, `< a/>`, `<a/`, `<`, ``, `<?xml version="1.1"?><a/>`,
	`<?xml version="1.0" encoding="GBK"?><a/>`, `<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>`, `<a><![CDATA[<]]></a>`, `<a><!-- - --></a>`, `<a b="1"c="2"/>`, `<a/><b/>`, "\ufeff<a/>",
}

// The quick way may call a sheet unusual, but where it judges it must judge as the thorough one does.
func agree(t *testing.T, f *excelize.File, sheet []byte) {
	b := &Book{f: f, dated: map[string]bool{"1": true}}
	quick, thorough := &inspection{b: b}, &inspection{b: b}
	err := scanQuick(quick, bytes.NewReader(sheet))
	if errors.Is(err, errUnusual) {
		return
	}
	want := scanXML(thorough, bytes.NewReader(sheet))
	if (err == nil) != (want == nil) || err == nil && (!reflect.DeepEqual(quick.found, thorough.found) || quick.whole != thorough.whole || quick.texts != thorough.texts || quick.wide != thorough.wide) {
		t.Errorf("%q:\nquick    %v %+v\nthorough %v %+v", sheet, err, quick.found, want, thorough.found)
	}
}

func TestTheQuickLookSeesWhatTheThoroughOneSees(t *testing.T) {
	f := excelize.NewFile()
	for _, s := range sheetsSeen {
		agree(t, f, []byte(s))
	}
	in := &inspection{b: &Book{dated: map[string]bool{}}}
	if err := scanQuick(in, strings.NewReader(sheetsSeen[0])); err != nil {
		t.Fatal(err)
	}
	want := Found{HiddenRows: 1, HiddenColumns: []Columns{{2, 3}}, Filtered: true, External: Spots{1, []Spot{{3, 1}}}, Merged: []Area{{1, 1, 2, 2}}}
	if !reflect.DeepEqual(in.found, want) {
		t.Errorf("found %+v", in.found)
	}
}

func FuzzLooksAgree(f *testing.F) {
	book := excelize.NewFile()
	for _, s := range sheetsSeen {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, sheet []byte) { agree(t, book, sheet) })
}

// made by hand: a workbook around one sheet that is written by a function.
func packed(t testing.TB, sheet func(w io.Writer)) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	z.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) { return flate.NewWriter(w, 1) })
	for name, text := range map[string]string{
		"[Content_Types].xml":        `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`,
		"_rels/.rels":                `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		"xl/workbook.xml":            `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="甲" sheetId="1" r:id="rId1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://x/worksheet" Target="/xl/worksheets/sheet1.xml"/></Relationships>`,
	} {
		w, _ := z.Create(name)
		io.WriteString(w, text)
	}
	w, _ := z.Create("xl/worksheets/sheet1.xml")
	sheet(w)
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func repeated(before, part string, n int, after string) func(io.Writer) {
	return func(w io.Writer) {
		io.WriteString(w, before)
		block := []byte(strings.Repeat(part, 1+(64<<10)/max(len(part), 1)))
		for left := n * len(part); left > 0; left -= len(block) {
			w.Write(block[:min(left, len(block))])
		}
		io.WriteString(w, after)
	}
}

func TestA12HostileWorkbooksAreRefusedInLittleMemory(t *testing.T) {
	const head, tail = "<worksheet><sheetData>", "</sheetData></worksheet>"
	large := bytes.NewReader(append([]byte("PK\x03\x04"), make([]byte, 1<<10)...))
	for _, c := range []struct {
		name  string
		data  []byte
		codes string
	}{
		{"a bomb of blanks", packed(t, repeated(head, " ", 300<<20, tail)), "XLSX_BOMB"},
		{"a bomb beyond the size", packed(t, repeated(head, " ", 600<<20, tail)), "XLSX_TOO_BIG"},
		{"a bomb of empty rows", packed(t, repeated(head, "<row/>", 8<<20, tail)), "XLSX_BOMB"},
		{"tags inside tags", packed(t, repeated(head, "<a>", 1<<20, "")), "XLSX_BROKEN"},
		{"tags inside tags before the rows", packed(t, repeated("<worksheet>", "<cols>", 1<<20, "")), "XLSX_BROKEN"},
		{"a cell in the last column of each row", packed(t, func(w io.Writer) {
			io.WriteString(w, head)
			for i := range 20_000 {
				fmt.Fprintf(w, `<row r="%d"><c r="XFD%d"><v>1</v></c></row>`, i+1, i+1)
			}
			io.WriteString(w, tail)
		}), "XLSX_TOO_WIDE"},
		{"a million columns", packed(t, repeated(head+"<row>", "<c><v>1</v></c>", 1_000_000, "</row>"+tail)), "XLSX_BROKEN"},
		{"a claim of a million columns and rows", packed(t, repeated(`<worksheet><dimension ref="A1:XFD1048576"/><sheetData>`, "", 0, `<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>`+tail)), ""},
		{"a row number beyond all numbers", packed(t, repeated(head, "", 0, `<row r="99999999999999999999"><c><v>1</v></c></row>`+tail)), "XLSX_BROKEN"},
		{"a text of many megabytes", packed(t, repeated(head+`<row><c t="str"><v>`, "ab", 9<<20, "</v></c></row>"+tail)), "XLSX_BOMB"},
		{"a size that lies", lying(packed(t, repeated(head, " ", 32<<20, tail))), "XLSX_BROKEN"},
	} {
		var before, after runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		_, err := ReadSheet(bytes.NewReader(c.data), int64(len(c.data)), Limits{}, "甲", func(int, []string) bool { return true })
		runtime.ReadMemStats(&after)
		if got := codes(err); got != c.codes {
			t.Errorf("%s: %v, want %s", c.name, err, c.codes)
		}
		if used := after.TotalAlloc - before.TotalAlloc; used > 256<<20 {
			t.Errorf("%s: %d MB taken", c.name, used>>20)
		}
	}
	if _, err := Open(large, 201<<20, Limits{}); codes(err) != "XLSX_LARGE" {
		t.Errorf("200 MB: %v", err)
	}
}

// lying is a workbook whose list says that its largest part unpacks to a hundred bytes.
func lying(data []byte) []byte {
	data = bytes.Clone(data)
	at := bytes.LastIndex(data, []byte("PK\x01\x02"))
	binary.LittleEndian.PutUint32(data[at+24:], 100)
	return data
}

func codes(err error) string {
	var out []string
	for _, f := range fault.From(err) {
		out = append(out, f.Code())
	}
	return strings.Join(out, " ")
}

func TestA11WhatIsNoWorkbookSaysHowToSaveIt(t *testing.T) {
	ole := "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + strings.Repeat("\x00", 512)
	for name, x := range map[string][2]string{
		"an old workbook":            {ole + string(utf16("Workbook")), "XLSX_OLD"},
		"a workbook with a password": {ole + string(utf16("EncryptedPackage")), "XLSX_LOCKED"},
		"a Word document":            {ole + string(utf16("WordDocument")), "XLSX_NOT"},
		"text":                       {"a,b\n1,2\n", "XLSX_NOT"},
	} {
		_, err := Open(strings.NewReader(x[0]), int64(len(x[0])), Limits{})
		if codes(err) != x[1] || !strings.Contains(err.Error(), "xlsx") && x[1] != "XLSX_LOCKED" {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAFormulaThatReadsAnotherFileIsToldFromOneOfATable(t *testing.T) {
	for formula, want := range map[string]bool{"[1]Sheet1!A1": true, "SUM('[2]明细'!A1:A9)": true, "[12]!name": true, "Table1[金额]": false, "A1+B1": false, "[x]": false, "[": false, "[1": false} {
		if got := elsewhere([]byte(formula)); got != want {
			t.Errorf("%s: %v", formula, got)
		}
	}
}
