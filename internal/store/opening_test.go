package store

import (
	"os"
	osexec "os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"ganlan/internal/seal"
	"ganlan/internal/storetest"
)

// refusedIn starts this test program as an account that may not write and gives what it says.
func refusedIn(t *testing.T, dir string) string {
	t.Helper()
	room, err := os.MkdirTemp("", "ganlan-ro-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(room) })
	bin := filepath.Join(room, "program")
	data, err := os.ReadFile(os.Args[0])
	if err == nil {
		err = os.WriteFile(bin, data, 0o755)
	}
	if err == nil {
		err = os.Chmod(room, 0o755)
	}
	if err != nil {
		t.Fatal(err)
	}
	cmd := osexec.Command(bin)
	cmd.Dir, cmd.Env = "/", append(os.Environ(), roleEnv+"=write", dirEnv+"="+dir)
	if os.Getuid() == 0 { // the system's administrator may write everywhere
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
	}
	out, _ := cmd.CombinedOutput()
	return string(out)
}

func TestAFolderOrFileThatCannotBeWrittenIsToldAndNothingIsTouched(t *testing.T) {
	dir, err := os.MkdirTemp("", "ganlan-ro-")
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(dir)
	db := opened(t, dir, "")
	if err := appendOne(t.Context(), db, morning, "1"); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	before, _ := os.ReadFile(File(dir))
	paths, _ := filepath.Glob(filepath.Join(dir, "*"))
	for _, x := range []struct {
		name         string
		folder, file os.FileMode
	}{{"the folder", 0o555, 0o444}, {"the files in it", 0o777, 0o444}} {
		for _, p := range paths {
			if st, _ := os.Stat(p); !st.IsDir() {
				_ = os.Chmod(p, x.file)
			}
		}
		_ = os.Chmod(dir, x.folder)
		if said := refusedIn(t, dir); !strings.Contains(said, FaultReadOnly.What) {
			t.Errorf("%s: %s", x.name, said)
		}
		if after, _ := os.ReadFile(File(dir)); string(after) != string(before) {
			t.Errorf("%s: the database was touched", x.name)
		}
	}
}

func TestAServerThatOnlyReadsIsTold(t *testing.T) {
	url := storetest.URL(t, "postgres")
	opened(t, "", url)
	db := opened(t, "", url+"&default_transaction_read_only=on")
	if err := appendOne(t.Context(), db, morning, "1"); codeOf(err) != "STORE_READ_ONLY" {
		t.Errorf("%v", err)
	}
}

func TestAWrongPasswordIsToldWithoutIt(t *testing.T) {
	url := storetest.URL(t, "postgres")
	opened(t, "", storetest.Locked(t, url, "right"))
	_, err := Open(t.Context(), Options{URL: storetest.Locked(t, url, "wrong")})
	if codeOf(err) != "POSTGRES_UNREACHABLE" || strings.Contains(err.Error(), "wrong") {
		t.Errorf("%v", err)
	}
	_, err = Open(t.Context(), Options{URL: strings.Replace(url, "ganlan@", "nobody@", 1)})
	if codeOf(err) != "POSTGRES_UNREACHABLE" {
		t.Errorf("an account that is not there: %v", err)
	}
	_, err = Open(t.Context(), Options{URL: strings.Replace(url, "?", "_none?", 1)})
	if codeOf(err) != "POSTGRES_UNREACHABLE" {
		t.Errorf("a database that is not there: %v", err)
	}
}

func TestAServerThatGoesAwayInTheMiddleIsToldNothingIsWrittenAndTheNextActWorks(t *testing.T) {
	url := storetest.URL(t, "postgres")
	db, other := opened(t, "", url), opened(t, "", url)
	err := db.Do(t.Context(), morning, func(tx *Tx) error {
		if _, err := db.Append(t.Context(), tx, seal.Entry{Act: "x"}); err != nil {
			return err
		}
		var pid, gone int64
		if _, err := one(t.Context(), tx, "select pg_backend_pid()", nil, &pid); err != nil {
			return err
		}
		err := other.Aside(t.Context(), morning, func(tx *Tx) error {
			_, err := one(t.Context(), tx, "select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()", nil, &gone)
			return err
		})
		if err != nil || gone < 2 {
			t.Errorf("%d connections, %v", gone, err)
		}
		_, err = exec(t.Context(), tx, "update audit_head set seq = 7")
		return err
	})
	if codeOf(err) != "POSTGRES_UNREACHABLE" {
		t.Errorf("%v", err)
	}
	deadline := time.Now().Add(20 * time.Second)
	for err = appendOne(t.Context(), db, morning, "1"); err != nil && time.Now().Before(deadline); err = appendOne(t.Context(), db, morning, "1") {
		if codeOf(err) != "POSTGRES_UNREACHABLE" { // connections that were idle are found dead one by one
			t.Fatal(err)
		}
	}
	if n, err := verify(t, db); n != 1 || err != nil {
		t.Errorf("%d entries, %v", n, err)
	}
}
