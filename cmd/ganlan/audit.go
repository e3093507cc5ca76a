package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"ganlan/internal/auth"
	"ganlan/internal/desk"
)

type auditCmd struct {
	Verify auditVerifyCmd `cmd:"" help:"Walk the whole chain and name the first entry that is wrong."`
	Export auditExportCmd `cmd:"" help:"Write the chain to a file that can be verified anywhere."`
}

type auditVerifyCmd struct {
	Data string `help:"Data folder." placeholder:"DIR" env:"GANLAN_DATA"`
	File string `help:"An exported chain, in place of a data folder." placeholder:"F"`
	DB   string `name:"db" help:"PostgreSQL in place of the SQLite file in the data folder." placeholder:"URL" env:"GANLAN_DB"`
}

// Validate asks for what is to be verified. A data folder named by the environment does not stand against a file.
func (c *auditVerifyCmd) Validate() error {
	if c.Data == "" && c.File == "" {
		return errors.New("missing flags: --data=DIR or --file=F")
	}
	return nil
}

// Run exits 0 only when the chain is whole.
func (c *auditVerifyCmd) Run(g *globals) error {
	end, err := c.verify()
	if err != nil {
		return err
	}
	return g.sayEnd(end, "审计链完整", "the audit chain is whole")
}

func (c *auditVerifyCmd) verify() (end desk.ChainEnd, err error) {
	if c.File != "" {
		f, err := os.Open(c.File)
		if err != nil {
			return desk.ChainEnd{}, exit(exitUsage, faultNoFile.New().Set("file", c.File))
		}
		defer f.Close()
		return desk.AuditVerifyFile(f)
	}
	err = (&dataFlags{c.Data, c.DB}).with(func(ctx context.Context, d *desk.Desk) error {
		end, err = d.AuditVerify(ctx, desk.AtConsole(consoleLogin(), auth.AuditAdmin, 0, ""))
		return err
	})
	return end, err
}

type auditExportCmd struct {
	dataFlags
	Out string `required:"" help:"File to write; it must not exist." placeholder:"F"`
}

// Run writes the chain; a file that was begun and could not be finished is removed.
func (c *auditExportCmd) Run(g *globals) error {
	return c.with(func(ctx context.Context, d *desk.Desk) error {
		f, err := os.OpenFile(c.Out, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
		if err != nil {
			return exit(exitUsage, faultOutTaken.New().Set("dir", c.Out))
		}
		end, err := d.AuditExport(ctx, desk.AtConsole(consoleLogin(), auth.AuditAdmin, 0, ""), f)
		if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
			return errors.Join(err, os.Remove(c.Out))
		}
		return g.sayEnd(end, "已导出审计链", "the audit chain is exported")
	})
}

func (g *globals) sayEnd(end desk.ChainEnd, zh, en string) error {
	if g.JSON {
		return g.printJSON(struct {
			OK bool `json:"ok"`
			desk.ChainEnd
		}{true, end})
	}
	fmt.Fprintf(g.out, g.say("%s：%d 条，末条 %s\n", "%s: %d entries, the last is %s\n"), g.say(zh, en), end.Entries, end.Digest)
	return nil
}
