package desk

import (
	"context"
	"errors"
	"fmt"

	"ganlan/internal/store"
)

// checkFacts looks at every revision of every contract with its lines, and at every list: each is as it was imported, each
// revision begins where the one before ends, the last one holds, and there is no line that belongs to none.
func checkFacts(ctx context.Context, d *Desk, tx *store.Tx) error {
	orgs, err := store.ContractOrgs(ctx, tx)
	if err != nil {
		return err
	}
	var found error
	for _, org := range orgs {
		found = errors.Join(found, d.checkOrg(ctx, tx, org))
	}
	for _, l := range areaLists {
		found = errors.Join(found, l.check(ctx, d, tx))
	}
	return found
}

// revisionsAtOnce is how many revisions of contracts are looked at with their lines at once.
const revisionsAtOnce = 2000

func (d *Desk) checkOrg(ctx context.Context, tx *store.Tx, org int64) error {
	lines, behind := int64(0), ""
	for n := revisionsAtOnce; ; {
		var revs []store.Contract
		if err := store.RevisionsBehind(ctx, tx, org, behind, n, func(c *store.Contract) error { revs = append(revs, *c); return nil }); err != nil {
			return err
		}
		if len(revs) == 0 {
			break
		}
		whole := len(revs)
		if whole == n { // the last contract may have more
			for whole > 0 && revs[whole-1].No == revs[n-1].No {
				whole--
			}
			if whole == 0 {
				n *= 2
				continue
			}
		}
		seen, err := d.checkRevisions(ctx, tx, org, revs[:whole])
		if err != nil {
			return err
		}
		lines, behind = lines+seen, revs[whole-1].No
	}
	if all, err := store.CountLines(ctx, tx, org); err != nil || all != lines {
		return errors.Join(err, FaultInvariant.New().Set("rule", "lines").Set("text", fmt.Sprintf("机构 %d 有 %d 行明细不属于任何合同 (lines without a contract)", org, all-lines)))
	}
	return nil
}

// checkRevisions looks at all revisions of some contracts, in order, with their lines. It gives how many lines these have.
func (d *Desk) checkRevisions(ctx context.Context, tx *store.Tx, org int64, revs []store.Contract) (n int64, err error) {
	all, err := store.LinesBetween(ctx, tx, store.AllTimes, org, revs[0].No, revs[len(revs)-1].No)
	if err != nil {
		return 0, err
	}
	for from := 0; from < len(revs); {
		to := from + 1
		for to < len(revs) && revs[to].No == revs[from].No {
			to++
		}
		lines := all[revs[from].No]
		if lines == nil {
			lines = &store.Lines{}
		}
		if err := d.checkContract(revs[from:to], lines); err != nil {
			return 0, err
		}
		n += int64(len(lines.Entries) + len(lines.Notes) + len(lines.Fees))
		from = to
	}
	return n, nil
}

// checkContract looks at one contract's revisions with its lines of all times.
func (d *Desk) checkContract(revs []store.Contract, all *store.Lines) error {
	begins := map[int64]bool{}
	for i := range revs {
		c, end := &revs[i], store.Current
		if i+1 < len(revs) {
			end = revs[i+1].Recorded
		}
		begins[c.Recorded] = true
		if _, err := d.opened(c); err != nil {
			return err
		}
		if c.Replaced != end {
			return faultRow.New().Set("contract", c.No).Set("rev", c.Rev)
		}
		if err := d.checkText(c); err != nil {
			return err
		}
		if c.Recorded == c.Replaced { // never held, for another came in the same millisecond
			continue
		}
		held := all.At(c.Recorded)
		if err := d.checkLines(c, &held); err != nil {
			return err
		}
	}
	last := &revs[len(revs)-1]
	for _, kind := range [][]store.Held{all.EntriesHeld, all.NotesHeld, all.FeesHeld} {
		for _, h := range kind {
			if !begins[h.Recorded] || h.Replaced != store.Current && !begins[h.Replaced] {
				return faultLines.New().Set("contract", last.No).Set("rev", last.Rev)
			}
		}
	}
	return nil
}

// checkText refuses a text of a revision's lines that is not the one under its digest. Where there is none, the rows are read.
func (d *Desk) checkText(c *store.Contract) error {
	if c.Lines == "" {
		return nil
	}
	if b, err := readLineBytes(c.Lines); err != nil || d.rowsMAC(c.No, &b) != c.RowsMAC {
		return faultLines.New().Set("contract", c.No).Set("rev", c.Rev)
	}
	return nil
}
