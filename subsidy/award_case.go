package subsidy

import (
	"fmt"
	"maps"
	"slices"
	"strconv"

	"ganlan/fault"
	"ganlan/figure"
	"ganlan/money"
	"ganlan/rule"
	"ganlan/scheme"
)

// AwardCase is a worked example beside an award: rows in, amounts and reasons out.
type AwardCase struct {
	scheme.CaseHead
	Year    int                 `rule:"year,need"`
	Given   map[string]rule.Raw `rule:"given"` // facts of every row; the only row when there are no rows
	Rows    []CaseRow           `rule:"rows"`
	Earlier []CaseEarlier       `rule:"earlier"`
	Want    WantAward           `rule:"want,need"`
}

// CaseRow is one row: its number under no, every other key a fact.
type CaseRow struct {
	rule.Spot
	No    string
	Facts map[string]rule.Raw
}

// DecodeRule reads {no: A, fact: value, …}.
func (r *CaseRow) DecodeRule(n rule.Node) {
	r.Place, r.Facts = n.Place(), map[string]rule.Raw{}
	for _, e := range n.Entries() {
		var v rule.Raw
		e.Value.Into(&v)
		if e.Key.Text() == "no" {
			r.No = string(v)
			continue
		}
		r.Facts[e.Key.Text()] = v
	}
}

// CaseEarlier is what was paid before.
type CaseEarlier struct {
	rule.Spot
	Year int                 `rule:"year,need"`
	Paid money.Fen           `rule:"paid,need"`
	Of   map[string]rule.Raw `rule:"of"`
}

// WantAward is what must come out. What is not written is not compared.
type WantAward struct {
	Total   *money.Fen           `rule:"total"`
	Amount  *money.Fen           `rule:"amount"`  // of the only row
	Ceiling *money.Fen           `rule:"ceiling"` // of the only row
	Reason  *string              `rule:"reason"`  // of the only row
	Open    *money.Fen           `rule:"open"`
	Payers  map[string]money.Fen `rule:"payers"`
	Rows    []WantAwarded        `rule:"rows"`
	Says    []string             `rule:"says"` // texts that stand in the explanation of the first row
	Warns   []string             `rule:"warns"`
	Refused string               `rule:"refused"` // code of the fault
}

// WantAwarded is one row that must come out.
type WantAwarded struct {
	No      string     `rule:"no,need"`
	Amount  *money.Fen `rule:"amount"`
	Ceiling *money.Fen `rule:"ceiling"`
	Reason  *string    `rule:"reason"`
}

// ProveAward computes every case of a folder's award.
func ProveAward(f scheme.Folder, _ *scheme.Reference) ([]scheme.Proof, fault.List) {
	return scheme.Prove(f, func(c *AwardCase) ([]string, error) {
		run, err := c.run(f)
		if err != nil {
			return nil, err
		}
		return c.Want.compare(run), nil
	}, func(c *AwardCase) string { return c.Want.Refused })
}

func (c *AwardCase) run(f scheme.Folder) (*AwardRun, error) {
	a, faults := scheme.LoadFolder(f, c.Set, func() *Award { return &Award{} })
	if err := faults.Err(); err != nil {
		return nil, err
	}
	in, err := c.input(&a.Sheet)
	if err != nil {
		return nil, err
	}
	return a.Run(in)
}

func (c *AwardCase) input(s *Sheet) (AwardInput, error) {
	in := AwardInput{Year: c.Year}
	var faults fault.List
	in.Rows, faults = caseRows(s, c.Given, c.Rows, c.Place)
	for _, e := range c.Earlier {
		row, fs := without(s.AllFacts()).Read(e.Of, e.Place)
		faults = append(faults, fs...)
		in.Earlier = append(in.Earlier, Earlier{Year: e.Year, Paid: e.Paid, Of: row, Place: e.Place})
	}
	return in, faults.Err()
}

// without are the facts of which none need be given.
func without(facts figure.Facts) figure.Facts {
	out := slices.Clone(facts)
	for i := range out {
		out[i].Need = false
	}
	return out
}

// caseRows are the rows of a case, each with the facts that are given for all.
func caseRows(s *Sheet, all map[string]rule.Raw, rows []CaseRow, at fault.Place) (out []FactRow, faults fault.List) {
	if len(rows) == 0 {
		rows = []CaseRow{{Spot: rule.Spot{Place: at}}}
	}
	for i, x := range rows {
		if x.No == "" {
			x.No = strconv.Itoa(i + 1)
		}
		texts := maps.Clone(all)
		if texts == nil {
			texts = map[string]rule.Raw{}
		}
		maps.Copy(texts, x.Facts)
		row, fs := s.AllFacts().Read(texts, x.Place)
		faults = append(faults, fs...)
		out = append(out, FactRow{No: x.No, Facts: row, Place: x.Place})
	}
	return out, faults
}

// differ gathers what is not as wanted.
type differ struct{ scheme.Differs }

func (d *differ) text(what string, want *string, got string) {
	if want != nil {
		d.See(what, *want, got)
	}
}

func (w *WantAward) compare(run *AwardRun) []string {
	var d differ
	d.Fen("total", w.Total, run.Total)
	d.Fen("open", w.Open, run.Open)
	if len(run.Rows) == 1 || w.Amount == nil && w.Reason == nil && w.Ceiling == nil {
		if len(run.Rows) > 0 {
			d.row("", &WantAwarded{Amount: w.Amount, Ceiling: w.Ceiling, Reason: w.Reason}, &run.Rows[0])
		}
	} else {
		d.Say("有 %d 行，amount、ceiling、reason 只用于单行 (more than one row)", len(run.Rows))
	}
	for i := range w.Rows {
		x := run.byNo(w.Rows[i].No)
		if x == nil {
			d.Say("没有该行：%s", w.Rows[i].No)
			continue
		}
		d.row(x.No+" ", &w.Rows[i], x)
	}
	for _, who := range slices.Sorted(maps.Keys(w.Payers)) {
		d.See("payer "+who, w.Payers[who], partOf(run.Payers, who))
	}
	d.warns(w.Warns, run.Warned)
	if len(run.Rows) > 0 {
		d.says(w.Says, run.Explain(run.Rows[0].No))
	}
	return d.Differs
}

func (d *differ) row(no string, w *WantAwarded, got *Awarded) {
	d.Fen(no+"amount", w.Amount, got.Amount)
	d.Fen(no+"ceiling", w.Ceiling, got.Ceiling)
	d.text(no+"reason", w.Reason, got.Reason)
}

func (d *differ) warns(want []string, warned fault.List) {
	if want == nil {
		return
	}
	codes := []string{}
	for _, f := range warned {
		codes = append(codes, f.Code())
	}
	d.See("warns", fmt.Sprint(want), fmt.Sprint(codes))
}

// says looks for texts in either language.
func (d *differ) says(want []string, said []Said) {
	for _, text := range want {
		if !slices.ContainsFunc(said, func(s Said) bool { return s.Zh == text || s.En == text }) {
			d.Say("解释中没有“%s”：%v", text, said)
		}
	}
}

// partOf is a payer's part, -1 for a payer that there is not.
func partOf(parts []PayerPart, who string) money.Fen {
	for _, p := range parts {
		if p.Who == who {
			return p.Amount
		}
	}
	return -1
}
