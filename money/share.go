package money

import (
	"math/big"
	"slices"
)

// Split is how a total is divided by shares that add up to 1. Every part but the holder's is rounded towards zero and
// the holder takes what is left; without a holder the fen left over go one each to the largest remainders, ties to the
// first named (OP-04). The parts always add up to the total.
type Split struct {
	shares []Rate
	holder int
}

// NewSplit refuses shares that do not add up to the whole. holder is the index of the share that takes the rest, or
// negative for the largest remainders.
func NewSplit(shares []Rate, holder int) (Split, error) {
	sum := new(big.Rat)
	for _, s := range shares {
		if s.num < 0 {
			return Split{}, FaultShares.New()
		}
		sum.Add(sum, s.Rat())
	}
	if sum.Cmp(big.NewRat(1, 1)) != 0 {
		return Split{}, FaultShares.New()
	}
	return Split{shares, holder}, nil
}

// Append divides a total and appends the parts in the order of the shares.
func (s Split) Append(dst []Fen, total Fen) ([]Fen, error) {
	at, left := len(dst), total
	for _, r := range s.shares {
		n, err := MulDiv(int64(total), r.Num(), r.Den(), Down)
		if err != nil {
			return dst, err
		}
		dst = append(dst, Fen(n))
		left -= Fen(n)
	}
	parts := dst[at:]
	switch {
	case left == 0:
	case s.holder >= 0:
		parts[s.holder] += left
	default:
		handOut(parts, s.remainders(total, parts), left)
	}
	return dst, nil
}

func (s Split) remainders(total Fen, parts []Fen) []*big.Rat {
	rests := make([]*big.Rat, len(parts))
	for i, r := range s.shares {
		exact := new(big.Rat).Mul(big.NewRat(int64(total), 1), r.Rat())
		rests[i] = exact.Abs(exact.Sub(exact, big.NewRat(int64(parts[i]), 1)))
	}
	return rests
}

// Divide is the parts of one total; see Split.
func Divide(total Fen, shares []Rate, holder int) ([]Fen, error) {
	s, err := NewSplit(shares, holder)
	if err != nil {
		return nil, err
	}
	return s.Append(nil, total)
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
