package form

import (
	"bytes"
	"errors"
	"io"
	"strconv"
	"unicode/utf8"
)

// errUnusual says that a sheet holds XML that programs do not write into sheets. It may be right or wrong; the thorough way
// decides.
var errUnusual = errors.New("unusual XML")

// quick goes through XML tag by tag without making values of them, which takes a tenth of the time of a general reader. It
// takes only what that reader takes in the same sense: plain tags that close in order, attributes in quotes, UTF-8 without
// control characters, the five entities and numbers. Anything else is unusual.
type quick struct {
	in    *inspection
	r     io.Reader
	buf   []byte
	at    int // first byte not yet used
	eof   bool
	open  []byte // names of the open tags, each with its length behind
	attrs []attr
}

// maxTag bounds a tag or a piece of text kept in one piece.
const maxTag = 1 << 20

func scanQuick(in *inspection, r io.Reader) error {
	q := &quick{in: in, r: r, buf: make([]byte, 0, 256<<10)}
	for {
		text, err := q.upTo('<')
		if err == nil || errors.Is(err, io.EOF) {
			if e := q.text(text); e != nil {
				return e
			}
		}
		if errors.Is(err, io.EOF) {
			return q.end()
		}
		if err == nil {
			err = q.tag()
		}
		if err != nil {
			return err
		}
	}
}

// end judges the end of the part.
func (q *quick) end() error {
	if len(q.open) > 0 {
		return errUnusual
	}
	return nil
}

// upTo is what stands before a character, which is skipped. At the end of the part it is all that is left, and io.EOF.
func (q *quick) upTo(stop byte) ([]byte, error) {
	for from := 0; ; {
		if i := bytes.IndexByte(q.buf[q.at+from:], stop); i >= 0 {
			s := q.buf[q.at : q.at+from+i]
			q.at += from + i + 1
			return s, nil
		}
		from = len(q.buf) - q.at
		if q.eof {
			s := q.buf[q.at:]
			q.at = len(q.buf)
			return s, io.EOF
		}
		if from > maxTag {
			return nil, errUnusual
		}
		if err := q.fill(); err != nil {
			return nil, err
		}
	}
}

func (q *quick) fill() error {
	n := copy(q.buf, q.buf[q.at:])
	q.buf, q.at = q.buf[:n], 0
	if n == cap(q.buf) {
		q.buf = append(make([]byte, 0, 2*cap(q.buf)), q.buf...)
	}
	k, err := q.r.Read(q.buf[n:cap(q.buf)])
	q.buf = q.buf[:n+k]
	if err == io.EOF { // not wrapped: a damaged part ends with another
		q.eof = true
		return nil
	}
	return err
}

func (q *quick) text(b []byte) error {
	if len(b) == 0 {
		return nil
	}
	if !usual(b) || bytes.Contains(b, []byte("]]>")) {
		return errUnusual
	}
	if q.in.cell.inValue && bytes.IndexByte(b, '&') >= 0 {
		return errUnusual
	}
	q.in.text(b)
	return nil
}

// tag deals with one tag; its < is used already.
func (q *quick) tag() error {
	b, err := q.upTo('>')
	if errors.Is(err, io.EOF) || len(b) == 0 {
		return errUnusual
	}
	for err == nil && oddQuotes(b) { // a > inside an attribute
		var more []byte
		start := q.at - len(b) - 1
		if more, err = q.upTo('>'); err == nil {
			if q.at-len(more)-1 != start+len(b)+1 {
				return errUnusual // the buffer moved: rare enough
			}
			b = q.buf[start : q.at-1]
		}
		if errors.Is(err, io.EOF) || len(b) > maxTag {
			return errUnusual
		}
	}
	if err != nil {
		return err
	}
	switch b[0] {
	case '/':
		return q.close(bytes.TrimRight(b[1:], " \t\r\n"))
	case '?':
		return q.declaration(b)
	case '!':
		return errUnusual
	}
	return q.start(b)
}

func oddQuotes(b []byte) bool {
	var in byte
	for _, c := range b {
		switch {
		case in == 0 && (c == '"' || c == '\''):
			in = c
		case c == in:
			in = 0
		}
	}
	return in != 0
}

// declaration takes the usual first line of XML in UTF-8.
func (q *quick) declaration(b []byte) error {
	s := string(bytes.ToLower(b))
	for _, usual := range []string{`?xml version="1.0" encoding="utf-8" standalone="yes"?`, `?xml version="1.0" encoding="utf-8"?`, `?xml version="1.0"?`,
		`?xml version='1.0' encoding='utf-8'?`, `?xml version='1.0' encoding='utf-8' standalone='yes'?`, `?xml version="1.0" encoding="utf-8" standalone="no"?`} {
		if s == usual && len(q.open) == 0 && bytes.HasPrefix(b, []byte("?xml ")) {
			return nil
		}
	}
	return errUnusual
}

func (q *quick) start(b []byte) error {
	empty := b[len(b)-1] == '/'
	if empty {
		b = b[:len(b)-1]
	}
	n := nameEnd(b)
	name := b[:n]
	if n == 0 {
		return errUnusual
	}
	if err := q.attributes(b[n:]); err != nil {
		return err
	}
	if err := q.in.enter(local(name), q.attrs); err != nil {
		return err
	}
	if empty {
		return q.in.leave(local(name))
	}
	if n > 255 {
		return errUnusual
	}
	q.open = append(append(q.open, name...), byte(n))
	return nil
}

func (q *quick) close(name []byte) error {
	k := len(q.open)
	if k == 0 {
		return errUnusual
	}
	n := int(q.open[k-1])
	if !bytes.Equal(q.open[k-1-n:k-1], name) {
		return errUnusual
	}
	q.open = q.open[:k-1-n]
	return q.in.leave(local(name))
}

// attributes reads name="value" pairs, each behind a blank.
func (q *quick) attributes(b []byte) error {
	q.attrs = q.attrs[:0]
	for len(b) > 0 {
		blanks := 0
		for blanks < len(b) && (b[blanks] == ' ' || b[blanks] == '\n' || b[blanks] == '\r' || b[blanks] == '\t') {
			blanks++
		}
		if b = b[blanks:]; len(b) == 0 {
			return nil
		}
		n := nameEnd(b)
		if blanks == 0 || n == 0 || n+1 >= len(b) || b[n] != '=' || b[n+1] != '"' && b[n+1] != '\'' {
			return errUnusual
		}
		end := bytes.IndexByte(b[n+2:], b[n+1])
		if end < 0 {
			return errUnusual
		}
		value := b[n+2 : n+2+end]
		if !plainValue(value) && (!usual(value) || bytes.IndexByte(value, '<') >= 0) {
			return errUnusual
		}
		a := attr{local(b[:n]), value}
		if bytes.IndexByte(value, '&') >= 0 && watched(a.name) {
			return errUnusual
		}
		q.attrs = append(q.attrs, a)
		b = b[n+3+end:]
	}
	return nil
}

// watched reports whether the inspection looks at attributes of a name. Programs write no entity into them.
func watched(name []byte) bool {
	switch string(name) {
	case "r", "s", "t", "ht", "hidden", "min", "max", "width", "ref":
		return true
	}
	return false
}

// plainValue reports whether a value is only letters, digits and points, as nearly all are.
func plainValue(b []byte) bool {
	for _, c := range b {
		if (c < '0' || c > ':') && (c < 'A' || c > 'Z') && (c < 'a' || c > 'z') && c != '.' && c != ' ' {
			return false
		}
	}
	return true
}

func nameEnd(b []byte) int {
	i := 0
	for i < len(b) && (b[i] >= 'a' && b[i] <= 'z' || b[i] >= 'A' && b[i] <= 'Z' || b[i] == '_' || i > 0 && (b[i] == ':' || b[i] == '-' || b[i] == '.' || b[i] >= '0' && b[i] <= '9')) {
		i++
	}
	if i > 0 && (bytes.Count(b[:i], []byte(":")) > 1 || b[i-1] == ':') {
		return 0
	}
	return i
}

func local(name []byte) []byte { return name[bytes.IndexByte(name, ':')+1:] }

// usual reports whether a text is UTF-8 without characters that XML forbids, and its entities are the usual ones.
func usual(b []byte) bool {
	ascii := true
	for i, c := range b {
		switch {
		case c >= utf8.RuneSelf:
			ascii = false
		case c < ' ' && c != '\n' && c != '\r' && c != '\t':
			return false
		case c == '&':
			if !entity(b[i+1:]) {
				return false
			}
		}
	}
	return ascii || utf8.Valid(b) && !bytes.Contains(b, []byte("\xef\xbf\xbe")) && !bytes.Contains(b, []byte("\xef\xbf\xbf"))
}

// entity reports whether a text goes on as one of XML's own entities or a number of a character.
func entity(b []byte) bool {
	i := bytes.IndexByte(b[:min(len(b), 10)], ';')
	if i < 1 {
		return false
	}
	switch string(b[:i]) {
	case "amp", "lt", "gt", "quot", "apos":
		return true
	}
	if b[0] != '#' {
		return false
	}
	n, err := strconv.ParseUint(string(b[1:i]), 10, 32)
	if i > 2 && b[1] == 'x' {
		n, err = strconv.ParseUint(string(b[2:i]), 16, 32)
	}
	return err == nil && (n >= ' ' && n < 0xd800 || n == '\t' || n == '\n' || n == '\r' || n > 0xdfff && n < 0xfffe || n > 0xffff && n <= 0x10ffff)
}
