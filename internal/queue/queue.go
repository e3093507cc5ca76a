// Package queue works long jobs as shards, on an existing job engine that delivers them: asked for in the transaction of the
// act itself, with live progress, cancelled between chunks, taken over from a process that died. What is wanted, running and
// done stands in our own tables; it refuses the result of a shard that was taken away from who worked it.
package queue

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"ganlan/internal/store"
)

// Job is what was asked for.
type Job = store.Job

// Kind is a kind of job. Each of its functions may run again after a crash, in another process.
type Kind struct {
	Name string
	// Plan cuts a job into shards of at most a minute or two; each gets one of the texts as its arguments.
	Plan func(context.Context, Job) ([]string, error)
	// Shard does one of them. It writes its result and calls Done in one transaction.
	Shard func(context.Context, *Shard) error
	// End comes once all shards are done; nil where nothing is left to do.
	End func(context.Context, Job) error
	// Daily asks for the job of a day (2026-03-01) by an act; nil for a kind that only people ask for. It is called more than
	// once a day and by several processes: the job's mark Once is the day.
	Daily func(ctx context.Context, day string) error
}

// Queue is the jobs of a database.
type Queue struct {
	Log  *slog.Logger // says nothing unless it is set before Work
	Seen func(Event)  // called after each step that this process has worked; may be nil

	db    *store.DB
	dir   string
	clock func() time.Time
	kinds map[string]Kind
	steps engine // inserts only
	pace  pace
}

// Event is a step that was worked.
type Event struct {
	Kind, Step, State string
	Took              time.Duration
}

// New is the queue of a database; dir is the data folder, where the lock of who works a SQLite file is.
func New(db *store.DB, dir string, clock func() time.Time, kinds ...Kind) (*Queue, error) {
	q := &Queue{Log: slog.New(slog.DiscardHandler), db: db, dir: dir, clock: clock, kinds: map[string]Kind{}, pace: usual}
	for _, k := range kinds {
		if k.Name == "" || k.Plan == nil || k.Shard == nil || q.kinds[k.Name].Name != "" {
			return nil, fmt.Errorf("queue: the kind %q is incomplete or there twice", k.Name)
		}
		q.kinds[k.Name] = k
	}
	var err error
	q.steps, err = newEngine(db, insertOnly())
	return q, err
}

// Insert asks for a job in the transaction of an act: kind, args (marshalled to JSON, without personal data), subject, area, org,
// asked_by and once are taken from j. Nothing of it remains when the act is rolled back. It is false when a job with the same
// mark Once was asked for before.
func (q *Queue) Insert(ctx context.Context, tx *store.Tx, j Job, args any) (Job, bool, error) {
	if _, ok := q.kinds[j.Kind]; !ok {
		return j, false, fmt.Errorf("queue: there is no kind %q", j.Kind)
	}
	text, err := json.Marshal(args)
	if err != nil {
		return j, false, fmt.Errorf("queue: arguments of %s: %w", j.Kind, err)
	}
	j.Args = string(text)
	j, fresh, err := store.AddJob(ctx, tx, j)
	if err != nil || !fresh {
		return j, false, err
	}
	return j, true, q.add(ctx, tx, store.Shard{Job: j.ID, Step: store.StepPlan})
}

// Cancel asks for the end of a job in the transaction of an act. What waits ends now; what runs ends at its next chunk. It is
// false when the job has ended or is being cancelled.
func (q *Queue) Cancel(ctx context.Context, tx *store.Tx, id int64, by string) (bool, error) {
	if err := q.db.LockJob(ctx, tx, id); err != nil {
		return false, err
	}
	ok, err := store.WantJobCancelled(ctx, tx, id, by)
	if err != nil || !ok {
		return false, err
	}
	return true, q.settle(ctx, tx, id)
}

// Retry makes a job go on that the machine has failed, in the transaction of the act. It is false for any other: a fault of the
// user would come again, and what was cancelled may have been undone by its kind.
func (q *Queue) Retry(ctx context.Context, tx *store.Tx, id int64) (bool, error) {
	if err := q.db.LockJob(ctx, tx, id); err != nil {
		return false, err
	}
	j, err := store.JobByID(ctx, tx, id)
	if err != nil || j.State != store.JobFailed || j.Error != FaultMachine.Code {
		return false, err
	}
	if err := store.ReopenJob(ctx, tx, id); err != nil {
		return false, err
	}
	list, err := store.Shards(ctx, tx, "job = $1 and state = 'waiting'", id)
	if err != nil {
		return false, err
	}
	return true, q.steps.insert(ctx, tx, list, inOrder)
}

// add puts steps down and hands them to the engine.
func (q *Queue) add(ctx context.Context, tx *store.Tx, list ...store.Shard) error {
	if err := store.AddShards(ctx, tx, list); err != nil {
		return err
	}
	return q.steps.insert(ctx, tx, list, inOrder)
}

// settle brings a job whose steps or wishes have changed to its next state. The caller has locked it.
func (q *Queue) settle(ctx context.Context, tx *store.Tx, id int64) error {
	j, err := store.JobByID(ctx, tx, id)
	if err != nil || j.Ended() {
		return err
	}
	count, err := store.StepCounts(ctx, tx, id)
	if err != nil {
		return err
	}
	last, step, codes, err := store.LastStep(ctx, tx, id)
	switch failed := count[store.StepFailed] > 0; {
	case err != nil:
		return err
	case failed || j.CancelAt != 0:
		return q.giveUp(ctx, tx, id, failed, codes, count[store.StepRunning])
	case count[store.StepRunning]+count[store.StepWaiting] > 0:
		return nil
	case step == store.StepEnd:
		return store.EndJob(ctx, tx, id, store.JobDone, "")
	}
	return q.add(ctx, tx, store.Shard{Job: id, N: last + 1, Step: store.StepEnd})
}

// giveUp ends what waits, and the job when nothing of it runs any more.
func (q *Queue) giveUp(ctx context.Context, tx *store.Tx, id int64, failed bool, codes string, running int64) error {
	if err := store.CancelShards(ctx, tx, id); err != nil || running > 0 {
		return err
	}
	if failed {
		return store.EndJob(ctx, tx, id, store.JobFailed, codes)
	}
	return store.EndJob(ctx, tx, id, store.JobCancelled, "")
}

// errLost ends work on a step that is another's by now.
var errLost = errors.New("queue: the step was taken over by another process")
