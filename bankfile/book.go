package bankfile

import (
	"slices"
	"strings"

	"ganlan/fault"
	"ganlan/form"
)

// sheet is a sheet of a workbook that is read.
type sheet struct {
	layout *Layout
	found  form.Found
}

// openBook recognises a workbook: the one sheet that holds the table, the one named, or all of one header. A file that is
// refused for single cells is given back too, so that its other faults can be said with them.
func (f *File) openBook() (*File, fault.List) {
	book, err := form.Open(f.in.Data, f.in.Size, form.Limits{})
	if err != nil {
		return nil, f.inFile(err)
	}
	f.book = book
	seen, faults := f.survey()
	if len(faults) == 0 {
		faults = f.choose(seen)
	}
	if len(f.sheets) == 0 {
		book.Close()
		return nil, faults
	}
	first := *f.sheets[0].layout
	f.Layout, f.profile = &first, first.profile
	f.Layout.Encoding = "xlsx"
	f.fillBySheet()
	if len(f.sheets) > 1 {
		f.Layout.Sheet = ""
		for _, s := range f.sheets {
			f.Layout.Sheets = append(f.Layout.Sheets, s.layout.Sheet)
		}
	}
	for i, s := range f.sheets {
		faults = append(faults, f.findings(i, s)...)
	}
	f.Sort()
	f.Warned = faults.Warnings()
	return f, faults.Refusals()
}

// surveyed is a sheet with what recognising it came to.
type surveyed struct {
	sheet
	blank  bool
	faults fault.List
}

// survey looks at the sheets that may be meant.
func (f *File) survey() (out []surveyed, faults fault.List) {
	names := f.book.Sheets()
	if one := f.opt.Sheet; one != "" && one != AllSheets {
		if !slices.Contains(names, one) {
			known := strings.Join(names, "、")
			return nil, fault.List{form.FaultNoSheet.At(f.place()).Set("sheet", one).Set("known", known).Near(one, names)}
		}
		names = []string{one}
	}
	for _, name := range names {
		found, err := f.book.Look(name)
		if err != nil {
			return nil, f.inFile(err)
		}
		in := *f.Layout
		in.Sheet = name
		rows := headOfSheet(f.book, name, found.Merged)
		l, fs := f.profile.recognise(&in, rows)
		out = append(out, surveyed{sheet{l, found}, len(rows) == 0, fs})
	}
	return out, nil
}

// fits reports whether a sheet holds a table of the kind; nearly is one that lacks a column at most.
func (s *surveyed) fits() bool { return s.layout != nil && s.faults.Err() == nil }

func (s *surveyed) nearly() bool {
	if s.layout == nil || s.fits() {
		return false
	}
	lacks := 0
	for _, k := range schemas[s.layout.Kind].need {
		if s.layout.column(k) < 0 {
			lacks++
		}
	}
	return lacks <= 1
}

// choose decides which sheets are read. What is left out and might have been meant is told.
func (f *File) choose(seen []surveyed) (faults fault.List) {
	var fit, near []surveyed
	last := fault.List{FaultEmpty.At(f.place())}
	for _, s := range seen {
		switch {
		case s.fits():
			fit = append(fit, s)
		case s.nearly(), s.layout != nil && f.opt.Sheet == AllSheets:
			near = append(near, s)
			last = s.faults
		case !s.blank && len(near) == 0:
			last = s.faults
		}
	}
	switch {
	case len(fit) == 0:
		return last
	case len(fit) > 1 && f.opt.Sheet != AllSheets:
		return fault.List{FaultSheets.At(f.place()).Set("sheets", strings.Join(sheetNames(fit), "、"))}
	}
	for _, s := range fit {
		if !slices.Equal(s.layout.Titles, fit[0].layout.Titles) {
			return fault.List{FaultSheetsDiffer.At(f.place()).Set("first", fit[0].layout.Sheet).Set("second", s.layout.Sheet)}
		}
	}
	if len(near) > 0 {
		if f.opt.Sheet == AllSheets {
			return near[0].faults
		}
		faults.Add(FaultSheetsLeft.At(f.place()).Set("sheets", strings.Join(sheetNames(near), "、")))
	}
	for _, s := range fit {
		f.sheets = append(f.sheets, s.sheet)
		faults = append(faults, s.faults...)
	}
	return faults
}

func sheetNames(list []surveyed) (out []string) {
	for _, s := range list {
		out = append(out, s.layout.Sheet)
	}
	return out
}

// fillBySheet adds a column that the sheet's name fills, where the profile names one and the sheets lack it.
func (f *File) fillBySheet() {
	key := f.profile.SheetFills
	if key == "" || f.opt.Sheet == "" || f.Layout.Kind != Contracts || f.Layout.column(key) >= 0 {
		return
	}
	f.fills = true
	f.Layout.Titles = append(slices.Clone(f.Layout.Titles), "（工作表名）")
	f.Layout.Keys = append(slices.Clone(f.Layout.Keys), key)
}

// findings are what a sheet holds besides its rows, as far as it touches our columns.
func (f *File) findings(i int, s sheet) (faults fault.List) {
	l, base := f.Layout, i*rowsOfSheet
	inTable := func(row, column int) bool {
		return row > s.layout.HeaderRow && column <= len(l.Keys) && l.Keys[column-1] != ""
	}
	for _, x := range s.found.Uncomputed.First {
		if inTable(x.Row, x.Column) {
			faults.Add(FaultUncomputed.At(l.at(base+x.Row, x.Column-1)).Set("n", s.found.Uncomputed.N))
		}
	}
	for _, m := range s.found.Merged {
		if m.LastRow > m.Row && inTable(m.Row, m.Column) && l.profile.sums(l.Keys[m.Column-1]) {
			faults.Add(FaultMerged.At(l.at(base+m.Row, m.Column-1)).Set("n", m.LastRow-m.Row+1))
		}
	}
	if e := s.found.External; e.N > 0 {
		first := e.First[0]
		faults.Add(FaultExternal.At(l.at(base+first.Row, first.Column-1)).Set("n", e.N))
	}
	hidden := s.hiddenTitles()
	if s.found.HiddenRows > 0 || len(hidden) > 0 {
		if len(hidden) == 0 {
			hidden = []string{"-"}
		}
		faults.Add(FaultHidden.At(l.at(base, -1)).Set("rows", s.found.HiddenRows).Set("columns", strings.Join(hidden, "、")))
	}
	return faults
}

// hiddenTitles are the titles of the columns that are hidden.
func (s *sheet) hiddenTitles() (out []string) {
	for _, c := range s.found.HiddenColumns {
		for i := c.From; i <= min(c.To, len(s.layout.Titles)); i++ {
			if t := s.layout.Titles[i-1]; t != "" {
				out = append(out, t)
			}
		}
	}
	return out
}

// headOfSheet is the first rows of a sheet, with the groups of columns that merged cells make.
func headOfSheet(book *form.Book, name string, merged []form.Area) (rows []numbered) {
	_, _ = book.Read(name, func(row int, cells []string) bool {
		rows = append(rows, numbered{row: row, cells: slices.Clone(cells)})
		return len(rows) < headerRows
	})
	for i := range rows {
		for _, m := range merged {
			if m.Row == rows[i].row && m.LastRow == m.Row {
				rows[i].group(m)
			}
		}
	}
	return rows
}

// group notes a merged cell over some of the columns. One over the whole width, or with a colon in it, is a title or a note.
func (r *numbered) group(m form.Area) {
	text := at(r.cells, m.Column-1)
	if m.LastColumn-m.Column < 1 || m.LastColumn > 4*len(r.cells)+64 || text == "" || strings.ContainsAny(text, ":：") {
		return
	}
	for len(r.groups) < m.LastColumn {
		r.groups = append(r.groups, "")
	}
	for i := m.Column - 1; i < m.LastColumn; i++ {
		r.groups[i] = text
	}
}

func (f *File) inFile(err error) fault.List {
	list := fault.From(err)
	for _, x := range list {
		x.Place.File = f.in.Name
	}
	if list == nil {
		return fault.List{FaultFormat.At(f.place()).Set("format", "xlsx")}
	}
	return list
}
