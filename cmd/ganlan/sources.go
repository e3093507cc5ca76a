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

var faultOldFiles = &fault.Def{Code: "PROFILE_PLACE", What: "政策文件夹中的 standard/files.yaml 不再读取", Do: "把它移到 standard/files/ 下，改名为 <本县>.yaml，写上 title 和 extends: standard",
	WhatEn: "standard/files.yaml in the folder of policies is read no longer", DoEn: "move it into standard/files/ under a name of its own, with title and extends: standard"}

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

// profile reads the profiles of files: the built-in ones, and those of a folder of policies, which replace built-in ones of the
// same name. name picks one; without it files are recognised by their headers.
func (g *globals) profile(name string) (*bankfile.Profile, error) {
	files := map[string][]byte{}
	for _, tree := range []fs.FS{policies.FS, g.tree()} {
		names, err := fs.Glob(tree, "standard/files/*.yaml")
		if err != nil {
			return nil, err
		}
		for _, file := range names {
			if files[file], err = fs.ReadFile(tree, file); err != nil {
				return nil, err
			}
		}
	}
	p, faults := bankfile.LoadProfiles(files)
	if _, err := fs.Stat(g.tree(), "standard/files.yaml"); err == nil {
		faults.Add(faultOldFiles.New())
	}
	counties, err := g.standard("counties.yaml")
	if err != nil {
		return nil, err
	}
	table, more := bankfile.LoadCounties("counties.yaml", counties)
	faults = append(faults, more...)
	if err := faults.Err(); err != nil {
		return nil, exit(exitScheme, err)
	}
	p = p.WithCounties(table)
	if name == "" {
		return p, nil
	}
	p, f := p.Named(name)
	if f != nil {
		return nil, exit(exitUsage, f)
	}
	return p, nil
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
