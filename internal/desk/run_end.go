package desk

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"strconv"
	"strings"

	"ganlan/claim"
	"ganlan/fault"
	"ganlan/internal/auth"
	"ganlan/internal/calc"
	"ganlan/internal/store"
	"ganlan/money"
)

// runRowMAC is the keyed digest of a kept row: of which run, and all that it says.
func (d *Desk) runRowMAC(run int64, x *store.RunRow) string {
	b := strconv.AppendInt(make([]byte, 0, 128), run, 36)
	for _, n := range []int64{x.Shard, x.Seq, x.BalanceDays, x.Subsidy, x.Fee} {
		b = strconv.AppendInt(append(b, ' '), n, 36)
	}
	return hex.EncodeToString(d.Ring.MAC("run row", string(b), x.Contract, x.Note, x.Household, x.Reason, x.Parts, x.Cuts)[:16])
}

// lineOf is a kept row as results.csv has it.
func lineOf(x *store.RunRow) (calc.Row, error) {
	r := calc.Row{Contract: x.Contract, Note: x.Note, Household: x.Household, BalanceDays: x.BalanceDays, Subsidy: money.Fen(x.Subsidy), Reason: x.Reason,
		Fee: money.Fen(x.Fee)}
	if x.Parts == "" {
		return r, nil
	}
	for _, s := range strings.Split(x.Parts, ",") {
		n, err := strconv.ParseInt(s, 10, 64)
		if err != nil {
			return r, fmt.Errorf("desk: parts of a kept row: %w", err)
		}
		r.Parts = append(r.Parts, money.Fen(n))
	}
	return r, nil
}

// resultsSum adds up kept rows in the order of results.csv: the digest of the file's bytes, rows and money.
type resultsSum struct {
	plan         *runPlan
	sum          hash.Hash
	buf          []byte
	rows, paid   int64
	days         int64
	subsidy, fee money.Fen
	see          func([]byte) error // the file's bytes; may be nil
}

func newResultsSum(p *runPlan, see func([]byte) error) (*resultsSum, error) {
	s := &resultsSum{plan: p, sum: sha256.New(), see: see}
	return s, s.write(calc.Header(p.Plan))
}

func (s *resultsSum) write(b []byte) error {
	s.sum.Write(b)
	if s.see == nil {
		return nil
	}
	return s.see(b)
}

func (s *resultsSum) add(x *store.RunRow) error {
	r, err := lineOf(x)
	if err != nil {
		return err
	}
	s.rows++
	if x.Subsidy > 0 || x.Fee > 0 {
		s.paid++
	}
	if s.days, err = money.AddInt(s.days, x.BalanceDays); err != nil {
		return err
	}
	if s.subsidy, err = money.Add(s.subsidy, r.Subsidy); err != nil {
		return err
	}
	if s.fee, err = money.Add(s.fee, r.Fee); err != nil {
		return err
	}
	s.buf = r.Append(s.buf[:0], s.plan.HasFees())
	return s.write(s.buf)
}

func (s *resultsSum) digest() string { return hex.EncodeToString(s.sum.Sum(nil)) }

// text is the sums in short, for comparing with a head's.
func (s *resultsSum) text() string {
	return fmt.Sprintf("%d/%d/%d/%d/%d %s", s.rows, s.paid, s.days, s.subsidy, s.fee, s.digest())
}

func headText(r *store.Run) string {
	return fmt.Sprintf("%d/%d/%d/%d/%d %s", r.Rows, r.Paid, r.BalanceDays, r.Subsidy, r.Fee, r.Digest)
}

// errShards says that a run was to end before all of its shards were done.
var errShards = errors.New("desk: a run cannot end before its shards are done")

// runEnd puts the shards together: totals, payers, the digest of the results. With faults in the facts the run is refused and
// keeps no row. A run that ended already is left as it is.
func (d *Desk) runEnd(ctx context.Context, id int64) error {
	e := &ending{d: d, ctx: ctx}
	err := d.DB.Look(ctx, d.Clock(), func(tx *store.Tx) (err error) {
		if e.run, err = d.runNow(ctx, tx, id); err != nil || e.run.State != store.RunStarted {
			return err
		}
		return e.together(tx)
	})
	if err != nil || e.rev == 0 { // it had ended
		return err
	}
	on := &Object{Kind: "run", ID: strconv.FormatInt(id, 10)}
	return d.act(ctx, jobActor, auth.RunEnd, auth.Place{Area: e.run.Area, Org: e.run.Org}, on, e.keep)
}

// ending is a run being ended.
type ending struct {
	d      *Desk
	ctx    context.Context
	run    store.Run
	rev    int64 // that the end takes the place of
	payers []store.RunPayer
	warned fault.List // about the claim as a whole
}

func (e *ending) together(tx *store.Tx) error {
	shards, err := store.RunShards(e.ctx, tx, e.run.ID)
	if err != nil {
		return err
	}
	plan, err := e.d.keptPlan(e.ctx, tx, &e.run)
	if err != nil {
		return err
	}
	res := &calc.Result{Totals: claim.NewTotals(), Warned: calc.Warned{Counts: map[string]int{}}}
	differences := 0
	for _, s := range shards {
		var sums shardSums
		if s.Done == 0 {
			return errShards
		}
		if err := json.Unmarshal([]byte(s.Totals), &sums); err != nil {
			return err
		}
		if err := res.Totals.Merge(sums.Totals); err != nil {
			return err
		}
		for code, n := range sums.Warned {
			res.Warned.Counts[code] += n
		}
		differences += sums.Differences
		e.run.Contracts, e.run.Rows, e.run.Faults = e.run.Contracts+s.Contracts, e.run.Rows+s.Rows, e.run.Faults+s.Faults
	}
	e.rev, e.run.Warnings = e.run.Rev, int64(res.Warned.Total())
	if e.run.Faults > 0 {
		e.run.State, e.run.Contracts, e.run.Rows = store.RunRefused, 0, 0
		return nil
	}
	res.Contracts, e.run.State = int(e.run.Contracts), store.RunDone
	return e.sums(tx, plan, res, differences)
}

func (e *ending) sums(tx *store.Tx, plan *runPlan, res *calc.Result, differences int) (err error) {
	e.warned = claim.Warnings(plan.Plan, res.Totals)
	res.Warned.Add(e.warned)
	e.run.Warnings = int64(res.Warned.Total())
	if res.Payers, err = res.Totals.Payers(plan.Plan); err != nil {
		return err
	}
	sum, err := newResultsSum(plan, nil)
	if err != nil {
		return err
	}
	if err := store.EachRunRow(e.ctx, tx, e.run.ID, sum.add); err != nil {
		return err
	}
	t := &res.Totals.All
	if sum.rows != e.run.Rows || sum.subsidy != t.Subsidy || sum.fee != t.Fee || sum.days != t.BalanceDays {
		return fmt.Errorf("desk: rows of run %d do not add up to its shards: %s", e.run.ID, sum.text())
	}
	e.run.Paid, e.run.BalanceDays, e.run.Subsidy, e.run.Fee, e.run.Digest = sum.paid, sum.days, int64(sum.subsidy), int64(sum.fee), sum.digest()
	for _, p := range res.Payers {
		e.payers = append(e.payers, store.RunPayer{Who: p.Who, Subsidy: int64(p.Subsidy), Fee: int64(p.Fee)})
	}
	run := calc.Run{Plan: plan.Plan}
	s := run.Summarise(res, fault.Zh)
	s.Program, s.Different, s.Warnings = e.run.Program, differences, nil
	text, err := json.Marshal(s)
	e.run.Summary = string(text)
	return err
}

func (e *ending) keep(tx *store.Tx) (any, error) {
	out, err := store.AddRun(e.ctx, tx, e.d.Ring, e.run, e.rev)
	if err != nil {
		return nil, err
	}
	if e.run.State == store.RunRefused {
		err = store.ClearRows(e.ctx, tx, e.run.ID)
		return runText(&out), err
	}
	var notices []store.RunNotice
	for i, f := range e.warned {
		notices = append(notices, noticeOf(-1, i, f))
	}
	if err := store.AddRunNotices(e.ctx, tx, e.run.ID, notices); err != nil {
		return nil, err
	}
	return runText(&out), store.AddRunPayers(e.ctx, tx, e.run.ID, e.payers)
}
