package risk

import (
	"slices"

	"ganlan/day"
	"ganlan/fault"
	"ganlan/figure"
	"ganlan/scheme"
)

// Facts of a row besides those of the scheme: which area at the end of which month.
const (
	factMonth = "month_end"
	factArea  = "area"
	factLevel = "area_level"
	factIn    = "area_above"
)

// AllFacts are the facts of a row: the area, its month end, its level where there are several, the area above it; then what the
// scheme declares.
func (s *Breaker) AllFacts() figure.Facts {
	own := figure.Facts{{Key: factArea, Type: figure.Text, Zh: "地区", En: "area", Titles: []string{"名称", "机构"}, Need: true},
		{Key: factMonth, Type: figure.Date, Zh: "月末", En: "month end", Titles: []string{"数据日期"}, Need: true},
		{Key: factLevel, Type: figure.Text, Zh: "层级", En: "level", In: s.keys(), Need: len(s.Levels) > 1},
		{Key: factIn, Type: figure.Text, Zh: "上级地区", En: "area above"}}
	return slices.Concat(own, s.Facts)
}

// Compute follows areas through a table of month ends, one row for each area and month, without rulings. There is a row for each
// area: how it stands after the last month, and since when.
func (s *Breaker) Compute(t *scheme.Table) (*scheme.Outcome, error) {
	var reports []Report
	var last day.Date
	out := &scheme.Outcome{Columns: []scheme.Column{{Key: "state", Title: scheme.Words{Zh: "状态", En: "state"}, Type: figure.Text, Few: true,
		Names: map[string]scheme.Words{"running": {Zh: "正常", En: "running"}, "stopped": {Zh: "暂停", En: "stopped"}}},
		{Key: "since", Title: scheme.Words{Zh: "自", En: "since"}, Type: figure.Date},
		{Key: "from", Title: scheme.Words{Zh: "因上级地区", En: "by the area above"}, Type: figure.Text}}}
	for i := range t.Rows {
		r := s.report(&t.Rows[i])
		reports, last = append(reports, r), max(last, r.Month.End())
		out.Counted = append(out.Counted, scheme.Record{No: t.Rows[i].No, Of: r.Area})
	}
	c, faults := s.Run(reports, nil)
	if err := faults.Err(); err != nil {
		return nil, err
	}
	areas := c.Areas()
	for _, a := range areas {
		out.Rows = append(out.Rows, scheme.OutcomeRow{No: a, Values: c.standing(a, last+1)})
	}
	out.Explain = func(i int) []scheme.Line { return c.linesOf(areas[i]) }
	return out, nil
}

// standing is an area's state on a day, since when, and the area above whose stop it is.
func (c *Course) standing(area string, on day.Date) []figure.Value {
	if x := c.StopOf(area, on); x != nil {
		return []figure.Value{figure.OfText("stopped"), figure.OfDate(x.Day), figure.OfText(x.From)}
	}
	v := []figure.Value{figure.OfText("running"), {}, figure.OfText("")}
	if list := c.Changes(area); len(list) > 0 {
		v[1] = figure.OfDate(list[len(list)-1].Day)
	}
	return v
}

func (s *Breaker) report(x *scheme.FactRow) Report {
	level := x.Facts[factLevel].Text()
	if level == "" {
		level = s.Levels[0].Key
	}
	return Report{Place: x.Place, Area: x.Facts[factArea].Text(), Level: level, In: x.Facts[factIn].Text(), Month: MonthOf(x.Facts[factMonth].Day()), Facts: x.Facts}
}

// linesOf are the changes of one area, each with its figures and clause.
func (c *Course) linesOf(area string) []scheme.Line {
	return scheme.Lines(func(add scheme.Add) {
		if len(c.Changes(area)) == 0 {
			add(area, scheme.Words{Zh: "各月末均未触发", En: "no month end called for a stop"}, c.breaker.Blocks.First().Cite)
		}
		for _, x := range c.Changes(area) {
			add(area, both(func(l fault.Lang) string { return c.text(area, &x, l) }), c.cite(area, &x))
		}
	})
}
