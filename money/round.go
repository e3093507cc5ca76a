package money

import "math/big"

// Mode is how a fraction of the unit is rounded. All modes work on the magnitude; the sign is put back afterwards.
type Mode uint8

// The modes a scheme can name.
const (
	HalfUp   Mode = iota // 四舍五入
	HalfEven             // half to the even neighbour
	Down                 // 舍去
	Up                   // 进一
)

// up reports whether a quotient with this rest is rounded away from zero.
func (m Mode) up(q, rest, den uint64) bool {
	switch m {
	case HalfUp:
		return rest >= den-rest && rest > 0
	case HalfEven:
		return rest > den-rest || rest == den-rest && q%2 == 1
	case Up:
		return rest > 0
	default:
		return false
	}
}

// Rounding is where an exact amount becomes money: a unit (1 fen, 1 yuan, 100 yuan …) and a mode.
type Rounding struct {
	Unit Fen
	Mode Mode
}

// ToFen is the usual rounding: to the fen, half up.
var ToFen = Rounding{Unit: 1, Mode: HalfUp}

// Round is the exact amount in fen rounded to a multiple of the unit.
func (r Rounding) Round(x *big.Rat) (Fen, error) {
	unit := max(r.Unit, 1)
	y := new(big.Rat).Quo(new(big.Rat).Abs(x), big.NewRat(int64(unit), 1))
	q, rest := new(big.Int).QuoRem(y.Num(), y.Denom(), new(big.Int))
	if r.Mode.upBig(q, rest, y.Denom()) {
		q.Add(q, big.NewInt(1))
	}
	q.Mul(q, big.NewInt(int64(unit)))
	if !q.IsInt64() {
		return 0, FaultOverflow.New()
	}
	return Fen(q.Int64() * int64(x.Sign())), nil
}

func (m Mode) upBig(q, rest, den *big.Int) bool {
	twice := new(big.Int).Lsh(rest, 1)
	c := twice.Cmp(den)
	switch m {
	case HalfUp:
		return c >= 0
	case HalfEven:
		return c > 0 || c == 0 && q.Bit(0) == 1
	case Up:
		return rest.Sign() > 0
	default:
		return false
	}
}

// Terms is an exact sum of count × rate, kept apart by rate so that it is rounded once, at the end.
type Terms struct{ list []Term }

// Term is one part of the sum: count (fen-days, or fen for a yearly rate) times an exact rate.
type Term struct {
	Count int64
	Rate  Rate
}

// Reset empties the sum and keeps its room.
func (t *Terms) Reset() { t.list = t.list[:0] }

// Add adds count × rate. Counts of one rate are added up as integers; overflow is a fault.
func (t *Terms) Add(count int64, r Rate) error {
	for i := range t.list {
		if t.list[i].Rate == r {
			s, err := AddInt(t.list[i].Count, count)
			t.list[i].Count = s
			return err
		}
	}
	t.list = append(t.list, Term{count, r})
	return nil
}

// Rat is the exact sum in fen.
func (t *Terms) Rat() *big.Rat {
	sum := new(big.Rat)
	for _, x := range t.list {
		sum.Add(sum, new(big.Rat).Mul(big.NewRat(x.Count, 1), x.Rate.Rat()))
	}
	return sum
}

// Round is the sum as money, rounded once.
func (t *Terms) Round(r Rounding) (Fen, error) {
	if len(t.list) == 0 {
		return 0, nil
	}
	if len(t.list) == 1 && r.Unit <= 1 && t.list[0].Rate.num >= 0 {
		x := t.list[0]
		n, err := MulDiv(x.Count, x.Rate.num, x.Rate.Den(), r.Mode)
		return Fen(n), err
	}
	return r.Round(t.Rat())
}
