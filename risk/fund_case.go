package risk

import (
	"fmt"

	"ganlan/day"
	"ganlan/fault"
	"ganlan/figure"
	"ganlan/money"
	"ganlan/rule"
	"ganlan/scheme"
)

// FundCase is a worked example of a fund: its ledger, what is known of it, and how it stands at the end.
type FundCase struct {
	scheme.CaseHead
	Ledger    []Posting      `rule:"ledger"`
	Positions []CasePosition `rule:"positions"`
	Want      FundWant       `rule:"want,need"`
}

// CasePosition is a position of a case.
type CasePosition struct {
	rule.Spot
	Day     day.Date            `rule:"day,need"`
	Account string              `rule:"account"`
	Bank    string              `rule:"bank"`
	Given   map[string]rule.Raw `rule:"given,need"`
}

// FundWant is what must come out. What is not written is not compared.
type FundWant struct {
	Balance *money.Fen           `rule:"balance"`
	Waiting *money.Fen           `rule:"waiting"`
	Figures map[string]rule.Raw  `rule:"figures"` // of the whole fund
	Pots    []WantPot            `rule:"pots"`
	Paid    map[string]money.Fen `rule:"paid"`
	Days    map[string]string    `rule:"paid_on"` // the day of the last payment by number
	Alarms  *[]string            `rule:"alarms"`  // «2024-05-01 on LOW», «2024-05-01 off LOW A»
	Block   *bool                `rule:"block"`
	Open    *[]string            `rule:"open"` // checks that cannot be decided at the end, of the whole fund
	Refused string               `rule:"refused"`
}

// WantPot is how one pot must stand.
type WantPot struct {
	Account string              `rule:"account"`
	Bank    string              `rule:"bank"`
	Balance *money.Fen          `rule:"balance"`
	Figures map[string]rule.Raw `rule:"figures"`
	Block   *bool               `rule:"block"`
}

// ProveFunds computes the cases of a fund's folder.
func ProveFunds(f scheme.Folder, _ *scheme.Reference) ([]scheme.Proof, fault.List) {
	return scheme.Prove(f, func(c *FundCase) ([]string, error) {
		st, err := c.run(f)
		if err != nil {
			return nil, err
		}
		return c.Want.compare(st), nil
	}, func(c *FundCase) string { return c.Want.Refused })
}

func (c *FundCase) run(f scheme.Folder) (*Statement, error) {
	s, faults := scheme.LoadFolder(f, c.Set, func() *Fund { return &Fund{} })
	if err := faults.Err(); err != nil {
		return nil, err
	}
	var positions []Position
	for i := range c.Positions {
		p := &c.Positions[i]
		row, fs := s.Facts.Read(p.Given, p.Place)
		faults = append(faults, fs...)
		positions = append(positions, Position{p.Place, p.Day, Pot{p.Account, p.Bank}, row})
	}
	if err := faults.Err(); err != nil {
		return nil, err
	}
	st, faults := s.Run(c.Ledger, positions)
	return st, faults.Err()
}

func (w *FundWant) compare(st *Statement) []string {
	var d differs
	if len(st.Last) == 0 {
		return []string{"没有任何记录 (nothing posted)"}
	}
	whole := st.Last[0]
	d.standing("", whole, WantPot{Balance: w.Balance, Figures: w.Figures, Block: w.Block})
	if w.Waiting != nil {
		d.value("waiting", rule.Raw(w.Waiting.String()), whole, "waiting")
	}
	for _, p := range w.Pots {
		if x := st.Of(Pot{p.Account, p.Bank}); x != nil {
			d.standing(x.Pot.String()+" ", x, p)
			continue
		}
		d.Say("没有 %s", Pot{p.Account, p.Bank}.String()+" (no such pot)")
	}
	d.fens("paid", w.Paid, func(no string) money.Fen {
		if c := st.paid[no]; c != nil {
			return c.Sum()
		}
		return -1
	})
	for _, no := range sorted(w.Days) {
		d.See("paid_on "+no, w.Days[no], st.paidOn(no))
	}
	if w.Open != nil {
		got := []string{}
		for _, c := range whole.Open {
			got = append(got, c.Code)
		}
		d.See("open", fmt.Sprint(*w.Open), fmt.Sprint(got))
	}
	if w.Alarms != nil {
		d.See("alarms", fmt.Sprint(*w.Alarms), fmt.Sprint(st.alarms()))
	}
	return d.Differs
}

func (d *differs) standing(pot string, x *Standing, w WantPot) {
	if w.Balance != nil {
		d.value(pot+"balance", rule.Raw(w.Balance.String()), x, "balance")
	}
	for _, k := range sorted(w.Figures) {
		d.value(pot+k, w.Figures[k], x, k)
	}
	if w.Block != nil {
		d.See(pot+"block", *w.Block, x.Block)
	}
}

// value compares a figure with how a policy writes its value.
func (d *differs) value(what string, want rule.Raw, x *Standing, name string) {
	d.result(what, want, x.run, name)
}

func (d *differs) result(what string, want rule.Raw, r *figure.Result, name string) {
	got, err := r.Get(name)
	if err != nil {
		d.Say("%s: %v", what, err)
		return
	}
	v, err := figure.Parse(got.Type, string(want))
	if err != nil || v.Cmp(got) != 0 {
		d.Say("%s：应为 %s，得到 %s", what, want, got) // two values may be written alike and differ
	}
}

func (st *Statement) paidOn(no string) string {
	c := st.paid[no]
	if c == nil || len(c.Paid) == 0 {
		return ""
	}
	return c.Paid[len(c.Paid)-1].Day.String()
}

func (st *Statement) alarms() []string {
	out := []string{}
	for _, a := range st.Alarms {
		s := a.Day.String() + map[bool]string{true: " on ", false: " off "}[a.On] + a.Check.Code
		if p := a.Pot.String(); p != "" {
			s += " " + p
		}
		out = append(out, s)
	}
	return out
}
