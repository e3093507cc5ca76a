package queue

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"
	"sync"
	"time"

	"ganlan/fault"
	"ganlan/internal/store"
)

// Shard is a step of a job that this process works.
type Shard struct {
	Job  Job
	N    int64  // 1 is the first shard
	Args string // as Plan gave them

	q     *Queue
	stop  context.CancelCauseFunc
	began time.Time

	mu     sync.Mutex // over the row, which the watch reads
	row    store.Shard
	fresh  bool // progress that was not written yet
	marked bool // done is in the kind's own transaction
}

// Report says how far the shard is; it is written at most once a second, and never in the caller's transaction. Whether to go
// on is the context's to say.
func (s *Shard) Report(done, total, faults int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.row.Done, s.row.Total, s.row.Faults, s.fresh = done, total, faults, true
}

// Done says in the transaction that holds the shard's result that the shard is done. It is the last thing before the commit:
// others who change the job wait for it. An error means that the shard is another's by now, and undoes the result.
func (s *Shard) Done(ctx context.Context, tx *store.Tx) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.q.put(ctx, tx, &s.row, store.StepDone, "", 0); err != nil {
		return err
	}
	s.marked, s.fresh = true, false
	return nil
}

// put writes what became of a step and brings its job to the next state.
func (q *Queue) put(ctx context.Context, tx *store.Tx, row *store.Shard, state, codes string, attempt int64) error {
	if err := q.db.LockJob(ctx, tx, row.Job); err != nil {
		return err
	}
	ours, err := store.PutShard(ctx, tx, row, state, codes, attempt)
	if err == nil && !ours {
		err = errLost
	}
	if err != nil {
		return err
	}
	return q.settle(ctx, tx, row.Job)
}

// claim takes a step that was delivered. It is nil when there is nothing to do: the step has an end. When it is another process's
// to work, busy is true: the delivery comes again, in case that process dies.
func (w *worker) claim(ctx context.Context, job, n int64) (s *Shard, busy bool, err error) {
	node := w.node.Load()
	if node == 0 || w.mute.Load() {
		return nil, true, nil // given up by others, or about to be
	}
	err = w.q.do(ctx, func(tx *store.Tx) error {
		if err := w.q.db.LockJob(ctx, tx, job); err != nil {
			return err
		}
		rows, err := store.Shards(ctx, tx, "job = $1 and n = $2", job, n)
		if err != nil || len(rows) == 0 {
			return err
		}
		j, err := store.JobByID(ctx, tx, job)
		if err != nil {
			return err
		}
		row := rows[0]
		_, known := w.q.kinds[j.Kind] // a newer program beside this one may have kinds that this one has not
		if busy = row.State == store.StepRunning || row.State == store.StepWaiting && !known; busy {
			return nil
		}
		if ok, err := store.TakeShard(ctx, tx, &row, node); err != nil || !ok {
			return err
		}
		if row.Attempts > maxAttempts { // whoever began it before died of it
			return w.q.put(ctx, tx, &row, store.StepFailed, FaultMachine.Code, 0)
		}
		if err := store.BeginJob(ctx, tx, job); err != nil {
			return err
		}
		s = &Shard{Job: j, N: n, Args: row.Args, q: w.q, row: row, began: time.Now()}
		return nil
	})
	return s, busy, err
}

// call runs the kind's function. What it finds out goes into the log and, as codes, into the step; a panic is a failure.
func (w *worker) call(ctx context.Context, s *Shard) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("queue: panic in %s: %s", s.Job.Kind, panicText(p))
		}
	}()
	k := w.q.kinds[s.Job.Kind]
	switch s.row.Step {
	case store.StepPlan:
		return w.plan(ctx, s, k)
	case store.StepEnd:
		if k.End == nil {
			return nil
		}
		return k.End(ctx, s.Job)
	}
	return k.Shard(ctx, s)
}

// panicText is a panic of the language with its place; what else was thrown may hold anybody's data.
func panicText(p any) string {
	what := fmt.Sprintf("%T", p)
	if e, ok := p.(runtime.Error); ok {
		what = e.Error()
	}
	return what + "\n" + string(debug.Stack())
}

// plan cuts the job and puts all its shards down in the transaction in which the plan is done.
func (w *worker) plan(ctx context.Context, s *Shard, k Kind) error {
	args, err := k.Plan(ctx, s.Job)
	if err != nil {
		return err
	}
	list := make([]store.Shard, len(args))
	for i, a := range args {
		list[i] = store.Shard{Job: s.Job.ID, N: int64(i + 1), Step: store.StepShard, Args: a}
	}
	return w.q.do(ctx, func(tx *store.Tx) error {
		if err := w.q.db.LockJob(ctx, tx, s.Job.ID); err != nil {
			return err
		}
		if err := w.q.add(ctx, tx, list...); err != nil {
			return err
		}
		return s.Done(ctx, tx)
	})
}

// Why work on a step ends before its end.
var (
	errCancelled = errors.New("queue: cancelled")
	errStale     = errors.New("queue: this process has not been able to say that it lives")
)

// maxAttempts is how often a step is begun before its job fails, whoever died or failed over it.
const maxAttempts = 5

// conclude writes what became of a step; the error is for the engine to try again later.
func (w *worker) conclude(ctx context.Context, s *Shard, err error) error {
	var again error
	state, codes, attempt := store.StepDone, "", int64(0)
	switch cause := context.Cause(ctx); {
	case err == nil && s.marked:
		w.saw(s, state, nil)
		return nil
	case err == nil:
	case errors.Is(err, errLost):
		return errLater
	case errors.Is(cause, errCancelled):
		state = store.StepCancelled
	case cause != nil && !errors.Is(cause, context.DeadlineExceeded): // told to stop, or stale: given back untried
		state, attempt, again = store.StepWaiting, -1, errNow
	case len(fault.From(err)) > 0 && !store.OfMachine(err): // the user's, who would get it again
		state, codes = store.StepFailed, codesOf(err)
	case s.row.Attempts >= maxAttempts:
		state, codes = store.StepFailed, FaultMachine.Code
	default:
		state, codes, again = store.StepWaiting, FaultMachine.Code, errTry
	}
	end, cancel := context.WithTimeout(context.WithoutCancel(ctx), 15*time.Second)
	defer cancel()
	s.mu.Lock()
	defer s.mu.Unlock()
	put := w.q.do(end, func(tx *store.Tx) error { return w.q.put(end, tx, &s.row, state, codes, attempt) })
	switch {
	case errors.Is(put, errLost):
		return errLater
	case put != nil:
		w.q.Log.Error("step not concluded", "job", s.Job.ID, "n", s.N, "error", why(put))
		return errTry
	}
	w.saw(s, state, err)
	return again
}

// saw logs and counts what became of a step.
func (w *worker) saw(s *Shard, state string, err error) {
	if err != nil && state != store.StepCancelled {
		w.q.Log.Warn("step failed", "kind", s.Job.Kind, "job", s.Job.ID, "n", s.N, "state", state, "attempt", s.row.Attempts, "error", why(err))
	}
	took := time.Since(s.began)
	if s.row.Step != store.StepShard {
		w.q.Log.Info("step", "kind", s.Job.Kind, "job", s.Job.ID, "step", s.row.Step, "state", state, "ms", took.Milliseconds())
	}
	if w.q.Seen != nil {
		w.q.Seen(Event{s.Job.Kind, s.row.Step, state, took})
	}
}

// why is an error for the log: codes where there are any, whose sentences may hold what somebody entered.
func why(err error) string {
	if codes := codesOf(err); codes != "" {
		return codes
	}
	return err.Error()
}

// codesOf are the classes of an error's faults, each once.
func codesOf(err error) string {
	var out []string
	seen := map[string]bool{}
	for _, f := range fault.From(err) {
		if c := f.Code(); !seen[c] {
			seen[c] = true
			out = append(out, c)
		}
	}
	return strings.Join(out, ",")
}
