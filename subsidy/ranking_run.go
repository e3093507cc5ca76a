package subsidy

import (
	"cmp"
	"math/big"
	"slices"

	"ganlan/fault"
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
		key, err := keyOf(per, x.Facts, k.program)
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

// score puts the indicators on one scale and adds them up.
func (r *rankingRun) score(table []*RankedRow) {
	s := &r.Ranking.Score
	for p := range s.Parts {
		if s.Scale.Is() == MinMax {
			scaleMinMax(table, p)
		}
	}
	for _, x := range table {
		x.Score = new(big.Rat)
		for p := range x.Parts {
			x.Score.Add(x.Score, new(big.Rat).Mul(s.Parts[p].Weight.Is().Rat(), x.Parts[p].Points))
		}
		if s.Decimals.Given() {
			x.Score = rounded(x.Score, s.Decimals.Is())
		}
	}
}

// scaleMinMax gives the best 100 and the worst 0.
func scaleMinMax(table []*RankedRow, p int) {
	low, high := table[0].Parts[p].Value.Rat(), table[0].Parts[p].Value.Rat()
	for _, x := range table {
		if v := x.Parts[p].Value.Rat(); v.Cmp(low) < 0 {
			low = v
		} else if v.Cmp(high) > 0 {
			high = v
		}
	}
	width := new(big.Rat).Sub(high, low)
	for _, x := range table {
		part := &x.Parts[p]
		points := big.NewRat(100, 1)
		if width.Sign() > 0 {
			off := new(big.Rat).Sub(part.Value.Rat(), low)
			if part.Part.Better.Is() == Less {
				off.Sub(high, part.Value.Rat())
			}
			points.Mul(points, off.Quo(off, width))
		}
		part.Points, part.low, part.high = points, low, high
	}
}

// rounded is a number to some decimals, half up.
func rounded(x *big.Rat, decimals int) *big.Rat {
	unit := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(decimals)), nil)
	y := new(big.Rat).Mul(x, new(big.Rat).SetInt(unit))
	y.Add(y, big.NewRat(1, 2))
	q := new(big.Int).Div(y.Num(), y.Denom()) // towards minus infinity, so that half goes up
	return new(big.Rat).SetFrac(q, unit)
}

// rank orders a table, lets equal rows share a rank, and gives the awards.
func (r *rankingRun) rank(table []*RankedRow) error {
	k := r.Ranking
	var faults fault.List
	for _, x := range table {
		for i := range k.Ties.Then {
			_, err := r.results[x.No].Get(k.Ties.Then[i].Of)
			faults = append(faults, placed(clauseOf(err, k.Ties.Then[i].Text()), x.Place)...)
		}
	}
	if err := faults.Err(); err != nil {
		return err
	}
	slices.SortStableFunc(table, r.compare)
	places, err := r.places(table)
	if err != nil {
		return err
	}
	rank := 0
	for i := 0; i < len(table); {
		j := i + 1
		for j < len(table) && r.compare(table[i], table[j]) == 0 {
			j++
		}
		rank++
		if k.Ties.Rank.Is() == TieSkip {
			rank = i + 1
		}
		for _, x := range table[i:j] {
			x.Rank, x.Tied = rank, j-i
		}
		faults = append(faults, r.award(table[i:j], places)...)
		i = j
	}
	return faults.Err()
}

// compare puts the better row first; 0 means that nothing tells them apart.
func (r *rankingRun) compare(a, b *RankedRow) int {
	if c := b.Score.Cmp(a.Score); c != 0 {
		return c
	}
	for i := range r.Ranking.Ties.Then {
		t := &r.Ranking.Ties.Then[i]
		x, _ := r.results[a.No].Get(t.Of)
		y, _ := r.results[b.No].Get(t.Of)
		c := y.Cmp(x)
		if t.Better.Is() == Less {
			c = -c
		}
		if c != 0 {
			return c
		}
	}
	return 0
}

// places are the awards by rank, the first at 0. Shares of an amount are rounded together, so that they add up.
func (r *rankingRun) places(table []*RankedRow) ([]money.Fen, error) {
	p := r.Ranking.Awards
	if p == nil {
		return nil, nil
	}
	if !p.Of.Given() {
		out := make([]money.Fen, len(p.List.Is()))
		for i, o := range p.List.Is() {
			if err := out[i].UnmarshalText([]byte(o)); err != nil {
				return nil, err
			}
		}
		return out, nil
	}
	var whole figure.Value
	for i, x := range table {
		v, err := moneyOf(p.Of.Is(), r.results[x.No])
		if err != nil {
			return nil, placed(clauseOf(err, p.Text()), x.Place).Err()
		}
		if i > 0 && v.Cmp(whole) != 0 {
			return nil, FaultLimitDiffers.At(x.Place).Set("of", x.Group).Set("a", whole).Set("b", v)
		}
		whole = v
	}
	return sharesOf(whole.Rat(), p.List.Is(), r.Ranking.Round.money())
}

func sharesOf(whole *big.Rat, list []figure.Operand, round money.Rounding) ([]money.Fen, error) {
	weights, sum := make([]*big.Rat, len(list)), new(big.Rat)
	for i, o := range list {
		v, err := figure.Parse(figure.Percent, string(o))
		if err != nil {
			return nil, err
		}
		weights[i] = v.Rat()
		sum.Add(sum, v.Rat())
	}
	total, err := round.Round(sum.Mul(sum, whole))
	out := money.Spread(total/round.Unit, weights)
	for i := range out {
		out[i] *= round.Unit
	}
	return out, err
}

// award gives the rows of one rank what their places hold.
func (r *rankingRun) award(rows []*RankedRow, places []money.Fen) fault.List {
	ties := &r.Ranking.Ties
	first := rows[0].Rank - 1
	pool := money.Fen(0)
	for i := first; i < len(places) && i < first+len(rows) && (i == first || ties.Rank.Is() == TieSkip); i++ {
		pool += places[i]
	}
	if pool == 0 {
		for _, x := range rows {
			if x.Reason = ReasonRank; r.Ranking.Awards != nil {
				x.Cite = r.Ranking.Awards.Text()
			} else {
				x.Reason = ""
			}
		}
		return r.ungranted(rows)
	}
	switch {
	case len(rows) == 1:
		rows[0].Amount = pool
		return r.ungranted(rows)
	case ties.Award.Or(TieUndecided) == TieShared:
		r.shareEqually(rows, pool)
		return r.ungranted(rows)
	case ties.Award.Or(TieUndecided) == TieEach:
		for _, x := range rows {
			x.Amount = places[first]
		}
		return r.ungranted(rows)
	}
	return r.decided(rows, pool)
}

// shareEqually gives each the same, the odd units to the first numbers.
func (r *rankingRun) shareEqually(rows []*RankedRow, pool money.Fen) {
	unit := r.Ranking.Round.money().Unit
	weights := make([]*big.Rat, len(rows))
	for i := range weights {
		weights[i] = big.NewRat(1, 1)
	}
	for i, n := range money.Spread(pool/unit, weights) {
		rows[i].Amount = n * unit
	}
}

// decided takes what finance entered for tied rows, together not above what their places hold. The others stay open.
func (r *rankingRun) decided(rows []*RankedRow, pool money.Fen) (faults fault.List) {
	cite := r.Ranking.Ties.Text()
	sum, open := money.Fen(0), false
	for _, x := range rows {
		x.Pool = pool
		v, ok := x.Facts[r.Ranking.Ties.Grant]
		if r.Ranking.Ties.Grant == "" || !ok {
			x.Open, x.Reason, x.Cite, open = true, ReasonTied, cite, true
			continue
		}
		n, err := v.Fen(money.ToFen)
		if err != nil || n < 0 {
			n = pool + 1
		}
		x.Amount, sum = n, sum+min(n, pool+1)
	}
	if sum > pool {
		faults.Add(FaultGrantAbove.At(rows[0].Place).Set("no", rows[0].Group).Set("granted", sum.Grouped()).
			Set("ceiling", pool.Grouped()).Of(cite))
	}
	if open {
		r.Open += pool - min(sum, pool)
	}
	return faults
}

// ungranted refuses what finance entered for rows on which it has nothing to decide.
func (r *rankingRun) ungranted(rows []*RankedRow) (faults fault.List) {
	for _, x := range rows {
		if v, ok := x.Facts[r.Ranking.Ties.Grant]; ok {
			faults.Add(FaultGrantUntied.At(x.Place).Set("no", x.No).Set("granted", v).Of(r.Ranking.Ties.Text()))
		}
	}
	return faults
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
