package subsidy

import (
	"ganlan/money"
	"ganlan/rule"
	"ganlan/scheme"
)

// Undecided is the payer of a draft whose shares nobody has decided.
const Undecided = "undecided"

// shares are how the payers of some rows divide them; without a condition those of all other rows.
type shares struct {
	when  *rule.Condition
	split money.Split
}

// compilePay makes the shares of the claim year ready. Payers that differ by place are put together into one list, in
// which those of other places have nothing.
func (p *Plan) compilePay() error {
	pay := &p.Scheme.Pay
	p.splitRow = pay.Split.Of.Or(scheme.SplitTotal) == scheme.SplitRow
	vs := p.payersOfYear()
	for _, v := range vs {
		for _, x := range v.Is {
			if p.payers.Index(x.Who) < 0 {
				p.payers = append(p.payers, scheme.Payer{Who: x.Who, Share: x.Share})
			}
		}
	}
	if len(p.payers) == 0 {
		p.payers = scheme.Payers{{Who: Undecided, Share: money.Whole}}
		vs = []rule.Version[scheme.Payers]{{Is: p.payers}}
	}
	holder := p.payers.Index(pay.Split.RestTo.Or(scheme.LargestRemainder))
	for _, v := range vs {
		split, err := money.NewSplit(aligned(v.Is, p.payers), holder)
		if err != nil {
			return err
		}
		p.shares = append(p.shares, shares{p.whens[v.When], split})
	}
	return nil
}

// payersOfYear are the forms of the payers that hold in the claim year: all where they differ by place, else the one of
// its first day.
func (p *Plan) payersOfYear() []rule.Version[scheme.Payers] {
	v := &p.Scheme.Pay.Payers
	for _, x := range v.Versions {
		if x.When != "" {
			return v.Versions
		}
	}
	if x, ok := v.On(p.Span.From); ok {
		return []rule.Version[scheme.Payers]{x}
	}
	return v.Versions[:min(1, len(v.Versions))]
}

// aligned are the shares in the order of all payers.
func aligned(some, all scheme.Payers) []money.Rate {
	out := make([]money.Rate, len(all))
	for _, x := range some {
		out[all.Index(x.Who)] = x.Share
	}
	return out
}

// Payers are who bear the claim of the year.
func (p *Plan) Payers() scheme.Payers { return p.payers }

// SplitsRows reports whether each row is divided, not the claim's total.
func (p *Plan) SplitsRows() bool { return p.splitRow }

// Divide splits a total among the payers.
func (p *Plan) Divide(total money.Fen) ([]money.Fen, error) {
	return p.shares[len(p.shares)-1].split.Append(nil, total)
}

// splitOf is how a row is divided.
func (p *Plan) splitOf(f *Facts) (money.Split, error) {
	for _, s := range p.shares[:len(p.shares)-1] {
		yes, fl := s.when.Holds(f.lookAt(f.Contract.Start))
		if fl != nil {
			return s.split, faultIn(fl, f)
		}
		if yes {
			return s.split, nil
		}
	}
	return p.shares[len(p.shares)-1].split, nil
}

// divide splits a row among the payers; the parts live until Reset.
func (e *Engine) divide(r *Row) error {
	split, err := e.p.splitOf(r.Facts)
	if err != nil {
		return err
	}
	at := len(e.parts)
	if e.parts, err = split.Append(e.parts, r.Amount); err != nil {
		return err
	}
	r.Parts = e.parts[at:len(e.parts):len(e.parts)]
	if e.p.HasFees() {
		at = len(e.parts)
		e.parts, err = split.Append(e.parts, r.FeeSubsidy)
		r.FeeParts = e.parts[at:len(e.parts):len(e.parts)]
	}
	return err
}

// SplitAgain divides a row anew after a later step changed its amount.
func (p *Plan) SplitAgain(r *Row) error {
	if !p.splitRow {
		return nil
	}
	split, err := p.splitOf(r.Facts)
	if err == nil {
		r.Parts, err = split.Append(nil, r.Amount)
	}
	return err
}
