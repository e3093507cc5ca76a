package subsidy

import (
	"math/big"
	"slices"

	"ganlan/day"
	"ganlan/loan"
	"ganlan/money"
	"ganlan/rule"
	"ganlan/scheme"
)

// rows makes the contract's rows: one, or one per note in the order of the draws.
func (e *Engine) rows(w *work, rows []Row) ([]Row, error) {
	first := len(rows)
	if e.p.Scheme.Rows != scheme.ByNote || len(w.lots) == 0 {
		r, err := e.row(w, "", func(int) bool { return true })
		rows = append(rows, r)
		if err != nil {
			return rows, err
		}
	} else {
		for i := range w.book.Lots {
			note := w.book.Lots[i].Note
			if i > 0 && w.book.Lots[i-1].Note == note {
				continue // parts of one note stand side by side and share its row
			}
			r, err := e.row(w, note, func(j int) bool { return w.book.Lots[j].Note == note })
			rows = append(rows, r)
			if err != nil {
				return rows, err
			}
		}
	}
	if e.p.Scheme.Fee != nil {
		return rows, e.fees(w, rows[first:])
	}
	return rows, nil
}

// row adds up the lots that belong to it and rounds once, by the scheme's grain.
func (e *Engine) row(w *work, note string, mine func(lot int) bool) (Row, error) {
	r := Row{Facts: w.f, Note: note, Drawn: day.None, Due: w.f.Contract.End, Closed: day.None}
	e.clear()
	e.startRow(&r)
	why := reasons{contract: w.failed, draw: -1}
	open := false
	for i := range w.lots {
		if !mine(i) {
			continue
		}
		l, lf := &w.book.Lots[i], w.lots[i]
		r.see(l, e.p.Span)
		open = open || l.Closed() == day.None
		if err := e.lot(w, l, lf, &r, &why); err != nil {
			return r, err
		}
		if e.p.grain == scheme.GrainDrawdown && !partFollows(w.book.Lots, i) {
			if err := e.finish(&r); err != nil {
				return r, err
			}
		}
	}
	if open {
		r.Closed = day.None
	}
	if err := e.finish(&r); err != nil {
		return r, err
	}
	r.Reason = e.p.reason(&r, &why)
	return r, nil
}

// see takes what the row shows of a lot whether it earns anything or not.
func (r *Row) see(l *loan.Lot, year day.Span) {
	if r.Drawn == day.None {
		r.Drawn, r.Due = l.Drawn, l.Due
	}
	r.DrawnAmount += l.Amount
	r.YearEnd += l.Owed(year.Until - 1)
	r.Closed = max(r.Closed, l.Closed())
}

// reasons gathers why lots of a row earn nothing.
type reasons struct {
	contract  int  // test that the contract fails, -1 for none
	draw      int  // test that the first failing draw fails, -1 for none
	eligible  bool // some draw passed all tests
	late      bool // forfeited
	notRepaid bool
}

// lot integrates one lot into the row.
func (e *Engine) lot(w *work, l *loan.Lot, lf lotFlow, r *Row, why *reasons) error {
	if lf.treat.failed >= 0 {
		if why.draw < 0 {
			why.draw = lf.treat.failed
		}
		e.refused(l, lf, e.p.tests[lf.treat.failed].code, e.p.tests[lf.treat.failed].rule.Text())
		return nil
	}
	why.eligible = true
	if w.failed >= 0 {
		e.refused(l, lf, e.p.tests[w.failed].code, e.p.tests[w.failed].rule.Text())
		return nil
	}
	if e.p.overdue == scheme.ForfeitLoan && e.anyLate(w) {
		why.late = true
		e.refused(l, lf, WasOverdue, e.p.Scheme.Amount.Overdue.First().Text())
		return nil
	}
	if e.p.claim == scheme.WhenRepaid && !e.p.Span.Has(closedAll(w)) {
		why.notRepaid = closedAll(w) == day.None || closedAll(w) >= e.p.Span.Until
		e.refused(l, lf, NotRepaid, e.p.Scheme.Amount.Claim.First().Text())
		return nil
	}
	before := r.BalanceDays
	if err := e.integrate(w.f, l, lf, r); err != nil {
		return err
	}
	if r.BalanceDays > before && len(e.p.Scheme.Forms) > 0 {
		r.UsedAmount += e.used(l)
	}
	return nil
}

// partFollows reports whether the next lot is a part of the same draw, cut off when it was deferred.
func partFollows(lots []loan.Lot, i int) bool {
	return i+1 < len(lots) && lots[i+1].Note == lots[i].Note
}

// anyLate reports whether any lot of the contract was overdue.
func (e *Engine) anyLate(w *work) bool {
	for _, lf := range w.lots {
		if e.wasLate(lf) {
			return true
		}
	}
	return false
}

// closedAll is the day on which the whole contract was repaid; None while something is owed.
func closedAll(w *work) day.Date {
	last := day.None
	for i := range w.book.Lots {
		c := w.book.Lots[i].Closed()
		if c == day.None {
			return day.None
		}
		last = max(last, c)
	}
	if w.book.Reading.RepayLater && last != day.None {
		last-- // that day still counts
	}
	return last
}

// clear forgets what was added up.
func (e *Engine) clear() {
	for i := range e.terms {
		e.terms[i].Reset()
	}
}

// finish rounds what was added up since the last call into the row, each settlement on its own. With a household's grain
// the exact amount is kept.
func (e *Engine) finish(r *Row) error {
	if e.p.grain == scheme.GrainHousehold {
		r.exact = new(big.Rat)
		for i := range e.terms {
			r.exact.Add(r.exact, e.terms[i].Rat())
		}
		return nil
	}
	for i := range e.terms {
		n, err := e.terms[i].Round(e.p.round)
		if err != nil {
			return err
		}
		if r.Amount, err = money.Add(r.Amount, n); err != nil {
			return err
		}
	}
	e.clear()
	return nil
}

// reason is why the row has nothing; the scheme's first failing test comes first.
func (p *Plan) reason(r *Row, why *reasons) string {
	failed := why.contract
	if !why.eligible && why.draw >= 0 && (failed < 0 || why.draw < failed) {
		failed = why.draw
	}
	switch {
	case failed >= 0:
		return p.tests[failed].code
	case why.late && r.Amount == 0:
		return WasOverdue
	case why.notRepaid:
		return NotRepaid
	case r.BalanceDays == 0:
		return NoBalance
	case r.Amount == 0 && r.exact == nil:
		return RoundsToZero
	}
	return ""
}

// stretch is a run of days of the claim that are treated alike; why is empty when they count.
type stretch struct {
	day.Span
	why, cite string
}

// integrate adds what one lot earns. The stretches cover the whole claim span, so that an explanation has every day.
func (e *Engine) integrate(f *Facts, l *loan.Lot, lf lotFlow, r *Row) error {
	if err := e.stretches(f, l, lf); err != nil {
		return err
	}
	flows := e.flows[lf.from:lf.to]
	if e.p.base == scheme.Once {
		return e.once(f, l, flows, r)
	}
	rates := lotRate{e: e, f: f, l: l}
	i := 0
	for _, s := range e.spans {
		for i+1 < len(flows) && flows[i+1].from <= s.From {
			i++
		}
		for j := i; j < len(flows) && flows[j].from < s.Until; j++ {
			to := s.Until
			if j+1 < len(flows) {
				to = min(to, flows[j+1].from)
			}
			run := day.Span{From: max(s.From, flows[j].from), Until: to}
			if err := e.add(&rates, run, flows[j], s, r); err != nil {
				return err
			}
		}
	}
	return nil
}

// add counts one run of days with one balance and one rate.
func (e *Engine) add(rates *lotRate, run day.Span, x flow, s stretch, r *Row) error {
	if run.Empty() || x.owed == 0 && e.explain == nil {
		return nil
	}
	if s.why != "" || x.counted == 0 {
		e.uncounted(rates.l, run, x, s)
		return nil
	}
	rate, err := rates.on(run.From)
	if err != nil {
		return err
	}
	sum, err := money.Times(x.counted, int64(run.Days()))
	if err != nil {
		return err
	}
	if r.BalanceDays, err = money.AddInt(r.BalanceDays, sum); err != nil {
		return err
	}
	if parts := e.p.count.Parts(rates.l.Drawn, run.From, run.Until); parts != int64(run.Days()) {
		if sum, err = money.Times(x.counted, parts); err != nil {
			return err
		}
	}
	r.noteRate(rates)
	e.counted(rates, run, x, s)
	return e.terms[e.p.period(run.From)].Add(sum, rate)
}

// once pays a one-off share of the drawn amount in the year of the draw, or of its repayment where the claim waits for it.
func (e *Engine) once(f *Facts, l *loan.Lot, flows []flow, r *Row) error {
	if e.p.claim != scheme.WhenRepaid && !e.p.Span.Has(l.Drawn) || len(flows) == 0 {
		return nil
	}
	day1 := day.Span{From: l.Drawn, Until: l.Drawn + 1}
	if i := slices.IndexFunc(e.spans, func(s stretch) bool { return s.Has(l.Drawn) }); i >= 0 && e.spans[i].why != "" {
		e.uncounted(l, day1, flow{from: l.Drawn, owed: l.Amount}, e.spans[i])
		return nil
	}
	rates := lotRate{e: e, f: f, l: l}
	rate, err := rates.on(l.Drawn)
	if err != nil {
		return err
	}
	n := min(l.Amount, flows[0].counted)
	r.BalanceDays += int64(n)
	r.noteRate(&rates)
	e.counted(&rates, day1, flow{from: l.Drawn, owed: l.Amount, counted: n}, stretch{})
	return e.terms[e.p.period(l.Drawn)].Add(int64(n), rate)
}

// noteRate keeps the first counted rate for the forms.
func (r *Row) noteRate(x *lotRate) {
	if r.Rate.IsZero() {
		r.Rate, r.Reference = x.yearly, x.reference
	}
}

// lotRate resolves a lot's rate, once where it stays the same.
type lotRate struct {
	e *Engine
	f *Facts
	l *loan.Lot

	known     bool
	of        day.Date
	yearly    money.Rate
	reference money.Rate
	perPart   money.Rate
	version   rule.Version[scheme.Rate] // of the rate, or of the limit that holds it down
	limited   bool
}

// on is the rate per part of a rate year on a day.
func (x *lotRate) on(d day.Date) (money.Rate, error) {
	p := x.e.p
	if x.known && (len(p.byDay) == 0 && !p.count.ByYear() || x.of == d) {
		return x.perPart, nil
	}
	v, r, err := p.rateOn(p.rate, x.f, x.l.Drawn, d)
	if err != nil {
		return r, err
	}
	x.version, x.yearly, x.limited, x.known, x.of = v, r, false, true, d
	if p.limit.Given() {
		by, limit, err := p.rateOn(p.limit, x.f, x.l.Drawn, d)
		if err != nil {
			return r, err
		}
		if limit.Cmp(r) < 0 {
			x.yearly, x.limited, x.version = limit, true, by
		}
	}
	if v.Is.Of == scheme.OfLPR {
		x.reference, _ = p.reference(scheme.Rate{Of: scheme.OfLPR, At: v.Is.At, Tenor: v.Is.Tenor}, x.f, x.l.Drawn, d)
	}
	if p.fixed != nil && !x.limited {
		x.perPart = *p.fixed
		return x.perPart, nil
	}
	x.perPart, err = x.yearly.Over(p.perYear(d.Year()))
	return x.perPart, err
}
