package form_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"ganlan/fault"
	"ganlan/form"
)

func read(t testing.TB, data []byte, sheet string) ([]string, form.Found) {
	t.Helper()
	var out []string
	found, err := form.ReadSheet(bytes.NewReader(data), int64(len(data)), form.Limits{}, sheet, func(row int, cells []string) bool {
		out = append(out, fmt.Sprintf("%d:%s", row, strings.Join(cells, "|")))
		return true
	})
	if err != nil {
		t.Fatal(err)
	}
	return out, found
}

func TestWhatWasWrittenIsReadBack(t *testing.T) {
	got, found := read(t, write(t, load(t, "annex1"), loans(2), meta), "附件1")
	want := []string{"1:财金助力扩中家庭项目贷款投放明细表", "2:单位：元、%、元·天",
		"3:归属机构|机构简称|家庭编号|证件类型|证件号码|姓名|专项贷款类型|产品码|合同号|合同利率|合同状态|合同起始日期|合同到期日期|合同金额|贷款余额|每日贷款余额累计|贴息金额",
		"4:东阳农商银行|东阳农商|DY000000000|身份证|330724199001011234|张三|共富贷|GF01|DY000000000|3.65|正常|2024-01-18|2025-01-17|100000|50000|36600000.1|1830.17",
		"5:东阳农商银行|东阳农商|DY000000001|身份证|330724199001011234|张三|共富贷|GF01|DY000000001|3.65|正常|2024-01-18|2025-01-17|100000.01|50000.07|36600000.21|1830.18",
		"6:合计|||||||||||||200000.01|100000.07|73200000.31|3660.35", "7:制表时间：2024-03-01 09:30    校验码 7F3A-22C1"}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if len(found.Merged) != 3 || found.Merged[0] != (form.Area{Row: 1, Column: 1, LastRow: 1, LastColumn: 17}) {
		t.Errorf("merged %v", found.Merged)
	}
}

func TestAPlainTableIsReadBack(t *testing.T) {
	var b bytes.Buffer
	if err := form.WriteTable(&b, "还款", []string{"借据号", "日期", "金额"}, [][]string{{"0012", "2024-01-18", "45.60"}, {"a&<b>", " x "}}); err != nil {
		t.Fatal(err)
	}
	got, _ := read(t, b.Bytes(), "还款")
	if want := []string{"1:借据号|日期|金额", "2:0012|2024-01-18|45.60", "3:a&<b>| x "}; !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
	if err := form.WriteTable(io.Discard, "x", []string{"a"}, [][]string{{"1", "2"}}); err == nil {
		t.Error("a row longer than the header was written")
	}
}

// workbook is a file as a spreadsheet program makes it: shared texts, styles, the lot.
func workbook(t testing.TB, opt excelize.Options, fill func(f *excelize.File)) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	fill(f)
	var b bytes.Buffer
	if err := f.Write(&b, opt); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestDatesOfBothSystemsAreDates(t *testing.T) {
	for _, is1904 := range []bool{false, true} {
		data := workbook(t, excelize.Options{}, func(f *excelize.File) {
			f.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &is1904})
			custom := `yyyy"年"m"月"d"日"`
			short, _ := f.NewStyle(&excelize.Style{NumFmt: 14})
			long, _ := f.NewStyle(&excelize.Style{CustomNumFmt: &custom})
			plain, _ := f.NewStyle(&excelize.Style{NumFmt: 4})
			serial := 45309
			if is1904 {
				serial -= 1462
			}
			f.SetSheetRow("Sheet1", "A1", &[]any{serial, serial, serial, float64(serial) + 0.75, 1e9})
			f.SetCellStyle("Sheet1", "A1", "A1", short)
			f.SetCellStyle("Sheet1", "B1", "B1", long)
			f.SetCellStyle("Sheet1", "C1", "C1", plain)
			f.SetCellStyle("Sheet1", "D1", "E1", short)
		})
		got, _ := read(t, data, "Sheet1")
		want := "1:2024-01-18|2024-01-18|45309|2024-01-18|1000000000"
		if is1904 {
			want = strings.Replace(want, "45309", "43847", 1)
		}
		if len(got) != 1 || got[0] != want {
			t.Errorf("1904 %v: got %q, want %q", is1904, got, want)
		}
	}
}

func TestASheetOfASpreadsheetProgramIsReadAsItStands(t *testing.T) {
	data := workbook(t, excelize.Options{}, func(f *excelize.File) {
		f.SetSheetRow("Sheet1", "B2", &[]any{"姓名", nil, 45.6000000001, true, "  两边  "})
		f.SetCellRichText("Sheet1", "A4", []excelize.RichTextRun{{Text: "张"}, {Text: "三 & co", Font: &excelize.Font{Bold: true}}})
		f.SetCellFormula("Sheet1", "B4", "1+1")
		f.SetCellValue("Sheet1", "C4", "a_x000D_b\nc")
		f.MergeCell("Sheet1", "B2", "C3")
		f.SetRowVisible("Sheet1", 4, false)
		f.NewSheet("二")
		f.SetSheetVisible("二", false)
	})
	got, found := read(t, data, "Sheet1")
	if want := []string{"2:|姓名||45.6|TRUE|  两边  ", "4:张三 & co||a\rb\nc"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if found.HiddenRows != 1 || found.Uncomputed != 1 || !slices.Equal(found.Merged, []form.Area{{Row: 2, Column: 2, LastRow: 3, LastColumn: 3}}) {
		t.Errorf("found %+v", found)
	}
	b, err := form.Open(bytes.NewReader(data), int64(len(data)), form.Limits{})
	if err != nil || !slices.Equal(b.Sheets(), []string{"Sheet1", "二"}) || b.Hidden("Sheet1") || !b.Hidden("二") {
		t.Errorf("sheets %v: %v", b.Sheets(), err)
	}
}

// zipped is a workbook made by hand.
func zipped(parts ...string) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(parts); i += 2 {
		w, _ := z.Create(parts[i])
		io.WriteString(w, parts[i+1])
	}
	z.Close()
	return b.Bytes()
}

const (
	bookXML = `<workbook xmlns:r="x"><sheets><sheet name="甲" sheetId="1" r:id="rId1"/></sheets></workbook>`
	relsXML = `<Relationships><Relationship Id="rId1" Type="http://x/worksheet" Target="/xl/worksheets/sheet1.xml"/></Relationships>`
)

func handmade(sheet string) []byte {
	return zipped("xl/workbook.xml", bookXML, "xl/_rels/workbook.xml.rels", relsXML, "xl/worksheets/sheet1.xml", sheet)
}

func TestASheetOfAnotherProgramIsReadToo(t *testing.T) {
	got, _ := read(t, handmade(`<?xml version="1.0"?><!-- a > b --><x:worksheet xmlns:x="y"><x:sheetData><x:row><x:c><x:v>1</x:v></x:c>
	 <x:c t="inlineStr"><x:is><x:t><![CDATA[a<b]]></x:t><x:rPh sb="0"><x:t>no</x:t></x:rPh></x:is></x:c><x:c t='str'><x:f>"a>b"</x:f><x:v>&#x5F20;&amp;</x:v></x:c>
	 <x:c t="d"><x:v>2024-01-18T00:00:00Z</x:v></x:c><x:c r="H1" t="e"><x:v>#N/A</x:v></x:c></x:row><x:row r="9"/></x:sheetData></x:worksheet>`), "甲")
	if want := []string{"1:1|a<b|张&|2024-01-18||||#N/A"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestAFileThatIsNoPlainWorkbookIsRefusedInPlainWords(t *testing.T) {
	ok := workbook(t, excelize.Options{}, func(f *excelize.File) { f.SetCellValue("Sheet1", "A1", "x") })
	locked := workbook(t, excelize.Options{Password: "x"}, func(*excelize.File) {})
	bomb := handmade("<worksheet><sheetData>" + strings.Repeat(" ", 2<<20) + "</sheetData></worksheet>")
	sheet := func(s string) []byte { return handmade("<worksheet><sheetData>" + s) }
	for _, c := range []struct {
		name string
		data []byte
		code string
	}{
		{"a CSV file", []byte("姓名,金额\n张三,1\n"), "XLSX_NOT"},
		{"an empty file", nil, "XLSX_NOT"},
		{"a Word file", zipped("word/document.xml", "<x/>"), "XLSX_NOT"},
		{"a file cut off", ok[:len(ok)/2], "XLSX_BROKEN"},
		{"an old workbook", []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1......"), "XLSX_OLD"},
		{"a workbook with a password", locked, "XLSX_LOCKED"},
		{"a workbook with macros", zipped("xl/workbook.xml", bookXML, "xl/vbaProject.bin", "x"), "XLSX_MACRO"},
		{"macros under another name", zipped("xl/workbook.xml", bookXML, "[Content_Types].xml", `<Types><Override PartName="/xl/workbook.xml" ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/></Types>`), "XLSX_MACRO"},
		{"a bomb", bomb, "XLSX_TOO_BIG"},
		{"another sheet", ok, "XLSX_NO_SHEET"},
		{"a sheet without its end", sheet(`<row r="1"><c r="A1"><v>1</v></c></row>`), "XLSX_BROKEN"},
		{"a cell beyond the last column", sheet(`<row r="1"><c r="XFE1"><v>1</v></c></row></sheetData>`), "XLSX_BROKEN"},
		{"a row beyond the last", sheet(`<row r="2000000"/></sheetData>`), "XLSX_BROKEN"},
		{"rows that go back", sheet(`<row r="2"/><row r="1"/></sheetData>`), "XLSX_BROKEN"},
		{"a shared text that is not there", sheet(`<row><c t="s"><v>5</v></c></row></sheetData>`), "XLSX_BROKEN"},
	} {
		_, err := form.ReadSheet(bytes.NewReader(c.data), int64(len(c.data)), form.Limits{Unzipped: 1 << 20}, "甲", func(int, []string) bool { return true })
		faults := fault.From(err)
		if len(faults) != 1 || faults[0].Code() != c.code {
			t.Errorf("%s: got %v, want %s", c.name, err, c.code)
			continue
		}
		if faults[0].Text(fault.Zh) == "" || strings.Contains(faults[0].Text(fault.En), "{") {
			t.Errorf("%s: %s", c.name, faults[0].Text(fault.En))
		}
	}
}

func TestHostilePartsAreReadInOneGo(t *testing.T) {
	for _, s := range []string{`<a b="` + strings.Repeat(">", 8<<20) + `"/>`, `<row><c t="str"><v>` + strings.Repeat("&", 8<<20) + `</v></c></row>`} {
		got, _ := read(t, handmade("<worksheet><sheetData>"+s+"</sheetData></worksheet>"), "甲")
		if len(got) > 1 {
			t.Errorf("%d rows", len(got))
		}
	}
}

func TestReadingStopsWhenAsked(t *testing.T) {
	n := 0
	data := write(t, load(t, "annex1"), loans(50), meta)
	_, err := form.ReadSheet(bytes.NewReader(data), int64(len(data)), form.Limits{}, "附件1", func(int, []string) bool { n++; return n < 5 })
	if err != nil || n != 5 {
		t.Errorf("%d rows, %v", n, err)
	}
}

func FuzzSheet(f *testing.F) {
	f.Add(`<worksheet><sheetData><row r="1"><c r="A1" s="1" t="s"><v>0</v></c><c t="inlineStr"><is><t>&#65;</t></is></c></row></sheetData></worksheet>`)
	f.Add(`<a b='>'><![CDATA[x]]><!-- --><mergeCell ref="A1:B2"/>`)
	f.Fuzz(func(t *testing.T, sheet string) {
		data := handmade(sheet)
		last := 0
		_, err := form.ReadSheet(bytes.NewReader(data), int64(len(data)), form.Limits{}, "甲", func(row int, cells []string) bool {
			if row <= last || len(cells) == 0 || len(cells) > 1<<14 {
				t.Errorf("row %d of %d cells after row %d", row, len(cells), last)
			}
			last = row
			return true
		})
		if err != nil && fault.From(err) == nil {
			t.Errorf("no fault: %v", err)
		}
	})
}

func FuzzOpen(f *testing.F) {
	f.Add(handmade(`<worksheet><sheetData/></worksheet>`))
	f.Fuzz(func(t *testing.T, data []byte) {
		if _, err := form.Sheets(bytes.NewReader(data), int64(len(data)), form.Limits{}); err != nil && fault.From(err) == nil {
			t.Errorf("no fault: %v", err)
		}
	})
}

func BenchmarkRead_100k(b *testing.B) {
	data := write(b, load(b, "annex1"), loans(many), meta)
	b.Logf("%d bytes", len(data))
	for b.Loop() {
		n := 0
		if _, err := form.ReadSheet(bytes.NewReader(data), int64(len(data)), form.Limits{}, "附件1", func(int, []string) bool { n++; return true }); err != nil || n != many+5 {
			b.Fatal(n, err)
		}
	}
}
