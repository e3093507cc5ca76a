package subsidy

import (
	"cmp"
	"math/big"
	"slices"
	"strconv"

	"ganlan/day"
	"ganlan/household"
	"ganlan/money"
	"ganlan/rule"
	"ganlan/scheme"
)

// settle applies what concerns several rows at once: a household's rounding, caps, what others paid, and the split.
func (e *Engine) settle(rows []Row) error {
	if e.p.grain == scheme.GrainHousehold {
		if err := e.roundHouseholds(rows); err != nil {
			return err
		}
	}
	for _, c := range e.p.caps {
		if err := e.cap(rows, c); err != nil {
			return err
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

// roundHouseholds rounds each household's exact sum once and gives it back to the rows in proportion (largest remainder).
func (e *Engine) roundHouseholds(rows []Row) error {
	for _, set := range grouped(rows, scheme.PerHousehold) {
		slices.SortStableFunc(set, inOrder)
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
			k = strconv.Itoa(i)
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

// inOrder settles ties between rows, whatever the order of the files.
func inOrder(a, b *Row) int {
	return cmp.Or(cmp.Compare(a.Facts.Contract.No, b.Facts.Contract.No), cmp.Compare(a.Note, b.Note))
}

// cap lets the rows of each group fill its money in order; what is over is not paid (OP-34).
func (e *Engine) cap(rows []Row, c *scheme.Cap) error {
	for _, set := range grouped(rows, c.Per.Is()) {
		limit, err := e.p.limitOf(c, set, &e.Warned)
		if err != nil {
			return err
		}
		if limit.none {
			continue
		}
		f := set[0].Facts
		left := limit.money - e.paidBefore(f, c)
		if c.ExceedBy.Is() == scheme.ExceedApproved {
			more, why := exceed(f, limit.money)
			approve(set, max(left, 0), more, limit.what+why, limit.cite)
			left += more
		}
		Fill(set, c.Fill.Is(), max(left, 0), limit.what, limit.cite)
	}
	return nil
}

// CapMoney is the cap's money in the claim year, with the paper behind it.
func (p *Plan) CapMoney(c *scheme.Cap) (money.Fen, string, error) {
	return p.inYear(&c.Money.Value, c.Text())
}

// Budget is the money of the claim year, with the paper behind it.
func (p *Plan) Budget() (money.Fen, string, error) { return p.inYear(&p.Scheme.Amount.Budget, "") }

// inYear is a sum as it stands at the end of the claim year.
func (p *Plan) inYear(v *rule.Value[money.Fen], cite string) (money.Fen, string, error) {
	x, ok := v.On(p.Span.Until - 1)
	if !ok {
		return 0, "", FaultNoVersion.New().Set("date", p.Span.Until-1).Of(cite)
	}
	if t := x.Text(); t != "" {
		cite = t
	}
	return x.Is, cite, nil
}

// approve notes on rows that would have been cut why they were not.
func approve(set []*Row, room, more money.Fen, what, cite string) {
	sum := money.Fen(0)
	for _, r := range set {
		sum += r.Amount
	}
	if more == 0 || sum <= room {
		return
	}
	for _, r := range set {
		r.capped = append(r.capped, capNote{what, cite, r.Amount, r.Amount})
	}
}

// Fill pays rows in order until the room is used up.
func Fill(set []*Row, order scheme.Fill, room money.Fen, what, cite string) {
	set = slices.Clone(set)
	slices.SortStableFunc(set, func(a, b *Row) int {
		first := cmp.Compare(a.Drawn, b.Drawn)
		if order == scheme.FillByRepayment {
			first = cmp.Compare(a.repaid(), b.repaid())
		}
		return cmp.Or(first, inOrder(a, b))
	})
	for _, r := range set {
		n := min(r.Amount, room)
		room -= n
		r.cutTo(n, what, cite)
	}
}

// repaid is the day of full repayment; what is still owed comes last.
func (r *Row) repaid() day.Date {
	if r.Closed == day.None {
		return day.Open
	}
	return r.Closed
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
	if c.Per.Is() == scheme.PerRow || c.Per.Is() == scheme.PerContract {
		return 0
	}
	for _, h := range f.History {
		inPeriod := h.Year == e.p.Year || c.Over.Is() == scheme.OverLife && h.Year < e.p.Year
		if inPeriod && (e.own(h) || slices.Contains(c.With, h.Scheme)) {
			sum += money.Fen(h.Amount)
		}
	}
	return sum
}

// own reports whether a payment was made under this very scheme; an empty scheme is ours.
func (e *Engine) own(h household.Paid) bool {
	return h.Scheme == "" || h.Scheme == e.p.Scheme.ID || h.Scheme == e.p.Scheme.Name || h.Scheme == e.p.Scheme.Title.Zh
}

// exceed is how far above the limit the household may go, and why.
func exceed(f *Facts, limit money.Fen) (more money.Fen, why string) {
	for _, a := range f.Approved {
		if n := a.Money - limit; n > more {
			more, why = n, "，批准至 "+a.Money.Grouped()+" 元："+a.Reason
		}
	}
	return more, why
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
