package demo

import (
	"sync"
	"time"
)

// beijing is the time of the offices.
var beijing = time.FixedZone("UTC+8", 8*60*60)

// clock is the story's own: it stands in the past, goes with the machine's, and is moved forward from act to act.
type clock struct {
	machine func() time.Time

	mu        sync.Mutex
	at, since time.Time // the story's moment, and the machine's when it was set
}

// Now is the story's time. It never runs ahead of the machine's.
func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now(c.machine())
}

func (c *clock) now(machine time.Time) time.Time {
	now := c.at.Add(machine.Sub(c.since))
	if machine.Before(now) {
		return machine.Round(0)
	}
	return now
}

// to moves the clock forward to a moment; one that has passed changes nothing.
func (c *clock) to(at time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	machine := c.machine()
	if c.since.IsZero() || c.now(machine).Before(at) {
		c.at, c.since = at, machine
	}
}

// pass lets time go by.
func (c *clock) pass(d time.Duration) { c.to(c.Now().Add(d)) }

// day is the story's day as text.
func (s *story) day() string { return s.clock.Now().In(beijing).Format(time.DateOnly) }
