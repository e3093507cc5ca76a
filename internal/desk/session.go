package desk

import (
	"context"
	"encoding/hex"
	"strconv"
	"strings"
	"time"

	"ganlan/internal/auth"
	"ganlan/internal/store"
)

// seenEvery is how often a session in use is noted as such.
const seenEvery = time.Minute

// Resume is the actor of a session that goes on, with the rights held now.
func (d *Desk) Resume(ctx context.Context, token string) (who auth.Actor, err error) {
	now := d.Clock()
	err = d.DB.Aside(ctx, now, func(tx *store.Tx) error {
		s, a, err := d.session(ctx, tx, token)
		if err != nil {
			return err
		}
		passwords, err := store.Passwords(ctx, tx, d.Ring, a.ID, 1)
		if err != nil || len(passwords) == 0 {
			return orElse(err, auth.FaultSessionEnded.New().Set("text", ""))
		}
		rules, err := rulesNow(ctx, tx)
		if err != nil {
			return err
		}
		without := passwords[0].Given || rules.passwords.Expired(time.UnixMilli(passwords[0].SetAt), now)
		if who, err = d.actor(ctx, tx, a, s.Strong, s.Origin, without); err != nil || tx.Now-s.Seen < seenEvery.Milliseconds() {
			return err
		}
		return store.SeeSession(ctx, tx, s.ID)
	})
	return who, err
}

// sessionID is the keyed digest under which the session of a token is kept: whoever can only write to the database makes none.
func (d *Desk) sessionID(token string) string {
	return hex.EncodeToString(d.Ring.MAC("session", token))
}

// tokenOf is the end of a session's token: whose it is and how strong, so that its row cannot be made another's.
func tokenOf(s store.Session) string {
	return "." + strconv.FormatInt(s.Account, 36) + map[bool]string{true: ".2", false: ".1"}[s.Strong]
}

// session is a session that goes on, and its account.
func (d *Desk) session(ctx context.Context, tx *store.Tx, token string) (s store.Session, a store.Account, err error) {
	s, ok, err := store.SessionByID(ctx, tx, d.sessionID(token))
	if err != nil {
		return s, a, err
	}
	if !ok || s.Ended != 0 || !strings.HasSuffix(token, tokenOf(s)) {
		return s, a, auth.FaultSessionEnded.New().Set("text", "已退出 signed out")
	}
	rules, err := rulesNow(ctx, tx)
	if err != nil {
		return s, a, err
	}
	if err := rules.sessions.Alive(time.UnixMilli(s.Began), time.UnixMilli(s.Seen), time.UnixMilli(tx.Now)); err != nil {
		return s, a, err
	}
	a, ok, err = store.AccountByID(ctx, tx, d.Ring, s.Account)
	if err == nil && (!ok || a.Suspended) {
		err = auth.FaultSessionEnded.New().Set("text", "账号已停用 suspended")
	}
	return s, a, err
}

// SignOut ends a session, on the server.
func (d *Desk) SignOut(ctx context.Context, token string) error {
	return d.DB.Overlap(ctx, d.Clock(), func(tx *store.Tx) error {
		s, a, err := d.session(ctx, tx, token)
		if err != nil {
			return err
		}
		if _, err := store.EndSession(ctx, tx, s.ID); err != nil {
			return err
		}
		who := auth.Actor{ID: a.ID, Login: a.Login, Org: a.Org, Origin: s.Origin}
		return d.note(ctx, tx, who, signOut, &Object{Kind: "account", ID: a.Login}, nil)
	})
}
