package household

import (
	"fmt"
	"maps"
	"slices"

	"ganlan/day"
	"ganlan/fault"
	"ganlan/rule"
	"ganlan/scheme"
)

// ScreenCase is a worked example beside a screen: a household with its members.
type ScreenCase struct {
	scheme.CaseHead
	On      day.Date              `rule:"on"`
	Given   map[string]rule.Raw   `rule:"given"`
	Members []CaseMember          `rule:"members"`
	Sources map[string]Source     `rule:"sources"`
	Tags    []CaseTag             `rule:"tags"`
	Answers map[string]CaseAnswer `rule:"answers"`
	By      *Inclusion            `rule:"by_hand"`
	Want    ScreenWant            `rule:"want,need"`
}

// CaseMember is a member of a case.
type CaseMember struct {
	Name      string              `rule:"name"`
	Applicant bool                `rule:"applicant"`
	Given     map[string]rule.Raw `rule:"given"`
}

// CaseTag is a tag that comes with the household.
type CaseTag struct {
	Tag    string   `rule:"tag,need"`
	Source string   `rule:"source"`
	On     day.Date `rule:"on"`
}

// CaseAnswer is an answer to a verification item.
type CaseAnswer struct {
	From   string   `rule:"from,need"`
	On     day.Date `rule:"on,need"`
	Agrees bool     `rule:"agrees"`
}

// ScreenWant is what must come out. What is not written is not compared.
type ScreenWant struct {
	Verdict  Outcome           `rule:"verdict"`
	Machine  Outcome           `rule:"machine"`
	Reason   *string           `rule:"reason"` // code of the first test that fails or waits; empty for none
	Tests    map[string]State  `rule:"tests"`  // state by the test's code
	Tags     *[]string         `rule:"tags"`   // all tags, in order
	Types    *[]string         `rule:"types"`
	Checks   map[string]string `rule:"checks"` // verified, differs, not_verified
	Explains []string          `rule:"explains"`
	Refused  string            `rule:"refused"`
}

// Known lists the states.
func (State) Known() []string {
	return []string{string(Holds), string(Fails), string(ForAPerson), string(NotGiven), string(NotApplied)}
}

// ProveScreens computes the cases of a screen's folder.
func ProveScreens(f scheme.Folder, _ *scheme.Reference) ([]scheme.Proof, fault.List) {
	return scheme.Prove(f, func(c *ScreenCase) ([]string, error) {
		r, err := c.run(f)
		if err != nil {
			return nil, err
		}
		return c.Want.compare(r), nil
	}, func(c *ScreenCase) string { return c.Want.Refused })
}

func (c *ScreenCase) run(f scheme.Folder) (*Result, error) {
	s, faults := scheme.LoadFolder(f, c.Set, func() *Screen { return &Screen{} })
	if err := faults.Err(); err != nil {
		return nil, err
	}
	family := Candidate{No: c.Name, On: c.On, Sources: c.Sources, Answers: map[string]Answer{}, By: c.By}
	row, faults := s.Facts.Read(c.Given, c.Place)
	family.Facts = row
	for _, m := range c.Members {
		row, more := s.Members.Facts.Read(m.Given, c.Place)
		faults = append(faults, more...)
		family.Members = append(family.Members, Person{m.Name, m.Applicant, row})
	}
	if err := faults.Err(); err != nil {
		return nil, err
	}
	for _, t := range c.Tags {
		family.Tags = append(family.Tags, Tag{Words: scheme.Words{Zh: t.Tag, En: t.Tag}, Sources: []Source{{t.Source, t.On}}})
	}
	for k, a := range c.Answers {
		family.Answers[k] = Answer{Source{a.From, a.On}, a.Agrees}
	}
	return s.Judge(family)
}

func (w *ScreenWant) compare(r *Result) (diffs []string) {
	see := func(what string, given bool, want, got any) {
		if given && fmt.Sprint(want) != fmt.Sprint(got) {
			diffs = append(diffs, fmt.Sprintf("%s：应为 %v，得到 %v", what, want, got))
		}
	}
	see("verdict", w.Verdict != "", w.Verdict, r.Verdict)
	see("machine", w.Machine != "", w.Machine, r.Machine)
	reason := ""
	if r.Reason != nil {
		reason = r.Reason.Code
	}
	if w.Reason != nil {
		see("reason", true, *w.Reason, reason)
	}
	for _, code := range slices.Sorted(maps.Keys(w.Tests)) {
		see(code, true, w.Tests[code], r.state(code))
	}
	for _, list := range []struct {
		what string
		want *[]string
		got  []Tag
	}{{"tags", w.Tags, r.Tags}, {"types", w.Types, r.Types}} {
		if list.want != nil {
			see(list.what, true, *list.want, names(list.got))
		}
	}
	for _, item := range slices.Sorted(maps.Keys(w.Checks)) {
		see(item, true, w.Checks[item], r.check(item))
	}
	text := r.Text(fault.Zh)
	for _, line := range w.Explains {
		see("explains", !slices.Contains(text, line), line, text)
	}
	return diffs
}

func names(tags []Tag) []string {
	out := []string{}
	for _, t := range tags {
		out = append(out, t.Zh)
	}
	return out
}

func (r *Result) state(code string) State {
	for _, f := range r.Findings {
		if f.Test.Code == code {
			return f.State
		}
	}
	return "—"
}

func (r *Result) check(item string) string {
	for _, c := range r.Checks {
		switch {
		case c.Item.Name != item:
		case c.Answer == nil:
			return "not_verified"
		case c.Answer.Agrees:
			return "verified"
		default:
			return "differs"
		}
	}
	return "—"
}
