package credit

import (
	"strings"

	"ganlan/fault"
	"ganlan/figure"
	"ganlan/money"
	"ganlan/scheme"
)

// Text is the rating step by step: figures, each part of the score, the total, the grade with its border, the line and the
// next loan's rate, each with what it rests on.
func (r *Rating) Text(l fault.Lang) (out []string) {
	for i := range r.Figures.Steps {
		w := &r.Figures.Steps[i]
		out = append(out, w.Text(r.card.before, l)+cite(w.Figure.Text()))
	}
	for i := range r.Parts {
		out = append(out, r.Parts[i].text(l)+cite(r.Parts[i].Cite))
	}
	if r.Score != nil {
		out = append(out, scheme.Words{Zh: "得分 ", En: "score "}.In(l)+score(r.Score))
	}
	if r.card.Grades != nil {
		out = append(out, r.gradeText(l)...)
	}
	if r.Bar != nil {
		out = append(out, scheme.Words{Zh: "不予授信：" + r.Bar.Zh, En: "no line: " + r.Bar.En}.In(l)+cite(r.Bar.Text()))
	}
	if r.Line != nil {
		out = append(out, r.lineText(l)...)
	}
	if r.card.Line != nil && r.Line == nil {
		out = append(out, scheme.Words{Zh: "额度由贷款机构确定", En: "the lender sets the line"}.In(l))
	}
	return append(out, r.rateText(l)...)
}

func cite(s string) string {
	if s == "" {
		return ""
	}
	return " [" + s + "]"
}

func (p *Part) text(l fault.Lang) string {
	s := p.Title.In(l)
	switch {
	case p.Missing:
		return s + scheme.Words{Zh: "：未给出，按读法不计", En: ": not given; left out by the reading"}.In(l)
	case p.Weight != nil:
		return s + " " + score(p.Value.Rat()) + " × " + percentage(p.Weight) + " = " + score(p.Points)
	case p.Points.Sign() < 0:
		return s + " " + score(p.Points)
	}
	return s + " +" + score(p.Points)
}

func (r *Rating) gradeText(l fault.Lang) []string {
	g := r.card.Grades
	border := ""
	if x := g.Borders.First().Is.Find(r.Machine); x != nil {
		border = " (≥ " + score(x.rat()) + ")"
	}
	out := []string{scheme.Words{Zh: "评定等级 ", En: "grade "}.In(l) + r.name(r.Machine, l) + border + cite(citeOf(&g.Borders))}
	if x := r.Change; x != nil {
		out = append(out, scheme.Words{Zh: "人工调整为 ", En: "changed by hand to "}.In(l)+r.name(x.Grade, l)+" — "+x.Reason+" ("+x.By+")")
	}
	return out
}

// name is a grade in words.
func (r *Rating) name(grade string, l fault.Lang) string {
	if grade == "" {
		return r.card.Grades.None.In(l)
	}
	return grade
}

func (r *Rating) lineText(l fault.Lang) (out []string) {
	x := r.Line
	if x.By != nil {
		for i := range x.By.Steps {
			w := &x.By.Steps[i]
			out = append(out, w.Text(r.card.after, l)+cite(w.Figure.Text()))
		}
	}
	s := scheme.Words{Zh: "授信额度 ", En: "line "}.In(l) + figure.OfMoney(x.Amount).In(l)
	if x.Amount < x.Whole {
		s += scheme.Words{Zh: "（" + x.Whole.Grouped() + " 元，以上限为限 ", En: " (" + x.Whole.Grouped() + " yuan, held at the ceiling "}.In(l) + citeOf(&r.card.Line.AtMost) +
			scheme.Words{Zh: "）", En: ")"}.In(l)
	}
	if !x.Span.Empty() {
		s += scheme.Words{Zh: "，有效期 ", En: ", valid "}.In(l) + x.Span.String()
	}
	c := x.Cite
	if m := citeOf(&r.card.Line.Months); !x.Span.Empty() && m != c {
		c += "; " + m
	}
	return append(out, s+cite(c))
}

func (r *Rating) rateText(l fault.Lang) (out []string) {
	c := r.card
	if c.Line != nil && c.Line.Rate.Given() {
		out = append(out, scheme.Words{Zh: "按等级加减利率 ", En: "rate by grade "}.In(l)+rateText(r.Rate.Grade)+cite(citeOf(&c.Line.Rate)))
	}
	if c.Dynamics != nil {
		out = append(out, scheme.Words{Zh: "下一笔贷款利率加减 ", En: "next loan's rate "}.In(l)+percentage(r.Rate.Loans)+cite(citeOf(&c.Dynamics.RateStep)))
	}
	return out
}

// Words are all values of the card in the order of the file.
func (c *Card) Words() []scheme.Line {
	return scheme.Lines(func(add scheme.Add) {
		c.factWords(add)
		if s := c.Score; s != nil {
			s.words(add)
		}
		if c.Grades != nil {
			scheme.Say(add, "grades.borders", &c.Grades.Borders.Value, func(t Table[Points]) scheme.Words { return both("≥ " + t.text(pointsText)) })
		}
		for i := range c.Bars {
			b := &c.Bars[i]
			add("bars."+b.Code, scheme.Words{Zh: "不予授信：" + b.Zh, En: "no line: " + b.En}, b.Cite)
		}
		if c.Line != nil {
			c.lineWords(add)
		}
		if d := c.Dynamics; d != nil {
			scheme.Say(add, "dynamics.score_step", &d.ScoreStep.Value, func(p Points) scheme.Words { return both(pointsText(p)) })
			scheme.Say(add, "dynamics.rate_step", &d.RateStep.Value, func(x money.Rate) scheme.Words { return both(rateText(x)) })
			scheme.Say(add, "dynamics.rate_by", &d.RateBy.Value, func(x RateBy) scheme.Words { return both(string(x)) })
		}
		if g := c.Group; g != nil {
			scheme.Say(add, "group.rep_share", &g.Share.Value, func(x money.Rate) scheme.Words { return both("≥ " + x.Fraction()) })
			scheme.Say(add, "group.rep_share_of", &g.Of.Value, func(x ShareOf) scheme.Words { return both(string(x)) })
			scheme.Say(add, "group.quorum", &g.Quorum.Value, func(x money.Rate) scheme.Words { return both("> " + x.Fraction()) })
		}
	})
}

func both(s string) scheme.Words { return scheme.Words{Zh: s, En: s} }

func pointsText(p Points) string { return score(p.rat()) }

func (c *Card) factWords(add scheme.Add) {
	for i := range c.Facts {
		f := &c.Facts[i]
		add("facts."+f.Key, scheme.Words{Zh: f.Zh, En: f.En}, f.Cite)
	}
	for i := range c.Figures {
		f := &c.Figures[i]
		add("figures."+f.Key, scheme.Words{Zh: f.Zh + " = " + f.Describe(c.before, fault.Zh), En: f.En + " = " + f.Describe(c.before, fault.En)}, f.Cite)
	}
}

func (s *Score) words(add scheme.Add) {
	scheme.Say(add, "score.weights", &s.Weights.Value, func(t Table[money.Rate]) scheme.Words { return both(t.text(rateText)) })
	scheme.Say(add, "score.max", &s.Max.Value, func(n int64) scheme.Words { return both("0 … " + figure.OfCount(n).String()) })
	scheme.Say(add, "score.missing", &s.Missing.Value, func(m Missing) scheme.Words { return both(string(m)) })
	for i := range s.Bonus {
		b := &s.Bonus[i]
		p := pointsText(b.Points.Is())
		c := b.Cite
		if c.Reading == "" {
			c.Reading = b.Points.Cited().Reading
		}
		add("score.bonus", scheme.Words{Zh: strings.TrimSpace(b.Zh) + " +" + p, En: b.En + " +" + p}, c)
	}
}

func (c *Card) lineWords(add scheme.Add) {
	l := c.Line
	sum := func(f money.Fen) scheme.Words {
		return scheme.Words{Zh: f.Grouped() + " 元", En: f.Grouped() + " yuan"}
	}
	if l.Table.Given() {
		scheme.Say(add, "line.table", &l.Table.Value, func(t Table[money.Fen]) scheme.Words { return both(t.text(money.Fen.Grouped)) })
	}
	for i := range l.Figures {
		f := &l.Figures[i]
		add("line.figures."+f.Key, scheme.Words{Zh: f.Zh + " = " + f.Describe(c.after, fault.Zh), En: f.En + " = " + f.Describe(c.after, fault.En)}, f.Cite)
	}
	if l.AtMost.Given() {
		scheme.Say(add, "line.at_most", &l.AtMost.Value, sum)
	}
	if l.Months.Given() {
		scheme.Say(add, "line.months", &l.Months.Value, func(n int64) scheme.Words { return both(figure.OfCount(n).String()) })
	}
	if l.Rate.Given() {
		scheme.Say(add, "line.rate", &l.Rate.Value, func(t Table[money.Rate]) scheme.Words { return both(t.text(rateText)) })
	}
}
