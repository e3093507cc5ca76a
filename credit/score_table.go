package credit

import (
	"encoding"
	"math/big"
	"reflect"
	"strings"
	"unicode"

	"ganlan/figure"
	"ganlan/rule"
)

// Table is values by key in the order written: {AAA: 80, AA: 70}, or in one line «AAA 80, AA 70», as a parameter is set.
type Table[T any] []Pair[T]

// Pair is one key of a table.
type Pair[T any] struct {
	Key string
	Is  T
}

// DecodeRule reads the table. A key stands once.
func (t *Table[T]) DecodeRule(n rule.Node) {
	if n.IsScalar() {
		t.line(n)
		return
	}
	for _, e := range n.Entries() {
		x := Pair[T]{Key: e.Key.Text()}
		e.Value.Into(&x.Is)
		*t = append(*t, x)
	}
}

func (t *Table[T]) line(n rule.Node) {
	for _, part := range strings.FieldsFunc(n.Text(), func(r rune) bool { return strings.ContainsRune(",，、;；", r) }) {
		part = strings.TrimSpace(part)
		at := strings.LastIndexFunc(part, unicode.IsSpace)
		if at < 0 {
			n.Fault(rule.FaultType.New().Set("want", "AAA 80, AA 70").Set("got", n.Text()))
			return
		}
		x := Pair[T]{Key: strings.TrimSpace(part[:at])}
		if err := any(&x.Is).(encoding.TextUnmarshaler).UnmarshalText([]byte(strings.TrimSpace(part[at:]))); err != nil {
			n.Fault(rule.FaultType.New().Set("want", "AAA 80, AA 70").Set("got", part))
			return
		}
		if t.Find(x.Key) != nil {
			n.Fault(rule.FaultTwice.New().Set("key", x.Key))
			return
		}
		*t = append(*t, x)
	}
}

// Find is the value of a key, nil when there is none.
func (t Table[T]) Find(key string) *T {
	for i := range t {
		if t[i].Key == key {
			return &t[i].Is
		}
	}
	return nil
}

// Keys are the keys in order.
func (t Table[T]) Keys() []string {
	out := make([]string, len(t))
	for i := range t {
		out[i] = t[i].Key
	}
	return out
}

// text is the table in one line.
func (t Table[T]) text(say func(T) string) string {
	if len(t) == 0 {
		return "—"
	}
	parts := make([]string, len(t))
	for i := range t {
		parts[i] = t[i].Key + " " + say(t[i].Is)
	}
	return strings.Join(parts, ", ")
}

// Points is an exact number of points.
type Points struct{ figure.Value }

// UnmarshalText reads 90, 89.5 or 269/3; a percentage is refused.
func (p *Points) UnmarshalText(b []byte) (err error) {
	p.Value, err = figure.Parse(figure.Number, string(b))
	return err
}

func (p Points) rat() *big.Rat {
	if !p.Given() {
		return new(big.Rat)
	}
	return p.Rat()
}

// score writes points with two decimals where that is exact, else exactly: nobody reads 90.00 where 89.999 was graded.
func score(x *big.Rat) string {
	if n, exact := x.FloatPrec(); exact {
		return x.FloatString(max(n, 2))
	}
	return x.RatString()
}

// RuleSchema is a mapping, or one line such as «AAA 80, AA 70».
func (*Table[T]) RuleSchema(s *rule.Schemas) rule.Schema {
	return rule.OneOf(rule.Scalar(), rule.Schema{"type": "object", "additionalProperties": s.Of(reflect.TypeFor[T]())})
}
