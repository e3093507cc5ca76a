package desk

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"ganlan/fault"
	"ganlan/internal/store"
)

// invariants are what holds after every act, every crash and every restore. A noun adds its own line.
var invariants = []struct {
	rule  string
	check func(context.Context, *Desk, *store.Tx) error
}{
	{"files", func(ctx context.Context, d *Desk, tx *store.Tx) error { return d.DB.CheckFiles(ctx, tx) }},
	{"chain", func(ctx context.Context, _ *Desk, tx *store.Tx) error {
		_, _, err := store.VerifyAudit(ctx, tx)
		return err
	}},
	{"keys", func(ctx context.Context, d *Desk, tx *store.Tx) error {
		_, err := d.ring(ctx, tx)
		return err
	}},
	{"rights", checkRights},
	{"history", func(ctx context.Context, _ *Desk, tx *store.Tx) error {
		tables, err := store.BrokenHistory(ctx, tx)
		if err == nil && len(tables) > 0 {
			err = FaultInvariant.New().Set("rule", "history").Set("text", strings.Join(tables, ", "))
		}
		return err
	}},
	{"schemes", func(ctx context.Context, d *Desk, tx *store.Tx) error {
		var all []store.SchemeVersion
		err := store.EachSchemeVersion(ctx, tx, d.Ring, store.AllTimes, "1 = 1", nil, func(v store.SchemeVersion) error { all = append(all, v); return nil })
		if err == nil {
			err = store.EachDocument(ctx, tx, d.Ring, store.AllTimes, "1 = 1", nil, func(store.Document) error { return nil })
		}
		for _, v := range all {
			files, e := store.SchemeFiles(ctx, tx, v.ID)
			if e == nil {
				_, e = folderOf(v, files)
			}
			err = errors.Join(err, e)
		}
		return err
	}},
	{"jobs", func(ctx context.Context, _ *Desk, tx *store.Tx) error {
		ids, err := store.WrongJobs(ctx, tx)
		if err == nil && len(ids) > 0 {
			err = FaultInvariant.New().Set("rule", "jobs").Set("text", fmt.Sprint(ids))
		}
		return err
	}},
	{"sums", func(ctx context.Context, _ *Desk, tx *store.Tx) error {
		ids, err := store.WrongSums(ctx, tx)
		if err == nil && len(ids) > 0 {
			err = FaultInvariant.New().Set("rule", "sums").Set("text", fmt.Sprint(ids))
		}
		return err
	}},
	{"facts", checkFacts},
	{"imports", checkImports},
	{"runs", checkRuns},
}

// Invariants looks whether everything in the database agrees with everything else, at one moment. Nothing comes back when
// all is well; an error of the machine counts as something that does not hold.
func (d *Desk) Invariants(ctx context.Context) (out fault.List) {
	err := d.DB.Look(ctx, d.Clock(), func(tx *store.Tx) error { out = d.agree(ctx, tx); return nil })
	return append(out, broken("read", err)...)
}

func (d *Desk) agree(ctx context.Context, tx *store.Tx) (out fault.List) {
	for _, x := range invariants {
		out = append(out, broken(x.rule, x.check(ctx, d, tx))...)
	}
	return out
}

func broken(rule string, err error) fault.List {
	if err == nil {
		return nil
	}
	if list := fault.From(err); list != nil {
		return list
	}
	return fault.List{FaultInvariant.New().Set("rule", rule).Set("text", err.Error())}
}
