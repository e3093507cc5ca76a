package figure

import (
	"maps"
	"math/big"
	"slices"
	"strings"

	"ganlan/day"
	"ganlan/fault"
	"ganlan/money"
	"ganlan/rule"
)

// Value is an exact value with its type: money in fen as a fraction, numbers as fractions, days, yes or no, a text. The zero
// Value is «not given».
type Value struct {
	Type Type
	rat  *big.Rat
	text string
}

// OfMoney is an amount.
func OfMoney(f money.Fen) Value { return Value{Type: Money, rat: big.NewRat(int64(f), 1)} }

// OfRate is a percentage.
func OfRate(r money.Rate) Value { return Value{Type: Percent, rat: r.Rat()} }

// OfCount is a whole number.
func OfCount(n int64) Value { return Value{Type: Count, rat: big.NewRat(n, 1)} }

// OfRat is an exact number, percentage, or amount in fen.
func OfRat(t Type, x *big.Rat) Value { return Value{Type: t, rat: x} }

// OfDate is a day.
func OfDate(d day.Date) Value { return Value{Type: Date, rat: big.NewRat(int64(d), 1)} }

// OfText is a text.
func OfText(s string) Value { return Value{Type: Text, text: s} }

// OfFlag is a yes or no.
func OfFlag(b bool) Value {
	v := Value{Type: Flag, rat: new(big.Rat)}
	if b {
		v.rat.SetInt64(1)
	}
	return v
}

// Given reports whether there is a value.
func (v Value) Given() bool { return v.Type != "" }

// Rat is the exact number; of money in fen. The caller must not change it.
func (v Value) Rat() *big.Rat { return v.rat }

// Text is the text of a text value.
func (v Value) Text() string { return v.text }

// Yes reports whether a flag is set.
func (v Value) Yes() bool { return v.rat != nil && v.rat.Sign() != 0 }

// Day is the day of a date.
func (v Value) Day() day.Date { return day.Date(v.rat.Num().Int64()) }

// Fen is the amount rounded to money.
func (v Value) Fen(r money.Rounding) (money.Fen, error) { return r.Round(v.rat) }

// Cmp orders two values of one kind; texts by their bytes.
func (v Value) Cmp(w Value) int {
	if v.Type == Text {
		return strings.Compare(v.text, w.text)
	}
	return v.rat.Cmp(w.rat)
}

// native is the value as conditions take it.
func (v Value) native() (any, error) {
	switch v.Type {
	case Text:
		return v.text, nil
	case Flag:
		return v.Yes(), nil
	case Count:
		return v.rat.Num().Int64(), nil
	case Date:
		return v.Day(), nil
	}
	r, err := money.RateOf(v.rat)
	return rule.Exact{Type: names[v.Type], Rate: r}, err
}

// In is the value in words: an amount in yuan, exact where it is a whole fen, else with its fraction of a fen.
func (v Value) In(l fault.Lang) string {
	switch v.Type {
	case Text:
		return v.text
	case Flag:
		return map[bool][2]string{true: {"是", "yes"}, false: {"否", "no"}}[v.Yes()][lang(l)]
	case Date:
		return v.Day().String()
	case Money:
		return amount(v.rat) + [2]string{" 元", " yuan"}[lang(l)]
	case Percent:
		return percent(v.rat)
	}
	return number(v.rat)
}

// String is the value in 中文.
func (v Value) String() string { return v.In(fault.Zh) }

func lang(l fault.Lang) int {
	if l == fault.En {
		return 1
	}
	return 0
}

// amount is an exact amount of fen in yuan; what is no whole fen keeps its fraction: 514,285.71 3/7.
func amount(x *big.Rat) string {
	q, rest := new(big.Int).QuoRem(x.Num(), x.Denom(), new(big.Int))
	if !q.IsInt64() {
		return new(big.Rat).Quo(x, big.NewRat(100, 1)).RatString()
	}
	s := money.Fen(q.Int64()).Grouped()
	if rest.Sign() != 0 {
		s += " " + new(big.Rat).SetFrac(rest.Abs(rest), x.Denom()).RatString()
	}
	return s
}

// percent is a share in per cent. One that no decimal ends is shown to six, with the exact fraction beside it: whoever reads
// that a line was passed must see by how little.
func percent(x *big.Rat) string {
	y := new(big.Rat).Mul(x, big.NewRat(100, 1))
	if n, exact := y.FloatPrec(); exact {
		return y.FloatString(n) + "%"
	}
	return "≈" + y.FloatString(6) + "% (" + x.RatString() + ")"
}

func number(x *big.Rat) string {
	if n, exact := x.FloatPrec(); exact && n <= 12 {
		return x.FloatString(n)
	}
	return x.RatString()
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

func contains(list []string, s string) bool { return slices.Contains(list, s) }
