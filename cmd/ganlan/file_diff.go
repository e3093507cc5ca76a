package main

import (
	"encoding/json"
	"fmt"
	"strings"

	"ganlan/bankfile"
	"ganlan/fault"
	"ganlan/ident"
	"ganlan/internal/calc"
)

// fileDiffCmd compares two readings of a kind of file.
type fileDiffCmd struct {
	Old     string   `arg:"" help:"The earlier file, or that of one branch." placeholder:"OLD"`
	New     string   `arg:"" help:"The later file, or that of another branch." placeholder:"NEW"`
	Kind    string   `help:"What the files hold." default:"contracts"`
	Common  bool     `help:"Show what stands in both: rows that are the same or differ, and people who have contracts in both."`
	Profile string   `help:"Profile of the files; recognised by their headers when not given." placeholder:"NAME"`
	Sep     []string `help:"Separator of csv files, when it is an unusual one." placeholder:"[KIND=]SEP" sep:"none"`
	Sheet   []string `help:"Sheet of workbooks that hold several tables." placeholder:"[KIND=]SHEET" sep:"none"`
}

// diffLine is one change for other programs.
type diffLine struct {
	What   string      `json:"what"`
	Key    string      `json:"key"`
	OldRow int         `json:"old_row,omitempty"`
	NewRow int         `json:"new_row,omitempty"`
	Fields []fieldLine `json:"fields,omitempty"`
}

// fieldLine is one value of a change; empty is not given.
type fieldLine struct {
	Key string `json:"key"`
	Old string `json:"old,omitempty"`
	New string `json:"new,omitempty"`
}

// Run shows the changes in the order of contract numbers. Equal files and different ones both end with 0: a difference is no
// fault.
func (c *fileDiffCmd) Run(g *globals) error {
	if err := (&fileLookCmd{Kind: c.Kind}).checkKind(); err != nil {
		return exit(exitUsage, err)
	}
	var files opened
	defer files.close()
	a, b, err := c.open(g, &files)
	if err != nil {
		return err
	}
	defer a.Close()
	defer b.Close()
	counts := map[string]int{}
	var lines []diffLine
	faults := bankfile.Changes(a, b, func(x bankfile.Change) {
		counts[x.What]++
		if (x.What == bankfile.Same || x.What == bankfile.Changed) == c.Common || x.What == bankfile.Changed {
			line := diffLine{x.What, x.Key, x.OldRow, x.NewRow, nil}
			for _, f := range x.Fields {
				line.Fields = append(line.Fields, fieldLine{f.Key, masked(f.Key, f.Old), masked(f.Key, f.New)})
			}
			lines = append(lines, line)
		}
	})
	if err := faults.Err(); err != nil {
		return exit(exitInput, err)
	}
	people, err := c.people(a, b)
	if err != nil {
		return err
	}
	if g.JSON {
		e := json.NewEncoder(g.out)
		e.SetEscapeHTML(false)
		e.SetIndent("", "  ")
		return e.Encode(map[string]any{"counts": counts, "changes": lines, "people": people})
	}
	c.print(g, counts, lines, people)
	return nil
}

func (c *fileDiffCmd) open(g *globals, files *opened) (a, b *bankfile.File, err error) {
	profile, err := g.profile(c.Profile)
	if err != nil {
		return nil, nil, err
	}
	var faults fault.List
	opt := options(c.Sep, c.Sheet)
	opt.Sort = calc.SortLines
	for _, x := range []struct {
		path string
		to   **bankfile.File
	}{{c.Old, &a}, {c.New, &b}} {
		in, f := files.open(x.path)
		if f != nil {
			faults.Add(f)
			continue
		}
		found, fs := profile.Open(*in, bankfile.Kind(c.Kind), opt)
		faults = append(faults, fs.Refusals()...)
		*x.to = found
	}
	return a, b, exit(exitInput, faults.Err())
}

func (c *fileDiffCmd) people(a, b *bankfile.File) (people []bankfile.SharedPerson, err error) {
	if !c.Common || c.Kind != string(bankfile.Contracts) {
		return nil, nil
	}
	faults := bankfile.SharedPeople(a, b, func(p bankfile.SharedPerson) { people = append(people, p) })
	return people, exit(exitInput, faults.Err())
}

func (c *fileDiffCmd) print(g *globals, counts map[string]int, lines []diffLine, people []bankfile.SharedPerson) {
	words := map[string]string{bankfile.Added: g.say("新增", "added"), bankfile.Removed: g.say("减少", "removed"), bankfile.Changed: g.say("变动", "changed"), bankfile.Same: g.say("相同", "same")}
	for _, x := range lines {
		fmt.Fprintf(g.out, "%s %s%s\n", words[x.What], x.Key, g.rowsOf(x.OldRow, x.NewRow))
		for _, f := range x.Fields {
			if x.What == bankfile.Changed {
				fmt.Fprintf(g.out, "    %s: %s → %s\n", f.Key, orDash(f.Old), orDash(f.New))
			}
		}
	}
	for _, p := range people {
		fmt.Fprintf(g.out, g.say("同一人 %s：%s（旧第%d行）与 %s（新第%d行）\n", "one person %s: %s (old row %d) and %s (new row %d)\n"), p.Number, p.Contract, p.Row, p.Other, p.OtherRow)
	}
	fmt.Fprintf(g.out, g.say("新增 %d，减少 %d，变动 %d，相同 %d\n", "%d added, %d removed, %d changed, %d the same\n"),
		counts[bankfile.Added], counts[bankfile.Removed], counts[bankfile.Changed], counts[bankfile.Same])
}

// rowsOf says where a row stood and stands.
func (g *globals) rowsOf(old, new int) string {
	var parts []string
	if old > 0 {
		parts = append(parts, fmt.Sprintf(g.say("旧第%d行", "old row %d"), old))
	}
	if new > 0 {
		parts = append(parts, fmt.Sprintf(g.say("新第%d行", "new row %d"), new))
	}
	return g.say("（", " (") + strings.Join(parts, g.say("，", ", ")) + g.say("）", ")")
}

// masked hides the numbers of people and accounts.
func masked(key, s string) string {
	if key == "id_no" || key == "account" {
		return ident.Mask(s)
	}
	return s
}

// orDash is a value on the screen, where nothing is a dash.
func orDash(s string) string {
	if s == "" {
		return "—"
	}
	return s
}
