package desk

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"time"

	"ganlan/fault"
	"ganlan/internal/auth"
	"ganlan/internal/queue"
	"ganlan/internal/seal"
	"ganlan/internal/store"
)

// mostHead is how long a backup's head may be, in bytes.
const mostHead = 64 << 10

// openBackup reads the head of a backup and opens its sealed content.
func openBackup(f *os.File, m *seal.Master) (head BackupHead, content *bufio.Reader, err error) {
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return head, nil, err
	}
	r := bufio.NewReaderSize(f, mostHead)
	line, err := r.ReadSlice('\n')
	if err != nil || json.Unmarshal(line, &head) != nil || head.Format != backupFormat {
		return head, nil, FaultBackupFile.New().Set("file", f.Name()).Set("text", "head")
	}
	stream, err := seal.NewStreamReader(r, m, head.Key, bytes.Clone(line))
	return head, bufio.NewReaderSize(stream, 64<<10), err
}

// readBackup reads a backup to its end: every chunk, the digest of the content, and that nothing is missing. use gets the dump
// and must read all of it.
func readBackup(f *os.File, m *seal.Master, use func(BackupHead, io.Reader) ([]store.TableRows, error)) (info BackupInfo, err error) {
	head, content, err := openBackup(f, m)
	if err != nil {
		return info, err
	}
	info.BackupHead = head
	plain, err := gzip.NewReader(content)
	if err != nil {
		return info, backupFault(f, err)
	}
	plain.Multistream(false) // the digest stands behind it
	digest := seal.NewHash()
	if info.Tables, err = use(head, io.TeeReader(plain, digest)); err != nil {
		return info, backupFault(f, err)
	}
	want, err := io.ReadAll(content)
	if err == nil && !bytes.Equal(want, digest.Sum(nil)) {
		err = FaultBackupFile.New().Set("file", f.Name()).Set("text", "digest")
	}
	info.Digest = hex.EncodeToString(want)
	return info, err
}

// backupFault says of which file something is not right.
func backupFault(f *os.File, err error) error {
	if errors.Is(err, gzip.ErrHeader) || errors.Is(err, gzip.ErrChecksum) {
		return FaultBackupFile.New().Set("file", f.Name()).Set("text", err.Error())
	}
	return err
}

// Restoring says what to restore, and where.
type Restoring struct {
	From string // backup file
	Key  string // file of the master key that the backup was made with
	Dir  string // data folder; it holds no database yet
	URL  string // PostgreSQL, empty; without it the SQLite file in the data folder
}

// Restore puts a backup into an empty place. The whole file is proved before anything is touched. The database cannot be used
// until everything in it agrees; a restore that was broken off is begun again in the same place. It has an entry in the
// restored audit.
func Restore(ctx context.Context, who auth.Actor, in Restoring, clock func() time.Time) (info BackupInfo, err error) {
	if err := who.May(auth.BackupRestore, auth.Place{}); err != nil {
		return info, err
	}
	m, f, err := openRestore(in)
	if err != nil {
		return info, err
	}
	defer f.Close()
	if info, err = provenBackup(f, m, clock()); err != nil {
		return info, err
	}
	if err := os.MkdirAll(filepath.Dir(KeyFile(in.Dir)), 0o700); err != nil {
		return info, folder(in.Dir, err)
	}
	if err := sameMaster(in.Dir, m); err != nil {
		return info, err
	}
	db, err := store.OpenEmpty(ctx, store.Options{Dir: in.Dir, URL: in.URL, Also: queue.Tables}, info.Schema)
	if err != nil {
		return info, err
	}
	d := &Desk{DB: db, Clock: clock, Dir: in.Dir, master: m}
	defer d.Close()
	if err := placeMaster(in.Dir, m); err != nil {
		return info, err
	}
	return info, d.restore(ctx, who, f, info)
}

func openRestore(in Restoring) (*seal.Master, *os.File, error) {
	key, err := os.ReadFile(in.Key)
	if err != nil {
		return nil, nil, FaultNoMaster.New().Set("file", in.Key)
	}
	m, err := seal.ReadMaster(key)
	if err != nil {
		return nil, nil, err
	}
	f, err := os.Open(in.From)
	if err != nil {
		return nil, nil, FaultBackupFile.New().Set("file", in.From).Set("text", errors.Unwrap(err).Error())
	}
	return m, f, nil
}

// provenBackup reads all of a backup, and refuses one of a newer program and a clock that was set back.
func provenBackup(f *os.File, m *seal.Master, now time.Time) (BackupInfo, error) {
	info, err := readBackup(f, m, func(head BackupHead, dump io.Reader) ([]store.TableRows, error) {
		if err := store.CheckSchema(head.Schema); err != nil {
			return nil, err
		}
		return store.ReadDump(dump, store.DumpSink{})
	})
	if err == nil && now.UnixMilli() < info.MadeAt {
		err = store.FaultClock.New().Set("now", now.UTC().Format(time.DateTime)).Set("last", info.Time().UTC().Format(time.DateTime))
	}
	return info, err
}

// sameMaster refuses a folder that has another master key.
func sameMaster(dir string, m *seal.Master) error {
	have, err := readMaster(dir)
	for _, f := range fault.From(err) {
		if f.Code() == FaultNoMaster.Code {
			return nil
		}
	}
	if err == nil && have.ID() != m.ID() {
		err = seal.FaultMasterOther.New().Set("want", m.ID()).Set("got", have.ID())
	}
	return err
}

// placeMaster puts the master key into the folder, unless it is there.
func placeMaster(dir string, m *seal.Master) error {
	if _, err := os.Stat(KeyFile(dir)); err == nil {
		return nil
	}
	return writeMaster(KeyFile(dir), m)
}

// restore loads the rows in one transaction, brings the schema up to date, looks whether everything agrees, and only then lets
// the database be used.
func (d *Desk) restore(ctx context.Context, who auth.Actor, f *os.File, info BackupInfo) error {
	_, err := readBackup(f, d.master, func(_ BackupHead, dump io.Reader) (out []store.TableRows, err error) {
		err = d.DB.Aside(ctx, d.Clock(), func(tx *store.Tx) error {
			if out, err = d.DB.Load(ctx, tx, dump); err != nil {
				return err
			}
			return store.BeginRestore(ctx, tx)
		})
		return out, err
	})
	if err != nil {
		return err
	}
	if err := d.DB.Migrate(ctx); err != nil {
		return err
	}
	if err := d.openRing(ctx); err != nil {
		return err
	}
	if err := d.restoredAs(ctx, info); err != nil {
		return err
	}
	on := &Object{Kind: "backup", ID: info.Digest}
	return d.act(ctx, who, auth.BackupRestore, auth.Place{}, on, func(tx *store.Tx) (any, error) {
		return info.BackupHead.Audit, store.EndRestore(ctx, tx)
	})
}

// restoredAs looks whether everything in the restored database agrees, and its audit ends as the backup's.
func (d *Desk) restoredAs(ctx context.Context, info BackupInfo) error {
	if bad := d.Invariants(ctx); len(bad) > 0 {
		return bad.Err()
	}
	return d.DB.Look(ctx, d.Clock(), func(tx *store.Tx) error {
		n, digest, err := store.AuditEnd(ctx, tx)
		if err == nil && (n != info.Audit.Entries || digest != info.Audit.Digest) {
			err = FaultBackupEnd.New().Set("got", n).Set("want", info.Audit.Entries)
		}
		return err
	})
}

// checkMark is in the names of the throw-away places of BackupCheck.
const checkMark = "ganlan-check-"

// BackupCheck restores a backup into a throw-away place, looks whether everything agrees there, and removes it again.
func BackupCheck(ctx context.Context, who auth.Actor, from, key string, clock func() time.Time) (info BackupInfo, err error) {
	old, _ := filepath.Glob(filepath.Join(os.TempDir(), checkMark+"*"))
	for _, dir := range old { // of a check that was killed
		if store.Idle(dir) {
			_ = os.RemoveAll(dir)
		}
	}
	dir, err := os.MkdirTemp("", checkMark) // 0700
	if err != nil {
		return info, folder(os.TempDir(), err)
	}
	info, err = Restore(ctx, who, Restoring{From: from, Key: key, Dir: dir}, clock)
	return info, errors.Join(err, os.RemoveAll(dir))
}
