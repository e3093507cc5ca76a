package calc

import (
	"encoding/json"
	"maps"

	"ganlan/bankfile"
	"ganlan/claim"
	"ganlan/fault"
	"ganlan/money"
	"ganlan/scheme"
)

// Summary is summary.json: what the claim came to, by what it was computed, and what a person must look at.
type Summary struct {
	Program   string              `json:"program"`
	Scheme    SchemeUsed          `json:"scheme"`
	Year      int                 `json:"year"`
	Inputs    map[string]Digest   `json:"inputs"`
	Contracts int                 `json:"contracts"`
	Rows      int                 `json:"rows"`
	Paid      int                 `json:"paid_rows"`
	Totals    Amounts             `json:"totals"`
	Used      money.Fen           `json:"used_amount_fen"`
	Payers    map[string]Amounts  `json:"payers"`
	ByBranch  map[string]Amounts  `json:"by_branch"`
	ByRegion  map[string]Amounts  `json:"by_region"`
	ByProduct map[string]Amounts  `json:"by_product"`
	Reasons   map[string]int      `json:"reasons"`
	Average   AverageRates        `json:"average_rate"`
	Different int                 `json:"differences"`
	Causes    map[string]CauseSum `json:"difference_causes"`
	Warnings  []Notice            `json:"warnings"`
	Counts    map[string]int      `json:"warning_counts"`
	Check     string              `json:"check_code"`

	Reconciled map[bankfile.Kind]Reconciled `json:"reconciliation,omitempty"`
	Exported   *Exported                    `json:"exported,omitempty"`
}

// Exported is the list that was written for others, with how much of identity numbers it shows, and why all of them.
type Exported struct {
	File string `json:"file"`
	IDs  string `json:"ids"`
	Why  string `json:"why,omitempty"`
}

// SchemeUsed names exactly which rules were used.
type SchemeUsed struct {
	ID        string            `json:"id"`
	Title     string            `json:"title"`
	Status    scheme.Status     `json:"status"`
	Claimable bool              `json:"claimable"`
	Document  string            `json:"document,omitempty"`
	Hash      string            `json:"sha256"`
	Set       map[string]string `json:"set,omitempty"`
}

// Digest names an input file by its content.
type Digest struct {
	File     string `json:"file"`
	Bytes    int64  `json:"bytes"`
	SHA256   string `json:"sha256,omitempty"`
	Encoding string `json:"encoding,omitempty"`
	Profile  string `json:"profile,omitempty"`
	Sorted   bool   `json:"sorted_on_disk,omitempty"`
}

// Amounts are sums of rows.
type Amounts struct {
	Rows        *int      `json:"rows,omitempty"`
	Paid        *int      `json:"paid_rows,omitempty"`
	BalanceDays *int64    `json:"cumulative_fen_days,omitempty"`
	Subsidy     money.Fen `json:"subsidy_fen"`
	Fee         money.Fen `json:"fee_subsidy_fen"`
}

// AverageRates are the average contract rates by the three weights of OP-05, in per cent; null when nothing was lent.
type AverageRates struct {
	BalanceDays *json.Number `json:"balance_days"`
	Amount      *json.Number `json:"amount"`
	Plain       *json.Number `json:"plain"`
}

// Notice is a warning in words.
type Notice struct {
	Code  string `json:"code"`
	Where string `json:"where"`
	Text  string `json:"text"`
}

// Summarise puts a result into words and figures.
func (r *Run) Summarise(res *Result, lang fault.Lang) *Summary {
	t, s := res.Totals, r.Plan.Scheme
	out := &Summary{
		Scheme: SchemeUsed{ID: s.ID, Title: s.Title.Zh, Status: s.Status, Claimable: s.Status == scheme.Issued, Document: s.Document.Number,
			Hash: s.Hash, Set: s.Set},
		Year: r.Plan.Year, Contracts: res.Contracts, Rows: t.All.Rows, Paid: t.All.Paid, Used: t.Used,
		Totals: amounts(&t.All), Payers: map[string]Amounts{}, ByBranch: breakdown(t.ByBranch), ByRegion: breakdown(t.ByRegion),
		ByProduct: breakdown(t.ByProduct), Reasons: t.Reasons, Different: len(res.Differences), Causes: causeSums(res.Findings),
		Average:  AverageRates{average(t, scheme.ByBalanceDays), average(t, scheme.ByAmount), average(t, scheme.Plain)},
		Warnings: []Notice{}, Counts: map[string]int{},
	}
	if lang == fault.En {
		out.Scheme.Title = s.Title.En
	}
	maps.Copy(out.Counts, res.Warned.Counts)
	for _, p := range res.Payers {
		out.Payers[p.Who] = Amounts{Subsidy: p.Subsidy, Fee: p.Fee}
	}
	for _, f := range res.Warned.List {
		out.Warnings = append(out.Warnings, Notice{f.Code(), f.Place.Text(lang), f.What(lang) + either(lang, "。", ". ") + f.Do(lang)})
	}
	return out
}

func either(lang fault.Lang, zh, en string) string {
	if lang == fault.En {
		return en
	}
	return zh
}

func amounts(t *claim.Tally) Amounts {
	return Amounts{Rows: &t.Rows, Paid: &t.Paid, BalanceDays: &t.BalanceDays, Subsidy: t.Subsidy, Fee: t.Fee}
}

func breakdown(m map[string]*claim.Tally) map[string]Amounts {
	out := make(map[string]Amounts, len(m))
	for k, t := range m {
		out[k] = amounts(t)
	}
	return out
}

func average(t *claim.Totals, by scheme.Weight) *json.Number {
	a := t.Average(by)
	if a == nil {
		return nil
	}
	n := json.Number(money.RatPercent(a, 4))
	return &n
}

// InputLayouts tell how each file was read, by kind.
func (r *Run) InputLayouts() map[string]Digest {
	out := map[string]Digest{}
	if r.files == nil {
		return out
	}
	for _, f := range r.files.opened {
		out[string(f.Layout.Kind)] = Digest{Encoding: f.Layout.Encoding, Profile: f.Layout.Profile, Sorted: f.Sorted()}
	}
	return out
}
