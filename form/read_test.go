package form_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
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
		"4:东阳农商银行|东阳农商|DY000000000|身份证|990724199001011234|张三|共富贷|GF01|DY000000000|3.65|正常|2024-01-18|2025-01-17|100000|50000|36600000.1|1830.17",
		"5:东阳农商银行|东阳农商|DY000000001|身份证|990724199001011234|张三|共富贷|GF01|DY000000001|3.65|正常|2024-01-18|2025-01-17|100000.01|50000.07|36600000.21|1830.18",
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
	if found.HiddenRows != 1 || found.Uncomputed.N != 1 || !slices.Equal(found.Merged, []form.Area{{Row: 2, Column: 2, LastRow: 3, LastColumn: 3}}) {
		t.Errorf("found %+v", found)
	}
	b, err := form.Open(bytes.NewReader(data), int64(len(data)), form.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	if !slices.Equal(b.Sheets(), []string{"Sheet1", "二"}) || b.Hidden("Sheet1") || !b.Hidden("二") {
		t.Errorf("sheets %v", b.Sheets())
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
	rootXML  = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`
	bookXML  = `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="甲" sheetId="1" r:id="rId1"/></sheets></workbook>`
	styleXML = `<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>`
	relsXML  = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://x/worksheet" Target="/xl/worksheets/sheet1.xml"/></Relationships>`
)

func handmade(sheet string) []byte {
	return zipped("[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`, "_rels/.rels", rootXML, "xl/workbook.xml", bookXML, "xl/_rels/workbook.xml.rels", relsXML, "xl/styles.xml", styleXML, "xl/worksheets/sheet1.xml", sheet)
}

func TestASheetOfAnotherProgramIsReadToo(t *testing.T) {
	got, _ := read(t, handmade(`<?xml version="1.0"?><!-- a > b --><x:worksheet xmlns:x="y"><x:sheetData><x:row><x:c><x:v>1</x:v></x:c>
	 <x:c t="inlineStr"><x:is><x:t><![CDATA[a<b]]></x:t><x:rPh sb="0"><x:t>no</x:t></x:rPh></x:is></x:c><x:c t='str'><x:f>"a>b"</x:f><x:v>&#x5F20;&amp;</x:v></x:c>
	 <x:c t="d" s="1"><x:v>2024-01-18T00:00:00Z</x:v></x:c><x:c t="d" s="1"><x:v>2024-01-18T00:00:00</x:v></x:c>
	 <x:c s="1"><x:v>45309.75</x:v></x:c><x:c s="1"><x:v>-5</x:v></x:c><x:c r="J1" t="e"><x:v>#N/A</x:v></x:c></x:row><x:row r="9"/></x:sheetData></x:worksheet>`), "甲")
	if want := []string{"1:1|a<b|张&|2024-01-18|2024-01-18|2024-01-18|-5|||#N/A"}; !slices.Equal(got, want) {
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
		{"a cell beyond the last column", sheet(`<row r="1"><c r="XFE1"><v>1</v></c></row></sheetData></worksheet>`), "XLSX_BROKEN"},
		{"a row beyond the last", sheet(`<row r="2000000"/></sheetData></worksheet>`), "XLSX_BROKEN"},
		{"rows that go back", sheet(`<row r="2"/><row r="1"/></sheetData></worksheet>`), "XLSX_BROKEN"},
		{"two rows of one number", sheet(`<row r="1"/><row r="1"/></sheetData></worksheet>`), "XLSX_BROKEN"},
		{"cells that go back", sheet(`<row><c r="B1"><v>1</v></c><c r="A1"><v>1</v></c></row></sheetData></worksheet>`), "XLSX_BROKEN"},
		{"a character that XML forbids", sheet("<row><c t=\"str\"><v>\x0b</v></c></row><row><c><v>1</v></c></row></sheetData></worksheet>"), "XLSX_BROKEN"},
		{"a date that would come as a number", sheet(`<row><c t="d"><v>2024-01-18T00:00:00Z</v></c></row></sheetData></worksheet>`), "XLSX_BROKEN"},
		{"a sheet with a damaged part", damaged(sheet(`<row><c><v>1</v></c></row></sheetData></worksheet>`), "<v>1"), "XLSX_BROKEN"},
		{"shared texts with a damaged part", damaged(handmade("<worksheet><sheetData/></worksheet>"), "numFmt"), "XLSX_BROKEN"},
		{"a row far beyond the last", sheet(`<row><c><v>1</v></c></row><row r="999999999999"/></sheetData></worksheet>`), "XLSX_BROKEN"},
		{"a million empty styles", zipped("_rels/.rels", rootXML, "xl/workbook.xml", bookXML, "xl/styles.xml", strings.Repeat("<xf/>", 200_000)), "XLSX_TOO_BIG"},
		{"a shared text that is not there", sheet(`<row><c t="s"><v>5</v></c></row></sheetData></worksheet>`), "XLSX_BROKEN"},
	} {
		_, err := form.ReadSheet(bytes.NewReader(c.data), int64(len(c.data)), form.Limits{Unzipped: 1 << 20, Strings: 1 << 20}, "甲", func(int, []string) bool { return true })
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

// damaged is a workbook with one letter changed and nothing else, as a bad disk does. The parts are packed without
// compression so that it can be found.
func damaged(data []byte, at string) []byte {
	z, _ := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	var b bytes.Buffer
	out := zip.NewWriter(&b)
	for _, f := range z.File {
		w, _ := out.CreateHeader(&zip.FileHeader{Name: f.Name, Method: zip.Store})
		r, _ := f.Open()
		io.Copy(w, r)
	}
	out.Close()
	return bytes.Replace(b.Bytes(), []byte(at), append([]byte(at[:len(at)-1]), at[len(at)-1]+1), 1)
}

func TestHostilePartsAreReadInOneGo(t *testing.T) {
	for _, s := range []string{`<a b="` + strings.Repeat(">", 8<<20) + `"/>`, `<row><c t="str"><v>` + strings.Repeat("&", 8<<20) + `</v></c></row>`} {
		data := handmade("<worksheet><sheetData>" + s + "</sheetData></worksheet>")
		rows := 0
		_, err := form.ReadSheet(bytes.NewReader(data), int64(len(data)), form.Limits{}, "甲", func(int, []string) bool { rows++; return true })
		if rows > 0 || err != nil && fault.From(err) == nil {
			t.Errorf("%d rows, %v", rows, err)
		}
	}
}

func TestATextThatLooksLikeANumberStays(t *testing.T) {
	texts := []any{"0012", "1E3", "45.60", "990724199001011234", "-0", "NaN", "1_0", "+5", " 7 ", "2024-01-18T09:30:00", "1,000.00"}
	want := "1:0012|1E3|45.60|990724199001011234|-0|NaN|1_0|+5| 7 |2024-01-18T09:30:00|1,000.00"
	for _, format := range []int{0, 4, 10, 11, 14, 49} {
		data := workbook(t, excelize.Options{}, func(f *excelize.File) {
			f.SetSheetRow("Sheet1", "A1", &texts)
			style, _ := f.NewStyle(&excelize.Style{NumFmt: format, Font: &excelize.Font{Bold: true}})
			f.SetCellStyle("Sheet1", "A1", "K1", style)
			f.SetSheetRow("Sheet1", "A2", &[]any{1870.5, 0.018, 12345678901.23, 1e-7, 990724199001011234})
			f.SetCellStyle("Sheet1", "A2", "B2", style)
		})
		got, _ := read(t, data, "Sheet1")
		if len(got) != 2 || got[0] != want {
			t.Errorf("format %d: got %q, want %q", format, got, want)
		}
		if numbers := "|12345678901.23|0.0000001|9.90724199001011E+17"; !strings.HasSuffix(got[1], numbers) || format != 14 && got[1] != "2:1870.5|0.018"+numbers {
			t.Errorf("format %d: got %q", format, got[1])
		}
	}
}

func TestHiddenRowsAndGapsKeepTheirNumbers(t *testing.T) {
	got, found := read(t, handmade(`<worksheet><sheetData><row r="3" hidden="1"><c><v>1</v></c></row><row r="7"/><row r="9" hidden="true"><c><v>2</v></c></row>
	 <row><c><f>1+1</f></c><c><f>x</f><v></v></c><c t="str"><v>z</v></c></row></sheetData></worksheet>`), "甲")
	if want := []string{"3:1", "9:2", "10:||z"}; !slices.Equal(got, want) || found.HiddenRows != 2 || found.Uncomputed.N != 1 {
		t.Errorf("got %q, %+v", got, found)
	}
}

func TestSheetsAreReadAtTheSameTime(t *testing.T) {
	data := workbook(t, excelize.Options{}, func(f *excelize.File) {
		for _, s := range []string{"Sheet1", "二", "三"} {
			f.NewSheet(s)
			for i := 1; i < 200; i++ {
				f.SetSheetRow(s, fmt.Sprint("A", i), &[]any{s, i})
			}
		}
	})
	b, err := form.Open(bytes.NewReader(data), int64(len(data)), form.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	var all sync.WaitGroup
	for _, s := range b.Sheets() {
		all.Go(func() {
			n := 0
			if _, err := b.Read(s, func(row int, cells []string) bool { n++; return cells[0] == s }); err != nil || n != 199 {
				t.Errorf("%s: %d rows, %v", s, n, err)
			}
			if _, err := b.Merged(s); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
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
