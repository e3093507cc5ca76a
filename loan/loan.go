// Package loan is what a bank lent: contracts, notes, ledger, and what is owed at the end of each day.
// It refuses a repayment above what is owed and a note that no draw belongs to; it knows no policy.
package loan

import (
	"ganlan/day"
	"ganlan/figure"
	"ganlan/money"
)

// Contract is a loan contract as the bank reports it. Texts that the file does not give are empty, counts are None.
type Contract struct {
	No, Household                 string
	IDType, IDNo, Name            string
	Branch, BranchName, Region    string
	Product, ProductCode, Purpose string
	Status, Grade                 string // Grade is the bank's five-grade class
	Account                       string
	Rate                          money.Rate // a year
	Pricing                       *Pricing   // when the rate is written upon a published one, else nil; Rate follows from it
	Start, End                    day.Date   // End is the due day: the first day on which what is left is overdue
	Amount                        money.Fen
	Balance                       Given[money.Fen]
	OtherSubsidy                  Given[bool]
	Jobs, Employees, Households   Given[int64]
	BankCumulative                Given[int64] // fen-days by the bank's own reckoning
	BankSubsidy                   Given[money.Fen]
	Facts                         figure.Row // facts that the scheme declares, as far as the file gives them
	Row                           int
}

// Given is a value that a file may leave out.
type Given[T any] struct {
	Value T
	OK    bool
}

// Give is a value that was given.
func Give[T any](v T) Given[T] { return Given[T]{v, true} }

// Branch or name, whichever the file gives.
func (c *Contract) BranchKey() string {
	if c.Branch != "" {
		return c.Branch
	}
	return c.BranchName
}

// Term is the contract's life, from its start to its due day.
func (c *Contract) Term() day.Span { return day.Span{From: c.Start, Until: c.End} }

// Kind is what a ledger line does. The order of the kinds is their order within one day.
type Kind uint8

// Kinds of ledger line.
const (
	Drawdown Kind = iota
	Deferral
	Extension
	Overdue
	Repayment
)

// String is the kind's name, as ledgers write it.
func (k Kind) String() string {
	return [...]string{"drawdown", "deferral", "extension", "overdue", "repayment"}[k]
}

// Entry is one ledger line. Amount 0 means all, where the kind allows it.
type Entry struct {
	Note   string
	Amount money.Fen
	Date   day.Date
	NewEnd day.Date // deferral, extension: the new due day
	Row    int
	Kind   Kind
}

// Note is a draw with a life of its own (借据).
type Note struct {
	No         string
	Start, End day.Date
	Amount     money.Fen
	Row        int
}

// Fee is a guarantee fee paid by the borrower.
type Fee struct {
	Note, GuaranteeNo string
	Rate              Given[money.Rate]
	Fee, Refund       money.Fen
	Paid              day.Date
	Cover             day.Span
	Row               int
}
