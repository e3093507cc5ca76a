package bankfile

import (
	"cmp"
	"encoding/csv"
	"io"
	"path"
	"slices"
	"strconv"
	"strings"

	"ganlan/fault"
	"ganlan/form"
)

// Copy is a file to be written beside the list of faults.
type Copy struct {
	Name  string
	Write func(io.Writer) error
}

// Titles that our own copies and lists add to a file. They are no columns of a bank, and reading them says nothing.
const (
	reasonTitle   = "错误原因"
	reasonTitleEn = "what is wrong"
	refusedTitle  = "不予补助原因"
)

// ours reports whether a column was added by this program.
func ours(title string) bool { return isReason(title) || title == refusedTitle }

// isReason reports whether a column holds the reasons of an earlier copy.
func isReason(title string) bool {
	return title == reasonTitle || plainName(title) == plainName(reasonTitleEn)
}

// Marked are copies of the users' own files with the faults marked: in a workbook the bad cells coloured, a column of
// reasons at the right of the header, and a first sheet that lists the faults; in a text the column alone, in the same
// encoding and with the same separator. A workbook that is protected or too large to mark comes as a text. Files without
// faults have no copy. The files themselves are only read.
func Marked(files []*File, faults fault.List, l fault.Lang) (out []Copy) {
	done := map[string]bool{}
	for _, f := range files {
		mine := faults.In(f.in.Name)
		if done[f.in.Name] || len(mine) == 0 {
			continue
		}
		done[f.in.Name] = true
		same := slices.DeleteFunc(slices.Clone(files), func(x *File) bool { return x.in.Name != f.in.Name })
		out = append(out, marked(same, mine, l)...)
	}
	return out
}

// marked is the copy of one file, which may hold several tables on its sheets.
func marked(same []*File, faults fault.List, l fault.Lang) (out []Copy) {
	f := same[0]
	ext := path.Ext(f.in.Name)
	name := strings.TrimSuffix(path.Base(f.in.Name), ext) + either(l, "-标注", "-marked")
	if f.book == nil {
		return []Copy{{name + ext, func(w io.Writer) error { return f.markText(w, faults, l) }}}
	}
	m := marking(same, faults, l)
	if err := m.CanMark(f.in.Data, f.in.Size, form.Limits{}); err == nil {
		return []Copy{{name + ".xlsx", func(w io.Writer) error { return m.Write(w, f.in.Data, f.in.Size, form.Limits{}) }}}
	}
	for _, x := range same {
		for _, s := range x.sheets {
			n := name
			if len(out) > 0 {
				n += "-" + strconv.Itoa(len(out)+1)
			}
			out = append(out, Copy{n + ".csv", func(w io.Writer) error { return x.markSheet(w, s.layout, faults, l) }})
		}
	}
	return out
}

// marking is what goes into the copy of a workbook.
func marking(same []*File, faults fault.List, l fault.Lang) *form.Marking {
	m := &form.Marking{Header: map[string]int{}, Reason: either(l, reasonTitle, reasonTitleEn), Sheet: either(l, "错误清单", "faults"),
		Title: either(l, "错误清单（点单元格号可跳到该处；红：错误，黄：提示）", "list of faults (a cell's name leads there; red: refused, yellow: warning)"),
		Cell:  either(l, "单元格", "cell"), Titles: strings.Split(either(l, "级别|代码|工作表|行|列|依据|内容|问题|怎么办",
			"severity|code|sheet|row|column|clause|value|what is wrong|what to do"), "|")}
	for _, f := range same {
		for _, s := range f.sheets {
			m.Header[s.layout.Sheet] = s.layout.HeaderRow
		}
	}
	for _, x := range faults {
		p := x.Place
		row := ""
		if p.Row > 0 {
			row = strconv.Itoa(p.Row)
		}
		m.Marks = append(m.Marks, form.Mark{Sheet: p.Sheet, Row: p.Row, Column: columnOf(same, p), Warning: x.Def.Warning, Reason: reasonOf(x, l),
			Line: []string{x.Severity(l), x.Code(), p.Sheet, row, p.Column, x.Clause, cmp.Or(x.With["value"], x.With["contract"], x.With["household"]), x.What(l), x.Do(l)}})
	}
	return m
}

// columnOf is where a fault's cell stands, counted from 1; for a fault of a whole row the key's column.
func columnOf(same []*File, p fault.Place) int {
	for _, f := range same {
		for _, s := range f.sheets {
			if s.layout.Sheet != p.Sheet {
				continue
			}
			if i := slices.Index(s.layout.Titles, p.Column); i >= 0 && p.Column != "" {
				return i + 1
			}
			if p.Row > s.layout.HeaderRow {
				return f.Layout.key + 1
			}
		}
	}
	return 0
}

func reasonOf(x *fault.Fault, l fault.Lang) string {
	return x.Severity(l) + either(l, "：", ": ") + x.What(l) + either(l, "。", ". ") + x.Do(l)
}

// reasons are the texts of the column of reasons, by row.
func reasons(faults fault.List, sheet string, l fault.Lang) map[int]string {
	out := map[int]string{}
	for _, x := range faults {
		if x.Place.Row == 0 || x.Place.Sheet != sheet {
			continue
		}
		text := reasonOf(x, l)
		if had := out[x.Place.Row]; had != "" && !strings.Contains(had, text) {
			text = had + either(l, "；", "; ") + text
		}
		out[x.Place.Row] = text
	}
	return out
}

// markSheet writes a sheet as a text that spreadsheet programs open as it is: UTF-8 with its mark.
func (f *File) markSheet(w io.Writer, of *Layout, faults fault.List, l fault.Lang) error {
	texts := reasons(faults, of.Sheet, l)
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return err
	}
	out := csv.NewWriter(w)
	out.UseCRLF = true
	wide, last := len(of.Titles), 0
	_, err := form.ReadSheet(f.in.Data, f.in.Size, form.Limits{}, of.Sheet, func(row int, cells []string) bool {
		for last++; last < row; last++ {
			_ = out.Write(make([]string, 2)) // blank rows are kept, so that the rows keep their numbers
		}
		line := make([]string, max(wide, len(cells)), max(wide, len(cells))+1)
		for i, c := range cells {
			line[i] = form.Harmless(c)
		}
		switch {
		case row == of.HeaderRow:
			line = append(line, either(l, reasonTitle, reasonTitleEn))
		case row > of.HeaderRow:
			line = append(line, texts[row])
		}
		return out.Write(line) == nil
	})
	out.Flush()
	if err == nil {
		err = out.Error()
	}
	return err
}

func either(l fault.Lang, zh, en string) string {
	if l == fault.En {
		return en
	}
	return zh
}
