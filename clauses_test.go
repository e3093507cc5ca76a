package house_test

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"ganlan/scheme"
)

const (
	clausesFile = "policies/standard/clauses.yaml"
	testsFile   = "policies/standard/tests.yaml"
)

// clauseID is a clause of one of the documents, or an open point. OP-nn with letters stands for any of them.
var clauseID = regexp.MustCompile(`\b(?:LG|SC|DY|WZ|PX[1-8])-[0-9A-Z][0-9A-Za-z]*(?:\.[0-9A-Za-z]+)*|\bOP-\d+`)

// targetID is a target value, K-SC-1: its end looks like a clause and is none.
var targetID = regexp.MustCompile(`\bK-[A-Z]+-\d+`)

// clausesIn are the clauses and open points that a text names.
func clausesIn(text string) []string {
	return clauseID.FindAllString(targetID.ReplaceAllString(text, ""), -1)
}

func clausesKnown(t *testing.T) map[string]bool {
	data, err := os.ReadFile(clausesFile)
	if err != nil {
		t.Fatal(err)
	}
	list, faults := scheme.LoadClauses(clausesFile, data)
	if faults.Err() != nil {
		t.Fatal(faults)
	}
	out := map[string]bool{}
	for _, p := range list {
		for _, x := range p.Clauses {
			if out[string(x.ID)] {
				t.Errorf("%s stands twice", x.ID)
			}
			if !strings.HasPrefix(string(x.ID), p.Key+"-") {
				t.Errorf("%s stands under %s", x.ID, p.Key)
			}
			out[string(x.ID)] = true
		}
	}
	return out
}

// texts are all files in which clauses are cited.
func cited(t *testing.T) (files []string) {
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if name := d.Name(); path != "." && (name[0] == '.' || name == "bin" || name == "out" || name == "fuzz") {
				return filepath.SkipDir
			}
			return nil
		}
		switch filepath.Ext(path) {
		case ".go", ".yaml", ".md", ".txtar":
			if filepath.ToSlash(path) != clausesFile && filepath.ToSlash(path) != testsFile && path != "clauses_test.go" {
				files = append(files, path)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func TestEveryClauseCitedAnywhereStandsInTheList(t *testing.T) {
	known := clausesKnown(t)
	n := 0
	for _, path := range cited(t) {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for i, line := range bytes.Split(data, []byte("\n")) {
			for _, id := range clausesIn(string(line)) {
				n++
				if !known[id] {
					t.Errorf("%s:%d: there is no clause %s", path, i+1, id)
				}
			}
		}
	}
	if n < 1000 {
		t.Errorf("only %d citations found: is the search still right?", n)
	}
}

// The list of tests is part of the program, so that it can say what proves a clause where there is no source.
func TestTheListOfTestsByClauseIsWrittenFromTheSource(t *testing.T) {
	want := testsPage(t)
	if *update {
		if err := os.WriteFile(testsFile, want, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(testsFile)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s is not what the tests say; write it again with: make generate", testsFile)
	}
}

func testsPage(t *testing.T) []byte {
	by := map[string][]string{}
	for _, path := range cited(t) {
		name := filepath.ToSlash(path)
		switch {
		case strings.HasSuffix(path, "_test.go"):
			testsIn(t, path, name, by)
		case strings.HasSuffix(path, ".txtar"):
			data, _ := os.ReadFile(path)
			note(by, commentsOf(string(data)), name)
		}
	}
	var b bytes.Buffer
	b.WriteString("# Which tests name which clause or open point; written by make generate from the tests themselves.\n")
	for _, id := range slices.Sorted(maps.Keys(by)) {
		slices.Sort(by[id])
		fmt.Fprintf(&b, "%s:\n", id)
		for _, test := range slices.Compact(by[id]) {
			fmt.Fprintf(&b, "  - %q\n", test)
		}
	}
	return b.Bytes()
}

// testsIn notes the clauses that each test function names in a comment inside it or above it. A clause in a text is data of the
// test, not what it proves.
func testsIn(t *testing.T, path, name string, by map[string][]string) {
	set := token.NewFileSet()
	file, err := parser.ParseFile(set, path, nil, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range file.Decls {
		f, ok := d.(*ast.FuncDecl)
		if !ok || !strings.HasPrefix(f.Name.Name, "Test") && !strings.HasPrefix(f.Name.Name, "Fuzz") {
			continue
		}
		for _, c := range file.Comments {
			if c == f.Doc || f.Pos() <= c.Pos() && set.Position(c.Pos()).Line <= set.Position(f.End()).Line && c.Pos() < f.End() {
				note(by, c.Text(), name+": "+f.Name.Name)
			}
		}
	}
}

// commentsOf are the comment lines of a script.
func commentsOf(script string) string {
	var b strings.Builder
	for _, line := range strings.Split(script, "\n") {
		if strings.HasPrefix(line, "#") {
			b.WriteString(line + "\n")
		}
	}
	return b.String()
}

func note(by map[string][]string, text, who string) {
	for _, id := range clausesIn(text) {
		by[id] = append(by[id], who)
	}
}
