package main

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"

	"github.com/charmbracelet/lipgloss"
	"github.com/charmbracelet/lipgloss/table"
	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"

	"ganlan/bankfile"
	"ganlan/fault"
	"ganlan/ident"
	"ganlan/internal/calc"
	"ganlan/money"
	"ganlan/scheme"
)

// terminalWidth is the width of the terminal, or a usual one.
func terminalWidth() int {
	if w, _, err := term.GetSize(int(os.Stderr.Fd())); err == nil && w > 40 {
		return min(w, 160)
	}
	return 120
}

// isTerminal reports whether a writer is a person's screen.
func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// progress is a bar on a terminal, nothing elsewhere.
func (g *globals) progress() func(done, total int64) {
	if g.Quiet || g.JSON || !isTerminal(g.err) {
		return nil
	}
	var bar *progressbar.ProgressBar
	return func(done, total int64) {
		if bar == nil {
			bar = progressbar.NewOptions64(total, progressbar.OptionSetWriter(g.err), progressbar.OptionShowBytes(true),
				progressbar.OptionClearOnFinish(), progressbar.OptionSetDescription(g.say("计算", "computing")))
		}
		_ = bar.Set64(min(done, total))
	}
}

var bold = lipgloss.NewStyle().Bold(true)

// printSummary shows what the claim came to.
func (g *globals) printSummary(rules *scheme.Scheme, s *calc.Summary, res *calc.Result, dir string) error {
	if g.JSON {
		e := json.NewEncoder(g.out)
		e.SetIndent("", "  ")
		return e.Encode(s)
	}
	if g.Quiet {
		return nil
	}
	fmt.Fprintf(g.out, "%s  %s %d\n", bold.Render(s.Scheme.Title), s.Scheme.Document, s.Year)
	t := table.New().Border(lipgloss.NormalBorder())
	line := func(zh, en, value string) { t.Row(g.say(zh, en), value) }
	line("合同数 / 得补助行数", "contracts / rows paid", fmt.Sprintf("%d / %d", s.Contracts, s.Paid))
	line("每日贷款余额累计（元·天）", "cumulative daily balance (yuan-days)", money.Fen(*s.Totals.BalanceDays).Grouped())
	line("贴息金额（元）", "interest subsidy (yuan)", money.Fen(s.Totals.Subsidy).Grouped())
	if s.Totals.Fee > 0 {
		line("保费补助（元）", "fee subsidy (yuan)", money.Fen(s.Totals.Fee).Grouped())
	}
	for _, p := range res.Payers {
		line("其中 "+g.payer(p.Who), "of which "+p.Who, (p.Subsidy + p.Fee).Grouped())
	}
	if s.Average.BalanceDays != nil {
		line("平均年化利率（余额积数 / 金额 / 算术）", "average rate (balance-days / amount / plain)",
			fmt.Sprintf("%s%% / %s%% / %s%%", *s.Average.BalanceDays, *s.Average.Amount, *s.Average.Plain))
	}
	for _, k := range slices.Sorted(maps.Keys(s.Reasons)) {
		line("不予补助："+reasonOf(rules, k, fault.Zh), "nothing: "+reasonOf(rules, k, fault.En), fmt.Sprint(s.Reasons[k]))
	}
	line("与银行数不同", "differs from the bank", fmt.Sprint(s.Different))
	line("校验码", "check code", s.Check)
	fmt.Fprintln(g.out, t)
	g.printCauses(s)
	g.printReconciled(s.Reconciled)
	g.printWarnings(res.Warned.List, s.Counts)
	fmt.Fprintln(g.out, g.say("结果在 ", "results in ")+dir)
	return nil
}

// printReconciled shows for each file that what was taken and what was held back add up to it.
func (g *globals) printReconciled(sums map[bankfile.Kind]calc.Reconciled) {
	if len(sums) == 0 {
		return
	}
	t := table.New().Border(lipgloss.NormalBorder()).Headers(strings.Split(g.say("文件|栏|原文件|受理|暂存", "file|column|file|taken|held back"), "|")...)
	for _, kind := range bankfile.Kinds() {
		x, ok := sums[kind]
		if !ok {
			continue
		}
		t.Row(x.File, g.say("行数", "rows"), fmt.Sprint(x.Input.Rows), fmt.Sprint(x.Taken.Rows), fmt.Sprint(x.Held.Rows))
		for _, key := range x.Input.Columns() {
			t.Row("", key, x.Input.Fen[key].Grouped(), x.Taken.Fen[key].Grouped(), x.Held.Fen[key].Grouped())
		}
		if n := x.Input.Unreadable; n > 0 {
			t.Row("", g.say("读不出的金额", "unreadable amounts"), fmt.Sprint(n), "0", fmt.Sprint(n))
		}
	}
	fmt.Fprintln(g.out, t)
}

// printWarnings shows the first warning of each class, with how many there are.
func (g *globals) printWarnings(list fault.List, counts map[string]int) {
	shown := map[string]bool{}
	for _, f := range list {
		if shown[f.Code()] {
			continue
		}
		shown[f.Code()] = true
		n := ""
		if counts[f.Code()] > 1 {
			n = fmt.Sprintf(g.say("（共 %d 条）", " (%d in all)"), counts[f.Code()])
		}
		fmt.Fprintln(g.out, lipgloss.NewStyle().Foreground(lipgloss.Color("3")).Render(g.say("提示 ", "warning ")+f.Text(g.lang())+n))
	}
}

var payerNames = map[string]string{"county": "县（市）财政", "province": "省财政", "city": "市财政", "central": "中央财政", "bank": "银行",
	"local": "地方财政", "undecided": "分担方未定"}

func (g *globals) payer(who string) string {
	if zh := payerNames[who]; zh != "" {
		return zh
	}
	return who
}

func idTypeName(word string) string {
	k, err := ident.ParseKind(word)
	if err != nil || word == "" {
		return word
	}
	return k.Name()
}
