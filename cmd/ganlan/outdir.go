package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"

	"ganlan/fault"
)

// outDir is an output folder in the making: it stands beside its place under another name and takes the place in one step,
// so that a kill at any moment leaves either no folder or a complete one.
type outDir struct {
	place, temp string
}

const partMark = ".ganlan-part-"

// newOutDir begins a folder. A place that holds something this program did not write is refused, and a result with rows
// held back, which somebody may have corrected by now.
func newOutDir(place string) (*outDir, error) {
	place = filepath.Clean(place)
	if _, err := os.Stat(filepath.Join(place, "held-back")); err == nil {
		return nil, fault.List{faultOutHeld.New().Set("dir", place)}
	}
	if !replaceable(place) {
		return nil, fault.List{faultOutTaken.New().Set("dir", place)}
	}
	parent := filepath.Dir(place)
	if err := os.MkdirAll(parent, 0o755); err != nil {
		return nil, fmt.Errorf("making %s: %w", parent, err)
	}
	clearLeftovers(place)
	temp := filepath.Join(parent, "."+filepath.Base(place)+partMark+strconv.Itoa(os.Getpid()))
	if err := os.Mkdir(temp, 0o755); err != nil {
		return nil, fmt.Errorf("making the output folder: %w", err)
	}
	return &outDir{place, temp}, nil
}

// replaceable: nothing there, an empty folder, or a result of this program.
func replaceable(place string) bool {
	names, err := os.ReadDir(place)
	if os.IsNotExist(err) {
		return true
	}
	if err != nil {
		return false
	}
	data, err := os.ReadFile(filepath.Join(place, "summary.json"))
	return len(names) == 0 || err == nil && strings.Contains(string(data[:min(len(data), 200)]), `"program": "ganlan`)
}

// clearLeftovers removes what a killed run of the same place left behind. A result that it had moved aside is put back when
// nothing has taken its place.
func clearLeftovers(place string) {
	left, _ := filepath.Glob(filepath.Join(filepath.Dir(place), "."+filepath.Base(place)+partMark+"*"))
	for _, dir := range left {
		pid, err := strconv.Atoi(strings.TrimSuffix(dir[strings.LastIndex(dir, partMark)+len(partMark):], "-old"))
		if err != nil || syscall.Kill(pid, 0) == nil {
			continue
		}
		if _, err := os.Stat(place); !os.IsNotExist(err) || !strings.HasSuffix(dir, "-old") || os.Rename(dir, place) != nil {
			_ = os.RemoveAll(dir)
		}
	}
}

func (d *outDir) path(name string) string { return filepath.Join(d.temp, name) }

// create opens a file of the folder.
func (d *outDir) create(name string) (*os.File, error) { return os.Create(d.path(name)) }

// done puts the folder in its place.
func (d *outDir) done() error {
	old := d.temp + "-old"
	had := os.Rename(d.place, old) == nil
	if err := os.Rename(d.temp, d.place); err != nil {
		if had {
			_ = os.Rename(old, d.place)
		}
		return fmt.Errorf("putting the output in place: %w", err)
	}
	return os.RemoveAll(old)
}

// drop removes what was begun.
func (d *outDir) drop() { _ = os.RemoveAll(d.temp) }
