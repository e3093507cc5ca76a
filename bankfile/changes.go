package bankfile

import (
	"slices"
	"strings"

	"ganlan/day"
	"ganlan/fault"
	"ganlan/household"
	"ganlan/ident"
	"ganlan/loan"
)

// What became of a row between two readings of a file.
const (
	Added   = "added"
	Removed = "removed"
	Changed = "changed"
	Same    = "same"
)

// Change is a row of which two readings of a kind of file say different things, or that stands in one of them.
type Change struct {
	What           string
	Key            string // contract or household
	OldRow, NewRow int    // 0 where the reading has no such row
	Fields         []FieldChange
}

// FieldChange is a value that changed; empty is not given. Key is the column's.
type FieldChange struct{ Key, Old, New string }

// Changes compares two readings of one kind of file, last month's and this month's, by what the cells mean: spacing, order,
// encoding and spelling of values do not count. Rows are matched by contract (household) and note; of the ledger, the list and
// the history a row is either in both or not. Changes come in the order of the keys. Memory is bounded by the rows of one key.
// A file that is wrong is refused as ever.
func Changes(old, new *File, each func(Change)) fault.List {
	a, b, faults := old.texts(), new.texts(), fault.List(nil)
	x, y := a.group(), b.group()
	for x != nil || y != nil {
		switch {
		case y == nil || x != nil && x[0].key < y[0].key:
			matchRows(old.Layout.Kind, x, nil, each)
			x = a.group()
		case x == nil || y[0].key < x[0].key:
			matchRows(old.Layout.Kind, nil, y, each)
			y = b.group()
		default:
			matchRows(old.Layout.Kind, x, y, each)
			x, y = a.group(), b.group()
		}
	}
	for _, s := range []*rowTexts{a, b} {
		faults = append(faults, s.faults()...)
	}
	return faults
}

// rowText is a row as the texts of its values, in the order of the kind's keys.
type rowText struct {
	key   string
	row   int
	texts []string
}

// matchRows pairs the rows of one key: equal rows first, then those of one note or name, the rest is added or removed.
func matchRows(kind Kind, old, new []rowText, each func(Change)) {
	keys := schemas[kind].keys()
	old, new = equalRows(old, new, each)
	second, pairs := map[Kind]string{Notes: "note_no", Members: "name", Fees: "guarantee_no"}[kind], kind == Contracts || kind == Approvals
	at := slices.Index(keys, second)
	for _, x := range old {
		j := slices.IndexFunc(new, func(y rowText) bool { return pairs || at >= 0 && x.texts[at] == y.texts[at] })
		if j < 0 {
			each(Change{What: Removed, Key: x.key, OldRow: x.row, Fields: given(keys, x.texts, true)})
			continue
		}
		c := Change{What: Changed, Key: x.key, OldRow: x.row, NewRow: new[j].row}
		for k, key := range keys {
			if x.texts[k] != new[j].texts[k] {
				c.Fields = append(c.Fields, FieldChange{key, x.texts[k], new[j].texts[k]})
			}
		}
		each(c)
		new = slices.Delete(slices.Clone(new), j, j+1)
	}
	for _, y := range new {
		each(Change{What: Added, Key: y.key, NewRow: y.row, Fields: given(keys, y.texts, false)})
	}
}

// equalRows takes out the rows that say the same.
func equalRows(old, new []rowText, each func(Change)) (a, b []rowText) {
	waiting := map[string][]rowText{}
	for _, y := range new {
		k := strings.Join(y.texts, "\x1f")
		waiting[k] = append(waiting[k], y)
	}
	taken := map[int]bool{}
	for _, x := range old {
		k := strings.Join(x.texts, "\x1f")
		if w := waiting[k]; len(w) > 0 {
			each(Change{What: Same, Key: x.key, OldRow: x.row, NewRow: w[0].row})
			waiting[k], taken[w[0].row] = w[1:], true
			continue
		}
		a = append(a, x)
	}
	for _, y := range new {
		if !taken[y.row] {
			b = append(b, y)
		}
	}
	return a, b
}

// given are the values of a row that stands in one reading alone.
func given(keys, texts []string, old bool) (out []FieldChange) {
	for i, key := range keys {
		switch {
		case texts[i] == "":
		case old:
			out = append(out, FieldChange{Key: key, Old: texts[i]})
		default:
			out = append(out, FieldChange{Key: key, New: texts[i]})
		}
	}
	return out
}

// rowTexts gives the rows of a file in the order of its keys.
type rowTexts struct {
	next   func() (rowText, bool)
	faults func() fault.List
	ahead  []rowText
}

// group is the rows of the next key; nil at the end.
func (s *rowTexts) group() []rowText {
	out := s.ahead
	s.ahead = nil
	for {
		x, ok := s.next()
		switch {
		case !ok:
			return out
		case len(out) > 0 && out[0].key != x.key:
			s.ahead = []rowText{x}
			return out
		}
		out = append(out, x)
	}
}

// texts reads a file of any kind in the order of its keys.
func (f *File) texts() *rowTexts {
	switch f.Layout.Kind {
	case Contracts:
		return textsOf(f, f.profile.factSetters(), contractGetters, func(x *contractLine) string { return x.No }, contractLine{birth: day.None}, func(ls *lines[contractLine]) {
			ls.x.IDNo = ls.checkID(ls.x.IDType, ls.x.IDNo)
		})
	case Ledger:
		return textsOf(f, ledgerSetters, ledgerGetters, func(x *ledgerLine) string { return x.contract }, ledgerLine{Entry: loan.Entry{NewEnd: day.None}}, nil)
	case Notes:
		return textsOf(f, noteSetters, noteGetters, func(x *noteLine) string { return x.contract }, noteLine{}, nil)
	case Fees:
		return textsOf(f, feeSetters, feeGetters, func(x *feeLine) string { return x.contract }, feeLine{}, nil)
	case List:
		return textsOf(f, listSetters, listGetters, func(x *listLine) string { return x.no }, listLine{from: day.None, to: day.None}, nil)
	case History:
		return textsOf(f, historySetters, historyGetters, func(x *household.Paid) string { return x.Household }, household.Paid{}, nil)
	case Members:
		return textsOf(f, memberSetters, memberGetters, func(x *memberLine) string { return x.Household }, memberLine{Member: household.Member{Birth: day.None}}, func(ls *lines[memberLine]) {
			ls.x.IDNo = ls.checkID(ls.x.idType, ls.x.IDNo)
			if code := ls.profile.kin[ls.x.role]; ls.x.Relation == "" {
				ls.x.Relation = code
			}
		})
	default:
		return textsOf(f, approvalSetters, approvalGetters, func(x *Approval) string { return x.Household }, Approval{}, nil)
	}
}

func textsOf[T any](f *File, set map[string]setter[T], get map[string]getter[T], key func(*T) string, zero T, finish func(*lines[T])) *rowTexts {
	f.Sort()
	ls := newLines(f.profile, f.Layout, set, key, zero)
	feed, err := f.feed()
	keys := schemas[f.Layout.Kind].keys()
	open := false
	next := func() (rowText, bool) {
		for err == nil {
			if open && ls.next() {
				if finish != nil {
					finish(ls)
				}
				x := rowText{key: strings.Clone(key(&ls.x)), row: ls.row}
				for _, k := range keys {
					x.texts = append(x.texts, strings.Clone(get[k](&ls.x)))
				}
				return x, true
			}
			var b block
			if b, open, err = feed.some(1 << 20); !open {
				break
			}
			ls.begin(b)
		}
		return rowText{}, false
	}
	return &rowTexts{next: next, faults: func() fault.List {
		if err != nil {
			return append(ls.faults, f.inFile(err)...)
		}
		return ls.faults
	}}
}

// SharedPerson is somebody who has contracts in two files, of two banks or two programmes.
type SharedPerson struct {
	Number          string // masked
	Contract, Other string
	Row, OtherRow   int
}

// SharedPeople gives the people who have contracts in both files. That is allowed; what may be paid twice the scheme says.
func SharedPeople(one, two *File, each func(SharedPerson)) fault.List {
	type seen struct {
		contract string
		row      int
	}
	people := map[uint64]seen{}
	at := slices.Index(schemas[Contracts].keys(), "id_no")
	a, b := one.texts(), two.texts()
	for x, ok := a.next(); ok; x, ok = a.next() {
		if _, twice := people[sum64(x.texts[at])]; !twice && x.texts[at] != "" {
			people[sum64(x.texts[at])] = seen{x.key, x.row}
		}
	}
	for y, ok := b.next(); ok; y, ok = b.next() {
		if x, both := people[sum64(y.texts[at])]; both && y.texts[at] != "" {
			each(SharedPerson{ident.Mask(y.texts[at]), x.contract, y.key, x.row, y.row})
		}
	}
	return append(a.faults(), b.faults()...)
}
