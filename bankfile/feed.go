package bankfile

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"sort"
	"strings"
)

// sortedComma separates the fields of a sorted line; it is below every character of a key, so that lines sort by key.
const sortedComma = '\x1f'

// ctrlZ is what old programs end a text with.
const ctrlZ = '\x1a'

// feed gives a file's text in blocks of whole lines, in the order of the file, which must be the order of its keys.
type feed struct {
	r      io.Reader
	comma  byte
	key    int // column of the key
	buf    []byte
	lo, hi int // unread bytes
	row    int // row of the first unread line; 0 when lines carry their own
	eof    bool
	byHome bool // blocks end where a household ends
	runs   bool // blocks end where a key ends, so that rows of one key are read together
}

// fill reads more; at the end of the file it closes the last line.
func (f *feed) fill() error {
	if f.lo > 0 {
		copy(f.buf, f.buf[f.lo:f.hi])
		f.lo, f.hi = 0, f.hi-f.lo
	}
	if f.hi == len(f.buf) {
		f.buf = append(f.buf, make([]byte, max(len(f.buf), 256<<10))...)
	}
	n, err := io.ReadFull(f.r, f.buf[f.hi:])
	f.hi += n
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		f.eof = true
		for f.hi > f.lo && f.buf[f.hi-1] == ctrlZ {
			f.hi--
		}
		if f.hi > f.lo && f.buf[f.hi-1] != '\n' {
			f.buf = append(f.buf[:f.hi], '\n')
			f.hi++
		}
		return nil
	}
	if err != nil {
		return fmt.Errorf("reading: %w", err)
	}
	return nil
}

// whole is the end of the last whole line in memory.
func (f *feed) whole() int { return f.lo + bytes.LastIndexByte(f.buf[f.lo:f.hi], '\n') + 1 }

// take hands out the lines up to a place.
func (f *feed) take(to int) block {
	b := block{string(f.buf[f.lo:to]), f.row}
	if f.row > 0 {
		f.row += bytes.Count(f.buf[f.lo:to], []byte{'\n'})
	}
	f.lo = to
	return b
}

// some is the next block of about size bytes; false at the end.
func (f *feed) some(size int) (block, bool, error) {
	for f.hi-f.lo < size && !f.eof {
		if err := f.fill(); err != nil {
			return block{}, false, err
		}
	}
	for {
		if f.lo == f.hi {
			return block{}, false, nil
		}
		to := f.lo + bytes.LastIndexByte(f.buf[f.lo:min(f.hi, f.lo+size)], '\n') + 1
		if to == f.lo {
			to = f.whole()
		}
		if (f.byHome || f.runs) && (!f.eof || to < f.hi) {
			to = f.runStart(to)
		}
		if to > f.lo {
			return f.take(to), true, nil
		}
		if f.hi-f.lo > mostLine {
			return block{}, false, FaultTooLong.New().Set("most", mostLine)
		}
		if err := f.fill(); err != nil {
			return block{}, false, err
		}
		size *= 2 // one household fills the whole block: look further
	}
}

// runStart is where the household, or the key, of the last line before a place begins, since it may go on behind.
func (f *feed) runStart(to int) int {
	if to <= f.lo {
		return to
	}
	run := f.runAt(f.lineStart(to - 1))
	for to > f.lo && f.runAt(f.lineStart(to-1)) == run {
		to = f.lineStart(to - 1)
	}
	return to
}

func (f *feed) runAt(p int) string {
	if f.byHome {
		return groupOf(f.keyAt(p))
	}
	return f.keyAt(p)
}

// mostLine bounds a line, so that a file without line ends cannot fill the memory.
const mostLine = 1 << 24

// upTo is the lines whose keys are not above the given one.
func (f *feed) upTo(key string) (block, error) {
	for {
		end := f.whole()
		if end > f.lo && f.keyAt(f.lineStart(end-1)) > key {
			return f.take(f.firstAbove(key, end)), nil
		}
		if f.eof {
			return f.take(f.hi), nil
		}
		if f.hi-f.lo > 64*mostLine {
			return block{}, FaultTooLong.New().Set("most", mostLine)
		}
		if err := f.fill(); err != nil {
			return block{}, err
		}
	}
}

// rest is all that is left.
func (f *feed) rest() (block, error) { return f.upTo("\xff\xff\xff\xff\xff\xff\xff\xff") }

// lineStart is the beginning of the line that holds a place.
func (f *feed) lineStart(p int) int { return f.lo + bytes.LastIndexByte(f.buf[f.lo:p], '\n') + 1 }

// firstAbove searches the ordered lines for the first whose key is above the given one.
func (f *feed) firstAbove(key string, end int) int {
	n := sort.Search(end-f.lo, func(i int) bool { return f.keyAt(f.lineStart(f.lo+i)) > key })
	return f.lineStart(f.lo + n)
}

// keyAt is the key of the line that starts at a place, as the record will hold it.
func (f *feed) keyAt(p int) string {
	line := f.buf[p:f.hi]
	if end := bytes.IndexByte(line, '\n'); end >= 0 {
		line = line[:end]
	}
	return f.keyIn(string(line))
}

// keyOfLast is the key of a block's last line.
func (f *feed) keyOfLast(b block) string {
	text := strings.TrimRight(b.text, "\n")
	return f.keyIn(text[strings.LastIndexByte(text, '\n')+1:])
}

func (f *feed) keyIn(line string) string {
	line = strings.TrimSuffix(line, "\r")
	for n := 0; ; n++ {
		field, end := line, len(line)
		if i := strings.IndexByte(line, f.comma); i >= 0 {
			field, end = line[:i], i
		}
		if f.row == 0 {
			return field // sorted lines carry the bare key in front
		}
		if line != "" && line[0] == '"' {
			field, end, _ = quoted(line, 0, string(rune(f.comma)))
		}
		switch {
		case n == f.key:
			return bare(unwrapped(field))
		case end >= len(line):
			return ""
		}
		line = line[end+1:]
	}
}
