package main

import (
	"context"
	"fmt"
	"os"

	"ganlan/internal/desk"
)

type userSignInCmd struct{ signFlags }

// Run prints the token of a sign-in, as a shell takes it: each time code works once, and a person runs more than one command.
func (c *userSignInCmd) Run(g *globals) error {
	if c.As == "" {
		return exit(exitUsage, faultNobody.New())
	}
	return c.with(func(ctx context.Context, d *desk.Desk) error {
		s, err := c.signIn(ctx, g, d)
		if err != nil {
			return err
		}
		if g.JSON {
			return g.printJSON(map[string]any{"session": s.Token, "must_change": s.MustChange})
		}
		fmt.Fprintln(g.err, g.say("已登录：把下面一行交给 shell（eval），用完运行 ganlan user sign-out", "Signed in: let the shell eval this line; run ganlan user sign-out at the end"))
		_, err = fmt.Fprintf(g.out, "export %s=%s\n", sessionEnv, s.Token)
		return err
	})
}

type userSignOutCmd struct{ dataFlags }

func (c *userSignOutCmd) Run(g *globals) error {
	token := os.Getenv(sessionEnv)
	if token == "" {
		return exit(exitUsage, faultNobody.New())
	}
	return c.with(func(ctx context.Context, d *desk.Desk) error { return d.SignOut(ctx, token) })
}
