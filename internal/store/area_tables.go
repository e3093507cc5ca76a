package store

import (
	"ganlan/day"
	"ganlan/money"
)

// Intervals are the days on which households are on an area's name list.
var Intervals = &AreaTable[day.Span]{Name: "list_interval", columns: "valid_from, valid_to",
	cells: func(s day.Span) []any { return []any{dayText(s.From), lastDay(s)} },
	into: func(s *day.Span) ([]any, func()) {
		var first, last day.Date
		return []any{dayInto(&first), dayInto(&last)}, func() { *s = day.Through(first, last) }
	}}

// lastDay is the last day of a span as a list gives it, empty for none.
func lastDay(s day.Span) string {
	if s.Until == day.Open {
		return ""
	}
	return dayText(s.Until - 1)
}

// Paid is what a household was paid for a year before.
type Paid struct {
	Scheme string
	Year   int
	Amount money.Fen
}

// PaidBefore is what an area's households were paid in former years.
var PaidBefore = &AreaTable[Paid]{Name: "paid_before", columns: "scheme, year, amount",
	cells: func(p Paid) []any { return []any{p.Scheme, p.Year, int64(p.Amount)} },
	into:  func(p *Paid) ([]any, func()) { return []any{&p.Scheme, &p.Year, &p.Amount}, func() {} }}

// Approval is a cap that an area allows a household to exceed, with its reason.
type Approval struct {
	Money  money.Fen
	Reason string
}

// Approvals are an area's approved exceedances.
var Approvals = &AreaTable[Approval]{Name: "approval", columns: "amount, reason",
	cells: func(a Approval) []any { return []any{int64(a.Money), a.Reason} },
	into:  func(a *Approval) ([]any, func()) { return []any{&a.Money, &a.Reason}, func() {} }}
