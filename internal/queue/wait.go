package queue

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"ganlan/fault"
	"ganlan/internal/store"
)

// Show is a job as it stands.
func (q *Queue) Show(ctx context.Context, id int64) (j Job, err error) {
	err = q.db.Look(ctx, q.clock(), func(tx *store.Tx) error {
		j, err = store.JobByID(ctx, tx, id)
		return err
	})
	return j, err
}

// Wait waits for the end of a job, working jobs itself meanwhile where it may: on PostgreSQL beside others, on SQLite when no
// other process does. see is told of each change, and may be nil. When the context ends, the job goes on elsewhere, or waits.
func (q *Queue) Wait(ctx context.Context, id int64, see func(Job)) (Job, error) {
	work, stop := context.WithCancel(ctx)
	ended, working, last := make(chan error, 1), false, Job{}
	defer func() {
		if stop(); working {
			<-ended
		}
	}()
	look := time.NewTicker(q.pace.look / 20)
	defer look.Stop()
	for {
		j, err := q.Show(ctx, id)
		if err != nil {
			return j, err
		}
		if see != nil && j != last {
			see(j)
		}
		if last = j; j.Ended() {
			return j, nil
		}
		if !working {
			working = true
			go func() { ended <- q.work(work, 0, false) }()
		}
		select {
		case <-ctx.Done():
			return j, ctx.Err()
		case <-look.C:
		case err := <-ended:
			if working = false; err != nil && !isWorker(err) {
				return j, err
			}
			<-look.C // another process works: it may end, or die, before the job does
		}
	}
}

func isWorker(err error) bool {
	return slices.ContainsFunc(fault.From(err), func(f *fault.Fault) bool { return f.Def == FaultWorker })
}

// lockWorker takes the jobs of a SQLite folder for this process. The system lets the lock go when the process ends, however it
// ends. On PostgreSQL nothing is locked.
func (q *Queue) lockWorker() (free func(), err error) {
	if q.db.Postgres() != nil {
		return func() {}, nil
	}
	f, err := os.OpenFile(filepath.Join(q.dir, "worker"), os.O_CREATE|os.O_RDWR, 0o600)
	if errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.EROFS) {
		return nil, store.FaultReadOnly.New()
	}
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		pid := make([]byte, 20)
		n, _ := f.Read(pid)
		return nil, errors.Join(FaultWorker.New().Set("pid", strings.TrimSpace(string(pid[:n]))), f.Close())
	}
	if err := f.Truncate(0); err == nil {
		_, _ = f.WriteString(strconv.Itoa(os.Getpid()))
	}
	return func() { _ = f.Close() }, nil
}
