package household

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"ganlan/fault"
	"ganlan/scheme"
)

// Tag is a label or type of a household: where it comes from, of which day, and why.
type Tag struct {
	scheme.Words
	Sources []Source
	Why     string // the rule's condition; empty for a tag that came with the household
	Lacks   string // what is not given, so that the rule could not decide
	Cite    string
}

// Checked is a verification item with its answer.
type Checked struct {
	Item     *Item
	Answer   *Answer // nil: not verified
	Required bool
}

// marks gives tags and types. Those that came with the household stand first, by name.
func (s *Screen) marks(r *Result, f *Candidate, at look) {
	r.Tags = slices.Clone(f.Tags)
	slices.SortFunc(r.Tags, func(a, b Tag) int { return cmp.Compare(a.Zh, b.Zh) })
	for i := range s.Tags {
		r.mark(s, &s.Tags[i], f, at, &r.Tags)
	}
	for i := range s.Types {
		r.mark(s, &s.Types[i], f, at, &r.Types)
	}
}

func (r *Result) mark(s *Screen, m *Mark, f *Candidate, at look, to *[]Tag) {
	t := Tag{Words: scheme.Words{Zh: m.Zh, En: m.En}, Why: m.When, Cite: m.Text()}
	holds, x := m.cond.Holds(at.family.Look)
	switch {
	case x != nil:
		t.Lacks = x.With["missing"]
		r.Unknown = append(r.Unknown, t)
	case holds:
		t.Sources = s.sources(m, f)
		*to = append(*to, t)
	}
}

// sources are where the facts behind a rule come from; the rule itself with the day of the screening where nobody said.
func (s *Screen) sources(m *Mark, f *Candidate) (out []Source) {
	words := word.FindAllString(m.When, -1)
	for i := range s.Members.Counts {
		if c := &s.Members.Counts[i]; slices.Contains(words, c.Key) {
			words = append(words, word.FindAllString(c.When+" "+c.Sum, -1)...)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(f.Sources)) {
		if slices.Contains(words, name) {
			out = append(out, f.Sources[name])
		}
	}
	if len(out) == 0 {
		out = []Source{{From: s.ID, On: f.On}}
	}
	return out
}

// checks lists the verification items. A required one that is not answered, or whose answer differs, leaves the household to
// a person.
func (s *Screen) checks(r *Result, f *Candidate) {
	var required []string
	if s.Required.Given() {
		required = s.Required.First().Is
	}
	for i := range s.Checks {
		c := Checked{Item: &s.Checks[i], Required: slices.Contains(required, s.Checks[i].Name)}
		if a, ok := f.Answers[c.Item.Name]; ok {
			c.Answer = &a
		}
		if c.Required && (c.Answer == nil || !c.Answer.Agrees) && r.Verdict == In {
			r.Verdict, r.Machine = Decide, Decide
		}
		r.Checks = append(r.Checks, c)
	}
}

func (s *Screen) unknownItems(f *Candidate) (faults fault.List) {
	var known []string
	for i := range s.Checks {
		known = append(known, s.Checks[i].Name)
	}
	for _, name := range slices.Sorted(maps.Keys(f.Answers)) {
		if !slices.Contains(known, name) {
			faults.Add(FaultItem.New().Set("item", name).Near(name, known))
		}
	}
	return faults
}

// byHand puts a household in. A reason and two different people are needed; a final test stays.
func (s *Screen) byHand(r *Result) error {
	if r.By == nil {
		return nil
	}
	bad := func(zh, en string) error {
		return fault.List{FaultManual.New().Set("text", zh).Set("text_en", en).Of(citeOf(&s.Manual))}
	}
	first, second := strings.TrimSpace(r.By.By), strings.TrimSpace(r.By.Approved)
	switch {
	case s.Manual.Or(Never) == Never:
		return bad("本方案不允许", "the scheme allows none")
	case strings.TrimSpace(r.By.Reason) == "" || first == "":
		return bad("缺少理由或经办人", "the reason or the person is missing")
	case first == second:
		return bad("经办人与复核人是同一人", "one person cannot do and approve")
	}
	if r.Machine == In || slices.ContainsFunc(r.Findings, func(f Finding) bool { return f.Test.Final && f.State != Holds && f.State != NotApplied }) {
		return nil
	}
	r.Waits = second == ""
	r.Verdict = In
	if r.Waits {
		r.Verdict = Decide
	}
	return nil
}
