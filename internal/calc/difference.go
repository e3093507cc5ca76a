package calc

import (
	"cmp"
	"strings"
	"sync"
	"sync/atomic"

	"ganlan/claim"
	"ganlan/money"
	"ganlan/scheme"
	"ganlan/subsidy"
)

// Inquiry says how the bank's differing figures are looked into. Without it they are only listed.
type Inquiry struct {
	Load      claim.Loader
	Reference *scheme.Reference // may be nil
	Most      int               // contracts that are looked into one by one; the rest is only counted
}

// differing is a contract whose figures differ, with those reckoned together with it.
type differing struct {
	contract string
	group    []*subsidy.Facts
}

// differ keeps the facts of a contract that is to be looked into. Workers stop keeping once the writer has enough: what it
// takes are always the first of the files, whatever the number of cores.
func (w *worker) differ(p *part, group []*subsidy.Facts, contract string) {
	p.differ = append(p.differ, differing{contract: strings.Clone(contract)})
	if w.run.Inquiry == nil || w.run.enough.Load() {
		return
	}
	kept := make([]*subsidy.Facts, len(group))
	for i, f := range group {
		kept[i] = detach(f)
	}
	p.differ[len(p.differ)-1].group = kept
}

// takeDiffering keeps the first contracts to be looked into and counts the others.
func (r *Run) takeDiffering(all []differing) {
	for _, d := range all {
		if r.Inquiry == nil || len(r.differing) >= r.Inquiry.Most {
			r.enough.Store(true)
			d.group = nil
		}
		if d.group != nil {
			r.differing = append(r.differing, d)
		}
	}
}

// examine looks into the contracts kept, on all cores, and lists every contract that differs.
func (r *Run) examine() error {
	r.res.Findings = findingsOf(r.res.Differences)
	if r.Inquiry == nil || len(r.differing) == 0 {
		return nil
	}
	q := claim.NewInquiry(r.Plan, r.Inquiry.Load, r.Inquiry.Reference)
	at := make(map[string]*claim.Finding, len(r.res.Findings))
	for i := range r.res.Findings {
		at[r.res.Findings[i].Contract] = &r.res.Findings[i]
	}
	var next atomic.Int64
	var wg sync.WaitGroup
	errs := make([]error, r.Workers)
	for i := range r.Workers {
		wg.Go(func() {
			for k := next.Add(1) - 1; int(k) < len(r.differing); k = next.Add(1) - 1 {
				d := r.differing[k]
				f, err := q.Examine(d.group, d.contract)
				if err != nil {
					errs[i] = err
					return
				}
				*at[d.contract] = f
			}
		})
	}
	wg.Wait()
	return cmp.Or(errs...)
}

// findingsOf are the contracts of a list of differences, not yet looked into.
func findingsOf(ds []claim.Difference) (out []claim.Finding) {
	for _, d := range ds {
		if n := len(out); n == 0 || out[n-1].Contract != d.Contract {
			out = append(out, claim.NotExamined(d.Contract))
		}
		out[len(out)-1].Take(d)
	}
	return out
}

// CauseSum is how many contracts differ for one cause, and by how much the bank states more in all.
type CauseSum struct {
	Contracts int       `json:"contracts"`
	Fen       money.Fen `json:"fen"`
}

// causeSums adds up the findings by cause.
func causeSums(fs []claim.Finding) map[string]CauseSum {
	out := map[string]CauseSum{}
	for i := range fs {
		s := out[string(fs[i].Cause)]
		s.Contracts++
		s.Fen += fs[i].By()
		out[string(fs[i].Cause)] = s
	}
	return out
}

// CausesInOrder are the causes of a summary in the order in which they are listed.
func (s *Summary) CausesInOrder() (out []claim.Cause) {
	for _, c := range claim.Causes() {
		if _, ok := s.Causes[string(c)]; ok {
			out = append(out, c)
		}
	}
	return out
}

// detach gives facts texts of their own, so that a few contracts do not keep whole blocks of the files in memory.
func detach(f *subsidy.Facts) *subsidy.Facts {
	g := cloneFacts(f)
	c := &g.Contract
	for _, s := range []*string{&c.No, &c.Household, &c.IDType, &c.IDNo, &c.Name, &c.Branch, &c.BranchName, &c.Region, &c.Product,
		&c.ProductCode, &c.Purpose, &c.Status, &c.Account} {
		*s = strings.Clone(*s)
	}
	for i := range g.Entries {
		g.Entries[i].Note = strings.Clone(g.Entries[i].Note)
	}
	for i := range g.Notes {
		g.Notes[i].No = strings.Clone(g.Notes[i].No)
	}
	g.Fees = nil // the fee is no part of the figures compared
	return g
}
