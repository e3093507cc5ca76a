package subsidy

import (
	"ganlan/day"
	"ganlan/money"
	"ganlan/rule"
	"ganlan/scheme"
)

// rateOn resolves the scheme's rate, or its limit, for a draw and a day. It is a yearly rate.
func (p *Plan) rateOn(v *rule.Value[scheme.Rate], f *Facts, drawn, d day.Date) (rule.Version[scheme.Rate], money.Rate, error) {
	x, err := version(p, v, f, drawn, d)
	if err != nil {
		return x, money.Rate{}, err
	}
	r, err := p.resolve(x.Is, f, drawn, d)
	if r.Cmp(money.Rate{}) < 0 {
		r = money.Rate{} // points taken off a low rate leave nothing, never a debt
	}
	return x, r, err
}

// version picks the form of a value that holds for a draw and a day: the first whose condition holds, else by the day that
// the scheme says.
func version[T any](p *Plan, v *rule.Value[T], f *Facts, drawn, d day.Date) (rule.Version[T], error) {
	if x := &v.Versions[0]; len(v.Versions) == 1 && x.When == "" && x.Since == day.None && x.Until == day.None {
		return *x, nil
	}
	for _, x := range v.Versions {
		if x.When != "" {
			yes, fl := p.whens[x.When].Holds(f.lookAt(drawn))
			if fl != nil {
				return x, fl
			}
			if yes {
				return x, nil
			}
		}
	}
	on := p.lookOn(p.Scheme.Amount.VersionBy.Or(scheme.AtDrawdown), f, drawn, d)
	for _, x := range v.Versions {
		if x.When == "" && (x.Since == day.None || x.Since <= on) && (x.Until == day.None || on <= x.Until) {
			return x, nil
		}
	}
	return v.First(), FaultNoVersion.New().Set("date", on).Of(v.First().Cite.Text())
}

// lookOn is the day that a rule looks at.
func (p *Plan) lookOn(at scheme.At, f *Facts, drawn, d day.Date) day.Date {
	switch at {
	case scheme.AtContract:
		return f.Contract.Start
	case scheme.AtEachDay:
		return d
	case scheme.AtPreviousYear:
		return p.Span.From - 1
	case scheme.AtYearEnd:
		return p.Span.Until - 1
	case scheme.AtListed:
		if len(f.Listed) > 0 {
			return f.Listed[0].From
		}
	}
	return drawn
}

// resolve is a written rate as a figure.
func (p *Plan) resolve(r scheme.Rate, f *Facts, drawn, d day.Date) (money.Rate, error) {
	out, err := p.source(r, f, drawn, d)
	if err != nil || r.Above == nil {
		return out, err
	}
	floor, err := p.resolve(*r.Above, f, drawn, d)
	if err != nil {
		return out, err
	}
	if out.Cmp(floor) <= 0 {
		return money.Rate{}, nil
	}
	return out.Minus(floor)
}

func (p *Plan) source(r scheme.Rate, f *Facts, drawn, d day.Date) (out money.Rate, err error) {
	switch {
	case len(r.Lowest) > 0:
		return p.pick(r.Lowest, -1, f, drawn, d)
	case len(r.Highest) > 0:
		return p.pick(r.Highest, 1, f, drawn, d)
	case r.Of == scheme.OfFixed:
		return r.Fixed, nil
	case r.Of == scheme.OfContract:
		out = f.Contract.Rate
	default:
		out, err = p.reference(r, f, drawn, d)
	}
	if err == nil && r.Share != money.Whole {
		out, err = out.Times(r.Share)
	}
	if err == nil && !r.Plus.IsZero() {
		out, err = out.Plus(r.Plus)
	}
	return out, err
}

func (p *Plan) pick(rs []scheme.Rate, sign int, f *Facts, drawn, d day.Date) (money.Rate, error) {
	best, err := p.resolve(rs[0], f, drawn, d)
	for _, r := range rs[1:] {
		x, e := p.resolve(r, f, drawn, d)
		if e != nil {
			return x, e
		}
		if x.Cmp(best) == sign {
			best = x
		}
	}
	return best, err
}

// reference is the published rate on the day that the scheme names (OP-08, OP-80).
func (p *Plan) reference(r scheme.Rate, f *Facts, drawn, d day.Date) (money.Rate, error) {
	on := p.lookOn(r.At, f, drawn, d)
	term := f.Contract.Term()
	if r.Of == scheme.OfBenchmark {
		return p.ref.Benchmark(on, term)
	}
	long := r.Tenor == scheme.FiveYears || r.Tenor == scheme.ByContractTerm && term.Until > term.From.AddMonths(60)
	return p.ref.LPR(on, long)
}
