package queue

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"ganlan/internal/store"
	"ganlan/internal/storetest"
)

func TestMain(m *testing.M) {
	if dir := os.Getenv(childDir); dir != "" {
		os.Exit(child(dir, os.Getenv(childURL)))
	}
	code := m.Run()
	storetest.Stop()
	os.Exit(code)
}

// counted is a kind whose shards each write one row, slowly.
func counted(db *store.DB, shards int, do func(context.Context, *Shard) error) Kind {
	return Kind{Name: "counted",
		Plan: func(context.Context, Job) (out []string, err error) {
			for i := range shards {
				out = append(out, fmt.Sprint("part ", i+1))
			}
			return out, nil
		},
		Shard: func(ctx context.Context, s *Shard) error {
			if do != nil {
				if err := do(ctx, s); err != nil {
					return err
				}
			}
			s.Report(10, 10, 1)
			return db.Do(ctx, time.Now(), func(tx *store.Tx) error {
				if err := store.SetSetting(ctx, tx, fmt.Sprintf("result %d", s.N), s.Args); err != nil {
					return err
				}
				return s.Done(ctx, tx)
			})
		},
		End: func(ctx context.Context, j Job) error {
			return db.Do(ctx, time.Now(), func(tx *store.Tx) error { return store.SetSetting(ctx, tx, "end", j.Args) })
		}}
}

// opened is a database with a queue of one kind, in a hurry.
func opened(t testing.TB, url string, kind func(*store.DB) Kind) *Queue {
	t.Helper()
	q, err := reopened(t.Context(), t.TempDir(), url, kind)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if wrong := wrongJobs(t, q); len(wrong) > 0 {
			t.Errorf("at the end, jobs that do not agree with their steps: %v", wrong)
		}
		_ = q.db.Close()
	})
	return q
}

func reopened(ctx context.Context, dir, url string, kind func(*store.DB) Kind) (*Queue, error) {
	db, err := store.Open(ctx, store.Options{Dir: dir, URL: url, Also: Tables})
	if err != nil {
		return nil, err
	}
	q, err := New(db, dir, time.Now, kind(db))
	if err == nil {
		q.pace.look, q.pace.beat = 50*time.Millisecond, 200*time.Millisecond
	}
	return q, err
}

func wrongJobs(t testing.TB, q *Queue) (out []int64) {
	t.Helper()
	err := q.db.Look(context.Background(), time.Now(), func(tx *store.Tx) (err error) {
		out, err = store.WrongJobs(context.Background(), tx)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func (q *Queue) inserted(t testing.TB, then error) (j Job) {
	t.Helper()
	err := q.db.Do(t.Context(), time.Now(), func(tx *store.Tx) (err error) {
		j, _, err = q.Insert(t.Context(), tx, Job{Kind: "counted", Area: "990100", AskedBy: "li"}, map[string]int{"year": 2026})
		return errors.Join(err, then)
	})
	if !errors.Is(err, then) {
		t.Fatal(err)
	}
	return j
}

// waited is the job at its end, worked in this process.
func (q *Queue) waited(t testing.TB, id int64) Job {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	j, err := q.Wait(ctx, id, nil)
	if err != nil {
		t.Fatal(err)
	}
	return j
}

func (q *Queue) settings(t testing.TB) (out []string) {
	t.Helper()
	err := q.db.Look(t.Context(), time.Now(), func(tx *store.Tx) error {
		all, err := store.Settings(t.Context(), tx)
		for k, v := range all {
			out = append(out, k+"="+v)
		}
		slices.Sort(out)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestAnActThatIsRolledBackLeavesNoJobAndOneThatIsCommittedLeavesOne(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		q := opened(t, url, func(db *store.DB) Kind { return counted(db, 2, nil) })
		rows := func() (out [3]int) {
			err := q.db.Look(t.Context(), time.Now(), func(tx *store.Tx) error {
				for i, table := range []string{"job", "shard", "river_job"} {
					if err := tx.QueryRowContext(t.Context(), "select count(*) from "+table).Scan(&out[i]); err != nil {
						return err
					}
				}
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
			return out
		}
		if q.inserted(t, errors.New("the act fails")); rows() != [3]int{} {
			t.Errorf("after a roll-back: %v", rows())
		}
		if q.inserted(t, nil); rows() != [3]int{1, 1, 1} {
			t.Errorf("after a commit: %v", rows())
		}
	})
}

func TestAJobIsPlannedItsShardsWorkedAndEndedOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		q := opened(t, url, func(db *store.DB) Kind { return counted(db, 3, nil) })
		j := q.waited(t, q.inserted(t, nil).ID)
		if j.State != store.JobDone || j.Steps != 5 || j.StepsDone != 5 || j.Done != 30 || j.Total != 30 || j.Faults != 3 {
			t.Errorf("%+v", j)
		}
		if got := strings.Join(q.settings(t), ";"); got != `end={"year":2026};result 1=part 1;result 2=part 2;result 3=part 3` {
			t.Error(got)
		}
	})
}

func TestAFaultOfTheUserIsNotTriedAgainAndOneOfTheMachineIs(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		var tried atomic.Int64
		q := opened(t, url, func(db *store.DB) Kind {
			return counted(db, 3, func(_ context.Context, s *Shard) error {
				if s.N == 2 && tried.Add(1) == 1 {
					return store.FaultBusy.New()
				}
				return nil
			})
		})
		if j := q.waited(t, q.inserted(t, nil).ID); j.State != store.JobDone || tried.Load() != 2 {
			t.Errorf("a failure of the machine: tried %d times, %+v", tried.Load(), j)
		}
		tried.Store(0)
		q.kinds["counted"] = counted(q.db, 3, func(context.Context, *Shard) error {
			tried.Add(1)
			return store.FaultChanged.New()
		})
		if j := q.waited(t, q.inserted(t, nil).ID); j.State != store.JobFailed || j.Error != "CHANGED_SINCE" || tried.Load() > 3 {
			t.Errorf("a user's fault: tried %d times, %+v", tried.Load(), j)
		}
	})
}

func TestACancelledJobStopsBetweenChunksAndOneThatDoesNotRunEndsAtOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		began := make(chan int64, 10)
		q := opened(t, url, func(db *store.DB) Kind {
			return counted(db, 3, func(ctx context.Context, s *Shard) error {
				began <- s.Job.ID
				<-ctx.Done()
				return context.Cause(ctx)
			})
		})
		cancel := func(id int64) (ok bool) {
			err := q.db.Do(t.Context(), time.Now(), func(tx *store.Tx) (err error) {
				ok, err = q.Cancel(t.Context(), tx, id, "wang")
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			return ok
		}
		idle := q.inserted(t, nil)
		if ok := cancel(idle.ID); !ok || cancel(idle.ID) {
			t.Error("a job is cancelled once")
		}
		if j, err := q.Show(t.Context(), idle.ID); err != nil || j.State != store.JobCancelled || j.CancelBy != "wang" {
			t.Errorf("%+v %v", j, err)
		}
		j := q.inserted(t, nil)
		go func() { <-began; cancel(j.ID) }()
		if j = q.waited(t, j.ID); j.State != store.JobCancelled || j.StepsDone != 1 {
			t.Errorf("%+v", j)
		}
	})
}
