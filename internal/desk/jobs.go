package desk

import (
	"context"
	"errors"
	"strconv"
	"time"

	"ganlan/fault"
	"ganlan/internal/auth"
	"ganlan/internal/queue"
	"ganlan/internal/store"
)

// kinds are all kinds of jobs.
func (d *Desk) kinds() []queue.Kind {
	return []queue.Kind{d.integrity(), d.runs()}
}

// withJobs gives the desk its queue.
func (d *Desk) withJobs() (*Desk, error) {
	var err error
	if d.Jobs, err = queue.New(d.DB, d.Dir, func() time.Time { return d.Clock() }, d.kinds()...); err != nil {
		return nil, errors.Join(err, d.DB.Close())
	}
	return d, nil
}

// JobList are the jobs in the actor's reach, the newest first.
func (d *Desk) JobList(ctx context.Context, who auth.Actor) (out []queue.Job, err error) {
	reach, args := who.Filter(auth.JobRead, "area", "org", 1)
	err = d.DB.Look(ctx, d.Clock(), func(tx *store.Tx) error {
		return store.EachJob(ctx, tx, reach, args, func(j queue.Job) error { out = append(out, j); return nil })
	})
	return out, err
}

// JobShow is a job with its steps. To an actor out of whose reach it is, there is no such job.
func (d *Desk) JobShow(ctx context.Context, who auth.Actor, id int64) (j queue.Job, steps []store.Shard, err error) {
	j, none := d.Jobs.Show(ctx, id)
	err = d.look(ctx, who, auth.JobRead, auth.Place{Area: j.Area, Org: j.Org}, func(tx *store.Tx) error {
		if none != nil {
			return none
		}
		steps, err = store.Shards(ctx, tx, "job = $1", id)
		return err
	})
	if err != nil {
		return queue.Job{}, nil, err
	}
	return j, steps, nil
}

// JobCancel ends a job: what waits at once, what runs at its next chunk.
func (d *Desk) JobCancel(ctx context.Context, who auth.Actor, id int64) error {
	j, none := d.Jobs.Show(ctx, id)
	on := &Object{Kind: "job", ID: strconv.FormatInt(id, 10), Before: map[string]string{"kind": j.Kind, "state": j.State}}
	return d.act(ctx, who, auth.JobCancel, auth.Place{Area: j.Area, Org: j.Org}, on, func(tx *store.Tx) (any, error) {
		if none != nil {
			return nil, none
		}
		if j.Kind == runJob { // before the job is locked, in the order in which its shards lock
			if err := d.runStopped(ctx, tx, j.Subject); err != nil {
				return nil, err
			}
		}
		ok, err := d.Jobs.Cancel(ctx, tx, id, who.Login)
		if err == nil && !ok {
			err = faultJobEnded.New().Set("id", id)
		}
		return nil, err
	})
}

// JobRetry makes a job go on that the machine has failed, once whoever looks after it has put that right.
func (d *Desk) JobRetry(ctx context.Context, who auth.Actor, id int64) error {
	j, none := d.Jobs.Show(ctx, id)
	on := &Object{Kind: "job", ID: strconv.FormatInt(id, 10), Before: map[string]string{"kind": j.Kind, "state": j.State, "error": j.Error}}
	return d.act(ctx, who, auth.JobRetry, auth.Place{Area: j.Area, Org: j.Org}, on, func(tx *store.Tx) (any, error) {
		if none != nil {
			return nil, none
		}
		ok, err := d.Jobs.Retry(ctx, tx, id)
		if err == nil && !ok {
			err = faultJobNotFailed.New().Set("id", id)
		}
		return nil, err
	})
}

var faultJobNotFailed = &fault.Def{Code: "JOB_NOT_FAILED", What: "任务 {id} 不是因程序或机器出错而失败的", Do: "数据有误的，改正后重新发起；已取消的，重新发起",
	WhatEn: "job {id} was not failed by the program or the machine", DoEn: "where the data were at fault, correct them and ask again; ask again for what was cancelled"}

var faultJobEnded = &fault.Def{Code: "JOB_ENDED", What: "任务 {id} 已结束或正在取消", Do: "无需再取消；用 ganlan job show {id} 查看",
	WhatEn: "job {id} has ended or is being cancelled", DoEn: "nothing is needed; see ganlan job show {id}"}

// Measures are numbers of the database for whoever watches over the machine.
type Measures struct {
	Jobs       []store.JobCount
	QueueAge   time.Duration            // of the step that has waited longest
	Heartbeats map[string]time.Duration // age by process
	Entries    int64                    // of the audit
}

// JobMeasures are the numbers as they are now.
func (d *Desk) JobMeasures(ctx context.Context, who auth.Actor) (m Measures, err error) {
	m.Heartbeats = map[string]time.Duration{}
	err = d.look(ctx, who, auth.JobRead, auth.Place{}, func(tx *store.Tx) error {
		if m.Jobs, err = store.JobCounts(ctx, tx); err != nil {
			return err
		}
		at, err := store.OldestWaiting(ctx, tx)
		if err != nil {
			return err
		}
		if at != 0 {
			m.QueueAge = time.Duration(tx.Now-at) * time.Millisecond
		}
		nodes, err := store.OpenNodes(ctx, tx)
		if err != nil {
			return err
		}
		for _, n := range nodes {
			m.Heartbeats[n.Name] = time.Duration(tx.Now-n.SeenAt) * time.Millisecond
		}
		m.Entries, err = store.AuditLength(ctx, tx)
		return err
	})
	return m, err
}
