package main

import (
	"context"
	"fmt"

	"ganlan/internal/auth"
	"ganlan/internal/desk"
)

type configCmd struct {
	List configListCmd `cmd:"" help:"List the settings, their bounds and who sets them."`
	Set  configSetCmd  `cmd:"" help:"Set one: security by the security administrator, the machine by the system administrator."`
}

type configListCmd struct{ dataFlags }

func (c *configListCmd) Run(g *globals) error {
	return c.with(func(ctx context.Context, d *desk.Desk) error {
		list, err := d.Settings(ctx, systemAdmin())
		if err != nil {
			return err
		}
		if g.JSON {
			return g.printJSON(map[string][]desk.Rule{"settings": list})
		}
		for _, r := range list {
			fmt.Fprintf(g.out, "%-16s %6d  (%d – %d)  %s\n", r.Name, r.Value, r.Least, r.Most, g.setBy(r.Act))
		}
		return nil
	})
}

func (g *globals) setBy(act auth.Act) string {
	role := auth.SecurityAdmin
	if act == auth.SettingChange {
		role = auth.SystemAdmin
	}
	return g.say(role.Name())
}

type configSetCmd struct {
	signFlags
	Name  string `arg:"" help:"Setting."`
	Value int    `arg:"" help:"Whole number."`
	Seen  *int   `help:"Value that you have seen and now change; the last one without." placeholder:"N"`
}

func (c *configSetCmd) Run(g *globals) error {
	return c.signed(g, func(ctx context.Context, d *desk.Desk, who auth.Actor) error {
		list, err := d.Settings(ctx, who)
		if err != nil {
			return err
		}
		if err := d.RuleChange(ctx, who, c.Name, c.Value, seen(list, c.Name, c.Seen)); err != nil {
			return err
		}
		if g.JSON {
			return g.printJSON(map[string]any{"name": c.Name, "value": c.Value})
		}
		return nil
	})
}

// seen is the value that the person has seen: the one given, else the one that holds.
func seen(list []desk.Rule, name string, given *int) int {
	if given != nil {
		return *given
	}
	for _, r := range list {
		if r.Name == name {
			return r.Value
		}
	}
	return 0
}
