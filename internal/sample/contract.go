package sample

import (
	"fmt"

	"ganlan/day"
	"ganlan/money"
)

// Contract is one loan contract with everything that was booked on it.
type Contract struct {
	No, HouseholdNo      string
	IDNo, Name           string
	Branch, BranchShort  string
	Region               string
	Product, ProductCode string
	Purpose              Purpose
	RateBP               int64 // yearly rate in 1/100 per cent
	Status               Status
	Start, End           day.Date
	Amount               money.Fen // the line: the balance never leaves 0 … Amount
	Balance              money.Fen // at the end of Year
	OtherSubsidy         bool
	Ledger               []Entry // by date; of one day, draws first

	family int
}

// Purpose is what a loan is for, in the key of the files.
type Purpose string

// Status is the state of a contract at the end of Year, in the key of the files.
type Status string

// The states of a contract.
const (
	Normal  Status = "normal"
	Settled Status = "settled"
	Overdue Status = "overdue"
)

// product is a product of the bank with the purpose it is meant for.
type product struct {
	name, code string
	purpose    Purpose
}

var (
	series = []product{
		{"共富经营贷", "GF01", "business"},
		{"共富助学贷", "GF02", "education"},
		{"共富助医贷", "GF03", "medical"},
		{"共富安居贷", "GF04", "housing"},
		{"共富稳业贷", "GF05", "employment"},
	}
	strangers = []product{
		{"家庭消费贷", "XF01", "consumption"},
		{"小额信用贷", "XE02", "business"},
	}
)

// The days on which a contract of the sample can begin.
var (
	firstStart = day.Of(2023, 11, 1)
	lastStart  = day.Of(2025, 12, 15)
)

// Contract is contract number i, counted from 0; numbers ascend with i and leave gaps.
func (c County) Contract(i int) Contract {
	s := newStream(c.seed, c.ofBank(forContract), uint64(i))
	h := c.shifted(family(i, s))
	home, members := c.household(h)
	borrower := members[0]
	if s.percent(20) {
		borrower = members[1]
	}
	x := Contract{No: fmt.Sprintf("HT%010d", firstContract+c.bank*perBank+i*9+s.below(9)), HouseholdNo: householdNo(h), family: h,
		IDNo: borrower.id, Name: borrower.name, Region: home.region(c.area), OtherSubsidy: s.percent(3)}
	x.Branch, x.BranchShort = home.branch(c.bank, s.percent(35))
	x.setProduct(s)
	x.setTerms(s)
	x.Ledger = revolve(s, x)
	x.Balance = balanceAt(x.Ledger, yearEnd)
	x.Status = statusOf(x.End, x.Balance, yearEnd)
	return x
}

// household is where a family lives and its two adults.
func (c County) household(h int) (town, [2]person) {
	s := newStream(c.seed, forFamily, uint64(h))
	return town(s.below(len(towns))), [2]person{newPerson(s), newPerson(s)}
}

// setProduct chooses a product of the series for nearly all, and now and then a use that no scheme supports.
func (x *Contract) setProduct(s *stream) {
	p := pick(s, series)
	if s.percent(30) {
		p = series[0]
	}
	if s.percent(2) {
		p = pick(s, strangers)
	}
	x.Product, x.ProductCode, x.Purpose = p.name, p.code, p.purpose
	if s.percent(1) {
		x.Purpose = "consumption"
	}
}

// setTerms chooses amount, rate and dates.
func (x *Contract) setTerms(s *stream) {
	x.Amount = money.Fen(s.between(1, 30)) * 10000 * money.Yuan
	x.RateBP = int64(s.between(300, 380))
	if s.percent(5) {
		x.RateBP = int64(s.between(381, 460))
	}
	x.Start = firstStart + day.Date(s.below(int(lastStart-firstStart)+1))
	x.End = x.Start.AddMonths(pick(s, []int{12, 12, 24, 36}))
}

// statusOf is the status of a contract with this balance at the end of a day.
func statusOf(end day.Date, balance money.Fen, at day.Date) Status {
	switch {
	case end > at:
		return Normal
	case balance > 0:
		return Overdue
	default:
		return Settled
	}
}
