package main

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"

	"ganlan/fault"
	"ganlan/internal/calc"
	"ganlan/rule"
	"ganlan/scheme"
)

// clausesCmd says which clauses of the documents are proven, and which are not.
type clausesCmd struct {
	ID       []string `arg:"" optional:"" help:"Clauses or documents (DY, PX8-3.1.2d); all when none."`
	Of       string   `help:"File with the clauses to look at, separated by blanks or lines." placeholder:"FILE"`
	Unproven bool     `help:"Only what nothing proves yet."`
	All      bool     `help:"Name every case and test, not only their number."`
}

func (c *clausesCmd) Run(g *globals) error {
	list, err := g.clauses()
	if err != nil {
		return err
	}
	wanted, err := c.wanted(list)
	if err != nil {
		return err
	}
	proven, err := g.proven()
	if err != nil {
		return err
	}
	if g.JSON {
		return c.json(g, list, wanted, proven)
	}
	for i := range list {
		c.print(g, &list[i], wanted, proven)
	}
	return nil
}

// clauses is the list of clauses.
func (g *globals) clauses() (scheme.Clauses, error) {
	data, err := g.standard("clauses.yaml")
	if err != nil {
		return nil, err
	}
	list, faults := scheme.LoadClauses("standard/clauses.yaml", data)
	return list, exit(exitScheme, faults.Err())
}

// proven is what proves each clause: the cases of all folders, computed now, and the tests as the source had them when the
// program was built.
func (g *globals) proven() (map[rule.Clause]*calc.Proven, error) {
	folders, err := scheme.Folders(g.tree())
	if err != nil {
		return nil, err
	}
	ref, err := g.reference()
	if err != nil {
		return nil, err
	}
	out, faults := calc.ProvenBy(folders, ref)
	if faults.Err() != nil {
		return nil, exit(exitScheme, faults.Err())
	}
	data, err := g.standard("tests.yaml")
	if err != nil {
		return nil, err
	}
	var tests map[string][]string
	if fs := rule.Decode("standard/tests.yaml", data, &tests, nil); fs.Err() != nil {
		return nil, exit(exitScheme, fs)
	}
	for id, names := range tests {
		k := rule.Clause(id)
		if out[k] == nil {
			out[k] = &calc.Proven{}
		}
		out[k].Tests = names
	}
	return out, nil
}

// wanted are the clauses asked for, nil for all. A clause that does not exist is refused with the one that is close.
func (c *clausesCmd) wanted(list scheme.Clauses) (map[rule.Clause]bool, error) {
	asked := c.ID
	if c.Of != "" {
		data, err := os.ReadFile(c.Of)
		if err != nil {
			return nil, exit(exitUsage, faultNoFile.New().Set("file", c.Of))
		}
		asked = append(asked, strings.FieldsFunc(string(data), func(r rune) bool { return strings.ContainsRune(" ,、，;；|\t\r\n", r) })...)
	}
	if len(asked) == 0 {
		return nil, nil
	}
	out := map[rule.Clause]bool{}
	var faults fault.List
	for _, a := range asked {
		ids := named(list, a)
		if len(ids) == 0 {
			faults.Add(faultNoClause.New().Set("clause", a).Near(a, allClauses(list)))
		}
		for _, id := range ids {
			out[id] = true
		}
	}
	return out, exit(exitUsage, faults.Err())
}

// named are the clauses of a document's letters, or the one clause of an id.
func named(list scheme.Clauses, what string) (out []rule.Clause) {
	for i := range list {
		for _, x := range list[i].Clauses {
			if list[i].Key == what || string(x.ID) == what {
				out = append(out, x.ID)
			}
		}
	}
	return out
}

func allClauses(list scheme.Clauses) (out []string) {
	for i := range list {
		for _, x := range list[i].Clauses {
			out = append(out, string(x.ID))
		}
	}
	return out
}

// print is one document: its clauses with what proves them, then how many there are.
func (c *clausesCmd) print(g *globals, p *scheme.ClausePart, wanted map[rule.Clause]bool, proven map[rule.Clause]*calc.Proven) {
	var lines []string
	n, done, figures, figuresDone := 0, 0, 0, 0
	for _, x := range p.Clauses {
		if wanted != nil && !wanted[x.ID] {
			continue
		}
		by := calc.Proven{}
		if y := proven[x.ID]; y != nil {
			by = *y
		}
		n++
		ok := !by.Nothing()
		if ok {
			done++
		}
		if x.What.Figures() {
			figures++
			if ok {
				figuresDone++
			}
		}
		if !ok || !c.Unproven {
			lines = append(lines, c.line(g, &x, &by))
		}
	}
	if n == 0 {
		return
	}
	fmt.Fprintf(g.out, "%s  %s\n", bold.Render(p.Key), g.say(p.Zh, p.En))
	for _, l := range lines {
		fmt.Fprint(g.out, l)
	}
	fmt.Fprintf(g.out, g.say("  共 %d 条，%d 条有证明；其中带数字的 %d 条，%d 条有证明\n\n", "  %d in all, %d proven; of the %d that bear figures %d\n\n"),
		n, done, figures, figuresDone)
}

func (c *clausesCmd) line(g *globals, x *scheme.ClauseTitle, by *calc.Proven) string {
	mark := "✓"
	if by.Nothing() {
		mark = "·"
	}
	var b strings.Builder
	fmt.Fprintf(&b, "  %s %-12s %s [%s]", mark, x.ID, x.Title(g.lang()), x.What)
	if !by.Nothing() {
		fmt.Fprintf(&b, g.say("  %d 个算例，%d 个测试", "  %d cases, %d tests"), len(by.Cases), len(by.Tests))
	}
	b.WriteByte('\n')
	if c.All {
		for _, s := range slices.Concat(by.Cases, by.Tests) {
			fmt.Fprintf(&b, "      %s\n", s)
		}
	}
	return b.String()
}

func (c *clausesCmd) json(g *globals, list scheme.Clauses, wanted map[rule.Clause]bool, proven map[rule.Clause]*calc.Proven) error {
	type item struct {
		ID    rule.Clause `json:"id"`
		Zh    string      `json:"zh"`
		En    string      `json:"en"`
		What  string      `json:"what"`
		Cases []string    `json:"cases"`
		Tests []string    `json:"tests"`
	}
	out := []item{}
	for i := range list {
		for _, x := range list[i].Clauses {
			by := proven[x.ID]
			if by == nil {
				by = &calc.Proven{}
			}
			if wanted != nil && !wanted[x.ID] || c.Unproven && !by.Nothing() {
				continue
			}
			out = append(out, item{x.ID, x.Zh, x.En, string(x.What), append([]string{}, by.Cases...), append([]string{}, by.Tests...)})
		}
	}
	e := json.NewEncoder(g.out)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(out)
}
