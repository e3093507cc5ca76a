package claim

import (
	"ganlan/form"
	"ganlan/loan"
	"ganlan/money"
)

// findingFields are what a list of differences can show.
var findingFields = map[string]struct {
	kind form.Kind
	of   func(*Finding) form.Cell
}{
	"branch":      {form.Text, func(f *Finding) form.Cell { return form.OfText(f.Branch) }},
	"contract_no": {form.Text, func(f *Finding) form.Cell { return form.OfText(f.Contract) }},
	"bank_days":   {form.FenDays, func(f *Finding) form.Cell { return daysCell(f.BankDays) }},
	"days":        {form.FenDays, func(f *Finding) form.Cell { return daysCell(f.Days) }},
	"bank":        {form.Money, func(f *Finding) form.Cell { return amountCell(f.Bank) }},
	"amount":      {form.Money, func(f *Finding) form.Cell { return amountCell(f.Amount) }},
	"by":          {form.Money, func(f *Finding) form.Cell { return form.OfFen(f.By()) }},
	"cause":       {form.Text, func(f *Finding) form.Cell { return form.OfText(f.Cause.Words().Zh) }},
	"cause_code":  {form.Text, func(f *Finding) form.Cell { return form.OfText(string(f.Cause)) }},
	"zh":          {form.Text, func(f *Finding) form.Cell { return form.OfText(f.Zh) }},
	"en":          {form.Text, func(f *Finding) form.Cell { return form.OfText(f.En) }},
}

func daysCell(n loan.Given[int64]) form.Cell {
	if !n.OK {
		return form.Cell{}
	}
	return form.OfFenDays(n.Value)
}

func amountCell(n loan.Given[money.Fen]) form.Cell {
	if !n.OK {
		return form.Cell{}
	}
	return form.OfFen(n.Value)
}

// FindingFields are the fields of a list of differences, with their kinds.
func FindingFields() map[string]form.Kind {
	out := map[string]form.Kind{"seq": form.Int}
	for k, f := range findingFields {
		out[k] = f.kind
	}
	return out
}

// FindingRows fill a list of differences, in the order of the findings.
func FindingRows(d *form.Definition, fs []Finding) form.Rows {
	fields, next := d.Fields(), 0
	return form.Rows{Count: len(fs), Next: func(dst []form.Cell) bool {
		if next == len(fs) {
			return false
		}
		for i, name := range fields {
			if name == "seq" {
				dst[i] = form.OfInt(int64(next + 1))
				continue
			}
			dst[i] = findingFields[name].of(&fs[next])
		}
		next++
		return true
	}}
}
