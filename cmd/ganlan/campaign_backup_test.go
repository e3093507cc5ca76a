package main

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"ganlan/fault"
	"ganlan/internal/auth"
	"ganlan/internal/desk"
	"ganlan/internal/storetest"
)

// killBackup kills a backup while an import goes on in another process: there is a whole file or none. The next backup holds
// everything that was acknowledged before it began, and is restored into either kind of database.
func killBackup(c *campaign) {
	c.whole(importing(c.place, c.files(100+c.IntN(200), c.Uint64()), "1")...)
	second := c.files(100+c.IntN(200), c.Uint64())
	others := c.start(c.args("facts", "import", "--area", programmeArea, "--org", "2", "--quiet", "--contracts", filepath.Join(second, "contracts.csv"),
		"--ledger", filepath.Join(second, "ledger.csv"))...) // the list is the first one's
	home := c.TempDir()
	to := func(name string) []string { return c.args("backup", "--to", filepath.Join(home, name)) }
	takes := c.whole(to("undisturbed")...)
	for range 3 {
		acknowledged := c.killed(takes, to("killed")...)
		_, err := os.Stat(filepath.Join(home, "killed"))
		if acknowledged && err != nil {
			c.Fatalf("acknowledged and not there: %v", err)
		}
		if err == nil {
			c.check(filepath.Join(home, "killed"), desk.KeyFile(c.dir))
			must(c, os.Remove(filepath.Join(home, "killed")))
		}
	}
	c.whole(to("killed")...)
	if left, _ := filepath.Glob(filepath.Join(home, ".*")); len(left) > 0 {
		c.Fatalf("left behind: %v", left)
	}
	if err := others.Wait(); err != nil {
		c.Fatalf("%v\n%s%s", err, &others.out, &others.err)
	}
	c.whole(to("last")...)
	p := place{dir: filepath.Join(c.TempDir(), "restored"), url: storetest.URL(c, c.otherKind())}
	c.whole(p.args("restore", "--from", filepath.Join(home, "last"), "--key", desk.KeyFile(c.dir))...)
	c.sameFacts(p)
}

func (c *campaign) otherKind() string {
	return map[string]string{"sqlite": "postgres", "postgres": "sqlite"}[c.kind]
}

func (c *campaign) check(file, key string) {
	c.Helper()
	c.whole("backup", "check", "--from", file, "--key", key)
}

// sameFacts compares the facts at the campaign's place with those at another, where everything must agree.
func (c *campaign) sameFacts(p place) {
	c.Helper()
	var want, got []string
	for _, x := range []struct {
		place
		into *[]string
	}{{c.place, &want}, {p, &got}} {
		c.inside(x.place, func(ctx context.Context, d *desk.Desk) {
			if bad := d.Invariants(ctx); len(bad) > 0 {
				c.Fatalf("no longer in agreement: %v", bad)
			}
			for org := range int64(4) {
				who := desk.AtConsole("test", auth.BankOfficer, org, programmeArea)
				must(c, d.FactsKnown(ctx, who, time.Now(), func(f desk.Fact) error { *x.into = append(*x.into, f.Contract.No); return nil }))
			}
		})
	}
	if g, w := strings.Join(got, " "), strings.Join(want, " "); g != w {
		c.Fatalf("%d contracts, want %d", len(got), len(want))
	}
}

// killRestore kills a restore: what is left does not open, or is whole; the restore is done again in the same place.
func killRestore(c *campaign) {
	c.whole(importing(c.place, c.files(200+c.IntN(300), c.Uint64()), "1")...)
	file := filepath.Join(c.TempDir(), "backup")
	c.whole(c.args("backup", "--to", file)...)
	into := func() (place, []string) {
		p := place{dir: filepath.Join(c.TempDir(), "restored"), url: storetest.URL(c, c.kind)}
		return p, p.args("restore", "--from", file, "--key", desk.KeyFile(c.dir))
	}
	_, undisturbed := into()
	takes := c.whole(undisturbed...)
	p, restore := into()
	for range 3 {
		acknowledged := c.killed(takes, restore...)
		c.quiet(p)
		d, err := desk.Open(c.Context(), p.dir, p.url)
		if err == nil {
			must(c, d.Close())
			c.sameFacts(p)
			c.refused("RESTORE_NOT_EMPTY", restore...)
			return
		}
		for _, f := range fault.From(err) {
			if acknowledged || !slices.Contains([]string{"DATA_NOT_MADE", "RESTORE_UNFINISHED", "MASTER_KEY_MISSING"}, f.Code()) {
				c.Fatalf("acknowledged %v: %v", acknowledged, err)
			}
		}
	}
	c.whole(restore...)
	c.sameFacts(p)
}
