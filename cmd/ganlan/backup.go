package main

import (
	"context"
	"fmt"
	"time"

	"ganlan/internal/auth"
	"ganlan/internal/desk"
)

type backupCmd struct {
	Make  backupMakeCmd  `cmd:"" default:"withargs" help:"Write everything into one sealed file; others go on working."`
	Check backupCheckCmd `cmd:"" help:"Restore a backup into a throw-away place and say what it holds."`
}

type backupMakeCmd struct {
	dataFlags
	To string `required:"" help:"File to write; it must not exist. The master key is not in it." placeholder:"FILE"`
}

func systemAdmin() auth.Actor { return desk.AtConsole(consoleLogin(), auth.SystemAdmin, 0, "") }

func (c *backupMakeCmd) Run(g *globals) error {
	return c.with(func(ctx context.Context, d *desk.Desk) error {
		info, err := d.Backup(ctx, systemAdmin(), c.To, programName())
		if err != nil {
			return err
		}
		return g.sayBackup(info, g.say("已备份", "backed up"))
	})
}

type backupCheckCmd struct {
	From string `required:"" help:"Backup." placeholder:"FILE"`
	Key  string `required:"" help:"File of the master key that the backup was made with." placeholder:"FILE"`
}

func (c *backupCheckCmd) Run(g *globals) error {
	ctx, stop := begun()
	defer stop()
	info, err := desk.BackupCheck(ctx, systemAdmin(), c.From, c.Key, time.Now)
	if err != nil {
		return err
	}
	return g.sayBackup(info, g.say("备份可以恢复，内容自洽", "the backup can be restored and its content agrees"))
}

type restoreCmd struct {
	dataFlags
	From string `required:"" help:"Backup." placeholder:"FILE"`
	Key  string `required:"" help:"File of the master key that the backup was made with." placeholder:"FILE"`
}

func (c *restoreCmd) Run(g *globals) error {
	ctx, stop := begun()
	defer stop()
	info, err := desk.Restore(ctx, systemAdmin(), desk.Restoring{From: c.From, Key: c.Key, Dir: c.Data, URL: c.DB}, time.Now)
	if err != nil {
		return err
	}
	return g.sayBackup(info, g.say("已恢复，内容自洽", "restored, and the content agrees"))
}

// sayBackup says what a backup holds: when it was made, by what, where its audit ends, and the rows of each table.
func (g *globals) sayBackup(info desk.BackupInfo, what string) error {
	if g.JSON {
		return g.printJSON(map[string]any{"ok": true, "program": info.Program, "engine": info.Engine, "schema": info.Schema, "made_at": info.Time().UTC().Format(time.RFC3339),
			"audit": info.Audit, "digest": info.Digest, "master": info.Key.Master, "tables": info.Tables})
	}
	fmt.Fprintf(g.out, "%s: %s, %s %d, %s\n", what, info.Program, info.Engine, info.Schema, info.Time().In(beijing).Format(time.RFC3339))
	fmt.Fprintf(g.out, g.say("审计链 %d 条，末条 %s\n内容摘要 %s，主密钥 %s\n", "audit of %d entries, the last is %s\ndigest of the content %s, master key %s\n"),
		info.Audit.Entries, info.Audit.Digest, info.Digest, info.Key.Master)
	for _, t := range info.Tables {
		if t.Rows > 0 && !g.Quiet {
			fmt.Fprintf(g.out, "%10d  %s\n", t.Rows, t.Table)
		}
	}
	return nil
}
