package store

import (
	"context"
	"database/sql"
	"slices"
	"time"
)

// unfinished is the setting that stands in a database from the rows of a restore on until everything in it was checked.
const unfinished = "restore.unfinished"

// BeginRestore marks a database as one that is not to be used yet, in the transaction that loads the rows.
func BeginRestore(ctx context.Context, tx *Tx) error { return SetSetting(ctx, tx, unfinished, "1") }

// EndRestore takes the mark away. Nobody works there who worked when the backup was made: sessions and nodes have ended, and
// steps of jobs that ran wait to be run again.
func EndRestore(ctx context.Context, tx *Tx) error {
	for _, s := range []string{"update session set ended = $1 where ended = 0", "update node set ended_at = $1 where ended_at = 0"} {
		if _, err := exec(ctx, tx, s, tx.Now); err != nil {
			return err
		}
	}
	if _, err := exec(ctx, tx, "update shard set state = $1, node = 0 where state = $2", StepWaiting, StepRunning); err != nil {
		return err
	}
	_, err := exec(ctx, tx, "delete from setting where name = $1", unfinished)
	return err
}

// Unfinished reports whether a restore into the database was broken off.
func Unfinished(ctx context.Context, tx *Tx) (bool, error) {
	var v string
	return one(ctx, tx, "select value from setting where name = $1", []any{unfinished}, &v)
}

// mustBeEmpty refuses a database that holds anything but what a restore that was broken off left there.
func (db *DB) mustBeEmpty(ctx context.Context, schema int64) error {
	if !db.gate.made() {
		return nil
	}
	done, err := db.applied(ctx)
	if err != nil {
		return err
	}
	return db.run(ctx, db.read, &sql.TxOptions{ReadOnly: true}, time.Time{}, func(tx *Tx) error {
		tables, err := db.tables(ctx, tx)
		if err != nil || len(tables) == 0 {
			return err
		}
		if len(done) == 0 || slices.Max(done) > schema {
			return FaultNotEmpty.New()
		}
		if ok, err := Unfinished(ctx, tx); err != nil || ok {
			return err
		}
		var keys, entries int64
		if _, err := one(ctx, tx, "select count(*) from seal_key", nil, &keys); err != nil {
			return err
		}
		if _, err := one(ctx, tx, "select count(*) from audit", nil, &entries); err != nil {
			return err
		}
		if keys+entries > 0 {
			return FaultNotEmpty.New()
		}
		return nil
	})
}
