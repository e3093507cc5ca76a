package loan

import (
	"strings"

	"ganlan/day"
	"ganlan/money"
	"ganlan/scheme"
)

// Base is the published rate that a contract's rate is written upon. It is taken from the contract's wording, never from its
// date: loans of 2020 still follow the benchmark where the contract says so.
type Base uint8

// The bases. LPRByTerm is the five-year LPR for contracts of more than five years.
const (
	LPRByTerm Base = iota
	LPR1
	LPR5
	Benchmark
)

// Pricing is a rate as base × Factor + Plus: LPR+10BP, 基准利率上浮10%.
type Pricing struct {
	Base         Base
	Factor, Plus money.Rate
}

// Rate is the yearly rate by the published rates of a day, for a contract of the given term. Days for which the tables
// know nothing are a fault.
func (p Pricing) Rate(ref *scheme.Reference, on day.Date, term day.Span) (r money.Rate, err error) {
	switch p.Base {
	case Benchmark:
		r, err = ref.Benchmark(on, term)
	case LPRByTerm:
		r, err = ref.LPR(on, term.Until > term.From.AddMonths(60))
	default:
		r, err = ref.LPR(on, p.Base == LPR5)
	}
	if err == nil && p.Factor != money.Whole {
		r, err = r.Times(p.Factor)
	}
	if err != nil {
		return r, err
	}
	return r.Plus(p.Plus)
}

// String is the pricing as files write it: LPR+10BP, 基准利率×110%; empty for none.
func (p *Pricing) String() string {
	if p == nil {
		return ""
	}
	name := [...]string{LPRByTerm: "LPR", LPR1: "1年期LPR", LPR5: "5年期以上LPR", Benchmark: "基准利率"}[p.Base]
	if points, err := p.Plus.Times(money.NewRate(100, 1)); err == nil && !points.IsZero() {
		name += strings.NewReplacer("+-", "-", "%", "").Replace("+" + points.String() + "BP")
	}
	if p.Factor != money.Whole {
		name += "×" + p.Factor.String()
	}
	return name
}
