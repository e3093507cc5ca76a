package risk

import (
	"ganlan/fault"
	"ganlan/money"
	"ganlan/rule"
	"ganlan/scheme"
)

// PoolCase is a worked example of an insurance pool: one or more periods settled, a premium divided, a choice of covers.
type PoolCase struct {
	scheme.CaseHead
	Given   map[string]rule.Raw   `rule:"given"`
	Periods []map[string]rule.Raw `rule:"periods"` // several, each settled by itself
	Premium *money.Fen            `rule:"premium"`
	Covers  *[]string             `rule:"covers"`
	Want    PoolWant              `rule:"want,need"`
}

// PoolWant is what must come out. What is not written is not compared.
type PoolWant struct {
	Result  *money.Fen             `rule:"result"`
	Parts   map[string]money.Fen   `rule:"parts"`
	Each    []map[string]money.Fen `rule:"each"` // parts of every period
	Payers  map[string]money.Fen   `rule:"payers"`
	Refused string                 `rule:"refused"`
}

// ProvePools computes the cases of an insurance pool's folder.
func ProvePools(f scheme.Folder, _ *scheme.Reference) ([]scheme.Proof, fault.List) {
	return scheme.Prove(f, func(c *PoolCase) ([]string, error) {
		var d differs
		err := c.run(f, &d)
		return d.Differs, err
	}, func(c *PoolCase) string { return c.Want.Refused })
}

func (c *PoolCase) run(f scheme.Folder, d *differs) error {
	s, faults := scheme.LoadFolder(f, c.Set, func() *InsurancePool { return &InsurancePool{} })
	if err := faults.Err(); err != nil {
		return err
	}
	if c.Covers != nil {
		if err := s.Choice(*c.Covers, c.Place).Err(); err != nil {
			return err
		}
	}
	if c.Premium != nil {
		parts, err := s.Payers(*c.Premium)
		if err != nil {
			return err
		}
		d.fens("payers", c.Want.Payers, func(who string) money.Fen { return partOf(parts, who) })
	}
	periods, want := c.Periods, c.Want.Each
	if c.Given != nil {
		periods, want = append(periods, c.Given), append(want, c.Want.Parts)
	}
	for i, p := range periods {
		if err := c.settle(s, p, want[min(i, len(want)-1)], d); err != nil {
			return err
		}
	}
	return nil
}

func (c *PoolCase) settle(s *InsurancePool, given map[string]rule.Raw, want map[string]money.Fen, d *differs) error {
	row, faults := s.Facts.Read(given, c.Place)
	if err := faults.Err(); err != nil {
		return err
	}
	x, err := s.Settle(row)
	if err != nil {
		return err
	}
	d.Fen("result", c.Want.Result, x.Result)
	d.fens("parts", want, x.Of)
	return nil
}
