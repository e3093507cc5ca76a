package bankfile

import (
	"bytes"
	"encoding/binary"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"golang.org/x/text/encoding/simplifiedchinese"
	"pgregory.net/rapid"

	"ganlan/form"
)

func gbk(t testing.TB, s string) string {
	t.Helper()
	out, err := simplifiedchinese.GBK.NewEncoder().String(s)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func utf16le(s string) string {
	var b bytes.Buffer
	_ = binary.Write(&b, binary.LittleEndian, utf16.Encode([]rune("\ufeff"+s)))
	return b.String()
}

func utf16be(s string) string {
	var b bytes.Buffer
	_ = binary.Write(&b, binary.BigEndian, utf16.Encode([]rune("\ufeff"+s)))
	return b.String()
}

// workbook is a table as a workbook, every cell a text.
func workbook(t testing.TB, rows [][]string) string {
	t.Helper()
	var b bytes.Buffer
	if err := form.WriteTable(&b, "表一", rows[0], rows[1:]); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// outfits are the ways in which the same table may come.
func outfits(t testing.TB) map[string]func([][]string) string {
	comma := func(rows [][]string) string { return lay(rows, ",", "\n") }
	return map[string]func([][]string) string{
		"UTF-8":                       comma,
		"UTF-8 with a mark":           func(r [][]string) string { return "\ufeff" + comma(r) },
		"GBK":                         func(r [][]string) string { return gbk(t, comma(r)) },
		"GB18030":                     func(r [][]string) string { return gb18030(t, comma(r)) },
		"UTF-16LE":                    func(r [][]string) string { return utf16le(comma(r)) },
		"UTF-16LE without a mark":     func(r [][]string) string { return utf16le(comma(r))[2:] },
		"UTF-16BE":                    func(r [][]string) string { return utf16be(comma(r)) },
		"UTF-16LE with tabs":          func(r [][]string) string { return utf16le(lay(r, "\t", "\r\n")) },
		"CR LF":                       func(r [][]string) string { return lay(r, ",", "\r\n") },
		"CR only":                     func(r [][]string) string { return lay(r, ",", "\r") },
		"GBK, CR only":                func(r [][]string) string { return gbk(t, lay(r, ",", "\r")) },
		"no line end at the end":      func(r [][]string) string { return strings.TrimSuffix(comma(r), "\n") },
		"tabs":                        func(r [][]string) string { return lay(r, "\t", "\n") },
		"semicolons":                  func(r [][]string) string { return lay(r, ";", "\n") },
		"bars":                        func(r [][]string) string { return lay(r, "|", "\n") },
		"all fields in quotes":        func(r [][]string) string { return quotedAll(r) },
		"Ctrl-Z at the end":           func(r [][]string) string { return comma(r) + "\x1a" },
		"a separator behind each row": func(r [][]string) string { return strings.ReplaceAll(comma(r), "\n", ",\n") },
		"blank rows":                  func(r [][]string) string { return strings.ReplaceAll(comma(r), "\n", "\n\n ,,\n") },
		"a workbook":                  func(r [][]string) string { return workbook(t, r) },
		"a title, a unit line and signatures": func(r [][]string) string {
			return "虚构农村商业银行放款明细表,,,\n单位：元,,,\n" + comma(r) + "\n制表人：王某,,审核人：李某\n"
		},
		"spaces and apostrophes around the fields": func(r [][]string) string {
			return comma(changed(r, func(s string) string {
				if s == "" {
					return s
				}
				return "'" + s + "\t"
			}))
		},
	}
}

func quotedAll(rows [][]string) string {
	var b strings.Builder
	for _, r := range rows {
		b.WriteString(`"` + strings.Join(r, `","`) + `"` + "\n")
	}
	return b.String()
}

// changed changes the cells below the header.
func changed(rows [][]string, do func(string) string) [][]string {
	out := slices.Clone(rows)
	for i := 1; i < len(out); i++ {
		out[i] = slices.Clone(out[i])
		for j := range out[i] {
			out[i][j] = do(out[i][j])
		}
	}
	return out
}

func TestHowAFileIsWrittenDoesNotChangeItsRecords(t *testing.T) {
	p, want := profile(t), readSet(t, profile(t), small(), Options{})
	for name, dress := range outfits(t) {
		t.Run(name, func(t *testing.T) {
			set := files{}
			for kind, text := range small() {
				set[kind] = dress(rows(text))
			}
			expectSame(t, readSet(t, p, set, Options{}), want)
		})
		for kind, text := range small() {
			t.Run("only "+string(kind)+" in "+name, func(t *testing.T) {
				set := small()
				set[kind] = dress(rows(text))
				expectSame(t, readSet(t, p, set, Options{}), want)
			})
		}
	}
}

func TestAnUnusualSeparatorIsNamed(t *testing.T) {
	p, want := profile(t), readSet(t, profile(t), small(), Options{})
	for _, sep := range []string{"|!", "||", "^", "、"} {
		set := files{}
		for kind, text := range small() {
			set[kind] = lay(rows(text), sep, "\r\n")
		}
		expectSame(t, readSet(t, p, set, Options{Separator: sep}), want)
	}
	set := files{}
	for kind, text := range small() {
		set[kind] = gbk(t, lay(rows(text), "|!", "\n"))
	}
	expectSame(t, readSet(t, p, set, Options{Separator: "|!"}), want)
	set[Contracts] = lay(rows(small()[Contracts]), "|!", "\n")
	if got := readSet(t, p, set, Options{}); got.faults.Err() == nil {
		t.Error("a separator that was not named is guessed")
	}
}

// awkward are texts that names may hold.
var awkward = []string{"", "林溪", "迪丽热巴·买买提", `a"b`, `"全引号公司"`, `"`, "a,b", "多\n行", " 空 格 ", "𠮷野", "公司;某|乙", "end\"", "a''b", "x\"\"y", "公司（浙江）"}

func TestOrderOfRowsAndColumnsAndDressDoNotChangeTheRecords(t *testing.T) {
	p := profile(t)
	dress := map[string]func([][]string) string{
		"comma": func(r [][]string) string { return lay(r, ",", "\n") }, "tab": func(r [][]string) string { return lay(r, "\t", "\r\n") },
		"bar": func(r [][]string) string { return lay(r, "|", "\n") }, "utf-16": func(r [][]string) string { return utf16le(lay(r, ";", "\n")) },
		"gb18030": func(r [][]string) string { return gb18030(t, lay(r, ",", "\r\n")) }, "unmarked utf-16": func(r [][]string) string { return utf16le(lay(r, "\t", "\r\n"))[2:] },
		"cr": func(r [][]string) string { return lay(r, ",", "\r") }, "hand-written workbook": func(r [][]string) string { return (&rawBook{}).sheet("x", rawTexts(r), "").bytes(t) },
		"mark": func(r [][]string) string { return "\ufeff" + lay(r, ",", "\r\n") }, "workbook": func(r [][]string) string { return workbook(t, r) },
	}
	rapid.Check(t, func(rt *rapid.T) {
		base := map[Kind][][]string{}
		for kind, text := range small() {
			base[kind] = rows(text)
		}
		for _, r := range base[Contracts][1:] {
			r[4] = rapid.SampledFrom(awkward).Draw(rt, "name")
		}
		plain, other := files{}, files{}
		for _, kind := range []Kind{Contracts, Ledger, Notes, Fees} {
			plain[kind] = lay(base[kind], ",", "\n")
			mixed := append([][]string{base[kind][0]}, rapid.Permutation(base[kind][1:]).Draw(rt, "rows")...)
			names := []string{"comma", "tab", "bar", "utf-16", "mark", "workbook", "gb18030", "unmarked utf-16", "cr", "hand-written workbook"}
			other[kind] = dress[rapid.SampledFrom(names).Draw(rt, "dress")](columnsIn(mixed, rapid.Permutation(indexes(mixed[0])).Draw(rt, "columns")))
		}
		want, got := readSet(t, p, plain, Options{}), readSet(t, p, other, Options{})
		if says(want.faults) != "" || says(got.faults) != "" || !slices.Equal(squeezed(want.records), squeezed(got.records)) {
			rt.Fatalf("%s\n%s\n got %q\nwant %q", says(want.faults), says(got.faults), got.records, want.records)
		}
	})
}

// rawTexts is a sheet of texts in its cells.
func rawTexts(rows [][]string) string {
	escaped := strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")
	out := make([][]string, len(rows))
	for i, r := range rows {
		for _, s := range r {
			if s != "" {
				s = inline(escaped.Replace(s))
			}
			out[i] = append(out[i], s)
		}
	}
	return oneSheet(out)
}

// squeezed takes a line break inside a cell for a space, as readers of such files do.
func squeezed(records []string) (out []string) {
	for _, r := range records {
		out = append(out, strings.ReplaceAll(r, "多\n行", "多 行"))
	}
	return out
}

func indexes(r []string) (out []int) {
	for i := range r {
		out = append(out, i)
	}
	return out
}

func columnsIn(rows [][]string, order []int) (out [][]string) {
	for _, r := range rows {
		var x []string
		for _, i := range order {
			x = append(x, r[i])
		}
		out = append(out, x)
	}
	return out
}
