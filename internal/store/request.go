package store

import (
	"context"
	"database/sql"

	"ganlan/internal/seal"
)

// Request is what one person asks for and another decides: a change of an administrator.
type Request struct {
	ID        int64  `json:"id"`
	What      string `json:"what"`
	Account   int64  `json:"account"`
	Detail    string `json:"detail"` // JSON
	AskedAt   int64  `json:"asked_at"`
	AskedBy   int64  `json:"asked_by"`
	DecidedAt int64  `json:"decided_at"` // 0 while it is open
	DecidedBy int64  `json:"decided_by"`
	Outcome   string `json:"outcome"` // done, refused; empty while it is open
}

const requestColumns = "id, what, account, detail, asked_at, asked_by, decided_at, decided_by, outcome"

func (q *Request) values() []any {
	return []any{q.ID, q.What, q.Account, q.Detail, q.AskedAt, q.AskedBy, q.DecidedAt, q.DecidedBy, q.Outcome}
}

// AddRequest keeps what is asked for.
func AddRequest(ctx context.Context, tx *Tx, ring *seal.Ring, q Request) (Request, error) {
	q.ID, q.AskedAt = tx.NewID(), tx.Now
	_, err := exec(ctx, tx, "insert into account_request ("+requestColumns+", mac) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
		append(q.values(), rowMAC(ring, "account_request", q.values()...))...)
	return q, err
}

// DecideRequest closes a request; one that was closed since it was read is a fault.
func DecideRequest(ctx context.Context, tx *Tx, ring *seal.Ring, q Request, by int64, outcome string) error {
	q.DecidedAt, q.DecidedBy, q.Outcome = tx.Now, by, outcome
	n, err := exec(ctx, tx, "update account_request set decided_at = $1, decided_by = $2, outcome = $3, mac = $4 where id = $5 and outcome = ''",
		q.DecidedAt, q.DecidedBy, q.Outcome, rowMAC(ring, "account_request", q.values()...), q.ID)
	return changed(n, err)
}

// OpenRequests are those that were asked for since a time and are not decided.
func OpenRequests(ctx context.Context, tx *Tx, ring *seal.Ring, since int64) (out []Request, err error) {
	return requests(ctx, tx, ring, "outcome = '' and asked_at >= $1", []any{since})
}

// AllRequests are all requests that were ever made.
func AllRequests(ctx context.Context, tx *Tx, ring *seal.Ring) ([]Request, error) {
	return requests(ctx, tx, ring, "1 = 1", nil)
}

// requests reads rows; one that was not written by the program is a fault.
func requests(ctx context.Context, tx *Tx, ring *seal.Ring, where string, args []any) (out []Request, err error) {
	err = each(ctx, tx, "select "+requestColumns+", mac from account_request where "+where+" order by id", args, func(r *sql.Rows) error {
		var q Request
		var mac string
		if err := r.Scan(&q.ID, &q.What, &q.Account, &q.Detail, &q.AskedAt, &q.AskedBy, &q.DecidedAt, &q.DecidedBy, &q.Outcome, &mac); err != nil {
			return err
		}
		out = append(out, q)
		return checkMAC(ring, mac, "account_request", q.ID, q.values()...)
	})
	return out, err
}
