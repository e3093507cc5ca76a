package calc

import (
	"fmt"
	"io"

	"ganlan/bankfile"
	"ganlan/claim"
	"ganlan/fault"
	"ganlan/money"
)

// Keep writes a file of the result, in place of one of the same name, and opens it for reading.
type Keep func(name string, write func(io.Writer) error) (*bankfile.Input, error)

// Reconciled says of one file that nothing was lost: what was taken and what was held back add up to the file, in rows and
// in money. Each of the three is read from its own file.
type Reconciled struct {
	File     string         `json:"file"`
	Input    bankfile.Money `json:"input"`
	Taken    bankfile.Money `json:"taken"`
	Held     bankfile.Money `json:"held_back"`
	HeldFile string         `json:"held_back_file,omitempty"`
}

// mostRounds bounds how often rows that depend on held ones turn out wrong in their turn; more than one round is rare.
const mostRounds = 8

// DoGood runs the calculation over what is right, and holds back the rows that are wrong and all that depends on them. The
// result is that of Do over the files of the taken rows. What is wrong with a file as a whole refuses it as Do does.
func (r *Run) DoGood(out Output, keep Keep, l fault.Lang) (*Result, map[bankfile.Kind]Reconciled, error) {
	res, err := r.Do(out)
	faults := fault.From(err)
	switch {
	case err == nil:
		all, err := r.allTaken()
		return res, all, err
	case faults == nil:
		return nil, nil, err
	case claim.NeedsWhole(r.Plan):
		return nil, nil, append(fault.List{faultHeldWhole.New()}, faults...)
	}
	h, last := newHeld(r, l), r
	r.held = faults.Refusals()
	for range mostRounds {
		ok, e := h.take(last, faults)
		if e != nil || !ok {
			return nil, nil, either2(e, err)
		}
		inputs, sums, e := h.split(keep)
		if e != nil {
			return nil, nil, e
		}
		if e := out.Reset(); e != nil {
			return nil, nil, e
		}
		last = &Run{Plan: r.Plan, Profile: r.Profile, Inputs: *inputs, Workers: r.Workers, Keep: r.Keep, Only: r.Only, Inquiry: r.Inquiry, Progress: r.Progress}
		res, e := last.Do(out)
		if e == nil {
			h.tell(res, sums)
			return res, sums, nil
		}
		if faults = fault.From(e); faults == nil {
			return nil, nil, e
		}
	}
	return nil, nil, err
}

func either2(a, b error) error {
	if a != nil {
		return a
	}
	return b
}

// allTaken is the reconciliation of files without a fault.
func (r *Run) allTaken() (map[bankfile.Kind]Reconciled, error) {
	out := map[bankfile.Kind]Reconciled{}
	for kind, in := range r.Inputs.All() {
		m, err := tally(r, kind, in)
		if err != nil {
			return nil, err
		}
		out[kind] = Reconciled{File: in.Name, Input: m, Taken: m}
	}
	return out, nil
}

func tally(r *Run, kind bankfile.Kind, in *bankfile.Input) (bankfile.Money, error) {
	f, faults := r.Profile.Open(*in, kind, r.Inputs.Options)
	if f == nil {
		return bankfile.Money{}, faults.Err()
	}
	defer f.Close()
	return f.Tally()
}

// split writes the rows that are taken and those that are held back, each in files of the same make as the user's, and
// proves that none was lost. A file of which nothing is held back stays as it is.
func (h *held) split(keep Keep) (*Inputs, map[bankfile.Kind]Reconciled, error) {
	inputs, sums := h.run.Inputs, map[bankfile.Kind]Reconciled{}
	places := inputs.places()
	for _, kind := range bankfile.Kinds() {
		to, used := places[kind] // a calculation does not use every kind of file
		if !used || *to == nil {
			continue
		}
		taken, sum, err := h.splitFile(kind, *to, keep)
		if err != nil {
			return nil, nil, err
		}
		*to, sums[kind] = taken, sum
	}
	return &inputs, sums, nil
}

// places are the files by kind, to be put in place of others.
func (in *Inputs) places() map[bankfile.Kind]**bankfile.Input {
	return map[bankfile.Kind]**bankfile.Input{bankfile.Contracts: &in.Contracts, bankfile.Ledger: &in.Ledger, bankfile.List: &in.List,
		bankfile.Notes: &in.Notes, bankfile.Fees: &in.Fees, bankfile.History: &in.History, bankfile.Approvals: &in.Approvals}
}

func (h *held) splitFile(kind bankfile.Kind, in *bankfile.Input, keep Keep) (*bankfile.Input, Reconciled, error) {
	sum := Reconciled{File: in.Name}
	f, faults := h.run.Profile.Open(*in, kind, h.run.Inputs.Options)
	if f == nil {
		return nil, sum, faults.Err()
	}
	defer f.Close()
	var err error
	if sum.Input, err = f.Tally(); err != nil {
		return nil, sum, err
	}
	n := 0
	if err := f.Rows(func(r *bankfile.Row) error { n += one(h.cause(kind, r) != nil); return nil }); err != nil {
		return nil, sum, err
	}
	if n == 0 {
		sum.Taken = sum.Input
		return in, sum, nil
	}
	name := string(kind) + f.Ending()
	mine := func(want bool) func(*bankfile.Row) (bool, error) {
		return func(r *bankfile.Row) (bool, error) { return (h.cause(kind, r) != nil) == want, nil }
	}
	back := bankfile.Part{File: f, Rows: n, Take: mine(true), Lang: h.lang, Why: func(r *bankfile.Row) string { return h.why(kind, r) }}
	good := bankfile.Part{File: f, Rows: sum.Input.Rows - n, Take: mine(false), Lang: h.lang}
	sum.HeldFile = "held-back/" + name
	heldInput, err := keep(sum.HeldFile, back.Write)
	if err != nil {
		return nil, sum, err
	}
	taken, err := keep("taken/"+name, good.Write)
	if err != nil {
		return nil, sum, err
	}
	return taken, sum, h.prove(kind, &sum, taken, heldInput)
}

func one(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

// prove reads what was written, and refuses when it is not the file again.
func (h *held) prove(kind bankfile.Kind, sum *Reconciled, taken, back *bankfile.Input) (err error) {
	if sum.Taken, err = tally(h.run, kind, taken); err != nil {
		return err
	}
	if sum.Held, err = tally(h.run, kind, back); err != nil {
		return err
	}
	both, err := sum.Taken.Plus(sum.Held)
	if err != nil {
		return err
	}
	if !both.Equal(sum.Input) || sum.Taken.Unreadable > 0 {
		return fault.List{faultReconcile.New().Set("file", sum.File).Set("input", amountsOf(sum.Input)).Set("taken", amountsOf(sum.Taken)).Set("held", amountsOf(sum.Held))}
	}
	return nil
}

// amountsOf is a file's rows and amounts in words.
func amountsOf(m bankfile.Money) string {
	text := fmt.Sprintf("%d", m.Rows)
	for _, key := range m.Columns() {
		text += fmt.Sprintf(" %s=%s", key, money.Fen(m.Fen[key]))
	}
	return text
}

// tell adds to the warnings what was held back.
func (h *held) tell(res *Result, sums map[bankfile.Kind]Reconciled) {
	for _, kind := range bankfile.Kinds() {
		sum := sums[kind]
		if sum.Held.Rows > 0 {
			res.Warned.add(fault.List{faultHeldBack.New().Set("file", sum.File).Set("rows", sum.Held.Rows)})
		}
		strange := 0
		for _, faults := range h.rows[kind] {
			for _, f := range faults {
				strange += one(f.Def == bankfile.FaultNoContract)
			}
		}
		if strange > 0 {
			res.Warned.add(fault.List{faultHeldUnknown.New().Set("file", sum.File).Set("rows", strange)})
		}
	}
	for _, f := range h.open {
		told := faultTotalTold.At(f.Place)
		told.With = f.With
		res.Warned.add(fault.List{told})
	}
}

var faultTotalTold = &fault.Def{Code: "TOTAL_OPEN", Warning: true, What: "合计行“{title}”为 {stated}，能读出的各行之和为 {sum}；暂存行改正后才能核对", Do: "交回暂存行时核对合计",
	WhatEn: "the total of {title} is {stated}, the rows that can be read add up to {sum}; it can be proved only when the held rows are corrected", DoEn: "check the total when the held rows are handed in"}

// unproved tells totals that differ because amounts of their column cannot be read from those that differ by their rows.
func unproved(faults fault.List) {
	type column struct{ file, sheet, title string }
	unread := map[column]bool{}
	for _, f := range faults {
		if f.Def == money.FaultAmount || f.Def == bankfile.FaultBlank {
			unread[column{f.Place.File, f.Place.Sheet, f.Place.Column}] = true
		}
	}
	for _, f := range faults {
		if f.Def == bankfile.FaultTotal && unread[column{f.Place.File, f.Place.Sheet, f.Place.Column}] {
			f.Def = faultTotalOpen
		}
	}
}
