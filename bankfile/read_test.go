package bankfile

import (
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"ganlan/fault"
	"ganlan/loan"
)

// profile is the project's own names of columns and words.
func profile(t testing.TB) *Profile {
	t.Helper()
	p, faults := LoadProfile("standard.yaml", standardText(t))
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	return p
}

func standardText(t testing.TB) []byte {
	t.Helper()
	data, err := os.ReadFile("../policies/standard/files/standard.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// sortedLines sorts lines in memory.
func sortedLines(in <-chan string) (<-chan string, <-chan error) {
	out, errs := make(chan string, 16), make(chan error)
	go func() {
		var lines []string
		for s := range in {
			lines = append(lines, s)
		}
		slices.Sort(lines)
		for _, s := range lines {
			out <- s
		}
		close(out)
		close(errs)
	}()
	return out, errs
}

// files is the content of files by kind.
type files map[Kind]string

// outcome is what a set of files came to: its records as text, and what was wrong.
type outcome struct {
	records []string
	faults  fault.List
	sorted  []Kind
}

func open(p *Profile, kind Kind, text string, opt Options) (*File, fault.List) {
	if opt.Sort == nil {
		opt.Sort = sortedLines
	}
	return p.Open(Input{Name: string(kind) + ".csv", Data: strings.NewReader(text), Size: int64(len(text))}, kind, opt)
}

// readSet reads contracts, ledger, notes and fees as a calculation does: files out of order are sorted and read again.
func readSet(t testing.TB, p *Profile, set files, opt Options) (out outcome) {
	t.Helper()
	fs := Files{}
	for kind, to := range map[Kind]**File{Contracts: &fs.Contracts, Ledger: &fs.Ledger, Notes: &fs.Notes, Fees: &fs.Fees} {
		text, ok := set[kind]
		if !ok {
			continue
		}
		f, faults := open(p, kind, text, opt)
		out.faults = append(out.faults, faults...)
		if f == nil {
			return out
		}
		*to = f
		out.faults = append(out.faults, f.Warned...)
	}
	for range 5 {
		records, faults, unsorted := readOnce(t, &fs)
		if len(unsorted) == 0 {
			out.records, out.faults = records, append(out.faults, faults...)
			out.faults.Sort()
			return out
		}
		fs.each(func(f *File) {
			if !slices.Contains(unsorted, f.Layout.Kind) {
				return
			}
			if f.Sorted() {
				t.Fatalf("%s is out of order after sorting", f.Layout.Kind)
			}
			f.Sort()
			out.sorted = append(out.sorted, f.Layout.Kind)
		})
	}
	t.Fatal("the files were never in order")
	return out
}

func readOnce(t testing.TB, fs *Files) (records []string, faults fault.List, unsorted []Kind) {
	t.Helper()
	join, err := fs.Join()
	if err != nil {
		return nil, fault.From(err), nil
	}
	parser := fs.NewParser()
	for n := 0; ; n++ {
		b, more, err := join.Next()
		if err != nil {
			return nil, fault.From(err), nil
		}
		if !more {
			break
		}
		if n > 10_000 {
			t.Fatal("the file has no end")
		}
		unsorted = parser.Read(b, func(x *Loan) { records = append(records, textOf(x)) })
		if len(unsorted) > 0 {
			return nil, nil, unsorted
		}
	}
	var sums Sums
	faults = parser.Faults()
	parser.AddTo(&sums)
	return records, append(faults, fs.CheckTotals(&sums)...), nil
}

// textOf is a loan without the rows it was read from.
func textOf(x *Loan) string {
	c := *x.Contract
	c.Row = 0
	var b strings.Builder
	fmt.Fprintf(&b, "%+v", c)
	entries := slices.Clone(x.Entries)
	slices.SortFunc(entries, func(a, b loan.Entry) int { return strings.Compare(entryText(a), entryText(b)) })
	for _, e := range entries {
		b.WriteString("\n  " + entryText(e))
	}
	for _, n := range x.Notes {
		n.Row = 0
		fmt.Fprintf(&b, "\n  %+v", n)
	}
	for _, f := range x.Fees {
		f.Row = 0
		fmt.Fprintf(&b, "\n  %+v", f)
	}
	return b.String()
}

func entryText(e loan.Entry) string {
	e.Row = 0
	return fmt.Sprintf("%+v", e)
}

// says writes faults as «file row column CODE», one a line, in order.
func says(list fault.List) string {
	var out []string
	for _, f := range list {
		row := ""
		if f.Place.Row > 0 {
			row = strconv.Itoa(f.Place.Row)
		}
		out = append(out, strings.Join(strings.Fields(strings.Join([]string{f.Place.File, f.Place.Sheet, row, f.Place.Column, f.Code()}, " ")), " "))
	}
	return strings.Join(out, "\n")
}

// small is a set of files that is right, in the order of its keys.
func small() files {
	return files{
		Contracts: `contract_no,household_no,id_type,id_no,name,branch,product,purpose,annual_rate,status,start,end,amount,balance,other_subsidy
HT01,JT01,,,"林溪",东支行,共富经营贷,business,3.65,normal,2024-03-15,2027-03-14,200000.00,120000.00,0
HT02,JT02,,,周岚,东支行,共富助学贷,education,3.85,settled,2024-01-10,2025-01-09,50000.00,0.00,1
HT03,,,,陈渡,西支行,共富安居贷,housing,4.2,normal,2024-05-01,2026-05-01,80000.00,80000.00,
`,
		Ledger: `contract_no,note_no,date,kind,amount,new_end
HT01,,2024-03-15,drawdown,100000.00,
HT01,,2024-06-01,drawdown,50000.00,
HT01,,2024-10-10,repayment,30000.00,
HT02,N1,2024-01-10,drawdown,50000.00,
HT02,N1,2025-01-09,repayment,50000.00,
HT03,,2024-05-01,drawdown,80000.00,
HT03,,2025-05-01,deferral,,2027-05-01
`,
		Notes: "contract_no,note_no,start,end,amount\nHT02,N1,2024-01-10,2025-01-09,50000\n",
		Fees:  "contract_no,guarantee_no,fee,refund,paid,cover_from,cover_to\nHT03,G1,800.00,0,2024-05-01,2024-05-01,2025-04-30\n",
	}
}

func rows(text string) [][]string {
	var out [][]string
	for _, line := range strings.Split(strings.TrimSuffix(text, "\n"), "\n") {
		out = append(out, strings.Split(strings.ReplaceAll(line, `"`, ""), ","))
	}
	return out
}

// lay writes rows with a separator and a line end; fields that hold either are put in quotes.
func lay(rows [][]string, sep, end string) string {
	var b strings.Builder
	for _, r := range rows {
		for i, f := range r {
			if i > 0 {
				b.WriteString(sep)
			}
			if strings.ContainsAny(f, "\"\n\r") || strings.Contains(f, sep) {
				f = `"` + strings.ReplaceAll(f, `"`, `""`) + `"`
			}
			b.WriteString(f)
		}
		b.WriteString(end)
	}
	return b.String()
}

func expectSame(t *testing.T, got, want outcome) {
	t.Helper()
	if err := got.faults.Err(); err != nil {
		t.Fatalf("refused: %v", says(got.faults))
	}
	if !slices.Equal(got.records, want.records) {
		t.Errorf("records\n got %s\nwant %s", strings.Join(got.records, "\n"), strings.Join(want.records, "\n"))
	}
}

func TestTheSmallSetIsReadAsItStands(t *testing.T) {
	got := readSet(t, profile(t), small(), Options{})
	if len(got.faults) > 0 || len(got.records) != 3 || got.sorted != nil {
		t.Fatalf("%s\n%v %v", says(got.faults), got.records, got.sorted)
	}
	for _, want := range []string{"No:HT01", "Household:JT01", "Name:林溪", "Rate:3.65%", "Start:2024-03-15", "End:2027-03-14", "Amount:200000.00",
		"Amount:30000.00 Date:2024-10-10", "OtherSubsidy:{Value:false OK:true}"} {
		if !strings.Contains(got.records[0], want) {
			t.Errorf("no %s in %s", want, got.records[0])
		}
	}
	if !strings.Contains(got.records[2], "OtherSubsidy:{Value:false OK:false}") || !strings.Contains(got.records[2], "GuaranteeNo:G1") ||
		!strings.Contains(got.records[1], "No:N1 Start:2024-01-10") {
		t.Errorf("%s\n%s", got.records[1], got.records[2])
	}
}
