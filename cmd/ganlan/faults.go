package main

import (
	"encoding/json"
	"fmt"

	"github.com/charmbracelet/lipgloss"
	"github.com/charmbracelet/lipgloss/table"

	"ganlan/fault"
)

// Classes of fault of the command line.
var (
	faultNoFile = &fault.Def{Code: "FILE_NOT_FOUND", What: "打不开文件“{file}”", Do: "核对文件名和路径",
		WhatEn: "cannot open the file {file}", DoEn: "check its name and path"}
	faultNoFolder = &fault.Def{Code: "POLICIES_NOT_FOUND", What: "没有政策文件夹“{dir}”", Do: "核对 --policies",
		WhatEn: "there is no folder of policies {dir}", DoEn: "check --policies"}
	faultNoExample = &fault.Def{Code: "EXAMPLE_NOT_FOUND", What: "没有示例文件夹“{dir}”", Do: "在项目文件夹内运行，或用 --examples 指明",
		WhatEn: "there is no example folder {dir}", DoEn: "run it inside the project's folder, or give --examples"}
	faultNoList = &fault.Def{Code: "LIST_NEEDED", What: "方案要核对名单库，但没有给出 --list", Do: "加上 --list 名单文件",
		WhatEn: "the scheme tests the name list, but --list was not given", DoEn: "add --list FILE"}
	faultOutTaken = &fault.Def{Code: "OUT_TAKEN", What: "“{dir}”已存在，且不是本程序写的结果", Do: "换一个 --out，或先移走该文件夹",
		WhatEn: "{dir} exists and was not written by this program", DoEn: "choose another --out or move the folder away"}
	faultOutHeld = &fault.Def{Code: "OUT_HELD_BACK", What: "“{dir}”里有暂存待改的行（held-back）", Do: "换一个 --out：里面的文件可能已改正，不覆盖",
		WhatEn: "{dir} holds rows that were held back", DoEn: "choose another --out: they may be corrected by now, and are never overwritten"}
	faultFaultsTaken = &fault.Def{Code: "FAULTS_TAKEN", What: "“{dir}”已有内容", Do: "换一个 --faults 文件夹：里面可能有已改正的文件，不覆盖",
		WhatEn: "{dir} holds files already", DoEn: "choose another --faults folder: it may hold corrected files, which are never overwritten"}
	faultNoContract = &fault.Def{Code: "CONTRACT_NOT_FOUND", What: "文件中没有合同 {contract}", Do: "核对合同号",
		WhatEn: "the files hold no contract {contract}", DoEn: "check the number"}
	faultStrict = &fault.Def{Code: "WARNINGS_REFUSED", What: "有 {n} 条提示，--strict 下不予结算", Do: "逐条处理后重算",
		WhatEn: "there are {n} warnings, which --strict refuses", DoEn: "deal with each and calculate again"}
	faultCases = &fault.Def{Code: "CASES_FAILED", What: "{n} 个算例不符", Do: "核对方案参数或算例",
		WhatEn: "{n} worked cases do not hold", DoEn: "check the scheme or the cases"}
	faultNoClause = &fault.Def{Code: "CLAUSE_NOT_FOUND", What: "没有条款 {clause}{hint}", Do: "用 ganlan clauses 查看全部条款",
		WhatEn: "there is no clause {clause}{hint_en}", DoEn: "see all clauses with ganlan clauses"}
	faultAt = &fault.Def{Code: "TIME_BAD", What: "“{value}”不是时间", Do: "写成 2026-03-01T09:30:00+08:00 的样式",
		WhatEn: "{value} is not a time", DoEn: "write it like 2026-03-01T09:30:00+08:00"}
)

// mostShown is how many faults the terminal shows; all are counted.
const mostShown = 50

// printFaults shows what was wrong: a table on a terminal, a line each elsewhere, or JSON.
func (c *globals) printFaults(list fault.List) {
	switch {
	case c.JSON:
		c.printFaultsJSON(list)
	case isTerminal(c.err):
		c.printFaultTable(list)
	default:
		for _, f := range list {
			fmt.Fprintf(c.err, "%s [%s]\n", f.Text(c.lang()), f.Code())
		}
	}
}

func (c *globals) printFaultTable(list fault.List) {
	l := c.lang()
	head := []string{c.say("位置", "where"), c.say("问题", "what is wrong"), c.say("怎么办", "what to do"), "code"}
	t := table.New().Border(lipgloss.NormalBorder()).Headers(head...).Width(terminalWidth())
	for i, f := range list {
		if i == mostShown {
			break
		}
		what := f.What(l)
		if f.Clause != "" {
			what += " [" + f.Clause + "]"
		}
		t.Row(f.Place.Text(l), what, f.Do(l), f.Code())
	}
	fmt.Fprintln(c.err, t)
	if n := len(list); n > mostShown {
		fmt.Fprintf(c.err, c.say("共 %d 处，以上为前 %d 处；用 --json 查看全部，用 --faults 写成清单和标注件。\n", "%d in all, the first %d shown; --json shows all, --faults writes a list and marked copies.\n"), n, mostShown)
	} else if n > 1 {
		fmt.Fprintf(c.err, c.say("共 %d 处。\n", "%d in all.\n"), n)
	}
}

func (c *globals) printFaultsJSON(list fault.List) {
	type item struct {
		Code   string `json:"code"`
		File   string `json:"file,omitempty"`
		Sheet  string `json:"sheet,omitempty"`
		Row    int    `json:"row,omitempty"`
		Column string `json:"column,omitempty"`
		Line   int    `json:"line,omitempty"`
		Col    int    `json:"col,omitempty"`
		Value  string `json:"value,omitempty"`
		Clause string `json:"clause,omitempty"`
		What   string `json:"what"`
		Do     string `json:"do"`
	}
	l := c.lang()
	out := make([]item, len(list))
	for i, f := range list {
		p := f.Place
		out[i] = item{f.Code(), p.File, p.Sheet, p.Row, p.Column, p.Line, p.Col, f.With["value"], f.Clause, f.What(l), f.Do(l)}
	}
	e := json.NewEncoder(c.err)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	_ = e.Encode(map[string]any{"faults": out})
}
