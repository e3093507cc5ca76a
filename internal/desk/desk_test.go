package desk

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ganlan/fault"
	"ganlan/internal/auth"
	"ganlan/internal/seal"
	"ganlan/internal/store"
	"ganlan/internal/storetest"
)

func TestMain(m *testing.M) {
	code := m.Run()
	storetest.Stop()
	os.Exit(code)
}

var morning = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

// ticking is a clock of which every look is a second later.
func ticking() func() time.Time {
	now := morning
	return func() time.Time { now = now.Add(time.Second); return now }
}

// made is a new data folder's desk. When the test ends, everything in it must still agree.
func made(t testing.TB, dir, url string) *Desk {
	t.Helper()
	d, err := Init(t.Context(), dir, url, ticking())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if bad := d.Invariants(context.Background()); len(bad) > 0 {
			t.Errorf("at the end: %v", bad)
		}
		_ = d.Close()
	})
	return d
}

func codeOf(err error) string { return codes(fault.From(err)) }

var audits = AtConsole("zhou", auth.AuditAdmin, 0, "")

// entries are the audit in short: act, result, reason.
func entries(t testing.TB, d *Desk) (out []string) {
	t.Helper()
	err := d.DB.Look(t.Context(), morning, func(tx *store.Tx) error {
		return store.EachEntry(t.Context(), tx, 0, func(e *seal.Entry) error {
			out = append(out, strings.TrimSpace(strings.Join([]string{e.Act, e.Object, e.Result, e.Reason}, " ")))
			return nil
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestAnActIsDoneWithItsEntryOrNotAtAll(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		d := made(t, t.TempDir(), url)
		who, here := AtConsole("li", auth.FinanceHandler, 1, "990100"), auth.Place{Area: "990100"}
		set := func(name string, then error) func(*store.Tx) (any, error) {
			return func(tx *store.Tx) (any, error) {
				_, err := tx.ExecContext(t.Context(), "insert into setting (name, value) values ($1, $2)", name, "x")
				return map[string]string{"name": name}, errors.Join(err, then)
			}
		}
		if err := d.act(t.Context(), who, auth.SchemeRecord, here, &Object{Kind: "x", ID: "1"}, set("a", nil)); err != nil {
			t.Fatal(err)
		}
		err := d.act(t.Context(), who, auth.SchemeRecord, here, &Object{Kind: "x", ID: "2"}, set("b", store.FaultChanged.New()))
		if codeOf(err) != "CHANGED_SINCE" {
			t.Error(err)
		}
		err = d.act(t.Context(), who, auth.SchemeRecord, auth.Place{Area: "990200"}, &Object{Kind: "x", ID: "3"}, set("c", nil))
		if codeOf(err) != "DENIED" {
			t.Error(err)
		}
		if err := d.act(t.Context(), who, auth.SchemeRecord, here, &Object{Kind: "x", ID: "4"}, set("d", errors.New("a failure of the program"))); err == nil {
			t.Error("a failure passed")
		}
		got := strings.Join(entries(t, d), "; ")
		if want := "data.init 1 done; scheme.record 1 done; scheme.record 2 refused CHANGED_SINCE; scheme.record 3 refused DENIED"; !strings.HasSuffix(got, want[12:]) {
			t.Errorf("got  %s\nwant %s", got, want)
		}
		var n int
		err = d.DB.Look(t.Context(), morning, func(tx *store.Tx) error {
			return tx.QueryRowContext(t.Context(), "select count(*) from setting").Scan(&n)
		})
		if n != 1 || err != nil {
			t.Errorf("%d settings, %v", n, err)
		}
	})
}

func TestAClockSetBackRefusesTheActAndWritesNothing(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		d := made(t, t.TempDir(), url)
		was := d.Clock
		d.Clock = func() time.Time { return morning.Add(-time.Hour) }
		err := d.act(t.Context(), AtConsole("li", auth.FinanceHandler, 1, "990100"), auth.SchemeRecord, auth.Place{Area: "990100"}, &Object{},
			func(*store.Tx) (any, error) { return nil, nil })
		if codeOf(err) != "CLOCK_BACK" {
			t.Error(err)
		}
		if got := entries(t, d); len(got) != 1 {
			t.Errorf("%v", got)
		}
		d.Clock = was
	})
}

func TestADataFolderOpensWithItsOwnKeyAlone(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		dir := t.TempDir()
		if _, err := Open(t.Context(), dir, ""); codeOf(err) != "DATA_NOT_MADE" {
			t.Errorf("nothing made: %v", err)
		}
		d, err := Init(t.Context(), dir, url, ticking())
		if err != nil {
			t.Fatal(err)
		}
		_ = d.Close()
		if st, err := os.Stat(KeyFile(dir)); err != nil || st.Mode().Perm() != 0o600 {
			t.Errorf("the key's file: %v %v", st.Mode(), err)
		}
		key, _ := os.ReadFile(KeyFile(dir))
		if _, err := Init(t.Context(), dir, url, ticking()); codeOf(err) != "DATA_MADE_ALREADY" {
			t.Errorf("made twice: %v", err)
		}
		if again, _ := os.ReadFile(KeyFile(dir)); !bytes.Equal(key, again) {
			t.Error("the key's file was overwritten")
		}
		other, _ := seal.NewMaster()
		for want, file := range map[string][]byte{"MASTER_KEY_BAD": []byte("x"), "MASTER_KEY_OTHER": other.File(), "MASTER_KEY_MISSING": nil} {
			if err := os.WriteFile(KeyFile(dir), file, 0o600); err != nil {
				t.Fatal(err)
			}
			if file == nil {
				_ = os.Remove(KeyFile(dir))
				if _, err := Init(t.Context(), dir, url, ticking()); codeOf(err) != want {
					t.Errorf("made anew over a database without its key: %v", err)
				}
			}
			if _, err := Open(t.Context(), dir, url); codeOf(err) != want {
				t.Errorf("want %s: %v", want, err)
			}
		}
		if err := os.WriteFile(KeyFile(dir), key, 0o600); err != nil {
			t.Fatal(err)
		}
		if d, err = Open(t.Context(), dir, url); err != nil {
			t.Fatal(err)
		}
		_ = d.Close()
	})
}

// A process may die between the key's file and the database's keys: the making goes on with the same key.
func TestAMakingThatWasBrokenOffIsFinishedWithTheSameKey(t *testing.T) {
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "keys"), 0o700); err != nil {
		t.Fatal(err)
	}
	m, _ := seal.NewMaster()
	if err := writeMaster(KeyFile(dir), m); err != nil {
		t.Fatal(err)
	}
	if d := made(t, dir, ""); d.master.ID() != m.ID() {
		t.Error("another key was made")
	}
	if err := writeMaster(KeyFile(dir), m); codeOf(err) != "DATA_FOLDER_BAD" {
		t.Errorf("a key's file was overwritten: %v", err)
	}
}

func TestAnExportedAuditIsVerifiedWithoutADatabaseAndAnyForgeryIsNamed(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		d := made(t, t.TempDir(), url)
		var file bytes.Buffer
		if _, err := d.AuditExport(t.Context(), AtConsole("li", auth.FinanceHandler, 1, "990100"), &file); codeOf(err) != "DENIED" || file.Len() > 0 {
			t.Errorf("exported without the right: %v", err)
		}
		end, err := d.AuditExport(t.Context(), audits, &file)
		if err != nil || end.Entries != 3 {
			t.Fatalf("%v %v", end, err)
		}
		if got, err := AuditVerifyFile(bytes.NewReader(file.Bytes())); err != nil || got != end {
			t.Errorf("%v %v", got, err)
		}
		if got, err := d.AuditVerify(t.Context(), audits); err != nil || got != end {
			t.Errorf("%v %v", got, err)
		}
		lines := strings.SplitAfter(file.String(), "\n")
		for want, forged := range map[string]string{
			"AUDIT_FILE_CUT":     strings.Join(lines[:3], ""),
			"AUDIT_FILE_BAD":     lines[0] + "{\"x\":1}\n",
			"AUDIT_CHAIN_BROKEN": strings.Replace(file.String(), "audit.export", "audit.nothing", 1),
		} {
			if _, err := AuditVerifyFile(strings.NewReader(forged)); codeOf(err) != want {
				t.Errorf("want %s: %v", want, err)
			}
		}
		if _, err := AuditVerifyFile(strings.NewReader(lines[0] + lines[2] + lines[1] + lines[3])); codeOf(err) != "AUDIT_CHAIN_BROKEN" {
			t.Errorf("moved: %v", err)
		}
	})
}

func TestTheDoctorNamesWhatIsNotWell(t *testing.T) {
	dir := t.TempDir()
	d, err := Init(t.Context(), dir, "", ticking())
	if err != nil {
		t.Fatal(err)
	}
	_ = d.Close()
	bad := func(clock func() time.Time) (out []string) {
		for _, f := range Doctor(t.Context(), dir, "", clock) {
			if len(f.Faults) > 0 {
				out = append(out, f.Name+" "+codes(f.Faults))
			}
		}
		return out
	}
	later := func() time.Time { return morning.Add(time.Hour) }
	if got := bad(later); len(got) > 0 {
		t.Errorf("all is well, but %v", got)
	}
	if got := bad(func() time.Time { return morning }); len(got) != 1 || got[0] != "clock CLOCK_BACK" {
		t.Errorf("%v", got)
	}
	if err := os.Chmod(KeyFile(dir), 0o644); err != nil {
		t.Fatal(err)
	}
	if got := bad(later); len(got) != 1 || got[0] != "keys MASTER_KEY_OPEN" {
		t.Errorf("%v", got)
	}
	_ = os.Remove(KeyFile(dir))
	if got := bad(later); len(got) != 1 || got[0] != "data MASTER_KEY_MISSING" {
		t.Errorf("%v", got)
	}
}
