package report

import (
	"cmp"
	"maps"
	"math/big"
	"slices"

	"ganlan/day"
	"ganlan/fault"
	"ganlan/figure"
	"ganlan/scheme"
)

// Reading is the facts as they stood at the end of a day.
type Reading struct {
	On    day.Date
	Facts figure.Row
}

// Status is how a target stands.
type Status string

// ActualOnly is for what the document leaves blank.
const (
	Met        Status = "met"
	NotMet     Status = "not_met"
	OnTheWay   Status = "on_the_way"
	NoData     Status = "no_data"
	ActualOnly Status = "actual_only"
)

// Known lists the words.
func (Status) Known() []string {
	return []string{string(Met), string(NotMet), string(OnTheWay), string(NoData), string(ActualOnly)}
}

// Board is how all targets stand on a day, in the order of the file.
type Board struct {
	ID, Hash string // of the targets: their id and the hash of their file with what was set
	On       day.Date
	Rows     []Row
	Checks   []Checked
	Stones   []Stone

	targets *Targets
}

// Row is one target with its goals.
type Row struct {
	Target *Target
	Goals  []Attained
	Status Status
	As     day.Date // of the facts that were looked at; zero when there are none
	From   day.Date
	To     day.Date // zero when it has no day
	Gone   *big.Rat // share of the span that is over on As; nil for what does not accumulate
}

// Attained is one goal with what was reached. Shares are exact.
type Attained struct {
	Goal   *Goal
	Target figure.Value // not given for a blank one
	Actual figure.Value // not given without data
	Lacks  error        // why there is no actual value
	Share  *big.Rat     // actual ÷ target; of a ceiling: how much of it is used. nil where the target is not above zero
	Due    *big.Rat     // target × time gone, of a flow: what would be even with the time
	Holds  bool         // the comparison holds with this actual value
	Status Status

	why *figure.Why // how the actual value came about, for a figure
}

// Attain holds the targets against the facts on a day. Each target looks at the last reading on or before its own day: later
// facts never judge an earlier target. done are the days on which milestones were reached. Readings come in any order.
func (t *Targets) Attain(on day.Date, readings []Reading, done map[string]day.Date) (*Board, error) {
	known := make([]Reading, 0, len(readings))
	var faults fault.List
	for _, r := range readings {
		if r.On <= on {
			known = append(known, r)
		}
	}
	slices.SortFunc(known, func(a, b Reading) int { return cmp.Compare(a.On, b.On) })
	for i := 1; i < len(known); i++ {
		if known[i].On == known[i-1].On {
			faults.Add(FaultReading.New().Set("date", known[i].On))
		}
	}
	faults = append(faults, t.unknownStones(done)...)
	if len(faults) > 0 {
		return nil, faults
	}
	b := &Board{ID: t.ID, Hash: t.Hash, On: on, targets: t, Checks: t.checked(), Stones: t.stones(on, done)}
	results := make([]*figure.Result, len(known))
	for i := range known {
		results[i] = t.run(known[i].Facts)
	}
	for i := range t.Targets {
		b.Rows = append(b.Rows, t.row(&t.Targets[i], on, known, results))
	}
	return b, nil
}

// run computes the measures of a reading, with the stated figures at hand.
func (t *Targets) run(facts figure.Row) *figure.Result {
	row := maps.Clone(facts)
	if row == nil {
		row = figure.Row{}
	}
	for i := range t.stated.Steps {
		if f := t.stated.Steps[i].Figure; t.stated.Steps[i].Err == nil {
			row[f.Key] = t.stated.Steps[i].Value
		}
	}
	return t.measures.Run(row)
}

// row judges one target by the last reading that may judge it.
func (t *Targets) row(x *Target, on day.Date, known []Reading, results []*figure.Result) Row {
	r := Row{Target: x, From: x.From.Is(), To: x.To.Is().Day}
	var at *figure.Result
	for i := range known {
		to := x.day(results[i])
		if to == 0 || known[i].On <= to || x.Type == Date {
			at, r.As, r.To = results[i], known[i].On, to
		}
	}
	r.Gone = x.gone(r.As, r.To)
	for _, g := range x.goals {
		r.Goals = append(r.Goals, t.attained(g, &r, at, on))
	}
	r.Status = x.join(r.Goals)
	return r
}

// day is the day at which the target is judged; zero when there is none or its year is not known.
func (x *Target) day(r *figure.Result) day.Date {
	m := x.To.Is()
	if m.YearOf == "" {
		return m.Day
	}
	v, err := r.Get(m.YearOf)
	if err != nil || !v.Rat().Num().IsInt64() {
		return 0
	}
	d, _ := m.of(int(v.Rat().Num().Int64() + m.Plus))
	return d
}

// gone is the share of a flow's span that is over, both ends in; nil without a span.
func (x *Target) gone(as, to day.Date) *big.Rat {
	if x.Type != Flow || !x.From.Given() || to == 0 || as == 0 {
		return nil
	}
	span := day.Through(x.From.Is(), to)
	over := span.Meet(day.Through(x.From.Is(), as))
	return big.NewRat(int64(over.Days()), int64(span.Days()))
}

func (t *Targets) attained(g *Goal, r *Row, at *figure.Result, on day.Date) Attained {
	a := Attained{Goal: g}
	if g.Is.Given() {
		a.Target, a.Lacks = t.stated.Get(g.key)
	}
	if g.Dir == By && r.To != 0 {
		a.Target = figure.OfDate(r.To)
	}
	if at != nil && a.Lacks == nil {
		a.Actual, a.Lacks = at.Get(g.Of)
		a.why = whyOf(at, g.Of)
	}
	a.judge(g, r, on)
	return a
}

func whyOf(r *figure.Result, name string) *figure.Why {
	for i := range r.Steps {
		if r.Steps[i].Figure.Key == name && r.Steps[i].Err == nil {
			return &r.Steps[i]
		}
	}
	return nil
}

// judge finds share and status. A flow that is reached stays reached; a ceiling that is passed stays passed; a stock or a
// ratio is judged on its day.
func (a *Attained) judge(g *Goal, r *Row, on day.Date) {
	switch {
	case g.Blank:
		a.Status = ActualOnly
		if !a.Actual.Given() {
			a.Status = NoData
		}
		return
	case g.Dir == By && !a.Actual.Given() && a.Target.Given():
		a.Status = map[bool]Status{true: NotMet, false: OnTheWay}[on > r.To]
		return
	case !a.Actual.Given() || !a.Target.Given():
		a.Status = NoData
		return
	}
	a.Holds = g.Dir.holds(a.Actual.Cmp(a.Target))
	a.measure(r)
	a.Status = map[bool]Status{true: Met, false: NotMet}[a.Holds]
	if g.Dir == By || r.To == 0 || r.As >= r.To || r.Target.Throughout {
		return
	}
	settled := r.Target.Type == Flow && (a.Holds && g.Dir.upward() || !a.Holds && g.Dir.ceiling())
	switch {
	case settled:
	case on >= r.To:
		a.Status = NoData // the facts are older than the day that judges
	default:
		a.Status = OnTheWay
	}
}

// measure gives shares, where the target is a number above zero.
func (a *Attained) measure(r *Row) {
	if a.Target.Type == figure.Date || a.Target.Rat().Sign() <= 0 {
		return
	}
	a.Share = new(big.Rat).Quo(a.Actual.Rat(), a.Target.Rat())
	if r.Gone != nil {
		a.Due = new(big.Rat).Mul(a.Target.Rat(), r.Gone)
	}
}

// holds reports whether an actual value that compares so with the target meets it.
func (d Direction) holds(c int) bool {
	switch d {
	case AtLeast, Reach:
		return c >= 0
	case AtMost, By:
		return c <= 0
	case Above:
		return c > 0
	case Below:
		return c < 0
	}
	return c == 0
}

func (d Direction) upward() bool  { return d == AtLeast || d == Reach || d == Above }
func (d Direction) ceiling() bool { return d == AtMost || d == Below }

// join makes one status of several goals; blank ones stand aside unless there are no others.
func (x *Target) join(goals []Attained) Status {
	has := func(s Status) bool {
		return slices.ContainsFunc(goals, func(a Attained) bool { return a.Status == s && !a.Goal.Blank })
	}
	order := []Status{NotMet, NoData, OnTheWay, Met}
	if x.Join == Any {
		order = []Status{Met, OnTheWay, NoData, NotMet}
	}
	for _, s := range order {
		if has(s) {
			return s
		}
	}
	return goals[0].Status
}

// statuses are in words.
var statuses = map[Status]scheme.Words{Met: {Zh: "已达成", En: "met"}, NotMet: {Zh: "未达成", En: "not met"}, OnTheWay: {Zh: "进行中", En: "on the way"},
	NoData: {Zh: "无数据", En: "no data"}, ActualOnly: {Zh: "只列实际值", En: "actual value only"}}
