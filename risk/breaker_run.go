package risk

import (
	"cmp"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"ganlan/day"
	"ganlan/fault"
	"ganlan/figure"
	"ganlan/rule"
)

// Evidence is one month that counted towards a stop or a resumption, with all its figures.
type Evidence struct {
	Month   Month
	Measure figure.Value
	Line    figure.Value // not given where the measure is compared with the month before

	run *figure.Result
}

// Get is a figure or fact of the month.
func (e *Evidence) Get(name string) (figure.Value, error) { return e.run.Get(name) }

// Change is a stop or a resumption. A stop dated on a month end blocks from the day after; a resumption lets go on from its
// own day.
type Change struct {
	Area    string
	Day     day.Date
	Stopped bool
	From    string     // the area above whose stop this is; empty for the area's own
	Why     []Evidence // figures that caused it, the earliest month first; none for a ruling alone
	Ruling  *Ruling
	Watch   *Watch
}

// track is the fold of one area over time.
type track struct {
	s     *Breaker
	level *Level
	area  string
	in    string

	stopped  *Change // nil while running
	bad      []Evidence
	good     []Evidence
	previous *Evidence // of the last month that counted, for rises
	base     *Evidence // of the month before the first rise of the run
	sums     map[string]*big.Rat
	year     int
	changes  []Change
}

// month looks at the end of one month.
func (t *track) month(r *Report) error {
	e, skip, err := t.read(r)
	if err != nil || skip || t.level.Stop == nil {
		return err
	}
	if t.stopped == nil {
		err = t.watchStop(e)
	} else {
		err = t.watchResume(e)
	}
	if err != nil {
		return t.placed(r, err)
	}
	v, err := e.run.Get(t.level.Stop.Measure)
	t.previous = &Evidence{Month: e.Month, Measure: v, run: e.run}
	return t.placed(r, err)
}

func (t *track) watchStop(e *Evidence) error {
	if err := t.count(t.level.Stop, e, &t.bad); err != nil {
		return err
	}
	if n := t.level.Stop.Months.Or(1); len(t.bad) >= n {
		t.stop(Change{Day: e.Month.End(), Why: t.evidence(n), Watch: t.level.Stop})
	}
	return nil
}

func (t *track) watchResume(e *Evidence) error {
	r := &t.level.Resume
	if r.Watch != nil {
		if err := t.count(r.Watch, e, &t.good); err != nil {
			return err
		}
	}
	if !r.Decision.Or(true) && t.mayResume(e.Month.End()) == nil {
		t.resume(Change{Day: e.Month.End()})
	}
	return nil
}

// read computes the month's figures, with the sums of the year so far.
func (t *track) read(r *Report) (e *Evidence, skip bool, err error) {
	if r.Month.Year() != t.year {
		t.year, t.sums = r.Month.Year(), map[string]*big.Rat{}
	}
	row := figure.Row{}
	for k, v := range r.Facts {
		row[k] = v
	}
	for i := range t.s.YearToDate {
		y := &t.s.YearToDate[i]
		v, ok := r.Facts[y.Of]
		if !ok {
			return nil, false, t.missing(r, y.Of)
		}
		if t.sums[y.Key] == nil {
			t.sums[y.Key] = new(big.Rat)
		}
		t.sums[y.Key] = new(big.Rat).Add(t.sums[y.Key], v.Rat())
		row.Put(y.Key, figure.OfRat(v.Type, t.sums[y.Key]))
	}
	e = &Evidence{Month: r.Month, run: t.s.program.Run(row)}
	if t.level.skip != nil {
		skip, err = e.run.Holds(t.level.skip)
	}
	return e, skip, t.placed(r, err)
}

func (t *track) missing(r *Report, name string) error {
	return t.placed(r, rule.FaultUndecided.New().Set("missing", t.s.program.Title(name, fault.Zh)))
}

// placed gives an error the area and month that it is about.
func (t *track) placed(r *Report, err error) error {
	if err == nil {
		return nil
	}
	var out fault.List
	for _, f := range fault.From(err) {
		out.Add(FaultFigures.At(r.Place).Set("area", r.Area).Set("month", r.Month).Set("text", f.What(fault.Zh)).Set("text_en", f.What(fault.En)))
	}
	return out
}

// count adds a month to a run or breaks it.
func (t *track) count(w *Watch, e *Evidence, run *[]Evidence) error {
	v, err := e.run.Get(w.Measure)
	if err != nil {
		return err
	}
	e.Measure, e.Line = v, figure.Value{}
	against := t.previous
	if w.Is != Rises {
		if e.Line, err = e.run.Get(w.Line); err != nil {
			return err
		}
		against = &Evidence{Measure: e.Line}
	}
	if against == nil || !w.Is.holds(v, against.Measure) {
		*run = (*run)[:0]
		return nil
	}
	if len(*run) == 0 {
		t.base = t.previous
	}
	*run = append(*run, *e)
	return nil
}

func (s Side) holds(v, line figure.Value) bool {
	c := v.Cmp(line)
	switch s {
	case Below:
		return c < 0
	case AtMost:
		return c <= 0
	case AtLeast:
		return c >= 0
	}
	return c > 0
}

// evidence are the last n months of the run; rises begin with the month from which they rose.
func (t *track) evidence(n int) []Evidence {
	out := slices.Clone(t.bad[len(t.bad)-n:])
	if t.level.Stop.Is == Rises && t.base != nil {
		out = append([]Evidence{*t.base}, out...)
	}
	return out
}

func (t *track) stop(c Change) {
	c.Area, c.Stopped = t.area, true
	t.changes = append(t.changes, c)
	t.stopped, t.bad, t.good = &c, nil, nil
}

func (t *track) resume(c Change) {
	c.Area, c.Watch, c.Why = t.area, t.level.Resume.Watch, slices.Clone(t.good)
	if w := c.Watch; w != nil {
		c.Why = c.Why[len(c.Why)-w.Months.Or(1):]
	}
	t.changes = append(t.changes, c)
	t.stopped, t.bad, t.good = nil, nil, nil
}

// mayResume is nil when figures and time allow the area to go on, else what is missing.
func (t *track) mayResume(on day.Date) *fault.Fault {
	r := &t.level.Resume
	lacks := ""
	if w := r.Watch; w != nil && len(t.good) < w.Months.Or(1) {
		lacks = strconv.Itoa(len(t.good)) + " / " + strconv.Itoa(w.Months.Or(1))
	}
	if from := t.stopped.Day.AddMonths(r.After.Or(0)); on < from {
		lacks = from.String()
	}
	if lacks == "" {
		return nil
	}
	return FaultTooEarly.New().Set("area", t.area).Set("day", on).Set("stop", t.stopped.Day).Set("lacks", lacks).Of(r.Text())
}

// rule follows a ruling.
func (t *track) rule(r *Ruling) *fault.Fault {
	switch {
	case r.Kind == RuleFinding && !slices.Contains(t.level.Find, r.Finding):
		return rule.FaultChoice.At(r.Place).Set("got", r.Finding).Set("known", strings.Join(t.level.Find, "、")).Near(r.Finding, t.level.Find)
	case !slices.Contains(rulings, r.Kind):
		return rule.FaultChoice.At(r.Place).Set("got", r.Kind).Set("known", "stop、finding、resume").Near(string(r.Kind), nil)
	case r.Kind != RuleResume:
		t.stop(Change{Day: r.Day, Ruling: r})
		return nil
	case t.stopped == nil:
		return FaultNotStopped.At(r.Place).Set("area", t.area).Set("day", r.Day)
	}
	if f := t.mayResume(r.Day); f != nil {
		f.Place = r.Place
		return f
	}
	t.resume(Change{Day: r.Day, Ruling: r})
	return nil
}

func byMonth(a, b *Report) int { return cmp.Compare(a.Month, b.Month) }

func byDay(a, b *Ruling) int {
	return cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(slices.Index(rulings, a.Kind), slices.Index(rulings, b.Kind)),
		strings.Compare(a.Finding, b.Finding), strings.Compare(a.By, b.By))
}
