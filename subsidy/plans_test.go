package subsidy_test

import (
	"fmt"
	"os"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"ganlan/figure"
	"ganlan/loan"
	"ganlan/money"
	"ganlan/scheme"
	"ganlan/subsidy"
)

// microcredit are the plans of the model places for 2025.
func microcredit(t *testing.T) map[string]*subsidy.Plan {
	t.Helper()
	out := map[string]*subsidy.Plan{}
	for _, id := range []string{"990003-microcredit", "990002-microcredit", "990006-microcredit", "990008-households", "990008-enterprises"} {
		f, err := scheme.Find(os.DirFS("../policies"), id)
		if err != nil {
			t.Fatal(err)
		}
		s, faults := f.Load(nil)
		if faults.Err() != nil {
			t.Fatal(faults)
		}
		if out[id], err = subsidy.NewPlan(s, 2025, reference(t)); err != nil {
			t.Fatal(err)
		}
	}
	return out
}

// borrowers are loans within the limits of the plans, most of them at rates near the benchmark.
func borrowers(t *rapid.T) []*subsidy.Facts {
	fs := family(t)
	for _, f := range fs {
		f.Contract.Product, f.Contract.Purpose, f.Contract.IDNo = "", "farming", "91990000MA00000001"
		f.Contract.Amount, f.Contract.Households = 50_000*money.Yuan, loan.Give(int64(2))
	}
	return fs
}

func TestAMicrocreditSubsidyIsNeverMoreThanTheInterestOnWhatIsOwed(t *testing.T) {
	for id, p := range microcredit(t) {
		t.Run(id, rapid.MakeCheck(func(t *rapid.T) {
			fs := borrowers(t)
			for _, f := range fs {
				for _, w := range explain(t, p, fs, f.Contract.No).Rows {
					for _, x := range w.Pieces {
						if x.Counted > x.Balance || x.Rate.Cmp(f.Contract.Rate) > 0 && x.Why == "" {
							t.Fatalf("%s at %s on %s of %s, charged %s", x.Span, x.Rate, x.Counted, x.Balance, f.Contract.Rate)
						}
					}
					if exact := halfUp(w.Exact); w.Row.Amount > exact {
						t.Fatalf("%s is above the sum of its days, %s", w.Row.Amount, exact)
					}
				}
			}
		}))
	}
}

func TestTheOrderOfLoansChangesNoMicrocreditSubsidyAndEveryZeroHasAReason(t *testing.T) {
	for id, p := range microcredit(t) {
		t.Run(id, rapid.MakeCheck(func(t *rapid.T) {
			fs := borrowers(t)
			want := amountsOf(calculate(t, p, fs))
			slices.Reverse(fs)
			if got := amountsOf(calculate(t, p, fs)); got != want {
				t.Fatalf("got %s, want %s", got, want)
			}
			for _, r := range calculate(t, p, fs) {
				if (r.Amount == 0) != (r.Reason != "") {
					t.Fatalf("%s: %s for reason %q", r.Facts.Contract.No, r.Amount, r.Reason)
				}
			}
		}))
	}
}

func amountsOf(rows []subsidy.Row) string {
	var out []string
	for _, r := range rows {
		out = append(out, fmt.Sprintln(r.Facts.Contract.No, r.Note, r.Amount, r.Reason))
	}
	slices.Sort(out)
	return fmt.Sprint(out)
}

// proven: never above the interest that was paid, all notes of a contract together.
const proven = head + `facts:
  interest_paid: {type: money, zh: 已付利息, en: interest paid, clause: T-11}
rows: note
amount:
  rate: {is: 1.8%, clause: T-2}
  base: {is: daily_balance, clause: T-4}
  year: {is: actual/360, clause: T-4}
  overdue: {is: exclude_days, clause: T-6}
  round: {per: drawdown, to: fen, mode: half_up, clause: T-8}
  caps:
    - {of: interest_paid, per: contract, missing: pass, clause: T-11}
` + tail

func TestACeilingFromAFactNeverRaisesAndHoldsAllRowsCountedTogether(t *testing.T) {
	p := plan(t, proven, 2025)
	rapid.Check(t, func(t *rapid.T) {
		f := randomContract(t, "C1")
		free := calculate(t, p, []*subsidy.Facts{f})
		paid := money.Fen(rapid.Int64Range(0, 200_000).Draw(t, "paid"))
		f.Contract.Facts = figure.Row{"interest_paid": figure.OfMoney(paid)}
		held := calculate(t, p, []*subsidy.Facts{f})
		sum, all := money.Fen(0), money.Fen(0)
		for i := range held {
			if held[i].Amount > free[i].Amount {
				t.Fatalf("%s raised to %s", free[i].Amount, held[i].Amount)
			}
			sum, all = sum+held[i].Amount, all+free[i].Amount
		}
		if sum != min(paid, all) {
			t.Fatalf("%s of %s with %s paid", sum, all, paid)
		}
	})
}
