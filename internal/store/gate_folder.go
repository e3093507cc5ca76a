package store

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

// folderGate is the gate of a data folder, made of the system's file locks: DIR/lock is held shared by every process and
// whole by one that must be alone; DIR/nodes/N by the process that makes ids with that number.
type folderGate struct {
	dir        string
	lock, node *os.File
}

func (g *folderGate) made() bool {
	st, err := os.Stat(File(g.dir))
	return err == nil && st.Size() > 0
}

func (g *folderGate) enter(_ context.Context, alone bool) (bool, error) {
	f, err := lockFile(filepath.Join(g.dir, "lock"), alone)
	if err != nil || f == nil {
		return false, err
	}
	g.lock = f
	if !alone {
		return true, nil
	}
	notePid(f)
	db, err := os.OpenFile(File(g.dir), os.O_CREATE|os.O_RDWR, 0o600) // what SQLite makes beside it is as this file
	if err == nil {
		err = db.Close()
	}
	return true, folderFault(err)
}

// lockFile opens a file and takes its lock, whole or shared; nil when another process stands against it.
func lockFile(path string, whole bool) (*os.File, error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, folderFault(err)
	}
	how := syscall.LOCK_SH
	if whole {
		how = syscall.LOCK_EX
	}
	if err := syscall.Flock(int(f.Fd()), how|syscall.LOCK_NB); err != nil {
		if e := f.Close(); !errors.Is(err, syscall.EWOULDBLOCK) || e != nil {
			return nil, errors.Join(err, e)
		}
		return nil, nil
	}
	return f, nil
}

// folderFault is what the system says of a folder in which nothing can be written.
func folderFault(err error) error {
	switch {
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		return FaultReadOnly.New()
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		return FaultDiskFull.New()
	}
	return err
}

// Idle reports whether a data folder was used and no process is in it.
func Idle(dir string) bool {
	path := filepath.Join(dir, "lock")
	if _, err := os.Stat(path); err != nil {
		return false
	}
	f, err := lockFile(path, true)
	return f != nil && errors.Join(err, f.Close()) == nil
}

// notePid writes who holds a lock, for a person to read; what it says counts only while the lock is held.
func notePid(f *os.File) {
	if f.Truncate(0) == nil {
		_, _ = f.WriteAt([]byte(strconv.Itoa(os.Getpid())), 0)
	}
}

func (g *folderGate) leave(context.Context) (err error) {
	if g.lock != nil {
		err = g.lock.Close()
	}
	g.lock = nil
	return err
}

func (g *folderGate) number(context.Context) (int64, error) {
	if err := os.MkdirAll(filepath.Join(g.dir, "nodes"), 0o700); err != nil {
		return 0, folderFault(err)
	}
	for n := range int64(mostNodes) {
		f, err := lockFile(g.nodeFile(n), true)
		if err != nil {
			return 0, err
		}
		if f != nil {
			notePid(f)
			g.node = f
			return n, nil
		}
	}
	return 0, FaultNodes.New().Set("most", mostNodes)
}

func (g *folderGate) nodeFile(n int64) string {
	return filepath.Join(g.dir, "nodes", strconv.FormatInt(n, 10))
}

// others are the processes that hold a number, or the whole folder.
func (g *folderGate) others(context.Context) (out []string) {
	paths, _ := filepath.Glob(filepath.Join(g.dir, "nodes", "*"))
	for _, path := range append(paths, filepath.Join(g.dir, "lock")) {
		f, err := lockFile(path, false)
		if f != nil {
			_ = f.Close()
		} else if err == nil {
			pid, _ := os.ReadFile(path)
			out = append(out, strings.TrimSpace(string(pid)))
		}
	}
	return out
}

func (g *folderGate) note(context.Context, *DB) error { return nil }

func (g *folderGate) still(context.Context, *DB) error { return nil }

func (g *folderGate) close() error {
	err := g.leave(context.Background())
	if g.node != nil {
		err = errors.Join(err, g.node.Close())
	}
	return err
}
