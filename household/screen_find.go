package household

import (
	"regexp"
	"slices"
)

// find decides one test.
func (s *Screen) find(t *Test, at look) Finding {
	f := Finding{Test: t, State: Holds}
	if t.On != OnApplicant {
		at.person = nil
	}
	switch {
	case !t.Apply.Or(true):
		f.State = NotApplied
		return f
	case t.Cel != "":
		f.byCondition(s, at)
	default:
		f.byValue(s, at)
	}
	if f.State != Holds && f.Code == "" {
		f.Code = t.Code
	}
	return f
}

var word = regexp.MustCompile(`[A-Za-z_][A-Za-z0-9_]*`)

func (f *Finding) byCondition(s *Screen, at look) {
	words := word.FindAllString(f.Test.Cel, -1)
	for _, name := range f.Test.cond.Uses() {
		if v, err := at.get(name); err == nil && slices.Contains(words, name) {
			f.Used = append(f.Used, Used{s.title(name), v})
		}
	}
	holds, x := f.Test.cond.Holds(at.native)
	switch {
	case x != nil:
		f.State, f.Lacks = NotGiven, x.With["missing"]
	case !holds:
		f.fail(f.Test.Then)
	}
}

func (f *Finding) fail(o Outcome) {
	f.State = Fails
	if o == Decide {
		f.State = ForAPerson
	}
}

func (f *Finding) byValue(s *Screen, at look) {
	t := f.Test
	v, err := at.get(t.Of)
	if err != nil {
		f.State, f.Lacks = NotGiven, t.Of
		return
	}
	f.Used = []Used{{s.title(t.Of), v}}
	o := In
	switch {
	case len(t.Bands) > 0:
		i := slices.IndexFunc(t.Bands, func(b Band) bool { return b.holds(v) })
		f.Band = &t.Bands[i]
		o, f.Code = f.Band.Is.Is(), f.Band.Code
	case len(t.Words) > 0:
		w := t.Words[v.Text()]
		o = w.Is()
	case t.In.Given() && !slices.Contains(t.In.Is(), v.Text()), t.NotIn.Given() && slices.Contains(t.NotIn.Is(), v.Text()):
		o = t.Then
		if o == "" {
			o = Out
		}
	}
	if o != In {
		f.fail(o)
	} else {
		f.Code = ""
	}
}
