package desk

import (
	"context"
	"errors"
	"strconv"

	"ganlan/fault"
	"ganlan/internal/auth"
	"ganlan/internal/queue"
	"ganlan/internal/store"
)

const integrity = "integrity"

// FaultIntegrity ends a look at the whole database that found something.
var FaultIntegrity = &fault.Def{Code: "INTEGRITY_BROKEN", What: "夜间核对发现 {n} 处数据不符", Do: "运行 ganlan doctor 查看是哪一处；停止写入，与最近的备份比对",
	WhatEn: "the nightly look found {n} things that do not agree", DoEn: "run ganlan doctor to see which; write no more and compare with the latest backup"}

// integrity is the nightly look whether everything in the database is as this program wrote it (GB/T 22239-2019 8.1.4.7): a
// shard for each rule of the invariants, each with its entry in the audit. A rule that does not hold lets the others be looked
// at, and fails the job at its end.
func (d *Desk) integrity() queue.Kind {
	return queue.Kind{Name: integrity, Daily: d.integrityOf, Shard: d.integrityRule,
		Plan: func(context.Context, queue.Job) (rules []string, err error) {
			for _, x := range invariants {
				rules = append(rules, x.rule)
			}
			return rules, nil
		},
		End: func(_ context.Context, j queue.Job) error {
			if j.Faults > 0 {
				return FaultIntegrity.New().Set("n", j.Faults)
			}
			return nil
		}}
}

// errAsked undoes an act that another process has done already.
var errAsked = errors.New("desk: asked for already")

// integrityOf asks for the look of a day, once.
func (d *Desk) integrityOf(ctx context.Context, day string) error {
	asked := false
	err := d.DB.Look(ctx, d.Clock(), func(tx *store.Tx) error {
		return store.EachJob(ctx, tx, "kind = $1 and once = $2", []any{integrity, day}, func(queue.Job) error { asked = true; return nil })
	})
	if err != nil || asked {
		return err
	}
	_, err = d.integrityStart(ctx, auth.ForJob(integrity), day)
	if errors.Is(err, errAsked) {
		return nil
	}
	return err
}

// IntegrityStart asks for a look at the whole database now.
func (d *Desk) IntegrityStart(ctx context.Context, who auth.Actor) (queue.Job, error) {
	return d.integrityStart(ctx, who, "")
}

func (d *Desk) integrityStart(ctx context.Context, who auth.Actor, day string) (j queue.Job, err error) {
	on := &Object{Kind: "job"}
	err = d.act(ctx, who, auth.IntegrityCheck, auth.Place{}, on, func(tx *store.Tx) (any, error) {
		var fresh bool
		j, fresh, err = d.Jobs.Insert(ctx, tx, queue.Job{Kind: integrity, Once: day, AskedBy: who.Login}, struct{}{})
		if err == nil && !fresh {
			err = errAsked
		}
		on.ID = strconv.FormatInt(j.ID, 10)
		return map[string]string{"kind": integrity, "day": day}, err
	})
	return j, err
}

// integrityRule looks at one rule and notes what it found in the transaction in which the shard is done. A failure of the machine
// is none of the data's.
func (d *Desk) integrityRule(ctx context.Context, s *queue.Shard) error {
	found, err := d.holds(ctx, s.Args)
	if err != nil {
		return err
	}
	s.Report(1, 1, int64(len(found)))
	return d.act(ctx, auth.ForJob(integrity), auth.IntegrityCheck, auth.Place{}, &Object{Kind: "rule", ID: s.Args}, func(tx *store.Tx) (any, error) {
		return map[string]any{"faults": len(found), "codes": codes(found)}, s.Done(ctx, tx)
	})
}

// holds are the faults of one rule of the invariants.
func (d *Desk) holds(ctx context.Context, rule string) (fault.List, error) {
	var err error
	look := d.DB.Look(ctx, d.Clock(), func(tx *store.Tx) error {
		for _, x := range invariants {
			if x.rule == rule {
				err = x.check(ctx, d, tx)
			}
		}
		return nil
	})
	if err = errors.Join(look, err); store.OfMachine(err) {
		return nil, err
	}
	found := fault.From(err)
	if len(found) == 0 {
		return nil, err
	}
	return found, nil
}
