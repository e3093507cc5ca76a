// Package desk is where acts happen: each act of a person, a job or the command is one function that asks permission first,
// runs one transaction at one time, and leaves one entry in the audit. It refuses what the table of rights does not allow,
// and an act whose entry cannot be written does not happen.
package desk

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"ganlan/fault"
	"ganlan/internal/auth"
	"ganlan/internal/queue"
	"ganlan/internal/seal"
	"ganlan/internal/store"
)

// Desk is the office's one door to its records.
type Desk struct {
	DB    *store.DB
	Ring  *seal.Ring
	Clock func() time.Time // the only clock; every act looks at it once
	Dir   string           // data folder
	Jobs  *queue.Queue

	master *seal.Master
	cache  *runCache // nil keeps nothing

	ShardSize int // contracts of a run's shard; 0 for the usual number
}

// Close lets the database go.
func (d *Desk) Close() error { return d.DB.Close() }

// Object is what an act is about, as the audit names it. An act fills in what it learns on the way: the number of a new
// record, and the values before. Both hold sealed or masked values only.
type Object struct {
	Kind   string
	ID     string
	Before any
	Reason string
}

// The two ways an act comes out.
const (
	done    = "done"
	refused = "refused"
)

// act does one act: permission, one transaction with one time, one audit entry in it with the values before and after. A
// refusal, of permission or of the act itself, leaves nothing but its own entry.
func (d *Desk) act(ctx context.Context, who auth.Actor, what auth.Act, at auth.Place, on *Object, do func(*store.Tx) (after any, err error)) error {
	now := d.Clock()
	if err := who.May(what, at); err != nil {
		return d.refuse(ctx, who, what, on, err)
	}
	err := d.DB.Do(ctx, now, func(tx *store.Tx) error {
		after, err := do(tx)
		if err != nil {
			return err
		}
		return d.note(ctx, tx, who, what, on, after)
	})
	if err != nil {
		return d.refuse(ctx, who, what, on, err)
	}
	return nil
}

// look reads: permission, one transaction that sees one moment. Reading masked values leaves no entry.
func (d *Desk) look(ctx context.Context, who auth.Actor, what auth.Act, at auth.Place, do func(*store.Tx) error) error {
	if err := who.May(what, at); err != nil {
		return d.refuse(ctx, who, what, &Object{}, err)
	}
	return d.DB.Look(ctx, d.Clock(), do)
}

// note appends the entry of an act that is being done.
func (d *Desk) note(ctx context.Context, tx *store.Tx, who auth.Actor, what auth.Act, on *Object, after any) error {
	e := entry(who, what, on)
	var err error
	if e.Before, err = text(on.Before); err != nil {
		return err
	}
	if e.After, err = text(after); err != nil {
		return err
	}
	e.Result, e.Reason = done, on.Reason
	_, err = d.DB.Append(ctx, tx, e)
	return err
}

// refuse writes the entry of a refused act in a transaction of its own, though the caller has gone away, and gives the
// refusal back. The entry holds the codes of the faults, never what was entered. What the machine or the program failed in
// was not refused by anyone and has no entry.
func (d *Desk) refuse(ctx context.Context, who auth.Actor, what auth.Act, on *Object, why error) error {
	faults := fault.From(why)
	if len(faults) == 0 || store.OfMachine(why) {
		return why
	}
	e := entry(who, what, on)
	e.Result, e.Reason = refused, codes(faults)
	ctx = context.WithoutCancel(ctx)
	err := d.DB.Overlap(ctx, d.Clock(), func(tx *store.Tx) error {
		_, err := d.DB.Append(ctx, tx, e)
		return err
	})
	if err != nil && codes(fault.From(err)) != e.Reason { // a clock set back, told once, is enough
		return errors.Join(why, err)
	}
	return why
}

func entry(who auth.Actor, what auth.Act, on *Object) seal.Entry {
	org := ""
	if who.Org != 0 {
		org = strconv.FormatInt(who.Org, 10)
	}
	return seal.Entry{Actor: who.Login, Role: who.RoleText(), Org: org, From: who.Origin, Act: string(what), Kind: on.Kind, Object: on.ID}
}

// codes are the classes of faults, each once, in their order.
func codes(list fault.List) string {
	var out []string
	seen := map[string]bool{}
	for _, f := range list {
		if c := f.Code(); !seen[c] {
			seen[c] = true
			out = append(out, c)
		}
	}
	return strings.Join(out, ",")
}

func text(v any) (string, error) {
	if v == nil {
		return "", nil
	}
	b, err := json.Marshal(v)
	if err != nil {
		return "", fmt.Errorf("desk: a value of the audit: %w", err)
	}
	return string(b), nil
}

// AtConsole is the person at the machine itself, who holds the data folder and its key, in one role. A command asks for the
// one role that it needs; area and organisation bound it like anyone else.
func AtConsole(login string, role auth.Role, org int64, area string) auth.Actor {
	return auth.Actor{Login: login, Org: org, Grants: []auth.Grant{{Role: role, Org: org, Area: area}}, Origin: "console", Console: true}
}
