package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"ganlan/internal/auth"
	"ganlan/internal/desk"
	"ganlan/internal/queue"
	"ganlan/internal/store"
)

type jobCmd struct {
	List   jobListCmd   `cmd:"" help:"List the jobs within your reach, the newest first."`
	Show   jobShowCmd   `cmd:"" help:"Show how far a job is."`
	Cancel jobCancelCmd `cmd:"" help:"End a job: what waits at once, what runs at its next chunk."`
	Retry  jobRetryCmd  `cmd:"" help:"Go on with a job that the machine has failed; what is done stays done."`
	Check  jobCheckCmd  `cmd:"" help:"Look now whether everything in the database agrees, as every night."`
}

// acting does as whoever signs in or did before, else as the system administrator at the console.
func (f *signFlags) acting(g *globals, do func(context.Context, *desk.Desk, auth.Actor) error) error {
	if f.asked() {
		return f.signed(g, do)
	}
	return f.with(func(ctx context.Context, d *desk.Desk) error { return do(ctx, d, systemAdmin()) })
}

type jobListCmd struct{ signFlags }

func (c *jobListCmd) Run(g *globals) error {
	return c.acting(g, func(ctx context.Context, d *desk.Desk, who auth.Actor) error {
		list, err := d.JobList(ctx, who)
		if err != nil {
			return err
		}
		if g.JSON {
			return g.printJSON(map[string][]queue.Job{"jobs": append([]queue.Job{}, list...)})
		}
		for _, j := range list {
			fmt.Fprintln(g.out, g.jobLine(j))
		}
		return nil
	})
}

type jobShowCmd struct {
	signFlags
	ID int64 `arg:"" help:"Number of the job."`
}

// Run shows the job and, of its steps, those that run or failed; --json shows all.
func (c *jobShowCmd) Run(g *globals) error {
	return c.acting(g, func(ctx context.Context, d *desk.Desk, who auth.Actor) error {
		j, steps, err := d.JobShow(ctx, who, c.ID)
		if err != nil {
			return err
		}
		if g.JSON {
			return g.printJSON(map[string]any{"job": j, "steps": steps})
		}
		fmt.Fprintln(g.out, g.jobLine(j))
		for _, s := range steps {
			if s.State == store.StepRunning || s.State == store.StepFailed {
				fmt.Fprintf(g.out, "  %s %d  %s  %d/%d  %s\n", s.Step, s.N, g.jobState(s.State), s.Done, s.Total, s.Error)
			}
		}
		return nil
	})
}

type jobCancelCmd struct {
	signFlags
	ID int64 `arg:"" help:"Number of the job."`
}

func (c *jobCancelCmd) Run(g *globals) error { return c.changed(g, c.ID, (*desk.Desk).JobCancel) }

type jobRetryCmd struct {
	signFlags
	ID int64 `arg:"" help:"Number of the job."`
}

func (c *jobRetryCmd) Run(g *globals) error { return c.changed(g, c.ID, (*desk.Desk).JobRetry) }

// changed does an act on a job and shows the job after it.
func (f *signFlags) changed(g *globals, id int64, act func(*desk.Desk, context.Context, auth.Actor, int64) error) error {
	return f.acting(g, func(ctx context.Context, d *desk.Desk, who auth.Actor) error {
		if err := act(d, ctx, who, id); err != nil {
			return err
		}
		j, err := d.Jobs.Show(ctx, id)
		if err != nil {
			return err
		}
		return g.sayJob(j)
	})
}

type jobCheckCmd struct {
	signFlags
	Wait bool `help:"Work it here if nobody else does, and wait for its end."`
}

// Run asks for a look at everything; with --wait it exits 0 only when all is well.
func (c *jobCheckCmd) Run(g *globals) error {
	return c.acting(g, func(ctx context.Context, d *desk.Desk, who auth.Actor) error {
		j, err := d.IntegrityStart(ctx, who)
		if err != nil {
			return err
		}
		if c.Wait {
			if j, err = d.Jobs.Wait(ctx, j.ID, g.watchJob()); err != nil {
				return err
			}
		}
		if err := g.sayJob(j); err != nil || j.State != store.JobFailed {
			return err
		}
		return exit(exitInput, desk.FaultIntegrity.New().Set("n", j.Faults))
	})
}

// watchJob tells on a terminal how far a job is.
func (g *globals) watchJob() func(queue.Job) {
	if g.Quiet || g.JSON || !isTerminal(g.err) {
		return nil
	}
	return func(j queue.Job) { fmt.Fprintf(g.err, "\r\033[K%s", g.jobLine(j)) }
}

func (g *globals) sayJob(j queue.Job) error {
	if g.JSON {
		return g.printJSON(map[string]queue.Job{"job": j})
	}
	_, err := fmt.Fprintln(g.out, g.jobLine(j))
	return err
}

// jobLine is a job in a line: number, kind, state, how far, faults, when and by whom it was asked for.
func (g *globals) jobLine(j queue.Job) string {
	return strings.TrimSpace(fmt.Sprintf("%d  %-10s  %s  %d/%d  %s  %s %s  %s", j.ID, j.Kind, g.jobState(j.State), j.Done, j.Total,
		fmt.Sprintf(g.say("问题 %d", "faults %d"), j.Faults), time.UnixMilli(j.AskedAt).In(beijing).Format(time.DateTime), j.AskedBy, j.Error))
}

func (g *globals) jobState(s string) string {
	words := map[string]string{store.JobQueued: "排队", store.JobRunning: "进行中", store.JobDone: "完成", store.JobFailed: "失败", store.JobCancelled: "已取消",
		store.StepWaiting: "等待"}
	return g.say(words[s], s)
}
