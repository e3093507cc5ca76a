package bankfile

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"strings"

	"golang.org/x/text/encoding"
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
	if !f.bytewise() {
		encode = transform.NewWriter(w, f.written().NewEncoder())
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

// written is the encoding of a text, nil for UTF-8. It may have shown only when the text was read.
func (f *File) written() encoding.Encoding {
	if f.late && f.Layout.Encoding == "GB18030" {
		return simplifiedchinese.GB18030
	}
	return f.enc
}

// bytewise reports whether the text can be cut into rows without decoding: no character of GB18030 holds the byte of a
// comma, tab, semicolon, quote or line end. A bar may be half of one.
func (f *File) bytewise() bool {
	return f.written() == nil || f.written() == simplifiedchinese.GB18030 && !strings.ContainsFunc(f.sep, func(r rune) bool { return r > ';' })
}

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
			m.column = slices.IndexFunc(cells, func(c string) bool { return isReason(m.decoded(c)) })
		}
		if row >= m.f.Layout.HeaderRow {
			m.wide = max(m.wide, len(cells))
		}
		return nil
	})
}

func (m *textMarker) decoded(s string) string {
	if m.f.written() == nil || !m.f.bytewise() {
		return s
	}
	text, _ := m.f.written().NewDecoder().String(s)
	return text
}

// line is a record with its reason.
func (m *textMarker) line(row int, raw string, cells []string) string {
	if row < m.f.Layout.HeaderRow || allBlank(cells) {
		return m.f.ended(raw)
	}
	text := m.title
	if row > m.f.Layout.HeaderRow {
		text = form.Harmless(m.texts[row])
	}
	if m.f.written() != nil && m.f.bytewise() {
		text, _ = m.f.written().NewEncoder().String(text)
	}
	body := strings.TrimRight(raw, "\r\n")
	end := raw[len(body):]
	if end == "" {
		end = "\n"
	}
	comma := m.f.sep
	if m.column >= 0 && m.column < len(cells) {
		cells[m.column] = text
		for i := range cells {
			cells[i] = m.f.quote(cells[i])
		}
		return m.f.ended(strings.Join(cells, comma) + end)
	}
	at := m.wide
	if m.column >= 0 {
		at = m.column
	}
	return m.f.ended(body + strings.Repeat(comma, at-len(cells)+1) + m.f.quote(text) + end)
}

// ended gives line ends the form of the file.
func (f *File) ended(s string) string {
	if f.cr {
		s = strings.ReplaceAll(s, "\n", "\r")
	}
	return s
}

// quote is a field as the file writes it.
func (f *File) quote(s string) string {
	if strings.HasPrefix(s, torn) {
		return s[len(torn):] // as it was written
	}
	if strings.ContainsAny(s, "\"\r\n") || strings.Contains(s, f.sep) {
		return `"` + strings.ReplaceAll(s, `"`, `""`) + `"`
	}
	return s
}

// each gives every row, blank ones too, with the lines it was written in.
func (m *textMarker) each(do func(row int, raw string, cells []string) error) error {
	seen := &recorder{r: m.source()}
	r := newRowReader(seen, m.f.sep, len(m.f.Layout.Keys))
	for {
		row, cells, err := r.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if err := do(row, seen.lines(r.line-row+1), cells); err != nil {
			return err
		}
	}
}

// source is the text, decoded where it cannot be cut otherwise.
func (m *textMarker) source() io.Reader {
	f := m.f
	if !f.bytewise() {
		return f.reader()
	}
	var r io.Reader = io.NewSectionReader(f.in.Data, f.bom, f.in.Size-f.bom)
	if f.cr {
		r = crReader{r}
	}
	return r
}

// recorder keeps what went through it until its lines are taken.
type recorder struct {
	r    io.Reader
	kept bytes.Buffer
}

func (r *recorder) Read(p []byte) (int, error) {
	n, err := r.r.Read(p)
	r.kept.Write(p[:n])
	return n, err
}

// lines are the next n lines as they were written.
func (r *recorder) lines(n int) string {
	end := 0
	for range n {
		i := bytes.IndexByte(r.kept.Bytes()[end:], '\n')
		if i < 0 {
			end = r.kept.Len()
			break
		}
		end += i + 1
	}
	return string(r.kept.Next(end))
}
