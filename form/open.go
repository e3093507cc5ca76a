package form

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"

	"github.com/xuri/excelize/v2"

	"ganlan/fault"
)

// Limits bound what a file may become when it is unpacked, so that a small file cannot fill the machine.
type Limits struct {
	Packed   int64 // bytes of the file itself; 200 MiB when 0
	Unzipped int64 // bytes of all parts together, which are kept in memory; 512 MiB when 0
	Strings  int64 // bytes of the parts that take many times their size when read, the shared texts above all; 128 MiB when 0
}

func (l Limits) whole() Limits {
	if l.Packed <= 0 {
		l.Packed = 200 << 20
	}
	if l.Unzipped <= 0 {
		l.Unzipped = 512 << 20
	}
	if l.Strings <= 0 {
		l.Strings = 128 << 20
	}
	return l
}

// Book is a workbook open for reading. Several sheets may be read at the same time. Close it when done.
type Book struct {
	f        *excelize.File
	parts    parts
	sheets   []sheetPart
	date1904 bool
	dated    map[string]bool // styles that show dates, by number

	mu     sync.Mutex
	looked map[string]*inspection // by part
}

type sheetPart struct {
	name, part string
	hidden     bool
}

// Sheets names the sheets of a workbook in their order, hidden ones too.
func Sheets(r io.ReaderAt, size int64, l Limits) ([]string, error) {
	b, err := Open(r, size, l)
	if err != nil {
		return nil, err
	}
	defer b.Close()
	return b.Sheets(), nil
}

// Open reads all of a workbook but its rows. What a user can cause comes back as a *fault.Fault: no workbook, an old one, a
// password, macros, damage, a size beyond the limits. The reader must stay usable until Close.
func Open(r io.ReaderAt, size int64, l Limits) (b *Book, err error) {
	defer caught(&err)
	if l = l.whole(); size > l.Packed {
		return nil, FaultLarge.New().Set("size", size>>20).Set("limit", l.Packed>>20)
	}
	z, err := zip.NewReader(r, size)
	if err != nil {
		return nil, unzippable(r, size)
	}
	p, f := index(z, l)
	if f != nil {
		return nil, f
	}
	sheets, f := p.worksheets()
	if f != nil {
		return nil, f
	}
	if err := p.verify(sheets, l); err != nil {
		return nil, broken(err)
	}
	if b, err = load(r, size, l); err != nil {
		return nil, broken(err)
	}
	b.parts = p
	b.list(sheets)
	return b, nil
}

// load has the library read the workbook. Nothing goes to temporary files: the library forgets them when it fails half
// way, and reads shared texts from them one by one.
func load(r io.ReaderAt, size int64, l Limits) (*Book, error) {
	f, err := excelize.OpenReader(io.NewSectionReader(r, 0, size), excelize.Options{UnzipSizeLimit: l.Unzipped, UnzipXMLSizeLimit: l.Unzipped})
	if err != nil {
		return nil, err
	}
	b := &Book{f: f, dated: map[string]bool{}, looked: map[string]*inspection{}}
	if props := f.WorkBook.WorkbookPr; props != nil {
		b.date1904 = props.Date1904
	}
	return b, b.markDates()
}

// list takes the sheets in the workbook's order; a sheet of charts only holds no rows.
func (b *Book) list(worksheets map[string]string) {
	for _, s := range b.f.WorkBook.Sheets.Sheet {
		if part, ok := worksheets[s.ID]; ok {
			b.sheets = append(b.sheets, sheetPart{s.Name, part, s.State != "" && s.State != "visible"})
		}
	}
}

// Close gives back what the workbook holds.
func (b *Book) Close() error { return b.f.Close() }

// broken is an error of reading as a fault of the file; a fault stays what it is.
func broken(err error) *fault.Fault {
	var f *fault.Fault
	if errors.As(err, &f) {
		return f
	}
	return FaultBroken.New().Set("text", err.Error())
}

// caught turns a panic of the library over a hostile file into a fault of that file.
func caught(err *error) {
	if p := recover(); p != nil {
		*err = FaultBroken.New().Set("text", fmt.Sprint(p))
	}
}

// unzippable tells why a file is no zip: encrypted and old workbooks share one container.
func unzippable(r io.ReaderAt, size int64) *fault.Fault {
	head := make([]byte, 8)
	n, _ := r.ReadAt(head, 0)
	switch {
	case bytes.Equal(head[:n], []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")):
		if holds(r, size, utf16("EncryptedPackage")) {
			return FaultLocked.New()
		}
		if holds(r, size, utf16("WordDocument")) || holds(r, size, utf16("PowerPoint Document")) {
			return FaultNotXlsx.New()
		}
		return FaultOldXls.New()
	case bytes.HasPrefix(head[:n], []byte("PK\x03\x04")):
		return FaultBroken.New().Set("text", "ZIP")
	}
	return FaultNotXlsx.New()
}

func utf16(s string) []byte {
	var b []byte
	for i := range len(s) {
		b = append(b, s[i], 0)
	}
	return b
}

// holds searches a file piece by piece.
func holds(r io.ReaderAt, size int64, word []byte) bool {
	buf := make([]byte, 64<<10)
	for at := int64(0); at < size; at += int64(len(buf) - len(word)) {
		n, err := r.ReadAt(buf, at)
		if bytes.Contains(buf[:n], word) {
			return true
		}
		if err != nil {
			return false
		}
	}
	return false
}

// Sheets are the names of the sheets in their order, hidden ones too.
func (b *Book) Sheets() []string {
	out := make([]string, len(b.sheets))
	for i, s := range b.sheets {
		out[i] = s.name
	}
	return out
}

// Hidden reports whether a sheet is hidden from the reader of the workbook.
func (b *Book) Hidden(sheet string) bool {
	i := slices.IndexFunc(b.sheets, func(s sheetPart) bool { return s.name == sheet })
	return i >= 0 && b.sheets[i].hidden
}

func (b *Book) part(sheet string) (string, *fault.Fault) {
	for _, s := range b.sheets {
		if s.name == sheet {
			return s.part, nil
		}
	}
	return "", FaultNoSheet.New().Set("sheet", sheet).Set("known", strings.Join(b.Sheets(), "、")).Near(sheet, b.Sheets())
}
