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
		fmt.Fprintln(g.err, g.say("已登录：把下面一行交给 shell（eval），用完同样 eval ganlan user sign-out 的输出", "Signed in: let the shell eval this line, and at the end what ganlan user sign-out prints"))
		_, err = fmt.Fprintf(g.out, "export %s=%s\n", sessionEnv, s.Token)
		return err
	})
}

type userSignOutCmd struct{ dataFlags }

// Run ends the session, and prints what makes the shell forget it.
func (c *userSignOutCmd) Run(g *globals) error {
	token := os.Getenv(sessionEnv)
	if token == "" {
		return exit(exitUsage, faultNobody.New())
	}
	return c.with(func(ctx context.Context, d *desk.Desk) error {
		if err := d.SignOut(ctx, token); err != nil {
			return err
		}
		if g.JSON {
			return g.printJSON(map[string]bool{"signed_out": true})
		}
		_, err := fmt.Fprintf(g.out, "unset %s\n", sessionEnv)
		return err
	})
}
