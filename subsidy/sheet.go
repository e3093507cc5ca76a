package subsidy

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

// Sheet is what awards and rankings say alike: which years are claimed, what is known of a row, what is computed from it,
// and who is in.
type Sheet struct {
	scheme.Head
	Valid      *Dates               `rule:"valid"`      // days on which the scheme is in force
	Data       *Dates               `rule:"data"`       // days whose facts can be claimed
	Exclusions []string             `rule:"exclusions"` // files of conditions that the area's schemes share
	Unique     []string             `rule:"unique"`     // facts that no two rows may have alike, all together: an invoice, a bank in a table
	Records    *Records             `rule:"records"`    // what is counted together before anything else
	Figures    figure.Figures       `rule:"figures"`
	Who        []scheme.Requirement `rule:"who"` // all must hold; the first that does not is the reason
	Warn       []scheme.Requirement `rule:"warn"`

	shared  []*scheme.Exclusions
	facts   figure.Facts // of the scheme and of the shared exclusions
	screens []*scheme.Requirement
	program *figure.Program
}

// Dates are two days, both in; one that is not written leaves that side open.
type Dates struct {
	rule.Cite
	From rule.Setting[day.Date] `rule:"from"`
	To   rule.Setting[day.Date] `rule:"to"`
}

// Span is the days from the first to the last.
func (d *Dates) Span() day.Span {
	if d == nil {
		return day.Span{From: day.None + 1, Until: day.Open}
	}
	return day.Through(d.From.Or(day.None+1), d.To.Or(day.Open))
}

// given are the names that every row has of itself: the claim year, its first and its last day.
var given = map[string]figure.Type{"year": figure.Count, "year_start": figure.Date, "year_end": figure.Date}

// Shares and Share take up the exclusions of the area.
func (s *Sheet) Shares() []string { return s.Exclusions }

// Share adds exclusions; they are tried before the scheme's own conditions.
func (s *Sheet) Share(x *scheme.Exclusions) { s.shared = append(s.shared, x) }

// AllFacts are all facts that a row may give: the scheme's, those of the shared exclusions and those of records.
func (s *Sheet) AllFacts() figure.Facts {
	if s.Records == nil {
		return s.facts
	}
	return slices.Concat(s.facts, s.Records.Facts)
}

// Program is facts and figures made ready, for the words of an explanation.
func (s *Sheet) Program() *figure.Program { return s.program }

// check makes figures and conditions ready. It says false when a value that the documents leave open is not given yet, so
// that units cannot be checked.
func (s *Sheet) check(c *scheme.Checker) bool {
	s.facts = slices.Clone(s.Head.Facts)
	for _, x := range s.shared {
		s.facts = append(s.facts, x.Facts...)
		s.screens = append(s.screens, x.Binding()...)
	}
	for i := range s.Who {
		s.screens = append(s.screens, &s.Who[i])
	}
	s.needKnown(c, s.Unique, s.AllFacts(), fault.Place{File: c.File})
	if s.Figures.Open() || s.Records != nil && s.Records.Figures.Open() {
		return false
	}
	facts := s.facts
	if s.Records != nil {
		facts = append(slices.Clip(facts), s.Records.check(s, c)...)
	}
	var faults fault.List
	s.program, faults = figure.Compile(facts, s.Figures, given)
	c.Faults = append(c.Faults, faults...)
	for _, x := range s.screens {
		c.Faults = append(c.Faults, x.Compile(s.program)...)
	}
	for i := range s.Warn {
		c.Faults = append(c.Faults, s.Warn[i].Compile(s.program)...)
	}
	return true
}

// needType refuses a name that is no fact or figure of the type.
func (s *Sheet) needType(c *scheme.Checker, name string, t figure.Type, at fault.Place) {
	if s.program.TypeOf(name) != t {
		c.Add(figure.FaultOperand.At(at).Set("figure", s.Title.Zh).Set("figure_en", s.Title.En).Set("got", name).
			Set("known", string(t)).Set("hint", "").Set("hint_en", ""))
	}
}

// needFacts refuses names that are no facts of a subject.
func (s *Sheet) needFacts(c *scheme.Checker, names []string, at fault.Place) {
	s.needKnown(c, names, s.facts, at)
}

func (s *Sheet) needKnown(c *scheme.Checker, names []string, facts figure.Facts, at fault.Place) {
	for _, n := range names {
		if facts.Find(n) == nil {
			known := facts.Keys()
			c.Add(rule.FaultChoice.At(at).Set("got", n).Set("known", known).Near(n, known))
		}
	}
}

// years are the first and last claim year: of days whose facts can be claimed, in a year in which the scheme is in force.
func (s *Sheet) years() (first, last int) {
	v, d := s.Valid.Span(), s.Data.Span()
	return max(v.From.Year(), d.From.Year()), min(v.Last().Year(), d.Last().Year())
}

// draft is the warning that a draft is simulated only (OP-79).
func (s *Sheet) draft() (out fault.List) {
	if s.Status == scheme.Draft {
		out.Add(scheme.FaultDraft.New().Set("scheme", s.ID))
	}
	return out
}

// reaches refuses a claim year in which nothing can be claimed.
func (s *Sheet) reaches(year int) error {
	if year == 0 {
		return FaultNoYear.New().Set("scheme", s.ID)
	}
	first, last := s.years()
	if year < first || year > last {
		return FaultYear.New().Set("year", year).Set("scheme", s.ID).Set("years", fmt.Sprintf("%d … %d", first, last))
	}
	return nil
}

// Subject is one who is looked at: a row, or what was counted together from several.
type Subject struct {
	No      string
	Facts   figure.Row
	Place   fault.Place
	Records []Counted // of a scheme that counts records together
}

// FactRow is what is given for one row. No stands once; Facts are read by Sheet.AllFacts.
type FactRow = scheme.FactRow

// subjects are the rows made ready for a year, in the order of their numbers, whatever the order of the rows.
func (s *Sheet) subjects(year int, rows []FactRow) ([]Subject, fault.List) {
	faults := s.twice(rows)
	out := make([]Subject, 0, len(rows))
	ofYear := yearFacts(year)
	if s.Records != nil {
		var more fault.List
		out, more = s.Records.gather(ofYear, rows)
		faults = append(faults, more...)
	} else {
		for i := range rows {
			out = append(out, Subject{No: rows[i].No, Facts: with(ofYear, rows[i].Facts), Place: rows[i].Place})
		}
	}
	slices.SortFunc(out, func(a, b Subject) int { return compareNo(a.No, b.No) })
	return out, faults
}

// twice refuses a number that stands twice, and rows that are alike in what no two may have alike.
func (s *Sheet) twice(rows []FactRow) (faults fault.List) {
	seen, like := make(map[string]bool, len(rows)), map[string]string{}
	for i := range rows {
		x := &rows[i]
		if seen[x.No] {
			faults.Add(FaultRowTwice.At(x.Place).Set("no", x.No))
		}
		seen[x.No] = true
		if len(s.Unique) == 0 {
			continue
		}
		key, err := keyOf(s.Unique, x.Facts, s.AllFacts())
		faults = append(faults, placed(err, x.Place)...)
		if other, ok := like[key]; ok && err == nil {
			faults.Add(FaultAlike.At(x.Place).Set("no", x.No).Set("other", other).Set("value", shown(key)))
		}
		like[key] = x.No
	}
	return faults
}

// yearFacts are what every row knows of its year.
func yearFacts(year int) figure.Row {
	return figure.Row{"year": figure.OfCount(int64(year)), "year_start": figure.OfDate(day.YearStart(year)),
		"year_end": figure.OfDate(day.YearStart(year+1) - 1)}
}

// with is a row that knows its year besides.
func with(ofYear, row figure.Row) figure.Row {
	out := make(figure.Row, len(row)+len(ofYear))
	maps.Copy(out, row)
	maps.Copy(out, ofYear)
	return out
}

// screened is the first condition that the row does not meet; nil when it meets all.
func (s *Sheet) screened(r *figure.Result) (*scheme.Requirement, error) {
	for _, x := range s.screens {
		ok, err := r.Holds(x.Cond)
		if err != nil {
			return nil, clauseOf(err, x.Text())
		}
		if !ok {
			return x, nil
		}
	}
	return nil, nil
}

// warnings are those of a row. What cannot be decided is told as not checked.
func (s *Sheet) warnings(x *Subject, r *figure.Result) (out fault.List) {
	for i := range s.Warn {
		w := &s.Warn[i]
		ok, err := r.Holds(w.Cond)
		switch {
		case err != nil:
			out.Add(FaultRowUnchecked.At(x.Place).Set("no", x.No).Set("what", w.Zh).Set("what_en", w.En).Of(w.Text()))
		case !ok:
			out.Add(FaultRowWarned.At(x.Place).Set("no", x.No).Set("what", w.Zh).Set("what_en", w.En).Of(w.Text()))
		}
	}
	return out
}

// moneyOf is an operand's amount for a row: a fact, a figure, or a value written in the scheme.
func moneyOf(o figure.Operand, r *figure.Result) (figure.Value, error) {
	if v, err := figure.Parse(figure.Money, string(o)); err == nil {
		return v, nil
	}
	return r.Get(string(o))
}

// needMoney refuses an operand that is no amount.
func (s *Sheet) needMoney(c *scheme.Checker, o figure.Operand, at fault.Place) {
	if _, err := figure.Parse(figure.Money, string(o)); err != nil {
		s.needType(c, string(o), figure.Money, at)
	}
}

// rounding of amounts: unit and mode.
type rounding struct {
	rule.Cite
	To   rule.Setting[scheme.RoundUnit] `rule:"to,need"`
	Mode rule.Setting[scheme.RoundMode] `rule:"mode,need"`
}

func (r *rounding) money() money.Rounding {
	return money.Rounding{Unit: r.To.Is().Fen(), Mode: r.Mode.Is().Mode()}
}
