package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"runtime/debug"
	"slices"
	"strings"

	"github.com/charmbracelet/lipgloss"
	"github.com/charmbracelet/lipgloss/table"

	"ganlan/bankfile"
	"ganlan/day"
	"ganlan/fault"
	"ganlan/form"
	"ganlan/internal/calc"
	"ganlan/scheme"
)

// tableInputs are the switches of a computation over rows of facts.
type tableInputs struct {
	Facts   string   `help:"Table of facts, one row each (csv or xlsx)." placeholder:"F"`
	Earlier string   `help:"What was paid before: year, amount, and the facts by which ceilings count." placeholder:"F"`
	Key     string   `help:"Title of the column that numbers the rows; 编号, 序号 or no when not given." placeholder:"TITLE"`
	On      day.Date `help:"Day of a rating, for lines that end some months after it." placeholder:"DAY"`
}

// computeCmd computes a scheme of any kind that takes rows of facts.
type computeCmd struct {
	Scheme string `arg:"" help:"Scheme id (see scheme list) or the path of its folder." placeholder:"ID|DIR"`
	tableInputs

	Year     int               `help:"Claim year, for kinds that have one." placeholder:"YEAR"`
	Set      map[string]string `help:"Give a parameter that the documents leave open." placeholder:"NAME=VALUE" mapsep:"none"`
	Out      string            `help:"Folder for the results." placeholder:"DIR"`
	Explain  string            `help:"Print how one row came about." placeholder:"NO"`
	Template string            `help:"Write an empty table to be filled in; a file that is there is not written over." placeholder:"F.xlsx"`
	Strict   bool              `help:"Refuse when there is any warning."`
	Profile  string            `help:"Profile of the files, by name (policies/standard/files)." placeholder:"NAME"`
	Sep      string            `help:"Separator of csv files, when it is an unusual one." placeholder:"SEP"`
	Sheet    string            `help:"Sheet of a workbook that holds several tables, * for all of one header." placeholder:"SHEET"`
}

// Validate asks for what there is to do.
func (c *computeCmd) Validate() error {
	switch {
	case c.Template != "" && c.Facts == "":
		return nil
	case c.Facts == "":
		return errors.New("missing flags: --facts=F (or --template=F.xlsx)")
	case c.Out == "" && c.Explain == "":
		return errors.New("missing flags: --out=DIR (or --explain=NO)")
	}
	return nil
}

// Run computes the table; nothing is written when anything was wrong.
func (c *computeCmd) Run(g *globals) error {
	if c.Template != "" {
		if err := c.template(g); err != nil || c.Facts == "" {
			return err
		}
	}
	var files opened
	defer files.close()
	rules, err := g.tabled(c.Scheme, c.Set)
	if err != nil {
		return err
	}
	opt := bankfile.Options{Separator: c.Sep, Sheet: c.Sheet}
	run, digests, err := c.tableInputs.compute(g, rules, c.Year, c.Profile, opt, &files)
	if err != nil {
		return err
	}
	if n := len(run.Outcome.Warned); c.Strict && n > 0 {
		return exit(exitStrict, append(fault.List{faultStrict.New().Set("n", n)}, run.Outcome.Warned...))
	}
	if c.Explain != "" {
		if err := c.explain(g, run); err != nil || c.Out == "" {
			return err
		}
	}
	return c.write(g, run, digests)
}

// tabled loads the rules of a scheme that is computed over rows of facts.
func (g *globals) tabled(id string, set map[string]string) (scheme.Rules, error) {
	folder, err := g.folder(id)
	if err != nil {
		return nil, err
	}
	rules, faults := calc.LoadRules(folder, set)
	if err := faults.Err(); err != nil {
		return nil, exit(exitScheme, err)
	}
	_, err = calc.Tabled(rules)
	return rules, exit(exitScheme, err)
}

// compute reads the files and computes; digests name the files by their content.
func (in *tableInputs) compute(g *globals, r scheme.Rules, year int, profile string, opt bankfile.Options, files *opened) (*calc.TableRun, map[string]calc.Digest, error) {
	debug.SetGCPercent(100) // all rows are kept, so that room is dearer than time here
	p, err := g.profile(profile)
	if err != nil {
		return nil, nil, err
	}
	src := inputs{digest: true}
	defer func() { *files = append(*files, src.files...) }()
	t := calc.TableFiles{Profile: p, Key: in.Key, Options: opt}
	var faults fault.List
	var f *fault.Fault
	t.Facts, f = src.open(in.Facts)
	faults.Add(f)
	t.Earlier, f = src.open(in.Earlier)
	faults.Add(f)
	if err := faults.Err(); err != nil {
		return nil, nil, exit(exitInput, err)
	}
	run, err := calc.ComputeTable(r, scheme.Table{Year: year, On: in.On}, t)
	if err != nil {
		return nil, nil, exit(tableExit(err), err)
	}
	digests := run.Layouts
	for name, x := range map[string]*bankfile.Input{"facts": t.Facts, "earlier": t.Earlier} {
		if x == nil {
			continue
		}
		d := digests[name]
		d.File, d.Bytes = x.Name, x.Size
		if d.SHA256, err = x.Data.(*hashed).digest(); err != nil {
			return nil, nil, fmt.Errorf("reading %s: %w", x.Name, err)
		}
		digests[name] = d
	}
	return run, digests, nil
}

// tableExit tells a fault of the scheme or year, which stands in no file, from one of a file.
func tableExit(err error) int {
	for _, f := range fault.From(err) {
		if f.Place != (fault.Place{}) {
			return exitInput
		}
	}
	return exitScheme
}

// explain prints how the rows of a number came about.
func (c *computeCmd) explain(g *globals, run *calc.TableRun) error {
	found := run.Find(c.Explain)
	if len(found) == 0 {
		return exit(exitInput, faultNoRow.New().Set("no", c.Explain))
	}
	var all []calc.RowWhy
	for _, i := range found {
		all = append(all, run.Explain(i, g.lang()))
	}
	if g.JSON {
		return g.json(all)
	}
	g.markUnclaimable(run)
	for i := range all {
		if err := all[i].Print(g.out); err != nil {
			return err
		}
	}
	return nil
}

func (g *globals) markUnclaimable(run *calc.TableRun) {
	if mark := calc.NotClaimable(run.Rules.Top()).In(g.lang()); mark != "" {
		fmt.Fprintln(g.out, mark)
	}
}

func (g *globals) json(x any) error {
	e := json.NewEncoder(g.out)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(x)
}

// template writes an empty table of the scheme's facts. Parameters that are still open change no fact.
func (c *computeCmd) template(g *globals) error {
	folder, err := g.folder(c.Scheme)
	if err != nil {
		return err
	}
	rules, faults := calc.LoadRules(folder, c.Set)
	if rules == nil {
		return exit(exitScheme, faults)
	}
	if _, err := calc.Tabled(rules); err != nil {
		return exit(exitScheme, err)
	}
	p, err := g.profile(c.Profile)
	if err != nil {
		return err
	}
	var buf bytes.Buffer
	if err := form.WriteTemplate(&buf, p.FactsTemplate(rules.Top().Title.In(g.lang()), scheme.FactsOf(rules), g.lang())); err != nil {
		return err
	}
	return writeNew(c.Template, buf.Bytes())
}

// writeNew writes a file where none stands.
func writeNew(name string, data []byte) error {
	out, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if os.IsExist(err) {
		return exit(exitInput, faultTaken.New().Set("file", name))
	} else if err != nil {
		return fmt.Errorf("writing %s: %w", name, err)
	}
	_, err = out.Write(data)
	if e := out.Close(); err == nil {
		err = e
	}
	return err
}

// printTable shows what the table came to.
func (g *globals) printTable(run *calc.TableRun, s *calc.TableSummary, dir string) error {
	if g.JSON {
		return g.json(s)
	}
	if g.Quiet {
		return nil
	}
	fmt.Fprintf(g.out, "%s  %s\n", bold.Render(s.Scheme.Title), strings.TrimSpace(fmt.Sprint(s.Scheme.Document, " ", yearWord(s.Year))))
	g.markUnclaimable(run)
	t := table.New().Border(lipgloss.NormalBorder())
	t.Row(g.say("输入行数 / 结果行数", "input rows / rows"), fmt.Sprintf("%d / %d", s.InputRows, s.Rows))
	names := run.Words(g.lang())
	for i := range run.Outcome.Columns {
		c := &run.Outcome.Columns[i]
		if f, ok := s.Totals[c.Key]; ok {
			t.Row(c.Title.In(g.lang())+g.say("（元）", " (yuan)"), f.Grouped())
		}
		for _, code := range slices.Sorted(maps.Keys(s.Counts[c.Key])) {
			t.Row(c.Title.In(g.lang())+" "+c.Names[code].In(g.lang()), fmt.Sprint(s.Counts[c.Key][code]))
		}
	}
	if s.Open > 0 {
		t.Row(g.say("待核定", "to be decided"), s.Open.Grouped())
	}
	for _, p := range run.Outcome.Payers {
		t.Row(g.say("其中 ", "of which ")+g.payer(p.Who), p.Amount.Grouped())
	}
	for _, code := range slices.Sorted(maps.Keys(s.Reasons)) {
		t.Row(names[code]+" ["+code+"]", fmt.Sprint(s.Reasons[code]))
	}
	t.Row(g.say("校验码", "check code"), s.Check)
	fmt.Fprintln(g.out, t)
	g.printWarnings(run.Outcome.Warned, s.Warned)
	fmt.Fprintln(g.out, g.say("结果在 ", "results in ")+dir)
	return nil
}

func yearWord(year int) string {
	if year == 0 {
		return ""
	}
	return fmt.Sprint(year)
}

// faultNoRow refuses a number that the table does not hold.
var faultNoRow = &fault.Def{Code: "ROW_NOT_FOUND", What: "表中没有编号 {no}", Do: "核对编号",
	WhatEn: "the table holds no row {no}", DoEn: "check the number"}
