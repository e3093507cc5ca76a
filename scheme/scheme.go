// Package scheme turns scheme.yaml into a checked Scheme: who gets what, how much, until when, who pays, and the clause
// behind each. It refuses a file with any fault, and a parameter that the documents leave open until someone gives it.
package scheme

import (
	"ganlan/day"
	"ganlan/figure"
	"ganlan/money"
	"ganlan/rule"
)

// Head is what every scheme says first, whatever its kind.
type Head struct {
	Name     string                          `rule:"scheme,need"`
	Title    Words                           `rule:"title,need"`
	Area     string                          `rule:"area,need"` // GB/T 2260 code; of a model place one that does not exist
	Status   Status                          `rule:"status,need"`
	Kind     Kind                            `rule:"kind,need"`
	Model    bool                            `rule:"model"` // a model text of no real place
	Document Document                        `rule:"document,need"`
	Facts    figure.Facts                    `rule:"facts"` // facts of a row that the scheme declares
	Terms    map[string]rule.Value[rule.Raw] `rule:"terms"`

	ID         string            `rule:"-"` // area and folder: 330783-gongfu-2024
	Hash       string            `rule:"-"` // of the file and what was set
	Set        map[string]string `rule:"-"` // parameters given by the user
	Overridden []string          `rule:"-"` // of these, the ones that the documents give
}

// Top is the head itself, for tools that work with every kind.
func (h *Head) Top() *Head { return h }

// Scheme is one interest subsidy's rules as written, checked.
type Scheme struct {
	Head
	Figures   figure.Figures `rule:"figures"` // computed from the facts, contract by contract
	Who       []Test         `rule:"who"`
	Rows      Rows           `rule:"rows"`
	Amount    Amount         `rule:"amount,need"`
	Fee       *Fee           `rule:"fee"`
	Exclusive []Exclusive    `rule:"exclusive"`
	Warn      []Warn         `rule:"warn"`
	Pay       Pay            `rule:"pay,need"`
	Forms     []string       `rule:"forms"` // forms filled from a claim, in order

	Program *figure.Program `rule:"-"` // facts and figures made ready; nil where there are none
}

// Words is a text in both languages.
type Words struct {
	Zh string `rule:"zh,need"`
	En string `rule:"en,need"`
}

// Document is the paper that a scheme carries out.
type Document struct {
	Number  string   `rule:"number"`
	Issuer  string   `rule:"issuer,need"`
	Issued  day.Date `rule:"issued"`
	InForce day.Date `rule:"in_force"`
	Title   string   `rule:"title"`
	Parents []string `rule:"parents"`
}

// Test is one condition of eligibility. All must hold; the first that fails is the reason.
type Test struct {
	rule.Spot
	rule.Cite
	Kind  TestKind                `rule:"test"`
	In    []string                `rule:"in"`     // product, purpose: one of these
	NotIn []string                `rule:"not_in"` // product, purpose: none of these
	At    rule.Setting[At]        `rule:"at"`     // listed: the day that must be on the list
	From  rule.Setting[day.Date]  `rule:"from"`   // drawn, started: first day
	To    rule.Setting[day.Date]  `rule:"to"`     // drawn, started: last day
	Is    rule.Setting[Rate]      `rule:"is"`     // rate_at_most
	Min   rule.Setting[money.Fen] `rule:"min"`    // amount: both ends in
	Max   rule.Setting[money.Fen] `rule:"max"`
	Of    rule.Setting[AmountOf]  `rule:"of"`     // amount: of the contract unless said otherwise
	Most  rule.Setting[int]       `rule:"months"` // term: of the contract; line: from its start to a draw; that day in
	Due   rule.Setting[LineDue]   `rule:"due"`    // line: whether a note may fall due after the line's end
	Cel   string                  `rule:"cel"`
	Code  string                  `rule:"code"` // reason code; the kind has its own
	Zh    string                  `rule:"zh"`
	En    string                  `rule:"en"`
	Lack  rule.Setting[Missing]   `rule:"missing"` // cel: where a fact is not given; refused unless said otherwise
	Cond  *rule.Condition         `rule:"-"`
}

// Amount is the arithmetic of an interest subsidy.
type Amount struct {
	VersionBy rule.Setting[At]      `rule:"version_by"` // the day that picks a dated rate, limit, months or principal: the draw unless said otherwise
	Rate      rule.Value[Rate]      `rule:"rate,need"`
	Limit     rule.Value[Rate]      `rule:"limit"` // the rate is never above this
	Base      rule.Single[Base]     `rule:"base,need"`
	Year      rule.Single[Year]     `rule:"year,need"`
	FirstDay  rule.Single[Side]     `rule:"first_day"` // the day of a draw: in unless said otherwise
	LastDay   rule.Single[Side]     `rule:"last_day"`  // the day of a repayment or of maturity: out unless said otherwise
	Until     []Cutoff              `rule:"until"`
	Months    rule.Value[int]       `rule:"months"` // most months subsidised, from the draw
	Overdue   rule.Single[Overdue]  `rule:"overdue,need"`
	Deferral  rule.Single[Deferral] `rule:"deferral"`
	Repay     rule.Single[Order]    `rule:"repayments"`
	Claim     rule.Single[Claim]    `rule:"claim"`
	Settle    rule.Single[Settle]   `rule:"settle"`     // once a year when not written
	SettleDay rule.Single[int]      `rule:"settle_day"` // day of the month on which a period ends, that day in; the month's last when not written
	Principal []PrincipalCap        `rule:"principal"`
	Round     Round                 `rule:"round,need"`
	Caps      []Cap                 `rule:"caps"`
	Budget    rule.Value[money.Fen] `rule:"budget"` // money of the claim year; a shortfall is shared in proportion
}

// Cutoff is the last subsidised day, chosen by the day of the draw or of the contract's first draw.
type Cutoff struct {
	rule.Spot
	rule.Cite
	DrawnTo      day.Date               `rule:"drawn_to"`
	FirstDrawnTo day.Date               `rule:"first_drawn_to"`
	Is           rule.Setting[day.Date] `rule:"is,need"`
}

// PrincipalCap is the principal that counts; the excess is not subsidised. Draws fill it in date order, day by day.
type PrincipalCap struct {
	rule.Cite
	rule.Spot
	UpTo  rule.Dated[money.Fen] `rule:"up_to"`
	Of    string                `rule:"of"` // instead of up_to: a fact or figure of the contract, the lowest where they differ
	Per   rule.Setting[Per]     `rule:"per,need"`
	Times Times                 `rule:"times"` // up_to for each of these
}

// Round is where, to what and how an exact amount becomes money.
type Round struct {
	rule.Cite
	Per  rule.Setting[Grain]     `rule:"per,need"`
	To   rule.Setting[RoundUnit] `rule:"to,need"`
	Mode rule.Setting[RoundMode] `rule:"mode,need"`
}

// Cap is a ceiling on money; a dated one is picked by the claim year.
type Cap struct {
	rule.Spot
	rule.Cite
	Money    rule.Dated[money.Fen] `rule:"money"`
	Of       string                `rule:"of"`      // instead of money: a fact or figure of the contract, the lowest where they differ
	Lack     rule.Setting[Missing] `rule:"missing"` // where the fact is not given; refused unless said otherwise
	Per      rule.Setting[Per]     `rule:"per,need"`
	Over     rule.Setting[Period]  `rule:"over"`
	Fill     rule.Setting[Fill]    `rule:"fill"`
	With     []string              `rule:"with"` // ids of schemes whose payments count under the same cap
	ExceedBy rule.Setting[Exceed]  `rule:"exceed_by"`
}

// Fee is a subsidy on the guarantee fee.
type Fee struct {
	Share     rule.Single[money.Rate] `rule:"share,need"`
	Prorate   rule.Single[Prorate]    `rule:"prorate,need"`
	Refund    rule.Single[Refund]     `rule:"refund"`
	Tolerance rule.Single[money.Rate] `rule:"tolerance"` // of rate × amount × years: a fee further off is warned of
	Round     Round                   `rule:"round,need"`
}

// Exclusive says what happens when another scheme paid for the same household.
type Exclusive struct {
	rule.Spot
	rule.Cite
	With []string `rule:"with,need"` // scheme ids, or * for any other
	Then Then     `rule:"then,need"`
}

// Warn is a check that never changes the amount.
type Warn struct {
	rule.Spot
	rule.Cite
	When   WarnKind             `rule:"when,need"`
	Above  rule.Setting[Rate]   `rule:"above,need"`
	Weight rule.Setting[Weight] `rule:"weight"`
	Per    Scope                `rule:"per"`
}

// Pay is who bears the money and how it reaches the family.
type Pay struct {
	Benefit  rule.Single[Benefit] `rule:"benefit"`
	Payers   rule.Value[Payers]   `rule:"payers,need"` // a dated one is picked by the claim year
	Split    Split                `rule:"split"`
	Deadline rule.Single[string]  `rule:"deadline"` // month-day of the year after the claim year
}

// Payer bears a share.
type Payer struct {
	Who   string     `rule:"who,need"`
	Share money.Rate `rule:"share,need"`
}

// Split says whether the claim's total or each row is divided, and who takes the fen left over.
type Split struct {
	rule.Cite
	Of     rule.Setting[SplitOf] `rule:"of"`
	RestTo rule.Setting[string]  `rule:"rest_to"` // a payer, or largest_remainder
}
