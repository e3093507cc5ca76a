package subsidy

import (
	"math/big"

	"ganlan/day"
	"ganlan/fault"
	"ganlan/loan"
	"ganlan/money"
)

// checkFees notes fees of the claim year that their own rate does not explain (F-DY3a), or that are above what the scheme
// asks for (PX8-3.1.3b). It changes no amount.
func (e *Engine) checkFees(w *work) {
	for i := range w.f.Fees {
		fee := &w.f.Fees[i]
		if fee.Paid.Year() != e.p.Year {
			continue
		}
		amount := w.guaranteed(fee)
		if s := e.p.Scheme.Fee; s != nil && s.Tolerance.Given() && fee.Rate.OK && !near(fee, amount, s.Tolerance.First().Is) {
			x := e.feeFault(FaultFeeOff, w, fee, fee.Rate.Value, amount)
			e.Warned.Add(x.Set("amount", amount).Of(s.Tolerance.First().Text()))
		}
		for _, l := range e.p.feeLimits {
			limit := l.Above.Is().Fixed
			if left := big.NewRat(int64(fee.Fee-fee.Refund), 1); left.Cmp(expected(limit, amount, years(fee)[0])) > 0 {
				e.Warned.Add(e.feeFault(FaultFeeHigh, w, fee, limit, amount).Of(l.Text()))
			}
		}
	}
}

func (e *Engine) feeFault(d *fault.Def, w *work, fee *loan.Fee, rate money.Rate, amount money.Fen) *fault.Fault {
	about, _ := money.Rounding{Unit: 1}.Round(expected(rate, amount, years(fee)[0]))
	return d.At(fault.Place{Row: fee.Row}).Set("contract", w.f.Contract.No).Set("fee", fee.Fee).Set("rate", rate).Set("expected", about)
}

// guaranteed is what the fee's guarantee covers: the note that it names, else the contract.
func (w *work) guaranteed(fee *loan.Fee) money.Fen {
	if fee.Note == "" {
		return w.f.Contract.Amount
	}
	sum := money.Fen(0)
	for i := range w.book.Lots {
		if w.book.Lots[i].Note == fee.Note {
			sum += w.book.Lots[i].Amount
		}
	}
	return sum
}

// years is the term of cover as guarantors count it: in months of thirty parts, or in days of 365.
func years(fee *loan.Fee) [2]*big.Rat {
	c := fee.Cover
	return [2]*big.Rat{big.NewRat(day.Months12.Parts(c.From, c.From, c.Until), 360), big.NewRat(int64(c.Days()), 365)}
}

func expected(rate money.Rate, amount money.Fen, years *big.Rat) *big.Rat {
	x := new(big.Rat).Mul(rate.Rat(), big.NewRat(int64(amount), 1))
	return x.Mul(x, years)
}

// near reports whether the fee is within the tolerance of rate × amount × years, either way of counting the years.
func near(fee *loan.Fee, amount money.Fen, tolerance money.Rate) bool {
	for _, y := range years(fee) {
		want := expected(fee.Rate.Value, amount, y)
		off := new(big.Rat).Sub(big.NewRat(int64(fee.Fee), 1), want)
		if off.Abs(off).Cmp(want.Mul(want, tolerance.Rat())) <= 0 {
			return true
		}
	}
	return false
}
