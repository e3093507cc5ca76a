package bankfile

import (
	"regexp"
	"slices"
	"strconv"

	"ganlan/fault"
	"ganlan/money"
)

// Sums is what a parser added up, to be held against the totals that the file states itself.
type Sums struct {
	sums   map[Kind][]int64
	stated map[Kind][]statedTotal
	rows   map[Kind]int
	most   map[Kind]money.Fen
	people []person
	last   int // row of the last contract
}

// AddTo adds what the parser read to the sums of the whole run.
func (p *Parser) AddTo(s *Sums) {
	if s.sums == nil {
		s.sums, s.stated, s.rows, s.most = map[Kind][]int64{}, map[Kind][]statedTotal{}, map[Kind]int{}, map[Kind]money.Fen{}
	}
	p.tables(func(t *table) {
		k := t.layout.Kind
		if s.sums[k] == nil {
			s.sums[k] = make([]int64, len(t.sums))
		}
		for i, n := range t.sums {
			s.sums[k][i] += n
		}
		s.stated[k] = append(s.stated[k], t.stated...)
		s.rows[k] += t.rows
		s.most[k] = max(s.most[k], t.most)
	})
	s.people = append(s.people, p.people...)
	s.last = max(s.last, p.lastRow)
}

// Rows are the rows read of each kind of file.
func (s *Sums) Rows() map[Kind]int { return s.rows }

// CheckTotals refuses files whose own totals differ from the sum of their rows, and contracts or a ledger without any row.
// It tells what only all rows together show: people with two names, amounts that are too small for their unit.
func (fs *Files) CheckTotals(s *Sums) (faults fault.List) {
	for _, f := range []*File{fs.Contracts, fs.Ledger} {
		if s.rows[f.Layout.Kind] == 0 {
			faults.Add(FaultEmpty.At(f.Layout.at(0, -1)))
		}
	}
	fs.each(func(f *File) {
		k := f.Layout.Kind
		faults = append(faults, f.checkTotals(s.sums[k], s.rows[k], s.stated[k])...)
		faults = append(faults, f.Layout.checkUnit(s.most[k])...)
	})
	return append(faults, checkPeople(fs.Contracts.Layout, s.people, s.last)...)
}

// leastLoan is below what anybody lends: a table whose amounts all stay below it is in another unit (D2).
const leastLoan = 100 * money.Yuan

func (l *Layout) checkUnit(most money.Fen) (faults fault.List) {
	i := l.column("amount")
	if i >= 0 && l.Kind != Fees && most > 0 && most < leastLoan && l.unitOf(i) == money.Yuan {
		faults.Add(FaultUnitUnlikely.At(l.at(l.HeaderRow, i)).Set("title", l.Titles[i]))
	}
	return faults
}

// checkTotals holds the file's own totals against its rows: amounts, and how many rows it says there are (E5). Each of
// several sheets has its own. A file with totals of parts is read once more for them.
func (f *File) checkTotals(sums []int64, rows int, stated []statedTotal) (faults fault.List) {
	width, parts := len(f.Layout.Keys), false
	for sheet := range max(1, len(f.Layout.Sheets)) {
		var of []statedTotal
		for _, x := range stated {
			if len(f.Layout.Sheets) == 0 || x.row/rowsOfSheet == sheet {
				of = append(of, x)
				parts = parts || x.part
			}
		}
		slices.SortFunc(of, func(a, b statedTotal) int { return a.row - b.row })
		for column, key := range f.Layout.Keys {
			if f.profile.sums(key) && len(sums) > 0 {
				faults.Add(f.checkTotal(column, sums[sheet*width+column], of))
			}
		}
	}
	for _, x := range stated {
		if n, ok := countIn(x.cells); ok && !x.part && len(f.Layout.Sheets) < 2 && n != rows {
			faults.Add(FaultCount.At(f.Layout.at(x.row, -1)).Set("stated", n).Set("rows", rows))
		}
	}
	if parts && len(faults) == 0 {
		return f.checkParts(stated)
	}
	return faults
}

// checkTotal holds the last total of a column against its sum. Subtotals may be of parts: without a total they must add up to
// the sum together, or the last one be it.
func (f *File) checkTotal(column int, sum int64, stated []statedTotal) *fault.Fault {
	var last *statedTotal
	parts, readable := int64(0), true
	for i, x := range stated {
		if at(x.cells, column) == "" || x.part && last != nil && !last.part {
			continue
		}
		last = &stated[i]
		n, err := readMoney(x.cells[column], f.Layout.unitOf(column))
		if err != nil {
			readable = false
			continue
		}
		parts, err = money.AddInt(parts, int64(n))
		readable = readable && err == nil
	}
	if last == nil || readable && last.part && parts == sum {
		return nil
	}
	n, err := readMoney(last.cells[column], f.Layout.unitOf(column))
	if err == nil && int64(n) == sum {
		return nil
	}
	return FaultTotal.At(f.Layout.at(last.row, column)).Set("title", f.Layout.Titles[column]).Set("stated", last.cells[column]).Set("sum", money.Fen(sum))
}

// checkParts reads the rows once more and holds each total of a part against what stands above it: the rows since the total
// before, or all so far.
func (f *File) checkParts(stated []statedTotal) (faults fault.List) {
	totals := map[int]statedTotal{}
	for _, x := range stated {
		totals[x.row] = x
	}
	n, sheet := len(f.Layout.Keys), 0
	part, all := make([]int64, n), make([]int64, n)
	err := f.records(func(row int, cells []string) {
		if s := row / rowsOfSheet; s != sheet && len(f.Layout.Sheets) > 0 {
			sheet = s
			clear(part)
			clear(all)
		}
		x, total := totals[row]
		if !total {
			f.add(cells, part, all)
			return
		}
		if x.part {
			faults = append(faults, f.differs(x, part, all)...)
		}
		clear(part)
	})
	if err != nil {
		faults = append(faults, f.inFile(err)...)
	}
	return faults
}

// differs compares the amounts of a total row with any of the sums it may be of; it speaks of the first.
func (f *File) differs(x statedTotal, sums ...[]int64) (faults fault.List) {
	for k, sum := range sums {
		var bad fault.List
		for i, key := range f.Layout.Keys {
			if !f.profile.sums(key) || at(x.cells, i) == "" {
				continue
			}
			n, err := readMoney(x.cells[i], f.Layout.unitOf(i))
			if err != nil || int64(n) != sum[i] {
				bad.Add(FaultTotal.At(f.Layout.at(x.row, i)).Set("title", f.Layout.Titles[i]).Set("stated", x.cells[i]).Set("sum", money.Fen(sum[i])))
			}
		}
		if len(bad) == 0 {
			return nil
		}
		if k == 0 {
			faults = bad
		}
	}
	return faults
}

// add adds the amounts of a row. What cannot be read was refused before.
func (f *File) add(cells []string, sums ...[]int64) {
	if f.profile.isFooter(cells) {
		return
	}
	for i, key := range f.Layout.Keys {
		if !f.profile.sums(key) || i >= len(cells) {
			continue
		}
		if n, err := readMoney(cells[i], f.Layout.unitOf(i)); err == nil {
			for _, s := range sums {
				s[i] += int64(n)
			}
		}
	}
}

// statedTotal is a row of the file that says what its rows add up to, or how many they are.
type statedTotal struct {
	row   int
	cells []string
	part  bool // a subtotal
}

// counted is a number of rows in words: 共7笔, 合计（7条）. Households and people are not counted by rows.
var counted = regexp.MustCompile(`^(?:合计|总计)?[(:]?(?:合计|总计|共计|共|计)?(\d{1,9})(?:笔|条|行)(?:记录|数据|明细)?\)?$`)

// countName is a cell that says that the next one is the number of rows.
var countName = regexp.MustCompile(`^(?:总笔数|总条数|总行数|总记录数|记录数|记录总数|笔数|行数|条数)[:]?(\d{0,9})$`)

// countIn is how many rows a total row says there are.
func countIn(cells []string) (int, bool) {
	named := false
	for _, c := range cells {
		c = clean(c)
		if c == "" {
			continue
		}
		if n, err := strconv.Atoi(c); named && err == nil {
			return n, true
		}
		m := counted.FindStringSubmatch(c)
		if m == nil {
			m = countName.FindStringSubmatch(c)
		}
		if named = m != nil; named && m[1] != "" {
			n, err := strconv.Atoi(m[1])
			return n, err == nil
		}
	}
	return 0, false
}

// isCount reports a row that begins with how many rows there are.
func isCount(cells []string) bool {
	for _, c := range cells {
		if c = clean(c); c != "" {
			return counted.MatchString(c) || countName.MatchString(c)
		}
	}
	return false
}
