package calc

import (
	"fmt"
	"maps"
	"slices"
	"strconv"

	"ganlan/claim"
	"ganlan/day"
	"ganlan/fault"
	"ganlan/figure"
	"ganlan/household"
	"ganlan/loan"
	"ganlan/money"
	"ganlan/scheme"
	"ganlan/subsidy"
)

// Prove computes every case of a folder, of whatever kind, by the same code as a claim and compares what comes out.
func Prove(folder scheme.Folder, ref *scheme.Reference) ([]scheme.Proof, fault.List) {
	k, f := KindOf(folder)
	if f != nil {
		return nil, fault.List{f}
	}
	return k.Prove(folder, ref)
}

func proveInterest(folder scheme.Folder, ref *scheme.Reference) ([]scheme.Proof, fault.List) {
	return scheme.Prove(folder, func(c *scheme.Case) ([]string, error) {
		got, err := compute(folder, ref, c)
		if err != nil {
			return nil, err
		}
		return got.compare(&c.Want), nil
	}, func(c *scheme.Case) string { return c.Want.Refused })
}

// outcome is what a case came to.
type outcome struct {
	plan   *subsidy.Plan
	rows   []*subsidy.Row
	totals *claim.Totals
	payers []claim.PayerTotal
	warned fault.List
}

func compute(folder scheme.Folder, ref *scheme.Reference, c *scheme.Case) (*outcome, error) {
	s, faults := folder.Load(c.Set)
	if err := faults.Err(); err != nil {
		return nil, err
	}
	plan, err := subsidy.NewPlan(s, c.Year, ref)
	if err != nil {
		return nil, err
	}
	o := newOutcome(plan)
	if c.Split > 0 {
		o.totals.All.Subsidy = c.Split
	} else if facts, err := caseFacts(c, s.Facts); err != nil {
		return nil, err
	} else if err := o.run(facts); err != nil {
		return nil, err
	}
	if o.payers, err = o.totals.Payers(plan); err != nil {
		return nil, err
	}
	o.warned = append(o.warned, claim.Warnings(plan, o.totals)...)
	return o, nil
}

func newOutcome(p *subsidy.Plan) *outcome { return &outcome{plan: p, totals: claim.NewTotals()} }

func (o *outcome) run(facts []*subsidy.Facts) error {
	engine := subsidy.NewEngine(o.plan)
	for _, group := range groups(o.plan, facts) {
		rows, err := engine.Group(group, nil)
		if err != nil {
			return err
		}
		for i := range rows {
			o.rows = append(o.rows, &rows[i])
		}
	}
	o.warned = append(o.warned, engine.Warned...)
	if claim.NeedsWhole(o.plan) {
		warned, err := claim.SettleWhole(o.plan, o.rows)
		if err != nil {
			return err
		}
		o.warned = append(o.warned, warned...)
	}
	for _, r := range o.rows {
		if err := o.totals.Add(r); err != nil {
			return err
		}
	}
	return nil
}

// groups puts together what the plan computes together.
func groups(p *subsidy.Plan, all []*subsidy.Facts) (out [][]*subsidy.Facts) {
	at := map[string]int{}
	for _, f := range all {
		key := f.Contract.No
		switch {
		case p.Scope() == subsidy.OneHousehold && f.Contract.Household != "":
			key = f.Contract.Household
		case p.Scope() == subsidy.OnePerson && f.Contract.IDNo != "":
			key = f.Contract.IDNo
		}
		i, ok := at[key]
		if !ok {
			i = len(out)
			at[key] = i
			out = append(out, nil)
		}
		out[i] = append(out[i], f)
	}
	return out
}

// caseFacts are the facts of a case: one contract with the case's ledger, or several with their own.
func caseFacts(c *scheme.Case, declared figure.Facts) ([]*subsidy.Facts, error) {
	list := c.Contracts
	if c.Contract != nil {
		one := *c.Contract
		one.Ledger, one.Notes, one.Fees = c.Ledger, c.Notes, c.Fees
		list = append([]scheme.CaseContract{one}, list...)
	}
	out := make([]*subsidy.Facts, len(list))
	for i := range list {
		x := &list[i]
		if x.No == "" {
			x.No = "C" + strconv.Itoa(i+1)
		}
		if x.Household == "" {
			x.Household = "H1"
		}
		row, faults := declared.Read(x.Facts, x.Place)
		if err := faults.Err(); err != nil {
			return nil, err
		}
		out[i] = contractFacts(c, x)
		out[i].Contract.Facts = row
	}
	return out, nil
}

func contractFacts(c *scheme.Case, x *scheme.CaseContract) *subsidy.Facts {
	f := &subsidy.Facts{Contract: loan.Contract{No: x.No, Household: x.Household, IDNo: x.ID, Rate: x.Rate, Start: x.Start, End: x.End,
		Amount: x.Amount, Product: x.Product, Purpose: x.Purpose, Status: x.Status, Region: x.Region, OtherSubsidy: loan.Give(x.OtherSubsidy),
		Jobs: given(x.Jobs), Employees: given(x.Employees), Households: given(x.Households)}}
	spans := c.Listed
	if x.Listed != nil {
		spans = x.Listed
	}
	if spans == nil {
		f.Listed = []day.Span{{From: day.Of(1990, 1, 1), Until: day.Open}}
	} else {
		for _, s := range *spans {
			f.Listed = append(f.Listed, s.Span)
		}
	}
	for _, l := range x.Ledger {
		f.Entries = append(f.Entries, loan.Entry{Note: l.Note, Amount: l.Amount, Date: l.Date, NewEnd: l.NewEnd, Kind: lineKinds[l.Kind]})
	}
	for _, n := range x.Notes {
		f.Notes = append(f.Notes, loan.Note{No: n.No, Start: n.Start, End: n.End, Amount: n.Amount})
	}
	for _, y := range x.Fees {
		f.Fees = append(f.Fees, loan.Fee{Note: y.Note, Fee: y.Fee, Refund: y.Refund, Paid: y.Paid, Cover: y.Cover.Span,
			Rate: loan.Given[money.Rate]{Value: y.Rate, OK: !y.Rate.IsZero()}})
	}
	for _, h := range c.History {
		if h.Household == "" || h.Household == x.Household {
			f.History = append(f.History, household.Paid{Household: x.Household, Scheme: h.Scheme, Year: h.Year, Amount: int64(h.Paid)})
		}
	}
	for _, a := range c.Approved {
		if a.Household == "" || a.Household == x.Household {
			f.Approved = append(f.Approved, subsidy.Approval{Household: x.Household, Money: a.Money, Reason: a.Reason})
		}
	}
	return f
}

func given(n *int64) loan.Given[int64] {
	if n == nil {
		return loan.Given[int64]{}
	}
	return loan.Give(*n)
}

// lineKinds are the words of ledger lines in cases.
var lineKinds = map[string]loan.Kind{"draw": loan.Drawdown, "repay": loan.Repayment, "overdue": loan.Overdue,
	"deferral": loan.Deferral, "extension": loan.Extension}

// compare lists what is not as wanted.
func (o *outcome) compare(w *scheme.Want) (diffs []string) {
	see := func(what string, want, got any) {
		if want != got {
			diffs = append(diffs, fmt.Sprintf("%s：应为 %v，得到 %v", what, want, got))
		}
	}
	see1 := func(what string, want *money.Fen, got money.Fen) {
		if want != nil {
			see(what, *want, got)
		}
	}
	see1("balance_days", w.BalanceDays, money.Fen(o.totals.All.BalanceDays))
	see1("subsidy", w.Subsidy, o.totals.All.Subsidy)
	see1("fee_subsidy", w.Fee, o.totals.All.Fee)
	if w.Reason != nil && len(o.rows) > 0 {
		see("reason", *w.Reason, o.rows[0].Reason)
	}
	for _, who := range slices.Sorted(maps.Keys(w.Payers)) {
		see("payer "+who, w.Payers[who], o.payer(who))
	}
	for _, x := range w.Rows {
		diffs = append(diffs, o.compareRow(x)...)
	}
	if w.Average != "" {
		got := ""
		if a := o.totals.Average(scheme.ByBalanceDays); a != nil {
			got = money.RatPercent(a, 4)
		}
		see("average_rate", w.Average, got)
	}
	if w.Deadline != 0 {
		got, _ := o.plan.Scheme.Pay.DeadlineDay(o.plan.Year)
		see("deadline", w.Deadline, got)
	}
	if w.Warns != nil {
		see("warns", fmt.Sprint(w.Warns), fmt.Sprint(o.warnings()))
	}
	return diffs
}

func (o *outcome) payer(who string) money.Fen {
	for _, p := range o.payers {
		if p.Who == who {
			return p.Subsidy
		}
	}
	return -1
}

// warnings are the codes of the warnings but of what the case does not give on purpose.
func (o *outcome) warnings() []string {
	out := []string{}
	for _, f := range o.warned {
		if f.Def != subsidy.FaultNotGiven && f.Def != claim.FaultDraft && f.Def != claim.FaultUndecided {
			out = append(out, f.Code())
		}
	}
	return out
}

func (o *outcome) compareRow(w scheme.WantRow) (diffs []string) {
	for _, r := range o.rows {
		if w.Contract != "" && r.Facts.Contract.No != w.Contract || w.Note != "" && r.Note != w.Note {
			continue
		}
		see := func(what string, want *money.Fen, got money.Fen) {
			if want != nil && *want != got {
				diffs = append(diffs, fmt.Sprintf("%s%s %s：应为 %v，得到 %v", w.Contract, w.Note, what, *want, got))
			}
		}
		see("balance_days", w.BalanceDays, money.Fen(r.BalanceDays))
		see("subsidy", w.Subsidy, r.Amount)
		see("fee_subsidy", w.Fee, r.FeeSubsidy)
		if w.Reason != nil && *w.Reason != r.Reason {
			diffs = append(diffs, fmt.Sprintf("%s%s reason：应为 %q，得到 %q", w.Contract, w.Note, *w.Reason, r.Reason))
		}
		return diffs
	}
	return []string{"没有该行：" + w.Contract + " " + w.Note}
}
