package main

import (
	"context"
	"fmt"
	"strings"

	"ganlan/bankfile"
	"ganlan/fault"
	"ganlan/internal/auth"
	"ganlan/internal/desk"
)

type factsCmd struct {
	Import  factsImportCmd  `cmd:"" help:"Keep what a bank's files say: all of it, or nothing."`
	List    factsListCmd    `cmd:"" help:"List the imports: who made them, who confirmed them."`
	Confirm factsConfirmCmd `cmd:"" help:"Confirm or reject an import that another person made."`
	Show    factsShowCmd    `cmd:"" help:"Show what was known of a contract, who said so, from which row of which file."`
	Find    factsFindCmd    `cmd:"" help:"Find the contracts of a person by the identity number."`
	Reveal  factsRevealCmd  `cmd:"" help:"Show a borrower's whole numbers, for a stated reason that the audit keeps."`
}

// factsImportCmd are the files of one bank, or a name list alone.
type factsImportCmd struct {
	dataFlags
	As string `help:"Login of who imports; without it the person at the console, in the role of that organisation's officer." placeholder:"LOGIN"`
	secretFlags
	Area      string   `required:"" help:"Area of the programme (6 digits)." placeholder:"CODE"`
	Org       int64    `required:"" help:"Number of the organisation whose contracts they are." placeholder:"N"`
	Contracts string   `help:"Contracts (csv or xlsx)." placeholder:"F"`
	Ledger    string   `help:"Drawdowns, repayments and other events." placeholder:"F"`
	List      string   `help:"Name list with its intervals; it is whole." placeholder:"F"`
	Notes     string   `help:"Notes (借据) with their own due days." placeholder:"F"`
	Fees      string   `help:"Guarantee fees paid." placeholder:"F"`
	History   string   `help:"What households were paid in former years; it is whole." placeholder:"F"`
	Approvals string   `help:"Approved caps above the rule; it is whole." placeholder:"F"`
	Profile   string   `help:"Profile of the files, by name; recognised by their headers when not given." placeholder:"NAME"`
	Sep       []string `help:"Separator of csv files, when it is an unusual one; for one kind of file as ledger=SEP." placeholder:"[KIND=]SEP" sep:"none"`
	Sheet     []string `help:"Sheet of workbooks that hold several tables, * for all of one header; for one kind of file as ledger=SHEET." placeholder:"[KIND=]SHEET" sep:"none"`
}

// Run imports the files as whoever signs in, or as the person at the console in the role of the organisation's officer.
func (c *factsImportCmd) Run(g *globals) error {
	up := desk.Upload{Area: c.Area, Org: c.Org, Progress: g.progress()}
	var err error
	if up.Profile, err = g.profile(c.Profile); err != nil {
		return err
	}
	var files opened
	defer func() { files.close() }()
	var faults fault.List
	for _, x := range []struct {
		path string
		to   **bankfile.Input
	}{{c.Contracts, &up.Inputs.Contracts}, {c.Ledger, &up.Inputs.Ledger}, {c.List, &up.Inputs.List}, {c.Notes, &up.Inputs.Notes}, {c.Fees, &up.Inputs.Fees},
		{c.History, &up.Inputs.History}, {c.Approvals, &up.Inputs.Approvals}} {
		var f *fault.Fault
		*x.to, f = files.open(x.path)
		faults.Add(f)
	}
	if err := faults.Err(); err != nil {
		return exit(exitInput, err)
	}
	up.Inputs.Options = options(c.Sep, c.Sheet)
	keep := func(ctx context.Context, d *desk.Desk, who auth.Actor) error {
		got, err := d.FactsImport(ctx, who, up)
		if err != nil {
			return err
		}
		return g.printImported(&got)
	}
	if f := (&signFlags{c.dataFlags, c.As, c.secretFlags}); f.asked() {
		return f.signed(g, keep)
	}
	return c.with(func(ctx context.Context, d *desk.Desk) error {
		return keep(ctx, d, desk.AtConsole(consoleLogin(), auth.BankOfficer, c.Org, c.Area))
	})
}

// printImported says what the files came to: what is new, what differs and how, what was not in them.
func (g *globals) printImported(x *desk.Imported) error {
	if g.JSON {
		return g.printJSON(map[string]any{"import": x.ID, "contracts": map[string]int{"added": x.Added, "changed": x.Changed, "unchanged": x.Unchanged, "absent": x.Absent},
			"lines": map[string]int{"added": x.LinesAdded, "ended": x.LinesEnded}, "lists": x.Lists,
			"files": x.Batches, "differences": x.Differences, "warnings": len(x.Warned)})
	}
	if g.Quiet {
		return nil
	}
	for _, b := range x.Batches {
		fmt.Fprintf(g.out, g.say("%s：%d 行，新记 %d 行；SM3 %s\n", "%s: %d rows, %d kept anew; SM3 %s\n"), b.File, b.Rows, b.Kept, b.Digest)
	}
	fmt.Fprintf(g.out, g.say("合同：新增 %d，变更 %d，未变 %d，文件中没有 %d；明细：新增 %d，停用 %d\n",
		"contracts: %d added, %d changed, %d as before, %d not in the files; lines: %d added, %d ended\n"),
		x.Added, x.Changed, x.Unchanged, x.Absent, x.LinesAdded, x.LinesEnded)
	for _, v := range x.Differences {
		var parts []string
		for _, f := range v.Fields {
			parts = append(parts, f.Key+" "+f.Old+" → "+f.New)
		}
		if v.LinesAdded+v.LinesEnded > 0 {
			parts = append(parts, fmt.Sprintf(g.say("明细新增 %d、停用 %d", "%d lines added, %d ended"), v.LinesAdded, v.LinesEnded))
		}
		fmt.Fprintf(g.out, "  %s: %s\n", v.Contract, strings.Join(parts, "; "))
	}
	if n := x.Changed - len(x.Differences); n > 0 {
		fmt.Fprintf(g.out, g.say("  另有 %d 份变更\n", "  and %d more\n"), n)
	}
	for _, l := range x.Lists {
		g.printListChange(&l)
	}
	fmt.Fprintf(g.out, g.say("导入编号 %d，待另一人确认：ganlan facts confirm %[1]d\n", "import %d, to be confirmed by another person: ganlan facts confirm %[1]d\n"), x.ID)
	for i, f := range x.Warned {
		if i == mostShown {
			fmt.Fprintf(g.out, g.say("另有 %d 条提示\n", "%d more warnings\n"), len(x.Warned)-i)
			break
		}
		fmt.Fprintf(g.out, "%s [%s]\n", f.Text(g.lang()), f.Code())
	}
	return nil
}

// printListChange says what a whole list came to, row by row as far as a screen takes it.
func (g *globals) printListChange(l *desk.ListChange) {
	fmt.Fprintf(g.out, g.say("%s：新增 %d 行，停用 %d 行\n", "%s: %d rows added, %d ended\n"), listName(g, l.Kind), l.Added, l.Ended)
	if l.Ended == 0 { // a first list, or rows that came along
		return
	}
	for i, x := range l.Differences {
		if i == mostShown {
			fmt.Fprintf(g.out, g.say("  另有 %d 行\n", "  and %d more\n"), l.Added+l.Ended-i)
			return
		}
		fmt.Fprintf(g.out, "  %s %s %s\n", map[bool]string{true: "-", false: "+"}[x.Ended], x.Household, x.Text)
	}
}

func listName(g *globals, kind string) string {
	words := map[string][2]string{"list": {"名单", "name list"}, "history": {"历年已补", "former years"}, "approvals": {"核准", "approvals"}}
	return g.say(words[kind][0], words[kind][1])
}
