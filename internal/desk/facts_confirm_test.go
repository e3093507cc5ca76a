package desk

import (
	"strings"
	"testing"
	"time"

	"ganlan/internal/auth"
	"ganlan/internal/store"
	"ganlan/internal/storetest"
)

var approver = account(22, auth.BankApprover, bankOrg, "990783")

// waiting are the imports that a run would be refused for.
func waiting(t testing.TB, d *Desk, org int64, known time.Time) (out []string) {
	t.Helper()
	err := d.DB.Look(t.Context(), d.Clock(), func(tx *store.Tx) error {
		list, err := d.unconfirmed(t.Context(), tx, "990783", org, known.UnixMilli())
		for _, f := range list {
			out = append(out, f.With["files"])
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestAnImportIsConfirmedByAnotherPersonWithASecondFactor(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		d := made(t, t.TempDir(), url)
		x := imported(t, d, small)
		before := d.Clock()
		if got := waiting(t, d, bankOrg, before); len(got) != 1 || got[0] != "contracts.csv、ledger.csv、list.csv" {
			t.Errorf("%q", got)
		}
		own, weak, elsewhere := approver, approver, account(23, auth.BankApprover, 8, "990783")
		own.ID, weak.Strong = officer.ID, false
		for want, who := range map[string]auth.Actor{"SAME_PERSON": own, "SECOND_FACTOR_NEEDED": weak, "DENIED": elsewhere} {
			if _, err := d.FactsConfirm(t.Context(), who, Decision{Import: x.ID}); codeOf(err) != want {
				t.Errorf("%v, want %s", err, want)
			}
		}
		if _, err := d.FactsConfirm(t.Context(), approver, Decision{Import: 77}); codeOf(err) != "DENIED" {
			t.Errorf("what is not there is not told apart: %v", err)
		}
		s, err := d.FactsConfirm(t.Context(), approver, Decision{Import: x.ID})
		if err != nil {
			t.Fatal(err)
		}
		if got := waiting(t, d, bankOrg, d.Clock()); len(got) != 0 {
			t.Errorf("after it was confirmed: %q", got)
		}
		if got := waiting(t, d, bankOrg, before); len(got) != 1 {
			t.Errorf("as known before: %q", got)
		}
		if _, err := d.FactsConfirm(t.Context(), approver, Decision{Import: x.ID, Rev: s.Rev}); codeOf(err) != "IMPORT_DECIDED" {
			t.Errorf("confirmed twice: %v", err)
		}
		if _, err := d.FactsConfirm(t.Context(), approver, Decision{Import: x.ID, Reject: true, Why: "漏报"}); codeOf(err) != "CHANGED_SINCE" {
			t.Errorf("decided unseen: %v", err)
		}
		if _, err := d.FactsConfirm(t.Context(), approver, Decision{Import: x.ID, Rev: s.Rev, Reject: true}); codeOf(err) != "REJECT_WHY" {
			t.Errorf("rejected without a reason: %v", err)
		}
		if _, err := d.FactsConfirm(t.Context(), approver, Decision{Import: x.ID, Rev: s.Rev, Reject: true, Why: "漏报"}); err != nil {
			t.Fatal(err)
		}
		if got := waiting(t, d, bankOrg, d.Clock()); len(got) != 1 {
			t.Errorf("after it was rejected: %q", got)
		}
		list, err := d.Imports(t.Context(), officer, d.Clock())
		if err != nil || len(list) != 1 || list[0].Login != officer.Login || list[0].Decided.Login != approver.Login || list[0].Decided.State != "rejected" {
			t.Errorf("%+v %v", list, err)
		}
	})
}

func TestAnImportOfWhichNothingHoldsAnyMoreNeedsNoConfirmation(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		d := made(t, t.TempDir(), url)
		imported(t, d, map[string]string{"list": small["list"]})
		next := imported(t, d, map[string]string{"list": "household_no,valid_from,valid_to\nJ3,2024-01-01,\n"})
		if got := waiting(t, d, bankOrg, d.Clock()); len(got) != 1 {
			t.Errorf("%q", got)
		}
		if _, err := d.FactsConfirm(t.Context(), approver, Decision{Import: next.ID}); err != nil {
			t.Fatal(err)
		}
		if got := waiting(t, d, 9, d.Clock()); len(got) != 0 {
			t.Errorf("a list is for all banks of the area: %q", got)
		}
	})
}

func TestWhoConfirmsAFileThatSaysTheWholeAgainVouchesForWhatItLeftAsItWas(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		d := made(t, t.TempDir(), url)
		first := imported(t, d, with(small, map[string]string{"notes": lists["notes"]}))
		_, err := d.FactsConfirm(t.Context(), approver, Decision{Import: first.ID, Reject: true, Why: "A2 利率有误"})
		must(t, err)
		whole := imported(t, d, changed(small, "contracts", "3.45%", "3.95%")) // with a list, without the notes
		part := changed(small, "contracts", "", "")
		part["contracts"], part["ledger"] = small["contracts"][:strings.Index(small["contracts"], "A2")], "contract_no,date,kind,amount\nA1,2025-01-10,drawdown,50000.00\n"
		delete(part, "list")
		last := imported(t, d, part)
		for _, x := range []struct {
			confirm int64
			want    string
		}{{0, "contracts.csv、ledger.csv、list.csv、notes.csv; contracts.csv"}, {last.ID, "contracts.csv、ledger.csv、list.csv、notes.csv; contracts.csv"}, {whole.ID, "notes.csv"}} {
			if x.confirm != 0 {
				_, err := d.FactsConfirm(t.Context(), approver, Decision{Import: x.confirm})
				must(t, err)
			}
			if got := strings.Join(waiting(t, d, bankOrg, d.Clock()), "; "); got != x.want {
				t.Errorf("after %d: %q, want %q", x.confirm, got, x.want)
			}
		}
	})
}

func TestADecisionThatTheProgramDidNotWriteIsNone(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		d, err := Init(t.Context(), t.TempDir(), url, ticking())
		if err != nil {
			t.Fatal(err)
		}
		defer d.Close()
		x := imported(t, d, small)
		if _, err := d.FactsConfirm(t.Context(), approver, Decision{Import: x.ID, Reject: true, Why: "漏报"}); err != nil {
			t.Fatal(err)
		}
		forged(t, d, "update import_state set state = 'confirmed'")
		if got := codes(d.Invariants(t.Context())); got != "ROW_FORGED" {
			t.Error(got)
		}
		if _, err := d.Imports(t.Context(), officer, d.Clock()); codeOf(err) != "ROW_FORGED" {
			t.Error(err)
		}
	})
}

// forged runs a statement behind the desk's back.
func forged(t testing.TB, d *Desk, statement string) {
	t.Helper()
	err := d.DB.Do(t.Context(), d.Clock(), func(tx *store.Tx) error { _, err := tx.ExecContext(t.Context(), statement); return err })
	if err != nil {
		t.Fatal(err)
	}
}
