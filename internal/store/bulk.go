package store

import (
	"context"
	"database/sql"
	"errors"
	"strings"

	"github.com/jackc/pgx/v5"
)

// bulkRows is how many rows one statement carries: more gain little, and the parameters of the widest table must stay below
// what the engines take (32,766). copyRows is how many a COPY carries.
const (
	bulkRows = 100
	copyRows = 5000
)

// bulk inserts many rows of one table in a transaction: by COPY on PostgreSQL, on SQLite a hundred with one statement, which is
// prepared once.
type bulk struct {
	tx      *Tx
	table   string
	columns []string
	full    *sql.Stmt
	copy    pgx.Tx // nil on SQLite
	rows    int    // that are put in at once
	args    []any
}

func newBulk(tx *Tx, table, columns string) *bulk {
	b := &bulk{tx: tx, table: table, columns: strings.Split(columns, ", "), rows: bulkRows}
	if p, err := tx.Postgres(); err == nil {
		b.copy, b.rows = p, copyRows
	}
	return b
}

// add takes a row; it is in the database after a later flush.
func (b *bulk) add(ctx context.Context, row ...any) (err error) {
	b.args = append(b.args, row...)
	if len(b.args) < b.rows*len(b.columns) {
		return nil
	}
	if b.copy != nil {
		return b.copyAll(ctx)
	}
	if b.full == nil {
		if b.full, err = b.tx.PrepareContext(ctx, b.text(bulkRows)); err != nil {
			return err
		}
	}
	_, err = b.full.ExecContext(ctx, b.args...)
	b.args = b.args[:0]
	return err
}

// flush puts the last rows in and ends the statement.
func (b *bulk) flush(ctx context.Context) (err error) {
	if n := len(b.args) / len(b.columns); n > 0 && b.copy != nil {
		err = b.copyAll(ctx)
	} else if n > 0 {
		_, err = b.tx.ExecContext(ctx, b.text(n), b.args...)
		b.args = b.args[:0]
	}
	if b.full != nil {
		err = errors.Join(err, b.full.Close())
		b.full = nil
	}
	return err
}

// copyAll puts in what was taken so far.
func (b *bulk) copyAll(ctx context.Context) error {
	next := 0
	_, err := b.copy.CopyFrom(ctx, pgx.Identifier{b.table}, b.columns, pgx.CopyFromFunc(func() ([]any, error) {
		if next == len(b.args) {
			return nil, nil
		}
		next += len(b.columns)
		return b.args[next-len(b.columns) : next], nil
	}))
	b.args = b.args[:0]
	return err
}

// text is the statement for some rows. Its parameters have no names: SQLite looks each name up along all of them.
func (b *bulk) text(rows int) string {
	row := "(" + strings.Repeat("?,", len(b.columns)-1) + "?)"
	return "insert into " + b.table + " (" + strings.Join(b.columns, ", ") + ") values " + strings.Repeat(row+",", rows-1) + row
}
