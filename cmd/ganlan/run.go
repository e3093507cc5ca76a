package main

import (
	"context"
	"fmt"
	"os"
	"time"

	"ganlan/internal/auth"
	"ganlan/internal/calc"
	"ganlan/internal/desk"
	"ganlan/internal/store"
	"ganlan/money"
)

// runCmd are the commands of calculations over stored facts.
type runCmd struct {
	Start   runStartCmd   `cmd:"" help:"Calculate a year over stored facts, as known at a time."`
	Wait    runWaitCmd    `cmd:"" help:"Wait for a run's end, and work it here where nobody else does: a run that was broken off goes on."`
	List    runListCmd    `cmd:"" help:"List runs."`
	Show    runShowCmd    `cmd:"" help:"Show a run: what it rests upon and what it came to."`
	Cancel  runCancelCmd  `cmd:"" help:"Stop a run that has not ended; what it calculated is taken away."`
	Verify  runVerifyCmd  `cmd:"" help:"Calculate runs again and compare them row by row."`
	Explain runExplainCmd `cmd:"" help:"Explain one contract of a run, day by day and clause by clause."`
	Export  runExportCmd  `cmd:"" help:"Write a run's results as results.csv; the audit keeps who took them."`
}

// asFlags are the switches of commands that a person with an account runs, or the person at the console.
type asFlags struct {
	dataFlags
	As string `help:"Login of who acts; without it the person at the console." placeholder:"LOGIN"`
	secretFlags
}

// as does as whoever signs in, or as the person at the console in a role.
func (f *asFlags) as(g *globals, role auth.Role, org int64, area string, do func(context.Context, *desk.Desk, auth.Actor) error) error {
	if f.As != "" {
		return (&signFlags{f.dataFlags, f.As, f.secretFlags}).signed(g, do)
	}
	return f.with(func(ctx context.Context, d *desk.Desk) error {
		return do(ctx, d, desk.AtConsole(consoleLogin(), role, org, area))
	})
}

type runStartCmd struct {
	asFlags
	Scheme   string            `required:"" help:"Scheme id." placeholder:"ID"`
	Year     int               `required:"" help:"Claim year."`
	Area     string            `required:"" help:"Area whose borrowers count (6 digits or more)." placeholder:"CODE"`
	Org      int64             `required:"" help:"Number of the organisation whose contracts they are." placeholder:"N"`
	Known    string            `help:"Facts as known at this time, such as 2026-03-01T09:30:00+08:00; now when not given." placeholder:"TIME"`
	Simulate bool              `help:"A simulation: may use what was not approved or confirmed, and can never be claimed."`
	Version  int64             `help:"Version of the scheme, by its number; in simulations only." placeholder:"N"`
	Set      map[string]string `help:"Give a parameter that the documents leave open." placeholder:"NAME=VALUE" mapsep:"none"`
	Why      string            `help:"What the run is for; it is kept with it."`
	Shard    int               `hidden:"" help:"Contracts of a shard."`
	Detach   bool              `help:"Only ask for it; it is worked by ganlan work, wherever that runs."`
}

// Run asks for the run, does it and shows it.
func (c *runStartCmd) Run(g *globals) error {
	in := desk.RunWanted{Scheme: c.Scheme, Year: c.Year, Area: c.Area, Org: c.Org, Simulate: c.Simulate, Version: c.Version, Set: c.Set, Reason: c.Why}
	if c.Known != "" {
		at, err := printedTime(c.Known)
		if err != nil {
			return err
		}
		in.Known = at
	}
	var err error
	if in.LPR, err = g.standard("lpr.yaml"); err != nil {
		return err
	}
	if in.Benchmark, err = g.standard("benchmark.yaml"); err != nil {
		return err
	}
	return c.as(g, auth.FinanceHandler, c.Org, c.Area, func(ctx context.Context, d *desk.Desk, who auth.Actor) error {
		d.ShardSize = c.Shard
		r, err := d.RunStart(ctx, who, in)
		if err != nil {
			return err
		}
		if !c.Detach {
			if err := d.RunWait(ctx, &r, g.progress()); err != nil {
				return err
			}
		}
		shown, err := d.RunShow(ctx, who, r.ID)
		if err != nil {
			return err
		}
		return g.printRun(&shown)
	})
}

type runWaitCmd struct {
	asFlags
	Number int64 `arg:"" name:"run" help:"Number of the run."`
	Shard  int   `hidden:"" help:"Contracts of a shard."`
}

// Run waits and shows the run.
func (c *runWaitCmd) Run(g *globals) error {
	return c.as(g, auth.Job, 0, "", func(ctx context.Context, d *desk.Desk, who auth.Actor) error {
		d.ShardSize = c.Shard
		r, err := d.RunShow(ctx, who, c.Number)
		if err != nil {
			return err
		}
		if err := d.RunWait(ctx, &r.Run, g.progress()); err != nil {
			return err
		}
		if r, err = d.RunShow(ctx, who, c.Number); err != nil {
			return err
		}
		return g.printRun(&r)
	})
}

type runListCmd struct{ asFlags }

// Run lists the runs in reach.
func (c *runListCmd) Run(g *globals) error {
	return c.as(g, auth.Job, 0, "", func(ctx context.Context, d *desk.Desk, who auth.Actor) error {
		list, err := d.RunList(ctx, who, time.Now())
		if err != nil {
			return err
		}
		if g.JSON {
			out := []runJSON{}
			for i := range list {
				out = append(out, runAsJSON(&list[i]))
			}
			return g.printJSON(map[string]any{"runs": out})
		}
		for i := range list {
			g.printRunLine(&list[i])
		}
		return nil
	})
}

type runShowCmd struct {
	asFlags
	Number int64 `arg:"" name:"run" help:"Number of the run."`
}

// Run shows one.
func (c *runShowCmd) Run(g *globals) error {
	return c.as(g, auth.Job, 0, "", func(ctx context.Context, d *desk.Desk, who auth.Actor) error {
		r, err := d.RunShow(ctx, who, c.Number)
		if err != nil {
			return err
		}
		return g.printRun(&r)
	})
}

type runCancelCmd struct {
	asFlags
	Number int64  `arg:"" name:"run" help:"Number of the run."`
	Why    string `help:"Why; the audit keeps it."`
}

// Run cancels one.
func (c *runCancelCmd) Run(g *globals) error {
	return c.as(g, auth.Job, 0, "", func(ctx context.Context, d *desk.Desk, who auth.Actor) error {
		if err := d.RunCancel(ctx, who, c.Number, c.Why); err != nil {
			return err
		}
		if g.JSON {
			return g.printJSON(map[string]any{"run": c.Number, "state": store.RunCancelled})
		}
		fmt.Fprintf(g.out, g.say("结算 %d 已撤销。\n", "run %d is cancelled.\n"), c.Number)
		return nil
	})
}

type runVerifyCmd struct {
	asFlags
	Number int64 `arg:"" optional:"" name:"run" help:"Number of the run."`
	All    bool  `help:"Every run."`
}

// Validate asks for one run or all.
func (c *runVerifyCmd) Validate() error {
	if (c.Number != 0) == c.All {
		return fmt.Errorf("give the number of a run, or --all")
	}
	return nil
}

// Run verifies; it exits 0 only when all is well.
func (c *runVerifyCmd) Run(g *globals) error {
	var all []desk.Verified
	err := c.as(g, auth.Job, 0, "", func(ctx context.Context, d *desk.Desk, who auth.Actor) error {
		see := func(v desk.Verified) error { all = append(all, v); return nil }
		if c.All {
			return d.RunVerifyAll(ctx, who, see)
		}
		v, err := d.RunVerify(ctx, who, c.Number)
		if err != nil {
			return err
		}
		return see(v)
	})
	if err != nil {
		return err
	}
	return g.printVerified(all)
}

type runExplainCmd struct {
	asFlags
	Number   int64  `arg:"" name:"run" help:"Number of the run."`
	Contract string `required:"" help:"Contract number." placeholder:"NO"`
}

// Run explains one contract.
func (c *runExplainCmd) Run(g *globals) error {
	return c.as(g, auth.Job, 0, "", func(ctx context.Context, d *desk.Desk, who auth.Actor) error {
		x, err := d.RunExplain(ctx, who, c.Number, c.Contract)
		if err != nil {
			return err
		}
		if g.JSON {
			return g.printJSON(calc.ExplainJSON(x.Plan, x.Why, g.lang()))
		}
		if x.Run.Simulation {
			fmt.Fprintln(g.out, bold.Render(g.say("模拟，不得申报", "a simulation, never to be claimed")))
		}
		g.printExplanation(x.Plan, x.Why)
		return nil
	})
}

type runExportCmd struct {
	asFlags
	Number int64  `arg:"" name:"run" help:"Number of the run."`
	Out    string `required:"" help:"New file for the results." placeholder:"F"`
	Why    string `help:"What it is for; the audit keeps it."`
}

// Run writes the file, whole or not at all.
func (c *runExportCmd) Run(g *globals) error {
	return c.as(g, auth.Job, 0, "", func(ctx context.Context, d *desk.Desk, who auth.Actor) error {
		f, err := os.OpenFile(c.Out, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
		if err != nil {
			return exit(exitInput, faultExport.New().Set("file", c.Out).Set("text", err.Error()))
		}
		r, err := d.RunExport(ctx, who, c.Number, c.Why, f)
		if e := f.Close(); err == nil {
			err = e
		}
		if err != nil {
			_ = os.Remove(c.Out)
			return err
		}
		if g.JSON {
			return g.printJSON(map[string]any{"run": r.ID, "file": c.Out, "rows": r.Rows, "sha256": r.Digest, "simulation": r.Simulation})
		}
		fmt.Fprintf(g.out, g.say("%s：%d 行%s\n", "%s: %d rows%s\n"), c.Out, r.Rows, g.mark(&r))
		return nil
	})
}

// mark says of a simulation what it is.
func (g *globals) mark(r *store.Run) string {
	if !r.Simulation {
		return ""
	}
	return g.say("（模拟，不得申报）", " (a simulation, never to be claimed)")
}

func yuanOf(fen int64) string { return money.Fen(fen).Grouped() }
