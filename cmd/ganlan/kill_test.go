package main

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"ganlan/internal/sample"
)

// program builds the program, once for all tests that must be able to kill it.
func program(t *testing.T) string {
	t.Helper()
	bin, err := built()
	if err != nil {
		t.Fatal(err)
	}
	return bin
}

// buildDir is where the program is built; TestMain makes it and takes it away.
var buildDir string

var built = sync.OnceValues(func() (string, error) {
	bin := filepath.Join(buildDir, "ganlan")
	if out, err := exec.Command("go", "build", "-o", bin, ".").CombinedOutput(); err != nil {
		return "", fmt.Errorf("%w\n%s", err, out)
	}
	return bin, nil
})

// county writes the files of an invented county into a folder, in no order, so that sorting is under way as well.
func county(t *testing.T, n int) string {
	t.Helper()
	dir := t.TempDir()
	for _, table := range sample.New(11, n, 0).Plain() {
		var b bytes.Buffer
		if err := sample.WriteShuffled(&b, table, 5); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, table.Name+".csv"), b.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// contents are the files of a folder by name; nil when there is no folder.
func contents(t *testing.T, dir string) map[string]string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if os.IsNotExist(err) {
		return nil
	}
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, e := range entries {
		data, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		out[e.Name()] = string(data)
	}
	return out
}

func same(a, b map[string]string) bool {
	if len(a) != len(b) {
		return false
	}
	for name, text := range a {
		if b[name] != text {
			return false
		}
	}
	return true
}

// A run that was killed between its two last steps has moved the old result aside and not yet put the new one there.
func TestAResultThatAKilledRunMovedAsideIsPutBack(t *testing.T) {
	gone := exec.Command("true")
	if err := gone.Run(); err != nil {
		t.Fatal(err)
	}
	place := filepath.Join(t.TempDir(), "out")
	aside := filepath.Join(filepath.Dir(place), ".out"+partMark+strconv.Itoa(gone.Process.Pid))
	for _, dir := range []string{aside, aside + "-old"} {
		if err := os.Mkdir(dir, 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, "results.csv"), []byte(filepath.Base(dir)), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	d, err := newOutDir(place)
	if err != nil {
		t.Fatal(err)
	}
	d.drop()
	if got := contents(t, place); got["results.csv"] != filepath.Base(aside)+"-old" {
		t.Errorf("the old result is %v", got)
	}
	if entries, _ := os.ReadDir(filepath.Dir(place)); len(entries) != 1 {
		t.Errorf("left behind: %v", entries)
	}
}

func TestAKillAtAnyMomentLeavesNoResultOrACompleteOne(t *testing.T) {
	bin, data, home := program(t), county(t, 12_000), t.TempDir()
	start := func(out string) *exec.Cmd {
		cmd := exec.Command(bin, "calc", "--scheme", "330783-gongfu-2024", "--year", "2025", "--contracts", filepath.Join(data, "contracts.csv"),
			"--ledger", filepath.Join(data, "ledger.csv"), "--list", filepath.Join(data, "list.csv"), "--out", filepath.Join(home, out),
			"--at", "2026-03-01T09:30:00+08:00", "--quiet")
		cmd.Env = append(os.Environ(), "TMPDIR="+t.TempDir())
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		return cmd
	}
	begun := time.Now()
	if err := start("whole").Wait(); err != nil {
		t.Fatal(err)
	}
	takes, whole := time.Since(begun), contents(t, filepath.Join(home, "whole"))
	if len(whole) != 5 {
		t.Fatalf("a whole result has %d files", len(whole))
	}
	random := rand.New(rand.NewPCG(1, 2))
	none, complete := 0, 0
	for i := range 24 {
		out := []string{"fresh", "again"}[i%2] // again replaces a result that is there
		if err := os.RemoveAll(filepath.Join(home, out)); err != nil {
			t.Fatal(err)
		}
		if out == "again" {
			if err := os.CopyFS(filepath.Join(home, out), os.DirFS(filepath.Join(home, "whole"))); err != nil {
				t.Fatal(err)
			}
		}
		cmd := start(out)
		if i%4 < 2 { // near the end, where the files are written and put in place
			time.Sleep(takes * 4 / 5)
		}
		time.Sleep(time.Duration(random.Int64N(int64(takes) / 2)))
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
		switch got := contents(t, filepath.Join(home, out)); {
		case got == nil:
			none++
		case same(got, whole):
			complete++
		default:
			t.Fatalf("killed in run %d: a result of %d files that is not whole", i, len(got))
		}
	}
	t.Logf("%d runs left nothing, %d a complete result", none, complete)
	for _, out := range []string{"fresh", "again"} {
		if err := start(out).Wait(); err != nil {
			t.Fatalf("after the kills: %v", err)
		}
		if !same(contents(t, filepath.Join(home, out)), whole) {
			t.Errorf("after the kills %s is not whole", out)
		}
	}
	entries, err := os.ReadDir(home)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), ".") {
			t.Errorf("left behind: %s", e.Name())
		}
	}
}
