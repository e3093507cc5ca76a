package risk

import (
	"ganlan/fault"
	"ganlan/money"
	"ganlan/rule"
	"ganlan/scheme"
)

// Lines are how the loss was shared: the same steps that computed it, each with its clause.
func (x *Loss) Lines() []scheme.Line {
	s := x.rules
	return scheme.Lines(func(add scheme.Add) {
		steps(s.program, x.run, add)
		for i, f := range x.First {
			y := &s.First[i]
			add("first."+y.Who, both(func(l fault.Lang) string { return x.firstText(y, f, l) }), y.Cite)
		}
		add("shared", both(func(l fault.Lang) string {
			return say(l, "待分担 ", "left to share: ") + yuan(x.Shared, l)
		}), rule.Cite{})
		x.outcome(add)
		for _, t := range x.Suspended {
			add("lend_while."+t.Code, both(func(l fault.Lang) string {
				return say(l, "停办新贷，不符合：", "no new loans, does not hold: ") + t.In(l)
			}), t.Cite)
		}
	})
}

// firstText says what was paid first, and what of it did not count because no more was lost.
func (x *Loss) firstText(y *First, f money.Fen, l fault.Lang) string {
	name := scheme.Words{Zh: y.Zh, En: y.En}.In(l)
	s := name + say(l, "先付 ", " pays first: ") + yuan(f, l)
	if given, err := x.amount(y.Pays); err == nil && given > f {
		s += say(l, "（共 "+yuan(given, l)+"，超出损失的不计）", " (of "+yuan(given, l)+"; no more was lost)")
	}
	return s
}

func (x *Loss) outcome(add scheme.Add) {
	s := x.rules
	if x.Reason != "" {
		add("reason."+x.Reason, both(x.why), x.whyCite())
		return
	}
	partWords(add, x.Parts, x.Shared, s.Parties, scheme.Words{Zh: "承担", En: "bears"}, x.table.version.Cite)
	add("recoveries", both(s.returns), s.Recoveries.First().Cite)
}

// why says in words why the lender bears all that is left.
func (x *Loss) why(l fault.Lang) string {
	s := x.rules
	rest := say(l, "；"+s.Parties.Of(s.Lender.First().Is, l)+"自担 "+yuan(x.Shared, l), "; "+s.Parties.Of(s.Lender.First().Is, l)+" bears "+yuan(x.Shared, l))
	switch {
	case x.test != nil:
		return say(l, "不符合：", "does not hold: ") + x.test.In(l) + rest
	case x.Reason == CauseNotCovered:
		v, _ := x.run.Get("cause")
		return say(l, "原因“"+v.Text()+"”不在补偿范围（"+listWords(s.Causes.First().Is).Zh+"）",
			"cause "+v.Text()+" is not covered ("+listWords(s.Causes.First().Is).En+")") + rest
	}
	return say(l, "没有需要分担的损失", "nothing is left to share")
}

func (x *Loss) whyCite() rule.Cite {
	switch {
	case x.test != nil:
		return x.test.Cite
	case x.Reason == CauseNotCovered:
		return x.rules.Causes.First().Cite
	case len(x.rules.First) > 0:
		return x.rules.First[0].Cite
	}
	return x.rules.Shares.First().Cite
}
