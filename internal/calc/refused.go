package calc

import (
	"ganlan/bankfile"
	"ganlan/fault"
)

// Found are all faults of a run, those that refused it or held rows back first and then its warnings (of each class the first
// 200), each in the order of the files.
func (r *Run) Found(err error) fault.List {
	out := fault.From(err).Refusals()
	if err == nil {
		out = append(out, r.held...)
	}
	if r.res != nil {
		warned := append(fault.List(nil), r.res.Warned.List...)
		warned.Sort()
		out = append(out, warned...)
	}
	return out
}

// Copies are copies of the input files with the faults marked, for the files that have any. The inputs must still be open.
func (r *Run) Copies(faults fault.List, l fault.Lang) []bankfile.Copy {
	if r.files == nil {
		return nil
	}
	return bankfile.Marked(r.files.opened, faults, l)
}
