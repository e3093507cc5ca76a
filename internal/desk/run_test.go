package desk

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"ganlan/day"
	"ganlan/internal/auth"
	"ganlan/internal/calc"
	"ganlan/internal/sample"
	"ganlan/internal/store"
	"ganlan/internal/storetest"
	"ganlan/scheme"
	"ganlan/subsidy"
)

// countyFinance start runs and approve schemes in the county of the tests.
var (
	countyHandler  = account(31, auth.FinanceHandler, 1, "990783")
	countyReviewer = account(32, auth.FinanceReviewer, 1, "990783")
)

func published(t testing.TB) (lpr, benchmark []byte) {
	t.Helper()
	lpr, err := os.ReadFile("../../policies/standard/lpr.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if benchmark, err = os.ReadFile("../../policies/standard/benchmark.yaml"); err != nil {
		t.Fatal(err)
	}
	return lpr, benchmark
}

// schemeText is a small issued scheme with lines of its own.
func schemeText(who, amount, pay string) string {
	return "scheme: test\ntitle: {zh: 试, en: test}\narea: \"990783\"\nstatus: issued\nkind: interest\ndocument: {issuer: 试}\n" + who + "amount:\n" +
		"  rate: {is: 1.8%, clause: T-2}\n  base: {is: daily_balance, clause: T-4}\n  year: {is: actual/360, clause: T-4}\n  overdue: {is: exclude_days, clause: T-6}\n" +
		amount + "pay:\n  payers: {is: [{who: province, share: 80%}, {who: county, share: 20%}], clause: T-9}\n" + pay
}

func folder990783(name, text string) scheme.Folder {
	return scheme.Folder{FS: fstest.MapFS{"990783-test/" + name + "/scheme.yaml": {Data: []byte(text)}}, Dir: "990783-test/" + name, ID: "990783-" + name}
}

func recordedOnly(t testing.TB, d *Desk, f scheme.Folder) store.SchemeVersion {
	t.Helper()
	v, err := d.SchemeRecord(t.Context(), countyHandler, f, day.Of(2024, 1, 1), 0)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// approved is a scheme recorded by one person and approved by another.
func approved(t testing.TB, d *Desk, f scheme.Folder) store.SchemeVersion {
	t.Helper()
	v := recordedOnly(t, d, f)
	var err error
	if v, err = d.SchemeApprove(t.Context(), countyReviewer, v.ID, v.Rev); err != nil {
		t.Fatal(err)
	}
	return v
}

func confirmed(t testing.TB, d *Desk, files map[string]string) {
	t.Helper()
	x := imported(t, d, files)
	if _, err := d.FactsConfirm(t.Context(), account(33, auth.BankApprover, bankOrg, "990783"), Decision{Import: x.ID}); err != nil {
		t.Fatal(err)
	}
}

func wanted(t testing.TB, schemeID string) RunWanted {
	lpr, benchmark := published(t)
	return RunWanted{Scheme: schemeID, Year: 2025, Area: "990783", Org: bankOrg, LPR: lpr, Benchmark: benchmark}
}

// ran starts a run and does it.
func ran(t testing.TB, d *Desk, in RunWanted) store.Run {
	t.Helper()
	r, err := d.RunStart(t.Context(), countyHandler, in)
	if err != nil {
		t.Fatal(err)
	}
	if err := d.RunWait(t.Context(), &r, nil); err != nil {
		t.Fatal(err)
	}
	out, err := d.RunShow(t.Context(), countyHandler, r.ID)
	if err != nil {
		t.Fatal(err)
	}
	return out.Run
}

// resultsCSV is what a calculation from the files gives.
func resultsCSV(t testing.TB, f scheme.Folder, files map[string]string) []byte {
	t.Helper()
	s, faults := f.Load(nil)
	if faults.Err() != nil {
		t.Fatal(faults)
	}
	lpr, benchmark := published(t)
	ref, faults := scheme.LoadReference(lpr, benchmark)
	if faults.Err() != nil {
		t.Fatal(faults)
	}
	plan, err := subsidy.NewPlan(s, 2025, ref)
	if err != nil {
		t.Fatal(err)
	}
	up := handedIn(t, files)
	r := calc.Run{Plan: plan, Profile: up.Profile, Inputs: up.Inputs, Reference: func() (*scheme.Reference, error) { return ref, nil }}
	var out csvBytes
	if _, err := r.Do(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

type csvBytes struct{ bytes.Buffer }

func (b *csvBytes) Reset() error { b.Buffer.Reset(); return nil }

func workloadScheme(t testing.TB) string {
	t.Helper()
	data, err := os.ReadFile("../../bench/w/scheme.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

const perContract = "  round: {per: contract, to: fen, mode: half_up, clause: T-8}\n"

// runSchemes reckon in all the ways that contracts are put together.
func runSchemes(t testing.TB) map[string]string {
	return map[string]string{
		"by-contract":  workloadScheme(t),
		"by-household": schemeText("", "  caps: [{money: 100元, per: household, clause: T-7}]\n"+perContract, ""),
		"by-person":    schemeText("", "  caps: [{money: 100元, per: person, clause: T-7}]\n"+perContract, "  split: {of: row, rest_to: county, clause: T-9}\n"),
		"whole-claim":  schemeText("", "  budget: {is: 100000元, clause: T-8}\n"+perContract, "  split: {of: row, rest_to: county, clause: T-9}\n"),
	}
}

func TestAStoredRunGivesTheVeryBytesOfTheCalculationFromTheFiles(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		d := made(t, t.TempDir(), url)
		files := county(t, 200)
		confirmed(t, d, files)
		for name, text := range runSchemes(t) {
			f := folder990783(name, text)
			approved(t, d, f)
			want := resultsCSV(t, f, files)
			for _, size := range []int{7, 64, 100_000} {
				d.ShardSize = size
				r := ran(t, d, wanted(t, f.ID))
				sum := sha256.Sum256(want)
				if r.State != store.RunDone || r.Digest != hex.EncodeToString(sum[:]) {
					t.Errorf("%s, shards of %d: %s %s, want %x", name, size, r.State, r.Digest, sum)
				}
				var got bytes.Buffer
				if _, err := d.RunExport(t.Context(), countyHandler, r.ID, "test", &got); err != nil || !bytes.Equal(got.Bytes(), want) {
					t.Errorf("%s, shards of %d: %v\n%s", name, size, err, firstDifferent(got.String(), string(want)))
				}
				v, err := d.RunVerify(t.Context(), countyReviewer, r.ID)
				if err != nil || len(v.Faults) > 0 || v.Rows != r.Rows {
					t.Errorf("%s, shards of %d: %+v %v", name, size, v.Faults, err)
				}
			}
		}
	})
}

// Loans with several notes, guarantee fees and their own due days come back from the record as they went in.
func TestAStoredRunOfGuaranteedLoansGivesTheVeryBytesToo(t *testing.T) {
	files := map[string]string{}
	for _, table := range sample.New(11, 150, 0).Guarantee() {
		var b bytes.Buffer
		if err := sample.WriteShuffled(&b, table, 5); err != nil {
			t.Fatal(err)
		}
		files[table.Name] = b.String()
	}
	storetest.Each(t, func(t *testing.T, url string) {
		d := made(t, t.TempDir(), url)
		confirmed(t, d, files)
		for _, name := range []string{"nongchuang-2024", "lianfu-2024"} {
			text, err := os.ReadFile("../../policies/330783-dongyang/" + name + "/scheme.yaml")
			if err != nil {
				t.Fatal(err)
			}
			f := folder990783(name, strings.ReplaceAll(string(text), "330783", "990783"))
			approved(t, d, f)
			want := resultsCSV(t, f, files)
			for _, size := range []int{13, 100_000} {
				d.ShardSize = size
				r := ran(t, d, wanted(t, f.ID))
				var got bytes.Buffer
				if _, err := d.RunExport(t.Context(), countyHandler, r.ID, "test", &got); err != nil || !bytes.Equal(got.Bytes(), want) || r.Fee == 0 {
					t.Errorf("%s, shards of %d: %v, fees %d\n%s", name, size, err, r.Fee, firstDifferent(got.String(), string(want)))
				}
				if v, err := d.RunVerify(t.Context(), countyReviewer, r.ID); err != nil || len(v.Faults) > 0 || v.Rows != r.Rows {
					t.Errorf("%s, shards of %d: %+v %v", name, size, v.Faults, err)
				}
			}
		}
	})
}

func firstDifferent(got, want string) string {
	a, b := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range a {
		if i >= len(b) || a[i] != b[i] {
			return fmt.Sprintf("line %d: %q", i, a[i])
		}
	}
	return fmt.Sprintf("%d lines, want %d", len(a), len(b))
}
