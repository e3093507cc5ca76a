package money

import (
	"math/big"
	"slices"
)

// Divide splits a total by shares that add up to 1. Every part but the holder's is rounded towards zero and the holder
// takes what is left; with holder < 0 the fen left over go one each to the largest remainders, ties to the first named
// (OP-04). The parts always add up to the total.
func Divide(total Fen, shares []Rate, holder int) ([]Fen, error) {
	sum := new(big.Rat)
	for _, s := range shares {
		if s.num < 0 {
			return nil, FaultShares.New()
		}
		sum.Add(sum, s.Rat())
	}
	if sum.Cmp(big.NewRat(1, 1)) != 0 {
		return nil, FaultShares.New()
	}
	parts, rests, left := make([]Fen, len(shares)), make([]*big.Rat, len(shares)), total
	for i, s := range shares {
		n, err := MulDiv(int64(total), s.Num(), s.Den(), Down)
		if err != nil {
			return nil, err
		}
		parts[i] = Fen(n)
		left -= parts[i]
		exact := new(big.Rat).Mul(big.NewRat(int64(total), 1), s.Rat())
		rests[i] = exact.Abs(exact.Sub(exact, big.NewRat(n, 1)))
	}
	if holder >= 0 {
		parts[holder] += left
		return parts, nil
	}
	handOut(parts, rests, left)
	return parts, nil
}

// Spread splits a total in proportion to weights (not negative), largest remainder first, ties to the first. With all
// weights zero everything is zero. It is how a short budget is shared and how a household's amount returns to its rows.
func Spread(total Fen, weights []*big.Rat) []Fen {
	parts, rests, left := make([]Fen, len(weights)), make([]*big.Rat, len(weights)), total
	sum := new(big.Rat)
	for _, w := range weights {
		sum.Add(sum, w)
	}
	if sum.Sign() == 0 {
		return parts
	}
	for i, w := range weights {
		x := new(big.Rat).Mul(big.NewRat(int64(total), 1), w)
		x.Quo(x, sum)
		n := new(big.Int).Quo(x.Num(), x.Denom())
		parts[i] = Fen(n.Int64())
		rests[i] = x.Abs(x.Sub(x, new(big.Rat).SetInt(n)))
		left -= parts[i]
	}
	handOut(parts, rests, left)
	return parts
}

// handOut gives the fen left over, one each, to the largest remainders.
func handOut(parts []Fen, rests []*big.Rat, left Fen) {
	order := make([]int, len(parts))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return rests[b].Cmp(rests[a]) })
	step := Fen(1)
	if left < 0 {
		step = -1
	}
	for i := 0; left != 0; i++ {
		parts[order[i%len(order)]] += step
		left -= step
	}
}
