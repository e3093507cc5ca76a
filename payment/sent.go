package payment

import (
	"strconv"

	"ganlan/fault"
	"ganlan/form"
	"ganlan/money"
)

// ReadSent reads back a file that Write made, before any encryption: keys, amounts, and what else the layout carries. Its
// closing line must agree.
func (l *Layout) ReadSent(data []byte) ([]Line, fault.List) {
	own := *l
	skip := 0
	for _, yes := range []bool{l.Titles, len(l.Header) > 0} {
		if yes {
			skip++
		}
	}
	if l.Shape == Sheet {
		own.Fields = formFields(l.Form)
		own.Trailer, own.Amount = formTotal(l.Form), Yuan
	}
	body := data
	if l.Shape == Fixed && len(l.Header) > 0 {
		own.Header = nil
		body = dropLines(data, skip)
		skip = 0
	}
	rows, f := own.cut(body)
	if f != nil {
		return nil, fault.List{f}
	}
	t, f := own.table(rows, skip)
	if f != nil {
		return nil, fault.List{f}
	}
	return t.sentLines()
}

// formFields are a form's columns as fields.
func formFields(d *form.Definition) (out []Field) {
	for _, c := range d.Columns {
		out = append(out, Field{Title: c.Title, From: c.Field.Name})
	}
	return out
}

// formTotal is a form's total row as a closing line.
func formTotal(d *form.Definition) []Field {
	out := make([]Field, len(d.Columns))
	out[0].Const = "合计"
	for i, c := range d.Columns {
		if c.Total && c.Field.Name == "amount" {
			out[i].From = "sum"
		}
	}
	return out
}

// dropLines takes the first lines off.
func dropLines(data []byte, n int) []byte {
	for i := 0; i < len(data) && n > 0; i++ {
		if data[i] == '\n' {
			if n--; n == 0 {
				return data[i+1:]
			}
		}
	}
	if n > 0 {
		return nil
	}
	return data
}

func (t *table) sentLines() ([]Line, fault.List) {
	var out []Line
	var faults fault.List
	var sum money.Fen
	for _, r := range t.lines {
		x := Line{Key: t.get(r, "key"), Town: t.get(r, "town"), Village: t.get(r, "village"), Name: t.get(r, "name"), AccountName: t.get(r, "account_name"),
			IDNo: t.get(r, "id_no"), Account: t.get(r, "account"), Subject: t.get(r, "subject"), Note: t.get(r, "note"), Row: r.n}
		var err error
		if x.Amount, err = t.l.parseAmount(t.get(r, "amount")); err == nil {
			sum, err = money.Add(sum, x.Amount)
		}
		switch {
		case err != nil:
			faults.Add(at(fault.From(err)[0], r.n))
		case x.Amount <= 0:
			faults.Add(at(FaultAmount.New().Set("key", x.Key).Set("amount", x.Amount), r.n))
		default:
			out = append(out, x)
		}
	}
	if text, ok := t.stated("count"); ok && text != strconv.Itoa(len(t.lines)) {
		if n, err := strconv.Atoi(text); err != nil || n != len(t.lines) {
			faults.Add(FaultSums.New().Set("what", "count").Set("stated", text).Set("found", len(t.lines)))
		}
	}
	if text, ok := t.stated("sum"); ok {
		if n, err := t.l.parseAmount(text); err != nil || n != sum {
			faults.Add(FaultSums.New().Set("what", "sum").Set("stated", text).Set("found", sum))
		}
	}
	return out, faults
}
