package store

import (
	"context"

	"ganlan/loan"
)

// Lines are what belongs to one contract: its ledger, notes and fees, each with how it is kept.
type Lines struct {
	Entries                          []loan.Entry
	Notes                            []loan.Note
	Fees                             []loan.Fee
	EntriesHeld, NotesHeld, FeesHeld []Held
}

// Held is how a row is kept: its revision, the file it came from, and from when until when it was held to be true.
type Held struct {
	Rev, Batch         int64
	Recorded, Replaced int64 // ms
}

const (
	ledgerColumns = "rev, org, batch, file_row, contract, note, day, kind, amount, new_end, recorded_at, superseded_at"
	noteColumns   = "rev, org, batch, file_row, contract, no, start_day, end_day, amount, recorded_at, superseded_at"
	feeColumns    = "rev, org, batch, file_row, contract, note, guarantee, rate, amount, refund, paid, cover_from, cover_to, recorded_at, superseded_at"
)

// LineAdder puts many lines in.
type LineAdder struct {
	org                  int64
	entries, notes, fees *bulk
}

// NewLineAdder begins for an organisation; Flush ends.
func NewLineAdder(tx *Tx, org int64) *LineAdder {
	return &LineAdder{org, newBulk(tx, "ledger_line", ledgerColumns), newBulk(tx, "note", noteColumns), newBulk(tx, "fee", feeColumns)}
}

// Entry takes a line of a contract's ledger under a rev.
func (a *LineAdder) Entry(ctx context.Context, rev, batch int64, contract string, e *loan.Entry) error {
	tx := a.entries.tx
	return a.entries.add(ctx, rev, a.org, batch, e.Row, contract, e.Note, dayText(e.Date), int64(e.Kind), int64(e.Amount), dayText(e.NewEnd), tx.Now, Current)
}

// Note takes a note of a contract.
func (a *LineAdder) Note(ctx context.Context, rev, batch int64, contract string, n *loan.Note) error {
	tx := a.notes.tx
	return a.notes.add(ctx, rev, a.org, batch, n.Row, contract, n.No, dayText(n.Start), dayText(n.End), int64(n.Amount), tx.Now, Current)
}

// Fee takes a fee of a contract.
func (a *LineAdder) Fee(ctx context.Context, rev, batch int64, contract string, f *loan.Fee) error {
	tx, rate := a.fees.tx, ""
	if f.Rate.OK {
		rate = RateText(f.Rate.Value)
	}
	return a.fees.add(ctx, rev, a.org, batch, f.Row, contract, f.Note, f.GuaranteeNo, rate, int64(f.Fee), int64(f.Refund), dayText(f.Paid),
		dayText(f.Cover.From), dayText(f.Cover.Until), tx.Now, Current)
}

// Flush puts the last lines in.
func (a *LineAdder) Flush(ctx context.Context) error {
	for _, b := range []*bulk{a.entries, a.notes, a.fees} {
		if err := b.flush(ctx); err != nil {
			return err
		}
	}
	return nil
}

// SupersedeEntry ends a ledger line's revision.
func SupersedeEntry(ctx context.Context, tx *Tx, rev int64) error {
	return supersede(ctx, tx, "ledger_line", rev)
}

// SupersedeNote ends a note's revision.
func SupersedeNote(ctx context.Context, tx *Tx, rev int64) error {
	return supersede(ctx, tx, "note", rev)
}

// SupersedeFee ends a fee's revision.
func SupersedeFee(ctx context.Context, tx *Tx, rev int64) error {
	return supersede(ctx, tx, "fee", rev)
}
