package subsidy

import (
	"ganlan/fault"
	"ganlan/figure"
	"ganlan/money"
	"ganlan/rule"
	"ganlan/scheme"
)

// Award is an award, compensation or charge by a formula that the scheme writes itself: facts and figures of a row come to
// an amount, which ceilings and pools then hold down. A budget that is shared out by weight is an award too.
type Award struct {
	Sheet
	Amount   rule.Single[string] `rule:"amount"`   // the fact or figure that is paid
	Allocate *Allocation         `rule:"allocate"` // instead of an amount: a budget shared out
	Round    rounding            `rule:"round,need"`
	Caps     []AwardCap          `rule:"caps"`  // in the order in which they are applied
	Grant    *Grant              `rule:"grant"` // what is computed is a ceiling, and finance decides
	Pay      *scheme.Pay         `rule:"pay"`   // none for a charge or where nobody pays yet
}

// Allocation shares a budget out in proportion to a weighted amount, to the last unit.
type Allocation struct {
	rule.Spot
	rule.Cite
	Money rule.Setting[figure.Operand] `rule:"money,need"` // the same in all rows that share it
	By    string                       `rule:"by,need"`    // the weight: a fact or figure, not below 0
	Per   rule.Setting[[]string]       `rule:"per,need"`   // facts whose rows share one budget, or [all]
}

// AwardCap is a ceiling on what the rows get together that have the same values of some facts: a firm's cap, a product's pool,
// a budget of all.
type AwardCap struct {
	rule.Spot
	rule.Cite
	Money rule.Setting[figure.Operand] `rule:"money,need"` // an amount, fact or figure; the same in all rows that share it
	Per   rule.Setting[[]string]       `rule:"per,need"`   // facts, or [all] for one pool of all rows
	Over  scheme.Period                `rule:"over"`       // what was paid earlier in this time counts: the claim year unless said otherwise
	When  string                       `rule:"when"`       // condition on rows that the cap is for; all when not written
	Short rule.Setting[Short]          `rule:"short"`      // what rows get when it is too small: in proportion unless said otherwise
	By    string                       `rule:"by"`         // the date by which rows come first; same days by their numbers

	cond *rule.Condition
}

// Short is how rows share a ceiling that is below what they come to.
type Short string

// By one factor with the largest remainders, or in the order of a date until it is used up.
const (
	ShortRatio     Short = "ratio"
	ShortFirstCome Short = "first_come"
)

// Known lists the words.
func (Short) Known() []string { return []string{string(ShortRatio), string(ShortFirstCome)} }

// Grant is what finance enters within what was computed.
type Grant struct {
	rule.Spot
	rule.Cite
	Fact string `rule:"fact,need"`
}

// everyone is the word for a ceiling or budget that all rows share.
const everyone = "all"

// Check checks an award beyond what the words of its file allow.
func (a *Award) Check(c *scheme.Checker) {
	if a.Amount.Given() == (a.Allocate != nil) {
		c.Add(FaultAmountWay.At(fault.Place{File: c.File}))
	}
	if !a.Sheet.check(c) {
		return
	}
	if a.Amount.Given() {
		a.needType(c, a.Amount.First().Is, figure.Money, a.Amount.First().Place)
	}
	if x := a.Allocate; x != nil {
		a.cited(c, x.Cite, x.Place)
		a.shared1(c, &x.Per, x.Place)
		a.needMoney(c, x.Money.Is(), x.Place)
		if a.program.TypeOf(x.By) != figure.Money {
			a.needType(c, x.By, figure.Number, x.Place)
		}
	}
	for i := range a.Caps {
		a.checkCap(c, &a.Caps[i])
	}
	if g := a.Grant; g != nil {
		a.cited(c, g.Cite, g.Place)
		a.needFacts(c, []string{g.Fact}, g.Place)
		a.needType(c, g.Fact, figure.Money, g.Place)
	}
	a.Sheet.checkPay(c, a.Pay)
}

func (a *Award) checkCap(c *scheme.Checker, x *AwardCap) {
	a.cited(c, x.Cite, x.Place)
	a.shared1(c, &x.Per, x.Place)
	if x.Money.Is() != "" {
		a.needMoney(c, x.Money.Is(), x.Place)
	}
	if x.When != "" {
		cond, f := a.program.Names().Compile(x.When, x.Place)
		c.Add(f)
		x.cond = cond
	}
	switch {
	case x.By == "" && x.Short.Is() == ShortFirstCome:
		c.Add(scheme.FaultTest.At(x.Place).Set("test", "caps").Set("key", "by"))
	case x.By != "" && !x.Short.Given():
		c.Add(scheme.FaultTest.At(x.Place).Set("test", "caps").Set("key", "short"))
	case x.By != "":
		a.needType(c, x.By, figure.Date, x.Place)
	}
}

// shared1 checks the facts whose rows share a ceiling.
func (s *Sheet) shared1(c *scheme.Checker, per *rule.Setting[[]string], at fault.Place) {
	if names := per.Is(); len(names) != 1 || names[0] != everyone {
		s.needFacts(c, names, at)
	}
}

func (s *Sheet) cited(c *scheme.Checker, x rule.Cite, at fault.Place) {
	if x.Text() == "" {
		c.Add(rule.FaultUncited.At(at))
	}
}

// checkPay refuses payers that differ by place or row: an award has no contract to look at.
func (s *Sheet) checkPay(c *scheme.Checker, p *scheme.Pay) {
	if p == nil {
		return
	}
	for _, v := range p.Payers.Versions {
		if v.When != "" {
			c.Add(rule.FaultAlone.At(v.Place))
		}
		rest := p.Split.RestTo.Or(scheme.LargestRemainder)
		if rest != scheme.LargestRemainder && v.Is.Index(rest) < 0 {
			c.Add(scheme.FaultPayer.At(v.Place).Set("who", rest))
		}
	}
}

// AwardInput is what an award is computed from: all rows of the claim year at once, since ceilings and pools need them all.
type AwardInput struct {
	Year    int
	Rows    []FactRow
	Earlier []Earlier
}

// Earlier is what was already paid: Of holds the facts by which ceilings count (the firm, the product).
type Earlier = scheme.Earlier

// Awarded is one row's result.
type Awarded struct {
	Subject
	Computed money.Fen // the rounded amount before ceilings
	Ceiling  money.Fen // after ceilings; where finance decides, the most that it may grant
	Amount   money.Fen // what is paid; 0 while finance has not decided
	Open     bool      // finance has not decided
	Reason   string    // why there is nothing, or why it is open; empty else
	Cite     string    // what the reason rests on
	Cuts     []AwardCut
}

// AwardCut is one ceiling that lowered a row.
type AwardCut struct {
	Cap           *AwardCap
	Of            string    // whose ceiling: the values of the facts that it is per
	Limit         money.Fen // the ceiling
	Paid          money.Fen // what was paid from it earlier
	Sum           money.Fen // what the rows that share it came to
	Before, After money.Fen // this row
}

// AwardRun is an award computed: the rows in the order of their numbers, whatever order they came in.
type AwardRun struct {
	Award  *Award
	Year   int
	Rows   []Awarded
	Total  money.Fen
	Open   money.Fen // ceilings of rows on which finance has not decided
	Payers []PayerPart
	Warned fault.List
}

// PayerPart is what one payer bears.
type PayerPart = scheme.PayerPart
