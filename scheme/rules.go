package scheme

import (
	"maps"
	"slices"
	"strings"

	"ganlan/fault"
	"ganlan/rule"
)

// Rules are a scheme of any kind.
type Rules interface {
	Top() *Head
	Check(*Checker) // adds what is wrong beyond what the words of the file allow, and makes conditions ready
	Words() []Line  // every value in words, in the order of the file
}

// Checker gathers what is wrong with a scheme file.
type Checker struct {
	File   string
	Faults fault.List
}

// Add records a fault.
func (c *Checker) Add(f *fault.Fault) { c.Faults.Add(f) }

// At is a place of the file.
func (c *Checker) At(p fault.Place) fault.Place {
	p.File = c.File
	return p
}

// Compile makes a condition ready; nil when it is faulty.
func (c *Checker) Compile(names rule.Names, text string, at fault.Place) *rule.Condition {
	cond, f := names.Compile(text, c.At(at))
	c.Add(f)
	return cond
}

// Cited records a rule that names no clause, reading or source.
func (c *Checker) Cited(x rule.Cite, at fault.Place) {
	if x.Text() == "" {
		c.Add(rule.FaultUncited.At(c.At(at)))
	}
}

// Placed gives faults the name of the file.
func (c *Checker) Placed(faults fault.List) fault.List {
	for _, f := range faults {
		f.Place = c.At(f.Place)
	}
	return faults
}

// LoadRules reads and checks a scheme file of the kind of empty. sets are parameters given by the user, by name. A list with
// any refusal comes without a scheme that could be used.
func LoadRules[R Rules](file string, data []byte, sets map[string]string, empty R) (R, fault.List) {
	return LoadBeside(file, data, sets, empty, nil)
}

// LoadBeside is LoadRules for a scheme that may take up files of its area.
func LoadBeside[R Rules](file string, data []byte, sets map[string]string, empty R, beside Beside) (R, fault.List) {
	r := rule.NewReader(sets)
	faults := r.Read(file, data, empty)
	h := empty.Top()
	h.Set = sets
	if rule.Unread(faults) {
		return empty, faults
	}
	if s, ok := any(empty).(Sharer); ok {
		faults = append(faults, share(r, s, beside)...)
	}
	c := &Checker{File: file, Faults: append(faults, r.Unknown()...)}
	c.head(h)
	empty.Check(c)
	c.terms(h)
	c.Faults.Sort()
	return empty, c.Faults
}

func (c *Checker) head(h *Head) {
	if len(h.Area) != 6 || strings.Trim(h.Area, "0123456789") != "" {
		c.Add(FaultArea.At(fault.Place{File: c.File}).Set("area", h.Area))
	}
}

func (c *Checker) terms(h *Head) {
	for _, k := range slices.Sorted(maps.Keys(h.Terms)) {
		if slices.Contains(terms, k) {
			continue
		}
		v := h.Terms[k]
		at := fault.Place{File: c.File}
		if v.Given() {
			at = c.At(v.First().Place)
		}
		c.Add(FaultTerm.At(at).Set("key", k).Near(k, terms).Set("known", strings.Join(terms, "、")))
	}
}

// Load reads and checks an interest scheme; see LoadRules.
func Load(file string, data []byte, sets map[string]string) (*Scheme, fault.List) {
	return LoadRules(file, data, sets, &Scheme{})
}
