package store

import (
	"context"
	"database/sql"

	"ganlan/internal/seal"
)

// What can be decided about an import.
const (
	ImportConfirmed = "confirmed"
	ImportRejected  = "rejected"
)

// ImportState is what was decided about an import.
type ImportState struct {
	Rev, Import        int64
	Area               string
	Org                int64
	State, Reason      string
	Checker            int64
	Login              string // of the checker
	Recorded, Replaced int64
}

const importStateColumns = "rev, import, area, org, state, reason, checker, login, recorded_at"

func (s *ImportState) values() []any {
	return []any{s.Rev, s.Import, s.Area, s.Org, s.State, s.Reason, s.Checker, s.Login, s.Recorded}
}

// AddImportState keeps what is decided from now on; rev is the revision that it takes the place of, 0 for the first. Whoever
// has seen another one is told.
func AddImportState(ctx context.Context, tx *Tx, ring *seal.Ring, s ImportState, rev int64) (ImportState, error) {
	if rev != 0 {
		if err := supersede(ctx, tx, "import_state", rev); err != nil {
			return s, err
		}
	}
	s.Rev, s.Recorded, s.Replaced = tx.NewID(), tx.Now, Current
	_, err := exec(ctx, tx, "insert into import_state ("+importStateColumns+", mac, superseded_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
		append(s.values(), rowMAC(ring, "import_state", s.values()...), Current)...)
	return s, Told(err)
}

// EachImportState gives what had been decided at a time, as known then, about imports under a condition over area, org and
// import (its parameters from $2 on), or at any time for AllTimes. What the program did not write is a fault, not a right.
func EachImportState(ctx context.Context, tx *Tx, ring *seal.Ring, at int64, cond string, args []any, see func(ImportState) error) error {
	when, order := whenKnown(at, "rev")
	query := "select " + importStateColumns + ", mac, superseded_at from import_state where " + when + " and " + cond + " order by " + order
	return each(ctx, tx, query, append([]any{at}, args...), func(r *sql.Rows) error {
		var s ImportState
		var mac string
		if err := r.Scan(&s.Rev, &s.Import, &s.Area, &s.Org, &s.State, &s.Reason, &s.Checker, &s.Login, &s.Recorded, &mac, &s.Replaced); err != nil {
			return err
		}
		if err := checkMAC(ring, mac, "import_state", s.Rev, s.values()...); err != nil {
			return err
		}
		return see(s)
	})
}

// batchTables are where the rows of each kind of file are kept.
var batchTables = map[string]string{"contracts": "contract", "ledger": "ledger_line", "notes": "note", "fees": "fee", "list": "list_interval",
	"history": "paid_before", "approvals": "approval"}

// BatchHolds reports whether a row of a batch held at a time, as known then.
func BatchHolds(ctx context.Context, tx *Tx, b Batch, at int64) (bool, error) {
	var one64 int64
	return one(ctx, tx, "select rev from "+batchTables[b.Kind]+" where "+known(1)+" and batch = $2 limit 1", []any{at, b.ID}, &one64)
}
