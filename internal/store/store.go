// Package store keeps what the office deals with in one SQL text for SQLite (a file) and PostgreSQL. Facts are superseded,
// never overwritten, so every past day can be asked again; it refuses a database newer than the program, a key that is not
// the database's, and an edit of a record that someone else has changed since.
package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
)

// Current is the time at which a record that still holds is superseded: never.
const Current = int64(1) << 62

// DB is an open database. Writes go through one transaction at a time on SQLite, side by side on PostgreSQL.
type DB struct {
	dialect dialect
	write   *sql.DB
	read    *sql.DB
	ids     *ids
	schema  int64
	gate    gate
	pool    *pgxpool.Pool // PostgreSQL alone
	jobs    *sql.DB       // SQLite alone: the job engine's own connection
	also    *Also
	collate string // as in Tx
}

// Tx is one transaction with its one time and its ids. Only the desk begins one.
type Tx struct {
	*sql.Tx
	Now  int64 // milliseconds since 1970; the only time of everything done in it
	ids  *ids
	conn *sql.Conn

	collate string // makes a text compare byte by byte where the database would not
	floor   int64  // time of the last entry when it began; Current where it was not looked at
}

// NewID is an id that no other record has, rising with time.
func (tx *Tx) NewID() int64 { return tx.ids.next(tx.Now) }

// skew is how far the clocks of two nodes may lie apart, and how far a clock may be stepped back, without an act being refused.
const skew = 2 * time.Second

// bytewise is a column of texts as compared byte by byte, as Go and SQLite compare them.
func (tx *Tx) bytewise(column string) string { return column + tx.collate }

// Do runs a transaction that writes. It is committed when do returns nil, else nothing of it remains. now is the desk's.
// Transactions follow each other: each begins when the one before it is done, and its time is never before that one's, so
// that what was known at a time stays known as it was. Whoever had to wait is as late as the one waited for.
func (db *DB) Do(ctx context.Context, now time.Time, do func(*Tx) error) error {
	return db.noted(ctx, now, db.dialect.lockActs(), do)
}

// Overlap is Do for what nobody asks of a past time: sign-ins, refusals. On PostgreSQL it waits for no other act but while that
// one puts its entry down, so that nobody is kept out by a long import.
func (db *DB) Overlap(ctx context.Context, now time.Time, do func(*Tx) error) error {
	return db.noted(ctx, now, "", do)
}

// noted runs a transaction that ends with an entry of the audit. Its time is not before the last entry's when it began.
func (db *DB) noted(ctx context.Context, now time.Time, lock string, do func(*Tx) error) error {
	asked := time.Now()
	return db.Aside(ctx, now, func(tx *Tx) error {
		if lock != "" {
			if _, err := tx.ExecContext(ctx, lock); err != nil {
				return err
			}
		}
		if _, err := one(ctx, tx, "select at from audit_head where id = 1", nil, &tx.floor); err != nil {
			return err
		}
		if tx.Now < tx.floor && tx.floor-tx.Now <= (time.Since(asked)+skew).Milliseconds() {
			tx.Now = tx.floor
		}
		return do(tx)
	})
}

// Aside runs a transaction that writes beside the acts: heartbeats, progress, sessions seen. On PostgreSQL it waits for
// nobody, not even for a long import; so it writes nothing that has a history, and no entry of the audit.
func (db *DB) Aside(ctx context.Context, now time.Time, do func(*Tx) error) error {
	return db.in(ctx, db.write, &sql.TxOptions{Isolation: db.dialect.isolation()}, now, do)
}

// Look runs a transaction that only reads and sees one moment of the database.
func (db *DB) Look(ctx context.Context, now time.Time, do func(*Tx) error) error {
	return db.in(ctx, db.read, &sql.TxOptions{Isolation: db.dialect.snapshot(), ReadOnly: db.dialect.readOnly()}, now, do)
}

func (db *DB) in(ctx context.Context, pool *sql.DB, opt *sql.TxOptions, now time.Time, do func(*Tx) error) error {
	if err := db.gate.still(ctx, db); err != nil {
		return db.dialect.explain(err)
	}
	return db.run(ctx, pool, opt, now, do)
}

func (db *DB) run(ctx context.Context, pool *sql.DB, opt *sql.TxOptions, now time.Time, do func(*Tx) error) error {
	c, err := pool.Conn(ctx)
	if err != nil {
		return db.dialect.explain(fmt.Errorf("store: beginning: %w", err))
	}
	defer c.Close()
	t, err := c.BeginTx(ctx, opt)
	if err != nil {
		return db.dialect.explain(fmt.Errorf("store: beginning: %w", err))
	}
	defer func() {
		if p := recover(); p != nil {
			_ = t.Rollback()
			panic(p)
		}
	}()
	if err := do(&Tx{Tx: t, Now: now.UnixMilli(), ids: db.ids, conn: c, collate: db.collate, floor: Current}); err != nil {
		if e := t.Rollback(); e != nil && !errors.Is(e, sql.ErrTxDone) {
			err = errors.Join(err, e)
		}
		return db.dialect.explain(err)
	}
	if err := t.Commit(); err != nil {
		return db.dialect.explain(fmt.Errorf("store: committing: %w", err))
	}
	return nil
}

// Close lets the database go.
func (db *DB) Close() error {
	err := errors.Join(db.read.Close(), db.write.Close())
	if db.pool != nil {
		db.pool.Close()
	}
	if db.jobs != nil {
		err = errors.Join(err, db.jobs.Close())
	}
	return errors.Join(err, db.gate.close())
}

// Schema is the number of the last migration, which this program and the database share.
func (db *DB) Schema() int64 { return db.schema }

// Kind names the engine: sqlite or postgres.
func (db *DB) Kind() string { return db.dialect.name() }

// Jobs is the connection of the job engine, which brings its own SQL, on SQLite; nil on PostgreSQL. It is apart from the one
// that writes: work that holds a transaction and asks the engine for something would wait for itself.
func (db *DB) Jobs() *sql.DB { return db.jobs }

// one scans the only row of a query into what scan names; ok is false when there is none.
func one(ctx context.Context, tx *Tx, query string, args []any, into ...any) (ok bool, err error) {
	err = tx.QueryRowContext(ctx, query, args...).Scan(into...)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil, err
}

// each calls scan for every row of a query.
func each(ctx context.Context, tx *Tx, query string, args []any, scan func(*sql.Rows) error) error {
	rows, err := tx.QueryContext(ctx, query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := scan(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// exec runs a statement and says how many rows it touched.
func exec(ctx context.Context, tx *Tx, query string, args ...any) (int64, error) {
	res, err := tx.ExecContext(ctx, query, args...)
	if err != nil {
		return 0, err
	}
	return res.RowsAffected()
}
