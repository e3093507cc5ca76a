package risk

import (
	"fmt"
	"strings"

	"ganlan/day"
	"ganlan/fault"
	"ganlan/rule"
	"ganlan/scheme"
)

// BreakerCase is a worked example of a breaker: months of areas, rulings, and what must have happened to each area.
type BreakerCase struct {
	scheme.CaseHead
	Areas []CaseArea  `rule:"areas"`
	Acts  []Ruling    `rule:"rulings"`
	Want  BreakerWant `rule:"want,need"`
}

// CaseArea are the months of an area, one after another.
type CaseArea struct {
	rule.Spot
	Area  string                `rule:"area,need"`
	Level string                `rule:"level,need"`
	In    string                `rule:"in"`
	From  Month                 `rule:"from,need"`
	Given map[string]rule.Raw   `rule:"given"` // facts that are the same in all months
	Rows  []map[string]rule.Raw `rule:"months,need"`
}

// BreakerWant is what must come out. What is not written is not compared.
type BreakerWant struct {
	Changes map[string][]string            `rule:"changes"`  // «2024-03-31 stopped», «2024-08-10 running», «2024-03-31 stopped with 某镇»
	Figures map[string]string              `rule:"figures"`  // measures that caused the area's first change: «97.9% 97.5% 97.99%»
	Months  map[string]map[string]rule.Raw `rule:"evidence"` // figures of the last month that caused the area's first change
	Asked   []Asked                        `rule:"asked"`
	Refused string                         `rule:"refused"`
}

// Asked is a question: «2024-04-01 new_draw 甲村 某镇 no».
type Asked struct {
	Day   day.Date
	Act   Act
	Areas []string
	Yes   bool
}

// UnmarshalText reads the question.
func (a *Asked) UnmarshalText(b []byte) (err error) {
	w := strings.Fields(string(b))
	if len(w) < 4 || w[len(w)-1] != "yes" && w[len(w)-1] != "no" {
		return rule.FaultType.New().Set("want", "2024-04-01 new_draw AREA no").Set("got", string(b))
	}
	a.Act, a.Areas, a.Yes = Act(w[1]), w[2:len(w)-1], w[len(w)-1] == "yes"
	a.Day, err = day.Parse(w[0])
	return err
}

// ProveBreakers computes the cases of a breaker's folder.
func ProveBreakers(f scheme.Folder, _ *scheme.Reference) ([]scheme.Proof, fault.List) {
	return scheme.Prove(f, func(c *BreakerCase) ([]string, error) {
		x, err := c.run(f)
		if err != nil {
			return nil, err
		}
		return c.Want.compare(x), nil
	}, func(c *BreakerCase) string { return c.Want.Refused })
}

func (c *BreakerCase) run(f scheme.Folder) (*Course, error) {
	s, faults := scheme.LoadFolder(f, c.Set, func() *Breaker { return &Breaker{} })
	if err := faults.Err(); err != nil {
		return nil, err
	}
	var reports []Report
	for i := range c.Areas {
		a := &c.Areas[i]
		for j, given := range a.Rows {
			all := map[string]rule.Raw{}
			for k, v := range a.Given {
				all[k] = v
			}
			for k, v := range given {
				all[k] = v
			}
			row, fs := s.Facts.Read(all, a.Place)
			faults = append(faults, fs...)
			reports = append(reports, Report{a.Place, a.Area, a.Level, a.In, a.From + Month(j), row})
		}
	}
	if err := faults.Err(); err != nil {
		return nil, err
	}
	x, faults := s.Run(reports, c.Acts)
	return x, faults.Err()
}

func (w *BreakerWant) compare(c *Course) []string {
	var d differs
	for _, area := range sorted(w.Changes) {
		got := []string{}
		for _, x := range c.Changes(area) {
			s := x.Day.String() + map[bool]string{true: " stopped", false: " running"}[x.Stopped]
			if x.From != "" {
				s += " with " + x.From
			}
			got = append(got, s)
		}
		d.See(area, fmt.Sprint(w.Changes[area]), fmt.Sprint(got))
	}
	for _, area := range sorted(w.Figures) {
		d.See(area+" figures", w.Figures[area], figuresOf(c.Changes(area)))
	}
	for _, area := range sorted(w.Months) {
		d.evidence(area, w.Months[area], c.Changes(area))
	}
	for _, a := range w.Asked {
		ok, _ := c.Allowed(a.Act, a.Day, a.Areas...)
		d.See(fmt.Sprintf("%s %s %v", a.Day, a.Act, a.Areas), a.Yes, ok)
	}
	return d.Differs
}

func figuresOf(list []Change) string {
	if len(list) == 0 {
		return ""
	}
	var parts []string
	for _, e := range list[0].Why {
		parts = append(parts, e.Measure.String())
	}
	return strings.Join(parts, " ")
}

func (d *differs) evidence(area string, want map[string]rule.Raw, list []Change) {
	if len(list) == 0 || len(list[0].Why) == 0 {
		d.Say("%s：没有数据 (no figures)", area)
		return
	}
	for _, k := range sorted(want) {
		d.result(area+" "+k, want[k], list[0].Why[len(list[0].Why)-1].run, k)
	}
}
