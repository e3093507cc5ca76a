package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/charmbracelet/lipgloss"
	"github.com/charmbracelet/lipgloss/table"

	"ganlan/claim"
	"ganlan/fault"
	"ganlan/form"
	"ganlan/internal/calc"
	"ganlan/scheme"
)

// schemeCmd is the tools of a scheme's author.
type schemeCmd struct {
	List     schemeList     `cmd:"" help:"List the schemes."`
	Show     schemeShow     `cmd:"" help:"Print a scheme's file as it is."`
	Check    schemeCheck    `cmd:"" help:"Check a scheme and its forms and cases; say every fault with line and column."`
	Test     schemeTest     `cmd:"" help:"Compute a scheme's worked cases and say which clauses they prove."`
	Explain  schemeExplain  `cmd:"" help:"Print a scheme in words, with the clause or reading behind each value."`
	Diff     schemeDiff     `cmd:"" help:"Compare two schemes value by value."`
	Kinds    schemeKinds    `cmd:"" help:"List the kinds of rule."`
	New      schemeNew      `cmd:"" help:"Begin a scheme of a kind: a commented folder that is checked and proven as it stands."`
	Simulate schemeSimulate `cmd:"" help:"Replay a changed parameter or a draft on a year's files; show who gains, who loses and what it costs."`
	Record   schemeRecord   `cmd:"" help:"Keep a scheme as a version in the record; another person approves it."`
	Approve  schemeApprove  `cmd:"" help:"Approve a version that another person recorded."`
	Versions schemeVersions `cmd:"" help:"List the versions in the record, as known now or then."`
	Schema   schemeSchema   `cmd:"" help:"Print a JSON Schema of a kind, for editors."`
}

type schemeList struct{}

func (schemeList) Run(g *globals) error {
	folders, err := scheme.Folders(g.tree())
	if err != nil {
		return err
	}
	type item struct {
		ID     string        `json:"id"`
		Title  string        `json:"title"`
		Kind   scheme.Kind   `json:"kind"`
		Status scheme.Status `json:"status"`
		Path   string        `json:"path"`
		Needs  []string      `json:"needs,omitempty"`
	}
	var items []item
	for _, f := range folders {
		s, faults := calc.LoadRules(f, nil)
		if s == nil {
			return exit(exitScheme, faults)
		}
		h := s.Top()
		x := item{f.ID, h.Title.In(g.lang()), h.Kind, h.Status, f.Dir, nil}
		for _, y := range faults {
			if name := y.With["name"]; y.Code() == "PARAMETER_REQUIRED" {
				x.Needs = append(x.Needs, name)
			}
		}
		items = append(items, x)
	}
	if g.JSON {
		e := json.NewEncoder(g.out)
		e.SetIndent("", "  ")
		return e.Encode(items)
	}
	t := table.New().Border(lipgloss.NormalBorder()).Headers("id", g.say("方案", "scheme"), g.say("类别", "kind"), g.say("状态", "status"), g.say("须给定", "must be given"))
	for _, x := range items {
		t.Row(x.ID, x.Title, string(x.Kind), string(x.Status), strings.Join(x.Needs, ", "))
	}
	fmt.Fprintln(g.out, t)
	return nil
}

type schemeShow struct {
	ID string `arg:"" help:"Scheme id or folder."`
}

func (c *schemeShow) Run(g *globals) error {
	f, err := g.folder(c.ID)
	if err != nil {
		return err
	}
	_, err = g.out.Write(f.Read("scheme.yaml"))
	return err
}

type schemeCheck struct {
	ID  []string          `arg:"" optional:"" help:"Scheme ids or folders; all when none."`
	Set map[string]string `help:"Give a parameter that the documents leave open." placeholder:"NAME=VALUE" mapsep:"none"`
}

// Run checks; a parameter that the documents leave open is told, and is no fault of the scheme.
func (c *schemeCheck) Run(g *globals) error {
	folders, err := g.folders(c.ID)
	if err != nil {
		return err
	}
	ref, err := g.reference()
	if err != nil {
		return err
	}
	var all fault.List
	for _, f := range folders {
		r, faults := calc.LoadRules(f, c.Set)
		if s, ok := r.(*scheme.Scheme); ok {
			faults = append(faults, checkForms(f, s)...)
		}
		if f.Read("cases.yaml") != nil {
			_, fs := calc.Prove(f, ref)
			faults = append(faults, fs...)
		}
		open := 0
		for _, x := range faults {
			if x.Code() == "PARAMETER_REQUIRED" {
				open++
				fmt.Fprintf(g.out, "%s  %s\n", f.ID, x.Text(g.lang()))
				continue
			}
			x.Place.File = path.Join(f.Dir, path.Base(x.Place.File))
			all.Add(x)
		}
		if len(faults) == open {
			fmt.Fprintf(g.out, "%s  %s\n", f.ID, g.say("无误", "no faults"))
		}
	}
	return exit(exitScheme, all.Err())
}

func checkForms(f scheme.Folder, s *scheme.Scheme) (faults fault.List) {
	for _, name := range s.Forms {
		file, data := f.Form(name)
		if data == nil {
			faults.Add(faultNoFile.New().Set("file", file))
			continue
		}
		d, fs := form.Load(file, data)
		faults = append(faults, fs...)
		if fs.Err() == nil {
			faults = append(faults, d.Check(claim.FormFields())...)
		}
	}
	return faults
}

// folders are the schemes named, or all.
func (g *globals) folders(ids []string) ([]scheme.Folder, error) {
	if len(ids) == 0 {
		return scheme.Folders(g.tree())
	}
	var out []scheme.Folder
	for _, id := range ids {
		f, err := g.folder(id)
		if err != nil {
			return nil, err
		}
		out = append(out, f)
	}
	return out, nil
}

type schemeTest struct {
	ID []string `arg:"" optional:"" help:"Scheme ids or folders; all when none."`
}

func (c *schemeTest) Run(g *globals) error {
	folders, err := g.folders(c.ID)
	if err != nil {
		return err
	}
	ref, err := g.reference()
	if err != nil {
		return err
	}
	var all provenCases
	for _, f := range folders {
		if err := g.prove(f, ref, &all); err != nil {
			return exit(exitScheme, err)
		}
	}
	if len(folders) > 1 {
		fmt.Fprintf(g.out, g.say("共 %d 个方案，%d 个算例，%d 条条款得到证明\n", "%d schemes in all, %d cases, %d clauses proven\n"),
			len(folders), all.n, len(all.clauses))
	}
	if all.failed > 0 {
		return exit(exitScheme, faultCases.New().Set("n", all.failed))
	}
	return nil
}

// provenCases counts cases over several schemes.
type provenCases struct {
	n, failed int
	clauses   map[string]int
}

func (c *provenCases) add(p *scheme.Proof) {
	if c.clauses == nil {
		c.clauses = map[string]int{}
	}
	c.n++
	if len(p.Differs) > 0 {
		c.failed++
		return
	}
	for _, clause := range p.Proves {
		c.clauses[string(clause)]++
	}
}

// prove runs the cases of one scheme and lists the clauses they prove.
func (g *globals) prove(f scheme.Folder, ref *scheme.Reference, all *provenCases) error {
	proofs, faults := calc.Prove(f, ref)
	if faults.Err() != nil {
		return faults
	}
	var own provenCases
	for i := range proofs {
		p := &proofs[i]
		own.add(p)
		all.add(p)
		mark := "✓"
		if len(p.Differs) > 0 {
			mark = "✗"
		}
		fmt.Fprintf(g.out, "%s %s  (%s:%d)\n", mark, p.Name, path.Join(f.Dir, "cases.yaml"), p.Place.Line)
		for _, d := range p.Differs {
			fmt.Fprintln(g.out, "    ", d)
		}
	}
	fmt.Fprintf(g.out, "%s: %d %s, %d %s: %s\n\n", f.ID, len(proofs), g.say("个算例", "cases"), len(own.clauses), g.say("条条款得到证明", "clauses proven"),
		strings.Join(slices.Sorted(maps.Keys(own.clauses)), " "))
	return nil
}
