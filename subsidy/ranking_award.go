package subsidy

import (
	"math/big"
	"slices"

	"ganlan/fault"
	"ganlan/figure"
	"ganlan/money"
)

// rank orders a table, lets equal rows share a rank, and gives the awards.
func (r *rankingRun) rank(table []*RankedRow) error {
	k := r.Ranking
	var faults fault.List
	for _, x := range table {
		for i := range k.Ties.Then {
			_, err := r.results[x.No].Get(k.Ties.Then[i].Of)
			faults = append(faults, placed(clauseOf(err, k.Ties.Then[i].Text()), x.Place)...)
		}
	}
	if err := faults.Err(); err != nil {
		return err
	}
	slices.SortStableFunc(table, r.compare)
	places, err := r.places(table)
	if err != nil {
		return err
	}
	rank := 0
	for i := 0; i < len(table); {
		j := i + 1
		for j < len(table) && r.compare(table[i], table[j]) == 0 {
			j++
		}
		rank++
		if k.Ties.Rank.Is() == TieSkip {
			rank = i + 1
		}
		for _, x := range table[i:j] {
			x.Rank, x.Tied = rank, j-i
		}
		faults = append(faults, r.award(table[i:j], places)...)
		i = j
	}
	return faults.Err()
}

// compare puts the better row first; 0 means that nothing tells them apart.
func (r *rankingRun) compare(a, b *RankedRow) int {
	if c := b.Score.Cmp(a.Score); c != 0 {
		return c
	}
	for i := range r.Ranking.Ties.Then {
		t := &r.Ranking.Ties.Then[i]
		x, _ := r.results[a.No].Get(t.Of)
		y, _ := r.results[b.No].Get(t.Of)
		c := y.Cmp(x)
		if t.Better.Is() == Less {
			c = -c
		}
		if c != 0 {
			return c
		}
	}
	return 0
}

// places are the awards by rank, the first at 0. Shares of an amount are rounded together, so that they add up.
func (r *rankingRun) places(table []*RankedRow) ([]money.Fen, error) {
	p := r.Ranking.Awards
	if p == nil {
		return nil, nil
	}
	if !p.Of.Given() {
		out := make([]money.Fen, len(p.List.Is()))
		for i, o := range p.List.Is() {
			if err := out[i].UnmarshalText([]byte(o)); err != nil {
				return nil, err
			}
		}
		return out, nil
	}
	var whole figure.Value
	for i, x := range table {
		v, err := moneyOf(p.Of.Is(), r.results[x.No])
		if err != nil {
			return nil, placed(clauseOf(err, p.Text()), x.Place).Err()
		}
		if i > 0 && v.Cmp(whole) != 0 {
			return nil, FaultLimitDiffers.At(x.Place).Set("of", x.Group).Set("a", whole).Set("b", v)
		}
		whole = v
	}
	return sharesOf(whole.Rat(), p.List.Is(), r.Ranking.Round.money())
}

func sharesOf(whole *big.Rat, list []figure.Operand, round money.Rounding) ([]money.Fen, error) {
	weights, sum := make([]*big.Rat, len(list)), new(big.Rat)
	for i, o := range list {
		v, err := figure.Parse(figure.Percent, string(o))
		if err != nil {
			return nil, err
		}
		weights[i] = v.Rat()
		sum.Add(sum, v.Rat())
	}
	total, err := round.Round(sum.Mul(sum, whole))
	out := money.Spread(total/round.Unit, weights)
	for i := range out {
		out[i] *= round.Unit
	}
	return out, err
}

// award gives the rows of one rank what their places hold.
func (r *rankingRun) award(rows []*RankedRow, places []money.Fen) fault.List {
	ties := &r.Ranking.Ties
	first := rows[0].Rank - 1
	pool := money.Fen(0)
	for i := first; i < len(places) && i < first+len(rows) && (i == first || ties.Rank.Is() == TieSkip); i++ {
		pool += places[i]
	}
	if pool == 0 {
		for _, x := range rows {
			if x.Reason = ReasonRank; r.Ranking.Awards != nil {
				x.Cite = r.Ranking.Awards.Text()
			} else {
				x.Reason = ""
			}
		}
		return r.ungranted(rows)
	}
	switch {
	case len(rows) == 1:
		rows[0].Amount = pool
		return r.ungranted(rows)
	case ties.Award.Or(TieUndecided) == TieShared:
		r.shareEqually(rows, pool)
		return r.ungranted(rows)
	case ties.Award.Or(TieUndecided) == TieEach:
		for _, x := range rows {
			x.Amount = places[first]
		}
		return r.ungranted(rows)
	}
	return r.decided(rows, pool)
}

// shareEqually gives each the same, the odd units to the first numbers.
func (r *rankingRun) shareEqually(rows []*RankedRow, pool money.Fen) {
	unit := r.Ranking.Round.money().Unit
	weights := make([]*big.Rat, len(rows))
	for i := range weights {
		weights[i] = big.NewRat(1, 1)
	}
	for i, n := range money.Spread(pool/unit, weights) {
		rows[i].Amount = n * unit
	}
}

// decided takes what finance entered for tied rows, together not above what their places hold. The others stay open.
func (r *rankingRun) decided(rows []*RankedRow, pool money.Fen) (faults fault.List) {
	cite := r.Ranking.Ties.Text()
	sum, open := money.Fen(0), false
	for _, x := range rows {
		x.Pool = pool
		v, ok := x.Facts[r.Ranking.Ties.Grant]
		if r.Ranking.Ties.Grant == "" || !ok {
			x.Open, x.Reason, x.Cite, open = true, ReasonTied, cite, true
			continue
		}
		n, err := v.Fen(money.ToFen)
		if err != nil || n < 0 {
			n = pool + 1
		}
		x.Amount, sum = n, sum+min(n, pool+1)
	}
	if sum > pool {
		faults.Add(FaultGrantAbove.At(rows[0].Place).Set("no", rows[0].Group).Set("granted", sum.Grouped()).
			Set("ceiling", pool.Grouped()).Of(cite))
	}
	if open {
		r.Open += pool - min(sum, pool)
	}
	return faults
}

// ungranted refuses what finance entered for rows on which it has nothing to decide.
func (r *rankingRun) ungranted(rows []*RankedRow) (faults fault.List) {
	for _, x := range rows {
		if v, ok := x.Facts[r.Ranking.Ties.Grant]; ok {
			faults.Add(FaultGrantUntied.At(x.Place).Set("no", x.No).Set("granted", v).Of(r.Ranking.Ties.Text()))
		}
	}
	return faults
}
