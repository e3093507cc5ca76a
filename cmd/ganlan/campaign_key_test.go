package main

import (
	"context"

	"ganlan/internal/desk"
)

// killRotation kills rotations of the master key and of the key for values: the folder opens after each with everything in
// agreement, and the next rotation ends what was begun.
func killRotation(c *campaign) {
	c.whole(importing(c.place, c.files(300+c.IntN(300), c.Uint64()), "1")...)
	before := c.look(c.place).facts
	which := []string{"--master", "--values"}[c.IntN(2)]
	takes := c.whole(c.args("key", "rotate", which)...)
	for range 3 {
		c.killed(takes, c.args("key", "rotate", which)...)
		if after := c.look(c.place).facts; after != before {
			c.Fatalf("%s: other facts", which)
		}
	}
	c.whole(c.args("key", "rotate", which)...)
	c.inside(c.place, func(ctx context.Context, d *desk.Desk) {
		if bad := d.Invariants(ctx); len(bad) > 0 {
			c.Fatalf("no longer in agreement: %v", bad)
		}
		keys, _, err := d.Keys(ctx, securityAdmin())
		must(c, err)
		for _, k := range keys {
			if k.State == "opens" || k.State == "retired" && k.Values > 0 {
				c.Fatalf("%+v", k)
			}
		}
	})
}
