package credit

import (
	"fmt"
	"maps"
	"slices"

	"ganlan/day"
	"ganlan/fault"
	"ganlan/figure"
	"ganlan/money"
	"ganlan/rule"
	"ganlan/scheme"
)

// CardCase is a worked example beside a score card: facts of a household, or a session of the group.
type CardCase struct {
	scheme.CaseHead
	Given   map[string]rule.Raw `rule:"given"`
	On      day.Date            `rule:"on"`
	Events  []Event             `rule:"events"`
	Change  *Change             `rule:"change"`
	Session *Session            `rule:"session"`
	Want    CardWant            `rule:"want,need"`
}

// CardWant is what must come out. What is not written is not compared.
type CardWant struct {
	Score    *Points             `rule:"score"`
	Parts    map[string]Points   `rule:"parts"`   // by name of the sub-score
	Added    *Points             `rule:"added"`   // all that is put on or taken off beside the sub-scores
	Machine  *string             `rule:"machine"` // empty: none
	Grade    *string             `rule:"grade"`
	Line     *money.Fen          `rule:"line"`
	Until    day.Date            `rule:"until"` // last day of the line
	Rate     *money.Rate         `rule:"rate_change"`
	Bar      *string             `rule:"bar"`
	Figures  map[string]rule.Raw `rule:"figures"`
	Explains []string            `rule:"explains"` // lines of the explanation in 中文
	Valid    *bool               `rule:"valid"`    // of the session
	Refused  string              `rule:"refused"`
}

// ProveCards computes the cases of a card's folder.
func ProveCards(f scheme.Folder, _ *scheme.Reference) ([]scheme.Proof, fault.List) {
	return scheme.Prove(f, func(c *CardCase) ([]string, error) {
		r, ruling, err := c.run(f)
		if err != nil {
			return nil, err
		}
		return c.Want.compare(r, ruling), nil
	}, func(c *CardCase) string { return c.Want.Refused })
}

func (c *CardCase) run(f scheme.Folder) (*Rating, *Ruling, error) {
	card, faults := scheme.LoadFolder(f, c.Set, func() *Card { return &Card{} })
	if err := faults.Err(); err != nil {
		return nil, nil, err
	}
	if c.Session != nil {
		ruling, err := card.Sits(*c.Session)
		return nil, ruling, err
	}
	row, faults := card.Facts.Read(c.Given, c.Place)
	if err := faults.Err(); err != nil {
		return nil, nil, err
	}
	r, err := card.Rate(Subject{Facts: row, On: c.On, Events: c.Events, Change: c.Change})
	return r, nil, err
}

func (w *CardWant) compare(r *Rating, g *Ruling) (diffs []string) {
	see := func(what string, given bool, want, got any) {
		if given && fmt.Sprint(want) != fmt.Sprint(got) {
			diffs = append(diffs, fmt.Sprintf("%s：应为 %v，得到 %v", what, want, got))
		}
	}
	if g != nil {
		see("valid", w.Valid != nil, at(w.Valid), g.Valid)
		return diffs
	}
	see("score", w.Score != nil, score(at(w.Score).rat()), scoreOf(r))
	for _, k := range slices.Sorted(maps.Keys(w.Parts)) {
		see(k, true, pointsText(w.Parts[k]), r.partOf(k))
	}
	see("added", w.Added != nil, score(at(w.Added).rat()), score(r.added()))
	see("machine", w.Machine != nil, at(w.Machine), r.Machine)
	see("grade", w.Grade != nil, at(w.Grade), r.Grade)
	if r.Line != nil {
		see("line", w.Line != nil, at(w.Line), r.Line.Amount)
		see("until", w.Until != 0, w.Until, r.Line.Span.Last())
	} else {
		see("line", w.Line != nil, at(w.Line), "—")
	}
	see("rate_change", w.Rate != nil, at(w.Rate).Rat(), r.Rate.Total)
	if w.Bar != nil {
		see("bar", true, *w.Bar, r.barCode())
	}
	for _, k := range slices.Sorted(maps.Keys(w.Figures)) {
		see(k, true, string(w.Figures[k]), r.figure(k))
	}
	text := r.Text(fault.Zh)
	for _, line := range w.Explains {
		see("explains", !slices.Contains(text, line), line, text)
	}
	return diffs
}

func at[T any](p *T) (x T) {
	if p != nil {
		x = *p
	}
	return x
}

func scoreOf(r *Rating) string {
	if r.Score == nil {
		return "—"
	}
	return score(r.Score)
}

func (r *Rating) partOf(key string) string {
	for _, p := range r.Parts {
		if p.Key == key {
			return score(p.Points)
		}
	}
	return "—"
}

func (r *Rating) barCode() string {
	if r.Bar == nil {
		return ""
	}
	return r.Bar.Code
}

// figure is a figure before or of the line, as the file would write it.
func (r *Rating) figure(key string) string {
	v, err := r.Figures.Get(key)
	if err != nil && r.Line != nil && r.Line.By != nil {
		v, err = r.Line.By.Get(key)
	}
	switch {
	case err != nil:
		return err.Error()
	case v.Type == figure.Money:
		return v.In(fault.Zh)
	}
	return v.String()
}
