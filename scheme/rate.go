package scheme

import (
	"reflect"
	"strings"

	"ganlan/fault"
	"ganlan/money"
	"ganlan/rule"
)

// Of names what a rate is taken from.
type Of string

// The sources of a rate.
const (
	OfFixed     Of = ""
	OfContract  Of = "contract_rate"
	OfLPR       Of = "lpr"
	OfBenchmark Of = "benchmark"
)

// Known are the sources of a rate.
func (Of) Known() []string { return words(OfContract, OfLPR, OfBenchmark) }

// Tenor says which maturity of a reference rate is meant (OP-08).
type Tenor string

// The tenors.
const (
	ByContractTerm Tenor = "by_contract_term"
	OneYear        Tenor = "1y"
	FiveYears      Tenor = "5y"
)

// Known are the tenors.
func (Tenor) Known() []string { return words(ByContractTerm, OneYear, FiveYears) }

// Rate is a rate as written: a figure, a source with a share and points, the part above another rate, or the lowest or
// highest of several.
type Rate struct {
	Fixed   money.Rate
	Of      Of         // contract_rate, lpr or benchmark; empty for a figure
	Share   money.Rate // of the source; the whole when not written
	Plus    money.Rate // points added to the source; may be negative
	Tenor   Tenor
	At      At
	Above   *Rate  // only the part above this rate, never below zero
	Lowest  []Rate // the lowest of these
	Highest []Rate
}

type rateWords struct {
	Of      Of         `rule:"of"`
	Is      money.Rate `rule:"is"`
	Share   money.Rate `rule:"share"`
	Plus    money.Rate `rule:"plus"`
	Tenor   Tenor      `rule:"tenor"`
	At      At         `rule:"at"`
	Above   *Rate      `rule:"above"`
	Lowest  []Rate     `rule:"lowest"`
	Highest []Rate     `rule:"highest"`
}

// DecodeRule reads 1.8%, contract_rate, or a mapping.
func (r *Rate) DecodeRule(n rule.Node) {
	*r = Rate{Share: money.Whole, Tenor: ByContractTerm, At: AtDrawdown}
	if n.IsScalar() {
		r.word(n)
		return
	}
	w := rateWords{Share: money.Whole, Tenor: ByContractTerm, At: AtDrawdown}
	n.Into(&w)
	*r = Rate{w.Is, w.Of, w.Share, w.Plus, w.Tenor, w.At, w.Above, w.Lowest, w.Highest}
	if w.Of == "" && len(w.Lowest) == 0 && len(w.Highest) == 0 && w.Is.IsZero() {
		n.Fault(rule.FaultMissing.New().Set("key", "of / lowest / highest"))
	}
}

func (r *Rate) word(n rule.Node) {
	for _, k := range r.Of.Known() {
		if n.Text() == k {
			r.Of = Of(k)
			return
		}
	}
	if err := r.Fixed.UnmarshalText([]byte(n.Text())); err != nil {
		n.Fault(fault.From(err)[0])
	}
}

// String is the rate in 中文.
func (r Rate) String() string { return r.In(fault.Zh) }

// In is the rate in words a clerk knows.
func (r Rate) In(l fault.Lang) string {
	s := ""
	switch {
	case len(r.Lowest) > 0:
		s = Words{"取低(", "lowest of ("}.In(l) + join(r.Lowest, l) + ")"
	case len(r.Highest) > 0:
		s = Words{"取高(", "highest of ("}.In(l) + join(r.Highest, l) + ")"
	case r.Of == OfFixed:
		s = r.Fixed.String()
	default:
		s = r.source(l)
	}
	if r.Above != nil {
		s = Words{"(" + s + " 高于 " + r.Above.In(l) + " 的部分)", "(the part of " + s + " above " + r.Above.In(l) + ")"}.In(l)
	}
	return s
}

// source is a rate taken from another, with its day and tenor where the scheme chose them.
func (r Rate) source(l fault.Lang) string {
	s := WordOf(string(r.Of)).In(l)
	if r.reference() && r.At != AtDrawdown {
		s = Words{WordOf(string(r.At)).Zh + "的" + s, s + " of " + WordOf(string(r.At)).En}.In(l)
	}
	if r.reference() && r.Tenor != ByContractTerm {
		s += Words{"（" + WordOf(string(r.Tenor)).Zh + "）", " (" + WordOf(string(r.Tenor)).En + ")"}.In(l)
	}
	if r.Share.Cmp(money.Whole) != 0 {
		s += " × " + r.Share.Fraction()
	}
	if !r.Plus.IsZero() {
		s += " + " + r.Plus.String()
	}
	return s
}

func join(rs []Rate, l fault.Lang) string {
	parts := make([]string, len(rs))
	for i, r := range rs {
		parts[i] = r.In(l)
	}
	return strings.Join(parts, Words{"、", ", "}.In(l))
}

// DrawBound reports whether the rate depends on the day of the draw, EachDay whether it moves during the loan.
func (r Rate) DrawBound() bool {
	return r.any(func(x Rate) bool { return x.reference() && x.At == AtDrawdown })
}

// EachDay reports whether the rate follows its reference day by day.
func (r Rate) EachDay() bool {
	return r.any(func(x Rate) bool { return x.reference() && x.At == AtEachDay })
}

// UsesReference reports whether any rate of the scheme is taken from a published table.
func (s *Scheme) UsesReference() bool {
	found := s.Program != nil && s.Program.Uses("lpr")
	see := func(r Rate) { found = found || r.Uses(OfLPR) || r.Uses(OfBenchmark) }
	for _, v := range []*rule.Value[Rate]{&s.Amount.Rate, &s.Amount.Limit} {
		for _, x := range v.Versions {
			see(x.Is)
		}
	}
	for i := range s.Who {
		see(s.Who[i].Is.Is())
	}
	for i := range s.Warn {
		see(s.Warn[i].Above.Is())
	}
	return found
}

// Uses reports whether the rate reads the source.
func (r Rate) Uses(of Of) bool { return r.any(func(x Rate) bool { return x.Of == of }) }

func (r Rate) reference() bool { return r.Of == OfLPR || r.Of == OfBenchmark }

func (r Rate) any(is func(Rate) bool) bool {
	if is(r) || r.Above != nil && r.Above.any(is) {
		return true
	}
	for _, x := range append(append([]Rate{}, r.Lowest...), r.Highest...) {
		if x.any(is) {
			return true
		}
	}
	return false
}

// RuleSchema is a figure, the name of a source, or a mapping.
func (*Rate) RuleSchema(s *rule.Schemas) rule.Schema {
	return rule.OneOf(rule.Scalar(), s.Of(reflect.TypeFor[rateWords]()))
}
