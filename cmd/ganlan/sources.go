package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"ganlan/bankfile"
	"ganlan/fault"
	"ganlan/policies"
	"ganlan/scheme"
)

// checkPolicies refuses a folder of policies that is not there.
func (g *globals) checkPolicies() error {
	if g.Policies == "" {
		return nil
	}
	if st, err := os.Stat(g.Policies); err != nil || !st.IsDir() {
		return exit(exitUsage, fault.List{faultNoFolder.New().Set("dir", g.Policies)})
	}
	return nil
}

// tree is the policies to use: the built-in ones, or a folder in their place.
func (g *globals) tree() fs.FS {
	if g.Policies != "" {
		return os.DirFS(g.Policies)
	}
	return policies.FS
}

// standard is a file of policies/standard; a folder that lacks it falls back to the built-in one.
func (g *globals) standard(name string) ([]byte, error) {
	if data, err := fs.ReadFile(g.tree(), "standard/"+name); err == nil {
		return data, nil
	}
	return fs.ReadFile(policies.FS, "standard/"+name)
}

// folder finds a scheme by its id, or by the path of its folder.
func (g *globals) folder(id string) (scheme.Folder, error) {
	if st, err := os.Stat(filepath.Join(id, "scheme.yaml")); err == nil && !st.IsDir() {
		abs, err := filepath.Abs(id)
		if err != nil {
			return scheme.Folder{}, err
		}
		area, name := filepath.Split(abs)
		return scheme.Folder{FS: os.DirFS(filepath.Dir(filepath.Clean(area))), Dir: filepath.Base(area) + "/" + name, ID: folderID(filepath.Base(area), name)}, nil
	}
	f, err := scheme.Find(g.tree(), id)
	return f, exit(exitScheme, err)
}

// folderID is <area>-<folder> for a folder inside an area's folder, else the folder's own name.
func folderID(area, name string) string {
	if code, _, ok := strings.Cut(area, "-"); ok && len(code) == 6 && strings.Trim(code, "0123456789") == "" {
		return code + "-" + name
	}
	return name
}

// reference reads the published rates.
func (g *globals) reference() (*scheme.Reference, error) {
	lpr, err := g.standard("lpr.yaml")
	if err != nil {
		return nil, err
	}
	benchmark, err := g.standard("benchmark.yaml")
	if err != nil {
		return nil, err
	}
	ref, faults := scheme.LoadReference(lpr, benchmark)
	return ref, exit(exitScheme, faults.Err())
}

func (g *globals) profile() (*bankfile.Profile, error) {
	data, err := g.standard("files.yaml")
	if err != nil {
		return nil, err
	}
	p, faults := bankfile.LoadProfile("standard/files.yaml", data)
	return p, exit(exitScheme, faults.Err())
}

// opened keeps the files of a run to be closed together.
type opened []*os.File

func (o *opened) open(path string) (*bankfile.Input, *fault.Fault) {
	if path == "" {
		return nil, nil
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, faultNoFile.New().Set("file", path)
	}
	st, err := f.Stat()
	if err != nil || st.IsDir() {
		f.Close()
		return nil, faultNoFile.New().Set("file", path)
	}
	*o = append(*o, f)
	return &bankfile.Input{Name: filepath.Base(path), Data: f, Size: st.Size()}, nil
}

func (o opened) close() {
	for _, f := range o {
		f.Close()
	}
}
