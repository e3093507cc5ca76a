package bankfile

import (
	"io"
	"slices"
	"strings"

	"ganlan/fault"
	"ganlan/form"
)

// Classes of fault of putting files together.
var (
	FaultTogetherUnit = &fault.Def{Code: "JOIN_UNIT", What: "“{title}”列的单位与第一个文件不同", Do: "先改成同一单位（元或万元）再合并",
		WhatEn: "the column {title} is in another unit than in the first file", DoEn: "bring both to one unit (元 or 万元) first"}
	FaultTogetherTotal = &fault.Def{Code: "JOIN_TOTAL", What: "文件有合计行，合并后不再成立", Do: "核对合计后删去该行，再合并",
		WhatEn: "the file has a total row, which would no longer hold", DoEn: "check the total, delete the row and join again"}
)

// Together is several files of one kind as one: what stands down to the header of the first, then the rows of all in turn.
// Columns are found by their names; those that only a later file has are added at the right.
type Together struct {
	files   []*File
	titles  []string // added to the header of the first
	keys    []string
	columns [][]int // of each file: where its columns go; -1 for a column of ours
	rows    int
	wide    int
}

// PutTogether prepares files of one kind to be written as one. It refuses amounts in different units and rows of totals.
func PutTogether(files []*File) (*Together, fault.List) {
	t := &Together{files: files, keys: slices.Clone(files[0].Layout.Keys)}
	titles := slices.Clone(files[0].Layout.Titles)
	var faults fault.List
	for _, f := range files {
		to, fs := t.place(f, &titles)
		t.columns = append(t.columns, to)
		faults = append(faults, fs...)
		faults = append(faults, t.count(f)...)
	}
	t.titles, t.wide = titles[len(files[0].Layout.Titles):], len(titles)
	return t, faults
}

// place finds where the columns of a file go.
func (t *Together) place(f *File, titles *[]string) (to []int, faults fault.List) {
	first := t.files[0]
	for i, title := range f.Layout.Titles {
		key, at := f.Layout.Keys[i], -1
		switch {
		case isReason(title):
			to = append(to, -1)
			continue
		case key != "":
			at = slices.Index(t.keys, key)
		default:
			at = slices.Index(*titles, title)
		}
		if at < 0 {
			at = len(*titles)
			*titles, t.keys = append(*titles, title), append(t.keys, key)
		}
		if at < len(first.Layout.Titles) && amounts(f.Layout.Kind, key) && first.Layout.unitOf(at) != f.Layout.unitOf(i) {
			faults.Add(FaultTogetherUnit.At(f.Layout.at(f.Layout.HeaderRow, i)).Set("title", title))
		}
		to = append(to, at)
	}
	return to, faults
}

func (t *Together) count(f *File) (faults fault.List) {
	err := f.records(func(row int, cells []string) {
		if !f.aside(cells) {
			t.rows++
		} else if f.profile.isTotal(cells) && len(faults) == 0 {
			faults.Add(FaultTogetherTotal.At(f.Layout.at(row, -1)))
		}
	})
	if err != nil {
		faults = append(faults, f.inFile(err)...)
	}
	return faults
}

// Rows is how many records there are together.
func (t *Together) Rows() int { return t.rows }

// each gives the lines of the whole.
func (t *Together) each(do func(cells []string) error) error {
	head, err := t.files[0].head()
	if err != nil {
		return err
	}
	for i, cells := range head {
		if i == len(head)-1 {
			cells = append(filled(cells, len(t.files[0].Layout.Titles)), t.titles...)
			for j := range cells {
				if isReason(cells[j]) {
					cells[j] = ""
				}
			}
		}
		if err := do(cells); err != nil {
			return err
		}
	}
	for i, f := range t.files {
		err := f.Rows(func(r *Row) error { return do(t.row(r.Cells, t.columns[i])) })
		if err != nil {
			return err
		}
	}
	return nil
}

// row is a row in the columns of the whole. What stands behind the last title stays behind the last column, to be refused.
func (t *Together) row(cells []string, to []int) []string {
	out := make([]string, t.wide)
	for i, c := range cells {
		switch {
		case i >= len(to):
			if strings.TrimSpace(c) != "" {
				out = append(out, c)
			}
		case to[i] >= 0:
			out[to[i]] = c
		}
	}
	return out
}

// WriteText writes the whole in the encoding and with the separator of the first file, or in UTF-8 when that is a workbook.
func (t *Together) WriteText(w io.Writer) error { return writeText(w, t.files[0], t.each) }

// WriteSheet writes the whole as a workbook.
func (t *Together) WriteSheet(w io.Writer) error {
	return writeSheet(w, t.files[0], t.keys, t.rows, t.each)
}

// writeText writes lines as a file writes its own.
func writeText(w io.Writer, f *File, each func(func([]string) error) error) error {
	if f.book != nil {
		plain := &File{in: Input{Data: strings.NewReader("\ufeff")}, Layout: &Layout{}, sep: ",", bom: 3}
		f = plain
	}
	return f.writeLines(w, each)
}

// writeSheet writes lines as a workbook, amounts and days as such.
func writeSheet(w io.Writer, f *File, keys []string, rows int, each func(func([]string) error) error) error {
	head, err := f.head()
	if err != nil {
		return err
	}
	columns := 0
	if err := each(func(cells []string) error { columns = max(columns, len(cells)); return nil }); err != nil {
		return err
	}
	name := string(f.Layout.Kind)
	if f.book != nil {
		name = f.sheets[0].layout.Sheet
	}
	s := form.Plain{Sheet: name, Columns: columns, Rows: len(head) + rows, Header: len(head), Each: each}
	for _, key := range keys {
		s.Kinds = append(s.Kinds, kindOfKey(f.Layout.Kind, key))
	}
	return s.Write(w)
}
