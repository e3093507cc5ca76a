package form

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"strconv"
	"strings"
)

// scan goes through the tags of one part of a workbook. The library does not tell a cell's date format while it streams,
// and loading a sheet whole takes many times its size; so sheets are read here, with nothing of XML but what they use.
// Definitions of own entities, the usual way to blow up a reader, do not exist for it.
type scan struct {
	r     *bufio.Reader
	text  []byte // what stood between the tag before and this one, not yet unescaped
	tag   []byte
	name  []byte // without its prefix
	attrs []byte
	end   bool // </name>
	empty bool // <name/>
	err   error
}

// maxToken bounds one tag or text; a cell holds at most 32,767 characters.
const maxToken = 16 << 20

var errToken = errors.New("XML")

func newScan(r io.Reader) *scan {
	s := &scan{r: bufio.NewReaderSize(r, 64<<10)}
	if mark, _ := s.r.Peek(2); bytes.Equal(mark, []byte{0xFE, 0xFF}) || bytes.Equal(mark, []byte{0xFF, 0xFE}) {
		s.err = errToken // UTF-16: no spreadsheet program writes it
	}
	return s
}

// next goes to the next tag; it is false at the end of the part or at an error.
func (s *scan) next() bool {
	s.text = s.text[:0]
	for s.err == nil {
		if s.text, s.err = s.until(s.text, '<'); s.err != nil {
			return false
		}
		s.text = s.text[:len(s.text)-1]
		if s.tag, s.err = s.until(s.tag[:0], '>'); s.err != nil {
			break
		}
		switch s.tag[0] {
		case '?':
		case '!':
			s.special()
		default:
			s.err = s.wholeTag()
			s.split()
			return s.err == nil
		}
	}
	if s.err == io.EOF {
		s.err = io.ErrUnexpectedEOF
	}
	return false
}

// failed is the error that ended the part, if it did not end by itself.
func (s *scan) failed() error {
	if s.err == io.EOF {
		return nil
	}
	return s.err
}

// until appends what comes up to and with the byte.
func (s *scan) until(b []byte, stop byte) ([]byte, error) {
	for {
		piece, err := s.r.ReadSlice(stop)
		b = append(b, piece...)
		if err != bufio.ErrBufferFull {
			return b, err
		}
		if len(b) > maxToken {
			return b, errToken
		}
	}
}

// wholeTag reads on when the > that was found stands inside a quoted value. It looks at each byte once, however many > a
// hostile file packs between two quotes.
func (s *scan) wholeTag() (err error) {
	in, seen := byte(0), 0
	for {
		for _, c := range s.tag[seen:] {
			switch {
			case in == 0 && (c == '"' || c == '\''):
				in = c
			case c == in:
				in = 0
			}
		}
		if in == 0 {
			return nil
		}
		seen = len(s.tag)
		if s.tag, err = s.until(s.tag, '>'); err != nil {
			return err
		}
		if len(s.tag) > maxToken {
			return errToken
		}
	}
}

// special passes over a comment or declaration and takes the text of a CDATA block.
func (s *scan) special() {
	cdata := bytes.HasPrefix(s.tag, []byte("![CDATA["))
	end := ">"
	switch {
	case cdata:
		end = "]]>"
	case bytes.HasPrefix(s.tag, []byte("!--")):
		end = "-->"
	}
	for !bytes.HasSuffix(s.tag, []byte(end)) && s.err == nil {
		if s.tag, s.err = s.until(s.tag, '>'); len(s.tag) > maxToken {
			s.err = errToken
		}
	}
	if cdata && s.err == nil {
		raw := string(s.tag[8 : len(s.tag)-3])
		s.text = append(s.text, escaper.Replace(raw)...)
	}
}

var escaper = strings.NewReplacer("&", "&amp;", "<", "&lt;")

func (s *scan) split() {
	t := s.tag[:max(len(s.tag)-1, 0)]
	s.end = len(t) > 0 && t[0] == '/'
	if s.end {
		t = t[1:]
	}
	s.empty = !s.end && len(t) > 0 && t[len(t)-1] == '/'
	if s.empty {
		t = t[:len(t)-1]
	}
	i := 0
	for i < len(t) && !space(t[i]) {
		i++
	}
	s.name, s.attrs = t[:i], t[i:]
	if j := bytes.IndexByte(s.name, ':'); j >= 0 {
		s.name = s.name[j+1:]
	}
}

func space(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }

// opens and closes tell the tag; an empty tag opens only.
func (s *scan) opens(name string) bool  { return !s.end && string(s.name) == name }
func (s *scan) closes(name string) bool { return s.end && string(s.name) == name }

// attr is the value of an attribute, its prefix left out of account, not yet unescaped; nil when it is not there.
func (s *scan) attr(name string) []byte {
	for t := s.attrs; len(t) > 0; {
		eq := bytes.IndexByte(t, '=')
		if eq < 0 {
			return nil
		}
		key := trim(t[:eq])
		if i := bytes.IndexByte(key, ':'); i >= 0 {
			key = key[i+1:]
		}
		t = trim(t[eq+1:])
		if len(t) == 0 || t[0] != '"' && t[0] != '\'' {
			return nil
		}
		end := bytes.IndexByte(t[1:], t[0])
		if end < 0 {
			return nil
		}
		if string(key) == name {
			return t[1 : end+1]
		}
		t = t[end+2:]
	}
	return nil
}

// trim is bytes.TrimSpace without its care for other alphabets; it runs for every attribute of every cell.
func trim(b []byte) []byte {
	for len(b) > 0 && space(b[0]) {
		b = b[1:]
	}
	for len(b) > 0 && space(b[len(b)-1]) {
		b = b[:len(b)-1]
	}
	return b
}

// str is an attribute as text.
func (s *scan) str(name string) string { return unescape(s.attr(name)) }

// num is an attribute as a whole number, 0 when it is none.
func (s *scan) num(name string) int {
	n, _ := strconv.Atoi(string(s.attr(name)))
	return n
}

// flag is an attribute that is 1 or true.
func (s *scan) flag(name string) bool {
	v := string(s.attr(name))
	return v == "1" || v == "true"
}
