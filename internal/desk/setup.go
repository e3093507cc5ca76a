package desk

import (
	"context"
	"time"

	"ganlan/internal/auth"
	"ganlan/internal/seal"
	"ganlan/internal/store"
)

// setupHolds is how long a set-up code holds.
const setupHolds = 24 * time.Hour

// setupActor is who starts an office: nobody has an account yet.
func setupActor() auth.Actor { return AtConsole("setup", auth.SystemAdmin, 0, "") }

// SetupCode makes the one-time code with which the first administrators are made. It is shown once; the database keeps its
// digest. Where there is an account already there is no code.
func (d *Desk) SetupCode(ctx context.Context) (string, error) {
	code, err := seal.NewStartCode()
	if err != nil {
		return "", err
	}
	err = d.act(ctx, setupActor(), auth.Setup, auth.Place{}, &Object{Kind: "setup", ID: "code"}, func(tx *store.Tx) (any, error) {
		if err := d.untouched(ctx, tx); err != nil {
			return nil, err
		}
		return nil, store.AddSetupCode(ctx, tx, seal.Digest([]byte(code)))
	})
	if err != nil {
		return "", err
	}
	return code, nil
}

func (d *Desk) untouched(ctx context.Context, tx *store.Tx) error {
	list, err := store.Accounts(ctx, tx, d.Ring, tx.Now, "1 = 1", nil)
	if err == nil && len(list) > 0 {
		return FaultSetUp.New()
	}
	return err
}

// Person is who is given an account.
type Person struct{ Login, Name string }

// Setup spends the code and makes the system, the security and the audit administrator, three people. It gives their first
// passwords, in this order; each must be changed at the first sign-in.
func (d *Desk) Setup(ctx context.Context, code string, people [3]Person) (first [3]string, err error) {
	err = d.act(ctx, setupActor(), auth.Setup, auth.Place{}, &Object{Kind: "setup", ID: "accounts"}, func(tx *store.Tx) (any, error) {
		if err := d.untouched(ctx, tx); err != nil {
			return nil, err
		}
		ok, err := store.UseSetupCode(ctx, tx, seal.Digest([]byte(code)), tx.Now-setupHolds.Milliseconds())
		if err == nil && !ok {
			err = FaultSetupCode.New()
		}
		if err != nil {
			return nil, err
		}
		var logins [3]string
		for i, p := range people {
			a, password, err := d.makeAccount(ctx, tx, p, 0, 0)
			if err != nil {
				return nil, err
			}
			logins[i], first[i] = a.Login, password
			_, err = store.AddGrant(ctx, tx, d.Ring, store.Grant{Account: a.ID, Role: string(auth.Administrators()[i]), UntilAt: store.Current})
			if err != nil {
				return nil, err
			}
		}
		return logins, nil
	})
	if err != nil {
		return [3]string{}, err
	}
	return first, nil
}
