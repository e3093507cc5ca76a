package subsidy

import (
	"ganlan/day"
	"ganlan/fault"
	"ganlan/loan"
	"ganlan/money"
	"ganlan/scheme"
)

// Engine calculates with one plan. It keeps memory between contracts, so each goroutine has its own.
type Engine struct {
	p      *Plan
	Warned fault.List // warnings since the caller last took them

	group   []*work
	flows   []flow
	spans   []stretch
	spare   []stretch
	terms   []money.Terms // what the row at hand earns, by settlement
	parts   []money.Fen
	explain *Explanation // nil unless an explanation is asked for
}

// NewEngine is an engine for a plan.
func NewEngine(p *Plan) *Engine {
	return &Engine{p: p, terms: make([]money.Terms, len(p.periods)+1)}
}

// work is one contract under calculation.
type work struct {
	f        *Facts
	book     loan.Book
	failed   int // the test that the contract fails, -1 for none
	treats   []treatment
	treatErr error
	lots     []lotFlow
	join     func(before, next day.Date) bool
}

// treatment is what the day of a draw decides.
type treatment struct {
	drawn  day.Date
	failed int
	until  day.Date // first day that is not subsidised any more
	cutoff int      // which cut-off, -1 for none
}

// flow is what counts of a lot from a day until the next flow.
type flow struct {
	from          day.Date
	owed, counted money.Fen
	late          bool
}

type lotFlow struct {
	treat    treatment
	from, to int // flows of the lot
}

// Reset forgets what rows of earlier groups point to. Rows are valid until then.
func (e *Engine) Reset() { e.parts = e.parts[:0] }

// Group calculates contracts that belong together (one contract, or all of a household or person; see Plan.Scope) and
// appends their rows in the order of the facts.
func (e *Engine) Group(facts []*Facts, rows []Row) ([]Row, error) {
	for len(e.group) < len(facts) {
		e.group = append(e.group, &work{})
	}
	group := e.group[:len(facts)]
	e.flows = e.flows[:0]
	for i, f := range facts {
		if err := e.prepare(group[i], f); err != nil {
			return rows, err
		}
	}
	for _, c := range e.p.narrow {
		if err := e.capPrincipal(group, c); err != nil {
			return rows, err
		}
	}
	first := len(rows)
	for i := range group {
		var err error
		if rows, err = e.rows(group[i], rows); err != nil {
			return rows, faultIn(err, group[i].f)
		}
	}
	return rows, e.settle(rows[first:])
}

// prepare tests the contract, follows its ledger and lays out what counts.
func (e *Engine) prepare(w *work, f *Facts) (err error) {
	w.f, w.treats, w.lots, w.treatErr = f, w.treats[:0], w.lots[:0], nil
	e.p.figures(f)
	if w.failed, err = e.p.decide(f, &e.Warned); err != nil {
		return err
	}
	if err := e.p.warn(f, w.failed, &e.Warned); err != nil {
		return faultIn(err, f)
	}
	w.book.Reading = e.p.reading
	if fl := w.book.Follow(&f.Contract, f.Entries, f.Notes, e.joins(w)); fl != nil {
		return fl
	}
	e.Warned = append(e.Warned, w.book.Warned...)
	if w.failed < 0 {
		e.checkFees(w)
	}
	for i := range w.book.Lots {
		e.layOut(w, &w.book.Lots[i])
	}
	return w.treatErr
}

// joins says which draws of the contract may be kept as one: those treated alike. Rows per note and rounding per draw keep
// all apart.
func (e *Engine) joins(w *work) func(before, next day.Date) bool {
	switch {
	case e.p.Scheme.Rows == scheme.ByNote || e.p.grain == scheme.GrainDrawdown:
		return nil
	case e.p.oneTreat:
		return always
	case w.join == nil:
		w.join = func(before, next day.Date) bool {
			if e.p.exactDay && before != next {
				return false
			}
			a, b := e.treat(w, before), e.treat(w, next)
			return a.failed == b.failed && a.until == b.until
		}
	}
	return w.join
}

func always(day.Date, day.Date) bool { return true }

// treat is the treatment of a draw, remembered for the contract.
func (e *Engine) treat(w *work, drawn day.Date) treatment {
	for i := range w.treats {
		if w.treats[i].drawn == drawn {
			return w.treats[i]
		}
	}
	failed, err := e.p.drawFails(w.f, drawn)
	if err != nil && w.treatErr == nil {
		w.treatErr = err
	}
	first := drawn
	if len(w.treats) > 0 {
		first = w.treats[0].drawn
	}
	t := treatment{drawn: drawn, failed: failed, until: day.Open}
	t.cutoff, t.until = e.p.cutoff(drawn, first)
	w.treats = append(w.treats, t)
	return t
}

// cutoff is the cut-off for a draw of a contract first drawn on a day, and the first day after it.
func (p *Plan) cutoff(drawn, first day.Date) (int, day.Date) {
	for i := range p.Scheme.Amount.Until {
		u := &p.Scheme.Amount.Until[i]
		key := drawn
		if u.FirstDrawnTo != 0 || i > 0 && p.Scheme.Amount.Until[0].FirstDrawnTo != 0 {
			key = first
		}
		if key <= u.Key() {
			return i, u.Is.Is() + 1
		}
	}
	return -1, day.Open
}

// layOut turns a lot's steps into what counts by the scheme's base and its reading of overdue.
func (e *Engine) layOut(w *work, l *loan.Lot) {
	lf := lotFlow{treat: e.treat(w, l.Drawn), from: len(e.flows)}
	for _, s := range l.Steps {
		x := flow{from: s.From, owed: s.Good + s.Late, counted: s.Good, late: s.Late > 0}
		if e.p.overdue == scheme.AllowDays {
			x.counted = x.owed
		}
		if e.p.base == scheme.Principal && x.counted > 0 {
			x.counted = l.Amount
		}
		e.flows = append(e.flows, x)
	}
	lf.to = len(e.flows)
	w.lots = append(w.lots, lf)
}

// wasLate reports whether the lot was overdue on a day before the end of the claim year.
func (e *Engine) wasLate(lf lotFlow) bool {
	for _, x := range e.flows[lf.from:lf.to] {
		if x.late && x.from < e.p.Span.Until {
			return true
		}
	}
	return false
}

// drawnOn is what the ledger draws on a day.
func (f *Facts) drawnOn(d day.Date) (sum money.Fen) {
	for i := range f.Entries {
		if f.Entries[i].Kind == loan.Drawdown && f.Entries[i].Date == d {
			sum += f.Entries[i].Amount
		}
	}
	return sum
}
