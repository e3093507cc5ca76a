package subsidy

import (
	"cmp"
	"reflect"
	"slices"
	"strings"

	"ganlan/fault"
	"ganlan/figure"
	"ganlan/rule"
	"ganlan/scheme"
)

// Records are rows of which several belong to one subject: deals of a firm, purchases of a family. They are counted together
// by facts of the subject, which must be the same in all its records; the scheme's figures then use the totals.
type Records struct {
	By      []string             `rule:"by,need"`
	Facts   figure.Facts         `rule:"facts,need"`
	Figures figure.Figures       `rule:"figures"`
	Who     []scheme.Requirement `rule:"who"` // a record that does not meet them is not counted
	Totals  Totals               `rule:"totals,need"`

	program *figure.Program
	own     []string // facts of the subject
}

// check makes the records ready and returns the totals as facts of the subject.
func (r *Records) check(s *Sheet, c *scheme.Checker) figure.Facts {
	s.needFacts(c, r.By, fault.Place{File: c.File})
	r.own = s.facts.Keys()
	var faults fault.List
	r.program, faults = figure.Compile(slices.Concat(s.facts, r.Facts), r.Figures, given)
	for i := range r.Who {
		faults = append(faults, r.Who[i].Compile(r.program)...)
	}
	c.Faults = append(c.Faults, faults...)
	var out figure.Facts
	for i := range r.Totals {
		t := &r.Totals[i]
		if !t.prepare(r.program) {
			c.Add(FaultTotal.At(t.Place).Set("total", t.Zh).Set("total_en", t.En))
		}
		if t.Text() == "" {
			c.Add(rule.FaultUncited.At(t.Place))
		}
		out = append(out, figure.Fact{Key: t.Key, Type: t.kind, Zh: t.Zh, En: t.En})
	}
	return out
}

// Counted is one record of a subject; Screen is the condition that it does not meet, nil when it is counted.
type Counted struct {
	No     string
	Screen *scheme.Requirement
}

// gather counts the records of each subject together.
func (r *Records) gather(ofYear figure.Row, rows []FactRow) (out []Subject, faults fault.List) {
	sorted := slices.Clone(rows)
	slices.SortFunc(sorted, func(a, b FactRow) int { return compareNo(a.No, b.No) })
	at := map[string]int{}
	var counted [][]*figure.Result
	for i := range sorted {
		x := &sorted[i]
		key, err := keyOf(r.By, x.Facts, r.program.Facts)
		if err != nil {
			faults = append(faults, placed(err, x.Place)...)
			continue
		}
		k, ok := at[key]
		if !ok {
			k = len(out)
			at[key] = k
			out, counted = append(out, Subject{No: shown(key), Facts: r.ownFacts(x.Facts), Place: x.Place}), append(counted, nil)
		}
		faults = append(faults, r.same(&out[k], x)...)
		res := r.program.Run(with(ofYear, x.Facts))
		screen, err := firstUnmet(r.Who, res)
		faults = append(faults, placed(err, x.Place)...)
		out[k].Records = append(out[k].Records, Counted{x.No, screen})
		if err == nil && screen == nil {
			counted[k] = append(counted[k], res)
		}
	}
	for k := range out {
		out[k].Facts = with(ofYear, out[k].Facts)
		faults = append(faults, r.total(&out[k], counted[k])...)
	}
	return out, faults
}

func (r *Records) total(s *Subject, results []*figure.Result) (faults fault.List) {
	for i := range r.Totals {
		t := &r.Totals[i]
		v, given, err := t.value(results)
		if err != nil {
			faults = append(faults, placed(err, s.Place)...)
		}
		if given {
			s.Facts.Put(t.Key, v)
		}
	}
	return faults
}

func (r *Records) ownFacts(row figure.Row) figure.Row {
	out := figure.Row{}
	for _, k := range r.own {
		if v, ok := row[k]; ok {
			out[k] = v
		}
	}
	return out
}

// same refuses a record whose facts about the subject differ from the first record's.
func (r *Records) same(s *Subject, x *FactRow) (faults fault.List) {
	for _, k := range r.own {
		a, b := s.Facts[k], x.Facts[k]
		if a.Given() != b.Given() || a.Given() && a.Cmp(b) != 0 {
			f := r.program.Facts.Find(k)
			faults.Add(FaultDiffers.At(x.Place).Set("no", s.No).Set("fact", f.Zh).Set("fact_en", f.En).Set("a", said(a)).Set("b", said(b)))
		}
	}
	return faults
}

func said(v figure.Value) string {
	if !v.Given() {
		return "—"
	}
	return v.String()
}

func firstUnmet(list []scheme.Requirement, r *figure.Result) (*scheme.Requirement, error) {
	for i := range list {
		ok, err := r.Holds(list[i].Cond)
		if err != nil {
			return nil, clauseOf(err, list[i].Text())
		}
		if !ok {
			return &list[i], nil
		}
	}
	return nil, nil
}

// keyOf are the values of some facts as one text. A fact that is not given is a fault.
func keyOf(names []string, row figure.Row, facts figure.Facts) (string, error) {
	parts := make([]string, len(names))
	for i, n := range names {
		v, ok := row[n]
		if !ok {
			f := facts.Find(n)
			return "", figure.FaultNeeded.New().Set("fact", f.Zh).Set("fact_en", f.En)
		}
		parts[i] = v.String()
	}
	return strings.Join(parts, "\x1f"), nil
}

// shown is a key as people read it.
func shown(key string) string { return strings.ReplaceAll(key, "\x1f", " / ") }

// compareNo orders numbers of rows: shorter first, so that 9 comes before 10.
func compareNo(a, b string) int {
	return cmp.Or(cmp.Compare(len(a), len(b)), cmp.Compare(a, b))
}

// placed gives faults the place of their row.
func placed(err error, at fault.Place) (out fault.List) {
	for _, f := range fault.From(err) {
		g := *f
		g.Place = at
		out.Add(&g)
	}
	return out
}

// clauseOf names the clause that asks for what is missing.
func clauseOf(err error, clause string) error {
	fs := fault.From(err)
	if len(fs) == 0 {
		return err
	}
	g := *fs[0]
	return g.Of(clause)
}

// RuleSchema is a mapping of names to totals.
func (*Totals) RuleSchema(s *rule.Schemas) rule.Schema {
	return rule.Schema{"type": "object", "additionalProperties": s.Of(reflect.TypeFor[Total]())}
}

// RuleSchema is a mapping of a number and facts.
func (*CaseRow) RuleSchema(*rule.Schemas) rule.Schema { return rule.Schema{"type": "object"} }
