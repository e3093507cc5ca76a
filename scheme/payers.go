package scheme

import (
	"math/big"
	"reflect"
	"strings"

	"ganlan/fault"
	"ganlan/money"
	"ganlan/rule"
)

// Payers are who bear the money, with shares that add up to the whole.
type Payers []Payer

// DecodeRule reads [{who, share}, …], or one line such as «province 80%, county 20%».
func (p *Payers) DecodeRule(n rule.Node) {
	if n.IsScalar() {
		p.line(n)
	} else {
		var list []Payer
		n.Into(&list)
		*p = list
	}
	sum := money.Rate{}
	for _, x := range *p {
		sum, _ = sum.Plus(x.Share)
	}
	if len(*p) > 0 && sum.Rat().Cmp(big.NewRat(1, 1)) != 0 {
		n.Fault(money.FaultShares.New())
	}
}

func (p *Payers) line(n rule.Node) {
	for _, part := range strings.FieldsFunc(n.Text(), func(r rune) bool { return r == ',' || r == '，' || r == '、' }) {
		words := strings.FieldsFunc(part, func(r rune) bool { return r == ' ' || r == ':' || r == '：' || r == '=' })
		if len(words) != 2 {
			n.Fault(rule.FaultType.New().Set("want", "province 80%, county 20%").Set("got", n.Text()))
			return
		}
		share, err := money.ParseRate(words[1])
		if err != nil {
			n.Fault(fault.From(err)[0])
			return
		}
		*p = append(*p, Payer{words[0], share})
	}
}

// Index is the payer's place, -1 when there is none of that name.
func (p Payers) Index(who string) int {
	for i, x := range p {
		if x.Who == who {
			return i
		}
	}
	return -1
}

// Shares are the shares in order.
func (p Payers) Shares() []money.Rate {
	out := make([]money.Rate, len(p))
	for i, x := range p {
		out[i] = x.Share
	}
	return out
}

// RuleSchema is a list of payers, or one line such as «province 80%, county 20%».
func (*Payers) RuleSchema(s *rule.Schemas) rule.Schema {
	return rule.OneOf(rule.Scalar(), rule.Schema{"type": "array", "items": s.Of(reflect.TypeFor[Payer]())})
}
