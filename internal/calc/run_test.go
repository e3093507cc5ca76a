package calc

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"math/big"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"ganlan/bankfile"
	"ganlan/claim"
	"ganlan/day"
	"ganlan/fault"
	"ganlan/internal/sample"
	"ganlan/money"
	"ganlan/scheme"
	"ganlan/subsidy"
)

const examples = "../../examples/dongyang-2025"

// buffer is results.csv in memory.
type buffer struct{ bytes.Buffer }

func (b *buffer) Reset() error {
	b.Buffer.Reset()
	return nil
}

func profile(t testing.TB) *bankfile.Profile {
	t.Helper()
	data, err := os.ReadFile("../../policies/standard/files/standard.yaml")
	if err != nil {
		t.Fatal(err)
	}
	p, faults := bankfile.LoadProfile("standard.yaml", data)
	if faults.Err() != nil {
		t.Fatal(faults)
	}
	return p
}

func readied(t testing.TB, s *scheme.Scheme, faults fault.List, year int) *subsidy.Plan {
	t.Helper()
	if faults.Err() != nil {
		t.Fatal(faults)
	}
	p, err := subsidy.NewPlan(s, year, reference(t))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func dongyang(t testing.TB) *subsidy.Plan {
	t.Helper()
	f, err := scheme.Find(os.DirFS("../../policies"), "330783-gongfu-2024")
	if err != nil {
		t.Fatal(err)
	}
	s, faults := f.Load(nil)
	return readied(t, s, faults, 2025)
}

func workload(t testing.TB) *subsidy.Plan {
	t.Helper()
	data, err := os.ReadFile("../../bench/w/scheme.yaml")
	if err != nil {
		t.Fatal(err)
	}
	s, faults := scheme.Load("scheme.yaml", data, nil)
	return readied(t, s, faults, 2025)
}

// written is a small scheme with the lines of its amount given.
func written(t testing.TB, amount string) *subsidy.Plan {
	t.Helper()
	text := "scheme: test\ntitle: {zh: 试, en: test}\narea: \"990783\"\nstatus: issued\nkind: interest\ndocument: {issuer: 试}\namount:\n" +
		"  rate: {is: 1.8%, clause: T-2}\n  base: {is: daily_balance, clause: T-4}\n  year: {is: actual/360, clause: T-4}\n  overdue: {is: exclude_days, clause: T-6}\n" +
		amount + "pay:\n  payers: {is: [{who: province, share: 80%}, {who: county, share: 20%}], clause: T-9}\n"
	s, faults := scheme.Load("scheme.yaml", []byte(text), nil)
	return readied(t, s, faults, 2025)
}

// inputs are the files of a folder: contracts, ledger and list with the given ending.
func inputs(t testing.TB, dir, ext string) Inputs {
	t.Helper()
	open := func(name string) *bankfile.Input {
		data, err := os.ReadFile(filepath.Join(dir, name+ext))
		if err != nil {
			t.Fatal(err)
		}
		return &bankfile.Input{Name: name + ext, Data: bytes.NewReader(data), Size: int64(len(data))}
	}
	return Inputs{Contracts: open("contracts"), Ledger: open("ledger"), List: open("list")}
}

// county writes an invented county into a folder, its rows in order or not.
func county(t testing.TB, n int, shuffled bool) string {
	t.Helper()
	dir := t.TempDir()
	for _, table := range sample.New(7, n, 0).Plain() {
		var b bytes.Buffer
		err := sample.Write(&b, table)
		if shuffled {
			b.Reset()
			err = sample.WriteShuffled(&b, table, 3)
		}
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, table.Name+".csv"), b.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func do(t testing.TB, p *subsidy.Plan, in Inputs, workers int) (string, *Result) {
	t.Helper()
	var out buffer
	r := Run{Plan: p, Profile: profile(t), Inputs: in, Workers: workers}
	res, err := r.Do(&out)
	if err != nil {
		t.Fatal(err)
	}
	return out.String(), res
}

// said is what a result says beside its rows.
func said(r *Result) string {
	t := r.Totals
	return fmt.Sprintf("%+v %v %v %v %+v %v", t.All, t.Reasons, r.Payers, t.Used, r.Differences, r.Warned.Counts)
}

func TestTheBytesAreTheSameForAnyNumberOfCores(t *testing.T) {
	in := func() Inputs { return inputs(t, examples+"/csv", ".csv") }
	for name, p := range map[string]*subsidy.Plan{
		"contract by contract":   dongyang(t),
		"household by household": written(t, "  caps:\n    - {money: 100元, per: household, clause: T-7}\n  round: {per: contract, to: fen, mode: half_up, clause: T-8}\n"),
		"rounded by household":   written(t, "  round: {per: household, to: fen, mode: half_up, clause: T-8}\n"),
		"a budget":               written(t, "  budget: {is: 100000元, clause: T-7}\n  round: {per: contract, to: fen, mode: half_up, clause: T-8}\n"),
	} {
		t.Run(name, func(t *testing.T) {
			want, res := do(t, p, in(), 1)
			if res.Contracts != 1600 || strings.Count(want, "\n") != 1601 {
				t.Fatalf("%d contracts, %d lines", res.Contracts, strings.Count(want, "\n"))
			}
			for _, workers := range []int{2, 7, 0} {
				got, again := do(t, p, in(), workers)
				if got != want || said(again) != said(res) {
					t.Errorf("%d workers give other bytes", workers)
				}
			}
			if got, again := do(t, p, inputs(t, examples+"/xlsx", ".xlsx"), 2); got != want || said(again) != said(res) {
				t.Error("the workbooks give other bytes")
			}
		})
	}
}

func TestTheBytesAreTheSameForRowsInAnyOrder(t *testing.T) {
	plain, mixed := county(t, 6000, false), county(t, 6000, true)
	for name, p := range map[string]*subsidy.Plan{
		"dongyang": dongyang(t), "workload": workload(t),
		"household by household": written(t, "  caps:\n    - {money: 100元, per: household, clause: T-7}\n  round: {per: contract, to: fen, mode: half_up, clause: T-8}\n"),
	} {
		t.Run(name, func(t *testing.T) {
			want, res := do(t, p, inputs(t, plain, ".csv"), 2)
			got, again := do(t, p, inputs(t, mixed, ".csv"), 2)
			if got != want {
				t.Error("the rows in another order give other bytes")
			}
			if said(again) != said(res) {
				t.Errorf("\n%.400s\n%.400s", said(res), said(again))
			}
			in := inputs(t, plain, ".csv")
			in.Ledger = inputs(t, mixed, ".csv").Ledger // the contracts are in order, the ledger is not
			if got, _ := do(t, p, in, 2); got != want {
				t.Error("a ledger in another order gives other bytes")
			}
		})
	}
}

func TestTheSumsOfAResultAreTheSumsOfItsRows(t *testing.T) {
	text, res := do(t, workload(t), inputs(t, county(t, 3000, false), ".csv"), 3)
	var days, paid, province, share int64
	for _, row := range table(t, text)[1:] {
		days += number(t, row[3])
		paid += number(t, row[4])
		province += number(t, row[6])
		share += number(t, row[7])
		if number(t, row[6])+number(t, row[7]) != number(t, row[4]) || (row[4] == "0") == (row[5] == "") {
			t.Errorf("row %v", row)
		}
	}
	if all := res.Totals.All; all.BalanceDays != days || int64(all.Subsidy) != paid || province+share != paid ||
		int64(res.Payers[0].Subsidy) != province || int64(res.Payers[1].Subsidy) != share {
		t.Errorf("totals %+v %v, rows %d %d %d %d", all, res.Payers, days, paid, province, share)
	}
	for name, by := range map[string]map[string]money.Fen{"branch": subsidies(res.Totals.ByBranch), "region": subsidies(res.Totals.ByRegion), "product": subsidies(res.Totals.ByProduct)} {
		sum := money.Fen(0)
		for _, n := range by {
			sum += n
		}
		if sum != res.Totals.All.Subsidy || len(by) < 2 {
			t.Errorf("by %s: %d in %d parts", name, sum, len(by))
		}
	}
}

func subsidies(by map[string]*claim.Tally) map[string]money.Fen {
	out := map[string]money.Fen{}
	for k, x := range by {
		out[k] = x.Subsidy
	}
	return out
}

func table(t testing.TB, text string) [][]string {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func number(t testing.TB, s string) int64 {
	t.Helper()
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func fen(t testing.TB, s string) int64 {
	t.Helper()
	f, err := money.Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return int64(f)
}

func readTable(t testing.TB, name string) [][]string {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return table(t, string(data))
}

func TestTheBanksSlipsOfTheExampleAreFoundAndNoOthers(t *testing.T) {
	_, res := do(t, dongyang(t), inputs(t, examples+"/csv", ".csv"), 2)
	var want, got []string
	for _, row := range readTable(t, examples+"/expected/differences.csv")[1:] {
		if row[1] != row[2] {
			want = append(want, fmt.Sprint(row[0], " cumulative ", fen(t, row[1]), " ", fen(t, row[2])))
		}
		if d := fen(t, row[3]) - fen(t, row[4]); d > 1 || d < -1 {
			want = append(want, fmt.Sprint(row[0], " subsidy ", fen(t, row[3]), " ", fen(t, row[4])))
		}
	}
	for _, d := range res.Differences {
		got = append(got, fmt.Sprint(d.Contract, " ", d.Figure, " ", d.Bank, " ", d.Ours))
	}
	if !slices.Equal(got, want) || len(want) < 12 {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestTheFaultsOfTheFaultyExampleAreFoundAndNoOthers(t *testing.T) {
	var out buffer
	r := Run{Plan: dongyang(t), Profile: profile(t), Inputs: inputs(t, examples+"/faulty", ".csv")}
	_, err := r.Do(&out)
	var want, got []string
	for _, row := range readTable(t, examples+"/faulty/expected.csv")[1:] {
		want = append(want, strings.Join(row[:3], " "))
	}
	for _, f := range fault.From(err) {
		got = append(got, fmt.Sprint(f.Place.File, " ", f.Place.Row, " ", f.Place.Column))
	}
	slices.Sort(want)
	slices.Sort(got)
	if !slices.Equal(got, want) || len(want) < 10 {
		t.Errorf("got\n%s\nwant\n%s\n%v", strings.Join(got, "\n"), strings.Join(want, "\n"), err)
	}
	if rows := strings.Count(out.String(), "\n"); rows > 12 {
		t.Errorf("%d rows were written although the files are refused", rows)
	}
}

func TestAnExplanationEndsInTheAmountOfItsRow(t *testing.T) {
	p := dongyang(t)
	text, _ := do(t, p, inputs(t, examples+"/csv", ".csv"), 2)
	for i, row := range table(t, text)[1:] {
		if i%97 != 0 {
			continue
		}
		var out buffer
		r := Run{Plan: p, Profile: profile(t), Inputs: inputs(t, examples+"/csv", ".csv"), Only: row[0]}
		res, err := r.Do(&out)
		if err != nil {
			t.Fatal(err)
		}
		x, err := p.Explain(res.Only, row[0])
		if err != nil {
			t.Fatal(err)
		}
		if w := x.Rows[0]; int64(w.Row.Amount) != number(t, row[4]) || w.Row.BalanceDays != number(t, row[3]) || w.Row.Reason != row[5] {
			t.Errorf("%s: explained %d %s, row %v", row[0], w.Row.Amount, w.Row.Reason, row)
		}
	}
}

func TestSortingOnDiskLeavesNothingBehind(t *testing.T) {
	temp := t.TempDir()
	t.Setenv("TMPDIR", temp)
	before := runtime.NumGoroutine()
	mixed := county(t, 25_000, true) // more lines than are sorted in memory
	do(t, workload(t), inputs(t, mixed, ".csv"), 2)
	in := inputs(t, mixed, ".csv")
	in.List.Name, in.Contracts = "list.csv", in.List // refused: not contracts
	var out buffer
	r := Run{Plan: workload(t), Profile: profile(t), Inputs: in}
	if _, err := r.Do(&out); fault.From(err) == nil {
		t.Errorf("a list is taken for contracts: %v", err)
	}
	if left, _ := os.ReadDir(temp); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
	for range 100 { // sorters end in their own time
		if runtime.NumGoroutine() <= before {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Errorf("%d goroutines before, %d after", before, runtime.NumGoroutine())
}

func TestTheWorkloadAgreesWithCountingDayByDay(t *testing.T) {
	dir := county(t, 300, false)
	text, _ := do(t, workload(t), inputs(t, dir, ".csv"), 2)
	ledger, listed := map[string][]event{}, map[string][][2]day.Date{}
	for _, row := range readTable(t, filepath.Join(dir, "ledger.csv"))[1:] {
		ledger[row[0]] = append(ledger[row[0]], event{date(t, row[1]), row[2], fen(t, row[3])})
	}
	for _, row := range readTable(t, filepath.Join(dir, "list.csv"))[1:] {
		to := day.Open
		if row[2] != "" {
			to = date(t, row[2])
		}
		listed[row[0]] = append(listed[row[0]], [2]day.Date{date(t, row[1]), to})
	}
	contracts := readTable(t, filepath.Join(dir, "contracts.csv"))
	results := table(t, text)
	paid := 0
	for i, c := range contracts[1:] {
		days, reason := slowDays(t, contracts[0], c, ledger[c[0]], listed[c[1]])
		// 1.8% of fen-days over 360, rounded half up
		amount := new(big.Int).Quo(big.NewInt(2*18*days+360_000), big.NewInt(2*360_000)).Int64()
		province := new(big.Int).Quo(big.NewInt(amount*4), big.NewInt(5)).Int64()
		county := new(big.Int).Quo(big.NewInt(amount), big.NewInt(5)).Int64()
		province += amount - province - county // the fen left over go to the province
		want := fmt.Sprint(c[0], " ", days, " ", amount, " ", province, " ", county)
		got := strings.Join([]string{results[i+1][0], results[i+1][3], results[i+1][4], results[i+1][6], results[i+1][7]}, " ")
		if got != want || reason != "" && results[i+1][5] != reason {
			t.Errorf("got %s %s, want %s %s", got, results[i+1][5], want, reason)
		}
		if amount > 0 {
			paid++
		}
	}
	if paid < 50 {
		t.Errorf("only %d of 300 contracts earn anything: the test looks at nothing", paid)
	}
}

type event struct {
	date   day.Date
	kind   string
	amount int64
}

func date(t testing.TB, s string) day.Date {
	t.Helper()
	d, err := day.Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// slowDays is the fen-days of 2025 by the workload's rule, one day after the other: not overdue, on the list, not after
// the cut-off of the contract's first draw.
func slowDays(t testing.TB, titles, c []string, events []event, listed [][2]day.Date) (days int64, reason string) {
	t.Helper()
	at := func(name string) string { return c[slices.Index(titles, name)] }
	switch {
	case at("other_subsidy") == "1":
		return 0, "OTHER_SUBSIDY"
	case fen(t, at("annual_rate")) > 380:
		return 0, "RATE_TOO_HIGH"
	case len(events) == 0:
		return 0, ""
	}
	cutoff := date(t, "2026-12-31")
	if first := slices.MinFunc(events, func(a, b event) int { return int(a.date - b.date) }); first.date <= date(t, "2024-12-31") {
		cutoff = date(t, "2025-12-31")
	}
	owed, end := int64(0), date(t, at("end"))
	for d := date(t, "2020-01-01"); d <= date(t, "2025-12-31"); d++ {
		for _, e := range events {
			switch {
			case e.date != d:
			case e.kind == "drawdown":
				owed += e.amount
			case e.kind == "repayment":
				owed -= e.amount
			default:
				t.Fatalf("the workload has %s", e.kind)
			}
		}
		on := slices.ContainsFunc(listed, func(x [2]day.Date) bool { return x[0] <= d && d <= x[1] })
		if d.Year() == 2025 && d < end && d <= cutoff && on {
			days += owed
		}
	}
	return days, ""
}

func TestWarningsAreAllCountedThoughOnlyTheFirstOfEachCodeAreKept(t *testing.T) {
	var w Warned
	for range 3 * mostOfACode {
		w.Add(fault.List{subsidy.FaultNotGiven.New()})
	}
	if w.Total() != 3*mostOfACode || len(w.List) != mostOfACode {
		t.Errorf("%d counted, %d kept", w.Total(), len(w.List))
	}
}
