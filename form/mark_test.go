package form_test

import (
	"bytes"
	"strings"
	"testing"

	second "github.com/tealeg/xlsx"
	"github.com/xuri/excelize/v2"

	"ganlan/fault"
	"ganlan/form"
)

// sent is a workbook as somebody made it: a title, formats, a second sheet with a print area of its own.
func sent(t testing.TB, change func(*excelize.File)) []byte {
	return workbook(t, excelize.Options{}, func(f *excelize.File) {
		f.SetSheetRow("Sheet1", "A1", &[]any{"明细表"})
		f.SetSheetRow("Sheet1", "A2", &[]any{"合同号", "金额", "日期"})
		f.SetSheetRow("Sheet1", "A3", &[]any{"HT1", 1234.5, 45309})
		f.SetSheetRow("Sheet1", "A4", &[]any{"=HT2", "1o0", "x"})
		blue, _ := f.NewStyle(&excelize.Style{NumFmt: 4, Font: &excelize.Font{Bold: true, Color: "0000FF"}})
		date, _ := f.NewStyle(&excelize.Style{NumFmt: 14})
		f.SetCellStyle("Sheet1", "B3", "B4", blue)
		f.SetCellStyle("Sheet1", "C3", "C3", date)
		f.SetColWidth("Sheet1", "A", "A", 33)
		f.NewSheet("说明")
		f.SetCellStr("说明", "A1", "别动")
		f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Area", Scope: "说明", RefersTo: "说明!$A$1:$B$2"})
		change(f)
	})
}

// marking marks an amount, the date beside it twice, and a row.
func marking() *form.Marking {
	return &form.Marking{Header: map[string]int{"Sheet1": 2}, Reason: "错误原因", Sheet: "错误清单", Title: "清单", Cell: "单元格", Titles: []string{"级别", "问题"},
		Marks: []form.Mark{
			{Sheet: "Sheet1", Row: 4, Column: 2, Reason: "不是金额", Line: []string{"错误", "不是金额"}},
			{Sheet: "Sheet1", Row: 4, Column: 3, Reason: "可疑", Warning: true, Line: []string{"提示", "可疑"}},
			{Sheet: "Sheet1", Row: 4, Column: 3, Reason: "不是日期", Line: []string{"错误", "不是日期"}},
			{Sheet: "Sheet1", Row: 3, Column: 2, Reason: "=偏高", Warning: true, Line: []string{"提示", "=偏高"}},
			{Reason: "缺一张表", Line: []string{"错误", "缺一张表"}},
		}}
}

func mark(t testing.TB, m *form.Marking, data []byte) []byte {
	t.Helper()
	before := bytes.Clone(data)
	var b bytes.Buffer
	if err := m.Write(&b, bytes.NewReader(data), int64(len(data)), form.Limits{}); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(data, before) {
		t.Error("the workbook itself was changed")
	}
	return b.Bytes()
}

func opened(t testing.TB, data []byte) *second.File {
	t.Helper()
	f, err := second.OpenBinary(data)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// grid is a sheet as the second reader shows it.
func grid(s *second.Sheet) string {
	var rows []string
	for _, r := range s.Rows {
		var cells []string
		for _, c := range r.Cells {
			cells = append(cells, c.Value)
		}
		rows = append(rows, strings.TrimRight(strings.Join(cells, "|"), "|"))
	}
	return strings.Join(rows, "\n")
}

func TestG4AMarkedCopyIsTheSendersOwnWorkbookWithColoursReasonsAndAList(t *testing.T) {
	f := opened(t, mark(t, marking(), sent(t, func(*excelize.File) {})))
	if len(f.Sheets) != 3 || f.Sheets[0].Name != "错误清单" || f.Sheets[1].Name != "Sheet1" || f.Sheets[2].Name != "说明" {
		t.Fatalf("sheets %v", f.Sheet)
	}
	want := "清单\n单元格|级别|问题\nB4|错误|不是金额\nC4|提示|可疑\nC4|错误|不是日期\nB3|提示|'=偏高\n|错误|缺一张表"
	if got := grid(f.Sheets[0]); got != want {
		t.Errorf("list\n%s\nwant\n%s", got, want)
	}
	s := f.Sheets[1]
	want = "明细表\n合同号|金额|日期|错误原因\nHT1|1234.5|45309|'=偏高\n=HT2|1o0|x|不是金额；可疑；不是日期"
	if got := grid(s); got != want {
		t.Errorf("sheet\n%s\nwant\n%s", got, want)
	}
	for _, c := range []struct {
		row, column int
		colour      string
	}{{3, 1, "FFFFC7CE"}, {3, 2, "FFFFC7CE"}, {2, 1, "FFFFEB9C"}, {2, 0, ""}, {3, 0, ""}} {
		if got := s.Cell(c.row, c.column).GetStyle().Fill.FgColor; got != c.colour {
			t.Errorf("row %d column %d has the colour %q, want %q", c.row+1, c.column+1, got, c.colour)
		}
	}
	if cell := s.Cell(3, 1); cell.NumFmt != "#,##0.00" || !cell.GetStyle().Font.Bold || cell.GetStyle().Font.Color != "FF0000FF" {
		t.Errorf("the cell's own format was lost: %q, %+v", cell.NumFmt, cell.GetStyle().Font)
	}
	if s.Cell(2, 2).NumFmt != "mm-dd-yy" || s.Cols[0].Width != 33 {
		t.Errorf("format %q, width %v", s.Cell(2, 2).NumFmt, s.Cols[0].Width)
	}
}

func TestAMarkedCopyLeadsToTheCellsAndKeepsTheNamesOfOtherSheets(t *testing.T) {
	data := mark(t, marking(), sent(t, func(*excelize.File) {}))
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if link, to, _ := f.GetCellHyperLink("错误清单", "A3"); !link || to != "'Sheet1'!B4" {
		t.Errorf("link %q", to)
	}
	for _, n := range f.GetDefinedName() {
		if n.Name == "_xlnm.Print_Area" && n.Scope != "说明" {
			t.Errorf("the print area now belongs to %s", n.Scope)
		}
	}
	if d, _ := f.GetSheetDimension("Sheet1"); d != "A1:D4" {
		t.Errorf("dimension %s", d)
	}
	if f.GetActiveSheetIndex() != 0 {
		t.Error("the list is not in front")
	}
}

func TestMarkingACopyAgainRenewsItsListAndReasons(t *testing.T) {
	once := mark(t, marking(), sent(t, func(*excelize.File) {}))
	m := marking()
	m.Marks = m.Marks[:1]
	f := opened(t, mark(t, m, once))
	if len(f.Sheets) != 3 || grid(f.Sheets[0]) != "清单\n单元格|级别|问题\nB4|错误|不是金额" {
		t.Errorf("%d sheets\n%s", len(f.Sheets), grid(f.Sheets[0]))
	}
	if got := grid(f.Sheets[1]); got != "明细表\n合同号|金额|日期|错误原因\nHT1|1234.5|45309\n=HT2|1o0|x|不是金额" {
		t.Errorf("got\n%s", got)
	}
	if !bytes.Equal(once, mark(t, marking(), sent(t, func(*excelize.File) {}))) {
		t.Error("two copies of the same differ")
	}
}

func TestProtectedAndMacroBooksAreNotMarked(t *testing.T) {
	for _, c := range []struct {
		name, code string
		data       []byte
	}{
		{"a protected sheet", "XLSX_PROTECTED", sent(t, func(f *excelize.File) {
			f.ProtectSheet("Sheet1", &excelize.SheetProtectionOptions{EditScenarios: true})
		})},
		{"a protected workbook", "XLSX_PROTECTED", sent(t, func(f *excelize.File) {
			f.ProtectWorkbook(&excelize.WorkbookProtectionOptions{LockStructure: true})
		})},
		{"macros", "XLSX_MACRO", zipped("xl/workbook.xml", bookXML, "xl/vbaProject.bin", "x")},
		{"a workbook of an unusual make", "XLSX_PROTECTED", handmadeSheet1("<worksheet><sheetData/></worksheet>")},
	} {
		var b bytes.Buffer
		err := marking().Write(&b, bytes.NewReader(c.data), int64(len(c.data)), form.Limits{})
		if got := fault.From(err); len(got) != 1 || got[0].Code() != c.code || b.Len() > 0 {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

// handmadeSheet1 is handmade with its sheet named as marking wants it.
func handmadeSheet1(sheet string) []byte {
	return zipped("[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`, "_rels/.rels", rootXML,
		"xl/workbook.xml", strings.Replace(bookXML, "甲", "Sheet1", 1), "xl/_rels/workbook.xml.rels", relsXML, "xl/styles.xml", styleXML, "xl/worksheets/sheet1.xml", sheet)
}

func TestTheWidthOfTheReasonsStandsInTheOrderOfColumns(t *testing.T) {
	data := mark(t, marking(), sent(t, func(f *excelize.File) { f.SetColWidth("Sheet1", "H", "I", 20) }))
	text := part(t, data, "xl/worksheets/sheet1.xml", nil)
	reason, later := strings.Index(text, `min="4"`), strings.Index(text, `min="8"`)
	if reason < 0 || later < 0 || reason > later {
		t.Errorf("columns at %d and %d", reason, later)
	}
}

// odd are sheets as other programs write them: rows without cells, without numbers, names with a prefix.
var odd = []string{
	`<worksheet><dimension ref="A1"/><cols><col min="1" max="2"/></cols><sheetData><row r="2" spans="1:2"><c r="A2" s="1"/></row><row r="4"/></sheetData></worksheet>`,
	`<x:worksheet xmlns:x="y"><x:sheetData><x:row/><x:row><x:c t='str'><x:v>&#65;</x:v></x:c></x:row><x:row/><x:row><x:c><x:v>1</x:v></x:c></x:row></x:sheetData></x:worksheet>`,
}

// oddBook is a workbook with one such sheet.
func oddBook(sheet string) []byte {
	styles := `<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><fonts count="1"><font/></fonts><fills count="2"><fill/><fill/></fills>` +
		`<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"><alignment/></xf></cellXfs></styleSheet>`
	return zipped("[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`, "_rels/.rels", rootXML,
		"xl/workbook.xml", strings.Replace(bookXML, "甲", "Sheet1", 1), "xl/_rels/workbook.xml.rels",
		strings.Replace(relsXML, "</Relationships>", `<Relationship Id="rId2" Type="http://x/styles" Target="styles.xml"/></Relationships>`, 1),
		"xl/styles.xml", styles, "xl/worksheets/sheet1.xml", sheet)
}

func TestSheetsOfOtherProgramsAreMarkedToo(t *testing.T) {
	for i, want := range []string{`<row r="4"><c r="B4" s="`, `<x:c r="B4" s="`} {
		text := part(t, mark(t, marking(), oddBook(odd[i])), "xl/worksheets/sheet1.xml", nil)
		if !strings.Contains(text, want) || !strings.Contains(text, "不是金额；可疑；不是日期") {
			t.Errorf("got %s", text)
		}
	}
}

// FuzzMark marks hostile sheets: what comes out is refused, or a workbook again.
func FuzzMark(f *testing.F) {
	for _, s := range odd {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, sheet string) {
		data := oddBook(sheet)
		var b bytes.Buffer
		if err := marking().Write(&b, bytes.NewReader(data), int64(len(data)), form.Limits{}); err != nil {
			return
		}
		book, err := form.Open(bytes.NewReader(b.Bytes()), int64(b.Len()), form.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		defer book.Close()
		if got := book.Sheets(); len(got) != 2 || got[0] != "错误清单" {
			t.Errorf("sheets %v", got)
		}
		if _, err := book.Read("Sheet1", func(int, []string) bool { return true }); err != nil {
			t.Error(err)
		}
	})
}
