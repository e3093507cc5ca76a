package subsidy

import (
	"ganlan/figure"
	"ganlan/scheme"
)

// Compute ranks a table of a claim year's rows. Rows stand by table and rank, those that are out last.
func (k *Ranking) Compute(t *scheme.Table) (*scheme.Outcome, error) {
	run, err := k.Run(RankingInput{Year: t.Year, Rows: t.Rows})
	if err != nil {
		return nil, err
	}
	out := &scheme.Outcome{Columns: rankingColumns, Payers: run.Payers, Open: run.Open, Warned: run.Warned}
	for i := range run.Rows {
		x := &run.Rows[i]
		out.Rows = append(out.Rows, scheme.OutcomeRow{No: x.No, Facts: x.Facts, Values: x.values(), Reason: x.Reason, Why: k.ReasonWords(x.Reason)})
		out.Counted = append(out.Counted, x.counted()...)
	}
	out.Explain = func(i int) []scheme.Line { return linesOf(run.explain(&run.Rows[i])) }
	return out, nil
}

var rankingColumns = []scheme.Column{{Key: "group", Title: scheme.Words{Zh: "排名范围", En: "ranked among"}, Type: figure.Text},
	{Key: "score", Title: scheme.Words{Zh: "得分", En: "score"}, Type: figure.Number},
	{Key: "rank", Title: scheme.Words{Zh: "名次", En: "rank"}, Type: figure.Count},
	{Key: "tied", Title: scheme.Words{Zh: "同名次家数", En: "rows of the rank"}, Type: figure.Count},
	{Key: "amount", Title: scheme.Words{Zh: "奖励金额", En: "amount"}, Type: figure.Money, Sum: true, Effect: true}}

// values are a row's by column; one that is out has neither score nor rank.
func (x *RankedRow) values() []figure.Value {
	v := []figure.Value{figure.OfText(x.Group), {}, {}, {}, figure.OfMoney(x.Amount)}
	if x.Score != nil {
		v[1], v[2], v[3] = figure.OfRat(figure.Number, x.Score), figure.OfCount(int64(x.Rank)), figure.OfCount(int64(x.Tied))
	}
	return v
}
