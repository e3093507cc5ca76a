package claim

import (
	"slices"

	"ganlan/day"
	"ganlan/loan"
	"ganlan/scheme"
	"ganlan/subsidy"
)

// examiner looks at one contract.
type examiner struct {
	q       *Inquiry
	group   []*subsidy.Facts
	at      int
	base    *account
	bank    stated
	hits    []candidate
	nearest candidate
	moved   []effect // single readings that may be combined
	tries   int
}

// candidate is one or two readings and what they come to.
type candidate struct {
	readings []Reading
	*account
}

// effect is a single reading with its account.
type effect struct {
	*alternative
	by    *account
	moves bool // gives other figures than ours
}

// likely is the order in which causes are believed.
var likely = []Cause{CauseNotClaimed, CauseDayCount, CauseBoundary, CauseOverdue, CauseList, CauseRate, CauseCutOff, CauseDeferral, CauseOrder,
	CauseLine, CauseBase, CauseEligibility, CauseCap, CausePeriod, CauseMonth30, CauseRounding, CauseDoubled, CauseUnit}

func (c candidate) rank() int {
	n := 0
	for _, r := range c.readings {
		n = max(n, slices.Index(likely, r.Cause))
	}
	return n
}

// see takes a candidate: a hit, or the closest so far. What gives our own figures explains nothing.
func (x *examiner) see(a *account, readings ...Reading) {
	x.tries++
	if a == nil || a.figures == x.base.figures {
		return
	}
	c, f := candidate{readings, a}, a.figures
	if x.bank.is(f) {
		x.hits = append(x.hits, c)
		return
	}
	days, off := x.bank.off(f)
	near := x.nearest.account
	if near == nil {
		near = x.base
	}
	bestDays, best := x.bank.off(near.figures)
	if days == bestDays && off < best || !days && bestDays {
		x.nearest = c
	}
}

// reckoned is the contract by another plan and other facts; nil when they do not fit.
func (x *examiner) reckoned(p *subsidy.Plan, changes ...func(*subsidy.Facts) bool) *account {
	group := slices.Clone(x.group)
	for _, change := range changes {
		if change == nil {
			continue
		}
		f := *group[x.at]
		f.Entries = append([]loan.Entry(nil), f.Entries...)
		if !change(&f) {
			return nil
		}
		group[x.at] = &f
	}
	a, err := accountOf(p, group, x.group[x.at].Contract.No)
	if err != nil {
		return nil
	}
	return a
}

// singles tries every reading alone.
func (x *examiner) singles() {
	x.zero()
	for _, a := range slices.Concat(x.q.tried, lineReadings(x.group[x.at])) {
		if a.plan == nil {
			a.plan = x.q.plan
		}
		if by := x.reckoned(a.plan, a.facts); by != nil {
			x.see(by, a.Reading)
			x.moved = append(x.moved, effect{a, by, by.figures != x.base.figures})
		}
	}
	x.reckonOn(x.base)
	x.otherYears()
}

// zero: a bank that states nothing did not count the contract at all.
func (x *examiner) zero() {
	if x.bank.amount.OK && x.bank.amount.Value == 0 && x.base.amount > 0 {
		r := Reading{Cause: CauseNotClaimed, Bank: scheme.Words{Zh: "未把本合同计入贴息", En: "the contract was not counted at all"}}
		x.see(bare(0, 0), r)
		x.see(bare(x.base.days, 0), r)
	}
}

func (x *examiner) reckonOn(a *account, with ...Reading) {
	if x.bank.amount.OK && x.bank.amount.Value == 0 {
		return
	}
	for _, r := range x.q.reckons {
		for _, f := range r.do(a) {
			x.see(f, append(slices.Clone(with), r.Reading)...)
		}
	}
}

// otherYears takes the figures of the year before, of both years, and of the bank's own year from 21 December to 20 December.
func (x *examiner) otherYears() {
	if x.q.before == nil {
		return
	}
	old := x.reckoned(x.q.before)
	if old == nil || old.days == 0 {
		return
	}
	see := func(a *account, c Cause, zh, en string) {
		x.see(a, Reading{Cause: c, Bank: scheme.Words{Zh: zh, En: en}, Scheme: ofYear, Cite: "OP-17"})
	}
	see(bare(old.days, old.amount), CausePeriod, "报的是上一年度的数", "the figures are those of the year before")
	see(bare(old.days+x.base.days, old.amount+x.base.amount), CausePeriod, "把上一年度也算了进来", "the year before is counted as well")
	y := x.q.plan.Year
	head := old.within(day.Span{From: day.Of(y-1, 12, 21), Until: day.Open})
	tail := x.base.within(day.Span{From: day.None + 1, Until: day.Of(y, 12, 21)})
	if head != nil && tail != nil {
		see(bare(head.days+tail.days, head.amount+tail.amount), CauseCutOff, "按上年12月21日至本年12月20日的结息年度计",
			"counted over the bank's own year from 21 December to 20 December")
	}
}

var ofYear = scheme.Words{Zh: "只申报本年度1月1日至12月31日的计息天数", En: "the interest days from 1 January to 31 December of the year are claimed"}

// mostTries bounds the work on one contract.
const mostTries = 1000

// doubles tries two readings at once: of two that move the figures, or of one with a rounding or another reckoning.
func (x *examiner) doubles() {
	for _, a := range x.moved {
		if a.moves && x.tries < mostTries {
			x.reckonOn(a.by, a.Reading)
		}
	}
	for i, a := range x.moved {
		for _, b := range x.moved[i+1:] {
			if !worthPairing(a, b) || x.tries >= mostTries {
				continue
			}
			if p := x.q.pairOf(a.alternative, b.alternative); p != nil {
				if by := x.reckoned(p, a.facts, b.facts); by != nil {
					x.see(by, a.Reading, b.Reading)
				}
			}
		}
	}
}

// worthPairing: one of the two moves the figures, the other as well unless it is a rounding, which may show only then. Two
// doubted ledger lines explain anything.
func worthPairing(a, b effect) bool {
	if a.Cause == CauseLine && b.Cause == CauseLine {
		return false
	}
	return a.moves && b.moves || a.moves && b.Cause == CauseRounding || a.Cause == CauseRounding && b.moves ||
		a.Cause == CauseRounding && b.Cause == CauseRounding
}
