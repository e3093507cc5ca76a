package store

import (
	"context"
	"database/sql"
)

// LoanKey is a place in the order in which a run takes contracts: by what is reckoned together, then by number.
type LoanKey struct{ Group, No string }

// RunShard is a part of a run: contracts from a place up to another, which is not in it.
type RunShard struct {
	N        int64
	From, To LoanKey
	Last     bool // no end: To says nothing
	Planned  int64

	Done      int64 // ms; 0 until then
	Contracts int64
	Rows      int64
	Faults    int64
	Totals    string // JSON
}

const runShardColumns = "n, from_group, from_no, to_group, to_no, open_end, planned, done_at, contracts, row_count, faults, totals"

// AddRunShard plans a shard.
func AddRunShard(ctx context.Context, tx *Tx, run int64, s RunShard) error {
	_, err := exec(ctx, tx, "insert into run_shard (run, "+runShardColumns+") values ("+places(13)+")", run, s.N, s.From.Group, s.From.No, s.To.Group, s.To.No,
		flag(s.Last), s.Planned, s.Done, s.Contracts, s.Rows, s.Faults, s.Totals)
	return err
}

// RunShards are the shards of a run in their order.
func RunShards(ctx context.Context, tx *Tx, run int64) (out []RunShard, err error) {
	err = each(ctx, tx, "select "+runShardColumns+" from run_shard where run = $1 order by n", []any{run}, func(r *sql.Rows) error {
		var s RunShard
		var last int64
		err := r.Scan(&s.N, &s.From.Group, &s.From.No, &s.To.Group, &s.To.No, &last, &s.Planned, &s.Done, &s.Contracts, &s.Rows, &s.Faults, &s.Totals)
		s.Last = last == 1
		out = append(out, s)
		return err
	})
	return out, err
}

// RunProgress is how far a run has come.
type RunProgress struct{ Shards, ShardsDone, Planned, Done, Faults int64 }

// ProgressOf is how far a run has come, in contracts.
func ProgressOf(ctx context.Context, tx *Tx, run int64) (p RunProgress, err error) {
	_, err = one(ctx, tx, "select count(*), count(*) filter (where done_at > 0), cast(coalesce(sum(planned), 0) as bigint), "+
		"cast(coalesce(sum(contracts), 0) as bigint), cast(coalesce(sum(faults), 0) as bigint) from run_shard where run = $1", []any{run},
		&p.Shards, &p.ShardsDone, &p.Planned, &p.Done, &p.Faults)
	return p, err
}

// ClearShard takes away what an earlier attempt left of a shard.
func ClearShard(ctx context.Context, tx *Tx, run, n int64) error {
	_, err := exec(ctx, tx, "delete from run_row where run = $1 and shard = $2", run, n)
	if err == nil {
		_, err = exec(ctx, tx, "delete from run_notice where run = $1 and shard = $2", run, n)
	}
	return err
}

// ClearShards takes away the shards of a run, so that none can end any more.
func ClearShards(ctx context.Context, tx *Tx, run int64) error {
	_, err := exec(ctx, tx, "delete from run_shard where run = $1", run)
	return err
}

// ClearRows takes away the rows of a run that came to nothing; its notices stay.
func ClearRows(ctx context.Context, tx *Tx, run int64) error {
	_, err := exec(ctx, tx, "delete from run_row where run = $1", run)
	return err
}

// EndShard says what a shard came to. It is false when there is no such shard any more.
func EndShard(ctx context.Context, tx *Tx, run int64, s RunShard) (bool, error) {
	n, err := exec(ctx, tx, "update run_shard set done_at = $1, contracts = $2, row_count = $3, faults = $4, totals = $5 where run = $6 and n = $7",
		tx.Now, s.Contracts, s.Rows, s.Faults, s.Totals, run, s.N)
	return n > 0, err
}

// RunNotice is a fault or warning of a run, in words.
type RunNotice struct {
	Shard, N int64
	Warning  bool
	Code     string
	File     string
	Row      int64
	Title    string // of the column
	Zh, En   string
}

const noticeColumns = "run, shard, n, warning, code, file, file_row, title, zh, en"

// AddRunNotices keeps notices of a run.
func AddRunNotices(ctx context.Context, tx *Tx, run int64, list []RunNotice) error {
	b := newBulk(tx, "run_notice", noticeColumns)
	for _, x := range list {
		if err := b.add(ctx, run, x.Shard, x.N, flag(x.Warning), x.Code, x.File, x.Row, x.Title, x.Zh, x.En); err != nil {
			return err
		}
	}
	return b.flush(ctx)
}

// RunNotices are the first notices of a run, faults before warnings, in the order of the shards.
func RunNotices(ctx context.Context, tx *Tx, run int64, most int) (out []RunNotice, err error) {
	query := "select shard, n, warning, code, file, file_row, title, zh, en from run_notice where run = $1 order by warning, shard, n limit $2"
	err = each(ctx, tx, query, []any{run, most}, func(r *sql.Rows) error {
		var x RunNotice
		var warning int64
		err := r.Scan(&x.Shard, &x.N, &warning, &x.Code, &x.File, &x.Row, &x.Title, &x.Zh, &x.En)
		x.Warning = warning == 1
		out = append(out, x)
		return err
	})
	return out, err
}
