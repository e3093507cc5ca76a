package subsidy

import (
	"math/big"

	"ganlan/fault"
	"ganlan/figure"
	"ganlan/money"
	"ganlan/rule"
	"ganlan/scheme"
)

// Ranking orders institutions by a weighted score and gives awards or deposits by rank. It refuses to rank people, officials,
// villages or townships: the State forbids such tables, and the words of the language have none for them.
type Ranking struct {
	Sheet
	Ranked RankedBody             `rule:"ranked,need"`
	Per    rule.Setting[[]string] `rule:"per"` // facts whose rows are ranked apart; all rows together when not written
	Score  Score                  `rule:"score,need"`
	Ties   Ties                   `rule:"ties,need"`
	Awards *Places                `rule:"awards"`
	Round  rounding               `rule:"round,need"`
	Pay    *scheme.Pay            `rule:"pay"`
}

// RankedBody is the kind of institution that is ranked, and the fact that proves it: its unified social credit code.
type RankedBody struct {
	rule.Spot
	Of   string `rule:"of,need"`
	Code string `rule:"code,need"`
}

// bodies are the institutions that may be ranked.
var bodies = map[string]scheme.Words{"bank": {Zh: "银行", En: "banks"}, "insurer": {Zh: "保险机构", En: "insurers"},
	"guarantor": {Zh: "担保机构", En: "guarantee bodies"}, "firm": {Zh: "企业", En: "firms"}}

// Score adds up indicators with weights that make the whole.
type Score struct {
	rule.Spot
	rule.Cite
	Scale    rule.Setting[Scale] `rule:"scale,need"`
	Decimals rule.Setting[int]   `rule:"decimals"` // half up before ranking; exact when not written
	Parts    []ScorePart         `rule:"parts,need"`
}

// ScorePart is one indicator.
type ScorePart struct {
	rule.Spot
	rule.Cite
	Of     string                   `rule:"of,need"`
	Weight rule.Setting[money.Rate] `rule:"weight,need"`
	Better rule.Setting[Better]     `rule:"better"` // more unless said otherwise
}

// Scale is how indicators of different size are made comparable.
type Scale string

// MinMax gives the best row of a table 100 and the worst 0, in between by distance; all 100 where all are equal.
const (
	AsGiven Scale = "as_given"
	MinMax  Scale = "min_max"
)

// Known lists the words.
func (Scale) Known() []string { return []string{string(AsGiven), string(MinMax)} }

// Better says which end of an indicator is the good one.
type Better string

// The two ends.
const (
	More Better = "more"
	Less Better = "less"
)

// Known lists the words.
func (Better) Known() []string { return []string{string(More), string(Less)} }

// Ties is what equal scores mean (OP-70).
type Ties struct {
	rule.Spot
	rule.Cite
	Rank  rule.Setting[TieRank]  `rule:"rank,need"`
	Then  []TieBreak             `rule:"then"` // indicators that decide between equal scores, in order
	Award rule.Setting[TieAward] `rule:"award"`
	Grant string                 `rule:"grant"` // the fact in which finance enters what a tied row gets
}

// TieBreak is an indicator looked at where scores are equal.
type TieBreak struct {
	rule.Spot
	rule.Cite
	Of     string               `rule:"of,need"`
	Better rule.Setting[Better] `rule:"better"`
}

// TieRank: equal scores share a rank; the next rank is skipped or follows.
type TieRank string

// 1, 2, 2, 4 or 1, 2, 2, 3.
const (
	TieSkip  TieRank = "skip"
	TieDense TieRank = "dense"
)

// Known lists the words.
func (TieRank) Known() []string { return []string{string(TieSkip), string(TieDense)} }

// TieAward is what tied rows get.
type TieAward string

// Finance decides; or the awards of the ranks that they take up are shared equally; or each gets its rank's award.
const (
	TieUndecided TieAward = "undecided"
	TieShared    TieAward = "shared"
	TieEach      TieAward = "each"
)

// Known lists the words.
func (TieAward) Known() []string {
	return []string{string(TieUndecided), string(TieShared), string(TieEach)}
}

// Places are the awards of the first, second, third … rank: amounts, or shares of an amount.
type Places struct {
	rule.Spot
	rule.Cite
	List rule.Setting[[]figure.Operand] `rule:"list,need"`
	Of   rule.Setting[figure.Operand]   `rule:"of"` // what the shares are of; the same in all rows that are ranked together
}

// Check checks a ranking beyond what the words of its file allow.
func (k *Ranking) Check(c *scheme.Checker) {
	if _, ok := bodies[k.Ranked.Of]; !ok {
		c.Add(FaultRankedBody.At(k.Ranked.Place).Set("got", k.Ranked.Of))
	}
	if !k.Sheet.check(c) {
		return
	}
	k.needFacts(c, []string{k.Ranked.Code}, k.Ranked.Place)
	k.shared1(c, &k.Per, k.Score.Place)
	k.checkScore(c)
	k.checkTies(c)
	if k.Awards != nil {
		k.cited(c, k.Awards.Cite, k.Awards.Place)
		k.checkPlaces(c, k.Awards)
	}
	k.checkPay(c, k.Pay)
}

func (k *Ranking) checkScore(c *scheme.Checker) {
	k.cited(c, k.Score.Cite, k.Score.Place)
	sum, open := new(big.Rat), false
	for i := range k.Score.Parts {
		p := &k.Score.Parts[i]
		k.cited(c, p.Cite, p.Place)
		k.needPlain(c, p.Of, p.Place)
		if p.Better.Is() == Less && k.Score.Scale.Is() != MinMax {
			c.Add(scheme.FaultTest.At(p.Place).Set("test", p.Of).Set("key", "scale: min_max"))
		}
		if p.Weight.Is().Num() < 0 {
			c.Add(FaultWeights.At(p.Place).Set("sum", p.Weight.Is()))
		}
		sum.Add(sum, p.Weight.Is().Rat())
		open = open || p.Weight.Version().Open()
	}
	if one := big.NewRat(1, 1); !open && sum.Cmp(one) != 0 {
		c.Add(FaultWeights.At(k.Score.Place).Set("sum", money.RatPercent(sum, 2)))
	}
}

func (k *Ranking) checkTies(c *scheme.Checker) {
	k.cited(c, k.Ties.Cite, k.Ties.Place)
	for i := range k.Ties.Then {
		b := &k.Ties.Then[i]
		k.cited(c, b.Cite, b.Place)
		k.needPlain(c, b.Of, b.Place)
	}
	if g := k.Ties.Grant; g != "" {
		k.needFacts(c, []string{g}, k.Ties.Place)
		k.needType(c, g, figure.Money, k.Ties.Place)
	}
}

// needPlain refuses an indicator that is no number or amount.
func (k *Ranking) needPlain(c *scheme.Checker, name string, at fault.Place) {
	switch k.program.TypeOf(name) {
	case figure.Money, figure.Percent, figure.Number, figure.Count:
		return
	}
	k.needType(c, name, figure.Number, at)
}

// checkPlaces refuses a list that mixes amounts and shares, and shares above the whole.
func (k *Ranking) checkPlaces(c *scheme.Checker, p *Places) {
	shares, sum := 0, new(big.Rat)
	for _, o := range p.List.Is() {
		if v, err := figure.Parse(figure.Percent, string(o)); err == nil {
			shares++
			sum.Add(sum, v.Rat())
			continue
		}
		if _, err := figure.Parse(figure.Money, string(o)); err != nil {
			c.Add(fault.From(err)[0])
		}
	}
	mixed := shares > 0 && shares < len(p.List.Is()) || shares > 0 != p.Of.Given() && len(p.List.Is()) > 0
	if mixed || sum.Cmp(big.NewRat(1, 1)) > 0 {
		c.Add(FaultPlaces.At(p.Place))
	}
	if p.Of.Given() && p.Of.Is() != "" {
		k.needMoney(c, p.Of.Is(), p.Place)
	}
}

// RankingInput is what a ranking is computed from: all rows of the claim year at once.
type RankingInput struct {
	Year int
	Rows []FactRow
}

// RankedRow is one row's result.
type RankedRow struct {
	Subject
	Group  string // the table in which it is ranked: the values of the facts that tables are per
	Parts  []PartScore
	Score  *big.Rat // nil for a row that is out
	Rank   int      // 0 for a row that is out
	Tied   int      // rows of the same rank, itself in
	Amount money.Fen
	Pool   money.Fen // where finance decides: what the tied rows have together
	Open   bool
	Reason string
	Cite   string
}

// PartScore is one indicator of a row: its value, its points on the scale, and both times the weight.
type PartScore struct {
	Part   *ScorePart
	Value  figure.Value
	Points *big.Rat

	low, high *big.Rat // of the table, where points are between them
}

// RankingRun is a ranking computed: the rows by table and rank, the rows that are out last.
type RankingRun struct {
	Ranking *Ranking
	Year    int
	Rows    []RankedRow
	Total   money.Fen
	Open    money.Fen // awards of tied ranks on which finance has not decided
	Payers  []PayerPart
	Warned  fault.List
}
