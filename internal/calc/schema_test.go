package calc

import (
	"encoding/json"
	"io/fs"
	"os"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v4"

	"ganlan/rule"
	"ganlan/scheme"
)

// validator is the schema of a kind in the hands of a library that knows nothing of ours.
func validator(t *testing.T, k Kind) *jsonschema.Schema {
	t.Helper()
	data, err := json.Marshal(rule.SchemaOf(k.Empty()))
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(string(data)))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("scheme.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("scheme.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// instance is a policy file as plain data.
func instance(t *testing.T, text []byte) any {
	t.Helper()
	var v any
	if err := yaml.Load(text, &v); err != nil {
		t.Fatal(err)
	}
	data, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	out, err := jsonschema.UnmarshalJSON(strings.NewReader(string(data)))
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestAnEditorsSchemaAcceptsWhatTheReaderAcceptsAndRefusesTypos(t *testing.T) {
	seen := map[scheme.Kind]int{}
	for _, dir := range []fs.FS{os.DirFS("../../policies"), os.DirFS("../../examples/new-county")} {
		folders, err := scheme.Folders(dir)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range folders {
			k, x := KindOf(f)
			if x != nil {
				t.Fatal(x)
			}
			seen[k.Name]++
			s, text := validator(t, *k), f.Read("scheme.yaml")
			if err := s.Validate(instance(t, text)); err != nil {
				t.Errorf("%s: %v", f.ID, err)
			}
			typo := strings.Replace(string(text), "\ntitle:", "\ntitel:", 1)
			if err := s.Validate(instance(t, []byte(typo))); err == nil {
				t.Errorf("%s: a misspelt key passes", f.ID)
			}
		}
	}
	for _, k := range Kinds {
		if seen[k.Name] == 0 {
			t.Errorf("no folder of kind %s shows its schema", k.Name)
		}
	}
}
