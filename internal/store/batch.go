package store

import (
	"context"
	"database/sql"

	"ganlan/internal/seal"
)

// Batch is one file of an import.
type Batch struct {
	ID, Import int64 // Import is the id of the first batch of the same act
	Kind       string
	Area       string
	Org        int64
	File       string
	Digest     string // SM3
	Bytes      int64
	Rows       int64 // of the file
	Kept       int64 // rows that were new or different
	KeptFen    int64 // their amounts, fen
	Maker      int64
	Login      string
	Seq        int64  // of a list: 1, 2, 3 … in its area; else 0
	Whole      bool   // speaks of all that held of its kind: of the list, or of the organisation's contracts
	HeldMAC    string // of a list: keyed digest of all its rows after this import
	Recorded   int64
}

const batchColumns = "id, import, kind, area, org, file, digest, bytes, row_count, kept_rows, kept_fen, maker, login, seq, held_mac, recorded_at, whole"

func (b *Batch) values() []any {
	return []any{b.ID, b.Import, b.Kind, b.Area, b.Org, b.File, b.Digest, b.Bytes, b.Rows, b.Kept, b.KeptFen, b.Maker, b.Login, b.Seq, b.HeldMAC, b.Recorded, flag(b.Whole)}
}

// signed are the values under the row's digest. Whole came with a later schema: it is under the digest where it is set, so that
// the rows written before keep theirs.
func (b *Batch) signed() []any {
	v := b.values()
	if b.Whole {
		return v
	}
	return v[:len(v)-1]
}

// AddBatch keeps a batch, under the transaction's time.
func AddBatch(ctx context.Context, tx *Tx, ring *seal.Ring, b *Batch) error {
	b.Recorded = tx.Now
	_, err := exec(ctx, tx, "insert into batch ("+batchColumns+", mac) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)",
		append(b.values(), rowMAC(ring, "batch", b.signed()...))...)
	return err
}

// EachBatch gives the batches of a reach (a condition over area and org, its parameters from $2 on) recorded up to a time, in
// their order. One that was not written by the program is a fault.
func EachBatch(ctx context.Context, tx *Tx, ring *seal.Ring, at int64, reach string, args []any, see func(Batch) error) error {
	query := "select " + batchColumns + ", mac from batch where recorded_at <= $1 and " + reach + " order by id"
	return each(ctx, tx, query, append([]any{at}, args...), func(r *sql.Rows) error {
		var b Batch
		var mac string
		var whole int64
		if err := r.Scan(&b.ID, &b.Import, &b.Kind, &b.Area, &b.Org, &b.File, &b.Digest, &b.Bytes, &b.Rows, &b.Kept, &b.KeptFen, &b.Maker, &b.Login,
			&b.Seq, &b.HeldMAC, &b.Recorded, &whole, &mac); err != nil {
			return err
		}
		b.Whole = whole == 1
		if err := checkMAC(ring, mac, "batch", b.ID, b.signed()...); err != nil {
			return err
		}
		return see(b)
	})
}

// WrongSums are the ids of the batches whose rows, superseded or not, are not what the batch says was kept: in number or in
// money. There must be none.
func WrongSums(ctx context.Context, tx *Tx) (out []int64, err error) {
	for _, x := range []struct{ kind, table, fen string }{{"contracts", "contract", "amount"}, {"ledger", "ledger_line", "amount"},
		{"notes", "note", "amount"}, {"fees", "fee", "amount"}, {"list", "list_interval", "0"},
		{"history", "paid_before", "amount"}, {"approvals", "approval", "amount"}} {
		query := "select b.id from batch b left join (select batch, count(*) as n, sum(" + x.fen + ") as fen from " + x.table + " group by batch) f on f.batch = b.id " +
			"where b.kind = $1 and (b.kept_rows <> coalesce(f.n, 0) or b.kept_fen <> coalesce(f.fen, 0)) order by b.id"
		err := each(ctx, tx, query, []any{x.kind}, func(r *sql.Rows) error {
			var id int64
			err := r.Scan(&id)
			out = append(out, id)
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}
