package sample

import (
	"slices"
	"strconv"

	"ganlan/money"
)

// faulty is a set of plain files being spoilt: one fault in each place, so that a reader must name exactly these.
type faulty struct {
	contracts, ledger, list [][]string
	key                     [][]string // file, row, column and fault of each
}

// Faulty is a set of about a dozen contracts with one fault of each kind, and the key to it: file, row (the titles are
// row 1), column, what is wrong. A contract whose own row is refused has no ledger rows, so that one fault is one line.
func Faulty(seed uint64) []Table {
	f := &faulty{}
	used := f.fill(New(seed, 60, 0))
	f.spoilContracts()
	f.spoilLedger(used)
	f.spoilList()
	return []Table{
		{Name: "contracts", Columns: plainContract, Rows: walk(f.contracts)},
		{Name: "ledger", Columns: plainLedger, Rows: walk(f.ledger)},
		{Name: "list", Columns: plainList, Rows: walk(f.list)},
		{Name: "expected", Columns: []string{"file", "row", "column", "what"}, Rows: walk(f.key)},
	}
}

func walk(rows [][]string) func(func([]string) bool) { return slices.Values(rows) }

// unused is how many contracts at the beginning get no ledger rows: those whose own row will be refused.
const unused = 5

// fill takes twelve good contracts of families that differ and are on the list; it returns the contracts with a ledger.
func (f *faulty) fill(c County) (used []Contract) {
	for i, x := range c.All() {
		if len(f.contracts) == 12 {
			break
		}
		if i%5 == 4 || len(x.Ledger) == 0 || !c.Claimable(x) {
			continue
		}
		f.contracts = append(f.contracts, plainRow(x))
		for _, v := range c.Listed(x.family) {
			f.list = append(f.list, []string{x.HouseholdNo, v.From.String(), v.To.String()})
		}
		if len(f.contracts) > unused {
			used = append(used, x)
		}
	}
	return used
}

// spoil changes one cell and notes it in the key.
func (f *faulty) spoil(file string, rows [][]string, columns []string, row int, column, value, what string) {
	rows[row][slices.Index(columns, column)] = value
	f.note(file, row, column, what)
}

func (f *faulty) note(file string, row int, column, what string) {
	f.key = append(f.key, []string{file, strconv.Itoa(row + 2), column, what})
}

func (f *faulty) spoilContracts() {
	id := f.contracts[0][slices.Index(plainContract, "id_no")]
	wrong := "0"
	if id[17] == '0' {
		wrong = "1"
	}
	for row, c := range []struct{ column, value, what string }{
		{"id_no", id[:17] + wrong, "身份证号校验码不符"},
		{"start", "2024-02-30", "日期不存在"},
		{"end", "2023-10-31", "到期日早于起始日"},
		{"amount", "-80000.00", "金额为负"},
		{"annual_rate", "", "利率为空"},
	} {
		f.spoil("contracts.csv", f.contracts, plainContract, row, c.column, c.value, c.what)
	}
	f.contracts[3][slices.Index(plainContract, "balance")] = ""
	twice := slices.Clone(f.contracts[6])
	twice[slices.Index(plainContract, "amount")] = "470000.00"
	twice[slices.Index(plainContract, "balance")] = ""
	f.contracts = append(f.contracts, twice)
	f.note("contracts.csv", len(f.contracts)-1, "contract_no", "合同号重复")
}

// spoilLedger writes the ledger: a kind that does not exist after the second contract, a repayment of more than is owed
// after the fourth, a contract that does not exist at the end.
func (f *faulty) spoilLedger(used []Contract) {
	add := func(no string, e Entry) {
		f.ledger = append(f.ledger, []string{no, e.Date.String(), string(e.Kind), e.Amount.String()})
	}
	for i, x := range used {
		for _, e := range x.Ledger {
			add(x.No, e)
		}
		last := x.Ledger[len(x.Ledger)-1].Date
		switch i {
		case 1:
			add(x.No, Entry{last, "transfer", 5000 * money.Yuan})
			f.note("ledger.csv", len(f.ledger)-1, "kind", "交易类型不明")
		case 3:
			add(x.No, Entry{last + 1, Repay, balanceAt(x.Ledger, last) + 1000*money.Yuan})
			f.note("ledger.csv", len(f.ledger)-1, "amount", "还款超过余额")
		}
	}
	add("HT9999999999", Entry{yearStart + 100, Draw, 20000 * money.Yuan})
	f.note("ledger.csv", len(f.ledger)-1, "contract_no", "合同不存在")
}

// spoilList turns the interval of the last family round.
func (f *faulty) spoilList() {
	f.spoil("list.csv", f.list, plainList, len(f.list)-1, "valid_to", "2023-01-31", "出库日早于入库日")
}
