package store

import (
	"context"
	"database/sql"
)

// Org is an organisation: a bureau, a bank, a township.
type Org struct {
	Row        int64  `json:"rev"` // of the state
	ID         int64  `json:"id"`
	Name       string `json:"name"`
	Kind       string `json:"kind"`
	Area       string `json:"area"`
	RecordedAt int64  `json:"recorded_at"`
	RecordedBy int64  `json:"recorded_by"`
}

const orgColumns = "row_id, id, name, kind, area, recorded_at, recorded_by"

func (o *Org) scan(r interface{ Scan(...any) error }) error {
	return r.Scan(&o.Row, &o.ID, &o.Name, &o.Kind, &o.Area, &o.RecordedAt, &o.RecordedBy)
}

// AddOrg records an organisation, or what holds of it from now on. Its name is taken once in an area.
func AddOrg(ctx context.Context, tx *Tx, o Org) error {
	_, err := exec(ctx, tx, "insert into org ("+orgColumns+", superseded_at) values ($1, $2, $3, $4, $5, $6, $7, $8)",
		tx.NewID(), o.ID, o.Name, o.Kind, o.Area, tx.Now, o.RecordedBy, Current)
	if isTwice(err) {
		return FaultOrgTwice.New().Set("name", o.Name)
	}
	return err
}

// SupersedeOrg ends the row that was read; someone else's change since then is a fault.
func SupersedeOrg(ctx context.Context, tx *Tx, o Org) error {
	n, err := exec(ctx, tx, "update org set superseded_at = $1 where row_id = $2 and superseded_at = $3", tx.Now, o.Row, Current)
	return changed(n, err)
}

// OrgByID is what holds of an organisation.
func OrgByID(ctx context.Context, tx *Tx, id int64) (o Org, err error) {
	list, err := Orgs(ctx, tx, Current-1, "id = $1", []any{id})
	if err == nil && len(list) == 0 {
		return o, FaultNoOrg.New().Set("id", id)
	}
	if err != nil {
		return o, err
	}
	return list[0], nil
}

// Orgs lists the organisations that meet a condition (of auth.Actor.Filter over area and id, its first parameter being 1), as
// they were known at a time in milliseconds.
func Orgs(ctx context.Context, tx *Tx, at int64, where string, args []any) (out []Org, err error) {
	when, args := asOf(at, args)
	err = each(ctx, tx, "select "+orgColumns+" from org where "+where+" and "+when+" order by area, name, id", args, func(r *sql.Rows) error {
		var o Org
		if err := o.scan(r); err != nil {
			return err
		}
		out = append(out, o)
		return nil
	})
	return out, err
}
