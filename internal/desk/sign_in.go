package desk

import (
	"context"
	"encoding/hex"
	"time"

	"ganlan/internal/auth"
	"ganlan/internal/seal"
	"ganlan/internal/store"
)

// What everybody may do with an account of their own; the audit names it.
const (
	signIn         auth.Act = "session.begin"
	signOut        auth.Act = "session.end"
	passwordChange auth.Act = "password.change"
	factorMake     auth.Act = "factor.make"
	factorConfirm  auth.Act = "factor.confirm"
)

// Credentials are what a person signs in with. Code is the time code; empty while the account has no second factor.
type Credentials struct {
	Login, Password, Code string
	Origin                string // address, or console
}

// SignedIn is a session that has begun. The actor of one who must change the password has no rights yet.
type SignedIn struct {
	Token      string
	Actor      auth.Actor
	MustChange bool // another person chose the password, or it is too old
}

// proof is who was found to sign in.
type proof struct {
	account    store.Account
	passwords  []store.Password // the one that holds first
	factor     store.Factor
	has        bool // a second factor that was confirmed
	step       int64
	mustChange bool
	rules      signRules
}

// SignIn begins a session: password, then time code. Every try has an entry in the audit. What was wrong is not told, and a
// login that nobody has is locked like any other.
func (d *Desk) SignIn(ctx context.Context, c Credentials) (out SignedIn, err error) {
	p, err := d.prove(ctx, c)
	if err != nil {
		return out, err
	}
	if out.Token, err = seal.NewToken(); err != nil {
		return out, err
	}
	err = d.DB.Overlap(ctx, d.Clock(), func(tx *store.Tx) error {
		if err := d.pass(ctx, tx, c, p); err != nil {
			return err
		}
		if p.rules.sessions.One {
			if err := store.EndSessionsOf(ctx, tx, p.account.ID); err != nil {
				return err
			}
		}
		s := store.Session{Account: p.account.ID, Strong: p.has, Origin: c.Origin}
		out.Token += tokenOf(s)
		s.ID = d.sessionID(out.Token)
		if err := store.AddSession(ctx, tx, s); err != nil {
			return err
		}
		out.MustChange = p.mustChange
		if out.Actor, err = d.actor(ctx, tx, p.account, p.has, c.Origin, p.mustChange); err != nil {
			return err
		}
		return d.note(ctx, tx, out.Actor, signIn, &Object{Kind: "account", ID: c.Login}, map[string]bool{"second_factor": p.has, "must_change": p.mustChange})
	})
	if err != nil {
		return SignedIn{}, err
	}
	return out, nil
}

// prove finds out whether the credentials are right. The failure is counted before the slow digest is computed, so that many
// tries at once are not free; a success takes it back.
func (d *Desk) prove(ctx context.Context, c Credentials) (p proof, err error) {
	now := d.Clock()
	var known bool
	err = d.DB.Overlap(ctx, now, func(tx *store.Tx) error {
		if p, known, err = d.find(ctx, tx, c.Login); err != nil {
			return err
		}
		if p.rules, err = rulesNow(ctx, tx); err != nil {
			return err
		}
		return d.count(ctx, tx, p.rules.locks, c.Login)
	})
	if err != nil {
		return p, d.refuse(ctx, d.asker(c, known), signIn, &Object{Kind: "account"}, err)
	}
	p.mustChange = known && (p.passwords[0].Given || p.rules.passwords.Expired(time.UnixMilli(p.passwords[0].SetAt), now))
	if why := p.judge(c, known, now); why != "" {
		return p, d.deny(ctx, c, known, why)
	}
	return p, nil
}

// count takes one try, or refuses it before its time.
func (d *Desk) count(ctx context.Context, tx *store.Tx, rule auth.LockRule, login string) error {
	key := d.loginKey(login)
	s, err := d.DB.SignIns(ctx, tx, key)
	if err != nil {
		return err
	}
	now := time.UnixMilli(tx.Now)
	if err := rule.Try(now, time.UnixMilli(s.Until)); err != nil {
		return err
	}
	s.Failures++
	s.Until = now.Add(rule.Delay(int(s.Failures))).UnixMilli()
	return store.SetSignIns(ctx, tx, key, s)
}

func (d *Desk) find(ctx context.Context, tx *store.Tx, login string) (p proof, known bool, err error) {
	if p.account, known, err = store.AccountByLogin(ctx, tx, d.Ring, login); err != nil || !known {
		return p, false, err
	}
	if p.passwords, err = store.Passwords(ctx, tx, d.Ring, p.account.ID, auth.Passwords.Keep); err != nil || len(p.passwords) == 0 {
		return p, false, err
	}
	p.factor, p.has, err = store.FactorOf(ctx, tx, d.Ring, p.account.ID)
	p.has = p.has && p.factor.Confirmed
	return p, true, err
}

// judge says why credentials are not right, for the audit; the same work is done whatever is wrong.
func (p *proof) judge(c Credentials, known bool, now time.Time) string {
	digest := ""
	if known {
		digest = p.passwords[0].Digest
	}
	right := seal.IsPassword(digest, c.Password)
	coded := !p.has
	if p.has {
		p.step, coded = seal.TimeStep(p.factor.Secret, c.Code, now, p.factor.Step)
	}
	switch {
	case !known:
		return "unknown login"
	case !right:
		return "wrong password"
	case !coded:
		return "wrong time code"
	case p.account.Suspended:
		return "suspended"
	}
	return ""
}

// pass takes the failures back and spends the time code: who was slower with the same code is refused.
func (d *Desk) pass(ctx context.Context, tx *store.Tx, c Credentials, p proof) error {
	if p.has {
		if ok, err := store.UseStep(ctx, tx, p.factor.ID, p.step); err != nil || !ok {
			return orElse(err, FaultSignIn.New())
		}
	}
	return store.SetSignIns(ctx, tx, d.loginKey(c.Login), store.SignInState{})
}

func orElse(err, other error) error {
	if err != nil {
		return err
	}
	return other
}

// deny writes what was wrong into the audit and tells the person only that something was.
func (d *Desk) deny(ctx context.Context, c Credentials, known bool, why string) error {
	e := entry(d.asker(c, known), signIn, &Object{Kind: "account"})
	e.Result, e.Reason = refused, why
	err := d.DB.Overlap(context.WithoutCancel(ctx), d.Clock(), func(tx *store.Tx) error {
		_, err := d.DB.Append(ctx, tx, e)
		return err
	})
	return orElse(err, FaultSignIn.New())
}

// asker is who tries to sign in. A login that nobody has is not written down: it may be a password in the wrong field.
func (d *Desk) asker(c Credentials, known bool) auth.Actor {
	a := auth.Actor{Login: c.Login, Origin: c.Origin}
	if !known {
		a.Login = "?" + d.loginKey(c.Login)[:8]
	}
	return a
}

// loginKey is a login by its keyed index.
func (d *Desk) loginKey(login string) string { return hex.EncodeToString(d.Ring.Index("login", login)) }

// actor is an account with the rights that it holds now.
func (d *Desk) actor(ctx context.Context, tx *store.Tx, a store.Account, strong bool, origin string, without bool) (auth.Actor, error) {
	who := auth.Actor{ID: a.ID, Login: a.Login, Org: a.Org, Strong: strong, Origin: origin}
	if without {
		return who, nil
	}
	grants, err := store.GrantsOf(ctx, tx, d.Ring, a.ID, tx.Now)
	for _, g := range grants {
		who.Grants = append(who.Grants, auth.Grant{Role: auth.Role(g.Role), Org: g.Org, Area: g.Area})
	}
	return who, orElse(err, auth.Together(rolesOf(grants)))
}
