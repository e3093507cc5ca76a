package risk

import (
	"fmt"
	"maps"
	"slices"

	"ganlan/fault"
	"ganlan/money"
	"ganlan/rule"
	"ganlan/scheme"
)

// LossCase is a worked example of loss sharing: one loss, and what came back afterwards.
type LossCase struct {
	scheme.CaseHead
	Given     map[string]rule.Raw `rule:"given,need"`
	Recovered []money.Fen         `rule:"recovered"`
	Want      LossWant            `rule:"want,need"`
}

// LossWant is what must come out. What is not written is not compared.
type LossWant struct {
	Total     *money.Fen           `rule:"total"`
	First     map[string]money.Fen `rule:"first"`
	Shared    *money.Fen           `rule:"shared"`
	Parts     map[string]money.Fen `rule:"parts"`
	Paid      *money.Fen           `rule:"paid"`
	Reason    *string              `rule:"reason"`
	Returned  map[string]money.Fen `rule:"returned"`
	Suspended []string             `rule:"suspended"`
	Refused   string               `rule:"refused"`
}

// ProveLosses computes the cases of a loss-sharing folder.
func ProveLosses(f scheme.Folder, _ *scheme.Reference) ([]scheme.Proof, fault.List) {
	return scheme.Prove(f, func(c *LossCase) ([]string, error) {
		x, back, err := c.run(f)
		if err != nil {
			return nil, err
		}
		return c.Want.compare(x, back), nil
	}, func(c *LossCase) string { return c.Want.Refused })
}

func (c *LossCase) run(f scheme.Folder) (*Loss, *Returned, error) {
	s, faults := scheme.LoadFolder(f, c.Set, func() *LossSharing { return &LossSharing{} })
	if err := faults.Err(); err != nil {
		return nil, nil, err
	}
	row, faults := s.Facts.Read(c.Given, c.Place)
	if err := faults.Err(); err != nil {
		return nil, nil, err
	}
	x, err := s.Share(row)
	if err != nil {
		return nil, nil, err
	}
	back, err := x.Recover(c.Recovered...)
	return x, back, err
}

func (w *LossWant) compare(x *Loss, back *Returned) []string {
	var d differs
	d.Fen("total", w.Total, x.Total)
	d.Fen("shared", w.Shared, x.Shared)
	d.Fen("paid", w.Paid, x.Paid)
	for i := range x.First {
		if f, ok := w.First[x.rules.First[i].Who]; ok {
			d.See("first", f, x.First[i])
		}
	}
	d.fens("parts", w.Parts, x.Of)
	d.fens("returned", w.Returned, back.Of)
	if w.Reason != nil {
		d.See("reason", *w.Reason, x.Reason)
	}
	if w.Suspended != nil {
		var got []string
		for _, t := range x.Suspended {
			got = append(got, t.Code)
		}
		d.See("suspended", fmt.Sprint(w.Suspended), fmt.Sprint(got))
	}
	return d.Differs
}

// differs gathers what is not as wanted.
type differs struct{ scheme.Differs }

func (d *differs) fens(what string, want map[string]money.Fen, of func(string) money.Fen) {
	for _, who := range slices.Sorted(maps.Keys(want)) {
		d.See(what+" "+who, want[who], of(who))
	}
}
