package risk

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"ganlan/day"
	"ganlan/fault"
	"ganlan/rule"
	"ganlan/scheme"
)

// Course is what happened to every area over time: stops and resumptions with their days and causes. It orders areas by name
// and says nothing of which is better.
type Course struct {
	breaker *Breaker
	tracks  map[string]*track
	changes map[string][]Change // own and from above, by day
}

// Run follows all areas through their months and rulings. The order of rows is free, and later months never change what was
// before them. All that is wrong with the input comes back at once, with no course.
func (s *Breaker) Run(reports []Report, acts []Ruling) (*Course, fault.List) {
	c := &Course{breaker: s, tracks: map[string]*track{}, changes: map[string][]Change{}}
	var faults fault.List
	months, given := map[string][]*Report{}, map[string][]*Ruling{}
	for i := range reports {
		r := &reports[i]
		faults.Add(c.open(r.Area, r.Level, r.In, r.Place))
		months[r.Area] = append(months[r.Area], r)
	}
	for i := range acts {
		r := &acts[i]
		if c.tracks[r.Area] == nil {
			faults.Add(c.open(r.Area, r.Level, "", r.Place))
		}
		given[r.Area] = append(given[r.Area], r)
	}
	for _, area := range c.Areas() {
		faults.Add(c.under(c.tracks[area]))
		faults = append(faults, c.tracks[area].follow(months[area], given[area])...)
	}
	if faults.Err() != nil {
		return nil, faults
	}
	c.inherit()
	return c, nil
}

// open notes an area with its level and the area above it, which must be the same in every row.
func (c *Course) open(area, level, in string, at fault.Place) *fault.Fault {
	l := c.breaker.levelOf(level)
	if l == nil {
		known := c.breaker.keys()
		return rule.FaultChoice.At(at).Set("got", level).Set("known", strings.Join(known, "、")).Near(level, known)
	}
	t := c.tracks[area]
	if t == nil {
		t = &track{s: c.breaker, level: l, area: area, in: in, year: -1}
		c.tracks[area] = t
	}
	if area == "" || t.level != l || t.in != in || (l.Under == "") != (in == "") {
		return FaultArea.At(at).Set("area", area).Set("level", level).Set("in", in)
	}
	return nil
}

// under proves that the area above has figures of its own, of the level above: without them its stops would be missed.
func (c *Course) under(t *track) *fault.Fault {
	if up := c.above(t.area); t.in == "" || up != nil && up.level.Key == t.level.Under {
		return nil
	}
	return FaultAbove.New().Set("area", t.area).Set("in", t.in)
}

// follow goes through an area's months and rulings in the order of days; the end of a month comes before rulings of that day.
func (t *track) follow(months []*Report, acts []*Ruling) (faults fault.List) {
	slices.SortStableFunc(months, byMonth)
	slices.SortStableFunc(acts, byDay)
	for i, r := range months {
		if i > 0 && r.Month != months[i-1].Month+1 {
			faults.Add(FaultMonth.At(r.Place).Set("area", t.area).Set("month", r.Month).Set("before", months[i-1].Month))
		}
	}
	if len(faults) > 0 {
		return faults
	}
	for len(months) > 0 || len(acts) > 0 {
		if len(acts) == 0 || len(months) > 0 && months[0].Month.End() <= acts[0].Day {
			if err := t.month(months[0]); err != nil {
				return append(faults, fault.From(err)...)
			}
			months = months[1:]
			continue
		}
		faults.Add(t.rule(acts[0]))
		acts = acts[1:]
	}
	return faults
}

// inherit gives every area the stops of the areas above it.
func (c *Course) inherit() {
	for _, area := range c.Areas() {
		list := slices.Clone(c.tracks[area].changes)
		for up := c.above(area); up != nil; up = c.above(up.area) {
			for _, x := range up.changes {
				x.From = up.area
				list = append(list, x)
			}
		}
		slices.SortStableFunc(list, func(a, b Change) int { return cmp.Compare(a.Day, b.Day) })
		c.changes[area] = list
	}
}

// above is the area over another, as far as it has a course of its own.
func (c *Course) above(area string) *track {
	if t := c.tracks[area]; t != nil && t.in != "" {
		return c.tracks[t.in]
	}
	return nil
}

// Areas are all areas in the order of their names.
func (c *Course) Areas() []string { return slices.Sorted(maps.Keys(c.tracks)) }

// Changes are the stops and resumptions of an area, its own and those that come from above, in the order of days.
func (c *Course) Changes(area string) []Change { return c.changes[area] }

// StopOf is the stop under which an area stands on a day, its own before that of an area above; nil while it runs.
func (c *Course) StopOf(area string, on day.Date) *Change {
	for t := c.tracks[area]; t != nil; t = c.above(t.area) {
		var now *Change
		for i := range t.changes {
			x := &t.changes[i]
			if x.first() > on {
				break
			}
			now = nil
			if x.Stopped {
				now = x
			}
		}
		if now != nil {
			y := *now
			if t.area != area {
				y.From = t.area
			}
			return &y
		}
	}
	return nil
}

// first is the first day on which a change holds: figures of a month end are known only after it.
func (x *Change) first() day.Date {
	if x.Stopped && x.Ruling == nil {
		return x.Day + 1
	}
	return x.Day
}

// Allowed reports whether an act is allowed on a day in all of the areas, and the stop that blocks it. Give the village and
// the township of a loan, so that a township's stop reaches a village that has no figures.
func (c *Course) Allowed(a Act, on day.Date, areas ...string) (bool, *Change) {
	if !slices.Contains(c.breaker.Blocks.First().Is, a) {
		return true, nil
	}
	for _, area := range areas {
		if x := c.StopOf(area, on); x != nil {
			return false, x
		}
	}
	return true, nil
}

// Lines are all stops and resumptions in words, each with its figures and clause.
func (c *Course) Lines() []scheme.Line {
	return scheme.Lines(func(add scheme.Add) {
		for _, area := range c.Areas() {
			for i := range c.changes[area] {
				x := &c.changes[area][i]
				add(area, both(func(l fault.Lang) string { return c.text(area, x, l) }), c.cite(area, x))
			}
		}
	})
}

func (c *Course) cite(area string, x *Change) rule.Cite {
	if x.Watch != nil {
		return x.Watch.Cite
	}
	return c.tracks[area].level.Resume.Cite
}

func (c *Course) text(area string, x *Change, l fault.Lang) string {
	s := c.breaker
	state := s.Running
	name := say(l, "恢复", "goes on")
	if x.Stopped {
		state, name = s.Stopped, say(l, "停办", "stopped")
	}
	if w := state.In(l); w != "" {
		name = w
	}
	t := area + " " + x.Day.String() + " " + name
	if x.From != "" {
		t += say(l, "（随"+x.From+"）", " (with "+x.From+")")
	}
	if x.Watch != nil && len(x.Why) > 0 {
		t += say(l, "：", ": ") + s.watchText(x.Watch, l) + say(l, "：", ": ") + c.figures(x, l)
	}
	if r := x.Ruling; r != nil {
		t += strings.TrimRight(say(l, "；决定 ", "; decided ")+strings.TrimSpace(r.Finding+" "+r.By), " ")
	}
	return t
}

// figures are the months that caused a change, with what each was held against.
func (c *Course) figures(x *Change, l fault.Lang) string {
	var parts []string
	for _, e := range x.Why {
		p := e.Month.String() + " " + e.Measure.In(l)
		if e.Line.Given() {
			p += say(l, "（线 ", " (line ") + e.Line.In(l) + say(l, "）", ")")
		}
		parts = append(parts, p)
	}
	return strings.Join(parts, say(l, "、", ", "))
}
