package calc

import (
	"regexp"
	"slices"

	"ganlan/fault"
	"ganlan/rule"
	"ganlan/scheme"
)

// Proven is what proves a clause: worked cases that hold, and tests that name it.
type Proven struct {
	Cases []string `json:"cases,omitempty"` // <scheme id>: <case>
	Tests []string `json:"tests,omitempty"` // <file>: <test>
}

// Nothing reports whether nothing proves the clause.
func (p Proven) Nothing() bool { return len(p.Cases)+len(p.Tests) == 0 }

var openPoint = regexp.MustCompile(`OP-\d\d`)

// ProvenBy computes every case of the folders and lists for each clause the cases that hold. A case also proves the open
// points that its name mentions.
func ProvenBy(folders []scheme.Folder, ref *scheme.Reference) (map[rule.Clause]*Proven, fault.List) {
	out := map[rule.Clause]*Proven{}
	var all fault.List
	for _, f := range folders {
		proofs, faults := Prove(f, ref)
		all = append(all, faults...)
		for _, p := range proofs {
			if len(p.Differs) > 0 {
				continue
			}
			for _, id := range provenIDs(p) {
				if out[id] == nil {
					out[id] = &Proven{}
				}
				out[id].Cases = append(out[id].Cases, f.ID+": "+p.Name)
			}
		}
	}
	return out, all
}

func provenIDs(p scheme.Proof) []rule.Clause {
	ids := slices.Clone(p.Proves)
	for _, op := range openPoint.FindAllString(p.Name, -1) {
		ids = append(ids, rule.Clause(op))
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}
