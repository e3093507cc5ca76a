package main

import (
	"bytes"
	"os"
	"os/exec"
	"time"
)

// running is a program under way at a place.
type running struct {
	*exec.Cmd
	out, err bytes.Buffer
}

func (c *campaign) start(command ...string) *running {
	c.Helper()
	r := &running{Cmd: exec.Command(c.bin, command...)}
	r.Stdout, r.Stderr = &r.out, &r.err
	r.Env = append(os.Environ(), "TMPDIR="+c.TempDir())
	must(c, r.Start())
	return r
}

// whole runs a command to its end, which must be a good one; it gives how long it took.
func (c *campaign) whole(command ...string) time.Duration {
	c.Helper()
	begun := time.Now()
	r := c.start(command...)
	if err := r.Wait(); err != nil {
		c.Fatalf("%v: %v\n%s%s", command, err, &r.out, &r.err)
	}
	return time.Since(begun)
}

// moment is a random one within a time, half of the times near its end, where things are made final.
func (c *campaign) moment(takes time.Duration) time.Duration {
	if c.IntN(2) == 0 {
		return takes/2 + time.Duration(c.Int64N(int64(takes)*6/10))
	}
	return time.Duration(c.Int64N(int64(takes)))
}

// killed starts a command, kills it at a random moment, and says whether it had ended well before.
func (c *campaign) killed(takes time.Duration, command ...string) (acknowledged bool) {
	c.Helper()
	r := c.start(command...)
	time.Sleep(c.moment(takes))
	_ = r.Process.Kill()
	err := r.Wait()
	if err != nil && r.ProcessState.Exited() {
		c.Fatalf("%v: %v\n%s%s", command, err, &r.out, &r.err)
	}
	return err == nil
}

// allOrNothing kills a command at random moments at the campaign's own place. Afterwards that place is as before, or as
// another one where the command ran undisturbed; acknowledged, it is the latter. Done again it comes to the same, or says
// by the code that it was done already.
func (c *campaign) allOrNothing(already string, command func(place) []string) {
	c.Helper()
	twin := c.copied(c.place)
	before := c.look(c.place)
	takes := c.whole(command(twin)...)
	after := c.look(twin)
	for range 2 {
		acknowledged := c.killed(takes, command(c.place)...)
		switch got := c.look(c.place).String(); {
		case got == after.String():
			c.refused(already, command(c.place)...)
			return
		case got != before.String():
			c.Fatalf("half-done:\n%s\nbefore:\n%s\nafter:\n%s", got, before, after)
		case acknowledged:
			c.Fatalf("acknowledged and not there: %s", got)
		}
	}
	c.whole(command(c.place)...)
	if got := c.look(c.place); got.String() != after.String() {
		c.Fatalf("done again:\n%s\nwant:\n%s", got, after)
	}
}

// refused runs a command that must be refused with a code.
func (c *campaign) refused(code string, command ...string) {
	c.Helper()
	r := c.start(append(command, "--json")...)
	if err := r.Wait(); err == nil || !bytes.Contains(append(r.out.Bytes(), r.err.Bytes()...), []byte(code)) {
		c.Fatalf("%v: %v, want %s\n%s%s", command, err, code, &r.out, &r.err)
	}
}
