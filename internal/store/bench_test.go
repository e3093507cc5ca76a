package store

import (
	"database/sql"
	"fmt"
	"strings"
	"testing"
	"time"

	"ganlan/day"
	"ganlan/internal/storetest"
	"ganlan/loan"
)

const benchRows = 20_000

// BenchmarkLedgerRowsThroughTheStore and its bare twin put the same rows into the same table; the store may take twice as long.
func BenchmarkLedgerRowsThroughTheStore(b *testing.B) {
	benchEach(b, func(b *testing.B, db *DB, now time.Time) error {
		return db.Do(b.Context(), now, func(tx *Tx) error {
			add := NewLineAdder(tx, 7)
			for i := range benchRows {
				e := loan.Entry{Date: day.Of(2025, 1, 1), Kind: loan.Repayment, Amount: 1234567, NewEnd: day.None, Row: i}
				if err := add.Entry(b.Context(), tx.NewID(), 1, "HT0000000001", &e); err != nil {
					return err
				}
			}
			return add.Flush(b.Context())
		})
	})
}

func BenchmarkLedgerRowsThroughTheBareDriver(b *testing.B) {
	benchEach(b, func(b *testing.B, db *DB, now time.Time) error {
		tx, err := db.write.BeginTx(b.Context(), nil)
		if err != nil {
			return err
		}
		if err := bareRows(b, tx, now.UnixMilli()); err != nil {
			return err
		}
		return tx.Commit()
	})
}

// bareRows is what one would write by hand: one prepared statement of a hundred rows.
func bareRows(b *testing.B, tx *sql.Tx, now int64) error {
	var s strings.Builder
	for i := range 100 * 12 {
		s.WriteString(map[bool]string{true: "),(", false: ","}[i%12 == 0 && i > 0])
		fmt.Fprintf(&s, "$%d", i+1)
	}
	st, err := tx.PrepareContext(b.Context(), "insert into ledger_line ("+ledgerColumns+") values ("+strings.Replace(s.String(), ",", "", 1)+")")
	if err != nil {
		return err
	}
	defer st.Close()
	args := make([]any, 0, 100*12)
	for i := range benchRows {
		args = append(args, now<<20+int64(i), int64(7), int64(1), i, "HT0000000001", "", "2025-01-01", int64(4), int64(1234567), "", now, Current)
		if len(args) == cap(args) {
			if _, err := st.ExecContext(b.Context(), args...); err != nil {
				return err
			}
			args = args[:0]
		}
	}
	return nil
}

func benchEach(b *testing.B, put func(*testing.B, *DB, time.Time) error) {
	for _, kind := range storetest.Kinds {
		b.Run(kind, func(b *testing.B) {
			db := opened(b, b.TempDir(), storetest.URL(b, kind))
			now := morning
			b.ResetTimer()
			for range b.N {
				now = now.Add(time.Hour)
				if err := put(b, db, now); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(benchRows*b.N)/b.Elapsed().Seconds(), "rows/s")
		})
	}
}
