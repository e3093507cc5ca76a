package bankfile

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// Encoding is how text becomes the bytes of a file that we write, or of an answer to it.
type Encoding string

// The encodings of files that go out. GB18030 holds every character; GBK does not.
const (
	GBK     Encoding = "GBK"
	GB18030 Encoding = "GB18030"
	UTF8    Encoding = "UTF-8"
)

// Known lists the encodings.
func (Encoding) Known() []string { return []string{string(GBK), string(GB18030), string(UTF8)} }

// Encode gives the bytes of a text; ok is false, and bad the first such character, when the encoding has no place for it.
func (e Encoding) Encode(s string) (out []byte, bad rune, ok bool) {
	if !utf8.ValidString(s) {
		return nil, utf8.RuneError, false
	}
	var err error
	switch e {
	case UTF8:
		return []byte(s), 0, true
	case GB18030:
		out, err = simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(s))
	default:
		out, err = simplifiedchinese.GBK.NewEncoder().Bytes([]byte(s))
	}
	if err == nil {
		return out, 0, true
	}
	for _, r := range s {
		if _, err := simplifiedchinese.GBK.NewEncoder().String(string(r)); err != nil {
			return nil, r, false
		}
	}
	return nil, utf8.RuneError, false
}

// Decode gives the text of bytes; false when they are not of the encoding, as the library would put U+FFFD in their place.
// A mark at the start of UTF-8 is taken off.
func (e Encoding) Decode(b []byte) (string, bool) {
	if e == UTF8 {
		s := strings.TrimPrefix(string(b), "\ufeff")
		return s, utf8.ValidString(s) && !strings.ContainsRune(s, utf8.RuneError)
	}
	out, err := simplifiedchinese.GB18030.NewDecoder().Bytes(b)
	return string(out), err == nil && !strings.ContainsRune(string(out), utf8.RuneError)
}
