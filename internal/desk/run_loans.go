package desk

import (
	"context"
	"math"
	"sync"

	"ganlan/bankfile"
	"ganlan/day"
	"ganlan/fault"
	"ganlan/household"
	"ganlan/internal/calc"
	"ganlan/internal/store"
	"ganlan/subsidy"
)

// This file is where stored facts are read for a calculation.

// storedLoans are imported loans as known at a time, as the source of a calculation. Every row is held against its digest.
type storedLoans struct {
	d     *Desk
	ctx   context.Context
	tx    *store.Tx
	loans store.Loans
	homes households
	files *runFiles
	size  int64      // contracts
	mu    sync.Mutex // one question at a time in the transaction

	rows  bool             // lines are read row by row, not from the contract's one text
	aside func(fault.List) // takes what is wrong with single loans, so that the others are calculated; they refuse when nil
}

// households is what an area's lists say of a household.
type households interface {
	known(no string, f *subsidy.Facts)
}

// runFiles are the files behind the facts of a run, numbered. A fact's row holds its file's number and its row there, so that a
// fault of the calculation, which knows only a row, can be placed.
type runFiles struct {
	list []store.RunInput
	at   map[int64]int
}

func filesOfRun(list []store.RunInput) *runFiles {
	f := &runFiles{list, map[int64]int{}}
	for i, x := range list {
		f.at[x.Batch] = i
	}
	return f
}

const rowBits = 32

// row is a row of a file as facts carry it.
func (f *runFiles) row(batch int64, row int) int {
	i, ok := f.at[batch]
	if !ok || row < 0 || row > math.MaxInt32 {
		return row
	}
	return (i+1)<<rowBits | row
}

func (f *runFiles) place(x *fault.Fault, key string) {
	if x.Place.File != "" {
		return
	}
	if i := x.Place.Row >> rowBits; i > 0 && i <= len(f.list) {
		x.Place.File, x.Place.Row = f.list[i-1].File, x.Place.Row&(1<<rowBits-1)
	}
	if _, column := calc.Where(x.Def); column != "" {
		key = column
	}
	x.Place.Column = key
}

// Pass gives the loans page by page.
func (s *storedLoans) Pass(subsidy.Scope) (calc.Pass, error) { return &storedPass{s: s}, nil }

// Reader checks and opens the loans of a page.
func (s *storedLoans) Reader() calc.Reader { return &storedReader{s: s} }

// Known asks the area's lists.
func (s *storedLoans) Known(no string, f *subsidy.Facts) { s.homes.known(no, f) }

// Place names the file of the import.
func (s *storedLoans) Place(x *fault.Fault, key string) { s.files.place(x, key) }

// Check has nothing to add: stored facts were checked as wholes when they were imported.
func (s *storedLoans) Check() fault.List { return nil }

// Size is how many contracts there are.
func (s *storedLoans) Size() int64 { return s.size }

// pageContracts is how many contracts are read at once: enough to make a query worth its while, few enough to keep memory low.
const pageContracts = 1000

// storedPage are some loans as they are kept.
type storedPage []storedLoan

type storedLoan struct {
	contract *store.Contract
	lines    *store.Lines // row by row; nil where they are read from the contract's one text
}

// Bytes counts contracts.
func (p storedPage) Bytes() int64 { return int64(len(p)) }

// storedPass reads page after page. Contracts that are reckoned together stand on one page.
type storedPass struct {
	s     *storedLoans
	last  *store.LoanKey
	held  []*store.Contract // read, and not yet known to be whole groups
	ended bool
}

// Close has nothing to let go.
func (p *storedPass) Close() {}

// Next is the next page.
func (p *storedPass) Next() (calc.Batch, bool, error) {
	var now []*store.Contract
	for len(now) == 0 {
		if p.ended {
			return nil, false, nil
		}
		more, err := p.s.page(p.last)
		if err != nil {
			return nil, false, err
		}
		p.held = append(p.held, more...)
		if p.ended = len(more) < pageContracts; p.ended {
			now, p.held = p.held, nil
			break
		}
		key := p.s.loans.KeyOf(more[len(more)-1])
		p.last = &key
		n := p.whole()
		now, p.held = p.held[:n:n], p.held[n:]
	}
	page, err := p.s.withLines(now)
	return page, len(page) > 0, err
}

func (s *storedLoans) page(after *store.LoanKey) ([]*store.Contract, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.loans.Page(s.ctx, s.tx, after, pageContracts)
}

// whole is how many of the contracts held are whole groups: the last group may go on behind the page.
func (p *storedPass) whole() int {
	n := len(p.held)
	group := p.s.loans.KeyOf(p.held[n-1]).Group
	if group == "" {
		return n
	}
	for n > 0 && p.s.loans.KeyOf(p.held[n-1]).Group == group {
		n--
	}
	return n
}

func (s *storedLoans) withLines(list []*store.Contract) (storedPage, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	page := make(storedPage, len(list))
	for i, c := range list {
		if page[i].contract = c; c.Lines != "" && !s.rows {
			continue
		}
		lines, err := store.LinesOf(s.ctx, s.tx, s.loans.Known, c.Org, c.No)
		if err != nil {
			return nil, err
		}
		page[i].lines = &lines
	}
	return page, nil
}

// storedReader opens loans.
type storedReader struct {
	s      *storedLoans
	x      bankfile.Loan
	faults fault.List
}

// Faults are what was found since the last call.
func (r *storedReader) Faults() fault.List {
	out := r.faults
	r.faults = nil
	return out
}

// Read opens the loans of a page. One that is not as it was imported is a fault, and no loan.
func (r *storedReader) Read(b calc.Batch, each func(*bankfile.Loan)) []bankfile.Kind {
	for _, x := range b.(storedPage) {
		if err := r.open(&x); err != nil {
			list := fault.From(err)
			if list == nil {
				list = fault.List{FaultInvariant.New().Set("rule", "facts").Set("text", err.Error())}
			}
			r.tell(list)
			continue
		}
		each(&r.x)
	}
	return nil
}

func (r *storedReader) tell(list fault.List) {
	if r.s.aside != nil {
		r.s.aside(list)
		return
	}
	r.faults = append(r.faults, list...)
}

func (r *storedReader) open(x *storedLoan) error {
	c, open := x.contract, r.s.d.values
	if r.s.loans.Order == store.ByPerson || r.s.rows {
		open = r.s.d.opened
	}
	plain, err := open(c)
	if err != nil {
		return err
	}
	plain.Row = r.s.files.row(c.Batch, c.Row)
	r.x = bankfile.Loan{Contract: &plain, Entries: r.x.Entries[:0], Notes: r.x.Notes[:0], Fees: r.x.Fees[:0], Group: r.group(c)}
	if x.lines == nil {
		return r.unpack(c)
	}
	return r.take(c, x.lines)
}

// take takes lines that were read row by row.
func (r *storedReader) take(c *store.Contract, lines *store.Lines) error {
	if err := r.s.d.checkLines(c, lines); err != nil {
		return err
	}
	for i, e := range lines.Entries {
		e.Row = r.s.files.row(lines.EntriesHeld[i].Batch, e.Row)
		r.x.Entries = append(r.x.Entries, e)
	}
	for i, n := range lines.Notes {
		n.Row = r.s.files.row(lines.NotesHeld[i].Batch, n.Row)
		r.x.Notes = append(r.x.Notes, n)
	}
	for i, f := range lines.Fees {
		f.Row = r.s.files.row(lines.FeesHeld[i].Batch, f.Row)
		r.x.Fees = append(r.x.Fees, f)
	}
	return nil
}

// unpack reads the lines from the contract's one text, which must be the one that was kept.
func (r *storedReader) unpack(c *store.Contract) error {
	lines, err := readLineBytes(c.Lines)
	if err != nil || r.s.d.rowsMAC(c.No, &lines) != c.RowsMAC {
		return faultLines.New().Set("contract", c.No).Set("rev", c.Rev)
	}
	err = lines.each(func(kind int, batch int64, row int, text string) error {
		row = r.s.files.row(batch, row)
		switch kind {
		case ledgerLines:
			e, err := readEntry(text)
			e.Row = row
			r.x.Entries = append(r.x.Entries, e)
			return err
		case noteLines:
			n, err := readNote(text)
			n.Row = row
			r.x.Notes = append(r.x.Notes, n)
			return err
		}
		f, err := readFee(text)
		f.Row = row
		r.x.Fees = append(r.x.Fees, f)
		return err
	})
	if err == nil {
		return nil
	}
	r.s.mu.Lock() // numbers with bars in them cannot be told apart
	defer r.s.mu.Unlock()
	r.x.Entries, r.x.Notes, r.x.Fees = r.x.Entries[:0], r.x.Notes[:0], r.x.Fees[:0]
	rows, err := store.LinesOf(r.s.ctx, r.s.tx, r.s.loans.Known, c.Org, c.No)
	if err != nil {
		return err
	}
	return r.take(c, &rows)
}

// group is what the contract is reckoned with; a contract that names nobody stands alone.
func (r *storedReader) group(c *store.Contract) string {
	k := r.s.loans.KeyOf(c)
	if k.Group == "" && r.s.loans.Order != store.ByNumber {
		return "\x02" + k.No
	}
	return k.Group
}

// areaHomes are an area's lists in memory, as known at a time.
type areaHomes struct {
	list   *household.List
	paid   map[string][]household.Paid
	excess map[string][]subsidy.Approval
}

func (h *areaHomes) known(no string, f *subsidy.Facts) {
	f.Listed = h.list.Spans(no, f.Listed)
	if no != "" {
		f.History, f.Approved = h.paid[no], h.excess[no]
	}
}

// homesOf reads an area's lists.
func (d *Desk) homesOf(ctx context.Context, tx *store.Tx, at int64, area string) (*areaHomes, error) {
	h := &areaHomes{paid: map[string][]household.Paid{}, excess: map[string][]subsidy.Approval{}}
	var b household.Builder
	err := nameList.whole(ctx, d, tx, at, area, func(x *store.AreaRow[day.Span]) error {
		b.Add(household.Interval{Household: x.Household, Span: x.Says})
		return nil
	})
	if err != nil {
		return nil, err
	}
	h.list, _ = b.List() // without overlaps since it was imported
	err = paidList.whole(ctx, d, tx, at, area, func(x *store.AreaRow[store.Paid]) error {
		h.paid[x.Household] = append(h.paid[x.Household], paidOf(x))
		return nil
	})
	if err != nil {
		return nil, err
	}
	err = approvalList.whole(ctx, d, tx, at, area, func(x *store.AreaRow[store.Approval]) error {
		h.excess[x.Household] = append(h.excess[x.Household], approvalOf(x))
		return nil
	})
	return h, err
}

func paidOf(x *store.AreaRow[store.Paid]) household.Paid {
	return household.Paid{Household: x.Household, Scheme: x.Says.Scheme, Year: x.Says.Year, Amount: int64(x.Says.Amount)}
}

func approvalOf(x *store.AreaRow[store.Approval]) subsidy.Approval {
	return subsidy.Approval{Household: x.Household, Reason: x.Says.Reason, Money: x.Says.Money}
}
