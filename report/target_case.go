package report

import (
	"fmt"
	"maps"
	"math/big"
	"slices"

	"ganlan/day"
	"ganlan/fault"
	"ganlan/figure"
	"ganlan/money"
	"ganlan/rule"
	"ganlan/scheme"
)

// TargetCase is a worked example beside targets: facts as they stood on one or several days.
type TargetCase struct {
	scheme.CaseHead
	On       day.Date            `rule:"on,need"`
	Given    map[string]rule.Raw `rule:"given"` // facts of that day
	Readings []CaseReading       `rule:"readings"`
	Done     map[string]day.Date `rule:"done"` // milestones
	Want     TargetWant          `rule:"want,need"`
}

// CaseReading is the facts of another day.
type CaseReading struct {
	On    day.Date            `rule:"on,need"`
	Given map[string]rule.Raw `rule:"given,need"`
}

// TargetWant is what must come out. What is not written is not compared.
type TargetWant struct {
	Targets  map[string]WantRow   `rule:"targets"`
	Checks   map[string]WantCheck `rule:"checks"` // by what they are of
	Stones   map[string]Status    `rule:"milestones"`
	Explains []string             `rule:"explains"`
	Refused  string               `rule:"refused"`
}

// WantRow is one target. Actual, target and share are those of the first goal.
type WantRow struct {
	Status Status      `rule:"status"`
	Goals  []Status    `rule:"goals"`
	Target rule.Raw    `rule:"target"`
	Actual rule.Raw    `rule:"actual"`
	Share  *money.Rate `rule:"share"`
	Gone   *money.Rate `rule:"gone"`
	Due    rule.Raw    `rule:"due"`
}

// WantCheck is one check.
type WantCheck struct {
	Value rule.Raw `rule:"value,need"`
	Holds *bool    `rule:"holds"`
}

// ProveTargets computes the cases of a folder of targets.
func ProveTargets(f scheme.Folder, _ *scheme.Reference) ([]scheme.Proof, fault.List) {
	return scheme.Prove(f, func(c *TargetCase) ([]string, error) {
		b, err := c.run(f)
		if err != nil {
			return nil, err
		}
		return c.Want.compare(b), nil
	}, func(c *TargetCase) string { return c.Want.Refused })
}

func (c *TargetCase) run(f scheme.Folder) (*Board, error) {
	t, faults := scheme.LoadFolder(f, c.Set, func() *Targets { return &Targets{} })
	if err := faults.Err(); err != nil {
		return nil, err
	}
	list := c.Readings
	if len(c.Given) > 0 {
		list = append([]CaseReading{{c.On, c.Given}}, list...)
	}
	var readings []Reading
	for _, r := range list {
		row, more := t.Facts.Read(r.Given, c.Place)
		faults = append(faults, more...)
		readings = append(readings, Reading{r.On, row})
	}
	if err := faults.Err(); err != nil {
		return nil, err
	}
	return t.Attain(c.On, readings, c.Done)
}

// differ gathers what is not as wanted.
type differ struct{ scheme.Differs }

func (w *TargetWant) compare(b *Board) []string {
	var d differ
	for _, id := range slices.Sorted(maps.Keys(w.Targets)) {
		i := slices.IndexFunc(b.Rows, func(r Row) bool { return r.Target.ID == id })
		if i < 0 {
			d.See(id, "", "—")
			continue
		}
		x := w.Targets[id]
		x.compare(&d, &b.Rows[i])
	}
	for _, of := range slices.Sorted(maps.Keys(w.Checks)) {
		i := slices.IndexFunc(b.Checks, func(c Checked) bool { return c.Check.Of == of })
		if i < 0 {
			d.See(of, "", "—")
			continue
		}
		seeValue(&d, of, w.Checks[of].Value, b.Checks[i].Value)
		if h := w.Checks[of].Holds; h != nil {
			d.See(of+" holds", *h, b.Checks[i].Holds)
		}
	}
	for _, key := range slices.Sorted(maps.Keys(w.Stones)) {
		i := slices.IndexFunc(b.Stones, func(s Stone) bool { return s.Milestone.Key == key })
		if i < 0 {
			d.See(key, w.Stones[key], "—")
			continue
		}
		d.See(key, w.Stones[key], b.Stones[i].Status)
	}
	text := b.Text(fault.Zh)
	for _, line := range w.Explains {
		if !slices.Contains(text, line) {
			d.See("explains", line, text)
		}
	}
	return d.Differs
}

func (w *WantRow) compare(d *differ, r *Row) {
	id := r.Target.ID
	if w.Status != "" {
		d.See(id, w.Status, r.Status)
	}
	for i, s := range w.Goals {
		d.See(fmt.Sprintf("%s %d", id, i+1), s, r.Goals[i].Status)
	}
	a := &r.Goals[0]
	seeValue(d, id+" target", w.Target, a.Target)
	seeValue(d, id+" actual", w.Actual, a.Actual)
	seeShare(d, id+" share", w.Share, a.Share)
	seeShare(d, id+" gone", w.Gone, r.Gone)
	if a.Due != nil {
		seeValue(d, id+" due", w.Due, figure.OfRat(a.Target.Type, a.Due))
	} else if w.Due != "" {
		d.See(id+" due", w.Due, "—")
	}
}

func seeShare(d *differ, what string, want *money.Rate, got *big.Rat) {
	if want == nil {
		return
	}
	if got == nil {
		d.See(what, want, "—")
		return
	}
	d.See(what, want.Rat(), got)
}

// seeValue compares a value as the file writes it with the exact one.
func seeValue(d *differ, what string, want rule.Raw, got figure.Value) {
	if want == "" {
		return
	}
	if !got.Given() {
		d.See(what, want, "—")
		return
	}
	v, err := figure.Parse(got.Type, string(want))
	if err != nil || v.Cmp(got) != 0 {
		d.See(what, want, got)
	}
}
