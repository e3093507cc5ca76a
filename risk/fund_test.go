package risk

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"ganlan/day"
	"ganlan/fault"
	"ganlan/figure"
	"ganlan/money"
)

func funds(t testing.TB, id string, sets map[string]string) *Fund {
	return load(t, id, sets, func() *Fund { return &Fund{} })
}

// ledgerOf draws a ledger that could be: recoveries and withdrawals may be refused, everything else is in order.
func ledgerOf(t *rapid.T) (out []Posting) {
	for i := range rapid.IntRange(1, 25).Draw(t, "n") {
		p := Posting{Day: day.Of(2024, 1, 1) + day.Date(rapid.IntRange(0, 40).Draw(t, "day")), Amount: money.Fen(rapid.Int64Range(1, 1e7).Draw(t, "amount"))}
		p.Kind = rapid.SampledFrom([]PostingKind{Deposit, Refill, Interest, Compensation, Compensation}).Draw(t, "kind")
		if p.Kind == Compensation {
			p.No = fmt.Sprint(i)
		}
		out = append(out, p)
	}
	return out
}

func TestAFundIsNeverBelowZeroAndLosesNoCompensation(t *testing.T) { // PX3-3.5.1, OP-56
	for _, how := range []Short{PayWhole, PayPart} {
		s := funds(t, "990003-risk-reserve-account", map[string]string{"short_payment": string(how)})
		rapid.Check(t, func(t *rapid.T) {
			ledger := ledgerOf(t)
			end := day.Of(2024, 1, 1) + day.Date(rapid.IntRange(0, 40).Draw(t, "end"))
			var until []Posting // a ledger that ends earlier is one that never was below zero on the way
			for _, p := range ledger {
				if p.Day <= end {
					until = append(until, p)
				}
			}
			st, faults := s.Run(until, nil)
			if faults.Err() != nil || len(until) == 0 {
				return
			}
			x := st.pots[Pot{}]
			decided := money.Fen(0)
			for i, c := range st.Claims {
				decided += c.Amount
				if c.Sum() > c.Amount || i > 0 && c.Sum() > 0 && st.Claims[i-1].Sum() < st.Claims[i-1].Amount {
					t.Fatalf("%s is paid %s of %s before one decided earlier", c.No, c.Sum(), c.Amount)
				}
			}
			if x.balance() < 0 || x.compensated+x.waiting != decided || x.balance() != st.whole.balance() {
				t.Fatalf("balance %s, compensated %s, waiting %s of %s", x.balance(), x.compensated, x.waiting, decided)
			}
			if len(x.queue) > 0 && x.balance() >= x.queue[0].Amount-x.queue[0].Sum() {
				t.Fatalf("%s waits though %s is there", x.queue[0].No, x.balance())
			}
		})
	}
}

func TestTheOrderOfALedgersRowsIsFreeAndLaterDaysChangeNothingBefore(t *testing.T) {
	s := funds(t, "990003-risk-reserve-account", nil)
	rapid.Check(t, func(t *rapid.T) {
		ledger := ledgerOf(t)
		a, _ := s.Run(ledger, nil)
		b, _ := s.Run(rapid.Permutation(ledger).Draw(t, "shuffled"), nil)
		if text(a) != text(b) {
			t.Fatalf("order of rows matters:\n%s\n%s", text(a), text(b))
		}
		later := Posting{Day: day.Of(2025, 1, 1), Kind: Refill, Amount: 1}
		c, _ := s.Run(append(ledger, later), nil)
		for i, x := range a.Claims {
			if got := c.Claims[i].Paid[:len(x.Paid)]; fmt.Sprint(got) != fmt.Sprint(x.Paid) {
				t.Fatalf("%s: %v became %v", x.No, x.Paid, got)
			}
		}
	})
}

func text(st *Statement) string {
	var b strings.Builder
	for _, l := range st.Lines() {
		b.WriteString(l.Value.Zh + "\n")
	}
	return b.String()
}

func TestAFundExplainsItsRoomItsAlarmsAndWhoWaits(t *testing.T) { // PX6-4.8, OP-58
	s := funds(t, "990006-risk-deposit", nil)
	on := day.Of(2018, 6, 30)
	st, faults := s.Run([]Posting{{Day: on, Kind: Deposit, Amount: 1_500_000 * money.Yuan, Bank: "A"}, {Day: on, Kind: Compensation, Amount: 2_000_000 * money.Yuan, No: "7", Bank: "A"}},
		[]Position{{Day: on, Pot: Pot{Bank: "A"}, Facts: figure.Row{"lending": figure.OfMoney(15_000_001 * money.Yuan)}}})
	if faults.Err() != nil {
		t.Fatal(faults)
	}
	got := text(st)
	for _, want := range []string{"可放贷款总额 = 余额 1,500,000.00 元 × 放大倍数 10 = 15,000,000.00 元", "2018-06-30 A 不符合：贷款余额不超过保证资金的10倍",
		"7 认定 2018-06-30 2,000,000.00 元；资金不足，待付 2,000,000.00 元"} {
		if !strings.Contains(got, want) {
			t.Errorf("not explained: %s\n%s", want, got)
		}
	}
	for _, l := range st.Lines() {
		if l.Value.En == "" || l.Cite == "" {
			t.Errorf("%s: no English or no clause: %v", l.Key, l)
		}
	}
}

func TestWhatAFundCannotJudgeForWantOfAPositionIsSaid(t *testing.T) {
	s := funds(t, "990006-risk-deposit", nil)
	st, _ := s.Run([]Posting{{Day: 1, Kind: Deposit, Amount: 1, Bank: "A"}}, nil)
	if x := st.Of(Pot{Bank: "A"}); len(x.Open) != 1 || !strings.Contains(text(st), "缺少数据，无法判断：贷款余额不超过保证资金的10倍") {
		t.Errorf("open: %v\n%s", x.Open, text(st))
	}
}

func TestAmountsBeyondAllBoundsAreRefused(t *testing.T) {
	s := funds(t, "990003-risk-reserve-account", nil)
	huge := Posting{Day: 1, Kind: Deposit, Amount: 1<<63 - 1}
	if _, faults := s.Run([]Posting{huge, huge}, nil); !money.Overflowed(faults.Err()) {
		t.Errorf("got %v", faults)
	}
}

func TestEveryFundFaultOfALedgerComesAtOnce(t *testing.T) {
	s := funds(t, "990002-risk-fund-account", nil)
	_, faults := s.Run([]Posting{{Day: 1, Kind: Deposit, Amount: -5, Account: "industry", Bank: "A"}, {Day: 1, Kind: Deposit, Amount: 5, Account: "x", Bank: "A"},
		{Day: 1, Kind: Compensation, Amount: 5, Account: "industry"}}, nil)
	var codes []string
	for _, f := range faults {
		codes = append(codes, f.Code())
		if f.What(fault.En) == "" {
			t.Errorf("%s says nothing in English", f.Code())
		}
	}
	if got := strings.Join(codes, " "); got != "POSTING_AMOUNT VALUE_UNKNOWN POT_UNKNOWN DECISION_NUMBER" {
		t.Errorf("got %s", got)
	}
}

func BenchmarkFundLedgerOfACounty(b *testing.B) {
	s := funds(b, "990002-risk-fund-account", nil)
	list := make([]Posting, 100_000)
	for i := range list {
		list[i] = Posting{Day: day.Of(2021, 1, 1) + day.Date(i/100), Kind: Compensation, Amount: money.Fen(i%5000 + 1), No: fmt.Sprint(i), Account: "industry", Bank: "A"}
		if i%10 == 0 {
			list[i].Kind, list[i].Amount = Deposit, 3_000_000
		}
	}
	for b.Loop() {
		if _, faults := s.Run(list, nil); faults.Err() != nil {
			b.Fatal(faults)
		}
	}
}
