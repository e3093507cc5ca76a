package desk

import (
	"context"
	"fmt"
	"strings"
	"time"

	"ganlan/bankfile"
	"ganlan/day"
	"ganlan/internal/auth"
	"ganlan/internal/store"
)

// Told is all that was known of a contract at a time, and who said so: from which row of which file, who handed it in, who
// confirmed it. Numbers of persons and accounts are masked.
type Told struct {
	Fact
	Known    int64 // ms
	Listed   []store.AreaRow[day.Span]
	Paid     []store.AreaRow[store.Paid]     // what its household was paid in former years
	Approved []store.AreaRow[store.Approval] // by how much it may exceed a cap
	History  []Revision                      // the oldest first
	Files    map[int64]Origin                // by the Batch of every row above
}

// Origin is where a row came from: a file of an import.
type Origin struct {
	Import    int64
	Kind      string
	File, SM3 string
	Login     string // who handed it in
	At        int64  // ms
	Decided   *store.ImportState
}

// Revision is one state of a contract, from when until when it was held to be true, and what was new in it.
type Revision struct {
	store.Held
	Row                    int
	Fields                 []FieldDifference // none in the first
	LinesAdded, LinesEnded int
}

// FactTold tells what was known of a contract of an organisation at a time. It changes nothing and leaves no entry.
func (d *Desk) FactTold(ctx context.Context, who auth.Actor, org int64, no string, known time.Time) (out Told, err error) {
	c, err := d.contractKnown(ctx, who, org, no, known)
	if err != nil {
		return out, err
	}
	err = d.look(ctx, who, auth.FactsRead, auth.Place{Area: c.Area, Org: c.Org}, func(tx *store.Tx) error {
		t := &telling{d: d, ctx: ctx, tx: tx, at: known.UnixMilli(), out: &out}
		return t.all(&c)
	})
	return out, err
}

// telling puts together what was known.
type telling struct {
	d   *Desk
	ctx context.Context
	tx  *store.Tx
	at  int64
	out *Told
}

func (t *telling) all(c *store.Contract) (err error) {
	t.out.Known = t.at
	if t.out.Fact, err = t.d.factOf(t.ctx, t.tx, c, t.at); err != nil {
		return err
	}
	if err := t.household(c); err != nil {
		return err
	}
	if err := t.history(c); err != nil {
		return err
	}
	return t.files()
}

// household adds what the area keeps of the contract's household.
func (t *telling) household(c *store.Contract) error {
	home := c.Household
	if home == "" {
		return nil
	}
	areas, err := areasAround(t.ctx, t.tx, c.Area)
	for _, area := range areas {
		if err == nil {
			err = store.Intervals.Each(t.ctx, t.tx, t.d.Ring, t.at, area, home, func(x *store.AreaRow[day.Span]) error { t.out.Listed = append(t.out.Listed, *x); return nil })
		}
		if err == nil {
			err = store.PaidBefore.Each(t.ctx, t.tx, t.d.Ring, t.at, area, home, func(x *store.AreaRow[store.Paid]) error { t.out.Paid = append(t.out.Paid, *x); return nil })
		}
		if err == nil {
			err = store.Approvals.Each(t.ctx, t.tx, t.d.Ring, t.at, area, home, func(x *store.AreaRow[store.Approval]) error { t.out.Approved = append(t.out.Approved, *x); return nil })
		}
	}
	return err
}

// areasAround are the areas of lists that hold a contract's own area.
func areasAround(ctx context.Context, tx *store.Tx, area string) (out []string, err error) {
	all, err := store.ListAreas(ctx, tx)
	for _, a := range all {
		if auth.Within(area, a) {
			out = append(out, a)
		}
	}
	return out, err
}

// history adds the states of the contract up to the time.
func (t *telling) history(c *store.Contract) error {
	lines, err := store.LinesBetween(t.ctx, t.tx, store.AllTimes, c.Org, c.No, c.No)
	if err != nil {
		return err
	}
	all := lines[c.No]
	if all == nil {
		all = &store.Lines{}
	}
	var revs []store.Contract
	err = store.RevisionsOf(t.ctx, t.tx, c.Org, c.No, func(x *store.Contract) error {
		if x.Recorded <= t.at {
			revs = append(revs, *x)
		}
		return nil
	})
	for i := range revs {
		if err == nil {
			err = t.revision(revs, i, all)
		}
	}
	return err
}

func (t *telling) revision(revs []store.Contract, i int, all *store.Lines) error {
	c := &revs[i]
	now, err := t.d.opened(c)
	if err != nil {
		return err
	}
	r := Revision{Held: store.Held{Rev: c.Rev, Batch: c.Batch, Recorded: c.Recorded, Replaced: c.Replaced}, Row: c.Row}
	if r.Replaced > t.at { // not yet known to be replaced
		r.Replaced = store.Current
	}
	if i > 0 {
		was, err := t.d.opened(&revs[i-1])
		if err != nil {
			return err
		}
		r.Fields = differing(&was, &now)
	}
	for _, kind := range [][]store.Held{all.EntriesHeld, all.NotesHeld, all.FeesHeld} {
		for _, h := range kind {
			if h.Recorded == c.Recorded {
				r.LinesAdded++
			}
			if h.Replaced == c.Recorded {
				r.LinesEnded++
			}
		}
	}
	t.out.History = append(t.out.History, r)
	return nil
}

// files adds the files that the rows came from.
func (t *telling) files() error {
	want := map[int64]bool{}
	for _, x := range [][]store.Held{t.out.EntriesHeld, t.out.NotesHeld, t.out.FeesHeld} {
		for _, h := range x {
			want[h.Batch] = true
		}
	}
	for _, h := range t.out.History {
		want[h.Batch] = true
	}
	for _, x := range t.out.Listed {
		want[x.Batch] = true
	}
	for _, x := range t.out.Paid {
		want[x.Batch] = true
	}
	for _, x := range t.out.Approved {
		want[x.Batch] = true
	}
	t.out.Files = map[int64]Origin{}
	all, err := t.d.importsKnown(t.ctx, t.tx, t.at, "1 = 1", nil)
	for _, x := range all {
		for _, b := range x.Files {
			if want[b.ID] {
				t.out.Files[b.ID] = Origin{x.ID, b.Kind, b.File, b.Digest, b.Login, b.Recorded, x.Decided}
			}
		}
	}
	return err
}

// Value is a value of a contract by its column's name, as it may be shown.
type Value struct{ Key, Text string }

// Values are a contract's values in one order, declared facts last; empty ones were not given.
func (f *Fact) Values() (out []Value) {
	for _, x := range append(fieldsOf(&f.Contract), factFields(&f.Contract)...) {
		if x.key == "annual_rate" {
			if x.text = f.Contract.Rate.String(); f.Contract.Pricing != nil {
				x.text += " (" + f.Contract.Pricing.String() + ")"
			}
		}
		out = append(out, Value{x.key, x.text})
	}
	return out
}

// ToldRow is a row of a file as a sentence.
type ToldRow struct {
	Kind  string // of the file
	Says  string
	Batch int64
	Row   int
}

// Rows are all rows that were known with the contract: its lines, then what the area keeps of its household.
func (t *Told) Rows() (out []ToldRow) {
	for i := range t.Entries {
		e := &t.Entries[i]
		out = append(out, ToldRow{string(bankfile.Ledger), join(e.Date, e.Kind, e.Amount, e.Note, e.NewEnd), t.EntriesHeld[i].Batch, e.Row})
	}
	for i := range t.Notes {
		n := &t.Notes[i]
		out = append(out, ToldRow{string(bankfile.Notes), join(n.No, n.Start, n.End, n.Amount), t.NotesHeld[i].Batch, n.Row})
	}
	for i := range t.Fees {
		f := &t.Fees[i]
		out = append(out, ToldRow{string(bankfile.Fees), join(f.Paid, f.Fee, f.Refund, f.Cover, f.GuaranteeNo, f.Note), t.FeesHeld[i].Batch, f.Row})
	}
	for _, x := range t.Listed {
		out = append(out, ToldRow{string(bankfile.List), nameList.text(x.Says), x.Batch, x.Row})
	}
	for _, x := range t.Paid {
		out = append(out, ToldRow{string(bankfile.History), paidList.text(x.Says), x.Batch, x.Row})
	}
	for _, x := range t.Approved {
		out = append(out, ToldRow{string(bankfile.Approvals), approvalList.text(x.Says), x.Batch, x.Row})
	}
	return out
}

// join puts what is given side by side.
func join(parts ...any) string {
	var out []string
	for _, p := range parts {
		if s := fmt.Sprint(p); s != "" {
			out = append(out, s)
		}
	}
	return strings.Join(out, " ")
}
