package form

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strings"
)

// token is a piece of XML with the bytes it was written in.
type token struct {
	xml.Token
	raw []byte
}

// starts reports whether the token begins an element of this name, whatever its prefix.
func (t token) starts(name string) bool {
	s, ok := t.Token.(xml.StartElement)
	return ok && s.Name.Local == name
}

func (t token) ends(name string) bool {
	s, ok := t.Token.(xml.EndElement)
	return ok && s.Name.Local == name
}

// attr is an attribute by its local name.
func (t token) attr(name string) string {
	if s, ok := t.Token.(xml.StartElement); ok {
		for _, a := range s.Attr {
			if a.Name.Local == name && a.Name.Space != "xmlns" {
				return a.Value
			}
		}
	}
	return ""
}

// prefix is what stands before the names of a namespace, with its colon.
func (t token) prefix() string {
	switch x := t.Token.(type) {
	case xml.StartElement:
		return colon(x.Name.Space)
	case xml.EndElement:
		return colon(x.Name.Space)
	}
	return ""
}

func colon(prefix string) string {
	if prefix == "" {
		return ""
	}
	return prefix + ":"
}

// closed reports whether an element ends where it begins: <c/>. The token of its end has no bytes.
func (t token) closed() bool { return bytes.HasSuffix(t.raw, []byte("/>")) }

// opened is such an element made open: <c>.
func (t token) opened() []byte {
	if t.closed() {
		return append(bytes.TrimSuffix(bytes.Clone(t.raw), []byte("/>")), '>')
	}
	return t.raw
}

// with is the element with an attribute set.
func (t token) with(name, value string) token {
	from, to := attrAt(t.raw, name)
	if from < 0 {
		from = len(t.raw) - 1
		if t.closed() {
			from--
		}
		to = from
	}
	raw := append(bytes.Clone(t.raw[:from]), ' ')
	raw = append(raw, name...)
	raw = append(raw, `="`...)
	raw = append(raw, escaped(value)...)
	raw = append(raw, '"')
	return token{t.Token, append(raw, t.raw[to:]...)}
}

// without is the element without an attribute.
func (t token) without(name string) token {
	from, to := attrAt(t.raw, name)
	if from < 0 {
		return t
	}
	return token{t.Token, append(bytes.Clone(t.raw[:from]), t.raw[to:]...)}
}

// attrAt is where an attribute stands in a tag, from the space before it to behind its last quote; -1 when it is not there.
func attrAt(raw []byte, name string) (from, to int) {
	for i := 0; i < len(raw); i++ {
		if c := raw[i]; c == '"' || c == '\'' { // over the value of another attribute
			end := bytes.IndexByte(raw[i+1:], c)
			if end < 0 {
				return -1, -1
			}
			i += end + 1
			continue
		} else if c != ' ' && c != '\t' && c != '\n' && c != '\r' {
			continue
		}
		rest := raw[i+1:]
		if !bytes.HasPrefix(rest, []byte(name)) {
			continue
		}
		value := bytes.TrimLeft(rest[len(name):], " \t\r\n")
		if len(value) == 0 || value[0] != '=' {
			continue
		}
		value = bytes.TrimLeft(value[1:], " \t\r\n")
		end := bytes.IndexByte(value[1:], value[0])
		return i, len(raw) - len(value) + end + 2
	}
	return -1, -1
}

// escaped is a text as it may stand in XML.
func escaped(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s))
	return b.String()
}

// rewrite copies XML token by token; each says what is written in place of a token's own bytes. The bytes are each's until it
// returns.
func rewrite(w io.Writer, r io.Reader, each func(token) []byte) error {
	seen := &recorder{Reader: r}
	d := xml.NewDecoder(seen)
	for at := int64(0); ; {
		t, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		raw := seen.take(d.InputOffset() - at)
		at = d.InputOffset()
		if _, err := w.Write(each(token{t, raw})); err != nil {
			return err
		}
	}
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

func (r *recorder) take(n int64) []byte { return r.kept.Next(int(n)) }

func dirOf(part string) string { return path.Dir(part) }

// relationsOf is the part that says what a part refers to.
func relationsOf(part string) string {
	return path.Join(path.Dir(part), "_rels", path.Base(part)+".rels")
}

// search looks for a word in what is written to it, and keeps the first bytes.
type search struct {
	word, tail, head []byte
	found            bool
}

func (s *search) Write(p []byte) (int, error) {
	if len(s.head) < 200 {
		s.head = append(s.head, p[:min(len(p), 200)]...)
	}
	s.found = s.found || bytes.Contains(p, s.word) || bytes.Contains(append(s.tail, p[:min(len(p), len(s.word))]...), s.word)
	s.tail = append(s.tail[:0], p[max(0, len(p)-len(s.word)):]...)
	return len(p), nil
}

// foreign reports whether the text says that it is in another encoding than UTF-8.
func (s *search) foreign() bool {
	head := bytes.ToLower(s.head)
	return bytes.HasPrefix(s.head, []byte{0xfe, 0xff}) || bytes.HasPrefix(s.head, []byte{0xff, 0xfe}) ||
		bytes.Contains(head, []byte("encoding")) && !bytes.Contains(head, []byte("utf-8"))
}
