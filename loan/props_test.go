package loan

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"ganlan/day"
	"ganlan/money"
)

// randomEntry is a line of a ledger, which may be one that cannot be.
func randomEntry(t *rapid.T, d day.Date, row int) Entry {
	e := Entry{Date: d, NewEnd: day.None, Row: row, Note: rapid.SampledFrom([]string{"", "N1", "N2", "N3"}).Draw(t, "note")}
	switch kind := rapid.IntRange(0, 9).Draw(t, "kind"); {
	case kind < 4:
		e.Kind, e.Amount = Drawdown, money.Yuan*money.Fen(rapid.IntRange(1, 50).Draw(t, "amount"))
	case kind < 7:
		e.Kind, e.Amount = Repayment, money.Yuan*money.Fen(rapid.IntRange(1, 40).Draw(t, "amount"))
	case kind == 7:
		e.Kind, e.Amount = Overdue, money.Yuan*money.Fen(rapid.SampledFrom([]int{0, 0, 7}).Draw(t, "late"))
	default:
		e.Kind, e.NewEnd = Deferral, d+day.Date(rapid.IntRange(1, 200).Draw(t, "more"))
		e.Amount = money.Yuan * money.Fen(rapid.SampledFrom([]int{0, 0, 11}).Draw(t, "part"))
	}
	return e
}

// randomLedger is a ledger of a few months. Lines that would be refused are left out.
func randomLedger(t *rapid.T) (c *Contract, out []Entry) {
	d := day.Of(2024, 1, 1)
	c = &Contract{No: "C1", Start: d, End: d + day.Date(rapid.IntRange(30, 300).Draw(t, "due")), Amount: 1 << 60}
	for row := range rapid.IntRange(1, 16).Draw(t, "entries") {
		d += day.Date(rapid.SampledFrom([]int{0, 0, 1, 7, 30}).Draw(t, "gap"))
		var b Book
		longer := append(slices.Clone(out), randomEntry(t, d, row+2))
		if b.Follow(c, slices.Clone(longer), nil, nil) == nil {
			out = longer
		}
	}
	return c, out
}

// signed is what the signed amounts leave at the end of a day.
func signed(es []Entry, d day.Date) (sum money.Fen) {
	for _, e := range es {
		switch {
		case e.Date > d:
		case e.Kind == Drawdown:
			sum += e.Amount
		case e.Kind == Repayment:
			sum -= e.Amount
		}
	}
	return sum
}

func TestTheLotsTogetherOweWhatTheSignedAmountsLeaveOnEveryDay(t *testing.T) {
	for name, join := range map[string]func(day.Date, day.Date) bool{
		"kept apart": nil, "joined": func(day.Date, day.Date) bool { return true },
		"joined within a month": func(a, b day.Date) bool { return b-a < 30 },
	} {
		t.Run(name, rapid.MakeCheck(func(t *rapid.T) {
			c, entries := randomLedger(t)
			var b Book
			if f := b.Follow(c, slices.Clone(entries), nil, join); f != nil {
				t.Fatal(f)
			}
			for d := c.Start - 1; d < c.Start+700; d++ {
				if got, want := owedOn(b.Lots, d), signed(entries, d); got != want {
					t.Fatalf("%s: lots owe %d, the ledger leaves %d\n%s", d, got, want, show(b.Lots))
				}
			}
			for i := range b.Lots {
				for j, s := range b.Lots[i].Steps {
					if s.Good < 0 || s.Late < 0 || j > 0 && s.From <= b.Lots[i].Steps[j-1].From {
						t.Fatalf("steps out of order or below nothing: %s", show(b.Lots))
					}
				}
			}
		}))
	}
}

func TestTheOrderOfRowsInTheFileDoesNotMatter(t *testing.T) {
	for name, join := range map[string]func(day.Date, day.Date) bool{
		"kept apart": nil, "joined": func(day.Date, day.Date) bool { return true },
	} {
		t.Run(name, rapid.MakeCheck(func(t *rapid.T) {
			c, entries := randomLedger(t)
			var b, again Book
			f := b.Follow(c, slices.Clone(entries), nil, join)
			other := rapid.Permutation(entries).Draw(t, "order")
			g := again.Follow(c, slices.Clone(other), nil, join)
			if (f == nil) != (g == nil) {
				t.Fatalf("one order is refused, the other is not: %v, %v", f, g)
			}
			if f == nil && show(b.Lots) != show(again.Lots) {
				t.Fatalf("\n%s\n%s", show(b.Lots), show(again.Lots))
			}
		}))
	}
}

func TestARepaymentAboveTheBalanceIsRefusedWithItsRow(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, entries := randomLedger(t)
		var b Book
		if f := b.Follow(c, slices.Clone(entries), nil, nil); f != nil {
			t.Fatal(f)
		}
		last := day.Of(2027, 1, 1)
		tooMuch := Entry{Date: last, Kind: Repayment, Amount: signed(entries, last) + 1, Row: 999, NewEnd: day.None}
		f := b.Follow(c, append(slices.Clone(entries), tooMuch), nil, nil)
		if f == nil || f.Def != FaultAboveBalance || f.Place.Row != 999 {
			t.Fatalf("got %v", f)
		}
	})
}

func TestALotIsClosedFromTheDayOnWhichNothingIsOwed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, entries := randomLedger(t)
		var b Book
		if f := b.Follow(c, entries, nil, nil); f != nil {
			t.Fatal(f)
		}
		for i := range b.Lots {
			l := &b.Lots[i]
			if d := l.Closed(); d == day.None && l.Owed(day.Open-1) == 0 || d != day.None && (l.Owed(d) != 0 || l.Owed(day.Open-1) != 0) {
				t.Fatalf("closed %s: %s", d, show(b.Lots))
			}
		}
	})
}
