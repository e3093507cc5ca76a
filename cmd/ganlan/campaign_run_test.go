package main

import (
	"context"
	"os"
	"testing/fstest"
	"time"

	"ganlan/day"
	"ganlan/internal/auth"
	"ganlan/internal/desk"
	"ganlan/internal/store"
	"ganlan/scheme"
)

// killRun kills a calculation over stored facts in the middle: the run is done with the digest of an undisturbed one, or it
// is not done and says so; whoever works jobs next ends it, with the same digest.
func killRun(c *campaign) {
	c.whole(importing(c.place, c.files(100+c.IntN(400), c.Uint64()), "1")...)
	c.recordScheme()
	start := c.args("run", "start", "--scheme", "990783-test", "--year", "2025", "--area", programmeArea, "--org", "1", "--simulate", "--quiet")
	takes := c.whole(start...)
	want := c.runs()[0].Digest
	acknowledged := 1
	for range 2 {
		if c.killed(takes, start...) {
			acknowledged++
		}
	}
	c.look(c.place)
	if n := c.doneAs(want); n < acknowledged {
		c.Fatalf("%d runs are done, %d were acknowledged", n, acknowledged)
	}
	work := c.start(c.args("work")...)
	for deadline := time.Now().Add(90 * time.Second); c.doneAs(want) < len(c.runs()); time.Sleep(100 * time.Millisecond) {
		if time.Now().After(deadline) {
			c.Fatalf("nobody ends the runs: %+v", c.runs())
		}
	}
	_ = work.Process.Kill()
	_ = work.Wait()
	c.look(c.place)
	c.whole(c.args("run", "verify", "--all", "--quiet")...)
}

// recordScheme puts a small scheme of the programme's area down.
func (c *campaign) recordScheme() {
	c.Helper()
	text, err := os.ReadFile("../../bench/w/scheme.yaml")
	must(c, err)
	f := scheme.Folder{FS: fstest.MapFS{"990783-test/test/scheme.yaml": {Data: text}}, Dir: "990783-test/test", ID: "990783-test"}
	c.inside(c.place, func(ctx context.Context, d *desk.Desk) {
		_, err := d.SchemeRecord(ctx, desk.AtConsole("test", auth.FinanceHandler, 1, programmeArea), f, day.Of(2024, 1, 1), 0)
		must(c, err)
	})
}

func (c *campaign) runs() (out []store.Run) {
	c.Helper()
	c.inside(c.place, func(ctx context.Context, d *desk.Desk) {
		list, err := d.RunList(ctx, desk.AtConsole("test", auth.FinanceHandler, 1, programmeArea), time.Now())
		must(c, err)
		out = list
	})
	return out
}

// doneAs counts the runs that are done; each must have come to the same.
func (c *campaign) doneAs(want string) (n int) {
	c.Helper()
	for _, r := range c.runs() {
		switch {
		case r.State == store.RunDone && r.Digest == want:
			n++
		case r.State != store.RunStarted:
			c.Fatalf("%+v, want the digest %s", r, want)
		}
	}
	return n
}
