package main

import (
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"testing/fstest"
	"time"

	"ganlan/day"
	"ganlan/internal/auth"
	"ganlan/internal/calc"
	"ganlan/internal/desk"
	"ganlan/internal/store"
	"ganlan/internal/storetest"
	"ganlan/scheme"
)

// runOffice is a data folder with a county's facts and a scheme, worked by real processes.
type runOffice struct {
	*testing.T
	bin   string
	flags []string
	desk  *desk.Desk // of the test itself, to look at
	who   auth.Actor
}

func newRunOffice(t *testing.T, url string) *runOffice {
	t.Helper()
	dir := t.TempDir()
	d, err := desk.Init(t.Context(), dir, url, time.Now)
	must(t, err)
	o := &runOffice{T: t, bin: program(t), flags: []string{"--data", dir}, desk: d, who: desk.AtConsole("test", auth.Job, 0, "")}
	if url != "" {
		o.flags = append(o.flags, "--db", url)
	}
	t.Cleanup(func() { must(t, d.Close()) })
	text := "scheme: test\ntitle: {zh: 试, en: test}\narea: \"990783\"\nstatus: issued\nkind: interest\ndocument: {issuer: 试}\namount:\n" +
		"  rate: {is: 1.8%, clause: T-2}\n  base: {is: daily_balance, clause: T-4}\n  year: {is: actual/360, clause: T-4}\n  overdue: {is: exclude_days, clause: T-6}\n" +
		"  round: {per: contract, to: fen, mode: half_up, clause: T-8}\npay:\n  payers: {is: [{who: county, share: 100%}], clause: T-9}\n"
	tree := fstest.MapFS{"990783-test/test/scheme.yaml": {Data: []byte(text)}}
	_, err = d.SchemeRecord(t.Context(), desk.AtConsole("test", auth.FinanceHandler, 1, "990783"),
		scheme.Folder{FS: tree, Dir: "990783-test/test", ID: "990783-test"}, day.Of(2024, 1, 1), 0)
	must(t, err)
	o.facts(3000)
	return o
}

func (o *runOffice) facts(n int) {
	o.Helper()
	g, files := &globals{}, county(o.T, n)
	profile, err := g.profile("")
	must(o, err)
	var in opened
	defer func() { in.close() }()
	up := desk.Upload{Area: "990783", Org: 7, Profile: profile, Inputs: calc.Inputs{}}
	up.Inputs.Contracts, _ = in.open(filepath.Join(files, "contracts.csv"))
	up.Inputs.Ledger, _ = in.open(filepath.Join(files, "ledger.csv"))
	up.Inputs.List, _ = in.open(filepath.Join(files, "list.csv"))
	_, err = o.desk.FactsImport(o.Context(), desk.AtConsole("test", auth.BankOfficer, 7, "990783"), up)
	must(o, err)
}

func (o *runOffice) process(args ...string) *exec.Cmd {
	c := exec.Command(o.bin, append(append([]string{"run"}, args...), append([]string{"--quiet", "--shard", "20"}, o.flags...)...)...)
	must(o, c.Start())
	return c
}

func (o *runOffice) start() *exec.Cmd {
	return o.process("start", "--scheme", "990783-test", "--year", "2025", "--area", "990783", "--org", "7", "--simulate")
}

// newest is the run asked for last, with how far it has come.
func (o *runOffice) newest() desk.RunShown {
	list, err := o.desk.RunList(o.Context(), o.who, time.Now())
	must(o, err)
	if len(list) == 0 {
		return desk.RunShown{}
	}
	r, err := o.desk.RunShow(o.Context(), o.who, list[len(list)-1].ID)
	must(o, err)
	return r
}

// killedInTheMiddle starts runs until one is killed after some of its shards and before its end.
func (o *runOffice) killedInTheMiddle(beside func(id int64)) desk.RunShown {
	for range 10 {
		was, p := o.newest().ID, o.start()
		for {
			r := o.newest()
			if r.ID != was && r.State != store.RunStarted {
				break
			}
			if r.ID != was && r.Progress.ShardsDone >= 3 {
				beside(r.ID)
				must(o, p.Process.Kill())
				break
			}
			time.Sleep(2 * time.Millisecond)
		}
		_ = p.Wait()
		if r := o.newest(); r.State == store.RunStarted && p.ProcessState.ExitCode() == -1 {
			return r
		}
	}
	o.Fatal("no run was killed in its middle")
	return desk.RunShown{}
}

func TestAKilledRunIsTakenOverByAnotherProcessAndComesToTheSame(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		o := newRunOffice(t, url)
		var other *exec.Cmd
		r := o.killedInTheMiddle(func(id int64) {
			if url != "" { // two processes share the work
				other = o.process("wait", strconv.FormatInt(id, 10))
			}
		})
		killed := time.Now()
		if url == "" { // on one file the next one begins where the killed one ended
			other = o.process("wait", strconv.FormatInt(r.ID, 10))
		}
		must(t, other.Wait())
		t.Logf("killed after %d of %d shards, done %v later", r.Progress.ShardsDone, r.Progress.Shards, time.Since(killed).Round(time.Millisecond))
		done := o.newest()
		must(t, o.start().Wait())
		undisturbed := o.newest()
		if done.ID != r.ID || done.State != store.RunDone || done.Digest != undisturbed.Digest || done.Summary != undisturbed.Summary || undisturbed.ID == done.ID {
			t.Errorf("%+v\nundisturbed:\n%+v", done, undisturbed)
		}
		v, err := o.desk.RunVerify(t.Context(), o.who, done.ID)
		must(t, err)
		if len(v.Faults) > 0 || v.Rows != done.Rows || done.Rows != 3000 {
			t.Errorf("%d rows, %v", v.Rows, v.Faults)
		}
		if bad := o.desk.Invariants(t.Context()); len(bad) > 0 {
			t.Error(bad)
		}
	})
}
