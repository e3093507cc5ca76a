package credit

import (
	"math/big"
	"slices"
	"strings"

	"ganlan/fault"
	"ganlan/figure"
	"ganlan/money"
	"ganlan/rule"
	"ganlan/scheme"
)

// Names that a card adds to the facts for its line and bars.
const (
	nameScore = "score"
	nameGrade = "grade" // empty below the lowest border
)

// Check proves that weights are whole, borders fall, every grade has its line and a better grade never a smaller one.
func (c *Card) Check(k *scheme.Checker) {
	p, faults := figure.Compile(c.Facts, c.Figures, nil)
	c.before = p
	k.Faults = append(k.Faults, k.Placed(faults)...)
	c.score(k)
	c.grades(k)
	c.lineFigures(k)
	c.lineTable(k)
	for i := range c.Bars {
		b := &c.Bars[i]
		b.cond = k.Compile(c.after.Names(), b.When, b.Place)
		k.Cited(b.Cite, b.Place)
	}
	if c.Group != nil {
		c.Group.check(k)
	}
}

func (c *Card) score(k *scheme.Checker) {
	s := c.Score
	if s == nil {
		return
	}
	w := s.Weights.First()
	sum := new(big.Rat)
	for _, x := range w.Is {
		t := c.before.TypeOf(x.Key)
		if t != figure.Number && t != figure.Count {
			known := slices.Concat(c.Facts.Keys(), keysOf(c.Figures))
			k.Add(FaultIndicator.At(k.At(w.Place)).Set("name", x.Key).Near(x.Key, known))
		}
		if x.Is.Num() < 0 {
			k.Add(FaultWeights.At(k.At(w.Place)).Set("sum", x.Is))
		}
		sum.Add(sum, x.Is.Rat())
	}
	if !w.Open() && sum.Cmp(big.NewRat(1, 1)) != 0 {
		r, _ := money.RateOf(sum)
		k.Add(FaultWeights.At(k.At(w.Place)).Set("sum", r))
	}
	for i := range s.Bonus {
		b := &s.Bonus[i]
		b.cond = k.Compile(c.before.Names(), b.When, b.Place)
		k.Cited(b.Cite, b.Place)
	}
}

func keysOf(fs figure.Figures) []string {
	out := make([]string, len(fs))
	for i := range fs {
		out[i] = fs[i].Key
	}
	return out
}

func (c *Card) grades(k *scheme.Checker) {
	if c.Grades == nil {
		return
	}
	v := c.Grades.Borders.First()
	if c.Score == nil {
		k.Add(FaultBorders.At(k.At(v.Place)).Set("text", "score"))
		return
	}
	high := big.NewRat(c.Score.Max.Or(100), 1)
	for i, x := range v.Is {
		p := x.Is.rat()
		if p.Sign() < 0 || p.Cmp(high) > 0 || i > 0 && p.Cmp(v.Is[i-1].Is.rat()) >= 0 {
			k.Add(FaultBorders.At(k.At(v.Place)).Set("text", x.Key+" "+score(p)))
		}
	}
}

// lineFigures makes the figures after the score ready; they know score and grade.
func (c *Card) lineFigures(k *scheme.Checker) {
	facts := c.Facts
	for i := range c.Figures {
		f := &c.Figures[i]
		facts = append(facts[:len(facts):len(facts)], figure.Fact{Key: f.Key, Type: f.Type, Zh: f.Zh, En: f.En})
	}
	if c.Score != nil {
		facts = append(facts, figure.Fact{Key: nameScore, Type: figure.Number, Zh: "得分", En: "score"})
	}
	if c.Grades != nil {
		facts = append(facts, figure.Fact{Key: nameGrade, Type: figure.Text, Zh: "等级", En: "grade"})
	}
	var figures figure.Figures
	if c.Line != nil {
		figures = c.Line.Figures
	}
	p, faults := figure.Compile(slices.DeleteFunc(facts, func(f figure.Fact) bool { return f.Type == "" }), figures, nil)
	c.after = p
	k.Faults = append(k.Faults, k.Placed(faults)...)
	if c.Line == nil || c.Line.Amount == "" {
		return
	}
	if t := p.TypeOf(string(c.Line.Amount)); t != figure.Money && len(faults) == 0 {
		k.Add(FaultLine.At(fault.Place{File: k.File}).Set("text", "amount: "+string(c.Line.Amount)))
	}
}

func (c *Card) lineTable(k *scheme.Checker) {
	l := c.Line
	if l == nil {
		return
	}
	at := fault.Place{File: k.File}
	if l.Table.Given() && l.Amount != "" {
		k.Add(FaultLine.At(at).Set("text", "table / amount"))
	}
	if l.Table.Given() {
		known(k, c.Grades, l.Table.First())
		if v := l.Table.First(); c.Grades != nil && !v.Open() && !c.Grades.Borders.First().Open() {
			c.wholeTable(k, v)
		}
	}
	if l.Rate.Given() {
		known(k, c.Grades, l.Rate.First())
	}
}

// known refuses grades that the borders do not have.
func known[T any](k *scheme.Checker, g *Grades, v rule.Version[Table[T]]) {
	if v.Open() || g != nil && g.Borders.First().Open() {
		return
	}
	var grades []string
	if g != nil {
		grades = g.Borders.First().Is.Keys()
	}
	for _, x := range v.Is {
		if !slices.Contains(grades, x.Key) {
			k.Add(FaultGrade.At(k.At(v.Place)).Set("grade", x.Key).Set("known", strings.Join(grades, "、")).Near(x.Key, grades))
		}
	}
}

// wholeTable proves that every grade has a line and that a better grade never has a smaller one.
func (c *Card) wholeTable(k *scheme.Checker, v rule.Version[Table[money.Fen]]) {
	last := money.Fen(-1)
	for _, g := range slices.Backward(c.Grades.Borders.First().Is) {
		line := v.Is.Find(g.Key)
		if line == nil || *line < 0 || *line < last {
			k.Add(FaultLine.At(k.At(v.Place)).Set("text", g.Key))
			continue
		}
		last = *line
	}
}
