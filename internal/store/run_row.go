package store

import (
	"context"
	"database/sql"
)

// RunRow is a row of a claim as a run keeps it.
type RunRow struct {
	Shard, Seq  int64
	Contract    string
	Note        string
	Household   string
	BalanceDays int64 // fen-days
	Subsidy     int64 // fen
	Reason      string
	Fee         int64  // fen
	Parts       string // of the payers, fen, with commas between
	Cuts        string // JSON; empty for none
	MAC         string
}

const runRowColumns = "shard, seq, contract, note, household, balance_days, subsidy, reason, fee, parts, cuts, mac"

// RunRowAdder puts many rows in.
type RunRowAdder struct {
	run  int64
	bulk *bulk
}

// NewRunRowAdder begins; Flush ends.
func NewRunRowAdder(tx *Tx, run int64) *RunRowAdder {
	return &RunRowAdder{run, newBulk(tx, "run_row", "run, "+runRowColumns)}
}

// Add takes a row.
func (a *RunRowAdder) Add(ctx context.Context, x *RunRow) error {
	return a.bulk.add(ctx, a.run, x.Shard, x.Seq, x.Contract, x.Note, x.Household, x.BalanceDays, x.Subsidy, x.Reason, x.Fee, x.Parts, x.Cuts, x.MAC)
}

// Flush puts the last ones in.
func (a *RunRowAdder) Flush(ctx context.Context) error { return a.bulk.flush(ctx) }

// EachRunRow gives all rows of a run in the order of the results: by contract number, byte by byte, then as calculated. The
// row is used again for the next one.
func EachRunRow(ctx context.Context, tx *Tx, run int64, see func(*RunRow) error) error {
	return eachRunRow(ctx, tx, "run = $1 order by "+tx.bytewise("contract")+", seq", []any{run}, see)
}

// RowsOfShard gives the rows of a shard in the order in which they were calculated.
func RowsOfShard(ctx context.Context, tx *Tx, run, shard int64, see func(*RunRow) error) error {
	return eachRunRow(ctx, tx, "run = $1 and shard = $2 order by seq", []any{run, shard}, see)
}

// RowsOfContract gives the rows of one contract.
func RowsOfContract(ctx context.Context, tx *Tx, run int64, contract string) (out []RunRow, err error) {
	err = eachRunRow(ctx, tx, "run = $1 and contract = $2 order by seq", []any{run, contract}, func(x *RunRow) error { out = append(out, *x); return nil })
	return out, err
}

func eachRunRow(ctx context.Context, tx *Tx, where string, args []any, see func(*RunRow) error) error {
	var x RunRow
	return each(ctx, tx, "select "+runRowColumns+" from run_row where "+where, args, func(r *sql.Rows) error {
		if err := r.Scan(&x.Shard, &x.Seq, &x.Contract, &x.Note, &x.Household, &x.BalanceDays, &x.Subsidy, &x.Reason, &x.Fee, &x.Parts, &x.Cuts, &x.MAC); err != nil {
			return err
		}
		return see(&x)
	})
}

// CountRunRows is how many rows a run keeps.
func CountRunRows(ctx context.Context, tx *Tx, run int64) (n int64, err error) {
	_, err = one(ctx, tx, "select count(*) from run_row where run = $1", []any{run}, &n)
	return n, err
}
