package main

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"maps"
	"runtime"
	"slices"
	"strings"
	"sync"

	"ganlan/bankfile"
	"ganlan/fault"
	"ganlan/internal/calc"
	"ganlan/scheme"
	"ganlan/subsidy"
)

// inputs are the switches that calc and explain share.
type inputs struct {
	Scheme    string            `help:"Scheme id (see scheme list) or the path of its folder." placeholder:"ID|DIR"`
	Year      int               `help:"Claim year."`
	Contracts string            `help:"Contracts (csv or xlsx)." placeholder:"F"`
	Ledger    string            `help:"Drawdowns, repayments and other events." placeholder:"F"`
	List      string            `help:"Name list with its intervals." placeholder:"F"`
	Notes     string            `help:"Notes (借据) with their own due days." placeholder:"F"`
	Fees      string            `help:"Guarantee fees paid." placeholder:"F"`
	History   string            `help:"What earlier runs and other schemes paid." placeholder:"F"`
	Approvals string            `help:"Caps that may be exceeded, with reasons." placeholder:"F"`
	Set       map[string]string `help:"Give a parameter that the documents leave open." placeholder:"NAME=VALUE" mapsep:"none"`
	Profile   string            `help:"Profile of the files, by name (policies/standard/files); recognised by their headers when not given." placeholder:"NAME"`
	Sep       []string          `help:"Separator of csv files, when it is an unusual one; for one kind of file as ledger=SEP." placeholder:"[KIND=]SEP" sep:"none"`
	Sheet     []string          `help:"Sheet of workbooks that hold several tables, * for all of one header; for one kind of file as ledger=SHEET." placeholder:"[KIND=]SHEET" sep:"none"`
	Workers   int               `help:"Cores to use; all when 0." default:"0"`

	ref *scheme.Reference // nil for a scheme without reference rates

	files  opened
	digest bool // the files' digests are wanted

	forClaim bool // a claim with forms to be sealed names its input files by their digests
}

// Validate asks for the files that every claim needs.
func (in *inputs) Validate() error {
	return in.lacks(map[string]bool{"--scheme=ID|DIR": in.Scheme == "", "--year=INT": in.Year == 0, "--contracts=F": in.Contracts == "",
		"--ledger=F": in.Ledger == ""})
}

// lacks is the error of a command line without some switches.
func (*inputs) lacks(missing map[string]bool) error {
	maps.DeleteFunc(missing, func(_ string, lacks bool) bool { return !lacks })
	if len(missing) == 0 {
		return nil
	}
	return errors.New("missing flags: " + strings.Join(slices.Sorted(maps.Keys(missing)), ", "))
}

// prepare loads the scheme, opens the files and makes the run ready. The caller closes in.files.
func (in *inputs) prepare(g *globals) (*calc.Run, scheme.Folder, error) {
	plan, folder, err := in.plan(g)
	if err != nil {
		return nil, folder, err
	}
	in.digest = in.digest || in.forClaim && len(plan.Scheme.Forms) > 0
	profile, err := g.profile(in.Profile)
	if err != nil {
		return nil, folder, err
	}
	r := &calc.Run{Plan: plan, Profile: profile, Workers: in.Workers, Reference: g.reference}
	r.Inputs.Options = options(in.Sep, in.Sheet)
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
		*x.to, f = in.open(x.path)
		faults.Add(f)
	}
	in.tellApart(r)
	if in.List == "" && plan.TestsList() {
		faults.Add(faultNoList.New())
	}
	return r, folder, exit(exitInput, faults.Err())
}

// options are the switches --sep and --sheet: plain ones hold for all files, KIND=… for one kind.
func options(seps, sheets []string) (o bankfile.Options) {
	o.Separator, o.Separators = byKind(seps)
	o.Sheet, o.Sheets = byKind(sheets)
	return o
}

func byKind(given []string) (all string, of map[bankfile.Kind]string) {
	of = map[bankfile.Kind]string{}
	for _, s := range given {
		kind, value, ok := strings.Cut(s, "=")
		if ok && slices.Contains(bankfile.Kinds(), bankfile.Kind(kind)) {
			of[bankfile.Kind(kind)] = value
		} else {
			all = s
		}
	}
	return all, of
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
	in.ref = ref
	plan, err := subsidy.NewPlan(s, in.Year, ref)
	return plan, folder, exit(exitScheme, err)
}

// tellApart gives files of one name in different folders the paths they were given by, so that a fault's place is clear.
func (in *inputs) tellApart(r *calc.Run) {
	paths := map[bankfile.Kind]string{bankfile.Contracts: in.Contracts, bankfile.Ledger: in.Ledger, bankfile.List: in.List,
		bankfile.Notes: in.Notes, bankfile.Fees: in.Fees, bankfile.History: in.History, bankfile.Approvals: in.Approvals}
	byName := map[string]string{}
	twice := map[string]bool{}
	for kind, x := range r.Inputs.All() {
		if before, ok := byName[x.Name]; ok && before != paths[kind] {
			twice[x.Name] = true
		}
		byName[x.Name] = paths[kind]
	}
	for kind, x := range r.Inputs.All() {
		if twice[x.Name] {
			x.Name = paths[kind]
		}
	}
}

// open opens an input file; its digest grows as it is read when it is wanted.
func (in *inputs) open(path string) (*bankfile.Input, *fault.Fault) {
	x, f := in.files.open(path)
	if x != nil && in.digest {
		x.Data = &hashed{file: x.Data, size: x.Size, sum: sha256.New()}
	}
	return x, f
}

// hashed is an input file whose digest grows as it is read, so that it need not be read twice.
type hashed struct {
	file io.ReaderAt
	size int64
	mu   sync.Mutex
	sum  hash.Hash
	next int64 // all bytes before are in the digest
}

// ReadAt reads and takes what follows on the bytes already seen into the digest.
func (h *hashed) ReadAt(p []byte, off int64) (int, error) {
	n, err := h.file.ReadAt(p, off)
	h.mu.Lock()
	defer h.mu.Unlock()
	if end := off + int64(n); off <= h.next && h.next < end {
		h.sum.Write(p[h.next-off : n])
		h.next = end
	}
	return n, err
}

// digest reads what was never read in order, such as the parts of a workbook, and is then the digest of the whole file.
func (h *hashed) digest() (string, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if _, err := io.Copy(h.sum, io.NewSectionReader(h.file, h.next, h.size-h.next)); err != nil {
		return "", err
	}
	h.next = h.size
	return hex.EncodeToString(h.sum.Sum(nil)), nil
}

// digests are the input files by kind: name, size, digest, and how each was read.
func (in *inputs) digests(r *calc.Run) (map[string]calc.Digest, error) {
	out := r.InputLayouts()
	for kind, x := range r.Inputs.All() {
		d := out[string(kind)]
		d.File, d.Bytes = x.Name, x.Size
		if h, ok := x.Data.(*hashed); ok {
			var err error
			if d.SHA256, err = h.digest(); err != nil {
				return nil, fmt.Errorf("reading %s: %w", x.Name, err)
			}
		}
		out[string(kind)] = d
	}
	return out, nil
}
