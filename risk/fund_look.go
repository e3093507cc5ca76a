package risk

import (
	"maps"

	"ganlan/day"
	"ganlan/fault"
	"ganlan/figure"
	"ganlan/money"
	"ganlan/rule"
)

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
	if orWhole(c.Of) != of {
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

func orWhole(o Of) Of {
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
