package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"ganlan/fault"
	"ganlan/figure"
	"ganlan/policies"
	"ganlan/rule"
)

// guides are the pages whose commands people copy.
var guides = []string{"README.md", "README.zh-CN.md", "docs/how-to-write-a-scheme.md", "docs/how-to-write-a-scheme.zh-CN.md"}

// block is a fenced piece of a page. mark is the comment in front of it, in HTML:
//
//	file NAME   it is written to this file
//	in FILE     its lines stand in this file of the tree, in this order
//	figures     facts and figures; each line ends with what comes out, behind «→»
//	refused     its commands end with a refusal
type block struct {
	language, mark, text string
	line                 int
}

var fence = regexp.MustCompile("(?ms)^(?:<!-- ([^\n]*?) -->\n)?```(\\w+)\n(.*?)^```$")

func blocks(page string) (out []block) {
	for _, m := range fence.FindAllStringSubmatchIndex(page, -1) {
		b := block{language: page[m[4]:m[5]], text: page[m[6]:m[7]], line: 1 + strings.Count(page[:m[0]], "\n")}
		if m[2] >= 0 {
			b.mark = page[m[2]:m[3]]
		}
		out = append(out, b)
	}
	return out
}

// TestTheScriptsOfTheGuidesDoWhatThePagesSay writes the files of a page, runs its commands and looks for what it prints, in a
// copy of the examples.
func TestTheScriptsOfTheGuidesDoWhatThePagesSay(t *testing.T) {
	for _, name := range guides {
		t.Run(filepath.Base(name), func(t *testing.T) {
			page, err := os.ReadFile(filepath.Join("../..", name))
			if err != nil {
				t.Fatal(err)
			}
			dir := t.TempDir()
			if err := os.CopyFS(filepath.Join(dir, "examples"), os.DirFS("../../examples")); err != nil {
				t.Fatal(err)
			}
			g := guide{dir: dir}
			for _, b := range blocks(string(page)) {
				if err := g.follow(b); err != nil {
					t.Errorf("%s:%d: %v", name, b.line, err)
				}
			}
			if g.ran < 3 {
				t.Errorf("only %d commands run: is the search still right?", g.ran)
			}
		})
	}
}

// guide follows a page, block by block.
type guide struct {
	dir, said string
	ran       int
}

func (g *guide) follow(b block) error {
	word, rest, _ := strings.Cut(b.mark, " ")
	switch {
	case word == "file":
		name := filepath.Join(g.dir, rest)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			return err
		}
		return os.WriteFile(name, []byte(b.text), 0o600)
	case word == "in":
		return standsIn(rest, b.text)
	case word == "figures":
		return comeOut(b.text)
	case b.language == "sh":
		return g.run(b.text, word == "refused")
	case b.language == "text":
		return saidAll(g.said, b.text)
	}
	return nil
}

// run runs commands as a reader would; those that build the program or come from its tests are left out.
func (g *guide) run(script string, refused bool) error {
	var kept []string
	for _, l := range strings.Split(strings.ReplaceAll(script, "bin/ganlan", "ganlan"), "\n") {
		if !strings.HasPrefix(l, "make") {
			kept = append(kept, l)
		}
	}
	if strings.TrimSpace(strings.Join(kept, "")) == "" {
		return nil
	}
	cmd := exec.Command("sh", "-ec", strings.Join(kept, "\n"))
	cmd.Dir = g.dir
	out, err := cmd.CombinedOutput()
	g.said = string(out)
	g.ran++
	if (err != nil) != refused {
		return fmt.Errorf("%v\n%s", err, out)
	}
	return nil
}

// saidAll looks for each printed line in what was said; runs of blanks are one, and … stands for anything left out.
func saidAll(said, text string) error {
	flat := func(s string) string { return strings.Join(strings.Fields(s), " ") }
	said = flat(said)
	for _, l := range strings.Split(text, "\n") {
		for _, part := range strings.Split(l, "…") {
			if p := flat(part); !strings.Contains(said, p) {
				return fmt.Errorf("nothing says %q in\n%s", p, said)
			}
		}
	}
	return nil
}

// standsIn looks for the lines in a file of the tree, in their order.
func standsIn(name, text string) error {
	data, err := policies.FS.ReadFile(strings.TrimPrefix(name, "policies/"))
	if err != nil {
		if data, err = os.ReadFile(filepath.Join("../..", name)); err != nil {
			return err
		}
	}
	rest := string(data)
	for _, l := range strings.Split(strings.TrimSpace(text), "\n") {
		_, after, found := strings.Cut(rest, strings.TrimSpace(l))
		if !found {
			return fmt.Errorf("%s does not say, or not in this order: %s", name, l)
		}
		rest = after
	}
	return nil
}

// comeOut computes the figures of a block. A comment «→ value» says what a figure comes to, and for a fact what is given.
func comeOut(text string) error {
	var s struct {
		Facts   figure.Facts   `rule:"facts"`
		Figures figure.Figures `rule:"figures"`
	}
	if faults := rule.Decode("figures.yaml", []byte(text), &s, nil); faults.Err() != nil {
		return faults.Err()
	}
	p, faults := figure.Compile(s.Facts, s.Figures, nil)
	if faults.Err() != nil {
		return faults.Err()
	}
	values, given := map[string]string{}, map[string]rule.Raw{}
	for _, l := range strings.Split(text, "\n") {
		key, _, _ := strings.Cut(strings.TrimSpace(l), ":")
		if _, value, ok := strings.Cut(l, "→ "); ok {
			values[key] = strings.TrimSpace(value)
		}
	}
	for i := range s.Facts {
		given[s.Facts[i].Key] = rule.Raw(values[s.Facts[i].Key])
	}
	row, faults := s.Facts.Read(given, fault.Place{})
	if faults.Err() != nil {
		return faults.Err()
	}
	r := p.Run(row)
	for i := range s.Figures {
		k := s.Figures[i].Key
		if v, err := r.Get(k); err != nil || v.String() != values[k] {
			return fmt.Errorf("%s comes to %s %v, the page says %q", k, v, err, values[k])
		}
	}
	return nil
}
