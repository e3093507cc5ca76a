package queue

import (
	"context"
	"errors"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"ganlan/internal/store"
	"ganlan/internal/storetest"
)

// each changes something in the books, as another process would.
func (q *Queue) change(t *testing.T, do func(*store.Tx) error) {
	t.Helper()
	if err := q.db.Do(t.Context(), time.Now(), do); err != nil {
		t.Error(err)
	}
}

func TestTheResultOfAShardThatWasTakenOverIsRefusedAndThereOnceInTheEnd(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		var tried, refused atomic.Int64
		q := opened(t, url, func(db *store.DB) Kind {
			k := counted(db, 1, nil)
			return Kind{Name: k.Name, Plan: k.Plan, Shard: func(ctx context.Context, s *Shard) error {
				if tried.Add(1) == 1 { // another process thinks that this one died
					s.q.change(t, func(tx *store.Tx) error {
						nodes, err := store.OpenNodes(ctx, tx)
						for _, n := range nodes {
							err = errors.Join(err, (&worker{q: s.q}).takeOver(ctx, tx, n))
						}
						return err
					})
				}
				err := k.Shard(context.WithoutCancel(ctx), s)
				if errors.Is(err, errLost) {
					refused.Add(1)
				}
				return err
			}}
		})
		if j := q.waited(t, q.inserted(t, nil).ID); j.State != store.JobDone || tried.Load() != 2 || refused.Load() != 1 {
			t.Errorf("tried %d times, refused %d times, %+v", tried.Load(), refused.Load(), j)
		}
		if got := strings.Join(q.settings(t), ";"); got != "result 1=part 1" {
			t.Error(got)
		}
	})
}

func TestAProcessThatCannotSayThatItLivesStopsItsWorkAndGoesOnWhenItCan(t *testing.T) {
	var tried atomic.Int64
	q := opened(t, storetest.URL(t, "postgres"), func(db *store.DB) Kind {
		return counted(db, 1, func(ctx context.Context, s *Shard) error {
			if tried.Add(1) > 1 {
				return nil
			}
			hold, err := db.Postgres().Begin(ctx) // whoever wants to beat waits
			if err != nil {
				return err
			}
			defer hold.Rollback(context.WithoutCancel(ctx))
			if _, err := hold.Exec(ctx, "lock table node"); err != nil {
				return err
			}
			<-ctx.Done()
			return context.Cause(ctx)
		})
	})
	q.pace.stale = 600 * time.Millisecond
	j := q.waited(t, q.inserted(t, nil).ID)
	if j.State != store.JobDone || tried.Load() != 2 {
		t.Errorf("tried %d times, %+v", tried.Load(), j)
	}
}

// As after a restore: a backup holds our tables, not the engine's.
func TestStepsThatTheEngineDoesNotKnowAreHandedToItAgain(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		q := opened(t, url, func(db *store.DB) Kind { return counted(db, 2, nil) })
		q.pace.idle = 200 * time.Millisecond
		j := q.inserted(t, nil)
		q.change(t, func(tx *store.Tx) error {
			_, err := tx.ExecContext(t.Context(), "delete from river_job")
			return err
		})
		if j := q.waited(t, j.ID); j.State != store.JobDone {
			t.Errorf("%+v", j)
		}
	})
}

func TestAStepThatFailsTimeAndAgainFailsItsJobWhichGoesOnWhereItWasAfterARepair(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		var tried atomic.Int64
		var repaired atomic.Bool
		q := opened(t, url, func(db *store.DB) Kind {
			return counted(db, 2, func(_ context.Context, s *Shard) error {
				if s.N == 1 || repaired.Load() {
					return nil
				}
				if tried.Add(1)%2 == 0 {
					panic("a fault of the program")
				}
				return errors.New("another")
			})
		})
		q.pace.retry = time.Millisecond
		j := q.waited(t, q.inserted(t, nil).ID)
		if j.State != store.JobFailed || j.Error != "JOB_MACHINE_FAILED" || tried.Load() != maxAttempts {
			t.Errorf("tried %d times, %+v", tried.Load(), j)
		}
		repaired.Store(true)
		for _, want := range []bool{true, false} {
			q.change(t, func(tx *store.Tx) error {
				ok, err := q.Retry(t.Context(), tx, j.ID)
				if ok != want {
					t.Errorf("goes on: %v, want %v", ok, want)
				}
				return err
			})
		}
		if j = q.waited(t, j.ID); j.State != store.JobDone || j.StepsDone != 4 || j.Error != "" {
			t.Errorf("after the repair: %+v", j)
		}
	})
}

func TestAStepOfWhichProcessAfterProcessDiesIsGivenUp(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		var tried atomic.Int64
		q := opened(t, url, func(db *store.DB) Kind {
			return counted(db, 1, func(context.Context, *Shard) error { tried.Add(1); return nil })
		})
		j := q.inserted(t, nil)
		q.change(t, func(tx *store.Tx) error {
			_, err := tx.ExecContext(t.Context(), "update shard set attempts = $1", maxAttempts)
			return err
		})
		if j = q.waited(t, j.ID); j.State != store.JobFailed || j.Error != "JOB_MACHINE_FAILED" || tried.Load() != 0 {
			t.Errorf("tried %d times, %+v", tried.Load(), j)
		}
	})
}

// During an upgrade two programs work beside each other.
func TestAJobOfAKindThatThisProgramDoesNotKnowIsLeftToOthers(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		q := opened(t, url, func(db *store.DB) Kind { return counted(db, 1, nil) })
		j := q.inserted(t, nil)
		w := &worker{q: &Queue{db: q.db, clock: time.Now}}
		w.node.Store(1)
		if s, busy, err := w.claim(t.Context(), j.ID, 0); s != nil || !busy || err != nil {
			t.Errorf("taken %v, left %v, %v", s, busy, err)
		}
		if j = q.waited(t, j.ID); j.State != store.JobDone {
			t.Errorf("%+v", j)
		}
	})
}

func TestADailyJobIsAskedForFromTwoInTheMorningOnAndByOneOfTwoProcesses(t *testing.T) {
	for at, want := range map[string]string{"2026-03-01T01:59:59+08:00": "", "2026-03-01T02:00:00+08:00": "2026-03-01", "2026-03-01T15:59:59Z": "2026-03-01",
		"2026-03-01T16:00:00Z": "", "2026-03-01T18:00:00Z": "2026-03-02"} {
		now, err := time.Parse(time.RFC3339, at)
		if err != nil {
			t.Fatal(err)
		}
		if got := dayOf(now); got != want {
			t.Errorf("%s: %q", at, got)
		}
	}
	storetest.Each(t, func(t *testing.T, url string) {
		var asked atomic.Int64
		heard := make(chan string, 10)
		daily := func(db *store.DB) Kind {
			k := counted(db, 1, nil)
			k.Daily = func(_ context.Context, day string) error { asked.Add(1); heard <- day; return nil }
			return k
		}
		q := opened(t, url, daily)
		q.clock = func() time.Time { return time.Date(2026, 3, 1, 4, 0, 0, 0, beijing) }
		at := 1
		if url != "" {
			at = 2
		}
		for round := range 2 { // the second time as processes that are started again on the same day
			ctx, stop := context.WithCancel(t.Context())
			ended := make(chan error)
			for range at {
				go func() { ended <- q.Work(ctx, 1) }()
			}
			if round == 0 {
				if day := <-heard; day != "2026-03-01" {
					t.Error(day)
				}
			}
			j := q.inserted(t, nil)
			(&Queue{db: q.db, clock: time.Now}).until(t, j.ID, "the job has ended", func(j Job, _ []store.Shard, _ map[int64]string) bool { return j.Ended() })
			stop()
			for range at {
				if err := <-ended; err != nil {
					t.Error(err)
				}
			}
		}
		if n := asked.Load(); n != 1 {
			t.Errorf("asked for %d times", n)
		}
	})
}
