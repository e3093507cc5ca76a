package store

import (
	"context"
	"database/sql"
	"errors"
	"strconv"
	"strings"
)

// bulkRows is how many rows one statement carries: more gain little, and the parameters of the widest table must stay below
// what the engines take (32,766).
const bulkRows = 100

// bulk inserts many rows of one table, a hundred a statement, in a transaction. The statement is prepared once.
type bulk struct {
	tx   *Tx
	head string
	wide int
	full *sql.Stmt
	args []any
}

func newBulk(tx *Tx, table, columns string) *bulk {
	return &bulk{tx: tx, head: "insert into " + table + " (" + columns + ") values ", wide: strings.Count(columns, ",") + 1}
}

// add takes a row; it is in the database after a later flush.
func (b *bulk) add(ctx context.Context, row ...any) (err error) {
	b.args = append(b.args, row...)
	if len(b.args) < bulkRows*b.wide {
		return nil
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
	if n := len(b.args) / b.wide; n > 0 {
		_, err = b.tx.ExecContext(ctx, b.text(n), b.args...)
		b.args = b.args[:0]
	}
	if b.full != nil {
		err = errors.Join(err, b.full.Close())
		b.full = nil
	}
	return err
}

func (b *bulk) text(rows int) string {
	var s strings.Builder
	s.WriteString(b.head)
	n := 0
	for r := range rows {
		if r > 0 {
			s.WriteByte(',')
		}
		for c := range b.wide {
			n++
			s.WriteString(map[bool]string{true: "($", false: ",$"}[c == 0] + strconv.Itoa(n))
		}
		s.WriteByte(')')
	}
	return s.String()
}
