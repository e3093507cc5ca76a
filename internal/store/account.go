package store

import (
	"context"
	"database/sql"

	"ganlan/internal/seal"
)

// Account is one person's way in.
type Account struct {
	Row        int64  `json:"-"`
	ID         int64  `json:"id"`
	Login      string `json:"login"`
	Name       string `json:"name"`
	Org        int64  `json:"org"`
	Suspended  bool   `json:"suspended"`
	MadeAt     int64  `json:"made_at"`
	RecordedAt int64  `json:"recorded_at"`
	RecordedBy int64  `json:"recorded_by"`

	until int64
	mac   string
}

const accountColumns = "row_id, id, login, name, org, suspended, made_at, recorded_at, recorded_by, superseded_at, mac"

func (a *Account) values() []any {
	return []any{a.Row, a.ID, a.Login, a.Name, a.Org, flag(a.Suspended), a.MadeAt, a.RecordedAt, a.RecordedBy, a.until}
}

func (a *Account) scan(r interface{ Scan(...any) error }, ring *seal.Ring) error {
	var suspended int
	err := r.Scan(&a.Row, &a.ID, &a.Login, &a.Name, &a.Org, &suspended, &a.MadeAt, &a.RecordedAt, &a.RecordedBy, &a.until, &a.mac)
	if err != nil {
		return err
	}
	a.Suspended = suspended == 1
	return checkMAC(ring, a.mac, "account", a.Row, a.values()...)
}

// AddAccount records an account, or what holds of it from now on. A login is taken once.
func AddAccount(ctx context.Context, tx *Tx, ring *seal.Ring, a Account) error {
	a.Row, a.RecordedAt, a.until = tx.NewID(), tx.Now, Current
	_, err := exec(ctx, tx, "insert into account ("+accountColumns+") values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
		append(a.values(), rowMAC(ring, "account", a.values()...))...)
	if isTwice(err) {
		return FaultLoginTwice.New().Set("login", a.Login)
	}
	return err
}

// SupersedeAccount ends the row that was read; someone else's change since then is a fault.
func SupersedeAccount(ctx context.Context, tx *Tx, ring *seal.Ring, a Account) error {
	a.until = tx.Now
	n, err := exec(ctx, tx, "update account set superseded_at = $1, mac = $2 where row_id = $3 and superseded_at = $4",
		a.until, rowMAC(ring, "account", a.values()...), a.Row, Current)
	return changed(n, err)
}

// AccountByLogin is what holds of an account; ok is false when there is none.
func AccountByLogin(ctx context.Context, tx *Tx, ring *seal.Ring, login string) (a Account, ok bool, err error) {
	return firstAccount(Accounts(ctx, tx, ring, Current-1, "login = $1", []any{login}))
}

// AccountByID is what holds of an account; ok is false when there is none.
func AccountByID(ctx context.Context, tx *Tx, ring *seal.Ring, id int64) (a Account, ok bool, err error) {
	return firstAccount(Accounts(ctx, tx, ring, Current-1, "id = $1", []any{id}))
}

func firstAccount(list []Account, err error) (Account, bool, error) {
	if err != nil || len(list) == 0 {
		return Account{}, false, err
	}
	return list[0], true, nil
}

// Accounts lists accounts that meet a condition, as they were known at a time in milliseconds. A row that was not written by
// the program is a fault.
func Accounts(ctx context.Context, tx *Tx, ring *seal.Ring, at int64, where string, args []any) (out []Account, err error) {
	when, args := asOf(at, args)
	err = each(ctx, tx, "select "+accountColumns+" from account where "+where+" and "+when+" order by login", args, func(r *sql.Rows) error {
		var a Account
		if err := a.scan(r, ring); err != nil {
			return err
		}
		out = append(out, a)
		return nil
	})
	return out, err
}

// LastUsed are the times, in milliseconds, at which accounts were last seen signed in, by their ids.
func LastUsed(ctx context.Context, tx *Tx) (map[int64]int64, error) {
	out := map[int64]int64{}
	return out, each(ctx, tx, "select account, cast(max(seen) as bigint) from session group by account", nil, func(r *sql.Rows) error {
		var id, seen int64
		if err := r.Scan(&id, &seen); err != nil {
			return err
		}
		out[id] = seen
		return nil
	})
}
