// Package sample invents a county: families on a name list, their loans and every draw and repayment, drawn from a seed.
// It refuses to look like anybody: all people and firms belong to area 990783, which is not assigned to any place.
package sample

import (
	"fmt"
	"iter"

	"ganlan/day"
)

// County is one invented county. It holds no rows: each family and each contract is drawn from its own stream when asked
// for, so that a row never depends on how many others there are.
type County struct {
	seed                uint64
	contracts, families int
	bank                int      // 0 is the first bank
	area                string   // six digits, above the codes of the townships
	known               day.Date // what happened later is not known yet
	slips               bool     // some contracts are typed wrongly
}

// Year is the calendar year whose interest the county claims; balances and statuses are as of its last day.
const Year = 2025

// Export is the day on which the bank took the ledger out of its books: nothing later is in it.
var Export = day.Of(Year+1, 2, 28)

// New is a county with this many contracts. It has at least as many families as borrow (four for five contracts) and
// more when families asks for more: those have no loan.
func New(seed uint64, contracts, families int) County {
	return County{seed: seed, contracts: contracts, families: max(families, borrowers(contracts)), area: area, known: day.Open}
}

// Contracts is the number of contracts, Families that of families, on the list or not.
func (c County) Contracts() int { return c.contracts }

// Families is the number of families, with or without a loan, on the list or not.
func (c County) Families() int { return c.families }

// All walks the contracts that are known in the order of their numbers.
func (c County) All() iter.Seq2[int, Contract] {
	return func(yield func(int, Contract) bool) {
		for i := range c.contracts {
			x := c.Contract(i)
			if x.Start <= c.known && !yield(i, c.seen(i, x)) {
				return
			}
		}
	}
}

// borrowers is the number of families behind the first n contracts: in each block of five the first four have families
// of their own and the fifth goes to any family met so far.
func borrowers(n int) int { return n/5*4 + min(n%5, 4) }

// family is the family behind contract i.
func family(i int, s *stream) int {
	if i%5 < 4 {
		return i/5*4 + i%5
	}
	return s.below(i/5*4 + 4)
}

func householdNo(h int) string { return fmt.Sprintf("JT%08d", 20000000+h) }
