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

// BrokenHistory names the tables in which a record has not just one revision that holds, or a revision ended though nothing
// came in its place; and those in which a row ended when nothing was imported. There must be none.
func BrokenHistory(ctx context.Context, tx *Tx) (out []string, err error) {
	for _, h := range []struct{ table, id, same string }{{"org", "id", "b.id = a.id"}, {"account", "id", "b.id = a.id"}, {"document", "id", "b.id = a.id"},
		{"scheme_version", "id", "b.id = a.id"}, {"import_state", "import", "b.import = a.import"}, {"run", "id", "b.id = a.id"},
		{"contract", "org, no", "b.org = a.org and b.no = a.no"}} {
		holds := "select " + h.id + " from " + h.table + " group by " + h.id + " having sum(case when superseded_at = $1 then 1 else 0 end) <> 1"
		ends := "select a.superseded_at from " + h.table + " a where a.superseded_at <> $1 and not exists (select 1 from " + h.table + " b where " + h.same +
			" and b.recorded_at = a.superseded_at)"
		if out, err = ifAny(ctx, tx, out, h.table, holds, ends); err != nil {
			return nil, err
		}
	}
	for _, table := range []string{"list_interval", "paid_before", "approval"} {
		ends := "select rev from " + table + " where superseded_at <> $1 and superseded_at not in (select recorded_at from batch)"
		if out, err = ifAny(ctx, tx, out, table, ends); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// ifAny adds a table's name when one of the queries gives a row.
func ifAny(ctx context.Context, tx *Tx, out []string, table string, queries ...string) ([]string, error) {
	for _, q := range queries {
		var n int64
		if _, err := one(ctx, tx, "select count(*) from ("+q+") as wrong", []any{Current}, &n); err != nil {
			return nil, err
		}
		if n > 0 {
			return append(out, table), nil
		}
	}
	return out, nil
}
