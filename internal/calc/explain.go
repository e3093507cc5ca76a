package calc

import (
	"math/big"

	"ganlan/fault"
	"ganlan/money"
	"ganlan/subsidy"
)

// ExplanationJSON is an explanation for other programs. Money is in fen; exact amounts are fractions of a fen as text.
type ExplanationJSON struct {
	Contract  string     `json:"contract_no"`
	Household string     `json:"household_no"`
	Scheme    string     `json:"scheme"`
	Year      int        `json:"year"`
	Tests     []TestJSON `json:"tests"`
	Rows      []RowJSON  `json:"rows"`
}

// TestJSON is one condition and how it came out.
type TestJSON struct {
	Text     string `json:"text"`
	Code     string `json:"code"`
	Clause   string `json:"clause"`
	Holds    bool   `json:"holds"`
	NotGiven bool   `json:"not_given,omitempty"`
}

// RowJSON explains one row; the pieces add up to exact_fen, which is rounded and cut to subsidy_fen.
type RowJSON struct {
	Note        string      `json:"note_no"`
	BalanceDays int64       `json:"cumulative_fen_days"`
	Exact       string      `json:"exact_fen"`
	Subsidy     money.Fen   `json:"subsidy_fen"`
	Fee         money.Fen   `json:"fee_subsidy_fen"`
	Reason      string      `json:"reason"`
	Pieces      []PieceJSON `json:"pieces"`
	Fees        []FeeJSON   `json:"fees,omitempty"`
	Cuts        []CutJSON   `json:"cuts,omitempty"`
}

// PieceJSON is a run of days, first and last day in.
type PieceJSON struct {
	Note    string    `json:"note_no,omitempty"`
	From    string    `json:"from"`
	To      string    `json:"to"`
	Days    int       `json:"days"`
	Balance money.Fen `json:"balance_fen"`
	Counted money.Fen `json:"counted_fen"`
	Rate    string    `json:"rate"`
	Parts   int64     `json:"parts"`
	Basis   int64     `json:"basis"`
	Amount  string    `json:"amount_fen"`
	Why     string    `json:"why"`
	Clause  string    `json:"clause"`
}

// FeeJSON is the subsidy on one guarantee fee.
type FeeJSON struct {
	Fee      money.Fen `json:"fee_fen"`
	Refund   money.Fen `json:"refund_fen"`
	Base     money.Fen `json:"base_fen"`
	Share    string    `json:"share"`
	Eligible int64     `json:"eligible_days"`
	Cover    int64     `json:"cover_days"`
	Amount   money.Fen `json:"amount_fen"`
	Why      string    `json:"why,omitempty"`
	Clause   string    `json:"clause"`
}

// CutJSON is a cap or deduction.
type CutJSON struct {
	What   string    `json:"what"`
	Clause string    `json:"clause"`
	Before money.Fen `json:"before_fen"`
	After  money.Fen `json:"after_fen"`
}

// ExplainJSON is the explanation as it is sent out. The person is not in it.
func ExplainJSON(p *subsidy.Plan, x *subsidy.Explanation, l fault.Lang) ExplanationJSON {
	out := ExplanationJSON{Scheme: p.Scheme.ID, Year: p.Year, Tests: []TestJSON{}, Rows: []RowJSON{}}
	for _, t := range x.Tests {
		out.Tests = append(out.Tests, TestJSON{t.Text.In(l), t.Code, t.Cite, t.OK, t.NotGiven})
	}
	for i := range x.Rows {
		w := &x.Rows[i]
		out.Contract, out.Household = w.Row.Facts.Contract.No, w.Row.Facts.Contract.Household
		out.Rows = append(out.Rows, rowJSON(w))
	}
	return out
}

func rowJSON(w *subsidy.RowWhy) RowJSON {
	r := RowJSON{Note: w.Row.Note, BalanceDays: w.Row.BalanceDays, Exact: fraction(w.Exact), Subsidy: w.Row.Amount, Fee: w.Row.FeeSubsidy,
		Reason: w.Row.Reason, Pieces: []PieceJSON{}}
	for _, x := range w.Pieces {
		piece := PieceJSON{Note: x.Note, From: x.Span.From.String(), To: x.Span.Last().String(), Days: x.Span.Days(), Balance: x.Balance,
			Counted: x.Counted, Amount: fraction(x.Amount()), Why: x.Why, Clause: x.Cite, Parts: x.Parts, Basis: x.Basis}
		if x.Why == "" {
			piece.Rate = x.Rate.String()
		}
		r.Pieces = append(r.Pieces, piece)
	}
	for _, f := range w.Fees {
		r.Fees = append(r.Fees, FeeJSON{f.Fee.Fee, f.Fee.Refund, f.Base, fraction(f.Share.Rat()), f.Eligible, f.Cover, f.Amount, f.Why, f.Cite})
	}
	for _, c := range w.Cuts {
		r.Cuts = append(r.Cuts, CutJSON{c.What, c.Cite, c.Before, c.After})
	}
	return r
}

// fraction is an exact number as text: 187050, 1/3.
func fraction(x *big.Rat) string { return x.RatString() }
