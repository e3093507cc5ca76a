package payment

import (
	"cmp"
	"strconv"

	"ganlan/day"
	"ganlan/fault"
	"ganlan/form"
	"ganlan/loan"
	"ganlan/money"
)

// Line is one payment. The key is ours, stands once in the batch, and is all by which an answer is matched.
type Line struct {
	Key         string
	Town        string
	Village     string
	Name        string // of the person or body that is owed
	AccountName string // the name when empty
	IDNo        string
	Account     string
	Quantity    loan.Given[int64]
	Standard    loan.Given[money.Fen]
	Amount      money.Fen
	Subject     string // what it is for, as the receiver may read it
	Note        string
	Row         int
}

// Batch is what is paid together.
type Batch struct {
	No    string // for the file name
	Date  day.Date
	Lines []Line
}

// sources are what a field of a line can be taken from.
var sources = map[string]Type{"key": ByText, "seq": ByNumber, "town": ByText, "village": ByText, "name": ByText, "account_name": ByText,
	"id_no": ByText, "account": ByText, "quantity": ByNumber, "standard": ByAmount, "amount": ByAmount, "subject": ByText, "note": ByText,
	"date": ByDate, "batch": ByText, "blank": ByText}

// sums are what a field of a header or trailer can be taken from.
var sums = map[string]Type{"count": ByNumber, "sum": ByAmount, "date": ByDate, "batch": ByText, "part": ByNumber, "parts": ByNumber, "blank": ByText}

// text is a field's value that is a text or a number; amounts and dates have a style and come from amountOf and Batch.
func (l *Line) text(from string, seq int) string {
	switch from {
	case "key":
		return l.Key
	case "seq":
		return strconv.Itoa(seq)
	case "town":
		return l.Town
	case "village":
		return l.Village
	case "name":
		return l.Name
	case "account_name":
		return cmp.Or(l.AccountName, l.Name)
	case "id_no":
		return l.IDNo
	case "account":
		return l.Account
	case "quantity":
		if l.Quantity.OK {
			return strconv.FormatInt(l.Quantity.Value, 10)
		}
	case "subject":
		return l.Subject
	case "note":
		return l.Note
	}
	return ""
}

func (l *Line) amountOf(from string) loan.Given[money.Fen] {
	if from == "standard" {
		return l.Standard
	}
	return loan.Give(l.Amount)
}

// sheetFields are the fields of a spreadsheet, with their kinds.
func sheetFields() map[string]form.Kind {
	out := map[string]form.Kind{"sum_words": form.Text, "batch": form.Text}
	for k, t := range sources {
		out[k] = map[Type]form.Kind{ByText: form.Text, ByNumber: form.Int, ByAmount: form.Money, ByDate: form.Date}[t]
	}
	return out
}

// check refuses a batch that cannot be paid: nothing in it, a line without key, name, account or amount, or a key twice. It
// gives the sum.
func (b *Batch) check() (sum money.Fen, faults fault.List) {
	if len(b.Lines) == 0 {
		return 0, fault.List{FaultEmpty.New()}
	}
	seen := map[string]int{}
	for i := range b.Lines {
		l := &b.Lines[i]
		at := fault.Place{Row: l.Row}
		for _, x := range []struct{ value, column string }{{l.Key, "key"}, {l.Name, "name"}, {l.Account, "account"}} {
			if x.value == "" {
				faults.Add(FaultLacks.At(fault.Place{Row: l.Row, Column: x.column}).Set("key", l.Key))
			}
		}
		if l.Amount <= 0 {
			faults.Add(FaultAmount.At(at).Set("key", l.Key).Set("amount", l.Amount))
		}
		if before, twice := seen[l.Key]; twice && l.Key != "" {
			faults.Add(FaultKeyTwice.At(at).Set("key", l.Key).Set("row", before))
		}
		seen[l.Key] = l.Row
		var err error
		if sum, err = money.Add(sum, l.Amount); err != nil {
			return 0, append(faults, fault.From(err)...)
		}
	}
	return sum, faults
}
