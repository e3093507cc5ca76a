package desk

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"ganlan/internal/auth"
	"ganlan/internal/seal"
	"ganlan/internal/store"
)

// asideFile is where a master key is kept that is not the one in use: the next one until the database is wrapped with it, and
// one that was, until a person removes it. Old backups need the master key that they were made with.
func asideFile(dir, id string) string { return KeyFile(dir) + "-" + id }

// settleMaster finds the master key that the database is wrapped with where a rotation was broken off between the database and
// the file, and ends that rotation.
func (d *Desk) settleMaster(ctx context.Context, tx *store.Tx) error {
	keys, err := store.SealKeys(ctx, tx)
	if err != nil || len(keys) == 0 || keys[0].Master == d.master.ID() {
		return err
	}
	data, err := os.ReadFile(asideFile(d.Dir, keys[0].Master))
	if err != nil {
		return nil // the ring says which key is wanted
	}
	m, err := seal.ReadMaster(data)
	if err != nil || m.ID() != keys[0].Master {
		return err
	}
	old := d.master
	d.master = m
	return d.swapMaster(old)
}

// swapMaster puts the master key in use in its file's place, and the old one aside. A folder that cannot be written stays as
// it is: it opens all the same.
func (d *Desk) swapMaster(old *seal.Master) error {
	if err := os.Link(KeyFile(d.Dir), asideFile(d.Dir, old.ID())); err != nil && !errors.Is(err, os.ErrExist) {
		return nil
	}
	err := os.Rename(asideFile(d.Dir, d.master.ID()), KeyFile(d.Dir))
	if errors.Is(err, os.ErrNotExist) { // another process was faster
		return nil
	}
	return folder(KeyFile(d.Dir), errors.Join(err, syncFolder(filepath.Dir(KeyFile(d.Dir)))))
}

// Rotated is what a rotation came to.
type Rotated struct {
	Old      string `json:"old"`
	New      string `json:"new"`
	Kept     string `json:"kept,omitempty"` // file of the old master key
	Resealed int64  `json:"resealed"`       // values that were looked at
	Retired  int    `json:"retired"`        // keys
}

// RotateMaster makes a new master key and wraps all keys of the database with it; no value is touched. The new key's file is
// there before the database needs it, and the old one is kept aside under its id, so that the folder opens whenever the process
// dies. Nobody else may be in.
func RotateMaster(ctx context.Context, who auth.Actor, dir, url string, clock func() time.Time) (out Rotated, err error) {
	d, err := open(ctx, store.Options{Dir: dir, URL: url, Alone: true, Wait: aloneWait})
	if err != nil {
		return out, err
	}
	defer d.Close()
	d.Clock = clock
	on := &Object{Kind: "master key"}
	if err := who.May(auth.KeyRotate, auth.Place{}); err != nil {
		return out, d.refuse(ctx, who, auth.KeyRotate, on, err)
	}
	next, err := seal.NewMaster()
	if err != nil {
		return out, err
	}
	old := d.master
	out.Old, out.New, out.Kept = old.ID(), next.ID(), asideFile(dir, old.ID())
	if err := writeMaster(asideFile(dir, next.ID()), next); err != nil {
		return out, err
	}
	on.ID, on.Before = next.ID(), old.ID()
	err = d.act(ctx, who, auth.KeyRotate, auth.Place{}, on, func(tx *store.Tx) (any, error) { return next.ID(), rewrap(ctx, tx, old, next) })
	if err != nil {
		return out, err // the new key's file stays: a commit that was not answered may have been carried out
	}
	d.master = next
	return out, errors.Join(d.swapMaster(old), d.openRing(ctx))
}

func rewrap(ctx context.Context, tx *store.Tx, old, next *seal.Master) error {
	keys, err := store.SealKeys(ctx, tx)
	for _, w := range keys {
		if err == nil {
			w, err = next.Rewrap(old, w)
		}
		if err == nil {
			err = store.RewrapSealKey(ctx, tx, w)
		}
	}
	return err
}

// sealedColumns are all columns of sealed values. A new one adds its line, else its values would be lost with the key.
func sealedColumns() []store.SealedColumn {
	contract := func(kind, column string) store.SealedColumn {
		return store.SealedColumn{Table: "contract", Column: column, Key: "rev", Place: func(rev, _ int64) string { return sealPlace(kind, rev) }}
	}
	return append(store.AccountSecrets(), contract("id_no", "id_sealed"), contract("account", "account_sealed"))
}

// aloneWait is how long a rotation waits for others to be gone; a test waits less.
var aloneWait = 10 * time.Second

// resealAtOnce is how many values one transaction seals anew: few, so that others hardly wait.
const resealAtOnce = 500

// RotateValues makes a new key for values and seals every value with it anew; the keys that nothing is sealed with any more
// are retired. Only the new key needs to be alone, which takes a moment; the rest goes on beside others, and where it is broken
// off, the next call goes on with it. progress gets the number of values that were looked at; it may be nil.
func RotateValues(ctx context.Context, who auth.Actor, dir, url string, clock func() time.Time, progress func(int64)) (out Rotated, err error) {
	if err := newValueKey(ctx, who, dir, url, clock); err != nil {
		return out, err
	}
	d, err := open(ctx, store.Options{Dir: dir, URL: url})
	if err != nil {
		return out, err
	}
	defer d.Close()
	d.Clock = clock
	out.New = fmt.Sprint(d.Ring.Newest())
	for _, c := range sealedColumns() {
		if err := d.reseal(ctx, c, &out.Resealed, progress); err != nil {
			return out, err
		}
	}
	return out, d.retire(ctx, who, &out)
}

// newValueKey makes the next key for values, unless values are still to be sealed with the newest one.
func newValueKey(ctx context.Context, who auth.Actor, dir, url string, clock func() time.Time) error {
	d, err := open(ctx, store.Options{Dir: dir, URL: url, Alone: true, Wait: aloneWait})
	if err != nil {
		return err
	}
	defer d.Close()
	d.Clock = clock
	return d.act(ctx, who, auth.KeyRotate, auth.Place{}, &Object{Kind: "value key"}, func(tx *store.Tx) (any, error) {
		old, err := d.oldValueKeys(ctx, tx)
		if err != nil || len(old) > 0 {
			return "goes on", err
		}
		rows, err := store.KeyRows(ctx, tx)
		if err != nil {
			return nil, err
		}
		w, err := d.master.NewKey(rows[len(rows)-1].ID+1, seal.ValueKey)
		if err != nil {
			return nil, err
		}
		return w.ID, store.AddSealKey(ctx, tx, w)
	})
}

// oldValueKeys are the keys for values in use but for the newest.
func (d *Desk) oldValueKeys(ctx context.Context, tx *store.Tx) (out []int64, err error) {
	keys, err := store.SealKeys(ctx, tx)
	for _, w := range keys {
		if w.Kind == seal.ValueKey && w.ID != d.Ring.Newest() {
			out = append(out, w.ID)
		}
	}
	return out, err
}

func (d *Desk) reseal(ctx context.Context, c store.SealedColumn, count *int64, progress func(int64)) error {
	seen, after := resealAtOnce, int64(0)
	for seen == resealAtOnce {
		err := d.DB.Aside(ctx, d.Clock(), func(tx *store.Tx) (err error) {
			seen, after, err = c.Reseal(ctx, tx, d.Ring, after, resealAtOnce)
			return err
		})
		if err != nil {
			return err
		}
		if *count += int64(seen); progress != nil {
			progress(*count)
		}
	}
	return nil
}

// retire forgets the old keys for values, of which none may have a value left.
func (d *Desk) retire(ctx context.Context, who auth.Actor, out *Rotated) error {
	on := &Object{Kind: "value key"}
	return d.act(ctx, who, auth.KeyRotate, auth.Place{}, on, func(tx *store.Tx) (any, error) {
		old, err := d.oldValueKeys(ctx, tx)
		if err != nil {
			return nil, err
		}
		uses, err := keyUses(ctx, tx)
		if err != nil {
			return nil, err
		}
		for _, id := range old {
			if uses[id] > 0 {
				return nil, FaultKeyInUse.New().Set("key", id).Set("n", uses[id])
			}
			if err := store.RetireSealKey(ctx, tx, id); err != nil {
				return nil, err
			}
		}
		out.Old, out.Retired, on.ID = strings.Trim(fmt.Sprint(old), "[]"), len(old), fmt.Sprint(d.Ring.Newest())
		return map[string]any{"retired": old}, nil
	})
}

func keyUses(ctx context.Context, tx *store.Tx) (map[int64]int64, error) {
	uses := map[int64]int64{}
	for _, c := range sealedColumns() {
		if err := c.Uses(ctx, tx, uses); err != nil {
			return nil, err
		}
	}
	return uses, nil
}

// KeyState is a key of the database and what it does.
type KeyState struct {
	store.KeyRow
	Values int64  `json:"values"` // sealed with it
	State  string `json:"state"`  // seals, opens, finds, retired
}

// Keys lists the keys of the database with the number of values under each, and the ids of the master keys in the folder, the
// one in use first.
func (d *Desk) Keys(ctx context.Context, who auth.Actor) (out []KeyState, masters []string, err error) {
	err = d.look(ctx, who, auth.KeyRotate, auth.Place{}, func(tx *store.Tx) error {
		rows, err := store.KeyRows(ctx, tx)
		if err != nil {
			return err
		}
		uses, err := keyUses(ctx, tx)
		for _, k := range rows {
			out = append(out, KeyState{k, uses[k.ID], d.keyState(k)})
		}
		return err
	})
	return out, append([]string{d.master.ID()}, mastersAside(d.Dir)...), err
}

func (d *Desk) keyState(k store.KeyRow) string {
	switch {
	case k.Retired != 0:
		return "retired"
	case k.Kind == seal.IndexKey:
		return "finds"
	case k.ID == d.Ring.Newest():
		return "seals"
	}
	return "opens"
}

// mastersAside are the ids of the master keys that are kept aside in a folder.
func mastersAside(dir string) (out []string) {
	paths, _ := filepath.Glob(asideFile(dir, "*"))
	for _, p := range paths {
		out = append(out, strings.TrimPrefix(p, asideFile(dir, "")))
	}
	slices.Sort(out)
	return out
}
