package main

import (
	"bytes"
	"os"
	"path/filepath"

	"ganlan/internal/sample"
)

// killImport kills a first import, or one that changes what an earlier one said.
func killImport(c *campaign) {
	n, county := 100+c.IntN(300), c.Uint64()
	if c.IntN(2) == 0 {
		c.whole(importing(c.place, c.files(n, county), "1")...)
	}
	files := c.files(n, county+1)
	c.allOrNothing("IMPORTED_ALREADY", func(p place) []string { return importing(p, files, "1") })
}

func importing(p place, files, org string) []string {
	f := func(name string) string { return filepath.Join(files, name+".csv") }
	return p.args("facts", "import", "--area", programmeArea, "--org", org, "--quiet",
		"--contracts", f("contracts"), "--ledger", f("ledger"), "--list", f("list"))
}

// files are those of an invented county.
func (c *campaign) files(n int, seed uint64) string {
	c.Helper()
	dir := c.TempDir()
	for _, table := range sample.New(seed, n, 0).Plain() {
		var b bytes.Buffer
		must(c, sample.WriteShuffled(&b, table, seed))
		must(c, os.WriteFile(filepath.Join(dir, table.Name+".csv"), b.Bytes(), 0o600))
	}
	return dir
}
