package risk

import (
	"ganlan/fault"
	"ganlan/figure"
	"ganlan/money"
	"ganlan/rule"
	"ganlan/scheme"
)

// Settlement is one insurance period settled. It looks at no other period: a loss is not set off against a later profit.
type Settlement struct {
	Result money.Fen // rounded once, half up; below zero a loss
	Parts  []Part    // who bears the loss, or has the profit; nil when there is neither

	rules *InsurancePool
	run   *figure.Result
}

// Settle divides the result of one period: a loss by the shares of a loss, a profit by those of a profit. The parts add up to
// it, to the fen.
func (s *InsurancePool) Settle(row figure.Row) (*Settlement, error) {
	x := &Settlement{rules: s, run: s.program.Run(row)}
	v, err := x.run.Get(s.Result)
	if err != nil {
		return nil, err
	}
	if x.Result, err = v.Fen(money.ToFen); err != nil {
		return nil, err
	}
	switch {
	case x.Result < 0:
		x.Parts, err = s.loss.divide(-x.Result, nil, nil)
	case x.Result > 0:
		x.Parts, err = s.profit.divide(x.Result, nil, nil)
	}
	return x, err
}

// Loses reports whether the period made a loss.
func (x *Settlement) Loses() bool { return x.Result < 0 }

// Of is what a party bears of a loss or has of a profit.
func (x *Settlement) Of(who string) money.Fen { return partOf(x.Parts, who) }

// partOf is what a party has of a total; of a party whose share is split again the sum of its members.
func partOf(parts []Part, who string) (sum money.Fen) {
	for _, p := range parts {
		if p.Party.Who == who || p.Within != nil && p.Within.Who == who {
			sum += p.Amount
		}
	}
	return sum
}

// Lines are how the period was settled, each step with its clause.
func (x *Settlement) Lines() []scheme.Line {
	s := x.rules
	return scheme.Lines(func(add scheme.Add) {
		steps(s.program, x.run, add)
		v, verb := &s.Profit, scheme.Words{Zh: "得", En: "has"}
		if x.Loses() {
			v, verb = &s.Loss, scheme.Words{Zh: "承担", En: "bears"}
		}
		if x.Result == 0 {
			add("parts", scheme.Words{Zh: "不盈不亏，没有可分的", En: "neither profit nor loss: nothing to divide"}, citeOf(s.program, s.Result))
		}
		partWords(add, x.Parts, max(x.Result, -x.Result), s.Parties, verb, v.First().Cite)
	})
}

// partWords are the parts of a total in words.
func partWords(add scheme.Add, parts []Part, total money.Fen, names Names, verb scheme.Words, c rule.Cite) {
	for _, p := range parts {
		add("parts."+p.Party.Who, both(func(l fault.Lang) string {
			of := yuan(total, l)
			if p.Within != nil {
				of += " × " + p.Within.rate.Fraction()
			}
			return names.Of(p.Party.Who, l) + say(l, verb.Zh+" ", " "+verb.En+" ") + of + " × " + p.Party.rate.Fraction() + " = " + yuan(p.Amount, l)
		}), c)
	}
}

// Payers divide one premium among those who pay it: what the family pays and what finance adds.
func (s *InsurancePool) Payers(premium money.Fen) ([]Part, error) {
	if premium < 0 {
		return nil, FaultNegative.New().Set("name", "保费 (premium)").Set("amount", premium)
	}
	if s.premium == nil {
		return nil, rule.FaultMissing.New().Set("key", "premium")
	}
	return s.premium.divide(premium, nil, nil)
}
