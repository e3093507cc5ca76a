package desk

import (
	"context"
	"strconv"
	"strings"

	"ganlan/internal/auth"
	"ganlan/internal/store"
	"ganlan/region"
)

// OrgInput is an organisation as it is recorded: a new one, or what holds from now on of the one with the id.
type OrgInput struct {
	ID   int64
	Rev  int64 // of the state that the actor has seen, where there was one
	Name string
	Kind string // of auth.OrgKind
	Area string // code of the area that it is responsible for
}

// OrgRecord records an organisation, or, with its ID and the Rev that the actor has seen, what it is from now on, and gives its
// id. Someone else's change in between is told.
func (d *Desk) OrgRecord(ctx context.Context, who auth.Actor, in OrgInput) (id int64, err error) {
	on := &Object{Kind: "org", ID: strconv.FormatInt(in.ID, 10)}
	err = d.act(ctx, who, auth.OrgRecord, auth.Place{Area: in.Area, Org: in.ID}, on, func(tx *store.Tx) (any, error) {
		o, err := in.org(who.ID)
		if err != nil {
			return nil, err
		}
		if in.ID == 0 {
			o.ID = tx.NewID()
		} else {
			before, err := store.OrgByID(ctx, tx, in.ID)
			if err != nil {
				return nil, err
			}
			on.Before = before
			if before.Row != in.Rev {
				return nil, store.FaultChanged.New()
			}
			if err := store.SupersedeOrg(ctx, tx, before); err != nil {
				return nil, err
			}
		}
		id, on.ID = o.ID, strconv.FormatInt(o.ID, 10)
		return o, store.AddOrg(ctx, tx, o)
	})
	return id, err
}

func (in OrgInput) org(by int64) (store.Org, error) {
	o := store.Org{ID: in.ID, Name: strings.TrimSpace(in.Name), Kind: in.Kind, RecordedBy: by}
	if o.Name == "" {
		return o, FaultNameMissing.New()
	}
	if err := auth.CheckOrgKind(in.Kind); err != nil {
		return o, err
	}
	area, err := region.Parse(in.Area)
	o.Area = string(area)
	return o, err
}

// Orgs lists the organisations within the actor's reach, as they hold now.
func (d *Desk) Orgs(ctx context.Context, who auth.Actor) (list []store.Org, err error) {
	where, args := who.Filter(auth.OrgRead, "area", "id", 1)
	err = d.DB.Look(ctx, d.Clock(), func(tx *store.Tx) error {
		list, err = store.Orgs(ctx, tx, tx.Now, where, args)
		return err
	})
	return list, err
}
