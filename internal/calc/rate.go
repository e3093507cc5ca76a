package calc

import (
	"sync"

	"ganlan/bankfile"
	"ganlan/fault"
	"ganlan/money"
	"ganlan/scheme"
)

// published is the tables of published rates, loaded when the first contract needs them.
type published struct {
	once sync.Once
	ref  *scheme.Reference
	err  error
}

func (p *published) get(load func() (*scheme.Reference, error)) (*scheme.Reference, error) {
	p.once.Do(func() {
		if load == nil {
			p.err = FaultNoReference.New()
			return
		}
		p.ref, p.err = load()
	})
	return p.ref, p.err
}

// FaultNoReference is a contract whose rate follows a published one, in a run that was given no table of them.
var FaultNoReference = &fault.Def{Code: "RATE_BASE_UNKNOWN", What: "合同利率以公布利率为基础，但没有利率表", Do: "补充 policies/standard 中的 lpr.yaml 和 benchmark.yaml",
	WhatEn: "the contract's rate follows a published one, but there is no table of them", DoEn: "provide lpr.yaml and benchmark.yaml under policies/standard"}

// price works out a rate that is written upon a published one: by the table of the day on which the contract starts, and the
// contract's own term. It reports a fault at the contract's row.
func (w *worker) price(x *bankfile.Loan, p *part) bool {
	c := x.Contract
	if c.Pricing == nil {
		return true
	}
	ref, err := w.run.published.get(w.run.Reference)
	if err == nil {
		c.Rate, err = c.Pricing.Rate(ref, c.Start, c.Term())
	}
	if err == nil && (c.Rate.Num() < 0 || c.Rate.Cmp(money.Percent(36)) > 0) {
		err = bankfile.FaultRateRange.New().Set("value", c.Rate)
	}
	if err == nil {
		return true
	}
	list := fault.From(err)
	if list == nil {
		list = fault.List{faultInternal.New().Set("contract", c.No).Set("text", err.Error())}
	}
	for _, f := range list {
		g := *f
		g.Place = fault.Place{Row: c.Row}
		w.run.source.Place(&g, "annual_rate")
		p.faults.Add(&g)
	}
	return false
}
