package claim

import (
	"math/big"
	"slices"

	"ganlan/day"
	"ganlan/money"
	"ganlan/scheme"
	"ganlan/subsidy"
)

// figures are what a reckoning of one contract comes to.
type figures struct {
	days   int64 // fen-days
	amount money.Fen
}

// account is one contract reckoned by one plan, with the pieces behind the amount.
type account struct {
	figures
	plan *subsidy.Plan
	rows []subsidy.RowWhy
}

// accountOf reckons a group of contracts and keeps the one of the number.
func accountOf(p *subsidy.Plan, group []*subsidy.Facts, no string) (*account, error) {
	x, err := p.Explain(group, no)
	if err != nil {
		return nil, err
	}
	a := &account{plan: p, rows: x.Rows}
	for i := range x.Rows {
		r := &x.Rows[i].Row
		if a.days, err = money.AddInt(a.days, r.BalanceDays); err != nil {
			return nil, err
		}
		if a.amount, err = money.Add(a.amount, r.Amount); err != nil {
			return nil, err
		}
	}
	return a, nil
}

// counted gives the pieces that earn something, row by row.
func (a *account) counted(each func(row int, x subsidy.Piece)) {
	for i := range a.rows {
		for _, x := range a.rows[i].Pieces {
			if x.Why == "" && x.Counted > 0 {
				each(i, x)
			}
		}
	}
}

// byDays reports whether each day of every piece is one part of the rate year, so that pieces can be cut anywhere.
func (a *account) byDays() bool {
	yes := a.plan.Scheme.Amount.Round.Per.Is() != scheme.GrainHousehold
	a.counted(func(_ int, x subsidy.Piece) { yes = yes && x.Parts == int64(x.Span.Days()) })
	return yes
}

// sumKey is what is rounded as one.
type sumKey struct {
	row, period int
	note        string
}

// again reckons the pieces anew: each is changed, or left out, and all are rounded as the scheme rounds. Ceilings on money
// keep what they cut. It is nil when the amount cannot be had so.
func (a *account) again(change func(*subsidy.Piece) bool) *account {
	round, perDraw := a.plan.Scheme.Amount.Round.Rounding(), a.plan.Scheme.Amount.Round.Per.Is() == scheme.GrainDrawdown
	out := &account{plan: a.plan, rows: make([]subsidy.RowWhy, len(a.rows))}
	sums := map[sumKey]*big.Rat{}
	a.counted(func(row int, x subsidy.Piece) {
		if !change(&x) {
			return
		}
		k := sumKey{row: row, period: a.plan.Period(x.Span.From)}
		if perDraw {
			k.note = x.Note
		}
		if sums[k] == nil {
			sums[k] = new(big.Rat)
		}
		sums[k].Add(sums[k], x.Amount())
		out.days += int64(x.Counted) * int64(x.Span.Days())
		out.rows[row].Pieces = append(out.rows[row].Pieces, x)
	})
	per := make([]money.Fen, len(a.rows))
	for k, sum := range sums {
		n, err := round.Round(sum)
		if err != nil {
			return nil
		}
		per[k.row] += n
	}
	out.amount = a.capped(per)
	return out
}

// capped is the sum of what the ceilings leave of each row.
func (a *account) capped(per []money.Fen) (sum money.Fen) {
	for i, n := range per {
		sum += a.cut(i, n)
	}
	return sum
}

// cut is what the ceilings of the row leave of an amount.
func (a *account) cut(row int, n money.Fen) money.Fen {
	for _, c := range a.rows[row].Cuts {
		n = min(n, max(c.After, 0))
	}
	return n
}

// within counts only the days of a span.
func (a *account) within(s day.Span) *account {
	if !a.byDays() {
		return nil
	}
	return a.again(func(x *subsidy.Piece) bool {
		x.Span = x.Span.Meet(s)
		x.Parts = int64(x.Span.Days())
		return x.Parts > 0
	})
}

// span is the first to the last day that counts.
func (a *account) span() (s day.Span) {
	s = day.Span{From: day.Open, Until: day.None}
	a.counted(func(_ int, x subsidy.Piece) { s.From, s.Until = min(s.From, x.Span.From), max(s.Until, x.Span.Until) })
	return s
}

// edges are the days on which what counts changes, in order.
func (a *account) edges() (out []day.Date) {
	a.counted(func(_ int, x subsidy.Piece) { out = append(out, x.Span.From, x.Span.Until) })
	slices.Sort(out)
	return slices.Compact(out)
}

// owedOn is what counts on a day.
func (a *account) owedOn(d day.Date) (sum money.Fen) {
	a.counted(func(_ int, x subsidy.Piece) {
		if x.Span.Has(d) {
			sum += x.Counted
		}
	})
	return sum
}
