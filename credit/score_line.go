package credit

import (
	"math/big"

	"ganlan/day"
	"ganlan/figure"
	"ganlan/money"
)

// Limit is a credit line. It never exceeds what the card allows; a fraction of a fen is left off.
type Limit struct {
	Amount money.Fen
	Whole  money.Fen      // before the ceiling of the card
	By     *figure.Result // how a line by formula came about; nil for a table
	Span   day.Span       // days on which it may be drawn; empty when no day of grant is known or no term is set
	Cite   string
}

// RateMove is what the grade and the last loans do to the next loan's rate.
type RateMove struct {
	Grade money.Rate // percentage points by grade
	Steps int64      // steps by repayment, below zero for down
	Loans *big.Rat   // percentage points by repayment
	Total *big.Rat
}

func (r *Rating) line() error {
	c := r.card
	row := figure.Row{}
	for k, v := range r.Subject.Facts {
		row[k] = v
	}
	for i := range c.Figures {
		if v, err := r.Figures.Get(c.Figures[i].Key); err == nil {
			row[c.Figures[i].Key] = v
		}
	}
	if r.Score != nil {
		row[nameScore] = figure.OfRat(figure.Number, r.Score)
	}
	if c.Grades != nil {
		row[nameGrade] = figure.OfText(r.Grade)
	}
	result := c.after.Run(row)
	if err := r.bar(result); err != nil {
		return err
	}
	l := c.Line
	if l == nil || !l.Table.Given() && l.Amount == "" {
		return nil
	}
	r.Line = &Limit{Cite: citeOf(&l.Table)}
	if r.Bar != nil {
		return nil
	}
	if err := r.amount(l, result); err != nil {
		return err
	}
	if l.AtMost.Given() {
		r.Line.Amount = min(r.Line.Amount, l.AtMost.First().Is)
	}
	if l.Months.Given() && r.Subject.On != 0 && r.Line.Amount > 0 {
		r.Line.Span = day.Through(r.Subject.On, r.Subject.On.AddMonths(int(l.Months.First().Is)))
	}
	return nil
}

func (r *Rating) amount(l *Line, result *figure.Result) error {
	if l.Amount == "" {
		if x := l.Table.First().Is.Find(r.Grade); x != nil {
			r.Line.Amount = *x
		}
		r.Line.Whole = r.Line.Amount
		return nil
	}
	v, err := result.Get(string(l.Amount))
	if err != nil {
		return err
	}
	r.Line.By = result
	if f := l.Figures.Find(string(l.Amount)); f != nil {
		r.Line.Cite = f.Text()
	}
	if v.Rat().Sign() > 0 {
		if r.Line.Amount, err = v.Fen(money.Rounding{Unit: 1, Mode: money.Down}); err != nil {
			return err
		}
	}
	r.Line.Whole = r.Line.Amount
	return nil
}

// bar finds the first condition that keeps the household from a line.
func (r *Rating) bar(result *figure.Result) error {
	for i := range r.card.Bars {
		b := &r.card.Bars[i]
		holds, err := result.Holds(b.cond)
		if err != nil {
			return err
		}
		if holds {
			r.Bar = b
			return nil
		}
	}
	return nil
}

// rateMove is what the next loan's rate goes up or down by, in percentage points.
func (r *Rating) rateMove() {
	c := r.card
	m := &RateMove{Loans: new(big.Rat)}
	if c.Line != nil && c.Line.Rate.Given() {
		if x := c.Line.Rate.First().Is.Find(r.Grade); x != nil {
			m.Grade = *x
		}
	}
	if c.Dynamics != nil {
		m.Steps = c.Dynamics.rateSteps(r.Subject.sorted())
		m.Loans.Mul(c.Dynamics.RateStep.Or(money.Rate{}).Rat(), big.NewRat(m.Steps, 1))
	}
	m.Total = new(big.Rat).Add(m.Grade.Rat(), m.Loans)
	r.Rate = m
}

// InForce is the rating that holds on a day: the last one made on or before it. A grade holds until the next rating; nil when
// there is none yet.
func InForce(all []*Rating, on day.Date) (in *Rating) {
	for _, r := range all {
		if r.Subject.On <= on && (in == nil || r.Subject.On >= in.Subject.On) {
			in = r
		}
	}
	return in
}
