package figure

import (
	"strings"

	"ganlan/fault"
	"ganlan/rule"
)

// Operand is what a figure is computed from: the name of a fact or of an earlier figure, or a value such as 0.5%, 100000元, 8.
// In a figure of type text it is the text itself.
type Operand string

// Operands is a list of them; each may carry a name, so that it can be set from outside.
type Operands []rule.Setting[Operand]

// Figure is a value computed from facts and earlier figures, in exactly one of the ways below, exactly.
type Figure struct {
	rule.Spot
	rule.Cite
	Key        string                `rule:"-"`
	Type       Type                  `rule:"type"` // how the result is written; the operands decide when it is not given
	Zh         string                `rule:"zh,need"`
	En         string                `rule:"en,need"`
	Is         rule.Setting[Operand] `rule:"is"`
	Sum        Operands              `rule:"sum"`
	Difference Operands              `rule:"difference"` // the first less all others
	Product    Operands              `rule:"product"`    // at most one amount
	Ratio      Operands              `rule:"ratio"`      // the first by the second
	Mean       Operands              `rule:"mean"`
	Lowest     Operands              `rule:"lowest"`
	Highest    Operands              `rule:"highest"`
	Days       Operands              `rule:"days"`  // from, to: both days in, 0 when to is before from
	Years      Operands              `rule:"years"` // from, to: full years, as an age is counted
	Months     Operands              `rule:"months"`
	Steps      *Steps                `rule:"steps"`
	Bands      *Bands                `rule:"bands"`
	Match      *Match                `rule:"match"`
	Choose     []Choice              `rule:"choose"` // the first whose condition holds
	NotBelow   rule.Setting[Operand] `rule:"not_below"`
	NotAbove   rule.Setting[Operand] `rule:"not_above"`

	op operation
}

// Steps is one value chosen by where a figure lies.
type Steps struct {
	Of   Operand              `rule:"of,need"`
	List rule.Setting[[]Step] `rule:"list,need"`
}

// Step is one stretch with its bound. The last may have none and holds for all the rest.
type Step struct {
	rule.Spot
	UpTo  rule.Setting[Operand] `rule:"up_to"` // the bound in
	Below rule.Setting[Operand] `rule:"below"` // the bound out
	From  rule.Setting[Operand] `rule:"from"`  // the bound in
	Above rule.Setting[Operand] `rule:"above"` // the bound out
	Is    rule.Setting[Operand] `rule:"is,need"`
}

// Bands count each stretch of a figure at its own rate, as a progressive tax does.
type Bands struct {
	Of   Operand              `rule:"of,need"`
	Base Operand              `rule:"base"` // bounds are shares of this; amounts when it is not written
	List rule.Setting[[]Step] `rule:"list,need"`
}

// Match is one value chosen by a text.
type Match struct {
	Of   Operand                          `rule:"of,need"`
	Is   map[string]rule.Setting[Operand] `rule:"is,need"`
	Else rule.Setting[Operand]            `rule:"else"`
}

// Choice is one value with the condition (CEL) on which it holds; the last has none.
type Choice struct {
	rule.Spot
	When string                `rule:"when"`
	Is   rule.Setting[Operand] `rule:"is,need"`

	cond *rule.Condition
}

// Figures are the figures of a scheme in the order of the file.
type Figures []Figure

// DecodeRule reads {name: {sum: […], clause}, …} and keeps the order.
func (f *Figures) DecodeRule(n rule.Node) {
	for _, e := range n.Entries() {
		x := Figure{Key: e.Key.Text()}
		e.Value.Into(&x)
		*f = append(*f, x)
	}
}

// Title is the figure's name in a language.
func (f *Figure) Title(l fault.Lang) string {
	if l == fault.En {
		return f.En
	}
	return f.Zh
}

// Find is the figure of a key, nil when there is none.
func (f Figures) Find(key string) *Figure {
	for i := range f {
		if f[i].Key == key {
			return &f[i]
		}
	}
	return nil
}

// ways are the ways in which a figure can be computed.
var ways = []string{"is", "sum", "difference", "product", "ratio", "mean", "lowest", "highest", "days", "years", "months",
	"steps", "bands", "match", "choose"}

// written lists the ways that the figure gives.
func (f *Figure) written() (out []string) {
	lists := map[string]Operands{"sum": f.Sum, "difference": f.Difference, "product": f.Product, "ratio": f.Ratio, "mean": f.Mean,
		"lowest": f.Lowest, "highest": f.Highest, "days": f.Days, "years": f.Years, "months": f.Months}
	others := map[string]bool{"is": f.Is.Given(), "steps": f.Steps != nil, "bands": f.Bands != nil, "match": f.Match != nil,
		"choose": len(f.Choose) > 0}
	for _, w := range ways {
		if others[w] || len(lists[w]) > 0 {
			out = append(out, w)
		}
	}
	return out
}

func (f *Figure) operands() Operands {
	for _, o := range []Operands{f.Sum, f.Difference, f.Product, f.Ratio, f.Mean, f.Lowest, f.Highest, f.Days, f.Years, f.Months} {
		if len(o) > 0 {
			return o
		}
	}
	if f.Is.Given() {
		return Operands{f.Is}
	}
	return nil
}

func (f *Figure) fault(d *fault.Def) *fault.Fault {
	return d.At(f.Place).Set("figure", f.Zh).Set("figure_en", f.En)
}

func known() string { return strings.Join(ways, "、") }

// RuleSchema is a mapping of names to figures.
func (*Figures) RuleSchema(s *rule.Schemas) rule.Schema { return named[Figure](s) }
