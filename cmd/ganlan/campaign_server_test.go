package main

import (
	"context"
	"strings"
	"time"

	"ganlan/internal/desk"
	"ganlan/internal/storetest"
)

// killServer kills PostgreSQL, or its connections, while a clerk is at work: who acts is told, what was acknowledged is
// there, and of the act under way there is all or nothing.
func killServer(c *campaign) {
	const all = 1 << 30
	a := c.employ("anna", all, c.place)
	a.hear(c, c.IntN(12))
	time.Sleep(time.Duration(c.Int64N(int64(40 * time.Millisecond))))
	how := "connections"
	if c.IntN(2) == 0 {
		how = "server"
		storetest.Crash(c)
	} else {
		storetest.Disconnect(c, c.url)
		if c.IntN(2) == 0 {
			a.hear(c, len(a.done)+3)
			storetest.Disconnect(c, c.url)
		}
	}
	if how == "server" {
		a.hear(c, all)
		_ = a.Wait()
	} else {
		a.hear(c, len(a.done)+10)
		_ = a.Process.Kill()
		a.hear(c, all)
		_ = a.Wait()
	}
	c.Logf("%s killed after %d acts: %s", how, len(a.done), a.failed)
	if a.failed != "" && !strings.Contains(a.failed, "POSTGRES_UNREACHABLE") {
		c.Fatalf("not told what to do: %s", a.failed)
	}
	c.look(c.place)
	next := c.employ("bai", 4, c.place)
	next.finish(c)
	c.look(c.place)
	c.inside(c.place, func(ctx context.Context, d *desk.Desk) {
		c.agree(ctx, d, a)
		c.agree(ctx, d, next)
	})
}
