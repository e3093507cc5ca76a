package store

import (
	"context"
	"database/sql"
)

// The states of a job. The last three are ends.
const (
	JobQueued    = "queued"
	JobRunning   = "running"
	JobDone      = "done"
	JobFailed    = "failed"
	JobCancelled = "cancelled"
)

// Job is long work that an act asked for. Its progress is the sum over its steps.
type Job struct {
	ID       int64  `json:"id"`
	Kind     string `json:"kind"`
	Args     string `json:"args,omitempty"`    // JSON without personal data
	Subject  int64  `json:"subject,omitempty"` // id of what it is about; 0 for nothing in particular
	Area     string `json:"area,omitempty"`
	Org      int64  `json:"org,omitempty"`
	Once     string `json:"once,omitempty"` // one job of a kind with this mark; empty for as many as are asked for
	State    string `json:"state"`
	Error    string `json:"error,omitempty"` // codes of faults
	AskedBy  string `json:"asked_by"`
	AskedAt  int64  `json:"asked_at"` // ms
	CancelBy string `json:"cancel_by,omitempty"`
	CancelAt int64  `json:"cancel_at,omitempty"` // ms; 0 while nobody wants it cancelled
	EndedAt  int64  `json:"ended_at,omitempty"`  // ms; 0 while it is open

	Done      int64 `json:"done"` // units that its steps have reported
	Total     int64 `json:"total"`
	Faults    int64 `json:"faults"`
	Steps     int64 `json:"steps"` // known so far
	StepsDone int64 `json:"steps_done"`
}

// Ended reports whether nothing more will happen to the job.
func (j *Job) Ended() bool { return j.EndedAt != 0 }

const jobColumns = "id, kind, args, subject, area, org, once, state, error, asked_by, asked_at, cancel_by, cancel_at, ended_at"

// jobSums are the sums over a job's steps. PostgreSQL sums bigint into numeric, so they are cast.
const jobSums = "(select cast(coalesce(sum(done), 0) as bigint) from shard where shard.job = job.id), " +
	"(select cast(coalesce(sum(total), 0) as bigint) from shard where shard.job = job.id), " +
	"(select cast(coalesce(sum(faults), 0) as bigint) from shard where shard.job = job.id), " +
	"(select count(*) from shard where shard.job = job.id), " +
	"(select count(*) from shard where shard.job = job.id and shard.state = 'done')"

// AddJob keeps a job that is asked for. It is false when one with the same mark was asked for before.
func AddJob(ctx context.Context, tx *Tx, j Job) (Job, bool, error) {
	j.ID, j.State, j.AskedAt = tx.NewID(), JobQueued, tx.Now
	n, err := exec(ctx, tx, "insert into job ("+jobColumns+") values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) "+
		"on conflict (kind, once) where once <> '' do nothing",
		j.ID, j.Kind, j.Args, j.Subject, j.Area, j.Org, j.Once, j.State, "", j.AskedBy, j.AskedAt, "", 0, 0)
	return j, n == 1, err
}

// EachJob gives the jobs that meet a condition (over area and org, its parameters from $1 on), the newest first.
func EachJob(ctx context.Context, tx *Tx, where string, args []any, see func(Job) error) error {
	return each(ctx, tx, "select "+jobColumns+", "+jobSums+" from job where "+where+" order by asked_at desc, id desc", args, func(r *sql.Rows) error {
		var j Job
		if err := r.Scan(&j.ID, &j.Kind, &j.Args, &j.Subject, &j.Area, &j.Org, &j.Once, &j.State, &j.Error, &j.AskedBy, &j.AskedAt, &j.CancelBy, &j.CancelAt,
			&j.EndedAt, &j.Done, &j.Total, &j.Faults, &j.Steps, &j.StepsDone); err != nil {
			return err
		}
		return see(j)
	})
}

// JobByID is a job with its progress.
func JobByID(ctx context.Context, tx *Tx, id int64) (out Job, err error) {
	if err = EachJob(ctx, tx, "id = $1", []any{id}, func(j Job) error { out = j; return nil }); err == nil && out.ID == 0 {
		err = FaultNoJob.New().Set("id", id)
	}
	return out, err
}

// LockJob makes whoever changes the job or one of its steps follow this transaction. A job's row is locked before its steps'.
func (db *DB) LockJob(ctx context.Context, tx *Tx, id int64) error {
	_, err := one(ctx, tx, "select id from job where id = $1"+db.dialect.lockHead(), []any{id}, &id)
	return err
}

// BeginJob says that the first step of a job runs.
func BeginJob(ctx context.Context, tx *Tx, id int64) error {
	_, err := exec(ctx, tx, "update job set state = $1 where id = $2 and state = $3", JobRunning, id, JobQueued)
	return err
}

// WantJobCancelled notes that a job is to be cancelled. It is false when the job has ended or is wanted cancelled already.
func WantJobCancelled(ctx context.Context, tx *Tx, id int64, by string) (bool, error) {
	n, err := exec(ctx, tx, "update job set cancel_at = $1, cancel_by = $2 where id = $3 and cancel_at = 0 and ended_at = 0", tx.Now, by, id)
	return n == 1, err
}

// JobsGivenUp are the open jobs whose running steps are to stop: cancelled, or failed by another step.
func JobsGivenUp(ctx context.Context, tx *Tx) (map[int64]bool, error) {
	out := map[int64]bool{}
	query := "select id from job where ended_at = 0 and (cancel_at > 0 or exists (select 1 from shard where shard.job = job.id and shard.state = 'failed'))"
	return out, each(ctx, tx, query, nil, func(r *sql.Rows) error {
		var id int64
		err := r.Scan(&id)
		out[id] = true
		return err
	})
}

// EndJob ends a job that is open.
func EndJob(ctx context.Context, tx *Tx, id int64, state, codes string) error {
	_, err := exec(ctx, tx, "update job set state = $1, error = $2, ended_at = $3 where id = $4 and ended_at = 0", state, codes, tx.Now, id)
	return err
}

// ReopenJob makes a failed job go on. What of it failed or was left waits again; what is done stays done.
func ReopenJob(ctx context.Context, tx *Tx, id int64) error {
	_, err := exec(ctx, tx, "update shard set state = $1, attempts = 0, error = '', queued_at = $2, ended_at = 0 where job = $3 and state in ('failed', 'cancelled')",
		StepWaiting, tx.Now, id)
	if err == nil {
		_, err = exec(ctx, tx, "update job set state = $1, error = '', ended_at = 0 where id = $2 and state = $3", JobRunning, id, JobFailed)
	}
	return err
}

// JobCount is how many jobs of a kind are in a state.
type JobCount struct {
	Kind, State string
	N           int64
}

// JobCounts counts all jobs.
func JobCounts(ctx context.Context, tx *Tx) (out []JobCount, err error) {
	err = each(ctx, tx, "select kind, state, count(*) from job group by kind, state order by kind, state", nil, func(r *sql.Rows) error {
		var c JobCount
		err := r.Scan(&c.Kind, &c.State, &c.N)
		out = append(out, c)
		return err
	})
	return out, err
}
