package calc

import (
	"bytes"
	"encoding/csv"
	"io"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"ganlan/bankfile"
	"ganlan/fault"
	"ganlan/form"
	"ganlan/internal/sample"
	"ganlan/money"
	"ganlan/subsidy"
)

// tables are the files of an invented county as rows, the header first.
type tables map[bankfile.Kind][][]string

func smallCounty(t testing.TB, n int) tables {
	out := tables{}
	for _, table := range sample.New(7, n, 0).Plain() {
		var b bytes.Buffer
		if err := sample.Write(&b, table); err != nil {
			t.Fatal(err)
		}
		rows, err := csv.NewReader(&b).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		out[bankfile.Kind(table.Name)] = rows
	}
	return out
}

func (x tables) clone() tables {
	out := tables{}
	for kind, rows := range x {
		for _, row := range rows {
			out[kind] = append(out[kind], slices.Clone(row))
		}
	}
	return out
}

// inputs are the files as texts or workbooks.
func (x tables) inputs(t rapid.TB, ending string) Inputs {
	in := Inputs{}
	places := in.places()
	for kind, rows := range x {
		*places[kind] = fileOf(t, string(kind)+ending, rows)
	}
	return in
}

func fileOf(t rapid.TB, name string, rows [][]string) *bankfile.Input {
	var b bytes.Buffer
	if strings.HasSuffix(name, ".xlsx") {
		if err := form.WriteTable(&b, "表", rows[0], rows[1:]); err != nil {
			t.Fatal(err)
		}
	} else if err := csv.NewWriter(&b).WriteAll(rows); err != nil {
		t.Fatal(err)
	}
	return &bankfile.Input{Name: name, Data: bytes.NewReader(b.Bytes()), Size: int64(b.Len())}
}

// kept are the files that were written.
type kept map[string][]byte

func (k kept) keep(name string, write func(io.Writer) error) (*bankfile.Input, error) {
	var b bytes.Buffer
	if err := write(&b); err != nil {
		return nil, err
	}
	k[name] = b.Bytes()
	return &bankfile.Input{Name: name, Data: bytes.NewReader(b.Bytes()), Size: int64(b.Len())}, nil
}

// rowsOf are the rows of a file below its header, read by nothing but the readers of the formats.
func rowsOf(t rapid.TB, name string, data []byte) (rows [][]string) {
	if strings.HasSuffix(name, ".xlsx") {
		_, err := form.ReadSheet(bytes.NewReader(data), int64(len(data)), form.Limits{}, "表", func(_ int, cells []string) bool {
			rows = append(rows, slices.Clone(cells))
			return true
		})
		if err != nil {
			t.Fatal(err)
		}
	} else {
		r := csv.NewReader(bytes.NewReader(data))
		r.FieldsPerRecord = -1
		var err error
		if rows, err = r.ReadAll(); err != nil {
			t.Fatal(err)
		}
	}
	return rows[1:]
}

// spoil is a cell made wrong in a way that no reader can take for right.
type spoil struct {
	kind   bankfile.Kind
	column string
	value  string
}

var spoils = []spoil{
	{"contracts", "annual_rate", "abc"}, {"contracts", "start", "2024-02-30"}, {"contracts", "amount", "1o000"}, {"contracts", "amount", "-5"},
	{"contracts", "contract_no", ""}, {"contracts", "contract_no", "twice"}, {"contracts", "id_no", "990783198502038718"},
	{"ledger", "date", "昨天"}, {"ledger", "kind", "还贷"}, {"ledger", "amount", "1o0"}, {"ledger", "amount", ""}, {"ledger", "contract_no", "X99"}, {"ledger", "contract_no", ""},
	{"list", "valid_from", "x"}, {"list", "household_no", ""},
}

// spoiled makes some cells wrong. astray tells that a line of the ledger or the list no longer says whose it is: then another
// contract may lack it, which nobody can know. At most one contract loses its own number: of two, one may be given the number
// that the other lost, and nothing is wrong that could be seen.
func spoiled(t *rapid.T, clean tables) (bad tables, astray bool) {
	bad = clean.clone()
	numbered := false
	for _, s := range rapid.SliceOfN(rapid.SampledFrom(spoils), 1, 4).Draw(t, "spoils") {
		if s.kind == bankfile.Contracts && s.column == "contract_no" {
			if numbered {
				continue
			}
			numbered = true
		}
		rows := bad[s.kind]
		i := rapid.IntRange(1, len(rows)-1).Draw(t, "row")
		value := s.value
		if value == "twice" {
			value = rows[1+i%(len(rows)-1)][0]
		}
		rows[i][slices.Index(rows[0], s.column)] = value
		astray = astray || s.kind != bankfile.Contracts && slices.Index(rows[0], s.column) == 0
	}
	return bad, astray
}

// perHousehold is a scheme whose amounts depend on the other contracts of the household.
func perHousehold(t testing.TB) *subsidy.Plan {
	return written(t, "  caps:\n    - {money: 100元, per: household, clause: T-7}\n  round: {per: contract, to: fen, mode: half_up, clause: T-8}\n")
}

func TestNothingIsLostBetweenWhatIsTakenAndWhatIsHeldBack(t *testing.T) {
	clean := smallCounty(t, 10)
	plans := map[string]*subsidy.Plan{"by contract": dongyang(t), "by household": perHousehold(t)}
	p, tried, done, wants := profile(t), 0, 0, map[string]string{}
	for name, plan := range plans {
		var want buffer
		if _, err := (&Run{Plan: plan, Profile: p, Inputs: clean.inputs(t, ".csv"), Workers: 2}).Do(&want); err != nil {
			t.Fatal(err)
		}
		wants[name] = want.String()
	}
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.SampledFrom([]string{"by contract", "by household"}).Draw(t, "scheme")
		ending := rapid.SampledFrom([]string{".csv", ".csv", ".csv", ".csv", ".xlsx"}).Draw(t, "ending")
		bad, astray := spoiled(t, clean)
		files, out := kept{}, buffer{}
		r := &Run{Plan: plans[name], Profile: p, Inputs: bad.inputs(t, ending), Workers: 2}
		_, sums, err := r.DoGood(&out, files.keep, fault.Zh)
		tried++
		if err != nil {
			if fault.From(err) == nil {
				t.Fatal(err)
			}
			return // a whole file had to be refused
		}
		done++
		whole := bad.inputs(t, ending)
		for kind, place := range whole.places() {
			if sum, ok := sums[kind]; ok && sum.HeldFile != "" {
				*place = corrected(t, p, kind, clean[kind], bad[kind], files, sum, ending)
			} else if *place != nil && len(sums) > 0 && sum.Held.Rows > 0 {
				t.Fatalf("%s: rows are held back in no file", kind)
			}
		}
		var again buffer
		want := wants[name]
		if _, err := (&Run{Plan: plans[name], Profile: p, Inputs: whole, Workers: 2}).Do(&again); err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(out.String()) {
			if !astray && !strings.Contains(want, line) {
				t.Fatalf("a row was taken that is not in the claim of the clean files: %s", line)
			}
		}
		if again.String() != want {
			t.Fatalf("the corrected rows with the rest give\n%s\nthe clean files\n%s", &again, want)
		}
	})
	if done*2 < tried {
		t.Errorf("only %d of %d runs took anything", done, tried)
	}
}

// corrected checks that the two files hold exactly the rows of the third, puts right what was spoiled in the rows held back,
// and joins them to the rows taken.
func corrected(t *rapid.T, p *bankfile.Profile, kind bankfile.Kind, clean, bad [][]string, files kept, sum Reconciled, ending string) *bankfile.Input {
	taken := rowsOf(t, ending, files["taken/"+string(kind)+ending])
	back := rowsOf(t, ending, files[sum.HeldFile])
	if len(taken)+len(back) != len(bad)-1 || sum.Taken.Rows != len(taken) || sum.Held.Rows != len(back) || sum.Input.Rows != len(bad)-1 {
		t.Fatalf("%s: %d taken and %d held back of %d: %+v", kind, len(taken), len(back), len(bad)-1, sum)
	}
	used := make([]bool, len(bad))
	same := func(row []string) int {
		for i := 1; i < len(bad); i++ {
			if !used[i] && equalCells(row, bad[i]) {
				used[i] = true
				return i
			}
		}
		t.Fatalf("%s: the row %q is not one of the file", kind, row)
		return 0
	}
	for _, row := range taken {
		same(row)
	}
	right := [][]string{append(slices.Clone(bad[0]), "错误原因")}
	for _, row := range back {
		if row[len(row)-1] == "" || len(row) != len(bad[0])+1 {
			t.Fatalf("%s: held back without a reason: %q", kind, row)
		}
		right = append(right, append(slices.Clone(clean[same(row[:len(bad[0])])]), row[len(row)-1]))
	}
	return joined(t, p, kind, fileOf(t, "corrected"+ending, right), files["taken/"+string(kind)+ending])
}

// equalCells compares cells by what they say: a workbook may have made an amount of a text.
func equalCells(a, b []string) bool {
	for i := range max(len(a), len(b)) {
		x, y := cellAt(a, i), cellAt(b, i)
		if x != y {
			m, err1 := money.Parse(x)
			n, err2 := money.Parse(y)
			if err1 != nil || err2 != nil || m != n {
				return false
			}
		}
	}
	return true
}

func cellAt(cells []string, i int) string {
	if i < len(cells) {
		return cells[i]
	}
	return ""
}

func joined(t *rapid.T, p *bankfile.Profile, kind bankfile.Kind, back *bankfile.Input, taken []byte) *bankfile.Input {
	var files []*bankfile.File
	for _, in := range []*bankfile.Input{{Name: "taken", Data: bytes.NewReader(taken), Size: int64(len(taken))}, back} {
		f, faults := p.Open(*in, kind, bankfile.Options{})
		if f == nil || len(faults) > 0 || len(f.Warned) > 0 {
			t.Fatal(faults, f)
		}
		defer f.Close()
		files = append(files, f)
	}
	both, faults := bankfile.PutTogether(files)
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	var b bytes.Buffer
	if err := both.WriteText(&b); err != nil {
		t.Fatal(err)
	}
	return &bankfile.Input{Name: "joined.csv", Data: bytes.NewReader(b.Bytes()), Size: int64(b.Len())}
}
