package credit

import (
	"ganlan/fault"
	"ganlan/figure"
	"ganlan/scheme"
)

// Compute rates a table of households, one row each, without events and changes by hand.
func (c *Card) Compute(t *scheme.Table) (*scheme.Outcome, error) {
	rate := func(x *scheme.FactRow) (*Rating, error) { return c.Rate(Subject{Facts: x.Facts, On: t.On}) }
	return scheme.EachRow(t, c.columns(), rate, c.row, (*Rating).lines)
}

func (c *Card) columns() (out []scheme.Column) {
	add := func(key, zh, en string, t figure.Type) *scheme.Column {
		out = append(out, scheme.Column{Key: key, Title: scheme.Words{Zh: zh, En: en}, Type: t})
		return &out[len(out)-1]
	}
	if c.Score != nil {
		add("score", "得分", "score", figure.Number).Effect = !c.sets()
	}
	if c.Grades != nil {
		grade := add("grade", "等级", "grade", figure.Text)
		grade.Few, grade.Names = true, c.gradeNames()
	}
	if c.sets() {
		line := add("line", "授信额度", "line", figure.Money)
		line.Sum, line.Effect = true, true
		add("line_until", "额度到期日", "last day of the line", figure.Date)
	}
	if c.Line != nil && c.Line.Rate.Given() {
		add("rate_change", "利率加减", "on the rate", figure.Percent)
	}
	return out
}

// sets reports whether the card sets a line itself.
func (c *Card) sets() bool { return c.Line != nil && (c.Line.Table.Given() || c.Line.Amount != "") }

func (c *Card) gradeNames() map[string]scheme.Words {
	out := map[string]scheme.Words{"": c.Grades.None}
	for _, k := range c.Grades.Borders.First().Is.Keys() {
		out[k] = both(k)
	}
	return out
}

// row are a rating's values by column.
func (c *Card) row(r *Rating) (out scheme.OutcomeRow) {
	if c.Score != nil {
		out.Values = append(out.Values, figure.OfRat(figure.Number, r.Score))
	}
	if c.Grades != nil {
		out.Values = append(out.Values, figure.OfText(r.Grade))
	}
	if c.sets() {
		until := figure.Value{}
		if !r.Line.Span.Empty() {
			until = figure.OfDate(r.Line.Span.Last())
		}
		out.Values = append(out.Values, figure.OfMoney(r.Line.Amount), until)
	}
	if c.Line != nil && c.Line.Rate.Given() {
		out.Values = append(out.Values, figure.OfRat(figure.Percent, r.Rate.Total))
	}
	if r.Bar != nil {
		out.Reason, out.Why = r.Bar.Code, scheme.Words{Zh: "不予授信：" + r.Bar.Zh, En: "no line: " + r.Bar.En}
	}
	return out
}

// lines are the rating's text in both languages.
func (r *Rating) lines() []scheme.Line {
	zh, en := r.Text(fault.Zh), r.Text(fault.En)
	out := make([]scheme.Line, len(zh))
	for i := range zh {
		out[i].Value = scheme.Words{Zh: zh[i], En: en[i]}
	}
	return out
}
