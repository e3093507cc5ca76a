package claim

import (
	"testing"

	"ganlan/loan"
	"ganlan/money"
	"ganlan/scheme"
	"ganlan/subsidy"
)

func row(no string, rate money.Rate, amount money.Fen, days int64, paid money.Fen) *subsidy.Row {
	return &subsidy.Row{Facts: &subsidy.Facts{Contract: loan.Contract{No: no, Branch: "石桥支行", Region: "990783006", Product: "共富经营贷",
		Rate: rate, Amount: amount}}, BalanceDays: days, Amount: paid}
}

// The two loans of the worked example: 3.65% over 37,410,000 and 4.20% over 20,000,000 yuan-days (DY-3.1b, OP-05).
func example() []*subsidy.Row {
	return []*subsidy.Row{row("A", money.NewRate(365, 10000), 200000*money.Yuan, 3_741_000_000, 187050),
		row("B", money.NewRate(420, 10000), 100000*money.Yuan, 2_000_000_000, 100000)}
}

func TestTheAverageRateIsWeightedByWhatIsOwedAndForHowLong(t *testing.T) {
	totals := NewTotals()
	for _, r := range example() {
		if err := totals.Add(r); err != nil {
			t.Fatal(err)
		}
	}
	for by, want := range map[scheme.Weight]string{scheme.ByBalanceDays: "3.8416", scheme.ByAmount: "3.8333", scheme.Plain: "3.9250"} {
		if got := money.RatPercent(totals.Average(by), 4); got != want {
			t.Errorf("by %s the average is %s%%, want %s%%", by, got, want)
		}
	}
	if NewTotals().Average(scheme.Plain) != nil {
		t.Error("nothing lent has an average rate")
	}
}

func TestTotalsDoNotDependOnOrderOrOnWhoCounted(t *testing.T) {
	rows := example()
	one, left, right := NewTotals(), NewTotals(), NewTotals()
	for _, r := range rows {
		if err := one.Add(r); err != nil {
			t.Fatal(err)
		}
	}
	for totals, r := range map[*Totals]*subsidy.Row{left: rows[1], right: rows[0]} {
		if err := totals.Add(r); err != nil {
			t.Fatal(err)
		}
	}
	if err := left.Merge(right); err != nil {
		t.Fatal(err)
	}
	if left.All.Subsidy != one.All.Subsidy || left.All.BalanceDays != one.All.BalanceDays || left.ByBranch["石桥支行"].Paid != 2 ||
		left.Average(scheme.ByBalanceDays).Cmp(one.Average(scheme.ByBalanceDays)) != 0 {
		t.Errorf("counted apart %+v, together %+v", left.All, one.All)
	}
}

func TestASumThatDoesNotFitIsAFault(t *testing.T) {
	totals := NewTotals()
	big := row("A", money.Percent(3), money.Yuan, 1<<62, 1)
	if err := totals.Add(big); err != nil {
		t.Fatal(err)
	}
	if err := totals.Add(big); !money.Overflowed(err) {
		t.Errorf("the sum of two rows of 2^62 fen-days gives %v, want a fault", err)
	}
}

func TestAShortBudgetIsSharedByOneRatioWithPartsThatAddUp(t *testing.T) {
	rows := []*subsidy.Row{row("A", money.Percent(3), 1, 1, 1000), row("B", money.Percent(3), 1, 1, 1000), row("C", money.Percent(3), 1, 1, 1000)}
	warned, err := shareBudget(1000, "一1", rows)
	if err != nil || len(warned) != 1 {
		t.Fatal(warned, err)
	}
	var sum money.Fen
	for _, r := range rows {
		sum += r.Amount
	}
	if sum != 1000 || rows[0].Amount != 334 || rows[1].Amount != 333 {
		t.Errorf("1,000 fen over three equal rows: %d %d %d", rows[0].Amount, rows[1].Amount, rows[2].Amount)
	}
}
