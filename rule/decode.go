package rule

import (
	"encoding"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"

	"ganlan/fault"
)

// Decodable is a value that reads itself from a node.
type Decodable interface{ DecodeRule(n Node) }

// Choice is a text value that must be one of a few; its zero value is what holds when nothing is written.
type Choice interface{ Known() []string }

type decoder struct {
	file   string
	faults fault.List
	sets   map[string]string
	names  map[string]bool // parameters that the file lets a user set
}

func (d *decoder) into(n Node, into any) { d.value(n, reflect.ValueOf(into).Elem()) }

// value decodes one node by the type that waits for it.
func (d *decoder) value(n Node, v reflect.Value) {
	if n.y.Kind == yaml.AliasNode {
		n.Fault(FaultType.New().Set("want", "直接写出的值").Set("got", "*"+n.y.Value))
		return
	}
	if x, ok := v.Addr().Interface().(Decodable); ok {
		x.DecodeRule(n)
		return
	}
	if v.Kind() == reflect.Pointer {
		v.Set(reflect.New(v.Type().Elem()))
		d.value(n, v.Elem())
		return
	}
	if x, ok := v.Addr().Interface().(encoding.TextUnmarshaler); ok {
		d.text(n, x)
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		d.object(n, v)
	case reflect.Slice:
		d.list(n, v)
	case reflect.Map:
		d.table(n, v)
	default:
		d.scalar(n, v)
	}
}

func (d *decoder) text(n Node, x encoding.TextUnmarshaler) {
	if !n.IsScalar() {
		n.wrong("一个值 (a single value)")
		return
	}
	if err := x.UnmarshalText([]byte(n.y.Value)); err != nil {
		for _, f := range fault.From(err) {
			n.Fault(f)
			return
		}
		n.wrong(err.Error())
	}
}

func (n Node) wrong(want string) {
	got := n.y.Value
	switch n.y.Kind {
	case yaml.MappingNode:
		got = "{…}"
	case yaml.SequenceNode:
		got = "[…]"
	}
	n.Fault(FaultType.New().Set("want", want).Set("got", got))
}

func (d *decoder) scalar(n Node, v reflect.Value) {
	if !n.IsScalar() {
		n.wrong("一个值 (a single value)")
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(n.y.Value)
		if c, ok := v.Interface().(Choice); ok && !slices.Contains(c.Known(), n.y.Value) {
			n.Fault(FaultChoice.New().Set("got", n.y.Value).Set("known", strings.Join(c.Known(), "、")).Near(n.y.Value, c.Known()))
		}
	case reflect.Bool:
		if n.y.Value != "true" && n.y.Value != "false" {
			n.wrong("true / false")
			return
		}
		v.SetBool(n.y.Value == "true")
	case reflect.Int, reflect.Int64:
		k, err := strconv.ParseInt(strings.ReplaceAll(n.y.Value, "_", ""), 10, 64)
		if err != nil {
			n.wrong("整数 (a whole number)")
			return
		}
		v.SetInt(k)
	default:
		panic(fmt.Sprintf("rule: cannot decode into %s", v.Type()))
	}
}

func (d *decoder) list(n Node, v reflect.Value) {
	if !n.IsList() {
		n.wrong("列表 [a, b]")
		return
	}
	v.Set(reflect.MakeSlice(v.Type(), len(n.y.Content), len(n.y.Content)))
	for i, item := range n.Items() {
		d.value(item, v.Index(i))
	}
}

func (d *decoder) table(n Node, v reflect.Value) {
	if !n.IsMap() {
		n.wrong("映射 {键: 值}")
		return
	}
	v.Set(reflect.MakeMap(v.Type()))
	for i := 0; i+1 < len(n.y.Content); i += 2 {
		e := reflect.New(v.Type().Elem()).Elem()
		d.value(Node{d, n.y.Content[i+1]}, e)
		v.SetMapIndex(reflect.ValueOf(n.y.Content[i].Value).Convert(v.Type().Key()), e)
	}
}

// object decodes a mapping into a struct: every key must be known and stand once, every needed key must be there.
func (d *decoder) object(n Node, v reflect.Value) {
	if !n.IsMap() {
		n.wrong("映射 {键: 值}")
		return
	}
	if x, ok := v.Addr().Interface().(interface{ stand(fault.Place) }); ok {
		x.stand(n.Place())
	}
	keys := Keys(v.Type())
	seen := map[string]bool{}
	for i := 0; i+1 < len(n.y.Content); i += 2 {
		key := Node{d, n.y.Content[i]}
		k := key.y.Value
		at, ok := keys[k]
		switch {
		case !ok:
			known := slices.Sorted(maps.Keys(keys))
			key.Fault(FaultUnknownKey.New().Set("key", k).Set("known", strings.Join(known, "、")).Near(k, known))
		case seen[k]:
			key.Fault(FaultTwice.New().Set("key", k))
		default:
			seen[k] = true
			d.value(Node{d, n.y.Content[i+1]}, v.FieldByIndex(at.index))
		}
	}
	for _, k := range slices.Sorted(maps.Keys(keys)) {
		if keys[k].need && !seen[k] {
			n.Fault(FaultMissing.New().Set("key", k))
		}
	}
}

type key struct {
	index []int
	need  bool
}

// Keys are the keys that a struct accepts, from its tags; embedded structs lend theirs.
func Keys(t reflect.Type) map[string]key {
	out := map[string]key{}
	for _, f := range reflect.VisibleFields(t) {
		tag, ok := f.Tag.Lookup("rule")
		if !ok {
			continue
		}
		name, opt, _ := strings.Cut(tag, ",")
		out[name] = key{f.Index, opt == "need"}
	}
	return out
}
