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
		if !slices.Contains(postingOrder, p.Kind) {
			faults.Add(rule.FaultChoice.At(p.Place).Set("got", p.Kind).Set("known", strings.Join(p.Kind.Known(), "、")).Near(string(p.Kind), p.Kind.Known()))
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
	type key struct {
		Pot
		day day.Date
	}
	known := map[key]bool{}
	for i := range positions {
		p := &positions[i]
		faults.Add(s.place(p.Pot, p.Place, true))
		if k := (key{p.Pot, p.Day}); known[k] {
			faults.Add(FaultPosition.At(p.Place).Set("pot", p.Pot).Set("day", p.Day))
		} else {
			known[k] = true
		}
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

// Of is the standing of a pot at the end; nil when there is no such pot.
func (st *Statement) Of(p Pot) *Standing {
	for _, x := range st.Last {
		if x.Pot == p {
			return x
		}
	}
	return nil
}
