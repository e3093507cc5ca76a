package loan

import (
	"ganlan/day"
	"ganlan/money"
)

// repay settles the overdue part first, then the draws in order; a named note only its own.
func (b *Book) repay(e *Entry) {
	left := e.Amount
	owed := b.owedOn(e.Note)
	if left > owed {
		if e.Note != "" && !b.has(e.Note) {
			b.refuse(FaultNoSuchNote, e).Set("note", e.Note)
			return
		}
		b.refuse(FaultAboveBalance, e).Set("owed", owed)
		return
	}
	b.owed -= left
	d := later(e.Date, b.Reading.RepayLater)
	b.settle(e.Note, d, &left, func(l *Lot) *money.Fen { return &l.late })
	b.settle(e.Note, d, &left, func(l *Lot) *money.Fen { return &l.good })
}

func (b *Book) settle(note string, d day.Date, left *money.Fen, part func(*Lot) *money.Fen) {
	for i := range b.Lots {
		l := &b.Lots[i]
		if b.Reading.NewestFirst {
			l = &b.Lots[len(b.Lots)-1-i]
		}
		p := part(l)
		if *left == 0 || *p == 0 || note != "" && l.Note != note {
			continue
		}
		n := min(*left, *p)
		*p -= n
		*left -= n
		l.mark(d)
	}
}

func (b *Book) owedOn(note string) money.Fen {
	if note == "" {
		return b.owed
	}
	sum := money.Fen(0)
	for i := range b.Lots {
		if b.Lots[i].Note == note {
			sum += b.Lots[i].good + b.Lots[i].late
		}
	}
	return sum
}

func (b *Book) has(note string) bool {
	for i := range b.Lots {
		if b.Lots[i].Note == note {
			return true
		}
	}
	return false
}

// late moves what the bank reports as overdue, all or a part, in the order in which repayments settle.
func (b *Book) late(e *Entry) {
	left := e.Amount
	for i := range b.Lots {
		l := &b.Lots[i]
		if e.Note != "" && l.Note != e.Note || l.good == 0 || e.Amount > 0 && left == 0 {
			continue
		}
		n := l.good
		if e.Amount > 0 {
			n = min(n, left)
			left -= n
		}
		l.good -= n
		l.late += n
		l.mark(later(e.Date, b.Reading.RepayLater))
	}
	b.checkAll(e, left)
}

func (b *Book) checkAll(e *Entry, left money.Fen) {
	switch {
	case e.Note != "" && !b.has(e.Note):
		b.refuse(FaultNoSuchNote, e).Set("note", e.Note)
	case left > 0:
		b.refuse(FaultTooMuch, e).Set("owed", e.Amount-left)
	}
}

// postpone moves the due day of what is deferred; a part of a lot becomes a lot of its own. What was overdue is owed in
// good order again until the new due day.
func (b *Book) postpone(e *Entry) {
	if e.NewEnd == day.None || e.NewEnd <= e.Date {
		b.refuse(FaultNewEnd, e).Set("new_end", e.NewEnd)
		return
	}
	if e.Note == "" && e.Amount == 0 {
		b.end = max(b.end, e.NewEnd)
	}
	if b.Reading.FirstDue {
		return
	}
	left := e.Amount
	for i := 0; i < len(b.Lots); i++ {
		l := &b.Lots[i]
		owed := l.good + l.late
		if e.Note != "" && l.Note != e.Note || owed == 0 || e.Amount > 0 && left == 0 {
			continue
		}
		if e.Amount > 0 {
			n := min(owed, left)
			left -= n
			if n < owed {
				b.part(i, n, e)
				i++
				continue
			}
		}
		b.revive(&b.Lots[i], e)
	}
	b.checkAll(e, left)
}

func (b *Book) revive(l *Lot, e *Entry) {
	l.Due = e.NewEnd
	if l.late > 0 {
		l.good += l.late
		l.late = 0
		l.mark(e.Date)
	}
}

// part cuts n off a lot and gives it the new due day. The part stands behind the lot it came from.
func (b *Book) part(i int, n money.Fen, e *Entry) {
	l := &b.Lots[i]
	late := min(l.late, n)
	l.late -= late
	l.good -= n - late
	l.Amount -= n
	l.takeDraws(n)
	l.mark(e.Date)
	cut := Lot{Note: l.Note, Drawn: l.Drawn, Due: e.NewEnd, FirstDue: l.FirstDue, Amount: n, good: n, Draws: []Draw{{l.Drawn, n}}}
	cut.mark(e.Date)
	b.Lots = append(b.Lots, Lot{})
	copy(b.Lots[i+2:], b.Lots[i+1:])
	b.Lots[i+1] = cut
}

// takeDraws lowers what the lot's last draws amount to, since a part of them goes its own way.
func (l *Lot) takeDraws(n money.Fen) {
	for i := len(l.Draws) - 1; i >= 0 && n > 0; i-- {
		take := min(n, l.Draws[i].Amount)
		l.Draws[i].Amount -= take
		n -= take
	}
}
