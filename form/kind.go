package form

import "ganlan/money"

// Kind is how a column or cell of a form shows its value.
type Kind string

// The kinds. Money, fen-days and wan are all counted in fen inside and differ only in what is printed.
const (
	Text    Kind = "text"    // as written; ids and account numbers too, so that no digit is lost
	Money   Kind = "money"   // yuan, two decimals
	Percent Kind = "rate"    // per cent a year, up to six decimals: 3.65
	Date    Kind = "date"    // a real date, shown YYYY-MM-DD
	Int     Kind = "int"     // a whole number
	FenDays Kind = "fendays" // sum of daily balances, in yuan·days with two decimals
	Wan     Kind = "wan"     // 万元, two decimals, half up
)

// Known lists the kinds for the checker of policy files.
func (Kind) Known() []string {
	out := make([]string, len(kinds))
	for i, k := range kinds {
		out[i] = string(k.kind)
	}
	return out
}

// kindOf says for each kind how a number is written: the format, and by how much the whole number inside is divided.
type kindOf struct {
	kind   Kind
	format string // number format of the cell
	div    int64  // 100 when the number inside counts hundredths; 0 when the kind is no number
	sums   bool   // may stand in a total row
}

// kinds is the one list; Text comes first as it is also what holds for a cell without a kind.
var kinds = []kindOf{
	{Text, "@", 0, false},
	{Money, "#,##0.00", 100, true},
	{Percent, "0.00####", 1_000_000, false},
	{Date, "yyyy-mm-dd", 1, false},
	{Int, "0", 1, true},
	{FenDays, "#,##0.00", 100, true},
	{Wan, "#,##0.00", 100, true},
}

func (k Kind) of() kindOf {
	for _, x := range kinds {
		if x.kind == k {
			return x
		}
	}
	return kinds[0]
}

// shows reports whether a column of this kind can print a field of the other kind.
func (k Kind) shows(field Kind) bool {
	return k == field || k == Wan && field == Money || k == Money && field == Wan
}

// wan is an amount in hundredths of 万元, half up.
func wan(f int64) (int64, error) { return money.MulDiv(f, 1, 10_000, money.HalfUp) }
