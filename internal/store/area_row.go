package store

import (
	"context"
	"database/sql"
	"strconv"
	"strings"

	"ganlan/internal/seal"
)

// AreaRow is a row of what an area keeps of its households as a whole: name list, what was paid before, approvals.
type AreaRow[T comparable] struct {
	Held
	Area      string
	Org       int64 // who handed it in
	Row       int   // of the file; 0 where it is not known
	Household string
	Says      T
}

// AreaTable is a table of such rows.
type AreaTable[T comparable] struct {
	Name    string
	columns string
	cells   func(T) []any
	into    func(*T) (cells []any, read func())
}

const areaColumns = "rev, area, org, batch, file_row, household, recorded_at, "

func (x *AreaRow[T]) values(t *AreaTable[T]) []any {
	return append([]any{x.Rev, x.Area, x.Org, x.Batch, x.Row, x.Household, x.Recorded}, t.cells(x.Says)...)
}

// AreaAdder puts many rows in.
type AreaAdder[T comparable] struct {
	table *AreaTable[T]
	ring  *seal.Ring
	bulk  *bulk
}

// Adder begins; Flush ends.
func (t *AreaTable[T]) Adder(tx *Tx, ring *seal.Ring) *AreaAdder[T] {
	return &AreaAdder[T]{t, ring, newBulk(tx, t.Name, areaColumns+t.columns+", mac, superseded_at")}
}

// Add takes a row, which gets a rev.
func (a *AreaAdder[T]) Add(ctx context.Context, x AreaRow[T]) error {
	x.Rev, x.Recorded = a.bulk.tx.NewID(), a.bulk.tx.Now
	v := x.values(a.table)
	return a.bulk.add(ctx, append(v, rowMAC(a.ring, a.table.Name, v...), Current)...)
}

// Flush puts the last rows in. One that somebody else put in meanwhile is a change since.
func (a *AreaAdder[T]) Flush(ctx context.Context) error { return a.bulk.flush(ctx) }

// Supersede ends a revision.
func (t *AreaTable[T]) Supersede(ctx context.Context, tx *Tx, rev int64) error {
	return supersede(ctx, tx, t.Name, rev)
}

// Each gives an area's rows that held at a time, as known then (all there ever were for AllTimes), in the order of households;
// of one household when one is named. A row that was not written by the program is a fault; without a ring that is left to who
// holds all rows together against the list's own digest.
func (t *AreaTable[T]) Each(ctx context.Context, tx *Tx, ring *seal.Ring, at int64, area, household string, see func(*AreaRow[T]) error) error {
	where, args := []string{"area = $1"}, []any{area}
	if at != AllTimes {
		where, args = append(where, known(2)), append(args, at)
	}
	if household != "" {
		args = append(args, household)
		where = append(where, "household = $"+strconv.Itoa(len(args)))
	}
	query := "select " + areaColumns + t.columns + ", mac, superseded_at from " + t.Name + " where " + strings.Join(where, " and ") + " order by household, rev"
	return each(ctx, tx, query, args, func(r *sql.Rows) error {
		var x AreaRow[T]
		var mac string
		cells, read := t.into(&x.Says)
		to := append([]any{&x.Rev, &x.Area, &x.Org, &x.Batch, &x.Row, &x.Household, &x.Recorded}, cells...)
		if err := r.Scan(append(to, &mac, &x.Replaced)...); err != nil {
			return err
		}
		if read(); ring != nil && mac != rowMAC(ring, t.Name, x.values(t)...) {
			return FaultForged.New().Set("table", t.Name).Set("id", x.Rev)
		}
		return see(&x)
	})
}

// Areas are the areas that have rows, of whatever time.
func (t *AreaTable[T]) Areas(ctx context.Context, tx *Tx) ([]string, error) {
	return areasOf(ctx, tx, "select distinct area from "+t.Name+" order by area")
}

// ListAreas are the areas that ever had a list.
func ListAreas(ctx context.Context, tx *Tx) ([]string, error) {
	return areasOf(ctx, tx, "select distinct area from batch where seq > 0 order by area")
}

func areasOf(ctx context.Context, tx *Tx, query string) (out []string, err error) {
	err = each(ctx, tx, query, nil, func(r *sql.Rows) error {
		var area string
		err := r.Scan(&area)
		out = append(out, area)
		return err
	})
	return out, err
}
