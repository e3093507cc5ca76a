package credit

import (
	"math/big"
	"strings"

	"ganlan/fault"
	"ganlan/figure"
	"ganlan/money"
	"ganlan/scheme"
)

// Rating is a household's score, grade and line with how they came about. Everything that Explain says is kept here.
type Rating struct {
	ID, Hash string // the card that was used: its id and the hash of its file with what was set
	Figures  *figure.Result
	Parts    []Part   // they add up to Score
	Score    *big.Rat // nil for a card without a score
	Machine  string   // the machine's grade; empty below the lowest border
	Grade    string   // the grade that holds: the machine's, or the one put in its place by hand
	Change   *Change
	Bar      *Bar // why there is no line
	Line     *Limit
	Rate     *RateMove
	Subject  *Subject

	card *Card
}

// Part is one line of a score: a weighted sub-score, points added, or what the hold at the scale's end takes off.
type Part struct {
	Key     string // name of the sub-score; empty for the rest
	Title   scheme.Words
	Value   figure.Value // the sub-score; not given for the rest
	Weight  *big.Rat     // as it was used, nil for the rest
	Points  *big.Rat
	Missing bool // the sub-score was not given and a reading stands in for it
	Cite    string
}

// Rate rates a household. All that is wrong with what is given comes back at once.
func (c *Card) Rate(s Subject) (*Rating, error) {
	r := &Rating{ID: c.ID, Hash: c.Hash, Subject: &s, Figures: c.before.Run(s.Facts), card: c}
	var faults fault.List
	for i := range s.Events {
		faults.Add(s.Events[i].check())
	}
	if c.Score != nil {
		faults = append(faults, r.weigh(c.Score)...)
	}
	faults = append(faults, r.change(s.Change)...)
	if len(faults) > 0 {
		return nil, faults
	}
	if c.Score != nil {
		if err := r.add(c.Score); err != nil {
			return nil, err
		}
	}
	r.grade()
	if err := r.line(); err != nil {
		return nil, err
	}
	r.rateMove()
	return r, nil
}

// weigh makes a part of each sub-score.
func (r *Rating) weigh(s *Score) (faults fault.List) {
	given := new(big.Rat)
	weights := s.Weights.First()
	for _, w := range weights.Is {
		v, err := r.Figures.Get(w.Key)
		title := scheme.Words{Zh: r.card.before.Title(w.Key, fault.Zh), En: r.card.before.Title(w.Key, fault.En)}
		p := Part{Key: w.Key, Title: title, Value: v, Weight: w.Is.Rat(), Missing: err != nil, Cite: weights.Text()}
		switch high := big.NewRat(s.Max.Or(100), 1); {
		case err != nil && s.Missing.Or(Refuse) == Refuse:
			faults.Add(FaultSubScore.New().Set("name", title.Zh).Set("name_en", title.En).Of(p.Cite))
		case err == nil && (v.Rat().Sign() < 0 || v.Rat().Cmp(high) > 0):
			faults.Add(FaultScoreRange.New().Set("name", title.Zh).Set("name_en", title.En).Set("value", score(v.Rat())).Set("max", score(high)).Of(s.Max.First().Text()))
		case err == nil:
			given.Add(given, p.Weight)
		}
		r.Parts = append(r.Parts, p)
	}
	if len(faults) == 0 && given.Sign() == 0 {
		faults.Add(FaultSubScore.New().Set("name", strings.Join(weights.Is.Keys(), "、")).Set("name_en", strings.Join(weights.Is.Keys(), ", ")).Of(weights.Text()))
	}
	for i := range r.Parts {
		r.Parts[i].times(s.Missing.Or(Refuse), given)
	}
	return faults
}

// times weighs the sub-score. given is the weight of all that are given.
func (p *Part) times(m Missing, given *big.Rat) {
	if p.Missing || given.Sign() == 0 {
		p.Weight, p.Points = new(big.Rat), new(big.Rat)
		return
	}
	if m == Others {
		p.Weight = new(big.Rat).Quo(p.Weight, given)
	}
	p.Points = new(big.Rat).Mul(p.Value.Rat(), p.Weight)
}

// add puts points on the score and holds it on its scale.
func (r *Rating) add(s *Score) error {
	for i := range s.Bonus {
		b := &s.Bonus[i]
		ok, err := r.Figures.Holds(b.cond)
		if err != nil {
			return err
		}
		if ok {
			r.Parts = append(r.Parts, Part{Title: scheme.Words{Zh: b.Zh, En: b.En}, Points: b.Points.Is().rat(), Cite: b.Text()})
		}
	}
	if d := r.card.Dynamics; d != nil {
		for _, e := range r.Subject.sorted() {
			r.Parts = append(r.Parts, e.part(d))
		}
	}
	sum := new(big.Rat)
	for _, p := range r.Parts {
		sum.Add(sum, p.Points)
	}
	r.Score = hold(sum, big.NewRat(s.Max.Or(100), 1))
	if over := new(big.Rat).Sub(r.Score, sum); over.Sign() != 0 {
		r.Parts = append(r.Parts, Part{Title: scheme.Words{Zh: "以 " + score(r.Score) + " 为限", En: "held at " + score(r.Score)}, Points: over, Cite: s.Max.First().Text()})
	}
	return nil
}

func (e *Event) part(d *Dynamics) Part {
	w := eventWords[e.Kind]
	t := scheme.Words{Zh: e.On.String() + " " + w[0], En: e.On.String() + " " + w[1]}
	if e.Reason != "" {
		t = scheme.Words{Zh: t.Zh + "：" + e.Reason, En: t.En + ": " + e.Reason}
	}
	if e.ForceMajeure {
		t = scheme.Words{Zh: t.Zh + "（不可抗力，不计）", En: t.En + " (force majeure, not counted)"}
	}
	return Part{Title: t, Points: d.moves(e), Cite: citeOf(&d.ScoreStep)}
}

func hold(x, high *big.Rat) *big.Rat {
	switch {
	case x.Sign() < 0:
		return new(big.Rat)
	case x.Cmp(high) > 0:
		return high
	}
	return x
}

// grade looks the score up. A border is in its grade.
func (r *Rating) grade() {
	if g := r.card.Grades; g != nil {
		for _, x := range g.Borders.First().Is {
			if r.Score.Cmp(x.Is.rat()) >= 0 {
				r.Machine = x.Key
				break
			}
		}
	}
	r.Grade = r.Machine
	if r.Change != nil {
		r.Grade = r.Change.Grade
	}
}

// change takes a grade put in by hand. It needs a reason and a name; the machine's grade stays beside it.
func (r *Rating) change(x *Change) (faults fault.List) {
	if x == nil {
		return nil
	}
	for _, f := range []struct{ given, zh, en string }{{x.Reason, "理由", "a reason"}, {x.By, "调整人", "who did it"}} {
		if strings.TrimSpace(f.given) == "" {
			faults.Add(FaultChange.New().Set("lacks", f.zh).Set("lacks_en", f.en))
		}
	}
	var known []string
	if g := r.card.Grades; g != nil {
		known = g.Borders.First().Is.Keys()
	}
	if x.Grade != "" && (r.card.Grades == nil || r.card.Grades.Borders.First().Is.Find(x.Grade) == nil) {
		faults.Add(FaultGrade.New().Set("grade", x.Grade).Set("known", strings.Join(known, "、")).Near(x.Grade, known))
	}
	r.Change = x
	return faults
}

// added is what stands on the score beside the sub-scores.
func (r *Rating) added() *big.Rat {
	sum := new(big.Rat)
	for _, p := range r.Parts {
		if p.Key == "" {
			sum.Add(sum, p.Points)
		}
	}
	return sum
}

// percentage writes an exact share.
func percentage(x *big.Rat) string { return figure.OfRat(figure.Percent, x).String() }

func rateText(r money.Rate) string { return percentage(r.Rat()) }
