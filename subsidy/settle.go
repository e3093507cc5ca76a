package subsidy

import (
	"cmp"
	"math/big"
	"slices"

	"ganlan/household"
	"ganlan/money"
	"ganlan/scheme"
)

// settle applies what concerns several rows at once: a household's rounding, caps, what others paid, and the split.
func (e *Engine) settle(rows []Row) error {
	if e.p.grain == scheme.GrainHousehold {
		if err := e.roundHouseholds(rows); err != nil {
			return err
		}
	}
	for i := range e.p.Scheme.Amount.Caps {
		if c := &e.p.Scheme.Amount.Caps[i]; c.Per != scheme.PerBank {
			e.cap(rows, c)
		}
	}
	for i := range e.p.Scheme.Exclusive {
		if err := e.exclusive(rows, &e.p.Scheme.Exclusive[i]); err != nil {
			return err
		}
	}
	e.explainRows(rows)
	if !e.p.splitRow {
		return nil
	}
	for i := range rows {
		if err := e.divide(&rows[i]); err != nil {
			return err
		}
	}
	return nil
}

// divide splits a row among the payers; the parts live until Reset.
func (e *Engine) divide(r *Row) (err error) {
	at := len(e.parts)
	if e.parts, err = e.p.split.Append(e.parts, r.Amount); err != nil {
		return err
	}
	r.Parts = e.parts[at:len(e.parts):len(e.parts)]
	if e.p.HasFees() {
		at = len(e.parts)
		e.parts, err = e.p.split.Append(e.parts, r.FeeSubsidy)
		r.FeeParts = e.parts[at:len(e.parts):len(e.parts)]
	}
	return err
}

// SplitAgain divides a row anew after a later step changed its amount.
func (p *Plan) SplitAgain(r *Row) (err error) {
	if p.splitRow {
		r.Parts, err = p.split.Append(nil, r.Amount)
	}
	return err
}

// roundHouseholds rounds each household's exact sum once and gives it back to the rows in proportion (largest remainder).
func (e *Engine) roundHouseholds(rows []Row) error {
	for _, set := range grouped(rows, scheme.PerHousehold) {
		sum := new(big.Rat)
		weights := make([]*big.Rat, len(set))
		for i, r := range set {
			weights[i] = r.exact
			sum.Add(sum, r.exact)
		}
		total, err := e.p.round.Round(sum)
		if err != nil {
			return err
		}
		for i, n := range money.Spread(total, weights) {
			set[i].Amount = n
			if n == 0 && set[i].Reason == "" {
				set[i].Reason = RoundsToZero
			}
		}
	}
	return nil
}

// grouped gathers rows by what a cap counts together, groups and rows in the order given.
func grouped(rows []Row, per scheme.Per) [][]*Row {
	var out [][]*Row
	at := map[string]int{}
	for i := range rows {
		r := &rows[i]
		k := capKey(r.Facts, per)
		switch per {
		case scheme.PerRow:
			k = string(rune(i))
		case scheme.PerContract:
			k = r.Facts.Contract.No
		}
		j, ok := at[k]
		if !ok {
			j = len(out)
			at[k] = j
			out = append(out, nil)
		}
		out[j] = append(out[j], r)
	}
	return out
}

// cap lets the rows of each group fill its money in order; what is over is not paid (OP-34).
func (e *Engine) cap(rows []Row, c *scheme.Cap) {
	for _, set := range grouped(rows, c.Per) {
		f := set[0].Facts
		left := c.Money.Is() - e.paidBefore(f, c)
		if c.ExceedBy == scheme.ExceedApproved {
			left += exceed(f, c)
		}
		Fill(set, c.Fill, max(left, 0), "上限 "+c.Money.Is().Grouped()+" 元", c.Text())
	}
}

// Fill pays rows in order until the room is used up.
func Fill(set []*Row, order scheme.Fill, room money.Fen, what, cite string) {
	set = slices.Clone(set)
	slices.SortStableFunc(set, func(a, b *Row) int {
		first := cmp.Compare(a.Drawn, b.Drawn)
		if order == scheme.FillByRepayment {
			first = cmp.Compare(a.Closed, b.Closed)
		}
		return cmp.Or(first, cmp.Compare(a.Facts.Contract.No, b.Facts.Contract.No), cmp.Compare(a.Note, b.Note))
	})
	for _, r := range set {
		n := min(r.Amount, room)
		room -= n
		r.cutTo(n, what, cite)
	}
}

// cutTo lowers a row to n and remembers why.
func (r *Row) cutTo(n money.Fen, what, cite string) {
	if n >= r.Amount {
		return
	}
	r.capped = append(r.capped, capNote{what, cite, r.Amount, n})
	r.Amount = n
	if n == 0 && r.Reason == "" && r.FeeSubsidy == 0 {
		r.Reason = CapReached
	}
}

// CutTo is cutTo for the steps that see the whole claim.
func (r *Row) CutTo(n money.Fen, what, cite string) { r.cutTo(n, what, cite) }

// paidBefore is what the scheme paid the household earlier within the cap's period.
func (e *Engine) paidBefore(f *Facts, c *scheme.Cap) (sum money.Fen) {
	if c.Per == scheme.PerRow || c.Per == scheme.PerContract {
		return 0
	}
	for _, h := range f.History {
		inPeriod := h.Year == e.p.Year || c.Over == scheme.OverLife && h.Year < e.p.Year
		if e.own(h) && inPeriod {
			sum += money.Fen(h.Amount)
		}
	}
	return sum
}

// own reports whether a payment was made under this very scheme; an empty scheme is ours.
func (e *Engine) own(h household.Paid) bool {
	return h.Scheme == "" || h.Scheme == e.p.Scheme.ID || h.Scheme == e.p.Scheme.Name || h.Scheme == e.p.Scheme.Title.Zh
}

func exceed(f *Facts, c *scheme.Cap) (sum money.Fen) {
	for _, a := range f.Approved {
		sum += max(a.Money-c.Money.Is(), 0)
	}
	return sum
}

// exclusive applies what other schemes paid the household in the claim year.
func (e *Engine) exclusive(rows []Row, x *scheme.Exclusive) error {
	for _, set := range grouped(rows, scheme.PerHousehold) {
		paid := e.othersPaid(set[0].Facts, x)
		var sum money.Fen
		for _, r := range set {
			sum += r.Amount
		}
		what := "其他方案已付 " + paid.Grouped() + " 元"
		switch {
		case x.Then == scheme.Refuse && paid > 0:
			for _, r := range set {
				r.refuse(OtherSubsidy, what, x.Text())
			}
		case x.Then == scheme.Deduct && paid > 0:
			Fill(set, scheme.FillByDraw, max(sum-paid, 0), what, x.Text())
		case x.Then == scheme.LimitToInterest:
			interest, err := e.interest(set)
			if err != nil {
				return err
			}
			Fill(set, scheme.FillByDraw, max(min(sum, interest-paid), 0), what+"，利息 "+interest.Grouped()+" 元", x.Text())
		}
	}
	return nil
}

func (r *Row) refuse(code, what, cite string) {
	if r.Reason != "" && r.Amount == 0 {
		return
	}
	r.cutTo(0, what, cite)
	r.Amount, r.FeeSubsidy, r.Reason, r.BalanceDays, r.UsedAmount = 0, 0, code, 0, 0
}

func (e *Engine) othersPaid(f *Facts, x *scheme.Exclusive) (sum money.Fen) {
	for _, h := range f.History {
		named := slices.Contains(x.With, h.Scheme) || slices.Contains(x.With, "*") && !e.own(h)
		if named && h.Year == e.p.Year {
			sum += money.Fen(h.Amount)
		}
	}
	return sum
}

// interest is what the bank charges on the days that count, rounded down: all subsidies together stay below it.
func (e *Engine) interest(set []*Row) (money.Fen, error) {
	var t money.Terms
	for _, r := range set {
		perDay, err := r.Facts.Contract.Rate.Over(e.p.basis)
		if err != nil {
			return 0, err
		}
		if err := t.Add(r.BalanceDays, perDay); err != nil {
			return 0, err
		}
	}
	return t.Round(money.Rounding{Unit: 1, Mode: money.Down})
}
