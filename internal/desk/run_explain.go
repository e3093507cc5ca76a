package desk

import (
	"cmp"
	"context"
	"encoding/json"

	"ganlan/day"
	"ganlan/ident"
	"ganlan/internal/auth"
	"ganlan/internal/calc"
	"ganlan/internal/store"
	"ganlan/money"
	"ganlan/subsidy"
)

// Explained is why a contract got what it got in a run.
type Explained struct {
	Run  store.Run
	Plan *subsidy.Plan
	Why  *subsidy.Explanation
}

// RunExplain explains a contract of a done run from the facts as they were known then. The borrower's numbers are masked. An
// explanation that does not come to the kept rows is refused.
func (d *Desk) RunExplain(ctx context.Context, who auth.Actor, id int64, contract string) (out Explained, err error) {
	if out.Run, err = d.runOf(ctx, id); err != nil {
		return out, err
	}
	r := &out.Run
	err = d.look(ctx, who, auth.RunRead, auth.Place{Area: r.Area, Org: r.Org}, func(tx *store.Tx) error {
		if err := finished(r); err != nil {
			return err
		}
		plan, err := d.keptPlan(ctx, tx, r)
		if err != nil {
			return err
		}
		out.Plan = plan.Plan
		out.Why, err = d.explain(ctx, tx, r, plan, contract)
		return err
	})
	return out, err
}

func (d *Desk) explain(ctx context.Context, tx *store.Tx, r *store.Run, plan *runPlan, contract string) (*subsidy.Explanation, error) {
	src, home, err := d.around(ctx, tx, r, plan, contract)
	if err != nil {
		return nil, err
	}
	run := calc.Run{Plan: plan.Plan, Source: src, Workers: 1, Part: true, Reference: plan.reference, Only: contract}
	res, err := run.Do(nowhere{})
	if err = cmp.Or(home.err, err); err != nil {
		return nil, err
	}
	if len(res.Only) == 0 {
		return nil, faultRunContract.New().Set("id", r.ID).Set("contract", contract)
	}
	why, err := plan.Explain(res.Only, contract)
	if err != nil {
		return nil, err
	}
	for i := range why.Rows {
		c := &why.Rows[i].Row.Facts.Contract
		c.IDNo, c.Account = ident.Mask(c.IDNo), ident.Mask(c.Account)
	}
	return why, d.asKept(ctx, tx, r, why, contract)
}

// around is the contract and those reckoned together with it.
func (d *Desk) around(ctx context.Context, tx *store.Tx, r *store.Run, plan *runPlan, contract string) (*storedLoans, *oneHome, error) {
	inputs, err := store.RunInputs(ctx, tx, r.ID)
	if err != nil {
		return nil, nil, err
	}
	src := &storedLoans{d: d, ctx: ctx, tx: tx, loans: loansOf(r, plan.Scope()), files: filesOfRun(inputs), size: 1}
	home := &oneHome{src: src, area: r.ListArea}
	src.homes = home
	c, err := src.loans.One(ctx, tx, contract)
	if err != nil {
		return nil, nil, err
	}
	if c == nil {
		return nil, nil, faultRunContract.New().Set("id", r.ID).Set("contract", contract)
	}
	src.loans.Around(c)
	return src, home, nil
}

// asKept gives the explanation what the rules over the whole claim did, and holds it against the kept rows.
func (d *Desk) asKept(ctx context.Context, tx *store.Tx, r *store.Run, why *subsidy.Explanation, contract string) error {
	rows, err := store.RowsOfContract(ctx, tx, r.ID, contract)
	if err != nil {
		return err
	}
	at := map[string]*store.RunRow{}
	for i := range rows {
		at[rows[i].Note] = &rows[i]
	}
	for i := range why.Rows {
		w := &why.Rows[i]
		x := at[w.Row.Note]
		if x == nil || d.runRowMAC(r.ID, x) != x.MAC {
			return faultRunTampered.New().Set("id", r.ID).Set("what", "合同 "+contract+" 的结果行").Set("what_en", "rows of contract "+contract)
		}
		line, err := lineOf(x)
		if err != nil {
			return err
		}
		if x.Cuts != "" {
			cuts, err := readCuts(x.Cuts)
			if err != nil {
				return err
			}
			w.SettledAs(cuts, line.Subsidy, line.Reason, line.Parts)
		}
		if now := calc.RowOf(&w.Row); now.Subsidy != line.Subsidy || now.BalanceDays != line.BalanceDays || now.Fee != line.Fee || now.Reason != line.Reason {
			return faultRunRow.New().Set("id", r.ID).Set("contract", contract).Set("note", x.Note).Set("kept", line.Subsidy).Set("again", now.Subsidy)
		}
	}
	return nil
}

// oneHome asks an area's lists for one household after the other.
type oneHome struct {
	src  *storedLoans
	area string
	err  error
}

func (h *oneHome) known(no string, f *subsidy.Facts) {
	if no == "" || h.err != nil {
		return
	}
	h.src.mu.Lock()
	defer h.src.mu.Unlock()
	ctx, tx, ring, at := h.src.ctx, h.src.tx, h.src.d.Ring, h.src.loans.Known
	h.err = store.Intervals.Each(ctx, tx, ring, at, h.area, no, func(x *store.AreaRow[day.Span]) error { f.Listed = append(f.Listed, x.Says); return nil })
	if h.err == nil {
		h.err = store.PaidBefore.Each(ctx, tx, ring, at, h.area, no, func(x *store.AreaRow[store.Paid]) error { f.History = append(f.History, paidOf(x)); return nil })
	}
	if h.err == nil {
		h.err = store.Approvals.Each(ctx, tx, ring, at, h.area, no, func(x *store.AreaRow[store.Approval]) error {
			f.Approved = append(f.Approved, approvalOf(x))
			return nil
		})
	}
}

// keptCut is a cut as a row keeps it, amounts in fen.
type keptCut struct {
	What, Cite    string
	Before, After int64
}

func cutsText(cuts []subsidy.Cut) string {
	out := make([]keptCut, len(cuts))
	for i, c := range cuts {
		out[i] = keptCut{c.What, c.Cite, int64(c.Before), int64(c.After)}
	}
	b, _ := json.Marshal(out) // texts and numbers alone
	return string(b)
}

func readCuts(s string) (out []subsidy.Cut, err error) {
	var kept []keptCut
	err = json.Unmarshal([]byte(s), &kept)
	for _, c := range kept {
		out = append(out, subsidy.Cut{What: c.What, Cite: c.Cite, Before: money.Fen(c.Before), After: money.Fen(c.After)})
	}
	return out, err
}
