package risk

import (
	"math/big"

	"ganlan/day"
	"ganlan/fault"
	"ganlan/figure"
	"ganlan/money"
	"ganlan/rule"
	"ganlan/scheme"
)

// Reasons why nobody but the lender bears a loss; a scheme's tests add their own.
const (
	CauseNotCovered = "CAUSE_NOT_COVERED"
	NothingLost     = "NOTHING_LEFT_TO_SHARE"
)

// Loss is one loss shared. What was paid first and the parts add up to Total, to the fen.
type Loss struct {
	Total     money.Fen // rounded once, half up
	First     []money.Fen
	Shared    money.Fen             // what is left after the payments that come first
	Parts     []Part                // nil when the lender bears all that is left
	Paid      money.Fen             // what the lender is paid by the other parties
	Reason    string                // why nothing is paid; empty when the loss is shared
	Suspended []*scheme.Requirement // why no new loans of the product are made

	rules *LossSharing
	run   *figure.Result
	table *lossTable
	test  *scheme.Requirement
}

// Share divides one loss among the parties. It is pure: the same row always gives the same parts.
func (s *LossSharing) Share(row figure.Row) (*Loss, error) {
	x := &Loss{rules: s, run: s.program.Run(row)}
	for _, step := range []func(*Loss) error{(*Loss).total, (*Loss).first, (*Loss).reason, (*Loss).divide, (*Loss).lend} {
		if err := step(x); err != nil {
			return nil, err
		}
	}
	return x, nil
}

// amount is a fact or figure rounded to the fen; below zero it is refused.
func (x *Loss) amount(name string) (money.Fen, error) {
	v, err := x.run.Get(name)
	if err != nil {
		return 0, err
	}
	f, err := v.Fen(money.ToFen)
	if err == nil && f < 0 {
		err = FaultNegative.New().Set("name", x.rules.program.Title(name, fault.Zh)).Set("amount", f)
	}
	return f, err
}

func (x *Loss) total() (err error) {
	x.Total, err = x.amount(x.rules.Loss)
	x.Shared = x.Total
	return err
}

// first takes off what is paid before the loss is shared, in order, never more than is left.
func (x *Loss) first() error {
	for i := range x.rules.First {
		f, err := x.amount(x.rules.First[i].Pays)
		if err != nil {
			return err
		}
		f = min(f, x.Shared)
		x.First = append(x.First, f)
		x.Shared -= f
	}
	return nil
}

func (x *Loss) reason() error {
	s := x.rules
	if s.Causes.Given() {
		v, err := x.run.Get("cause")
		if err != nil {
			return err
		}
		if !contains(s.Causes.First().Is, v.Text()) {
			x.Reason = CauseNotCovered
			return nil
		}
	}
	for i := range s.Who {
		ok, err := x.run.Holds(s.Who[i].Cond)
		if err != nil {
			return err
		}
		if !ok {
			x.test, x.Reason = &s.Who[i], s.Who[i].Code
			return nil
		}
	}
	if x.Shared == 0 {
		x.Reason = NothingLost
	}
	return nil
}

func (x *Loss) divide() (err error) {
	if x.Reason != "" {
		return nil
	}
	if x.table, err = x.rules.tableOf(x.run); err != nil {
		return err
	}
	if x.Parts, err = x.table.divide(x.Shared, nil, nil); err != nil {
		return err
	}
	x.Paid = x.Shared - x.Of(x.rules.Lender.First().Is)
	return nil
}

// tableOf is the first table whose dates and condition hold.
func (s *LossSharing) tableOf(r *figure.Result) (*lossTable, error) {
	on := day.None
	if s.DatedBy != "" {
		v, err := r.Get(s.DatedBy)
		if err != nil {
			return nil, err
		}
		on = v.Day()
	}
	for i := range s.tables {
		t := &s.tables[i]
		if !holdsOn(t.version, on) {
			continue
		}
		if t.cond != nil {
			if ok, err := r.Holds(t.cond); err != nil || !ok {
				if err != nil {
					return nil, err
				}
				continue
			}
		}
		return t, nil
	}
	return nil, FaultNoTable.New().Set("day", on)
}

func holdsOn(v *rule.Version[Parties], on day.Date) bool {
	return on == day.None || (v.Since == day.None || v.Since <= on) && (v.Until == day.None || on <= v.Until)
}

func (x *Loss) lend() error {
	for i := range x.rules.LendWhile {
		t := &x.rules.LendWhile[i]
		ok, err := x.run.Holds(t.Cond)
		if err != nil {
			return err
		}
		if !ok {
			x.Suspended = append(x.Suspended, t)
		}
	}
	return nil
}

// Of is what a party bears of the loss; of a party whose share is split again the sum of its members. The lender bears all
// that is left where nobody else does.
func (x *Loss) Of(who string) money.Fen {
	if x.Parts == nil && who == x.rules.Lender.First().Is {
		return x.Shared
	}
	return partOf(x.Parts, who)
}

// weights are amounts as exact numbers.
func weights(list []money.Fen) []*big.Rat {
	out := make([]*big.Rat, len(list))
	for i, f := range list {
		out[i] = big.NewRat(int64(f), 1)
	}
	return out
}
