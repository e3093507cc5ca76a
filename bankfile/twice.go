package bankfile

import (
	"ganlan/fault"
	"ganlan/loan"
)

// twice judges a contract number that stands twice: a whole row repeated is taken once and told, any other is refused (E1,
// E4).
func (p *Parser) twice(c *contractLine, row int) {
	t := p.contracts.table
	before := len(t.faults)
	c.IDNo = t.checkID(c.IDType, c.IDNo)
	t.faults = t.faults[:before]
	if c.equal(&p.first) && !p.contracts.bad {
		t.tell(FaultRowRepeated, t.layout.Keys[t.layout.key]).Set("row", t.layout.rowName(row))
		return
	}
	t.tell(FaultDuplicate, t.layout.Keys[t.layout.key]).Set("contract", c.No).Set("row", t.layout.rowName(row))
}

// addNote takes a note; its number may stand once in a contract.
func (p *Parser) addNote(n loan.Note) {
	for _, m := range p.x.Notes {
		if m.No != n.No {
			continue
		}
		row := m.Row
		m.Row = n.Row
		if m == n {
			p.notes.tell(FaultRowRepeated, "note_no").Set("row", p.notes.layout.rowName(row))
		} else {
			p.notes.tell(FaultNoteTwice, "note_no").Set("note", n.No).Set("row", p.notes.layout.rowName(row))
			p.skip = true
		}
		return
	}
	p.x.Notes = append(p.x.Notes, n)
}

// addFee takes a fee; a whole row repeated is taken once and told.
func (p *Parser) addFee(f loan.Fee) {
	for _, g := range p.x.Fees {
		row := g.Row
		if g.Row = f.Row; g == f {
			p.fees.tell(FaultRowRepeated, "fee").Set("row", p.fees.layout.rowName(row))
			return
		}
	}
	p.x.Fees = append(p.x.Fees, f)
}

// nearLines is how many earlier lines of a contract a ledger line is compared with.
const nearLines = 16

// addEntry takes a ledger line. Two equal lines are both taken, for two equal draws a day are two draws; they are told.
func (p *Parser) addEntry(e *loan.Entry) {
	for i := len(p.x.Entries) - 1; i >= 0 && i >= len(p.x.Entries)-nearLines; i-- {
		x := &p.x.Entries[i]
		if x.Date == e.Date && x.Amount == e.Amount && x.Kind == e.Kind && x.Note == e.Note && x.NewEnd == e.NewEnd {
			p.ledger.tell(FaultLineRepeated, "amount").Set("row", p.ledger.layout.rowName(x.Row))
			break
		}
	}
	p.x.Entries = append(p.x.Entries, *e)
}

// Classes of fault of rows that stand twice or contradict each other.
var (
	FaultRowRepeated = &fault.Def{Code: "ROW_REPEATED", Warning: true, What: "该行与第{row}行完全相同，只计一次", Do: "如确为两笔，请用不同编号区分",
		WhatEn: "the row repeats row {row} and is taken once", DoEn: "if there are two, give them different numbers"}
	FaultLineRepeated = &fault.Def{Code: "LINE_REPEATED", Warning: true, What: "该流水与第{row}行完全相同，两行都已计入", Do: "如为重复导出，请删去一行",
		WhatEn: "the line equals row {row}; both are taken", DoEn: "if it was exported twice, remove one"}
	FaultListRepeated = &fault.Def{Code: "LIST_REPEATED", Warning: true, What: "名单有 {n} 行与别的行完全相同（此为第一处），只计一次", Do: "确认不是漏写了别的家庭",
		WhatEn: "{n} lines of the list repeat others exactly (this is the first) and are taken once", DoEn: "make sure that no other household was meant"}
	FaultNoteTwice = &fault.Def{Code: "NOTE_TWICE", What: "借据号 {note} 在同一合同中重复（另见第{row}行）", Do: "删除重复行，或改正借据号",
		WhatEn: "note {note} stands twice in one contract (see row {row})", DoEn: "remove one row or correct the number"}
	FaultTwoNames = &fault.Def{Code: "ID_TWO_NAMES", Warning: true, What: "同一证件号码与第{row}行姓名不同", Do: "对照证件核对两行的姓名和号码",
		WhatEn: "the id number has another name in row {row}", DoEn: "compare both rows with the document"}
	FaultTwoNumbers = &fault.Def{Code: "NAME_TWO_IDS", Warning: true, What: "同一户的同一姓名与第{row}行证件号码不同", Do: "对照证件核对两行的号码；如为同名两人可忽略",
		WhatEn: "the same name of the same household has another id number in row {row}", DoEn: "compare both rows with the documents; ignore it for namesakes"}
	FaultTwoOwners = &fault.Def{Code: "ACCOUNT_TWO_NAMES", Warning: true, What: "同一账号与第{row}行户名不同", Do: "核对账号归属，防止发错账户",
		WhatEn: "the account belongs to another name in row {row}", DoEn: "find out whose account it is"}
	FaultMoreConflicts = &fault.Def{Code: "CONFLICTS_MORE", Warning: true, What: "另有 {n} 行同类问题（{code}）未逐条列出", Do: "改正后再查一次",
		WhatEn: "{n} more rows of the kind {code} are not listed one by one", DoEn: "correct the listed rows and check again"}
	FaultNotCompared = &fault.Def{Code: "PEOPLE_NOT_COMPARED", Warning: true, What: "第{row}行以后的姓名、号码和账号未作逐行比对", Do: "分成几个文件再查",
		WhatEn: "names, numbers and accounts behind row {row} were not compared row by row", DoEn: "split the file and check again"}
	FaultUnitUnlikely = &fault.Def{Code: "UNIT_UNLIKELY", Warning: true, What: "“{title}”按元读入，但所有金额都小于100元，单位可能是万元", Do: "核对单位；如为万元，请在列名或表头写明",
		WhatEn: "{title} was read in yuan, but every amount is below 100; it may be in 10,000 yuan", DoEn: "check the unit and write it into the title or above the header"}
)
