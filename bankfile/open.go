package bankfile

import (
	"bytes"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/transform"

	"ganlan/fault"
	"ganlan/form"
)

// File is a recognised file, ready to be read.
type File struct {
	Layout  *Layout
	Warned  fault.List
	profile *Profile
	in      Input
	opt     Options
	book    *form.Book        // a workbook, else text
	sheets  []sheet           // of the workbook, that are read
	enc     encoding.Encoding // of text; nil for UTF-8
	late    bool              // the encoding shows only further inside
	bom     int64             // bytes before the text
	cr      bool              // lines end with CR alone
	sep     string            // as the file separates its fields
	best    *Layout           // of a text that is refused: what came nearest
	fills   bool              // the sheet's name fills the last column
	sorted  bool              // must be sorted before it is read in step
	homes   map[string]string // household of each contract, when read by household
}

// headBytes is how much of a text is looked at to recognise it.
const headBytes = 256 << 10

// Open recognises a file by its content, never by its name: format, encoding, separator, header.
func (p *Profile) Open(in Input, kind Kind, opt Options) (*File, fault.List) {
	f := &File{profile: p, in: in, opt: opt.of(kind), Layout: &Layout{File: in.Name, Kind: kind, comma: ',', area: opt.Area}}
	head := make([]byte, min(in.Size, headBytes))
	n, _ := in.Data.ReadAt(head, 0)
	head = head[:n]
	format, refused := sniff(head)
	switch {
	case refused != nil:
		refused.Place = f.place()
		return nil, fault.List{refused}
	case format == isEmpty:
		return nil, fault.List{FaultEmpty.At(f.place())}
	case format == isWorkbook:
		return f.openBook()
	}
	return f.openText(head)
}

func (f *File) place() fault.Place { return fault.Place{File: f.in.Name} }

func (f *File) openText(head []byte) (*File, fault.List) {
	if !f.detect(head) {
		return nil, fault.List{FaultFormat.At(f.place()).Set("format", "二进制文件 (binary)")}
	}
	text := f.decode(head)
	var best *Layout
	var bestFaults fault.List
	tall := false // the header has line breaks inside its cells
	for _, sep := range f.separators(text) {
		l := *f.Layout
		rows := headRowsOf(text, sep)
		found, faults := f.profile.recognise(&l, rows)
		if best == nil || found != nil && better(found, best) {
			best, bestFaults, f.sep = found, faults, sep
			tall = found != nil && lineBreaks(rows, found.HeaderRow)
		}
		if best != nil && best.perfect() {
			break
		}
	}
	if best == nil || bestFaults.Err() != nil {
		f.best = best
		return nil, bestFaults
	}
	f.Layout, f.Warned, f.profile = best, bestFaults.Warnings(), best.profile
	best.comma = f.sep[0]
	if len(f.sep) > 1 || f.sep[0] >= utf8.RuneSelf || strings.Contains(best.Encoding, "16") || tall {
		f.Sort()
	}
	return f, nil
}

// lineBreaks reports whether a cell down to the header holds a line break, so that lines and rows differ.
func lineBreaks(rows []numbered, header int) bool {
	return slices.ContainsFunc(rows, func(r numbered) bool {
		return r.row <= header && slices.ContainsFunc(r.cells, func(c string) bool { return strings.Contains(c, "\n") })
	})
}

func better(a, b *Layout) bool { return known(a) > known(b) }

func known(l *Layout) (n int) {
	for _, k := range l.Keys {
		if k != "" {
			n++
		}
	}
	return n
}

// separators are the one named by the user, or the usual ones and those of the profiles, as far as the text holds them.
func (f *File) separators(text string) []string {
	if f.opt.Separator != "" {
		return []string{f.opt.Separator}
	}
	out := []string{",", "\t", ";", "|"}
	for _, p := range append([]*Profile{f.profile}, f.profile.banks...) {
		if p.Separator != "" && !slices.Contains(out, p.Separator) && strings.Contains(text, p.Separator) {
			out = append(out, p.Separator)
		}
	}
	return out
}

func (f *File) decode(head []byte) string {
	text := head[f.bom:]
	if f.enc != nil {
		text, _ = f.enc.NewDecoder().Bytes(text)
	}
	alone := bytes.Count(text, []byte("\r")) - bytes.Count(text, []byte("\r\n"))
	f.cr = alone > bytes.Count(text, []byte("\n")) // a cell may hold the other kind of line end
	if f.cr {
		return strings.ReplaceAll(string(text), "\r", "\n")
	}
	return string(text)
}

func headRowsOf(text, sep string) (rows []numbered) {
	r := newRowReader(strings.NewReader(text), sep, 0)
	for len(rows) < headerRows {
		row, cells, err := r.next()
		if err != nil {
			return rows
		}
		if len(cells) > 1 || cells[0] != "" {
			rows = append(rows, numbered{row: row, cells: cells})
		}
	}
	return rows
}

// reader is the whole text in UTF-8.
func (f *File) reader() io.Reader {
	var r io.Reader = io.NewSectionReader(f.in.Data, f.bom, f.in.Size-f.bom)
	if f.enc != nil {
		r = transform.NewReader(r, f.enc.NewDecoder())
	}
	if f.late {
		r = &lateReader{src: r, told: func(name string) { f.Layout.Encoding = name }}
	}
	if f.cr {
		r = crReader{r}
	}
	return r
}

// crReader gives lines that end with CR alone the usual end.
type crReader struct{ io.Reader }

func (r crReader) Read(p []byte) (int, error) {
	n, err := r.Reader.Read(p)
	for i, c := range p[:n] {
		if c == '\r' {
			p[i] = '\n'
		}
	}
	return n, err
}

// feed gives the file in the order of its keys, sorting it on disk where it must be.
func (f *File) feed() (*feed, error) {
	if f.sorted {
		return f.sortedFeed()
	}
	r := &feed{r: f.reader(), comma: f.Layout.comma, key: f.Layout.key, row: 1}
	for r.row <= f.Layout.HeaderRow {
		for bytes.IndexByte(r.buf[r.lo:r.hi], '\n') < 0 && !r.eof {
			if err := r.fill(); err != nil {
				return nil, err
			}
		}
		i := bytes.IndexByte(r.buf[r.lo:r.hi], '\n')
		if i < 0 {
			break
		}
		r.take(r.lo + i + 1)
	}
	return r, nil
}

// Sort makes the file be sorted before it is read.
func (f *File) Sort() {
	l := *f.Layout
	l.comma = sortedComma
	f.Layout, f.sorted = &l, true
}

// Sorted reports whether the file is sorted before it is read.
func (f *File) Sorted() bool { return f.sorted }

// Close lets go of a workbook. The input itself belongs to the caller.
func (f *File) Close() {
	if f.book != nil {
		f.book.Close()
	}
}

// Size is the file's size in bytes.
func (f *File) Size() int64 { return f.in.Size }
