package queue

import (
	"context"
	"time"

	"ganlan/internal/store"
)

// silence is how long another node has not said that it lives, by this process's own clock: the clocks of two machines need not
// agree.
type silence struct {
	beats int64
	since time.Time
}

// begin makes this process a node. Under the lock of a SQLite folder nobody else works, so whatever still runs there is of a
// process that died.
func (w *worker) begin(ctx context.Context) error {
	if err := w.register(ctx); err != nil {
		return err
	}
	w.lost = time.AfterFunc(w.q.pace.stale, func() { w.mute.Store(true); w.stopAll(errStale) })
	if w.q.db.Postgres() != nil {
		return nil
	}
	w.lost.Stop()
	return w.q.do(ctx, func(tx *store.Tx) error {
		nodes, err := store.OpenNodes(ctx, tx)
		if err != nil {
			return err
		}
		for _, n := range nodes {
			if n.ID != w.node.Load() {
				if err := w.takeOver(ctx, tx, n); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// end takes this process off the list of nodes, and gives back what did not stop when it was told to.
func (w *worker) end(ctx context.Context) error {
	w.lost.Stop()
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	return w.q.do(ctx, func(tx *store.Tx) error {
		if err := store.LeaveNode(ctx, tx, w.node.Load()); err != nil {
			return err
		}
		_, err := w.free(ctx, tx, w.node.Load(), store.Current)
		return err
	})
}

func (w *worker) stopAll(why error) {
	for _, s := range w.working() {
		s.stop(why)
	}
}

// watch says that this process lives, writes its progress, looks for wishes to cancel and for nodes that died.
func (w *worker) watch(ctx context.Context) {
	look := time.NewTicker(w.q.pace.look)
	defer look.Stop()
	var beat, idle time.Time
	for {
		select {
		case <-ctx.Done():
			return
		case <-look.C:
		}
		if time.Since(beat) >= w.q.pace.beat && w.tell("beat", w.beat(ctx)) {
			beat = time.Now()
		}
		w.tell("progress", w.progress(ctx))
		w.tell("cancelled", w.cancelled(ctx))
		if w.q.db.Postgres() != nil {
			w.tell("silent nodes", w.reclaim(ctx))
		}
		if time.Since(idle) >= w.q.pace.idle/4 && w.tell("forgotten", w.forgotten(ctx)) {
			idle = time.Now()
		}
	}
}

func (w *worker) tell(what string, err error) bool {
	if err != nil {
		w.q.Log.Warn("node", "what", what, "error", why(err))
	}
	return err == nil
}

// aMoment is the longest that one look of the watch may take.
const aMoment = 3 * time.Second

// brief bounds a look at the database: one that hangs must not silence this process.
func (w *worker) brief(ctx context.Context, do func(context.Context, *store.Tx) error) error {
	ctx, cancel := context.WithTimeout(ctx, aMoment)
	defer cancel()
	return w.q.do(ctx, func(tx *store.Tx) error { return do(ctx, tx) })
}

// glance is the same for a look that writes nothing.
func (w *worker) glance(ctx context.Context, do func(context.Context, *store.Tx) error) error {
	ctx, cancel := context.WithTimeout(ctx, aMoment)
	defer cancel()
	return w.q.db.Look(ctx, w.q.clock(), func(tx *store.Tx) error { return do(ctx, tx) })
}

// beat says that this process lives. One that was given up by others stops what it does and comes back as a new node once
// nothing of it runs any more.
func (w *worker) beat(ctx context.Context) error {
	if w.node.Load() == 0 {
		if len(w.working()) > 0 {
			return nil
		}
		brief, cancel := context.WithTimeout(ctx, aMoment)
		defer cancel()
		if err := w.register(brief); err != nil {
			return err
		}
	}
	var lives bool
	err := w.brief(ctx, func(ctx context.Context, tx *store.Tx) (err error) {
		lives, err = store.BeatNode(ctx, tx, w.node.Load())
		return err
	})
	switch {
	case err != nil:
		return err
	case !lives:
		w.node.Store(0)
		w.stopAll(errStale)
	case w.q.db.Postgres() != nil:
		w.lost.Reset(w.q.pace.stale)
	}
	w.mute.Store(false)
	return nil
}

// progress writes how far the steps are that have told something new.
func (w *worker) progress(ctx context.Context) error {
	for _, s := range w.working() {
		if !s.mu.TryLock() {
			continue // it is being concluded
		}
		row, fresh := s.row, s.fresh && !s.marked
		s.fresh = false
		s.mu.Unlock()
		if !fresh {
			continue
		}
		err := w.brief(ctx, func(ctx context.Context, tx *store.Tx) error {
			ours, err := store.PutShard(ctx, tx, &row, store.StepRunning, "", 0)
			if err == nil && !ours {
				s.stop(errStale)
			}
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// cancelled stops the steps of jobs that are to be cancelled, or that another step has failed.
func (w *worker) cancelled(ctx context.Context) error {
	held := w.working()
	if len(held) == 0 {
		return nil
	}
	return w.glance(ctx, func(ctx context.Context, tx *store.Tx) error {
		gone, err := store.JobsGivenUp(ctx, tx)
		for _, s := range held {
			if gone[s.Job.ID] {
				s.stop(errCancelled)
			}
		}
		return err
	})
}

// reclaim takes over from nodes that have been silent for too long.
func (w *worker) reclaim(ctx context.Context) error {
	var nodes []store.Node
	err := w.glance(ctx, func(ctx context.Context, tx *store.Tx) (err error) {
		nodes, err = store.OpenNodes(ctx, tx)
		return err
	})
	open := map[int64]*silence{}
	for _, n := range nodes {
		heard := w.silence[n.ID]
		if heard == nil || heard.beats != n.Beats {
			heard = &silence{n.Beats, time.Now()}
		}
		open[n.ID] = heard
		if n.ID == w.node.Load() || time.Since(heard.since) < w.q.pace.silent {
			continue
		}
		if err := w.brief(ctx, func(ctx context.Context, tx *store.Tx) error { return w.takeOver(ctx, tx, n) }); err != nil {
			return err
		}
	}
	if err == nil {
		w.silence = open
	}
	return err
}

// takeOver ends a node that died and hands its running steps to the engine again, all in one transaction: one process does it.
// It may have fetched others and not begun them, so all that wait are handed over again too; one delivered twice is worked once.
func (w *worker) takeOver(ctx context.Context, tx *store.Tx, n store.Node) error {
	ended, err := store.EndNode(ctx, tx, n)
	if err != nil || !ended {
		return err
	}
	steps, err := w.free(ctx, tx, n.ID, store.Current) // its clock may be ahead of ours
	if err != nil {
		return err
	}
	w.q.Log.Warn("taking over", "node", n.ID, "name", n.Name, "steps", steps)
	return w.waiting(ctx, tx, store.Current)
}

// free hands the steps that a node has run since before a time to the engine again.
func (w *worker) free(ctx context.Context, tx *store.Tx, node, before int64) (int, error) {
	list, err := store.Shards(ctx, tx, "state = 'running' and node = $1 and began_at <= $2", node, before)
	if err != nil {
		return 0, err
	}
	return len(list), w.again(ctx, tx, list)
}

// waiting hands the steps to the engine again that have waited since before a time.
func (w *worker) waiting(ctx context.Context, tx *store.Tx, before int64) error {
	list, err := store.Shards(ctx, tx, "state = 'waiting' and queued_at <= $1", before)
	if err != nil {
		return err
	}
	if err := store.QueueShards(ctx, tx, before); err != nil {
		return err
	}
	return w.q.steps.insert(ctx, tx, list, inOrder)
}

// again makes running steps wait and hands them to the engine, where their jobs still want them.
func (w *worker) again(ctx context.Context, tx *store.Tx, list []store.Shard) error {
	for i, s := range list {
		if i == 0 || s.Job != list[i-1].Job {
			if err := w.q.db.LockJob(ctx, tx, s.Job); err != nil {
				return err
			}
		}
		if err := store.FreeShard(ctx, tx, s); err != nil {
			return err
		}
		if i+1 == len(list) || s.Job != list[i+1].Job {
			if err := w.q.settle(ctx, tx, s.Job); err != nil {
				return err
			}
		}
	}
	return w.q.steps.insert(ctx, tx, list, first)
}

// forgotten hands steps to the engine again that have waited for long while this process is idle: the engine has lost them, as
// it may when the database was away just when it wrote down what became of them. Steps that this process should be working and
// is not are freed.
func (w *worker) forgotten(ctx context.Context) error {
	if len(w.working()) > 0 || w.node.Load() == 0 {
		return nil
	}
	return w.brief(ctx, func(ctx context.Context, tx *store.Tx) error {
		before := tx.Now - w.q.pace.idle.Milliseconds()
		if _, err := w.free(ctx, tx, w.node.Load(), before); err != nil {
			return err
		}
		return w.waiting(ctx, tx, before)
	})
}
