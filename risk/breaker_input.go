package risk

import (
	"slices"
	"strings"

	"ganlan/day"
	"ganlan/fault"
	"ganlan/figure"
	"ganlan/rule"
)

// Month is a calendar month.
type Month int

// MonthOf is the month of a day.
func MonthOf(d day.Date) Month {
	y, m, _ := d.Civil()
	return Month(y*12 + m - 1)
}

// Year is the calendar year.
func (m Month) Year() int { return int(m) / 12 }

// End is the month's last day: the day of its figures.
func (m Month) End() day.Date {
	return day.Of((int(m)+1)/12, (int(m)+1)%12+1, 1) - 1
}

// String is 2024-03.
func (m Month) String() string { return m.End().String()[:len("2024-03")] }

// UnmarshalText reads 2024-03.
func (m *Month) UnmarshalText(b []byte) error {
	d, err := day.Parse(string(b) + "-01")
	if err != nil {
		return err
	}
	*m = MonthOf(d)
	return nil
}

// Report is the figures of one area at the end of one month. In names the area above, where there is one.
type Report struct {
	Place fault.Place
	Area  string
	Level string
	In    string
	Month Month
	Facts figure.Row
}

// Ruling is an act of a person: a stop or a resumption that was decided, or a finding that stops.
type Ruling struct {
	Place   fault.Place
	Day     day.Date
	Kind    RulingKind
	Area    string
	Level   string // of an area that has no figures
	Finding string
	By      string // who decided, or the paper
}

// RulingKind is stop, finding or resume.
type RulingKind string

// Kinds of ruling. A resumption of a day comes after all stops of that day.
const (
	RuleStop    RulingKind = "stop"
	RuleFinding RulingKind = "finding"
	RuleResume  RulingKind = "resume"
)

var rulings = []RulingKind{RuleStop, RuleFinding, RuleResume}

// UnmarshalText reads a line of a case: «2024-08-10 resume 甲村 [finding false_claim] [by 县扶贫办] [level body]».
func (r *Ruling) UnmarshalText(b []byte) (err error) {
	w := strings.Fields(string(b))
	bad := rule.FaultType.New().Set("want", "2024-08-10 resume AREA [finding F] [by WHO] [level L]").Set("got", string(b))
	if len(w) < 3 || len(w)%2 == 0 || !slices.Contains(rulings, RulingKind(w[1])) {
		return bad
	}
	if r.Day, err = day.Parse(w[0]); err != nil {
		return err
	}
	r.Kind, r.Area = RulingKind(w[1]), w[2]
	for i := 3; i < len(w); i += 2 {
		to := map[string]*string{"finding": &r.Finding, "by": &r.By, "level": &r.Level}[w[i]]
		if to == nil {
			return bad
		}
		*to = w[i+1]
	}
	return nil
}
