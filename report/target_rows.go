package report

import (
	"fmt"
	"slices"

	"ganlan/fault"
	"ganlan/figure"
	"ganlan/scheme"
)

// readOn is the fact that is the day of a reading.
const readOn = "read_on"

// AllFacts are the facts of a row: the day of the reading, then what the scheme declares.
func (t *Targets) AllFacts() figure.Facts {
	on := figure.Fact{Key: readOn, Type: figure.Date, Zh: "数据日期", En: "day of the figures", Titles: []string{"截至日期"}, Need: true}
	return slices.Concat(figure.Facts{on}, t.Facts)
}

// Compute holds the targets against a table of readings, one for each day, on a day or on that of the last reading. There is a row
// for each goal.
func (t *Targets) Compute(in *scheme.Table) (*scheme.Outcome, error) {
	on := in.On
	var readings []Reading
	for i := range in.Rows {
		d := in.Rows[i].Facts[readOn].Day()
		readings = append(readings, Reading{d, in.Rows[i].Facts})
		if in.On == 0 {
			on = max(on, d)
		}
	}
	b, err := t.Attain(on, readings, nil)
	if err != nil {
		return nil, err
	}
	goals := map[string]scheme.Words{}
	out := &scheme.Outcome{Columns: append([]scheme.Column{{Key: "goal", Title: scheme.Words{Zh: "目标", En: "goal"}, Type: figure.Text, Names: goals}}, targetColumns...)}
	var of []*Row
	for i := range b.Rows {
		r := &b.Rows[i]
		for g := range r.Goals {
			goals[r.Goals[g].Goal.Zh] = scheme.Words{Zh: r.Goals[g].Goal.Zh, En: r.Goals[g].Goal.En}
			out.Rows = append(out.Rows, r.outcome(g))
			of = append(of, r)
		}
	}
	out.Explain = func(i int) (lines []scheme.Line) {
		zh, en := of[i].Text(t, fault.Zh), of[i].Text(t, fault.En)
		for k := range zh {
			lines = append(lines, scheme.Line{Value: scheme.Words{Zh: zh[k], En: en[k]}})
		}
		return lines
	}
	return out, nil
}

var targetColumns = []scheme.Column{{Key: "target", Title: scheme.Words{Zh: "目标值", En: "target"}, Type: figure.Number},
	{Key: "actual", Title: scheme.Words{Zh: "实际值", En: "actual"}, Type: figure.Number},
	{Key: "share", Title: scheme.Words{Zh: "完成", En: "reached"}, Type: figure.Percent},
	{Key: "gone", Title: scheme.Words{Zh: "时间已过", En: "time gone"}, Type: figure.Percent},
	{Key: "as_of", Title: scheme.Words{Zh: "截至", En: "as of"}, Type: figure.Date},
	{Key: "status", Title: scheme.Words{Zh: "状态", En: "status"}, Type: figure.Text, Few: true, Names: statusNames()}}

func statusNames() map[string]scheme.Words {
	out := map[string]scheme.Words{}
	for s, w := range statuses {
		out[string(s)] = w
	}
	return out
}

// outcome is one goal of a target; of several each has its number behind the target's.
func (r *Row) outcome(g int) scheme.OutcomeRow {
	a := &r.Goals[g]
	v := []figure.Value{figure.OfText(a.Goal.Zh), a.Target, a.Actual, {}, {}, {}, figure.OfText(string(a.Status))}
	if a.Share != nil {
		v[3] = figure.OfRat(figure.Percent, a.Share)
	}
	if r.Gone != nil {
		v[4] = figure.OfRat(figure.Percent, r.Gone)
	}
	if r.As != 0 {
		v[5] = figure.OfDate(r.As)
	}
	out := scheme.OutcomeRow{No: r.Target.ID, Values: v}
	if len(r.Goals) > 1 {
		out.No = fmt.Sprintf("%s-%d", r.Target.ID, g+1)
	}
	return out
}
