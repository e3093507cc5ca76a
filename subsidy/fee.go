package subsidy

import (
	"ganlan/day"
	"ganlan/fault"
	"ganlan/loan"
	"ganlan/money"
	"ganlan/scheme"
)

// fees adds to the rows the share of guarantee fees paid in the claim year (DY-3.2b, OP-10). A fee that names a note goes
// to the note's row, any other to the first. A row without a fee of the year shows those of other years, for reference
// (OP-44).
func (e *Engine) fees(w *work, rows []Row) error {
	for _, claimed := range []bool{true, false} {
		for i := range w.f.Fees {
			fee := &w.f.Fees[i]
			if e.p.claimsFee(fee) != claimed {
				continue
			}
			r := rowFor(rows, fee.Note)
			switch {
			case r == nil && claimed:
				return FaultFee.At(fault.Place{Row: fee.Row}).Set("contract", w.f.Contract.No).Set("text", "借据 "+fee.Note+" 没有放款")
			case r == nil || !claimed && r.claimsFee:
				continue
			}
			r.Fees = append(r.Fees, *fee)
			if !claimed {
				continue
			}
			r.claimsFee = true
			if err := e.addFee(w, fee, r); err != nil {
				return err
			}
		}
	}
	return nil
}

// addFee adds one fee's subsidy to its row.
func (e *Engine) addFee(w *work, fee *loan.Fee, r *Row) error {
	n, err := e.fee(w, fee, r)
	if err != nil {
		return err
	}
	if r.FeeSubsidy, err = money.Add(r.FeeSubsidy, n); err != nil {
		return err
	}
	if n > 0 && r.Amount == 0 && w.failed < 0 {
		r.Reason = ""
	}
	return nil
}

// claimsFee reports whether a fee is claimed in the year: once, when it was paid, or each year for its own days of cover.
func (p *Plan) claimsFee(fee *loan.Fee) bool {
	if p.Scheme.Fee.Prorate.First().Is == scheme.ProrateYear {
		return !fee.Cover.Meet(p.Span).Empty()
	}
	return fee.Paid.Year() == p.Year
}

func rowFor(rows []Row, note string) *Row {
	for i := range rows {
		if note == "" || rows[i].Note == note {
			return &rows[i]
		}
	}
	return nil
}

// fee is one fee's subsidy: share × fee × eligible cover days ÷ cover days, rounded once.
func (e *Engine) fee(w *work, fee *loan.Fee, r *Row) (money.Fen, error) {
	share := e.p.Scheme.Fee.Share.First()
	c := e.coverDays(w, fee)
	x := FeePiece{Fee: fee, Eligible: c.eligible, Share: share.Is, Cite: share.Text(), Why: c.why}
	var err error
	if x.Base, x.Cover, err = e.p.feeBase(fee, c); err != nil {
		return 0, err
	}
	if c.eligible > 0 {
		if x.Amount, err = e.p.feeShare(&x); err != nil {
			return 0, err
		}
	}
	e.explainFee(r, x)
	return x.Amount, nil
}

// feeShare is share × base × eligible ÷ cover, rounded.
func (p *Plan) feeShare(x *FeePiece) (money.Fen, error) {
	count, err := money.Times(x.Base, x.Eligible)
	if err != nil {
		return 0, err
	}
	perDay, err := x.Share.Over(x.Cover)
	if err != nil {
		return 0, err
	}
	var t money.Terms
	if err := t.Add(count, perDay); err != nil {
		return 0, err
	}
	return t.Round(p.Scheme.Fee.Round.Rounding())
}

// feeBase is the money and the days of cover that it is spread over (OP-10). A refund for days that early repayment cut off
// lowers the fee and its days alike, so a fee that was cut by its days is not cut again for the same days: it is the lower
// of the fee by its days alone and the fee left by the days that the cover ran. Either way the subsidy is at most the share
// of what was paid in the end.
func (p *Plan) feeBase(fee *loan.Fee, c cover) (base money.Fen, days int64, err error) {
	left := fee.Fee - fee.Refund
	reading := p.Scheme.Fee.Refund.Or(scheme.NetAndDays)
	if fee.Refund == 0 || c.ran == c.all || reading == scheme.NetAndDays || p.Scheme.Fee.Prorate.First().Is == scheme.ProrateNot {
		return left, c.all, nil
	}
	if reading == scheme.NotTwice {
		byDays, err := money.Times(fee.Fee, c.ran)
		if err != nil {
			return 0, 0, err
		}
		byRefund, err := money.Times(left, c.all)
		if err != nil {
			return 0, 0, err
		}
		if byDays <= byRefund {
			return fee.Fee, c.all, nil
		}
	}
	return left, max(c.ran, 1), nil
}

// cover is how many days of a fee's cover there are.
type cover struct {
	eligible int64 // earn a subsidy
	ran      int64 // until early repayment
	all      int64
	why      string
}

// coverDays counts the days of cover that earn a subsidy: to the cut-off of the draw it belongs to and to early repayment,
// both ends in.
func (e *Engine) coverDays(w *work, fee *loan.Fee) cover {
	all := int64(fee.Cover.Days())
	if w.failed >= 0 {
		return cover{0, all, all, e.p.tests[w.failed].code}
	}
	span, why := fee.Cover, NoBalance
	found := false
	closed := day.None
	for i := range w.lots {
		l, t := &w.book.Lots[i], w.lots[i].treat
		if fee.Note != "" && l.Note != fee.Note {
			continue
		}
		if t.failed >= 0 {
			why = e.p.tests[t.failed].code
			continue
		}
		if !found {
			found, closed = true, l.Closed()
			span.Until = min(span.Until, t.until)
		}
		if c := l.Closed(); c == day.None || closed == day.None {
			closed = day.None
		} else {
			closed = max(closed, c)
		}
	}
	if !found {
		return cover{0, all, all, why}
	}
	if e.p.Scheme.Fee.Prorate.First().Is == scheme.ProrateNot {
		return cover{all, all, all, ""}
	}
	ran := fee.Cover
	if closed != day.None {
		ran.Until = min(ran.Until, closed+1)
		span.Until = min(span.Until, closed+1)
	}
	if e.p.Scheme.Fee.Prorate.First().Is == scheme.ProrateYear {
		span = span.Meet(e.p.Span)
	}
	return cover{int64(span.Days()), int64(ran.Days()), all, ""}
}
