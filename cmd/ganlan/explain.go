package main

import (
	"encoding/json"
	"fmt"
	"io"
	"math/big"
	"strings"

	"github.com/charmbracelet/lipgloss"
	"github.com/charmbracelet/lipgloss/table"

	"ganlan/fault"
	"ganlan/ident"
	"ganlan/internal/calc"
	"ganlan/money"
	"ganlan/subsidy"
)

// explainCmd explains one contract.
type explainCmd struct {
	inputs

	Contract string `required:"" help:"Contract number." placeholder:"NO"`
}

type discard struct{ io.Writer }

func (discard) Reset() error { return nil }

// Run computes the files as calc does and explains the contract from the same steps.
func (c *explainCmd) Run(g *globals) error {
	defer func() { c.files.close() }()
	r, _, err := c.prepare(g)
	if err != nil {
		return err
	}
	r.Only = c.Contract
	res, err := r.Do(discard{io.Discard})
	if err != nil {
		return exit(exitInput, err)
	}
	if len(res.Only) == 0 {
		return exit(exitInput, faultNoContract.New().Set("contract", c.Contract))
	}
	x, err := r.Plan.Explain(res.Only, c.Contract)
	if err != nil {
		return err
	}
	x.Settled(res.Rows)
	if g.JSON {
		e := json.NewEncoder(g.out)
		e.SetEscapeHTML(false)
		e.SetIndent("", "  ")
		return e.Encode(calc.ExplainJSON(r.Plan, x, g.lang()))
	}
	g.printExplanation(r.Plan, x)
	return nil
}

func (g *globals) printExplanation(p *subsidy.Plan, x *subsidy.Explanation) {
	if len(x.Rows) == 0 {
		return
	}
	c := &x.Rows[0].Row.Facts.Contract
	fmt.Fprintf(g.out, "%s  %s  %d\n", bold.Render(g.say("合同 ", "contract ")+c.No), p.Scheme.Title.In(g.lang()), p.Year)
	fmt.Fprintf(g.out, g.say("  家庭 %s  %s %s  合同期 %s 至 %s  利率 %s\n", "  household %s  %s %s  from %s to %s  rate %s\n"),
		c.Household, c.Name, ident.Mask(c.IDNo), c.Start, c.End, c.Rate)
	for _, t := range x.Tests {
		mark := "✓"
		switch {
		case t.NotGiven:
			mark = "？"
		case !t.OK:
			mark = "✗"
		}
		fmt.Fprintf(g.out, "  %s %s [%s]\n", mark, t.Text.In(g.lang()), t.Cite)
	}
	for i := range x.Rows {
		g.printRow(p, &x.Rows[i])
	}
}

// printRow shows the days, balances and rates of a row, and how they add up.
func (g *globals) printRow(p *subsidy.Plan, w *subsidy.RowWhy) {
	if w.Row.Note != "" {
		fmt.Fprintf(g.out, g.say("借据 %s\n", "note %s\n"), w.Row.Note)
	}
	t := table.New().Border(lipgloss.NormalBorder()).Headers(strings.Split(g.say(
		"起|止|天数|余额（元）|计入（元）|年利率|贴息（元）|说明|依据", "from|to|days|balance|counted|rate|subsidy|why|clause"), "|")...)
	for _, x := range w.Pieces {
		rate, amount, why := "", "", ""
		if x.Why == "" {
			rate = x.Rate.String()
			amount = yuan(x.Amount())
			if x.Limited {
				why = g.say("以合同利率为限", "held at the contract rate")
			}
		} else {
			why = reasonText(x.Why, g.lang())
		}
		t.Row(x.Span.From.String(), x.Span.Last().String(), fmt.Sprint(x.Span.Days()), x.Balance.Grouped(), x.Counted.Grouped(), rate, amount, why, x.Cite)
	}
	fmt.Fprintln(g.out, t)
	fmt.Fprintf(g.out, g.say("  累计 %s 元·天；合计 %s 元，取整（%s）后 %s 元\n", "  %s yuan-days; sum %s yuan, rounded (%s) %s yuan\n"),
		money.Fen(w.Row.BalanceDays).Grouped(), yuan(w.Exact), p.Scheme.Amount.Round.Text(), g.beforeCuts(w).Grouped())
	for _, cut := range w.Cuts {
		fmt.Fprintf(g.out, "  %s [%s]：%s → %s\n", cut.What, cut.Cite, cut.Before.Grouped(), cut.After.Grouped())
	}
	for _, f := range w.Fees {
		fmt.Fprintf(g.out, g.say("  担保费 %s 元（退 %s），按 %s 元 × %s × %d/%d 天 = %s 元 %s [%s]\n", "  fee %s (refund %s), of %s × %s × %d/%d days = %s %s [%s]\n"),
			f.Fee.Fee.Grouped(), f.Fee.Refund.Grouped(), f.Base.Grouped(), f.Share.Fraction(), f.Eligible, f.Cover, f.Amount.Grouped(), reasonText(f.Why, g.lang()), f.Cite)
	}
	fmt.Fprintln(g.out, bold.Render(g.say("  贴息 ", "  subsidy ")+w.Row.Amount.Grouped()+g.say(" 元", " yuan")), g.because(w.Row.Reason))
}

func (g *globals) beforeCuts(w *subsidy.RowWhy) money.Fen {
	if len(w.Cuts) > 0 {
		return w.Cuts[0].Before
	}
	return w.Row.Amount
}

func (g *globals) because(reason string) string {
	if reason == "" {
		return ""
	}
	return g.say("（"+reasonText(reason, fault.Zh)+"，"+reason+"）", "("+reasonText(reason, fault.En)+", "+reason+")")
}

// yuan is an exact amount in fen as yuan with six decimals.
func yuan(fen *big.Rat) string { return new(big.Rat).Quo(fen, big.NewRat(100, 1)).FloatString(6) }
