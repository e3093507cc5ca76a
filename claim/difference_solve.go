package claim

import (
	"cmp"
	"fmt"
	"math/big"
	"slices"

	"ganlan/day"
	"ganlan/money"
	"ganlan/scheme"
	"ganlan/subsidy"
)

// solve asks which day, which rate or which amount would give the bank's figures, whatever the documents say.
func (x *examiner) solve() {
	if !x.base.byDays() || x.base.days == 0 || x.bank.amount.OK && x.bank.amount.Value == 0 {
		return
	}
	x.solveEnds()
	x.solveRate()
	if len(x.hits) == 0 {
		x.solveLine()
	}
}

// solveEnds looks for another last or first day of the accrual.
func (x *examiner) solveEnds() {
	s := x.base.span()
	reached := func(f *account) bool {
		if x.bank.days.OK {
			return f.days >= x.bank.days.Value
		}
		return f.amount >= x.bank.amount.Value
	}
	upTo := func(n int) *account { // the first n days
		return x.base.within(day.Span{From: s.From, Until: s.From + day.Date(n)})
	}
	lastDays := func(n int) *account {
		return x.base.within(day.Span{From: s.Until - day.Date(n), Until: s.Until})
	}
	find := func(of func(int) *account) (int, *account) {
		n, _ := slices.BinarySearchFunc(days(s.Days()), 0, func(n, _ int) int {
			if reached(of(n)) {
				return 1
			}
			return -1
		})
		return n, of(n)
	}
	n, f := find(upTo)
	end := s.From + day.Date(n) - 1
	x.see(f, Reading{Cause: CauseCutOff, Bank: scheme.Words{Zh: "只计至" + dayWords(end), En: "counted up to " + end.String() + " only"}})
	n, f = find(lastDays)
	first := s.Until - day.Date(n)
	x.see(f, Reading{Cause: CauseCutOff, Bank: scheme.Words{Zh: "自" + dayWords(first) + "起才计", En: "counted from " + first.String() + " only"}})
}

// days are 0 … n.
func days(n int) []int {
	out := make([]int, n+1)
	for i := range out {
		out[i] = i
	}
	return out
}

// tellingStep is the least that a hundredth of a per cent must move a subsidy so that a rate can be told from it, in fen.
const tellingStep = 50

// solveRate looks for a yearly rate of two decimals.
func (x *examiner) solveRate() {
	if !x.bank.amount.OK || x.bank.days.OK && x.bank.days.Value != x.base.days {
		return
	}
	years := new(big.Rat) // fen-years
	x.base.counted(func(_ int, p subsidy.Piece) {
		years.Add(years, new(big.Rat).Mul(big.NewRat(int64(p.Counted), 1), big.NewRat(p.Parts, p.Basis)))
	})
	n := new(big.Rat).Quo(big.NewRat(int64(x.bank.amount.Value)*10_000, 1), years)
	steps, err := money.ToFen.Round(n)
	if err != nil || years.Cmp(big.NewRat(tellingStep*10_000, 1)) < 0 || steps <= 0 {
		return
	}
	rate := money.NewRate(int64(steps), 10_000)
	x.see(x.base.again(func(p *subsidy.Piece) bool { p.Rate = rate; return true }),
		Reading{Cause: CauseRate, Bank: scheme.Words{Zh: "贴息率一律取" + rate.String(), En: "a subsidy rate of " + rate.String() + " throughout"}})
}

// roundYuan is what an amount nobody has named must be a multiple of, to be believed.
const roundYuan = 1000 * money.Yuan

// solveLine looks for an amount that counted too long or too short from one day on: a ledger line that is not ours or not
// the bank's.
func (x *examiner) solveLine() {
	s, rate := x.base.span(), x.rate()
	if rate == nil {
		return
	}
	known := x.amounts()
	var found []line
	for n := 1; n <= s.Days(); n++ {
		for _, a := range x.amountsOver(n, known) {
			add := new(big.Rat).Mul(big.NewRat(int64(a)*int64(n), 1), rate)
			more, err := money.ToFen.Round(add)
			if off := x.base.amount + more - x.bank.amount.Value; err == nil && (!x.bank.amount.OK || max(off, -off) <= slack(x.bank)) {
				found = append(found, line{a, s.Until - day.Date(n), slices.Contains(known, max(a, -a))})
			}
		}
	}
	slices.SortStableFunc(found, func(a, b line) int { return cmp.Or(b.worth()-a.worth(), int(b.from-a.from)) })
	for _, l := range found[:min(len(found), 3)] {
		x.hits = append(x.hits, candidate{[]Reading{l.reading(s.Until - 1)}, nil})
	}
}

// slack: with the cumulative balance given, the amount only confirms, and may have been rounded another way.
func slack(b stated) money.Fen {
	if b.days.OK {
		return 1
	}
	return 0
}

// rate is the daily rate of the last piece.
func (x *examiner) rate() (r *big.Rat) {
	x.base.counted(func(_ int, p subsidy.Piece) { r = new(big.Rat).Mul(p.Rate.Rat(), big.NewRat(1, p.Basis)) })
	return r
}

// amounts are the sums that the contract knows: lent, drawn, repaid, owed.
func (x *examiner) amounts() (out []money.Fen) {
	f := x.group[x.at]
	out = append(out, f.Contract.Amount, f.Contract.Balance.Value)
	for _, e := range f.Entries {
		out = append(out, e.Amount)
	}
	for _, d := range x.base.edges() {
		out = append(out, x.base.owedOn(d))
	}
	slices.Sort(out)
	return slices.DeleteFunc(slices.Compact(out), func(f money.Fen) bool { return f <= 0 })
}

// amountsOver are the amounts that n days of more or less could stand for: with the cumulative balance given the only one,
// when it is round or known; else those known.
func (x *examiner) amountsOver(n int, known []money.Fen) []money.Fen {
	if !x.bank.days.OK {
		sign := money.Fen(1)
		if x.bank.amount.Value < x.base.amount {
			sign = -1
		}
		out := slices.Clone(known)
		for i := range out {
			out[i] *= sign
		}
		return out
	}
	by := x.bank.days.Value - x.base.days
	a := money.Fen(by / int64(n))
	if by == 0 || by%int64(n) != 0 || a%roundYuan != 0 && !slices.Contains(known, max(a, -a)) {
		return nil
	}
	return []money.Fen{a}
}

// line is an amount that counted too long (or, below zero, not at all) from a day on.
type line struct {
	amount money.Fen
	from   day.Date
	known  bool
}

// worth is how far the line is believed.
func (l line) worth() int {
	switch {
	case l.known:
		return 3
	case l.amount%(10*roundYuan) == 0:
		return 2
	}
	return 1
}

func (l line) reading(last day.Date) Reading {
	n := int(last-l.from) + 1
	if l.amount > 0 {
		return Reading{Cause: CauseLine, Bank: scheme.Words{
			Zh: fmt.Sprintf("自%s起%d天多计%s元（如有还款未记，或多记放款）", dayWords(l.from), n, l.amount.Grouped()),
			En: fmt.Sprintf("%s too much for %d days from %s (a repayment missing or a draw too many)", l.amount.Grouped(), n, l.from)}}
	}
	return Reading{Cause: CauseLine, Bank: scheme.Words{
		Zh: fmt.Sprintf("自%s起%d天少计%s元（如有放款未记，或多记还款）", dayWords(l.from), n, (-l.amount).Grouped()),
		En: fmt.Sprintf("%s too little for %d days from %s (a draw missing or a repayment too many)", (-l.amount).Grouped(), n, l.from)}}
}
