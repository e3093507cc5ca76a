package sample

import (
	"slices"
	"strconv"

	"ganlan/day"
)

// Columns of the guarantee example.
var (
	guaranteeContract = []string{"contract_no", "household_no", "id_type", "id_no", "name", "branch", "branch_name", "region_code",
		"product", "product_code", "purpose", "annual_rate", "status", "start", "end", "amount", "balance", "other_subsidy",
		"jobs", "employees"}
	guaranteeLedger = []string{"contract_no", "note_no", "date", "kind", "amount", "new_end"}
	guaranteeNote   = []string{"contract_no", "note_no", "start", "end", "amount"}
	guaranteeFee    = []string{"contract_no", "note_no", "guarantee_no", "fee_rate", "fee", "refund", "paid", "cover_from",
		"cover_to"}
)

// Guarantee is the example of guaranteed loans: contracts, notes, fees, ledger and list. Each of the county's contracts
// is replaced by a guaranteed one.
func (c County) Guarantee() []Table {
	var contracts, notes, fees, ledger, list [][]string
	for i := range c.contracts {
		g, known := c.seenGuaranteed(i)
		if !known {
			continue
		}
		contracts = append(contracts, g.row())
		for _, n := range g.Notes {
			notes = append(notes, []string{g.No, n.No, n.Start.String(), n.End.String(), n.Amount.String()})
			fees = append(fees, n.Fee.row(g.No, n.No))
		}
		ledger = append(ledger, g.ledger()...)
		if !g.Entity {
			list = append(list, c.earlier(i)...)
		}
	}
	return []Table{
		{Name: "contracts", Columns: guaranteeContract, Rows: walk(contracts)},
		{Name: "notes", Columns: guaranteeNote, Rows: walk(notes)},
		{Name: "fees", Columns: guaranteeFee, Rows: walk(fees)},
		{Name: "ledger", Columns: guaranteeLedger, Rows: walk(ledger)},
		{Name: "list", Columns: plainList, Rows: walk(list)},
	}
}

// earlier is the list of family h with its beginning three months before, because guaranteed loans began before the rest.
func (c County) earlier(h int) (rows [][]string) {
	for k, v := range c.Listed(h) {
		if k == 0 {
			v.From = v.From.AddMonths(-3)
		}
		rows = append(rows, []string{householdNo(h), v.From.String(), v.To.String()})
	}
	return rows
}

func (g Guaranteed) row() []string {
	row := plainRow(g.Contract)[:len(guaranteeContract)-2]
	row[slices.Index(guaranteeContract, "id_type")] = g.IDType
	if !g.Entity {
		return append(row, "", "")
	}
	return append(row, strconv.Itoa(g.Jobs), strconv.Itoa(g.Employees))
}

// ledger is the contract's bookings by date; of one day, draws first, then an extension, then repayments.
func (g Guaranteed) ledger() [][]string {
	var rows [][]string
	add := func(note string, e Entry, newEnd day.Date) {
		rows = append(rows, []string{g.No, note, e.Date.String(), string(e.Kind), e.Amount.String(), newEnd.String()})
	}
	for _, n := range g.Notes {
		add(n.No, Entry{n.Start, Draw, n.Amount}, day.None)
		if agreed := n.End - extensionAhead; n.Extended != day.None && agreed <= Export {
			add(n.No, Entry{agreed, "extension", n.Amount}, n.Extended)
		}
		for _, e := range n.Repaid {
			add(n.No, e, day.None)
		}
	}
	slices.SortStableFunc(rows, func(a, b []string) int { return slices.Compare(a[2:4], b[2:4]) })
	return rows
}

func (f Fee) row(contract, note string) []string {
	return []string{contract, note, f.No, percentText(f.RateBP), f.Fee.String(), f.Refund.String(), f.Paid.String(),
		f.From.String(), f.To.String()}
}
