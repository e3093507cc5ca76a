package desk

import (
	"io/fs"
	"os"
	"testing"
	"testing/fstest"
	"time"

	"ganlan/day"
	"ganlan/internal/auth"
	"ganlan/internal/calc"
	"ganlan/internal/store"
	"ganlan/internal/storetest"
	"ganlan/scheme"
)

var (
	handler  = account(11, auth.FinanceHandler, 1, "330783")
	reviewer = account(12, auth.FinanceReviewer, 1, "330783")
)

// account is a person with a second factor and one role.
func account(id int64, role auth.Role, org int64, area string) auth.Actor {
	return auth.Actor{ID: id, Login: string(role), Org: org, Strong: true, Origin: "10.0.0.1", Grants: []auth.Grant{{Role: role, Org: org, Area: area}}}
}

func gongfu(t testing.TB) scheme.Folder {
	t.Helper()
	f, err := scheme.Find(os.DirFS("../../policies"), "330783-gongfu-2024")
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func paper() store.Document {
	return store.Document{Area: "330783", Org: 1, Number: "东财金融[2024]1号", Title: "家庭“共富”系列贷款贴息", Issuer: "东阳市财政局",
		Issued: day.Of(2024, 1, 5), From: day.Of(2024, 1, 5), To: day.None}
}

func TestADocumentIsSupersededNeverOverwrittenAndThePastCanBeAsked(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		d := made(t, t.TempDir(), url)
		first, err := d.DocumentRecord(t.Context(), handler, paper())
		if err != nil {
			t.Fatal(err)
		}
		between := d.Clock()
		next := first
		next.To = day.Of(2026, 12, 31)
		second, err := d.DocumentRecord(t.Context(), handler, next)
		if err != nil {
			t.Fatal(err)
		}
		if first.Number != "东财金融〔2024〕1号" || second.ID != first.ID || second.Rev == first.Rev {
			t.Errorf("%+v then %+v", first, second)
		}
		for at, want := range map[time.Time]day.Date{between: day.None, d.Clock(): day.Of(2026, 12, 31)} {
			if got, err := d.Documents(t.Context(), reviewer, at); err != nil || len(got) != 1 || got[0].To != want {
				t.Errorf("as known at %v: %+v %v, want to %v", at, got, err, want)
			}
		}
		if got, _ := d.Documents(t.Context(), reviewer, morning); len(got) != 0 {
			t.Errorf("known before it was recorded: %+v", got)
		}
		if got, _ := d.Documents(t.Context(), account(9, auth.FinanceHandler, 1, "330784"), d.Clock()); len(got) != 0 {
			t.Errorf("seen from another county: %+v", got)
		}
	})
}

func TestADocumentIsRefusedWithAllItsFaultsAndASecondOfOneNumberToo(t *testing.T) {
	d := made(t, t.TempDir(), "")
	bad := paper()
	bad.Title, bad.Issuer, bad.To = " ", "", day.Of(2023, 1, 1)
	if _, err := d.DocumentRecord(t.Context(), handler, bad); codeOf(err) != "FIELD_EMPTY,VALIDITY_REVERSED" {
		t.Error(err)
	}
	if _, err := d.DocumentRecord(t.Context(), handler, paper()); err != nil {
		t.Fatal(err)
	}
	if _, err := d.DocumentRecord(t.Context(), handler, paper()); codeOf(err) != "RECORDED_ALREADY" {
		t.Error(err)
	}
	if _, err := d.DocumentRecord(t.Context(), reviewer, paper()); codeOf(err) != "DENIED" {
		t.Error(err)
	}
}

func TestASchemeVersionHoldsFromItsDayOnceAnotherPersonApprovedIt(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		d := made(t, t.TempDir(), url)
		v, err := d.SchemeRecord(t.Context(), handler, gongfu(t), day.Of(2024, 1, 1), 0)
		if err != nil {
			t.Fatal(err)
		}
		if _, _, err := d.SchemeOn(t.Context(), handler, v.Scheme, day.Of(2025, 12, 31), d.Clock()); codeOf(err) != "SCHEME_VERSION_MISSING" {
			t.Errorf("used before it was approved: %v", err)
		}
		own := reviewer
		own.ID = handler.ID
		if _, err := d.SchemeApprove(t.Context(), own, v.ID, v.Rev); codeOf(err) != "SAME_PERSON" {
			t.Errorf("approved by its maker: %v", err)
		}
		if _, err := d.SchemeApprove(t.Context(), reviewer, v.ID, 1); codeOf(err) != "CHANGED_SINCE" {
			t.Errorf("approved unseen: %v", err)
		}
		if _, err := d.SchemeApprove(t.Context(), reviewer, 77, 1); codeOf(err) != "DENIED" {
			t.Errorf("what is not there is not told apart: %v", err)
		}
		before := d.Clock()
		if _, err := d.SchemeApprove(t.Context(), reviewer, v.ID, v.Rev); err != nil {
			t.Fatal(err)
		}
		if _, err := d.SchemeApprove(t.Context(), reviewer, v.ID, v.Rev); codeOf(err) != "SCHEME_NOT_OPEN" {
			t.Errorf("approved twice: %v", err)
		}
		got, folder, err := d.SchemeOn(t.Context(), handler, v.Scheme, day.Of(2025, 12, 31), d.Clock())
		if err != nil || got.Checker != "finance_reviewer" {
			t.Fatalf("%+v %v", got, err)
		}
		rules, faults := calc.LoadRules(folder, nil)
		if faults.Err() != nil || rules.Top().Hash != v.Hash {
			t.Errorf("the kept folder is another scheme: %v", faults)
		}
		for name, x := range map[string]struct {
			on    day.Date
			known time.Time
		}{"before its first day": {day.Of(2023, 12, 31), d.Clock()}, "as known before the approval": {day.Of(2025, 1, 1), before}} {
			if _, _, err := d.SchemeOn(t.Context(), handler, v.Scheme, x.on, x.known); codeOf(err) != "SCHEME_VERSION_MISSING" {
				t.Errorf("%s: %v", name, err)
			}
		}
		if _, err := d.SchemeRecord(t.Context(), handler, gongfu(t), day.Of(2024, 1, 1), 0); codeOf(err) != "RECORDED_ALREADY" {
			t.Errorf("the same files from the same day: %v", err)
		}
	})
}

func TestASchemeIsRefusedWithTheFaultsOfItsFilesAndLeavesNothing(t *testing.T) {
	d := made(t, t.TempDir(), "")
	f := gongfu(t)
	data, err := fs.ReadFile(f.FS, f.Dir+"/scheme.yaml")
	if err != nil {
		t.Fatal(err)
	}
	bad := scheme.Folder{FS: fstest.MapFS{f.Dir + "/scheme.yaml": {Data: append(data, "\nnonsense: 1\n"...)}}, Dir: f.Dir, ID: f.ID}
	if _, err := d.SchemeRecord(t.Context(), handler, bad, day.Of(2024, 1, 1), 0); err == nil || codeOf(err) == "DENIED" {
		t.Errorf("%v", err)
	}
	bad.FS = fstest.MapFS{f.Dir + "/scheme.yaml": {Data: data}, f.Dir + "/logo.png": {Data: []byte("\x89PNG\x00")}}
	if _, err := d.SchemeRecord(t.Context(), handler, bad, day.Of(2024, 1, 1), 0); codeOf(err) != "SCHEME_FILE_NO_TEXT" {
		t.Errorf("%v", err)
	}
	if got, _ := d.SchemeVersions(t.Context(), handler, d.Clock()); len(got) != 0 {
		t.Errorf("%+v", got)
	}
}

func TestAKeptSchemeFileThatWasChangedIsNoticed(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		d, err := Init(t.Context(), t.TempDir(), url, ticking())
		if err != nil {
			t.Fatal(err)
		}
		defer d.Close()
		if _, err := d.SchemeRecord(t.Context(), handler, gongfu(t), day.Of(2024, 1, 1), 0); err != nil {
			t.Fatal(err)
		}
		if bad := d.Invariants(t.Context()); len(bad) > 0 {
			t.Fatal(bad)
		}
		err = d.DB.Do(t.Context(), d.Clock(), func(tx *store.Tx) error {
			_, err := tx.ExecContext(t.Context(), "update scheme_file set content = 'rate: 9%' where path like '%scheme.yaml'")
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if got := codes(d.Invariants(t.Context())); got != "SCHEME_TAMPERED" {
			t.Error(got)
		}
	})
}
