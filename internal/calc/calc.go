// Package calc runs a calculation over a bank's files: it reads them in step, computes on all cores and puts the rows out in
// the order of contract numbers, the same bytes whatever the number of cores. It refuses to put out anything when one row
// of the input is wrong.
package calc

import (
	"fmt"
	"io"
	"runtime"
	"sync/atomic"

	"ganlan/bankfile"
	"ganlan/claim"
	"ganlan/fault"
	"ganlan/household"
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
	Workers  int                     // all cores when 0
	Keep     bool                    // keep the rows, for forms
	Only     string                  // keep the facts of this contract and of those calculated with it
	Inquiry  *Inquiry                // how differences to the bank's figures are looked into; only listed when nil
	Progress func(done, total int64) // bytes of the files; may be nil

	Reference func() (*scheme.Reference, error) // published rates, asked for when a contract's rate follows one; may be nil

	files  bankfile.Files
	list   *household.List
	paid   map[string][]household.Paid
	excess map[string][]bankfile.Approval
	byHome bool // contracts of one household are read side by side
	sums   bankfile.Sums
	res    *Result

	differing []differing // to be looked into
	enough    atomic.Bool // no more of them are wanted
	tolerance money.Fen
	published published

	opened  []*bankfile.File
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
	r.Inputs.Options.Area = region.Code(r.Plan.Scheme.Area)
	if r.Inputs.Options.Sort == nil {
		r.Inputs.Options.Sort = SortLines
	}
	faults := r.open()
	r.res = &Result{}
	r.res.Warned.add(faults.Warnings())
	defer func() {
		for _, f := range r.opened {
			f.Close()
		}
	}()
	if r.files.Contracts == nil || r.files.Ledger == nil || r.Inputs.Notes != nil && r.files.Notes == nil || r.Inputs.Fees != nil && r.files.Fees == nil {
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

// sortAgain makes the files that were not in order be sorted, and starts afresh.
func (r *Run) sortAgain(unsorted []bankfile.Kind, out Output) error {
	for _, f := range r.allFiles() {
		for _, k := range unsorted {
			if f != nil && f.Layout.Kind == k {
				if f.Sorted() {
					return fmt.Errorf("calc: %s is out of order after sorting", k)
				}
				f.Sort()
			}
		}
	}
	r.sums = bankfile.Sums{}
	return out.Reset()
}

func (r *Run) allFiles() []*bankfile.File {
	return []*bankfile.File{r.files.Contracts, r.files.Ledger, r.files.Notes, r.files.Fees}
}

// open recognises the files and reads those that are kept in memory. All faults of all files come back together.
func (r *Run) open() (faults fault.List) {
	var list, history, approvals *bankfile.File
	profile := r.Profile
	if r.Plan != nil {
		profile = profile.WithFacts(r.Plan.Scheme.Facts)
	}
	for _, x := range []struct {
		in   *bankfile.Input
		kind bankfile.Kind
		to   **bankfile.File
	}{
		{r.Inputs.Contracts, bankfile.Contracts, &r.files.Contracts}, {r.Inputs.Ledger, bankfile.Ledger, &r.files.Ledger},
		{r.Inputs.Notes, bankfile.Notes, &r.files.Notes}, {r.Inputs.Fees, bankfile.Fees, &r.files.Fees},
		{r.Inputs.List, bankfile.List, &list}, {r.Inputs.History, bankfile.History, &history},
		{r.Inputs.Approvals, bankfile.Approvals, &approvals},
	} {
		if x.in == nil {
			continue
		}
		f, fs := profile.Open(*x.in, x.kind, r.Inputs.Options)
		faults = append(faults, fs...)
		if f != nil {
			faults = append(faults, f.Warned...)
			r.opened = append(r.opened, f)
		}
		*x.to = f
	}
	if list != nil {
		l, fs := list.ReadList()
		r.list, faults = l, append(faults, fs...)
	}
	if history != nil {
		h, fs := history.ReadHistory()
		r.paid, faults = h, append(faults, fs...)
	}
	if approvals != nil {
		a, fs := approvals.ReadApprovals()
		r.excess, faults = a, append(faults, fs...)
	}
	return faults
}

// finish splits the total and adds the warnings about the claim as a whole.
func (r *Run) finish() (err error) {
	if r.res.Payers, err = r.res.Totals.Payers(r.Plan); err != nil {
		return err
	}
	r.res.Warned.add(claim.Warnings(r.Plan, r.res.Totals))
	return r.examine()
}

// facts puts together what is known of a loan.
func (w *worker) facts(x *bankfile.Loan, f *subsidy.Facts) {
	f.Contract, f.Entries, f.Notes, f.Fees = *x.Contract, x.Entries, x.Notes, x.Fees
	r := w.run
	f.Listed = f.Listed[:0]
	if r.list != nil {
		f.Listed = r.list.Spans(f.Contract.Household, f.Listed)
	}
	f.History, f.Approved = nil, nil
	if h := f.Contract.Household; h != "" && r.paid != nil {
		f.History = r.paid[h]
	}
	if h := f.Contract.Household; h != "" && r.excess != nil {
		for _, a := range r.excess[h] {
			f.Approved = append(f.Approved, subsidy.Approval(a))
		}
	}
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
		r.place(x)
	}
	return list
}

// place names the file of a fault that knows only its row: faults of the ledger stand in the ledger, others with the
// contract.
func (r *Run) place(x *fault.Fault) {
	if x.Place.File != "" {
		return
	}
	l, key := r.files.Contracts.Layout, ""
	switch x.Def {
	case loan.FaultAboveBalance, loan.FaultTooMuch, loan.FaultAboveContract:
		l, key = r.files.Ledger.Layout, "amount"
	case loan.FaultNoSuchNote:
		l, key = r.files.Ledger.Layout, "note_no"
	case loan.FaultNewEnd:
		l, key = r.files.Ledger.Layout, "new_end"
	case loan.FaultBeforeStart:
		l, key = r.files.Ledger.Layout, "date"
	case loan.FaultNoteDiffers, loan.FaultNoteFromRegister:
		if r.files.Notes != nil {
			l, key = r.files.Notes.Layout, "amount"
		}
	case claim.FaultBalance:
		key = "balance"
	case subsidy.FaultFee:
		if r.files.Fees != nil {
			l = r.files.Fees.Layout
		}
	}
	x.Place.File = l.File
	x.Place.Sheet, x.Place.Row = l.Where(x.Place.Row)
	if key != "" {
		x.Place.Column = l.Title(key)
	}
}

var faultInternal = &fault.Def{Code: "CALCULATION", What: "合同 {contract} 无法计算：{text}", Do: "请把该行数据反馈给维护者",
	WhatEn: "contract {contract} cannot be computed: {text}", DoEn: "send that row to the maintainers"}
