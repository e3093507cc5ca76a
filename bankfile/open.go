package bankfile

import (
	"bytes"
	"encoding/csv"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	textunicode "golang.org/x/text/encoding/unicode"
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
	enc     encoding.Encoding // of text; nil for UTF-8
	bom     int64             // bytes before the text
	cr      bool              // lines end with CR alone
	comma   byte              // as the file separates its fields
	sorted  bool              // must be sorted before it is read in step
	homes   map[string]string // household of each contract, when read by household
}

// headBytes is how much of a text is looked at to recognise it.
const headBytes = 256 << 10

// Open recognises a file by its content, never by its name: format, encoding, separator, header.
func (p *Profile) Open(in Input, kind Kind, opt Options) (*File, fault.List) {
	f := &File{profile: p, in: in, opt: opt, Layout: &Layout{File: in.Name, Kind: kind, comma: ','}}
	head := make([]byte, min(in.Size, headBytes))
	n, _ := in.Data.ReadAt(head, 0)
	head = head[:n]
	switch name := sniff(head); name {
	case "empty":
		return nil, fault.List{FaultEmpty.At(f.place())}
	case "xlsx":
		return f.openBook()
	case "text":
		return f.openText(head)
	default:
		return nil, fault.List{FaultFormat.At(f.place()).Set("format", name)}
	}
}

func (f *File) place() fault.Place { return fault.Place{File: f.in.Name} }

// sniff names the format by its first bytes.
func sniff(head []byte) string {
	trimmed := bytes.TrimLeft(head, "\xef\xbb\xbf \t\r\n")
	lower := bytes.ToLower(trimmed[:min(len(trimmed), 64)])
	switch {
	case len(trimmed) == 0:
		return "empty"
	case bytes.HasPrefix(head, []byte("PK\x03\x04")):
		return "xlsx"
	case bytes.HasPrefix(head, []byte{0xd0, 0xcf, 0x11, 0xe0}):
		return "Excel 97-2003 .xls"
	case bytes.HasPrefix(lower, []byte("<html")), bytes.HasPrefix(lower, []byte("<!doctype html")), bytes.HasPrefix(lower, []byte("<table")):
		return "HTML"
	case bytes.HasPrefix(head, []byte("%PDF")):
		return "PDF"
	}
	return "text"
}

func (f *File) openText(head []byte) (*File, fault.List) {
	f.detect(head)
	text := f.decode(head)
	var best *Layout
	var bestFaults fault.List
	tall := false // the header has line breaks inside its cells
	for _, comma := range f.commas() {
		l := *f.Layout
		l.comma = comma
		rows := headRowsOf(text, comma)
		found, faults := f.profile.recognise(&l, rows)
		if best == nil || found != nil && better(found, best) {
			best, bestFaults = found, faults
			tall = found != nil && lineBreaks(rows, found.HeaderRow)
		}
		if best != nil && best.perfect() {
			break
		}
	}
	if best == nil || bestFaults.Err() != nil {
		return nil, bestFaults
	}
	f.Layout, f.Warned, f.profile = best, bestFaults.Warnings(), best.profile
	f.comma = best.comma
	if len(f.opt.Separator) > 1 || strings.Contains(best.Encoding, "16") || tall {
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

func (f *File) commas() []byte {
	switch s := f.opt.Separator; {
	case len(s) == 1:
		return []byte{s[0]}
	case s == `\t`:
		return []byte{'\t'}
	case len(s) > 1:
		return []byte{sortedComma}
	}
	return []byte{',', '\t', ';', '|'}
}

// detect finds the encoding: by its mark, else UTF-8 when the text is valid, else GB18030 (which holds GBK).
func (f *File) detect(head []byte) {
	l := f.Layout
	switch {
	case bytes.HasPrefix(head, []byte("\xef\xbb\xbf")):
		l.Encoding, f.bom = "UTF-8", 3
	case bytes.HasPrefix(head, []byte("\xff\xfe")):
		l.Encoding, f.enc, f.bom = "UTF-16LE", textunicode.UTF16(textunicode.LittleEndian, textunicode.IgnoreBOM), 2
	case bytes.HasPrefix(head, []byte("\xfe\xff")):
		l.Encoding, f.enc, f.bom = "UTF-16BE", textunicode.UTF16(textunicode.BigEndian, textunicode.IgnoreBOM), 2
	case validPrefix(head), mostlyUTF8(head):
		l.Encoding = "UTF-8"
	default:
		l.Encoding, f.enc = "GB18030", simplifiedchinese.GB18030
	}
}

// validPrefix allows a character cut off at the end of the head.
func validPrefix(b []byte) bool {
	for i := 0; i < utf8.UTFMax && i <= len(b); i++ {
		if utf8.Valid(b[:len(b)-i]) {
			return true
		}
	}
	return false
}

// mostlyUTF8 allows a character that was broken on the way: the file is refused at that cell, and not read as another
// encoding in which every word would be wrong.
func mostlyUTF8(b []byte) bool {
	good, bad := 0, 0
	for len(b) > 0 {
		r, n := utf8.DecodeRune(b)
		switch {
		case r == utf8.RuneError && n == 1:
			bad++
		case n > 1:
			good++
		}
		b = b[n:]
	}
	return good > 4*bad
}

func (f *File) decode(head []byte) string {
	text := head[f.bom:]
	if f.enc != nil {
		text, _ = f.enc.NewDecoder().Bytes(text)
	}
	f.cr = bytes.IndexByte(text, '\n') < 0 && bytes.IndexByte(text, '\r') >= 0
	return f.normal(string(text))
}

// normal gives line ends and separators of several characters the form that the readers know.
func (f *File) normal(s string) string {
	if f.cr {
		s = strings.ReplaceAll(s, "\r", "\n")
	}
	if len(f.opt.Separator) > 1 && f.opt.Separator != `\t` {
		s = strings.ReplaceAll(s, f.opt.Separator, string(sortedComma))
	}
	return s
}

func headRowsOf(text string, comma byte) (rows []numbered) {
	r := csvReader(strings.NewReader(text), comma)
	for len(rows) < headerRows {
		cells, err := r.Read()
		if err != nil {
			return rows
		}
		line, _ := r.FieldPos(0)
		rows = append(rows, numbered{line, cells})
	}
	return rows
}

func csvReader(r io.Reader, comma byte) *csv.Reader {
	c := csv.NewReader(r)
	c.Comma, c.FieldsPerRecord, c.LazyQuotes = rune(comma), -1, true
	return c
}

// reader is the whole text in UTF-8.
func (f *File) reader() io.Reader {
	var r io.Reader = io.NewSectionReader(f.in.Data, f.bom, f.in.Size-f.bom)
	if f.enc != nil {
		r = transform.NewReader(r, f.enc.NewDecoder())
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
