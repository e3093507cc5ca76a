// Package report is what is counted and shown: target values as the documents state them, how far they are reached, and
// whether the documents' own figures fit together. It refuses a target whose unit is not its measure's; a blank target stays
// blank, and nobody is ranked.
package report

import (
	"ganlan/day"
	"ganlan/figure"
	"ganlan/rule"
	"ganlan/scheme"
)

// Targets are the target values of a document, the measures behind them, checks between them, and milestones.
type Targets struct {
	scheme.Head
	Figures    figure.Figures `rule:"figures"` // measures, from the declared facts
	Values     figure.Figures `rule:"values"`  // figures that targets rest on, without facts: 5.2% × 97%
	Targets    []Target       `rule:"targets,need"`
	Derived    figure.Figures `rule:"derived"` // from values and targets, for the checks
	Checks     []Check        `rule:"checks"`
	Milestones []Milestone    `rule:"milestones"`

	stated   *figure.Result  // values, targets and what is derived from them
	measures *figure.Program // facts and measures
}

// Measure is what a target counts.
type Measure string

// Only a flow accumulates over its span, so only a flow is held against the time gone.
const (
	Stock Measure = "stock" // at a day
	Flow  Measure = "flow"  // over a span
	Ratio Measure = "ratio" // a rate, an average, a share
	Date  Measure = "date"  // a day by which something is done
)

// Known lists the words.
func (Measure) Known() []string {
	return []string{string(Stock), string(Flow), string(Ratio), string(Date)}
}

// Direction is how the actual value must stand to the target.
type Direction string

// Reach is a target printed as a plain figure that may be passed; Equal must be hit exactly.
const (
	AtLeast Direction = "at_least"
	AtMost  Direction = "at_most"
	Equal   Direction = "equal"
	Reach   Direction = "reach"
	Above   Direction = "above"
	Below   Direction = "below"
	By      Direction = "by"
)

// Known lists the words.
func (Direction) Known() []string {
	return []string{string(AtLeast), string(AtMost), string(Equal), string(Reach), string(Above), string(Below), string(By)}
}

var signs = map[Direction]string{AtLeast: "≥", AtMost: "≤", Equal: "=", Reach: "=", Above: ">", Below: "<", By: "≤"}

// Target is one row of targets: one goal, or several of which all or any must be met.
type Target struct {
	rule.Spot
	rule.Cite
	ID         string                       `rule:"id,need"`
	Zh         string                       `rule:"zh,need"`
	En         string                       `rule:"en,need"`
	Unit       scheme.Words                 `rule:"unit,need"`
	Printed    string                       `rule:"printed"` // the figure as the document prints it
	Type       Measure                      `rule:"type,need"`
	Soft       bool                         `rule:"soft"` // hoped for, planned, about
	Of         string                       `rule:"of"`
	Dir        Direction                    `rule:"dir"`
	Is         rule.Setting[figure.Operand] `rule:"is"`
	Blank      bool                         `rule:"blank"` // the document leaves the figure blank: the actual value alone is shown
	Parts      []Goal                       `rule:"parts"`
	Join       Join                         `rule:"join"`
	From       rule.Setting[day.Date]       `rule:"from"`       // first day of the span, in
	To         rule.Setting[Moment]         `rule:"to"`         // the day at which it is judged; without it, always
	Throughout bool                         `rule:"throughout"` // holds on every day of the span, not at its end
	When       *scheme.Words                `rule:"when"`       // the date in words where it is no day
	Note       *scheme.Words                `rule:"note"`

	goals []*Goal
}

// Goal is one figure to reach.
type Goal struct {
	Zh    string                       `rule:"zh,need"`
	En    string                       `rule:"en,need"`
	Of    string                       `rule:"of,need"` // a fact or figure
	Dir   Direction                    `rule:"dir"`
	Is    rule.Setting[figure.Operand] `rule:"is"`
	Blank bool                         `rule:"blank"`

	key string // of its value among the stated figures
}

// Join is how several goals make one target.
type Join string

// All must be met, or any one.
const (
	All Join = "all"
	Any Join = "any"
)

// Known lists the words.
func (Join) Known() []string { return []string{string(All), string(Any)} }

// Moment is a day, or a day of a year that a fact names: {month_day: 05-31, year_of: claim_year, plus: 1}.
type Moment struct {
	Day    day.Date
	In     string // month and day
	YearOf string
	Plus   int64
}

type moment struct {
	In     string `rule:"month_day,need"`
	YearOf string `rule:"year_of,need"`
	Plus   int64  `rule:"plus"`
}

// DecodeRule reads a day or a mapping.
func (m *Moment) DecodeRule(n rule.Node) {
	if n.IsScalar() {
		n.Into(&m.Day)
		return
	}
	var w moment
	n.Into(&w)
	*m = Moment{In: w.In, YearOf: w.YearOf, Plus: w.Plus}
	if _, ok := m.of(2024); !ok {
		n.Fault(rule.FaultType.New().Set("want", "05-31").Set("got", w.In))
	}
}

// RuleSchema is a day or a mapping.
func (*Moment) RuleSchema(s *rule.Schemas) rule.Schema {
	return rule.OneOf(rule.Scalar(), s.Object(momentType))
}

// of is the day in a year; 29 February is no day of every year and not allowed.
func (m *Moment) of(year int) (day.Date, bool) {
	d, err := day.Parse(fourDigits(year) + "-" + m.In)
	return d, err == nil && m.In != "02-29"
}

// Check is a comparison between the document's own figures: what one makes of them, what it should be, and what to see beside.
type Check struct {
	rule.Spot
	rule.Cite
	Zh     string         `rule:"zh,need"`
	En     string         `rule:"en,need"`
	Of     string         `rule:"of,need"`
	Equals figure.Operand `rule:"equals"` // without it the figure is only shown
	Beside figure.Operand `rule:"beside"`
	Why    *scheme.Words  `rule:"why"`
}

// Milestone is something to be done by a day.
type Milestone struct {
	rule.Spot
	rule.Cite
	Key string   `rule:"key,need"`
	Zh  string   `rule:"zh,need"`
	En  string   `rule:"en,need"`
	On  day.Date `rule:"on,need"`
}

// EmptyTargets are targets to be read into.
func EmptyTargets() scheme.Rules { return &Targets{} }
