package subsidy

import (
	"cmp"
	"slices"

	"ganlan/day"
	"ganlan/loan"
	"ganlan/money"
	"ganlan/rule"
	"ganlan/scheme"
)

// member is a lot that shares a principal cap with others.
type member struct {
	w   *work
	lot *loan.Lot
	lf  *lotFlow
	own []flow
	at  int // flow in force on the day under work

	room money.Fen // principal that counts for the borrower by the rule that this draw stands under
	out  []flow
}

// capPrincipal lets only so much principal count on each day: the oldest draw first, ties by contract and note. Draws
// that are not eligible, and days that do not count, leave the room to others.
func (e *Engine) capPrincipal(group []*work, c *scheme.PrincipalCap) error {
	sets, err := e.sets(group, c.Per.Is())
	if err != nil {
		return err
	}
	for _, set := range sets {
		for _, m := range set {
			var err error
			if m.room, err = e.room(c, set, m); err != nil {
				return faultIn(err, m.w.f)
			}
		}
		share(set)
		e.keep(set)
	}
	return nil
}

// sets groups the eligible lots by what the cap is for.
func (e *Engine) sets(group []*work, per scheme.Per) ([][]*member, error) {
	var keys []string
	by := map[string][]*member{}
	for i := range group {
		w := group[i]
		if w.failed >= 0 || e.p.overdue == scheme.ForfeitLoan && e.anyLate(w) {
			continue
		}
		for j := range w.lots {
			lf := &w.lots[j]
			if lf.treat.failed >= 0 {
				continue
			}
			own, err := e.countable(w.f, &w.book.Lots[j], *lf)
			if err != nil {
				return nil, faultIn(err, w.f)
			}
			k := capKey(w.f, per)
			if by[k] == nil {
				keys = append(keys, k)
			}
			by[k] = append(by[k], &member{w: w, lot: &w.book.Lots[j], lf: lf, own: own})
		}
	}
	out := make([][]*member, len(keys))
	for i, k := range keys {
		out[i] = by[k]
	}
	return out, nil
}

// countable is what counts of a lot day by day: nothing after its cut-off, beyond its months or off the list.
func (e *Engine) countable(f *Facts, l *loan.Lot, lf lotFlow) (out []flow, err error) {
	if err := e.stretches(f, l, lf); err != nil {
		return nil, err
	}
	flows := e.flows[lf.from:lf.to]
	days := make([]day.Date, 0, len(flows)+len(e.spans))
	for _, x := range flows {
		days = append(days, x.from)
	}
	for _, s := range e.spans {
		days = append(days, s.From)
	}
	slices.Sort(days)
	i := -1
	for _, d := range slices.Compact(days) {
		for i+1 < len(flows) && flows[i+1].from <= d {
			i++
		}
		if i < 0 {
			continue
		}
		x := flows[i]
		x.from = d
		if slices.ContainsFunc(e.spans, func(s stretch) bool { return s.why != "" && s.Has(d) }) {
			x.counted = 0
		}
		out = append(out, x)
	}
	return out, nil
}

// capKey is what a cap counts together; a contract without a household or id stands alone.
func capKey(f *Facts, per scheme.Per) string {
	c := &f.Contract
	k := ""
	switch per {
	case scheme.PerHousehold:
		k = c.Household
	case scheme.PerPerson, scheme.PerEnterprise:
		k = c.IDNo
	}
	if k == "" {
		return "\x00" + c.No
	}
	return k
}

// share fills the room day by day: a draw counts as far as those before it leave room.
func share(set []*member) {
	slices.SortStableFunc(set, func(a, b *member) int {
		return cmp.Or(cmp.Compare(a.lot.Drawn, b.lot.Drawn), cmp.Compare(a.w.f.Contract.No, b.w.f.Contract.No), cmp.Compare(a.lot.Note, b.lot.Note))
	})
	var days []day.Date
	for _, m := range set {
		for _, x := range m.own {
			days = append(days, x.from)
		}
		m.at = -1
	}
	slices.Sort(days)
	for _, d := range slices.Compact(days) {
		used := money.Fen(0)
		for _, m := range set {
			for m.at+1 < len(m.own) && m.own[m.at+1].from <= d {
				m.at++
			}
			if m.at < 0 {
				continue
			}
			x := m.own[m.at]
			x.from, x.counted = d, min(x.counted, max(m.room-used, 0))
			used += x.counted
			m.out = appendFlow(m.out, x)
		}
	}
}

// keep writes the lots' flows anew.
func (e *Engine) keep(set []*member) {
	for _, m := range set {
		m.lf.from = len(e.flows)
		e.flows = append(e.flows, m.out...)
		m.lf.to = len(e.flows)
	}
}

// appendFlow drops a flow that changes nothing.
func appendFlow(fs []flow, x flow) []flow {
	if n := len(fs); n > 0 && fs[n-1].owed == x.owed && fs[n-1].counted == x.counted && fs[n-1].late == x.late {
		return fs
	}
	return append(fs, x)
}

// room is the principal that counts for a draw and those before it: a sum, or a sum for each household that the borrower
// helps by any of its contracts (OP-36).
func (e *Engine) room(c *scheme.PrincipalCap, set []*member, m *member) (money.Fen, error) {
	if c.Of != "" {
		return e.roomOf(c, set)
	}
	v, err := version(e.p, &c.UpTo.Value, m.w.f, m.lot.Drawn, m.lot.Drawn)
	if err != nil || c.Times == scheme.TimesNothing {
		return v.Is, err
	}
	helped := loan.Given[int64]{}
	for _, x := range set {
		if n := x.w.f.Contract.Households; n.OK {
			helped = loan.Give(max(n.Value, helped.Value))
		}
	}
	if !helped.OK {
		return 0, rule.FaultUndecided.New().Set("missing", "households").Of(c.Text())
	}
	sum, err := money.Times(v.Is, helped.Value)
	return money.Fen(sum), err
}

// roomOf is the principal that a fact or figure of the contracts lets count.
func (e *Engine) roomOf(c *scheme.PrincipalCap, set []*member) (money.Fen, error) {
	of := make([]*Facts, len(set))
	for i, x := range set {
		of[i] = x.w.f
	}
	sum, lacks, err := e.p.lowest(c.Of, of)
	if err == nil && lacks != nil {
		err = lacks.Of(c.Text())
	}
	return sum, err
}
