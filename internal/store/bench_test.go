package store

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"

	"ganlan/day"
	"ganlan/internal/storetest"
	"ganlan/loan"
	"ganlan/money"
)

// benchRows is a county year's ledger: a hundred thousand contracts of ten lines.
const benchRows = 1_000_000

// benchEntry is a line of that ledger.
func benchEntry(i int) (contract string, e loan.Entry) {
	return fmt.Sprintf("HT2025%08d", i/10), loan.Entry{Date: day.Of(2025, 1, 1) + day.Date(i%365), Kind: loan.Repayment, Amount: money.Fen(1_000_00 + 7*int64(i)), NewEnd: day.None, Row: i + 2}
}

// The same million lines of a ledger are put into the same table through the store, and as one would by hand: with one prepared
// statement of a hundred rows, and on PostgreSQL with COPY. The store may take twice as long as the faster one.
func BenchmarkLedgerRowsThroughTheStore(b *testing.B) {
	benchEach(b, storetest.Kinds, func(b *testing.B, db *DB, now time.Time) error {
		return db.Do(b.Context(), now, func(tx *Tx) error {
			add := NewLineAdder(tx, 7)
			for i := range benchRows {
				no, e := benchEntry(i)
				if err := add.Entry(b.Context(), tx.NewID(), 1, no, &e); err != nil {
					return err
				}
			}
			return add.Flush(b.Context())
		})
	})
}

func BenchmarkLedgerRowsThroughTheBareDriver(b *testing.B) {
	benchEach(b, storetest.Kinds, func(b *testing.B, db *DB, now time.Time) error {
		tx, err := db.write.BeginTx(b.Context(), nil)
		if err != nil {
			return err
		}
		if err := bareRows(b.Context(), tx, now.UnixMilli(), bareText(db.Kind())); err != nil {
			return err
		}
		return tx.Commit()
	})
}

func BenchmarkLedgerRowsThroughBareCopy(b *testing.B) {
	benchEach(b, []string{"postgres"}, func(b *testing.B, db *DB, now time.Time) error {
		c, err := db.write.Conn(b.Context())
		if err != nil {
			return err
		}
		defer c.Close()
		return c.Raw(func(d any) error {
			i := -1
			_, err := d.(*stdlib.Conn).Conn().CopyFrom(b.Context(), pgx.Identifier{"ledger_line"}, strings.Split(ledgerColumns, ", "), pgx.CopyFromFunc(func() ([]any, error) {
				if i++; i == benchRows {
					return nil, nil
				}
				return bareRow(i, now.UnixMilli()), nil
			}))
			return err
		})
	})
}

func bareRow(i int, now int64) []any {
	no, e := benchEntry(i)
	return []any{now<<20 + int64(i), int64(7), int64(1), int64(e.Row), no, "", e.Date.String(), int64(e.Kind), int64(e.Amount), "", now, Current}
}

// bareText are the places of a hundred rows, as each engine takes them best.
func bareText(kind string) string {
	var s strings.Builder
	for i := range 100 * 12 {
		s.WriteString(map[bool]string{true: "),(", false: ","}[i%12 == 0])
		s.WriteString(map[string]string{"sqlite": "?", "postgres": fmt.Sprint("$", i+1)}[kind])
	}
	return s.String()[2:] + ")"
}

// bareRows is what one would write by hand: one prepared statement of a hundred rows.
func bareRows(ctx context.Context, tx *sql.Tx, now int64, places string) error {
	st, err := tx.PrepareContext(ctx, "insert into ledger_line ("+ledgerColumns+") values "+places)
	if err != nil {
		return err
	}
	defer st.Close()
	args := make([]any, 0, 100*12)
	for i := range benchRows {
		if args = append(args, bareRow(i, now)...); len(args) == cap(args) {
			if _, err := st.ExecContext(ctx, args...); err != nil {
				return err
			}
			args = args[:0]
		}
	}
	return nil
}

// benchEach times putting the rows into an empty database.
func benchEach(b *testing.B, kinds []string, put func(*testing.B, *DB, time.Time) error) {
	for _, kind := range kinds {
		b.Run(kind, func(b *testing.B) {
			for range b.N {
				b.StopTimer()
				db := opened(b, b.TempDir(), storetest.URL(b, kind))
				b.StartTimer()
				if err := put(b, db, morning); err != nil {
					b.Fatal(err)
				}
				b.StopTimer()
				_ = db.Close()
				b.StartTimer()
			}
			b.ReportMetric(float64(benchRows*b.N)/b.Elapsed().Seconds(), "rows/s")
		})
	}
}
