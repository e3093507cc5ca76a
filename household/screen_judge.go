package household

import (
	"math/big"
	"slices"

	"ganlan/fault"
	"ganlan/figure"
	"ganlan/rule"
	"ganlan/scheme"
)

// Result is what a screen says of a household, with every test.
type Result struct {
	ID, Hash string // of the screen: its id and the hash of its file with what was set
	No       string
	Verdict  Outcome
	Machine  Outcome // before anybody put the household in by hand
	Reason   *Finding
	Findings []Finding
	By       *Inclusion
	Waits    bool // put in by hand, the second approval is missing
	Tags     []Tag
	Types    []Tag
	Unknown  []Tag // tags and types that could not be decided
	Checks   []Checked
}

// State is how one test came out.
type State string

// A test whose facts are not given, or that does not apply, neither holds nor fails.
const (
	Holds      State = "holds"
	Fails      State = "fails"
	ForAPerson State = "decide"
	NotGiven   State = "not_given"
	NotApplied State = "not_applied"
)

// Finding is one test with its outcome, the values it looked at and the clause.
type Finding struct {
	Test  *Test
	Band  *Band // of a test by bands
	State State
	Code  string // empty while the test holds
	Used  []Used
	Lacks string // what is not given
}

// Used is a value that a test looked at.
type Used struct {
	Title scheme.Words
	Value figure.Value
}

// look answers for the names of a household and its applicant.
type look struct {
	family, person *figure.Result
}

func (l look) get(name string) (figure.Value, error) {
	v, err := l.family.Get(name)
	if err != nil && l.person != nil {
		return l.person.Get(name)
	}
	return v, err
}

func (l look) native(name string) (any, bool) {
	if v, ok := l.family.Look(name); ok || l.person == nil {
		return v, ok
	}
	return l.person.Look(name)
}

// Judge screens a household. The order of its members is free.
func (s *Screen) Judge(f Candidate) (*Result, error) {
	if faults := s.refuse(&f); len(faults) > 0 {
		return nil, faults
	}
	at, err := s.facts(&f)
	if err != nil {
		return nil, err
	}
	r := &Result{ID: s.ID, Hash: s.Hash, No: f.No, By: f.By}
	for i := range s.Tests {
		r.Findings = append(r.Findings, s.find(&s.Tests[i], at))
	}
	r.settle()
	s.checks(r, &f)
	s.marks(r, &f, at)
	return r, s.byHand(r)
}

// refuse finds what is wrong with a household as it is given.
func (s *Screen) refuse(f *Candidate) (faults fault.List) {
	n := 0
	for i := range f.Members {
		if f.Members[i].Applicant {
			n++
		}
	}
	if n > 1 {
		faults.Add(FaultApplicants.New().Set("n", n))
	}
	for _, t := range f.Tags {
		if t.Zh == "" || len(t.Sources) == 0 || t.Sources[0].From == "" || t.Sources[0].On == 0 {
			faults.Add(FaultTagSource.New().Set("tag", t.Zh))
		}
	}
	return append(faults, s.unknownItems(f)...)
}

// facts computes each member, then the household. A count over members of whom one lacks a fact is not given.
func (s *Screen) facts(f *Candidate) (at look, err error) {
	row := make(figure.Row, len(f.Facts)+len(s.Members.Counts))
	for k, v := range f.Facts {
		row[k] = v
	}
	people := make([]*figure.Result, len(f.Members))
	for i := range f.Members {
		one := make(figure.Row, len(f.Facts)+len(f.Members[i].Facts))
		for k, v := range f.Facts {
			one[k] = v
		}
		for k, v := range f.Members[i].Facts {
			one[k] = v
		}
		people[i] = s.person.Run(one)
		if f.Members[i].Applicant || len(f.Members) == 1 {
			at.person = people[i]
		}
	}
	for i := range s.Members.Counts {
		c := &s.Members.Counts[i]
		if v, ok := c.of(people); ok {
			row[c.Key] = v
		}
	}
	at.family = s.family.Run(row)
	return at, nil
}

// of counts or sums over the members; not ok when a member lacks what it needs, or there are no members.
func (c *Count) of(people []*figure.Result) (figure.Value, bool) {
	sum, t := new(big.Rat), figure.Count
	for _, p := range people {
		if c.Sum != "" {
			v, err := p.Get(c.Sum)
			if err != nil {
				return v, false
			}
			sum.Add(sum, v.Rat())
			t = v.Type
			continue
		}
		holds, err := p.Holds(c.cond)
		if err != nil {
			return figure.Value{}, false
		}
		if holds {
			sum.Add(sum, big.NewRat(1, 1))
		}
	}
	return figure.OfRat(t, sum), len(people) > 0
}

// settle finds the verdict: the first test that fails, else the first that waits for a person or a fact.
func (r *Result) settle() {
	r.Verdict = In
	for _, states := range [][]State{{Fails}, {ForAPerson, NotGiven}} {
		i := slices.IndexFunc(r.Findings, func(f Finding) bool { return slices.Contains(states, f.State) })
		if i < 0 {
			continue
		}
		r.Reason, r.Verdict = &r.Findings[i], Decide
		if r.Reason.State == Fails {
			r.Verdict = Out
		}
		break
	}
	r.Machine = r.Verdict
}

// title is a name in words.
func (s *Screen) title(name string) scheme.Words {
	p := s.family
	if p.TypeOf(name) == "" {
		p = s.person
	}
	return scheme.Words{Zh: p.Title(name, fault.Zh), En: p.Title(name, fault.En)}
}

// Row screens one row that holds the facts of a household and of its one applicant side by side.
func (s *Screen) Row(no string, row figure.Row) (*Result, error) {
	f := Candidate{No: no, Facts: figure.Row{}}
	p := Person{Applicant: true, Facts: figure.Row{}}
	for k, v := range row {
		if s.Facts.Find(k) != nil {
			f.Facts[k] = v
		} else {
			p.Facts[k] = v
		}
	}
	f.Members = []Person{p}
	return s.Judge(f)
}

// AllFacts are the facts of a row: the household's, then the applicant's.
func (s *Screen) AllFacts() figure.Facts { return slices.Concat(s.Facts, s.Members.Facts) }

// citeOf is a value's citation; empty when it is not written.
func citeOf[T any](v *rule.Single[T]) string {
	if !v.Given() {
		return ""
	}
	return v.First().Text()
}
