package main

import (
	"context"
	"errors"

	"ganlan/internal/desk"
)

type workCmd struct {
	dataFlags
	Metrics string `help:"Serve metrics for Prometheus at this address, under /metrics; 127.0.0.1:9464 is usual. Not without." placeholder:"ADDR"`
	AtOnce  int    `help:"Steps worked at a time; one a processor without." placeholder:"N"`
}

// Run works jobs until it is asked to stop. What runs then may end within half a minute, else it is given back; asked twice, the
// process ends at once, and others take over.
func (c *workCmd) Run(g *globals) error {
	return c.with(func(ctx context.Context, d *desk.Desk) (err error) {
		log := newLog(g.err)
		d.Jobs.Log = log
		if c.Metrics != "" {
			m, e := serveMetrics(c.Metrics, d, log)
			if e != nil {
				return e
			}
			defer func() { err = errors.Join(err, m.stop()) }()
		}
		return d.Jobs.Work(ctx, c.AtOnce)
	})
}
