// Package claim is the rows of one bank and year put together: totals, shares of the payers, average rates, the difference
// to the bank's own figures, the forms. It refuses sums that overflow; it changes no row but where a budget or a bank's
// ceiling is shared.
package claim

import (
	"math/big"
	"math/bits"
	"slices"

	"ganlan/loan"
	"ganlan/money"
	"ganlan/scheme"
	"ganlan/subsidy"
)

// Tally adds up rows.
type Tally struct {
	Rows, Paid  int
	BalanceDays int64 // fen-days
	Subsidy     money.Fen
	Fee         money.Fen
	Parts       []money.Fen // per payer, where rows are split
	FeeParts    []money.Fen
}

func (t *Tally) add(o *Tally) (err error) {
	t.Rows += o.Rows
	t.Paid += o.Paid
	if t.BalanceDays, err = money.AddInt(t.BalanceDays, o.BalanceDays); err != nil {
		return err
	}
	if t.Subsidy, err = money.Add(t.Subsidy, o.Subsidy); err != nil {
		return err
	}
	if t.Fee, err = money.Add(t.Fee, o.Fee); err != nil {
		return err
	}
	if t.Parts, err = addParts(t.Parts, o.Parts); err != nil {
		return err
	}
	t.FeeParts, err = addParts(t.FeeParts, o.FeeParts)
	return err
}

func addParts(to, from []money.Fen) (_ []money.Fen, err error) {
	if to == nil && from != nil {
		to = make([]money.Fen, len(from))
	}
	for i, n := range from {
		if to[i], err = money.Add(to[i], n); err != nil {
			return to, err
		}
	}
	return to, nil
}

// Totals are the sums of a claim. Each goroutine fills its own; Merge joins them. The order of rows does not matter.
type Totals struct {
	All       Tally
	ByBranch  map[string]*Tally
	ByRegion  map[string]*Tally
	ByProduct map[string]*Tally
	Reasons   map[string]int
	Used      money.Fen // principal of the draws that earned something (OP-07)

	rates   map[money.Rate]*rateSum
	counted string // the contract last counted, so that several notes of one count once
}

// rateSum is what was lent at one contract rate.
type rateSum struct {
	days   wide
	amount wide
	n      int64
}

// wide is a sum of numbers that are not negative, in 128 bits.
type wide struct{ hi, lo uint64 }

func (w *wide) add(n uint64) {
	var carry uint64
	w.lo, carry = bits.Add64(w.lo, n, 0)
	w.hi += carry
}

func (w *wide) join(o wide) {
	w.add(o.lo)
	w.hi += o.hi
}

func (w wide) rat() *big.Rat {
	n := new(big.Int).Lsh(new(big.Int).SetUint64(w.hi), 64)
	return new(big.Rat).SetInt(n.Add(n, new(big.Int).SetUint64(w.lo)))
}

// NewTotals is empty.
func NewTotals() *Totals {
	return &Totals{ByBranch: map[string]*Tally{}, ByRegion: map[string]*Tally{}, ByProduct: map[string]*Tally{},
		Reasons: map[string]int{}, rates: map[money.Rate]*rateSum{}}
}

// Add counts one row.
func (t *Totals) Add(r *subsidy.Row) error {
	x := Tally{Rows: 1, BalanceDays: r.BalanceDays, Subsidy: r.Amount, Fee: r.FeeSubsidy, Parts: r.Parts, FeeParts: r.FeeParts}
	if r.Amount > 0 || r.FeeSubsidy > 0 {
		x.Paid = 1
	}
	c := &r.Facts.Contract
	if err := t.All.add(&x); err != nil {
		return err
	}
	for _, g := range []struct {
		m   map[string]*Tally
		key string
	}{{t.ByBranch, c.BranchKey()}, {t.ByRegion, c.Region}, {t.ByProduct, c.Product}} {
		if err := in(g.m, g.key).add(&x); err != nil {
			return err
		}
	}
	if r.Reason != "" {
		t.Reasons[r.Reason]++
	}
	var err error
	if r.BalanceDays > 0 {
		t.lent(r, c)
		t.Used, err = money.Add(t.Used, r.UsedAmount)
	}
	return err
}

func in(m map[string]*Tally, key string) *Tally {
	t := m[key]
	if t == nil {
		t = &Tally{}
		m[string(append([]byte(nil), key...))] = t // the key must not keep a whole block of the file alive
	}
	return t
}

// lent counts a contract towards the average rates.
func (t *Totals) lent(r *subsidy.Row, c *loan.Contract) {
	s := t.rates[c.Rate]
	if s == nil {
		s = &rateSum{}
		t.rates[c.Rate] = s
	}
	s.days.add(uint64(r.BalanceDays))
	if t.counted == c.No {
		return
	}
	t.counted = c.No
	s.amount.add(uint64(c.Amount))
	s.n++
}

// Merge adds what another goroutine counted.
func (t *Totals) Merge(o *Totals) error {
	if err := t.All.add(&o.All); err != nil {
		return err
	}
	for _, g := range []struct{ to, from map[string]*Tally }{{t.ByBranch, o.ByBranch}, {t.ByRegion, o.ByRegion}, {t.ByProduct, o.ByProduct}} {
		for k, x := range g.from {
			if err := in(g.to, k).add(x); err != nil {
				return err
			}
		}
	}
	for k, n := range o.Reasons {
		t.Reasons[k] += n
	}
	for k, x := range o.rates {
		s := t.rates[k]
		if s == nil {
			s = &rateSum{}
			t.rates[k] = s
		}
		s.days.join(x.days)
		s.amount.join(x.amount)
		s.n += x.n
	}
	var err error
	t.Used, err = money.Add(t.Used, o.Used)
	return err
}

// Average is the average yearly contract rate by one weight, exact, before subsidy (OP-05, OP-06). It is nil when nothing
// was lent.
func (t *Totals) Average(by scheme.Weight) *big.Rat {
	sum, weights := new(big.Rat), new(big.Rat)
	for r, s := range t.rates {
		w := s.days.rat()
		switch by {
		case scheme.ByAmount:
			w = s.amount.rat()
		case scheme.Plain:
			w.SetInt64(s.n)
		}
		weights.Add(weights, w)
		sum.Add(sum, w.Mul(w, r.Rat()))
	}
	if weights.Sign() == 0 {
		return nil
	}
	return sum.Quo(sum, weights)
}

// PayerTotal is what one payer bears.
type PayerTotal struct {
	Who     string
	Subsidy money.Fen
	Fee     money.Fen
}

// Payers splits the claim: the total, or the sum of the rows' parts where rows are split (OP-04, OP-31).
func (t *Totals) Payers(p *subsidy.Plan) ([]PayerTotal, error) {
	parts, fees := t.All.Parts, t.All.FeeParts
	if !p.SplitsRows() {
		var err error
		if parts, err = p.Divide(t.All.Subsidy); err != nil {
			return nil, err
		}
		if fees, err = p.Divide(t.All.Fee); err != nil {
			return nil, err
		}
	}
	out := make([]PayerTotal, len(p.Payers()))
	for i, x := range p.Payers() {
		out[i].Who = x.Who
		if i < len(parts) {
			out[i].Subsidy = parts[i]
		}
		if i < len(fees) {
			out[i].Fee = fees[i]
		}
	}
	return out, nil
}

// Keys are the names of a breakdown in byte order.
func Keys(m map[string]*Tally) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}
