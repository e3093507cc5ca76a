package calc

import (
	"fmt"

	"ganlan/bankfile"
	"ganlan/claim"
	"ganlan/fault"
	"ganlan/household"
	"ganlan/loan"
	"ganlan/subsidy"
)

// bankFiles are the files of a claim as the source of its loans.
type bankFiles struct {
	files   bankfile.Files
	list    *household.List
	listed  *bankfile.File // the list's own
	paid    map[string][]household.Paid
	excess  map[string][]bankfile.Approval
	opened  []*bankfile.File
	readers []*fileReader
}

// openFiles recognises the files and reads those that are kept in memory. All faults of all files come back together.
func openFiles(profile *bankfile.Profile, in *Inputs) (s *bankFiles, faults fault.List) {
	s = &bankFiles{}
	var history, approvals *bankfile.File
	for _, x := range []struct {
		in   *bankfile.Input
		kind bankfile.Kind
		to   **bankfile.File
	}{
		{in.Contracts, bankfile.Contracts, &s.files.Contracts}, {in.Ledger, bankfile.Ledger, &s.files.Ledger},
		{in.Notes, bankfile.Notes, &s.files.Notes}, {in.Fees, bankfile.Fees, &s.files.Fees},
		{in.List, bankfile.List, &s.listed}, {in.History, bankfile.History, &history}, {in.Approvals, bankfile.Approvals, &approvals},
	} {
		if x.in == nil {
			continue
		}
		f, fs := profile.Open(*x.in, x.kind, in.Options)
		faults = append(faults, fs...)
		if f != nil {
			faults = append(faults, f.Warned...)
			s.opened = append(s.opened, f)
		}
		*x.to = f
	}
	if s.listed != nil {
		l, fs := s.listed.ReadList()
		s.list, faults = l, append(faults, fs...)
	}
	if history != nil {
		h, fs := history.ReadHistory()
		s.paid, faults = h, append(faults, fs...)
	}
	if approvals != nil {
		a, fs := approvals.ReadApprovals()
		s.excess, faults = a, append(faults, fs...)
	}
	return s, faults
}

// whole reports whether every file that was given can be read.
func (s *bankFiles) whole(in *Inputs) bool {
	f := &s.files
	return f.Contracts != nil && f.Ledger != nil && (in.Notes == nil || f.Notes != nil) && (in.Fees == nil || f.Fees != nil)
}

func (s *bankFiles) close() {
	for _, f := range s.opened {
		f.Close()
	}
}

// all are the files that are read in step; nil for one that is not there.
func (s *bankFiles) all() []*bankfile.File {
	return []*bankfile.File{s.files.Contracts, s.files.Ledger, s.files.Notes, s.files.Fees}
}

// Pass opens the files for reading in step, sorted by what the scope reckons together.
func (s *bankFiles) Pass(scope subsidy.Scope) (Pass, error) {
	if scope != subsidy.OneContract {
		if err := s.files.ByHousehold(scope == subsidy.OnePerson); err != nil {
			return nil, err
		}
	}
	join, err := s.files.Join()
	return filePass{join}, err
}

type filePass struct{ *bankfile.Join }

func (p filePass) Next() (Batch, bool, error) {
	b, more, err := p.Join.Next()
	return &b, more, err
}

// fileReader reads the files' batches.
type fileReader struct{ *bankfile.Parser }

func (r *fileReader) Read(b Batch, each func(*bankfile.Loan)) []bankfile.Kind {
	return r.Parser.Read(*b.(*bankfile.Batch), each)
}

// Reader is a parser; its sums are held against the files' own in Check.
func (s *bankFiles) Reader() Reader {
	r := &fileReader{s.files.NewParser()}
	s.readers = append(s.readers, r)
	return r
}

// Known looks a household up in the list, the history and the approvals.
func (s *bankFiles) Known(h string, f *subsidy.Facts) {
	if s.list != nil {
		f.Listed = s.list.Spans(h, f.Listed)
	}
	if h == "" {
		return
	}
	if s.paid != nil {
		f.History = s.paid[h]
	}
	for _, a := range s.excess[h] {
		f.Approved = append(f.Approved, subsidy.Approval(a))
	}
}

// Check holds the sums of the rows against the totals that the files state.
func (s *bankFiles) Check() fault.List {
	var sums bankfile.Sums
	for _, r := range s.readers {
		r.AddTo(&sums)
	}
	return s.files.CheckTotals(&sums)
}

// Size is the files' size in bytes.
func (s *bankFiles) Size() (total int64) {
	for _, f := range s.all() {
		if f != nil {
			total += f.Size()
		}
	}
	return total
}

// sort makes the files that were not in order be sorted; reading begins afresh.
func (s *bankFiles) sort(unsorted []bankfile.Kind) error {
	for _, f := range s.all() {
		for _, k := range unsorted {
			if f != nil && f.Layout.Kind == k {
				if f.Sorted() {
					return fmt.Errorf("calc: %s is out of order after sorting", k)
				}
				f.Sort()
			}
		}
	}
	s.readers = nil
	return nil
}

// Place names the file of a fault that knows only its row: faults of the ledger stand in the ledger, others with the
// contract.
func (s *bankFiles) Place(x *fault.Fault, key string) {
	if x.Place.File != "" {
		return
	}
	kind, column := Where(x.Def)
	if column != "" {
		key = column
	}
	l := s.files.Contracts.Layout
	for _, f := range s.all() {
		if f != nil && f.Layout.Kind == kind {
			l = f.Layout
		}
	}
	x.Place.File = l.File
	x.Place.Sheet, x.Place.Row = l.Where(x.Place.Row)
	if key != "" {
		x.Place.Column = l.Title(key)
	}
}

// Where says for a class of fault that knows only its row in which kind of facts the row stands, and in which column.
func Where(d *fault.Def) (kind bankfile.Kind, key string) {
	switch d {
	case loan.FaultAboveBalance, loan.FaultTooMuch, loan.FaultAboveContract:
		return bankfile.Ledger, "amount"
	case loan.FaultNoSuchNote:
		return bankfile.Ledger, "note_no"
	case loan.FaultNewEnd:
		return bankfile.Ledger, "new_end"
	case loan.FaultBeforeStart:
		return bankfile.Ledger, "date"
	case loan.FaultNoteDiffers, loan.FaultNoteFromRegister:
		return bankfile.Notes, "amount"
	case claim.FaultBalance:
		return bankfile.Contracts, "balance"
	case subsidy.FaultFee:
		return bankfile.Fees, ""
	}
	return bankfile.Contracts, ""
}
