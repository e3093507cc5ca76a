// Package rule is the language in which policies are written: strict YAML with line numbers, cited and dated values, and
// typed conditions. It refuses unknown keys, wrong types, values without a clause and conditions that could guess.
package rule

import (
	"errors"
	"maps"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"ganlan/fault"
)

// Node is one place of a policy file.
type Node struct {
	d *decoder
	y *yaml.Node
}

// Decode reads a policy file into a value whose fields carry `rule:"key"` tags (`rule:"key,need"` must be given). Values
// named in the file can be replaced by sets (name → text). All faults of the file come back at once, in order.
func Decode(file string, data []byte, into any, sets map[string]string) fault.List {
	r := NewReader(sets)
	faults := r.Read(file, data, into)
	if Unread(faults) {
		return faults
	}
	faults = append(faults, r.Unknown()...)
	faults.Sort()
	return faults
}

// Reader reads files that make one policy together: what is set may be named in any of them.
type Reader struct {
	sets  map[string]string
	names map[string]bool
}

// NewReader starts a reader with the values that the user sets, by name.
func NewReader(sets map[string]string) *Reader { return &Reader{sets, map[string]bool{}} }

// Read is Decode for one of the files.
func (r *Reader) Read(file string, data []byte, into any) fault.List {
	d := &decoder{file: file, sets: r.sets, names: r.names}
	root, f := parse(file, data)
	if f != nil {
		return fault.List{f}
	}
	Node{d, root}.Into(into)
	d.faults.Sort()
	return d.faults
}

// Unknown are the faults for what is set and stands in none of the files that were read.
func (r *Reader) Unknown() (faults fault.List) {
	for _, name := range slices.Sorted(maps.Keys(r.sets)) {
		if !r.names[name] {
			known := slices.Sorted(maps.Keys(r.names))
			faults.Add(FaultNoSuchName.New().Set("name", name).Set("known", strings.Join(known, "、")).Near(name, known))
		}
	}
	return faults
}

// Unread reports whether a file could not be read at all, so that nothing in it can be checked further.
func Unread(faults fault.List) bool { return len(faults) == 1 && faults[0].Def == FaultSyntax }

// Peek is the text of a key at the top of a policy file; empty when the file cannot be read or has no such key.
func Peek(data []byte, key string) string {
	root, f := parse("", data)
	if f != nil {
		return ""
	}
	n, _ := Node{&decoder{}, root}.Get(key)
	if n.y == nil {
		return ""
	}
	return n.Text()
}

func parse(file string, data []byte) (*yaml.Node, *fault.Fault) {
	var doc yaml.Node
	if err := yaml.Load(data, &doc); err != nil {
		at := fault.Place{File: file}
		var le *yaml.LoadError
		if errors.As(err, &le) {
			at.Line, at.Col = le.Mark.Line, le.Mark.Column
			err = errors.New(le.Message)
		}
		return nil, FaultSyntax.At(at).Set("text", strings.TrimPrefix(err.Error(), "yaml: "))
	}
	if len(doc.Content) == 0 {
		return nil, FaultSyntax.At(fault.Place{File: file}).Set("text", "空文件 (empty file)")
	}
	return doc.Content[0], nil
}

// Place is where the node stands.
func (n Node) Place() fault.Place {
	return fault.Place{File: n.d.file, Line: n.y.Line, Col: n.y.Column}
}

// Fault records a fault at this node.
func (n Node) Fault(f *fault.Fault) {
	if f.Place.Line == 0 {
		f.Place = n.Place()
	}
	n.d.faults.Add(f)
}

// IsScalar, IsMap and IsList tell the node's shape.
func (n Node) IsScalar() bool { return n.y.Kind == yaml.ScalarNode }

// IsMap reports whether the node is a mapping.
func (n Node) IsMap() bool { return n.y.Kind == yaml.MappingNode }

// IsList reports whether the node is a sequence.
func (n Node) IsList() bool { return n.y.Kind == yaml.SequenceNode }

// Text is the scalar as written.
func (n Node) Text() string { return n.y.Value }

// Items are the members of a list.
func (n Node) Items() []Node {
	out := make([]Node, len(n.y.Content))
	for i, c := range n.y.Content {
		out[i] = Node{n.d, c}
	}
	return out
}

// Entry is one key of a mapping with its value.
type Entry struct{ Key, Value Node }

// Entries are the keys of a mapping in the order of the file. A key that stands twice is a fault and is left out; what is no
// mapping has none and is a fault.
func (n Node) Entries() (out []Entry) {
	if !n.IsMap() {
		n.wrong("映射 {键: 值} (a mapping)")
		return nil
	}
	seen := map[string]bool{}
	for i := 0; i+1 < len(n.y.Content); i += 2 {
		k := Node{n.d, n.y.Content[i]}
		if seen[k.Text()] {
			k.Fault(FaultTwice.New().Set("key", k.Text()))
			continue
		}
		seen[k.Text()] = true
		out = append(out, Entry{k, Node{n.d, n.y.Content[i+1]}})
	}
	return out
}

// Get is the value of a key of a mapping.
func (n Node) Get(key string) (Node, bool) {
	for i := 0; i+1 < len(n.y.Content); i += 2 {
		if n.y.Content[i].Value == key {
			return Node{n.d, n.y.Content[i+1]}, true
		}
	}
	return Node{}, false
}

// Into decodes the node into a pointer.
func (n Node) Into(into any) { n.d.into(n, into) }

// Spot is embedded by a rule that wants to know where in the file it stands.
type Spot struct{ Place fault.Place }

func (s *Spot) stand(p fault.Place) { s.Place = p }
