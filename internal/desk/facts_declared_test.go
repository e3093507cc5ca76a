package desk

import (
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"ganlan/day"
	"ganlan/internal/auth"
	"ganlan/internal/storetest"
	"ganlan/scheme"
)

// recorded keeps a scheme of the policies as a version.
func recorded(t testing.TB, d *Desk, id string) {
	t.Helper()
	f, err := scheme.Find(os.DirFS("../../policies"), id)
	if err == nil {
		_, err = d.SchemeRecord(t.Context(), handler, f, day.Of(2024, 1, 1), 0)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func TestFactsThatARecordedSchemeDeclaresAreKeptWithTheirHistory(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		d := made(t, t.TempDir(), url)
		dongyang := account(31, auth.BankOfficer, bankOrg, "330783")
		send := func(files map[string]string) Imported {
			up := handedIn(t, files)
			up.Area = "330783"
			got, err := d.FactsImport(t.Context(), dongyang, up)
			if err != nil {
				t.Fatal(err)
			}
			return got
		}
		files := map[string]string{"ledger": small["ledger"], "contracts": "contract_no,annual_rate,status,start,end,amount,已付利息,最后付息日\n" +
			"A1,3.65%,正常,2025-01-10,2026-01-10,50000.00,1234.50,2025-12-21\nA2,3.45%,正常,2025-02-10,2026-02-10,30000.00,,\n"}
		send(files)
		if got := told(t, d, dongyang); got != "" {
			t.Errorf("no scheme had declared anything: %s", got)
		}
		recorded(t, d, "330783-lianfu-2024")
		recorded(t, d, "330783-nongchuang-2024") // declares the same
		got := send(changed(files, "contracts", "A2,3.45", "A2, 3.45"))
		if len(got.Differences) != 1 || len(got.Differences[0].Fields) != 2 || got.Differences[0].Fields[0].Key != "interest_paid" {
			t.Errorf("%+v", got.Differences)
		}
		between := d.Clock()
		send(changed(files, "contracts", "1234.50", "1200.00"))
		if got := told(t, d, dongyang); got != "interest_paid=1,200.00 元 interest_paid_on=2025-12-21" {
			t.Error(got)
		}
		f, err := d.FactOf(t.Context(), dongyang, bankOrg, "A1", between)
		if err != nil || f.Contract.Facts["interest_paid"].String() != "1,234.50 元" {
			t.Errorf("as known then: %v %v", f.Contract.Facts, err)
		}
		up := handedIn(t, changed(files, "contracts", "1234.50", "-5"))
		up.Area = "330783"
		if _, err := d.FactsImport(t.Context(), dongyang, up); err == nil || codeOf(err) == "DENIED" {
			t.Errorf("outside what the scheme allows: %v", err)
		}
	})
}

// told are the declared facts of contract A1.
func told(t testing.TB, d *Desk, who auth.Actor) string {
	t.Helper()
	f, err := d.FactOf(t.Context(), who, bankOrg, "A1", d.Clock())
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, x := range factFields(&f.Contract) {
		out = append(out, x.key+"="+x.text)
	}
	return strings.Join(out, " ")
}

func TestAFactThatTwoSchemesDeclareInTwoWaysRefusesTheImport(t *testing.T) {
	d := made(t, t.TempDir(), "")
	recorded(t, d, "330783-lianfu-2024")
	f, err := scheme.Find(os.DirFS("../../policies"), "330783-nongchuang-2024")
	if err != nil {
		t.Fatal(err)
	}
	files, err := filesOf(f)
	if err != nil {
		t.Fatal(err)
	}
	tree := fstest.MapFS{}
	for _, x := range files {
		text := strings.ReplaceAll(x.Content, "interest_paid_on: {type: date", "interest_paid_on: {type: text")
		tree[x.Path] = &fstest.MapFile{Data: []byte(strings.ReplaceAll(text, "interest_paid_on <= months_after(claim_end, 5)", "interest_paid_on != ''"))}
	}
	f.FS = tree
	if _, err := d.SchemeRecord(t.Context(), handler, f, day.Of(2024, 1, 1), 0); err != nil {
		t.Fatal(err)
	}
	up := handedIn(t, small)
	up.Area = "330783"
	if _, err := d.FactsImport(t.Context(), account(31, auth.BankOfficer, bankOrg, "330783"), up); codeOf(err) != "FACT_DECLARED_TWICE" {
		t.Errorf("%v", err)
	}
}
