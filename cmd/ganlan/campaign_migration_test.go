package main

import (
	"slices"

	"ganlan/internal/store"
)

// killMigration kills the program while it brings the database of an earlier program up to date: each migration is there or
// not, the next open finishes, and every row is as it was.
func killMigration(c *campaign) {
	versions := store.Versions()
	schema := versions[c.IntN(len(versions)-1)]
	p := older(c, c.kind, schema)
	takes := c.whole(c.copied(p).args("audit", "verify", "--quiet")...)
	db := raw(c, p)
	tables := tablesOf(c, p, db)
	before := everyRow(c, db, tables)
	must(c, db.Close()) // an open connection would keep copies from being made
	c.killed(takes, p.args("audit", "verify", "--quiet")...)
	c.quiet(p)
	db = raw(c, p)
	var now int64
	must(c, db.QueryRow("select max(version_id) from goose_db_version").Scan(&now))
	if !slices.Contains(versions, now) || now < schema {
		c.Fatalf("of schema %d after %d", now, schema)
	}
	c.Logf("killed between schemas %d and %d at %d", schema, versions[len(versions)-1], now)
	agrees(c, p)
	if after := everyRow(c, db, tables); !slices.Equal(before, after) {
		c.Fatalf("a row is not as it was: %s", firstDifference(before, after))
	}
}
