package subsidy

import (
	"math/big"
	"slices"

	"ganlan/fault"
	"ganlan/figure"
	"ganlan/money"
)

// Run computes an award for all rows of a claim year. Any fault refuses all of it; nothing is computed in part.
func (a *Award) Run(in AwardInput) (*AwardRun, error) {
	if err := a.reaches(in.Year); err != nil {
		return nil, err
	}
	subjects, faults := a.subjects(in.Year, in.Rows)
	run := &awardRun{AwardRun: &AwardRun{Award: a, Year: in.Year, Rows: make([]Awarded, len(subjects))}, in: in}
	run.Warned = a.draft()
	run.results = make([]*figure.Result, len(subjects))
	run.exact = make([]*big.Rat, len(subjects))
	for i := range subjects {
		run.Rows[i].Subject = subjects[i]
		faults = append(faults, placed(run.row(i), subjects[i].Place)...)
		run.results[i].Steps = nil // an explanation runs them again
	}
	if err := faults.Err(); err != nil {
		return nil, err
	}
	for _, step := range []func() error{run.allocate, run.caps, run.grants, run.pay} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	return run.AwardRun, nil
}

type awardRun struct {
	*AwardRun
	in      AwardInput
	results []*figure.Result
	exact   []*big.Rat // amounts in fen or weights before rounding; nil for rows that are out
}

// row screens a row and computes its exact amount.
func (r *awardRun) row(i int) error {
	a, x := r.Award, &r.Rows[i]
	r.results[i] = a.program.Run(x.Facts)
	screen, err := a.screened(r.results[i])
	if err != nil {
		return err
	}
	if screen != nil {
		x.Reason, x.Cite = screen.Code, screen.Text()
		return nil
	}
	r.Warned = append(r.Warned, a.warnings(&x.Subject, r.results[i])...)
	name, cite := a.paid()
	v, err := r.results[i].Get(name)
	if err != nil {
		return clauseOf(err, cite)
	}
	if v.Rat().Sign() < 0 {
		return FaultNegative.New().Set("figure", a.program.Title(name, fault.Zh)).Set("figure_en", a.program.Title(name, fault.En)).
			Set("value", v).Of(cite)
	}
	r.exact[i] = v.Rat()
	if v.Rat().Sign() == 0 {
		x.Reason, x.Cite = ReasonNothing, cite
	}
	if a.Allocate != nil {
		return nil
	}
	return r.rounded(x, v.Rat(), cite)
}

// paid is the name of what is paid, or of the weight by which a budget is shared out.
func (a *Award) paid() (name, cite string) {
	if a.Allocate != nil {
		return a.Allocate.By, a.Allocate.Text()
	}
	v := a.Amount.First()
	if f := a.program.Figures.Find(v.Is); f != nil && f.Text() != "" {
		return v.Is, f.Text()
	}
	return v.Is, v.Text()
}

func (r *awardRun) rounded(x *Awarded, exact *big.Rat, cite string) error {
	n, err := r.Award.Round.money().Round(exact)
	x.Computed, x.Ceiling = n, n
	if n == 0 && exact.Sign() > 0 {
		x.Reason, x.Cite = ReasonRounds, cite
	}
	return err
}

// allocate shares each budget out in whole units, in proportion to the weights; the last units go to the largest remainders.
func (r *awardRun) allocate() error {
	x := r.Award.Allocate
	if x == nil {
		return nil
	}
	groups, err := r.groups(x.Per.Is(), x.Money.Is(), func(i int) (bool, error) { return r.exact[i] != nil, nil })
	if err != nil {
		return err
	}
	unit := r.Award.Round.money().Unit
	for _, g := range groups {
		weights := make([]*big.Rat, len(g.rows))
		for k, i := range g.rows {
			weights[k] = r.exact[i]
		}
		for k, n := range money.Spread(g.limit/unit, weights) {
			y := &r.Rows[g.rows[k]]
			y.Computed, y.Ceiling = n*unit, n*unit
			if n == 0 && y.Reason == "" {
				y.Reason, y.Cite = ReasonRounds, x.Text()
			}
		}
	}
	return nil
}

// group are rows that share a ceiling or budget.
type group struct {
	key   string
	rows  []int
	limit money.Fen
}

// groups puts rows together by the values of some facts, in the order of the rows. Rows that share an amount must all say
// the same; it is rounded down to money.
func (r *awardRun) groups(per []string, o figure.Operand, in func(int) (bool, error)) (out []*group, err error) {
	if len(per) == 1 && per[0] == everyone {
		per = nil
	}
	var faults fault.List
	at := map[string]*group{}
	for i := range r.Rows {
		if ok, err := in(i); !ok || err != nil {
			faults = append(faults, placed(err, r.Rows[i].Place)...)
			continue
		}
		limit, err := r.limit(o, i)
		key, err2 := keyOf(per, r.Rows[i].Facts, r.Award.facts)
		if err != nil || err2 != nil {
			faults = append(append(faults, placed(err, r.Rows[i].Place)...), placed(err2, r.Rows[i].Place)...)
			continue
		}
		g := at[key]
		if g == nil {
			g = &group{key: shown(key), limit: limit}
			at[key], out = g, append(out, g)
		}
		if g.limit != limit {
			faults.Add(FaultLimitDiffers.At(r.Rows[i].Place).Set("of", g.key).Set("a", g.limit.Grouped()).Set("b", limit.Grouped()))
		}
		g.rows = append(g.rows, i)
	}
	return out, faults.Err()
}

func (r *awardRun) limit(o figure.Operand, i int) (money.Fen, error) {
	v, err := moneyOf(o, r.results[i])
	if err != nil {
		return 0, err
	}
	n, err := v.Fen(money.Rounding{Unit: 1, Mode: money.Down})
	return max(n, 0), err
}

// byNo finds a row by its number.
func (r *AwardRun) byNo(no string) *Awarded {
	i, ok := slices.BinarySearchFunc(r.Rows, no, func(x Awarded, no string) int { return compareNo(x.No, no) })
	if !ok {
		return nil
	}
	return &r.Rows[i]
}
