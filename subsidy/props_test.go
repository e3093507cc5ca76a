package subsidy_test

import (
	"math"
	"math/big"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"ganlan/day"
	"ganlan/household"
	"ganlan/loan"
	"ganlan/money"
	"ganlan/subsidy"
)

// capped: at most 500 yuan a household and year, what was paid before counted.
const capped = head + `amount:
  rate: {is: 1.8%, clause: T-2}
  base: {is: daily_balance, clause: T-4}
  year: {is: actual/360, clause: T-4}
  overdue: {is: exclude_days, clause: T-6}
  caps:
    - {money: 500元, per: household, over: scheme_life, clause: T-7}
` + cent + tail

// uncapped is the same without the cap.
const uncapped = head + `amount:
  rate: {is: 1.8%, clause: T-2}
  base: {is: daily_balance, clause: T-4}
  year: {is: actual/360, clause: T-4}
  overdue: {is: exclude_days, clause: T-6}
` + cent + tail

// firstFifty: the first 50,000 of a household count on each day.
const firstFifty = head + `amount:
  rate: {is: 1.8%, clause: T-2}
  base: {is: daily_balance, clause: T-4}
  year: {is: actual/360, clause: T-4}
  overdue: {is: exclude_days, clause: T-6}
  principal:
    - {up_to: 50000元, per: household, clause: T-7}
` + cent + tail

// homes: rounded once for a household, each row divided.
const homes = head + `amount:
  rate: {is: 1.8%, clause: T-2}
  base: {is: daily_balance, clause: T-4}
  year: {is: actual/360, clause: T-4}
  overdue: {is: exclude_days, clause: T-6}
  round: {per: household, to: fen, mode: half_up, clause: T-8}
pay:
  payers: {is: [{who: province, share: 80%}, {who: county, share: 20%}], clause: T-9}
  split: {of: row, rest_to: county, clause: T-9}
`

// draws: rounded for each draw, a row per contract.
const draws = head + `amount:
  rate: {is: 1.8%, clause: T-2}
  base: {is: daily_balance, clause: T-4}
  year: {is: actual/360, clause: T-4}
  overdue: {is: exclude_days, clause: T-6}
  round: {per: drawdown, to: fen, mode: half_up, clause: T-8}
` + tail

// quarters: settled each quarter, each rounded on its own.
const quarters = head + `amount:
  rate: {is: 1.8%, clause: T-2}
  base: {is: daily_balance, clause: T-4}
  year: {is: actual/360, clause: T-4}
  settle: {is: quarter, clause: T-4}
  overdue: {is: exclude_days, clause: T-6}
` + cent + tail

var everyScheme = map[string]string{"limited": limited, "listed": listed, "notes": notes, "capped": capped, "uncapped": uncapped,
	"firstFifty": firstFifty, "homes": homes, "draws": draws, "quarters": quarters}

// plans are all schemes of these tests for 2025, and Dongyang's own.
func plans(t *testing.T) map[string]*subsidy.Plan {
	out := map[string]*subsidy.Plan{"dongyang": dongyang(t, 2025)}
	for name, text := range everyScheme {
		out[name] = plan(t, text, 2025)
	}
	return out
}

// family is one to four contracts of one household.
func family(t *rapid.T) (out []*subsidy.Facts) {
	for _, no := range []string{"C1", "C2", "C3", "C4"}[:rapid.IntRange(1, 4).Draw(t, "contracts")] {
		f := randomContract(t, no)
		if rapid.IntRange(0, 9).Draw(t, "other product") == 0 {
			f.Contract.Product = "别的贷款"
		}
		if len(out) > 0 {
			f.Listed = out[0].Listed
		}
		out = append(out, f)
	}
	return out
}

func calculate(t *rapid.T, p *subsidy.Plan, fs []*subsidy.Facts) []subsidy.Row {
	rows, err := subsidy.NewEngine(p).Group(clone(fs...), nil)
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func explain(t *rapid.T, p *subsidy.Plan, fs []*subsidy.Facts, no string) *subsidy.Explanation {
	x, err := p.Explain(clone(fs...), no)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

func TestThePiecesOfAnExplanationAddUpToTheAmount(t *testing.T) {
	for name, p := range plans(t) {
		t.Run(name, rapid.MakeCheck(func(t *rapid.T) {
			fs := family(t)
			rows := calculate(t, p, fs)
			for _, f := range fs {
				x := explain(t, p, fs, f.Contract.No)
				mine := slices.DeleteFunc(slices.Clone(rows), func(r subsidy.Row) bool { return r.Facts.Contract.No != f.Contract.No })
				if len(x.Rows) != len(mine) {
					t.Fatalf("%d rows explained, %d calculated", len(x.Rows), len(mine))
				}
				for i := range x.Rows {
					explained(t, name, &x.Rows[i], &mine[i])
				}
			}
		}))
	}
}

// explained holds an explanation against the row it explains.
func explained(t *rapid.T, scheme string, w *subsidy.RowWhy, r *subsidy.Row) {
	sum, days := new(big.Rat), int64(0)
	for _, x := range w.Pieces {
		sum.Add(sum, x.Amount())
		if x.Why == "" {
			days += int64(x.Counted) * int64(x.Span.Days())
		}
		if x.Span.Empty() || x.Counted > x.Balance || x.Why == "" && (x.Counted == 0 || x.Cite == "") || x.Why != "" && x.Amount().Sign() != 0 {
			t.Fatalf("a piece that cannot be: %+v", x)
		}
	}
	if sum.Cmp(w.Exact) != 0 || days != r.BalanceDays || w.Row.Amount != r.Amount || w.Row.Reason != r.Reason || w.Row.Note != r.Note {
		t.Fatalf("pieces %s, %d fen-days; explained %s, %d %s; calculated %d, %d %s", sum, days, w.Exact, w.Row.Amount, w.Row.Reason, r.BalanceDays, r.Amount, r.Reason)
	}
	before := r.Amount
	if len(w.Cuts) > 0 {
		before = w.Cuts[0].Before
		for i, c := range w.Cuts {
			if c.After >= c.Before || i > 0 && c.Before != w.Cuts[i-1].After {
				t.Fatalf("cuts %+v", w.Cuts)
			}
		}
		if w.Cuts[len(w.Cuts)-1].After != r.Amount {
			t.Fatalf("cut to %+v, paid %d", w.Cuts, r.Amount)
		}
	}
	off := new(big.Rat).Sub(sum, big.NewRat(int64(before), 1))
	switch scheme {
	case "homes", "draws", "quarters": // rounded elsewhere than in the row: within one fen of each rounding
		if off.Abs(off).Cmp(big.NewRat(20, 1)) > 0 {
			t.Fatalf("%s is paid as %d", sum, before)
		}
	default:
		if halfUp(sum) != before {
			t.Fatalf("%s is paid as %d", sum, before)
		}
	}
}

func TestEveryDayOfTheYearWithABalanceIsInTheExplanationOnce(t *testing.T) {
	for name, p := range plans(t) {
		if name == "notes" {
			continue // a row per note: the pieces of one note do not cover the days of another
		}
		t.Run(name, rapid.MakeCheck(func(t *rapid.T) {
			f := randomContract(t, "C1")
			x := explain(t, p, []*subsidy.Facts{f}, "C1")
			got := map[day.Date]money.Fen{}
			for _, piece := range x.Rows[0].Pieces {
				for d := piece.Span.From; d < piece.Span.Until; d++ {
					got[d] += piece.Balance
				}
			}
			eachDay(&f.Contract, f.Entries, day.Of(2025, 12, 31), func(d day.Date, lots []*slowLot) {
				sum := money.Fen(0)
				for _, l := range lots {
					sum += money.Fen(l.good + l.late)
				}
				if d.Year() == 2025 && got[d] != sum {
					t.Fatalf("%s: %s owed, %s explained\n%+v", d, sum, got[d], x.Rows[0].Pieces)
				}
			})
		}))
	}
}

func TestCuttingTheYearInTwoChangesNothing(t *testing.T) {
	p := plan(t, listed, 2025)
	rapid.Check(t, func(t *rapid.T) {
		f := randomContract(t, "C1")
		cut := day.Of(2025, 1, 1) + day.Date(rapid.IntRange(0, 365).Draw(t, "cut"))
		exact := func(spans []day.Span) (*big.Rat, int64) {
			g := *f
			g.Listed = spans
			x := explain(t, p, []*subsidy.Facts{&g}, "C1")
			return x.Rows[0].Exact, x.Rows[0].Row.BalanceDays
		}
		all, days := exact(f.Listed)
		var before, after []day.Span
		for _, s := range f.Listed {
			if a := (day.Span{From: s.From, Until: min(s.Until, cut)}); !a.Empty() {
				before = append(before, a)
			}
			if b := (day.Span{From: max(s.From, cut), Until: s.Until}); !b.Empty() {
				after = append(after, b)
			}
		}
		a, daysA := exact(before)
		b, daysB := exact(after)
		both, daysBoth := exact(append(slices.Clone(before), after...))
		if sum := new(big.Rat).Add(a, b); sum.Cmp(all) != 0 || daysA+daysB != days || both.Cmp(all) != 0 || daysBoth != days {
			t.Fatalf("%s + %s is not %s (or %s)", a, b, all, both)
		}
	})
}

func TestSettlingByQuarterChangesOnlyTheRounding(t *testing.T) {
	whole, parts := plan(t, uncapped, 2025), plan(t, quarters, 2025)
	rapid.Check(t, func(t *rapid.T) {
		fs := []*subsidy.Facts{randomContract(t, "C1")}
		a, b := explain(t, whole, fs, "C1").Rows[0], explain(t, parts, fs, "C1").Rows[0]
		if a.Exact.Cmp(b.Exact) != 0 || a.Row.BalanceDays != b.Row.BalanceDays || max(a.Row.Amount-b.Row.Amount, b.Row.Amount-a.Row.Amount) > 2 {
			t.Fatalf("%s %d, by quarter %s %d", a.Exact, a.Row.Amount, b.Exact, b.Row.Amount)
		}
	})
}

func TestACapNeverRaisesAndIsNeverPassed(t *testing.T) {
	with, without := plan(t, capped, 2025), plan(t, uncapped, 2025)
	rapid.Check(t, func(t *rapid.T) {
		fs := family(t)
		paid := money.Fen(rapid.IntRange(0, 60000).Draw(t, "paid before"))
		for _, f := range fs {
			f.History = []household.Paid{{Household: "J1", Year: 2024, Amount: int64(paid)}, {Household: "J1", Scheme: "another", Year: 2024, Amount: 99999}}
		}
		a, b := calculate(t, with, fs), calculate(t, without, fs)
		sum, free := money.Fen(0), money.Fen(0)
		for i := range a {
			if a[i].Amount > b[i].Amount || a[i].Amount < 0 || a[i].BalanceDays != b[i].BalanceDays {
				t.Fatalf("%d with the cap, %d without", a[i].Amount, b[i].Amount)
			}
			if a[i].Amount < b[i].Amount && a[i].Amount == 0 && a[i].Reason != subsidy.CapReached {
				t.Fatalf("cut to nothing with the reason %q", a[i].Reason)
			}
			sum, free = sum+a[i].Amount, free+b[i].Amount
		}
		if want := min(free, max(0, 50000-paid)); sum != want {
			t.Fatalf("paid %d, want %d of %d", sum, want, free)
		}
	})
}

func TestAPrincipalCapIsFilledInTheOrderOfTheDrawsAndNeverPassedOnAnyDay(t *testing.T) {
	p := plan(t, firstFifty, 2025)
	const most = 5_000_000
	rapid.Check(t, func(t *rapid.T) {
		fs := family(t)
		counted := map[day.Date]money.Fen{}
		for _, f := range fs {
			for _, r := range explain(t, p, fs, f.Contract.No).Rows {
				for _, x := range r.Pieces {
					for d := x.Span.From; d < x.Span.Until; d++ {
						counted[d] += x.Counted
					}
				}
			}
		}
		good := map[day.Date]money.Fen{}
		for _, f := range fs {
			eachDay(&f.Contract, f.Entries, day.Of(2025, 12, 31), func(d day.Date, lots []*slowLot) {
				for _, l := range lots {
					good[d] += money.Fen(l.good)
				}
			})
		}
		for d := day.Of(2025, 1, 1); d < day.Of(2026, 1, 1); d++ {
			if want := min(good[d], most); counted[d] != want {
				t.Fatalf("%s: %s counts of %s in good order, want %s", d, counted[d], good[d], want)
			}
		}
	})
}

func TestTheOldestDrawFillsAPrincipalCapFirst(t *testing.T) {
	p := plan(t, firstFifty, 2025)
	jan, mar := day.Of(2025, 1, 1), day.Of(2025, 3, 1)
	loanOf := func(no string, drawn day.Date) *subsidy.Facts {
		return &subsidy.Facts{Contract: loan.Contract{No: no, Household: "J1", Start: jan, End: day.Of(2026, 6, 1), Amount: 4_000_000, Rate: money.Percent(4)},
			Entries: []loan.Entry{{Date: drawn, Amount: 4_000_000, NewEnd: day.None}}}
	}
	rows, err := subsidy.NewEngine(p).Group([]*subsidy.Facts{loanOf("C1", mar), loanOf("C2", jan)}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if rows[0].BalanceDays != 1_000_000*306 || rows[1].BalanceDays != 4_000_000*365 {
		t.Errorf("the later draw has %d fen-days, the older %d", rows[0].BalanceDays, rows[1].BalanceDays)
	}
}

func TestTheOrderOfContractsAndEntriesDoesNotMatter(t *testing.T) {
	for name, p := range plans(t) {
		t.Run(name, rapid.MakeCheck(func(t *rapid.T) {
			fs := family(t)
			want := byContract(calculate(t, p, fs))
			mixed := rapid.Permutation(clone(fs...)).Draw(t, "contracts")
			for _, f := range mixed {
				f.Entries = rapid.Permutation(f.Entries).Draw(t, "entries")
			}
			got := byContract(calculate(t, p, mixed))
			for i := range want {
				a, b := &want[i], &got[i]
				if a.Note != b.Note || a.BalanceDays != b.BalanceDays || a.Amount != b.Amount || a.Reason != b.Reason || !slices.Equal(a.Parts, b.Parts) {
					t.Fatalf("%s %s: %d %d %s, in another order %s: %d %d %s", a.Facts.Contract.No, a.Note, a.BalanceDays, a.Amount, a.Reason,
						b.Note, b.BalanceDays, b.Amount, b.Reason)
				}
			}
		}))
	}
}

func byContract(rows []subsidy.Row) []subsidy.Row {
	slices.SortStableFunc(rows, func(a, b subsidy.Row) int {
		if a.Facts.Contract.No < b.Facts.Contract.No {
			return -1
		} else if a.Facts.Contract.No > b.Facts.Contract.No {
			return 1
		}
		return 0
	})
	return rows
}

func TestASubsidyHeldAtTheContractRateIsNeverAboveTheInterestCharged(t *testing.T) {
	for _, name := range []string{"limited", "dongyang"} {
		p := plans(t)[name]
		t.Run(name, rapid.MakeCheck(func(t *rapid.T) {
			f := randomContract(t, "C1")
			x := explain(t, p, []*subsidy.Facts{f}, "C1").Rows[0]
			interest := per(x.Row.BalanceDays, f.Contract.Rate.Rat(), 360)
			if x.Exact.Cmp(interest) > 0 || x.Row.Amount > halfUp(interest) {
				t.Fatalf("%s paid on an interest of %s", x.Exact, interest)
			}
		}))
	}
}

func TestARowsPartsAddUpToIt(t *testing.T) {
	p := plans(t)["homes"]
	rapid.Check(t, func(t *rapid.T) {
		fs := family(t)
		exact := new(big.Rat)
		for _, f := range fs {
			for _, r := range explain(t, p, fs, f.Contract.No).Rows {
				exact.Add(exact, r.Exact)
			}
		}
		sum := money.Fen(0)
		for _, r := range calculate(t, p, fs) {
			if len(r.Parts) != 2 || r.Parts[0]+r.Parts[1] != r.Amount || r.Parts[0] < 0 || r.Parts[1] < 0 {
				t.Fatalf("%d is divided as %v", r.Amount, r.Parts)
			}
			sum += r.Amount
		}
		if sum != halfUp(exact) {
			t.Fatalf("the household has %s and is paid %d", exact, sum)
		}
	})
}

func TestEachDrawIsRoundedOnItsOwn(t *testing.T) {
	// 10.00 yuan for 10 days at 1.8% are half a fen: two draws make two half fen, each rounded up
	p := plan(t, draws, 2025)
	e := func(d int, amount money.Fen) loan.Entry {
		return loan.Entry{Date: day.Of(2025, 3, d), Amount: amount, NewEnd: day.None}
	}
	back := e(11, 2000)
	back.Kind = loan.Repayment
	rows, err := subsidy.NewEngine(p).Group([]*subsidy.Facts{{Contract: loan.Contract{No: "C1", Start: day.Of(2025, 3, 1), End: day.Of(2026, 3, 1), Amount: 2000,
		Rate: money.Percent(4)}, Entries: []loan.Entry{e(1, 1000), e(1, 1000), back}}}, nil)
	if err != nil || rows[0].Amount != 2 || rows[0].BalanceDays != 20000 {
		t.Errorf("%d on %d fen-days (%v), want 2", rows[0].Amount, rows[0].BalanceDays, err)
	}
}

func TestNumbersThatDoNotFitAreAFaultNeverAWrongAmount(t *testing.T) {
	for name, p := range plans(t) {
		t.Run(name, rapid.MakeCheck(func(t *rapid.T) {
			fs := family(t)
			huge := fs[rapid.IntRange(0, len(fs)-1).Draw(t, "which")]
			huge.Contract.Amount = math.MaxInt64
			amount := money.Fen(rapid.Int64Range(math.MaxInt64/400, math.MaxInt64).Draw(t, "huge"))
			huge.Entries = append([]loan.Entry{{Date: huge.Contract.Start, Amount: amount, NewEnd: day.None}}, huge.Entries...)
			rows, err := subsidy.NewEngine(p).Group(clone(fs...), nil)
			if err != nil {
				if !money.Overflowed(err) {
					t.Fatal(err)
				}
				return
			}
			for _, r := range rows {
				if r.Amount < 0 || r.BalanceDays < 0 || r.DrawnAmount < 0 || r.UsedAmount < 0 || r.YearEnd < 0 {
					t.Fatalf("wrapped: %+v", r)
				}
			}
		}))
	}
}
