package store

import (
	"cmp"
	"context"
	"database/sql"
	"embed"
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/pressly/goose/v3"
)

//go:embed migrations/*.sql
var embedded embed.FS

// migrations are the files of this program; a test puts a later program's in their place.
var migrations fs.FS = embedded

// Also is a library that keeps tables of its own in the database, with its own migrations. They are done under the same lock,
// after ours; broken off, they are taken up again at the next opening.
type Also struct {
	Ready func(context.Context, *DB, *Tx) (bool, error) // changes nothing
	Bring func(context.Context, *DB) error
}

// versionTable is where the migrations that were done are noted.
const versionTable = "goose_db_version"

// Versions are the numbers of all migrations of this program, rising.
func Versions() (out []int64) {
	entries, _ := fs.ReadDir(migrations, "migrations")
	for _, e := range entries {
		number, _, _ := strings.Cut(e.Name(), "_")
		n, _ := strconv.ParseInt(number, 10, 64)
		out = append(out, n)
	}
	slices.Sort(out)
	return out
}

// comeIn waits for its turn and goes in: beside others when the schema is up to date, alone to bring it there.
func (db *DB) comeIn(ctx context.Context, o Options) error {
	db.schema = slices.Max(Versions())
	waiting, cancel := context.WithTimeout(ctx, o.Wait)
	defer cancel()
	for {
		if in, err := db.tryIn(ctx, o); err != nil {
			return err
		} else if in {
			return db.gate.note(ctx, db)
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-waiting.Done():
			return FaultLocked.New().Set("who", strings.Join(db.gate.others(ctx), ", "))
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// tryIn goes in if it can. A migration is done alone and let go before going in beside others, for no lock can be widened
// without a moment in which nobody has it.
func (db *DB) tryIn(ctx context.Context, o Options) (bool, error) {
	if in, err := db.gate.enter(ctx, o.Alone); err != nil || !in {
		return false, err
	}
	pending, err := db.pending(ctx, o.schema)
	if err == nil && pending && !o.Alone {
		if err = db.gate.leave(ctx); err != nil {
			return false, err
		}
		if in, err := db.gate.enter(ctx, true); err != nil || !in {
			return false, err
		}
	}
	if err == nil && o.empty {
		err = db.mustBeEmpty(ctx, o.schema)
	}
	if err == nil && pending {
		err = db.migrate(ctx, o.schema)
	}
	if err == nil && (o.Alone || !pending) {
		return true, db.takeNumber(ctx)
	}
	if e := db.gate.leave(ctx); e != nil && err == nil {
		err = e
	}
	return false, err
}

func (db *DB) takeNumber(ctx context.Context) error {
	n, err := db.gate.number(ctx)
	db.ids.of(n)
	return err
}

// pending reports whether a migration is still to be done. It changes nothing; a schema newer than the program's is refused.
func (db *DB) pending(ctx context.Context, upTo int64) (bool, error) {
	done, err := db.applied(ctx)
	if err != nil {
		return false, err
	}
	if err := CheckSchema(slices.Max(append(done, 0))); err != nil {
		return false, err
	}
	if slices.ContainsFunc(Versions(), func(n int64) bool { return (upTo == 0 || n <= upTo) && !slices.Contains(done, n) }) {
		return true, nil
	}
	if db.also == nil || upTo != 0 {
		return false, nil
	}
	ready := false
	err = db.run(ctx, db.read, &sql.TxOptions{ReadOnly: db.dialect.readOnly()}, time.Time{}, func(tx *Tx) (err error) {
		ready, err = db.also.Ready(ctx, db, tx)
		return err
	})
	return !ready, err
}

// applied are the migrations that were done.
func (db *DB) applied(ctx context.Context) (out []int64, err error) {
	if !db.gate.made() {
		return nil, nil
	}
	err = db.run(ctx, db.read, &sql.TxOptions{Isolation: db.dialect.snapshot(), ReadOnly: db.dialect.readOnly()}, time.Time{}, func(tx *Tx) error {
		if ok, err := db.hasTable(ctx, tx, versionTable); err != nil || !ok {
			return err
		}
		return each(ctx, tx, "select version_id from "+versionTable+" where is_applied", nil, func(r *sql.Rows) error {
			var n int64
			err := r.Scan(&n)
			out = append(out, n)
			return err
		})
	})
	return out, err
}

func (db *DB) hasTable(ctx context.Context, tx *Tx, name string) (ok bool, err error) {
	err = each(ctx, tx, db.dialect.tables(), nil, func(r *sql.Rows) error {
		var n string
		err := r.Scan(&n)
		ok = ok || n == name
		return err
	})
	return ok, err
}

// Migrate brings the schema of a database that was opened for a restore up to date.
func (db *DB) Migrate(ctx context.Context) error { return db.dialect.explain(db.migrate(ctx, 0)) }

// migrate does the migrations up to a number; 0 is all of them. Each is done whole or not at all.
func (db *DB) migrate(ctx context.Context, upTo int64) error {
	dir, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return err
	}
	p, err := goose.NewProvider(db.dialect.goose(), db.write, dir, goose.WithDisableGlobalRegistry(true), goose.WithAllowOutofOrder(true))
	if err != nil {
		return err
	}
	if _, err = p.UpTo(ctx, cmp.Or(upTo, db.schema)); err != nil || db.also == nil || upTo != 0 {
		return err
	}
	return db.also.Bring(ctx, db)
}

// CheckSchema refuses the number of a schema that only a newer program knows.
func CheckSchema(got int64) error {
	if want := slices.Max(Versions()); got > want {
		return FaultNewer.New().Set("got", strconv.FormatInt(got, 10)).Set("want", strconv.FormatInt(want, 10))
	}
	return nil
}
