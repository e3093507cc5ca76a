package payment

import (
	"bytes"
	"strconv"
	"strings"

	"ganlan/fault"
	"ganlan/form"
)

// mostBytes bounds a file that is read back: a batch of a million lines is smaller.
const mostBytes = 256 << 20

// row is one line of a file, cut into cells.
type row struct {
	n     int
	cells []string
}

// cut takes a file of the layout's shape apart. Blank lines at the end and the mark of old systems (Ctrl-Z) are no lines.
func (l *Layout) cut(data []byte) ([]row, *fault.Fault) {
	if len(data) > mostBytes {
		return nil, unread("超过 " + strconv.Itoa(mostBytes>>20) + " MiB")
	}
	if l.Shape == Sheet {
		return cutSheet(data)
	}
	var out []row
	lines := bytes.Split(bytes.TrimRight(data, "\x1a\r\n"), []byte("\n"))
	for i, line := range lines {
		cells, f := l.cutLine(bytes.TrimSuffix(line, []byte("\r")), l.Fields)
		if f != nil {
			f.Place.Row = i + 1
			return nil, f
		}
		out = append(out, row{i + 1, cells})
	}
	return out, nil
}

// cutLine cuts one line. In a fixed file the trailer has other lengths than the lines, so its mark is looked for first.
func (l *Layout) cutLine(line []byte, fields []Field) ([]string, *fault.Fault) {
	text, ok := l.Encoding.Decode(line)
	if !ok {
		return nil, unread("含有 " + string(l.Encoding) + " 以外的字节 (bytes that are no " + string(l.Encoding) + ")")
	}
	if l.Shape == Separated {
		return splitQuoted(text, l.Separator, l.Quote), nil
	}
	if len(l.Trailer) > 0 && l.Trailer[0].Const != "" && strings.HasPrefix(text, l.Trailer[0].Const) && lengths(fields) != len(line) {
		fields = l.Trailer
	}
	if lengths(fields) != len(line) {
		return nil, unread("行长 " + strconv.Itoa(len(line)) + " 字节，应为 " + strconv.Itoa(lengths(fields)) + " (line length)")
	}
	cells := make([]string, len(fields))
	for i, f := range fields {
		cell, ok := l.Encoding.Decode(line[:f.Length])
		if !ok {
			return nil, unread("字段“" + f.Title + "”切断了汉字 (a character is cut in two)")
		}
		cells[i], line = strings.Trim(cell, " "), line[f.Length:]
	}
	return cells, nil
}

func lengths(fields []Field) (n int) {
	for _, f := range fields {
		n += f.Length
	}
	return n
}

func unread(text string) *fault.Fault { return FaultUnread.New().Set("text", text) }

// splitQuoted splits at a separator of any length; between quotes it is a part of the text, and two quotes are one.
func splitQuoted(s, sep, quote string) (out []string) {
	for {
		if quote == "" || !strings.HasPrefix(s, quote) {
			cell, rest, more := strings.Cut(s, sep)
			out = append(out, cell)
			if !more {
				return out
			}
			s = rest
			continue
		}
		cell, rest := unquote(s[len(quote):], quote)
		_, after, more := strings.Cut(rest, sep)
		out = append(out, cell)
		if !more {
			return out
		}
		s = after
	}
}

// unquote reads up to the closing quote.
func unquote(s, quote string) (cell, rest string) {
	var b strings.Builder
	for {
		before, after, found := strings.Cut(s, quote)
		b.WriteString(before)
		if !found || !strings.HasPrefix(after, quote) {
			return b.String(), after
		}
		b.WriteString(quote)
		s = after[len(quote):]
	}
}

// cutSheet reads the first sheet of a workbook.
func cutSheet(data []byte) (out []row, f *fault.Fault) {
	book, err := form.Open(bytes.NewReader(data), int64(len(data)), form.Limits{})
	if err == nil {
		defer book.Close()
		if sheets := book.Sheets(); len(sheets) > 0 {
			_, err = book.Read(sheets[0], func(n int, cells []string) bool {
				out = append(out, row{n, append([]string(nil), cells...)})
				return true
			})
		}
	}
	if err != nil {
		if list := fault.From(err); len(list) > 0 {
			return nil, list[0]
		}
		return nil, unread(err.Error())
	}
	return out, nil
}
