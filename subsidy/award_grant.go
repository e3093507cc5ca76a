package subsidy

import (
	"ganlan/day"
	"ganlan/fault"
	"ganlan/money"
	"ganlan/scheme"
)

// grants takes what finance entered, which may not pass the ceiling.
func (r *awardRun) grants() error {
	var faults fault.List
	for i := range r.Rows {
		x := &r.Rows[i]
		if g := r.Award.Grant; g != nil && x.Ceiling > 0 {
			faults = append(faults, placed(g.take(x), x.Place)...)
		} else if g != nil && x.Facts[g.Fact].Given() && x.Facts[g.Fact].Rat().Sign() > 0 {
			faults = append(faults, placed(g.above(x), x.Place)...)
		} else {
			x.Amount = x.Ceiling
		}
		if x.Open {
			r.Open += x.Ceiling
		}
	}
	return faults.Err()
}

func (g *Grant) take(x *Awarded) error {
	v, ok := x.Facts[g.Fact]
	if !ok {
		x.Open, x.Reason, x.Cite = true, ReasonOpen, g.Text()
		return nil
	}
	n, err := v.Fen(money.ToFen)
	if err != nil {
		return err
	}
	if n > x.Ceiling || n < 0 {
		return g.above(x)
	}
	x.Amount = n
	if n == 0 {
		x.Reason, x.Cite = ReasonNothing, g.Text()
	}
	return nil
}

func (g *Grant) above(x *Awarded) error {
	return FaultGrantAbove.New().Set("no", x.No).Set("granted", x.Facts[g.Fact]).Set("ceiling", x.Ceiling.Grouped()).Of(g.Text())
}

// pay adds up and divides among the payers.
func (r *awardRun) pay() (err error) {
	amounts := make([]money.Fen, len(r.Rows))
	for i := range r.Rows {
		amounts[i] = r.Rows[i].Amount
		if r.Total, err = money.Add(r.Total, amounts[i]); err != nil {
			return err
		}
	}
	r.Payers, err = payers(r.Award.Pay, r.Year, r.Total, amounts)
	return err
}

// payers divides a total, or each of the amounts that make it, by the shares of the claim year. Nobody pays when the scheme
// does not say who.
func payers(p *scheme.Pay, year int, total money.Fen, amounts []money.Fen) ([]PayerPart, error) {
	if p == nil {
		return nil, nil
	}
	v, ok := p.Payers.On(day.YearStart(year))
	if !ok || len(v.Is) == 0 {
		return []PayerPart{{Who: Undecided, Amount: total}}, nil
	}
	split, err := money.NewSplit(v.Is.Shares(), v.Is.Index(p.Split.RestTo.Or(scheme.LargestRemainder)))
	if err != nil {
		return nil, err
	}
	if p.Split.Of.Or(scheme.SplitTotal) == scheme.SplitTotal {
		amounts = []money.Fen{total}
	}
	out := make([]PayerPart, len(v.Is))
	for i, x := range v.Is {
		out[i].Who = x.Who
	}
	var parts []money.Fen
	for _, n := range amounts {
		if parts, err = split.Append(parts[:0], n); err != nil {
			return nil, err
		}
		for i := range parts {
			out[i].Amount += parts[i]
		}
	}
	return out, nil
}
