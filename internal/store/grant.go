package store

import (
	"context"
	"database/sql"

	"ganlan/internal/seal"
)

// Grant is a role given to an account, by whom and from when until when.
type Grant struct {
	ID          int64  `json:"id"`
	Account     int64  `json:"account"`
	Role        string `json:"role"`
	Org         int64  `json:"org"`
	Area        string `json:"area"`
	UntilAt     int64  `json:"until_at"` // milliseconds; Current when it has no end
	RecordedAt  int64  `json:"recorded_at"`
	RecordedBy  int64  `json:"recorded_by"`
	ConfirmedBy int64  `json:"confirmed_by"` // the second person; 0 where one is enough
	EndedAt     int64  `json:"ended_at"`     // Current while it holds
	EndedBy     int64  `json:"ended_by"`
}

const grantColumns = "id, account, role, org, area, until_at, recorded_at, recorded_by, confirmed_by, superseded_at, ended_by"

func (g *Grant) values() []any {
	return []any{g.ID, g.Account, g.Role, g.Org, g.Area, g.UntilAt, g.RecordedAt, g.RecordedBy, g.ConfirmedBy, g.EndedAt, g.EndedBy}
}

// AddGrant gives a role.
func AddGrant(ctx context.Context, tx *Tx, ring *seal.Ring, g Grant) (Grant, error) {
	g.ID, g.RecordedAt, g.EndedAt, g.EndedBy = tx.NewID(), tx.Now, Current, 0
	_, err := exec(ctx, tx, "insert into account_grant ("+grantColumns+", mac) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
		append(g.values(), rowMAC(ring, "account_grant", g.values()...))...)
	return g, err
}

// EndGrant takes a role away from now on; one that was ended since it was read is a fault.
func EndGrant(ctx context.Context, tx *Tx, ring *seal.Ring, g Grant, by int64) error {
	g.EndedAt, g.EndedBy = tx.Now, by
	n, err := exec(ctx, tx, "update account_grant set superseded_at = $1, ended_by = $2, mac = $3 where id = $4 and superseded_at = $5",
		g.EndedAt, g.EndedBy, rowMAC(ring, "account_grant", g.values()...), g.ID, Current)
	return changed(n, err)
}

// GrantsOf are the grants that an account held at a time in milliseconds, as known then.
func GrantsOf(ctx context.Context, tx *Tx, ring *seal.Ring, account, at int64) ([]Grant, error) {
	return grants(ctx, tx, ring, "account = $1 and recorded_at <= $2 and $2 < superseded_at and $2 < until_at", []any{account, at})
}

// AllGrants are all grants that were ever given.
func AllGrants(ctx context.Context, tx *Tx, ring *seal.Ring) ([]Grant, error) {
	return grants(ctx, tx, ring, "1 = 1", nil)
}

// grants reads rows; one that was not written by the program is a fault, not a right.
func grants(ctx context.Context, tx *Tx, ring *seal.Ring, where string, args []any) (out []Grant, err error) {
	err = each(ctx, tx, "select "+grantColumns+", mac from account_grant where "+where+" order by id", args, func(r *sql.Rows) error {
		var g Grant
		var mac string
		err := r.Scan(&g.ID, &g.Account, &g.Role, &g.Org, &g.Area, &g.UntilAt, &g.RecordedAt, &g.RecordedBy, &g.ConfirmedBy, &g.EndedAt, &g.EndedBy, &mac)
		if err != nil {
			return err
		}
		out = append(out, g)
		return checkMAC(ring, mac, "account_grant", g.ID, g.values()...)
	})
	return out, err
}
