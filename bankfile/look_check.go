package bankfile

import (
	"slices"
	"strings"

	"ganlan/fault"
	"ganlan/money"
)

// check reads the file through.
func (r *Report) check(f *File) {
	var sums []int64
	var stated []statedTotal
	var faults fault.List
	if f.Layout.Kind == Contracts {
		sums, stated, faults, r.Rows = f.checkContracts()
	} else if check := checks[f.Layout.Kind]; check != nil {
		sums, stated, faults, r.Rows = check(f)
	} else {
		faults, r.Rows = f.countRecords()
	}
	if r.Rows == 0 && faults.Err() == nil {
		faults.Add(FaultEmpty.At(f.Layout.at(0, -1)))
	}
	r.Faults = append(r.Faults, faults...)
	if sums != nil {
		r.Faults = append(r.Faults, f.checkTotals(sums, r.Rows, stated)...)
		r.totals(f, sums, stated)
	}
}

// totals lists the totals that the file states.
func (r *Report) totals(f *File, sums []int64, stated []statedTotal) {
	slices.SortFunc(stated, func(a, b statedTotal) int { return a.row - b.row })
	for _, x := range stated {
		sheet, row := f.Layout.Where(x.row)
		base := 0
		if len(f.Layout.Sheets) > 0 {
			base = x.row / rowsOfSheet * len(f.Layout.Keys)
		}
		for column, key := range f.Layout.Keys {
			if summed[key] && at(x.cells, column) != "" {
				r.Totals = append(r.Totals, TotalSeen{sheet, row, f.Layout.Titles[column], at(x.cells, column), money.Fen(sums[base+column]).String(), x.part})
			}
		}
	}
}

// countRecords counts the records of a kind of file that no command reads yet.
func (f *File) countRecords() (faults fault.List, n int) {
	err := f.records(func(_ int, cells []string) {
		if !allBlank(cells) && !f.profile.isTotal(cells) && !f.profile.isFooter(cells) {
			n++
		}
	})
	if err != nil {
		return f.inFile(err), n
	}
	return nil, n
}

type checked func(*File) (sums []int64, stated []statedTotal, faults fault.List, rows int)

// checks read a kind of file by itself.
var checks = map[Kind]checked{
	Ledger: func(f *File) ([]int64, []statedTotal, fault.List, int) {
		return checkLines(f, ledgerSetters, func(x *ledgerLine) string { return x.contract })
	},
	Notes: func(f *File) ([]int64, []statedTotal, fault.List, int) {
		return checkLines(f, noteSetters, func(x *noteLine) string { return x.contract })
	},
	Fees: func(f *File) ([]int64, []statedTotal, fault.List, int) {
		return checkLines(f, feeSetters, func(x *feeLine) string { return x.contract })
	},
	List: func(f *File) ([]int64, []statedTotal, fault.List, int) {
		_, _, _, n := checkLines(f, listSetters, func(x *listLine) string { return x.no })
		_, faults := f.ReadList()
		return nil, nil, faults, n
	},
	Members: func(f *File) ([]int64, []statedTotal, fault.List, int) {
		families, left, faults := f.ReadMembers()
		n := 0
		for i := range families {
			n += len(families[i].Members)
		}
		for i := range left {
			n += len(left[i].Rows)
		}
		return nil, nil, faults, n
	},
	History: func(f *File) ([]int64, []statedTotal, fault.List, int) {
		paid, faults := f.ReadHistory()
		return nil, nil, faults, count(paid)
	},
	Approvals: func(f *File) ([]int64, []statedTotal, fault.List, int) {
		all, faults := f.ReadApprovals()
		return nil, nil, faults, count(all)
	},
}

func count[T any](m map[string][]T) (n int) {
	for _, list := range m {
		n += len(list)
	}
	return n
}

func checkLines[T any](f *File, setters map[string]setter[T], key func(*T) string) ([]int64, []statedTotal, fault.List, int) {
	for {
		var zero T
		ls := newLines(f.profile, f.Layout, setters, key, zero)
		if err := readBlocks(f, ls, func(*lines[T]) {}); err != nil {
			return nil, nil, f.inFile(err), 0
		}
		if ls.broken && !f.sorted {
			f.Sort()
			continue
		}
		return ls.sums, ls.stated, append(ls.faults, f.Layout.checkUnit(ls.most)...), ls.rows
	}
}

// checkContracts reads contracts as a calculation does, without a ledger.
func (f *File) checkContracts() ([]int64, []statedTotal, fault.List, int) {
	const none = "contract_no,date,kind,amount\n"
	ledger, _ := f.profile.Open(Input{Data: strings.NewReader(none), Size: int64(len(none))}, Ledger, Options{})
	fs := &Files{Contracts: f, Ledger: ledger}
	for {
		faults, sums, again, err := fs.through()
		if err != nil {
			return nil, nil, f.inFile(err), 0
		}
		if again && !f.sorted {
			f.Sort()
			continue
		}
		faults = append(faults, f.Layout.checkUnit(sums.most[Contracts])...)
		faults = append(faults, checkPeople(f.Layout, sums.people, sums.last)...)
		return sums.sums[Contracts], sums.stated[Contracts], faults, sums.rows[Contracts]
	}
}

// through reads the files once. again is true when they must be sorted first.
func (fs *Files) through() (faults fault.List, sums Sums, again bool, err error) {
	join, err := fs.Join()
	if err != nil {
		return nil, sums, false, err
	}
	defer join.Close()
	parser := fs.NewParser()
	for {
		b, more, err := join.Next()
		if err != nil || !more {
			parser.AddTo(&sums)
			return parser.Faults(), sums, false, err
		}
		if unsorted := parser.Read(b, func(*Loan) {}); len(unsorted) > 0 {
			return nil, sums, true, nil
		}
	}
}
