package risk

import (
	"slices"

	"ganlan/figure"
	"ganlan/scheme"
)

// Compute settles a table of periods, one row each: what every party has of the profit, or below zero what it bears of the loss.
func (s *InsurancePool) Compute(t *scheme.Table) (*scheme.Outcome, error) {
	who := leaves(&s.Profit)
	for _, w := range leaves(&s.Loss) {
		if !slices.Contains(who, w) {
			who = append(who, w)
		}
	}
	columns := []scheme.Column{sum("result", "本期损益", "result")}
	for _, w := range who {
		columns = append(columns, sum("part_"+w, s.Parties.Of(w, "zh")+"得（负为承担）", s.Parties.Of(w, "en")+" has (below 0: bears)"))
	}
	settle := func(x *scheme.FactRow) (*Settlement, error) { return s.Settle(x.Facts) }
	show := func(x *Settlement) scheme.OutcomeRow {
		v := []figure.Value{figure.OfMoney(x.Result)}
		for _, w := range who {
			part := x.Of(w)
			if x.Loses() {
				part = -part
			}
			v = append(v, figure.OfMoney(part))
		}
		return scheme.OutcomeRow{Values: v}
	}
	return scheme.EachRow(t, columns, settle, show, (*Settlement).Lines)
}
