package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"

	"ganlan/fault"
	"ganlan/internal/auth"
	"ganlan/internal/desk"
)

type factsShowCmd struct {
	readFlags
	knownFlags
	Contract string `arg:"" help:"Number of the contract."`
	Org      int64  `required:"" help:"Number of the bank." placeholder:"N"`
}

// Run tells what was known of a contract at a time, from where, and who confirmed it.
func (c *factsShowCmd) Run(g *globals) error {
	return c.reading(g, func(ctx context.Context, d *desk.Desk, who auth.Actor) error {
		known, err := c.known()
		if err != nil {
			return err
		}
		x, err := d.FactTold(ctx, who, c.Org, c.Contract, known)
		if err != nil {
			return err
		}
		t := toldOf(&x)
		if g.JSON {
			return g.printJSON(t)
		}
		g.printTold(t, &x)
		return nil
	})
}

type factsFindCmd struct {
	readFlags
	ID string `required:"" help:"Identity number; - reads it from standard input, where other users of the machine cannot see it." placeholder:"NO"`
}

var faultNoNumber = &fault.Def{Code: "ID_NOT_GIVEN", What: "没有给出证件号", Do: "写 --id 号码，或 --id - 并从标准输入给出一行",
	WhatEn: "there is no identity number", DoEn: "write --id NO, or --id - and give it as a line of standard input"}

// Run finds a person's contracts by the keyed index: no number is opened for it but those found.
func (c *factsFindCmd) Run(g *globals) error {
	id := c.ID
	if id == "-" {
		line, err := bufio.NewReader(os.Stdin).ReadString('\n')
		if err != nil && err != io.EOF {
			return err
		}
		id = line
	}
	if id = strings.TrimSpace(id); id == "" {
		return exit(exitUsage, faultNoNumber.New())
	}
	return c.reading(g, func(ctx context.Context, d *desk.Desk, who auth.Actor) error {
		list, err := d.FactsOfPerson(ctx, who, id)
		if err != nil {
			return err
		}
		out := []contractJSON{}
		for i := range list {
			out = append(out, contractOf(&list[i]))
		}
		if g.JSON {
			return g.printJSON(map[string]any{"contracts": out})
		}
		for _, x := range out {
			fmt.Fprintf(g.out, "%s  %s %d  %s  %s\n", x.No, g.say("机构", "organisation"), x.Org, x.Values["name"], x.Values["id_no"])
		}
		if len(out) == 0 {
			fmt.Fprintln(g.out, g.say("辖区内没有该证件号的合同", "no contract of that number within your reach"))
		}
		return nil
	})
}

type factsRevealCmd struct {
	signFlags
	Contract string `arg:"" help:"Number of the contract."`
	Org      int64  `required:"" help:"Number of the bank." placeholder:"N"`
	Why      string `required:"" help:"What the whole numbers are needed for." placeholder:"TEXT"`
}

func (c *factsRevealCmd) Run(g *globals) error {
	return c.signed(g, func(ctx context.Context, d *desk.Desk, who auth.Actor) error {
		id, account, err := d.FactsReveal(ctx, who, c.Org, c.Contract, c.Why)
		if err != nil {
			return err
		}
		if g.JSON {
			return g.printJSON(map[string]string{"id_no": id, "account": account})
		}
		_, err = fmt.Fprintf(g.out, g.say("证件号 %s\n账号 %s\n", "identity number %s\naccount %s\n"), orDash(id), orDash(account))
		return err
	})
}

// contractJSON is a contract for programs; numbers are masked, what was not given is missing.
type contractJSON struct {
	No     string            `json:"contract_no"`
	Org    int64             `json:"org"`
	Area   string            `json:"area"`
	Values map[string]string `json:"values"`
}

func contractOf(f *desk.Fact) contractJSON {
	x := contractJSON{f.Contract.No, f.Org, f.Area, map[string]string{}}
	for _, v := range f.Values() {
		if v.Text != "" {
			x.Values[v.Key] = v.Text
		}
	}
	return x
}

// sourceJSON is where a row came from.
type sourceJSON struct {
	Import  int64         `json:"import"`
	File    string        `json:"file"`
	Row     int           `json:"row,omitempty"`
	By      string        `json:"by"`
	At      string        `json:"at"`
	Decided *decisionJSON `json:"decided"`
}

type rowJSON struct {
	Kind   string     `json:"kind"` // ledger, notes, fees, list, history, approvals
	Says   string     `json:"says"`
	Source sourceJSON `json:"source"`
}

type revisionJSON struct {
	Rev        int64                  `json:"rev"`
	Recorded   string                 `json:"recorded_at"`
	Replaced   string                 `json:"superseded_at,omitempty"`
	Changed    []desk.FieldDifference `json:"changed,omitempty"`
	LinesAdded int                    `json:"lines_added"`
	LinesEnded int                    `json:"lines_ended"`
	Source     sourceJSON             `json:"source"`
}

type toldJSON struct {
	Known string `json:"known_at"`
	contractJSON
	Source  sourceJSON     `json:"source"`
	Rows    []rowJSON      `json:"rows"`
	History []revisionJSON `json:"history"`
}

// toldOf puts what was told into the form for programs.
func toldOf(x *desk.Told) *toldJSON {
	source := func(batch int64, row int) sourceJSON {
		o := x.Files[batch]
		return sourceJSON{o.Import, o.File, row, o.Login, instant(o.At), decisionOf(o.Decided)}
	}
	t := &toldJSON{Known: instant(x.Known), contractJSON: contractOf(&x.Fact), Rows: []rowJSON{}}
	for _, r := range x.Rows() {
		t.Rows = append(t.Rows, rowJSON{r.Kind, r.Says, source(r.Batch, r.Row)})
	}
	for _, r := range x.History {
		t.History = append(t.History, revisionJSON{r.Rev, instant(r.Recorded), instant(r.Replaced), r.Fields, r.LinesAdded, r.LinesEnded, source(r.Batch, r.Row)})
		t.Source = t.History[len(t.History)-1].Source
	}
	return t
}

func (g *globals) printTold(t *toldJSON, x *desk.Told) {
	fmt.Fprintf(g.out, g.say("合同 %s（机构 %d，%s），%s 时所知：\n", "contract %s (organisation %d, %s), as known on %s:\n"), t.No, t.Org, t.Area, momentOf(x.Known))
	for _, v := range x.Values() {
		if v.Text != "" {
			fmt.Fprintf(g.out, "  %-16s %s\n", v.Key, v.Text)
		}
	}
	fmt.Fprintln(g.out, g.say("明细和名单（内容 ← 文件 行）：", "lines and lists (what ← file, row):"))
	for _, r := range t.Rows {
		fmt.Fprintf(g.out, "  %-9s %s ← %s\n", r.Kind, r.Says, placeText(r.Source))
	}
	fmt.Fprintln(g.out, g.say("修订：", "revisions:"))
	for i, r := range t.History {
		fmt.Fprintf(g.out, "  %s ← %s", momentOf(x.History[i].Recorded), placeText(r.Source))
		for _, f := range r.Changed {
			fmt.Fprintf(g.out, "; %s %s → %s", f.Key, orDash(f.Old), orDash(f.New))
		}
		fmt.Fprintf(g.out, g.say("；明细 +%d −%d\n", "; lines +%d −%d\n"), r.LinesAdded, r.LinesEnded)
	}
	g.printFiles(x)
}

func placeText(s sourceJSON) string {
	if s.Row == 0 {
		return s.File
	}
	return fmt.Sprintf("%s:%d", s.File, s.Row)
}

// printFiles says who handed the files in and who confirmed them.
func (g *globals) printFiles(x *desk.Told) {
	fmt.Fprintln(g.out, g.say("文件：", "files:"))
	for _, id := range slices.Sorted(maps.Keys(x.Files)) {
		o := x.Files[id]
		fmt.Fprintf(g.out, g.say("  %s（导入 %d，%s 于 %s；SM3 %s）：%s\n", "  %s (import %d, by %s on %s; SM3 %s): %s\n"), o.File, o.Import, o.Login, momentOf(o.At), o.SM3,
			g.decisionText(o.Decided))
	}
}
