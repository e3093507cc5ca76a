package claim

import (
	"cmp"

	"ganlan/day"
	"ganlan/money"
	"ganlan/scheme"
	"ganlan/subsidy"
)

// Difference is one figure of the bank's that is not ours.
type Difference struct {
	Contract, Note string
	Figure         string // cumulative or subsidy
	Bank, Ours     int64  // fen-days or fen
}

// Tolerance is how far a bank's amount may be off before it is listed: what the scheme says for each settlement, else 0.01
// yuan (OP-03).
func Tolerance(s *scheme.Scheme) money.Fen {
	t, ok := s.Terms["recon_tolerance"]
	var f money.Fen
	if !ok || !t.Given() || f.UnmarshalText([]byte(t.First().Is)) != nil || f < 0 {
		return 1
	}
	return f
}

// Differences compares the bank's own figures of one contract with the sum of its rows: the cumulative balance to the
// fen-day, the subsidy within the tolerance for each settlement of the year that the contract sees. A bank that gives no
// figure is not compared.
func Differences(p *subsidy.Plan, each money.Fen, rows []subsidy.Row) (out []Difference) {
	c := &rows[0].Facts.Contract
	var days int64
	var amount money.Fen
	for i := range rows {
		days += rows[i].BalanceDays
		amount += rows[i].Amount
	}
	if c.BankCumulative.OK && c.BankCumulative.Value != days {
		out = append(out, Difference{Contract: c.No, Figure: "cumulative", Bank: c.BankCumulative.Value, Ours: days})
	}
	if d := c.BankSubsidy.Value - amount; c.BankSubsidy.OK && max(d, -d) > each && max(d, -d) > each*settlements(p, rows) {
		out = append(out, Difference{Contract: c.No, Figure: "subsidy", Bank: int64(c.BankSubsidy.Value), Ours: int64(amount)})
	}
	return out
}

// settlements are how many times the bank settles the contract in the year.
func settlements(p *subsidy.Plan, rows []subsidy.Row) money.Fen {
	first, last := p.Span.Until-1, p.Span.From
	for i := range rows {
		closed := cmp.Or(rows[i].Closed, day.None)
		if closed == day.None {
			closed = p.Span.Until
		}
		if rows[i].Drawn != day.None {
			first, last = min(first, rows[i].Drawn), max(last, closed-1)
		}
	}
	first, last = max(first, p.Span.From), min(last, p.Span.Until-1)
	return money.Fen(max(p.Period(last)-p.Period(first), 0) + 1)
}
