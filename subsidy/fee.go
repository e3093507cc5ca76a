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

// fee is one fee's subsidy: share × fee net of refunds × eligible cover days ÷ cover days, rounded once.
func (e *Engine) fee(w *work, fee *loan.Fee, r *Row) (money.Fen, error) {
	share := e.p.Scheme.Fee.Share.First()
	eligible, cover, why := e.coverDays(w, fee)
	x := FeePiece{Fee: fee, Eligible: eligible, Cover: cover, Share: share.Is, Cite: share.Text(), Why: why}
	net := fee.Fee - fee.Refund
	if eligible > 0 {
		count, err := money.Times(net, eligible)
		if err != nil {
			return 0, err
		}
		perDay, err := share.Is.Over(cover)
		if err != nil {
			return 0, err
		}
		var t money.Terms
		if err := t.Add(count, perDay); err != nil {
			return 0, err
		}
		if x.Amount, err = t.Round(e.p.Scheme.Fee.Round.Rounding()); err != nil {
			return 0, err
		}
	}
	e.explainFee(r, x)
	return x.Amount, nil
}

// coverDays counts the days of cover that earn a subsidy: to the cut-off of the draw it belongs to and to early repayment,
// both ends in.
func (e *Engine) coverDays(w *work, fee *loan.Fee) (eligible, cover int64, why string) {
	cover = int64(fee.Cover.Days())
	if w.failed >= 0 {
		return 0, cover, e.p.tests[w.failed].code
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
		return 0, cover, why
	}
	if e.p.Scheme.Fee.Prorate.First().Is == scheme.ProrateNot {
		return cover, cover, ""
	}
	if closed != day.None {
		span.Until = min(span.Until, closed+1)
	}
	if e.p.Scheme.Fee.Prorate.First().Is == scheme.ProrateYear {
		span = span.Meet(e.p.Span)
	}
	return int64(span.Days()), cover, ""
}
