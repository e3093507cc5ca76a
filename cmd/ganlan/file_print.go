package main

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/charmbracelet/lipgloss"
	"github.com/charmbracelet/lipgloss/table"

	"ganlan/bankfile"
	"ganlan/fault"
	"ganlan/money"
)

var kindNames = map[bankfile.Kind]string{bankfile.Contracts: "合同", bankfile.Ledger: "流水", bankfile.Notes: "借据", bankfile.Fees: "担保费",
	bankfile.List: "名单库", bankfile.History: "以往补助", bankfile.Approvals: "超限审批", bankfile.Members: "家庭成员"}

func (g *globals) kindName(k bankfile.Kind) string {
	if zh := kindNames[k]; zh != "" && g.lang() == fault.Zh {
		return zh + " " + string(k)
	}
	return string(k)
}

// printReport shows what a file is.
func (g *globals) printReport(r *bankfile.Report) {
	fmt.Fprintln(g.out, bold.Render(r.File))
	t := table.New().Border(lipgloss.HiddenBorder()).StyleFunc(func(int, int) lipgloss.Style { return lipgloss.NewStyle().PaddingRight(2) })
	line := func(zh, en, value string) {
		if value != "" {
			t.Row(g.say(zh, en), value)
		}
	}
	line("格式", "format", strings.TrimSpace(r.Format+"  "+strings.TrimSpace(r.Encoding+"  "+g.separator(r.Separator))))
	line("工作表", "sheets", g.sheets(r))
	line("文件种类", "kind", g.guesses(r))
	line("配置", "profile", strings.TrimSpace(r.Profile+"  "+r.ProfileTitle))
	if r.HeaderRow > 0 {
		line("表头", "header", fmt.Sprintf(g.say("第 %d 行", "row %d"), r.HeaderRow))
	}
	line("缺少的列", "columns missing", strings.Join(r.Missing, "、"))
	line("金额单位", "unit", unitNames[r.Unit])
	line("隐藏", "hidden", g.hidden(r))
	if r.Profile != "" {
		line("记录数", "records", strconv.Itoa(r.Rows))
	}
	for _, x := range r.Totals {
		line("合计行", "stated total", g.total(x))
	}
	fmt.Fprintln(g.out, t)
	g.printColumns(r)
	g.printFindings(r)
}

var unitNames = map[money.Fen]string{1: "分 (0.01 yuan)", money.Yuan: "元 (yuan)", 10000 * money.Yuan: "万元 (10,000 yuan)"}

func (g *globals) separator(s string) string {
	switch s {
	case "":
		return ""
	case "\t":
		return g.say("分隔符：制表符", "separator: tab")
	}
	return g.say("分隔符：", "separator: ") + s
}

func (g *globals) sheets(r *bankfile.Report) string {
	var out []string
	for _, s := range r.Sheets {
		name := s.Name
		for _, x := range []struct {
			is     bool
			zh, en string
		}{{s.Chosen, "（选用）", " (read)"}, {s.Blank, "（空）", " (blank)"}, {s.Hidden, "（隐藏）", " (hidden)"}} {
			if x.is {
				name += g.say(x.zh, x.en)
			}
		}
		out = append(out, name)
	}
	return strings.Join(out, "、")
}

// guesses says what the file is, and how sure that is.
func (g *globals) guesses(r *bankfile.Report) string {
	if len(r.Guesses) == 0 {
		return g.kindName(r.Kind)
	}
	best, others := r.Guesses[0], []string(nil)
	for _, x := range r.Guesses[1:] {
		if len(x.Missing) == 0 && x.Kind != best.Kind && 2*x.Known > best.Known {
			others = append(others, g.kindName(x.Kind))
		}
	}
	sure := g.say("确定", "certain")
	switch {
	case len(best.Missing) > 0:
		sure = g.say("不像：缺少必需的列", "doubtful: needed columns are missing")
	case len(others) > 0:
		sure = g.say("多半是；也可能是 ", "likely; could be ") + strings.Join(others, "、")
	}
	return fmt.Sprintf(g.say("%s（%s；%d 列中认得 %d 列）", "%s (%s; of %d columns %d are known)"), g.kindName(best.Kind), sure, best.Of, best.Known)
}

func (g *globals) hidden(r *bankfile.Report) string {
	if r.HiddenRows == 0 && len(r.HiddenColumns) == 0 {
		return ""
	}
	columns := strings.Join(r.HiddenColumns, "、")
	if columns == "" {
		columns = "-"
	}
	return fmt.Sprintf(g.say("%d 行；列：%s（均读入）", "%d rows; columns: %s (all read)"), r.HiddenRows, columns)
}

func (g *globals) total(x bankfile.TotalSeen) string {
	where := fmt.Sprintf(g.say("第 %d 行", "row %d"), x.Row)
	if x.Sheet != "" {
		where = x.Sheet + " " + where
	}
	if x.Part {
		return fmt.Sprintf(g.say("%s %s：%s（小计）", "%s %s: %s (of a part)"), where, x.Title, x.Stated)
	}
	return fmt.Sprintf(g.say("%s %s：写明 %s，各行之和 %s", "%s %s: stated %s, the rows add up to %s"), where, x.Title, x.Stated, x.Sum)
}

// printColumns shows each column with what it is read as and its first values.
func (g *globals) printColumns(r *bankfile.Report) {
	if len(r.Columns) == 0 {
		return
	}
	t := table.New().Border(lipgloss.NormalBorder()).Width(terminalWidth())
	head := []string{g.say("列名", "title"), g.say("读作", "read as")}
	for i := range r.First {
		head = append(head, fmt.Sprintf(g.say("第%d条", "record %d"), i+1))
	}
	t.Headers(head...)
	for i, c := range r.Columns {
		key := c.Key
		if key == "" {
			key = g.say("（不读）", "(not read)")
		}
		row := []string{c.Title, key}
		for _, first := range r.First {
			row = append(row, first[i])
		}
		t.Row(row...)
	}
	fmt.Fprintln(g.out, t)
}

// printFindings lists refusals, as many as a screen takes, then the first warning of each class with their number; --json shows all.
func (g *globals) printFindings(r *bankfile.Report) {
	refused, warned := r.Faults.Refusals(), r.Faults.Warnings()
	for i, f := range refused {
		if i == mostShown {
			fmt.Fprintf(g.out, g.say("…… 拒收共 %d 处\n", "… %d refusals in all\n"), len(refused))
			break
		}
		fmt.Fprintf(g.out, "%s%s [%s]\n", g.say("拒收 ", "refused "), f.Text(g.lang()), f.Code())
	}
	g.printWarnings(warned, countsOf(warned))
	if len(refused) == 0 {
		fmt.Fprintln(g.out, g.say("可以使用。", "This file can be used."))
	} else {
		fmt.Fprintln(g.out, g.say("不能使用：改正后再看一遍。", "This file cannot be used as it is."))
	}
}

// countsOf is how many faults there are of each class.
func countsOf(list fault.List) map[string]int {
	out := map[string]int{}
	for _, f := range list {
		out[f.Code()]++
	}
	return out
}
