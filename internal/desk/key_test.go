package desk

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ganlan/internal/auth"
	"ganlan/internal/seal"
	"ganlan/internal/store"
	"ganlan/internal/storetest"
)

var secures = AtConsole("li", auth.SecurityAdmin, 0, "")

// reopened closes a desk and opens the folder again; everything must agree.
func reopened(t *testing.T, d *Desk, url string) {
	t.Helper()
	_ = d.Close()
	again, err := Open(t.Context(), d.Dir, url)
	if err != nil {
		t.Fatal(err)
	}
	again.Clock, *d = later, *again
	if bad := d.Invariants(t.Context()); len(bad) > 0 {
		t.Fatal(bad)
	}
}

func TestAfterTheMasterKeyWasRotatedTheNewOneOpensAndTheOldOneIsKeptAside(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		d := made(t, t.TempDir(), url)
		imported(t, d, county(t, 5))
		old, _ := os.ReadFile(KeyFile(d.Dir))
		defer func(was time.Duration) { aloneWait = was }(aloneWait)
		aloneWait = 50 * time.Millisecond
		if _, err := RotateMaster(t.Context(), keeps, d.Dir, url, later); codeOf(err) != "STORE_LOCKED" {
			t.Errorf("while another is in: %v", err)
		}
		_ = d.Close()
		if _, err := RotateMaster(t.Context(), keeps, d.Dir, url, later); codeOf(err) != "DENIED" {
			t.Errorf("by the system administrator: %v", err)
		}
		out, err := RotateMaster(t.Context(), secures, d.Dir, url, later)
		if err != nil {
			t.Fatal(err)
		}
		if kept, _ := os.ReadFile(out.Kept); !bytes.Equal(kept, old) {
			t.Error("the old key is not kept")
		}
		reopened(t, d, url)
		if d.master.ID() != out.New || out.New == out.Old {
			t.Errorf("%s is in use, not %s", d.master.ID(), out.New)
		}
		if err := os.WriteFile(KeyFile(d.Dir), old, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := Open(t.Context(), d.Dir, url); codeOf(err) != "MASTER_KEY_OTHER" {
			t.Errorf("the old key: %v", err)
		}
		next, _ := seal.ReadMaster(d.master.File())
		_ = os.WriteFile(KeyFile(d.Dir), next.File(), 0o600)
	})
}

// A process may die between any two steps of the rotation: the new file, the database, the old file aside, the new in place.
func TestAfterARotationThatWasBrokenOffAnywhereTheFolderOpens(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		for step := range 4 {
			url := url2(t, url)
			d := made(t, t.TempDir(), url)
			next, _ := seal.NewMaster()
			old := d.master
			if err := writeMaster(asideFile(d.Dir, next.ID()), next); err != nil {
				t.Fatal(err)
			}
			if step > 0 {
				err := d.DB.Aside(t.Context(), later(), func(tx *store.Tx) error { return rewrap(t.Context(), tx, old, next) })
				if err != nil {
					t.Fatal(err)
				}
			}
			if step > 1 {
				if err := os.Link(KeyFile(d.Dir), asideFile(d.Dir, old.ID())); err != nil {
					t.Fatal(err)
				}
			}
			if step > 2 {
				if err := os.Rename(asideFile(d.Dir, next.ID()), KeyFile(d.Dir)); err != nil {
					t.Fatal(err)
				}
			}
			reopened(t, d, url)
			in, err := readMaster(d.Dir)
			if want := map[bool]*seal.Master{true: next, false: old}[step > 0]; err != nil || in.ID() != want.ID() || d.master.ID() != want.ID() {
				t.Errorf("broken off after step %d: %v", step, err)
			}
		}
	})
}

func TestAfterTheValueKeyWasRotatedEveryValueIsUnderTheNewOneAndTheOldOneIsGone(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		d := made(t, t.TempDir(), url)
		imported(t, d, county(t, 700)) // more than are sealed anew at once
		code, err := d.SetupCode(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if _, err := d.Setup(t.Context(), code, [3]Person{{"sys", "王系"}, {"sec", "李安"}, {"aud", "赵审"}}); err != nil {
			t.Fatal(err)
		}
		_ = d.Close()
		stopped := errors.New("killed")
		_, err = func() (out Rotated, err error) { // broken off in the middle
			defer func() { err, _ = recover().(error) }()
			return RotateValues(t.Context(), secures, d.Dir, url, later, func(n int64) {
				if n > resealAtOnce {
					panic(stopped)
				}
			})
		}()
		if !errors.Is(err, stopped) {
			t.Fatal(err)
		}
		reopened(t, d, url)
		if keys, _, err := d.Keys(t.Context(), secures); err != nil || len(keys) != 3 || keys[0].State != "opens" || keys[0].Values == 0 || keys[2].State != "seals" || keys[2].Values == 0 {
			t.Errorf("in the middle: %+v %v", keys, err)
		}
		_ = d.Close()
		out, err := RotateValues(t.Context(), secures, d.Dir, url, later, nil)
		if err != nil || out.Retired != 1 || out.New != "3" {
			t.Fatalf("%+v %v", out, err)
		}
		reopened(t, d, url)
		if keys, _, err := d.Keys(t.Context(), secures); err != nil || len(keys) != 3 || keys[0].State != "retired" || keys[0].Values != 0 || keys[2].Values == 0 {
			t.Errorf("%+v %v", keys, err)
		}
		for _, value := range sealedTexts(t, d) {
			if b, _ := base64.StdEncoding.DecodeString(value); seal.KeyOf(b) == 1 {
				t.Error("a value is still sealed with the old key: is its column among sealedColumns?")
			}
		}
	})
}

// sealedTexts are all texts in the database that look like sealed values.
func sealedTexts(t *testing.T, d *Desk) (out []string) {
	t.Helper()
	var dump bytes.Buffer
	err := d.DB.Look(t.Context(), morning, func(tx *store.Tx) error { _, err := d.DB.Dump(t.Context(), tx, &dump); return err })
	table := ""
	_, e := store.ReadDump(&dump, store.DumpSink{
		Table: func(name string, _ []string) error { table = name; return nil },
		Row: func(values []any) error {
			for _, v := range values {
				if s, ok := v.(string); ok && strings.HasPrefix(s, "AAAAAAAAA") && table != "seal_key" {
					out = append(out, s)
				}
			}
			return nil
		}})
	if err := errors.Join(err, e); err != nil || len(out) == 0 {
		t.Fatalf("%d values, %v", len(out), err)
	}
	return out
}

func TestKeysAreListedWithoutTheKeys(t *testing.T) {
	d := made(t, t.TempDir(), "")
	if _, _, err := d.Keys(t.Context(), keeps); codeOf(err) != "DENIED" {
		t.Errorf("%v", err)
	}
	keys, masters, err := d.Keys(context.Background(), secures)
	if err != nil || len(keys) != 2 || len(masters) != 1 || masters[0] != d.master.ID() {
		t.Errorf("%+v %v %v", keys, masters, err)
	}
	if paths, _ := filepath.Glob(asideFile(d.Dir, "*")); len(paths) != 0 {
		t.Errorf("%v", paths)
	}
}
