package desk

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"ganlan/internal/auth"
	"ganlan/internal/seal"
	"ganlan/internal/store"
	"ganlan/internal/storetest"
)

var keeps = AtConsole("zhou", auth.SystemAdmin, 0, "")

// later is a clock an hour on that goes on from test to test, a second with every look.
var later = func() func() time.Time {
	tick := ticking()
	return func() time.Time { return tick().Add(time.Hour) }
}()

// restored is a desk on a backup that was restored into a fresh place.
func restored(t *testing.T, from, key, url string) *Desk {
	t.Helper()
	dir := t.TempDir()
	if _, err := Restore(t.Context(), keeps, Restoring{From: from, Key: key, Dir: dir, URL: url}, later); err != nil {
		t.Fatal(err)
	}
	d, err := Open(t.Context(), dir, url)
	if err != nil {
		t.Fatal(err)
	}
	d.Clock = later
	t.Cleanup(func() { _ = d.Close() })
	return d
}

// rows are all rows of all tables, sorted, but for what only a restore or the making of a backup writes.
func rows(t *testing.T, d *Desk) (out []string) {
	t.Helper()
	var dump strings.Builder
	err := d.DB.Look(t.Context(), morning, func(tx *store.Tx) error { _, err := d.DB.Dump(t.Context(), tx, &dump); return err })
	if err != nil {
		t.Fatal(err)
	}
	table := ""
	_, err = store.ReadDump(strings.NewReader(dump.String()), store.DumpSink{
		Table: func(name string, _ []string) error { table = name; return nil },
		Row: func(values []any) error {
			if row := fmt.Sprint(table, values); table != "audit_head" && !strings.Contains(row, "backup") {
				out = append(out, row)
			}
			return nil
		}})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(out)
	return out
}

// GB/T 22239-2019 8.1.4.9 a: local backup and restore.
func TestABackupRestoredIntoEitherDatabaseHoldsEverythingThereWas(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		d := made(t, t.TempDir(), url)
		imported(t, d, county(t, 20))
		file := filepath.Join(t.TempDir(), "b")
		info, err := d.Backup(t.Context(), keeps, file, "ganlan test")
		if err != nil {
			t.Fatal(err)
		}
		if st, err := os.Stat(file); err != nil || st.Mode().Perm() != 0o600 {
			t.Errorf("the file: %v", err)
		}
		plain, _ := os.ReadFile(file)
		for _, secret := range []string{"ledger_line", "990783", string(d.master.File()[20:40])} {
			if strings.Contains(string(plain), secret) {
				t.Errorf("%s stands in the file", secret)
			}
		}
		for _, kind := range storetest.Kinds {
			r := restored(t, file, KeyFile(d.Dir), storetest.URL(t, kind))
			if got, want := rows(t, r), rows(t, d); !slices.Equal(got, want) {
				t.Errorf("%s: %d rows, not %d", kind, len(got), len(want))
			}
			if bad := r.Invariants(t.Context()); len(bad) > 0 {
				t.Errorf("%s: %v", kind, bad)
			}
			end, err := r.AuditVerify(t.Context(), audits)
			if err != nil || end.Entries != info.Audit.Entries+1 {
				t.Errorf("%s: %v %v", kind, end, err)
			}
			again := filepath.Join(t.TempDir(), "again") // and back
			if _, err := r.Backup(t.Context(), keeps, again, "ganlan test"); err != nil {
				t.Fatal(err)
			}
			back := restored(t, again, KeyFile(d.Dir), url2(t, url))
			if got, want := rows(t, back), rows(t, d); !slices.Equal(got, want) {
				t.Errorf("%s and back: %d rows, not %d", kind, len(got), len(want))
			}
		}
	})
}

// url2 is a fresh database of the kind of another.
func url2(t *testing.T, url string) string {
	if url == "" {
		return ""
	}
	return storetest.URL(t, "postgres")
}

func TestABackupThatIsCutChangedForeignOrNewerIsRefusedWholeAndTouchesNothing(t *testing.T) {
	d := made(t, t.TempDir(), "")
	file := filepath.Join(t.TempDir(), "b")
	if _, err := d.Backup(t.Context(), keeps, file, "ganlan test"); err != nil {
		t.Fatal(err)
	}
	whole, _ := os.ReadFile(file)
	other, _ := seal.NewMaster()
	otherKey := filepath.Join(t.TempDir(), "other")
	if err := os.WriteFile(otherKey, other.File(), 0o600); err != nil {
		t.Fatal(err)
	}
	spoilt := slices.Clone(whole)
	spoilt[len(spoilt)-40]++
	newer := strings.Replace(string(whole), fmt.Sprintf(`"schema":%d`, d.DB.Schema()), `"schema":9000`, 1)
	for _, x := range []struct {
		data      []byte
		key, want string
	}{
		{whole[:len(whole)-1], KeyFile(d.Dir), "SEALED_FILE_CUT"}, {spoilt, KeyFile(d.Dir), "SEALED_FILE_CHANGED"}, {append(slices.Clone(whole), 0), KeyFile(d.Dir), "SEALED_FILE_CHANGED"},
		{[]byte(strings.Replace(string(whole), "ganlan test", "ganlan tost", 1)), KeyFile(d.Dir), "SEALED_FILE_CHANGED"},
		{whole, otherKey, "MASTER_KEY_OTHER"}, {whole, filepath.Join(t.TempDir(), "none"), "MASTER_KEY_MISSING"}, {[]byte("no backup"), KeyFile(d.Dir), "BACKUP_FILE_BAD"},
		{[]byte(newer), KeyFile(d.Dir), "SEALED_FILE_CHANGED"}, {nil, KeyFile(d.Dir), "BACKUP_FILE_BAD"},
	} {
		bad := filepath.Join(t.TempDir(), "bad")
		if err := os.WriteFile(bad, x.data, 0o600); err != nil {
			t.Fatal(err)
		}
		to := t.TempDir()
		_, err := Restore(t.Context(), keeps, Restoring{From: bad, Key: x.key, Dir: to}, later)
		if codeOf(err) != x.want {
			t.Errorf("want %s: %v", x.want, err)
		}
		if left, _ := os.ReadDir(to); len(left) > 0 {
			t.Errorf("%s left %v", x.want, left)
		}
	}
}

func TestARestoreNeverOverwritesAndABackupNeither(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		d := made(t, t.TempDir(), url)
		file := filepath.Join(t.TempDir(), "b")
		if _, err := d.Backup(t.Context(), keeps, file, "ganlan test"); err != nil {
			t.Fatal(err)
		}
		before, _ := os.ReadFile(file)
		if _, err := d.Backup(t.Context(), keeps, file, "ganlan test"); codeOf(err) != "BACKUP_FILE_TAKEN" {
			t.Errorf("%v", err)
		}
		if after, _ := os.ReadFile(file); !slices.Equal(before, after) {
			t.Error("the file was overwritten")
		}
		if _, err := d.Backup(t.Context(), AtConsole("li", auth.FinanceHandler, 1, "990100"), file+"2", "x"); codeOf(err) != "DENIED" {
			t.Errorf("%v", err)
		}
		old := rows(t, d)
		into := Restoring{From: file, Key: KeyFile(d.Dir), Dir: d.Dir, URL: url}
		_ = d.Close()
		if _, err := Restore(t.Context(), keeps, into, later); codeOf(err) != "RESTORE_NOT_EMPTY" {
			t.Errorf("%v", err)
		}
		again, err := Open(t.Context(), d.Dir, url)
		if err != nil {
			t.Fatal(err)
		}
		again.Clock, *d = d.Clock, *again
		if got := rows(t, d); !slices.Equal(got, old) {
			t.Error("the data were touched")
		}
	})
}

func TestARestoreThatWasBrokenOffDoesNotOpenAndIsBegunAgainInTheSamePlace(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		d := made(t, t.TempDir(), "")
		file := filepath.Join(t.TempDir(), "b")
		info, err := d.Backup(t.Context(), keeps, file, "ganlan test")
		if err != nil {
			t.Fatal(err)
		}
		in := Restoring{From: file, Key: KeyFile(d.Dir), Dir: t.TempDir(), URL: url}
		m, f, err := openRestore(in)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		for _, ctx := range []context.Context{ended(), t.Context()} { // broken off while loading, and after it
			db, err := store.OpenEmpty(t.Context(), store.Options{Dir: in.Dir, URL: url}, info.Schema)
			if err != nil {
				t.Fatal(err)
			}
			if err := os.MkdirAll(filepath.Dir(KeyFile(in.Dir)), 0o700); err != nil {
				t.Fatal(err)
			}
			if err := placeMaster(in.Dir, m); err != nil {
				t.Fatal(err)
			}
			half := &Desk{DB: db, Clock: later, Dir: in.Dir, master: m}
			if err := half.restore(ctx, AtConsole("nobody", auth.Auditor, 0, ""), f, info); err == nil {
				t.Error("it went on")
			}
			_ = half.Close()
			if _, err := Open(t.Context(), in.Dir, url); !slices.Contains([]string{"RESTORE_UNFINISHED", "DATA_NOT_MADE"}, codeOf(err)) {
				t.Errorf("half a database opens: %v", err)
			}
		}
		if _, err := Restore(t.Context(), keeps, in, later); err != nil {
			t.Fatal(err)
		}
		r, err := Open(t.Context(), in.Dir, url)
		if err != nil {
			t.Fatal(err)
		}
		defer r.Close()
		r.Clock = later
		if bad := r.Invariants(t.Context()); len(bad) > 0 {
			t.Error(bad)
		}
	})
}

func ended() context.Context {
	ctx, end := context.WithCancel(context.Background())
	end()
	return ctx
}

func TestAJobThatRanWhenTheBackupWasMadeWaitsToBeRunAgain(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		d := made(t, t.TempDir(), "")
		var job store.Job
		err := d.DB.Do(t.Context(), d.Clock(), func(tx *store.Tx) (err error) {
			if job, _, err = store.AddJob(t.Context(), tx, store.Job{Kind: "run", AskedBy: "li"}); err != nil {
				return err
			}
			if err := store.AddShards(t.Context(), tx, []store.Shard{{Job: job.ID, N: 0, Step: "plan"}}); err != nil {
				return err
			}
			if err := store.AddNode(t.Context(), tx, 5, "a node"); err != nil {
				return err
			}
			ok, err := store.TakeShard(t.Context(), tx, &store.Shard{Job: job.ID, N: 0}, 5)
			if !ok {
				t.Error("the step does not run")
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(t.TempDir(), "b")
		if _, err := d.Backup(t.Context(), keeps, file, "ganlan test"); err != nil {
			t.Fatal(err)
		}
		r := restored(t, file, KeyFile(d.Dir), url)
		err = r.DB.Look(t.Context(), later(), func(tx *store.Tx) error {
			steps, err := store.Shards(t.Context(), tx, "job = $1", job.ID)
			nodes, e := store.OpenNodes(t.Context(), tx)
			if len(steps) != 1 || steps[0].State != store.StepWaiting || len(nodes) != 0 {
				t.Errorf("%+v %+v", steps, nodes)
			}
			return errors.Join(err, e)
		})
		if err != nil {
			t.Error(err)
		}
	})
}
