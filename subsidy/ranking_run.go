package subsidy

import (
	"cmp"
	"slices"

	"ganlan/figure"
	"ganlan/ident"
	"ganlan/money"
)

// Run ranks all rows of a claim year. Any fault refuses all of it.
func (k *Ranking) Run(in RankingInput) (*RankingRun, error) {
	if err := k.reaches(in.Year); err != nil {
		return nil, err
	}
	subjects, faults := k.subjects(in.Year, in.Rows)
	run := &rankingRun{RankingRun: &RankingRun{Ranking: k, Year: in.Year, Rows: make([]RankedRow, len(subjects))}}
	run.Warned = k.draft()
	run.results = map[string]*figure.Result{}
	for i := range subjects {
		run.Rows[i].Subject = subjects[i]
		faults = append(faults, placed(run.row(i), subjects[i].Place)...)
	}
	if err := faults.Err(); err != nil {
		return nil, err
	}
	for _, table := range run.tables() {
		run.score(table)
		if err := run.rank(table); err != nil {
			return nil, err
		}
	}
	slices.SortStableFunc(run.Rows, func(a, b RankedRow) int {
		return cmp.Or(cmp.Compare(a.Group, b.Group), cmp.Compare(last(a.Rank), last(b.Rank)))
	})
	return run.RankingRun, run.pay()
}

type rankingRun struct {
	*RankingRun
	results map[string]*figure.Result
}

// last puts rows without a rank behind.
func last(rank int) int {
	if rank == 0 {
		return 1 << 30
	}
	return rank
}

// row proves that the row is an institution, screens it and takes its indicators.
func (r *rankingRun) row(i int) error {
	k, x := r.Ranking, &r.Rows[i]
	if err := k.institution(x.Facts[k.Ranked.Code]); err != nil {
		return err
	}
	res := k.program.Run(x.Facts)
	r.results[x.No] = res
	if per := k.Per.Is(); len(per) > 0 && per[0] != everyone {
		key, err := keyOf(per, x.Facts, k.facts)
		if err != nil {
			return err
		}
		x.Group = shown(key)
	}
	screen, err := k.screened(res)
	if err != nil {
		return err
	}
	if screen != nil {
		x.Reason, x.Cite = screen.Code, screen.Text()
		return nil
	}
	r.Warned = append(r.Warned, k.warnings(&x.Subject, res)...)
	for p := range k.Score.Parts {
		part := &k.Score.Parts[p]
		v, err := res.Get(part.Of)
		if err != nil {
			return clauseOf(err, part.Text())
		}
		x.Parts = append(x.Parts, PartScore{Part: part, Value: v, Points: v.Rat()})
	}
	return nil
}

// institution refuses a row whose code is no institution's. A person's number is never shown.
func (k *Ranking) institution(v figure.Value) error {
	if !v.Given() {
		f := k.facts.Find(k.Ranked.Code)
		return figure.FaultNeeded.New().Set("fact", f.Zh).Set("fact_en", f.En)
	}
	_, person := ident.ParseCitizen(v.Text())
	if _, err := ident.ParseCredit(v.Text()); err != nil || person == nil {
		return FaultNoInstitution.New().Set("code", ident.Mask(v.Text()))
	}
	return nil
}

// tables are the rows that are ranked together.
func (r *rankingRun) tables() (out [][]*RankedRow) {
	at := map[string]int{}
	for i := range r.Rows {
		x := &r.Rows[i]
		if x.Parts == nil {
			continue
		}
		n, ok := at[x.Group]
		if !ok {
			n = len(out)
			at[x.Group], out = n, append(out, nil)
		}
		out[n] = append(out[n], x)
	}
	return out
}

func (r *rankingRun) pay() (err error) {
	amounts := make([]money.Fen, len(r.Rows))
	for i := range r.Rows {
		amounts[i] = r.Rows[i].Amount
		if r.Total, err = money.Add(r.Total, amounts[i]); err != nil {
			return err
		}
	}
	r.Payers, err = payers(r.Ranking.Pay, r.Year, r.Total, amounts)
	return err
}

// byNo finds a row by its number.
func (r *RankingRun) byNo(no string) *RankedRow {
	for i := range r.Rows {
		if r.Rows[i].No == no {
			return &r.Rows[i]
		}
	}
	return nil
}
