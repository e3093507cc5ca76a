// Package credit is how a household is rated and what line it may have: score cards with exact weights, grades, lines, what
// repayment does to them, and who must sit in the group that rates. It refuses a score with a sub-score missing or out of
// bounds, and a grade changed by hand without a reason; the machine's grade is always kept beside it.
package credit

import (
	"ganlan/day"
	"ganlan/figure"
	"ganlan/money"
	"ganlan/rule"
	"ganlan/scheme"
)

// Card is a score card as written, checked. A card without a score is a balance sheet: it shows figures and gates a line.
type Card struct {
	scheme.Head
	Figures  figure.Figures `rule:"figures"` // computed before the score: sub-scores from facts, net assets
	Score    *Score         `rule:"score"`
	Grades   *Grades        `rule:"grades"`
	Bars     []Bar          `rule:"bars"` // the first that holds keeps the household from a line
	Line     *Line          `rule:"line"`
	Dynamics *Dynamics      `rule:"dynamics"`
	Group    *Group         `rule:"group"`

	before, after *figure.Program
}

// Score is the weighted sum of sub-scores, each from 0 to max, with points added and the total held between 0 and max.
type Score struct {
	Weights rule.Single[Table[money.Rate]] `rule:"weights,need"` // fact or figure → share; exactly 100% together
	Max     rule.Single[int64]             `rule:"max,need"`
	Missing rule.Single[Missing]           `rule:"missing,need"`
	Bonus   []Bonus                        `rule:"bonus"`
}

// Missing is what a sub-score that is not given does.
type Missing string

// Refuse is the default of every folder: the score is not guessed.
const (
	Refuse Missing = "refuse"
	AsZero Missing = "zero"    // counts as nothing
	Others Missing = "reweigh" // the other weights are enlarged to 100%
)

// Known lists the words.
func (Missing) Known() []string { return []string{string(Refuse), string(AsZero), string(Others)} }

// Bonus is points added when a condition over facts and figures holds; a line of its own in the score.
type Bonus struct {
	rule.Spot
	rule.Cite
	When   string               `rule:"when,need"`
	Points rule.Setting[Points] `rule:"points,need"`
	Zh     string               `rule:"zh,need"`
	En     string               `rule:"en,need"`

	cond *rule.Condition
}

// Grades are the borders of the grades, the best first. A border is the lowest score of its grade, that score in.
type Grades struct {
	Borders rule.Single[Table[Points]] `rule:"borders,need"`
	None    scheme.Words               `rule:"none,need"` // below the lowest border
}

// Bar is a condition under which there is no line, whatever the grade.
type Bar struct {
	rule.Spot
	rule.Cite
	When string `rule:"when,need"`
	Code string `rule:"code,need"`
	Zh   string `rule:"zh,need"`
	En   string `rule:"en,need"`

	cond *rule.Condition
}

// Line is the credit line: a table by grade, or a figure computed from score, grade and facts. Without either the lender
// sets it. Grades that the table does not have get none.
type Line struct {
	Table   rule.Single[Table[money.Fen]]  `rule:"table"`
	Figures figure.Figures                 `rule:"figures"`
	Amount  figure.Operand                 `rule:"amount"` // the figure that is the line
	AtMost  rule.Single[money.Fen]         `rule:"at_most"`
	Months  rule.Single[int64]             `rule:"months"` // a line may be drawn so many months from the grant, both days in
	Rate    rule.Single[Table[money.Rate]] `rule:"rate"`   // what a grade adds to the rate, in percentage points
}

// Dynamics are what repayment does to the score and to the next loan's rate.
type Dynamics struct {
	ScoreStep rule.Single[Points]     `rule:"score_step,need"` // added for each loan repaid on time, taken off for each default
	RateStep  rule.Single[money.Rate] `rule:"rate_step,need"`  // off the next loan's rate after repayment on time, on after default
	RateBy    rule.Single[RateBy]     `rule:"rate_by,need"`
}

// RateBy is which loans move the next loan's rate.
type RateBy string

// ByLast looks at the last loan only; ByEach adds a step for each.
const (
	ByLast RateBy = "last_loan"
	ByEach RateBy = "each_loan"
)

// Known lists the words.
func (RateBy) Known() []string { return []string{string(ByLast), string(ByEach)} }

// Subject is a household as a card looks at it.
type Subject struct {
	Facts  figure.Row
	On     day.Date // day of the rating, and of the grant; the zero value when no days are kept
	Events []Event  // since the card was introduced, in any order
	Change *Change  // a grade changed by hand
}

// Empty is a card to be read into.
func Empty() scheme.Rules { return &Card{} }
