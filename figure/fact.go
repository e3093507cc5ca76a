// Package figure is the arithmetic that a scheme writes itself: named facts of a row (a firm, a family, a product) with their
// types, and exact figures computed from them step by step, each with its clause. It refuses figures that mix units and
// facts that are not given; it never rounds unless the scheme says so.
package figure

import (
	"reflect"
	"strings"

	"ganlan/day"
	"ganlan/fault"
	"ganlan/money"
	"ganlan/rule"
)

// Type is what a fact or figure holds.
type Type string

// The types. Percent, Number and Count are plain numbers and differ in how they are written; Count is whole.
const (
	Money   Type = "money"
	Percent Type = "percent"
	Number  Type = "number"
	Count   Type = "count"
	Date    Type = "date"
	Flag    Type = "flag"
	Text    Type = "text"
)

// Known lists the types.
func (Type) Known() []string {
	return []string{string(Money), string(Percent), string(Number), string(Count), string(Date), string(Flag), string(Text)}
}

// names are the types of conditions that stand for ours.
var names = map[Type]rule.Type{Money: rule.Money, Percent: rule.Percent, Number: rule.Number, Count: rule.Int, Date: rule.Date,
	Flag: rule.Bool, Text: rule.Text}

// plain reports whether the type is a number without a unit.
func (t Type) plain() bool { return t == Percent || t == Number || t == Count }

// Fact is a value that is given for each row.
type Fact struct {
	rule.Spot
	rule.Cite
	Key    string   `rule:"-"`
	Type   Type     `rule:"type,need"`
	Zh     string   `rule:"zh,need"` // also the title of its column
	En     string   `rule:"en,need"`
	Titles []string `rule:"titles"` // other titles of its column
	Need   bool     `rule:"need"`   // a row without it is refused, whether a rule asks for it or not
	In     []string `rule:"in"`     // of a text: what it may be
	Min    string   `rule:"min"`    // both in
	Max    string   `rule:"max"`

	min, max *Value
}

// Facts are the facts of a scheme in the order of the file.
type Facts []Fact

// DecodeRule reads {name: {type, zh, en}, …} and keeps the order.
func (f *Facts) DecodeRule(n rule.Node) {
	for _, e := range n.Entries() {
		x := Fact{Key: e.Key.Text()}
		e.Value.Into(&x)
		x.bounds(e.Value)
		*f = append(*f, x)
	}
}

func (f *Fact) bounds(n rule.Node) {
	for _, b := range []struct {
		text string
		to   **Value
	}{{f.Min, &f.min}, {f.Max, &f.max}} {
		if b.text == "" {
			continue
		}
		v, err := Parse(f.Type, b.text)
		if err != nil {
			n.Fault(fault.From(err)[0])
			continue
		}
		*b.to = &v
	}
}

// Title is the fact's name in a language.
func (f *Fact) Title(l fault.Lang) string {
	if l == fault.En {
		return f.En
	}
	return f.Zh
}

// Find is the fact of a key, nil when there is none.
func (f Facts) Find(key string) *Fact {
	for i := range f {
		if f[i].Key == key {
			return &f[i]
		}
	}
	return nil
}

// Keys are the names of the facts in order.
func (f Facts) Keys() []string {
	out := make([]string, len(f))
	for i := range f {
		out[i] = f[i].Key
	}
	return out
}

// Parse reads a value of a type as policies and cases write it: money in yuan (万元 and 亿元 with the word), a percentage
// with its sign, dates in ISO form, true or false.
func Parse(t Type, text string) (Value, error) {
	text = strings.TrimSpace(text)
	switch t {
	case Money:
		var f money.Fen
		err := f.UnmarshalText([]byte(text))
		return OfMoney(f), err
	case Percent:
		var r money.Rate
		err := r.UnmarshalText([]byte(text))
		return Value{Type: Percent, rat: r.Rat()}, err
	case Number, Count:
		return parseNumber(t, text)
	case Date:
		d, err := day.Parse(text)
		return OfDate(d), err
	case Flag:
		return parseFlag(text)
	}
	return OfText(text), nil
}

func parseNumber(t Type, text string) (Value, error) {
	if strings.ContainsAny(text, "%‰pP") {
		return Value{}, wrong(t, text)
	}
	r, err := money.ParseRate(strings.ReplaceAll(text, ",", ""))
	if err != nil || t == Count && (r.Den() != 1 || r.Num() < 0) {
		return Value{}, wrong(t, text)
	}
	return Value{Type: t, rat: r.Rat()}, nil
}

func parseFlag(text string) (Value, error) {
	switch text {
	case "true", "是", "1":
		return OfFlag(true), nil
	case "false", "否", "0":
		return OfFlag(false), nil
	}
	return Value{}, wrong(Flag, text)
}

// wants says in words what a value of a type looks like.
var wants = map[Type]string{Number: "数，如 8.2 (a number)", Count: "不为负的整数 (a whole number, not negative)", Flag: "true / false"}

func wrong(t Type, text string) error {
	return rule.FaultType.New().Set("want", wants[t]).Set("got", text)
}

// Row are the facts given for one row, by key.
type Row map[string]Value

// Read types the texts of a row and checks them: unknown keys, wrong values, values outside what the fact allows, needed
// facts that are not there. at is the place of the row.
func (f Facts) Read(texts map[string]rule.Raw, at fault.Place) (Row, fault.List) {
	row := Row{}
	var faults fault.List
	for _, key := range sortedKeys(texts) {
		x := f.Find(key)
		if x == nil {
			faults.Add(rule.FaultUnknownKey.At(at).Set("key", key).Set("known", strings.Join(f.Keys(), "、")).Near(key, f.Keys()))
			continue
		}
		v, err := x.Read(string(texts[key]))
		if err != nil {
			y := fault.From(err)[0]
			y.Place = at
			y.Place.Column = x.Zh
			faults.Add(y)
			continue
		}
		row[key] = v
	}
	for i := range f {
		if _, ok := row[f[i].Key]; f[i].Need && !ok && texts[f[i].Key] == "" {
			faults.Add(FaultNeeded.At(at).Set("fact", f[i].Zh).Set("fact_en", f[i].En))
		}
	}
	return row, faults
}

// Read is one value of the fact.
func (f *Fact) Read(text string) (Value, error) {
	v, err := Parse(f.Type, text)
	if err != nil {
		return v, err
	}
	if f.min != nil && v.Cmp(*f.min) < 0 || f.max != nil && v.Cmp(*f.max) > 0 {
		return v, FaultRange.New().Set("value", text).Set("fact", f.Zh).Set("fact_en", f.En).Set("min", f.Min).Set("max", f.Max)
	}
	if len(f.In) > 0 && !contains(f.In, text) {
		return v, rule.FaultChoice.New().Set("got", text).Set("known", strings.Join(f.In, "、")).Near(text, f.In)
	}
	return v, nil
}

// RuleSchema is a mapping of names to facts.
func (*Facts) RuleSchema(s *rule.Schemas) rule.Schema { return named[Fact](s) }

func named[T any](s *rule.Schemas) rule.Schema {
	return rule.Schema{"type": "object", "propertyNames": rule.Schema{"pattern": nameForm.String()},
		"additionalProperties": s.Of(reflect.TypeFor[T]())}
}
