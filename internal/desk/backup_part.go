package desk

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

// part is a file under way: beside its place, under a name of its own, until it is whole.
type part struct {
	file *os.File
	to   string
}

// partName begins the names of files under way, whatever they are to be called: backups of other days are found by it too.
const partName = ".ganlan-backup.part-"

// newPart begins a file that is to be at a path where there is none. What a process that died left beside it is removed: its
// lock went with it.
func newPart(to string) (*part, error) {
	if _, err := os.Lstat(to); err == nil {
		return nil, FaultBackupTaken.New().Set("file", to)
	} else if !errors.Is(err, fs.ErrNotExist) {
		return nil, folder(filepath.Dir(to), err)
	}
	old, _ := filepath.Glob(filepath.Join(filepath.Dir(to), partName+"*"))
	for _, path := range old {
		if f, err := os.Open(path); err == nil {
			if syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB) == nil {
				_ = os.Remove(path)
			}
			_ = f.Close()
		}
	}
	f, err := os.CreateTemp(filepath.Dir(to), partName) // 0600
	if err == nil {
		err = syscall.Flock(int(f.Fd()), syscall.LOCK_EX)
	}
	if err != nil {
		return nil, folder(filepath.Dir(to), err)
	}
	return &part{f, to}, nil
}

// place puts the whole file where it belongs, so that it outlasts a loss of power.
func (p *part) place() error {
	if err := errors.Join(p.file.Sync(), p.file.Close()); err != nil {
		return err
	}
	if err := os.Rename(p.file.Name(), p.to); err != nil {
		return err
	}
	return syncFolder(filepath.Dir(p.to))
}

// drop removes what was not put in place.
func (p *part) drop() {
	if p.file.Close() == nil {
		_ = os.Remove(p.file.Name())
	}
}
