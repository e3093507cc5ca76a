package house_test

import (
	"bytes"
	"cmp"
	"flag"
	"fmt"
	"go/ast"
	"os"
	"path"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write docs/reasons-and-faults.md again")

const faultsPage = "docs/reasons-and-faults.md"

func TestThePageOfReasonsAndFaultsIsWrittenFromTheSource(t *testing.T) {
	want := faultsPageOf(sources(t))
	if *update {
		if err := os.WriteFile(faultsPage, want, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(faultsPage)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s is not what the code says; write it again with: make generate", faultsPage)
	}
}

// class is one class of fault as its literal in the source says it.
type class struct {
	room    string
	said    map[string]string
	warning bool
}

func faultsPageOf(all []source) []byte {
	var b bytes.Buffer
	b.WriteString(faultsPageHead)
	for _, r := range reasonsIn(all) {
		fmt.Fprintf(&b, "| `%s` | %s | %s |\n", r[0], r[1], r[2])
	}
	b.WriteString(faultsPageMiddle)
	room := ""
	for _, c := range classesIn(all) {
		if c.room != room {
			room = c.room
			fmt.Fprintf(&b, "\n### %s\n\n| code | what is wrong | what to do |\n|---|---|---|\n", room)
		}
		mark := ""
		if c.warning {
			mark = "<br>提示 warning"
		}
		fmt.Fprintf(&b, "| `%s`%s | %s<br>%s | %s<br>%s |\n", c.said["Code"], mark, inTable(c.said["What"]), inTable(c.said["WhatEn"]),
			inTable(c.said["Do"]), inTable(c.said["DoEn"]))
	}
	return b.Bytes()
}

const faultsPageHead = `# Reasons and faults 原因与错误

Written by a test from the source; do not edit by hand. To write it again: ` + "`make generate`" + `.

## Reasons 原因代码

They stand in results.csv in the column reason, for a row without money, and in an explanation beside days that do not
count. A scheme may add its own: ` + "`ganlan scheme explain`" + ` shows its conditions.

| code | 中文 | English |
|---|---|---|
`

const faultsPageMiddle = `
## Faults and warnings 错误与提示

A fault refuses the whole run; a warning (提示) never stops it, unless ` + "`--strict`" + ` is given. Words in braces are filled in.
Faults are grouped by the part of the program that finds them.
`

func inTable(s string) string {
	return strings.NewReplacer("|", `\|`, "\n", " ", "<", "&lt;", ">", "&gt;").Replace(s)
}

// classesIn are the classes of fault by room and code.
func classesIn(all []source) (out []class) {
	for _, s := range all {
		ast.Inspect(s.file, func(n ast.Node) bool {
			if lit, ok := n.(*ast.CompositeLit); ok && isDef(s, lit.Type) {
				out = append(out, class{path.Dir(s.name), texts(lit), isWarning(lit)})
			}
			return true
		})
	}
	slices.SortFunc(out, func(a, b class) int {
		return cmp.Or(cmp.Compare(a.room, b.room), cmp.Compare(a.said["Code"], b.said["Code"]))
	})
	return out
}

func isWarning(lit *ast.CompositeLit) bool {
	return slices.ContainsFunc(lit.Elts, func(e ast.Expr) bool {
		kv, ok := e.(*ast.KeyValueExpr)
		if !ok {
			return false
		}
		key, isName := kv.Key.(*ast.Ident)
		value, isWord := kv.Value.(*ast.Ident)
		return isName && isWord && key.Name == "Warning" && value.Name == "true"
	})
}

// reasonsIn are code, 中文 and English of the tables of reasons: the command's, and that of awards and rankings.
func reasonsIn(all []source) (out [][3]string) {
	for _, s := range all {
		if s.name != "cmd/ganlan/reasons.go" && s.name != "subsidy/award_reasons.go" {
			continue
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			kv, ok := n.(*ast.KeyValueExpr)
			if !ok {
				return true
			}
			if words, ok := kv.Value.(*ast.CompositeLit); ok && len(words.Elts) == 2 {
				out = append(out, [3]string{text(kv.Key), text(valueOf(words.Elts[0])), text(valueOf(words.Elts[1]))})
			}
			return true
		})
	}
	slices.SortFunc(out, func(a, b [3]string) int { return cmp.Compare(a[0], b[0]) })
	return slices.Compact(out)
}

// valueOf is an element without its field's name.
func valueOf(x ast.Expr) ast.Expr {
	if kv, ok := x.(*ast.KeyValueExpr); ok {
		return kv.Value
	}
	return x
}
