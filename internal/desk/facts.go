package desk

import (
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"ganlan/fault"
	"ganlan/internal/store"
	"ganlan/loan"
	"ganlan/money"
)

// Classes of fault of facts.
var (
	faultSame = &fault.Def{Code: "IMPORTED_ALREADY", What: "这批文件（{files}）与 {at} 导入的完全相同", Do: "无须重复导入；如要更正，请导入改正后的文件",
		WhatEn: "these files ({files}) are the very ones imported on {at}", DoEn: "nothing need be done; to correct something, import the corrected files"}
	faultParts = &fault.Def{Code: "FILES_INCOMPLETE", What: "合同文件和流水文件须一并导入", Do: "补上缺少的文件；名单、历年已补、核准清单可以单独导入",
		WhatEn: "contracts and ledger are imported together", DoEn: "add the one that is missing; lists may come alone"}
	faultAbsent = &fault.Def{Code: "CONTRACTS_ABSENT", Warning: true, What: "此前导入的 {n} 份合同不在这次的文件中，仍按原样保留", Do: "确认是否漏报；文件只更新其中出现的合同",
		WhatEn: "{n} contracts imported before are not in these files and stay as they were", DoEn: "check that none was left out: files change only the contracts in them"}
)

// field is a value of a contract by its column's name.
type field struct{ key, text string }

// fieldsOf are all values of a contract in one order: what its digest covers, and what a difference names.
func fieldsOf(c *loan.Contract) []field {
	return []field{{"contract_no", c.No}, {"household_no", c.Household}, {"id_type", c.IDType}, {"id_no", c.IDNo}, {"name", c.Name}, {"branch", c.Branch},
		{"branch_name", c.BranchName}, {"region_code", c.Region}, {"product", c.Product}, {"product_code", c.ProductCode}, {"purpose", c.Purpose},
		{"annual_rate", store.RateText(c.Rate) + c.Pricing.String()}, {"status", c.Status}, {"grade", c.Grade}, {"account", c.Account},
		{"start", c.Start.String()}, {"end", c.End.String()}, {"amount", c.Amount.String()}, {"balance", fenOf(c.Balance)}, {"other_subsidy", yesOf(c.OtherSubsidy)},
		{"jobs", countOf(c.Jobs)}, {"employees", countOf(c.Employees)}, {"households", countOf(c.Households)}, {"bank_cumulative", countOf(c.BankCumulative)},
		{"bank_subsidy", fenOf(c.BankSubsidy)}}
}

// factFields are the declared facts of a contract, by their keys.
func factFields(c *loan.Contract) (out []field) {
	for _, key := range slices.Sorted(maps.Keys(c.Facts)) {
		out = append(out, field{key, c.Facts[key].String()})
	}
	return out
}

// differing are the values that differ between two states of a contract.
func differing(was, now *loan.Contract) (out []FieldDifference) {
	left := map[string]field{}
	for _, f := range append(fieldsOf(was), factFields(was)...) {
		left[f.key] = f
	}
	for _, f := range append(fieldsOf(now), factFields(now)...) {
		if old := left[f.key]; old.text != f.text {
			out = append(out, FieldDifference{f.key, shown(field{f.key, old.text}), shown(f)})
		}
		delete(left, f.key)
	}
	for _, key := range slices.Sorted(maps.Keys(left)) {
		out = append(out, FieldDifference{key, shown(left[key]), ""})
	}
	return out
}

func fenOf(g loan.Given[money.Fen]) string {
	if !g.OK {
		return ""
	}
	return g.Value.String()
}

func countOf(g loan.Given[int64]) string {
	if !g.OK {
		return ""
	}
	return strconv.FormatInt(g.Value, 10)
}

func yesOf(g loan.Given[bool]) string {
	if !g.OK {
		return ""
	}
	return strconv.FormatBool(g.Value)
}

// contractMAC is the keyed digest by which a contract's values are known to be those imported, whatever the database holds.
func (d *Desk) contractMAC(org int64, c *loan.Contract) string {
	parts := []string{"contract", strconv.FormatInt(org, 10)}
	for _, f := range fieldsOf(c) {
		parts = append(parts, f.text)
	}
	parts = append(parts, store.FactsText(c.Facts))
	return hex.EncodeToString(d.Ring.MAC(parts...))
}

// kinds of lines, in the order in which a contract's mark of its lines holds them.
const (
	ledgerLines = iota
	noteLines
	feeLines
	lineKinds
)

// entryText, noteText and feeText are lines without their place in a file: equal lines say the same.
func entryText(e *loan.Entry) string {
	return fmt.Sprintf("%s|%d|%d|%d|%d", e.Note, e.Kind, e.Date, e.Amount, e.NewEnd)
}

func noteText(n *loan.Note) string {
	return fmt.Sprintf("%s|%d|%d|%d", n.No, n.Start, n.End, n.Amount)
}

func feeText(f *loan.Fee) string {
	return fmt.Sprintf("%s|%s|%s|%v|%d|%d|%d|%d|%d", barred.Replace(f.Note), barred.Replace(f.GuaranteeNo), store.RateText(f.Rate.Value), f.Rate.OK, f.Fee, f.Refund, f.Paid, f.Cover.From, f.Cover.Until)
}

// Numbers of banks may hold anything, also what parts them in a text.
var (
	barred   = strings.NewReplacer("%", "%25", "|", "%7C")
	unbarred = strings.NewReplacer("%25", "%", "%7C", "|")
)

// linesText are the lines of each kind as texts, in the order given.
func linesText(entries []loan.Entry, notes []loan.Note, fees []loan.Fee) (out [lineKinds][]string) {
	for i := range entries {
		out[ledgerLines] = append(out[ledgerLines], entryText(&entries[i]))
	}
	for i := range notes {
		out[noteLines] = append(out[noteLines], noteText(&notes[i]))
	}
	for i := range fees {
		out[feeLines] = append(out[feeLines], feeText(&fees[i]))
	}
	return out
}

// mark is a keyed digest of lines of one kind, whatever their order; empty for none.
func (d *Desk) mark(contract string, lines []string) string {
	if len(lines) == 0 {
		return ""
	}
	sorted := append([]string{contract}, lines...)
	slices.Sort(sorted[1:])
	return hex.EncodeToString(d.Ring.MAC(sorted...)[:16])
}

// sealed is a value for a column, and the index by which it is found; both empty for no value.
func (d *Desk) sealed(kind string, rev int64, plain string) (value, index string, err error) {
	if plain == "" {
		return "", "", nil
	}
	s, err := d.Ring.Seal(plain, sealPlace(kind, rev))
	return base64.StdEncoding.EncodeToString(s), d.index(kind, plain), err
}

// index is the keyed digest by which a value is found; empty for no value.
func (d *Desk) index(kind, plain string) string {
	if plain == "" {
		return ""
	}
	return hex.EncodeToString(d.Ring.Index(kind, strings.ToUpper(strings.TrimSpace(plain))))
}

// sealPlace binds a value to its table, column and row.
func sealPlace(kind string, rev int64) string { return fmt.Sprintf("contract.%s %d", kind, rev) }

func (d *Desk) unsealed(kind string, rev int64, value string) (string, error) {
	if value == "" {
		return "", nil
	}
	s, err := base64.StdEncoding.DecodeString(value)
	if err != nil {
		return "", err
	}
	return d.Ring.Open(s, sealPlace(kind, rev))
}
