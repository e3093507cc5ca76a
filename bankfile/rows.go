package bankfile

import (
	"bufio"
	"errors"
	"io"
	"strings"
)

// rowReader cuts a text into rows and fields as the block reader does, one row at a time. Unlike that one it reads cells of
// several lines and separators of several characters.
type rowReader struct {
	r     *bufio.Reader
	sep   string
	like  int      // fields of the header; a cell of several lines with as many has swallowed rows
	line  int      // rows begun so far
	again []string // lines that a lost quote had taken, to be read as rows of their own
}

// torn stands before a field whose quotes do not fit together. The reader of the field refuses it.
const torn = "\x00"

// mostInside bounds the lines of one cell.
const mostInside = 50

func newRowReader(r io.Reader, sep string, like int) *rowReader {
	return &rowReader{r: bufio.NewReaderSize(r, 1<<16), sep: sep, like: like}
}

// next is the next row with the line it begins on, blank lines too; io.EOF behind the last.
func (r *rowReader) next() (row int, cells []string, err error) {
	line, err := r.take()
	if err != nil {
		return 0, nil, err
	}
	row = r.line
	for {
		var field string
		if strings.HasPrefix(line, `"`) {
			if field, line, err = r.quoted(line); err != nil {
				return 0, nil, err
			}
		} else if i := strings.Index(line, r.sep); i >= 0 {
			field, line = line[:i], line[i:]
		} else {
			field, line = line, ""
		}
		cells = append(cells, field)
		if line == "" {
			return row, cells, nil
		}
		line = line[len(r.sep):]
	}
}

// take is the next line without its end.
func (r *rowReader) take() (string, error) {
	r.line++
	if len(r.again) > 0 {
		line := r.again[0]
		r.again = r.again[1:]
		return line, nil
	}
	part, err := r.r.ReadSlice('\n')
	line := string(part)
	for errors.Is(err, bufio.ErrBufferFull) {
		part, err = r.r.ReadSlice('\n')
		if line += string(part); len(line) > mostLine {
			return "", FaultTooLong.New().Set("most", mostLine)
		}
	}
	if errors.Is(err, io.EOF) {
		if line = strings.TrimRight(line, string(ctrlZ)); line == "" {
			return "", io.EOF
		}
		err = nil
	}
	return strings.TrimSuffix(strings.TrimSuffix(line, "\n"), "\r"), err
}

// quoted reads a field in quotes, over several lines if need be, and what is left of the line behind it. A field whose
// quotes do not fit ends at its own line, so that it takes no other row with it.
func (r *rowReader) quoted(line string) (field, rest string, err error) {
	text, taken := line, []string(nil)
	for {
		field, n, state := quoted(text, 0, r.sep)
		if state == shut && (len(taken) == 0 || !r.swallowed(field)) {
			return field, text[n:], nil
		}
		if state != unshut || len(taken) == mostInside {
			break
		}
		more, err := r.take()
		if errors.Is(err, io.EOF) {
			r.line--
			break
		}
		if err != nil {
			return "", "", err
		}
		taken = append(taken, more)
		text += "\n" + more
	}
	r.again = append(taken, r.again...)
	r.line -= len(taken)
	if i := strings.Index(line, r.sep); i >= 0 {
		return torn + line[:i], line[i:], nil
	}
	return torn + line, "", nil
}

// swallowed reports whether a cell of several lines holds as many separators as a row: a quote was lost.
func (r *rowReader) swallowed(field string) bool {
	return r.like > 2 && strings.Count(field, r.sep) >= r.like-1
}

// How a field in quotes ends.
const (
	shut   = iota // before a separator or the end of the line
	unshut        // not on this line
	behind        // with more text behind the closing quote
)

// quoted reads a field in quotes from the line it begins on, and where it ends.
func quoted(s string, p int, sep string) (field string, next, state int) {
	start, double := p+1, false
	for i := start; i < len(s); i++ {
		switch {
		case s[i] != '"':
		case i+1 < len(s) && s[i+1] == '"':
			double = true
			i++
		default:
			field = s[start:i]
			if double {
				field = strings.ReplaceAll(field, `""`, `"`)
			}
			return after(s, field, i+1, sep)
		}
	}
	return s[start:], len(s), unshut
}

// after goes to the separator behind a closing quote. Blanks may stand before it; anything else is kept with the field.
func after(s, field string, i int, sep string) (string, int, int) {
	end := len(s)
	if n := strings.Index(s[i:], sep); n >= 0 {
		end = i + n
	}
	if more := strings.Trim(s[i:end], " \r"); more != "" {
		return field + more, end, behind
	}
	return field, end, shut
}
