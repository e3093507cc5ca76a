package desk

import (
	"testing"

	"ganlan/internal/auth"
	"ganlan/internal/seal"
	"ganlan/internal/store"
	"ganlan/internal/storetest"
)

// Whoever can write to the database, and has no key, signs in as nobody.
func TestASessionThatWasPutIntoTheDatabaseOrMadeAnothersIsNone(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		o := manned(t, url)
		o.clerk("li.ming", o.bureau("甲县财政局", "330783"), auth.FinanceHandler)
		sec := o.enter("sec")
		own := o.enter("li.ming").Token
		for name, c := range map[string]struct {
			token, query string
			args         []any
		}{
			"put in":         {"mine", "insert into session (id, account, strong, origin, began, seen, ended) values ($1, $2, 1, 'x', $3, $3, 0)", []any{seal.Digest([]byte("mine")), sec.Actor.ID, o.now.UnixMilli()}},
			"made another's": {own, "update session set account = $1 where account <> $1", []any{sec.Actor.ID}},
			"made stronger":  {own, "update session set strong = 1 - strong", nil},
		} {
			err := o.DB.Do(t.Context(), o.now, func(tx *store.Tx) error {
				if _, err := tx.ExecContext(t.Context(), c.query, c.args...); err != nil {
					return err
				}
				_, _, err := o.session(t.Context(), tx, c.token)
				return err // and roll back
			})
			if codeOf(err) != "SESSION_ENDED" {
				t.Errorf("%s: %v", name, err)
			}
		}
		if _, err := o.Resume(t.Context(), own); err != nil {
			t.Errorf("left alone: %v", err)
		}
	})
}
