package store

import (
	"context"
	"database/sql"

	"ganlan/day"
	"ganlan/loan"
	"ganlan/money"
)

// Lines are what belongs to one contract: its ledger, notes and fees, each with the revision under which it is kept.
type Lines struct {
	Entries                      []loan.Entry
	Notes                        []loan.Note
	Fees                         []loan.Fee
	EntryRevs, NoteRevs, FeeRevs []int64
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

// Entry takes a line of a contract's ledger.
func (a *LineAdder) Entry(ctx context.Context, batch int64, contract string, e *loan.Entry) error {
	tx := a.entries.tx
	return a.entries.add(ctx, tx.NewID(), a.org, batch, e.Row, contract, e.Note, dayText(e.Date), int64(e.Kind), int64(e.Amount), dayText(e.NewEnd), tx.Now, Current)
}

// Note takes a note of a contract.
func (a *LineAdder) Note(ctx context.Context, batch int64, contract string, n *loan.Note) error {
	tx := a.notes.tx
	return a.notes.add(ctx, tx.NewID(), a.org, batch, n.Row, contract, n.No, dayText(n.Start), dayText(n.End), int64(n.Amount), tx.Now, Current)
}

// Fee takes a fee of a contract.
func (a *LineAdder) Fee(ctx context.Context, batch int64, contract string, f *loan.Fee) error {
	tx, rate := a.fees.tx, ""
	if f.Rate.OK {
		rate = RateText(f.Rate.Value)
	}
	return a.fees.add(ctx, tx.NewID(), a.org, batch, f.Row, contract, f.Note, f.GuaranteeNo, rate, int64(f.Fee), int64(f.Refund), dayText(f.Paid),
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

// LinesOf are a contract's lines that held at a time, as known then, in the order in which they were reported.
func LinesOf(ctx context.Context, tx *Tx, at, org int64, contract string) (out Lines, err error) {
	args := []any{at, org, contract}
	where := " where " + known(1) + " and org = $2 and contract = $3 order by rev"
	err = each(ctx, tx, "select rev, file_row, note, day, kind, amount, new_end from ledger_line"+where, args, func(r *sql.Rows) error {
		var e loan.Entry
		var rev int64
		err := r.Scan(&rev, &e.Row, &e.Note, dayInto(&e.Date), &e.Kind, &e.Amount, dayInto(&e.NewEnd))
		out.Entries, out.EntryRevs = append(out.Entries, e), append(out.EntryRevs, rev)
		return err
	})
	if err != nil {
		return out, err
	}
	err = each(ctx, tx, "select rev, file_row, no, start_day, end_day, amount from note"+where, args, func(r *sql.Rows) error {
		var n loan.Note
		var rev int64
		err := r.Scan(&rev, &n.Row, &n.No, dayInto(&n.Start), dayInto(&n.End), &n.Amount)
		out.Notes, out.NoteRevs = append(out.Notes, n), append(out.NoteRevs, rev)
		return err
	})
	if err != nil {
		return out, err
	}
	err = each(ctx, tx, "select rev, file_row, note, guarantee, rate, amount, refund, paid, cover_from, cover_to from fee"+where, args, func(r *sql.Rows) error {
		var f loan.Fee
		var rev int64
		var rate string
		err := r.Scan(&rev, &f.Row, &f.Note, &f.GuaranteeNo, &rate, &f.Fee, &f.Refund, dayInto(&f.Paid), dayInto(&f.Cover.From), dayInto(&f.Cover.Until))
		if err == nil && rate != "" {
			var x money.Rate
			x, err = ReadRate(rate)
			f.Rate = loan.Give(x)
		}
		out.Fees, out.FeeRevs = append(out.Fees, f), append(out.FeeRevs, rev)
		return err
	})
	return out, err
}

// Interval is a stay of a household on the name list.
type Interval struct {
	Rev       int64
	Household string
	Span      day.Span
}

const intervalColumns = "rev, area, org, batch, household, valid_from, valid_to, recorded_at, superseded_at"

// IntervalAdder puts many intervals in.
type IntervalAdder struct {
	area string
	org  int64
	bulk *bulk
}

// NewIntervalAdder begins for the list of an area; Flush ends.
func NewIntervalAdder(tx *Tx, area string, org int64) *IntervalAdder {
	return &IntervalAdder{area, org, newBulk(tx, "list_interval", intervalColumns)}
}

// Add takes an interval. The last day is kept as the list gives it, empty for none.
func (a *IntervalAdder) Add(ctx context.Context, batch int64, household string, s day.Span) error {
	tx := a.bulk.tx
	return a.bulk.add(ctx, tx.NewID(), a.area, a.org, batch, household, dayText(s.From), lastDay(s), tx.Now, Current)
}

func lastDay(s day.Span) string {
	if s.Until == day.Open {
		return ""
	}
	return dayText(s.Until - 1)
}

// Flush puts the last ones in.
func (a *IntervalAdder) Flush(ctx context.Context) error { return a.bulk.flush(ctx) }

// SupersedeInterval ends an interval's revision.
func SupersedeInterval(ctx context.Context, tx *Tx, rev int64) error {
	return supersede(ctx, tx, "list_interval", rev)
}

// EachInterval gives the intervals of an area's list that held at a time, as known then; of one household when one is named.
func EachInterval(ctx context.Context, tx *Tx, at int64, area, household string, see func(Interval) error) error {
	query, args := "select rev, household, valid_from, valid_to from list_interval where "+known(1)+" and area = $2", []any{at, area}
	if household != "" {
		query, args = query+" and household = $3", append(args, household)
	}
	return each(ctx, tx, query+" order by household, valid_from", args, func(r *sql.Rows) error {
		var x Interval
		var last day.Date
		if err := r.Scan(&x.Rev, &x.Household, dayInto(&x.Span.From), dayInto(&last)); err != nil {
			return err
		}
		x.Span = day.Through(x.Span.From, last)
		return see(x)
	})
}
