package subsidy

import (
	"ganlan/day"
	"ganlan/fault"
	"ganlan/figure"
	"ganlan/money"
	"ganlan/rule"
	"ganlan/scheme"
)

// figures computes what the scheme declares of a contract: its facts, and the figures made of them.
func (p *Plan) figures(f *Facts) {
	f.result = nil
	if p.Scheme.Program == nil {
		return
	}
	c := &f.Contract
	row := figure.Row{"contract_amount": figure.OfMoney(c.Amount), "contract_rate": figure.OfRate(c.Rate),
		"contract_start": figure.OfDate(c.Start), "contract_end": figure.OfDate(c.End),
		"claim_end": figure.OfDate(p.Span.Until - 1)}
	if r, ok := p.lprOf(f); ok {
		row["lpr"] = figure.OfRate(r)
	}
	for k, v := range c.Facts {
		row[k] = v
	}
	f.result = p.Scheme.Program.Run(row)
}

// lprOf is the LPR of the contract's term on its first day, where the scheme's figures look at it.
func (p *Plan) lprOf(f *Facts) (money.Rate, bool) {
	if p.ref == nil || !p.Scheme.Program.Uses("lpr") {
		return money.Rate{}, false
	}
	r, err := p.reference(scheme.Rate{Of: scheme.OfLPR, At: scheme.AtContract, Tenor: scheme.ByContractTerm}, f, f.Contract.Start, day.None)
	return r, err == nil
}

// limit is a ceiling of some rows in money; none where it is not looked at.
type limit struct {
	money      money.Fen
	what, cite string
	none       bool
}

// limitOf is the ceiling of rows counted together: a sum of the scheme, or a fact or figure of their contracts, whole fen,
// the lowest where they differ.
func (p *Plan) limitOf(c *scheme.Cap, set []*Row, warned *fault.List) (limit, error) {
	if c.Of == "" {
		sum, cite, err := p.CapMoney(c)
		return limit{money: sum, what: "上限 " + sum.Grouped() + " 元", cite: cite}, err
	}
	of := make([]*Facts, len(set))
	for i, r := range set {
		of[i] = r.Facts
	}
	sum, lacks, err := p.lowest(c.Of, of)
	switch {
	case err != nil:
		return limit{}, faultIn(err, set[0].Facts)
	case lacks == nil:
		return limit{money: sum, what: p.Scheme.Program.Title(c.Of, fault.Zh) + " " + sum.Grouped() + " 元", cite: c.Text()}, nil
	}
	return p.unlimited(c, lacks, set[0].Facts, warned)
}

// unlimited is what the scheme says of a ceiling whose fact is not given.
func (p *Plan) unlimited(c *scheme.Cap, lacks *fault.Fault, f *Facts, warned *fault.List) (limit, error) {
	zh, en := p.Scheme.Program.Title(c.Of, fault.Zh), p.Scheme.Program.Title(c.Of, fault.En)
	switch c.Lack.Or(scheme.MissingRefuse) {
	case scheme.MissingPass:
		return limit{none: true}, nil
	case scheme.MissingFail:
		return limit{what: "未填写" + zh, cite: c.Text()}, nil
	case scheme.MissingWarn:
		warned.Add(FaultNotGiven.At(fault.Place{Row: f.Contract.Row}).Set("contract", f.Contract.No).Set("what", zh).Set("what_en", en).Of(c.Text()))
		return limit{none: true}, nil
	}
	return limit{}, faultIn(lacks.Of(c.Text()), f)
}

// lowest is the lowest amount of a name among contracts, rounded down to the fen and never below 0. Where none gives it,
// lacks says which fact is missing.
func (p *Plan) lowest(name string, of []*Facts) (low money.Fen, lacks *fault.Fault, err error) {
	given := false
	for _, f := range of {
		v, err := f.result.Get(name)
		if err != nil {
			if lacks = fault.From(err)[0]; lacks.Def != rule.FaultUndecided {
				return 0, nil, err
			}
			continue
		}
		n, err := v.Fen(money.Rounding{Unit: 1, Mode: money.Down})
		if err != nil {
			return 0, nil, err
		}
		if !given || n < low {
			low, given = max(n, 0), true
		}
	}
	if given {
		lacks = nil
	}
	return low, lacks, nil
}
