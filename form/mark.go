package form

import (
	"archive/zip"
	"bytes"
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
)

// Mark is a remark on a workbook that somebody sent: its cell is coloured, its reason stands at the end of the row.
type Mark struct {
	Sheet       string
	Row, Column int // from 1; without a row it is about the file, without a column about the whole row
	Warning     bool
	Reason      string
	Line        []string // for the sheet that lists the faults, in the order of Marking.Titles
}

// Marking is what is written into a copy of a workbook.
type Marking struct {
	Header map[string]int // the header row of each sheet that is marked
	Reason string         // title of the column of reasons; a column of this title is used again
	Sheet  string         // name of the first sheet
	Title  string         // its first line
	Cell   string         // title of its first column, which leads to the cell
	Titles []string       // of its other columns
	Marks  []Mark
}

// CanMark is nil when a copy of the workbook can be marked; else the fault that says why not: protected, of an unusual make,
// or no plain workbook at all.
func (m *Marking) CanMark(r io.ReaderAt, size int64, l Limits) error {
	k, err := m.open(r, size, l)
	if err != nil {
		return err
	}
	return k.book.Close()
}

// Write writes the copy: the workbook as it is, all sheets and formats kept, the cells coloured, the reasons at the right
// of the header, and in front a sheet that lists the faults. The workbook itself is only read.
//
// The parts of the workbook are changed as they go by, so memory does not grow with the sheet: the library would hold every
// cell, which took 760 MB for a sheet of 28,000 rows.
func (m *Marking) Write(w io.Writer, r io.ReaderAt, size int64, l Limits) (err error) {
	defer caught(&err)
	k, err := m.open(r, size, l)
	if err != nil {
		return err
	}
	defer k.book.Close()
	if err := k.measure(); err != nil {
		return err
	}
	z, err := zip.NewReader(r, size)
	if err != nil {
		return broken(err)
	}
	if err := k.copy(w, z); err != nil {
		return fmt.Errorf("form: marking: %w", err)
	}
	return nil
}

// marker is a copy in the making.
type marker struct {
	*Marking
	book   *Book
	names  partNames
	styles *styleSheet
	sheets map[string]*sheetMark // by part
	fresh  bool                  // the list is a new sheet, not one that an earlier copy has
}

// partNames are where the parts of the workbook stand that change with it.
type partNames struct{ types, main, relations, styles, list string }

// open reads what must be known before the first byte is written.
func (m *Marking) open(r io.ReaderAt, size int64, l Limits) (k *marker, err error) {
	defer caught(&err)
	b, err := Open(r, size, l)
	if err != nil {
		return nil, err
	}
	k = &marker{Marking: m, book: b, sheets: map[string]*sheetMark{}, fresh: true}
	if err := k.prepare(); err != nil {
		b.Close()
		return nil, err
	}
	return k, nil
}

func (k *marker) prepare() error {
	if p := k.book.f.WorkBook.WorkbookProtection; p != nil && p.LockStructure {
		return FaultProtected.New()
	}
	if err := k.find(); err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(k.Header)) {
		part, f := k.book.part(name)
		if f != nil {
			return f
		}
		if err := k.markable(part); err != nil {
			return err
		}
		k.sheets[part] = &sheetMark{k: k, name: name, header: k.Header[name]}
	}
	return nil
}

// markable refuses a sheet that is protected or not in UTF-8.
func (k *marker) markable(part string) error {
	file := k.book.parts[part]
	if file == nil {
		return FaultProtected.New()
	}
	r, err := file.Open()
	if err != nil {
		return broken(err)
	}
	defer r.Close()
	seen := &search{word: []byte("sheetProtection")}
	if _, err := io.Copy(seen, r); err != nil {
		return broken(err)
	}
	if seen.found || seen.foreign() {
		return FaultProtected.New()
	}
	return nil
}

// find names the parts by what refers to them.
func (k *marker) find() error {
	p := k.book.parts
	for name := range p {
		if strings.EqualFold(name, "[content_types].xml") {
			k.names.types = name
		}
	}
	for _, to := range p.relations("_rels/.rels", "") {
		if to.kind == "officeDocument" {
			k.names.main = to.part
		}
	}
	k.names.relations = relationsOf(k.names.main)
	for _, to := range p.relations(k.names.relations, dirOf(k.names.main)) {
		if to.kind == "styles" {
			k.names.styles = to.part
		}
	}
	var err error
	if k.styles, err = k.loadStyles(); err != nil {
		return err
	}
	k.names.list = dirOf(k.names.main) + "/worksheets/ganlan-faults.xml"
	if first := k.book.sheets[0]; len(k.book.sheets) > 1 && first.name == k.Sheet {
		k.fresh, k.names.list = false, first.part
	}
	return nil
}

// measure finds for each sheet its last row and the column of reasons: the one that has the title already, else the first
// behind all cells.
func (k *marker) measure() error {
	for _, s := range k.sheets {
		wide, has := 0, 0
		for _, m := range k.Marks {
			if m.Sheet == s.name {
				wide = max(wide, m.Column)
			}
		}
		_, err := k.book.Read(s.name, func(row int, cells []string) bool {
			wide, s.last = max(wide, len(cells)), row
			if row == s.header {
				has = 1 + slices.Index(cells, k.Reason)
			}
			return true
		})
		if err != nil {
			return err
		}
		s.column, s.reused = cmp.Or(has, wide+1), has > 0
		if s.column > maxColumn {
			return FaultTooBig.New().Set("limit", maxColumn)
		}
		s.collect()
	}
	return nil
}

// copy writes all parts: most as they are, packed; those that change are changed on their way. The styles come last, since
// only then all are known.
func (k *marker) copy(w io.Writer, z *zip.Reader) error {
	out := zip.NewWriter(w)
	for _, f := range z.File {
		if err := k.part(out, f); err != nil {
			return err
		}
	}
	if k.fresh {
		if err := k.write(out, k.names.list, bytes.NewReader(nil), k.list); err != nil {
			return err
		}
	}
	if err := k.write(out, k.names.styles, bytes.NewReader(k.styles.data), k.styles.change); err != nil {
		return err
	}
	return out.Close()
}

func (k *marker) part(out *zip.Writer, f *zip.File) error {
	name := strings.ReplaceAll(f.Name, `\`, "/")
	var change func(io.Writer, io.Reader) error
	switch {
	case name == k.names.styles:
		return nil
	case k.sheets[name] != nil:
		change = k.sheets[name].change
	case name == k.names.list:
		change = k.list
	case k.isSheet(name):
		change = unselected
	case k.fresh && name == k.names.main:
		change = k.workbook
	case k.fresh && name == k.names.relations:
		change = k.relations
	case k.fresh && name == k.names.types:
		change = k.types
	default:
		return out.Copy(f)
	}
	r, err := f.Open()
	if err != nil {
		return err
	}
	defer r.Close()
	return k.write(out, name, r, change)
}

func (k *marker) write(out *zip.Writer, name string, r io.Reader, change func(io.Writer, io.Reader) error) error {
	w, err := out.Create(name)
	if err != nil {
		return err
	}
	return change(w, r)
}

func (k *marker) isSheet(part string) bool {
	return slices.ContainsFunc(k.book.sheets, func(s sheetPart) bool { return s.part == part })
}
