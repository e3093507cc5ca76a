package risk

import (
	"slices"

	"ganlan/fault"
	"ganlan/figure"
	"ganlan/rule"
	"ganlan/scheme"
)

// Fund is a risk fund: what it is kept apart by, what it allows to be lent, how large it must be, and how a compensation is
// paid when it is short (PX6-4.8, PX8-3.1.2c, PX8-3.2.2, PX3-3.5.1, OP-58).
type Fund struct {
	scheme.Head
	Accounts map[string]scheme.Words `rule:"accounts"` // sub-accounts by key
	Keep     rule.Single[[]Apart]    `rule:"keep"`     // by what the money is kept apart; one pot when not written
	Figures  figure.Figures          `rule:"figures"`
	Room     string                  `rule:"room"` // the figure that is the room for lending, where there is a hard ceiling
	Checks   []FundCheck             `rule:"checks"`
	Short    rule.Single[Short]      `rule:"short,need"`

	program *figure.Program
}

// FundCheck is what must hold of the fund. What does not is an alarm.
type FundCheck struct {
	scheme.Requirement
	Of   Of   `rule:"of"`
	Then Then `rule:"then,need"`
}

// Words of a fund scheme.
type (
	Apart string
	Of    string
	Then  string
	Short string
)

// What a fund's money is kept apart by.
const (
	ByAccount Apart = "account"
	ByBank    Apart = "bank"
)

// Whether a check looks at the whole fund or at every pot of it.
const (
	OfWhole Of = "whole"
	OfEach  Of = "each"
)

// What a check that does not hold does: it tells, or it stops new lending.
const (
	ThenAlarm Then = "alarm"
	ThenBlock Then = "block"
)

// How a compensation is paid that the pot cannot cover: it waits until all of it can be paid, or has what there is at once.
const (
	PayWhole Short = "whole"
	PayPart  Short = "part"
)

// Known lists the words.
func (Apart) Known() []string { return []string{string(ByAccount), string(ByBank)} }

// Known lists the words.
func (Of) Known() []string { return []string{string(OfWhole), string(OfEach)} }

// Known lists the words.
func (Then) Known() []string { return []string{string(ThenAlarm), string(ThenBlock)} }

// Known lists the words.
func (Short) Known() []string { return []string{string(PayWhole), string(PayPart)} }

// ledgerFacts are what every fund knows of itself, for its figures.
var ledgerFacts = figure.Facts{
	{Key: "balance", Type: figure.Money, Zh: "余额", En: "balance"},
	{Key: "paid_in", Type: figure.Money, Zh: "累计存入", En: "paid in so far"},
	{Key: "compensated", Type: figure.Money, Zh: "累计补偿", En: "compensated so far"},
	{Key: "recovered", Type: figure.Money, Zh: "累计收回", En: "recovered so far"},
	{Key: "refilled", Type: figure.Money, Zh: "累计补足", En: "refilled so far"},
	{Key: "interest", Type: figure.Money, Zh: "累计利息", En: "interest so far"},
	{Key: "withdrawn", Type: figure.Money, Zh: "累计退出", En: "withdrawn so far"},
	{Key: "waiting", Type: figure.Money, Zh: "待付补偿", En: "compensation waiting"},
}

// Check makes figures and conditions ready.
func (s *Fund) Check(c *scheme.Checker) {
	if s.apart(ByAccount) != (len(s.Accounts) > 0) {
		c.Add(rule.FaultMissing.At(fault.Place{File: c.File}).Set("key", "accounts / keep: [account]"))
	}
	if s.program = compile(c, slices.Concat(ledgerFacts, s.Facts), s.Figures); s.program == nil {
		return
	}
	if s.Room != "" {
		named(c, s.program, "room", s.Room, figure.Money)
	}
	for i := range s.Checks {
		if x := &s.Checks[i]; x.Of == OfEach && len(s.Keep.Or(nil)) == 0 {
			c.Add(rule.FaultMissing.At(c.At(x.Place)).Set("key", "keep"))
		}
		c.Faults = append(c.Faults, s.Checks[i].Compile(s.program)...)
	}
}

// apart reports whether the money is kept apart by something.
func (s *Fund) apart(by Apart) bool {
	for _, x := range s.Keep.Or(nil) {
		if x == by {
			return true
		}
	}
	return false
}

// Words are all values of the scheme in words.
func (s *Fund) Words() []scheme.Line {
	return scheme.Lines(func(add scheme.Add) {
		scheme.Say(add, "keep", &s.Keep.Value, apartWords)
		for _, k := range sorted(s.Accounts) {
			add("accounts."+k, s.Accounts[k], s.Keep.First().Cite)
		}
		figureWords(add, s.program, s.Figures)
		for i := range s.Checks {
			x := &s.Checks[i]
			then := map[Then]scheme.Words{ThenAlarm: {Zh: "（不符即提示）", En: " (else an alarm)"}, ThenBlock: {Zh: "（不符即停止新放贷款）", En: " (else no new loans)"}}[x.Then]
			add("checks."+x.Code, scheme.Words{Zh: x.Zh + then.Zh, En: x.En + then.En}, x.Cite)
		}
		scheme.Say(add, "short", &s.Short.Value, func(x Short) scheme.Words { return shortWords[x] })
	})
}

// apartWords are what the money is kept apart by.
func apartWords(list []Apart) scheme.Words {
	var zh, en []string
	for _, x := range list {
		w := map[Apart]scheme.Words{ByAccount: {Zh: "分账户", En: "by account"}, ByBank: {Zh: "分银行", En: "by bank"}}[x]
		zh, en = append(zh, w.Zh), append(en, w.En)
	}
	return scheme.Words{Zh: listWords(zh).Zh, En: listWords(en).En}
}

var shortWords = map[Short]scheme.Words{
	PayWhole: {Zh: "资金不足时按认定先后等候，够付全额时支付", En: "when the fund is short, compensations wait in the order of decision until all of one can be paid"},
	PayPart:  {Zh: "资金不足时按认定先后，先付能付的部分", En: "when the fund is short, compensations are paid in the order of decision with what there is"},
}
