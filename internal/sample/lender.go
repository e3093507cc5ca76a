package sample

import (
	"slices"

	"ganlan/day"
	"ganlan/money"
)

// Numbers of contracts: those of the first bank begin here, and those of the next bank this much higher.
const (
	firstContract = 1200000000
	perBank       = 100000000
)

// Lender is the same county with the loans of another bank: the same families and the same list, contracts of their own. Bank
// 0 is the one that every county has; Banks names them all.
func (c County) Lender(bank, contracts int) County {
	c.bank, c.contracts = bank, contracts
	c.families = max(c.families, borrowers(contracts))
	return c
}

// Within is the same county with its townships in another area, by its six digits. Numbers of people and firms stay in the
// area that no place carries.
func (c County) Within(area string) County {
	c.area = area
	return c
}

// Known is the county as its offices knew it at the end of a day: contracts begun, entries booked and changes of the list up
// to it. Balances and statuses are of the end of the calendar year before, or of Year where the day is later.
func (c County) Known(d day.Date) County {
	c.known = d
	return c
}

// Mistyped is the county as somebody typed it in a hurry: in one contract of fifty a name, a rate or a day is wrong.
func (c County) Mistyped() County {
	c.slips = true
	return c
}

// ofBank is a purpose of streams for the county's bank.
func (c County) ofBank(purpose uint64) uint64 { return purpose + uint64(c.bank)<<8 }

// shifted is the family behind a place in the row of borrowers: each bank's row begins elsewhere.
func (c County) shifted(h int) int {
	if c.bank == 0 {
		return h
	}
	return (h + c.bank*c.families/3) % c.families
}

// reported is the day whose balances and statuses the files state.
func (c County) reported() day.Date {
	if c.known >= yearEnd {
		return yearEnd
	}
	y, _, _ := (c.known + 1).Civil()
	return day.YearStart(y) - 1
}

// seen is contract i as it was known and typed.
func (c County) seen(i int, x Contract) Contract {
	if c.known < Export {
		x.Ledger = slices.DeleteFunc(x.Ledger, func(e Entry) bool { return e.Date > c.known })
		x.Balance = balanceAt(x.Ledger, c.reported())
		x.Status = statusOf(x.End, x.Balance, c.reported())
	}
	c.slip(i, &x)
	return x
}

// oneIn is how many contracts have one that is typed wrongly.
const oneIn = 50

// slip types something wrongly in one contract of fifty, the eighth of each.
func (c County) slip(i int, x *Contract) {
	if !c.slips || i%oneIn != 7 {
		return
	}
	s := newStream(c.seed, c.ofBank(forSlip), uint64(i))
	last := len(x.Ledger) - 1
	switch k := s.below(3); {
	case k == 0:
		x.Name += "文"
	case k == 1 && last >= 0 && x.Ledger[last].Date < min(x.End, Export)-1 && x.Ledger[last].Date != yearEnd:
		x.Ledger[last].Date++
	default:
		x.RateBP += 10
	}
}

// feeWithin is how many days after a note's first day its fee is paid at the latest, extensionAhead how many days before its
// last one it is extended.
const (
	feeWithin      = 5
	extensionAhead = 10
)

// seenGuaranteed is a guaranteed contract as it was known, and whether it was.
func (c County) seenGuaranteed(i int) (Guaranteed, bool) {
	g := c.guaranteed(i)
	c.slip(i, &g.Contract)
	if c.known >= Export {
		return g, true
	}
	var notes []Note
	g.Balance = 0
	for _, n := range g.Notes {
		if n.Start+feeWithin > c.known {
			break
		}
		n.seen(c.known)
		if at := c.reported(); n.Start <= at {
			g.Balance += n.Amount - repaidBy(n.Repaid, at)
		}
		notes = append(notes, n)
	}
	g.Notes, g.Status = notes, statusOf(g.End, g.Balance, c.reported())
	return g, len(notes) > 0
}

// seen forgets what happened to a note after a day.
func (n *Note) seen(known day.Date) {
	all := len(n.Repaid)
	n.Repaid = slices.DeleteFunc(slices.Clone(n.Repaid), func(e Entry) bool { return e.Date > known })
	if len(n.Repaid) < all {
		n.Fee.Refund = money.Fen(0)
	}
	if n.End-extensionAhead > known {
		n.Extended = day.None
	}
}
