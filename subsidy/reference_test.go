package subsidy_test

import (
	"cmp"
	"fmt"
	"math/big"
	"os"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"ganlan/day"
	"ganlan/loan"
	"ganlan/money"
	"ganlan/scheme"
	"ganlan/subsidy"
)

// The schemes below are small on purpose: each holds one thing the engine must do, and the reference in this file does the
// same day by day with nothing of the engine in it.

const (
	head = "scheme: test\ntitle: {zh: 试, en: test}\narea: \"990783\"\nstatus: issued\nkind: interest\ndocument: {issuer: 试}\n"
	tail = "pay:\n  payers: {is: [{who: province, share: 80%}, {who: county, share: 20%}], clause: T-9}\n"
	cent = "  round: {per: contract, to: fen, mode: half_up, clause: T-8}\n"
)

// limited: 1.8% held at the contract rate, overdue days out, two cut-offs by the draw.
const limited = head + `who:
  - {test: drawn, from: 2023-11-01, to: 2025-12-31, clause: T-1}
amount:
  rate: {is: 1.8%, clause: T-2}
  limit: {is: contract_rate, clause: T-3}
  base: {is: daily_balance, clause: T-4}
  year: {is: actual/360, clause: T-4}
  until:
    - {drawn_to: 2024-12-31, is: 2025-06-30, clause: T-5}
    - {drawn_to: 2025-12-31, is: 2026-12-31, clause: T-5}
  overdue: {is: exclude_days, clause: T-6}
` + cent + tail

// listed: the name list is tested on each day, overdue days count, a year has 365 days.
const listed = head + `who:
  - {test: listed, at: each_day, clause: T-1}
amount:
  rate: {is: 2.5%, clause: T-2}
  base: {is: daily_balance, clause: T-4}
  year: {is: actual/365, clause: T-4}
  overdue: {is: allow, clause: T-6}
` + cent + tail

// notes: a row per note at a third of the LPR of its draw.
const notes = head + `rows: note
amount:
  rate: {is: {of: lpr, share: 1/3, tenor: 1y, at: drawdown}, clause: T-2}
  base: {is: daily_balance, clause: T-4}
  year: {is: actual/360, clause: T-4}
  overdue: {is: exclude_days, clause: T-6}
  round: {per: drawdown, to: fen, mode: half_up, clause: T-8}
` + tail

func load(t testing.TB, text string) *scheme.Scheme {
	t.Helper()
	s, faults := scheme.Load("scheme.yaml", []byte(text), nil)
	if faults.Err() != nil {
		t.Fatal(faults)
	}
	return s
}

func reference(t testing.TB) *scheme.Reference {
	t.Helper()
	var data [2][]byte
	for i, name := range []string{"lpr.yaml", "benchmark.yaml"} {
		var err error
		if data[i], err = os.ReadFile("../policies/standard/" + name); err != nil {
			t.Fatal(err)
		}
	}
	ref, faults := scheme.LoadReference(data[0], data[1])
	if faults.Err() != nil {
		t.Fatal(faults)
	}
	return ref
}

func plan(t testing.TB, text string, year int) *subsidy.Plan {
	t.Helper()
	p, err := subsidy.NewPlan(load(t, text), year, reference(t))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func dongyang(t testing.TB, year int) *subsidy.Plan {
	t.Helper()
	f, err := scheme.Find(os.DirFS("../policies"), "330783-gongfu-2024")
	if err != nil {
		t.Fatal(err)
	}
	s, faults := f.Load(nil)
	if faults.Err() != nil {
		t.Fatal(faults)
	}
	p, err := subsidy.NewPlan(s, year, reference(t))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// slowLot is one draw of the reference.
type slowLot struct {
	note       string
	drawn, due day.Date
	good, late int64
}

// slow follows a contract day by day. It is false when a line cannot be: more repaid than owed, or a note nobody drew.
type slow struct {
	c       *loan.Contract
	due     day.Date
	lots    []*slowLot
	unnamed int
}

func (s *slow) of(note string) (out []*slowLot) {
	for _, l := range s.lots {
		if note == "" || l.note == note {
			out = append(out, l)
		}
	}
	return out
}

// on lets one day pass: draws, deferrals, what falls due, overdue lines, repayments.
func (s *slow) on(d day.Date, es []loan.Entry) bool {
	today := func(k loan.Kind) (out []loan.Entry) {
		for _, e := range es {
			if e.Date == d && e.Kind == k {
				out = append(out, e)
			}
		}
		slices.SortStableFunc(out, func(a, b loan.Entry) int {
			if k != loan.Drawdown && (a.Note == "") != (b.Note == "") {
				return -cmp.Compare(a.Note, b.Note) // those that name a note first
			}
			return cmp.Or(cmp.Compare(a.Note, b.Note), cmp.Compare(a.NewEnd, b.NewEnd), cmp.Compare(a.Amount, b.Amount))
		})
		return out
	}
	for _, e := range today(loan.Drawdown) {
		s.draw(e)
	}
	for _, e := range today(loan.Deferral) {
		if e.Note == "" {
			s.due = max(s.due, e.NewEnd)
		} else if len(s.of(e.Note)) == 0 {
			return false
		}
		for _, l := range s.of(e.Note) {
			if l.good+l.late > 0 {
				l.due, l.good, l.late = e.NewEnd, l.good+l.late, 0
			}
		}
	}
	for _, l := range s.lots {
		if l.due <= d {
			l.good, l.late = 0, l.good+l.late
		}
	}
	for _, e := range today(loan.Overdue) {
		if e.Note != "" && len(s.of(e.Note)) == 0 {
			return false
		}
		for _, l := range s.of(e.Note) {
			l.good, l.late = 0, l.good+l.late
		}
	}
	for _, e := range today(loan.Repayment) {
		if !s.repay(e) {
			return false
		}
	}
	return true
}

func (s *slow) draw(e loan.Entry) {
	if e.Note != "" {
		if ls := s.of(e.Note); len(ls) > 0 {
			ls[0].good += int64(e.Amount)
			return
		}
	}
	l := &slowLot{note: e.Note, drawn: e.Date, due: s.due, good: int64(e.Amount)}
	if l.note == "" {
		s.unnamed++
		l.note = fmt.Sprintf("D%d", s.unnamed)
	}
	s.lots = append(s.lots, l)
}

func (s *slow) repay(e loan.Entry) bool {
	left := int64(e.Amount)
	take := func(p *int64) {
		n := min(left, *p)
		*p -= n
		left -= n
	}
	for _, l := range s.of(e.Note) {
		take(&l.late)
	}
	for _, l := range s.of(e.Note) {
		take(&l.good)
	}
	return left == 0
}

// eachDay lets the days from the first entry to the last day of a year pass and shows the lots at the end of each.
func eachDay(c *loan.Contract, es []loan.Entry, last day.Date, see func(day.Date, []*slowLot)) bool {
	if len(es) == 0 {
		return true
	}
	first := es[0].Date
	for _, e := range es {
		first = min(first, e.Date)
	}
	s := &slow{c: c, due: c.End}
	for d := first; d <= last; d++ {
		if !s.on(d, es) {
			return false
		}
		see(d, s.lots)
	}
	return true
}

// randomContract is a contract of 2024 or 2025 with a ledger that the reference can follow to its end.
func randomContract(t *rapid.T, no string) *subsidy.Facts {
	start := day.Of(2024, 1, 1) + day.Date(rapid.OneOf(rapid.IntRange(0, 500), rapid.IntRange(365, 366)).Draw(t, "start")) // the border of the cut-offs often
	f := &subsidy.Facts{Contract: loan.Contract{No: no, Household: "J1", Product: "共富经营贷", Purpose: "business", Start: start,
		End: start + day.Date(rapid.IntRange(60, 700).Draw(t, "term")), Amount: 1 << 50, OtherSubsidy: loan.Give(false),
		Rate: money.NewRate(rapid.Int64Range(100, 600).Draw(t, "rate"), 10000)}}
	d := start
	for range rapid.IntRange(0, 9).Draw(t, "lines") {
		d += day.Date(rapid.SampledFrom([]int{0, 0, 1, 13, 40, 90}).Draw(t, "gap"))
		e := loan.Entry{Date: d, NewEnd: day.None, Note: rapid.SampledFrom([]string{"", "", "N1", "N2"}).Draw(t, "note"),
			Amount: money.Fen(rapid.Int64Range(1, 20_000_000).Draw(t, "amount"))}
		switch rapid.IntRange(0, 9).Draw(t, "kind") {
		case 0, 1, 2, 3:
			e.Kind = loan.Drawdown
		case 4, 5, 6, 7:
			e.Kind = loan.Repayment
		case 8:
			e.Kind, e.Amount = loan.Overdue, 0
		default:
			e.Kind, e.Amount, e.NewEnd = loan.Deferral, 0, d+day.Date(rapid.IntRange(1, 300).Draw(t, "more"))
		}
		longer := append(slices.Clone(f.Entries), e)
		if eachDay(&f.Contract, longer, d, func(day.Date, []*slowLot) {}) {
			f.Entries = longer
		}
	}
	f.Listed = randomList(t)
	return f
}

// randomList is up to three intervals that share no day.
func randomList(t *rapid.T) (out []day.Span) {
	d := day.Of(2023, 12, 1)
	for range rapid.IntRange(0, 3).Draw(t, "intervals") {
		from := d + day.Date(rapid.IntRange(1, 200).Draw(t, "off"))
		d = from + day.Date(rapid.IntRange(1, 400).Draw(t, "on"))
		out = append(out, day.Span{From: from, Until: d})
	}
	return out
}

// clone lets a calculation reorder entries without touching ours.
func clone(fs ...*subsidy.Facts) (out []*subsidy.Facts) {
	for _, f := range fs {
		g := *f
		g.Entries = slices.Clone(f.Entries)
		out = append(out, &g)
	}
	return out
}

// halfUp rounds a fraction that is not negative.
func halfUp(x *big.Rat) money.Fen {
	n := new(big.Int).Add(new(big.Int).Lsh(x.Num(), 1), x.Denom())
	return money.Fen(n.Quo(n, new(big.Int).Lsh(x.Denom(), 1)).Int64())
}

// per is amount × rate ÷ basis, exactly.
func per(amount int64, r *big.Rat, basis int64) *big.Rat {
	x := new(big.Rat).Mul(big.NewRat(amount, basis), r)
	return x
}

func lower(a, b *big.Rat) *big.Rat {
	if a.Cmp(b) < 0 {
		return a
	}
	return b
}

func TestTheEngineAgreesWithCountingDayByDay(t *testing.T) {
	for name, x := range map[string]struct {
		text string
		// counts says what a lot adds on a day: nil for nothing
		counts func(f *subsidy.Facts, l *slowLot, d day.Date) (balance int64, exact *big.Rat)
	}{
		"held at the contract rate, cut off by the draw": {limited, func(f *subsidy.Facts, l *slowLot, d day.Date) (int64, *big.Rat) {
			last := day.Of(2026, 12, 31)
			if l.drawn <= day.Of(2024, 12, 31) {
				last = day.Of(2025, 6, 30)
			}
			if d > last || l.drawn > day.Of(2025, 12, 31) {
				return 0, nil
			}
			return l.good, per(l.good, lower(big.NewRat(18, 1000), f.Contract.Rate.Rat()), 360)
		}},
		"on the list each day, overdue or not": {listed, func(f *subsidy.Facts, l *slowLot, d day.Date) (int64, *big.Rat) {
			if !day.Covers(f.Listed, d) {
				return 0, nil
			}
			return l.good + l.late, per(l.good+l.late, big.NewRat(25, 1000), 365)
		}},
	} {
		p := map[int]*subsidy.Plan{2024: plan(t, x.text, 2024), 2025: plan(t, x.text, 2025)}
		t.Run(name, rapid.MakeCheck(func(t *rapid.T) {
			f := randomContract(t, "C1")
			year := rapid.SampledFrom([]int{2024, 2025}).Draw(t, "year")
			days, exact := int64(0), new(big.Rat)
			eachDay(&f.Contract, f.Entries, day.Of(year, 12, 31), func(d day.Date, lots []*slowLot) {
				for _, l := range lots {
					if n, e := x.counts(f, l, d); d.Year() == year && e != nil {
						days += n
						exact.Add(exact, e)
					}
				}
			})
			rows, err := subsidy.NewEngine(p[year]).Group(clone(f), nil)
			if err != nil {
				t.Fatal(err)
			}
			if len(rows) != 1 || rows[0].BalanceDays != days || rows[0].Amount != halfUp(exact) {
				t.Fatalf("got %d fen-days and %d, day by day %d and %s", rows[0].BalanceDays, rows[0].Amount, days, exact.FloatString(6))
			}
			if (rows[0].Amount == 0) == (rows[0].Reason == "") {
				t.Fatalf("%d with the reason %q", rows[0].Amount, rows[0].Reason)
			}
		}))
	}
}

func TestARowPerNoteAgreesWithCountingDayByDay(t *testing.T) {
	ref := reference(t)
	p := plan(t, notes, 2025)
	rapid.Check(t, func(t *rapid.T) {
		f := randomContract(t, "C1")
		want, days := map[string]*big.Rat{}, map[string]int64{}
		eachDay(&f.Contract, f.Entries, day.Of(2025, 12, 31), func(d day.Date, lots []*slowLot) {
			for _, l := range lots {
				if want[l.note] == nil {
					want[l.note] = new(big.Rat)
				}
				if d.Year() != 2025 {
					continue
				}
				lpr, err := ref.LPR(l.drawn, false)
				if err != nil {
					t.Fatal(err)
				}
				days[l.note] += l.good
				want[l.note].Add(want[l.note], per(l.good, new(big.Rat).Mul(lpr.Rat(), big.NewRat(1, 3)), 360))
			}
		})
		rows, err := subsidy.NewEngine(p).Group(clone(f), nil)
		if err != nil {
			t.Fatal(err)
		}
		seen := 0
		for _, r := range rows {
			if x := want[r.Note]; x != nil {
				seen++
				if r.BalanceDays != days[r.Note] || r.Amount != halfUp(x) {
					t.Fatalf("%s: got %d fen-days and %d, day by day %d and %s", r.Note, r.BalanceDays, r.Amount, days[r.Note], x.FloatString(6))
				}
			} else if r.Amount > 0 || r.Drawn <= day.Of(2025, 12, 31) && r.Drawn != day.None {
				t.Fatalf("a row %q that nobody drew: %+v", r.Note, r)
			}
		}
		if seen != len(want) {
			t.Fatalf("%d rows of %d notes", seen, len(want))
		}
	})
}
