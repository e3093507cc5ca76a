package desk

import (
	"context"
	"strings"
	"time"

	"ganlan/internal/auth"
	"ganlan/internal/seal"
	"ganlan/internal/store"
)

// PasswordChange changes one's own password. It is proved like a sign-in; other sessions of the account end.
func (d *Desk) PasswordChange(ctx context.Context, c Credentials, next string) error {
	p, err := d.prove(ctx, c)
	if err != nil {
		return err
	}
	who, on := auth.Actor{ID: p.account.ID, Login: c.Login, Org: p.account.Org, Origin: c.Origin}, &Object{Kind: "account", ID: c.Login}
	if err := p.allows(c.Login, next); err != nil {
		return d.refuse(ctx, who, passwordChange, on, d.lift(ctx, c, p, err))
	}
	digest, err := seal.HashPassword(next)
	if err != nil {
		return err
	}
	return d.DB.Overlap(ctx, d.Clock(), func(tx *store.Tx) error {
		if err := d.pass(ctx, tx, c, p); err != nil {
			return err
		}
		if err := store.SetPassword(ctx, tx, d.Ring, p.account.ID, digest, false, p.account.ID); err != nil {
			return err
		}
		if err := store.EndSessionsOf(ctx, tx, p.account.ID); err != nil {
			return err
		}
		return d.note(ctx, tx, who, passwordChange, on, map[string]bool{"changed": true})
	})
}

// allows refuses a password against the rule, and one of the last ones.
func (p *proof) allows(login, next string) error {
	if err := p.rules.passwords.Check(login, next); err != nil {
		return err
	}
	var digests []string
	for _, x := range p.passwords {
		digests = append(digests, x.Digest)
	}
	return p.rules.passwords.Used(digests, func(digest string) bool { return seal.IsPassword(digest, next) })
}

// lift takes the failures back where the credentials were right though the act is refused. The time code stays unspent.
func (d *Desk) lift(ctx context.Context, c Credentials, p proof, why error) error {
	p.has = false
	if err := d.DB.Overlap(ctx, d.Clock(), func(tx *store.Tx) error { return d.pass(ctx, tx, c, p) }); err != nil {
		return err
	}
	return why
}

// FactorMake begins a second factor of one's own: the secret, and the address for a telephone, are shown once. It counts from
// FactorConfirm on. One that counts is not replaced: who lost it is helped by two administrators.
func (d *Desk) FactorMake(ctx context.Context, who auth.Actor) (secret, address string, err error) {
	if secret, address, err = seal.NewTimeSecret("Ganlan", who.Login); err != nil {
		return "", "", err
	}
	err = d.own(ctx, who, factorMake, func(tx *store.Tx) error {
		f, ok, err := store.FactorOf(ctx, tx, d.Ring, who.ID)
		if err == nil && ok && f.Confirmed {
			err = FaultFactorHeld.New()
		}
		if err != nil {
			return err
		}
		return store.SetFactor(ctx, tx, d.Ring, who.ID, secret)
	})
	if err != nil {
		return "", "", err
	}
	return secret, address, nil
}

// FactorConfirm makes the second factor count, by its first code.
func (d *Desk) FactorConfirm(ctx context.Context, who auth.Actor, code string) error {
	return d.own(ctx, who, factorConfirm, func(tx *store.Tx) error {
		f, ok, err := store.FactorOf(ctx, tx, d.Ring, who.ID)
		if err != nil {
			return err
		}
		step, right := seal.TimeStep(f.Secret, strings.TrimSpace(code), time.UnixMilli(tx.Now), f.Step)
		if !ok || !right {
			return FaultCode.New()
		}
		_, err = store.UseStep(ctx, tx, f.ID, step)
		return err
	})
}

// own does an act on one's own account, with its entry.
func (d *Desk) own(ctx context.Context, who auth.Actor, what auth.Act, do func(*store.Tx) error) error {
	on := &Object{Kind: "account", ID: who.Login}
	err := d.DB.Overlap(ctx, d.Clock(), func(tx *store.Tx) error {
		a, ok, err := store.AccountByID(ctx, tx, d.Ring, who.ID)
		if err == nil && (!ok || a.Login != who.Login) {
			err = auth.FaultDenied.New().Set("act", string(what))
		}
		if err != nil {
			return err
		}
		if err := do(tx); err != nil {
			return err
		}
		return d.note(ctx, tx, who, what, on, nil)
	})
	if err != nil {
		return d.refuse(ctx, who, what, on, err)
	}
	return nil
}
