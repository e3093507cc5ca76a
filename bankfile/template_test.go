package bankfile

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"ganlan/form"
)

// templateRows are the rows of a template's first sheet as a reader sees them.
func templateRows(t *testing.T, kind Kind) [][]string {
	t.Helper()
	var buf bytes.Buffer
	if err := form.WriteTemplate(&buf, profile(t).Template(kind)); err != nil {
		t.Fatal(err)
	}
	book, err := form.Open(bytes.NewReader(buf.Bytes()), int64(buf.Len()), form.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	var rows [][]string
	if _, err := book.Read(book.Sheets()[0], func(_ int, cells []string) bool {
		rows = append(rows, slices.Clone(cells))
		return true
	}); err != nil {
		t.Fatal(err)
	}
	return rows
}

func TestATemplatesColumnsAreAllReadAndItsExampleIsNot(t *testing.T) {
	p := profile(t)
	for _, kind := range Kinds() {
		rows := templateRows(t, kind)
		s := schemas[kind]
		if len(rows) != 2 || len(rows[0]) != len(s.keys()) {
			t.Fatalf("%s: %q", kind, rows)
		}
		for i, key := range s.keys() {
			if got := p.columns[kind][plainName(rows[0][i])]; got != key {
				t.Errorf("%s: %q is read as %q, want %q (G5)", kind, rows[0][i], got, key)
			}
			if star := strings.HasPrefix(rows[0][i], "*"); star != slices.Contains(s.need, key) {
				t.Errorf("%s: %q, a star stands before what is needed", kind, rows[0][i])
			}
		}
		if !p.isFooter(rows[1]) || !p.isFooter([]string{rows[1][slices.Index(s.keys(), s.key)]}) {
			t.Errorf("%s: the example row %q would be read", kind, rows[1])
		}
	}
}

func TestAFilledTemplateIsReadWithoutItsExample(t *testing.T) {
	rows := templateRows(t, List)
	text := strings.Join(rows[0], ",") + "\n" + strings.Join(rows[1], ",") + "\nJT01,2024-01-01,\n"
	f, faults := profile(t).Open(Input{Name: "list.csv", Data: strings.NewReader(text), Size: int64(len(text))}, List, Options{Sort: sortedLines})
	if faults.Err() != nil {
		t.Fatal(faults)
	}
	defer f.Close()
	list, faults := f.ReadList()
	if faults.Err() != nil || list.Households() != 1 {
		t.Errorf("%v, %v", list, faults)
	}
}

func TestEveryCodedColumnOffersItsWords(t *testing.T) {
	for kind, want := range map[Kind]map[string]string{Contracts: {"合同状态": "正常", "贷款用途": "生产经营", "证件类型": "居民身份证", "已享受其他贴息": "是"},
		Ledger: {"类型": "放款"}} {
		for _, c := range profile(t).Template(kind).Columns {
			if w, ok := want[c.Title]; ok && !slices.Contains(c.Choices, w) {
				t.Errorf("%s offers %v, want %s among them", c.Title, c.Choices, w)
			}
		}
	}
}
