package store

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	osexec "os/exec"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"ganlan/internal/seal"
	"ganlan/internal/storetest"
)

// Tests start their own program again as another process: it opens the same database, says «in», and does what its role says.
const (
	roleEnv = "GANLAN_TEST_ROLE"
	dirEnv  = "GANLAN_TEST_DIR"
	urlEnv  = "GANLAN_TEST_URL"
)

const (
	writerActs = 60
	writerIDs  = 20 // in each act
)

// other is the whole of the other process.
func other() int {
	db, err := Open(context.Background(), Options{Dir: os.Getenv(dirEnv), URL: os.Getenv(urlEnv)})
	if err != nil {
		fmt.Println(err)
		return 1
	}
	fmt.Println("in")
	if os.Getenv(roleEnv) == "hold" {
		_, _ = io.Copy(io.Discard, os.Stdin) // until the test ends it
		return 0
	}
	for range writerActs {
		if err := actWithIDs(context.Background(), db); err != nil {
			fmt.Println(err)
			return 1
		}
	}
	if err := db.Close(); err != nil {
		fmt.Println(err)
		return 1
	}
	fmt.Println("done")
	return 0
}

// actWithIDs keeps ids where no two may be the same, and an entry with them.
func actWithIDs(ctx context.Context, db *DB) error {
	return db.Do(ctx, time.Now(), func(tx *Tx) error {
		for range writerIDs {
			if err := AddSetupCode(ctx, tx, "x"); err != nil {
				return err
			}
			if _, err := exec(ctx, tx, "update setup_code set used_at = 1 where used_at = 0"); err != nil {
				return err
			}
		}
		_, err := db.Append(ctx, tx, seal.Entry{Act: "x", Result: "done"})
		return err
	})
}

// process is another process on the same database.
type process struct {
	cmd *osexec.Cmd
	out *bufio.Scanner
}

func begin(t *testing.T, role, dir, url string) *process {
	t.Helper()
	cmd := osexec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), roleEnv+"="+role, dirEnv+"="+dir, urlEnv+"="+url)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := cmd.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	p := &process{cmd, bufio.NewScanner(out)}
	t.Cleanup(p.kill)
	return p
}

func (p *process) kill() {
	_ = p.cmd.Process.Kill()
	_ = p.cmd.Wait()
}

// says reads the next line and compares.
func (p *process) says(t *testing.T, want string) {
	t.Helper()
	if p.out.Scan(); p.out.Text() != want {
		t.Fatalf("the other process says %q, not %q", p.out.Text(), want)
	}
}

func TestSeveralProcessesWriteAtOnceAndNothingIsLost(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		dir := t.TempDir()
		var all []*process
		for range 3 { // each of them finds an empty database, and one makes it
			all = append(all, begin(t, "write", dir, url))
		}
		for _, p := range all {
			p.says(t, "in")
			p.says(t, "done")
		}
		db := opened(t, dir, url)
		if n, err := verify(t, db); n != 3*writerActs || err != nil {
			t.Errorf("%d entries, %v", n, err)
		}
		err := db.Look(t.Context(), morning, func(tx *Tx) error {
			var ids, nodes int
			_, err := one(t.Context(), tx, "select count(*), count(distinct (id / 4096) % 256) from setup_code", nil, &ids, &nodes)
			if ids != 3*writerActs*writerIDs || nodes < 2 {
				t.Errorf("%d ids of %d nodes", ids, nodes)
			}
			last := int64(0)
			return errors.Join(err, EachEntry(t.Context(), tx, 0, func(e *seal.Entry) error {
				if e.At < last {
					t.Errorf("entry %d is earlier than the one before", e.Seq)
				}
				last = e.At
				return nil
			}))
		})
		if err != nil {
			t.Error(err)
		}
	})
}

// laterProgram has one migration more.
func laterProgram(t *testing.T) {
	t.Helper()
	files := fstest.MapFS{"migrations/9001_later.sql": {Data: []byte("-- +goose Up\ncreate table later (id bigint primary key);\n")}}
	entries, _ := fs.ReadDir(embedded, "migrations")
	for _, e := range entries {
		data, _ := fs.ReadFile(embedded, "migrations/"+e.Name())
		files["migrations/"+e.Name()] = &fstest.MapFile{Data: data}
	}
	migrations = files
	t.Cleanup(func() { migrations = embedded })
}

func TestAMigrationWaitsUntilTheOthersAreOutAndIsToldWhoTheyAre(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		dir := t.TempDir()
		p := begin(t, "hold", dir, url)
		p.says(t, "in")
		if db, err := Open(t.Context(), Options{Dir: dir, URL: url}); err != nil {
			t.Fatalf("beside another: %v", err)
		} else if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		for _, alone := range []bool{true, false} {
			if !alone {
				laterProgram(t)
			}
			_, err := Open(t.Context(), Options{Dir: dir, URL: url, Alone: alone, Wait: 100 * time.Millisecond})
			if codeOf(err) != "STORE_LOCKED" || !strings.Contains(err.Error(), fmt.Sprint(p.cmd.Process.Pid)) {
				t.Errorf("alone %v: %v", alone, err)
			}
		}
		p.kill() // the system lets go what it held
		db := opened(t, dir, url)
		if done, err := db.applied(t.Context()); err != nil || !slices.Contains(done, 9001) {
			t.Errorf("%v %v", done, err)
		}
	})
}

func TestNobodyComesInWhileOneIsAlone(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		dir := t.TempDir()
		db, err := Open(t.Context(), Options{Dir: dir, URL: url, Alone: true})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := Open(t.Context(), Options{Dir: dir, URL: url, Wait: 100 * time.Millisecond}); codeOf(err) != "STORE_LOCKED" || !strings.Contains(err.Error(), fmt.Sprint(os.Getpid())) {
			t.Errorf("%v", err)
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		opened(t, dir, url)
	})
}

func TestWhoWaitsTooLongForAnotherWriterIsToldAndNothingIsWritten(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		dir := t.TempDir()
		one := opened(t, dir, url)
		two, err := Open(t.Context(), Options{Dir: dir, URL: url, Wait: 50 * time.Millisecond})
		if err != nil {
			t.Fatal(err)
		}
		defer two.Close()
		err = one.Do(t.Context(), time.Now(), func(tx *Tx) error {
			if err := actWithIDs(t.Context(), two); codeOf(err) != "STORE_BUSY" {
				t.Errorf("%v", err)
			}
			_, err := one.Append(t.Context(), tx, seal.Entry{Act: "x"})
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if err := actWithIDs(t.Context(), two); err != nil {
			t.Error(err)
		}
		if n, err := verify(t, one); n != 2 || err != nil {
			t.Errorf("%d entries, %v", n, err)
		}
	})
}

// On PostgreSQL nobody is kept out by a long import; on SQLite one writes at a time.
func TestASignInDoesNotWaitForALongActAndTheChainHoldsBoth(t *testing.T) {
	db := opened(t, "", storetest.URL(t, "postgres"))
	entry := func(tx *Tx) error { _, err := db.Append(t.Context(), tx, seal.Entry{Act: "x"}); return err }
	err := db.Do(t.Context(), morning, func(tx *Tx) error {
		if err := db.Overlap(t.Context(), morning.Add(time.Minute), entry); err != nil {
			t.Error(err)
		}
		return entry(tx)
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Overlap(t.Context(), morning, entry); codeOf(err) != "CLOCK_BACK" {
		t.Errorf("a clock set back by a minute: %v", err)
	}
	if n, err := verify(t, db); n != 2 || err != nil {
		t.Errorf("%d entries, %v", n, err)
	}
}

func TestLocksThatABrokenConnectionLetGoAreTakenAnew(t *testing.T) {
	url := storetest.URL(t, "postgres")
	db := opened(t, "", url)
	gone := db.gate.(*serverGate).gone
	err := db.Do(t.Context(), morning, func(tx *Tx) error {
		_, err := exec(t.Context(), tx, "select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and pid <> pg_backend_pid()")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	<-gone
	if err := actWithIDs(t.Context(), db); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(t.Context(), Options{URL: url, Alone: true, Wait: 50 * time.Millisecond}); codeOf(err) != "STORE_LOCKED" {
		t.Errorf("%v", err)
	}
}
