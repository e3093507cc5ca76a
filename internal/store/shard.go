package store

import (
	"context"
	"database/sql"
)

// The states of a step. The last three are ends.
const (
	StepWaiting   = "waiting"
	StepRunning   = "running"
	StepDone      = "done"
	StepFailed    = "failed"
	StepCancelled = "cancelled"
)

// What a step is: step 0 of a job plans it, the last one ends it.
const (
	StepPlan  = "plan"
	StepShard = "shard"
	StepEnd   = "end"
)

// Shard is a step of a job: the unit that one process works at a time.
type Shard struct {
	Job      int64  `json:"job"`
	N        int64  `json:"n"`
	Step     string `json:"step"`
	Args     string `json:"args,omitempty"`
	State    string `json:"state"`
	Done     int64  `json:"done"`
	Total    int64  `json:"total"`
	Faults   int64  `json:"faults"`
	Attempts int64  `json:"attempts"` // times that it was begun and not given back
	Node     int64  `json:"node"`     // who works it, or did last
	QueuedAt int64  `json:"queued_at"`
	BeganAt  int64  `json:"began_at"`
	EndedAt  int64  `json:"ended_at"`
	Error    string `json:"error,omitempty"` // codes of faults
}

const shardColumns = "job, n, step, args, state, done, total, faults, attempts, node, queued_at, began_at, ended_at, error"

// AddShards puts steps of a job down as waiting.
func AddShards(ctx context.Context, tx *Tx, list []Shard) error {
	b := newBulk(tx, "shard", shardColumns)
	for _, s := range list {
		if err := b.add(ctx, s.Job, s.N, s.Step, s.Args, StepWaiting, 0, 0, 0, 0, 0, tx.Now, 0, 0, ""); err != nil {
			return err
		}
	}
	return b.flush(ctx)
}

// Shards are the steps that meet a condition, by job and number.
func Shards(ctx context.Context, tx *Tx, where string, args ...any) (out []Shard, err error) {
	err = each(ctx, tx, "select "+shardColumns+" from shard where "+where+" order by job, n", args, func(r *sql.Rows) error {
		var s Shard
		err := r.Scan(&s.Job, &s.N, &s.Step, &s.Args, &s.State, &s.Done, &s.Total, &s.Faults, &s.Attempts, &s.Node, &s.QueuedAt, &s.BeganAt, &s.EndedAt, &s.Error)
		out = append(out, s)
		return err
	})
	return out, err
}

// TakeShard gives a waiting step to a node. It is false when the step does not wait.
func TakeShard(ctx context.Context, tx *Tx, s *Shard, node int64) (bool, error) {
	n, err := exec(ctx, tx, "update shard set state = $1, node = $2, attempts = attempts + 1, began_at = $3, done = 0, faults = 0 where job = $4 and n = $5 and state = $6",
		StepRunning, node, tx.Now, s.Job, s.N, StepWaiting)
	if n == 1 {
		s.State, s.Node, s.BeganAt, s.Attempts, s.Done, s.Faults = StepRunning, node, tx.Now, s.Attempts+1, 0, 0
	}
	return n == 1, err
}

// PutShard writes down where a step stands that a node works in this very attempt. It is false when the step was taken away
// from it: whatever the node did in this transaction must not be kept. An attempt counts -1 where it is given back untried.
func PutShard(ctx context.Context, tx *Tx, s *Shard, state, codes string, attempt int64) (bool, error) {
	queued, ended := s.QueuedAt, tx.Now
	switch state {
	case StepWaiting:
		queued, ended = tx.Now, 0
	case StepRunning:
		ended = 0
	}
	n, err := exec(ctx, tx, "update shard set state = $1, done = $2, total = $3, faults = $4, error = $5, ended_at = $6, queued_at = $7, attempts = attempts + $8 "+
		"where job = $9 and n = $10 and state = 'running' and node = $11 and attempts = $12",
		state, s.Done, s.Total, s.Faults, codes, ended, queued, attempt, s.Job, s.N, s.Node, s.Attempts)
	return n == 1, err
}

// FreeShard makes a step that ran wait again, for its node is gone.
func FreeShard(ctx context.Context, tx *Tx, s Shard) error {
	_, err := exec(ctx, tx, "update shard set state = $1, queued_at = $2 where job = $3 and n = $4 and state = $5", StepWaiting, tx.Now, s.Job, s.N, StepRunning)
	return err
}

// QueueShards notes that the steps that have waited since before a time were given to the job engine again.
func QueueShards(ctx context.Context, tx *Tx, before int64) error {
	_, err := exec(ctx, tx, "update shard set queued_at = $1 where state = $2 and queued_at <= $3", tx.Now, StepWaiting, before)
	return err
}

// CancelShards ends the steps of a job that wait.
func CancelShards(ctx context.Context, tx *Tx, job int64) error {
	_, err := exec(ctx, tx, "update shard set state = $1, ended_at = $2 where job = $3 and state = $4", StepCancelled, tx.Now, job, StepWaiting)
	return err
}

// StepCounts are the steps of a job by state.
func StepCounts(ctx context.Context, tx *Tx, job int64) (map[string]int64, error) {
	out := map[string]int64{}
	return out, each(ctx, tx, "select state, count(*) from shard where job = $1 group by state", []any{job}, func(r *sql.Rows) error {
		var state string
		var n int64
		err := r.Scan(&state, &n)
		out[state] = n
		return err
	})
}

// LastStep is the number and the kind of a job's last step so far, and the codes of its first failed one.
func LastStep(ctx context.Context, tx *Tx, job int64) (n int64, step, codes string, err error) {
	if _, err = one(ctx, tx, "select n, step from shard where job = $1 order by n desc limit 1", []any{job}, &n, &step); err != nil {
		return n, step, codes, err
	}
	_, err = one(ctx, tx, "select error from shard where job = $1 and state = $2 order by n limit 1", []any{job, StepFailed}, &codes)
	return n, step, codes, err
}

// OldestWaiting is the time in milliseconds at which the step was queued that has waited longest; 0 when none waits.
func OldestWaiting(ctx context.Context, tx *Tx) (at int64, err error) {
	_, err = one(ctx, tx, "select coalesce(min(queued_at), 0) from shard where state = 'waiting'", nil, &at)
	return at, err
}

// WrongJobs names the jobs whose state is not that of their steps: done with a step that is not, ended with one that is open,
// open with none. There must be none.
func WrongJobs(ctx context.Context, tx *Tx) (out []int64, err error) {
	const open = "(select count(*) from shard where shard.job = job.id and shard.state in ('waiting', 'running'))"
	const undone = "(select count(*) from shard where shard.job = job.id and shard.state <> 'done')"
	query := "select id from job where (ended_at = 0) <> (" + open + " > 0) or (ended_at = 0) <> (state in ('queued', 'running')) or (state = 'done' and " + undone + " > 0) order by id"
	err = each(ctx, tx, query, nil, func(r *sql.Rows) error {
		var id int64
		err := r.Scan(&id)
		out = append(out, id)
		return err
	})
	return out, err
}
