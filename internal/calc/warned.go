package calc

import "ganlan/fault"

// Warned is the warnings of a run: all of them counted, the first of each code kept.
type Warned struct {
	List   fault.List
	Counts map[string]int
}

// mostOfACode is how many warnings of one code are kept; the rest is only counted.
const mostOfACode = 200

func (w *Warned) add(list fault.List) {
	for _, f := range list {
		if w.Counts == nil {
			w.Counts = map[string]int{}
		}
		if w.Counts[f.Code()]++; w.Counts[f.Code()] <= mostOfACode {
			w.List = append(w.List, f)
		}
	}
}

// Add adds warnings of the caller.
func (w *Warned) Add(list fault.List) { w.add(list) }

// Total is how many warnings there were, kept or only counted.
func (w *Warned) Total() (n int) {
	for _, k := range w.Counts {
		n += k
	}
	return n
}
