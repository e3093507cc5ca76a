package store

import (
	"context"
	"database/sql"

	"ganlan/loan"
)

// LinesOf are a contract's lines that held at a time, as known then, in the order in which they were kept.
func LinesOf(ctx context.Context, tx *Tx, at, org int64, contract string) (Lines, error) {
	all, err := LinesBetween(ctx, tx, at, org, contract, contract)
	if x := all[contract]; x != nil {
		return *x, err
	}
	return Lines{}, err
}

// LinesBetween are the lines of the contracts of an organisation from one number to another, both in, that held at a time:
// by contract, in the order in which they were kept.
func LinesBetween(ctx context.Context, tx *Tx, at, org int64, first, last string) (map[string]*Lines, error) {
	out := map[string]*Lines{}
	of := func(no string) *Lines {
		x := out[no]
		if x == nil {
			x = &Lines{}
			out[no] = x
		}
		return x
	}
	for _, read := range []func(context.Context, *Tx, string, []any, func(string) *Lines) error{readEntries, readNotes, readFees} {
		where, args := "org = $1 and contract >= $2 and contract <= $3", []any{org, first, last}
		if at != AllTimes {
			where, args = where+" and "+known(4), append(args, at)
		}
		if err := read(ctx, tx, where+" order by contract, rev", args, of); err != nil {
			return nil, err
		}
	}
	return out, nil
}

const heldColumns = "contract, rev, batch, recorded_at, superseded_at, file_row"

func readEntries(ctx context.Context, tx *Tx, where string, args []any, of func(string) *Lines) error {
	return each(ctx, tx, "select "+heldColumns+", note, day, kind, amount, new_end from ledger_line where "+where, args, func(r *sql.Rows) error {
		var no string
		var h Held
		var e loan.Entry
		err := r.Scan(&no, &h.Rev, &h.Batch, &h.Recorded, &h.Replaced, &e.Row, &e.Note, dayInto(&e.Date), &e.Kind, &e.Amount, dayInto(&e.NewEnd))
		x := of(no)
		x.Entries, x.EntriesHeld = append(x.Entries, e), append(x.EntriesHeld, h)
		return err
	})
}

func readNotes(ctx context.Context, tx *Tx, where string, args []any, of func(string) *Lines) error {
	return each(ctx, tx, "select "+heldColumns+", no, start_day, end_day, amount from note where "+where, args, func(r *sql.Rows) error {
		var no string
		var h Held
		var n loan.Note
		err := r.Scan(&no, &h.Rev, &h.Batch, &h.Recorded, &h.Replaced, &n.Row, &n.No, dayInto(&n.Start), dayInto(&n.End), &n.Amount)
		x := of(no)
		x.Notes, x.NotesHeld = append(x.Notes, n), append(x.NotesHeld, h)
		return err
	})
}

func readFees(ctx context.Context, tx *Tx, where string, args []any, of func(string) *Lines) error {
	query := "select " + heldColumns + ", note, guarantee, rate, amount, refund, paid, cover_from, cover_to from fee where " + where
	return each(ctx, tx, query, args, func(r *sql.Rows) error {
		var no, rate string
		var h Held
		var f loan.Fee
		err := r.Scan(&no, &h.Rev, &h.Batch, &h.Recorded, &h.Replaced, &f.Row, &f.Note, &f.GuaranteeNo, &rate, &f.Fee, &f.Refund, dayInto(&f.Paid),
			dayInto(&f.Cover.From), dayInto(&f.Cover.Until))
		if err == nil && rate != "" {
			f.Rate.OK = true
			f.Rate.Value, err = ReadRate(rate)
		}
		x := of(no)
		x.Fees, x.FeesHeld = append(x.Fees, f), append(x.FeesHeld, h)
		return err
	})
}

// CountLines is how many lines of all kinds and times an organisation's contracts have.
func CountLines(ctx context.Context, tx *Tx, org int64) (n int64, err error) {
	_, err = one(ctx, tx, "select (select count(*) from ledger_line where org = $1) + (select count(*) from note where org = $1) + "+
		"(select count(*) from fee where org = $1)", []any{org}, &n)
	return n, err
}

// At are the lines of all times that held at one, as known then.
func (x *Lines) At(at int64) (out Lines) {
	holds := func(h Held) bool { return h.Recorded <= at && at < h.Replaced }
	for i, h := range x.EntriesHeld {
		if holds(h) {
			out.Entries, out.EntriesHeld = append(out.Entries, x.Entries[i]), append(out.EntriesHeld, h)
		}
	}
	for i, h := range x.NotesHeld {
		if holds(h) {
			out.Notes, out.NotesHeld = append(out.Notes, x.Notes[i]), append(out.NotesHeld, h)
		}
	}
	for i, h := range x.FeesHeld {
		if holds(h) {
			out.Fees, out.FeesHeld = append(out.Fees, x.Fees[i]), append(out.FeesHeld, h)
		}
	}
	return out
}
