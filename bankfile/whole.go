package bankfile

import (
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
	faults := f.readIntervals(func() { b = household.Builder{} }, func(x household.Interval) { b.Add(x) })
	list, overlaps := b.List()
	if n, row := b.Repeated(); n > 0 {
		faults.Add(FaultListRepeated.At(f.Layout.at(row, f.Layout.key)).Set("n", n))
	}
	if list.Households() == 0 && faults.Err() == nil {
		faults.Add(FaultEmpty.At(f.Layout.at(0, -1)))
	}
	for _, o := range overlaps {
		faults.Add(FaultOverlap.At(f.Layout.at(o.Second.Row, f.Layout.key)).Set("household", o.Second.Household).
			Set("first", o.First.Span).Set("second", o.Second.Span).Set("row", f.Layout.rowName(o.First.Row)))
	}
	return list, faults
}

// ReadIntervals reads the lines of a name list with their rows, in the order of the file. What ReadList refuses is not refused
// again.
func (f *File) ReadIntervals() (out []household.Interval) {
	f.readIntervals(func() { out = out[:0] }, func(x household.Interval) {
		x.Household = strings.Clone(x.Household)
		out = append(out, x)
	})
	return out
}

// readIntervals gives the lines of a name list; begin is called where it begins, again when the file had to be sorted first.
func (f *File) readIntervals(begin func(), take func(household.Interval)) fault.List {
	return readWhole(f, listSetters, func(x *listLine) string { return x.no }, listLine{from: day.None, to: day.None}, begin, func(ls *lines[listLine]) {
		x := ls.x
		if len(x.no) > household.MostNumber {
			ls.faults.Add(FaultTooLong.At(ls.layout.at(ls.row, ls.layout.key)).Set("most", household.MostNumber))
			return
		}
		if x.to != day.None && x.to < x.from {
			ls.faults.Add(FaultReversed.At(ls.layout.at(ls.row, ls.layout.column("valid_to"))).Set("from", x.from).Set("to", x.to))
			return
		}
		take(household.Interval{Household: x.no, Span: day.Through(x.from, x.to), Row: ls.row})
	})
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
		faults = append(faults, f.checkTotals(ls.sums, ls.rows, ls.stated)...)
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
