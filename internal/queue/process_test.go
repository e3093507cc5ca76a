package queue

import (
	"bufio"
	"context"
	"crypto/sha256"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"ganlan/internal/store"
	"ganlan/internal/storetest"
)

// A child is this test's program again, working the jobs of a database as the service does, at the usual pace.
const (
	childDir = "GANLAN_TEST_CHILD_DIR"
	childURL = "GANLAN_TEST_CHILD_URL"
)

func child(dir, url string) int {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	q, err := reopened(ctx, dir, url, visible)
	if err != nil {
		fmt.Println(err)
		return 1
	}
	q.pace = usual
	fmt.Println("working")
	if err := q.Work(ctx, 2); err != nil {
		fmt.Println(err)
		return 1
	}
	return 0
}

const (
	parts  = 24
	chunks = 10
)

// visible is a kind whose shards take half a second in small chunks and write one row each, into a table that takes any number.
func visible(db *store.DB) Kind {
	return Kind{Name: "counted",
		Plan: func(_ context.Context, j Job) (out []string, err error) {
			for i := range parts {
				out = append(out, fmt.Sprint(j.Subject, " ", i))
			}
			return out, nil
		},
		Shard: func(ctx context.Context, s *Shard) error {
			sum := sha256.Sum256([]byte(s.Args))
			for i := range chunks {
				select {
				case <-ctx.Done():
					return context.Cause(ctx)
				case <-time.After(50 * time.Millisecond): // the work
				}
				sum = sha256.Sum256(sum[:])
				s.Report(int64(i+1), chunks, 0)
			}
			return db.Do(ctx, time.Now(), func(tx *store.Tx) error {
				_, err := tx.ExecContext(ctx, "insert into result (job, n, value) values ($1, $2, $3)", s.Job.ID, s.N, fmt.Sprintf("%x", sum[:6]))
				if err != nil {
					return err
				}
				return s.Done(ctx, tx)
			})
		}}
}

// begun starts a child and gives it back once it is at work.
func begun(t *testing.T, dir, url string) *exec.Cmd {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childDir+"="+dir, childURL+"="+url)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil || line != "working\n" {
		t.Fatalf("%s %v", line, err)
	}
	return cmd
}

// office is a database that this process only looks at and asks, while children work.
func office(t *testing.T, url string) (*Queue, string) {
	t.Helper()
	dir := t.TempDir()
	q, err := reopened(t.Context(), dir, url, visible)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = q.db.Close() })
	err = q.db.Do(t.Context(), time.Now(), func(tx *store.Tx) error {
		_, err := tx.ExecContext(t.Context(), "create table result (job bigint not null, n bigint not null, value text not null)")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return q, dir
}

// results are the rows that a job's shards have written, as text.
func (q *Queue) results(t *testing.T, job int64) string {
	t.Helper()
	var out []string
	err := q.db.Look(t.Context(), time.Now(), func(tx *store.Tx) error {
		rows, err := tx.QueryContext(t.Context(), "select n, value from result where job = $1 order by n, value", job)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var n int64
			var value string
			if err := rows.Scan(&n, &value); err != nil {
				return err
			}
			out = append(out, fmt.Sprint(n, " ", value))
		}
		return rows.Err()
	})
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(out, "\n")
}

// until waits for a condition over a job's steps and the names of the processes at work by number.
func (q *Queue) until(t *testing.T, job int64, what string, met func(j Job, steps []store.Shard, names map[int64]string) bool) time.Duration {
	t.Helper()
	began := time.Now()
	for time.Since(began) < 2*time.Minute {
		var steps []store.Shard
		names := map[int64]string{}
		j, err := q.Show(t.Context(), job)
		if err == nil {
			err = q.db.Look(t.Context(), time.Now(), func(tx *store.Tx) (err error) {
				nodes, err := store.OpenNodes(t.Context(), tx)
				for _, n := range nodes {
					names[n.ID] = n.Name
				}
				if err == nil {
					steps, err = store.Shards(t.Context(), tx, "job = $1", job)
				}
				return err
			})
		}
		if err != nil {
			t.Fatal(err)
		}
		if met(j, steps, names) {
			return time.Since(began)
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Fatalf("after two minutes not yet: %s", what)
	return 0
}

func (q *Queue) ended(t *testing.T, job int64) Job {
	t.Helper()
	var out Job
	q.until(t, job, "the job has ended", func(j Job, _ []store.Shard, _ map[int64]string) bool { out = j; return j.Ended() })
	if out.State != store.JobDone || out.StepsDone != parts+2 || out.Done != parts*chunks {
		t.Errorf("%+v", out)
	}
	return out
}

// of counts the steps in a state that a process works.
func of(cmd *exec.Cmd, state string, steps []store.Shard, names map[int64]string) (n int) {
	for _, s := range steps {
		if s.State == state && s.Step == store.StepShard && strings.HasSuffix(names[s.Node], ":"+strconv.Itoa(cmd.Process.Pid)) {
			n++
		}
	}
	return n
}

// killed kills a child once it has done and runs some shards, and tells which it ran.
func (q *Queue) killed(t *testing.T, cmd *exec.Cmd, job int64) (lost []store.Shard) {
	t.Helper()
	q.until(t, job, "the child has done some shards and runs others", func(_ Job, steps []store.Shard, names map[int64]string) bool {
		return of(cmd, store.StepDone, steps, names) >= 2 && of(cmd, store.StepRunning, steps, names) >= 1
	})
	_ = cmd.Process.Kill()
	_ = cmd.Wait()
	suffix := ":" + strconv.Itoa(cmd.Process.Pid)
	q.until(t, job, "the steps that it ran", func(_ Job, steps []store.Shard, names map[int64]string) bool {
		for _, s := range steps {
			if s.State == store.StepRunning && strings.HasSuffix(names[s.Node], suffix) {
				lost = append(lost, s)
			}
		}
		return true
	})
	if len(lost) == 0 {
		t.Fatal("the child was killed while it ran nothing")
	}
	return lost
}

// takenOver waits until every lost step runs elsewhere or is done.
func (q *Queue) takenOver(t *testing.T, job int64, lost []store.Shard) time.Duration {
	t.Helper()
	return q.until(t, job, "the lost shards are taken over", func(_ Job, steps []store.Shard, _ map[int64]string) bool {
		for _, l := range lost {
			if s := steps[l.N]; s.Node == l.Node || s.State != store.StepRunning && s.State != store.StepDone {
				return false
			}
		}
		return true
	})
}

func TestTwoProcessesShareAJobAndOneTakesOverWithinThirtySecondsWhenTheOtherIsKilled(t *testing.T) {
	t.Parallel()
	q, dir := office(t, storetest.URL(t, "postgres"))
	url := q.db.Postgres().Config().ConnString()
	a, b := begun(t, dir, url), begun(t, t.TempDir(), url)

	whole := q.inserted(t, nil)
	both := false
	q.until(t, whole.ID, "both processes work", func(j Job, steps []store.Shard, names map[int64]string) bool {
		both = both || of(a, store.StepDone, steps, names) > 0 && of(b, store.StepDone, steps, names) > 0
		return both || j.Ended()
	})
	if q.ended(t, whole.ID); !both {
		t.Error("one process did all the shards")
	}
	undisturbed := q.results(t, whole.ID)

	job := q.inserted(t, nil)
	lost := q.killed(t, a, job.ID)
	took := q.takenOver(t, job.ID, lost)
	if t.Logf("%d shards were taken over %.1f s after the kill", len(lost), took.Seconds()); took > 30*time.Second {
		t.Errorf("taken over after %s", took)
	}
	q.ended(t, job.ID)
	if got := q.results(t, job.ID); got != undisturbed || strings.Count(got, "\n")+1 != parts {
		t.Errorf("got\n%s\nwant\n%s", got, undisturbed)
	}
	if wrong := wrongJobs(t, q); len(wrong) > 0 {
		t.Errorf("jobs that do not agree with their steps: %v", wrong)
	}
}

func TestOnSQLiteAProcessThatIsKilledIsReplacedByTheNextOne(t *testing.T) {
	t.Parallel()
	q, dir := office(t, "")
	a := begun(t, dir, "")
	whole := q.inserted(t, nil)
	q.ended(t, whole.ID)
	undisturbed := q.results(t, whole.ID)

	job := q.inserted(t, nil)
	lost := q.killed(t, a, job.ID)
	begun(t, dir, "")
	t.Logf("%d shards were taken over %.1f s after the next start", len(lost), q.takenOver(t, job.ID, lost).Seconds())
	q.ended(t, job.ID)
	if got := q.results(t, job.ID); got != undisturbed || strings.Count(got, "\n")+1 != parts {
		t.Errorf("got\n%s\nwant\n%s", got, undisturbed)
	}
	if err := q.Work(t.Context(), 1); !isWorker(err) {
		t.Errorf("a second process works the same folder: %v", err)
	}
}

func TestAProcessThatIsAskedToStopEndsWithoutAFaultAndTriesNothingTwice(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, url string) {
		q, dir := office(t, url)
		if url != "" {
			url = q.db.Postgres().Config().ConnString()
		}
		a := begun(t, dir, url)
		job := q.inserted(t, nil)
		q.until(t, job.ID, "a shard runs", func(_ Job, steps []store.Shard, names map[int64]string) bool {
			return of(a, store.StepRunning, steps, names) > 0
		})
		if err := a.Process.Signal(syscall.SIGTERM); err != nil {
			t.Fatal(err)
		}
		if err := a.Wait(); err != nil {
			t.Errorf("asked to stop: %v", err)
		}
		q.until(t, job.ID, "nothing runs", func(j Job, steps []store.Shard, names map[int64]string) bool {
			for _, s := range steps {
				if s.State == store.StepRunning || s.Attempts > 1 {
					t.Errorf("after the stop: %+v", s)
				}
			}
			return len(names) == 0 && !j.Ended()
		})
		begun(t, dir, url)
		q.ended(t, job.ID)
	})
}
