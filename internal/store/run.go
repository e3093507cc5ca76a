package store

import (
	"context"
	"database/sql"

	"ganlan/internal/seal"
)

// The states of a run.
const (
	RunStarted   = "started"
	RunDone      = "done"
	RunRefused   = "refused"   // its facts have faults: no row is kept
	RunCancelled = "cancelled" // by a person: no row is kept
	RunFailed    = "failed"    // by the machine: no row is kept
)

// Run is a calculation over stored facts: what was asked, and what it came to.
type Run struct {
	Rev, ID      int64
	Area         string
	Org          int64
	Scheme       string
	Version      int64  // of the scheme: its id
	SchemeHash   string // SHA-256, as a calculation names it
	SchemeDigest string // SM3 over the version's files
	Year         int
	Known        int64  // facts as known at this time, ms
	ListArea     string // whose name list, history and approvals count
	Params       string // JSON: parameters that the documents leave open
	Simulation   bool
	Reason       string
	Program      string
	State        string
	Job          int64

	Contracts, Rows, Paid int64
	BalanceDays           int64 // fen-days
	Subsidy, Fee          int64 // fen
	Faults, Warnings      int64
	Digest                string // SHA-256 of results.csv; empty until done
	Summary               string // JSON

	Maker              int64
	Login              string
	Asked              int64
	Recorded, Replaced int64
}

const runColumns = "rev, id, area, org, scheme, version, scheme_hash, scheme_digest, year, known_at, list_area, params, simulation, reason, program, state, job, " +
	"contracts, row_count, paid_count, balance_days, subsidy, fee, faults, warnings, digest, summary, maker, login, asked_at, recorded_at"

func (r *Run) values() []any {
	return []any{r.Rev, r.ID, r.Area, r.Org, r.Scheme, r.Version, r.SchemeHash, r.SchemeDigest, r.Year, r.Known, r.ListArea, r.Params, flag(r.Simulation), r.Reason,
		r.Program, r.State, r.Job, r.Contracts, r.Rows, r.Paid, r.BalanceDays, r.Subsidy, r.Fee, r.Faults, r.Warnings, r.Digest, r.Summary, r.Maker, r.Login,
		r.Asked, r.Recorded}
}

// AddRun keeps a run's state from now on; rev is the revision that it takes the place of, 0 for a new run, whose
// ID the caller has drawn.
func AddRun(ctx context.Context, tx *Tx, ring *seal.Ring, r Run, rev int64) (Run, error) {
	if rev != 0 {
		if err := supersede(ctx, tx, "run", rev); err != nil {
			return r, err
		}
	}
	if r.Rev = tx.NewID(); rev == 0 {
		r.Asked = tx.Now
	}
	r.Recorded, r.Replaced = tx.Now, Current
	_, err := exec(ctx, tx, "insert into run ("+runColumns+", mac, superseded_at) values ("+places(33)+")",
		append(r.values(), rowMAC(ring, "run", r.values()...), Current)...)
	return r, err
}

// EachRun gives the runs of a reach (a condition over area and org, its parameters from $2 on) as they were at a time, in the
// order in which they were asked for. One that was not written by the program is a fault.
func EachRun(ctx context.Context, tx *Tx, ring *seal.Ring, at int64, reach string, args []any, see func(Run) error) error {
	query := "select " + runColumns + ", mac, superseded_at from run where " + known(1) + " and " + reach + " order by id"
	return each(ctx, tx, query, append([]any{at}, args...), func(rows *sql.Rows) error {
		var r Run
		var simulation int64
		var mac string
		if err := rows.Scan(&r.Rev, &r.ID, &r.Area, &r.Org, &r.Scheme, &r.Version, &r.SchemeHash, &r.SchemeDigest, &r.Year, &r.Known, &r.ListArea, &r.Params,
			&simulation, &r.Reason, &r.Program, &r.State, &r.Job, &r.Contracts, &r.Rows, &r.Paid, &r.BalanceDays, &r.Subsidy, &r.Fee, &r.Faults, &r.Warnings,
			&r.Digest, &r.Summary, &r.Maker, &r.Login, &r.Asked, &r.Recorded, &mac, &r.Replaced); err != nil {
			return err
		}
		r.Simulation = simulation == 1
		if err := checkMAC(ring, mac, "run", r.ID, r.values()...); err != nil {
			return err
		}
		return see(r)
	})
}

// RunInput is a file whose rows are facts of a run.
type RunInput struct {
	Batch        int64
	Kind, File   string
	Digest       string // SM3
	Bytes, Count int64
}

// AddRunInput keeps an input of a run.
func AddRunInput(ctx context.Context, tx *Tx, run int64, x RunInput) error {
	_, err := exec(ctx, tx, "insert into run_input (run, batch, kind, file, digest, bytes, row_count) values ($1, $2, $3, $4, $5, $6, $7)",
		run, x.Batch, x.Kind, x.File, x.Digest, x.Bytes, x.Count)
	return err
}

// RunInputs are the inputs of a run in the order of their import.
func RunInputs(ctx context.Context, tx *Tx, run int64) (out []RunInput, err error) {
	err = each(ctx, tx, "select batch, kind, file, digest, bytes, row_count from run_input where run = $1 order by batch", []any{run}, func(r *sql.Rows) error {
		var x RunInput
		err := r.Scan(&x.Batch, &x.Kind, &x.File, &x.Digest, &x.Bytes, &x.Count)
		out = append(out, x)
		return err
	})
	return out, err
}

// AddRunText keeps a text that a run was given.
func AddRunText(ctx context.Context, tx *Tx, run int64, name, digest, content string) error {
	_, err := exec(ctx, tx, "insert into run_text (run, name, digest, content) values ($1, $2, $3, $4)", run, name, digest, content)
	return err
}

// RunTexts are the texts that a run was given, with their digests, by name.
func RunTexts(ctx context.Context, tx *Tx, run int64) (map[string]SchemeFile, error) {
	out := map[string]SchemeFile{}
	err := each(ctx, tx, "select name, digest, content from run_text where run = $1 order by name", []any{run}, func(r *sql.Rows) error {
		var f SchemeFile
		err := r.Scan(&f.Path, &f.Digest, &f.Content)
		out[f.Path] = f
		return err
	})
	return out, err
}

// RunPayer is what one payer bears of a run.
type RunPayer struct {
	Who          string
	Subsidy, Fee int64 // fen
}

// AddRunPayers keeps the payers of a run.
func AddRunPayers(ctx context.Context, tx *Tx, run int64, list []RunPayer) error {
	for i, p := range list {
		if _, err := exec(ctx, tx, "insert into run_payer (run, n, who, subsidy, fee) values ($1, $2, $3, $4, $5)", run, i, p.Who, p.Subsidy, p.Fee); err != nil {
			return err
		}
	}
	return nil
}

// RunPayers are the payers of a run.
func RunPayers(ctx context.Context, tx *Tx, run int64) (out []RunPayer, err error) {
	err = each(ctx, tx, "select who, subsidy, fee from run_payer where run = $1 order by n", []any{run}, func(r *sql.Rows) error {
		var p RunPayer
		err := r.Scan(&p.Who, &p.Subsidy, &p.Fee)
		out = append(out, p)
		return err
	})
	return out, err
}

// RunIDs are the runs of a reach (a condition over area and org, its parameters from $2 on), unchecked: to be looked at one by
// one.
func RunIDs(ctx context.Context, tx *Tx, reach string, args []any) (out []int64, err error) {
	err = each(ctx, tx, "select id from run where superseded_at = $1 and "+reach+" order by id", append([]any{Current}, args...), func(r *sql.Rows) error {
		var id int64
		err := r.Scan(&id)
		out = append(out, id)
		return err
	})
	return out, err
}
