package desk

import (
	"context"
	"strconv"
	"time"

	"ganlan/internal/auth"
	"ganlan/internal/store"
)

// RunShown is a run with what belongs to it.
type RunShown struct {
	store.Run
	Progress store.RunProgress
	Stopped  bool // the machine failed its job time and again: it goes on when the job is retried
	Inputs   []store.RunInput
	Payers   []store.RunPayer
	Notices  []store.RunNotice // the first thousand, faults first
}

const mostNotices = 1000

// RunShow is a run as it is.
func (d *Desk) RunShow(ctx context.Context, who auth.Actor, id int64) (out RunShown, err error) {
	r, err := d.runOf(ctx, id)
	if err != nil {
		return out, err
	}
	err = d.look(ctx, who, auth.RunRead, auth.Place{Area: r.Area, Org: r.Org}, func(tx *store.Tx) error {
		if out.Run, err = d.runNow(ctx, tx, id); err != nil {
			return err
		}
		j, err := store.JobByID(ctx, tx, out.Job)
		if err != nil {
			return err
		}
		out.Stopped = out.State == store.RunStarted && j.State == store.JobFailed
		if out.Progress, err = store.ProgressOf(ctx, tx, id); err != nil {
			return err
		}
		if out.Inputs, err = store.RunInputs(ctx, tx, id); err != nil {
			return err
		}
		if out.Payers, err = store.RunPayers(ctx, tx, id); err != nil {
			return err
		}
		out.Notices, err = store.RunNotices(ctx, tx, id, mostNotices)
		return err
	})
	return out, err
}

// runOf is a run for the desk itself; what is not there has no place, where nobody may do anything.
func (d *Desk) runOf(ctx context.Context, id int64) (r store.Run, err error) {
	err = d.DB.Look(ctx, d.Clock(), func(tx *store.Tx) error {
		return store.EachRun(ctx, tx, d.Ring, store.Current-1, "id = $2", []any{id}, func(x store.Run) error { r = x; return nil })
	})
	return r, err
}

// RunList are the runs in the actor's reach as they were known at a time, in the order in which they were asked for.
func (d *Desk) RunList(ctx context.Context, who auth.Actor, known time.Time) (out []store.Run, err error) {
	reach, args := who.Filter(auth.RunRead, "area", "org", 2)
	err = d.DB.Look(ctx, d.Clock(), func(tx *store.Tx) error {
		return store.EachRun(ctx, tx, d.Ring, known.UnixMilli(), reach, args, func(r store.Run) error { out = append(out, r); return nil })
	})
	return out, err
}

// Claimable refuses what can never be claimed: simulations, and runs that are not done. Whatever makes a claim of a run asks
// it first.
func Claimable(r *store.Run) error {
	switch {
	case r.Simulation:
		return faultRunSimulation.New().Set("id", r.ID)
	case r.State == store.RunRefused:
		return faultRunTold.New().Set("id", r.ID).Set("n", r.Faults)
	case r.State != store.RunDone || r.Digest == "":
		return faultRunNotDone.New().Set("id", r.ID).Set("state", r.State)
	}
	return nil
}

// finished refuses a run that has no results, simulation or not.
func finished(r *store.Run) error {
	x := *r
	x.Simulation = false
	return Claimable(&x)
}

// RunCancel stops a run that has not ended. What it calculated so far is taken away.
func (d *Desk) RunCancel(ctx context.Context, who auth.Actor, id int64, why string) error {
	r, err := d.runOf(ctx, id)
	if err != nil {
		return err
	}
	on := &Object{Kind: "run", ID: strconv.FormatInt(id, 10), Reason: why}
	return d.act(ctx, who, auth.RunCancel, auth.Place{Area: r.Area, Org: r.Org}, on, func(tx *store.Tx) (any, error) {
		now, err := d.runNow(ctx, tx, id)
		if err != nil {
			return nil, err
		}
		if on.Before = runText(&now); now.State != store.RunStarted {
			return nil, faultRunOver.New().Set("id", id).Set("state", now.State)
		}
		if err := d.runOver(ctx, tx, &now, store.RunCancelled); err != nil {
			return nil, err
		}
		_, err = d.Jobs.Cancel(ctx, tx, now.Job, who.Login)
		return runText(&now), err
	})
}

// runStopped ends a run whose job is cancelled.
func (d *Desk) runStopped(ctx context.Context, tx *store.Tx, id int64) error {
	r, err := d.runNow(ctx, tx, id)
	if err != nil || r.State != store.RunStarted {
		return err
	}
	return d.runOver(ctx, tx, &r, store.RunCancelled)
}
