package subsidy_test

import (
	"math/big"
	"testing"

	"pgregory.net/rapid"

	"ganlan/day"
	"ganlan/loan"
	"ganlan/money"
	"ganlan/subsidy"
)

// thirds: a third of the guarantee fee; the refund's reading is put in.
func thirds(refund string) string {
	return head + `amount:
  rate: {is: 1.8%, clause: T-2}
  base: {is: daily_balance, clause: T-4}
  year: {is: actual/360, clause: T-4}
  overdue: {is: exclude_days, clause: T-6}
` + cent + `fee:
  share: {is: 1/3, clause: T-10}
  prorate: {is: cover_days, clause: T-10}
  refund: {is: ` + refund + `, reading: OP-10}
  round: {per: contract, to: fen, mode: half_up, clause: T-10}
` + tail
}

// guaranteed is a loan of one draw, repaid early or not, with a fee of which a part may have come back.
func guaranteed(t *rapid.T) *subsidy.Facts {
	start := day.Of(2025, 1, 1) + day.Date(rapid.IntRange(0, 300).Draw(t, "start"))
	cover := day.Span{From: start, Until: start + day.Date(rapid.IntRange(1, 1200).Draw(t, "cover"))}
	fee := loan.Fee{Fee: money.Fen(rapid.Int64Range(1, 5_000_000).Draw(t, "fee")), Paid: start, Cover: cover}
	fee.Refund = money.Fen(rapid.Int64Range(0, int64(fee.Fee)).Draw(t, "refund"))
	f := &subsidy.Facts{Contract: loan.Contract{No: "C1", Household: "J1", Product: "共富经营贷", Purpose: "business", Start: start,
		End: cover.Until, Amount: 1 << 40, OtherSubsidy: loan.Give(false), Rate: money.NewRate(4, 100)},
		Listed: []day.Span{{From: 0, Until: day.Open}}, Fees: []loan.Fee{fee},
		Entries: []loan.Entry{{Kind: loan.Drawdown, Date: start, Amount: 100, NewEnd: day.None}}}
	if rapid.Bool().Draw(t, "early") {
		closed := start + day.Date(rapid.IntRange(0, cover.Days()).Draw(t, "repaid after"))
		f.Entries = append(f.Entries, loan.Entry{Kind: loan.Repayment, Date: closed, Amount: 100, NewEnd: day.None})
	}
	return f
}

func feeOf(t *rapid.T, p *subsidy.Plan, f *subsidy.Facts) money.Fen {
	return calculate(t, p, []*subsidy.Facts{f})[0].FeeSubsidy
}

func TestAFeeSubsidyIsAtMostTheShareOfWhatWasFinallyPaidAndNeverCutTwice(t *testing.T) {
	once, both, ends := plan(t, thirds("not_twice"), 2025), plan(t, thirds("net_and_days"), 2025), plan(t, thirds("ends_cover"), 2025)
	rapid.Check(t, func(t *rapid.T) {
		f := guaranteed(t)
		fee := f.Fees[0]
		got := feeOf(t, once, f)
		if left := halfUp(big.NewRat(int64(fee.Fee-fee.Refund), 3)); got > left {
			t.Fatalf("%s on a fee of %s, %s given back", got, fee.Fee, fee.Refund)
		}
		if low, high := feeOf(t, both, f), feeOf(t, ends, f); got < low || got > high {
			t.Fatalf("%s is not between %s, cut by refund and days, and %s, cut by the refund", got, low, high)
		}
		f.Fees[0].Refund = 0
		byDays := feeOf(t, once, f)
		f.Fees[0].Refund = fee.Refund
		if byDays < got || got < byDays && got < feeOf(t, ends, f) {
			t.Fatalf("%s, by the days alone %s, by the refund alone %s", got, byDays, feeOf(t, ends, f))
		}
	})
}

func TestMoreGivenBackNeverRaisesAFeeSubsidy(t *testing.T) {
	p := plan(t, thirds("not_twice"), 2025)
	rapid.Check(t, func(t *rapid.T) {
		f := guaranteed(t)
		before := feeOf(t, p, f)
		f.Fees[0].Refund += money.Fen(rapid.Int64Range(0, int64(f.Fees[0].Fee-f.Fees[0].Refund)).Draw(t, "more"))
		if after := feeOf(t, p, f); after > before {
			t.Fatalf("%s before, %s after a refund of %s", before, after, f.Fees[0].Refund)
		}
	})
}
