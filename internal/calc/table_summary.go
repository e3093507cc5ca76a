package calc

import (
	"maps"

	"ganlan/fault"
	"ganlan/money"
	"ganlan/scheme"
)

// TableSummary is summary.json of a table: what it came to, by which rules and files, and what a person must look at.
type TableSummary struct {
	Program   string                    `json:"program"`
	Scheme    SchemeUsed                `json:"scheme"`
	Kind      scheme.Kind               `json:"kind"`
	Year      int                       `json:"year,omitempty"`
	Inputs    map[string]Digest         `json:"inputs"`
	InputRows int                       `json:"input_rows"`
	Rows      int                       `json:"rows"`
	Totals    map[string]money.Fen      `json:"totals_fen"` // by column
	Open      money.Fen                 `json:"open_fen"`   // what finance has not decided
	Payers    map[string]money.Fen      `json:"payers_fen"`
	Counts    map[string]map[string]int `json:"counts"`  // rows by column and code
	Reasons   map[string]int            `json:"reasons"` // rows by reason, none where there is something
	Warnings  []Notice                  `json:"warnings"`
	Warned    map[string]int            `json:"warning_counts"`
	Check     string                    `json:"check_code"`
}

// Summarise puts a table's outcome into words and figures. A draft and a model text are never claimable.
func (run *TableRun) Summarise(lang fault.Lang) (*TableSummary, error) {
	o, h := run.Outcome, run.Rules.Top()
	totals, err := Sums(o)
	if err != nil {
		return nil, err
	}
	out := &TableSummary{Scheme: SchemeUsed{ID: h.ID, Title: h.Title.In(lang), Status: h.Status, Claimable: Claimable(h), Document: h.Document.Number,
		Hash: h.Hash, Set: h.Set}, Kind: h.Kind, Year: run.Table.Year, Inputs: map[string]Digest{}, InputRows: len(run.Table.Rows), Rows: len(o.Rows),
		Totals: totals, Open: o.Open, Payers: map[string]money.Fen{}, Counts: counts(o), Reasons: map[string]int{}, Warnings: []Notice{}}
	maps.Copy(out.Inputs, run.Layouts)
	for _, p := range o.Payers {
		out.Payers[p.Who] += p.Amount
	}
	for i := range o.Rows {
		if c := o.Rows[i].Reason; c != "" {
			out.Reasons[c]++
		}
	}
	var w Warned
	w.add(o.Warned)
	for _, f := range w.List {
		out.Warnings = append(out.Warnings, Notice{f.Code(), f.Place.Text(lang), f.What(lang) + either(lang, "。", ". ") + f.Do(lang)})
	}
	out.Warned = map[string]int{}
	maps.Copy(out.Warned, w.Counts)
	return out, nil
}

// Words are the reasons that occur, in words.
func (run *TableRun) Words(lang fault.Lang) map[string]string {
	out := map[string]string{}
	for i := range run.Outcome.Rows {
		x := &run.Outcome.Rows[i]
		out[x.Reason] = x.Why.In(lang)
	}
	return out
}

// Claimable reports whether anything may be claimed by a scheme: neither a draft nor a model text.
func Claimable(h *scheme.Head) bool { return h.Status == scheme.Issued && !h.Model }

// counts are the rows by every column of codes.
func counts(o *scheme.Outcome) map[string]map[string]int {
	out := map[string]map[string]int{}
	for i, c := range o.Columns {
		if !c.Few {
			continue
		}
		n := map[string]int{}
		for k := range o.Rows {
			n[o.Rows[k].Values[i].Text()]++
		}
		out[c.Key] = n
	}
	return out
}
