package desk

import (
	"context"
	"encoding/hex"
	"slices"
	"strconv"

	"ganlan/fault"
	"ganlan/internal/store"
	"ganlan/loan"
)

// Classes of fault of facts that are not as they were imported.
var (
	faultRow = &fault.Def{Code: "FACT_TAMPERED", What: "合同 {contract}（修订 {rev}）的内容与导入时不符", Do: "停止使用，与备份和银行文件比对",
		WhatEn: "contract {contract} (revision {rev}) is not as it was imported", DoEn: "do not use it; compare with a backup and the bank's file"}
	faultLines = &fault.Def{Code: "LINES_TAMPERED", What: "合同 {contract}（修订 {rev}）的流水、借据或担保费与导入时不符", Do: "停止使用，与备份和银行文件比对",
		WhatEn: "ledger, notes or fees of contract {contract} (revision {rev}) are not as they were imported", DoEn: "do not use them; compare with a backup and the bank's file"}
	faultList = &fault.Def{Code: "LIST_TAMPERED", What: "辖区 {area} 的{list}与导入时不符", Do: "停止使用，与备份和原文件比对",
		WhatEn: "the {list_en} of {area} is not as it was imported", DoEn: "do not use it; compare with a backup and the file"}
)

// lineBytes are lines of each kind with where they came from, in one form: what a digest covers.
type lineBytes [lineKinds][]byte

func (b *lineBytes) add(kind int, rev, batch int64, row int, text string) {
	x := b[kind]
	for _, n := range []int64{rev, batch, int64(row), int64(len(text))} {
		x = append(strconv.AppendInt(x, n, 36), ' ')
	}
	b[kind] = append(x, text...)
}

// text is the lines of all kinds in one text.
func (b *lineBytes) text() string {
	var out []byte
	for _, x := range b {
		out = append(strconv.AppendInt(out, int64(len(x)), 36), ' ')
	}
	return string(append(out, slices.Concat(b[:]...)...))
}

// rowsMAC is the keyed digest of a contract's lines as they are kept, none more and none less.
func (d *Desk) rowsMAC(contract string, b *lineBytes) string {
	return hex.EncodeToString(d.Ring.MAC("lines", contract, string(b[ledgerLines]), string(b[noteLines]), string(b[feeLines])))
}

// checkLines refuses lines that are not those which were kept with the contract's revision. They are given in the order of
// their revs.
func (d *Desk) checkLines(c *store.Contract, x *store.Lines) error {
	var b lineBytes
	for i := range x.Entries {
		b.add(ledgerLines, x.EntriesHeld[i].Rev, x.EntriesHeld[i].Batch, x.Entries[i].Row, entryText(&x.Entries[i]))
	}
	for i := range x.Notes {
		b.add(noteLines, x.NotesHeld[i].Rev, x.NotesHeld[i].Batch, x.Notes[i].Row, noteText(&x.Notes[i]))
	}
	for i := range x.Fees {
		b.add(feeLines, x.FeesHeld[i].Rev, x.FeesHeld[i].Batch, x.Fees[i].Row, feeText(&x.Fees[i]))
	}
	if d.rowsMAC(c.No, &b) != c.RowsMAC {
		return faultLines.New().Set("contract", c.No).Set("rev", c.Rev)
	}
	return nil
}

// linesOf are a contract's lines as known at a time, checked.
func (d *Desk) linesOf(ctx context.Context, tx *store.Tx, c *store.Contract, at int64) (store.Lines, error) {
	x, err := store.LinesOf(ctx, tx, at, c.Org, c.No)
	if err == nil {
		err = d.checkLines(c, &x)
	}
	return x, err
}

// rowMAC is the keyed digest of a contract's revision: its values and lines by their digests, whose it is, where it came from.
func (d *Desk) rowMAC(c *store.Contract) string {
	parts := []string{"contract row", c.Area, c.MAC, c.LinesMAC, c.RowsMAC}
	for _, n := range []int64{c.Rev, c.ID, c.Org, c.Batch, int64(c.Row), c.Recorded} {
		parts = append(parts, strconv.FormatInt(n, 10))
	}
	return hex.EncodeToString(d.Ring.MAC(parts...))
}

// opened is a contract with its sealed values open. A row that is not what was imported is refused.
func (d *Desk) opened(c *store.Contract) (out loan.Contract, err error) {
	out, err = d.values(c)
	if err == nil && (d.index("id_no", out.IDNo) != c.IDIndex || d.index("account", out.Account) != c.AccountIndex) {
		err = faultRow.New().Set("contract", c.No).Set("rev", c.Rev)
	}
	return out, err
}

// values is opened for who does not look at the indexes of the sealed values.
func (d *Desk) values(c *store.Contract) (out loan.Contract, err error) {
	out = c.Contract
	if out.IDNo, err = d.unsealed("id_no", c.Rev, c.IDSealed); err != nil {
		return out, err
	}
	if out.Account, err = d.unsealed("account", c.Rev, c.AccountSealed); err != nil {
		return out, err
	}
	if d.contractMAC(c.Org, &out) != c.MAC || d.rowMAC(c) != c.RowMAC {
		return out, faultRow.New().Set("contract", c.No).Set("rev", c.Rev)
	}
	return out, nil
}

// heldMAC is the keyed digest of all rows of an area's list, whatever their order.
func (d *Desk) heldMAC(table, area string, rows []string) string {
	slices.Sort(rows)
	return hex.EncodeToString(d.Ring.MAC(append([]string{"list", table, area}, rows...)...))
}
