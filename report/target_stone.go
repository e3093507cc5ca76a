package report

import (
	"maps"
	"slices"

	"ganlan/day"
	"ganlan/fault"
	"ganlan/figure"
)

// Checked is one check between the document's figures.
type Checked struct {
	Check  *Check
	Value  figure.Value
	Equals figure.Value // not given when the figure is only shown
	Beside figure.Value
	Holds  bool
	Err    error
}

func (t *Targets) checked() (out []Checked) {
	for i := range t.Checks {
		c := Checked{Check: &t.Checks[i], Holds: true}
		c.Value, c.Err = t.stated.Get(t.Checks[i].Of)
		if t.Checks[i].Equals != "" {
			c.Equals, _ = t.stated.Get(checkKey(i, 0))
			c.Holds = c.Err == nil && c.Value.Cmp(c.Equals) == 0
		}
		if t.Checks[i].Beside != "" {
			c.Beside, _ = t.stated.Get(checkKey(i, 1))
		}
		out = append(out, c)
	}
	return out
}

// Stone is a milestone with the day it was reached; None while it is not.
type Stone struct {
	Milestone *Milestone
	Done      day.Date
	Status    Status // met, not_met (late or overdue), on_the_way
}

func (t *Targets) stones(on day.Date, done map[string]day.Date) (out []Stone) {
	for i := range t.Milestones {
		m := &t.Milestones[i]
		s := Stone{Milestone: m, Done: day.None}
		d, ok := done[m.Key]
		if ok && d <= on {
			s.Done = d
		} else {
			d = on
		}
		switch {
		case d > m.On:
			s.Status = NotMet
		case s.Done == day.None:
			s.Status = OnTheWay
		default:
			s.Status = Met
		}
		out = append(out, s)
	}
	return out
}

func (t *Targets) unknownStones(done map[string]day.Date) (faults fault.List) {
	var known []string
	for i := range t.Milestones {
		known = append(known, t.Milestones[i].Key)
	}
	for _, k := range slices.Sorted(maps.Keys(done)) {
		if !slices.Contains(known, k) {
			faults.Add(FaultMilestone.New().Set("key", k).Near(k, known))
		}
	}
	return faults
}
