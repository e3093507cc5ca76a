package desk

import (
	"context"
	"encoding/json"
	"slices"
	"strconv"

	"ganlan/fault"
	"ganlan/internal/auth"
	"ganlan/internal/store"
)

// mostDiffering is how many rows that differ are told one by one; all are counted.
const mostDiffering = 1000

// Verified is what a verification of a run came to.
type Verified struct {
	Run       store.Run
	Rows      int64 // compared
	Differing int64 // rows that are not what the facts come to
	Faults    fault.List
}

// RunVerify calculates a run again, from the facts as they were known then and the scheme as it was recorded, and compares row
// by row and the digest of the whole. All is well when there are no faults. A run that did not end with results has none to
// compare; its record alone is looked at.
func (d *Desk) RunVerify(ctx context.Context, who auth.Actor, id int64) (out Verified, err error) {
	on := &Object{Kind: "run", ID: strconv.FormatInt(id, 10)}
	r, err := d.runOf(ctx, id)
	if err != nil {
		return Verified{Faults: broken("runs", err)}, d.refuse(ctx, who, auth.RunVerify, on, err)
	}
	at := auth.Place{Area: r.Area, Org: r.Org}
	if err := who.May(auth.RunVerify, at); err != nil {
		return out, d.refuse(ctx, who, auth.RunVerify, on, err)
	}
	v := verifying{d: d, ctx: ctx, out: Verified{Run: r}}
	if r.State == store.RunDone {
		if err := d.DB.Look(ctx, d.Clock(), v.all); err != nil {
			list := fault.From(err)
			if list == nil {
				return v.out, err
			}
			v.out.Faults = append(v.out.Faults, list...)
		}
	}
	err = d.act(ctx, who, auth.RunVerify, at, on, func(*store.Tx) (any, error) {
		return map[string]any{"rows": v.out.Rows, "differing": v.out.Differing, "faults": codes(v.out.Faults)}, nil
	})
	return v.out, err
}

// RunVerifyAll verifies every run in the actor's reach, and gives those that were looked at.
func (d *Desk) RunVerifyAll(ctx context.Context, who auth.Actor, see func(Verified) error) error {
	var ids []int64
	reach, args := who.Filter(auth.RunVerify, "area", "org", 2)
	err := d.DB.Look(ctx, d.Clock(), func(tx *store.Tx) (err error) {
		ids, err = store.RunIDs(ctx, tx, reach, args)
		return err
	})
	for _, id := range ids {
		if err != nil {
			return err
		}
		var v Verified
		if v, err = d.RunVerify(ctx, who, id); fault.From(err) != nil && v.Faults != nil {
			err = nil // told among the faults
		}
		if err == nil {
			err = see(v)
		}
	}
	return err
}

// verifying is a verification under way. It uses nothing that was kept in memory.
type verifying struct {
	d   *Desk
	ctx context.Context
	out Verified
}

func (v *verifying) all(tx *store.Tx) error {
	r := &v.out.Run
	fresh := &Desk{DB: v.d.DB, Ring: v.d.Ring, Clock: v.d.Clock}
	shards, err := store.RunShards(v.ctx, tx, r.ID)
	if err != nil {
		return err
	}
	homes, err := fresh.homesOf(v.ctx, tx, r.Known, r.ListArea)
	if err != nil {
		return err
	}
	read := func(context.Context, *store.Tx, int64, string) (*areaHomes, error) { return homes, nil }
	for _, s := range shards {
		p, err := fresh.calculate(v.ctx, tx, r, s.N, read, how{rows: true, aside: func(list fault.List) { v.out.Faults = append(v.out.Faults, list...) }})
		if err != nil {
			return err
		}
		if err := v.shard(tx, p); err != nil {
			return err
		}
	}
	return v.whole(fresh, tx)
}

// shard compares the rows of a shard.
func (v *verifying) shard(tx *store.Tx, p *piece) error {
	for _, n := range p.notices {
		if !n.Warning {
			v.out.Faults.Add(faultRunNow.New().Set("id", p.run).Set("code", n.Code).Set("file", n.File).Set("row", n.Row).Set("text", n.Zh).Set("text_en", n.En))
		}
	}
	type key struct{ contract, note string }
	again := map[key]*store.RunRow{}
	for i := range p.rows {
		again[key{p.rows[i].Contract, p.rows[i].Note}] = &p.rows[i]
	}
	err := store.RowsOfShard(v.ctx, tx, p.run, p.shard.N, func(x *store.RunRow) error {
		v.out.Rows++
		k := key{x.Contract, x.Note}
		y := again[k]
		delete(again, k)
		switch {
		case y == nil:
			v.tell(x.Contract, x.Note, kept(x), "—")
		case !v.same(p.run, x, y):
			v.tell(x.Contract, x.Note, kept(x), kept(y))
		}
		return nil
	})
	for i := range p.rows { // in order
		y := &p.rows[i]
		if again[key{y.Contract, y.Note}] != nil {
			v.tell(y.Contract, y.Note, "—", kept(y))
		}
	}
	return err
}

// same reports whether a kept row says what was calculated now. Behind a contract that is missing now, rows stand in other places:
// they are held against their own.
func (v *verifying) same(run int64, x, y *store.RunRow) bool {
	z := *y
	if z.Seq != x.Seq {
		z.Seq = x.Seq
		z.MAC = v.d.runRowMAC(run, &z)
	}
	return *x == z
}

// kept is a row in short: what it says, and whether the digest is its own.
func kept(x *store.RunRow) string {
	text := strconv.FormatInt(x.BalanceDays, 10) + "/" + strconv.FormatInt(x.Subsidy, 10)
	if x.Fee != 0 {
		text += "/" + strconv.FormatInt(x.Fee, 10)
	}
	if x.Parts != "" {
		text += " (" + x.Parts + ")"
	}
	if x.Reason != "" {
		text += " " + x.Reason
	}
	return text + " [" + x.Household + " " + x.MAC[:min(8, len(x.MAC))] + "]"
}

func (v *verifying) tell(contract, note, kept, again string) {
	if v.out.Differing++; v.out.Differing <= mostDiffering {
		v.out.Faults.Add(faultRunRow.New().Set("id", v.out.Run.ID).Set("contract", contract).Set("note", note).Set("kept", kept).Set("again", again))
	}
}

// whole compares sums and digest of all kept rows with the head, which is under a digest of its own.
func (v *verifying) whole(d *Desk, tx *store.Tx) error {
	list, err := d.headHolds(v.ctx, tx, &v.out.Run)
	v.out.Faults = append(v.out.Faults, list...)
	return err
}

// headHolds looks whether a done run has all its rows: number, sums and digest as its head says, payers and inputs too.
func (d *Desk) headHolds(ctx context.Context, tx *store.Tx, r *store.Run) (out fault.List, err error) {
	plan, err := d.keptPlan(ctx, tx, r)
	if err != nil {
		return nil, err
	}
	sum, err := newResultsSum(plan, nil)
	if err != nil {
		return nil, err
	}
	err = store.EachRunRow(ctx, tx, r.ID, func(x *store.RunRow) error {
		if d.runRowMAC(r.ID, x) != x.MAC {
			out.Add(faultRunRow.New().Set("id", r.ID).Set("contract", x.Contract).Set("note", x.Note).Set("kept", kept(x)).Set("again", "?"))
		}
		return sum.add(x)
	})
	if err != nil {
		return nil, err
	}
	if sum.text() != headText(r) {
		out.Add(faultRunShort.New().Set("id", r.ID).Set("head", headText(r)).Set("rows", sum.text()))
	}
	list, err := d.besideHolds(ctx, tx, r)
	return append(out, list...), err
}

// besideHolds looks whether payers and inputs are those with which the run ended.
func (d *Desk) besideHolds(ctx context.Context, tx *store.Tx, r *store.Run) (out fault.List, err error) {
	payers, err := store.RunPayers(ctx, tx, r.ID)
	if err != nil {
		return nil, err
	}
	var sum struct {
		Payers map[string]struct {
			Subsidy int64 `json:"subsidy_fen"`
			Fee     int64 `json:"fee_subsidy_fen"`
		} `json:"payers"`
	}
	if err := json.Unmarshal([]byte(r.Summary), &sum); err != nil {
		return nil, err
	}
	same := len(payers) == len(sum.Payers)
	for _, p := range payers {
		same = same && sum.Payers[p.Who].Subsidy == p.Subsidy && sum.Payers[p.Who].Fee == p.Fee
	}
	if !same {
		out.Add(faultRunTampered.New().Set("id", r.ID).Set("what", "各付款方金额").Set("what_en", "payers"))
	}
	inputs, err := store.RunInputs(ctx, tx, r.ID)
	if err != nil {
		return nil, err
	}
	again := *r
	want, err := d.inputsOf(ctx, tx, &again)
	if !slices.Equal(inputs, want) || again.ListArea != r.ListArea {
		out.Add(faultRunTampered.New().Set("id", r.ID).Set("what", "输入文件记录").Set("what_en", "input files"))
	}
	return out, err
}

// checkRuns looks whether each run that is done has all its rows, and each that came to nothing has none.
func checkRuns(ctx context.Context, d *Desk, tx *store.Tx) error {
	var all []store.Run
	if err := store.EachRun(ctx, tx, d.Ring, store.Current-1, "1 = 1", nil, func(r store.Run) error { all = append(all, r); return nil }); err != nil {
		return err
	}
	var out fault.List
	for i := range all {
		r := &all[i]
		switch r.State {
		case store.RunDone:
			list, err := d.headHolds(ctx, tx, r)
			if err != nil {
				return err
			}
			out = append(out, list...)
		case store.RunStarted:
		default:
			n, err := store.CountRunRows(ctx, tx, r.ID)
			if err != nil {
				return err
			}
			if n > 0 {
				out.Add(FaultInvariant.New().Set("rule", "runs").Set("text", r.ID))
			}
		}
	}
	return out.Err()
}
