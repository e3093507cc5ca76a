package store

import (
	"bufio"
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"slices"
	"strings"
)

// DumpSink takes what a dump holds; either may be nil.
type DumpSink struct {
	Table func(name string, columns []string) error
	Row   func(values []any) error // used again for the next row
}

// ReadDump reads a dump to its end and says how many rows each table has. What is no dump, or not whole, is a fault.
func ReadDump(from io.Reader, sink DumpSink) (out []TableRows, err error) {
	r := &dumpReader{from: bufio.NewReaderSize(from, 64<<10), sink: sink}
	for !r.ended && r.err == nil {
		r.record()
	}
	if r.err == io.EOF || r.err == io.ErrUnexpectedEOF {
		r.fail("the end is missing")
	}
	if r.err == nil {
		if _, err := r.from.ReadByte(); err != io.EOF {
			r.fail("something stands after the end")
		}
	}
	return r.tables, r.err
}

type dumpReader struct {
	from   *bufio.Reader
	sink   DumpSink
	tables []TableRows
	row    []any
	open   bool // within a table
	ended  bool
	err    error // the first
}

func (r *dumpReader) fail(why string) { r.err = FaultDump.New().Set("text", why) }

func (r *dumpReader) record() {
	c := r.mark()
	switch {
	case r.err != nil:
	case c == dumpTable && !r.open:
		r.table()
	case c == dumpRow && r.open:
		r.values()
	case c == dumpEnd && r.open:
		if n := r.number(); r.err == nil && n != r.tables[len(r.tables)-1].Rows {
			r.fail("the number of rows of " + r.tables[len(r.tables)-1].Table)
		}
		r.open = false
	case c == dumpAll && !r.open:
		r.ended = true
	default:
		r.fail("an unknown record")
	}
}

func (r *dumpReader) table() {
	name := r.text()
	var columns []string
	for n := r.number(); r.err == nil && int64(len(columns)) < n; {
		columns = append(columns, r.text())
	}
	if r.err != nil {
		return
	}
	r.tables = append(r.tables, TableRows{Table: name})
	r.row, r.open = make([]any, len(columns)), true
	if r.sink.Table != nil {
		r.err = r.sink.Table(name, columns)
	}
}

func (r *dumpReader) values() {
	for i := range r.row {
		switch c := r.mark(); {
		case r.err != nil:
			return
		case c == dumpNull:
			r.row[i] = nil
		case c == dumpInt:
			r.row[i] = r.number()
		case c == dumpText:
			r.row[i] = r.text()
		default:
			r.fail("an unknown value")
			return
		}
	}
	if r.err != nil {
		return
	}
	r.tables[len(r.tables)-1].Rows++
	if r.sink.Row != nil {
		r.err = r.sink.Row(r.row)
	}
}

func (r *dumpReader) mark() (c byte) {
	if r.err == nil {
		c, r.err = r.from.ReadByte()
	}
	return c
}

func (r *dumpReader) number() (n int64) {
	if r.err == nil {
		n, r.err = binary.ReadVarint(r.from)
	}
	return n
}

func (r *dumpReader) text() string {
	n := r.number()
	if r.err != nil || n < 0 || n > mostText {
		if r.err == nil {
			r.fail("the length of a text")
		}
		return ""
	}
	var s strings.Builder
	if n < 64<<10 { // a length is believed when the text is there
		s.Grow(int(n))
	}
	if _, err := io.CopyN(&s, r.from, n); err != nil {
		r.err = err
	}
	return s.String()
}

// Load puts a dump in place of all rows there are. The schema must be the dump's: a table or a column that only one of them
// has is a fault.
func (db *DB) Load(ctx context.Context, tx *Tx, from io.Reader) ([]TableRows, error) {
	tables, err := db.tables(ctx, tx)
	if err != nil {
		return nil, err
	}
	for _, t := range tables {
		if _, err := exec(ctx, tx, "delete from "+t); err != nil {
			return nil, err
		}
	}
	var into *bulk
	flush := func() error {
		if into == nil {
			return nil
		}
		return into.flush(ctx)
	}
	out, err := ReadDump(from, DumpSink{
		Table: func(name string, columns []string) error {
			if err := flush(); err != nil {
				return err
			}
			if !slices.Contains(tables, name) {
				return FaultDump.New().Set("text", "the table "+name)
			}
			have, err := db.columns(ctx, tx, name)
			if err == nil && !sameSet(have, columns) {
				err = FaultDump.New().Set("text", "the columns of "+name)
			}
			into = newBulk(tx, name, strings.Join(columns, ", "))
			return err
		},
		Row: func(values []any) error { return into.add(ctx, values...) },
	})
	if err == nil {
		err = flush()
	}
	if err != nil {
		return nil, fmt.Errorf("store: loading: %w", err)
	}
	return out, nil
}

func sameSet(a, b []string) bool {
	return slices.Equal(slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b)))
}
