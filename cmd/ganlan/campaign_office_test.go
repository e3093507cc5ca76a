package main

import (
	"context"
	"crypto/sha256"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ganlan/internal/auth"
	"ganlan/internal/desk"
	"ganlan/internal/store"
	"ganlan/internal/storetest"
)

// office is a data folder with administrators, of which every blow gets a copy.
type office struct {
	kind string
	bin  string // the program
	base place
}

// place is a data folder and the address of its database, empty for SQLite.
type place struct{ dir, url string }

// args are the switches by which a command finds the place.
func (p place) args(command ...string) []string {
	command = append(command, "--data", p.dir)
	if p.url != "" {
		command = append(command, "--db", p.url)
	}
	return command
}

const programmeArea = "990783"

func newOffice(t *testing.T, kind string) *office {
	t.Helper()
	o := &office{kind: kind, bin: program(t), base: place{t.TempDir(), storetest.URL(t, kind)}}
	d, err := desk.Init(t.Context(), o.base.dir, o.base.url, time.Now)
	must(t, err)
	defer d.Close()
	code, err := d.SetupCode(t.Context())
	must(t, err)
	_, err = d.Setup(t.Context(), code, [3]desk.Person{{Login: "sys", Name: "王系"}, {Login: "sec", Name: "李安"}, {Login: "aud", Name: "赵审"}})
	must(t, err)
	return o
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// copied is a place that begins as another one stands.
func (c *campaign) copied(from place) place {
	c.Helper()
	c.quiet(from)
	p := place{dir: filepath.Join(c.TempDir(), "data")}
	must(c, os.CopyFS(p.dir, os.DirFS(from.dir)))
	must(c, os.Chmod(desk.KeyFile(p.dir), 0o600))
	if from.url != "" {
		p.url = storetest.Copy(c, from.url)
	}
	return p
}

// inside opens a place in this process.
func (c *campaign) inside(p place, do func(context.Context, *desk.Desk)) {
	c.Helper()
	d, err := desk.Open(c.Context(), p.dir, p.url)
	must(c, err)
	defer d.Close()
	do(c.Context(), d)
}

// state is what is to be seen at a place: how many rows each table has, and the contracts and lines that hold.
type state struct {
	rows  map[string]int64
	facts string
}

func (s state) String() string { return fmt.Sprint(s.rows, " ", s.facts) }

// without is the state but for one table.
func (s state) without(table string) string {
	rows := maps.Clone(s.rows)
	delete(rows, table)
	return state{rows, s.facts}.String()
}

// beside are tables that no act writes: they differ by chance.
var beside = []string{"goose_", "river_", "sqlite_", "node", "session", "sign_in"}

// look checks that everything agrees and gives the state.
func (c *campaign) look(p place) (s state) {
	c.Helper()
	c.quiet(p)
	c.inside(p, func(ctx context.Context, d *desk.Desk) {
		if bad := d.Invariants(ctx); len(bad) > 0 {
			c.Fatalf("no longer in agreement: %v", bad)
		}
		must(c, d.DB.Look(ctx, time.Now(), func(tx *store.Tx) error {
			s.rows = map[string]int64{}
			for _, table := range c.tables(ctx, tx) {
				var n int64
				must(c, tx.QueryRowContext(ctx, "select count(*) from "+table).Scan(&n))
				s.rows[table] = n
			}
			s.facts = c.facts(ctx, d, tx)
			return nil
		}))
	})
	return s
}

// tables are those that acts write.
func (c *campaign) tables(ctx context.Context, tx *store.Tx) (out []string) {
	query := "select name from sqlite_master where type = 'table' order by name"
	if c.kind == "postgres" {
		query = "select tablename from pg_tables where schemaname = 'public' order by tablename"
	}
	rows, err := tx.QueryContext(ctx, query)
	must(c, err)
	defer rows.Close()
names:
	for rows.Next() {
		var name string
		must(c, rows.Scan(&name))
		for _, b := range beside {
			if strings.HasPrefix(name, b) {
				continue names
			}
		}
		out = append(out, name)
	}
	must(c, rows.Err())
	return out
}

// facts is a digest of the contracts and lines that hold.
func (c *campaign) facts(ctx context.Context, d *desk.Desk, tx *store.Tx) string {
	h := sha256.New()
	for org := range int64(4) {
		err := d.FactsKnown(ctx, desk.AtConsole("test", auth.BankOfficer, org, programmeArea), time.Now(), func(f desk.Fact) error {
			_, err := fmt.Fprintln(h, f.Org, f.Area, f.Contract)
			return err
		})
		must(c, err)
	}
	rows, err := tx.QueryContext(ctx, "select org, contract, day, kind, amount from ledger_line where superseded_at = $1 order by org, contract, day, kind, amount", store.Current)
	must(c, err)
	defer rows.Close()
	for rows.Next() {
		var org, kind, amount int64
		var no, day string
		must(c, rows.Scan(&org, &no, &day, &kind, &amount))
		fmt.Fprintln(h, org, no, day, kind, amount)
	}
	must(c, rows.Err())
	return fmt.Sprintf("%x", h.Sum(nil)[:8])
}

// quiet waits until PostgreSQL has noticed that the killed program is gone: what it had sent may still be carried out.
func (c *campaign) quiet(p place) {
	c.Helper()
	if p.url == "" {
		return
	}
	for deadline := time.Now().Add(20 * time.Second); storetest.Connections(c, p.url) > 0; {
		if time.Now().After(deadline) {
			c.Fatal("a killed program's connection stays")
		}
		time.Sleep(5 * time.Millisecond)
	}
}
