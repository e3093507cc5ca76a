package risk

import (
	"slices"

	"ganlan/fault"
	"ganlan/figure"
	"ganlan/rule"
	"ganlan/scheme"
)

// Breaker stops new lending where figures of an area, or acts of a body, call for it, and says when it goes on again
// (PX3-4.3c, PX6-7.4b, PX8-3.2.3, WZ-W5, DY-6.2; OP-52, OP-53, OP-54, OP-41).
type Breaker struct {
	scheme.Head
	YearToDate []YearToDate       `rule:"year_to_date"`
	Figures    figure.Figures     `rule:"figures"`
	Levels     []Level            `rule:"levels,need"`
	Blocks     rule.Single[[]Act] `rule:"blocks,need"`
	GoesOn     rule.Single[[]Act] `rule:"goes_on,need"`
	Stopped    scheme.Words       `rule:"stopped"` // what a stopped area is called; «stopped» when not written
	Running    scheme.Words       `rule:"running"`

	program *figure.Program
}

// YearToDate is the sum of a monthly fact from January to the month: a new year begins anew.
type YearToDate struct {
	rule.Spot
	rule.Cite
	Key string `rule:"key,need"`
	Of  string `rule:"of,need"`
	Zh  string `rule:"zh,need"`
	En  string `rule:"en,need"`
}

// Level is one level of areas, or one kind of body.
type Level struct {
	rule.Spot
	Key    string               `rule:"level,need"`
	Zh     string               `rule:"zh,need"`
	En     string               `rule:"en,need"`
	Under  string               `rule:"under"` // the level above: a stop there stops the areas here as well
	Skip   rule.Setting[string] `rule:"skip"`  // CEL: such a month neither counts nor breaks a run
	Stop   *Watch               `rule:"stop"`  // figures that stop; none where only findings do
	Find   []string             `rule:"findings"`
	Resume Resume               `rule:"resume,need"`

	skip *rule.Condition
}

// Watch looks at one figure of each month. It holds after so many months running.
type Watch struct {
	rule.Spot
	rule.Cite
	Measure string            `rule:"measure,need"` // a fact or figure
	Is      Side              `rule:"is,need"`
	Line    string            `rule:"line"` // a fact or figure; not for rises
	Months  rule.Setting[int] `rule:"months"`
}

// Resume is when an area may go on: the figures, the time, and whether somebody must decide it.
type Resume struct {
	rule.Spot
	rule.Cite
	Watch    *Watch             `rule:"watch"`
	After    rule.Setting[int]  `rule:"after_months"` // whole months since the stop
	Decision rule.Setting[bool] `rule:"decision"`     // needed unless said otherwise
}

// Side is where a measure lies against its line.
type Side string

// Sides of a line. Rises looks at the month before instead of a line: strictly higher each time.
const (
	Below   Side = "below"
	Above   Side = "above"
	AtMost  Side = "at_most"
	AtLeast Side = "at_least"
	Rises   Side = "rises"
)

// Known lists the sides.
func (Side) Known() []string {
	return []string{string(Below), string(Above), string(AtMost), string(AtLeast), string(Rises)}
}

var sideWords = map[Side]scheme.Words{Below: {Zh: "低于", En: "below"}, Above: {Zh: "超过", En: "above"}, AtMost: {Zh: "不超过", En: "at most"},
	AtLeast: {Zh: "不低于", En: "at least"}, Rises: {Zh: "较上月上升", En: "above the month before"}}

// Act is what a stop blocks or lets go on.
type Act string

// Acts. A scheme says of each whether a stop blocks it.
const (
	NewLine       Act = "new_line"
	NewDraw       Act = "new_draw"
	NewClaim      Act = "new_claim"
	Exemption     Act = "exemption" // from blame, inside the tolerance
	RepaymentAct  Act = "repayment"
	CollectionAct Act = "collection"
	Compensate    Act = "compensation"
	EarnedSubsidy Act = "earned_subsidy"
)

var acts = []Act{NewLine, NewDraw, NewClaim, Exemption, RepaymentAct, CollectionAct, Compensate, EarnedSubsidy}

var actWords = map[Act]scheme.Words{NewLine: {Zh: "新授信", En: "new lines"}, NewDraw: {Zh: "新放款", En: "new draws"}, NewClaim: {Zh: "新申报", En: "new claims"},
	Exemption: {Zh: "尽职免责", En: "exemption"}, RepaymentAct: {Zh: "还款", En: "repayments"}, CollectionAct: {Zh: "清收", En: "collections"},
	Compensate: {Zh: "风险补偿", En: "compensation"}, EarnedSubsidy: {Zh: "已得贴息", En: "subsidies already earned"}}

// Known lists the acts.
func (Act) Known() []string {
	out := make([]string, len(acts))
	for i, a := range acts {
		out[i] = string(a)
	}
	return out
}

// Check makes figures, lines and conditions ready.
func (s *Breaker) Check(c *scheme.Checker) {
	facts := slices.Clone(s.Facts)
	for i := range s.YearToDate {
		y := &s.YearToDate[i]
		cited(c, y.Key, y.Cite, y.Place)
		of := s.Facts.Find(y.Of)
		if of == nil || of.Type != figure.Money && of.Type != figure.Count && of.Type != figure.Number {
			c.Add(FaultName.At(c.At(y.Place)).Set("key", "year_to_date.of").Set("name", y.Of).Set("types", "money / count / number"))
			continue
		}
		facts = append(facts, figure.Fact{Key: y.Key, Type: of.Type, Zh: y.Zh, En: y.En})
	}
	s.checkActs(c)
	if len(facts) < len(s.Facts)+len(s.YearToDate) {
		return // what rests on a sum that cannot be would only be reported again
	}
	if s.program = compile(c, facts, s.Figures); s.program == nil {
		return
	}
	for i := range s.Levels {
		s.level(c, &s.Levels[i], i)
	}
}

func (s *Breaker) level(c *scheme.Checker, l *Level, i int) {
	if s.levelOf(l.Key) != l {
		c.Add(rule.FaultTwice.At(c.At(l.Place)).Set("key", l.Key))
	}
	if l.Under != "" && (s.levelOf(l.Under) == nil || slices.Index(s.keys(), l.Under) >= i) {
		c.Add(FaultName.At(c.At(l.Place)).Set("key", "under").Set("name", l.Under).Set("types", "level"))
	}
	if l.Stop == nil && len(l.Find) == 0 {
		c.Add(rule.FaultMissing.At(c.At(l.Place)).Set("key", "stop / findings"))
	}
	cited(c, "resume", l.Resume.Cite, l.Resume.Place)
	if !l.Resume.Decision.Or(true) && (l.Resume.Watch == nil || l.Stop == nil) {
		c.Add(rule.FaultMissing.At(c.At(l.Resume.Place)).Set("key", "stop, resume.watch / decision: true"))
	}
	for _, w := range []*Watch{l.Stop, l.Resume.Watch} {
		if w != nil {
			s.watch(c, w)
		}
	}
	if l.Skip.Given() {
		cond, f := s.program.Names().Compile(l.Skip.Is(), c.At(l.Place))
		c.Add(f)
		l.skip = cond
	}
}

func (s *Breaker) watch(c *scheme.Checker, w *Watch) {
	if w.Months.Or(1) < 1 {
		c.Add(rule.FaultType.At(c.At(w.Place)).Set("want", "months ≥ 1").Set("got", w.Months.Is()))
	}
	cited(c, w.Measure, w.Cite, w.Place)
	if !named(c, s.program, "measure", w.Measure, figure.Percent, figure.Number, figure.Count, figure.Money) {
		return
	}
	if (w.Is == Rises) != (w.Line == "") {
		c.Add(rule.FaultMissing.At(c.At(w.Place)).Set("key", "line / rises"))
		return
	}
	if w.Line != "" {
		types := []figure.Type{figure.Percent, figure.Number, figure.Count}
		if s.program.TypeOf(w.Measure) == figure.Money {
			types = []figure.Type{figure.Money}
		}
		named(c, s.program, "line", w.Line, types...)
	}
}

// checkActs proves that of every act exactly one is said: a stop blocks it, or it goes on.
func (s *Breaker) checkActs(c *scheme.Checker) {
	for _, a := range acts {
		if slices.Contains(s.Blocks.Or(nil), a) == slices.Contains(s.GoesOn.Or(nil), a) {
			c.Add(FaultAct.At(fault.Place{File: c.File}).Set("act", a))
		}
	}
}

func (s *Breaker) keys() (out []string) {
	for i := range s.Levels {
		out = append(out, s.Levels[i].Key)
	}
	return out
}

// levelOf is the level of a key; nil when there is none.
func (s *Breaker) levelOf(key string) *Level {
	for i := range s.Levels {
		if s.Levels[i].Key == key {
			return &s.Levels[i]
		}
	}
	return nil
}
