package form_test

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"strconv"
	"strings"
	"testing"

	second "github.com/tealeg/xlsx"
	"pgregory.net/rapid"

	"ganlan/day"
	"ganlan/form"
	"ganlan/money"
)

const listForm = `form: list
title: 清单
layout: table
filter: true
unit: 单位：元、%
columns:
  - {title: 证件号码, field: id, kind: text, width: 20}
  - {title: 金额, field: fen, kind: money, total: true}
  - {title: 累计, field: days, kind: fendays}
  - {title: 万元, field: wan, kind: wan}
  - {title: 利率, field: rate, kind: rate}
  - {title: 日期, field: date, kind: date}
  - {title: 人数, field: n, kind: int}
`

func list(t rapid.TB) *form.Definition {
	d, faults := form.Load("list.yaml", []byte(listForm))
	if d == nil {
		t.Fatal(faults)
	}
	return d
}

// values are what the cells of a row hold, written by hand: in a csv, and as numbers of a sheet.
type values struct {
	cells []form.Cell
	text  []string
}

func drawn(t *rapid.T) values {
	id := rapid.StringMatching(`[=+\-@']?[0-9A-Z张䶮𠮷,"<&]{0,20}`).Draw(t, "id")
	fen := rapid.Int64Range(-1e13, 1e13).Draw(t, "fen")
	days := rapid.Int64Range(0, 1e14).Draw(t, "days")
	wan := rapid.Int64Range(0, 1e9).Draw(t, "wan") * 10_000
	rate := rapid.Int64Range(0, 36_000_000).Draw(t, "rate") // millionths of a per cent
	date := day.Of(1900, 3, 1) + day.Date(rapid.IntRange(0, 60_000).Draw(t, "date"))
	n := rapid.Int64Range(-1e14, 1e14).Draw(t, "n")
	return values{
		[]form.Cell{form.OfText(id), form.OfFen(money.Fen(fen)), form.OfFenDays(days), form.OfFen(money.Fen(wan)),
			form.OfRate(money.NewRate(rate, 100_000_000)), form.OfDate(date), form.OfInt(n)},
		[]string{form.Harmless(id), fmt.Sprintf("%s%d.%02d", minus(fen), abs(fen)/100, abs(fen)%100), fmt.Sprintf("%d.%02d", days/100, days%100),
			fmt.Sprintf("%d.%02d", wan/1_000_000, wan/10_000%100), trimmed(fmt.Sprintf("%d.%06d", rate/1_000_000, rate%1_000_000)), date.String(), fmt.Sprint(n)},
	}
}

func minus(n int64) string {
	if n < 0 {
		return "-"
	}
	return ""
}

func abs(n int64) int64 {
	if n < 0 {
		return -n
	}
	return n
}

// trimmed is a decimal without zeros at its end.
func trimmed(s string) string {
	if !strings.Contains(s, ".") {
		return s
	}
	return strings.TrimRight(strings.TrimRight(s, "0"), ".")
}

func TestWhatIsWrittenIsReadAsTheSameValuesByBothReadersAndAsText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d, want := list(t), rapid.SliceOfN(rapid.Custom(drawn), 1, 5).Draw(t, "rows")
		rows := func() form.Rows {
			i := -1
			return form.Rows{Count: len(want), Next: func(dst []form.Cell) bool {
				if i++; i == len(want) {
					return false
				}
				copy(dst, want[i].cells)
				return true
			}}
		}
		var sheet, text bytes.Buffer
		if err := form.Write(&sheet, d, rows(), form.Meta{At: "2026-01-05 09:30:00"}); err != nil {
			t.Fatal(err)
		}
		if err := form.WriteText(&text, d, rows(), func(s string) ([]byte, error) { return []byte(s), nil }); err != nil {
			t.Fatal(err)
		}
		lines, err := csv.NewReader(&text).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		other, err := second.OpenBinary(sheet.Bytes())
		if err != nil {
			t.Fatal(err)
		}
		first := map[int][]string{}
		if _, err := form.ReadSheet(bytes.NewReader(sheet.Bytes()), int64(sheet.Len()), form.Limits{}, "清单", func(row int, cells []string) bool {
			first[row] = append([]string{}, cells...)
			return true
		}); err != nil {
			t.Fatal(err)
		}
		for i, w := range want {
			for c := range w.text {
				by := other.Sheets[0].Cell(3+i, c)
				see(t, "the csv", lines[1+i][c], w.text[c], c)
				see(t, "the first reader", at(first[4+i], c), w.text[c], c)
				see(t, "the second reader", secondText(t, by, c), w.text[c], c)
			}
		}
	})
}

func at(cells []string, i int) string {
	if i < len(cells) {
		return cells[i]
	}
	return ""
}

// see compares texts; numbers by their shortest decimals.
func see(t *rapid.T, who, got, want string, column int) {
	if column != 0 && column != 5 {
		got, want = trimmed(got), trimmed(want)
	}
	if got != want {
		t.Fatalf("column %d: %s reads %q, want %q", column, who, got, want)
	}
}

// secondText is a cell's value by the second reader: a day as such, else what the file holds.
func secondText(t *rapid.T, c *second.Cell, column int) string {
	if column == 5 {
		d, err := c.GetTime(false)
		if err != nil {
			t.Fatal(err)
		}
		return d.Format("2006-01-02")
	}
	if column == 0 {
		return c.Value
	}
	if c.Type() != second.CellTypeNumeric {
		return c.Value
	}
	x, err := c.Float()
	if err != nil {
		t.Fatal(err)
	}
	return strconv.FormatFloat(x, 'f', -1, 64)
}

func TestG1AListHasTextsNumbersAndDaysAHeaderThatStaysFiltersAndPaper(t *testing.T) {
	d := list(t)
	var b bytes.Buffer
	row := d.One(map[string]form.Cell{"id": form.OfText("990724199001011234"), "fen": form.OfFen(187050), "days": form.OfFenDays(3660000010),
		"wan": form.OfFen(1234567), "rate": form.OfRate(money.Percent(3)), "date": form.OfDate(day.Of(2024, 1, 18)), "n": form.OfInt(7)})
	if err := form.Write(&b, d, row, form.Meta{At: "2026-01-05 09:30:00"}); err != nil {
		t.Fatal(err)
	}
	f, err := second.OpenBinary(b.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	s := f.Sheets[0]
	if got := grid(s); got != "清单\n单位：元、%\n证件号码|金额|累计|万元|利率|日期|人数\n990724199001011234|1870.5|36600000.1|1.23|3|45309|7\n合计|1870.5\n制表时间：2026-01-05 09:30:00" {
		t.Errorf("got\n%s", got)
	}
	for i, want := range []struct {
		kind   second.CellType
		format string
	}{{second.CellTypeInline, "@"}, {second.CellTypeNumeric, "#,##0.00"}, {second.CellTypeNumeric, "#,##0.00"}, {second.CellTypeNumeric, "#,##0.00"},
		{second.CellTypeNumeric, "0.00####"}, {second.CellTypeNumeric, "yyyy-mm-dd"}, {second.CellTypeNumeric, "0"}} {
		if c := s.Cell(3, i); c.Type() != want.kind || c.NumFmt != want.format {
			t.Errorf("column %d is of type %v, format %q", i, c.Type(), c.NumFmt)
		}
	}
	if p := s.SheetViews[0].Pane; p == nil || p.YSplit != 3 || p.State != "frozen" {
		t.Errorf("pane %+v", p)
	}
	text := part(t, b.Bytes(), "xl/worksheets/sheet1.xml", nil)
	for _, want := range []string{`<autoFilter ref="$A$3:$G$4"`, `fitToPage="true"`, `paperSize="9"`, `orientation="landscape"`, `<dimension ref="A1:G6"`} {
		if !strings.Contains(text, want) {
			t.Errorf("the sheet lacks %s", want)
		}
	}
	book := part(t, b.Bytes(), "xl/workbook.xml", nil)
	for _, want := range []string{"_xlnm.Print_Area", "$A$1:$G$6", "_xlnm.Print_Titles", "$3:$3"} {
		if !strings.Contains(book, want) {
			t.Errorf("the workbook lacks %s", want)
		}
	}
}
