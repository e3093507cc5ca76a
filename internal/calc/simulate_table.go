package calc

import (
	"encoding/csv"
	"io"
	"maps"
	"math/big"
	"slices"

	"ganlan/fault"
	"ganlan/figure"
	"ganlan/form"
	"ganlan/money"
	"ganlan/scheme"
)

// TableSimulation is one table under two rules. It is never a claim.
type TableSimulation struct {
	Effect  string                `json:"effect"` // the column by which gain and loss are told
	Totals  map[string]Change     `json:"totals"` // by column of money
	Payers  map[string]Change     `json:"payers"`
	ByArea  map[string]AreaChange `json:"by_area,omitempty"`
	Reasons map[string][2]int     `json:"reasons"`
	Moves   map[string]int        `json:"moves"` // rows by their code before and after, such as out → in
	Gain    RowMovement           `json:"gain"`
	Lose    RowMovement           `json:"lose"`
	Same    int                   `json:"same_rows"`
	Rows    []RowChange           `json:"-"` // in the order of the rows before; rows that are only after come last
}

// RowMovement counts rows that gain or lose; Sum is in fen where the effect is money.
type RowMovement struct {
	Rows int       `json:"rows"`
	Sum  money.Fen `json:"sum_fen"`
}

// AreaChange is an area's rows that gain and lose, and its money before and after.
type AreaChange struct {
	Gain int `json:"gain"`
	Lose int `json:"lose"`
	Change
}

// RowChange is one row under both rules; a row that one of them does not have is not given there.
type RowChange struct {
	No, Area      string
	Before, After figure.Value
	Reasons       [2]string
}

// areaKeys are the names of facts that are an area, when none is named.
var areaKeys = []string{"region_code", "region", "area", "county", "district", "town", "township", "village"}

// AreaFact is the fact that is the area of a row: the one named, or one of the usual names; empty when there is none.
func AreaFact(r scheme.Rules, named string) (string, *fault.Fault) {
	facts := scheme.FactsOf(r)
	if named != "" {
		if facts.Find(named) == nil {
			return "", FaultNoFact.New().Set("fact", named).Near(named, facts.Keys())
		}
		return named, nil
	}
	i := slices.IndexFunc(areaKeys, func(k string) bool { return facts.Find(k) != nil })
	if i < 0 {
		return "", nil
	}
	return areaKeys[i], nil
}

// FaultNoFact refuses the name of a fact that the scheme does not have.
var FaultNoFact = &fault.Def{Code: "FACT_UNKNOWN", What: "方案没有事实“{fact}”{hint}", Do: "用 ganlan scheme explain 查看方案的事实",
	WhatEn: "the scheme has no fact {fact}{hint_en}", DoEn: "see the scheme's facts with ganlan scheme explain"}

// FaultNoEffect refuses rules whose outcomes cannot be compared.
var FaultNoEffect = &fault.Def{Code: "KIND_NOT_COMPARED", What: "方案 {a} 和 {b} 的结果不能比较得失", Do: "可比较奖励、排名、评级、筛选、损失分担，两边须为同一类",
	WhatEn: "no gain or loss can be told between the schemes {a} and {b}", DoEn: "awards, rankings, score cards, screens and loss sharing can be compared, both of one kind"}

// SimulateTable compares what each row, area and payer has under the rules as they are and the rules looked at.
func SimulateTable(before, after *TableRun, area string) (*TableSimulation, error) {
	a, b := effect(before.Outcome), effect(after.Outcome)
	if a < 0 || b < 0 || before.Outcome.Columns[a].Key != after.Outcome.Columns[b].Key {
		return nil, FaultNoEffect.New().Set("a", before.Rules.Top().ID).Set("b", after.Rules.Top().ID)
	}
	s := &TableSimulation{Effect: before.Outcome.Columns[a].Key, Totals: map[string]Change{}, Payers: map[string]Change{}, ByArea: map[string]AreaChange{},
		Reasons: map[string][2]int{}, Moves: map[string]int{}}
	for side, run := range []*TableRun{before, after} {
		if err := s.sums(side, run.Outcome); err != nil {
			return nil, err
		}
	}
	s.match(before.Outcome, after.Outcome, [2]int{a, b}, area)
	c := &before.Outcome.Columns[a]
	for i := range s.Rows {
		s.judge(&s.Rows[i], c, area != "")
	}
	return s, nil
}

// effect is the column by which gain and loss are told, -1 when there is none.
func effect(o *scheme.Outcome) int {
	return slices.IndexFunc(o.Columns, func(c scheme.Column) bool { return c.Effect })
}

func (s *TableSimulation) sums(side int, o *scheme.Outcome) error {
	totals, err := Sums(o)
	for k, f := range totals {
		put(s.Totals, k, side, f)
	}
	for _, p := range o.Payers {
		put(s.Payers, p.Who, side, p.Amount)
	}
	for i := range o.Rows {
		if code := o.Rows[i].Reason; code != "" {
			n := s.Reasons[code]
			n[side]++
			s.Reasons[code] = n
		}
	}
	return err
}

// match puts the rows of one number together.
func (s *TableSimulation) match(before, after *scheme.Outcome, column [2]int, area string) {
	at := make(map[string]int, len(before.Rows))
	for side, o := range []*scheme.Outcome{before, after} {
		for i := range o.Rows {
			x := &o.Rows[i]
			k, ok := at[x.No]
			if !ok {
				k = len(s.Rows)
				at[x.No], s.Rows = k, append(s.Rows, RowChange{No: x.No})
			}
			r := &s.Rows[k]
			if v := x.Facts[area]; v.Given() {
				r.Area = v.In(fault.Zh)
			}
			*[]*figure.Value{&r.Before, &r.After}[side], r.Reasons[side] = x.Values[column[side]], x.Reason
		}
	}
}

// worth is a value as a number: an amount, points, or the place of a code from worst to best. A row that is not there has nothing.
func worth(v figure.Value, c *scheme.Column) *big.Rat {
	switch {
	case !v.Given():
		return new(big.Rat)
	case v.Type == figure.Text:
		return big.NewRat(int64(slices.Index(c.Order, v.Text())+1), 1)
	}
	return v.Rat()
}

func (s *TableSimulation) judge(r *RowChange, c *scheme.Column, areas bool) {
	d := new(big.Rat).Sub(worth(r.After, c), worth(r.Before, c))
	if c.Type == figure.Text && r.Before.Text() != r.After.Text() {
		s.Moves[r.Before.Text()+" → "+r.After.Text()]++
	}
	a := s.ByArea[r.Area]
	var sum money.Fen
	if c.Type == figure.Money {
		sum = fenOf(d)
		a.Before, a.After = a.Before+fenOf(worth(r.Before, c)), a.After+fenOf(worth(r.After, c))
	}
	switch d.Sign() {
	case 1:
		s.Gain.Rows, s.Gain.Sum, a.Gain = s.Gain.Rows+1, s.Gain.Sum+sum, a.Gain+1
	case -1:
		s.Lose.Rows, s.Lose.Sum, a.Lose = s.Lose.Rows+1, s.Lose.Sum-sum, a.Lose+1
	default:
		s.Same++
	}
	if areas {
		s.ByArea[r.Area] = a
	}
}

// fenOf is an amount that is whole fen.
func fenOf(x *big.Rat) money.Fen { return money.Fen(x.Num().Int64()) }

// WriteRows writes what each row has before and after.
func (s *TableSimulation) WriteRows(w io.Writer, c *scheme.Column) error {
	out := csv.NewWriter(w)
	_ = out.Write([]string{"no", "area", "before", "after", "difference", "reason_before", "reason_after"})
	for i := range s.Rows {
		r := &s.Rows[i]
		d := ""
		if c.Type != figure.Text {
			d = Text(figure.OfRat(c.Type, new(big.Rat).Sub(worth(r.After, c), worth(r.Before, c))), c, nil)
		}
		_ = out.Write([]string{form.Harmless(r.No), form.Harmless(r.Area), Text(r.Before, c, nil), Text(r.After, c, nil), d, r.Reasons[0], r.Reasons[1]})
	}
	out.Flush()
	return out.Error()
}

// EffectColumn is the column by which gain and loss are told.
func (run *TableRun) EffectColumn() *scheme.Column { return &run.Outcome.Columns[effect(run.Outcome)] }

// Codes are the codes that stand for more rows after than before or fewer, in order.
func (s *TableSimulation) Codes() (out []string) {
	for _, code := range slices.Sorted(maps.Keys(s.Reasons)) {
		if n := s.Reasons[code]; n[0] != n[1] {
			out = append(out, code)
		}
	}
	return out
}
