package desk

import (
	"context"
	"encoding/json"
	"fmt"

	"ganlan/internal/auth"
	"ganlan/internal/seal"
	"ganlan/internal/store"
	"ganlan/scheme"
	"ganlan/subsidy"
)

// runPlan is a run's scheme made ready, with the published rates that the run was given.
type runPlan struct {
	*subsidy.Plan
	ref *scheme.Reference
}

func (p *runPlan) reference() (*scheme.Reference, error) { return p.ref, nil }

// planOf makes a run's plan of the scheme's files as they were recorded and the texts that the run was given. Files that were
// changed since are refused.
func (d *Desk) planOf(ctx context.Context, tx *store.Tx, r *store.Run, texts map[string]store.SchemeFile) (*runPlan, error) {
	key := fmt.Sprintf("%d %s %d %s %s %s", r.Version, r.SchemeDigest, r.Year, r.Params, texts["lpr.yaml"].Digest, texts["benchmark.yaml"].Digest)
	if p := d.cache.plan(key); p != nil {
		return p, nil
	}
	files, err := store.SchemeFiles(ctx, tx, r.Version)
	if err != nil {
		return nil, err
	}
	p, err := d.compile(ctx, tx, r, files, texts)
	if err == nil {
		d.cache.keepPlan(key, p)
	}
	return p, err
}

func (d *Desk) compile(ctx context.Context, tx *store.Tx, r *store.Run, files []store.SchemeFile, texts map[string]store.SchemeFile) (*runPlan, error) {
	var v store.SchemeVersion
	err := store.EachSchemeVersion(ctx, tx, d.Ring, r.Known, "id = $2", []any{r.Version}, func(x store.SchemeVersion) error { v = x; return nil })
	if err != nil {
		return nil, err
	}
	if v.Digest != r.SchemeDigest {
		return nil, faultTampered.New().Set("scheme", r.Scheme)
	}
	folder, err := folderOf(v, files)
	if err != nil {
		return nil, err
	}
	if v.Kind != string(scheme.Interest) {
		return nil, faultRunNoInterest.New().Set("scheme", r.Scheme)
	}
	var set map[string]string
	if err := json.Unmarshal([]byte(r.Params), &set); err != nil {
		return nil, fmt.Errorf("desk: parameters of a run: %w", err)
	}
	s, faults := folder.Load(set)
	if err := faults.Err(); err != nil {
		return nil, err
	}
	ref, faults := scheme.LoadReference([]byte(texts["lpr.yaml"].Content), []byte(texts["benchmark.yaml"].Content))
	if err := faults.Err(); err != nil {
		return nil, err
	}
	plan, err := subsidy.NewPlan(s, r.Year, ref)
	return &runPlan{plan, ref}, err
}

// keptPlan is the plan of a run that was recorded.
func (d *Desk) keptPlan(ctx context.Context, tx *store.Tx, r *store.Run) (*runPlan, error) {
	texts, err := store.RunTexts(ctx, tx, r.ID)
	if err != nil {
		return nil, err
	}
	for name, f := range texts {
		if seal.Digest([]byte(f.Content)) != f.Digest {
			return nil, faultRunTampered.New().Set("id", r.ID).Set("what", name).Set("what_en", name)
		}
	}
	return d.planOf(ctx, tx, r, texts)
}

// loansOf are the contracts of a run, all of them.
func loansOf(r *store.Run, scope subsidy.Scope) store.Loans {
	from, to := auth.Bounds(r.Area)
	order := map[subsidy.Scope]store.LoanOrder{subsidy.OneContract: store.ByNumber, subsidy.OneHousehold: store.ByHousehold, subsidy.OnePerson: store.ByPerson}[scope]
	return store.Loans{Org: r.Org, From: from, To: to, Known: r.Known, Order: order, Open: true}
}
