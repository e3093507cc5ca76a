package main

import (
	"context"
	"fmt"
	"strings"

	"ganlan/internal/auth"
	"ganlan/internal/desk"
	"ganlan/internal/store"
)

type factsListCmd struct {
	readFlags
	knownFlags
}

// Run lists the imports as they were known at a time.
func (c *factsListCmd) Run(g *globals) error {
	return c.reading(g, func(ctx context.Context, d *desk.Desk, who auth.Actor) error {
		known, err := c.known()
		if err != nil {
			return err
		}
		list, err := d.Imports(ctx, who, known)
		if err != nil {
			return err
		}
		return g.sayImports(list)
	})
}

type decisionJSON struct {
	Rev    int64  `json:"rev"`
	State  string `json:"state"`
	By     string `json:"by"`
	At     string `json:"at"`
	Reason string `json:"reason,omitempty"`
}

func decisionOf(s *store.ImportState) *decisionJSON {
	if s == nil {
		return nil
	}
	return &decisionJSON{s.Rev, s.State, s.Login, instant(s.Recorded), s.Reason}
}

func (g *globals) sayImports(list []desk.Import) error {
	type file struct {
		Kind string `json:"kind"`
		File string `json:"file"`
		SM3  string `json:"sm3"`
		Rows int64  `json:"rows"`
		Kept int64  `json:"kept"`
	}
	type item struct {
		ID      int64         `json:"import"`
		Area    string        `json:"area"`
		Org     int64         `json:"org"`
		By      string        `json:"by"`
		At      string        `json:"at"`
		Files   []file        `json:"files"`
		Decided *decisionJSON `json:"decided"`
	}
	out := []item{}
	for _, x := range list {
		y := item{x.ID, x.Area, x.Org, x.Login, instant(x.At), nil, decisionOf(x.Decided)}
		for _, b := range x.Files {
			y.Files = append(y.Files, file{b.Kind, b.File, b.Digest, b.Rows, b.Kept})
		}
		out = append(out, y)
	}
	if g.JSON {
		return g.printJSON(map[string]any{"imports": out})
	}
	for i, x := range out {
		var files []string
		for _, f := range x.Files {
			files = append(files, fmt.Sprintf("%s (%d/%d)", f.File, f.Kept, f.Rows))
		}
		fmt.Fprintf(g.out, g.say("%d  %s  机构 %d  %s 于 %s 导入：%s\n", "%d  %s  organisation %d  by %s on %s: %s\n"), x.ID, x.Area, x.Org, x.By, momentOf(list[i].At),
			strings.Join(files, g.say("、", ", ")))
		fmt.Fprintln(g.out, "   ", g.decisionText(list[i].Decided))
	}
	return nil
}

// decisionText says what was decided about an import.
func (g *globals) decisionText(s *store.ImportState) string {
	if s == nil {
		return g.say("待确认", "not confirmed yet")
	}
	word := g.say("已确认", "confirmed")
	if s.State == store.ImportRejected {
		word = g.say("已退回", "rejected")
	}
	text := fmt.Sprintf(g.say("%s（%s，%s，修订 %d）", "%s (%s, %s, revision %d)"), word, s.Login, momentOf(s.Recorded), s.Rev)
	if s.Reason != "" {
		text += g.say("：", ": ") + s.Reason
	}
	return text
}

type factsConfirmCmd struct {
	signFlags
	Import int64  `arg:"" help:"Number of the import, as facts list shows it."`
	Reject bool   `help:"Reject it instead; say why."`
	Why    string `help:"What is wrong, or what the confirmation rests upon." placeholder:"TEXT"`
	Rev    int64  `help:"What was decided before and is now changed, by its revision in facts list." placeholder:"N"`
}

// Run confirms what another person imported, so that amounts may be computed from it.
func (c *factsConfirmCmd) Run(g *globals) error {
	return c.signed(g, func(ctx context.Context, d *desk.Desk, who auth.Actor) error {
		s, err := d.FactsConfirm(ctx, who, desk.Decision{Import: c.Import, Rev: c.Rev, Reject: c.Reject, Why: c.Why})
		if err != nil {
			return err
		}
		if g.JSON {
			return g.printJSON(map[string]any{"import": c.Import, "decided": decisionOf(&s)})
		}
		_, err = fmt.Fprintln(g.out, c.Import, g.decisionText(&s))
		return err
	})
}
