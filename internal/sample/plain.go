package sample

import (
	"iter"

	"ganlan/day"
	"ganlan/money"
)

// Columns of the plain files: English keys, yuan with two decimals, per cent, ISO dates.
var (
	plainContract = []string{"contract_no", "household_no", "id_type", "id_no", "name", "branch", "branch_name", "region_code",
		"product", "product_code", "purpose", "annual_rate", "status", "start", "end", "amount", "balance", "other_subsidy",
		"bank_cumulative", "bank_subsidy"}
	plainLedger = []string{"contract_no", "date", "kind", "amount"}
	plainList   = []string{"household_no", "valid_from", "valid_to"}
)

// citizen is the type of identity paper of every family.
const citizen = "居民身份证"

// Plain is the county as the program's own files: contracts, ledger and list. The bank's figures stay empty.
func (c County) Plain() []Table {
	return []Table{
		{Name: "contracts", Columns: plainContract, Rows: c.plainContracts()},
		{Name: "ledger", Columns: plainLedger, Rows: c.plainEntries()},
		{Name: "list", Columns: plainList, Rows: c.plainIntervals()},
	}
}

func (c County) plainContracts() iter.Seq[[]string] {
	return func(yield func([]string) bool) {
		for _, x := range c.All() {
			if !yield(plainRow(x)) {
				return
			}
		}
	}
}

func plainRow(x Contract) []string {
	other := "0"
	if x.OtherSubsidy {
		other = "1"
	}
	return []string{x.No, x.HouseholdNo, citizen, x.IDNo, x.Name, x.Branch, x.BranchShort, x.Region, x.Product, x.ProductCode,
		string(x.Purpose), percentText(x.RateBP), string(x.Status), x.Start.String(), x.End.String(), x.Amount.String(),
		x.Balance.String(), other, "", ""}
}

func (c County) plainEntries() iter.Seq[[]string] {
	return func(yield func([]string) bool) {
		row := make([]string, len(plainLedger))
		for _, x := range c.All() {
			for _, e := range x.Ledger {
				row[0], row[1], row[2], row[3] = x.No, e.Date.String(), string(e.Kind), e.Amount.String()
				if !yield(row) {
					return
				}
			}
		}
	}
}

func (c County) plainIntervals() iter.Seq[[]string] { return c.intervals(day.Date.String) }

// intervals walks the list with its dates written by text, which writes day.Open as nothing.
func (c County) intervals(text func(day.Date) string) iter.Seq[[]string] {
	return func(yield func([]string) bool) {
		for h := range c.families {
			for _, i := range c.Listed(h) {
				if !yield([]string{householdNo(h), text(i.From), text(i.To)}) {
					return
				}
			}
		}
	}
}

// percentText is a rate of 1/100 per cent in per cent: 3.65.
func percentText(bp int64) string { return money.Fen(bp).String() }
