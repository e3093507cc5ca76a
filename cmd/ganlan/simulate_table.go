package main

import (
	"fmt"
	"maps"
	"os"
	"slices"

	"github.com/charmbracelet/lipgloss"
	"github.com/charmbracelet/lipgloss/table"

	"ganlan/internal/calc"
)

// table simulates a scheme that is computed over rows of facts.
func (c *schemeSimulate) table(g *globals, before, after map[string]string, against string) error {
	var files opened
	defer files.close()
	var runs [2]*calc.TableRun
	for side, set := range []map[string]string{before, after} {
		id := c.Scheme
		if side == 1 {
			id = against
		}
		rules, err := g.tabled(id, set)
		if err != nil {
			return err
		}
		if runs[side], _, err = c.compute(g, rules, c.Year, c.Profile, options(c.Sep, c.Sheet), &files); err != nil {
			return err
		}
	}
	area, f := calc.AreaFact(runs[0].Rules, c.Area)
	if f != nil {
		return exit(exitScheme, f)
	}
	s, err := calc.SimulateTable(runs[0], runs[1], area)
	if err != nil {
		return exit(exitScheme, err)
	}
	if c.Out != "" {
		if err := writeRows(c.Out, s, runs[0]); err != nil {
			return err
		}
	}
	if g.JSON {
		return g.json(s)
	}
	fmt.Fprintf(g.out, g.say("模拟，不得申报：%s → %s\n", "a simulation, never a claim: %s → %s\n"), withSets(runs[0].Rules.Top().ID, before), withSets(runs[1].Rules.Top().ID, after))
	g.printTableSimulation(s, runs[0])
	return nil
}

func writeRows(name string, s *calc.TableSimulation, run *calc.TableRun) error {
	f, err := os.Create(name)
	if err != nil {
		return exit(exitUsage, faultNoFile.New().Set("file", name))
	}
	defer f.Close()
	if err := s.WriteRows(f, run.EffectColumn()); err != nil {
		return err
	}
	return f.Close()
}

func (g *globals) printTableSimulation(s *calc.TableSimulation, run *calc.TableRun) {
	t := table.New().Border(lipgloss.NormalBorder()).Headers("", g.say("现行", "as it is"), g.say("改后", "changed"), g.say("增减", "difference"))
	row := func(name string, c calc.Change) {
		t.Row(name, c.Before.Grouped(), c.After.Grouped(), c.Difference().Grouped())
	}
	for i := range run.Outcome.Columns {
		c := &run.Outcome.Columns[i]
		if x, ok := s.Totals[c.Key]; ok {
			row(c.Title.In(g.lang()), x)
		}
	}
	for _, who := range slices.Sorted(maps.Keys(s.Payers)) {
		row(g.say("出资方 ", "payer ")+g.payer(who), s.Payers[who])
	}
	money := len(s.Moves) == 0
	for _, k := range slices.Sorted(maps.Keys(s.ByArea)) {
		a := s.ByArea[k]
		if money {
			row(g.say("地区 ", "area ")+k, a.Change)
		}
	}
	if len(s.Totals) > 0 {
		fmt.Fprintln(g.out, t)
	}
	fmt.Fprintf(g.out, g.say("%s：%d 行得益，%d 行受损，%d 行不变\n", "%s: %d rows gain, %d lose, %d stay the same\n"),
		run.EffectColumn().Title.In(g.lang()), s.Gain.Rows, s.Lose.Rows, s.Same)
	if s.Gain.Sum+s.Lose.Sum > 0 {
		fmt.Fprintf(g.out, g.say("得益共 %s 元，受损共 %s 元\n", "gained %s yuan in all, lost %s\n"), s.Gain.Sum.Grouped(), s.Lose.Sum.Grouped())
	}
	for _, move := range slices.Sorted(maps.Keys(s.Moves)) {
		fmt.Fprintf(g.out, "%s: %d\n", move, s.Moves[move])
	}
	for _, k := range slices.Sorted(maps.Keys(s.ByArea)) {
		fmt.Fprintf(g.out, g.say("%s：%d 行得益，%d 行受损\n", "%s: %d rows gain, %d lose\n"), k, s.ByArea[k].Gain, s.ByArea[k].Lose)
	}
	for _, code := range s.Codes() {
		fmt.Fprintf(g.out, "%s: %d → %d\n", code, s.Reasons[code][0], s.Reasons[code][1])
	}
}
