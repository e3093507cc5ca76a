// Package calc runs a calculation over a bank's files or stored facts: it reads them in step, computes on all cores and puts the rows out in
// the order of contract numbers, the same bytes whatever the number of cores. It refuses to put out anything when one row
// of the input is wrong.
package calc

import (
	"io"
	"runtime"
	"sync/atomic"

	"ganlan/bankfile"
	"ganlan/claim"
	"ganlan/fault"
	"ganlan/loan"
	"ganlan/money"
	"ganlan/region"
	"ganlan/scheme"
	"ganlan/subsidy"
)

// Inputs are the files of one bank and year. Contracts, Ledger and List are needed, the others may be nil.
type Inputs struct {
	Contracts, Ledger, List         *bankfile.Input
	Notes, Fees, History, Approvals *bankfile.Input
	Options                         bankfile.Options
}

// All are the files given, by kind.
func (in *Inputs) All() map[bankfile.Kind]*bankfile.Input {
	out := map[bankfile.Kind]*bankfile.Input{}
	for kind, f := range map[bankfile.Kind]*bankfile.Input{bankfile.Contracts: in.Contracts, bankfile.Ledger: in.Ledger, bankfile.List: in.List,
		bankfile.Notes: in.Notes, bankfile.Fees: in.Fees, bankfile.History: in.History, bankfile.Approvals: in.Approvals} {
		if f != nil {
			out[kind] = f
		}
	}
	return out
}

// Run is one calculation.
type Run struct {
	Plan     *subsidy.Plan
	Profile  *bankfile.Profile
	Inputs   Inputs
	Source   Source                  // where the loans come from in place of the files in Inputs; may be nil
	Workers  int                     // all cores when 0
	Keep     bool                    // keep the rows, for forms
	Only     string                  // keep the facts of this contract and of those calculated with it
	Inquiry  *Inquiry                // how differences to the bank's figures are looked into; only listed when nil
	Part     bool                    // of a claim: warnings about the claim as a whole are left to who puts the parts together
	Each     func(*subsidy.Row)      // sees each row of the claim; by several workers at once unless there is one. May be nil
	Progress func(done, total int64) // bytes of the files; may be nil

	Reference func() (*scheme.Reference, error) // published rates, asked for when a contract's rate follows one; may be nil

	source Source
	files  *bankFiles // nil when the loans come from elsewhere
	byHome bool       // contracts of one household are read side by side
	res    *Result

	differing []differing // to be looked into
	enough    atomic.Bool // no more of them are wanted
	tolerance money.Fen
	published published

	refused fault.List // of the files that were read before the contracts
	held    fault.List // why rows were held back, when the good ones were taken
}

// Result is what a run found.
type Result struct {
	Totals      *claim.Totals
	Payers      []claim.PayerTotal
	Differences []claim.Difference
	Findings    []claim.Finding // one for each contract that differs, in the order of contract numbers
	Rows        []*subsidy.Row  // in the order of the results, when kept
	Only        []*subsidy.Facts
	Warned      Warned
	Contracts   int
}

// Output takes results.csv. Reset throws away what was written: files out of order are noticed late.
type Output interface {
	io.Writer
	Reset() error
}

// Do runs the calculation. An error that fault.From knows is the user's: all faults of all files, in order.
func (r *Run) Do(out Output) (*Result, error) {
	if r.Workers <= 0 {
		r.Workers = runtime.GOMAXPROCS(0)
	}
	r.res = &Result{}
	faults, ok := r.open()
	if r.files != nil {
		defer r.files.close()
	}
	r.res.Warned.add(faults.Warnings())
	if !ok {
		return nil, faults.Err()
	}
	r.refused = faults.Refusals()
	r.byHome = r.Plan.Scope() != subsidy.OneContract
	r.tolerance = claim.Tolerance(r.Plan.Scheme)
	for {
		r.res = &Result{Totals: claim.NewTotals()}
		r.differing = nil
		r.enough.Store(false)
		r.res.Warned.add(faults.Warnings())
		unsorted, err := r.pass(out)
		if err != nil {
			return nil, err
		}
		if len(unsorted) == 0 {
			break
		}
		if err := r.sortAgain(unsorted, out); err != nil {
			return nil, err
		}
	}
	return r.res, r.finish()
}

// open makes the source of the loans ready; it is false when files that are needed cannot be read.
func (r *Run) open() (fault.List, bool) {
	if r.source = r.Source; r.source != nil {
		return nil, true
	}
	r.Inputs.Options.Area = region.Code(r.Plan.Scheme.Area)
	if r.Inputs.Options.Sort == nil {
		r.Inputs.Options.Sort = SortLines
	}
	files, faults := openFiles(r.Profile.WithFacts(r.Plan.Scheme.Facts), &r.Inputs)
	r.files, r.source = files, files
	return faults, files.whole(&r.Inputs)
}

// sortAgain makes the files that were not in order be sorted, and starts afresh.
func (r *Run) sortAgain(unsorted []bankfile.Kind, out Output) error {
	if err := r.files.sort(unsorted); err != nil {
		return err
	}
	return out.Reset()
}

// finish splits the total and adds the warnings about the claim as a whole.
func (r *Run) finish() (err error) {
	if r.res.Payers, err = r.res.Totals.Payers(r.Plan); err != nil {
		return err
	}
	if !r.Part {
		r.res.Warned.add(claim.Warnings(r.Plan, r.res.Totals))
	}
	return r.examine()
}

// facts puts together what is known of a loan.
func (w *worker) facts(x *bankfile.Loan, f *subsidy.Facts) {
	f.Contract, f.Entries, f.Notes, f.Fees = *x.Contract, x.Entries, x.Notes, x.Fees
	f.Listed, f.History, f.Approved = f.Listed[:0], nil, nil
	w.run.source.Known(f.Contract.Household, f)
}

// cloneFacts keeps facts beyond the batch they were read in.
func cloneFacts(f *subsidy.Facts) *subsidy.Facts {
	g := *f
	g.Entries = append([]loan.Entry(nil), f.Entries...)
	g.Notes = append([]loan.Note(nil), f.Notes...)
	g.Fees = append([]loan.Fee(nil), f.Fees...)
	g.Listed = append(f.Listed[:0:0], f.Listed...)
	return &g
}

// placed gives a fault of the calculation the file its row is in.
func (r *Run) placed(err error, f *subsidy.Facts) fault.List {
	list := fault.From(err)
	if list == nil {
		return fault.List{faultInternal.New().Set("contract", f.Contract.No).Set("text", err.Error())}
	}
	for _, x := range list {
		r.source.Place(x, "")
	}
	return list
}

var faultInternal = &fault.Def{Code: "CALCULATION", What: "合同 {contract} 无法计算：{text}", Do: "请把该行数据反馈给维护者",
	WhatEn: "contract {contract} cannot be computed: {text}", DoEn: "send that row to the maintainers"}
