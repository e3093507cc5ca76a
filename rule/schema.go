package rule

import (
	"encoding"
	"reflect"
	"strings"
)

// Schema is a JSON Schema, for editors that check a policy file while it is written. It is made from the same types and tags
// as the reader, which remains the judge.
type Schema map[string]any

// Schematic is a value that reads itself and therefore says itself what it accepts.
type Schematic interface{ RuleSchema(*Schemas) Schema }

// Schemas gathers the types met on the way, each once.
type Schemas struct{ defs Schema }

// SchemaOf is the schema of a file that is decoded into v.
func SchemaOf(v any) Schema {
	s := &Schemas{defs: Schema{}}
	root := s.Of(reflect.TypeOf(v).Elem())
	return Schema{"$schema": "https://json-schema.org/draft/2020-12/schema", "$defs": s.defs, "allOf": []any{root}}
}

var (
	schematic = reflect.TypeFor[Schematic]()
	texts     = reflect.TypeFor[encoding.TextUnmarshaler]()
	choices   = reflect.TypeFor[Choice]()
)

// Of is the schema of a type.
func (s *Schemas) Of(t reflect.Type) Schema {
	if t.Kind() == reflect.Pointer {
		return s.Of(t.Elem())
	}
	if p := reflect.PointerTo(t); p.Implements(schematic) {
		return s.named(t, func() Schema { return reflect.New(t).Interface().(Schematic).RuleSchema(s) })
	}
	if reflect.PointerTo(t).Implements(texts) {
		return Scalar()
	}
	switch t.Kind() {
	case reflect.Struct:
		return s.named(t, func() Schema { return s.Object(t) })
	case reflect.Slice:
		return Schema{"type": "array", "items": s.Of(t.Elem())}
	case reflect.Map:
		return Schema{"type": "object", "additionalProperties": s.Of(t.Elem())}
	case reflect.Bool:
		return Schema{"type": "boolean"}
	case reflect.Int, reflect.Int64:
		return Schema{"type": "integer"}
	}
	if t.Implements(choices) {
		return Schema{"enum": reflect.Zero(t).Interface().(Choice).Known()}
	}
	return Scalar()
}

// Scalar is a single value of any kind: amounts, rates and dates are texts with a form of their own.
func Scalar() Schema { return Schema{"type": []any{"string", "number", "boolean"}} }

// OneOf accepts any of several forms.
func OneOf(forms ...Schema) Schema { return Schema{"anyOf": forms} }

// named puts a type among the definitions, so that it stands once and may hold itself.
func (s *Schemas) named(t reflect.Type, make func() Schema) Schema {
	name := strings.NewReplacer("[", "_", "]", "", "/", ".", "*", "").Replace(t.String())
	if _, ok := s.defs[name]; !ok {
		s.defs[name] = Schema{}
		s.defs[name] = make()
	}
	return Schema{"$ref": "#/$defs/" + name}
}

// Object is the schema of a mapping that is decoded into a struct.
func (s *Schemas) Object(t reflect.Type) Schema {
	props, need := Schema{}, []string{}
	for _, f := range reflect.VisibleFields(t) {
		tag, ok := f.Tag.Lookup("rule")
		name, opt, _ := strings.Cut(tag, ",")
		if !ok || name == "-" {
			continue
		}
		props[name] = s.Of(f.Type)
		if opt == "need" {
			need = append(need, name)
		}
	}
	return Schema{"type": "object", "properties": props, "required": need, "additionalProperties": false}
}

// version is a value with its citation, its name and its dates.
func (s *Schemas) version(t reflect.Type) Schema {
	o := s.Object(reflect.TypeFor[written]())
	o["properties"].(Schema)["is"] = s.Of(t)
	return o
}

// RuleSchema is a version, or a list of dated ones.
func (v *Value[T]) RuleSchema(s *Schemas) Schema {
	one := s.version(reflect.TypeFor[T]())
	return OneOf(one, Schema{"type": "array", "items": one})
}

// RuleSchema is one version.
func (*Single[T]) RuleSchema(s *Schemas) Schema { return s.version(reflect.TypeFor[T]()) }

// RuleSchema is a plain value or a named version.
func (*Setting[T]) RuleSchema(s *Schemas) Schema {
	t := reflect.TypeFor[T]()
	return OneOf(s.Of(t), s.version(t))
}

// RuleSchema is a plain value, a named version, or a list of dated ones.
func (*Dated[T]) RuleSchema(s *Schemas) Schema {
	t := reflect.TypeFor[T]()
	one := s.version(t)
	return OneOf(s.Of(t), one, Schema{"type": "array", "items": one})
}

// RuleSchema is a single value or a list of them.
func (*Raw) RuleSchema(*Schemas) Schema {
	return OneOf(Scalar(), Schema{"type": "array", "items": Scalar()})
}

// RuleSchema is anything: the node is read later.
func (*Node) RuleSchema(*Schemas) Schema { return Schema{} }
