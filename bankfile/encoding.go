package bankfile

import (
	"bytes"
	"encoding/binary"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	textunicode "golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

var (
	utf16LE = textunicode.UTF16(textunicode.LittleEndian, textunicode.IgnoreBOM)
	utf16BE = textunicode.UTF16(textunicode.BigEndian, textunicode.IgnoreBOM)
)

// detect finds the encoding: by its mark, else UTF-16 by its zeros, else UTF-8 when the text is valid, else GB18030 (which
// holds GBK). It is false for bytes that are no text.
func (f *File) detect(head []byte) bool {
	l := f.Layout
	order, zeros := utf16Order(head)
	switch {
	case bytes.HasPrefix(head, []byte("\xef\xbb\xbf")):
		l.Encoding, f.bom = "UTF-8", 3
	case bytes.HasPrefix(head, []byte("\xff\xfe")):
		l.Encoding, f.enc, f.bom = "UTF-16LE", utf16LE, 2
	case bytes.HasPrefix(head, []byte("\xfe\xff")):
		l.Encoding, f.enc, f.bom = "UTF-16BE", utf16BE, 2
	case order == utf16LE:
		l.Encoding, f.enc = "UTF-16LE", order
	case order == utf16BE:
		l.Encoding, f.enc = "UTF-16BE", order
	case zeros > len(head)/100:
		return false
	case plainASCII(head) == len(head):
		l.Encoding, f.late = "UTF-8", int64(len(head)) < f.in.Size
	default:
		l.Encoding, f.enc = guess(head)
	}
	return true
}

// guess tells UTF-8 from GB18030 by a text that is not plain ASCII.
func guess(text []byte) (string, encoding.Encoding) {
	if validPrefix(text) || mostlyUTF8(text) {
		return "UTF-8", nil
	}
	return "GB18030", simplifiedchinese.GB18030
}

// utf16Order finds UTF-16 without a mark: digits, separators and line ends have a zero beside them, always on one side.
func utf16Order(head []byte) (encoding.Encoding, int) {
	var zeros [2]int
	for i, c := range head {
		if c == 0 {
			zeros[i&1]++
		}
	}
	few := len(head) / 2 / 20
	switch {
	case zeros[1] > few && zeros[0] <= zeros[1]/50:
		return utf16LE, zeros[1]
	case zeros[0] > few && zeros[1] <= zeros[0]/50:
		return utf16BE, zeros[0]
	}
	return nil, zeros[0] + zeros[1]
}

// plainASCII is how many bytes there are before the first that is not ASCII.
func plainASCII(b []byte) int {
	i := 0
	for ; i+8 <= len(b) && binary.LittleEndian.Uint64(b[i:])&0x8080808080808080 == 0; i += 8 { // eight at a time: every byte of a large file comes by
	}
	for ; i < len(b) && b[i] < utf8.RuneSelf; i++ {
	}
	return i
}

// validPrefix allows a character cut off at the end of the head.
func validPrefix(b []byte) bool {
	for i := 0; i < utf8.UTFMax && i <= len(b); i++ {
		if utf8.Valid(b[:len(b)-i]) {
			return true
		}
	}
	return false
}

// mostlyUTF8 allows a character that was broken on the way: the file is refused at that cell, and not read as another
// encoding in which every word would be wrong.
func mostlyUTF8(b []byte) bool {
	good, bad := 0, 0
	for len(b) > 0 {
		r, n := utf8.DecodeRune(b)
		switch {
		case r == utf8.RuneError && n == 1:
			bad++
		case n > 1:
			good++
		}
		b = b[n:]
	}
	return good > 4*bad
}

// lateReader reads a text that begins with plain ASCII and decides its encoding at the first character that is not, however
// far inside it stands. Until then it costs a look at each byte.
type lateReader struct {
	src  io.Reader
	told func(name string)
	rest io.Reader // the text from that character on
}

func (r *lateReader) Read(p []byte) (int, error) {
	if r.rest != nil {
		return r.rest.Read(p)
	}
	n, err := r.src.Read(p)
	i := plainASCII(p[:n])
	if i == n {
		return n, err
	}
	more := make([]byte, headBytes)
	k, err := io.ReadFull(r.src, more)
	if err != nil && err != io.EOF && err != io.ErrUnexpectedEOF {
		return i, err
	}
	ahead := append(bytes.Clone(p[i:n]), more[:k]...)
	name, enc := guess(ahead)
	r.told(name)
	r.rest = io.MultiReader(bytes.NewReader(ahead), r.src)
	if enc != nil {
		r.rest = transform.NewReader(r.rest, enc.NewDecoder())
	}
	if i == 0 {
		return r.rest.Read(p)
	}
	return i, nil
}
