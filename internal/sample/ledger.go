package sample

import (
	"slices"

	"ganlan/day"
	"ganlan/money"
)

// Entry is one booking. Amount is positive; Kind says which way the balance goes.
type Entry struct {
	Date   day.Date
	Kind   Kind
	Amount money.Fen
}

// Kind is what was booked, in the key of the files.
type Kind string

// The kinds of entry.
const (
	Draw  Kind = "drawdown"
	Repay Kind = "repayment"
)

var (
	yearStart = day.YearStart(Year)
	yearEnd   = day.YearStart(Year+1) - 1
)

// signed is what the entry adds to the balance.
func (e Entry) signed() money.Fen {
	if e.Kind == Draw {
		return e.Amount
	}
	return -e.Amount
}

// balanceAt is what is owed at the end of a day.
func balanceAt(ledger []Entry, d day.Date) (owed money.Fen) {
	for _, e := range ledger {
		if e.Date <= d {
			owed += e.signed()
		}
	}
	return owed
}

// revolve draws and repays within the line until the contract or the export ends. One contract in a hundred is never
// used, six in a hundred are not paid back in time if something is owed.
func revolve(s *stream, x Contract) []Entry {
	late := s.percent(6)
	if s.percent(1) {
		return nil
	}
	b := book{line: x.Amount}
	for _, d := range bookingDays(s, x) {
		b.move(s, d)
	}
	b.finish(s, x.End, late)
	return b.entries
}

// bookingDays are five to fifteen days between the first draw and the last day before maturity, in order.
func bookingDays(s *stream, x Contract) []day.Date {
	first := min(x.Start+day.Date(s.below(31)), yearEnd)
	last := min(x.End, Export) - 1
	days := []day.Date{first}
	for range s.between(4, 14) {
		days = append(days, first+day.Date(s.below(int(last-first)+1)))
	}
	slices.Sort(days)
	return days
}

// book is a ledger being written.
type book struct {
	line, owed money.Fen
	entries    []Entry
}

func (b *book) add(d day.Date, k Kind, amount money.Fen) {
	e := Entry{d, k, amount}
	b.entries = append(b.entries, e)
	b.owed += e.signed()
}

// move books a draw or a repayment. A draw never follows a repayment of the same day: draws count first within a day, so
// it could lift the balance above the line for a moment.
func (b *book) move(s *stream, d day.Date) {
	room := int((b.line - b.owed) / (100 * money.Yuan))
	switch {
	case room > 0 && !b.repaidOn(d) && (b.owed == 0 || s.percent(45)):
		b.add(d, Draw, money.Fen(s.between(1, room))*100*money.Yuan)
	case b.owed > 0:
		b.add(d, Repay, part(s, b.owed))
	}
}

func (b *book) repaidOn(d day.Date) bool {
	n := len(b.entries)
	return n > 0 && b.entries[n-1].Date == d && b.entries[n-1].Kind == Repay
}

// part is all of what is owed, or a part: whole hundreds where there are any, else an odd amount.
func part(s *stream, owed money.Fen) money.Fen {
	hundreds := int(owed / (100 * money.Yuan))
	switch k := s.below(100); {
	case k < 35:
		return owed
	case k < 75 && hundreds > 0:
		return money.Fen(s.between(1, hundreds)) * 100 * money.Yuan
	default:
		return money.Fen(s.between(1, int(owed)))
	}
}

// finish pays back what is owed: on the due day, or up to two months later when the borrower is late.
func (b *book) finish(s *stream, due day.Date, late bool) {
	if late {
		due += day.Date(s.between(1, 60))
	}
	if b.owed > 0 && due <= Export {
		b.add(due, Repay, b.owed)
	}
}
