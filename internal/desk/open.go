package desk

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"ganlan/internal/queue"
	"ganlan/internal/seal"
	"ganlan/internal/store"
)

// KeyFile is where a data folder's master key is kept. It must have a second copy elsewhere, and never be in a backup of the
// database.
func KeyFile(dir string) string { return filepath.Join(dir, "keys", "master") }

// Open opens a data folder that was made: its master key, its database (the SQLite file in the folder, or a PostgreSQL by its
// address) and the keys in it. A missing or wrong key is refused before any value is read.
func Open(ctx context.Context, dir, url string) (*Desk, error) {
	return open(ctx, store.Options{Dir: dir, URL: url})
}

func open(ctx context.Context, o store.Options) (*Desk, error) {
	dir, url := o.Dir, o.URL
	if _, err := os.Stat(store.File(dir)); url == "" && errors.Is(err, fs.ErrNotExist) {
		return nil, FaultNoData.New().Set("dir", dir)
	}
	if st, err := os.Stat(dir); err != nil || !st.IsDir() {
		return nil, FaultNoData.New().Set("dir", dir)
	}
	o.Also = queue.Tables
	m, err := readMaster(dir)
	if err != nil {
		return nil, err
	}
	db, err := store.Open(ctx, o)
	if err != nil {
		return nil, err
	}
	d := &Desk{DB: db, Clock: time.Now, Dir: dir, master: m, cache: &runCache{}}
	if err := d.openWhole(ctx); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return d.withJobs()
}

// openWhole opens the keys of a database into which no restore was broken off.
func (d *Desk) openWhole(ctx context.Context) error {
	return d.DB.Look(ctx, d.Clock(), func(tx *store.Tx) (err error) {
		if err := d.settleMaster(ctx, tx); err != nil {
			return err
		}
		if d.Ring, err = d.ring(ctx, tx); err != nil {
			return err
		}
		if broken, err := store.Unfinished(ctx, tx); err != nil || broken {
			return orElse(err, FaultUnfinished.New())
		}
		return nil
	})
}

func (d *Desk) openRing(ctx context.Context) error {
	d.cache = &runCache{}
	return d.DB.Look(ctx, d.Clock(), func(tx *store.Tx) (err error) {
		d.Ring, err = d.ring(ctx, tx)
		return err
	})
}

// ring opens the database's keys with the master key.
func (d *Desk) ring(ctx context.Context, tx *store.Tx) (*seal.Ring, error) {
	keys, err := store.SealKeys(ctx, tx)
	if err != nil {
		return nil, err
	}
	if len(keys) == 0 {
		return nil, FaultNoData.New().Set("dir", d.Dir)
	}
	return seal.NewRing(d.master, keys)
}

func readMaster(dir string) (*seal.Master, error) {
	data, err := os.ReadFile(KeyFile(dir))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, FaultNoMaster.New().Set("file", KeyFile(dir))
	}
	if err != nil {
		return nil, folder(KeyFile(dir), err)
	}
	return seal.ReadMaster(data)
}

// Init makes a data folder: the master key's file, the database and the keys in it. A folder that was made is refused as it
// is; one whose making was broken off is finished. A key's file that is there is never overwritten.
func Init(ctx context.Context, dir, url string, clock func() time.Time) (*Desk, error) {
	if err := os.MkdirAll(filepath.Join(dir, "keys"), 0o700); err != nil {
		return nil, folder(dir, err)
	}
	db, err := store.Open(ctx, store.Options{Dir: dir, URL: url, Also: queue.Tables})
	if err != nil {
		return nil, err
	}
	d := &Desk{DB: db, Clock: clock, Dir: dir}
	if err := d.make(ctx); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return d.withJobs()
}

// make puts the first keys into an empty database, in one transaction with their entry.
func (d *Desk) make(ctx context.Context) error {
	now := d.Clock()
	err := d.DB.Do(ctx, now, func(tx *store.Tx) error {
		keys, err := store.SealKeys(ctx, tx)
		if err != nil {
			return err
		}
		if d.master, err = masterFor(d.Dir, len(keys) > 0); err != nil {
			return err
		}
		if len(keys) > 0 {
			return FaultMade.New().Set("dir", d.Dir)
		}
		for i, kind := range []seal.KeyKind{seal.ValueKey, seal.IndexKey} {
			w, err := d.master.NewKey(int64(i+1), kind)
			if err != nil {
				return err
			}
			if err := store.AddSealKey(ctx, tx, w); err != nil {
				return err
			}
		}
		_, err = d.DB.Append(ctx, tx, seal.Entry{Actor: "console", From: "console", Act: "data.init", Kind: "schema",
			Object: strconv.FormatInt(d.DB.Schema(), 10), After: `{"master":"` + d.master.ID() + `"}`, Result: done})
		return err
	})
	if err != nil {
		return err
	}
	return d.openRing(ctx)
}

// masterFor reads the folder's master key, and makes one where the database has no keys yet.
func masterFor(dir string, made bool) (*seal.Master, error) {
	_, err := os.Stat(KeyFile(dir))
	if !errors.Is(err, fs.ErrNotExist) || made {
		return readMaster(dir)
	}
	m, err := seal.NewMaster()
	if err != nil {
		return nil, err
	}
	return m, writeMaster(KeyFile(dir), m)
}

// writeMaster puts the whole file in place at once, readable by its owner alone, and never over one that is there.
func writeMaster(path string, m *seal.Master) error {
	f, err := os.CreateTemp(filepath.Dir(path), ".master-") // 0600
	if err != nil {
		return folder(path, err)
	}
	defer os.Remove(f.Name())
	_, err = f.Write(m.File())
	if err = errors.Join(err, f.Sync(), f.Close()); err == nil {
		err = os.Link(f.Name(), path)
	}
	if err == nil {
		err = syncFolder(filepath.Dir(path))
	}
	return folder(path, err)
}

// syncFolder makes the names in a folder outlast a loss of power.
func syncFolder(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

func folder(dir string, err error) error {
	var p *fs.PathError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &p):
		return FaultFolder.New().Set("dir", dir).Set("text", p.Err.Error())
	}
	return FaultFolder.New().Set("dir", dir).Set("text", err.Error())
}
