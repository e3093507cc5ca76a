package sample

import (
	"maps"
	"slices"

	"ganlan/money"
)

// Figure is what a bank states for one contract and year: the sum of end-of-day balances in fen-days and the subsidy.
type Figure struct {
	Cumulative int64
	Subsidy    money.Fen
}

// Mistake is a slip of the bank's own calculation.
type Mistake uint8

// The slips, each of which real books show. NoMistake is the right figure.
const (
	NoMistake      Mistake = iota
	Year365                // the subsidy is divided by 365 days instead of 360
	LastDayMissing         // 31 December is not counted although its balance is still owed
	PastMaturity           // days from maturity on are counted as long as something is owed
)

// Text is the slip in words for the list of expected differences.
func (m Mistake) Text() string {
	return []string{"", "按365天折算，应按360天", "漏计12月31日", "到期日后未停止计息"}[m]
}

// The terms of the invented claim: 1.8% a year over 360 days, never above the contract's own rate.
const (
	subsidyBP = 180
	yearDays  = 360
)

// Claimable reports whether the bank states figures for a contract: a product and a purpose of the series, no other
// subsidy, the family on the list when the contract began.
func (c County) Claimable(x Contract) bool {
	inSeries := slices.ContainsFunc(series, func(p product) bool { return p.code == x.ProductCode })
	return inSeries && x.Purpose != "consumption" && !x.OtherSubsidy && c.listedOn(x.family, x.Start)
}

// Figure is the bank's figure for Year with a slip, counted day by day in plain integers so that it owes nothing to the
// calculation it is compared with. The largest line leaves them far from overflow.
func (x Contract) Figure(m Mistake) Figure {
	var f Figure
	for d := yearStart; d <= yearEnd; d++ {
		if d >= x.End && m != PastMaturity || d == yearEnd && m == LastDayMissing {
			continue
		}
		f.Cumulative += int64(balanceAt(x.Ledger, d))
	}
	whole := int64(10000 * yearDays)
	if m == Year365 {
		whole = 10000 * 365
	}
	f.Subsidy = money.Fen((2*f.Cumulative*min(subsidyBP, x.RateBP) + whole) / (2 * whole)) // half up
	return f
}

// Slips gives each slip to this many claimable contracts, spread over the county, where it changes a figure.
func (c County) Slips(each int) map[int]Mistake {
	slips := map[int]Mistake{}
	for _, m := range []Mistake{PastMaturity, LastDayMissing, Year365} {
		for k := range each {
			if i, found := c.nextSlip(m, k*c.contracts/each, slips); found {
				slips[i] = m
			}
		}
	}
	return slips
}

// nextSlip is the first contract from number start on, going round, that has no slip yet and whose figure this one changes.
func (c County) nextSlip(m Mistake, start int, taken map[int]Mistake) (int, bool) {
	for k := range c.contracts {
		i := (start + k) % c.contracts
		x := c.Contract(i)
		if taken[i] == NoMistake && c.Claimable(x) && x.Figure(m) != x.Figure(NoMistake) {
			return i, true
		}
	}
	return 0, false
}

// Differences is the key to the slips: what the bank states and what is right, contract by contract.
func (c County) Differences(slips map[int]Mistake) Table {
	return Table{Name: "differences", Columns: []string{"合同号", "银行累计", "应为累计", "银行贴息", "应为贴息", "原因"},
		Rows: func(yield func([]string) bool) {
			for _, i := range slices.Sorted(maps.Keys(slips)) {
				x := c.Contract(i)
				bank, right := x.Figure(slips[i]), x.Figure(NoMistake)
				if !yield([]string{x.No, money.Fen(bank.Cumulative).String(), money.Fen(right.Cumulative).String(),
					bank.Subsidy.String(), right.Subsidy.String(), slips[i].Text()}) {
					return
				}
			}
		}}
}
