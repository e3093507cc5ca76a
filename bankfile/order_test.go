package bankfile

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// large is a set of several batches: contracts with three ledger lines, a note and a fee each.
func large(n int) map[Kind][]string {
	out := map[Kind][]string{}
	add := func(k Kind, format string, args ...any) { out[k] = append(out[k], fmt.Sprintf(format, args...)) }
	for i := range n {
		no := fmt.Sprintf("HT%06d", 3*i)
		add(Contracts, "%s,JT%05d,张%d,3.65,normal,2024-01-01,2027-01-01,%d.00", no, i*7919%n, i, 1000+i)
		for j := range 3 {
			add(Ledger, "%s,N%d,2024-0%d-01,drawdown,%d.00", no, j, j+1, 10+i)
		}
		add(Notes, "%s,N0,2024-01-01,2025-01-01,%d.00", no, 10+i)
		add(Fees, "%s,N0,%d.00,2024-01-01,2024-01-01,2024-12-31", no, 1+i%9)
	}
	return out
}

var largeHeader = map[Kind]string{
	Contracts: "contract_no,household_no,name,annual_rate,status,start,end,amount",
	Ledger:    "contract_no,note_no,date,kind,amount",
	Notes:     "contract_no,note_no,start,end,amount",
	Fees:      "contract_no,note_no,fee,paid,cover_from,cover_to",
}

func setOf(lines map[Kind][]string) files {
	out := files{}
	for k, ls := range lines {
		out[k] = largeHeader[k] + "\n" + strings.Join(ls, "\n") + "\n"
	}
	return out
}

func move(lines []string, from, to int) []string {
	out := slices.Clone(lines)
	x := out[from]
	out = slices.Delete(out, from, from+1)
	return slices.Insert(out, to, x)
}

const manyContracts = 4500 // about three batches

func TestARowOutOfOrderIsSortedNeverTakenForUnknown(t *testing.T) {
	p, lines := profile(t), large(manyContracts)
	want := readSet(t, p, setOf(lines), Options{})
	if want.sorted != nil || len(want.faults) > 0 || len(want.records) != manyContracts {
		t.Fatalf("%v %s", want.sorted, says(want.faults))
	}
	for _, kind := range []Kind{Contracts, Ledger, Notes, Fees} {
		last := len(lines[kind]) - 1
		for name, x := range map[string][2]int{
			"first to the end": {0, last}, "last to the front": {last, 0}, "first to the middle": {0, last / 2}, "middle to the end": {last / 2, last},
			"a batch back": {last / 2, last / 5}, "a batch ahead": {last / 5, last / 2}, "two neighbours": {last/2 - 3, last/2 + 3},
		} {
			t.Run(string(kind)+" "+name, func(t *testing.T) {
				moved := setOf(lines)
				moved[kind] = largeHeader[kind] + "\n" + strings.Join(move(lines[kind], x[0], x[1]), "\n") + "\n"
				got := readSet(t, p, moved, Options{})
				if !slices.Equal(got.sorted, []Kind{kind}) {
					t.Errorf("sorted %v", got.sorted)
				}
				expectSame(t, got, want)
			})
		}
	}
}

func TestAnyFileMayBeOutOfOrder(t *testing.T) {
	p, lines := profile(t), large(manyContracts)
	want := readSet(t, p, setOf(lines), Options{})
	disorder := rapid.Custom(func(rt *rapid.T) files {
		mixed := map[Kind][]string{}
		for _, kind := range []Kind{Contracts, Ledger, Notes, Fees} {
			mixed[kind] = lines[kind]
			last := len(lines[kind]) - 1
			for range rapid.IntRange(0, 3).Draw(rt, "moves") {
				mixed[kind] = move(mixed[kind], rapid.IntRange(0, last).Draw(rt, "from"), rapid.IntRange(0, last).Draw(rt, "to"))
			}
			if rapid.Bool().Draw(rt, "reversed") {
				mixed[kind] = slices.Clone(mixed[kind])
				slices.Reverse(mixed[kind])
			}
		}
		return setOf(mixed)
	})
	for seed := range 10 {
		got := readSet(t, p, disorder.Example(seed), Options{})
		if len(got.faults) > 0 || !slices.Equal(got.records, want.records) {
			t.Errorf("seed %d: %d records\n%.500s", seed, len(got.records), says(got.faults))
		}
	}
}

func TestBlankRowsAndTotalsInsideManyBatchesChangeNothing(t *testing.T) {
	p, lines := profile(t), large(manyContracts)
	want := readSet(t, p, setOf(lines), Options{})
	for _, kind := range []Kind{Contracts, Ledger, Notes, Fees} {
		t.Run(string(kind), func(t *testing.T) {
			var b strings.Builder
			b.WriteString(largeHeader[kind] + "\n")
			for i, line := range lines[kind] {
				b.WriteString(line + "\n")
				if i%500 == 499 {
					b.WriteString("\n,,\n制表：某某,,\n")
				}
			}
			other := setOf(lines)
			other[kind] = b.String()
			expectSame(t, readSet(t, p, other, Options{}), want)
		})
	}
}

func TestAQuoteOverTwoLinesFarInsideIsReadWhole(t *testing.T) {
	p, lines := profile(t), large(manyContracts)
	want := readSet(t, p, setOf(lines), Options{})
	other := setOf(lines)
	other[Contracts] = strings.Replace(other[Contracts], ",张3000,", ",\"张\n3000\",", 1)
	other[Ledger] = workbook(t, rows(other[Ledger])) // sorted from the start
	got := readSet(t, p, other, Options{})
	for i := range got.records {
		got.records[i] = strings.Replace(got.records[i], "张 3000", "张3000", 1)
	}
	expectSame(t, got, want)
}

func TestContractNumbersInQuotesOrWithApostrophesKeepTheFilesInStep(t *testing.T) {
	p, lines := profile(t), large(manyContracts)
	want := readSet(t, p, setOf(lines), Options{})
	for name, dress := range map[string]func(string) string{
		"quotes": func(no string) string { return `"` + no + `"` }, "an apostrophe": func(no string) string { return "'" + no },
		"a tab behind": func(no string) string { return no + "\t" }, "a wide space": func(no string) string { return "　" + no },
	} {
		for _, kind := range []Kind{Contracts, Ledger} {
			t.Run(name+" in "+string(kind), func(t *testing.T) {
				var dressed []string
				for _, line := range lines[kind] {
					no, rest, _ := strings.Cut(line, ",")
					dressed = append(dressed, dress(no)+","+rest)
				}
				other := setOf(lines)
				other[kind] = largeHeader[kind] + "\n" + strings.Join(dressed, "\n") + "\n"
				got := readSet(t, p, other, Options{})
				expectSame(t, got, want)
				if got.sorted != nil {
					t.Errorf("sorted %v without need", got.sorted)
				}
			})
		}
	}
}

func TestAContractTwiceIsFoundAcrossBatches(t *testing.T) {
	p, lines := profile(t), large(manyContracts)
	for _, at := range []int{0, manyContracts / 2, manyContracts - 1} {
		twice := map[Kind][]string{}
		for k, ls := range lines {
			twice[k] = slices.Clone(ls)
		}
		twice[Contracts] = append(twice[Contracts], strings.Replace(lines[Contracts][at], ",张", ",李", 1))
		got := readSet(t, p, setOf(twice), Options{})
		want := fmt.Sprintf("contracts.csv %d contract_no CONTRACT_TWICE", manyContracts+2)
		if says(got.faults) != want || got.faults[0].With["row"] != fmt.Sprint(at+2) {
			t.Errorf("got %s (see row %s), want %s", says(got.faults), got.faults[0].With["row"], want)
		}
	}
}

func TestReadByHouseholdEveryContractOfAHouseholdStandsTogether(t *testing.T) {
	p := profile(t)
	var lines []string
	for i := range 4000 {
		home := fmt.Sprintf("JT%04d", i%37)
		if i%11 == 0 {
			home = ""
		}
		lines = append(lines, fmt.Sprintf("HT%06d,%s,张,3.65,normal,2024-01-01,2027-01-01,%d.00", i, home, 1000+i))
	}
	fs := Files{}
	fs.Contracts, _ = open(p, Contracts, largeHeader[Contracts]+"\n"+strings.Join(lines, "\n"), Options{})
	fs.Ledger, _ = open(p, Ledger, largeHeader[Ledger]+"\nHT000500,,2024-01-01,drawdown,5\nHT009999,,2024-01-01,drawdown,5\n", Options{})
	if err := fs.ByHousehold(false); err != nil {
		t.Fatal(err)
	}
	join, err := fs.Join()
	if err != nil {
		t.Fatal(err)
	}
	parser, seen, last, n, batches := fs.NewParser(), map[string]bool{}, "", 0, 0
	for {
		b, more, err := join.Next()
		if err != nil {
			t.Fatal(err)
		}
		if !more {
			break
		}
		batches++
		last = "" // a household must not go on in the next batch
		if bad := parser.Read(b, func(x *Loan) {
			n++
			if x.Group != last && seen[x.Group] {
				t.Fatalf("household %s comes again with %s", x.Group, x.Contract.No)
			}
			last = x.Group
			seen[x.Group] = true
		}); bad != nil {
			t.Fatal(bad)
		}
	}
	if n != 4000 || batches < 2 || says(parser.Faults()) != "ledger.csv 3 contract_no CONTRACT_UNKNOWN" {
		t.Errorf("%d contracts in %d batches", n, batches)
	}
}

func TestALineOfAnEarlierBatchIsOutOfOrderNotUnknown(t *testing.T) {
	p := profile(t)
	fs := Files{}
	fs.Contracts, _ = open(p, Contracts, largeHeader[Contracts]+"\nHT6,JT1,张,3.65,normal,2024-01-01,2027-01-01,100\n", Options{})
	fs.Ledger, _ = open(p, Ledger, largeHeader[Ledger]+"\nHT6,,2024-01-01,drawdown,5\n", Options{})
	for _, last := range []bool{true, false} {
		for _, line := range []string{"HT3,,2024-01-01,drawdown,5\n", "HT5,,2024-01-01,drawdown,5\n"} {
			b := Batch{before: "HT5", last: last, contracts: block{"HT6,JT1,张,3.65,normal,2024-01-01,2027-01-01,100\n", 2}, ledger: block{line, 2}}
			if got := fs.NewParser().Read(b, func(*Loan) {}); !slices.Equal(got, []Kind{Ledger}) {
				t.Errorf("%s: unsorted are %v", line, got)
			}
		}
	}
}
