package loan

import (
	"cmp"
	"slices"
	"strconv"

	"ganlan/day"
	"ganlan/fault"
	"ganlan/money"
)

// Step is what is owed from a day until the next step, at the end of each day: Good is not overdue, Late is.
type Step struct {
	From       day.Date
	Good, Late money.Fen
}

// Lot is money that is treated alike: one note, or several draws that the caller joined. Its steps begin with the first
// day on which something is owed.
type Lot struct {
	Note     string // note number; empty for joined draws
	Drawn    day.Date
	Due      day.Date // as it stands after the last deferral or extension
	FirstDue day.Date
	Amount   money.Fen // all that was drawn
	Draws    []Draw    // in the order of their days
	Steps    []Step

	good, late money.Fen
}

// Draw is one draw of a lot.
type Draw struct {
	Date   day.Date
	Amount money.Fen
}

// Owed is what is owed at the end of a day.
func (l *Lot) Owed(d day.Date) money.Fen {
	i, found := slices.BinarySearchFunc(l.Steps, d, func(s Step, d day.Date) int { return int(s.From) - int(d) })
	if !found {
		i--
	}
	if i < 0 {
		return 0
	}
	return l.Steps[i].Good + l.Steps[i].Late
}

// Closed is the day from which nothing is owed any more, as far as the ledger goes; None while something is.
func (l *Lot) Closed() day.Date {
	if n := len(l.Steps); n > 0 && l.Steps[n-1].Good == 0 && l.Steps[n-1].Late == 0 {
		return l.Steps[n-1].From
	}
	return day.None
}

// Reading says how a ledger is read where the documents leave it open.
type Reading struct {
	NewestFirst bool // an unnamed repayment settles the newest draw first, not the oldest (OP-37)
	DrawLater   bool // the day of a draw does not count
	RepayLater  bool // the day of a repayment or of maturity counts
	FirstDue    bool // deferral and extension do not move the due day
}

// Book follows one contract after the other and keeps its memory between them. The zero Book is ready.
type Book struct {
	Reading Reading
	Lots    []Lot
	Warned  fault.List

	c     *Contract
	end   day.Date // the contract's due day as it stands
	owed  money.Fen
	notes []Note
	fault *fault.Fault

	unnamed int // draws without a note so far
}

// Follow reads the ledger (in the order of the file) and fills Lots, in the order in which repayments settle them. join
// says whether a draw may share a lot with the draw before it; nil keeps every draw apart and numbers those without a
// note D1, D2 …. The first refusal ends the contract.
func (b *Book) Follow(c *Contract, entries []Entry, notes []Note, join func(before, next day.Date) bool) *fault.Fault {
	b.reset(c, notes)
	if !ordered(entries) {
		slices.SortStableFunc(entries, inDay)
	}
	if len(notes) > 0 {
		entries = b.drawUnbooked(entries)
	}
	for i := range entries {
		e := &entries[i]
		b.age(e.Date, e.Kind)
		if b.take(e, join); b.fault != nil {
			if b.fault.Place.Row == 0 {
				b.fault.Place.Row = e.Row
			}
			return b.fault
		}
	}
	b.age(day.Open, Drawdown)
	return nil
}

// inDay is the order in which entries act. It leaves no tie that matters to the order of the rows in the file.
func inDay(a, b Entry) int {
	return cmp.Or(cmp.Compare(a.Date, b.Date), cmp.Compare(order(a.Kind), order(b.Kind)), tie(&a, &b))
}

// order is the place of a kind within its day: deferral and extension stand together.
func order(k Kind) int {
	if k == Extension {
		return int(Deferral)
	}
	return int(k)
}

// tie is the order of one kind within a day: draws by note number, other lines with those that name a note first, since
// one that names none takes what is left; a new due day before a later one, a part before all.
func tie(a, b *Entry) int {
	if a.Kind == Drawdown {
		return cmp.Or(cmp.Compare(a.Note, b.Note), cmp.Compare(a.Amount, b.Amount))
	}
	return cmp.Or(last(a.Note == "", b.Note == ""), cmp.Compare(a.Note, b.Note), cmp.Compare(a.NewEnd, b.NewEnd),
		last(a.Amount == 0, b.Amount == 0), cmp.Compare(a.Amount, b.Amount))
}

// last puts what is true behind what is not.
func last(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

func ordered(es []Entry) bool {
	for i := 1; i < len(es); i++ {
		if p, e := &es[i-1], &es[i]; e.Date < p.Date || e.Date == p.Date && inDay(*p, *e) > 0 {
			return false
		}
	}
	return true
}

func (b *Book) reset(c *Contract, notes []Note) {
	b.c, b.end, b.notes, b.fault, b.owed, b.unnamed = c, c.End, notes, nil, 0, 0
	b.Lots, b.Warned = b.Lots[:0], b.Warned[:0]
}

func (b *Book) take(e *Entry, join func(before, next day.Date) bool) {
	switch e.Kind {
	case Drawdown:
		b.draw(e, join)
	case Repayment:
		b.repay(e)
	case Overdue:
		b.late(e)
	default:
		b.postpone(e)
	}
}

// drawUnbooked adds the draw of each registered note that the ledger does not draw, and gives draws without a note the
// registered note of the same day and amount.
func (b *Book) drawUnbooked(entries []Entry) []Entry {
	drawn := map[string]money.Fen{}
	for _, e := range entries {
		if e.Kind == Drawdown && e.Note != "" {
			drawn[e.Note] += e.Amount
		}
	}
	for i := range entries {
		if e := &entries[i]; e.Kind == Drawdown && e.Note == "" {
			for _, n := range b.notes {
				if _, taken := drawn[n.No]; !taken && n.Start == e.Date && n.Amount == e.Amount {
					e.Note, drawn[n.No] = n.No, e.Amount
					break
				}
			}
		}
	}
	for _, n := range b.notes {
		sum, ok := drawn[n.No]
		switch {
		case !ok:
			entries = append(entries, Entry{Note: n.No, Amount: n.Amount, Date: n.Start, Kind: Drawdown, Row: n.Row})
			b.warn(FaultNoteFromRegister, n.Row).Set("note", n.No)
		case sum != n.Amount:
			b.warn(FaultNoteDiffers, n.Row).Set("note", n.No).Set("amount", n.Amount).Set("drawn", sum)
		}
	}
	slices.SortStableFunc(entries, inDay)
	return entries
}

func (b *Book) warn(d *fault.Def, row int) *fault.Fault {
	f := d.At(fault.Place{Row: row}).Set("contract", b.c.No)
	b.Warned.Add(f)
	return f
}

func (b *Book) refuse(d *fault.Def, e *Entry) *fault.Fault {
	b.fault = d.At(fault.Place{Row: e.Row}).Set("contract", b.c.No).Set("date", e.Date).Set("amount", e.Amount)
	return b.fault
}

func (b *Book) draw(e *Entry, join func(before, next day.Date) bool) {
	sum, err := money.Add(b.owed, e.Amount)
	if err != nil {
		b.overflow(err)
		return
	}
	b.owed = sum
	if b.owed > b.c.Amount {
		b.warn(FaultAboveContract, e.Row).Set("date", e.Date).Set("owed", b.owed).Set("amount", b.c.Amount)
	}
	if e.Date < b.c.Start {
		b.warn(FaultBeforeStart, e.Row).Set("date", e.Date)
	}
	l := b.lotFor(e, join)
	if l.Amount, err = money.Add(l.Amount, e.Amount); err != nil {
		b.overflow(err)
		return
	}
	l.good += e.Amount
	l.Draws = append(l.Draws, Draw{e.Date, e.Amount})
	l.mark(later(e.Date, b.Reading.DrawLater))
}

// overflow is a fault of the contract as a whole: no single row is to blame.
func (b *Book) overflow(err error) {
	b.fault = fault.From(err)[0].Set("contract", b.c.No)
	b.fault.Place.Row = b.c.Row
}

// lotFor finds the lot that a draw belongs to: its note's, the last one when the caller joins them, or a new one.
func (b *Book) lotFor(e *Entry, join func(before, next day.Date) bool) *Lot {
	if e.Note != "" {
		for i := range b.Lots {
			if b.Lots[i].Note == e.Note {
				return &b.Lots[i]
			}
		}
	} else if n := len(b.Lots); join != nil && n > 0 && b.Lots[n-1].Note == "" && b.Lots[n-1].Due == b.end &&
		join(b.Lots[n-1].Drawn, e.Date) {
		return &b.Lots[n-1]
	}
	name := e.Note
	if name == "" && join == nil {
		b.unnamed++
		name = "D" + strconv.Itoa(b.unnamed)
	}
	return b.newLot(name, b.noteDates(e))
}

// noteDates is the life of a draw: its registered note's, else from its day to the contract's due day.
func (b *Book) noteDates(e *Entry) day.Span {
	for _, n := range b.notes {
		if n.No == e.Note {
			return day.Span{From: n.Start, Until: n.End}
		}
	}
	return day.Span{From: e.Date, Until: b.end}
}

func (b *Book) newLot(note string, life day.Span) *Lot {
	l := Lot{Note: note, Drawn: life.From, Due: life.Until, FirstDue: life.Until}
	if n := len(b.Lots); n < cap(b.Lots) { // the steps of an earlier contract lend their memory
		old := &b.Lots[:n+1][n]
		l.Steps, l.Draws = old.Steps[:0], old.Draws[:0]
	}
	b.Lots = append(b.Lots, l)
	return &b.Lots[len(b.Lots)-1]
}

func later(d day.Date, yes bool) day.Date {
	if yes {
		return d + 1
	}
	return d
}

// mark writes what is owed now as the state from a day on. Days never run backwards within a lot.
func (l *Lot) mark(d day.Date) {
	if n := len(l.Steps); n > 0 && d <= l.Steps[n-1].From {
		l.Steps[n-1].Good, l.Steps[n-1].Late = l.good, l.late
		return
	}
	l.Steps = append(l.Steps, Step{d, l.good, l.late})
}

// age lets lots fall due up to a day. On the day itself draws and deferrals come before, overdue and repayments after.
func (b *Book) age(d day.Date, k Kind) {
	for i := range b.Lots {
		l := &b.Lots[i]
		if l.good > 0 && (l.Due < d || l.Due == d && k >= Overdue) {
			l.late += l.good
			l.good = 0
			l.mark(later(l.Due, b.Reading.RepayLater))
		}
	}
}
