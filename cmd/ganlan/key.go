package main

import (
	"context"
	"fmt"
	"time"

	"ganlan/internal/auth"
	"ganlan/internal/desk"
)

type keyCmd struct {
	List   keyListCmd   `cmd:"" help:"List the keys, what each does and how many values are sealed with it; no key is shown."`
	Rotate keyRotateCmd `cmd:"" help:"Put a new key in place of the one in use."`
}

func securityAdmin() auth.Actor { return desk.AtConsole(consoleLogin(), auth.SecurityAdmin, 0, "") }

type keyListCmd struct{ dataFlags }

func (c *keyListCmd) Run(g *globals) error {
	return c.with(func(ctx context.Context, d *desk.Desk) error {
		keys, masters, err := d.Keys(ctx, securityAdmin())
		if err != nil {
			return err
		}
		if g.JSON {
			return g.printJSON(map[string]any{"master": masters[0], "kept_aside": masters[1:], "keys": keys})
		}
		fmt.Fprintf(g.out, g.say("主密钥 %s", "master key %s"), masters[0])
		if len(masters) > 1 {
			fmt.Fprintf(g.out, g.say("；另存的旧钥 %v", "; kept aside %v"), masters[1:])
		}
		fmt.Fprintln(g.out)
		for _, k := range keys {
			fmt.Fprintf(g.out, "%4d  %-6s  %s  %10d  %s\n", k.ID, k.Kind, dayOf(k.Made), k.Values, g.keyState(k.State))
		}
		return nil
	})
}

func (g *globals) keyState(s string) string {
	zh := map[string]string{"seals": "在用：封存新值", "opens": "只解旧值，待换封", "finds": "在用：查找与行摘要", "retired": "已停用"}
	en := map[string]string{"seals": "seals new values", "opens": "opens old values, which are to be sealed anew", "finds": "finds values, proves rows", "retired": "retired"}
	return g.say(zh[s], en[s])
}

type keyRotateCmd struct {
	dataFlags
	Master bool `help:"The master key. Nobody else may be in; values are not touched." xor:"which" required:""`
	Values bool `help:"The key for values: every value is sealed anew. Broken off, it goes on when called again." xor:"which" required:""`
}

func (c *keyRotateCmd) Run(g *globals) error {
	ctx, stop := begun()
	defer stop()
	if c.Master {
		out, err := desk.RotateMaster(ctx, securityAdmin(), c.Data, c.DB, time.Now)
		if err != nil {
			return err
		}
		return g.sayRotated(out, fmt.Sprintf(g.say("新主密钥 %s 在 %s：另存一份，与数据分开保管。\n旧主密钥 %s 留在 %s：旧备份要用它；另存后可删除。\n",
			"The new master key %s is in %s: keep a copy apart from the data.\nThe old master key %s stays in %s: old backups need it; remove it once it is kept elsewhere.\n"),
			out.New, desk.KeyFile(c.Data), out.Old, out.Kept))
	}
	bar := g.bar()
	out, err := desk.RotateValues(ctx, securityAdmin(), c.Data, c.DB, time.Now, func(n int64) { bar(n) })
	if err != nil {
		return err
	}
	return g.sayRotated(out, fmt.Sprintf(g.say("看过 %d 个值，均由密钥 %s 封存；停用旧密钥 %d 个\n", "%d values were looked at, all are sealed with the key %s; %d old keys are retired\n"), out.Resealed, out.New, out.Retired))
}

// bar says how far a rotation is, on a terminal.
func (g *globals) bar() func(int64) {
	if g.Quiet || !isTerminal(g.err) {
		return func(int64) {}
	}
	return func(n int64) { fmt.Fprintf(g.err, "\r%d", n) }
}

func (g *globals) sayRotated(out desk.Rotated, text string) error {
	if g.JSON {
		return g.printJSON(out)
	}
	_, err := fmt.Fprint(g.out, text)
	return err
}
