package claim

import (
	"maps"
	"slices"
	"sync"

	"ganlan/loan"
	"ganlan/money"
	"ganlan/scheme"
	"ganlan/subsidy"
)

// Inquiry looks for the reading by which a bank reached its figures. It tries the other values of the scheme's own named
// parameters, leaves out rules, doubts ledger lines and reckons with units and roundings; it takes a reading as the cause
// only when it gives the bank's figures to the fen. Any number of goroutines may use one Inquiry.
type Inquiry struct {
	plan    *subsidy.Plan
	before  *subsidy.Plan // of the year before; nil when the scheme does not reach it
	load    Loader
	ref     *scheme.Reference
	tried   []*alternative
	reckons []reckon

	mu    sync.Mutex
	pairs map[[2]*alternative]*subsidy.Plan // nil for a pair that no scheme allows
}

// NewInquiry prepares the readings of a plan. ref may be nil for a scheme without reference rates.
func NewInquiry(p *subsidy.Plan, load Loader, ref *scheme.Reference) *Inquiry {
	q := &Inquiry{plan: p, load: load, ref: ref, reckons: reckons(p), pairs: map[[2]*alternative]*subsidy.Plan{}}
	for _, a := range slices.Concat(wordReadings(p.Scheme), settleReadings(p.Scheme), rateReadings(p.Scheme, ref, p.Year), ruleReadings(p.Scheme), factReadings(p.Scheme)) {
		if a.plan = q.planOf(a); a.plan != nil {
			q.tried = append(q.tried, a)
		}
	}
	q.before, _ = subsidy.NewPlan(p.Scheme, p.Year-1, ref)
	return q
}

// planOf is the plan of a reading; nil when the scheme cannot be read so.
func (q *Inquiry) planOf(a *alternative) *subsidy.Plan {
	if len(a.sets) == 0 && a.change == nil {
		return q.plan
	}
	sets := maps.Clone(q.plan.Scheme.Set)
	if sets == nil {
		sets = map[string]string{}
	}
	maps.Copy(sets, a.sets)
	s, faults := q.load(sets)
	if faults.Err() != nil {
		return nil
	}
	if a.change != nil {
		a.change(s)
	}
	p, err := subsidy.NewPlan(s, q.plan.Year, q.ref)
	if err != nil {
		return nil
	}
	return p
}

// pairOf is the plan of two readings at once, made when it is first asked for.
func (q *Inquiry) pairOf(a, b *alternative) *subsidy.Plan {
	switch {
	case a.plan == q.plan:
		return b.plan
	case b.plan == q.plan:
		return a.plan
	}
	q.mu.Lock()
	defer q.mu.Unlock()
	k := [2]*alternative{a, b}
	p, ok := q.pairs[k]
	if !ok {
		if both, fits := a.with(b); fits {
			p = q.planOf(both)
		}
		q.pairs[k] = p
	}
	return p
}

// stated are the bank's own figures of a contract.
type stated struct {
	days   loan.Given[int64]
	amount loan.Given[money.Fen]
}

// is reports whether a reckoning gives every figure that the bank states.
func (b stated) is(f figures) bool {
	return (!b.days.OK || b.days.Value == f.days) && (!b.amount.OK || b.amount.Value == f.amount)
}

// off is how far a reckoning is from the bank: first whether the cumulative balance is another, then by how much.
func (b stated) off(f figures) (otherDays bool, by int64) {
	otherDays = b.days.OK && b.days.Value != f.days
	if b.amount.OK {
		by = int64(b.amount.Value - f.amount)
	} else if b.days.OK {
		by = b.days.Value - f.days
	}
	return otherDays, max(by, -by)
}

// Finding is what was found out about a contract whose figures differ.
type Finding struct {
	Contract, Branch string
	Days, BankDays   loan.Given[int64] // fen-days; ours are always given
	Amount, Bank     loan.Given[money.Fen]
	Cause            Cause
	Readings         [][]Reading // all that give the bank's figures exactly: single ones, else pairs; the likeliest first
	Nearest          []Reading   // where none does: the one that comes closest
	NearestOff       figures     // bank less the closest one
	Zh, En           string      // for the telephone
}

// By is how much more the bank states than we find, in fen; 0 when it states no subsidy.
func (f *Finding) By() money.Fen {
	if !f.Bank.OK {
		return 0
	}
	return f.Bank.Value - f.Amount.Value
}

// Examine looks for the cause of a contract's differences. group is the contract with those reckoned together with it.
func (q *Inquiry) Examine(group []*subsidy.Facts, no string) (Finding, error) {
	at := slices.IndexFunc(group, func(f *subsidy.Facts) bool { return f.Contract.No == no })
	base, err := accountOf(q.plan, group, no)
	if err != nil {
		return Finding{}, err
	}
	c := &group[at].Contract
	x := &examiner{q: q, group: group, at: at, base: base, bank: stated{c.BankCumulative, c.BankSubsidy}}
	for _, search := range []func(){x.singles, x.solve, x.doubles} {
		if search(); len(x.hits) > 0 {
			break
		}
	}
	return x.finding(c), nil
}

func (x *examiner) finding(c *loan.Contract) Finding {
	f := Finding{Contract: c.No, Branch: c.BranchKey(), Days: loan.Give(x.base.days), BankDays: c.BankCumulative,
		Amount: loan.Give(x.base.amount), Bank: c.BankSubsidy, Cause: CauseUnknown}
	slices.SortStableFunc(x.hits, func(a, b candidate) int { return a.rank() - b.rank() })
	for _, h := range x.hits {
		f.Readings = append(f.Readings, h.readings)
	}
	if len(x.hits) > 0 {
		f.Cause = x.hits[0].readings[0].Cause
	} else if x.nearest.readings != nil {
		f.Nearest = x.nearest.readings
		f.NearestOff = figures{c.BankCumulative.Value - x.nearest.days, c.BankSubsidy.Value - x.nearest.amount}
	}
	x.say(&f)
	return f
}

// NotExamined is a contract that differs and was only listed.
func NotExamined(contract string) Finding {
	return Finding{Contract: contract, Cause: CauseNotExamined}
}

// Take fills in one of the figures that differ.
func (f *Finding) Take(d Difference) {
	if d.Figure == "cumulative" {
		f.BankDays, f.Days = loan.Give(d.Bank), loan.Give(d.Ours)
		return
	}
	f.Bank, f.Amount = loan.Give(money.Fen(d.Bank)), loan.Give(money.Fen(d.Ours))
}
