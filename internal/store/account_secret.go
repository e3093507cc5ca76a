package store

import (
	"context"
	"database/sql"
	"fmt"

	"ganlan/internal/seal"
)

// Password is an account's password as its slow digest.
type Password struct {
	Digest string
	Given  bool  // another person chose it: it must be changed first
	SetAt  int64 // milliseconds
}

func placeOf(table string, id, account int64) string {
	return fmt.Sprintf("%s.sealed %d of account %d", table, id, account)
}

// SetPassword keeps a new password's digest, sealed and bound to its row and account; the one before becomes history.
func SetPassword(ctx context.Context, tx *Tx, ring *seal.Ring, account int64, digest string, given bool, by int64) error {
	id := tx.NewID()
	sealed, err := sealText(ring, digest, placeOf("account_password", id, account))
	if err != nil {
		return err
	}
	if _, err := exec(ctx, tx, "update account_password set superseded_at = $1 where account = $2 and superseded_at = $3", tx.Now, account, Current); err != nil {
		return err
	}
	_, err = exec(ctx, tx, "insert into account_password (id, account, sealed, given, recorded_at, recorded_by, superseded_at) values ($1, $2, $3, $4, $5, $6, $7)",
		id, account, sealed, flag(given), tx.Now, by, Current)
	return err
}

// Passwords are the last n passwords of an account, the one that holds first.
func Passwords(ctx context.Context, tx *Tx, ring *seal.Ring, account int64, n int) (out []Password, err error) {
	err = each(ctx, tx, "select id, sealed, given, recorded_at from account_password where account = $1 order by id desc limit $2",
		[]any{account, n}, func(r *sql.Rows) error {
			var id int64
			var p Password
			var sealed string
			var given int
			if err := r.Scan(&id, &sealed, &given, &p.SetAt); err != nil {
				return err
			}
			p.Given = given == 1
			p.Digest, err = openText(ring, sealed, placeOf("account_password", id, account))
			out = append(out, p)
			return err
		})
	return out, err
}

// Factor is an account's second factor.
type Factor struct {
	ID        int64
	Account   int64
	Secret    string
	Confirmed bool  // a code of it was shown once
	Step      int64 // the last one used
}

// SetFactor keeps the secret of a new second factor, sealed and bound to its row and account; the one before holds no longer.
// It counts from when its first code is shown.
func SetFactor(ctx context.Context, tx *Tx, ring *seal.Ring, account int64, secret string) error {
	id := tx.NewID()
	sealed, err := sealText(ring, secret, placeOf("account_factor", id, account))
	if err != nil {
		return err
	}
	if err := EndFactor(ctx, tx, account); err != nil {
		return err
	}
	_, err = exec(ctx, tx, "insert into account_factor (id, account, sealed, confirmed, step, recorded_at, superseded_at) values ($1, $2, $3, $4, $5, $6, $7)",
		id, account, sealed, 0, 0, tx.Now, Current)
	return err
}

// EndFactor takes the second factor away.
func EndFactor(ctx context.Context, tx *Tx, account int64) error {
	_, err := exec(ctx, tx, "update account_factor set superseded_at = $1 where account = $2 and superseded_at = $3", tx.Now, account, Current)
	return err
}

// FactorOf is the second factor of an account; ok is false when there is none.
func FactorOf(ctx context.Context, tx *Tx, ring *seal.Ring, account int64) (f Factor, ok bool, err error) {
	var sealed string
	var confirmed int
	ok, err = one(ctx, tx, "select id, account, sealed, confirmed, step from account_factor where account = $1 and superseded_at = $2",
		[]any{account, Current}, &f.ID, &f.Account, &sealed, &confirmed, &f.Step)
	if err != nil || !ok {
		return f, false, err
	}
	f.Confirmed = confirmed == 1
	f.Secret, err = openText(ring, sealed, placeOf("account_factor", f.ID, account))
	return f, true, err
}

// UseStep notes that a code was used, and that the factor works. It is false when the step, or a later one, was used by
// someone faster.
func UseStep(ctx context.Context, tx *Tx, factor, step int64) (bool, error) {
	n, err := exec(ctx, tx, "update account_factor set step = $1, confirmed = 1 where id = $2 and step < $1 and superseded_at = $3", step, factor, Current)
	return n == 1, err
}

// OpenSecrets opens every password's digest and every second factor, of whatever time: each must be the one that was sealed
// for its row and its account.
func OpenSecrets(ctx context.Context, tx *Tx, ring *seal.Ring) error {
	for _, table := range []string{"account_password", "account_factor"} {
		err := each(ctx, tx, "select id, account, sealed from "+table+" order by id", nil, func(r *sql.Rows) error {
			var id, account int64
			var sealed string
			if err := r.Scan(&id, &account, &sealed); err != nil {
				return err
			}
			_, err := openText(ring, sealed, placeOf(table, id, account))
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}
