package risk

import (
	"math/big"
	"reflect"
	"strings"

	"ganlan/fault"
	"ganlan/money"
	"ganlan/rule"
	"ganlan/scheme"
)

// Share is a party's part of a loss, profit or premium; Rest is what the others leave.
type Share struct {
	Rate money.Rate
	Rest bool

	given bool
}

// UnmarshalText reads 70%, 1/3 or rest.
func (s *Share) UnmarshalText(b []byte) error {
	s.given = true
	if s.Rest = string(b) == "rest"; s.Rest {
		return nil
	}
	return s.Rate.UnmarshalText(b)
}

// Party bears a share, which may be split again among others.
type Party struct {
	rule.Spot
	Who     string              `rule:"who,need"`
	Share   rule.Setting[Share] `rule:"share,need"`
	AtLeast money.Rate          `rule:"at_least"` // both in: what an agreement may say
	AtMost  money.Rate          `rule:"at_most"`
	Split   Parties             `rule:"split"`

	rate money.Rate
}

// Parties are who bear something together. The shares add up to the whole.
type Parties []Party

// DecodeRule reads [{who, share}, …], or one line such as «fund 70%, bank 30%».
func (p *Parties) DecodeRule(n rule.Node) {
	if n.IsScalar() {
		var line scheme.Payers
		line.DecodeRule(n)
		for _, x := range line {
			*p = append(*p, Party{Who: x.Who, rate: x.Share})
		}
		return
	}
	var list []Party
	n.Into(&list)
	*p = list
	p.check(n)
}

// RuleSchema is a list of parties, or one line.
func (*Parties) RuleSchema(s *rule.Schemas) rule.Schema {
	return rule.OneOf(rule.Scalar(), rule.Schema{"type": "array", "items": s.Of(reflect.TypeFor[Party]())})
}

// check gives the rest its share and proves that the shares fill the whole. A share that someone must still give is left.
func (p *Parties) check(n rule.Node) {
	left, rest := big.NewRat(1, 1), -1
	for i := range *p {
		x := &(*p)[i]
		s := x.Share.Is()
		switch {
		case !s.given:
			return
		case s.Rest && rest < 0:
			rest = i
		case s.Rest || s.Rate.Num() < 0:
			n.Fault(money.FaultShares.New())
			return
		}
		x.rate = s.Rate
		left.Sub(left, s.Rate.Rat())
	}
	if rest < 0 && left.Sign() != 0 || left.Sign() < 0 {
		n.Fault(money.FaultShares.New())
		return
	}
	if rest >= 0 {
		(*p)[rest].rate, _ = money.RateOf(left)
	}
	for i := range *p {
		(*p)[i].bounds(n)
	}
}

func (p *Party) bounds(n rule.Node) {
	r := p.rate
	if r.Cmp(p.AtLeast) < 0 || !p.AtMost.IsZero() && r.Cmp(p.AtMost) > 0 {
		n.Fault(FaultShare.At(p.Place).Set("who", p.Who).Set("share", r).Set("min", p.AtLeast).Set("max", p.AtMost))
	}
}

// Leaves are the parties that bear in the end: a party whose share is split again stands for its members.
func (p Parties) Leaves() (out []string) {
	for i := range p {
		if len(p[i].Split) > 0 {
			out = append(out, p[i].Split.Leaves()...)
			continue
		}
		out = append(out, p[i].Who)
	}
	return out
}

// Names are the parties' names in words, by key.
type Names map[string]scheme.Words

// Of is a party's name; its key when it has none.
func (n Names) Of(who string, l fault.Lang) string {
	if t := n[who].In(l); t != "" {
		return t
	}
	return who
}

// Part is what a party bears of a total.
type Part struct {
	Party  *Party
	Within *Party // whose share is split again; nil at the top
	Amount money.Fen
}

// table is parties made ready to divide.
type table struct {
	parties Parties
	split   money.Split
	below   []*table // nil where a share is not split again
}

func newTable(p Parties) (*table, error) {
	shares := make([]money.Rate, len(p))
	t := &table{parties: p, below: make([]*table, len(p))}
	for i := range p {
		shares[i] = p[i].rate
		if len(p[i].Split) > 0 {
			b, err := newTable(p[i].Split)
			if err != nil {
				return nil, err
			}
			t.below[i] = b
		}
	}
	var err error
	t.split, err = money.NewSplit(shares, -1)
	return t, err
}

// divide splits a total to the fen, largest remainder first, ties to the first named (OP-04); a share that is split again is
// rounded first, so that its members add up to it.
func (t *table) divide(total money.Fen, within *Party, dst []Part) ([]Part, error) {
	parts, err := t.split.Append(nil, total)
	if err != nil {
		return dst, err
	}
	for i, x := range parts {
		p := &t.parties[i]
		if t.below[i] == nil {
			dst = append(dst, Part{p, within, x})
			continue
		}
		if dst, err = t.below[i].divide(x, p, dst); err != nil {
			return dst, err
		}
	}
	return dst, nil
}

// String is the parties with their shares.
func (p Parties) String() string {
	parts := make([]string, len(p))
	for i := range p {
		x := &p[i]
		parts[i] = x.Who + " " + x.rate.Fraction()
		if len(x.Split) > 0 {
			parts[i] += " (" + x.Split.String() + ")"
		}
	}
	return strings.Join(parts, ", ")
}

// twice is a name that stands more than once; empty when there is none.
func (p Parties) twice() string {
	seen := map[string]bool{}
	for _, w := range p.Leaves() {
		if seen[w] {
			return w
		}
		seen[w] = true
	}
	return ""
}
