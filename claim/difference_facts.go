package claim

import (
	"fmt"
	"slices"

	"ganlan/loan"
	"ganlan/scheme"
	"ganlan/subsidy"
)

// drawnAtStart moves every draw to the day on which the contract starts.
func drawnAtStart(f *subsidy.Facts) (applies bool) {
	for i := range f.Entries {
		if e := &f.Entries[i]; e.Kind == loan.Drawdown && e.Date > f.Contract.Start {
			e.Date, applies = f.Contract.Start, true
		}
	}
	return applies && len(f.Notes) == 0
}

// neverRepaid takes the repayments away.
func neverRepaid(f *subsidy.Facts) bool {
	before := len(f.Entries)
	f.Entries = slices.DeleteFunc(f.Entries, func(e loan.Entry) bool { return e.Kind == loan.Repayment })
	return len(f.Entries) < before
}

// wholeContract is a single draw of the contract amount on the day on which the contract starts.
func wholeContract(f *subsidy.Facts) bool {
	f.Entries = []loan.Entry{{Amount: f.Contract.Amount, Date: f.Contract.Start, Kind: loan.Drawdown}}
	f.Notes = nil
	return true
}

// mostLines is how many lines of one ledger are doubted, the latest first.
const mostLines = 60

// lineWords are the kinds of ledger line.
var lineWords = map[loan.Kind]scheme.Words{loan.Drawdown: {Zh: "放款", En: "draw"}, loan.Repayment: {Zh: "还款", En: "repayment"},
	loan.Overdue: {Zh: "逾期", En: "overdue line"}, loan.Deferral: {Zh: "延期", En: "deferral"}, loan.Extension: {Zh: "展期", En: "extension"}}

// lineReadings doubt each line of the contract's ledger: the bank left it out, booked it twice, or a day off.
func lineReadings(f *subsidy.Facts) (out []*alternative) {
	for i := len(f.Entries) - 1; i >= max(0, len(f.Entries)-mostLines); i-- {
		e := f.Entries[i]
		zh := dayWords(e.Date) + lineWords[e.Kind].Zh
		en := lineWords[e.Kind].En + " of " + e.Date.String()
		if e.Amount > 0 {
			zh, en = zh+e.Amount.Grouped()+"元", en+", "+e.Amount.Grouped()
		}
		add := func(whatZh, whatEn string, change func([]loan.Entry) []loan.Entry) {
			out = append(out, &alternative{Reading: Reading{Cause: CauseLine, Bank: scheme.Words{Zh: fmt.Sprintf(whatZh, zh), En: fmt.Sprintf(whatEn, en)}},
				facts: func(f *subsidy.Facts) bool {
					if i >= len(f.Entries) || f.Entries[i] != e {
						return false // another reading changed the ledger before
					}
					f.Entries = change(f.Entries)
					return true
				}})
		}
		add("%s未记", "left out: %s", func(es []loan.Entry) []loan.Entry { return slices.Delete(es, i, i+1) })
		add("%s记了两次", "booked twice: %s", func(es []loan.Entry) []loan.Entry { return append(es, e) })
		add("%s提前一天入账", "booked a day early: %s", func(es []loan.Entry) []loan.Entry { es[i].Date--; return es })
		add("%s推后一天入账", "booked a day late: %s", func(es []loan.Entry) []loan.Entry { es[i].Date++; return es })
	}
	return out
}
