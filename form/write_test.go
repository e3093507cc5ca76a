package form_test

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"io"
	"reflect"
	"strings"
	"testing"

	"ganlan/day"
	"ganlan/form"
	"ganlan/money"
)

// What follows reads a workbook with nothing but the standard library, so that a mistake shared by writer and reader shows.

type xmlCell struct {
	R  string  `xml:"r,attr"`
	S  int     `xml:"s,attr"`
	T  string  `xml:"t,attr"`
	F  string  `xml:"f"`
	V  string  `xml:"v"`
	IS *string `xml:"is>t"`
}

type xmlSheet struct {
	Fit struct {
		FitToPage string `xml:"fitToPage,attr"`
	} `xml:"sheetPr>pageSetUpPr"`
	Dimension struct {
		Ref string `xml:"ref,attr"`
	} `xml:"dimension"`
	Pane struct {
		YSplit string `xml:"ySplit,attr"`
		State  string `xml:"state,attr"`
	} `xml:"sheetViews>sheetView>pane"`
	Rows []struct {
		R     int       `xml:"r,attr"`
		Cells []xmlCell `xml:"c"`
	} `xml:"sheetData>row"`
	Merged []struct {
		Ref string `xml:"ref,attr"`
	} `xml:"mergeCells>mergeCell"`
	Page struct {
		PaperSize   string `xml:"paperSize,attr"`
		Orientation string `xml:"orientation,attr"`
		FitToWidth  string `xml:"fitToWidth,attr"`
		FitToHeight string `xml:"fitToHeight,attr"`
	} `xml:"pageSetup"`
}

type xmlStyles struct {
	Formats []struct {
		ID   int    `xml:"numFmtId,attr"`
		Code string `xml:"formatCode,attr"`
	} `xml:"numFmts>numFmt"`
	Cells []struct {
		NumFmt int `xml:"numFmtId,attr"`
	} `xml:"cellXfs>xf"`
}

type xmlBook struct {
	Names []struct {
		Name string `xml:"name,attr"`
		Text string `xml:",chardata"`
	} `xml:"definedNames>definedName"`
}

func part(t *testing.T, data []byte, name string, into any) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	r, err := z.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	if into != nil {
		if err := xml.Unmarshal(text, into); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
	}
	return string(text)
}

func (s xmlSheet) at(ref string) (c xmlCell) {
	for _, r := range s.Rows {
		for _, c := range r.Cells {
			if c.R == ref {
				return c
			}
		}
	}
	return c
}

func (c xmlCell) text() string {
	if c.IS != nil {
		return *c.IS
	}
	return c.V
}

func TestAnnex1IsTheSheetThatAnOfficeExpects(t *testing.T) {
	data := write(t, load(t, "annex1"), loans(3), meta)
	var s xmlSheet
	var st xmlStyles
	var b xmlBook
	part(t, data, "xl/worksheets/sheet1.xml", &s)
	part(t, data, "xl/styles.xml", &st)
	part(t, data, "xl/workbook.xml", &b)

	if s.Dimension.Ref != "A1:Q8" || len(s.Rows) != 8 || s.Rows[7].R != 8 {
		t.Errorf("size %s, %d rows; want A1:Q8 and 8", s.Dimension.Ref, len(s.Rows))
	}
	if s.Pane.YSplit != "3" || s.Pane.State != "frozen" {
		t.Errorf("the header is not frozen: %+v", s.Pane)
	}
	if s.Page.PaperSize != "9" || s.Page.Orientation != "landscape" || s.Page.FitToWidth != "1" || s.Page.FitToHeight != "0" || s.Fit.FitToPage != "true" && s.Fit.FitToPage != "1" {
		t.Errorf("page %+v %+v", s.Page, s.Fit)
	}
	names := map[string]string{}
	for _, n := range b.Names {
		names[n.Name] = n.Text
	}
	if want := map[string]string{"_xlnm.Print_Titles": "'附件1'!$3:$3", "_xlnm.Print_Area": "'附件1'!$A$1:$Q$8"}; !reflect.DeepEqual(names, want) {
		t.Errorf("names %v, want %v", names, want)
	}
	format := func(c xmlCell) string {
		id := st.Cells[c.S].NumFmt
		for _, f := range st.Formats {
			if f.ID == id {
				return f.Code
			}
		}
		return map[int]string{1: "0", 4: "#,##0.00", 49: "@"}[id]
	}
	for _, c := range []struct{ ref, kind, text, formula, format string }{
		{"A1", "inlineStr", "财金助力扩中家庭项目贷款投放明细表", "", "@"},
		{"A2", "inlineStr", "单位：元、%、元·天", "", "@"},
		{"P3", "inlineStr", "每日贷款余额累计", "", "@"},
		{"E4", "inlineStr", "990724199001011234", "", "@"},
		{"J4", "", "3.65", "", "0.00####"},
		{"L4", "", "45309", "", "yyyy-mm-dd"},
		{"N5", "", "100000.01", "", "#,##0.00"},
		{"P4", "", "36600000.1", "", "#,##0.00"},
		{"A7", "inlineStr", "合计", "", "@"},
		{"N7", "", "300000.03", "SUM(N4:N6)", "#,##0.00"},
		{"Q7", "", "5490.54", "SUM(Q4:Q6)", "#,##0.00"},
		{"A8", "inlineStr", "制表时间：2024-03-01 09:30    校验码 7F3A-22C1", "", "@"},
	} {
		got := s.at(c.ref)
		if got.T != c.kind || got.text() != c.text || got.F != c.formula || format(got) != c.format {
			t.Errorf("%s: type %q %q formula %q format %q; want %+v", c.ref, got.T, got.text(), got.F, format(got), c)
		}
	}
	if len(s.Merged) != 3 || s.Merged[0].Ref != "A1:Q1" {
		t.Errorf("merged %v", s.Merged)
	}
}

func TestAnnex2IsDrawnWithItsBlocks(t *testing.T) {
	d := load(t, "annex2")
	data := write(t, d, summary(d), meta)
	var s xmlSheet
	part(t, data, "xl/worksheets/sheet1.xml", &s)
	for ref, want := range map[string]string{"A2": "（2024年度）", "A3": "经办银行：东阳农商银行", "C4": "12345.68", "C5": "3.65", "C6": "1870.5",
		"B7": "负责人：李四    联系电话：0579-86000000", "D8": "部门3：", "B9": "（加盖公章）", "A11": "注：当地涉及多个部门审核的，应分别加盖公章。"} {
		if got := s.at(ref).text(); got != want {
			t.Errorf("%s is %q, want %q", ref, got, want)
		}
	}
	var merged []string
	for _, m := range s.Merged {
		merged = append(merged, m.Ref)
	}
	want := "A1:D1 A2:D2 A3:D3 A4:A7 C4:D4 C5:D5 C6:D6 B7:C7 A8:A9 B10:D10 A11:D11 A12:D12"
	if strings.Join(merged, " ") != want || s.Dimension.Ref != "A1:D12" || len(s.Rows) != 12 {
		t.Errorf("merged %v, size %s", merged, s.Dimension.Ref)
	}
}

func one(t *testing.T, columns string, cells ...form.Cell) xmlSheet {
	t.Helper()
	d, faults := form.Load("x.yaml", []byte("form: x\ntitle: 表\nlayout: table\ncolumns:\n"+columns))
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	done := false
	data := write(t, d, form.Rows{Count: 1, Next: func(dst []form.Cell) bool {
		copy(dst, cells)
		first := !done
		done = true
		return first
	}}, form.Meta{})
	var s xmlSheet
	part(t, data, "xl/worksheets/sheet1.xml", &s)
	return s
}

func TestANameThatLooksLikeAFormulaIsMadeHarmless(t *testing.T) {
	for text, want := range map[string]string{"=1+1": "'=1+1", "+86": "'+86", "-": "'-", "@x": "'@x", "\tx": "'\tx", "张三": "张三", "a=b": "a=b", " 张 ": " 张 "} {
		if got := one(t, "  - {title: a, field: a, kind: text}\n", form.OfText(text)).at("A3"); got.T != "inlineStr" || got.text() != want {
			t.Errorf("%q is written %q as %s, want %q", text, got.text(), got.T, want)
		}
	}
}

func TestAnAmountTooLongForASheetIsWrittenAsTextAndNotAdded(t *testing.T) {
	s := one(t, "  - {title: a, field: a, kind: money, total: true}\n", form.OfFen(1_234_567_890_123_456))
	if c := s.at("A3"); c.T != "inlineStr" || c.text() != "12345678901234.56" {
		t.Errorf("value %+v", c)
	}
	if c := s.at("A4"); c.F != "" || c.text() != "12345678901234.56" {
		t.Errorf("total %+v", c)
	}
}

func TestEachKindIsWrittenAsItsNumber(t *testing.T) {
	columns := `
  - {title: a, field: a, kind: wan}
  - {title: b, field: b, kind: rate}
  - {title: c, field: c, kind: int}
  - {title: d, field: d, kind: date}
  - {title: e, field: e, kind: date}
  - {title: f, field: f, kind: text}
  - {title: g, field: g, kind: money}
`
	s := one(t, columns, form.OfFen(1_235_000), form.OfRate(money.NewRate(1, 3)), form.OfInt(7), form.OfDate(day.None),
		form.OfDate(day.Of(1899, 1, 1)), form.OfInt(12), form.OfText("见附件"))
	for ref, want := range map[string]string{"A3": "1.24", "B3": "33.333333", "C3": "7", "D3": "", "E3": "1899-01-01", "F3": "12", "G3": "见附件"} {
		if got := s.at(ref).text(); got != want {
			t.Errorf("%s is %q, want %q", ref, got, want)
		}
	}
}

func TestRowsMustBeAsManyAsAnnounced(t *testing.T) {
	for _, n := range []int{2, 4} {
		rows := loans(3)
		rows.Count = n
		if err := form.Write(io.Discard, load(t, "annex1"), rows, meta); err == nil {
			t.Errorf("%d announced, 3 given: no error", n)
		}
	}
}

func TestAValueOfTheWrongKindIsAnError(t *testing.T) {
	d, _ := form.Load("x.yaml", []byte(small))
	rows := form.Rows{Count: 1, Next: func(dst []form.Cell) bool { dst[0] = form.OfRate(money.Whole); return true }}
	if err := form.Write(io.Discard, d, rows, form.Meta{}); err == nil || !strings.Contains(err.Error(), "金额") {
		t.Errorf("a rate in a money column: %v", err)
	}
}

func TestWritingTwiceGivesTheSameBytesAndNamesNobody(t *testing.T) {
	for name, rows := range map[string]func() form.Rows{"annex1": func() form.Rows { return loans(500) }, "annex2": func() form.Rows { return summary(load(t, "annex2")) }} {
		d := load(t, name)
		a, b := write(t, d, rows(), meta), write(t, d, rows(), meta)
		if !bytes.Equal(a, b) {
			t.Errorf("%s differs between runs", name)
		}
		if core := part(t, a, "docProps/core.xml", nil); strings.Contains(core, "xuri") || !strings.Contains(core, "1980-01-01") {
			t.Errorf("%s: %s", name, core)
		}
	}
}
