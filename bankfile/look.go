package bankfile

import (
	"ganlan/fault"
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
