package main

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"runtime"

	"ganlan/bankfile"
	"ganlan/fault"
	"ganlan/internal/calc"
	"ganlan/scheme"
	"ganlan/subsidy"
)

// inputs are the switches that calc and explain share.
type inputs struct {
	Scheme    string            `required:"" help:"Scheme id (see scheme list) or the path of its folder." placeholder:"ID|DIR"`
	Year      int               `required:"" help:"Claim year."`
	Contracts string            `required:"" help:"Contracts (csv or xlsx)." placeholder:"F"`
	Ledger    string            `required:"" help:"Drawdowns, repayments and other events." placeholder:"F"`
	List      string            `help:"Name list with its intervals." placeholder:"F"`
	Notes     string            `help:"Notes (借据) with their own due days." placeholder:"F"`
	Fees      string            `help:"Guarantee fees paid." placeholder:"F"`
	History   string            `help:"What earlier runs and other schemes paid." placeholder:"F"`
	Approvals string            `help:"Caps that may be exceeded, with reasons." placeholder:"F"`
	Set       map[string]string `help:"Give a parameter that the documents leave open." placeholder:"NAME=VALUE" mapsep:"none"`
	Sep       string            `help:"Separator of csv files, when it is an unusual one."`
	Sheet     string            `help:"Sheet of workbooks that hold several tables."`
	Workers   int               `help:"Cores to use; all when 0." default:"0"`

	files opened
}

// prepare loads the scheme, opens the files and makes the run ready. The caller closes in.files.
func (in *inputs) prepare(g *globals) (*calc.Run, scheme.Folder, error) {
	plan, folder, err := in.plan(g)
	if err != nil {
		return nil, folder, err
	}
	profile, err := g.profile()
	if err != nil {
		return nil, folder, err
	}
	r := &calc.Run{Plan: plan, Profile: profile, Workers: in.Workers}
	r.Inputs.Options = bankfile.Options{Separator: in.Sep, Sheet: in.Sheet}
	if in.Workers > 0 {
		runtime.GOMAXPROCS(in.Workers)
	}
	var faults fault.List
	for _, x := range []struct {
		path string
		to   **bankfile.Input
	}{{in.Contracts, &r.Inputs.Contracts}, {in.Ledger, &r.Inputs.Ledger}, {in.List, &r.Inputs.List}, {in.Notes, &r.Inputs.Notes},
		{in.Fees, &r.Inputs.Fees}, {in.History, &r.Inputs.History}, {in.Approvals, &r.Inputs.Approvals}} {
		var f *fault.Fault
		*x.to, f = in.files.open(x.path)
		faults.Add(f)
	}
	if in.List == "" && plan.TestsList() {
		faults.Add(faultNoList.New())
	}
	return r, folder, exit(exitInput, faults.Err())
}

func (in *inputs) plan(g *globals) (*subsidy.Plan, scheme.Folder, error) {
	folder, err := g.folder(in.Scheme)
	if err != nil {
		return nil, folder, err
	}
	s, faults := folder.Load(in.Set)
	if err := faults.Err(); err != nil {
		return nil, folder, exit(exitScheme, err)
	}
	var ref *scheme.Reference
	if s.UsesReference() {
		if ref, err = g.reference(); err != nil {
			return nil, folder, err
		}
	}
	plan, err := subsidy.NewPlan(s, in.Year, ref)
	return plan, folder, exit(exitScheme, err)
}

// hashed is the digests of the input files, made beside the calculation.
type hashed struct {
	sums map[string]calc.Digest
	err  error
	done chan struct{}
}

// hash begins to read the files for their digests; wait for done before the files are closed.
func (in *inputs) hash(r *calc.Run) *hashed {
	h := &hashed{sums: map[string]calc.Digest{}, done: make(chan struct{})}
	go func() {
		defer close(h.done)
		for kind, x := range r.Inputs.All() {
			sum := sha256.New()
			if _, err := io.Copy(sum, io.NewSectionReader(x.Data, 0, x.Size)); err != nil {
				h.err = fmt.Errorf("reading %s: %w", x.Name, err)
				return
			}
			h.sums[string(kind)] = calc.Digest{File: x.Name, Bytes: x.Size, SHA256: hex.EncodeToString(sum.Sum(nil))}
		}
	}()
	return h
}

// digests waits for the digests and adds how each file was read.
func (h *hashed) digests(r *calc.Run) (map[string]calc.Digest, error) {
	<-h.done
	for kind, how := range r.InputLayouts() {
		d := h.sums[kind]
		d.Encoding, d.Sorted = how.Encoding, how.Sorted
		h.sums[kind] = d
	}
	return h.sums, h.err
}
