package subsidy

import (
	"ganlan/figure"
	"ganlan/scheme"
)

// Compute computes a table of a claim year's rows, with what was paid earlier. Rows stand in the order of their numbers; where
// records are counted together there is one for each subject.
func (a *Award) Compute(t *scheme.Table) (*scheme.Outcome, error) {
	run, err := a.Run(AwardInput{Year: t.Year, Rows: t.Rows, Earlier: t.Earlier})
	if err != nil {
		return nil, err
	}
	out := &scheme.Outcome{Columns: a.columns(), Payers: run.Payers, Open: run.Open, Warned: run.Warned}
	for i := range run.Rows {
		x := &run.Rows[i]
		v := []figure.Value{figure.OfMoney(x.Computed), figure.OfMoney(x.Amount)}
		if a.Grant != nil {
			v = append(v, figure.OfMoney(x.Ceiling))
		}
		out.Rows = append(out.Rows, scheme.OutcomeRow{No: x.No, Facts: x.Facts, Values: v, Reason: x.Reason, Why: a.ReasonWords(x.Reason)})
		out.Counted = append(out.Counted, x.counted()...)
	}
	out.Explain = func(i int) []scheme.Line { return linesOf(run.explain(&run.Rows[i])) }
	return out, nil
}

func (a *Award) columns() []scheme.Column {
	paid := scheme.Words{Zh: "给付金额", En: "amount"}
	if a.Pay == nil {
		paid.Zh = "金额" // a charge, or nobody pays yet
	}
	out := []scheme.Column{{Key: "computed", Title: scheme.Words{Zh: "测算金额", En: "before ceilings"}, Type: figure.Money, Sum: true},
		{Key: "amount", Title: paid, Type: figure.Money, Sum: true, Effect: true}}
	if a.Grant != nil {
		out = append(out, scheme.Column{Key: "ceiling", Title: scheme.Words{Zh: "核定上限", En: "at most"}, Type: figure.Money, Sum: true})
	}
	return out
}

// counted are the records of a subject with what became of them.
func (x *Subject) counted() (out []scheme.Record) {
	for _, c := range x.Records {
		r := scheme.Record{No: c.No, Of: x.No}
		if c.Screen != nil {
			r.Reason, r.Why = c.Screen.Code, scheme.Words{Zh: "不符合：" + c.Screen.Zh, En: "not met: " + c.Screen.En}
		}
		out = append(out, r)
	}
	return out
}

func linesOf(said []Said) []scheme.Line {
	out := make([]scheme.Line, len(said))
	for i, s := range said {
		out[i] = scheme.Line{Value: s.Words, Cite: s.Cite}
	}
	return out
}
