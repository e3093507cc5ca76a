package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/pressly/goose/v3"

	"ganlan/internal/desk"
	"ganlan/internal/store"
	"ganlan/internal/storetest"
)

// No program was released whose schemas were between 0011 and the first fixture with facts: these kept schemes and facts
// without digests, and have no fixture. A later migration that adds a digest must fill it.
//
// Fixtures are the rows of a small county as a program of a past schema left them: NNNN.jsonl.gz for the schema NNNN, one
// row a line, and NNNN.master, its key. They are never written again; -update adds the one of the newest schema.
const (
	fixtures = "testdata/upgrade"
	rowsFile = "jsonl.gz"
)

// fixtureRow is a row of a table.
type fixtureRow struct {
	T string         `json:"t"`
	R map[string]any `json:"r"`
}

// raw opens a database without the store.
func raw(t testing.TB, p place) *sql.DB {
	t.Helper()
	driver, name := "pgx", p.url
	if p.url == "" {
		driver, name = "sqlite", "file:"+store.File(p.dir)+"?_pragma=busy_timeout(10000)&_pragma=journal_mode(wal)"
	}
	db, err := sql.Open(driver, name)
	must(t, err)
	t.Cleanup(func() { _ = db.Close() })
	return db
}

// migrated brings a database up to a schema and no further.
func migrated(t testing.TB, p place, db *sql.DB, schema int64) {
	t.Helper()
	dialect := goose.DialectPostgres
	if p.url == "" {
		dialect = goose.DialectSQLite3
	}
	g, err := goose.NewProvider(dialect, db, os.DirFS("../../internal/store/migrations"), goose.WithDisableGlobalRegistry(true))
	must(t, err)
	_, err = g.UpTo(t.Context(), schema)
	must(t, err)
}

// fixtureOf is the newest fixture that is not newer than a schema, and its schema.
func fixtureOf(t testing.TB, schema int64) (rows []fixtureRow, of int64, master []byte) {
	t.Helper()
	for _, n := range store.Versions() {
		if _, err := os.Stat(fixtureFile(n, rowsFile)); err == nil && n <= schema {
			of = n
		}
	}
	file, err := os.Open(fixtureFile(of, rowsFile))
	must(t, err)
	defer file.Close()
	unzipped, err := gzip.NewReader(file)
	must(t, err)
	d := json.NewDecoder(unzipped)
	for d.UseNumber(); d.More(); {
		var r fixtureRow
		must(t, d.Decode(&r))
		rows = append(rows, r)
	}
	master, err = os.ReadFile(fixtureFile(of, "master"))
	must(t, err)
	return rows, of, master
}

func fixtureFile(schema int64, kind string) string {
	return filepath.Join(fixtures, fmt.Sprintf("%04d.%s", schema, kind))
}

// older is a place as an earlier program left it.
func older(t testing.TB, kind string, schema int64) place {
	t.Helper()
	p := place{filepath.Join(t.TempDir(), "data"), storetest.URL(t, kind)}
	rows, of, master := fixtureOf(t, schema)
	must(t, os.MkdirAll(filepath.Dir(desk.KeyFile(p.dir)), 0o700))
	must(t, os.WriteFile(desk.KeyFile(p.dir), master, 0o600))
	db := raw(t, p)
	migrated(t, p, db, of)
	tx, err := db.BeginTx(t.Context(), nil)
	must(t, err)
	_, err = tx.Exec("delete from audit_head")
	must(t, err)
	for _, r := range rows {
		put(t, tx, r)
	}
	must(t, tx.Commit())
	migrated(t, p, db, schema)
	must(t, db.Close())
	return p
}

func put(t testing.TB, tx *sql.Tx, r fixtureRow) {
	t.Helper()
	columns := slices.Sorted(maps.Keys(r.R))
	var places []string
	var values []any
	for i, c := range columns {
		places = append(places, fmt.Sprintf("$%d", i+1))
		v := r.R[c]
		if n, ok := v.(json.Number); ok {
			i, err := n.Int64()
			must(t, err)
			v = i
		}
		values = append(values, v)
	}
	_, err := tx.Exec("insert into "+r.T+" ("+strings.Join(columns, ", ")+") values ("+strings.Join(places, ", ")+")", values...)
	must(t, err)
}

// tablesOf are the tables of ours with their columns, by a database's own account.
func tablesOf(t testing.TB, p place, db *sql.DB) map[string][]string {
	t.Helper()
	query := "select m.name, c.name from sqlite_master m join pragma_table_info(m.name) c where m.type = 'table' order by m.name, c.name"
	if p.url != "" {
		query = "select table_name, column_name from information_schema.columns where table_schema = 'public' order by table_name, column_name"
	}
	rows, err := db.Query(query)
	must(t, err)
	defer rows.Close()
	out := map[string][]string{}
	for rows.Next() {
		var table, column string
		must(t, rows.Scan(&table, &column))
		if !foreign(table) {
			out[table] = append(out[table], column)
		}
	}
	must(t, rows.Err())
	return out
}

// foreign are tables of the libraries.
func foreign(table string) bool {
	return strings.HasPrefix(table, "goose_") || strings.HasPrefix(table, "river_") || strings.HasPrefix(table, "sqlite_")
}

// rowsOf are all rows of a table with some of its columns, as text in an order of their own.
func rowsOf(t testing.TB, db *sql.DB, table string, columns []string) (out []string) {
	t.Helper()
	rows, err := db.Query("select " + strings.Join(columns, ", ") + " from " + table)
	must(t, err)
	defer rows.Close()
	for rows.Next() {
		values, into := make([]any, len(columns)), make([]any, len(columns))
		for i := range values {
			into[i] = &values[i]
		}
		must(t, rows.Scan(into...))
		r := fixtureRow{table, map[string]any{}}
		for i, c := range columns {
			if b, ok := values[i].([]byte); ok {
				values[i] = string(b)
			}
			r.R[c] = values[i]
		}
		line, err := json.Marshal(r)
		must(t, err)
		out = append(out, string(line))
	}
	must(t, rows.Err())
	slices.Sort(out)
	return out
}

// everyRow are all rows of all tables, with the columns there are.
func everyRow(t testing.TB, db *sql.DB, tables map[string][]string) (out []string) {
	t.Helper()
	for _, table := range slices.Sorted(maps.Keys(tables)) {
		out = append(out, rowsOf(t, db, table, tables[table])...)
	}
	return out
}

func TestADatabaseOfEveryEarlierSchemaIsOpenedWithAllItsRowsInAgreement(t *testing.T) {
	storetest.Each(t, func(t *testing.T, _ string) {
		kind := filepath.Base(t.Name())
		for _, schema := range store.Versions() {
			t.Run(fmt.Sprintf("%04d", schema), func(t *testing.T) {
				p := older(t, kind, schema)
				db := raw(t, p)
				tables := tablesOf(t, p, db)
				before := everyRow(t, db, tables)
				agrees(t, p)
				if after := everyRow(t, db, tables); !slices.Equal(before, after) {
					t.Errorf("%d rows are now %d; the first that differ:\n%s", len(before), len(after), firstDifference(before, after))
				}
			})
		}
	})
}

func TestADatabaseOfALaterSchemaIsRefusedWithNoRowTouched(t *testing.T) {
	storetest.Each(t, func(t *testing.T, _ string) {
		p := older(t, filepath.Base(t.Name()), slices.Max(store.Versions()))
		db := raw(t, p)
		_, err := db.Exec("insert into goose_db_version (version_id, is_applied) values ($1, $2)", 9000, true)
		must(t, err)
		tables := tablesOf(t, p, db)
		before := everyRow(t, db, tables)
		for _, command := range [][]string{{"doctor"}, {"audit", "verify"}, {"user", "setup-code"}, {"init"}} {
			out, err := exec.Command(program(t), p.args(append(command, "--json")...)...).CombinedOutput()
			if err == nil || !bytes.Contains(out, []byte("STORE_NEWER")) {
				t.Errorf("%v: %v\n%s", command, err, out)
			}
		}
		if after := everyRow(t, db, tablesOf(t, p, db)); !slices.Equal(before, after) {
			t.Errorf("touched: %s", firstDifference(before, after))
		}
	})
}

func firstDifference(a, b []string) string {
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return a[i] + "\n" + b[i]
		}
	}
	return fmt.Sprint(len(a), len(b))
}

// agrees opens a place with today's program: its schema is the newest and everything agrees.
func agrees(t testing.TB, p place) {
	t.Helper()
	d, err := desk.Open(t.Context(), p.dir, p.url)
	must(t, err)
	defer d.Close()
	if bad := d.Invariants(t.Context()); len(bad) > 0 || d.DB.Schema() != slices.Max(store.Versions()) {
		t.Fatalf("schema %d, %v", d.DB.Schema(), bad)
	}
}

// A table without a row in the newest fixture is not proved to outlive an upgrade.
func TestEveryTableOfTheNewestSchemaHasRowsInAFixture(t *testing.T) {
	newest := slices.Max(store.Versions())
	if *update {
		writeFixture(t, newest)
	}
	rows, of, _ := fixtureOf(t, newest)
	if of != newest {
		t.Fatalf("the newest fixture is of schema %d: run with -update once the schema %d is whole", of, newest)
	}
	p := older(t, "sqlite", newest)
	filled := map[string]bool{}
	for _, r := range rows {
		filled[r.T] = true
	}
	for table := range tablesOf(t, p, raw(t, p)) {
		if !filled[table] && !slices.Contains(bare, table) {
			t.Errorf("the table %s has no row in %s", table, fixtureFile(of, rowsFile))
		}
	}
}

// bare are tables that the demo county leaves empty.
var bare = []string{"approval", "paid_before", "run_notice"}

// writeFixture writes the rows of a county that the program makes.
func writeFixture(t *testing.T, newest int64) {
	t.Helper()
	p := place{dir: filepath.Join(t.TempDir(), "data")}
	out, err := exec.Command(program(t), p.args("demo", "--seed", "5", "--households", "20", "--once", "--quiet")...).CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	d, err := desk.Open(t.Context(), p.dir, "")
	must(t, err)
	must(t, d.DB.Do(t.Context(), time.Now(), func(tx *store.Tx) error { return store.SetSetting(context.Background(), tx, "password_length", "10") }))
	must(t, d.Close())
	master, err := os.ReadFile(desk.KeyFile(p.dir))
	must(t, err)
	full := raw(t, p)
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	for _, line := range everyRow(t, full, tablesOf(t, p, full)) {
		fmt.Fprintln(w, line)
	}
	must(t, w.Close())
	must(t, os.WriteFile(fixtureFile(newest, rowsFile), b.Bytes(), 0o644))
	must(t, os.WriteFile(fixtureFile(newest, "master"), master, 0o644))
}
