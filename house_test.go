// Package house_test holds the tree to the plan of its rooms: who imports whom, who owns which library, what every class of
// fault says, and where no binary fraction may stand.
package house_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"io/fs"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "ganlan/"

// Groups of rooms, from the ground up.
var (
	ground   = []string{"fault", "money", "day", "region", "ident"}
	language = []string{"rule", "figure", "scheme", "flow", "form"}
	matter   = []string{"household", "credit", "loan", "subsidy", "claim", "payment", "bankfile", "risk", "report"}
	pure     = slices.Concat(ground, language, matter)
	inner    = []string{"internal/calc", "internal/sample", "internal/storetest", "internal/seal", "internal/auth", "internal/store", "internal/queue",
		"internal/desk", "internal/demo", "internal/web", "internal/api"}
	all = slices.Concat(pure, inner)
)

// rooms says for every room what of ours it may import. A room that is not here may not exist.
var rooms = map[string][]string{
	"fault":  {},
	"money":  {"fault"},
	"day":    {"fault"},
	"ident":  {"fault"},
	"region": {"fault", "day"},

	"rule":   ground,
	"figure": with(ground, "rule"),
	"scheme": with(ground, "rule", "figure"),
	"flow":   with(ground, "rule"),
	"form":   with(ground, "rule"),

	"household": with(ground, language...),
	"loan":      with(ground, language...),
	"report":    with(ground, language...),
	"bankfile":  with(ground, slices.Concat(language, []string{"household", "loan"})...),
	"credit":    with(ground, slices.Concat(language, []string{"household"})...),
	"subsidy":   with(ground, slices.Concat(language, []string{"household", "loan"})...),
	"claim":     with(ground, slices.Concat(language, []string{"household", "loan", "subsidy"})...),
	"payment":   with(ground, slices.Concat(language, []string{"household", "loan", "subsidy", "claim", "bankfile"})...),
	"risk":      with(ground, slices.Concat(language, []string{"household", "loan"})...),

	"internal/calc":      pure,
	"internal/sample":    pure,
	"internal/storetest": {},
	"internal/seal":      ground,
	"internal/auth":      ground,
	"internal/store":     with(pure, "internal/seal", "internal/auth"),
	"internal/queue":     with(ground, "internal/store"),
	"internal/desk":      with(pure, "internal/calc", "internal/seal", "internal/auth", "internal/store", "internal/queue"),
	"internal/demo":      with(pure, "internal/calc", "internal/sample", "internal/seal", "internal/auth", "internal/store", "internal/desk"),
	"internal/web":       with(pure, "internal/auth", "internal/desk"),
	"internal/api":       with(pure, "internal/auth", "internal/desk"),

	"policies":   {},
	"cmd/ganlan": with(all, "policies"),
	"bench":      all,
}

// owners says which room alone may import a library of others. What is not here may be imported by nobody but tests.
var owners = map[string]string{
	"go.yaml.in/yaml":                       "rule",
	"cel.dev/cel-go":                        "rule",
	"github.com/xuri/excelize":              "form",
	"golang.org/x/text":                     "bankfile",
	"github.com/lanrat/extsort":             "internal/calc",
	"github.com/alecthomas/kong":            "cmd/ganlan",
	"github.com/charmbracelet":              "cmd/ganlan",
	"github.com/schollz/progressbar":        "cmd/ganlan",
	"golang.org/x/term":                     "cmd/ganlan",
	"github.com/emmansun/gmsm":              "internal/seal",
	"golang.org/x/crypto":                   "internal/seal",
	"github.com/pquerna/otp":                "internal/seal",
	"modernc.org/sqlite":                    "internal/store",
	"github.com/jackc/pgx":                  "internal/store",
	"github.com/pressly/goose":              "internal/store",
	"github.com/riverqueue/river":           "internal/queue",
	"github.com/prometheus/client_golang":   "cmd/ganlan",
	"pgregory.net/rapid":                    "tests",
	"github.com/tealeg/xlsx":                "tests",
	"github.com/santhosh-tekuri/jsonschema": "tests",
	"github.com/rogpeppe/go-internal":       "tests",
}

// closed are packages of the standard library that a pure room may not import: the same input gives the same output.
var closed = []string{"os", "net", "database/sql", "log", "context", "time", "math/rand"}

// exact are the rooms whose numbers are money or rates; a binary fraction has no place in them.
var exact = []string{"money", "subsidy", "claim", "loan", "bankfile", "scheme", "payment", "figure", "risk", "credit", "report", "household"}

func with(some []string, more ...string) []string { return slices.Concat(some, more) }

// pack is what `go list` says about a package.
type pack struct {
	ImportPath string
	Imports    []string
}

// room is the package's folder from the root; everything below bench and testdata aside.
func (p pack) room() string {
	name := strings.TrimPrefix(p.ImportPath, module)
	if strings.HasPrefix(name, "bench/") {
		return "bench"
	}
	return name
}

// packs are all packages with code, those that cannot be built at the moment too.
func packs(t *testing.T) (out []pack) {
	t.Helper()
	var stderr bytes.Buffer
	cmd := exec.Command("go", "list", "-pgo=off", "-e", "-json=ImportPath,Imports", "./...")
	cmd.Stderr = &stderr
	data, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, &stderr)
	}
	for d := json.NewDecoder(bytes.NewReader(data)); ; {
		var p pack
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			return out
		} else if err != nil {
			t.Fatal(err)
		}
		if strings.HasPrefix(p.ImportPath, module) {
			out = append(out, p)
		}
	}
}

func TestARoomImportsOnlyWhatItsRowAllows(t *testing.T) {
	for _, p := range packs(t) {
		allowed, ok := rooms[p.room()]
		if !ok {
			t.Errorf("the room %s is not in the table", p.room())
			continue
		}
		for _, path := range p.Imports {
			name, ours := strings.CutPrefix(path, module)
			if ours && !slices.Contains(allowed, name) && !(p.room() == "bench" && strings.HasPrefix(name, "bench/")) {
				t.Errorf("%s imports %s, which its row does not allow", p.room(), name)
			}
		}
	}
}

func TestPureRoomsStayClosedToTheWorldOutside(t *testing.T) {
	for _, p := range packs(t) {
		if !slices.Contains(pure, p.room()) {
			continue
		}
		for _, path := range p.Imports {
			for _, c := range closed {
				if (path == c || strings.HasPrefix(path, c+"/")) && !(c == "time" && p.room() == "day") {
					t.Errorf("the pure room %s imports %s", p.room(), path)
				}
			}
		}
	}
}

func TestALibraryHasOneOwner(t *testing.T) {
	for _, p := range packs(t) {
		for _, path := range p.Imports {
			if strings.HasPrefix(path, module) || !strings.Contains(strings.Split(path, "/")[0], ".") {
				continue
			}
			switch owner := ownerOf(path); {
			case owner == "":
				t.Errorf("%s imports %s, which no room owns", p.room(), path)
			case owner != p.room() && (p.room() != "bench" || owner == "tests"):
				t.Errorf("%s imports %s, which belongs to %s", p.room(), path, owner)
			}
		}
	}
}

func ownerOf(path string) string {
	for library, owner := range owners {
		if strings.HasPrefix(path, library) {
			return owner
		}
	}
	return ""
}

// source is one file of Go code that is no test.
type source struct {
	name string // with slashes, from the root
	file *ast.File
	set  *token.FileSet
}

func (s source) at(n ast.Node) string {
	return s.name + ":" + strconv.Itoa(s.set.Position(n.Pos()).Line)
}

func sources(t *testing.T) (out []source) {
	t.Helper()
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := filepath.ToSlash(path)
		if d.IsDir() {
			if base := d.Name(); name != "." && (base[0] == '.' || base == "testdata" || name == "tools" || name == "bin" || name == "out") {
				return fs.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return nil
		}
		set := token.NewFileSet()
		file, err := parser.ParseFile(set, path, nil, parser.SkipObjectResolution)
		out = append(out, source{name, file, set})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestEveryClassOfFaultSpeaksBothLanguagesUnderACodeOfItsOwn(t *testing.T) {
	seen := map[string]string{}
	for _, s := range sources(t) {
		ast.Inspect(s.file, func(n ast.Node) bool {
			lit, ok := n.(*ast.CompositeLit)
			if !ok || !isDef(s, lit.Type) {
				return true
			}
			said := texts(lit)
			for _, field := range []string{"Code", "What", "Do", "WhatEn", "DoEn"} {
				if strings.TrimSpace(said[field]) == "" {
					t.Errorf("%s: a class of fault without %s", s.at(lit), field)
				}
			}
			if before, ok := seen[said["Code"]]; ok {
				t.Errorf("%s: the code %s is taken by %s", s.at(lit), said["Code"], before)
			}
			seen[said["Code"]] = s.at(lit)
			return true
		})
	}
	if len(seen) < 20 {
		t.Errorf("only %d classes of fault found: is the search still right?", len(seen))
	}
}

// isDef reports whether a literal is of type fault.Def.
func isDef(s source, x ast.Expr) bool {
	switch x := x.(type) {
	case *ast.SelectorExpr:
		room, ok := x.X.(*ast.Ident)
		return ok && room.Name == "fault" && x.Sel.Name == "Def"
	case *ast.Ident:
		return s.file.Name.Name == "fault" && x.Name == "Def"
	default:
		return false
	}
}

// texts are the fields of a literal that are plain texts.
func texts(lit *ast.CompositeLit) map[string]string {
	out := map[string]string{}
	for _, e := range lit.Elts {
		kv, ok := e.(*ast.KeyValueExpr)
		if !ok {
			continue
		}
		if key, ok := kv.Key.(*ast.Ident); ok {
			out[key.Name] = text(kv.Value)
		}
	}
	return out
}

func text(x ast.Expr) string {
	switch x := x.(type) {
	case *ast.BasicLit:
		s, _ := strconv.Unquote(x.Value)
		return s
	case *ast.BinaryExpr:
		return text(x.X) + text(x.Y)
	default:
		return ""
	}
}

func TestNoBinaryFractionTouchesMoney(t *testing.T) {
	for _, s := range sources(t) {
		if room, _, _ := strings.Cut(s.name, "/"); !slices.Contains(exact, room) {
			continue
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.Ident:
				if n.Name == "float64" || n.Name == "float32" || strings.HasPrefix(n.Name, "ParseFloat") {
					t.Errorf("%s: %s", s.at(n), n.Name)
				}
			case *ast.BasicLit:
				if n.Kind == token.FLOAT && !strings.ContainsAny(n.Value, "eE") {
					t.Errorf("%s: the binary fraction %s", s.at(n), n.Value)
				}
			}
			return true
		})
	}
}
