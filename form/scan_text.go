package form

import (
	"bytes"
	"strconv"
	"strings"
	"unicode/utf8"
)

var named = map[string]string{"lt": "<", "gt": ">", "amp": "&", "quot": `"`, "apos": "'"}

// unescape turns the text of a part into what it means. An entity that XML does not define stays as it is written.
func unescape(b []byte) string {
	if bytes.IndexByte(b, '&') < 0 && bytes.IndexByte(b, '\r') < 0 {
		return string(b)
	}
	s := strings.ReplaceAll(strings.ReplaceAll(string(b), "\r\n", "\n"), "\r", "\n")
	var out strings.Builder
	for {
		before, after, ok := strings.Cut(s, "&")
		out.WriteString(before)
		if !ok {
			return out.String()
		}
		word, _, ok := strings.Cut(after[:min(len(after), longestEntity)], ";")
		value, known := entity(word)
		if !ok || !known {
			out.WriteByte('&')
			s = after
			continue
		}
		out.WriteString(value)
		s = after[len(word)+1:]
	}
}

// longestEntity is how far a ; is looked for: #x10FFFF; with a few zeros.
const longestEntity = 16

func entity(word string) (string, bool) {
	if v, ok := named[word]; ok {
		return v, true
	}
	base := 10
	digits, ok := strings.CutPrefix(word, "#")
	if !ok {
		return "", false
	}
	if hex, ok := strings.CutPrefix(digits, "x"); ok {
		base, digits = 16, hex
	}
	n, err := strconv.ParseUint(digits, base, 31)
	if err != nil || !utf8.ValidRune(rune(n)) {
		return "", false
	}
	return string(rune(n)), true
}

// plainText undoes the way in which a workbook writes characters that XML forbids: _x000D_.
func plainText(s string) string {
	if !strings.Contains(s, "_x") {
		return s
	}
	var out strings.Builder
	for i := 0; i < len(s); i++ {
		if i+7 <= len(s) && s[i] == '_' && s[i+1] == 'x' && s[i+6] == '_' {
			if n, err := strconv.ParseUint(s[i+2:i+6], 16, 16); err == nil && utf8.ValidRune(rune(n)) {
				out.WriteRune(rune(n))
				i += 6
				continue
			}
		}
		out.WriteByte(s[i])
	}
	return out.String()
}
