package store

import (
	"context"
	"database/sql"
	"time"

	"ganlan/internal/seal"
)

const entryColumns = "seq, at, actor, role, org, origin, act, kind, object, before, after, result, reason, prev, digest"

// Append adds an entry at the end of the audit chain, in the transaction of the act itself: the act does not happen without
// it. Two writers follow each other, and so do the times of entries: where another entry came in while the act was under way, the
// act's is as late. A clock that was set back before it began is refused.
func (db *DB) Append(ctx context.Context, tx *Tx, e seal.Entry) (seal.Entry, error) {
	var seq, last int64
	var prev string
	if _, err := one(ctx, tx, "select seq, at, digest from audit_head where id = 1"+db.dialect.lockHead(), nil, &seq, &last, &prev); err != nil {
		return e, err
	}
	if tx.Now < last && tx.Now < tx.floor {
		return e, FaultClock.New().Set("now", clock(tx.Now)).Set("last", clock(last))
	}
	e.Seq, e.At = seq+1, max(tx.Now, last)
	e = e.Link(prev)
	_, err := exec(ctx, tx, "insert into audit ("+entryColumns+") values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
		e.Seq, e.At, e.Actor, e.Role, e.Org, e.From, e.Act, e.Kind, e.Object, e.Before, e.After, e.Result, e.Reason, e.Prev, e.Digest)
	if err != nil {
		return e, err
	}
	_, err = exec(ctx, tx, "update audit_head set seq = $1, at = $2, digest = $3 where id = 1", e.Seq, e.At, e.Digest)
	return e, err
}

// CheckClock refuses a transaction's time that is before the last act in the database.
func CheckClock(ctx context.Context, tx *Tx) error {
	var last int64
	if _, err := one(ctx, tx, "select at from audit_head where id = 1", nil, &last); err != nil || tx.Now >= last {
		return err
	}
	return FaultClock.New().Set("now", clock(tx.Now)).Set("last", clock(last))
}

// FirstEntryAt is the time of the first entry, in milliseconds; 0 when there is none.
func FirstEntryAt(ctx context.Context, tx *Tx) (at int64, err error) {
	_, err = one(ctx, tx, "select at from audit where seq = 1", nil, &at)
	return at, err
}

// AuditEnd is the number and digest of the last entry, as the head has them.
func AuditEnd(ctx context.Context, tx *Tx) (seq int64, digest string, err error) {
	_, err = one(ctx, tx, "select seq, digest from audit_head where id = 1", nil, &seq, &digest)
	return seq, digest, err
}

// AuditLength is the number of the last entry.
func AuditLength(ctx context.Context, tx *Tx) (n int64, err error) {
	_, err = one(ctx, tx, "select seq from audit_head where id = 1", nil, &n)
	return n, err
}

func clock(ms int64) string { return time.UnixMilli(ms).UTC().Format(time.DateTime) }

// EachEntry calls see for the entries from a number on, in order.
func EachEntry(ctx context.Context, tx *Tx, from int64, see func(*seal.Entry) error) error {
	return each(ctx, tx, "select "+entryColumns+" from audit where seq >= $1 order by seq", []any{from}, func(r *sql.Rows) error {
		var e seal.Entry
		err := r.Scan(&e.Seq, &e.At, &e.Actor, &e.Role, &e.Org, &e.From, &e.Act, &e.Kind, &e.Object, &e.Before, &e.After, &e.Result, &e.Reason, &e.Prev, &e.Digest)
		if err != nil {
			return err
		}
		return see(&e)
	})
}

// VerifyAudit walks the whole chain and compares its end with the head: any entry that was changed, removed, put in, moved
// or cut off is a fault that names it. It gives the number and digest of the last entry.
func VerifyAudit(ctx context.Context, tx *Tx) (int64, string, error) {
	var v seal.Verifier
	var last, at int64
	if err := EachEntry(ctx, tx, 0, func(e *seal.Entry) error { last = e.At; return v.Next(e) }); err != nil {
		return 0, "", err
	}
	if _, err := one(ctx, tx, "select at from audit_head where id = 1", nil, &at); err != nil {
		return 0, "", err
	}
	seq, digest, err := AuditEnd(ctx, tx)
	if err != nil {
		return 0, "", err
	}
	n, end := v.End()
	if n < seq {
		return n, end, v.Meets(seq)
	}
	if n != seq || end != digest || at != last {
		return n, end, seal.FaultChain.New().Set("seq", "0").Set("text", "链首记录与末条不符 (the head differs from the last entry)")
	}
	return n, end, nil
}
