package subsidy

import (
	"math/big"
	"slices"
	"strings"

	"ganlan/day"
	"ganlan/loan"
	"ganlan/money"
	"ganlan/scheme"
)

// Explanation is why a contract gets what it gets. It is made by the very steps that compute the amount, and its pieces
// add up to it.
type Explanation struct {
	Tests []Checked
	Rows  []RowWhy

	now *RowWhy
}

// Checked is one condition and how it came out.
type Checked struct {
	Text       scheme.Words
	Code, Cite string
	OK         bool
	NotGiven   bool
}

// RowWhy explains one row.
type RowWhy struct {
	Row    Row
	Pieces []Piece
	Fees   []FeePiece
	Cuts   []Cut
	Exact  *big.Rat // sum of the pieces in fen, before rounding and caps
}

// Piece is a run of days with one balance and one rate. Days that do not count have Counted 0 and say why.
type Piece struct {
	Note             string
	Span             day.Span
	Balance, Counted money.Fen
	Parts            int64      // parts of a rate year: days, or thirty a month
	Basis            int64      // parts of the whole rate year
	Rate             money.Rate // a year
	Limited          bool       // held down by the scheme's limit (never above the interest charged)
	Why, Cite        string
}

// Amount is the piece's exact amount in fen.
func (x Piece) Amount() *big.Rat {
	if x.Counted == 0 || x.Why != "" {
		return new(big.Rat)
	}
	n := new(big.Rat).Mul(big.NewRat(int64(x.Counted), 1), big.NewRat(x.Parts, x.Basis))
	return n.Mul(n, x.Rate.Rat())
}

// FeePiece explains the subsidy on one guarantee fee.
type FeePiece struct {
	Fee             *loan.Fee
	Base            money.Fen // of the fee, what the days are a share of: less refunds unless early repayment alone cuts it
	Eligible, Cover int64     // days
	Share           money.Rate
	Amount          money.Fen
	Why, Cite       string
}

// Cut is a cap or deduction that lowered the row.
type Cut struct {
	What, Cite    string
	Before, After money.Fen
}

// Explain calculates the group again and explains the contract of the given number, which must be among the facts.
func (p *Plan) Explain(facts []*Facts, contractNo string) (*Explanation, error) {
	e := NewEngine(p)
	e.explain = &Explanation{}
	if _, err := e.Group(facts, nil); err != nil {
		return nil, err
	}
	x := e.explain
	x.Rows = slices.DeleteFunc(x.Rows, func(r RowWhy) bool { return r.Row.Facts.Contract.No != contractNo })
	for _, f := range facts {
		if f.Contract.No == contractNo {
			x.Tests = p.checked(f)
		}
	}
	return x, nil
}

// checked runs every test, also behind the first that fails.
func (p *Plan) checked(f *Facts) (out []Checked) {
	for i := range p.tests {
		t := &p.tests[i]
		c := Checked{Text: t.rule.Describe(), Code: t.code, Cite: t.rule.Text()}
		v, err := fails, error(nil)
		if t.onContract != nil {
			v, err = t.onContract(f)
		} else {
			for j := range f.Entries {
				if f.Entries[j].Kind == loan.Drawdown && v == fails {
					v, err = t.onDraw(f, f.Entries[j].Date)
				}
			}
		}
		c.OK, c.NotGiven = err == nil && v != fails, v == notGiven || v == unchecked
		out = append(out, c)
	}
	return out
}

// principalText cites all limits on principal: what is above one may be above another.
func (p *Plan) principalText() string {
	var cites []string
	for _, c := range p.narrow {
		cites = append(cites, c.Text())
	}
	return strings.Join(cites, "；")
}

// Settled gives each row of the explanation what the steps over the whole claim did to it.
func (x *Explanation) Settled(rows []*Row) {
	for i := range x.Rows {
		for _, r := range rows {
			if c := &x.Rows[i].Row; r.Note == c.Note && r.Facts.Contract.No == c.Facts.Contract.No {
				x.Rows[i].Settled(r)
			}
		}
	}
}

// Settled gives the explanation what the steps over the whole claim did to its row: a bank's ceiling, a short budget.
func (w *RowWhy) Settled(r *Row) { w.SettledAs(r.Cuts(), r.Amount, r.Reason, r.Parts) }

// SettledAs is Settled for a row that was kept: all its cuts, of which the explanation has the first already, and what it came
// to.
func (w *RowWhy) SettledAs(cuts []Cut, amount money.Fen, reason string, parts []money.Fen) {
	w.Cuts = append(w.Cuts, cuts[min(len(w.Cuts), len(cuts)):]...)
	w.Row.Amount, w.Row.Reason, w.Row.Parts = amount, reason, parts
}

// Cuts are the caps and deductions that lowered the row, in their order.
func (r *Row) Cuts() (out []Cut) {
	for _, c := range r.capped {
		out = append(out, Cut{c.what, c.cite, c.before, c.after})
	}
	return out
}

func (e *Engine) startRow(r *Row) {
	if e.explain != nil {
		e.explain.Rows = append(e.explain.Rows, RowWhy{Exact: new(big.Rat)})
		r.why = len(e.explain.Rows) - 1
		e.explain.now = &e.explain.Rows[r.why]
	}
}

// counted records days that earn something.
func (e *Engine) counted(x *lotRate, run day.Span, fl flow, s stretch) {
	if e.explain == nil {
		return
	}
	p := Piece{Note: x.l.Note, Span: run, Balance: fl.owed, Counted: fl.counted, Rate: x.yearly, Limited: x.limited,
		Parts: e.p.count.Parts(x.l.Drawn, run.From, run.Until), Basis: e.p.perYear(run.From.Year()), Cite: x.version.Text()}
	if p.Basis == 1 {
		p.Parts = 1
	}
	e.explain.now.Pieces = append(e.explain.now.Pieces, p)
	e.explain.now.Exact.Add(e.explain.now.Exact, p.Amount())
}

// uncounted records days that earn nothing, with the reason.
func (e *Engine) uncounted(l *loan.Lot, run day.Span, fl flow, s stretch) {
	if e.explain == nil {
		return
	}
	p := Piece{Note: l.Note, Span: run, Balance: fl.owed, Why: s.why, Cite: s.cite}
	switch {
	case s.why != "":
	case fl.owed == 0:
		p.Why = whyNothing
	case fl.late:
		p.Why, p.Cite = whyOverdue, e.p.Scheme.Amount.Overdue.First().Text()
	default:
		p.Why, p.Cite = whyAbove, e.p.principalText()
	}
	e.explain.now.Pieces = append(e.explain.now.Pieces, p)
}

// refused records a lot whose draw or contract fails a test: all its days in the year, with the reason.
func (e *Engine) refused(l *loan.Lot, lf lotFlow, why, cite string) {
	if e.explain == nil {
		return
	}
	flows := e.flows[lf.from:lf.to]
	for i, x := range flows {
		run := day.Span{From: x.from, Until: e.p.Span.Until}
		if i+1 < len(flows) {
			run.Until = min(run.Until, flows[i+1].from)
		}
		if run = run.Meet(e.p.Span); !run.Empty() && x.owed > 0 {
			e.uncounted(l, run, x, stretch{why: why, cite: cite})
		}
	}
}

func (e *Engine) explainFee(r *Row, x FeePiece) {
	if e.explain != nil {
		w := &e.explain.Rows[r.why]
		w.Fees = append(w.Fees, x)
	}
}

// explainRows gives the explanations the rows as they are after caps.
func (e *Engine) explainRows(rows []Row) {
	if e.explain == nil {
		return
	}
	for i := range rows {
		w := &e.explain.Rows[i]
		w.Row = rows[i]
		for _, c := range rows[i].capped {
			w.Cuts = append(w.Cuts, Cut{c.what, c.cite, c.before, c.after})
		}
	}
}
