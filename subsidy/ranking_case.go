package subsidy

import (
	"maps"
	"slices"

	"ganlan/fault"
	"ganlan/figure"
	"ganlan/money"
	"ganlan/rule"
	"ganlan/scheme"
)

// RankingCase is a worked example beside a ranking: rows in, scores, ranks and awards out.
type RankingCase struct {
	scheme.CaseHead
	Year  int                 `rule:"year,need"`
	Given map[string]rule.Raw `rule:"given"` // facts of every row
	Rows  []CaseRow           `rule:"rows,need"`
	Want  WantRanking         `rule:"want,need"`
}

// WantRanking is what must come out. What is not written is not compared.
type WantRanking struct {
	Total   *money.Fen           `rule:"total"`
	Open    *money.Fen           `rule:"open"`
	Payers  map[string]money.Fen `rule:"payers"`
	Rows    []WantRanked         `rule:"rows"`
	Says    []string             `rule:"says"` // texts that stand in the explanation of the first row wanted
	Warns   []string             `rule:"warns"`
	Refused string               `rule:"refused"`
}

// WantRanked is one row that must come out.
type WantRanked struct {
	No     string     `rule:"no,need"`
	Score  *string    `rule:"score"` // exact: 88, 62.5, 200/3
	Rank   *int       `rule:"rank"`
	Amount *money.Fen `rule:"amount"`
	Open   *bool      `rule:"open"`
	Reason *string    `rule:"reason"`
}

// ProveRanking computes every case of a folder's ranking.
func ProveRanking(f scheme.Folder, _ *scheme.Reference) ([]scheme.Proof, fault.List) {
	return scheme.Prove(f, func(c *RankingCase) ([]string, error) {
		run, err := c.run(f)
		if err != nil {
			return nil, err
		}
		return c.Want.compare(run), nil
	}, func(c *RankingCase) string { return c.Want.Refused })
}

func (c *RankingCase) run(f scheme.Folder) (*RankingRun, error) {
	k, faults := scheme.LoadFolder(f, c.Set, func() *Ranking { return &Ranking{} })
	if err := faults.Err(); err != nil {
		return nil, err
	}
	rows, faults := caseRows(&k.Sheet, c.Given, c.Rows, c.Place)
	if err := faults.Err(); err != nil {
		return nil, err
	}
	return k.Run(RankingInput{Year: c.Year, Rows: rows})
}

func (w *WantRanking) compare(run *RankingRun) []string {
	var d differ
	d.Fen("total", w.Total, run.Total)
	d.Fen("open", w.Open, run.Open)
	for i := range w.Rows {
		x := run.byNo(w.Rows[i].No)
		if x == nil {
			d.Say("没有该行：%s", w.Rows[i].No)
			continue
		}
		d.ranked(&w.Rows[i], x)
	}
	for _, who := range slices.Sorted(maps.Keys(w.Payers)) {
		d.See("payer "+who, w.Payers[who], partOf(run.Payers, who))
	}
	d.warns(w.Warns, run.Warned)
	if len(w.Rows) > 0 {
		d.says(w.Says, run.Explain(w.Rows[0].No))
	}
	return d.Differs
}

func (d *differ) ranked(w *WantRanked, x *RankedRow) {
	if w.Score != nil {
		got := ""
		if x.Score != nil {
			got = figure.OfRat(figure.Number, x.Score).String()
		}
		d.See(x.No+" score", *w.Score, got)
	}
	if w.Rank != nil {
		d.See(x.No+" rank", *w.Rank, x.Rank)
	}
	if w.Open != nil {
		d.See(x.No+" open", *w.Open, x.Open)
	}
	d.Fen(x.No+" amount", w.Amount, x.Amount)
	d.text(x.No+" reason", w.Reason, x.Reason)
}
