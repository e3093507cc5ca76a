package risk

import (
	"fmt"

	"ganlan/fault"
	"ganlan/rule"
	"ganlan/scheme"
)

// LightCase is a worked example of the lights: one loan or household.
type LightCase struct {
	scheme.CaseHead
	Given map[string]rule.Raw `rule:"given,need"`
	Want  LightWant           `rule:"want,need"`
}

// LightWant is what must come out. What is not written is not compared.
type LightWant struct {
	Light   Light     `rule:"light"`
	Why     string    `rule:"why"` // the rule's 中文
	Remind  *[]string `rule:"remind"`
	Refused string    `rule:"refused"`
}

// ProveLights computes the cases of a folder of lights.
func ProveLights(f scheme.Folder, _ *scheme.Reference) ([]scheme.Proof, fault.List) {
	return scheme.Prove(f, func(c *LightCase) ([]string, error) {
		var d differs
		err := c.run(f, &d)
		return d.Differs, err
	}, func(c *LightCase) string { return c.Want.Refused })
}

func (c *LightCase) run(f scheme.Folder, d *differs) error {
	s, faults := scheme.LoadFolder(f, c.Set, func() *Lights { return &Lights{} })
	if err := faults.Err(); err != nil {
		return err
	}
	row, faults := s.Facts.Read(c.Given, c.Place)
	if err := faults.Err(); err != nil {
		return err
	}
	x, err := s.Show(row)
	if err != nil {
		return err
	}
	d.See("light", c.Want.Light, x.Light)
	if c.Want.Why != "" {
		d.See("why", c.Want.Why, x.Rule.Zh)
	}
	if c.Want.Remind == nil {
		return nil
	}
	list, err := s.Reminders(row)
	got := []string{}
	for _, r := range list {
		got = append(got, r.Day.String())
	}
	d.See("remind", fmt.Sprint(*c.Want.Remind), fmt.Sprint(got))
	return err
}
