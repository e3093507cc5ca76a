package store

import (
	"bufio"
	"context"
	"database/sql"
	"encoding/binary"
	"fmt"
	"io"
	"slices"
	"strings"
)

// A dump holds the rows of all tables in a form that both engines write and read. A record is a letter and what follows:
// T a table (name, number of columns, their names), R a row of the table before (its values), E the table's end (number of
// rows), Z the end of all. Numbers are variable-length, texts have their length before them; a value is a mark and what follows.
const (
	dumpTable = 'T'
	dumpRow   = 'R'
	dumpEnd   = 'E'
	dumpAll   = 'Z'

	dumpNull = 0
	dumpInt  = 1
	dumpText = 2
)

// mostText is how long a text in a dump may be, in bytes.
const mostText = 1 << 30

// TableRows is how many rows a table has.
type TableRows struct {
	Table string `json:"table"`
	Rows  int64  `json:"rows"`
}

// dumped reports whether a table belongs into a dump: not the migrator's, which the schema's number stands for, and not the
// job engine's, which are filled again from our own tables of jobs.
func dumped(table string) bool {
	return table != versionTable && !strings.HasPrefix(table, "river_")
}

// tables are the names of the tables that belong into a dump, in an order that no database's rules of sorting change.
func (db *DB) tables(ctx context.Context, tx *Tx) (out []string, err error) {
	err = each(ctx, tx, db.dialect.tables(), nil, func(r *sql.Rows) error {
		var name string
		err := r.Scan(&name)
		if dumped(name) {
			out = append(out, name)
		}
		return err
	})
	slices.Sort(out)
	return out, err
}

func (db *DB) columns(ctx context.Context, tx *Tx, table string) (out []string, err error) {
	err = each(ctx, tx, db.dialect.columns(), []any{table}, func(r *sql.Rows) error {
		var name string
		err := r.Scan(&name)
		out = append(out, name)
		return err
	})
	return out, err
}

// Dump writes all tables as one transaction sees them, and says how many rows each has. Rows pass through one by one.
func (db *DB) Dump(ctx context.Context, tx *Tx, to io.Writer) (out []TableRows, err error) {
	tables, err := db.tables(ctx, tx)
	if err != nil {
		return nil, err
	}
	w := &dumpWriter{to: bufio.NewWriterSize(to, 64<<10)}
	for _, t := range tables {
		n, err := db.dumpTable(ctx, tx, w, t)
		if err != nil {
			return nil, fmt.Errorf("store: dumping %s: %w", t, err)
		}
		out = append(out, TableRows{t, n})
	}
	w.mark(dumpAll)
	return out, w.to.Flush()
}

func (db *DB) dumpTable(ctx context.Context, tx *Tx, w *dumpWriter, table string) (n int64, err error) {
	columns, err := db.columns(ctx, tx, table)
	if err != nil {
		return 0, err
	}
	w.mark(dumpTable)
	w.text(table)
	w.number(int64(len(columns)))
	for _, c := range columns {
		w.text(c)
	}
	row, into := make([]any, len(columns)), make([]any, len(columns))
	for i := range row {
		into[i] = &row[i]
	}
	err = each(ctx, tx, "select "+strings.Join(columns, ", ")+" from "+table, nil, func(r *sql.Rows) error {
		if err := r.Scan(into...); err != nil {
			return err
		}
		n++
		return w.row(row)
	})
	w.mark(dumpEnd)
	w.number(n)
	return n, err
}

type dumpWriter struct {
	to  *bufio.Writer // keeps its first error
	buf [binary.MaxVarintLen64]byte
}

func (w *dumpWriter) mark(c byte) { _ = w.to.WriteByte(c) }

func (w *dumpWriter) number(n int64) {
	_, _ = w.to.Write(w.buf[:binary.PutVarint(w.buf[:], n)])
}

func (w *dumpWriter) text(s string) {
	w.number(int64(len(s)))
	_, _ = w.to.WriteString(s)
}

func (w *dumpWriter) row(values []any) error {
	w.mark(dumpRow)
	for _, v := range values {
		switch v := v.(type) {
		case nil:
			w.mark(dumpNull)
		case int64:
			w.mark(dumpInt)
			w.number(v)
		case int32: // «integer» of PostgreSQL
			w.mark(dumpInt)
			w.number(int64(v))
		case string:
			w.mark(dumpText)
			w.text(v)
		default:
			return fmt.Errorf("store: a value of type %T has no form in a dump", v)
		}
	}
	_, err := w.to.Write(nil) // the writer's first error
	return err
}
