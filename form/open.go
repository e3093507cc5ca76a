package form

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"path"
	"slices"
	"strings"

	"ganlan/fault"
	"ganlan/rule"
)

// Limits bound what a file may become when it is unpacked, so that a small file cannot fill the machine.
type Limits struct {
	Unzipped int64 // bytes of all parts together; 1 GiB when 0
	Strings  int64 // bytes of the table of shared texts, which is kept in memory; 256 MiB when 0
}

func (l Limits) whole() Limits {
	if l.Unzipped <= 0 {
		l.Unzipped = 1 << 30
	}
	if l.Strings <= 0 {
		l.Strings = 256 << 20
	}
	return l
}

// Book is a workbook open for reading. Several sheets may be read at the same time.
type Book struct {
	parts    map[string]*zip.File
	limits   Limits
	sheets   []sheetPart
	texts    []string
	dated    []bool // for each cell style, whether it shows a number as a date
	date1904 bool
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
	return b.Sheets(), nil
}

// Open reads all of a workbook but its rows. What a user can cause comes back as a *fault.Fault: no workbook, an old one, a
// password, macros, damage, a size beyond the limits.
func Open(r io.ReaderAt, size int64, l Limits) (*Book, error) {
	z, err := zip.NewReader(r, size)
	if err != nil {
		return nil, unzippable(r, size)
	}
	b := &Book{parts: map[string]*zip.File{}, limits: l.whole()}
	if f := b.index(z); f != nil {
		return nil, f
	}
	if f := b.load(); f != nil {
		return nil, f
	}
	return b, nil
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

// index lists the parts, case aside as programs do, and refuses macros and too much.
func (b *Book) index(z *zip.Reader) *fault.Fault {
	total := uint64(0)
	for _, f := range z.File {
		name := strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(f.Name, `\`, "/"), "/"))
		if path.Base(name) == "vbaproject.bin" {
			return FaultMacro.New()
		}
		b.parts[name] = f
		if total += f.UncompressedSize64; total > uint64(b.limits.Unzipped) || f.UncompressedSize64 > uint64(b.limits.Unzipped) {
			return FaultTooBig.New().Set("limit", b.limits.Unzipped)
		}
	}
	return nil
}

func (b *Book) load() *fault.Fault {
	main := b.relations("_rels/.rels", "").kind("officeDocument")
	if main == "" {
		main = "xl/workbook.xml"
	}
	if b.parts[main] == nil || !strings.HasSuffix(main, ".xml") {
		return FaultNotXlsx.New()
	}
	rels := b.relations(path.Join(path.Dir(main), "_rels", path.Base(main)+".rels"), path.Dir(main))
	for _, step := range []func() error{
		func() error { return b.macros() },
		func() error { return b.workbook(main, rels) },
		func() error { return b.styles(rels.kind("styles")) },
		func() error { return b.shared(rels.kind("sharedStrings")) },
	} {
		if err := step(); err != nil {
			return b.fault(err)
		}
	}
	return nil
}

// fault is an error of reading as a fault of the file; a fault stays what it is.
func (b *Book) fault(err error) *fault.Fault {
	var f *fault.Fault
	if errors.As(err, &f) {
		return f
	}
	return FaultBroken.New().Set("text", err.Error())
}

// macros looks into the list of content types, as a macro workbook may have been given another ending.
func (b *Book) macros() error {
	return b.each("[content_types].xml", func(s *scan) error {
		if strings.Contains(strings.ToLower(s.str("ContentType")), "macroenabled") {
			return FaultMacro.New()
		}
		return nil
	})
}

// workbook reads the names of the sheets, where they are, and which day is day 0.
func (b *Book) workbook(main string, rels relations) error {
	return b.each(main, func(s *scan) error {
		switch {
		case s.opens("workbookPr"):
			b.date1904 = s.flag("date1904")
		case s.opens("sheet"):
			if to := rels[s.str("id")]; to.kind == "worksheet" { // a sheet of charts only holds no rows
				b.sheets = append(b.sheets, sheetPart{s.str("name"), to.part, s.attr("state") != nil && s.str("state") != "visible"})
			}
		}
		return nil
	})
}

// relations say by id which parts a part refers to, and as what.
type relations map[string]relation

type relation struct{ kind, part string }

func (b *Book) relations(list, dir string) relations {
	out := relations{}
	_ = b.each(list, func(s *scan) error { // a list that is broken or missing leaves the usual places
		if s.opens("Relationship") {
			target := s.str("Target")
			if !strings.HasPrefix(target, "/") {
				target = path.Join(dir, target)
			}
			out[s.str("Id")] = relation{path.Base(s.str("Type")), strings.ToLower(strings.TrimPrefix(target, "/"))}
		}
		return nil
	})
	return out
}

func (r relations) kind(want string) (part string) {
	for _, to := range r {
		if to.kind == want && (part == "" || to.part < part) {
			part = to.part
		}
	}
	return part
}

// each goes through the tags of a small part; a part that is not there has none.
func (b *Book) each(part string, do func(*scan) error) error {
	r, err := b.open(part)
	if r == nil || err != nil {
		return err
	}
	defer r.Close()
	s := newScan(r)
	for s.next() {
		if err := do(s); err != nil {
			return err
		}
	}
	return s.failed()
}

// open unpacks a part. The zip reader itself refuses a part that is larger than the file says it is, and one whose
// checksum is wrong.
func (b *Book) open(part string) (io.ReadCloser, error) {
	f := b.parts[strings.ToLower(part)]
	if f == nil {
		return nil, nil
	}
	return f.Open()
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
	return "", FaultNoSheet.New().Set("sheet", sheet).Set("known", strings.Join(b.Sheets(), "、")).Set("hint", rule.Hint(sheet, b.Sheets()))
}
