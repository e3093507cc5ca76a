package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"ganlan/internal/sample"
)

func TestTheBanksFileIsGBKAndLosesNoCharacter(t *testing.T) {
	dir, county := t.TempDir(), sample.New(4, 300, 0)
	if err := run(options{contracts: 300, seed: 4, dir: dir, style: "bank"}, ""); err != nil {
		t.Fatal(err)
	}
	for _, table := range county.BankStyle(nil) {
		raw := read(t, dir, table.Name+".csv")
		got, err := simplifiedchinese.GBK.NewDecoder().Bytes(raw)
		if err != nil {
			t.Fatal(err)
		}
		var want bytes.Buffer
		if err := sample.Write(&want, table); err != nil {
			t.Fatal(err)
		}
		if bytes.Equal(raw, got) || !bytes.Equal(got, want.Bytes()) || strings.ContainsRune(string(got), '\uFFFD') {
			t.Errorf("%s does not decode to what was written", table.Name)
		}
	}
}

func TestGeneratingAgainChangesNoByte(t *testing.T) {
	once, again := t.TempDir(), t.TempDir()
	for _, dir := range []string{once, again} {
		if err := run(options{}, dir); err != nil {
			t.Fatal(err)
		}
	}
	compare(t, once, again, "*/*")
}

// The workbooks are left out: how they look belongs to another room.
func TestTheExamplesInTheTreeAreThoseThatAreGenerated(t *testing.T) {
	dir := t.TempDir()
	if err := run(options{}, dir); err != nil {
		t.Fatal(err)
	}
	compare(t, dir, "../../examples/dongyang-2025", "*/*.csv")
}

func TestAnUnknownStyleIsRefused(t *testing.T) {
	for _, o := range []options{{contracts: 1, style: "fancy"}, {style: "plain"}} {
		if err := run(o, ""); err == nil {
			t.Errorf("%+v: want an error", o)
		}
	}
}

// compare fails for each file of the pattern whose bytes differ.
func compare(t *testing.T, want, got, pattern string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(want, pattern))
	if err != nil || len(files) == 0 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	for _, f := range files {
		name, _ := filepath.Rel(want, f)
		if !bytes.Equal(read(t, want, name), read(t, got, name)) {
			t.Errorf("%s differs: run go run ./bench/gen -examples examples/dongyang-2025", name)
		}
	}
}

func read(t *testing.T, dir, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	return b
}
