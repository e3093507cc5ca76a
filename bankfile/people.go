package bankfile

import (
	"cmp"
	"hash/maphash"
	"math"
	"slices"
	"sync"

	"ganlan/fault"
	"ganlan/ident"
)

// person is what one row says of its borrower, small enough to be kept for every row of a large file: 32 bytes. 0 is not
// given.
type person struct {
	id, name, account uint64
	home              uint32
	row               int32
}

// mostPeople is the last row that is compared with others, so that a file of any size takes at most 128 MiB for it, and the
// search half as much again.
const mostPeople = 1 << 22

// lastCompared is the last row that is compared; the sheets of a workbook are never that long.
func (l *Layout) lastCompared() int {
	if len(l.Sheets) > 0 {
		return math.MaxInt32
	}
	return mostPeople
}

var peopleSeed = maphash.MakeSeed()

func sum64(s string) uint64 {
	if s == "" {
		return 0
	}
	return maphash.String(peopleSeed, s) | 1
}

// note remembers a row's borrower.
func (p *Parser) note(c *contractLine) {
	if c.Row > p.contracts.layout.lastCompared() || c.Name == "" || c.IDNo == "" && c.Account == "" {
		return
	}
	p.people = append(p.people, person{sum64(c.IDNo), sum64(ident.Name(c.Name).Key()), sum64(c.Account), uint32(sum64(c.Household) >> 32), int32(c.Row)})
}

// pair is one thing that should have one value: a number and its name, a name and its number.
type pair struct {
	key, value uint64
	row        int32
}

// bond is a rule that one thing has one value in all rows.
type bond struct {
	def    *fault.Def
	column string // of the value
	of     func(*person) (key, value uint64)
}

var bonds = []bond{
	{FaultTwoNames, "name", func(p *person) (uint64, uint64) { return p.id, p.name }},
	{FaultTwoNumbers, "id_no", func(p *person) (uint64, uint64) {
		// Namesakes are many: a name is one person's within its household, or in a file that knows no households.
		return p.name ^ uint64(p.home)*0x9e3779b97f4a7c15, p.id
	}},
	{FaultTwoOwners, "account", func(p *person) (uint64, uint64) { return p.account, p.name }},
}

// mostConflicts is how many conflicts of one class are told one by one.
const mostConflicts = 1000

// checkPeople tells every row whose borrower has another name, number or account than in an earlier row. The order in which
// the rows came does not matter.
func checkPeople(l *Layout, people []person, last int) (faults fault.List) {
	found := make([]fault.List, len(bonds))
	var wg sync.WaitGroup
	for i, b := range bonds {
		wg.Go(func() { found[i] = b.broken(l, people) })
	}
	wg.Wait()
	if last > l.lastCompared() {
		faults.Add(FaultNotCompared.At(l.at(0, -1)).Set("row", mostPeople))
	}
	return append(faults, slices.Concat(found...)...)
}

// broken are the rows that break the rule. Only things seen with two values are sorted, which are few.
func (b bond) broken(l *Layout, people []person) (faults fault.List) {
	suspects := b.suspects(people)
	slices.SortFunc(suspects, func(x, y pair) int { return cmp.Or(cmp.Compare(x.key, y.key), cmp.Compare(x.row, y.row)) })
	var told []pair
	more := 0
	var rows []pair // in the order of the file
	for i := 0; i < len(suspects); {
		first := suspects[i]
		told = append(told[:0], first)
		for ; i < len(suspects) && suspects[i].key == first.key; i++ {
			x := suspects[i]
			if !slices.ContainsFunc(told, func(y pair) bool { return x.value == y.value }) && len(told) < 16 {
				told = append(told, x)
				rows = append(rows, pair{uint64(first.row), 0, x.row})
			}
		}
	}
	slices.SortFunc(rows, func(x, y pair) int { return cmp.Compare(x.row, y.row) })
	if len(rows) > mostConflicts {
		more, rows = len(rows)-mostConflicts, rows[:mostConflicts]
	}
	for _, x := range rows {
		faults.Add(b.def.At(l.at(int(x.row), l.column(b.column))).Set("row", l.rowName(int(x.key))))
	}
	if more > 0 {
		faults.Add(FaultMoreConflicts.At(l.at(0, -1)).Set("n", more).Set("code", b.def.Code))
	}
	return faults
}

// suspects are the rows of things that may have two values: those that meet another value in a table of short marks.
func (b bond) suspects(people []person) (out []pair) {
	shift := 64
	for size := 1; size < 4*len(people); size *= 2 {
		shift--
	}
	if shift == 64 {
		return nil
	}
	marks := make([]uint32, 1<<(64-shift))
	twice := make([]uint64, (len(marks)+63)/64)
	for i := range people {
		key, value := b.of(&people[i])
		if key == 0 || value == 0 {
			continue
		}
		at, mark := mix(key)>>shift, uint32(value>>32)|1
		switch marks[at] {
		case 0:
			marks[at] = mark
		case mark:
		default:
			twice[at/64] |= 1 << (at % 64)
		}
	}
	for i := range people {
		key, value := b.of(&people[i])
		if at := mix(key) >> shift; key != 0 && value != 0 && twice[at/64]>>(at%64)&1 == 1 {
			out = append(out, pair{key, value, people[i].row})
		}
	}
	return out
}

// mix spreads a key over the high bits.
func mix(key uint64) uint64 { return key * 0x9e3779b97f4a7c15 }
