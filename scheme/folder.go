package scheme

import (
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"

	"ganlan/fault"
	"ganlan/rule"
)

// Folder is a scheme's folder: scheme.yaml, cases.yaml, readings.md, and forms of its own or of its area.
type Folder struct {
	FS  fs.FS
	Dir string
	ID  string
}

var areaFolder = regexp.MustCompile(`^(\d{6})-`)

// Folders are all schemes under a tree of policies, in order of their ids.
func Folders(policies fs.FS) (out []Folder, err error) {
	areas, err := fs.ReadDir(policies, ".")
	if err != nil {
		return nil, err
	}
	for _, a := range areas {
		code := areaFolder.FindStringSubmatch(a.Name())
		if !a.IsDir() || code == nil {
			continue
		}
		schemes, err := fs.ReadDir(policies, a.Name())
		if err != nil {
			return nil, err
		}
		for _, s := range schemes {
			dir := path.Join(a.Name(), s.Name())
			if _, err := fs.Stat(policies, path.Join(dir, "scheme.yaml")); err == nil {
				out = append(out, Folder{policies, dir, code[1] + "-" + s.Name()})
			}
		}
	}
	slices.SortFunc(out, func(a, b Folder) int { return slices.Compare([]string{a.ID}, []string{b.ID}) })
	return out, nil
}

// Find is the scheme of an id. The fault names the ids that are close.
func Find(policies fs.FS, id string) (Folder, error) {
	all, err := Folders(policies)
	if err != nil {
		return Folder{}, err
	}
	var ids []string
	for _, f := range all {
		if f.ID == id {
			return f, nil
		}
		ids = append(ids, f.ID)
	}
	return Folder{}, FaultNoScheme.New().Set("id", id).Near(id, ids)
}

// Load reads and checks the folder's scheme, which must be an interest subsidy; see LoadFolder for other kinds.
func (f Folder) Load(sets map[string]string) (*Scheme, fault.List) {
	if k := f.Kind(); k != "" && k != Interest {
		s := &Scheme{Head: Head{Kind: k, ID: f.ID}}
		return s, fault.List{FaultOtherKind.At(fault.Place{File: "scheme.yaml"}).Set("kind", k).Set("want", Interest)}
	}
	return LoadFolder(f, sets, func() *Scheme { return &Scheme{} })
}

// Kind is the kind of rule that the folder's scheme says it is; empty when its file cannot be read.
func (f Folder) Kind() Kind { return Kind(rule.Peek(f.Read("scheme.yaml"), "kind")) }

// LoadFolder reads and checks the folder's scheme of the kind that empty makes.
func LoadFolder[R Rules](f Folder, sets map[string]string, empty func() R) (R, fault.List) {
	data := f.Read("scheme.yaml")
	if data == nil {
		return empty(), fault.List{FaultNoScheme.New().Set("id", f.ID).Near("", nil)}
	}
	all := data // everything that the scheme is written in
	beside := func(file string) []byte {
		x, _ := fs.ReadFile(f.FS, path.Join(path.Dir(f.Dir), file))
		all = append(slices.Clip(all), x...)
		return x
	}
	r, faults := LoadBeside("scheme.yaml", data, sets, empty(), beside)
	h := r.Top()
	h.ID, h.Hash = f.ID, hash(all, sets)
	if n, ok := DocNumber(h.Document.Number); ok {
		h.Document.Number = n
	}
	h.Overridden = overridden(data, sets, empty, beside)
	area := path.Base(path.Dir(f.Dir))
	if code := areaFolder.FindStringSubmatch(area); code != nil && h.Area != "" && code[1] != h.Area {
		faults.Add(FaultOtherArea.At(fault.Place{File: "scheme.yaml"}).Set("area", h.Area).Set("folder", code[1]))
	}
	return r, faults
}

// overridden are the parameters that were set although the documents give them.
func overridden[R Rules](data []byte, sets map[string]string, empty func() R, beside Beside) (out []string) {
	if len(sets) == 0 {
		return nil
	}
	open := map[string]bool{}
	_, faults := LoadBeside("scheme.yaml", data, nil, empty(), beside)
	for _, x := range faults {
		if x.Def == rule.FaultRequired {
			open[x.With["name"]] = true
		}
	}
	for _, name := range slices.Sorted(maps.Keys(sets)) {
		if !open[name] {
			out = append(out, name)
		}
	}
	return out
}

// hash names exactly what was computed with: the file and what was set.
func hash(data []byte, sets map[string]string) string {
	h := sha256.New()
	h.Write(data)
	for _, k := range slices.Sorted(maps.Keys(sets)) {
		h.Write([]byte("\x00" + k + "=" + sets[k]))
	}
	return hex.EncodeToString(h.Sum(nil))
}

// Read is a file of the folder; nil when there is none.
func (f Folder) Read(name string) []byte {
	data, err := fs.ReadFile(f.FS, path.Join(f.Dir, name))
	if err != nil {
		return nil
	}
	return data
}

// Form is the definition of a form, of the scheme or of its area.
func (f Folder) Form(name string) (file string, data []byte) {
	for _, dir := range []string{f.Dir, path.Dir(f.Dir)} {
		file = path.Join(dir, "forms", name+".yaml")
		if data, err := fs.ReadFile(f.FS, file); err == nil {
			return file, data
		}
	}
	return file, nil
}
