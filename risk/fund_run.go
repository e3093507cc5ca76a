package risk

import (
	"maps"
	"slices"
	"strings"

	"ganlan/day"
	"ganlan/fault"
	"ganlan/figure"
	"ganlan/money"
	"ganlan/rule"
	"ganlan/scheme"
)

// Pot names money kept apart: a sub-account, a bank, both, or neither for the whole fund.
type Pot struct{ Account, Bank string }

// String is the pot's name; empty for the whole fund.
func (p Pot) String() string { return strings.Trim(p.Account+"/"+p.Bank, "/") }

// Position is what is known of a pot, or of the whole fund, at the end of a day: the lending that it stands behind and
// whatever else the scheme declares. It holds until the next.
type Position struct {
	Place fault.Place
	Day   day.Date
	Pot
	Facts figure.Row
}

// Alarm says that a check stopped holding, or holds again, with the figures of that day.
type Alarm struct {
	Check *FundCheck
	Pot   Pot
	Day   day.Date
	On    bool

	run *figure.Result
}

// Standing is a pot, or the whole fund, at the end of a day.
type Standing struct {
	Pot   Pot
	Day   day.Date
	Block bool         // a check that does not hold stops new lending
	Open  []*FundCheck // what could not be decided, for want of a position

	run *figure.Result
}

// Get is a figure or fact of the standing.
func (s *Standing) Get(name string) (figure.Value, error) { return s.run.Get(name) }

// Statement is a fund's ledger run to its end. What was decided is paid or waits: nothing is lost.
type Statement struct {
	Claims []*Claim    // in the order of decision
	Alarms []Alarm     // in the order of days
	Last   []*Standing // the whole fund first, then every pot, at the end of the last day

	fund  *Fund
	whole pot
	pots  map[Pot]*pot
	order []Pot
	facts map[Pot]figure.Row
	on    map[alarmKey]bool
	paid  map[string]*Claim
}

type alarmKey struct {
	pot  Pot
	code string
}

// Run keeps the ledger. The order of postings and positions is free; all that is wrong comes back at once, with no statement.
func (s *Fund) Run(postings []Posting, positions []Position) (*Statement, fault.List) {
	st := &Statement{fund: s, pots: map[Pot]*pot{}, facts: map[Pot]figure.Row{}, on: map[alarmKey]bool{},
		paid: map[string]*Claim{}}
	postings = slices.Clone(postings)
	slices.SortStableFunc(postings, order)
	faults := s.read(postings, positions)
	if faults.Err() != nil {
		return nil, faults
	}
	st.open(postings, positions)
	if err := st.days(postings, positions); err != nil {
		return nil, fault.From(err)
	}
	return st, nil
}

// read checks what a posting or position must say.
func (s *Fund) read(postings []Posting, positions []Position) (faults fault.List) {
	seen := map[string]bool{}
	for i := range postings {
		p := &postings[i]
		if p.Amount <= 0 {
			faults.Add(FaultPosting.At(p.Place).Set("amount", p.Amount).Set("day", p.Day))
		}
		faults.Add(s.place(Pot{p.Account, p.Bank}, p.Place, false))
		if p.Kind != Compensation {
			continue
		}
		if p.No == "" || seen[p.No] {
			faults.Add(FaultDecision.At(p.Place).Set("no", p.No).Set("day", p.Day))
		}
		seen[p.No] = true
	}
	for i := range positions {
		p := &positions[i]
		faults.Add(s.place(p.Pot, p.Place, true))
	}
	return faults
}

// place proves that a pot is one of the fund's; whole reports whether the whole fund may be meant.
func (s *Fund) place(p Pot, at fault.Place, whole bool) *fault.Fault {
	if whole && p == (Pot{}) {
		return nil
	}
	if s.apart(ByAccount) != (p.Account != "") || s.apart(ByBank) != (p.Bank != "") {
		return FaultPot.At(at).Set("pot", p)
	}
	if _, ok := s.Accounts[p.Account]; !ok && p.Account != "" {
		known := sorted(s.Accounts)
		return rule.FaultChoice.At(at).Set("got", p.Account).Set("known", strings.Join(known, "、")).Near(p.Account, known)
	}
	return nil
}

func (st *Statement) open(postings []Posting, positions []Position) {
	for _, p := range postings {
		st.pots[Pot{p.Account, p.Bank}] = &pot{}
	}
	for _, p := range positions {
		if p.Pot != (Pot{}) {
			st.pots[p.Pot] = &pot{}
		}
	}
	st.order = slices.SortedFunc(maps.Keys(st.pots), func(a, b Pot) int { return strings.Compare(a.String(), b.String()) })
}

// days posts one day after another and looks at the fund at the end of each.
func (st *Statement) days(postings []Posting, positions []Position) error {
	positions = slices.Clone(positions)
	slices.SortStableFunc(positions, func(a, b Position) int { return int(a.Day - b.Day) })
	for len(postings) > 0 || len(positions) > 0 {
		today := day.Open
		if len(postings) > 0 {
			today = postings[0].Day
		}
		if len(positions) > 0 {
			today = min(today, positions[0].Day)
		}
		for ; len(postings) > 0 && postings[0].Day == today; postings = postings[1:] {
			if err := st.post(&postings[0]); err != nil {
				return err
			}
		}
		for ; len(positions) > 0 && positions[0].Day == today; positions = positions[1:] {
			at := positions[0].Pot
			st.facts[at] = positions[0].Facts
			if x := st.pots[at]; x != nil {
				x.touched = true
			}
		}
		if err := st.look(today, len(postings)+len(positions) == 0); err != nil {
			return err
		}
	}
	return nil
}

func (st *Statement) post(p *Posting) (err error) {
	x := st.pots[Pot{p.Account, p.Bank}]
	x.touched = true
	switch p.Kind {
	case Deposit:
		err = book(p.Amount, &x.paidIn, &st.whole.paidIn)
	case Refill:
		err = book(p.Amount, &x.refilled, &st.whole.refilled)
	case Interest:
		err = book(p.Amount, &x.interest, &st.whole.interest)
	case Compensation:
		c := &Claim{Posting: *p}
		st.Claims, x.queue, st.paid[p.No] = append(st.Claims, c), append(x.queue, c), c
		err = book(p.Amount, &x.waiting, &st.whole.waiting)
	case Recovery:
		err = st.recover(x, p)
	case Withdrawal:
		err = st.withdraw(x, p)
	}
	if err != nil {
		return err
	}
	x.pay(p.Day, st.fund.Short.Or(PayWhole), func(give money.Fen) {
		st.whole.compensated += give
		st.whole.waiting -= give
	})
	return nil
}

// withdraw takes money out: never more than there is, nor while a compensation waits.
func (st *Statement) withdraw(x *pot, p *Posting) error {
	if p.Amount > x.balance() || x.waiting > 0 {
		return FaultWithdrawal.At(p.Place).Set("amount", p.Amount).Set("day", p.Day).Set("balance", x.balance()).Set("waiting", x.waiting)
	}
	return book(p.Amount, &x.withdrawn, &st.whole.withdrawn)
}

// recover posts what came back: never more than the fund paid, for the decision that it names or in all.
func (st *Statement) recover(x *pot, p *Posting) error {
	left := x.compensated - x.recovered
	c := st.paid[p.No]
	if p.No != "" {
		if c == nil || c.Account != p.Account || c.Bank != p.Bank {
			return FaultDecision.At(p.Place).Set("no", p.No).Set("day", p.Day)
		}
		left = min(left, c.Sum()-c.Recovered)
	}
	if p.Amount > left {
		return FaultRecovery.At(p.Place).Set("amount", p.Amount).Set("left", left)
	}
	if c != nil {
		c.Recovered += p.Amount
	}
	return book(p.Amount, &x.recovered, &st.whole.recovered)
}

// look computes the figures of the whole fund and of every pot that moved, on the last day of all, and notes which checks
// changed.
func (st *Statement) look(today day.Date, last bool) error {
	if err := st.stand(Pot{}, &st.whole, OfWhole, today, last); err != nil {
		return err
	}
	for _, at := range st.order {
		x := st.pots[at]
		if !x.touched && !last || at == (Pot{}) {
			continue
		}
		x.touched = false
		if err := st.stand(at, x, OfEach, today, last); err != nil {
			return err
		}
	}
	return nil
}

func (st *Statement) stand(at Pot, p *pot, of Of, today day.Date, last bool) error {
	x := &Standing{Pot: at, Day: today, run: st.fund.program.Run(st.row(at, p))}
	for i := range st.fund.Checks {
		if err := st.check(x, &st.fund.Checks[i], of); err != nil {
			return err
		}
	}
	if last {
		st.Last = append(st.Last, x)
	}
	return nil
}

// check notes when a check stops holding or holds again. What cannot be decided yet, for want of a position, is left open.
func (st *Statement) check(x *Standing, c *FundCheck, of Of) error {
	if cmpOf(c.Of) != of {
		return nil
	}
	ok, err := x.run.Holds(c.Cond)
	if err != nil {
		x.Open = append(x.Open, c)
		return ignoreUndecided(err)
	}
	key := alarmKey{x.Pot, c.Code}
	if ok == st.on[key] {
		st.on[key] = !ok
		st.Alarms = append(st.Alarms, Alarm{c, x.Pot, x.Day, !ok, x.run})
	}
	x.Block = x.Block || !ok && c.Then == ThenBlock
	return nil
}

func cmpOf(o Of) Of {
	if o == "" {
		return OfWhole
	}
	return o
}

func ignoreUndecided(err error) error {
	for _, f := range fault.From(err) {
		if f.Def != rule.FaultUndecided {
			return err
		}
	}
	return nil
}

// row is what a pot, or the whole fund, knows of itself, and the position that was given for it.
func (st *Statement) row(at Pot, x *pot) figure.Row {
	row := figure.Row{}
	maps.Copy(row, st.facts[at])
	for k, f := range map[string]money.Fen{"balance": x.balance(), "paid_in": x.paidIn, "compensated": x.compensated,
		"recovered": x.recovered, "refilled": x.refilled, "interest": x.interest, "withdrawn": x.withdrawn, "waiting": x.waiting} {
		row.Put(k, figure.OfMoney(f))
	}
	return row
}

// Of is the standing of a pot at the end; nil when there is no such pot.
func (st *Statement) Of(p Pot) *Standing {
	for _, x := range st.Last {
		if x.Pot == p {
			return x
		}
	}
	return nil
}

// Lines are the fund at its end in words: figures of the whole and of every pot, what waits, and the alarms of all days.
func (st *Statement) Lines() []scheme.Line {
	p := st.fund.program
	return scheme.Lines(func(add scheme.Add) {
		for _, x := range st.Last {
			prefix := x.Pot.String()
			steps(p, x.run, func(key string, w scheme.Words, c rule.Cite) { add(strings.Trim(prefix+"."+key, "."), w, c) })
			for _, c := range x.Open {
				add(strings.Trim(prefix+"."+c.Code, "."), both(func(l fault.Lang) string {
					return say(l, "缺少数据，无法判断：", "cannot be decided for want of figures: ") + c.In(l)
				}), c.Cite)
			}
		}
		for i := range st.Alarms {
			a := &st.Alarms[i]
			add("checks."+a.Check.Code, both(func(l fault.Lang) string { return a.text(l) }), a.Check.Cite)
		}
		for _, c := range st.Claims {
			add("claims."+c.No, both(func(l fault.Lang) string { return c.text(l) }), st.fund.Short.First().Cite)
		}
	})
}

func (a *Alarm) text(l fault.Lang) string {
	s := a.Day.String() + " " + a.Pot.String()
	if a.On {
		return s + say(l, " 不符合：", " does not hold: ") + a.Check.In(l)
	}
	return s + say(l, " 恢复符合：", " holds again: ") + a.Check.In(l)
}

func (c *Claim) text(l fault.Lang) string {
	s := c.No + say(l, " 认定 ", " decided ") + c.Day.String() + " " + yuan(c.Amount, l)
	for _, p := range c.Paid {
		s += say(l, "；付 ", "; paid ") + p.Day.String() + " " + yuan(p.Amount, l)
	}
	if w := c.Amount - c.Sum(); w > 0 {
		s += say(l, "；资金不足，待付 ", "; the fund is short, waiting ") + yuan(w, l)
	}
	return s
}
