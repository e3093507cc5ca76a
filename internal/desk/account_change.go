package desk

import (
	"context"
	"encoding/json"
	"strconv"
	"time"

	"ganlan/internal/auth"
	"ganlan/internal/store"
)

// Change is a change of an account or of its rights.
type Change struct {
	What  string `json:"what"` // suspend, resume, reset, recover, give, end
	Login string `json:"login"`
	Role  string `json:"role,omitempty"`  // give
	Org   int64  `json:"org,omitempty"`   // give; 0 is the account's own
	Area  string `json:"area,omitempty"`  // give; empty is the organisation's own
	Until int64  `json:"until,omitempty"` // give: milliseconds, exclusive; 0 has no end
	Grant int64  `json:"grant,omitempty"` // end
}

// Changed is what came of a change: done, with a first password where one was given; or asked for, to be decided by another
// administrator.
type Changed struct {
	Login    string `json:"login"`
	Request  int64  `json:"request,omitempty"`
	Password string `json:"password,omitempty"`
}

// requestHolds is how long a request can be decided.
const requestHolds = 7 * 24 * time.Hour

// changes are the kinds of change. What concerns an administrator, and each recovery of a lost second factor, takes two people.
var changes = []struct {
	what  string
	act   auth.Act
	two   bool
	check func(*change) error
	do    func(context.Context, *Desk, *store.Tx, *change) error
}{
	{"suspend", auth.AccountChange, false, (*change).notLast, suspend},
	{"resume", auth.AccountChange, false, nil, suspend},
	{"reset", auth.AccountChange, false, nil, reset},
	{"recover", auth.AccountRecover, true, nil, reset},
	{"give", auth.GrantGive, false, (*change).mayGive, give},
	{"end", auth.GrantGive, false, (*change).mayEnd, end},
}

// change is a change with what it meets.
type change struct {
	Change
	kind       int
	account    store.Account
	held       []store.Grant
	org        store.Org
	others     map[string]int // accounts that are not suspended, by role, this one aside
	now        int64
	asked, and int64 // who asked; who confirmed, 0 where one person is enough
	before     any
	after      any
	password   string
}

// Change changes an account or its rights; where that takes two people it keeps the request.
func (d *Desk) Change(ctx context.Context, who auth.Actor, c Change) (out Changed, err error) {
	kind, err := changeNamed(c.What)
	if err != nil {
		return out, err
	}
	on := &Object{Kind: "account", ID: c.Login, Reason: c.What}
	err = d.act(ctx, who, changes[kind].act, auth.Place{}, on, func(tx *store.Tx) (any, error) {
		x, err := d.meet(ctx, tx, c, kind)
		if err != nil {
			return nil, err
		}
		x.asked = who.ID
		if changes[kind].two || auth.Administers(append(rolesOf(x.held), auth.Role(c.Role))) {
			out.Login = c.Login
			out.Request, err = d.ask(ctx, tx, x)
			return map[string]any{"request": out.Request, "change": c}, err
		}
		err = changes[kind].do(ctx, d, tx, x)
		on.Before, out.Login, out.Password = x.before, c.Login, x.password
		return x.after, err
	})
	if err != nil {
		return Changed{}, err
	}
	return out, nil
}

func changeNamed(what string) (int, error) {
	for i, k := range changes {
		if k.what == what {
			return i, nil
		}
	}
	return 0, FaultNoChange.New().Set("what", what)
}

// meet reads what a change is about and refuses one that cannot be.
func (d *Desk) meet(ctx context.Context, tx *store.Tx, c Change, kind int) (*change, error) {
	a, ok, err := store.AccountByLogin(ctx, tx, d.Ring, c.Login)
	if err == nil && !ok {
		err = FaultNoAccount.New().Set("login", c.Login)
	}
	if err != nil {
		return nil, err
	}
	x := &change{Change: c, kind: kind, account: a, now: tx.Now}
	if x.held, err = store.GrantsOf(ctx, tx, d.Ring, a.ID, tx.Now); err != nil {
		return nil, err
	}
	if x.others, err = d.othersByRole(ctx, tx, a.ID); err != nil {
		return nil, err
	}
	if c.What == "give" {
		if x.Org == 0 {
			x.Org = a.Org
		}
		if x.Org != 0 || !auth.Administers([]auth.Role{auth.Role(c.Role)}) {
			if x.org, err = store.OrgByID(ctx, tx, x.Org); err != nil {
				return nil, err
			}
		}
	}
	if check := changes[kind].check; check != nil {
		return x, check(x)
	}
	return x, nil
}

func (d *Desk) othersByRole(ctx context.Context, tx *store.Tx, but int64) (map[string]int, error) {
	list, err := store.Accounts(ctx, tx, d.Ring, tx.Now, "id <> $1 and suspended = 0", []any{but})
	out := map[string]int{}
	for _, a := range list {
		grants, err := store.GrantsOf(ctx, tx, d.Ring, a.ID, tx.Now)
		if err != nil {
			return nil, err
		}
		for _, g := range grants {
			out[g.Role]++
		}
	}
	return out, err
}

// ask keeps a change until another administrator decides.
func (d *Desk) ask(ctx context.Context, tx *store.Tx, x *change) (int64, error) {
	detail, err := json.Marshal(x.Change)
	if err != nil {
		return 0, err
	}
	q, err := store.AddRequest(ctx, tx, d.Ring, store.Request{What: x.What, Account: x.account.ID, Detail: string(detail), AskedBy: x.asked})
	return q.ID, err
}

// Requests are those that wait for a decision.
func (d *Desk) Requests(ctx context.Context, who auth.Actor) (list []store.Request, err error) {
	err = d.look(ctx, who, auth.RequestDecide, auth.Place{}, func(tx *store.Tx) error {
		list, err = store.OpenRequests(ctx, tx, d.Ring, tx.Now-requestHolds.Milliseconds())
		return err
	})
	return list, err
}

// RequestDecide does what was asked for, or refuses it. The decision is another person's than who asked and than the one it
// is about.
func (d *Desk) RequestDecide(ctx context.Context, who auth.Actor, id int64, yes bool) (out Changed, err error) {
	on := &Object{Kind: "request", ID: strconv.FormatInt(id, 10)}
	q, err := d.request(ctx, id)
	if err != nil {
		return out, d.refuse(ctx, who, auth.RequestDecide, on, err)
	}
	at := auth.Place{Maker: q.AskedBy}
	if q.Account == who.ID {
		at.Maker = who.ID
	}
	err = d.act(ctx, who, auth.RequestDecide, at, on, func(tx *store.Tx) (any, error) {
		if !yes {
			return "refused", store.DecideRequest(ctx, tx, d.Ring, q, who.ID, refused)
		}
		if err := store.DecideRequest(ctx, tx, d.Ring, q, who.ID, done); err != nil {
			return nil, err
		}
		x, err := d.recall(ctx, tx, q)
		if err != nil {
			return nil, err
		}
		x.and = who.ID
		err = changes[x.kind].do(ctx, d, tx, x)
		on.Before, on.Reason, out.Login, out.Password = x.before, q.What, x.Login, x.password
		return map[string]any{"login": x.Login, "after": x.after}, err
	})
	if err != nil {
		return Changed{}, err
	}
	return out, nil
}

func (d *Desk) request(ctx context.Context, id int64) (found store.Request, err error) {
	err = d.DB.Look(ctx, d.Clock(), func(tx *store.Tx) error {
		list, err := store.OpenRequests(ctx, tx, d.Ring, tx.Now-requestHolds.Milliseconds())
		for _, q := range list {
			if q.ID == id {
				found = q
				return nil
			}
		}
		if err == nil {
			err = FaultNoRequest.New().Set("id", id)
		}
		return err
	})
	return found, err
}

// recall is the change that was asked for, meeting what holds now.
func (d *Desk) recall(ctx context.Context, tx *store.Tx, q store.Request) (*change, error) {
	var c Change
	if err := json.Unmarshal([]byte(q.Detail), &c); err != nil {
		return nil, err
	}
	kind, err := changeNamed(c.What)
	if err != nil {
		return nil, err
	}
	x, err := d.meet(ctx, tx, c, kind)
	if err != nil {
		return nil, err
	}
	x.asked = q.AskedBy
	return x, nil
}
