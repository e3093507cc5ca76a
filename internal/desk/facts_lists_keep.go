package desk

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"ganlan/internal/auth"
	"ganlan/internal/seal"
	"ganlan/internal/store"
)

// ListChange is what a file of a list came to.
type ListChange struct {
	Kind        string           `json:"kind"`
	Added       int              `json:"added"`
	Ended       int              `json:"ended"`
	Differences []ListDifference `json:"differences"` // the first thousand
}

// ListRows is how many rows of lists are new.
func (x *Imported) ListRows() (n int) {
	for _, l := range x.Lists {
		n += l.Added
	}
	return n
}

// ListDifference is a row that holds from now on, or does no longer.
type ListDifference struct {
	Household string `json:"household"`
	Text      string `json:"text"`
	Ended     bool   `json:"ended"`
}

// said is a row of a list without how it is kept.
type said[T comparable] struct {
	household string
	says      T
}

func (l *listOf[T]) textOf(x said[T]) string {
	return fmt.Sprintf("%q %s", x.household, l.text(x.says))
}

// keep keeps a file of the list, if there is one.
func (l *listOf[T]) keep(k *keeping) error {
	b := k.batches[l.kind]
	if b == nil {
		return nil
	}
	was, other, err := l.current(k)
	if err != nil {
		return err
	}
	fresh, held := l.fresh(k, was)
	if len(was)+len(fresh) > 0 && other != 0 && k.who.May(auth.ListReplace, auth.Place{Area: k.up.Area, Org: other}) != nil {
		return faultListOther.New().Set("area", k.up.Area).Set("list", l.zh).Set("list_en", l.en).Set("org", other)
	}
	b.Rows, b.Whole, b.HeldMAC = int64(len(held)), true, k.d.heldMAC(l.table.Name, k.up.Area, held)
	if b.Seq, err = k.nextSeq(b.Kind); err != nil {
		return err
	}
	out := ListChange{Kind: b.Kind}
	if err := l.end(k, was, &out); err != nil {
		return err
	}
	err = l.add(k, fresh, &out)
	k.out.Lists = append(k.out.Lists, out)
	return err
}

// current are the rows that hold, and an organisation other than the uploading one that handed some in; 0 for none. A list
// that is not as it was imported is not built upon.
func (l *listOf[T]) current(k *keeping) (was map[said[T]][]int64, other int64, err error) {
	was = map[said[T]][]int64{}
	err = l.each(k.ctx, k.d, k.tx, k.tx.Now, k.up.Area, func(x *store.AreaRow[T]) error {
		key := said[T]{x.Household, x.Says}
		was[key] = append(was[key], x.Rev)
		if x.Org != k.up.Org {
			other = x.Org
		}
		return nil
	})
	return was, other, err
}

// fresh are the rows of the file that do not hold yet, and what all of its rows say. Those that stay leave was.
func (l *listOf[T]) fresh(k *keeping, was map[said[T]][]int64) (fresh []store.AreaRow[T], held []string) {
	l.rows(k.r, func(household string, row int, says T) {
		x := said[T]{household, says}
		held = append(held, l.textOf(x))
		revs := was[x]
		switch {
		case len(revs) == 0:
			fresh = append(fresh, store.AreaRow[T]{Area: k.up.Area, Org: k.up.Org, Row: row, Household: household, Says: says})
		case len(revs) == 1:
			delete(was, x)
		default:
			was[x] = revs[1:]
		}
	})
	return fresh, held
}

// end supersedes what the file does not say any more.
func (l *listOf[T]) end(k *keeping, was map[said[T]][]int64, out *ListChange) error {
	gone := slices.SortedFunc(maps.Keys(was), func(a, b said[T]) int { return strings.Compare(l.textOf(a), l.textOf(b)) })
	for _, x := range gone {
		for _, rev := range was[x] {
			if err := l.table.Supersede(k.ctx, k.tx, rev); err != nil {
				return err
			}
			out.Ended++
			out.tell(ListDifference{x.household, l.text(x.says), true})
		}
	}
	return nil
}

func (l *listOf[T]) add(k *keeping, fresh []store.AreaRow[T], out *ListChange) error {
	add := l.table.Adder(k.tx, k.d.Ring)
	for _, x := range fresh {
		x.Batch = k.batches[l.kind].ID
		if err := k.count(l.kind, l.fen(x.Says), add.Add(k.ctx, x)); err != nil {
			return err
		}
		out.Added++
		out.tell(ListDifference{x.Household, l.text(x.Says), false})
	}
	return add.Flush(k.ctx)
}

func (c *ListChange) tell(x ListDifference) {
	if len(c.Differences) < mostDifferences {
		c.Differences = append(c.Differences, x)
	}
}

// each gives all rows of an area's list that held at a time, as known then. At the end it refuses a list that is not, row by
// row, the one after its last import; nothing that it gave may be used before.
func (l *listOf[T]) each(ctx context.Context, d *Desk, tx *store.Tx, at int64, area string, see func(*store.AreaRow[T]) error) error {
	return l.under(ctx, d, tx, d.Ring, at, area, see)
}

// whole is each for who needs what the rows say and not how they are kept: the list's own digest is enough.
func (l *listOf[T]) whole(ctx context.Context, d *Desk, tx *store.Tx, at int64, area string, see func(*store.AreaRow[T]) error) error {
	return l.under(ctx, d, tx, nil, at, area, see)
}

func (l *listOf[T]) under(ctx context.Context, d *Desk, tx *store.Tx, rows *seal.Ring, at int64, area string, see func(*store.AreaRow[T]) error) error {
	var held []string
	err := l.table.Each(ctx, tx, rows, at, area, "", func(x *store.AreaRow[T]) error {
		held = append(held, l.textOf(said[T]{x.Household, x.Says}))
		return see(x)
	})
	if err != nil {
		return err
	}
	want := ""
	err = store.EachBatch(ctx, tx, d.Ring, at, "area = $2 and kind = $3", []any{area, string(l.kind)}, func(b store.Batch) error { want = b.HeldMAC; return nil })
	if err == nil && (want != "" || len(held) > 0) && d.heldMAC(l.table.Name, area, held) != want {
		err = faultList.New().Set("area", area).Set("list", l.zh).Set("list_en", l.en)
	}
	return err
}

// check looks at the list as it was after each of its imports, and at every row there ever was.
func (l *listOf[T]) check(ctx context.Context, d *Desk, tx *store.Tx) error {
	areas, err := l.table.Areas(ctx, tx)
	if err != nil {
		return err
	}
	for _, area := range areas {
		if err := l.table.Each(ctx, tx, d.Ring, store.AllTimes, area, "", func(*store.AreaRow[T]) error { return nil }); err != nil {
			return err
		}
		var times []int64
		err := store.EachBatch(ctx, tx, d.Ring, d.Clock().UnixMilli(), "area = $2 and kind = $3", []any{area, string(l.kind)}, func(b store.Batch) error {
			if b.HeldMAC != "" {
				times = append(times, b.Recorded)
			}
			return nil
		})
		for _, at := range times {
			if err == nil {
				err = l.each(ctx, d, tx, at, area, func(*store.AreaRow[T]) error { return nil })
			}
		}
		if err != nil {
			return err
		}
	}
	return nil
}
