package claim

import (
	"cmp"
	"math/big"
	"slices"

	"ganlan/fault"
	"ganlan/money"
	"ganlan/scheme"
	"ganlan/subsidy"
)

// NeedsWhole reports whether the scheme has a rule over the whole claim, so that all rows must be at hand together.
func NeedsWhole(p *subsidy.Plan) bool {
	a := &p.Scheme.Amount
	for i := range a.Caps {
		if a.Caps[i].Per.Is() == scheme.PerBank {
			return true
		}
	}
	return a.Budget.Given()
}

// SettleWhole applies the bank's ceilings and the budget of the year: a ceiling fills in date order, a short budget is
// shared by one ratio with exact parts (largest remainder).
func SettleWhole(p *subsidy.Plan, rows []*subsidy.Row) (warned fault.List, err error) {
	a := &p.Scheme.Amount
	rows = slices.Clone(rows) // ties go by contract and note, whatever the order of the rows
	slices.SortStableFunc(rows, func(a, b *subsidy.Row) int {
		return cmp.Or(cmp.Compare(a.Facts.Contract.No, b.Facts.Contract.No), cmp.Compare(a.Note, b.Note))
	})
	for i := range a.Caps {
		if c := &a.Caps[i]; c.Per.Is() == scheme.PerBank {
			limit, cite, err := p.CapMoney(c)
			if err != nil {
				return nil, err
			}
			subsidy.Fill(rows, c.Fill.Is(), limit, "全行上限 "+limit.Grouped()+" 元", cite)
		}
	}
	if a.Budget.Given() {
		budget, cite, err := p.Budget()
		if err != nil {
			return nil, err
		}
		if warned, err = shareBudget(budget, cite, rows); err != nil {
			return warned, err
		}
	}
	for _, r := range rows {
		if err := p.SplitAgain(r); err != nil {
			return warned, err
		}
	}
	return warned, nil
}

func shareBudget(budget money.Fen, cite string, rows []*subsidy.Row) (warned fault.List, err error) {
	weights := make([]*big.Rat, len(rows))
	due := money.Fen(0)
	for i, r := range rows {
		weights[i] = big.NewRat(int64(r.Amount), 1)
		if due, err = money.Add(due, r.Amount); err != nil {
			return nil, err
		}
	}
	if due <= budget {
		return nil, nil
	}
	for i, n := range money.Spread(budget, weights) {
		rows[i].CutTo(n, "预算 "+budget.Grouped()+" 元，应付 "+due.Grouped()+" 元", cite)
	}
	warned.Add(FaultBudget.New().Set("budget", budget.Grouped()).Set("due", due.Grouped()).Of(cite))
	return warned, nil
}
