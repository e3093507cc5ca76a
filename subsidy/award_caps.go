package subsidy

import (
	"cmp"
	"math/big"
	"slices"

	"ganlan/fault"
	"ganlan/figure"
	"ganlan/money"
	"ganlan/scheme"
)

// caps applies the ceilings in the order of the file, each to what the one before left.
func (r *awardRun) caps() error {
	for i := range r.Award.Caps {
		if err := r.cap(&r.Award.Caps[i]); err != nil {
			return err
		}
	}
	return nil
}

func (r *awardRun) cap(c *AwardCap) error {
	groups, err := r.groups(c.Per.Is(), c.Money.Is(), func(i int) (bool, error) {
		if r.exact[i] == nil || r.Rows[i].Ceiling == 0 {
			return false, nil
		}
		return c.applies(r.results[i])
	})
	if err != nil {
		return err
	}
	paid, err := r.earlier(c)
	if err != nil {
		return err
	}
	for _, g := range groups {
		if err := r.hold(c, g, paid[g.key]); err != nil {
			return err
		}
	}
	return nil
}

func (c *AwardCap) applies(res *figure.Result) (bool, error) {
	if c.cond == nil {
		return true, nil
	}
	ok, err := res.Holds(c.cond)
	if err != nil {
		return false, clauseOf(err, c.Text())
	}
	return ok, nil
}

// earlier is what was paid before from each ceiling.
func (r *awardRun) earlier(c *AwardCap) (map[string]money.Fen, error) {
	per := c.Per.Is()
	if len(per) == 1 && per[0] == everyone {
		per = nil
	}
	out := map[string]money.Fen{}
	var faults fault.List
	for i := range r.in.Earlier {
		e := &r.in.Earlier[i]
		if c.Over == scheme.OverLife && e.Year > r.Year || c.Over != scheme.OverLife && e.Year != r.Year {
			continue
		}
		ok, err := c.applies(r.Award.program.Run(with(yearFacts(e.Year), e.Of)))
		key, err2 := keyOf(per, e.Of, r.Award.facts)
		if err != nil || err2 != nil {
			faults = append(append(faults, placed(err, e.Place)...), placed(err2, e.Place)...)
			continue
		}
		if !ok {
			continue
		}
		if out[shown(key)], err = money.Add(out[shown(key)], e.Paid); err != nil {
			return nil, err
		}
	}
	return out, faults.Err()
}

// hold keeps the rows of a group within the ceiling, in whole units.
func (r *awardRun) hold(c *AwardCap, g *group, paid money.Fen) (err error) {
	sum := money.Fen(0)
	for _, i := range g.rows {
		if sum, err = money.Add(sum, r.Rows[i].Ceiling); err != nil {
			return err
		}
	}
	unit := r.Award.Round.money().Unit
	left := max(g.limit-paid, 0) / unit * unit
	if sum <= left {
		return nil
	}
	parts, err := r.share(c, g, left, unit)
	if err != nil {
		return err
	}
	for k, i := range g.rows {
		x := &r.Rows[i]
		if parts[k] == x.Ceiling {
			continue
		}
		x.Cuts = append(x.Cuts, AwardCut{Cap: c, Of: g.key, Limit: g.limit, Paid: paid, Sum: sum, Before: x.Ceiling, After: parts[k]})
		if x.Ceiling = parts[k]; x.Ceiling == 0 {
			x.Reason, x.Cite = ReasonCap, c.Text()
		}
	}
	return nil
}

// share divides what is left: by one factor with the largest remainders, or first come first served.
func (r *awardRun) share(c *AwardCap, g *group, left, unit money.Fen) ([]money.Fen, error) {
	if c.Short.Or(ShortRatio) == ShortFirstCome {
		return r.firstCome(c, g, left)
	}
	weights := make([]*big.Rat, len(g.rows))
	for k, i := range g.rows {
		weights[k] = big.NewRat(int64(r.Rows[i].Ceiling), 1)
	}
	parts := money.Spread(left/unit, weights)
	for k := range parts {
		parts[k] *= unit
	}
	return parts, nil
}

func (r *awardRun) firstCome(c *AwardCap, g *group, left money.Fen) ([]money.Fen, error) {
	var faults fault.List
	days := make([]figure.Value, len(g.rows))
	order := make([]int, len(g.rows))
	for k, i := range g.rows {
		v, err := r.results[i].Get(c.By)
		if err != nil {
			faults = append(faults, placed(clauseOf(err, c.Text()), r.Rows[i].Place)...)
		}
		order[k], days[k] = k, v
	}
	if err := faults.Err(); err != nil {
		return nil, err
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Or(days[a].Cmp(days[b]), cmp.Compare(a, b)) })
	parts := make([]money.Fen, len(g.rows))
	for _, k := range order {
		parts[k] = min(r.Rows[g.rows[k]].Ceiling, left)
		left -= parts[k]
	}
	return parts, nil
}
