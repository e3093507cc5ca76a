package main

import (
	"context"
	"fmt"

	"ganlan/internal/auth"
	"ganlan/internal/desk"
	"ganlan/internal/store"
)

type orgCmd struct {
	Add  orgAddCmd  `cmd:"" help:"Record an organisation, or what holds of one from now on."`
	List orgListCmd `cmd:"" help:"List the organisations within your reach."`
}

type orgAddCmd struct {
	signFlags
	Name string `arg:"" help:"Full name."`
	Kind string `required:"" help:"Kind, such as finance, bank, township."`
	Area string `required:"" help:"Code of the area it is responsible for."`
	ID   int64  `help:"Number of the organisation that is changed; a new one without."`
	Rev  int64  `help:"State of it that you have seen, as list --json prints it; the last one without." placeholder:"N"`
}

func (c *orgAddCmd) Run(g *globals) error {
	return c.signed(g, func(ctx context.Context, d *desk.Desk, who auth.Actor) error {
		rev, err := c.seen(ctx, d, who)
		if err != nil {
			return err
		}
		id, err := d.OrgRecord(ctx, who, desk.OrgInput{ID: c.ID, Rev: rev, Name: c.Name, Kind: c.Kind, Area: c.Area})
		if err != nil {
			return err
		}
		if g.JSON {
			return g.printJSON(map[string]int64{"id": id})
		}
		_, err = fmt.Fprintln(g.out, id)
		return err
	})
}

// seen is the state that the person has seen: the one given, else the one that holds.
func (c *orgAddCmd) seen(ctx context.Context, d *desk.Desk, who auth.Actor) (int64, error) {
	if c.ID == 0 || c.Rev != 0 {
		return c.Rev, nil
	}
	list, err := d.Orgs(ctx, who)
	for _, o := range list {
		if o.ID == c.ID {
			return o.Row, nil
		}
	}
	return 0, err
}

type orgListCmd struct{ signFlags }

func (c *orgListCmd) Run(g *globals) error {
	return c.signed(g, func(ctx context.Context, d *desk.Desk, who auth.Actor) error {
		list, err := d.Orgs(ctx, who)
		if err != nil {
			return err
		}
		if g.JSON {
			return g.printJSON(map[string][]store.Org{"orgs": list})
		}
		for _, o := range list {
			fmt.Fprintf(g.out, "%d  %-12s  %-10s  %s\n", o.ID, o.Area, o.Kind, o.Name)
		}
		return nil
	})
}
