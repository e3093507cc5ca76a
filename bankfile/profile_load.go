package bankfile

import (
	"maps"
	"slices"
	"strings"

	"ganlan/fault"
	"ganlan/money"
	"ganlan/rule"
)

// profileFile is a profile as it is written. One that extends another holds only what differs: its names and words come
// before the other's, and take them over where both have them.
type profileFile struct {
	Title      string                       `rule:"title,need"`
	Extends    string                       `rule:"extends"`
	Header     map[Kind][]string            `rule:"header"`
	Separator  string                       `rule:"separator"`
	Unit       unit                         `rule:"unit"`
	SheetFills string                       `rule:"sheet_fills"`
	Columns    map[Kind]map[string][]string `rule:"columns"`
	Words      struct {
		LedgerKind map[string][]string `rule:"ledger_kind"`
		Status     map[string][]string `rule:"status"`
		Purpose    map[string][]string `rule:"purpose"`
		Product    map[string][]string `rule:"product"`
		Yes        []string            `rule:"yes"`
		No         []string            `rule:"no"`
		Total      []string            `rule:"total"`
		Subtotal   []string            `rule:"subtotal"`
		Footer     []string            `rule:"footer"`
		Grade      map[string][]string `rule:"grade"`
		Sex        map[string][]string `rule:"sex"`
		Relation   map[string][]string `rule:"relation"`
		NoDate     []string            `rule:"no_date"`
	} `rule:"words"`
	rule.Spot
}

// unit is what one in a money column is worth.
type unit string

// Known lists the units.
func (unit) Known() []string { return []string{"分", "元", "万元"} }

// fen is the unit's worth; yuan when the profile names none.
func (u unit) fen() money.Fen {
	switch u {
	case "分":
		return 1
	case "万元":
		return 10000 * money.Yuan
	}
	return money.Yuan
}

// Standard is the name of the profile that all others may extend, and that reads what no other knows.
const Standard = "standard"

// LoadProfile reads a profile that extends no other.
func LoadProfile(file string, data []byte) (*Profile, fault.List) {
	name := strings.TrimSuffix(file[strings.LastIndexByte(file, '/')+1:], ".yaml")
	all, faults := loadProfiles(map[string][]byte{file: data})
	return all[name], faults
}

// LoadProfiles reads profiles, each from a file named after it, and gives the standard one. It recognises the headers of
// the others by the titles that they name under `header`.
func LoadProfiles(files map[string][]byte) (*Profile, fault.List) {
	all, faults := loadProfiles(files)
	p := all[Standard]
	if p == nil {
		faults.Add(FaultProfileMissing.New().Set("name", Standard).Set("known", strings.Join(slices.Sorted(maps.Keys(all)), "、")))
		return nil, faults
	}
	for _, name := range slices.Sorted(maps.Keys(all)) {
		if name != Standard {
			p.banks = append(p.banks, all[name])
		}
	}
	return p, faults
}

// Named is the profile of a name, among this one and those it recognises.
func (p *Profile) Named(name string) (*Profile, *fault.Fault) {
	if name == p.Name {
		return p, nil
	}
	known := []string{p.Name}
	for _, b := range p.banks {
		if b.Name == name {
			return b, nil
		}
		known = append(known, b.Name)
	}
	return nil, FaultProfileMissing.New().Set("name", name).Set("known", strings.Join(known, "、")).Near(name, known)
}

func loadProfiles(files map[string][]byte) (map[string]*Profile, fault.List) {
	l := loader{written: map[string]*profileFile{}, done: map[string]bool{}}
	for _, file := range slices.Sorted(maps.Keys(files)) {
		w := &profileFile{}
		faults := rule.Decode(file, files[file], w, nil)
		l.faults = append(l.faults, faults...)
		w.Place.File = file
		l.check(w)
		l.written[strings.TrimSuffix(file[strings.LastIndexByte(file, '/')+1:], ".yaml")] = w
	}
	out := map[string]*Profile{}
	for _, name := range slices.Sorted(maps.Keys(l.written)) {
		l.whole(name, nil)
		w := l.written[name]
		if w.Extends == "" && l.faults.Err() == nil {
			l.complete(w)
		}
		out[name] = w.build(name)
	}
	return out, l.faults
}

// loader puts together profiles that extend each other.
type loader struct {
	written map[string]*profileFile
	done    map[string]bool
	faults  fault.List
}

// whole adds to a profile what it takes from the one it extends.
func (l *loader) whole(name string, from []string) {
	w := l.written[name]
	if w.Extends == "" || l.done[name] {
		return
	}
	base := l.written[w.Extends]
	from = append(from, name)
	if base == nil || slices.Contains(from, w.Extends) {
		known := slices.Sorted(maps.Keys(l.written))
		l.faults.Add(FaultProfileMissing.At(w.Place).Set("name", w.Extends).Set("known", strings.Join(known, "、")).Near(w.Extends, known))
		return
	}
	l.done[name] = true
	l.whole(w.Extends, from)
	w.take(base)
}

// take fills what a profile leaves open from another.
func (w *profileFile) take(base *profileFile) {
	if w.Separator == "" {
		w.Separator = base.Separator
	}
	if w.Unit == "" {
		w.Unit = base.Unit
	}
	if w.SheetFills == "" {
		w.SheetFills = base.SheetFills
	}
	if w.Columns == nil {
		w.Columns = map[Kind]map[string][]string{}
	}
	for kind, names := range base.Columns {
		w.Columns[kind] = overlay(w.Columns[kind], names, plainName)
	}
	to, other := &w.Words, &base.Words
	same := func(s string) string { return s }
	to.LedgerKind, to.Status = overlay(to.LedgerKind, other.LedgerKind, same), overlay(to.Status, other.Status, same)
	to.Purpose, to.Product = overlay(to.Purpose, other.Purpose, same), overlay(to.Product, other.Product, same)
	to.Grade, to.Sex = overlay(to.Grade, other.Grade, same), overlay(to.Sex, other.Sex, same)
	to.Relation = overlay(to.Relation, other.Relation, same)
	to.NoDate = append(to.NoDate, other.NoDate...)
	to.Yes, to.No = without(to.Yes, other.Yes, to.No), without(to.No, other.No, to.Yes)
	to.Total, to.Footer = slices.Concat(to.Total, other.Total), slices.Concat(to.Footer, other.Footer)
	to.Subtotal = slices.Concat(to.Subtotal, other.Subtotal)
}

// overlay puts the names of one table under those of another, but for names that the other already uses.
func overlay(over, base map[string][]string, clean func(string) string) map[string][]string {
	taken := map[string]bool{}
	out := map[string][]string{}
	for key, names := range over {
		out[key] = slices.Clone(names)
		for _, n := range names {
			taken[clean(n)] = true
		}
	}
	for key, names := range base {
		for _, n := range names {
			if !taken[clean(n)] {
				out[key] = append(out[key], n)
			}
		}
		if out[key] == nil {
			out[key] = []string{}
		}
	}
	return out
}

// without adds words to a list, but for those that the profile gives another meaning.
func without(own, base, other []string) []string {
	out := slices.Clone(own)
	for _, w := range base {
		if !slices.Contains(other, w) {
			out = append(out, w)
		}
	}
	return out
}
