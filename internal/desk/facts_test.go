package desk

import (
	"bytes"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"ganlan/bankfile"
	"ganlan/internal/auth"
	"ganlan/internal/calc"
	"ganlan/internal/sample"
	"ganlan/internal/store"
	"ganlan/internal/storetest"
)

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

func file(name, text string) *bankfile.Input {
	return &bankfile.Input{Name: name, Data: strings.NewReader(text), Size: int64(len(text))}
}

// county is an invented county as its files.
func county(t testing.TB, n int) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, table := range sample.New(7, n, 0).Plain() {
		var b bytes.Buffer
		if err := sample.WriteShuffled(&b, table, 5); err != nil {
			t.Fatal(err)
		}
		out[table.Name] = b.String()
	}
	return out
}

const bankOrg = 7

var officer = account(21, auth.BankOfficer, bankOrg, "990783")

func handedIn(t testing.TB, files map[string]string) Upload {
	t.Helper()
	up := Upload{Area: "990783", Org: bankOrg, Profile: profile(t)}
	for name, to := range map[string]**bankfile.Input{"contracts": &up.Inputs.Contracts, "ledger": &up.Inputs.Ledger, "list": &up.Inputs.List, "notes": &up.Inputs.Notes, "fees": &up.Inputs.Fees,
		"history": &up.Inputs.History, "approvals": &up.Inputs.Approvals} {
		if text, ok := files[name]; ok {
			*to = file(name+".csv", text)
		}
	}
	return up
}

func imported(t testing.TB, d *Desk, files map[string]string) Imported {
	t.Helper()
	out, err := d.FactsImport(t.Context(), officer, handedIn(t, files))
	if err != nil {
		t.Fatal(err)
	}
	return out
}

var small = map[string]string{
	"contracts": "contract_no,household_no,id_type,id_no,name,account,annual_rate,status,start,end,amount,region_code\n" +
		"A1,J1,居民身份证,990783198502038717,桂小雨,,3.65%,正常,2025-01-10,2026-01-10,50000.00,990783\n" +
		"A2,J2,居民身份证,,柏长青,,3.45%,正常,2025-02-10,2026-02-10,30000.00,990783\n",
	"ledger": "contract_no,date,kind,amount,note_no\nA1,2025-01-10,drawdown,50000.00,\nA2,2025-02-10,drawdown,30000.00,\nA2,2025-06-01,repayment,1000.00,\n",
	"list":   "household_no,valid_from,valid_to\nJ1,2024-01-01,\nJ2,2024-01-01,2025-12-31\n",
}

func changed(files map[string]string, name, old, now string) map[string]string {
	out := map[string]string{}
	for k, v := range files {
		out[k] = v
	}
	out[name] = strings.Replace(out[name], old, now, 1)
	return out
}

func TestFactsAreKeptAsReadAndALaterFileSupersedesWhatItSaysOtherwise(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		d := made(t, t.TempDir(), url)
		first := imported(t, d, small)
		if first.Added != 2 || first.LinesAdded != 3 || first.Lists[0].Added != 2 || first.Batches[0].KeptFen != 80_000_00 || first.Batches[1].Kept != 3 {
			t.Errorf("%+v", first)
		}
		between := d.Clock()
		again := changed(changed(small, "contracts", "A2,J2,居民身份证,,柏长青,,3.45%", "A2,J2,居民身份证,,柏长青,,3.95%"), "ledger", "A2,2025-06-01,repayment,1000.00", "A2,2025-06-01,repayment,2000.00")
		again["list"] = "household_no,valid_from,valid_to\nJ1,2024-01-01,\n"
		second := imported(t, d, again)
		if second.Added != 0 || second.Changed != 1 || second.Unchanged != 1 || second.LinesAdded != 1 || second.LinesEnded != 1 || second.Lists[0].Ended != 1 {
			t.Errorf("%+v", second)
		}
		if len(second.Differences) != 1 || second.Differences[0].Contract != "A2" || len(second.Differences[0].Fields) != 1 || second.Differences[0].Fields[0].Key != "annual_rate" {
			t.Errorf("%+v", second.Differences)
		}
		for _, x := range []struct {
			at     time.Time
			repaid int64
			spans  int
		}{{between, 1000_00, 1}, {d.Clock(), 2000_00, 0}} {
			f, err := d.FactOf(t.Context(), officer, bankOrg, "A2", x.at)
			if err != nil || len(f.Entries) != 2 || int64(f.Entries[0].Amount+f.Entries[1].Amount) != 30_000_00+x.repaid {
				t.Errorf("as known at %v: %+v %v", x.at, f.Entries, err)
			}
			if spans, err := d.Listed(t.Context(), officer, "990783", "J2", x.at); err != nil || len(spans) != x.spans {
				t.Errorf("the list as known at %v: %v %v", x.at, spans, err)
			}
		}
		if n := count(t, d, morning); n != 0 {
			t.Errorf("%d contracts known before the import", n)
		}
	})
}

func count(t testing.TB, d *Desk, known time.Time) (n int) {
	t.Helper()
	if err := d.FactsKnown(t.Context(), officer, known, func(Fact) error { n++; return nil }); err != nil {
		t.Fatal(err)
	}
	return n
}

func TestTheVerySameFilesAreRefusedAndOneThatReordersThemChangesNothing(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		d := made(t, t.TempDir(), url)
		imported(t, d, small)
		if _, err := d.FactsImport(t.Context(), officer, handedIn(t, small)); codeOf(err) != "IMPORTED_ALREADY" {
			t.Errorf("%v", err)
		}
		moved := changed(small, "ledger", "A1,2025-01-10,drawdown,50000.00,\nA2,2025-02-10,drawdown,30000.00,\n", "A2,2025-02-10,drawdown,30000.00,\nA1,2025-01-10,drawdown,50000.00,\n")
		got := imported(t, d, moved)
		if got.Added+got.Changed+got.LinesAdded+got.LinesEnded+got.Lists[0].Added+got.Lists[0].Ended != 0 || got.Unchanged != 2 {
			t.Errorf("%+v", got)
		}
		if got := entries(t, d); !strings.Contains(got[2], "refused IMPORTED_ALREADY") {
			t.Errorf("%v", got)
		}
	})
}

func TestAFaultyFileIsRefusedWithAllItsFaultsAndNothingIsKept(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		d := made(t, t.TempDir(), url)
		bad := changed(changed(small, "contracts", "3.65%", "99%"), "ledger", "A2,2025-06-01,repayment,1000.00", "A2,2025-06-01,repayment,31000.00")
		_, err := d.FactsImport(t.Context(), officer, handedIn(t, bad))
		if got := codeOf(err); got != "RATE_OUT_OF_RANGE,REPAID_ABOVE_BALANCE" && got != "REPAID_ABOVE_BALANCE,RATE_OUT_OF_RANGE" {
			t.Errorf("%v", err)
		}
		if n := count(t, d, d.Clock()); n != 0 {
			t.Errorf("%d contracts were kept", n)
		}
		half := changed(small, "", "", "")
		delete(half, "ledger")
		if _, err := d.FactsImport(t.Context(), officer, handedIn(t, half)); codeOf(err) != "FILES_INCOMPLETE" {
			t.Errorf("contracts alone: %v", err)
		}
		if _, err := d.FactsImport(t.Context(), account(5, auth.BankOfficer, 8, "990783"), handedIn(t, small)); codeOf(err) != "DENIED" {
			t.Errorf("another bank's: %v", err)
		}
	})
}

func TestContractsThatALaterFileDoesNotHaveStayAndAreTold(t *testing.T) {
	d := made(t, t.TempDir(), "")
	imported(t, d, small)
	one := map[string]string{
		"contracts": small["contracts"][:strings.Index(small["contracts"], "A2")],
		"ledger":    "contract_no,date,kind,amount,note_no\nA1,2025-01-10,drawdown,50000.00,\n"}
	got := imported(t, d, one)
	if got.Absent != 1 || got.Unchanged != 1 || codes(got.Warned.Warnings()) == "" || !strings.Contains(codes(got.Warned), "CONTRACTS_ABSENT") {
		t.Errorf("%+v", got)
	}
	if n := count(t, d, d.Clock()); n != 2 {
		t.Errorf("%d contracts", n)
	}
}

func TestNumbersAreSealedMaskedFoundByIndexAndShownForAReasonOnly(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		const id = "990783198502038717"
		d := made(t, t.TempDir(), url)
		imported(t, d, small)
		found, err := d.FactsOfPerson(t.Context(), officer, id)
		if err != nil || len(found) != 1 || found[0].Contract.No != "A1" || strings.Contains(found[0].Contract.IDNo, "19850203") {
			t.Fatalf("%+v %v", found, err)
		}
		for _, reach := range []auth.Actor{account(3, auth.BankOfficer, 8, "990783"), account(4, auth.FinanceHandler, 1, "990784")} {
			if got, _ := d.FactsOfPerson(t.Context(), reach, id); len(got) != 0 {
				t.Errorf("another office found %+v", got)
			}
			if _, err := d.FactOf(t.Context(), reach, bankOrg, "A1", d.Clock()); codeOf(err) != "DENIED" {
				t.Errorf("another office read: %v", err)
			}
		}
		if _, _, err := d.FactsReveal(t.Context(), officer, bankOrg, "A1", ""); codeOf(err) != "REVEAL_WHY" {
			t.Errorf("shown without a reason: %v", err)
		}
		if got, _, err := d.FactsReveal(t.Context(), officer, bankOrg, "A1", "客户来访核对"); err != nil || got != id {
			t.Errorf("%s %v", got, err)
		}
		err = d.DB.Look(t.Context(), d.Clock(), func(tx *store.Tx) error {
			for _, query := range []string{"select id_sealed from contract", "select id_index from contract", "select before from audit", "select after from audit", "select reason from audit"} {
				rows, err := tx.QueryContext(t.Context(), query)
				if err != nil {
					return err
				}
				for rows.Next() {
					var s string
					if err := rows.Scan(&s); err != nil || strings.Contains(s, id) {
						t.Errorf("%s: the plain number stands in the database (%v)", query, err)
					}
				}
				_ = rows.Close()
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

func TestOfTwoImportsAtOnceTheSecondIsToldOrFollowsAndNothingIsTwice(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		d := made(t, t.TempDir(), url)
		d.Clock = func() time.Time { return morning.Add(time.Hour) }
		var wg sync.WaitGroup
		for i := range 4 {
			wg.Go(func() {
				files := changed(small, "contracts", "50000.00", []string{"50000.00", "51000.00", "52000.00", "53000.00"}[i])
				_, err := d.FactsImport(t.Context(), officer, handedIn(t, files))
				if c := codeOf(err); c != "" && c != "CHANGED_SINCE" || c == "" && err != nil {
					t.Errorf("%v", err)
				}
			})
		}
		wg.Wait()
		if n := count(t, d, morning.Add(time.Hour)); n != 2 {
			t.Errorf("%d contracts", n)
		}
	})
}

func TestACountyComesBackFromTheStoreAsItsFilesSayIt(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		d := made(t, t.TempDir(), url)
		files := county(t, 300)
		got := imported(t, d, files)
		up := handedIn(t, files)
		r := calc.NewReading(up.Profile, up.Inputs, nil)
		defer r.Close()
		if err := r.Check(); err != nil {
			t.Fatal(err)
		}
		n := 0
		err := r.Each(func(x *bankfile.Loan) error {
			n++
			f, err := d.FactOf(t.Context(), officer, bankOrg, x.Contract.No, d.Clock())
			if err != nil {
				return err
			}
			id, account, err := d.FactsReveal(t.Context(), officer, bankOrg, x.Contract.No, "test")
			f.Contract.IDNo, f.Contract.Account = id, account
			for i, a := range fieldsOf(x.Contract) {
				if b := fieldsOf(&f.Contract)[i]; a != b {
					t.Errorf("%s: %v, kept %v", x.Contract.No, a, b)
				}
			}
			a, b := linesText(x.Entries, x.Notes, x.Fees), linesText(f.Entries, f.Notes, f.Fees)
			if strings.Join(a[0], ";") != strings.Join(b[0], ";") {
				t.Errorf("%s: %v, kept %v", x.Contract.No, a, b)
			}
			return err
		})
		if err != nil || n != got.Added || n != 300 {
			t.Errorf("%d contracts, %d kept, %v", n, got.Added, err)
		}
		if spans, err := d.Listed(t.Context(), officer, "990783", "J1", d.Clock()); err != nil || len(spans) != 0 {
			t.Errorf("%v %v", spans, err)
		}
	})
}
