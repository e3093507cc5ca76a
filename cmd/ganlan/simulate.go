package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"slices"

	"github.com/charmbracelet/lipgloss"
	"github.com/charmbracelet/lipgloss/table"

	"ganlan/internal/calc"
)

// schemeSimulate replays a changed parameter or another scheme on a real year's input.
type schemeSimulate struct {
	inputs
	tableInputs

	Area    string            `help:"With --facts: the fact that is a row's area; region_code, town, village … when not given." placeholder:"FACT"`
	Against string            `help:"Another scheme to compare with: a draft, or a changed copy. The scheme itself with --set when not given." placeholder:"ID|DIR"`
	Base    map[string]string `name:"base-set" help:"Give a parameter to the rules as they are." placeholder:"NAME=VALUE" mapsep:"none"`
	Out     string            `help:"File for every household's or row's amount before and after (csv)." placeholder:"F"`
}

// Validate asks for the files of a claim, unless rows of facts are given.
func (c *schemeSimulate) Validate() error {
	if c.Facts == "" {
		return c.inputs.Validate()
	}
	return c.lacks(map[string]bool{"--scheme=ID|DIR": c.Scheme == ""})
}

// Run compares the rules as they are with the rules looked at.
func (c *schemeSimulate) Run(g *globals) error {
	before, after := c.inputs, c.inputs
	before.Set, after.Set = c.Base, maps.Clone(c.Base)
	if after.Set == nil {
		after.Set = map[string]string{}
	}
	maps.Copy(after.Set, c.Set)
	if c.Against != "" {
		after.Scheme = c.Against
	}
	if c.Facts != "" {
		return c.table(g, before.Set, after.Set, after.Scheme)
	}
	defer func() { before.files.close(); after.files.close() }()
	a, from, err := before.prepare(g)
	if err != nil {
		return err
	}
	b, to, err := after.prepare(g)
	if err != nil {
		return err
	}
	s, err := calc.Simulate(a, b)
	if err != nil {
		return exit(exitInput, err)
	}
	if c.Out != "" {
		if err := writeHouseholds(c.Out, s); err != nil {
			return err
		}
	}
	if g.JSON {
		e := json.NewEncoder(g.out)
		e.SetEscapeHTML(false)
		e.SetIndent("", "  ")
		return e.Encode(s)
	}
	fmt.Fprintf(g.out, g.say("模拟，不得申报：%d 年，%s → %s\n", "a simulation, never a claim: %d, %s → %s\n"), c.Year,
		withSets(from.ID, before.Set), withSets(to.ID, after.Set))
	g.printSimulation(s)
	return nil
}

func withSets(id string, set map[string]string) string {
	for _, k := range slices.Sorted(maps.Keys(set)) {
		id += " " + k + "=" + set[k]
	}
	return id
}

func writeHouseholds(name string, s *calc.Simulation) error {
	f, err := os.Create(name)
	if err != nil {
		return exit(exitUsage, faultNoFile.New().Set("file", name))
	}
	defer f.Close()
	if err := s.WriteHouseholds(f); err != nil {
		return err
	}
	return f.Close()
}

func (g *globals) printSimulation(s *calc.Simulation) {
	t := table.New().Border(lipgloss.NormalBorder()).Headers("", g.say("现行", "as it is"), g.say("改后", "changed"), g.say("增减", "difference"))
	row := func(name string, c calc.Change) {
		t.Row(name, c.Before.Grouped(), c.After.Grouped(), c.Difference().Grouped())
	}
	row(g.say("合计", "total"), s.Total)
	for _, x := range []struct {
		title string
		of    map[string]calc.Change
	}{{g.say("出资方 ", "payer "), s.Payers}, {g.say("地区 ", "area "), s.ByRegion}, {g.say("产品 ", "product "), s.ByProduct}} {
		for _, k := range slices.Sorted(maps.Keys(x.of)) {
			row(x.title+k, x.of[k])
		}
	}
	fmt.Fprintln(g.out, t)
	fmt.Fprintf(g.out, g.say("家庭：%d 户增加，共 %s 元；%d 户减少，共 %s 元；%d 户不变\n",
		"households: %d gain %s yuan in all; %d lose %s; %d stay the same\n"),
		s.Gain.Households, s.Gain.Sum.Grouped(), s.Lose.Households, s.Lose.Sum.Grouped(), s.Same)
	for _, code := range slices.Sorted(maps.Keys(s.Reasons)) {
		if n := s.Reasons[code]; n[0] != n[1] {
			fmt.Fprintf(g.out, "%s: %d → %d\n", code, n[0], n[1])
		}
	}
}
