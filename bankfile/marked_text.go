package bankfile

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strings"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/transform"

	"ganlan/fault"
	"ganlan/form"
)

// markText copies a text with one more column. What the bank wrote is copied byte for byte where its encoding allows it, so
// that characters that cannot be read come back as they were sent.
func (f *File) markText(w io.Writer, faults fault.List, l fault.Lang) error {
	head := make([]byte, f.bom)
	if _, err := f.in.Data.ReadAt(head, 0); err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	if _, err := w.Write(head); err != nil {
		return err
	}
	m := &textMarker{f: f, texts: reasons(faults, "", l), title: either(l, reasonTitle, reasonTitleEn)}
	encode := transform.NewWriter(w, transform.Nop)
	if f.enc != nil && !f.bytewise() {
		encode = transform.NewWriter(w, f.enc.NewEncoder())
	}
	err := m.measure()
	if err == nil {
		err = m.each(func(row int, raw string, cells []string) error {
			_, err := io.WriteString(encode, m.line(row, raw, cells))
			return err
		})
	}
	return errors.Join(err, encode.Close())
}

// bytewise reports whether the text can be cut into records without decoding: no character of GB18030 holds the byte of a
// comma, tab, semicolon, quote or line end. A bar may be half of one.
func (f *File) bytewise() bool {
	return f.enc == nil || f.enc == simplifiedchinese.GB18030 && f.comma != '|' && !f.longSeparator()
}

func (f *File) longSeparator() bool { return len(f.opt.Separator) > 1 && f.opt.Separator != `\t` }

// textMarker adds the column of reasons to the records of a text.
type textMarker struct {
	f      *File
	texts  map[int]string
	title  string
	wide   int // fields of the widest record
	column int // of reasons that an earlier copy left; -1 when there is none
}

// measure finds the widest record, behind which the column goes.
func (m *textMarker) measure() error {
	m.column = -1
	return m.each(func(row int, _ string, cells []string) error {
		if row == m.f.Layout.HeaderRow {
			m.column = slices.IndexFunc(cells, func(c string) bool { return ours(m.decoded(c)) })
		}
		if row >= m.f.Layout.HeaderRow {
			m.wide = max(m.wide, len(cells))
		}
		return nil
	})
}

func (m *textMarker) decoded(s string) string {
	if m.f.enc == nil || !m.f.bytewise() {
		return s
	}
	text, _ := m.f.enc.NewDecoder().String(s)
	return text
}

// line is a record with its reason.
func (m *textMarker) line(row int, raw string, cells []string) string {
	if row < m.f.Layout.HeaderRow || allBlank(cells) {
		return m.ended(raw)
	}
	text := m.title
	if row > m.f.Layout.HeaderRow {
		text = form.Harmless(m.texts[row])
	}
	if m.f.enc != nil && m.f.bytewise() {
		text, _ = m.f.enc.NewEncoder().String(text)
	}
	body := strings.TrimRight(raw, "\r\n")
	end := raw[len(body):]
	if end == "" {
		end = "\n"
	}
	comma := string(m.f.comma)
	if m.column >= 0 && m.column < len(cells) {
		cells[m.column] = text
		for i := range cells {
			cells[i] = m.quote(cells[i])
		}
		blank := raw[:len(raw)-len(strings.TrimLeft(raw, "\r\n"))]
		return m.ended(blank + strings.Join(cells, comma) + end)
	}
	at := m.wide
	if m.column >= 0 {
		at = m.column
	}
	return m.ended(body + strings.Repeat(comma, at-len(cells)+1) + m.quote(text) + end)
}

// ended gives separators and line ends the form of the file.
func (m *textMarker) ended(s string) string {
	if m.f.longSeparator() {
		s = strings.ReplaceAll(s, string(sortedComma), m.f.opt.Separator)
	}
	if m.f.cr {
		s = strings.ReplaceAll(s, "\n", "\r")
	}
	return s
}

func (m *textMarker) quote(s string) string {
	if strings.ContainsAny(s, "\"\r\n"+string(m.f.comma)) {
		return `"` + strings.ReplaceAll(s, `"`, `""`) + `"`
	}
	return s
}

// each gives every record with the bytes it was written in; blank lines before it belong to it.
func (m *textMarker) each(do func(row int, raw string, cells []string) error) error {
	src, err := m.source()
	if err != nil {
		return err
	}
	seen := &recorder{Reader: src}
	r := csv.NewReader(seen)
	r.Comma, r.FieldsPerRecord, r.LazyQuotes = rune(m.f.comma), -1, true
	for from := int64(0); ; {
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fault.List{FaultUnreadable.At(m.f.place())}
		}
		raw := seen.take(r.InputOffset() - from)
		from = r.InputOffset()
		row, _ := r.FieldPos(0)
		if err := do(row, raw, cells); err != nil {
			return err
		}
	}
}

// source is the text, decoded where it cannot be cut otherwise.
func (m *textMarker) source() (io.Reader, error) {
	f := m.f
	if f.longSeparator() {
		all, err := io.ReadAll(f.reader())
		return strings.NewReader(f.normal(string(all))), err
	}
	if !f.bytewise() {
		return f.reader(), nil
	}
	var r io.Reader = io.NewSectionReader(f.in.Data, f.bom, f.in.Size-f.bom)
	if f.cr {
		r = crReader{r}
	}
	return r, nil
}

// recorder keeps what went through it until it is taken.
type recorder struct {
	io.Reader
	kept bytes.Buffer
}

func (r *recorder) Read(p []byte) (int, error) {
	n, err := r.Reader.Read(p)
	r.kept.Write(p[:n])
	return n, err
}

func (r *recorder) take(n int64) string { return string(r.kept.Next(int(n))) }
