package desk

import (
	"strings"
	"testing"
	"time"

	"ganlan/internal/auth"
	"ganlan/internal/storetest"
)

func TestWhatWasKnownOfAContractIsToldWithFileRowMakerAndChecker(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		d := made(t, t.TempDir(), url)
		first := imported(t, d, with(small, lists))
		if _, err := d.FactsConfirm(t.Context(), approver, Decision{Import: first.ID, Why: "核对无误"}); err != nil {
			t.Fatal(err)
		}
		between := d.Clock()
		imported(t, d, with(changed(changed(small, "contracts", "柏长青", "柏常青"), "ledger", "A2,2025-06-01,repayment,1000.00", "A2,2025-06-01,repayment,2000.00"), lists))
		for at, want := range map[time.Time]string{
			between: "name=柏长青 drawdown@ledger.csv:3 repayment 1000.00@ledger.csv:4 N1@notes.csv:2 list@list.csv:3 history@history.csv:4 approvals@approvals.csv:2 1 confirmed",
			d.Clock(): "name=柏常青 drawdown@ledger.csv:3 repayment 2000.00@ledger.csv:4 N1@notes.csv:2 list@list.csv:3 history@history.csv:4 approvals@approvals.csv:2 " +
				"2 name 柏长青→柏常青 +1-1 confirmed open",
		} {
			x, err := d.FactTold(t.Context(), officer, bankOrg, "A2", at)
			if err != nil {
				t.Fatal(err)
			}
			if got := short(&x); got != want {
				t.Errorf("as known at %v:\ngot  %s\nwant %s", at, got, want)
			}
		}
		if _, err := d.FactTold(t.Context(), account(3, auth.BankOfficer, 8, "990783"), bankOrg, "A2", d.Clock()); codeOf(err) != "DENIED" {
			t.Errorf("told to another bank: %v", err)
		}
		if _, err := d.FactTold(t.Context(), account(3, auth.BankOfficer, 8, "990783"), bankOrg, "A2", morning); codeOf(err) != "DENIED" {
			t.Errorf("another bank is told that it is there: %v", err)
		}
		if _, err := d.FactTold(t.Context(), officer, bankOrg, "A2", morning); codeOf(err) != "NOT_KNOWN_THEN" {
			t.Errorf("told before it was known: %v", err)
		}
	})
}

// short is what was told in one line.
func short(x *Told) string {
	var out []string
	for _, v := range x.Values() {
		if v.Key == "name" {
			out = append(out, "name="+v.Text)
		}
	}
	for _, r := range x.Rows() {
		what := r.Kind
		for _, word := range []string{"drawdown", "repayment 1000.00", "repayment 2000.00", "N1"} {
			if strings.Contains(r.Says, word) {
				what = word
			}
		}
		place := what + "@" + x.Files[r.Batch].File
		if r.Row > 0 {
			place += ":" + string(rune('0'+r.Row))
		}
		out = append(out, place)
	}
	out = append(out, string(rune('0'+len(x.History))))
	for _, r := range x.History[1:] {
		for _, f := range r.Fields {
			out = append(out, f.Key+" "+f.Old+"→"+f.New)
		}
		out = append(out, "+"+string(rune('0'+r.LinesAdded))+"-"+string(rune('0'+r.LinesEnded)))
	}
	states := map[string]bool{}
	for _, o := range x.Files {
		if o.Decided != nil {
			states[o.Decided.State] = true
		} else {
			states["open"] = true
		}
	}
	for _, s := range []string{"confirmed", "open"} {
		if states[s] {
			out = append(out, s)
		}
	}
	return strings.Join(out, " ")
}

func TestADecisionAboutASchemeThatTheProgramDidNotWriteIsNone(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		d, err := Init(t.Context(), t.TempDir(), url, ticking())
		if err != nil {
			t.Fatal(err)
		}
		defer d.Close()
		doc, err := d.DocumentRecord(t.Context(), handler, paper())
		if err != nil {
			t.Fatal(err)
		}
		if states, err := d.DocumentHistory(t.Context(), reviewer, doc.ID); err != nil || len(states) != 1 {
			t.Errorf("%+v %v", states, err)
		}
		if _, err := d.SchemeRecord(t.Context(), handler, gongfu(t), paper().From, 77); codeOf(err) != "DOCUMENT_UNKNOWN" {
			t.Errorf("upon a document that is not there: %v", err)
		}
		if _, err := d.SchemeRecord(t.Context(), handler, gongfu(t), paper().From, doc.ID); err != nil {
			t.Fatal(err)
		}
		for statement, read := range map[string]func() error{
			"update scheme_version set state = 'approved', checker = 'finance_head'": func() error { _, err := d.SchemeVersions(t.Context(), reviewer, d.Clock()); return err },
			"update document set valid_to = '2099-12-31'":                            func() error { _, err := d.Documents(t.Context(), reviewer, d.Clock()); return err },
		} {
			forged(t, d, statement)
			if err := read(); codeOf(err) != "ROW_FORGED" {
				t.Errorf("%s: %v", statement, err)
			}
		}
		if got := codes(d.Invariants(t.Context())); !strings.Contains(got, "ROW_FORGED") {
			t.Error(got)
		}
	})
}
