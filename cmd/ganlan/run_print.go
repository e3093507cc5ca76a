package main

import (
	"encoding/json"
	"fmt"

	"ganlan/fault"
	"ganlan/internal/desk"
	"ganlan/internal/store"
)

var faultExport = &fault.Def{Code: "EXPORT_FILE", What: "不能新建文件“{file}”：{text}", Do: "换一个还不存在的文件名，核对文件夹的权限",
	WhatEn: "{file} cannot be made: {text}", DoEn: "name a file that is not there yet, and check the folder's rights"}

var faultRunStopped = &fault.Def{Code: "RUN_STOPPED", What: "测算 {run} 停下了：机器多次出错（任务 {job}）", Do: "看服务日志，排除故障后运行 ganlan job retry {job}；已算好的保留",
	WhatEn: "run {run} has stopped: the machine failed its job {job} time and again", DoEn: "look at the service's log, put it right, and run ganlan job retry {job}; what is done stays done"}

// runJSON is a run for other programs. Money is in fen.
type runJSON struct {
	ID           int64           `json:"run"`
	State        string          `json:"state"`
	Simulation   bool            `json:"simulation"`
	Claimable    bool            `json:"claimable"`
	Scheme       string          `json:"scheme"`
	Version      int64           `json:"version"`
	SchemeSHA256 string          `json:"scheme_sha256"`
	Year         int             `json:"year"`
	Area         string          `json:"area"`
	Org          int64           `json:"org"`
	Known        string          `json:"known_at"`
	Asked        string          `json:"asked_at"`
	By           string          `json:"asked_by"`
	Why          string          `json:"why,omitempty"`
	Program      string          `json:"program"`
	Params       json.RawMessage `json:"set"`
	Contracts    int64           `json:"contracts"`
	Rows         int64           `json:"rows"`
	Paid         int64           `json:"paid_rows"`
	BalanceDays  int64           `json:"cumulative_fen_days"`
	Subsidy      int64           `json:"subsidy_fen"`
	Fee          int64           `json:"fee_subsidy_fen"`
	Faults       int64           `json:"faults"`
	Warnings     int64           `json:"warnings"`
	Digest       string          `json:"results_sha256,omitempty"`
}

func runAsJSON(r *store.Run) runJSON {
	return runJSON{r.ID, r.State, r.Simulation, desk.Claimable(r) == nil, r.Scheme, r.Version, r.SchemeHash, r.Year, r.Area, r.Org, instant(r.Known), instant(r.Asked),
		r.Login, r.Reason, r.Program, json.RawMessage(r.Params), r.Contracts, r.Rows, r.Paid, r.BalanceDays, r.Subsidy, r.Fee, r.Faults, r.Warnings, r.Digest}
}

func (g *globals) stateName(state string) string {
	words := map[string]string{store.RunStarted: "进行中", store.RunDone: "完成", store.RunRefused: "退回", store.RunCancelled: "已撤销", store.RunFailed: "失败"}
	return g.say(words[state], state)
}

func (g *globals) printRunLine(r *store.Run) {
	fmt.Fprintf(g.out, g.say("%d  %s  %d 年  %s  辖区 %s 机构 %d  %d 行  贴息 %s 元  担保费 %s 元%s\n", "%d  %s  %d  %s  area %s org %d  %d rows  subsidy %s  fees %s%s\n"),
		r.ID, r.Scheme, r.Year, g.stateName(r.State), r.Area, r.Org, r.Rows, yuanOf(r.Subsidy), yuanOf(r.Fee), g.mark(r))
}

// printRun shows a run whole. A run that was refused ends the command with its code, and one that the machine stopped.
func (g *globals) printRun(r *desk.RunShown) error {
	if g.JSON {
		if err := g.printRunJSON(r); err != nil {
			return err
		}
	} else if !g.Quiet {
		g.printRunWhole(r)
	}
	switch {
	case r.Stopped:
		return faultRunStopped.New().Set("run", r.ID).Set("job", r.Job)
	case r.State == store.RunRefused, r.State == store.RunFailed:
		return exit(exitInput, errSaid)
	}
	return nil
}

func (g *globals) printRunJSON(r *desk.RunShown) error {
	type notice struct {
		Code    string `json:"code"`
		Warning bool   `json:"warning"`
		File    string `json:"file"`
		Row     int64  `json:"row"`
		Column  string `json:"column"`
		Text    string `json:"text"`
	}
	notices := []notice{}
	for _, n := range r.Notices {
		notices = append(notices, notice{n.Code, n.Warning, n.File, n.Row, n.Title, g.say(n.Zh, n.En)})
	}
	return g.printJSON(struct {
		runJSON
		Progress store.RunProgress `json:"progress"`
		Inputs   []store.RunInput  `json:"inputs"`
		Payers   []store.RunPayer  `json:"payers"`
		Notices  []notice          `json:"notices"`
		Summary  json.RawMessage   `json:"summary,omitempty"`
	}{runAsJSON(&r.Run), r.Progress, r.Inputs, r.Payers, notices, json.RawMessage(r.Summary)})
}

func (g *globals) printRunWhole(r *desk.RunShown) {
	fmt.Fprintf(g.out, "%s %s\n", bold.Render(fmt.Sprintf(g.say("结算 %d", "run %d"), r.ID)), g.stateName(r.State)+g.mark(&r.Run))
	fmt.Fprintf(g.out, g.say("  方案 %s（版本 %d，SHA-256 %s）  %d 年  辖区 %s  机构 %d\n", "  scheme %s (version %d, SHA-256 %s)  %d  area %s  org %d\n"),
		r.Scheme, r.Version, r.SchemeHash, r.Year, r.Area, r.Org)
	fmt.Fprintf(g.out, g.say("  截至 %s 的数据；%s 于 %s 发起；程序 %s\n", "  facts as known at %s; asked for by %s on %s; %s\n"), instant(r.Known), r.Login, instant(r.Asked), r.Program)
	for _, x := range r.Inputs {
		fmt.Fprintf(g.out, g.say("  %s %s：%d 行，SM3 %s\n", "  %s %s: %d rows, SM3 %s\n"), x.Kind, x.File, x.Count, x.Digest)
	}
	if r.State == store.RunStarted {
		fmt.Fprintf(g.out, g.say("  进度：合同 %d/%d，分片 %d/%d，错误 %d\n", "  progress: contracts %d/%d, shards %d/%d, faults %d\n"),
			r.Progress.Done, r.Progress.Planned, r.Progress.ShardsDone, r.Progress.Shards, r.Progress.Faults)
	}
	if r.State == store.RunDone {
		fmt.Fprintf(g.out, g.say("  合同 %d 份，%d 行，其中有贴息 %d 行；贴息 %s 元，担保费 %s 元\n", "  %d contracts, %d rows, %d paid; subsidy %s, fees %s\n"),
			r.Contracts, r.Rows, r.Paid, yuanOf(r.Subsidy), yuanOf(r.Fee))
		for _, p := range r.Payers {
			fmt.Fprintf(g.out, "  %s %s %s\n", p.Who, yuanOf(p.Subsidy), yuanOf(p.Fee))
		}
		fmt.Fprintln(g.out, "  results.csv SHA-256", r.Digest)
	}
	g.printNotices(r)
}

func (g *globals) printNotices(r *desk.RunShown) {
	if r.Faults+r.Warnings > 0 {
		fmt.Fprintf(g.out, g.say("  错误 %d 处，提示 %d 条\n", "  %d faults, %d warnings\n"), r.Faults, r.Warnings)
	}
	for i, n := range r.Notices {
		if i == mostShown {
			fmt.Fprintln(g.out, g.say("  其余见 --json", "  for the others see --json"))
			break
		}
		place := ""
		if n.File != "" {
			place = fmt.Sprintf(g.say("%s 第%d行 %s：", "%s row %d %s: "), n.File, n.Row, n.Title)
		}
		fmt.Fprintf(g.out, "  %s%s [%s]\n", place, g.say(n.Zh, n.En), n.Code)
	}
}

// printVerified says of each run whether it is what the facts come to.
func (g *globals) printVerified(all []desk.Verified) error {
	type item struct {
		Run       int64    `json:"run"`
		State     string   `json:"state"`
		OK        bool     `json:"ok"`
		Rows      int64    `json:"rows"`
		Differing int64    `json:"differing_rows"`
		Faults    []string `json:"faults"`
	}
	items, well := []item{}, true
	for _, v := range all {
		x := item{v.Run.ID, v.Run.State, len(v.Faults) == 0, v.Rows, v.Differing, []string{}}
		for _, f := range v.Faults {
			x.Faults = append(x.Faults, f.Text(g.lang())+" ["+f.Code()+"]")
		}
		items, well = append(items, x), well && x.OK
	}
	if g.JSON {
		if err := g.printJSON(map[string]any{"ok": well, "runs": items}); err != nil {
			return err
		}
	}
	for _, x := range items {
		if g.JSON {
			break
		}
		mark := map[bool]string{true: "✓", false: "✗"}[x.OK]
		fmt.Fprintf(g.out, g.say("%s 结算 %d（%s）：核对 %d 行，%d 行不符\n", "%s run %d (%s): %d rows compared, %d differ\n"), mark, x.Run, g.stateName(x.State), x.Rows, x.Differing)
		for i, f := range x.Faults {
			if i == mostShown {
				fmt.Fprintln(g.out, g.say("  其余见 --json", "  for the others see --json"))
				break
			}
			fmt.Fprintln(g.out, "  ", f)
		}
	}
	if !well {
		return exit(exitInput, errSaid)
	}
	return nil
}
