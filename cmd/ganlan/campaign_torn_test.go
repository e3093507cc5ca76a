package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"time"

	"ganlan/internal/desk"
	"ganlan/internal/store"
)

// tearFile damages the file of the database as a bad disk does: the doctor says so, or nothing is different for it.
func tearFile(c *campaign) {
	c.whole(importing(c.place, c.files(20+c.IntN(100), c.Uint64()), "1")...)
	c.employ("anna", 8, c.place).finish(c)
	db := raw(c, c.place)
	tables := tablesOf(c, c.place, db)
	before := everyRow(c, db, tables)
	_, err := db.Exec("pragma wal_checkpoint(truncate)")
	must(c, err)
	must(c, db.Close())
	how := c.damage(store.File(c.dir))
	codes := c.doctor()
	c.Logf("%s: %v", how, codes)
	if len(codes) > 0 {
		return
	}
	db = raw(c, c.place)
	if after := everyRow(c, db, tables); !slices.Equal(before, after) {
		c.Fatalf("%s, and nobody is told: %s", how, firstDifference(before, after))
	}
}

// damage changes a file at random places and says how.
func (c *campaign) damage(path string) string {
	c.Helper()
	data, err := os.ReadFile(path)
	must(c, err)
	const page = 4096
	at := c.IntN(len(data))
	var how string
	switch c.IntN(5) {
	case 0:
		data[at] ^= 1 << c.IntN(8)
		how = fmt.Sprintf("one bit at %d", at)
	case 1:
		n := 1 + c.IntN(64)
		for i := range min(n, len(data)-at) {
			data[at+i] = byte(c.Uint32())
		}
		how = fmt.Sprintf("%d bytes at %d", n, at)
	case 2:
		clear(data[at/page*page : min(len(data), (at/page+1)*page)])
		how = fmt.Sprintf("page %d empty", at/page)
	case 3:
		data = data[:at]
		how = fmt.Sprintf("cut off at %d", at)
	default:
		other := c.IntN(len(data)/page) * page
		at = min(at, len(data)-page) / page * page
		copy(data[at:at+page], slices.Clone(data[other:other+page]))
		how = fmt.Sprintf("page %d is page %d", at/page, other/page)
	}
	must(c, os.WriteFile(path, data, 0o600))
	return how
}

// doctor gives the codes of what the program's doctor found, but for a disk that is nearly full.
func (c *campaign) doctor() (codes []string) {
	c.Helper()
	r := c.start(c.args("doctor", "--json")...)
	err := r.Wait()
	if err != nil && r.ProcessState.ExitCode() != exitInput {
		c.Fatalf("the doctor: %v\n%s%s", err, &r.out, &r.err)
	}
	var said struct {
		Checks []struct{ Code string }
	}
	must(c, json.Unmarshal(r.out.Bytes(), &said))
	for _, x := range said.Checks {
		if x.Code != "" && x.Code != "DISK_LOW" {
			codes = append(codes, x.Code)
		}
	}
	return codes
}

// tearLog damages what a killed program left in the log beside the file, which is what a torn write does: what is left is an
// earlier moment, whole.
func tearLog(c *campaign) {
	a := c.employ("anna", 1<<30, c.place)
	a.hear(c, 4+c.IntN(20))
	_ = a.Process.Kill()
	a.hear(c, 1<<30)
	_ = a.Wait()
	how := c.damage(store.File(c.dir) + "-wal")
	codes := c.doctor()
	c.Logf("%s: %v", how, codes)
	if len(codes) > 0 {
		return
	}
	c.inside(c.place, func(ctx context.Context, d *desk.Desk) {
		left := len(c.entries(ctx, d, a.name))
		acts := a.done
		if a.tried != "" {
			acts = append(acts, a.tried)
		}
		if left > len(acts) {
			c.Fatalf("%d entries of %d acts", left, len(acts))
		}
		if seen, want := c.made(ctx, d, a.name), asMade(acts[:left]); !slices.Equal(seen, want) {
			c.Fatalf("%s: after %d of %d acts there is\n%v\nwant\n%v", how, left, len(acts), seen, want)
		}
	})
	c.employ("bai", 3, c.place).finish(c)
	c.look(c.place)
}

// setBack lets the program act while the clock is behind what was done: it is told, and nothing is written.
func setBack(c *campaign) {
	ahead := time.Duration(10+c.IntN(1000)) * time.Minute
	c.inside(c.place, func(ctx context.Context, d *desk.Desk) {
		d.Clock = func() time.Time { return time.Now().Add(ahead) }
		_, err := d.OrgRecord(ctx, (&work{name: "later"}).actor(1, "sys", "system_admin"), desk.OrgInput{Name: "later", Kind: "bank", Area: programmeArea})
		must(c, err)
	})
	before := c.look(c.place)
	c.refused("CLOCK_BACK", importing(c.place, c.files(50, c.Uint64()), "1")...)
	c.refused("CLOCK_BACK", c.args("audit", "export", "--out", c.TempDir()+"/chain")...)
	if after := c.look(c.place); after.String() != before.String() {
		c.Fatalf("written all the same:\n%s\n%s", before, after)
	}
	if codes := c.doctor(); !slices.Contains(codes, "CLOCK_BACK") {
		c.Fatalf("the doctor says %v", codes)
	}
}
