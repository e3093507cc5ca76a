package sample

import (
	"fmt"

	"ganlan/day"
	"ganlan/money"
)

// Guaranteed is a contract of the guaranteed loans (浙里担): a farm enterprise that employs people of listed families, or
// a listed family. It is drawn in notes, each with its own due day and guarantee.
type Guaranteed struct {
	Contract
	Entity          bool
	IDType          string
	Jobs, Employees int // people of listed families, and all; 0 for a family
	Notes           []Note
}

// Note is one draw of a guaranteed contract.
type Note struct {
	No         string
	Start, End day.Date
	Extended   day.Date // the new due day, or day.None
	Amount     money.Fen
	Fee        Fee
	Repaid     []Entry
}

// Fee is what the guarantee of a note cost. It covers From to To, both in.
type Fee struct {
	No          string
	RateBP      int64
	Paid        day.Date
	Fee, Refund money.Fen
	From, To    day.Date
}

// The first day on which a guaranteed loan of the programme can be drawn.
var firstGuaranteed = day.Of(2023, 8, 1)

// guaranteed is contract i of the example: every third borrower is an enterprise.
func (c County) guaranteed(i int) Guaranteed {
	s := newStream(c.seed, c.ofBank(forGuarantee), uint64(i))
	g := Guaranteed{Entity: i%3 == 0, Contract: Contract{No: fmt.Sprintf("HT%010d", 1700000000+i*9+s.below(9)),
		RateBP: int64(s.between(335, 435)), Start: firstGuaranteed + day.Date(s.below(int(lastStart-firstGuaranteed)))}}
	g.End = g.Start.AddMonths(pick(s, []int{12, 24, 24, 36}))
	home, members := c.household(i)
	if g.Entity {
		g.enterprise(s, i, home)
	} else {
		g.farmer(s, i, members[0])
	}
	g.Branch, g.BranchShort = home.branch(c.bank, false)
	g.Region, g.Purpose = home.region(c.area), "business"
	g.draw(s)
	g.Status = statusOf(g.End, g.Balance, yearEnd)
	return g
}

// enterprise makes the borrower a firm or a cooperative. The first ones stand at the borders of the job test.
func (g *Guaranteed) enterprise(s *stream, i int, home town) {
	kind, form := "91", "农业发展有限公司"
	if s.percent(50) {
		kind, form = "93", "农产品专业合作社"
	}
	g.IDType, g.IDNo = "统一社会信用代码", creditCode(s, kind)
	g.Name = towns[home] + string(pick(s, []rune("绿丰禾稻果茶泉谷"))) + string(pick(s, []rune("源盛兴达和顺"))) + form
	g.Product, g.ProductCode = "浙里担·链富贷", "LF01"
	g.Amount = money.Fen(s.between(5, 50)) * 100000 * money.Yuan
	g.Employees = s.between(12, 60)
	g.Jobs = s.between(4, min(g.Employees, 24))
	borders := [][2]int{{10, 40}, {9, 18}, {9, 19}, {9, 60}}
	if k := i / 3; k < len(borders) {
		g.Jobs, g.Employees = borders[k][0], borders[k][1]
	}
}

// farmer makes the borrower family i of the county, on the list or not.
func (g *Guaranteed) farmer(s *stream, i int, head person) {
	g.HouseholdNo, g.family = householdNo(i), i
	g.IDType, g.IDNo, g.Name = citizen, head.id, head.name
	g.Product, g.ProductCode = "浙里担·共富农创贷", "NC01"
	g.Amount = money.Fen(s.between(5, 50)) * 10000 * money.Yuan
}

// draw gives the contract one to three notes whose amounts together stay within the line.
func (g *Guaranteed) draw(s *stream) {
	left, start := g.Amount, g.Start+day.Date(s.below(10))
	for k := range s.between(1, 3) {
		if left < 20000*money.Yuan || start > yearEnd || start >= g.End-90 {
			break
		}
		n := Note{No: fmt.Sprintf("JJ%s%02d", g.No[2:], k+1), Start: start, Extended: day.None}
		n.End = min(start.AddMonths(pick(s, []int{6, 12, 24})), g.End)
		n.Amount = money.Fen(s.between(1, int(left/(10000*money.Yuan)))) * 10000 * money.Yuan
		n.insure(s)
		n.repay(s, g.End)
		g.Notes = append(g.Notes, n)
		left -= n.Amount
		start += day.Date(s.between(20, 150))
		g.Balance += n.Amount - repaidBy(n.Repaid, yearEnd)
	}
}

// insure sets the fee: a yearly rate on the note for its months, or its days of 365 when there are odd ones. It is paid
// within the first days.
func (n *Note) insure(s *stream) {
	n.Fee = Fee{No: "DB" + n.No[2:], RateBP: pick(s, []int64{50, 50, 80, 100}), Paid: min(n.Start+day.Date(s.below(feeWithin+1)), yearEnd),
		From: n.Start, To: n.End - 1}
	parts, year := int64(n.End-n.Start), int64(365)
	if months, odd := day.Months(n.Start, n.End); odd == 0 {
		parts, year = int64(months), 12
	}
	whole := 10000 * year
	n.Fee.Fee = money.Fen((2*int64(n.Amount)*n.Fee.RateBP*parts + whole) / (2 * whole)) // half up
}

// repay pays the note back: mostly at the due day, some in parts, some early with part of the fee back, a few late, and
// now and then after an extension. Nothing is booked after the export.
func (n *Note) repay(s *stream, contractEnd day.Date) {
	days, due, owed := int(n.End-n.Start), n.End, n.Amount
	switch k := s.below(100); {
	case k < 20:
		due = n.Start + day.Date(s.between(days/3, days-10))
		n.refund(due)
	case k < 50:
		n.pay(n.Start+day.Date(s.between(10, days-5)), n.Amount/4)
		owed -= n.Amount / 4
	case k < 56:
		due += day.Date(s.between(1, 40))
	case k < 64 && n.End.AddMonths(3) <= contractEnd:
		n.Extended = n.End.AddMonths(3)
		due = n.Extended
	}
	if len(n.Repaid) == 0 {
		owed = n.Amount
	}
	n.pay(due, owed)
}

func (n *Note) pay(d day.Date, amount money.Fen) {
	if d <= Export {
		n.Repaid = append(n.Repaid, Entry{d, Repay, amount})
	}
}

// refund returns half of the fee for the days of cover left after an early repayment.
func (n *Note) refund(repaid day.Date) {
	if repaid > Export {
		return
	}
	left, all := int64(n.Fee.To-repaid+1), int64(n.Fee.To-n.Fee.From+1)
	n.Fee.Refund = money.Fen(int64(n.Fee.Fee) * left / (2 * all))
}

func repaidBy(entries []Entry, d day.Date) (sum money.Fen) {
	for _, e := range entries {
		if e.Date <= d {
			sum += e.Amount
		}
	}
	return sum
}
