package bankfile

import (
	"strconv"

	"ganlan/household"
	"ganlan/loan"
	"ganlan/money"
)

// getter gives what a record holds as the text that its reader takes for the same value; empty is not given.
type getter[T any] func(*T) string

// The tables below are the reverse of the setters: a value that is written by its getter is read again as itself.
var contractGetters = map[string]getter[contractLine]{
	"contract_no":   func(x *contractLine) string { return x.No },
	"household_no":  func(x *contractLine) string { return x.Household },
	"id_type":       func(x *contractLine) string { return x.IDType },
	"id_no":         func(x *contractLine) string { return x.IDNo },
	"name":          func(x *contractLine) string { return x.Name },
	"branch":        func(x *contractLine) string { return x.Branch },
	"branch_name":   func(x *contractLine) string { return x.BranchName },
	"region_code":   func(x *contractLine) string { return x.Region },
	"product":       func(x *contractLine) string { return x.Product },
	"product_code":  func(x *contractLine) string { return x.ProductCode },
	"purpose":       func(x *contractLine) string { return x.Purpose },
	"annual_rate":   func(x *contractLine) string { return rateWords(x.Rate, x.Pricing) },
	"status":        func(x *contractLine) string { return x.Status },
	"start":         func(x *contractLine) string { return x.Start.String() },
	"end":           func(x *contractLine) string { return x.End.String() },
	"amount":        func(x *contractLine) string { return x.Amount.String() },
	"balance":       func(x *contractLine) string { return fenText(x.Balance) },
	"other_subsidy": func(x *contractLine) string { return yesText(x.OtherSubsidy) },
	"bank_cumulative": func(x *contractLine) string {
		return fenText(loan.Given[money.Fen]{Value: money.Fen(x.BankCumulative.Value), OK: x.BankCumulative.OK})
	},
	"bank_subsidy": func(x *contractLine) string { return fenText(x.BankSubsidy) },
	"jobs":         func(x *contractLine) string { return countText(x.Jobs) },
	"employees":    func(x *contractLine) string { return countText(x.Employees) },
	"households":   func(x *contractLine) string { return countText(x.Households) },
	"account":      func(x *contractLine) string { return x.Account },
	"grade":        func(x *contractLine) string { return x.Grade },
	"sex":          func(x *contractLine) string { return x.sex.String() },
	"birth":        func(x *contractLine) string { return x.birth.String() },
	"term":         func(x *contractLine) string { return x.term.String() },
}

var ledgerGetters = map[string]getter[ledgerLine]{
	"contract_no": func(x *ledgerLine) string { return x.contract },
	"note_no":     func(x *ledgerLine) string { return x.Note },
	"date":        func(x *ledgerLine) string { return x.Date.String() },
	"kind":        func(x *ledgerLine) string { return x.Kind.String() },
	"amount":      func(x *ledgerLine) string { return fenText(loan.Given[money.Fen]{Value: x.Amount, OK: x.Amount != 0}) },
	"new_end":     func(x *ledgerLine) string { return x.NewEnd.String() },
}

var noteGetters = map[string]getter[noteLine]{
	"contract_no": func(x *noteLine) string { return x.contract },
	"note_no":     func(x *noteLine) string { return x.No },
	"start":       func(x *noteLine) string { return x.Start.String() },
	"end":         func(x *noteLine) string { return x.End.String() },
	"amount":      func(x *noteLine) string { return x.Amount.String() },
}

var feeGetters = map[string]getter[feeLine]{
	"contract_no":  func(x *feeLine) string { return x.contract },
	"note_no":      func(x *feeLine) string { return x.Note },
	"guarantee_no": func(x *feeLine) string { return x.GuaranteeNo },
	"fee_rate": func(x *feeLine) string {
		if !x.Rate.OK {
			return ""
		}
		return x.Rate.Value.String()
	},
	"fee":        func(x *feeLine) string { return x.Fee.Fee.String() },
	"refund":     func(x *feeLine) string { return x.Refund.String() },
	"paid":       func(x *feeLine) string { return x.Paid.String() },
	"cover_from": func(x *feeLine) string { return x.Cover.From.String() },
	"cover_to":   func(x *feeLine) string { return x.last.String() },
}

var listGetters = map[string]getter[listLine]{
	"household_no": func(x *listLine) string { return x.no },
	"valid_from":   func(x *listLine) string { return x.from.String() },
	"valid_to":     func(x *listLine) string { return x.to.String() },
}

var historyGetters = map[string]getter[household.Paid]{
	"household_no": func(x *household.Paid) string { return x.Household },
	"scheme":       func(x *household.Paid) string { return x.Scheme },
	"year":         func(x *household.Paid) string { return strconv.Itoa(x.Year) },
	"paid":         func(x *household.Paid) string { return money.Fen(x.Amount).String() },
}

var approvalGetters = map[string]getter[Approval]{
	"household_no": func(x *Approval) string { return x.Household },
	"money":        func(x *Approval) string { return x.Money.String() },
	"reason":       func(x *Approval) string { return x.Reason },
}

func fenText(g loan.Given[money.Fen]) string {
	if !g.OK {
		return ""
	}
	return g.Value.String()
}

func countText(g loan.Given[int64]) string {
	if !g.OK {
		return ""
	}
	return strconv.FormatInt(g.Value, 10)
}

func yesText(g loan.Given[bool]) string {
	switch {
	case !g.OK:
		return ""
	case g.Value:
		return "1"
	}
	return "0"
}

// rateWords is a rate as its reader takes it, or what it is written upon.
func rateWords(r money.Rate, p *loan.Pricing) string {
	if p == nil {
		return r.String()
	}
	return p.String()
}

func (s sex) String() string { return [...]string{"", "male", "female"}[s] }

func (x term) String() string {
	switch {
	case x.months > 0:
		return strconv.Itoa(int(x.months))
	case x.days > 0:
		return strconv.Itoa(int(x.days)) + "天"
	}
	return ""
}

// equal reports whether two rows of contracts say the same.
func (x *contractLine) equal(y *contractLine) bool {
	for _, get := range contractGetters {
		if get(x) != get(y) {
			return false
		}
	}
	if len(x.Facts) != len(y.Facts) {
		return false
	}
	for key, v := range x.Facts {
		if w, ok := y.Facts[key]; !ok || v.String() != w.String() {
			return false
		}
	}
	return true
}
