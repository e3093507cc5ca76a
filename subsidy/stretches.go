package subsidy

import (
	"ganlan/day"
	"ganlan/loan"
	"ganlan/scheme"
)

// Why days do not count. They stand in explanations; reasons of rows are others.
const (
	whyList    = "NOT_LISTED"
	whyCutoff  = "AFTER_CUTOFF"
	whyMonths  = "TERM_USED_UP"
	whyOverdue = "OVERDUE"
	whyAbove   = "ABOVE_PRINCIPAL_CAP"
	whyNothing = "NOTHING_OWED"
)

// stretches lays the claim's days of a lot into e.spans: in order, without gap, each with the first reason against it.
func (e *Engine) stretches(f *Facts, l *loan.Lot, lf lotFlow) error {
	p := e.p
	from := max(p.Span.From, l.Drawn)
	if p.claim == scheme.WhenRepaid {
		from = l.Drawn
	}
	e.spans = append(e.spans[:0], stretch{Span: day.Span{From: from, Until: p.Span.Until}})
	if lf.treat.cutoff >= 0 && lf.treat.until < p.Span.Until {
		e.exclude(day.Span{From: lf.treat.until, Until: day.Open}, whyCutoff, p.Scheme.Amount.Until[lf.treat.cutoff].Text())
	}
	if p.Scheme.Amount.Months.Given() {
		m, err := version(p, &p.Scheme.Amount.Months, f, l.Drawn, l.Drawn)
		if err != nil {
			return err
		}
		e.exclude(day.Span{From: l.Drawn.AddMonths(m.Is), Until: day.Open}, whyMonths, m.Text())
	}
	for i := range p.tests {
		if t := p.tests[i].rule; t.Kind == scheme.TestListed && t.At.Is() == scheme.AtEachDay {
			e.excludeUnlisted(f.Listed, t.Text())
		}
	}
	for _, d := range p.byDay {
		e.cut(d)
	}
	for _, d := range p.periods {
		e.cut(d)
	}
	if p.count.ByYear() {
		for y := from.Year() + 1; y <= p.Year; y++ {
			e.cut(day.YearStart(y))
		}
	}
	return nil
}

// excludeUnlisted takes out the days between the intervals.
func (e *Engine) excludeUnlisted(listed []day.Span, cite string) {
	free := day.None + 1
	for _, s := range listed {
		e.exclude(day.Span{From: free, Until: s.From}, whyList, cite)
		free = s.Until
	}
	e.exclude(day.Span{From: free, Until: day.Open}, whyList, cite)
}

// exclude gives the days of a span a reason, where they have none yet.
func (e *Engine) exclude(out day.Span, why, cite string) {
	touched := false
	for _, s := range e.spans {
		touched = touched || s.why == "" && !s.Meet(out).Empty()
	}
	if !touched {
		return
	}
	e.spare = e.spare[:0]
	for _, s := range e.spans {
		mid := s.Meet(out)
		if s.why != "" || mid.Empty() {
			e.spare = append(e.spare, s)
			continue
		}
		for _, part := range []stretch{{day.Span{From: s.From, Until: mid.From}, "", ""}, {mid, why, cite}, {day.Span{From: mid.Until, Until: s.Until}, "", ""}} {
			if !part.Empty() {
				e.spare = append(e.spare, part)
			}
		}
	}
	e.spans, e.spare = e.spare, e.spans
}

// cut divides the stretch that holds a day, so that a rate may change on it.
func (e *Engine) cut(d day.Date) {
	for i, s := range e.spans {
		if s.From < d && d < s.Until {
			rest := s
			e.spans[i].Until, rest.From = d, d
			e.spans = append(e.spans, stretch{})
			copy(e.spans[i+2:], e.spans[i+1:])
			e.spans[i+1] = rest
			return
		}
	}
}
