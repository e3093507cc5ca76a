package sample

import (
	"fmt"
	"iter"

	"ganlan/day"
	"ganlan/money"
)

// Columns of the files as a rural bank exports them.
var (
	bankContract = []string{"合同号", "家庭编号", "证件类型", "证件号码", "姓名", "归属机构", "机构简称", "专项贷款类型", "产品码", "贷款用途",
		"已享受其他贴息", "合同利率", "合同状态", "合同起始日期", "合同到期日期", "合同金额", "贷款余额", "每日贷款余额累计", "贴息金额"}
	bankLedger = []string{"合同号", "交易日期", "摘要", "金额"}
	bankList   = []string{"家庭编号", "入库日期", "出库日期"}
)

// The bank's words for the keys.
var (
	purposeWord = map[Purpose]string{"business": "生产经营", "education": "教育", "medical": "医疗", "housing": "住房",
		"employment": "就业", "consumption": "日常消费"}
	statusWord = map[Status]string{Normal: "正常", Settled: "结清", Overdue: "逾期"}
	kindWord   = map[Kind]string{Draw: "放款", Repay: "还款"}
)

// BankStyle is the county as its bank exports it: Chinese titles and words, a title and a unit line above, thousands
// separated, dates like 2024/1/18, a closing 合计. Claimable contracts carry the bank's own figures, with the given slips.
// The bank's sheets do not name the township.
func (c County) BankStyle(slips map[int]Mistake) []Table {
	var claimed claimSum
	var booked money.Fen
	return []Table{
		{Name: "contracts", CRLF: true, Columns: bankContract, Rows: c.bankContracts(slips, &claimed), Total: claimed.row,
			Above: heading(Bank+"2025年度“共富”系列贷款投放明细表", len(bankContract))},
		{Name: "ledger", CRLF: true, Columns: bankLedger, Rows: c.bankEntries(&booked),
			Total: func() []string { return []string{"合计", "", "", booked.Grouped()} },
			Above: heading(Bank+"“共富”系列贷款流水", len(bankLedger))},
		{Name: "list", CRLF: true, Columns: bankList, Rows: c.intervals(slashed)},
	}
}

// heading is the title and the unit line, filled up to the width of the table as spreadsheets do.
func heading(title string, width int) [][]string {
	lines := [][]string{make([]string, width), make([]string, width)}
	lines[0][0], lines[1][0] = title, "单位：元"
	return lines
}

// claimSum is what the closing line of the contracts states: amount, balance, cumulative balance, subsidy. The rows add
// to it while they are walked.
type claimSum [4]money.Fen

func (s *claimSum) row() []string {
	row := make([]string, len(bankContract)-len(s), len(bankContract))
	row[0] = "合计"
	for _, f := range s {
		row = append(row, f.Grouped())
	}
	return row
}

func (s *claimSum) add(x Contract, f Figure) {
	for i, n := range []money.Fen{x.Amount, x.Balance, money.Fen(f.Cumulative), f.Subsidy} {
		s[i] += n
	}
}

func (c County) bankContracts(slips map[int]Mistake, sum *claimSum) iter.Seq[[]string] {
	return func(yield func([]string) bool) {
		*sum = claimSum{}
		for i, x := range c.All() {
			var f Figure
			stated := []string{"", ""}
			if c.Claimable(x) {
				f = x.Figure(slips[i])
				stated = []string{money.Fen(f.Cumulative).Grouped(), f.Subsidy.Grouped()}
			}
			sum.add(x, f)
			if !yield(append(bankRow(x), stated...)) {
				return
			}
		}
	}
}

// bankRow is a contract without the bank's two figures.
func bankRow(x Contract) []string {
	return []string{x.No, x.HouseholdNo, citizen, x.IDNo, x.Name, x.Branch, x.BranchShort, x.Product, x.ProductCode,
		purposeWord[x.Purpose], yesNo(x.OtherSubsidy), percentText(x.RateBP), statusWord[x.Status], slashed(x.Start), slashed(x.End),
		x.Amount.Grouped(), x.Balance.Grouped()}
}

func yesNo(yes bool) string {
	if yes {
		return "是"
	}
	return "否"
}

func (c County) bankEntries(booked *money.Fen) iter.Seq[[]string] {
	return func(yield func([]string) bool) {
		*booked = 0
		row := make([]string, len(bankLedger))
		for _, x := range c.All() {
			for _, e := range x.Ledger {
				*booked += e.Amount
				row[0], row[1], row[2], row[3] = x.No, slashed(e.Date), kindWord[e.Kind], e.Amount.Grouped()
				if !yield(row) {
					return
				}
			}
		}
	}
}

// slashed is a date as spreadsheets show it, 2024/1/18; nothing for day.Open.
func slashed(d day.Date) string {
	if d == day.Open {
		return ""
	}
	y, m, dom := d.Civil()
	return fmt.Sprintf("%d/%d/%d", y, m, dom)
}
