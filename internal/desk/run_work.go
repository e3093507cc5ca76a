package desk

import (
	"context"
	"encoding/json"
	"errors"
	"strconv"

	"ganlan/claim"
	"ganlan/fault"
	"ganlan/internal/auth"
	"ganlan/internal/calc"
	"ganlan/internal/queue"
	"ganlan/internal/store"
	"ganlan/money"
	"ganlan/subsidy"
)

// shardContracts is how many contracts a shard has: some seconds of work, and few enough for several to share a county.
const shardContracts = 5_000

// runJob is the kind of job that calculates a run.
const runJob = "run"

// runs is the job of a run: shards of contracts. What the user is to blame for fails the run with its faults; what the machine
// fails in is tried again.
func (d *Desk) runs() queue.Kind {
	return queue.Kind{Name: runJob,
		Plan: func(ctx context.Context, j queue.Job) (out []string, err error) {
			out, err = d.runPlan(ctx, j.Subject)
			return out, d.runFailed(ctx, j.Subject, err)
		},
		Shard: func(ctx context.Context, s *queue.Shard) error {
			return d.runFailed(ctx, s.Job.Subject, d.runShard(ctx, s))
		},
		End: func(ctx context.Context, j queue.Job) error {
			return d.runFailed(ctx, j.Subject, d.runEnd(ctx, j.Subject))
		},
	}
}

// RunWait waits for a run's end, working in this process where it may. see may be nil; it is told how far the run has come, in
// contracts.
func (d *Desk) RunWait(ctx context.Context, r *store.Run, see func(done, total int64)) error {
	_, err := d.Jobs.Wait(ctx, r.Job, func(j queue.Job) {
		if see != nil && j.Total > 0 {
			see(j.Done, j.Total)
		}
	})
	return err
}

// runNow is a run as it is, for the desk itself.
func (d *Desk) runNow(ctx context.Context, tx *store.Tx, id int64) (out store.Run, err error) {
	err = store.EachRun(ctx, tx, d.Ring, store.Current-1, "id = $2", []any{id}, func(r store.Run) error { out = r; return nil })
	if err == nil && out.ID == 0 {
		err = faultNoRun.New().Set("id", id)
	}
	return out, err
}

// runPlan cuts a run into shards and gives their numbers. One that was cut already stays as it is.
func (d *Desk) runPlan(ctx context.Context, id int64) (out []string, err error) {
	var shards []store.RunShard
	err = d.DB.Look(ctx, d.Clock(), func(tx *store.Tx) error {
		if shards, err = store.RunShards(ctx, tx, id); err != nil || len(shards) > 0 {
			return err
		}
		shards, err = d.cut(ctx, tx, id)
		return err
	})
	if err != nil {
		return nil, err
	}
	err = d.DB.Aside(ctx, d.Clock(), func(tx *store.Tx) error {
		there, err := store.RunShards(ctx, tx, id)
		for i := range shards {
			if err == nil && len(there) == 0 {
				err = store.AddRunShard(ctx, tx, id, shards[i])
			}
		}
		return err
	})
	for _, s := range shards {
		out = append(out, strconv.FormatInt(s.N, 10))
	}
	return out, err
}

// cut lays the shards. What is reckoned together is never in two; a scheme with a rule over the whole claim has one.
func (d *Desk) cut(ctx context.Context, tx *store.Tx, id int64) ([]store.RunShard, error) {
	r, err := d.runNow(ctx, tx, id)
	if err != nil || r.State != store.RunStarted {
		return nil, err
	}
	plan, err := d.keptPlan(ctx, tx, &r)
	if err != nil {
		return nil, err
	}
	loans, whole := loansOf(&r, plan.Scope()), claim.NeedsWhole(plan.Plan)
	out := []store.RunShard{{}}
	last := store.LoanKey{}
	err = loans.Keys(ctx, tx, func(k store.LoanKey) error {
		s := &out[len(out)-1]
		if s.Planned >= int64(d.shardSize()) && !whole && (k.Group == "" || k.Group != last.Group) {
			s.To = k
			out = append(out, store.RunShard{N: s.N + 1, From: k})
			s = &out[len(out)-1]
		}
		s.Planned++
		last = k
		return nil
	})
	out[len(out)-1].Last = true
	return out, err
}

func (d *Desk) shardSize() int {
	if d.ShardSize > 0 {
		return d.ShardSize
	}
	return shardContracts
}

// shardSums are what a shard's rows come to, as they are kept until the run ends.
type shardSums struct {
	Totals      *claim.Totals
	Warned      map[string]int
	Differences int
}

// runShard calculates a shard and keeps its rows in place of those of an earlier attempt, in one transaction. A run that ended
// meanwhile, or was cancelled, is left alone.
func (d *Desk) runShard(ctx context.Context, s *queue.Shard) error {
	n, err := strconv.ParseInt(s.Args, 10, 64)
	if err != nil {
		return err
	}
	var p *piece
	err = d.DB.Look(ctx, d.Clock(), func(tx *store.Tx) error {
		r, err := d.runNow(ctx, tx, s.Job.Subject)
		if err != nil || r.State != store.RunStarted {
			return err
		}
		p, err = d.calculate(ctx, tx, &r, n, d.homesFor, how{report: s.Report})
		return err
	})
	if err != nil || p == nil {
		return err
	}
	return d.DB.Aside(ctx, d.Clock(), func(tx *store.Tx) error {
		there, err := p.keep(ctx, tx)
		if err != nil || !there {
			return err
		}
		return s.Done(ctx, tx)
	})
}

// runFailed ends a run that cannot be calculated for a reason that the user is to blame for, and gives the reason back.
func (d *Desk) runFailed(ctx context.Context, id int64, why error) error {
	faults := fault.From(why)
	if len(faults) == 0 || store.OfMachine(why) {
		return why
	}
	on := &Object{Kind: "run", ID: strconv.FormatInt(id, 10), Reason: codes(faults)}
	err := d.act(ctx, jobActor, auth.RunEnd, auth.Place{}, on, func(tx *store.Tx) (any, error) {
		r, err := d.runNow(ctx, tx, id)
		if err != nil || r.State != store.RunStarted {
			return nil, err
		}
		var notices []store.RunNotice
		for i, f := range faults {
			notices = append(notices, noticeOf(-1, i, f))
		}
		r.Faults = int64(len(faults))
		if err := d.runOver(ctx, tx, &r, store.RunFailed); err != nil {
			return nil, err
		}
		return runText(&r), store.AddRunNotices(ctx, tx, id, notices)
	})
	return errors.Join(why, err)
}

// runOver ends a run without results. The shards go first: whoever ends one waits for this, or is waited for.
func (d *Desk) runOver(ctx context.Context, tx *store.Tx, r *store.Run, state string) error {
	if err := store.ClearShards(ctx, tx, r.ID); err != nil {
		return err
	}
	if err := store.ClearRows(ctx, tx, r.ID); err != nil {
		return err
	}
	rev := r.Rev
	r.State = state
	var err error
	*r, err = store.AddRun(ctx, tx, d.Ring, *r, rev)
	return err
}

// piece is a shard calculated.
type piece struct {
	run     int64
	shard   store.RunShard
	plan    *runPlan
	rows    []store.RunRow
	notices []store.RunNotice
	sums    shardSums
}

// how a piece is calculated.
type how struct {
	report func(done, total, faults int64) // of contracts; may be nil
	rows   bool                            // lines are read row by row
	aside  func(fault.List)                // takes what is wrong with single loans; else they refuse
}

type homesFunc func(ctx context.Context, tx *store.Tx, at int64, area string) (*areaHomes, error)

// calculate computes a shard from the facts; nothing is written.
func (d *Desk) calculate(ctx context.Context, tx *store.Tx, r *store.Run, n int64, homes homesFunc, h how) (*piece, error) {
	shards, err := store.RunShards(ctx, tx, r.ID)
	if err != nil || n >= int64(len(shards)) {
		return nil, err // cancelled meanwhile
	}
	p := &piece{run: r.ID, shard: shards[n]}
	if p.plan, err = d.keptPlan(ctx, tx, r); err != nil {
		return nil, err
	}
	src := &storedLoans{d: d, ctx: ctx, tx: tx, loans: loansOf(r, p.plan.Scope()), size: p.shard.Planned, aside: h.aside, rows: h.rows}
	src.loans.Begin, src.loans.End, src.loans.Open = p.shard.From, p.shard.To, p.shard.Last
	inputs, err := store.RunInputs(ctx, tx, r.ID)
	if err != nil {
		return nil, err
	}
	src.files = filesOfRun(inputs)
	if src.homes, err = homes(ctx, tx, r.Known, r.ListArea); err != nil {
		return nil, err
	}
	return p, p.do(d, src, h)
}

// do runs the calculation. Faults of the facts are kept as notices, and then no row is.
func (p *piece) do(d *Desk, src *storedLoans, h how) error {
	run := calc.Run{Plan: p.plan.Plan, Source: src, Workers: 1, Part: true, Reference: p.plan.reference, Each: func(r *subsidy.Row) {
		p.rows = append(p.rows, d.keptRow(p, r))
	}}
	if h.report != nil {
		run.Progress = func(done, total int64) { h.report(done, total, 0) }
	}
	res, err := run.Do(nowhere{})
	if err != nil && fault.From(err) == nil {
		return err
	}
	list := run.Found(err)
	for i, f := range list {
		p.notices = append(p.notices, noticeOf(p.shard.N, i, f))
	}
	if err != nil {
		p.rows, p.shard.Faults, p.sums.Totals = nil, int64(len(fault.From(err).Refusals())), claim.NewTotals()
		return nil
	}
	p.shard.Contracts, p.shard.Rows = int64(res.Contracts), int64(len(p.rows))
	p.sums = shardSums{res.Totals, res.Warned.Counts, len(res.Differences)}
	return nil
}

// nowhere takes results that are kept otherwise.
type nowhere struct{}

func (nowhere) Write(b []byte) (int, error) { return len(b), nil }
func (nowhere) Reset() error                { return nil }

func noticeOf(shard int64, n int, f *fault.Fault) store.RunNotice {
	return store.RunNotice{Shard: shard, N: int64(n), Warning: f.Def.Warning, Code: f.Code(), File: f.Place.File, Row: int64(f.Place.Row), Title: f.Place.Column,
		Zh: f.What(fault.Zh) + "。" + f.Do(fault.Zh), En: f.What(fault.En) + ". " + f.Do(fault.En)}
}

// keep writes the piece. The shard's own row is first: whoever cancels the run waits for it, or is waited for. It is false when
// the run was cancelled.
func (p *piece) keep(ctx context.Context, tx *store.Tx) (there bool, err error) {
	text, err := json.Marshal(p.sums)
	if err != nil {
		return false, err
	}
	p.shard.Totals = string(text)
	if there, err = store.EndShard(ctx, tx, p.run, p.shard); err != nil || !there {
		return false, err
	}
	if p.shard.Done != 0 { // by an earlier attempt; rows come with it or not at all
		if err := store.ClearShard(ctx, tx, p.run, p.shard.N); err != nil {
			return false, err
		}
	}
	add := store.NewRunRowAdder(tx, p.run)
	for i := range p.rows {
		if err := add.Add(ctx, &p.rows[i]); err != nil {
			return false, err
		}
	}
	if err := add.Flush(ctx); err != nil {
		return false, err
	}
	return true, store.AddRunNotices(ctx, tx, p.run, p.notices)
}

// keptRow is a row as it is kept.
func (d *Desk) keptRow(p *piece, r *subsidy.Row) store.RunRow {
	x := calc.RowOf(r)
	out := store.RunRow{Shard: p.shard.N, Seq: int64(len(p.rows)), Contract: x.Contract, Note: x.Note, Household: x.Household, BalanceDays: x.BalanceDays,
		Subsidy: int64(x.Subsidy), Reason: x.Reason, Fee: int64(x.Fee), Parts: partsText(x.Parts)}
	if cuts := r.Cuts(); claim.NeedsWhole(p.plan.Plan) && len(cuts) > 0 {
		out.Cuts = cutsText(cuts)
	}
	out.MAC = d.runRowMAC(p.run, &out)
	return out
}

func partsText(parts []money.Fen) string {
	var b []byte
	for i, n := range parts {
		if i > 0 {
			b = append(b, ',')
		}
		b = strconv.AppendInt(b, int64(n), 10)
	}
	return string(b)
}

// jobActor is the program doing what a person asked for.
var jobActor = auth.ForJob("run")
