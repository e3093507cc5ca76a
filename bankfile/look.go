package bankfile

import (
	"cmp"
	"slices"
	"strings"

	"ganlan/fault"
	"ganlan/form"
	"ganlan/ident"
	"ganlan/money"
)

// Report is what a file was found to be, before anything of it is taken.
type Report struct {
	File, Format, Encoding, Separator string
	Profile, ProfileTitle             string
	Sheets                            []SheetSeen
	Guesses                           []Guess // kinds of file it could be, best first
	Kind                              Kind
	HeaderRow                         int
	Columns                           []ColumnSeen
	Missing                           []string // keys that the kind needs and the header lacks
	Unit                              money.Fen
	HiddenRows                        int
	HiddenColumns                     []string
	Rows                              int // records
	Totals                            []TotalSeen
	First                             [][]string // the first rows as read, by column; numbers of persons and accounts masked
	Faults                            fault.List // warnings and refusals
}

// SheetSeen is a sheet of a workbook.
type SheetSeen struct {
	Name                  string
	Hidden, Blank, Chosen bool
	HiddenRows            int
}

// Guess is a kind of file that a header could be of.
type Guess struct {
	Kind      Kind
	Known, Of int // columns known, of all that have a title
	Missing   []string
	Sheet     string
	layout    *Layout
}

// ColumnSeen is a column: its title as the file writes it, and what it is read as; empty when it is not read.
type ColumnSeen struct{ Title, Key string }

// TotalSeen is a total that the file states itself, with the sum of the rows.
type TotalSeen struct {
	Sheet       string
	Row         int
	Title       string
	Stated, Sum string
	Part        bool // of a part of the table only, not checked by itself
}

// mostFirst is how many rows a report shows.
const mostFirst = 5

// Look recognises a file and reads it through with every check that it alone can stand. kind may be empty: then the kind is
// guessed from the header.
func (p *Profile) Look(in Input, kind Kind, opt Options) *Report {
	r := &Report{File: in.Name, Kind: kind}
	if kind == "" {
		p.guess(r, in, opt)
		if len(r.Guesses) == 0 {
			r.noKind()
			return r
		}
		r.Kind = r.Guesses[0].Kind
	}
	f, faults := p.Open(in, r.Kind, opt)
	r.Faults = append(r.Faults, faults...)
	if f == nil {
		r.unopened()
		return r
	}
	defer f.Close()
	r.Faults = append(r.Faults, f.Warned...)
	r.First = f.firstRows()
	r.check(f)
	r.layout(f)
	r.Faults.Sort()
	return r
}

// guess tries the header as every kind of file.
func (p *Profile) guess(r *Report, in Input, opt Options) {
	f := &File{profile: p, in: in}
	head := make([]byte, min(in.Size, headBytes))
	n, _ := in.Data.ReadAt(head, 0)
	format, refused := sniff(head[:n])
	if format == isWorkbook && refused == nil {
		var err error
		if f.book, err = form.Open(in.Data, in.Size, form.Limits{}); err != nil {
			r.Faults = f.inFile(err)
			return
		}
		defer f.book.Close()
		r.Format = "xlsx"
		r.sheets(f, nil)
	}
	var faults fault.List
	for _, kind := range Kinds() {
		f.opt, f.Layout = opt.of(kind), &Layout{File: in.Name, Kind: kind, comma: ','}
		layouts, fs := f.candidates(head[:n], format, refused)
		if faults == nil {
			faults = fs
		}
		for _, l := range layouts {
			if g := guessOf(l); len(g.Missing) == 0 || g.Known > 1 { // one title alone may be chance
				r.Guesses = append(r.Guesses, g)
			}
		}
	}
	if len(r.Guesses) == 0 {
		r.Faults = faults
	}
	slices.SortStableFunc(r.Guesses, func(a, b Guess) int {
		return cmp.Or(cmp.Compare(min(len(a.Missing), 1), min(len(b.Missing), 1)), cmp.Compare(b.Known, a.Known), cmp.Compare(len(a.Missing), len(b.Missing)))
	})
}

// candidates are the layouts of a file as one kind: the best of a text, one for each sheet of a workbook.
func (f *File) candidates(head []byte, format string, refused *fault.Fault) (out []*Layout, faults fault.List) {
	if f.book == nil {
		l, faults := f.layoutOfText(head, format, refused)
		if l == nil {
			return nil, faults
		}
		return []*Layout{l}, faults
	}
	seen, faults := f.survey()
	for _, s := range seen {
		if s.layout != nil {
			out = append(out, s.layout)
		} else if faults == nil && !s.blank {
			faults = s.faults
		}
	}
	return out, faults
}

// noKind says that no header was found, in place of saying that it is not a file of one kind.
func (r *Report) noKind() {
	if len(r.Faults) == 0 {
		r.Faults = fault.List{FaultEmpty.At(fault.Place{File: r.File})}
	}
	for i, f := range r.Faults {
		if f.Def == FaultOtherForm {
			r.Faults[i] = FaultNoKind.At(fault.Place{File: r.File})
		}
	}
}

func guessOf(l *Layout) Guess {
	g := Guess{Kind: l.Kind, Known: known(l), Sheet: l.Sheet, layout: l, Missing: l.missing()}
	for _, t := range l.Titles {
		if t != "" {
			g.Of++
		}
	}
	return g
}

func (l *Layout) missing() (out []string) {
	for _, k := range schemas[l.Kind].need {
		if l.column(k) < 0 {
			out = append(out, k)
		}
	}
	return out
}

// layoutOfText is the layout of a text as one kind, with the faults that keep it from being one.
func (f *File) layoutOfText(head []byte, format string, refused *fault.Fault) (*Layout, fault.List) {
	if refused != nil || format == isEmpty {
		_, faults := f.profile.Open(f.in, f.Layout.Kind, f.opt)
		return nil, faults
	}
	text := &File{profile: f.profile, in: f.in, opt: f.opt, Layout: f.Layout}
	opened, faults := text.openText(head)
	if opened != nil {
		return opened.Layout, nil
	}
	return text.best, faults
}

// unopened fills in what is known of a file that is refused as a whole.
func (r *Report) unopened() {
	if len(r.Guesses) == 0 {
		return
	}
	l := r.Guesses[0].layout
	r.Encoding, r.HeaderRow, r.Missing = l.Encoding, l.HeaderRow, l.missing()
	r.columns(l)
}

func (r *Report) columns(l *Layout) {
	for i, t := range l.Titles {
		if t != "" {
			r.Columns = append(r.Columns, ColumnSeen{t, l.Keys[i]})
		}
	}
}

// layout says how the file is laid out.
func (r *Report) layout(f *File) {
	l := f.Layout
	r.Format, r.Encoding, r.Separator = "csv", l.Encoding, f.sep
	r.Profile, r.ProfileTitle = f.profile.Name, f.profile.Title
	r.HeaderRow, r.Unit, r.Missing = l.HeaderRow, l.Unit, l.missing()
	r.columns(l)
	if f.book == nil {
		return
	}
	r.Format, r.Encoding, r.Separator = "xlsx", "", ""
	chosen := map[string]bool{}
	for _, s := range f.sheets {
		chosen[s.layout.Sheet] = true
		r.HiddenRows += s.found.HiddenRows
		r.HiddenColumns = append(r.HiddenColumns, s.hiddenTitles()...)
	}
	r.sheets(f, chosen)
}

// sheets lists the sheets of a workbook.
func (r *Report) sheets(f *File, chosen map[string]bool) {
	r.Sheets = nil
	for _, name := range f.book.Sheets() {
		found, _ := f.book.Look(name)
		rows := headOfSheet(f.book, name, nil)
		r.Sheets = append(r.Sheets, SheetSeen{name, f.book.Hidden(name), len(rows) == 0, chosen[name], found.HiddenRows})
	}
}

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

// firstRows are the first records of the file in its own order, each cell as it is read.
func (f *File) firstRows() (out [][]string) {
	take := func(row int, cells []string) bool {
		if row <= f.headerOf(0) || allBlank(cells) || f.profile.isTotal(cells) || f.profile.isFooter(cells) {
			return true
		}
		shown := make([]string, 0, len(f.Layout.Keys))
		for i, key := range f.Layout.Keys {
			if f.Layout.Titles[i] != "" {
				shown = append(shown, f.shown(i, key, at(cells, i)))
			}
		}
		out = append(out, shown)
		return len(out) < mostFirst
	}
	if f.book != nil {
		s := f.sheets[0]
		carry := newCarry(s, f.Layout.Keys)
		_, _ = f.book.Read(s.layout.Sheet, func(row int, cells []string) bool {
			if cells = carry.fill(row, cells); f.fills {
				cells = f.withName(cells, s.layout.Sheet)
			}
			return take(row, cells)
		})
		return out
	}
	r := newRowReader(f.reader(), f.sep, len(f.Layout.Keys))
	for {
		row, cells, err := r.next()
		if err != nil || !take(row, cells) {
			return out
		}
	}
}

func (f *File) headerOf(sheet int) int {
	if f.book != nil {
		return f.sheets[sheet].layout.HeaderRow
	}
	return f.Layout.HeaderRow
}

// shown is a cell as it is read: a day as 2024-01-18, an amount in yuan, a word as what it means. What cannot be read is shown
// as it stands; numbers of persons and accounts are masked.
func (f *File) shown(column int, key, text string) string {
	text = bare(unwrapped(strings.TrimPrefix(plain(text), " ")))
	if text == "" || key == "" {
		return maskLong(text)
	}
	switch key {
	case "id_no", "account":
		return ident.Mask(text)
	case "start", "end", "date", "new_end", "valid_from", "valid_to", "cover_from", "cover_to", "birth":
		return f.shownDay(text)
	case "paid":
		if f.Layout.Kind == Fees {
			return f.shownDay(text)
		}
	case "name":
		return string(ident.ReadName(text, f.profile.isKin).Name)
	case "annual_rate":
		if x := readRate(text, rateUnitOf(f.Layout.Titles[column])); x.fault == nil || x.fault.Def.Warning {
			return rateWords(x.rate, x.pricing)
		}
	case "kind":
		return named(f.profile.kinds, text)
	case "status":
		return named(f.profile.status, text)
	case "purpose":
		return named(f.profile.purpose, text)
	case "product":
		return named(f.profile.product, text)
	}
	if summed[key] || key == "money" {
		if n, err := readMoney(text, f.Layout.unitOf(column)); err == nil {
			return n.String()
		}
	}
	return text
}

func (f *File) shownDay(text string) string {
	if d, err := readDate(text); err == nil || err.Def.Warning {
		return d.String()
	}
	return text
}

// maskLong masks what may be a person's or an account's number in a column that is not ours.
func maskLong(s string) string {
	digits := 0
	for _, c := range s {
		if c >= '0' && c <= '9' {
			digits++
		}
	}
	if digits >= 11 {
		return ident.Mask(s)
	}
	return s
}
