package desk

import (
	"context"

	"ganlan/internal/auth"
	"ganlan/internal/store"
	"ganlan/region"
)

// notLast refuses to take away the last administrator of a kind: nobody could put it right.
func (x *change) notLast() error {
	for _, r := range rolesOf(x.held) {
		if auth.Administers([]auth.Role{r}) && x.others[string(r)] == 0 {
			return FaultLastAdministrator.New().Set("role", string(r))
		}
	}
	return nil
}

// mayGive refuses a role that is not known, excludes others, is held already, or reaches beyond the organisation's own area
// (GB/T 22239-2019 8.1.4.2 d: no more than is needed).
func (x *change) mayGive() error {
	role := auth.Role(x.Role)
	if err := auth.CheckRole(x.Role); err != nil {
		return err
	}
	if err := auth.Together(append(rolesOf(x.held), role)); err != nil {
		return err
	}
	if x.Until != 0 && x.Until <= x.now {
		return FaultUntilPast.New()
	}
	if auth.Administers([]auth.Role{role}) {
		x.Area = ""
		return x.notHeld()
	}
	if x.Area == "" {
		x.Area = x.org.Area
	}
	area, err := region.Parse(x.Area)
	if err != nil {
		return err
	}
	x.Area = string(area)
	if !auth.Within(x.Area, x.org.Area) {
		return FaultGrantWide.New().Set("area", x.Area).Set("org", x.org.Area)
	}
	return x.notHeld()
}

func (x *change) notHeld() error {
	for _, g := range x.held {
		if g.Role == x.Role && g.Org == x.Org && g.Area == x.Area {
			return FaultGrantTwice.New().Set("id", g.ID)
		}
	}
	return nil
}

// mayEnd refuses to end what the account does not hold.
func (x *change) mayEnd() error {
	for _, g := range x.held {
		if g.ID == x.Grant {
			return x.notLast()
		}
	}
	return store.FaultNoGrant.New().Set("id", x.Grant)
}

// suspend closes an account, or opens it again. Its sessions end.
func suspend(ctx context.Context, d *Desk, tx *store.Tx, x *change) error {
	next := x.account
	next.Suspended, next.RecordedBy = x.What == "suspend", x.asked
	x.before, x.after = inAudit(x.account), inAudit(next)
	if err := store.SupersedeAccount(ctx, tx, d.Ring, x.account); err != nil {
		return err
	}
	if err := store.AddAccount(ctx, tx, d.Ring, next); err != nil {
		return err
	}
	return store.EndSessionsOf(ctx, tx, x.account.ID)
}

// reset gives a first password and lifts the lock; a recovery takes the lost second factor away as well. Sessions end.
func reset(ctx context.Context, d *Desk, tx *store.Tx, x *change) (err error) {
	if x.What == "recover" {
		if err := store.EndFactor(ctx, tx, x.account.ID); err != nil {
			return err
		}
	}
	if err := store.SetSignIns(ctx, tx, d.loginKey(x.Login), store.SignInState{}); err != nil {
		return err
	}
	if err := store.EndSessionsOf(ctx, tx, x.account.ID); err != nil {
		return err
	}
	x.after = map[string]any{"login": x.Login, "password": "given", "second_factor_taken": x.What == "recover"}
	x.password, err = d.givePassword(ctx, tx, x.account.ID, x.asked)
	return err
}

func give(ctx context.Context, d *Desk, tx *store.Tx, x *change) error {
	g := store.Grant{Account: x.account.ID, Role: x.Role, Org: x.Org, Area: x.Area, UntilAt: x.Until, RecordedBy: x.asked, ConfirmedBy: x.and}
	if g.UntilAt == 0 {
		g.UntilAt = store.Current
	}
	g, err := store.AddGrant(ctx, tx, d.Ring, g)
	x.after = g
	return err
}

func end(ctx context.Context, d *Desk, tx *store.Tx, x *change) error {
	for _, g := range x.held {
		if g.ID == x.Grant {
			x.before = g
			return store.EndGrant(ctx, tx, d.Ring, g, x.asked)
		}
	}
	return store.FaultNoGrant.New().Set("id", x.Grant)
}
