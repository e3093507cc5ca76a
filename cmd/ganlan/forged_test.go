package main

import (
	"database/sql"
	"maps"
	"slices"
	"testing"

	"ganlan/internal/desk"
	"ganlan/internal/store"
	"ganlan/internal/storetest"
)

// unguarded are tables and columns a change of which the invariants do not tell, and why. «Open» is what should be told.
var unguarded = map[string]string{
	"account_factor.confirmed": "open: only the sealed secret is bound to its row", "account_factor.step": "open: so is it",
	"account_factor.recorded_at": "open: so is it", "account_factor.superseded_at": "open: so is it",
	"account_password.given": "open: only the sealed digest is bound to its row", "account_password.recorded_at": "open: so is it",
	"account_password.recorded_by": "open: so is it", "account_password.superseded_at": "open: so is it",
	"org":     "open: an organisation's rows have no digest; what may be done there stands in grants, which have one",
	"session": "a keyed digest of the token, which says whose it is; a row that was changed is no session", "setting": "open: rules of signing in",
	"run_input": "named by ganlan run verify", "run_payer": "named by ganlan run verify", "run_shard": "scaffolding of a run, whose rows and sums have digests",
	"job": "who asked for work, and how it goes", "shard": "how work goes", "node": "who works",
	"setup_code": "good for a day, while there is no account", "sign_in": "failures in a row",
	"scheme_file.digest": "the content is compared with the version's digest", "seal_key.made": "a time that nothing rests upon",
}

// Whoever can write to the database, or a disk that wrote something else, changes nothing unseen: of every column of every
// table one value is changed, and the invariants must tell.
func TestAChangedValueOfAnyColumnIsTold(t *testing.T) {
	p := older(t, storetest.Kinds[0], slices.Max(store.Versions()))
	d, err := desk.Open(t.Context(), p.dir, p.url)
	must(t, err)
	defer d.Close()
	if bad := d.Invariants(t.Context()); len(bad) > 0 {
		t.Fatal(bad)
	}
	db := raw(t, p)
	tables := tablesOf(t, p, db)
	for _, table := range slices.Sorted(maps.Keys(tables)) {
		for _, column := range tables[table] {
			name := table + "." + column
			if unguarded[name] != "" || unguarded[table] != "" {
				continue
			}
			undo := forged(t, db, table, column)
			if undo == nil {
				continue
			}
			if len(d.Invariants(t.Context())) == 0 {
				t.Errorf("%s was changed and nobody is told", name)
			}
			undo()
		}
	}
	if bad := d.Invariants(t.Context()); len(bad) > 0 {
		t.Fatal(bad)
	}
}

// forged changes a value of a column in one row and gives what puts it back; nil when there is no row, or it cannot be.
func forged(t testing.TB, db *sql.DB, table, column string) func() {
	t.Helper()
	var id int64
	var was any
	if err := db.QueryRow("select rowid, "+column+" from "+table+" order by rowid desc limit 1").Scan(&id, &was); err != nil {
		return nil
	}
	set := func(v any) error {
		_, err := db.Exec("update "+table+" set "+column+" = $1 where rowid = $2", v, id)
		return err
	}
	var other any = int64(7)
	switch v := was.(type) {
	case int64:
		if other = v ^ 1<<20; v == 0 || v == 1 {
			other = 1 - v
		}
	case string:
		other = v + "x"
	}
	if set(other) != nil {
		return nil // the database itself refuses it
	}
	return func() { must(t, set(was)) }
}
