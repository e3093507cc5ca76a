package subsidy

import (
	"fmt"
	"strings"

	"ganlan/fault"
	"ganlan/figure"
	"ganlan/money"
	"ganlan/rule"
	"ganlan/scheme"
)

// Words are all values of the ranking in the order of the file.
func (k *Ranking) Words() []scheme.Line {
	return scheme.Lines(func(add scheme.Add) {
		k.Sheet.words(add)
		add("ranked", bodies[k.Ranked.Of], rule.Cite{})
		if k.Per.Given() {
			w := k.perWords(k.Per.Is())
			add("per", scheme.Words{Zh: w.Zh + "分别排名", En: "ranked apart for " + w.En}, k.Per.Cited())
		}
		add("score.scale", scaleWords[k.Score.Scale.Is()], k.Score.Cite)
		for i := range k.Score.Parts {
			p := &k.Score.Parts[i]
			add(fmt.Sprintf("score.parts[%d]", i), k.partWords(p), p.Cite)
		}
		add("ties.rank", tieRankWords[k.Ties.Rank.Is()], k.Ties.Cite)
		for i := range k.Ties.Then {
			add(fmt.Sprintf("ties.then[%d]", i), k.title(k.Ties.Then[i].Of), k.Ties.Then[i].Cite)
		}
		add("ties.award", tieAwardWords[k.Ties.Award.Or(TieUndecided)], k.Ties.Cite)
		if k.Awards != nil {
			add("awards", k.placeWords(k.Awards), k.Awards.Cite)
		}
		k.payWords(add, k.Pay)
	})
}

var (
	scaleWords = map[Scale]scheme.Words{AsGiven: {Zh: "指标按原值计分", En: "indicators count as they are"},
		MinMax: {Zh: "指标最优得100分、最差得0分，其间按比例", En: "the best of an indicator has 100 points, the worst 0, in between by distance"}}
	tieRankWords = map[TieRank]scheme.Words{TieSkip: {Zh: "同分同名次，其后名次空出", En: "equal scores share a rank, the next is skipped"},
		TieDense: {Zh: "同分同名次，其后名次顺延", En: "equal scores share a rank, the next follows"}}
	tieAwardWords = map[TieAward]scheme.Words{TieUndecided: {Zh: "并列名次的金额由财政决定", En: "finance decides on the money of tied ranks"},
		TieShared: {Zh: "并列者平分所占名次的金额", En: "tied rows share the awards of the ranks they take up"},
		TieEach:   {Zh: "并列者各得该名次的金额", En: "each tied row has its rank's award"}}
)

func (k *Ranking) partWords(p *ScorePart) scheme.Words {
	t := k.title(p.Of)
	w := orOpen(&p.Weight, func(x money.Rate) scheme.Words { return scheme.Words{Zh: x.String(), En: x.String()} })
	out := scheme.Words{Zh: t.Zh + "，权重 " + w.Zh, En: t.En + ", weight " + w.En}
	if p.Better.Is() == Less {
		out.Zh, out.En = out.Zh+"，越低越好", out.En+", less is better"
	}
	return out
}

func (k *Ranking) placeWords(p *Places) scheme.Words {
	list := orOpen(&p.List, func(os []figure.Operand) scheme.Words {
		parts := make([]string, len(os))
		for i, o := range os {
			parts[i] = string(o)
		}
		return scheme.Words{Zh: strings.Join(parts, " / "), En: strings.Join(parts, " / ")}
	})
	if !p.Of.Given() {
		return scheme.Words{Zh: "按名次：" + list.Zh, En: "by rank: " + list.En}
	}
	t := k.operandWords(&p.Of)
	return scheme.Words{Zh: "按名次分 " + t.Zh + "：" + list.Zh, En: t.En + " by rank: " + list.En}
}

// Explain says step by step how a row came to its score, rank and award. It is empty for a number that is not there.
func (r *RankingRun) Explain(no string) []Said {
	if x := r.byNo(no); x != nil {
		return r.explain(x)
	}
	return nil
}

func (r *RankingRun) explain(x *RankedRow) (out []Said) {
	k := r.Ranking
	out = k.said(&x.Subject, k.program.Run(x.Facts))
	if x.Score == nil {
		return out
	}
	for i := range x.Parts {
		out = append(out, k.partSaid(&x.Parts[i]))
	}
	score := figure.OfRat(figure.Number, x.Score)
	out = append(out, saidf(k.Score.Text(), "得分 = 各项合计 = %s", "score = sum = %s", []any{score.In(fault.Zh)}, []any{score.In(fault.En)}))
	rank := saidf(k.Ties.Text(), "第 %d 名", "rank %d", []any{x.Rank}, []any{x.Rank})
	if x.Tied > 1 {
		rank.Zh, rank.En = rank.Zh+fmt.Sprintf("，%d 家并列", x.Tied), rank.En+fmt.Sprintf(", shared by %d", x.Tied)
	}
	return append(append(out, rank), x.outcome(r))
}

func (k *Ranking) partSaid(p *PartScore) Said {
	t, w := k.title(p.Part.Of), p.Part.Weight.Is()
	points := figure.OfRat(figure.Number, p.Points)
	product := figure.OfRat(figure.Number, points.Rat())
	if r, err := money.RateOf(p.Points); err == nil {
		if y, err := r.Times(w); err == nil {
			product = figure.OfRat(figure.Number, y.Rat())
		}
	}
	return saidf(p.Part.Text(), "%s %s，%s 分 × 权重 %s = %s", "%s %s, %s points × weight %s = %s",
		[]any{t.Zh, p.valueIn(fault.Zh), points, w, product}, []any{t.En, p.valueIn(fault.En), points.In(fault.En), w, product.In(fault.En)})
}

// valueIn is the value, with the ends of the table where points lie between them.
func (p *PartScore) valueIn(l fault.Lang) string {
	s := p.Value.In(l)
	if p.low == nil {
		return s
	}
	low, high := figure.OfRat(p.Value.Type, p.low).In(l), figure.OfRat(p.Value.Type, p.high).In(l)
	if l == fault.En {
		return s + " (lowest " + low + ", highest " + high + ")"
	}
	return s + "（最低 " + low + "，最高 " + high + "）"
}

func (x *RankedRow) outcome(r *RankingRun) Said {
	w := r.Ranking.ReasonWords(x.Reason)
	switch {
	case x.Open:
		return saidf(x.Cite, "%s；所占名次合计 %s 元", "%s; their places hold %s yuan together", []any{w.Zh, x.Pool.Grouped()}, []any{w.En, x.Pool.Grouped()})
	case x.Reason != "":
		return saidf(x.Cite, "得 0.00 元：%s", "gets 0.00 yuan: %s", []any{w.Zh}, []any{w.En})
	}
	return saidf("", "得 %s 元", "gets %s yuan", []any{x.Amount.Grouped()}, []any{x.Amount.Grouped()})
}
