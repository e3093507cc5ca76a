package claim

import (
	"slices"
	"testing"

	"ganlan/day"
	"ganlan/fault"
	"ganlan/loan"
	"ganlan/money"
	"ganlan/scheme"
	"ganlan/subsidy"
)

func compared(q *Inquiry, r *subsidy.Row) []Difference {
	return Differences(q.plan, Tolerance(q.plan.Scheme), []subsidy.Row{*r})
}

func TestTheBanksFigureIsComparedToTheFenAndAFenIsTolerated(t *testing.T) {
	q := inquiryOf(t, gongfu, 2025, nil)
	for bank, want := range map[money.Fen]int{187050: 0, 187051: 0, 187049: 0, 187052: 1, 184488: 1} {
		r := *example()[0]
		r.Facts.Contract.BankSubsidy = loan.Give(bank)
		if got := compared(q, &r); len(got) != want {
			t.Errorf("a bank's %s beside our %s gives %d differences, want %d (OP-03)", bank, r.Amount, len(got), want)
		}
	}
	r := *example()[0]
	r.Facts.Contract.BankCumulative = loan.Give[int64](3_741_000_001)
	if got := compared(q, &r); len(got) != 1 || got[0].Figure != "cumulative" {
		t.Errorf("a cumulative balance off by one fen-day gives %v", got)
	}
}

func TestEachSettlementOfTheYearHasItsOwnFenOfTolerance(t *testing.T) {
	q := newInquiry(t, gongfu, 2025, map[string]string{"settle": "quarter"})
	for _, c := range []struct {
		drawn, closed string
		off           money.Fen
		want          int
	}{{"2025-01-05", "", 5, 0}, {"2025-01-05", "", 6, 1}, {"2025-12-25", "", 1, 0}, {"2025-12-25", "", 2, 1}, {"2025-04-01", "2025-06-10", 2, 1}} {
		r := *example()[0]
		r.Drawn, r.Closed = on(c.drawn), day.None
		if c.closed != "" {
			r.Closed = on(c.closed)
		}
		r.Facts.Contract.BankSubsidy = loan.Give(r.Amount + c.off)
		if got := compared(q, &r); len(got) != c.want {
			t.Errorf("drawn %s, closed %q, off by %d fen: %v (settled on the 20th of March, June, September, December and at the end)", c.drawn, c.closed, c.off, got)
		}
	}
}

func TestTheToleranceIsTheSchemes(t *testing.T) {
	s := *inquiryOf(t, gongfu, 2025, nil).plan.Scheme
	if got := Tolerance(&s); got != 1 {
		t.Errorf("tolerance %d fen, want 1", got)
	}
	if got := Tolerance(&scheme.Scheme{}); got != 1 {
		t.Errorf("without a word of the scheme %d fen, want 1 (OP-03)", got)
	}
}

func TestTheBanksBalanceIsHeldAgainstItsLedger(t *testing.T) {
	q := inquiryOf(t, gongfu, 2025, nil)
	for _, c := range []struct {
		bank string
		want bool
	}{{"60000", false}, {"100000", true}, {"45000", false}, {"", false}} {
		f := half()
		f.Entries = append(f.Entries, repay("2026-02-01", "15000")) // the file goes on after the year
		if c.bank != "" {
			f.Contract.Balance = loan.Give(yuan(c.bank))
		}
		rows, err := subsidy.NewEngine(q.plan).Group([]*subsidy.Facts{f}, nil)
		if err != nil {
			t.Fatal(err)
		}
		got := CheckBalance(rows)
		if (got != nil) != c.want {
			t.Errorf("a bank's balance of %q: %v", c.bank, got)
		}
		if got != nil && got.What(fault.Zh) != "合同 HT01 银行所报余额 100,000.00 元，按流水年末应为 60,000.00 元（流水末日为 45,000.00 元）" {
			t.Error(got.What(fault.Zh))
		}
	}
}

func TestEveryCauseHasWordsAndAPlaceInTheOrder(t *testing.T) {
	for _, c := range Causes() {
		if w := c.Words(); w.Zh == string(c) || w.En == "" {
			t.Errorf("%s has no words", c)
		}
		if c != CauseUnknown && c != CauseNotExamined && !slices.Contains(likely, c) {
			t.Errorf("%s is not in the order of likelihood", c)
		}
	}
	for _, x := range tellings {
		if !slices.Contains(Causes(), x.cause) {
			t.Errorf("%s of %s %s is no cause", x.cause, x.key, x.value)
		}
	}
}
