package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"ganlan/internal/demo"
	"ganlan/internal/desk"
	"ganlan/money"
)

// store builds the invented county in a data folder.
func (c *demoCmd) store(ctx context.Context, g *globals, dir string) (*demo.County, error) {
	profile, err := g.profile("")
	if err != nil {
		return nil, err
	}
	lpr, err := g.standard("lpr.yaml")
	if err != nil {
		return nil, err
	}
	benchmark, err := g.standard("benchmark.yaml")
	if err != nil {
		return nil, err
	}
	return demo.Build(ctx, demo.Options{Dir: dir, URL: c.DB, Seed: c.Seed, Households: c.Households, Policies: g.tree(), Profile: profile, LPR: lpr, Benchmark: benchmark, Machine: time.Now,
		Tell: func(zh, en string) {
			if !g.Quiet {
				fmt.Fprintln(g.err, g.say(zh, en))
			}
		}})
}

// county builds the county and says what was built, where, and what to look at.
func (c *demoCmd) county(g *globals) error {
	ctx, stop := begun()
	defer stop()
	x, err := c.store(ctx, g, c.Data)
	if err != nil {
		return c.unfinished(g, err)
	}
	if g.JSON {
		return g.printJSON(map[string]any{"county": x, "next": c.next(g, x)})
	}
	g.sayCounty(x)
	g.saySignIn(x)
	g.sayNext(c.next(g, x))
	return nil
}

// unfinished says what a story that was broken off leaves behind.
func (c *demoCmd) unfinished(g *globals, err error) error {
	if _, e := os.Stat(desk.KeyFile(c.Data)); e == nil && !demo.Refused(err) {
		fmt.Fprintf(g.err, g.say("%s 里的虚构县没有建完，不要使用：删除该文件夹后重来。\n", "The invented county in %s is not complete and good for nothing: remove the folder and begin again.\n"), c.Data)
	}
	return err
}

// sayCounty says what a county holds.
func (g *globals) sayCounty(x *demo.County) {
	fmt.Fprintf(g.out, g.say("\n虚构县已建在 %s（%s，种子 %d，%d 户）：\n", "\nThe invented county is in %s (%s, seed %d, %d households):\n"), x.Dir, x.Database, x.Seed, x.Households)
	fmt.Fprintf(g.out, g.say("  单位 %d 个，账号 %d 个，政策文件 %d 份，方案 %d 个；审计 %d 条\n", "  %d organisations, %d accounts, %d policy documents, %d schemes; %d audit entries\n"),
		x.Orgs, x.Accounts, x.Documents, x.Schemes, x.Entries)
	for _, i := range x.Imports {
		fmt.Fprintf(g.out, g.say("  %s  %s 导入：合同新增 %d、变更 %d，明细 %d，名单区间 %d\n", "  %s  %s imported: %d contracts new, %d changed, %d lines, %d intervals\n"),
			i.On, i.By, i.Added, i.Changed, i.Lines, i.Intervals)
	}
	for _, r := range x.Runs {
		fmt.Fprintf(g.out, g.say("  %s  %s %s %d 年度：%d 行，贴息 %s 元，保费补助 %s 元%s\n", "  %s  %s %s of %d: %d rows, interest subsidy %s yuan, fee subsidy %s yuan%s\n"),
			r.On, x.BankName(r.Org), r.Scheme, r.Year, r.Rows, money.Fen(r.Subsidy).Grouped(), money.Fen(r.Fee).Grouped(), g.simulated(r.Simulation))
	}
	fmt.Fprintf(g.out, g.say("  %d 次结算全部重算核对，逐行相同\n", "  all %d runs were calculated again and are the same row by row\n"), x.Verified)
	for _, b := range x.Banks {
		fmt.Fprintf(g.out, "  %d  %s\n", b.Org, b.Name)
	}
}

// simulated says of a simulation what it is.
func (g *globals) simulated(is bool) string {
	if !is {
		return ""
	}
	return g.say("（模拟，不得申报）", " (a simulation, never to be claimed)")
}

// saySignIn shows how the people sign in. It is shown once.
func (g *globals) saySignIn(x *demo.County) {
	fmt.Fprintln(g.out, g.say("\n登录（全是虚构的人；密码和密钥每次新造，只显示这一次；把密钥加到手机的动态口令程序）：",
		"\nSign in as (all invented; passwords and secrets are new each time and shown this once; add a secret to a telephone's program for time codes):"))
	for _, p := range x.SignIn {
		secret := p.Secret
		if secret == "" {
			secret = g.say("（无第二因素）", "(no second factor)")
		}
		fmt.Fprintf(g.out, "  %-14s %s  %s  %s  %s\n", p.Login, p.Password, secret, p.Name, g.say(p.RoleZh, p.Role))
	}
}

// look is a command to try next.
type look struct {
	Command string `json:"command"`
	Why     string `json:"why"`
	As      string `json:"as,omitempty"` // who must sign in
}

func (g *globals) sayNext(list []look) {
	fmt.Fprintln(g.out, g.say("\n接下来看看：", "\nTo look at next:"))
	for _, l := range list {
		fmt.Fprintf(g.out, "  %s\n      # %s\n", l.Command, l.Why)
	}
}

// next are commands that work as they stand.
func (c *demoCmd) next(g *globals, x *demo.County) (out []look) {
	where := "--data " + quoted(x.Dir)
	if c.DB != "" {
		where += " --db " + quoted(c.DB)
	}
	add := func(command, zh, en string) {
		out = append(out, look{Command: ourName() + " " + command + " " + where, Why: g.say(zh, en)})
	}
	as := func(login, command, zh, en string) {
		add(command+" --as "+login, zh, en)
		out[len(out)-1].As = login
	}
	add("doctor", "密钥、审计链、数据、磁盘、时钟是否完好", "are keys, chain, data, disk and clock well")
	add("audit verify", "走完整条审计链", "walk the whole audit chain")
	add("run list", "历次结算；模拟的有标记", "all calculations; simulations are marked")
	add("run verify --all", "重算每次结算，逐行比对", "calculate every run again and compare row by row")
	if n := len(x.Runs); n > 0 && x.Mended.Contract != "" {
		add(fmt.Sprintf("run explain %d --contract %s", x.LastRun(x.Mended.Org).ID, x.Mended.Contract), "一份合同的每一分钱", "one contract to the fen")
	}
	add("job list", "程序办过的任务", "the jobs that the program did")
	add("document list --area "+x.Area+" --at 2025-12-31", "当时的政策文件；去掉 --at 是现在的", "the policy documents as known then; now without --at")
	add("scheme versions --area "+x.Area, "方案的各个版本，谁登记、谁批准", "the versions of the schemes, who recorded and who approved")
	add("facts list --area "+x.Area, "每次导入，谁导入、谁确认、为什么退回", "every import, who made it, who confirmed or rejected it and why")
	if m := x.Mended; m.Contract != "" {
		show := fmt.Sprintf("facts show %s --org %d --area %s", m.Contract, m.Org, x.Area)
		add(show+" --at 2026-04-30", "更正前所知的一份合同", "a contract as known before it was corrected")
		add(show, "同一份合同现在的样子，来自哪个文件哪一行", "the same contract now, from which row of which file")
	}
	as("fin.chen", "org list", "财政经办看得到的单位（询问密码和动态口令）", "the organisations that a finance handler sees (asks for password and time code)")
	as("sec.li", "user list", "全部账号和角色", "all accounts and their roles")
	return out
}

// ourName is how the program was called, so that its hints can be called the same way.
func ourName() string {
	if strings.Contains(os.Args[0], "/go-build") { // go run: the program is gone afterwards
		return "go run ./cmd/ganlan"
	}
	return quoted(os.Args[0])
}

// quoted is a word that a shell takes as it is.
func quoted(s string) string {
	for _, r := range s {
		if !(r == '/' || r == '.' || r == '-' || r == '_' || r == ':' || r == '@' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z') {
			return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
		}
	}
	return s
}

// invented marks a folder that a demo without arguments made: the next one takes its place.
const invented = "invented-county"

// small builds a small county in a folder of its own, in the place of that of the last time.
func (c *demoCmd) small(ctx context.Context, g *globals, dir string) (*demo.County, error) {
	if _, err := os.Stat(filepath.Join(dir, invented)); err == nil {
		if err := os.RemoveAll(dir); err != nil {
			return nil, err
		}
	}
	x, err := c.store(ctx, g, dir)
	if err != nil {
		return nil, err
	}
	return x, os.WriteFile(filepath.Join(dir, invented), nil, 0o600)
}
