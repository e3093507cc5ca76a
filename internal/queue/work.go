package queue

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"runtime"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"github.com/riverqueue/river"

	"ganlan/internal/store"
)

// pace says how often what is done. A node silent for silent is given up by the others; one that could not say that it lives
// for stale stops its own work before that, and has the rest of the time for it.
type pace struct {
	look   time.Duration // progress written, wishes to cancel read, other nodes looked at
	beat   time.Duration
	stale  time.Duration
	silent time.Duration // with look, and the time to begin, this stays below 30 s
	grace  time.Duration // for running steps after a stop
	retry  time.Duration // before the second try; doubled for each further one
	idle   time.Duration // after which a waiting step is handed to an idle engine again
}

var usual = pace{look: time.Second, beat: 5 * time.Second, stale: 10 * time.Second, silent: 20 * time.Second, grace: 30 * time.Second, retry: time.Second, idle: time.Minute}

// worker is this process at work.
type worker struct {
	q       *Queue
	node    atomic.Int64 // 0 while others have given this process up
	most    int
	daily   bool
	engine  engine
	lost    *time.Timer         // runs out when this process could not say that it lives
	mute    atomic.Bool         // it has run out: nothing new is begun
	silence map[int64]*silence  // other nodes
	mu      sync.Mutex          // over held
	held    map[[2]int64]*Shard // steps being worked, by job and number
}

// Work works jobs until the context ends, then stops: what runs may end within a grace period, else it is given back. Of a
// SQLite folder only one process works the jobs; a second one is refused. most is the number of steps at a time, 0 for one a
// processor.
func (q *Queue) Work(ctx context.Context, most int) error { return q.work(ctx, most, true) }

func (q *Queue) work(ctx context.Context, most int, daily bool) error {
	free, err := q.lockWorker()
	if err != nil {
		return err
	}
	defer free()
	if most <= 0 {
		most = runtime.GOMAXPROCS(0)
	}
	w := &worker{q: q, most: most, daily: daily, silence: map[int64]*silence{}, held: map[[2]int64]*Shard{}}
	if err := w.begin(ctx); err != nil {
		return err
	}
	if w.engine, err = newEngine(q.db, w.config()); err != nil {
		return errors.Join(err, w.end(ctx))
	}
	watch, stop := context.WithCancel(context.WithoutCancel(ctx))
	var watching sync.WaitGroup
	watching.Go(func() { w.watch(watch) })
	if err = w.engine.start(ctx); err == nil {
		q.Log.Info("working", "node", w.node.Load(), "at_once", most)
		<-w.engine.stopped()
	}
	stop()
	watching.Wait()
	return errors.Join(err, w.end(context.WithoutCancel(ctx)))
}

// config is the engine's at work.
func (w *worker) config() *river.Config {
	workers := river.NewWorkers()
	river.AddWorker(workers, &stepWorker{w: w})
	river.AddWorker(workers, &tickWorker{w: w})
	c := &river.Config{ID: fmt.Sprint("node-", w.node.Load()), MaxAttempts: tries, JobTimeout: limit, RescueStuckJobsAfter: rescue, RetryPolicy: backoff(w.q.pace.retry), Logger: slog.New(warnings{w.q.Log.Handler()}),
		SoftStopTimeout: w.q.pace.grace, Workers: workers, Queues: map[string]river.QueueConfig{river.QueueDefault: {MaxWorkers: w.most}}}
	if w.daily {
		c.PeriodicJobs = w.ticks()
	} else { // someone waits for the end of a job: its steps follow each other at once
		c.FetchCooldown, c.FetchPollInterval = 10*time.Millisecond, 50*time.Millisecond
	}
	return c
}

type stepWorker struct {
	river.WorkerDefaults[step]
	w *worker
}

// Work takes a step that was delivered, works it and writes down what became of it.
func (x *stepWorker) Work(ctx context.Context, row *river.Job[step]) error {
	w := x.w
	s, busy, err := w.claim(ctx, row.Args.Job, row.Args.N)
	switch {
	case err != nil:
		w.q.Log.Warn("step not taken", "job", row.Args.Job, "n", row.Args.N, "error", why(err))
		return errTry
	case busy:
		return errLater
	case s == nil:
		return nil
	}
	ctx, s.stop = context.WithCancelCause(ctx)
	defer s.stop(nil)
	w.hold(s)
	defer w.drop(s)
	if w.mute.Load() { // since the step was taken
		s.stop(errStale)
	}
	return w.conclude(ctx, s, w.call(ctx, s))
}

func (w *worker) hold(s *Shard) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.held[[2]int64{s.Job.ID, s.N}] = s
}

func (w *worker) drop(s *Shard) {
	w.mu.Lock()
	defer w.mu.Unlock()
	delete(w.held, [2]int64{s.Job.ID, s.N})
}

// working are the steps being worked now.
func (w *worker) working() []*Shard {
	w.mu.Lock()
	defer w.mu.Unlock()
	out := make([]*Shard, 0, len(w.held))
	for _, s := range w.held {
		out = append(out, s)
	}
	return out
}

// register gives this process a number of its own as a node. It is drawn, for two processes may begin in one millisecond.
func (w *worker) register(ctx context.Context) error {
	var b [8]byte
	_, _ = rand.Read(b[:]) // never fails
	id := int64(binary.BigEndian.Uint64(b[:])>>1) | 1
	host, _ := os.Hostname()
	err := w.q.do(ctx, func(tx *store.Tx) error { return store.AddNode(ctx, tx, id, host+":"+strconv.Itoa(os.Getpid())) })
	if err == nil {
		w.node.Store(id)
	}
	return err
}

// do is a small transaction of the queue's own books, beside the acts: it waits for no import.
func (q *Queue) do(ctx context.Context, do func(*store.Tx) error) error {
	return q.db.Aside(ctx, q.clock(), do)
}

// ticks look every ten minutes whether the day's jobs are asked for: the engine forgets its schedule with its process.
func (w *worker) ticks() (out []*river.PeriodicJob) {
	for _, k := range w.q.kinds {
		if k.Daily == nil {
			continue
		}
		ask := func() (river.JobArgs, *river.InsertOpts) {
			day := dayOf(w.q.clock())
			if day == "" {
				return nil, nil
			}
			return tick{k.Name, day}, &river.InsertOpts{UniqueOpts: river.UniqueOpts{ByArgs: true}}
		}
		out = append(out, river.NewPeriodicJob(river.PeriodicInterval(10*time.Minute), ask, &river.PeriodicJobOpts{RunOnStart: true}))
	}
	return out
}

// dayOf is the day whose jobs are asked for at a time; empty in the hours before.
func dayOf(now time.Time) string {
	if now = now.In(beijing); now.Hour() < nightly {
		return ""
	}
	return now.Format(time.DateOnly)
}

// nightly is the hour of the day from which daily jobs are asked for, by whoever is at work first.
const nightly = 2

var beijing = time.FixedZone("CST", 8*3600)

type tickWorker struct {
	river.WorkerDefaults[tick]
	w *worker
}

// Work asks for a daily job. The kind's own mark of the day keeps it to one.
func (x *tickWorker) Work(ctx context.Context, row *river.Job[tick]) error {
	k := x.w.q.kinds[row.Args.What]
	if k.Daily == nil {
		return nil
	}
	if err := k.Daily(ctx, row.Args.Day); err != nil {
		x.w.q.Log.Warn("daily job not asked for", "kind", k.Name, "error", why(err))
		return errTry
	}
	return nil
}

// warnings lets of the engine's log through what a person should see.
type warnings struct{ slog.Handler }

// Enabled reports whether a line of a level is written.
func (h warnings) Enabled(ctx context.Context, l slog.Level) bool {
	return l >= slog.LevelWarn && h.Handler.Enabled(ctx, l)
}

// WithAttrs keeps the bound.
func (h warnings) WithAttrs(a []slog.Attr) slog.Handler { return warnings{h.Handler.WithAttrs(a)} }

// WithGroup keeps the bound.
func (h warnings) WithGroup(name string) slog.Handler { return warnings{h.Handler.WithGroup(name)} }
