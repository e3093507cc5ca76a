package desk

import (
	"context"
	"strings"
	"time"

	"ganlan/internal/auth"
	"ganlan/internal/seal"
	"ganlan/internal/store"
)

// AccountMake makes an account of a person of an organisation, without any right. The first password is given back once; it
// must be changed at the first sign-in.
func (d *Desk) AccountMake(ctx context.Context, who auth.Actor, p Person, org int64) (first string, err error) {
	err = d.act(ctx, who, auth.AccountMake, auth.Place{}, &Object{Kind: "account", ID: p.Login}, func(tx *store.Tx) (any, error) {
		if _, err := store.OrgByID(ctx, tx, org); err != nil {
			return nil, err
		}
		var a store.Account
		if a, first, err = d.makeAccount(ctx, tx, p, org, who.ID); err != nil {
			return nil, err
		}
		return inAudit(a), nil
	})
	if err != nil {
		return "", err
	}
	return first, nil
}

func (d *Desk) makeAccount(ctx context.Context, tx *store.Tx, p Person, org, by int64) (store.Account, string, error) {
	a := store.Account{ID: tx.NewID(), Login: p.Login, Name: strings.TrimSpace(p.Name), Org: org, MadeAt: tx.Now, RecordedBy: by}
	if err := auth.CheckLogin(a.Login); err != nil {
		return a, "", err
	}
	if a.Name == "" {
		return a, "", FaultNameMissing.New()
	}
	if err := store.AddAccount(ctx, tx, d.Ring, a); err != nil {
		return a, "", err
	}
	first, err := d.givePassword(ctx, tx, a.ID, by)
	return a, first, err
}

// givePassword sets a password that nobody chose and that must be changed.
func (d *Desk) givePassword(ctx context.Context, tx *store.Tx, account, by int64) (string, error) {
	password, err := seal.NewStartCode()
	if err != nil {
		return "", err
	}
	digest, err := seal.HashPassword(password)
	if err != nil {
		return "", err
	}
	return password, store.SetPassword(ctx, tx, d.Ring, account, digest, true, by)
}

// inAudit is what the audit keeps of an account: no name of the person.
func inAudit(a store.Account) any {
	return map[string]any{"id": a.ID, "login": a.Login, "org": a.Org, "suspended": a.Suspended}
}

// AccountRow is an account as its administrators see it.
type AccountRow struct {
	store.Account
	Grants   []store.Grant `json:"grants"`
	LastUsed int64         `json:"last_used"` // milliseconds; 0 when never
	Factor   bool          `json:"second_factor"`
	Stale    bool          `json:"stale"` // unused for 90 days and not suspended
}

// Accounts lists all accounts with what they may do and when they were last used.
func (d *Desk) Accounts(ctx context.Context, who auth.Actor) (out []AccountRow, err error) {
	err = d.look(ctx, who, auth.AccountRead, auth.Place{}, func(tx *store.Tx) error {
		list, err := store.Accounts(ctx, tx, d.Ring, tx.Now, "1 = 1", nil)
		if err != nil {
			return err
		}
		used, err := store.LastUsed(ctx, tx)
		if err != nil {
			return err
		}
		for _, a := range list {
			row, err := d.accountRow(ctx, tx, a, used[a.ID])
			if err != nil {
				return err
			}
			out = append(out, row)
		}
		return nil
	})
	return out, err
}

func (d *Desk) accountRow(ctx context.Context, tx *store.Tx, a store.Account, used int64) (AccountRow, error) {
	grants, err := store.GrantsOf(ctx, tx, d.Ring, a.ID, tx.Now)
	if err != nil {
		return AccountRow{}, err
	}
	f, ok, err := store.FactorOf(ctx, tx, d.Ring, a.ID)
	stale := !a.Suspended && auth.Stale(time.UnixMilli(a.MadeAt), time.UnixMilli(used), time.UnixMilli(tx.Now))
	return AccountRow{a, grants, used, ok && f.Confirmed, stale}, err
}

// checkRights reads every account, grant and request: each must be as the program wrote it, and no account may hold roles
// that exclude each other.
func checkRights(ctx context.Context, d *Desk, tx *store.Tx) error {
	if _, err := store.AllGrants(ctx, tx, d.Ring); err != nil {
		return err
	}
	if _, err := store.AllRequests(ctx, tx, d.Ring); err != nil {
		return err
	}
	if err := store.OpenSecrets(ctx, tx, d.Ring); err != nil {
		return err
	}
	list, err := store.Accounts(ctx, tx, d.Ring, tx.Now, "1 = 1", nil)
	if err != nil {
		return err
	}
	for _, a := range list {
		grants, err := store.GrantsOf(ctx, tx, d.Ring, a.ID, tx.Now)
		if err != nil {
			return err
		}
		if err := auth.Together(rolesOf(grants)); err != nil {
			return err
		}
	}
	return nil
}

func rolesOf(grants []store.Grant) (out []auth.Role) {
	for _, g := range grants {
		out = append(out, auth.Role(g.Role))
	}
	return out
}
