package store

import (
	"context"
	"fmt"
)

// known is the condition of the rows that held at a time, in milliseconds, as known then; its parameter is number n.
func known(n int) string { return fmt.Sprintf("recorded_at <= $%d and $%[1]d < superseded_at", n) }

// AllTimes in place of a time means rows of all times, superseded or not.
const AllTimes = int64(-1)

// whenKnown is the condition of the rows that held at a time, or of all for AllTimes, with its parameter $1, and the order in
// which they are given.
func whenKnown(at int64, order string) (string, string) {
	if at == AllTimes {
		return "recorded_at > $1", "rev"
	}
	return known(1), order
}

// supersede ends a revision of a record. Whoever has seen another revision than the one that holds is told.
func supersede(ctx context.Context, tx *Tx, table string, rev int64) error {
	return changed(exec(ctx, tx, "update "+table+" set superseded_at = $1 where rev = $2 and superseded_at = $3", tx.Now, rev, Current))
}

// TwoCurrent names the tables with history in which a record has two revisions that hold. There must be none.
func TwoCurrent(ctx context.Context, tx *Tx) (out []string, err error) {
	for _, h := range []struct{ table, id string }{{"document", "id"}, {"scheme_version", "id"}, {"contract", "org, no"}, {"list_interval", "area, household, valid_from"},
		{"import_state", "import"}} {
		var n int64
		_, err := one(ctx, tx, "select count(*) from (select "+h.id+" from "+h.table+" where superseded_at = $1 group by "+h.id+" having count(*) > 1) as twice",
			[]any{Current}, &n)
		if err != nil {
			return nil, err
		}
		if n > 0 {
			out = append(out, h.table)
		}
	}
	return out, nil
}
