package desk

import (
	"context"
	"encoding/json"
	"fmt"
	"runtime/debug"
	"slices"
	"strconv"
	"time"

	"ganlan/bankfile"
	"ganlan/day"
	"ganlan/internal/auth"
	"ganlan/internal/queue"
	"ganlan/internal/seal"
	"ganlan/internal/store"
	"ganlan/scheme"
)

// RunWanted is what a run is to calculate.
type RunWanted struct {
	Scheme   string
	Year     int
	Area     string // contracts of borrowers within it, and its name list
	Org      int64  // whose contracts
	Known    time.Time
	Simulate bool  // may use what nobody approved or confirmed, and can never be claimed
	Version  int64 // of the scheme, in a simulation; 0 for the one that holds for the year
	Set      map[string]string
	Reason   string

	LPR, Benchmark []byte // published rates
}

// RunStart asks for a calculation over the facts as known at a time. All that it depends on is recorded with it: the scheme's
// version and digests, the files behind the facts, parameters, published rates, the program. It is a job, which is worked wherever jobs are.
func (d *Desk) RunStart(ctx context.Context, who auth.Actor, in RunWanted) (out store.Run, err error) {
	on := &Object{Kind: "run", Reason: in.Reason}
	at := auth.Place{Area: in.Area, Org: in.Org}
	err = d.act(ctx, who, auth.RunStart, at, on, func(tx *store.Tx) (any, error) {
		s := starting{d: d, ctx: ctx, tx: tx, who: who, in: in}
		if out, err = s.all(); err != nil {
			return nil, err
		}
		on.ID = strconv.FormatInt(out.ID, 10)
		return runText(&out), nil
	})
	return out, err
}

// runText is a run as the audit holds it.
func runText(r *store.Run) map[string]any {
	return map[string]any{"scheme": r.Scheme, "version": r.Version, "sha256": r.SchemeHash, "year": r.Year, "area": r.Area, "org": r.Org, "known": r.Known,
		"params": r.Params, "simulation": r.Simulation, "state": r.State, "rows": r.Rows, "subsidy_fen": r.Subsidy, "fee_subsidy_fen": r.Fee, "digest": r.Digest,
		"faults": r.Faults}
}

// starting is a run being asked for.
type starting struct {
	d    *Desk
	ctx  context.Context
	tx   *store.Tx
	who  auth.Actor
	in   RunWanted
	run  store.Run
	plan *runPlan
}

func (s *starting) all() (store.Run, error) {
	known, err := s.known()
	if err != nil {
		return s.run, err
	}
	v, err := s.version(known)
	if err != nil {
		return s.run, err
	}
	params, err := json.Marshal(s.in.Set)
	if err != nil {
		return s.run, err
	}
	s.run = store.Run{Area: s.in.Area, Org: s.in.Org, Scheme: v.Scheme, Version: v.ID, SchemeHash: v.Hash, SchemeDigest: v.Digest, Year: s.in.Year, Known: known,
		Params: string(params), Simulation: s.in.Simulate, Reason: s.in.Reason, Program: programText(), State: store.RunStarted, Maker: s.who.ID, Login: s.who.Login}
	if s.plan, err = s.d.planOf(s.ctx, s.tx, &s.run, s.texts()); err != nil {
		return s.run, err
	}
	s.run.SchemeHash = s.plan.Scheme.Hash
	if err := s.allowed(v); err != nil {
		return s.run, err
	}
	inputs, err := s.inputs()
	if err != nil {
		return s.run, err
	}
	return s.run, s.keep(inputs)
}

// known is the time as of which facts count. All that was known a moment before the act is known for good: whatever is
// recorded later has a later time.
func (s *starting) known() (int64, error) {
	if s.in.Known.IsZero() {
		return s.tx.Now - 1, nil
	}
	if ms := s.in.Known.UnixMilli(); ms < s.tx.Now {
		return ms, nil
	}
	return 0, faultRunFuture.New().Set("known", s.in.Known.UTC().Format(time.DateTime))
}

// version is the scheme's version that the run uses: the approved one that holds at the end of the year, or in a simulation
// the one that is named.
func (s *starting) version(known int64) (v store.SchemeVersion, err error) {
	if s.in.Version != 0 && !s.in.Simulate {
		return v, faultRunVersion.New()
	}
	reach, args := s.who.Filter(auth.SchemeRead, "area", "org", 2)
	if reach == "1 = 0" { // the program's own job
		reach, args = s.who.Filter(auth.RunStart, "area", "org", 2)
	}
	last, found := day.OfYear(s.in.Year).Last(), false
	err = store.EachSchemeVersion(s.ctx, s.tx, s.d.Ring, known, reach, args, func(x store.SchemeVersion) error {
		if x.Scheme != s.in.Scheme || s.in.Version != 0 && x.ID != s.in.Version || s.in.Version == 0 && x.From > last {
			return nil
		}
		approved := x.State == store.SchemeApproved
		if approved || s.in.Simulate && (!found || v.State != store.SchemeApproved) { // in the order of first days, then of ages
			v, found = x, true
		}
		return nil
	})
	if err == nil && !found {
		err = faultNoVersion.New().Set("scheme", s.in.Scheme).Set("day", last)
	}
	return v, err
}

func (s *starting) texts() map[string]store.SchemeFile {
	out := map[string]store.SchemeFile{}
	for name, data := range map[string][]byte{"lpr.yaml": s.in.LPR, "benchmark.yaml": s.in.Benchmark} {
		out[name] = store.SchemeFile{Path: name, Digest: seal.Digest(data), Content: string(data)}
	}
	return out
}

// allowed refuses what only a simulation may do, and an area that is not the scheme's.
func (s *starting) allowed(v store.SchemeVersion) error {
	if !auth.Within(s.in.Area, v.Area) {
		return faultRunArea.New().Set("area", s.in.Area).Set("of", v.Area).Set("scheme", v.Scheme)
	}
	if s.in.Simulate {
		return nil
	}
	if st := s.plan.Scheme.Status; st != scheme.Issued {
		return faultRunDraft.New().Set("scheme", v.Scheme).Set("status", st)
	}
	faults, err := s.d.unconfirmed(s.ctx, s.tx, s.in.Area, s.in.Org, s.run.Known)
	if err != nil {
		return err
	}
	return faults.Err()
}

// inputs are the files behind the facts. A run without contracts is refused, and one without the list that its scheme looks at.
func (s *starting) inputs() ([]store.RunInput, error) {
	known := time.UnixMilli(s.run.Known).UTC().Format(time.DateTime)
	out, err := s.d.inputsOf(s.ctx, s.tx, &s.run)
	has := func(kind bankfile.Kind) bool {
		return slices.ContainsFunc(out, func(x store.RunInput) bool { return x.Kind == string(kind) })
	}
	switch {
	case err != nil:
		return nil, err
	case !has(bankfile.Contracts):
		return nil, faultRunEmpty.New().Set("known", known).Set("org", s.in.Org).Set("area", s.in.Area)
	case !has(bankfile.List) && s.plan.TestsList():
		return nil, faultRunNoList.New().Set("known", known).Set("area", s.in.Area)
	}
	return out, nil
}

// inputsOf are the files behind the facts of a run: all of the organisation's contracts, and those of the lists of one area,
// which it names in the run: the smallest that has one and holds the run's area.
func (d *Desk) inputsOf(ctx context.Context, tx *store.Tx, r *store.Run) (out []store.RunInput, err error) {
	var all []store.Batch
	err = store.EachBatch(ctx, tx, d.Ring, r.Known, "1 = 1", nil, func(b store.Batch) error { all = append(all, b); return nil })
	found := false
	r.ListArea = r.Area
	for _, b := range all {
		if isList(b) && auth.Within(r.Area, b.Area) && (!found || auth.Within(b.Area, r.ListArea)) {
			r.ListArea, found = b.Area, true
		}
	}
	for _, b := range all {
		mine := b.Org == r.Org && !isList(b) && (auth.Within(b.Area, r.Area) || auth.Within(r.Area, b.Area))
		if mine || isList(b) && b.Area == r.ListArea {
			out = append(out, store.RunInput{Batch: b.ID, Kind: b.Kind, File: b.File, Digest: b.Digest, Bytes: b.Bytes, Count: b.Rows})
		}
	}
	return out, err
}

// isList reports whether a batch is of a list that an area keeps as a whole.
func isList(b store.Batch) bool {
	return b.Kind == string(bankfile.List) || b.Kind == string(bankfile.History) || b.Kind == string(bankfile.Approvals)
}

func (s *starting) keep(inputs []store.RunInput) (err error) {
	s.run.ID = s.tx.NewID()
	job := queue.Job{Kind: runJob, Subject: s.run.ID, Area: s.run.Area, Org: s.run.Org, AskedBy: s.who.Login}
	if job, _, err = s.d.Jobs.Insert(s.ctx, s.tx, job, struct{}{}); err != nil {
		return err
	}
	s.run.Job = job.ID
	if s.run, err = store.AddRun(s.ctx, s.tx, s.d.Ring, s.run, 0); err != nil {
		return err
	}
	for _, x := range inputs {
		if err := store.AddRunInput(s.ctx, s.tx, s.run.ID, x); err != nil {
			return err
		}
	}
	for name, f := range s.texts() {
		if err := store.AddRunText(s.ctx, s.tx, s.run.ID, name, f.Digest, f.Content); err != nil {
			return err
		}
	}
	return nil
}

// programText names the program that calculates: its module's version and the revision it was built from.
func programText() string {
	b, ok := debug.ReadBuildInfo()
	if !ok {
		return "ganlan"
	}
	text := "ganlan " + b.Main.Version
	for _, s := range b.Settings {
		if s.Key == "vcs.revision" || s.Key == "vcs.modified" && s.Value == "true" {
			text += fmt.Sprintf(" %s=%s", s.Key, s.Value)
		}
	}
	return text
}
