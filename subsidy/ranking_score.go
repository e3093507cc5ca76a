package subsidy

import (
	"math/big"
)

// score puts the indicators on one scale and adds them up.
func (r *rankingRun) score(table []*RankedRow) {
	s := &r.Ranking.Score
	for p := range s.Parts {
		if s.Scale.Is() == MinMax {
			scaleMinMax(table, p)
		}
	}
	for _, x := range table {
		x.Score = new(big.Rat)
		for p := range x.Parts {
			x.Score.Add(x.Score, new(big.Rat).Mul(s.Parts[p].Weight.Is().Rat(), x.Parts[p].Points))
		}
		if s.Decimals.Given() {
			x.Score = rounded(x.Score, s.Decimals.Is())
		}
	}
}

// scaleMinMax gives the best 100 and the worst 0.
func scaleMinMax(table []*RankedRow, p int) {
	low, high := table[0].Parts[p].Value.Rat(), table[0].Parts[p].Value.Rat()
	for _, x := range table {
		if v := x.Parts[p].Value.Rat(); v.Cmp(low) < 0 {
			low = v
		} else if v.Cmp(high) > 0 {
			high = v
		}
	}
	width := new(big.Rat).Sub(high, low)
	for _, x := range table {
		part := &x.Parts[p]
		points := big.NewRat(100, 1)
		if width.Sign() > 0 {
			off := new(big.Rat).Sub(part.Value.Rat(), low)
			if part.Part.Better.Is() == Less {
				off.Sub(high, part.Value.Rat())
			}
			points.Mul(points, off.Quo(off, width))
		}
		part.Points, part.low, part.high = points, low, high
	}
}

// rounded is a number to some decimals, half up.
func rounded(x *big.Rat, decimals int) *big.Rat {
	unit := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(decimals)), nil)
	y := new(big.Rat).Mul(x, new(big.Rat).SetInt(unit))
	y.Add(y, big.NewRat(1, 2))
	q := new(big.Int).Div(y.Num(), y.Denom()) // towards minus infinity, so that half goes up
	return new(big.Rat).SetFrac(q, unit)
}
