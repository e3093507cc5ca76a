package bankfile

import (
	"slices"
	"strings"

	"ganlan/day"
	"ganlan/fault"
	"ganlan/household"
	"ganlan/money"
)

// Approval is a cap that may be exceeded, with its reason.
type Approval struct {
	Household, Reason string
	Money             money.Fen
	Row               int
}

// ReadList reads a name list whole. Overlapping intervals refuse it.
func (f *File) ReadList() (*household.List, fault.List) {
	var b household.Builder
	begin := func() { b = household.Builder{} }
	faults := readWhole(f, listSetters, func(x *listLine) string { return x.no }, listLine{from: day.None, to: day.None}, begin, func(ls *lines[listLine]) {
		x := ls.x
		if len(x.no) > household.MostNumber {
			ls.faults.Add(FaultTooLong.At(ls.layout.at(ls.row, ls.layout.key)).Set("most", household.MostNumber))
			return
		}
		if x.to != day.None && x.to < x.from {
			ls.faults.Add(FaultReversed.At(ls.layout.at(ls.row, ls.layout.column("valid_to"))).Set("from", x.from).Set("to", x.to))
			return
		}
		b.Add(household.Interval{Household: x.no, Span: day.Through(x.from, x.to), Row: ls.row})
	})
	list, overlaps := b.List()
	if list.Households() == 0 && faults.Err() == nil {
		faults.Add(FaultEmpty.At(f.Layout.at(0, -1)))
	}
	for _, o := range overlaps {
		faults.Add(FaultOverlap.At(f.Layout.at(o.Second.Row, f.Layout.key)).Set("household", o.Second.Household).
			Set("first", o.First.Span).Set("second", o.Second.Span).Set("row", f.Layout.rowName(o.First.Row)))
	}
	return list, faults
}

// ReadHistory reads what households were paid before.
func (f *File) ReadHistory() (map[string][]household.Paid, fault.List) {
	out := map[string][]household.Paid{}
	begin := func() { clear(out) }
	faults := readWhole(f, historySetters, func(x *household.Paid) string { return x.Household }, household.Paid{}, begin, func(ls *lines[household.Paid]) {
		x := ls.x
		x.Row, x.Household, x.Scheme = ls.row, strings.Clone(x.Household), strings.Clone(x.Scheme)
		out[x.Household] = append(out[x.Household], x)
	})
	return out, faults
}

var approvalSetters = map[string]setter[Approval]{
	"household_no": func(x *Approval, c *cell) { x.Household = c.word() },
	"money":        func(x *Approval, c *cell) { x.Money = c.above0() },
	"reason": func(x *Approval, c *cell) {
		if c.need() {
			x.Reason = c.word()
		}
	},
}

// ReadApprovals reads the approved exceedances.
func (f *File) ReadApprovals() (map[string][]Approval, fault.List) {
	out := map[string][]Approval{}
	begin := func() { clear(out) }
	faults := readWhole(f, approvalSetters, func(x *Approval) string { return x.Household }, Approval{}, begin, func(ls *lines[Approval]) {
		x := ls.x
		x.Row, x.Household, x.Reason = ls.row, strings.Clone(x.Household), strings.Clone(x.Reason)
		out[x.Household] = append(out[x.Household], x)
	})
	return out, faults
}

// readWhole reads a file block by block, in its own order; when a line cannot be read alone it is sorted first, and what
// was taken is forgotten by begin.
func readWhole[T any](f *File, setters map[string]setter[T], key func(*T) string, zero T, begin func(), take func(*lines[T])) fault.List {
	for {
		begin()
		ls := newLines(f.profile, f.Layout, setters, key, zero)
		err := readBlocks(f, ls, take)
		if err != nil {
			return f.inFile(err)
		}
		if ls.broken && !f.sorted {
			f.Sort()
			continue
		}
		faults := ls.faults
		faults = append(faults, f.checkTotals(ls.sums, ls.stated)...)
		return faults
	}
}

func readBlocks[T any](f *File, ls *lines[T], take func(*lines[T])) error {
	feed, err := f.feed()
	if err != nil {
		return err
	}
	for {
		b, ok, err := feed.some(1 << 20)
		if err != nil || !ok {
			return err
		}
		ls.begin(b)
		for ls.next() {
			take(ls)
		}
		if ls.broken {
			return nil
		}
	}
}

// Sums is what a parser added up, to be held against the totals that the file states itself.
type Sums struct {
	sums   map[Kind][]int64
	stated map[Kind][]statedTotal
	rows   map[Kind]int
}

// AddTo adds what the parser read to the sums of the whole run.
func (p *Parser) AddTo(s *Sums) {
	if s.sums == nil {
		s.sums, s.stated, s.rows = map[Kind][]int64{}, map[Kind][]statedTotal{}, map[Kind]int{}
	}
	p.tables(func(t *table) {
		k := t.layout.Kind
		if s.sums[k] == nil {
			s.sums[k] = make([]int64, len(t.sums))
		}
		for i, n := range t.sums {
			s.sums[k][i] += n
		}
		s.stated[k] = append(s.stated[k], t.stated...)
		s.rows[k] += t.rows
	})
}

// CheckTotals refuses files whose own totals differ from the sum of their rows, and contracts or a ledger without any row.
func (fs *Files) CheckTotals(s *Sums) (faults fault.List) {
	for _, f := range []*File{fs.Contracts, fs.Ledger} {
		if s.rows[f.Layout.Kind] == 0 {
			faults.Add(FaultEmpty.At(f.Layout.at(0, -1)))
		}
	}
	fs.each(func(f *File) {
		faults = append(faults, f.checkTotals(s.sums[f.Layout.Kind], s.stated[f.Layout.Kind])...)
	})
	return faults
}

// checkTotals holds the totals that the file states against the sums; each of several sheets has its own.
func (f *File) checkTotals(sums []int64, stated []statedTotal) (faults fault.List) {
	width := len(f.Layout.Keys)
	for sheet := range max(1, len(f.Layout.Sheets)) {
		var of []statedTotal
		for _, x := range stated {
			if len(f.Layout.Sheets) == 0 || x.row/rowsOfSheet == sheet {
				of = append(of, x)
			}
		}
		slices.SortFunc(of, func(a, b statedTotal) int { return a.row - b.row })
		for column, key := range f.Layout.Keys {
			if summed[key] && len(sums) > 0 {
				faults.Add(f.checkTotal(column, sums[sheet*width+column], of))
			}
		}
	}
	return faults
}

// checkTotal holds the last total of a column against its sum. Subtotals may be of parts: without a total they must add up to
// the sum together, or the last one be it.
func (f *File) checkTotal(column int, sum int64, stated []statedTotal) *fault.Fault {
	var last *statedTotal
	parts, readable := int64(0), true
	for i, x := range stated {
		if at(x.cells, column) == "" || x.part && last != nil && !last.part {
			continue
		}
		last = &stated[i]
		n, err := readMoney(x.cells[column], f.Layout.unitOf(column))
		if err != nil {
			readable = false
			continue
		}
		parts, err = money.AddInt(parts, int64(n))
		readable = readable && err == nil
	}
	if last == nil || readable && last.part && parts == sum {
		return nil
	}
	n, err := readMoney(last.cells[column], f.Layout.unitOf(column))
	if err == nil && int64(n) == sum {
		return nil
	}
	return FaultTotal.At(f.Layout.at(last.row, column)).Set("title", f.Layout.Titles[column]).Set("stated", last.cells[column]).Set("sum", money.Fen(sum))
}
