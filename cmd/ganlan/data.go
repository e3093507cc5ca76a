package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/signal"
	"os/user"
	"syscall"
	"time"

	"ganlan/fault"
	"ganlan/internal/desk"
)

// dataFlags are the switches of every command on a data folder.
type dataFlags struct {
	Data string `required:"" help:"Data folder." placeholder:"DIR" env:"GANLAN_DATA"`
	DB   string `name:"db" help:"PostgreSQL in place of the SQLite file in the data folder." placeholder:"URL" env:"GANLAN_DB"`
}

// begun is a context that ends when the process is asked to stop. Asked a second time, the process ends at once.
func begun() (context.Context, context.CancelFunc) {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop)
	return ctx, stop
}

// with opens the data folder, does, and closes it.
func (f *dataFlags) with(do func(context.Context, *desk.Desk) error) error {
	ctx, stop := begun()
	defer stop()
	d, err := desk.Open(ctx, f.Data, f.DB)
	if err != nil {
		return err
	}
	defer d.Close()
	return do(ctx, d)
}

// consoleLogin is the system's name of the person at the machine, for the audit.
func consoleLogin() string {
	if u, err := user.Current(); err == nil {
		return "console:" + u.Username
	}
	return "console"
}

func (g *globals) printJSON(v any) error {
	e := json.NewEncoder(g.out)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(v)
}

type initCmd struct{ dataFlags }

// Run makes the data folder and says where its key is.
func (c *initCmd) Run(g *globals) error {
	ctx, stop := begun()
	defer stop()
	d, err := desk.Init(ctx, c.Data, c.DB, time.Now)
	if err != nil {
		return err
	}
	defer d.Close()
	code, err := d.SetupCode(ctx)
	if err != nil {
		return err
	}
	if g.JSON {
		return g.printJSON(map[string]any{"data": c.Data, "key_file": desk.KeyFile(c.Data), "database": d.DB.Kind(), "schema": d.DB.Schema(), "setup_code": code})
	}
	fmt.Fprintf(g.out, g.say("数据文件夹 %s 已建好（%s，结构版本 %d）。\n主密钥在 %s：另存一份，与数据分开保管；丢失后，密封的证件号、账号、电话再也无法解开。\n",
		"The data folder %s is made (%s, schema %d).\nThe master key is in %s: keep a copy apart from the data. Without it, sealed ids, accounts and phones can never be opened again.\n"),
		c.Data, d.DB.Kind(), d.DB.Schema(), desk.KeyFile(c.Data))
	return g.saySetupCode(code)
}

type doctorCmd struct{ dataFlags }

// Run says of each thing whether it is well; it exits 0 only when all are.
func (c *doctorCmd) Run(g *globals) error {
	ctx, stop := begun()
	defer stop()
	type item struct {
		Name   string `json:"name"`
		OK     bool   `json:"ok"`
		Text   string `json:"text,omitempty"`
		Code   string `json:"code,omitempty"`
		Advice string `json:"advice,omitempty"`
	}
	var faults fault.List
	var items []item
	for _, f := range desk.Doctor(ctx, c.Data, c.DB, time.Now) {
		if len(f.Faults)+len(f.Notes) == 0 {
			items = append(items, item{Name: f.Name, OK: true, Text: f.Text})
		}
		for _, x := range f.Notes {
			items = append(items, item{f.Name, true, x.What(g.lang()), x.Code(), x.Do(g.lang())})
		}
		for _, x := range f.Faults {
			items = append(items, item{f.Name, false, x.What(g.lang()), x.Code(), x.Do(g.lang())})
		}
		faults = append(faults, f.Faults...)
	}
	if g.JSON {
		if err := g.printJSON(map[string]any{"ok": len(faults) == 0, "checks": items}); err != nil || len(faults) == 0 {
			return err
		}
		return exit(exitInput, errSaid)
	}
	for _, x := range items {
		switch {
		case !x.OK:
			fmt.Fprintln(g.out, "✗", g.doctorName(x.Name), x.Text)
		case x.Code != "":
			fmt.Fprintln(g.out, "!", g.doctorName(x.Name), x.Text, x.Advice)
		default:
			fmt.Fprintln(g.out, "✓", g.doctorName(x.Name), x.Text)
		}
	}
	return exit(exitInput, faults.Err())
}

func (g *globals) doctorName(name string) string {
	words := map[string][2]string{"data": {"数据文件夹", "data folder"}, "schema": {"数据库结构", "schema"}, "keys": {"密钥", "keys"}, "chain": {"审计链", "audit chain"},
		"agreement": {"数据自洽", "agreement"}, "disk": {"磁盘", "disk"}, "clock": {"时钟", "clock"}, "config": {"设置", "settings"}, "backup": {"备份", "last backup"}}
	return g.say(words[name][0], words[name][1])
}
