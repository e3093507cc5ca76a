package calc

import (
	"slices"

	"ganlan/bankfile"
	"ganlan/fault"
	"ganlan/household"
	"ganlan/loan"
)

// Reading is files read as a run reads them, contract by contract, but without a scheme: to be kept and calculated later.
// Nothing it refuses would have been calculated.
type Reading struct {
	profile  *bankfile.Profile
	inputs   Inputs
	progress func(done, total int64)
	files    *bankFiles

	List     *household.List                // nil when no list was given, as the two below
	Paid     map[string][]household.Paid    // what households were paid before
	Approved map[string][]bankfile.Approval // caps that may be exceeded
	Rows     map[bankfile.Kind]int          // of contracts and lines

	Warned fault.List
}

// NewReading makes files ready. Contracts and Ledger are needed; progress may be nil and counts the bytes of each pass.
func NewReading(p *bankfile.Profile, in Inputs, progress func(done, total int64)) *Reading {
	if in.Options.Sort == nil {
		in.Options.Sort = SortLines
	}
	return &Reading{profile: p, inputs: in, progress: progress}
}

// Close lets the files go.
func (r *Reading) Close() {
	if r.files != nil {
		r.files.close()
	}
}

// Check reads everything once: every cell, what the rows say together, the files' own totals, and each contract's ledger as
// it is followed in a calculation. All faults of all files come back at once.
func (r *Reading) Check() error {
	files, faults := openFiles(r.profile, &r.inputs)
	r.files, r.List, r.Paid, r.Approved = files, files.list, files.paid, files.excess
	if !files.whole(&r.inputs) {
		return faults.Err()
	}
	for {
		found, sums, unsorted, err := r.through()
		if err != nil {
			return err
		}
		if len(unsorted) == 0 {
			r.Rows = sums.Rows()
			faults = append(append(faults, found...), files.files.CheckTotals(&sums)...)
			break
		}
		if err := files.sort(unsorted); err != nil {
			return err
		}
	}
	r.Warned = faults.Warnings()
	refused := faults.Refusals()
	refused.Sort()
	return refused.Err()
}

// through reads all files once and follows every ledger.
func (r *Reading) through() (faults fault.List, sums bankfile.Sums, unsorted []bankfile.Kind, err error) {
	var book loan.Book
	var entries []loan.Entry
	parser := r.files.files.NewParser()
	unsorted, err = r.batches(parser, func(x *bankfile.Loan) error {
		entries = append(entries[:0], x.Entries...)
		if f := book.Follow(x.Contract, entries, x.Notes, nil); f != nil {
			r.files.Place(f, "")
			faults.Add(f)
		}
		for _, f := range book.Warned {
			r.files.Place(f, "")
			faults.Add(f)
		}
		book.Warned = nil
		return nil
	})
	parser.AddTo(&sums)
	return append(faults, parser.Faults()...), sums, unsorted, err
}

// Intervals are the lines of a checked name list with their rows; none without a list. A line that repeats another is there
// again.
func (r *Reading) Intervals() []household.Interval {
	if r.files.listed == nil {
		return nil
	}
	return r.files.listed.ReadIntervals()
}

// Each gives the loans of checked files in the order of contract numbers; a loan is used again for the next one.
func (r *Reading) Each(see func(*bankfile.Loan) error) error {
	_, err := r.batches(r.files.files.NewParser(), see)
	return err
}

// batches reads batch after batch until the end, or until the files turn out not to be in order.
func (r *Reading) batches(parser *bankfile.Parser, see func(*bankfile.Loan) error) (unsorted []bankfile.Kind, err error) {
	join, err := r.files.files.Join()
	if err != nil {
		return nil, err
	}
	defer join.Close()
	total, done := r.files.Size(), int64(0)
	for {
		b, more, err := join.Next()
		if err != nil || !more {
			return nil, err
		}
		var failed error
		unsorted = parser.Read(b, func(x *bankfile.Loan) {
			if failed == nil {
				failed = see(x)
			}
		})
		if failed != nil || len(unsorted) > 0 {
			return slices.Clone(unsorted), failed
		}
		if done += b.Bytes(); r.progress != nil {
			r.progress(min(done, total), total)
		}
	}
}
