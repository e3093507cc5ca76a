package store

import (
	"context"
	"fmt"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"ganlan/fault"
	"ganlan/internal/seal"
	"ganlan/internal/storetest"
)

func TestMain(m *testing.M) {
	if os.Getenv(roleEnv) != "" {
		os.Exit(other())
	}
	code := m.Run()
	storetest.Stop()
	os.Exit(code)
}

var morning = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

func opened(t testing.TB, dir, url string) *DB {
	t.Helper()
	db, err := Open(t.Context(), Options{Dir: dir, URL: url})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

func codeOf(err error) string {
	for _, f := range fault.From(err) {
		return f.Code()
	}
	return ""
}

func appendOne(ctx context.Context, db *DB, at time.Time, object string) error {
	return db.Do(ctx, at, func(tx *Tx) error {
		_, err := db.Append(ctx, tx, seal.Entry{Actor: "li", Act: "import", Kind: "contract", Object: object, Result: "done"})
		return err
	})
}

func verify(t testing.TB, db *DB) (n int64, err error) {
	t.Helper()
	err = db.Look(t.Context(), morning, func(tx *Tx) error {
		n, _, err = VerifyAudit(t.Context(), tx)
		return err
	})
	return n, err
}

func TestEntriesOfManyWritersFormOneChain(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		db := opened(t, t.TempDir(), url)
		var wg sync.WaitGroup
		for w := range 4 {
			wg.Go(func() {
				for i := range 10 {
					if err := appendOne(t.Context(), db, morning, fmt.Sprint(w, i)); err != nil {
						t.Error(err)
					}
				}
			})
		}
		wg.Wait()
		if n, err := verify(t, db); n != 40 || err != nil {
			t.Errorf("%d entries, %v", n, err)
		}
	})
}

func TestAForgedAuditIsNoticed(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		db := opened(t, t.TempDir(), url)
		for i := range 10 {
			if err := appendOne(t.Context(), db, morning, fmt.Sprint(i)); err != nil {
				t.Fatal(err)
			}
		}
		for name, forge := range map[string]string{
			"changed": "update audit set after = 'x' where seq = 4", "removed": "delete from audit where seq = 5",
			"cut off":    "delete from audit where seq > 8",
			"renumbered": "update audit set seq = 100 where seq = 10"} {
			err := db.Do(t.Context(), morning, func(tx *Tx) error {
				if _, err := exec(t.Context(), tx, forge); err != nil {
					return err
				}
				_, _, err := VerifyAudit(t.Context(), tx)
				return err // and roll back
			})
			if codeOf(err) != "AUDIT_CHAIN_BROKEN" {
				t.Errorf("%s: %v", name, err)
			}
		}
		if n, err := verify(t, db); n != 10 || err != nil {
			t.Errorf("%d entries, %v", n, err)
		}
	})
}

func TestAClockSetBackWritesNothing(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		db := opened(t, t.TempDir(), url)
		if err := appendOne(t.Context(), db, morning, "1"); err != nil {
			t.Fatal(err)
		}
		if err := appendOne(t.Context(), db, morning.Add(-time.Hour), "2"); codeOf(err) != "CLOCK_BACK" {
			t.Errorf("%v", err)
		}
		if n, err := verify(t, db); n != 1 || err != nil {
			t.Errorf("%d entries, %v", n, err)
		}
	})
}

// What was known at a time stays known as it was: whatever is written later has a later time, however long it took.
func TestActsOfManyAtOnceFollowEachOtherInTimeAndNoneIsTakenForAClockSetBack(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		db := opened(t, t.TempDir(), url)
		var wg sync.WaitGroup
		var mu sync.Mutex
		var times []int64
		for range 6 {
			wg.Go(func() {
				for range 20 {
					now := time.Now()
					runtime.Gosched() // others come between the look at the clock and the act
					err := db.Do(t.Context(), now, func(tx *Tx) error {
						mu.Lock()
						times = append(times, tx.Now)
						mu.Unlock()
						_, err := db.Append(t.Context(), tx, seal.Entry{Act: "x"})
						return err
					})
					if err != nil {
						t.Error(err)
					}
				}
			})
		}
		wg.Wait()
		if n, err := verify(t, db); n != 120 || err != nil || !slices.IsSorted(times) {
			t.Errorf("%d entries, %v, times %v", n, err, times)
		}
	})
}

func TestATransactionThatFailsLeavesNothing(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		db := opened(t, t.TempDir(), url)
		_ = db.Do(t.Context(), morning, func(tx *Tx) error {
			_, _ = db.Append(t.Context(), tx, seal.Entry{Act: "x"})
			return FaultChanged.New()
		})
		func() {
			defer func() { _ = recover() }()
			_ = db.Do(t.Context(), morning, func(tx *Tx) error {
				_, _ = db.Append(t.Context(), tx, seal.Entry{Act: "x"})
				panic("in the middle")
			})
		}()
		if n, err := verify(t, db); n != 0 || err != nil {
			t.Errorf("%d entries, %v", n, err)
		}
	})
}

func TestADatabaseOfANewerProgramIsRefusedUntouched(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		dir := t.TempDir()
		db := opened(t, dir, url)
		err := db.Do(t.Context(), morning, func(tx *Tx) error {
			_, err := exec(t.Context(), tx, "insert into goose_db_version (version_id, is_applied) values ($1, $2)", 9000, true)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		_ = db.Close()
		if _, err := Open(t.Context(), Options{Dir: dir, URL: url}); codeOf(err) != "STORE_NEWER" {
			t.Errorf("%v", err)
		}
	})
}

func TestAnAddressThatIsNoneOrAnswersNotIsExplainedWithoutItsPassword(t *testing.T) {
	for url, code := range map[string]string{"mysql://x": "DATABASE_URL_BAD", "postgres://u:secret@127.0.0.1:1/x": "POSTGRES_UNREACHABLE"} {
		_, err := Open(t.Context(), Options{Dir: t.TempDir(), URL: url})
		if codeOf(err) != code || strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: %v", url, err)
		}
	}
}

func TestIdsRiseAndNeverMeetThoughTheClockGoesBack(t *testing.T) {
	a, b := ids{node: 1}, ids{node: 2}
	var all []int64
	for _, now := range []int64{1000, 1000, 999, 2000, 5} {
		for range 5000 {
			all = append(all, a.next(now), b.next(now))
		}
	}
	slices.Sort(all)
	if n := len(slices.Compact(all)); n != 50000 {
		t.Errorf("%d ids of 50000 differ", n)
	}
}
