package form

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"ganlan/money"
)

// The library formats a number as strconv does with the shortest digits; this is what must come out exact.
func TestEveryAmountBelowTenMillionMillionYuanSurvivesTheSheet(t *testing.T) {
	check := func(n, div int64) {
		v, ok := exact(n, div)
		if !ok {
			t.Fatalf("%d has no number", n)
		}
		got := fmt.Sprint(v)
		if x, isFloat := v.(float64); isFloat {
			got = strconv.FormatFloat(x, 'f', -1, 64)
		}
		want := strings.TrimRight(strings.TrimRight(money.Fen(n).String(), "0"), ".")
		if div == 100 && got != want {
			t.Fatalf("%d fen is written %s, want %s", n, got, want)
		}
		if back, err := money.ParseUnit(got, money.Fen(div)); err != nil || int64(back) != n {
			t.Fatalf("%d/%d is written %s, read back %d: %v", n, div, got, back, err)
		}
	}
	for i := range int64(100_000) {
		check(i, 100)
		check(exactBelow-1-i, 100)
		check(-i*7919, 100)
	}
	r := rand.New(rand.NewPCG(1, 2))
	for range 2_000_000 {
		n := r.Int64N(exactBelow)
		check(n>>r.IntN(49), 100)
	}
	for range 200_000 {
		check(r.Int64N(exactBelow), 1_000_000)
	}
}

func counted(n int) Rows {
	i := int64(0)
	return Rows{n, func(dst []Cell) bool {
		i++
		dst[0], dst[1] = OfText("r"+strconv.FormatInt(i, 10)), OfFen(money.Fen(i))
		return i <= int64(n)
	}}
}

var two = &Definition{Form: "x", Title: "长表", Layout: Table, Columns: []Column{{Title: "名", Field: Field{Name: "a"}, Kind: Text},
	{Title: "额", Field: Field{Name: "b"}, Kind: Money, Total: true}}}

func TestALongTableGoesOnOnFurtherSheetsAndIsAddedOnce(t *testing.T) {
	var first []byte
	for range 5 {
		var b bytes.Buffer
		if err := write(&b, two, counted(25), Meta{At: "now"}, 10); err != nil {
			t.Fatal(err)
		}
		if first == nil {
			first = b.Bytes()
		}
		if !bytes.Equal(first, b.Bytes()) {
			t.Fatal("several sheets differ between runs")
		}
	}
	book, err := Open(bytes.NewReader(first), int64(len(first)), Limits{})
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	if got := book.Sheets(); !slices.Equal(got, []string{"长表", "长表(2)", "长表(3)"}) {
		t.Fatalf("sheets %v", got)
	}
	var all []string
	for _, s := range book.Sheets() {
		if _, err := book.Read(s, func(row int, cells []string) bool {
			all = append(all, strings.Join(cells, "|"))
			return true
		}); err != nil {
			t.Fatal(err)
		}
	}
	if len(all) != 3*2+25+2 || all[2] != "r1|0.01" || all[14] != "r11|0.11" || all[31] != "合计|3.25" {
		t.Errorf("rows %q", all)
	}
}

func TestTheSizeOfASheetWithoutRowsIsItsHeadAndTotal(t *testing.T) {
	var b bytes.Buffer
	if err := Write(&b, two, counted(0), Meta{}); err != nil {
		t.Fatal(err)
	}
	var all []string
	if _, err := ReadSheet(bytes.NewReader(b.Bytes()), int64(b.Len()), Limits{}, "长表", func(row int, cells []string) bool {
		all = append(all, fmt.Sprint(row, cells))
		return true
	}); err != nil {
		t.Fatal(err)
	}
	if want := []string{"1 [长表]", "2 [名 额]", "3 [合计 0]"}; !slices.Equal(all, want) {
		t.Errorf("got %q", all)
	}
}

func TestNumbersLoseTheirNoiseAndNothingElse(t *testing.T) {
	for raw, want := range map[string]string{
		"45.6000000001": "45.6", "45.600000000000001": "45.6", "45.60": "45.6", "45.6": "45.6", "1870.5": "1870.5", "100": "100",
		"3.6499999999999999": "3.65", "0.018": "0.018", "0.00005": "0.00005", "0.0000001": "0.0000001", "-0": "0", "0": "0", "0.1": "0.1",
		"1E3": "1000", "1.2345E-2": "0.012345", "12345678901.230001": "12345678901.23", "9999999999999.99": "9999999999999.99",
		"9.90724199001011E+17": "9.90724199001011E+17", "990724199001011234": "990724199001011234", "0012": "12", "-45.60": "-45.6",
		"3.654321": "3.654321", "abc": "abc", "NaN": "NaN", "1e999": "1e999",
	} {
		if got := number(raw); got != want {
			t.Errorf("%s is read %s, want %s", raw, got, want)
		}
	}
}

func TestDateFormatsAreToldFromOtherFormats(t *testing.T) {
	for code, want := range map[string]bool{
		"yyyy-mm-dd": true, "yyyy/m/d;@": true, `yyyy"年"m"月"d"日"`: true, "[$-804]yyyy\\-mm\\-dd": true, "m/d": true, "mmm": true,
		"h:mm:ss": false, "mm:ss": false, "General": false, "0.00": false, "#,##0.00": false, `0"day"`: false, "[Red]0.00": false,
		`"d"0`: false, "@": false, "yyyy-mm-dd hh:mm": true, "0.00_ ;[Red]-0.00 ": false, `#,##0"元/day"`: false,
	} {
		if got := dateFormat(code); got != want {
			t.Errorf("%s is a date: %v, want %v", code, got, want)
		}
	}
}

func TestNamesOfCellsAndSheets(t *testing.T) {
	for n, want := range map[int]string{1: "A", 26: "Z", 27: "AA", 702: "ZZ", 703: "AAA", 16384: "XFD"} {
		if got := columnName(n); got != want {
			t.Errorf("column %d is %s, want %s", n, got, want)
		}
	}
	if got := sheetName("a/b'c", 1); got != "a_b_c" {
		t.Errorf("sheet name %s", got)
	}
	if got := sheetName(strings.Repeat("长", 40), 12); len([]rune(got)) != 31 || !strings.HasSuffix(got, "(12)") {
		t.Errorf("sheet name %s", got)
	}
}
