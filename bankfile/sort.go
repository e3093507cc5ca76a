package bankfile

import (
	"fmt"
	"io"
	"strings"
)

// Sorter sorts lines by their bytes, on disk when they are many. It is handed in, since this room opens no files.
type Sorter func(in <-chan string) (sorted <-chan string, errs <-chan error)

// sortedFeed sorts the file by key, rows of one key in the order of the file. Its lines carry key and row in front.
func (f *File) sortedFeed() (*feed, error) {
	in := make(chan string, 1024)
	failed := make(chan error, 1)
	go func() {
		defer close(in)
		failed <- f.records(func(row int, cells []string) { in <- f.sortLine(row, cells) })
	}()
	out, errs := f.opt.Sort(in)
	if err := <-failed; err != nil {
		for range out { // what was given before the fault is of no use
		}
		return nil, f.inFile(err)
	}
	return &feed{r: &lineReader{lines: out, errs: errs}, comma: sortedComma, key: 0, byHome: f.homes != nil}, nil
}

// sortLine is key, row and fields of a row.
func (f *File) sortLine(row int, cells []string) string {
	var b strings.Builder
	key := ""
	if f.Layout.key < len(cells) {
		key = sortKey(cells[f.Layout.key])
	}
	if f.homes != nil && key != "" {
		key = f.homes[key] + string(homeEnd) + key
	}
	fmt.Fprintf(&b, "%s%c%010d", key, sortedComma, row)
	for i := range max(len(cells), len(f.Layout.Keys)) {
		b.WriteByte(sortedComma)
		if i < len(cells) {
			b.WriteString(sortField(cells[i]))
		}
	}
	b.WriteByte('\n')
	return b.String()
}

// sortKey is the key as the records will hold it.
func sortKey(s string) string { return bare(unwrapped(strings.ReplaceAll(plain(s), "\t", " "))) }

// sortField is a field of a sorted line, in quotes when it begins with one. A torn field stays one.
func sortField(s string) string {
	if strings.HasPrefix(s, torn) {
		return `"" ` + plain(s[len(torn):])
	}
	s = plain(s)
	if strings.HasPrefix(s, `"`) {
		return `"` + strings.ReplaceAll(s, `"`, `""`) + `"`
	}
	return s
}

// plain is a text without line ends and other characters that would not sort with the separator.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\t' {
			return ' '
		}
		return r
	}, s)
}

// records gives every row below the header, of text or workbook.
func (f *File) records(each func(row int, cells []string)) error {
	if f.book != nil {
		return f.bookRecords(each)
	}
	r := newRowReader(f.reader(), f.sep, len(f.Layout.Keys))
	for {
		row, cells, err := r.next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if row > f.Layout.HeaderRow && (len(cells) > 1 || cells[0] != "") {
			each(row, cells)
		}
	}
}

// lineReader is sorted lines as a text.
type lineReader struct {
	lines <-chan string
	errs  <-chan error
	left  string
}

func (r *lineReader) Read(p []byte) (n int, err error) {
	for n < len(p) {
		if r.left == "" {
			line, ok := <-r.lines
			if !ok {
				if err := <-r.errs; err != nil {
					return n, fmt.Errorf("sorting: %w", err)
				}
				return n, io.EOF
			}
			r.left = line
		}
		k := copy(p[n:], r.left)
		n, r.left = n+k, r.left[k:]
	}
	return n, nil
}

// drain takes what is left, so that the sorter can end.
func (r *lineReader) drain() {
	for range r.lines {
	}
	for range r.errs {
	}
}

// homeEnd stands between household and contract in the key of files that are read by household.
const homeEnd = '\x1e'

// groupOf is the household of such a key; empty for a key without one.
func groupOf(key string) string {
	if i := strings.IndexByte(key, homeEnd); i >= 0 {
		return key[:i]
	}
	return ""
}

// ByHousehold makes the files be read household by household (or person by person): they are sorted by the household of
// each contract, then by contract. Only contract numbers and their households are held in memory.
func (fs *Files) ByHousehold(person bool) error {
	homes := map[string]string{}
	key := "household_no"
	if person {
		key = "id_no"
	}
	l := fs.Contracts.Layout
	at := l.column(key)
	err := fs.Contracts.records(func(_ int, cells []string) {
		if l.key >= len(cells) {
			return
		}
		no := sortKey(cells[l.key])
		home := "\x02" + no // a contract without a household stands alone
		if at >= 0 && at < len(cells) && sortKey(cells[at]) != "" {
			home = sortKey(cells[at])
		}
		if _, twice := homes[no]; !twice {
			homes[strings.Clone(no)] = strings.Clone(home)
		}
	})
	fs.each(func(f *File) {
		f.homes = homes
		f.Sort()
	})
	return err
}
