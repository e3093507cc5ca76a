package claim

import (
	"ganlan/fault"
	"ganlan/loan"
	"ganlan/money"
	"ganlan/subsidy"
)

// FaultBalance is a balance by the bank's books that its ledger does not lead to.
var FaultBalance = &fault.Def{Code: "BALANCE_DIFFERS", Warning: true,
	What:   "合同 {contract} 银行所报余额 {bank} 元，按流水年末应为 {ours} 元（流水末日为 {last} 元）",
	Do:     "请银行核对余额或补报流水；贴息按流水计算",
	WhatEn: "contract {contract}: the bank states a balance of {bank}, its ledger leads to {ours} at the end of the year ({last} at its own end)",
	DoEn:   "ask the bank to check the balance or to add ledger lines; the subsidy is counted on the ledger"}

// CheckBalance compares the bank's balance of one contract with what its ledger leads to, at the end of the claim year or at
// the ledger's own end, since a bank may export later. It is nil when they agree, or when the bank gives none.
func CheckBalance(rows []subsidy.Row) *fault.Fault {
	f := rows[0].Facts
	c := &f.Contract
	if !c.Balance.OK {
		return nil
	}
	var ours, last money.Fen
	for i := range rows {
		ours += rows[i].YearEnd
		last += rows[i].DrawnAmount
	}
	for i := range f.Entries {
		if f.Entries[i].Kind == loan.Repayment {
			last -= f.Entries[i].Amount
		}
	}
	if b := c.Balance.Value; b == ours || b == last {
		return nil
	}
	return FaultBalance.At(fault.Place{Row: c.Row}).Set("contract", c.No).Set("bank", c.Balance.Value.Grouped()).
		Set("ours", ours.Grouped()).Set("last", last.Grouped())
}
