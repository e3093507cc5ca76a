package bankfile

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"golang.org/x/text/transform"

	"ganlan/fault"
	"ganlan/form"
	"ganlan/money"
)

// Row is a row of a file as it was written, with what it belongs to. The slice is the reader's only for the call.
type Row struct {
	N     int
	Cells []string
	// As the records hold them; empty where the file or the row does not say.
	Contract, Household, Person string
}

// Key is the contract, or the household in files that are kept by household.
func (r *Row) Key(k Kind) string {
	switch k {
	case List, History, Approvals:
		return r.Household
	}
	return r.Contract
}

// Rows gives the rows that hold records, in the order of the file: blank rows, totals and signatures are none.
func (f *File) Rows(each func(*Row) error) error {
	l := f.Layout
	contract, home, person := l.column("contract_no"), l.column("household_no"), l.column("id_no")
	row := Row{}
	var failed error
	err := f.records(func(n int, cells []string) {
		if failed != nil || f.aside(cells) {
			return
		}
		row = Row{n, cells, keyAt(cells, contract), keyAt(cells, home), keyAt(cells, person)}
		failed = each(&row)
	})
	return errors.Join(failed, err)
}

// aside reports whether a row is no record.
func (f *File) aside(cells []string) bool {
	key := keyAt(cells, f.Layout.key)
	return allBlank(cells) || f.profile.isTotal(cells) || f.profile.isFooter(cells) && (key == "" || f.profile.isFooter([]string{key}))
}

func keyAt(cells []string, column int) string {
	if column < 0 || column >= len(cells) {
		return ""
	}
	return strings.Clone(sortKey(cells[column]))
}

// Money adds up the amounts of a file by column. Cells that cannot be read count for nothing, and are counted.
type Money struct {
	Fen        map[string]money.Fen `json:"fen,omitempty"`
	Rows       int                  `json:"rows"`
	Unreadable int                  `json:"unreadable_amounts,omitempty"`
}

// Add counts a row of the file.
func (m *Money) Add(f *File, cells []string) error {
	m.Rows++
	for i, key := range f.Layout.Keys {
		if !amounts(f.Layout.Kind, key) || i >= len(cells) || strings.TrimSpace(cells[i]) == "" {
			continue
		}
		n, err := readMoney(cells[i], f.Layout.unitOf(i))
		if err != nil {
			m.Unreadable++
			continue
		}
		if m.Fen == nil {
			m.Fen = map[string]money.Fen{}
		}
		sum, err := money.AddInt(int64(m.Fen[key]), int64(n))
		if err != nil {
			return err
		}
		m.Fen[key] = money.Fen(sum)
	}
	return nil
}

// Columns are the columns that hold amounts, in the order of their names.
func (m Money) Columns() []string { return slices.Sorted(maps.Keys(m.Fen)) }

// Plus is both together.
func (m Money) Plus(o Money) (Money, error) {
	out := Money{Rows: m.Rows + o.Rows, Unreadable: m.Unreadable + o.Unreadable, Fen: map[string]money.Fen{}}
	for _, x := range []Money{m, o} {
		for key, n := range x.Fen {
			sum, err := money.AddInt(int64(out.Fen[key]), int64(n))
			if err != nil {
				return out, err
			}
			out.Fen[key] = money.Fen(sum)
		}
	}
	return out, nil
}

// Equal reports whether both come to the same, a column of nothing being as good as none.
func (m Money) Equal(o Money) bool {
	for _, pair := range [][2]Money{{m, o}, {o, m}} {
		for key, n := range pair[0].Fen {
			if pair[1].Fen[key] != n {
				return false
			}
		}
	}
	return m.Rows == o.Rows && m.Unreadable == o.Unreadable
}

// Tally counts the records of a file.
func (f *File) Tally() (m Money, err error) {
	err = f.Rows(func(r *Row) error { return m.Add(f, r.Cells) })
	return m, err
}

// Ending is the ending of the file's own format.
func (f *File) Ending() string {
	if f.book != nil {
		return ".xlsx"
	}
	return ".csv"
}

// Part is some rows of a file, to be written in its own format: the rows above the header and the header as they are, then
// the rows. Totals are left out, since they are the whole file's.
type Part struct {
	File *File
	Rows int                      // how many there are
	Take func(*Row) (bool, error) // whether a row belongs to it
	Why  func(*Row) string        // for a column of reasons; none when nil
	Lang fault.Lang
}

// Write writes the part: a workbook for a workbook, a text in the same encoding and with the same separator for a text.
func (p *Part) Write(w io.Writer) error {
	if p.File.book != nil {
		return writeSheet(w, p.File, p.File.Layout.Keys, p.Rows, p.each)
	}
	return writeText(w, p.File, p.each)
}

// each gives the lines of the part: what stands down to the header, then the rows.
func (p *Part) each(do func(cells []string) error) error {
	f, n := p.File, 0
	head, err := f.head()
	if err != nil {
		return err
	}
	wide := len(f.Layout.Titles)
	for i, cells := range head {
		if i == len(head)-1 && p.Why != nil {
			cells = append(filled(cells, wide), either(p.Lang, reasonTitle, reasonTitleEn))
		}
		if err := do(cells); err != nil {
			return err
		}
	}
	err = f.Rows(func(r *Row) error {
		mine, err := p.Take(r)
		if err != nil || !mine {
			return err
		}
		n++
		cells := r.Cells
		if p.Why != nil {
			cells = append(filled(cells, wide), p.Why(r))
		}
		return do(cells)
	})
	if err == nil && n != p.Rows {
		err = fmt.Errorf("bankfile: %d rows in place of %d", n, p.Rows)
	}
	return err
}

// filled is a row as wide as the header; what stands behind it stays.
func filled(cells []string, wide int) []string {
	out := slices.Clone(cells)
	for len(out) < wide {
		out = append(out, "")
	}
	return out
}

// head is the rows down to the header.
func (f *File) head() (rows [][]string, err error) {
	if f.book != nil {
		return f.bookHead()
	}
	r := newRowReader(f.reader(), f.sep, len(f.Layout.Keys))
	for {
		row, cells, err := r.next()
		if err != nil || row > f.Layout.HeaderRow {
			return rows, ignoreEnd(err)
		}
		rows = append(rows, cells)
	}
}

// bookHead is the head of the first sheet; a column that the sheet's name fills gets our own name for it.
func (f *File) bookHead() (rows [][]string, err error) {
	_, err = f.book.Read(f.sheets[0].layout.Sheet, func(row int, cells []string) bool {
		if row <= f.Layout.HeaderRow {
			rows = append(rows, slices.Clone(cells))
		}
		return row < f.Layout.HeaderRow
	})
	if last := len(rows) - 1; f.fills && last >= 0 {
		n := len(f.Layout.Keys) - 1
		rows[last] = append(filled(rows[last], n), f.Layout.Keys[n])
	}
	return rows, err
}

func ignoreEnd(err error) error {
	if errors.Is(err, io.EOF) {
		return nil
	}
	return err
}

// writeLines writes lines in the file's own encoding and with its separator.
func (f *File) writeLines(w io.Writer, each func(func([]string) error) error) error {
	mark := make([]byte, f.bom)
	if _, err := f.in.Data.ReadAt(mark, 0); err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	if _, err := w.Write(mark); err != nil {
		return err
	}
	encode := transform.NewWriter(w, transform.Nop)
	if enc := f.written(); enc != nil {
		encode = transform.NewWriter(w, enc.NewEncoder())
	}
	err := each(func(cells []string) error {
		line := make([]string, len(cells))
		for i, c := range cells {
			line[i] = f.quote(c)
		}
		_, err := io.WriteString(encode, f.ended(strings.Join(line, f.sep)+"\n"))
		return err
	})
	return errors.Join(err, encode.Close())
}

// amounts reports whether a column of a kind of file holds money. In fees «paid» is a day.
func amounts(k Kind, key string) bool {
	return summed[key] && !(k == Fees && key == "paid") || key == "money"
}

// kindOfKey is how a column is written in a workbook: amounts as numbers, dates as dates, all else as text.
func kindOfKey(k Kind, key string) form.Kind {
	switch {
	case amounts(k, key):
		return form.Money
	case slices.Contains([]string{"start", "end", "date", "new_end", "paid", "cover_from", "cover_to", "valid_from", "valid_to"}, key):
		return form.Date
	}
	return form.Text
}
