package claim

import (
	"ganlan/money"
	"ganlan/subsidy"
)

// Difference is one figure of the bank's that is not ours.
type Difference struct {
	Contract, Note string
	Figure         string // cumulative or subsidy
	Bank, Ours     int64  // fen-days or fen
}

// tolerance is how far a bank's amount may be off before it is listed: 0.01 yuan (OP-03).
const tolerance = 1

// Differences compares the bank's own figures of one contract with the sum of its rows. A bank that gives no figure is not
// compared.
func Differences(rows []subsidy.Row) (out []Difference) {
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
	if d := c.BankSubsidy.Value - amount; c.BankSubsidy.OK && (d > tolerance || d < -tolerance) {
		out = append(out, Difference{Contract: c.No, Figure: "subsidy", Bank: int64(c.BankSubsidy.Value), Ours: int64(amount)})
	}
	return out
}
