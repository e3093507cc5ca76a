package main

import (
	"fmt"
	"slices"
	"strings"

	"ganlan/fault"
	"ganlan/internal/calc"
	"ganlan/scheme"
)

// schemeExplain prints a whole scheme as a page that an official can read aloud.
type schemeExplain struct {
	ID  string            `arg:"" help:"Scheme id or folder."`
	Set map[string]string `help:"Give a parameter that the documents leave open." placeholder:"NAME=VALUE" mapsep:"none"`
}

func (c *schemeExplain) Run(g *globals) error {
	f, err := g.folder(c.ID)
	if err != nil {
		return err
	}
	r, faults := calc.LoadRules(f, c.Set)
	if r == nil {
		return exit(exitScheme, faults)
	}
	g.explainHead(r.Top())
	section := ""
	for _, l := range r.Words() {
		if s := scheme.SectionOf(l.Key).In(g.lang()); s != section {
			section = s
			fmt.Fprintf(g.out, "\n%s\n", bold.Render(s))
		}
		fmt.Fprintf(g.out, "  %s%s  [%s]\n", label(l, g.lang()), l.Value.In(g.lang()), l.Cite)
	}
	g.explainOpen(faults)
	if data := f.Read("readings.md"); data != nil {
		fmt.Fprintf(g.out, "\n%s", data)
	}
	return nil
}

// label is the name of a value before it; none where the value speaks for itself.
func label(l scheme.Line, lang fault.Lang) string {
	if !strings.ContainsAny(l.Key, ".") {
		return ""
	}
	return l.Label().In(lang) + scheme.Words{Zh: "：", En: ": "}.In(lang)
}

func (g *globals) explainHead(h *scheme.Head) {
	fmt.Fprintf(g.out, "%s\n", bold.Render(h.Title.In(g.lang())))
	d := h.Document
	for _, x := range []string{d.Issuer, d.Number, d.Title} {
		if x != "" {
			fmt.Fprintf(g.out, "%s  ", x)
		}
	}
	fmt.Fprintf(g.out, "\n%s: %s  %s: %s  %s\n", g.say("编号", "id"), h.ID, g.say("地区", "area"), h.Area, scheme.WordOf(string(h.Status)).In(g.lang()))
	if d.InForce != 0 {
		fmt.Fprintf(g.out, "%s: %s\n", g.say("施行", "in force"), d.InForce)
	}
	if h.Model {
		fmt.Fprintln(g.out, g.say("样板文本，不属于任何真实地区", "a model text of no real place"))
	}
}

// explainOpen lists what the documents leave open and must be given.
func (g *globals) explainOpen(faults fault.List) {
	if len(faults) > 0 {
		fmt.Fprintf(g.out, "\n%s\n", bold.Render(g.say("文件未定，须先给出", "left open by the documents, to be given first")))
	}
	for _, x := range faults {
		fmt.Fprintln(g.out, "  "+x.Text(g.lang()))
	}
}

// schemeDiff compares two schemes value by value, in words.
type schemeDiff struct {
	A string `arg:"" help:"Scheme id or folder."`
	B string `arg:"" help:"Scheme id or folder."`

	Cites bool `help:"Show also what differs only in the clause behind it."`
}

func (c *schemeDiff) Run(g *globals) error {
	var words [2]map[string]scheme.Line
	var order []string
	for i, id := range []string{c.A, c.B} {
		f, err := g.folder(id)
		if err != nil {
			return err
		}
		r, faults := calc.LoadRules(f, nil)
		if r == nil {
			return exit(exitScheme, faults)
		}
		words[i] = map[string]scheme.Line{}
		for _, l := range r.Words() {
			if _, seen := words[0][l.Key]; !seen || i == 0 {
				order = append(order, l.Key)
			}
			words[i][l.Key] = l
		}
	}
	if g.printDiff(order, words, c.Cites) == 0 {
		fmt.Fprintln(g.out, g.say("两个方案没有差别", "the schemes are the same"))
	}
	return nil
}

// printDiff prints what differs in the order of the files, and counts it.
func (g *globals) printDiff(order []string, words [2]map[string]scheme.Line, cites bool) (n int) {
	for i, k := range order {
		a, b := words[0][k], words[1][k]
		if a == b || slices.Index(order, k) < i || a.Value == b.Value && a.Key == b.Key && !cites {
			continue
		}
		n++
		fmt.Fprintf(g.out, "%s  %s (%s)\n", bold.Render(scheme.SectionOf(k).In(g.lang())), scheme.LabelOf(k).In(g.lang()), k)
		for j, l := range []scheme.Line{a, b} {
			if l.Key != "" {
				fmt.Fprintf(g.out, "  %s %s  [%s]\n", []string{"-", "+"}[j], l.Value.In(g.lang()), l.Cite)
			}
		}
	}
	return n
}
