package bankfile

import (
	"ganlan/day"
	"ganlan/fault"
	"ganlan/loan"
)

// Batch is a run of contracts with what the other files say of them, not yet read.
type Batch struct {
	contracts, ledger, notes, fees block
	before                         string // key of the last contract of the batch before
	last                           bool
	bytes                          int64
}

// Bytes is how much of the files the batch takes, for a progress bar.
func (b *Batch) Bytes() int64 { return b.bytes }

// Files are the opened files of a claim. Ledger is needed; Notes and Fees may be nil.
type Files struct {
	Contracts, Ledger, Notes, Fees *File
}

// each calls do for the files that are there.
func (fs *Files) each(do func(*File)) {
	for _, f := range []*File{fs.Contracts, fs.Ledger, fs.Notes, fs.Fees} {
		if f != nil {
			do(f)
		}
	}
}

// Join cuts the files into batches in the order of contract numbers.
type Join struct {
	contracts, ledger, notes, fees *feed
	before                         string
	ended                          bool
}

// batchBytes is the size of a batch's contract lines: large enough to keep the cores busy, small enough to keep memory low.
const batchBytes = 48 << 10

// Join opens the files for reading in step.
func (fs *Files) Join() (*Join, error) {
	j := &Join{}
	for _, x := range []struct {
		f  *File
		to **feed
	}{{fs.Contracts, &j.contracts}, {fs.Ledger, &j.ledger}, {fs.Notes, &j.notes}, {fs.Fees, &j.fees}} {
		if x.f == nil {
			continue
		}
		feed, err := x.f.feed()
		if err != nil {
			j.Close()
			return nil, err
		}
		*x.to = feed
	}
	j.contracts.runs = true
	return j, nil
}

// Close lets go of files that were sorted and are not read to their end: their sorters finish on their own.
func (j *Join) Close() {
	for _, f := range []*feed{j.contracts, j.ledger, j.notes, j.fees} {
		if f == nil {
			continue
		}
		if r, ok := f.r.(*lineReader); ok {
			go r.drain()
		}
	}
}

// Next is the next batch; false when there is none. The last batch holds what the other files have behind the last
// contract.
func (j *Join) Next() (b Batch, more bool, err error) {
	if j.ended {
		return b, false, nil
	}
	b.before = j.before
	var ok bool
	if b.contracts, ok, err = j.contracts.some(batchBytes); err != nil {
		return b, false, err
	}
	j.ended = !ok || j.contracts.eof && j.contracts.lo == j.contracts.hi
	b.last = j.ended
	if ok {
		j.before = j.contracts.keyOfLast(b.contracts)
	}
	for _, x := range []struct {
		f  *feed
		to *block
	}{{j.ledger, &b.ledger}, {j.notes, &b.notes}, {j.fees, &b.fees}} {
		if x.f == nil {
			continue
		}
		if b.last {
			*x.to, err = x.f.rest()
		} else {
			*x.to, err = x.f.upTo(j.before)
		}
		if err != nil {
			return b, false, err
		}
		b.bytes += int64(len(x.to.text))
	}
	b.bytes += int64(len(b.contracts.text))
	return b, true, nil
}

// Loan is one contract with its ledger, notes and fees.
type Loan struct {
	Group    string // household or person, when files are read by household
	Contract *loan.Contract
	Entries  []loan.Entry
	Notes    []loan.Note
	Fees     []loan.Fee
}

// Parser reads batches. Each goroutine has its own.
type Parser struct {
	contracts *lines[contractLine]
	ledger    *lines[ledgerLine]
	notes     *lines[noteLine]
	fees      *lines[feeLine]
	held      held
	skip      bool         // the loan at hand has a row that refuses it
	first     contractLine // the row of the contract at hand
	people    []person
	lastRow   int // of the contracts
	x         Loan
}

// held says of each file whether a line waits for its contract, and the keys seen last.
type held struct {
	ledger, notes, fees          bool
	ledgerKey, notesKey, feesKey string
}

// NewParser reads the files' batches.
func (fs *Files) NewParser() *Parser {
	p := &Parser{contracts: newLines(fs.Contracts.profile, fs.Contracts.Layout, fs.Contracts.profile.factSetters(),
		func(c *contractLine) string { return c.No }, contractLine{birth: day.None})}
	p.ledger = newLines(fs.Ledger.profile, fs.Ledger.Layout, ledgerSetters, func(l *ledgerLine) string { return l.contract },
		ledgerLine{Entry: loan.Entry{NewEnd: day.None}})
	if fs.Notes != nil {
		p.notes = newLines(fs.Notes.profile, fs.Notes.Layout, noteSetters, func(l *noteLine) string { return l.contract }, noteLine{})
	}
	if fs.Fees != nil {
		p.fees = newLines(fs.Fees.profile, fs.Fees.Layout, feeSetters, func(l *feeLine) string { return l.contract }, feeLine{})
	}
	return p
}

// Faults are the faults found since the last call.
func (p *Parser) Faults() fault.List {
	var all fault.List
	p.tables(func(t *table) {
		all = append(all, t.faults...)
		t.faults = nil
	})
	return all
}

func (p *Parser) tables(do func(*table)) {
	do(p.contracts.table)
	do(p.ledger.table)
	if p.notes != nil {
		do(p.notes.table)
	}
	if p.fees != nil {
		do(p.fees.table)
	}
}

// Read gives the loans of a batch in order; the loan is used again for the next one, its texts may be kept. It reports the
// files that are not in order or cannot be read line by line: they must be sorted first, and the run begun again.
func (p *Parser) Read(b Batch, each func(*Loan)) (unsorted []Kind) {
	p.contracts.begin(b.contracts)
	p.ledger.begin(b.ledger)
	below := b.before + "\x00" // a line that belongs to an earlier batch is out of order, not unknown
	p.held = held{ledger: p.ledger.next(), ledgerKey: below, notesKey: below, feesKey: below}
	if p.notes != nil {
		p.notes.begin(b.notes)
		p.held.notes = p.notes.next()
	}
	if p.fees != nil {
		p.fees.begin(b.fees)
		p.held.fees = p.fees.next()
	}
	last, row := b.before, 0
	for p.contracts.next() {
		c, key := &p.contracts.x, p.contracts.order()
		c.Row = p.contracts.row
		switch {
		case key < last:
			return []Kind{Contracts}
		case key == last:
			p.twice(c, row)
			continue
		}
		last, row = key, c.Row
		before := len(p.contracts.faults)
		p.checkContract(c)
		p.note(c)
		p.lastRow = max(p.lastRow, c.Row)
		p.first = *c
		p.skip = p.contracts.bad || len(p.contracts.faults[before:].Refusals()) > 0
		p.x.Contract, p.x.Group = &c.Contract, groupOf(key)
		if kind := p.gather(key); kind != "" {
			return []Kind{kind}
		}
		p.checkExtended(&p.x)
		if !p.skip {
			each(&p.x)
		}
	}
	return p.ending(b)
}

// gather collects what the other files say of a contract. It names a file that is out of order.
func (p *Parser) gather(no string) Kind {
	p.x.Entries, p.x.Notes, p.x.Fees = p.x.Entries[:0], p.x.Notes[:0], p.x.Fees[:0]
	if !step(p.ledger, &p.held.ledger, &p.held.ledgerKey, no, p.unknown, func(l *ledgerLine) {
		p.checkEntry(l)
		l.Row, p.skip = p.ledger.row, p.skip || p.ledger.bad
		p.addEntry(&l.Entry)
	}) {
		return Ledger
	}
	if p.notes != nil && !step(p.notes, &p.held.notes, &p.held.notesKey, no, p.unknown, func(l *noteLine) {
		l.Row, p.skip = p.notes.row, p.skip || p.notes.bad
		p.addNote(l.Note)
		p.checkOrder(p.notes.table, "end", l.Start, l.End)
	}) {
		return Notes
	}
	if p.fees != nil && !step(p.fees, &p.held.fees, &p.held.feesKey, no, p.unknown, func(l *feeLine) {
		l.Row, p.skip = p.fees.row, p.skip || p.fees.bad
		l.Cover.Until = l.last + 1
		p.addFee(l.Fee)
		p.checkOrder(p.fees.table, "cover_to", l.Cover.From, l.last)
		if l.Refund > l.Fee.Fee {
			p.fees.faults.Add(FaultNegative.At(p.fees.layout.at(l.Row, p.fees.layout.column("refund"))).Set("value", (l.Fee.Fee - l.Refund).String()))
		}
	}) {
		return Fees
	}
	return ""
}

// step takes the lines of one contract from a file that is read in step with the contracts. It is false when the file's
// keys fall.
func step[T any](ls *lines[T], held *bool, last *string, no string, unknown func(*table, string), take func(*T)) bool {
	for *held {
		key := ls.order()
		if key != no {
			if key > no {
				return true
			}
			if key < *last {
				return false
			}
			unknown(ls.table, ls.key(&ls.x))
		} else {
			take(&ls.x)
		}
		*last = key
		*held = ls.next()
	}
	return !ls.broken
}

// checkEntry refuses a line that lacks what its kind needs: draws and repayments an amount, deferral and extension a new
// due day.
func (p *Parser) checkEntry(l *ledgerLine) {
	lacks := ""
	switch {
	case l.Amount == 0 && (l.Kind == loan.Drawdown || l.Kind == loan.Repayment):
		lacks = "amount"
	case l.NewEnd == day.None && (l.Kind == loan.Deferral || l.Kind == loan.Extension):
		lacks = "new_end"
	}
	if lacks == "" || p.ledger.bad {
		return
	}
	t := p.ledger.table
	f := FaultBlank.At(t.layout.at(p.ledger.row, t.layout.column(lacks)))
	if f.Place.Column == "" {
		f.Place.Column = lacks
	}
	t.faults.Add(f)
	p.ledger.bad = true
}

func (p *Parser) unknown(t *table, no string) {
	t.faults.Add(FaultNoContract.At(t.layout.at(t.row, t.layout.key)).Set("contract", no))
}

func (p *Parser) checkOrder(t *table, column string, from, to day.Date) {
	if to != day.None && from > to {
		t.faults.Add(FaultReversed.At(t.layout.at(t.row, t.layout.column(column))).Set("from", from).Set("to", to))
	}
}

// ending looks at what no contract of the batch took: behind the last contract it belongs to none, before that the file is
// out of order.
func (p *Parser) ending(b Batch) (unsorted []Kind) {
	if p.contracts.broken {
		return []Kind{Contracts}
	}
	if !leave(p.ledger, p.held.ledger, p.held.ledgerKey, b.last, p.unknown) {
		unsorted = append(unsorted, Ledger)
	}
	if p.notes != nil && !leave(p.notes, p.held.notes, p.held.notesKey, b.last, p.unknown) {
		unsorted = append(unsorted, Notes)
	}
	if p.fees != nil && !leave(p.fees, p.held.fees, p.held.feesKey, b.last, p.unknown) {
		unsorted = append(unsorted, Fees)
	}
	return unsorted
}

// leave reports the lines that are left when the contracts are through; it is false when the file is out of order.
func leave[T any](ls *lines[T], held bool, last string, atEnd bool, unknown func(*table, string)) bool {
	for held {
		key := ls.order()
		if !atEnd || key < last {
			return false
		}
		unknown(ls.table, ls.key(&ls.x))
		last, held = key, ls.next()
	}
	return !ls.broken
}
