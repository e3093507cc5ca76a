package subsidy

import (
	"math/big"
	"slices"

	"ganlan/figure"
	"ganlan/rule"
)

// Total is a fact of the subject that is counted from its records, in exactly one way.
type Total struct {
	rule.Spot
	rule.Cite
	Key      string `rule:"-"`
	Zh       string `rule:"zh,need"`
	En       string `rule:"en,need"`
	Sum      string `rule:"sum"`      // of a fact or figure of the records; 0 without records
	Count    bool   `rule:"count"`    // how many records
	Distinct string `rule:"distinct"` // how many different values
	Lowest   string `rule:"lowest"`
	Highest  string `rule:"highest"`
	Mean     string `rule:"mean"`

	way  func([]figure.Value) *big.Rat
	of   string
	kind figure.Type
}

// Totals are the totals in the order of the file.
type Totals []Total

// DecodeRule reads {name: {sum: fact, …}, …} and keeps the order.
func (t *Totals) DecodeRule(n rule.Node) {
	for _, e := range n.Entries() {
		x := Total{Key: e.Key.Text()}
		e.Value.Into(&x)
		*t = append(*t, x)
	}
}

// prepare finds the one way in which the total is counted, and its type.
func (t *Total) prepare(p *figure.Program) bool {
	ways := 0
	for _, w := range []struct {
		of    string
		way   func([]figure.Value) *big.Rat
		plain bool // counts amounts and numbers only
	}{{t.Sum, sumOf, true}, {t.Mean, meanOf, true}, {t.Lowest, lowestOf, false}, {t.Highest, highestOf, false}} {
		if w.of == "" {
			continue
		}
		ways++
		t.of, t.way, t.kind = w.of, w.way, p.TypeOf(w.of)
		if k := t.kind; k == "" || k == figure.Text || k == figure.Flag || w.plain && k == figure.Date {
			return false
		}
	}
	if t.Mean != "" && t.kind == figure.Count {
		t.kind = figure.Number
	}
	if t.Count {
		ways, t.kind = ways+1, figure.Count
	}
	if t.Distinct != "" {
		ways, t.kind, t.of = ways+1, figure.Count, t.Distinct
	}
	return ways == 1 && (t.of == "" || p.TypeOf(t.of) != "")
}

func sumOf(v []figure.Value) *big.Rat {
	out := new(big.Rat)
	for _, x := range v {
		out.Add(out, x.Rat())
	}
	return out
}

func meanOf(v []figure.Value) *big.Rat {
	if len(v) == 0 {
		return nil
	}
	return new(big.Rat).Quo(sumOf(v), big.NewRat(int64(len(v)), 1))
}

func lowestOf(v []figure.Value) *big.Rat {
	if len(v) == 0 {
		return nil
	}
	return slices.MinFunc(v, figure.Value.Cmp).Rat()
}

func highestOf(v []figure.Value) *big.Rat {
	if len(v) == 0 {
		return nil
	}
	return slices.MaxFunc(v, figure.Value.Cmp).Rat()
}

// value is the total over the counted records; without any, only sums and counts have one.
func (t *Total) value(results []*figure.Result) (v figure.Value, given bool, err error) {
	if t.Count {
		return figure.OfCount(int64(len(results))), true, nil
	}
	vs := make([]figure.Value, len(results))
	for i, r := range results {
		if vs[i], err = r.Get(t.of); err != nil {
			return v, false, err
		}
	}
	if t.Distinct != "" {
		seen := map[string]bool{}
		for _, x := range vs {
			seen[x.String()] = true
		}
		return figure.OfCount(int64(len(seen))), true, nil
	}
	x := t.way(vs)
	if x == nil {
		return v, false, nil
	}
	return figure.OfRat(t.kind, x), true, nil
}
