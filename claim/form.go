package claim

import (
	"slices"
	"strings"

	"ganlan/form"
	"ganlan/ident"
	"ganlan/loan"
	"ganlan/money"
	"ganlan/scheme"
	"ganlan/subsidy"
)

// Names give the words that a form prints for the codes of a contract.
type Names struct {
	Status, Purpose, IDType func(code string) string
	Reason                  func(code string) string // the code itself when nil
}

func (n *Names) reason(code string) string {
	if code == "" || n.Reason == nil {
		return code
	}
	return n.Reason(code)
}

// Sheet is what a form is filled from.
type Sheet struct {
	Plan   *subsidy.Plan
	Rows   []*subsidy.Row
	Totals *Totals
	Bank   string
	Head   string
	Phone  string
	Names  Names
	Hide   ident.Hide // how much of identity numbers and accounts is shown; all when not given
	All    bool       // rows without money too
}

// field is one thing that a column of a form can show.
type field struct {
	kind form.Kind
	of   func(s *Sheet, r *subsidy.Row, seq int) form.Cell
}

// rowFields are the fields of forms with one line a row (F-DY1, F-DY3a, F-DY3b).
var rowFields = map[string]field{
	"seq":             {form.Int, func(_ *Sheet, _ *subsidy.Row, seq int) form.Cell { return form.OfInt(int64(seq)) }},
	"owner_org":       text(func(_ *Sheet, r *subsidy.Row) string { return r.Facts.Contract.BranchKey() }),
	"org_short":       text(func(_ *Sheet, r *subsidy.Row) string { return r.Facts.Contract.BranchName }),
	"branch":          text(func(_ *Sheet, r *subsidy.Row) string { return r.Facts.Contract.BranchKey() }),
	"household_no":    text(func(_ *Sheet, r *subsidy.Row) string { return r.Facts.Contract.Household }),
	"id_type":         text(func(s *Sheet, r *subsidy.Row) string { return s.Names.IDType(r.Facts.Contract.IDType) }),
	"id_no":           text(func(s *Sheet, r *subsidy.Row) string { return s.Hide.Of(r.Facts.Contract.IDNo) }),
	"name":            text(func(_ *Sheet, r *subsidy.Row) string { return r.Facts.Contract.Name }),
	"borrower":        text(func(_ *Sheet, r *subsidy.Row) string { return r.Facts.Contract.Name }),
	"loan_type":       text(func(_ *Sheet, r *subsidy.Row) string { return r.Facts.Contract.Product }),
	"product":         text(func(_ *Sheet, r *subsidy.Row) string { return r.Facts.Contract.Product }),
	"product_code":    text(func(_ *Sheet, r *subsidy.Row) string { return r.Facts.Contract.ProductCode }),
	"purpose":         text(func(s *Sheet, r *subsidy.Row) string { return s.Names.Purpose(r.Facts.Contract.Purpose) }),
	"contract_no":     text(func(_ *Sheet, r *subsidy.Row) string { return r.Facts.Contract.No }),
	"contract_status": text(func(s *Sheet, r *subsidy.Row) string { return s.Names.Status(r.Facts.Contract.Status) }),
	"account":         text(func(s *Sheet, r *subsidy.Row) string { return s.Hide.Account(r.Facts.Contract.Account) }),
	"region_code":     text(func(_ *Sheet, r *subsidy.Row) string { return r.Facts.Contract.Region }),
	"note_no":         text(func(_ *Sheet, r *subsidy.Row) string { return r.Note }),
	"other_subsidy":   text(func(_ *Sheet, r *subsidy.Row) string { return yesNo(r.Facts.Contract.OtherSubsidy) }),
	"reason":          text(func(s *Sheet, r *subsidy.Row) string { return s.Names.reason(r.Reason) }),
	"contract_rate":   {form.Percent, func(_ *Sheet, r *subsidy.Row, _ int) form.Cell { return form.OfRate(r.Facts.Contract.Rate) }},
	"loan_rate":       {form.Percent, func(_ *Sheet, r *subsidy.Row, _ int) form.Cell { return form.OfRate(r.Facts.Contract.Rate) }},
	"lpr":             {form.Percent, func(_ *Sheet, r *subsidy.Row, _ int) form.Cell { return form.OfRate(r.Reference) }},
	"start_date":      {form.Date, func(_ *Sheet, r *subsidy.Row, _ int) form.Cell { return form.OfDate(r.Facts.Contract.Start) }},
	"end_date":        {form.Date, func(_ *Sheet, r *subsidy.Row, _ int) form.Cell { return form.OfDate(r.Facts.Contract.End) }},
	"draw_date":       {form.Date, func(_ *Sheet, r *subsidy.Row, _ int) form.Cell { return form.OfDate(r.Drawn) }},
	"draw_due":        {form.Date, func(_ *Sheet, r *subsidy.Row, _ int) form.Cell { return form.OfDate(r.Due) }},
	"draw_amount":     amount(func(r *subsidy.Row) money.Fen { return r.DrawnAmount }),
	"loan_amount":     amount(func(r *subsidy.Row) money.Fen { return r.Facts.Contract.Amount }),
	"contract_amount": amount(func(r *subsidy.Row) money.Fen { return r.Facts.Contract.Amount }),
	"balance":         amount(balance),
	"balance_days":    {form.FenDays, func(_ *Sheet, r *subsidy.Row, _ int) form.Cell { return form.OfFenDays(r.BalanceDays) }},
	"subsidy":         amount(func(r *subsidy.Row) money.Fen { return r.Amount }),
	"fee_subsidy":     amount(func(r *subsidy.Row) money.Fen { return r.FeeSubsidy }),
	"fee":             amount(feePaid),
	"guarantee_no":    text(func(_ *Sheet, r *subsidy.Row) string { return feeText(r) }),
	"fee_rate":        {form.Percent, feeRate},
}

func text(of func(*Sheet, *subsidy.Row) string) field {
	return field{form.Text, func(s *Sheet, r *subsidy.Row, _ int) form.Cell { return form.OfText(of(s, r)) }}
}

func amount(of func(*subsidy.Row) money.Fen) field {
	return field{form.Money, func(_ *Sheet, r *subsidy.Row, _ int) form.Cell { return form.OfFen(of(r)) }}
}

// yesNo is a word that reading knows again; nothing when it was not given.
func yesNo(g loan.Given[bool]) string {
	switch {
	case !g.OK:
		return ""
	case g.Value:
		return "是"
	}
	return "否"
}

// balance is what the bank reports as owed, else what the ledger leaves at the end of the year.
func balance(r *subsidy.Row) money.Fen {
	if b := r.Facts.Contract.Balance; b.OK {
		return b.Value
	}
	return r.YearEnd
}

// feePaid is all fees of the row, net of refunds.
func feePaid(r *subsidy.Row) (sum money.Fen) {
	for _, f := range r.Fees {
		sum += f.Fee - f.Refund
	}
	return sum
}

// feeText is the guarantee letters of the row.
func feeText(r *subsidy.Row) string {
	var letters []string
	for _, f := range r.Fees {
		if f.GuaranteeNo != "" && !slices.Contains(letters, f.GuaranteeNo) {
			letters = append(letters, f.GuaranteeNo)
		}
	}
	return strings.Join(letters, "、")
}

func feeRate(_ *Sheet, r *subsidy.Row, _ int) form.Cell {
	if len(r.Fees) == 0 || !r.Fees[0].Rate.OK {
		return form.Cell{}
	}
	return form.OfRate(r.Fees[0].Rate.Value)
}

// cardFields are the fields of forms with one record for the claim (F-DY2).
var cardFields = map[string]form.Kind{"year": form.Int, "bank": form.Text, "used_amount": form.Wan, "average_rate": form.Percent,
	"subsidy_total": form.Money, "head": form.Text, "phone": form.Text, "reporter": form.Text, "report_date": form.Text}

// FormFields are all fields that a form of a claim may use, with their kinds.
func FormFields() map[string]form.Kind {
	out := map[string]form.Kind{}
	for k, f := range rowFields {
		out[k] = f.kind
	}
	for k, kind := range cardFields {
		out[k] = kind
	}
	return out
}

// Fill gives the rows of a form: for a table the rows that are paid (by the fee where the form is about the fee), for a
// card the claim's own figures.
func (s *Sheet) Fill(d *form.Definition) form.Rows {
	if d.Layout == form.Card {
		return d.One(s.card())
	}
	fields := d.Fields()
	var cells []field
	about := func(r *subsidy.Row) bool { return s.All || r.Amount > 0 }
	for _, name := range fields {
		cells = append(cells, rowFields[name])
		if name == "fee_subsidy" {
			about = func(r *subsidy.Row) bool { return r.FeeSubsidy > 0 }
		}
	}
	count, next := 0, 0
	for _, r := range s.Rows {
		if about(r) {
			count++
		}
	}
	seq := 0
	return form.Rows{Count: count, Next: func(dst []form.Cell) bool {
		for next < len(s.Rows) && !about(s.Rows[next]) {
			next++
		}
		if next == len(s.Rows) {
			return false
		}
		seq++
		for i, f := range cells {
			dst[i] = f.of(s, s.Rows[next], seq)
		}
		next++
		return true
	}}
}

func (s *Sheet) card() map[string]form.Cell {
	out := map[string]form.Cell{
		"year": form.OfInt(int64(s.Plan.Year)), "bank": form.OfText(s.Bank), "used_amount": form.OfFen(s.Totals.Used),
		"subsidy_total": form.OfFen(s.Totals.All.Subsidy), "head": form.OfText(s.Head), "phone": form.OfText(s.Phone),
	}
	if a := s.Totals.Average(scheme.ByBalanceDays); a != nil {
		// a form shows four decimals; the exact fraction stays in the claim
		if r, err := money.ParsePercent(money.RatPercent(a, 4)); err == nil {
			out["average_rate"] = form.OfRate(r)
		}
	}
	return out
}
