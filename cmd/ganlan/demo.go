package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/charmbracelet/lipgloss"

	"ganlan/fault"
)

// demoCmd runs the main job on the example county, or builds a whole invented county in a data folder.
type demoCmd struct {
	Seed       uint64 `help:"Seed of the invented county: the same seed and size give the same county." default:"330783" placeholder:"N"`
	Households int    `help:"Households of the invented county." default:"200" placeholder:"N"`
	Data       string `help:"Build the invented county in this folder, which must be empty." placeholder:"DIR"`
	DB         string `name:"db" help:"Build it in a PostgreSQL in place of the SQLite file in the folder." placeholder:"URL"`
	Once       bool   `help:"End when the county is built. There are no pages yet, so it ends without this as well."`
	Examples   string `help:"Folder of the example." default:"examples/dongyang-2025" placeholder:"DIR"`
	Out        string `help:"Folder for the results." default:"out/demo" placeholder:"DIR"`
	Contract   string `help:"Contract to explain in full." default:""`
}

// Validate asks for a folder where a database is named: keys are kept outside it.
func (c *demoCmd) Validate() error {
	if c.DB != "" && c.Data == "" {
		return errors.New("missing flags: --data=DIR")
	}
	return nil
}

// Run builds a county in a data folder where one is named; else it works through the example and builds a small one.
func (c *demoCmd) Run(g *globals) error {
	if c.Data != "" {
		return c.county(g)
	}
	if err := c.files(g); err != nil {
		return err
	}
	return c.record(g)
}

// step is a heading.
func (g *globals) step(zh, en string) {
	fmt.Fprintln(g.out, "\n"+lipgloss.NewStyle().Bold(true).Foreground(lipgloss.Color("2")).Render(g.say(zh, en)))
}

// record builds a small county in the store and looks whether all is well with it.
func (c *demoCmd) record(g *globals) error {
	ctx, stop := begun()
	defer stop()
	g.step("五、入库：一个虚构县，单位、账号、政策、贷款及其历史", "5. Keep: an invented county with its offices, people, policies, loans and their history")
	x, err := c.small(ctx, g, c.Out+"-county")
	if err != nil {
		return err
	}
	g.sayCounty(x)
	at := dataFlags{x.Dir, c.DB}
	g.step("六、核对：密钥、审计链、数据；每次结算重算比对", "6. Verify: keys, audit chain, data; every run is calculated again")
	if err := (&doctorCmd{at}).Run(g); err != nil {
		return err
	}
	if err := (&runVerifyCmd{asFlags: asFlags{dataFlags: at}, All: true}).Run(g); err != nil {
		return err
	}
	g.step("七、说明：库中一笔贷款的每一分钱", "7. Explain: one kept loan to the fen")
	if err := (&runExplainCmd{asFlags: asFlags{dataFlags: at}, Number: x.LastRun(x.Mended.Org).ID, Contract: x.Mended.Contract}).Run(g); err != nil {
		return err
	}
	g.sayNext(slices.DeleteFunc(c.next(g, x), func(l look) bool { return l.As != "" })) // passwords were not shown
	return nil
}

// files settles the year from GBK csv files, explains one loan, and shows how a faulty set is refused.
func (c *demoCmd) files(g *globals) error {
	step := g.step
	csv := filepath.Join(c.Examples, "csv")
	if _, err := os.Stat(csv); err != nil {
		return exit(exitUsage, fault.List{faultNoExample.New().Set("dir", c.Examples)})
	}
	in := inputs{Scheme: "330783-gongfu-2024", Year: 2025, Contracts: filepath.Join(csv, "contracts.csv"),
		Ledger: filepath.Join(csv, "ledger.csv"), List: filepath.Join(csv, "list.csv")}
	step("一、结算：银行导出的文件 → 贴息明细与汇总", "1. Settle: the bank's files become the claim")
	calc := calcCmd{inputs: in, Out: c.Out, Bank: "橄榄农村商业银行（示例）"}
	if err := calc.Run(g); err != nil {
		return err
	}
	step("二、说明：一笔贷款的每一分钱", "2. Explain: one loan to the fen")
	explain := explainCmd{inputs: in, Contract: c.Contract}
	if explain.Contract == "" {
		explain.Contract = "HT1200000006"
	}
	if err := explain.Run(g); err != nil {
		return err
	}
	step("三、退回：有错的文件逐处指出，一分不结", "3. Refuse: a faulty set is shown cell by cell, nothing is settled")
	bad := filepath.Join(c.Examples, "faulty")
	refused := calcCmd{inputs: in, Out: c.Out + "-faulty"}
	refused.Contracts, refused.Ledger, refused.List = filepath.Join(bad, "contracts.csv"), filepath.Join(bad, "ledger.csv"), filepath.Join(bad, "list.csv")
	if err := refused.Run(g); err == nil {
		return fmt.Errorf("demo: the faulty set was accepted")
	} else if (&commands{globals: *g}).report(err) != exitInput {
		return err
	}
	step("四、表格", "4. Forms")
	for _, name := range []string{"annex1.xlsx", "annex2.xlsx", "results.csv", "summary.json", "differences.csv"} {
		path := filepath.Join(c.Out, name)
		if _, err := os.Stat(path); err != nil {
			return err
		}
		fmt.Fprintln(g.out, " ", path)
	}
	return nil
}
