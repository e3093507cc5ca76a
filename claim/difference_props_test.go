package claim

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"ganlan/day"
	"ganlan/loan"
	"ganlan/money"
	"ganlan/subsidy"
)

// anyLoan is a contract with a ledger that holds together: some draws, some repayments, sometimes due within the year,
// sometimes listed for a part of it only.
func anyLoan(t *rapid.T) *subsidy.Facts {
	start := on("2024-06-01") + day.Date(rapid.IntRange(0, 500).Draw(t, "start"))
	f := lent()
	c := &f.Contract
	c.Start, c.End = start, start.AddMonths(rapid.IntRange(3, 30).Draw(t, "months"))
	c.Rate = money.NewRate(int64(rapid.IntRange(120, 450).Draw(t, "rate")), 10000)
	c.Amount = 1_000_000 * money.Yuan
	if rapid.Bool().Draw(t, "left the list") {
		f.Listed[0].Until = start + day.Date(rapid.IntRange(1, 300).Draw(t, "until"))
	}
	var owed money.Fen
	d := start
	for range rapid.IntRange(1, 6).Draw(t, "lines") {
		d += day.Date(rapid.IntRange(0, 60).Draw(t, "wait"))
		if owed > 0 && rapid.Bool().Draw(t, "repays") {
			n := min(owed, money.Fen(rapid.IntRange(1, 5_000_000).Draw(t, "repaid")))
			owed -= n
			f.Entries = append(f.Entries, loan.Entry{Kind: loan.Repayment, Date: d, Amount: n, NewEnd: day.None})
			continue
		}
		n := money.Fen(rapid.IntRange(100_000, 9_000_000).Draw(t, "drawn"))
		owed += n
		f.Entries = append(f.Entries, loan.Entry{Kind: loan.Drawdown, Date: d, Amount: n, NewEnd: day.None})
	}
	return f
}

func clone(f *subsidy.Facts) *subsidy.Facts {
	g := *f
	g.Entries = slices.Clone(f.Entries)
	return &g
}

// sums runs the engine itself, not the explanation that the inquiry works on.
func sums(t *rapid.T, p *subsidy.Plan, f *subsidy.Facts) figures {
	rows, err := subsidy.NewEngine(p).Group([]*subsidy.Facts{clone(f)}, nil)
	if err != nil {
		t.Fatal(err)
	}
	var out figures
	for i := range rows {
		out.days += rows[i].BalanceDays
		out.amount += rows[i].Amount
	}
	return out
}

// A bank that follows another reading is found out: the reading is named, alone or beside others that give the same figures.
func TestABankThatReadsTheSchemeOtherwiseIsFoundOut(t *testing.T) {
	q := inquiryOf(t, gongfu, 2025, nil)
	rapid.Check(t, func(t *rapid.T) {
		f := anyLoan(t)
		a := rapid.SampledFrom(q.tried).Draw(t, "reading")
		theirs := clone(f)
		if a.facts != nil && !a.facts(theirs) {
			return // it does not apply
		}
		ours, bank := sums(t, q.plan, f), sums(t, a.plan, theirs)
		if ours == bank {
			return
		}
		f.Contract.BankCumulative, f.Contract.BankSubsidy = loan.Give(bank.days), loan.Give(bank.amount)
		got, err := q.Examine([]*subsidy.Facts{f}, "HT01")
		if err != nil {
			t.Fatal(err)
		}
		if !slices.ContainsFunc(got.Readings, func(rs []Reading) bool { return len(rs) == 1 && rs[0] == a.Reading }) {
			t.Errorf("%q is not among %v", a.Bank.Zh, got.Readings)
		}
		if got.Amount.Value != ours.amount || got.Days.Value != ours.days {
			t.Errorf("ours are %v, want %v", got, ours)
		}
	})
}

// Days cut off and counted again make the whole, so that any day can be asked for.
func TestAnAccountCutAtAnyDayAddsUpToTheWhole(t *testing.T) {
	q := inquiryOf(t, gongfu, 2025, nil)
	rapid.Check(t, func(t *rapid.T) {
		a, err := accountOf(q.plan, []*subsidy.Facts{anyLoan(t)}, "HT01")
		if err != nil {
			t.Fatal(err)
		}
		cut := q.plan.Span.From + day.Date(rapid.IntRange(0, 365).Draw(t, "cut"))
		head, tail := a.within(day.Span{From: day.None + 1, Until: cut}), a.within(day.Span{From: cut, Until: day.Open})
		if head.days+tail.days != a.days {
			t.Errorf("%d + %d fen-days are not %d", head.days, tail.days, a.days)
		}
		if off := head.amount + tail.amount - a.amount; off < -1 || off > 1 {
			t.Errorf("%d + %d fen are not %d", head.amount, tail.amount, a.amount)
		}
		if whole := a.again(func(*subsidy.Piece) bool { return true }); whole.figures != a.figures {
			t.Errorf("reckoned again: %v, want %v", whole.figures, a.figures)
		}
	})
}
