package store

import "context"

// SignInState are the failures in a row under a login, and until when nobody can try.
type SignInState struct{ Failures, Until int64 }

// SignIns is the state of a login (by its keyed index), whether an account has it or not. Two tries at once follow each other.
func (db *DB) SignIns(ctx context.Context, tx *Tx, login string) (s SignInState, err error) {
	_, err = exec(ctx, tx, "insert into sign_in (login, failures, until_at) values ($1, $2, $3) on conflict (login) do nothing", login, 0, 0)
	if err != nil {
		return s, err
	}
	_, err = one(ctx, tx, "select failures, until_at from sign_in where login = $1"+db.dialect.lockHead(), []any{login}, &s.Failures, &s.Until)
	return s, err
}

// SetSignIns keeps the state of a login.
func SetSignIns(ctx context.Context, tx *Tx, login string, s SignInState) error {
	_, err := exec(ctx, tx, "update sign_in set failures = $1, until_at = $2 where login = $3", s.Failures, s.Until, login)
	return err
}

// Session is one sign-in. Its id is a keyed digest of the token that the browser holds.
type Session struct {
	ID          string
	Account     int64
	Strong      bool
	Origin      string
	Began, Seen int64
	Ended       int64 // 0 while it goes on
}

// AddSession begins a session.
func AddSession(ctx context.Context, tx *Tx, s Session) error {
	_, err := exec(ctx, tx, "insert into session (id, account, strong, origin, began, seen, ended) values ($1, $2, $3, $4, $5, $6, $7)",
		s.ID, s.Account, flag(s.Strong), s.Origin, tx.Now, tx.Now, 0)
	return err
}

// SessionByID is a session; ok is false when there is none.
func SessionByID(ctx context.Context, tx *Tx, id string) (s Session, ok bool, err error) {
	var strong int
	ok, err = one(ctx, tx, "select id, account, strong, origin, began, seen, ended from session where id = $1", []any{id},
		&s.ID, &s.Account, &strong, &s.Origin, &s.Began, &s.Seen, &s.Ended)
	s.Strong = strong == 1
	return s, ok, err
}

// SeeSession notes that a session is in use.
func SeeSession(ctx context.Context, tx *Tx, id string) error {
	_, err := exec(ctx, tx, "update session set seen = $1 where id = $2 and ended = 0", tx.Now, id)
	return err
}

// EndSession ends a session; it is false when it had ended.
func EndSession(ctx context.Context, tx *Tx, id string) (bool, error) {
	n, err := exec(ctx, tx, "update session set ended = $1 where id = $2 and ended = 0", tx.Now, id)
	return n == 1, err
}

// EndSessionsOf ends all sessions of an account.
func EndSessionsOf(ctx context.Context, tx *Tx, account int64) error {
	_, err := exec(ctx, tx, "update session set ended = $1 where account = $2 and ended = 0", tx.Now, account)
	return err
}
