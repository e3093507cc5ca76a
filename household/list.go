// Package household is the families: the name list with its intervals, and what families were paid before.
// It refuses a list whose intervals overlap or run backwards.
package household

import (
	"cmp"
	"encoding/binary"
	"hash/maphash"
	"slices"
	"strings"

	"ganlan/day"
)

// List answers on which days a household is on the name list (名单库). It is built once and then only read; any number of
// readers may read it at the same time. Memory is about 25 bytes a household and 8 an interval.
type List struct {
	arena []byte   // per household: length of number, count of spans, number, spans
	table []uint64 // open addressing: high bits of the hash and place in the arena
	shift uint
	seed  maphash.Seed
	n     int
}

// MostNumber is the longest household number, in bytes. The caller refuses longer ones.
const MostNumber = 255

// Interval is one line of a name list: the household is on it from the span's first day, before its end.
type Interval struct {
	Household string
	Span      day.Span
	Row       int
}

// Overlap is two lines of one household that share a day.
type Overlap struct{ First, Second Interval }

// Builder makes a list from its lines, in any order. Lines in the order of households and days go straight into the list;
// others wait until the end.
type Builder struct {
	list    *List
	waiting []Interval // all lines, once one was out of order
	now     []Interval // the household at hand
	rows    []int32    // of the intervals in the list, to name them should they overlap one that comes late
	overlap []Overlap

	repeats  int // lines that repeat another exactly
	repeated int // row of the first of them
}

// Repeated is how many lines repeat another exactly, each of which was taken once, and the row of the first.
func (b *Builder) Repeated() (n, row int) { return b.repeats, b.repeated }

// Add takes one line. Its household number may be used again by the caller.
func (b *Builder) Add(x Interval) {
	if b.list == nil {
		b.list = &List{seed: maphash.MakeSeed(), shift: 60}
	}
	switch {
	case b.waiting != nil:
		x.Household = strings.Clone(x.Household)
		b.waiting = append(b.waiting, x)
		return
	case len(b.now) > 0 && compare(b.now[len(b.now)-1], x) > 0:
		b.unsort()
		b.Add(x)
		return
	case len(b.now) > 0 && b.now[0].Household != x.Household:
		b.flush()
	}
	b.now = append(b.now, x)
}

// unsort takes the lines back out of the list, since one came out of order.
func (b *Builder) unsort() {
	b.waiting = make([]Interval, 0, 2*b.list.n+len(b.now))
	b.list.each(func(no string, spans []day.Span) {
		for _, s := range spans {
			b.waiting = append(b.waiting, Interval{Household: no, Span: s, Row: int(b.rows[len(b.waiting)])})
		}
	})
	for _, x := range b.now {
		x.Household = strings.Clone(x.Household)
		b.waiting = append(b.waiting, x)
	}
	b.now, b.rows, b.overlap, b.list = nil, nil, nil, nil
}

// flush puts the household at hand into the list.
func (b *Builder) flush() {
	p := b.now[0] // of the lines so far the one that lasts longest
	for i, x := range b.now {
		switch repeated := i > 0 && x.Span == b.now[i-1].Span; {
		case repeated:
			if b.repeats++; b.repeats == 1 || x.Row < b.repeated {
				b.repeated = x.Row
			}
			continue
		case i > 0 && x.Span.From < p.Span.Until:
			p.Household = strings.Clone(p.Household)
			x.Household = p.Household
			b.overlap = append(b.overlap, Overlap{p, x})
		}
		b.rows = append(b.rows, int32(x.Row))
		if x.Span.Until >= p.Span.Until {
			p = x
		}
	}
	b.list.add(b.now)
	b.now = b.now[:0]
}

// List is the finished list. Lines that repeat each other exactly are taken once; with overlaps the list must not be used.
func (b *Builder) List() (*List, []Overlap) {
	if lines := b.waiting; lines != nil {
		b.waiting = nil
		slices.SortFunc(lines, compare)
		for _, x := range lines {
			b.Add(x)
		}
	}
	if b.list == nil {
		return &List{shift: 60}, nil
	}
	if len(b.now) > 0 {
		b.flush()
	}
	b.rows = nil
	b.list.index()
	return b.list, b.overlap
}

// Build makes a list from lines at hand.
func Build(lines []Interval) (*List, []Overlap) {
	var b Builder
	for _, x := range lines {
		b.Add(x)
	}
	return b.List()
}

// each gives every household with its intervals.
// Each calls do for every household with its intervals, which are used again for the next one. The order is the list's own,
// and the same for the same lines.
func (l *List) Each(do func(no string, spans []day.Span)) { l.each(do) }

func (l *List) each(do func(no string, spans []day.Span)) {
	var buf []day.Span
	for at := 0; at < len(l.arena); {
		k, n := l.head(at)
		p := l.arena[at+headSize:]
		buf = buf[:0]
		for i := range n {
			buf = append(buf, spanAt(p[k+8*i:]))
		}
		do(string(p[:k]), buf)
		at += headSize + k + 8*n
	}
}

func spanAt(p []byte) day.Span {
	return day.Span{From: day.Date(int32(binary.LittleEndian.Uint32(p))), Until: day.Date(int32(binary.LittleEndian.Uint32(p[4:])))}
}

func compare(a, b Interval) int {
	return cmp.Or(cmp.Compare(a.Household, b.Household), cmp.Compare(a.Span.From, b.Span.From),
		cmp.Compare(a.Span.Until, b.Span.Until), cmp.Compare(a.Row, b.Row))
}

func (l *List) add(lines []Interval) {
	no := lines[0].Household
	at := len(l.arena)
	l.arena = append(l.arena, byte(min(len(no), MostNumber)), 0, 0)
	l.arena = append(l.arena, no[:min(len(no), MostNumber)]...)
	n := 0
	for i, x := range lines {
		if i > 0 && x.Span == lines[i-1].Span {
			continue
		}
		l.arena = binary.LittleEndian.AppendUint32(l.arena, uint32(x.Span.From))
		l.arena = binary.LittleEndian.AppendUint32(l.arena, uint32(x.Span.Until))
		n++
	}
	binary.LittleEndian.PutUint16(l.arena[at+1:], uint16(n))
	l.n++
}

// index builds the hash table over the arena.
func (l *List) index() {
	for l.n*4 > 3<<(64-l.shift) {
		l.shift--
	}
	l.table = make([]uint64, 1<<(64-l.shift))
	for at := 0; at < len(l.arena); {
		k, n := l.head(at)
		h := maphash.Bytes(l.seed, l.arena[at+headSize:at+headSize+k])
		s := h >> l.shift
		for l.table[s] != 0 {
			s = (s + 1) & uint64(len(l.table)-1)
		}
		l.table[s] = h&^placeMask | uint64(at+1)
		at += headSize + k + 8*n
	}
}

const (
	placeMask = 1<<36 - 1 // a place of up to 64 GiB; the bits above it are the hash's
	headSize  = 3         // length of the number, count of intervals
)

func (l *List) head(at int) (length, spans int) {
	return int(l.arena[at]), int(binary.LittleEndian.Uint16(l.arena[at+1:]))
}

// Households is how many are on the list at any time.
func (l *List) Households() int { return l.n }

// Spans appends the household's intervals in date order to buf.
func (l *List) Spans(no string, buf []day.Span) []day.Span {
	if len(l.table) == 0 || no == "" || len(no) > MostNumber {
		return buf
	}
	h := maphash.String(l.seed, no)
	for s := h >> l.shift; l.table[s] != 0; s = (s + 1) & uint64(len(l.table)-1) {
		if l.table[s]&^placeMask != h&^placeMask {
			continue
		}
		at := int(l.table[s]&placeMask) - 1
		k, n := l.head(at)
		p := l.arena[at+headSize:]
		if string(p[:k]) != no {
			continue
		}
		for p = p[k:]; n > 0; n-- {
			buf = append(buf, spanAt(p))
			p = p[8:]
		}
		return buf
	}
	return buf
}

// Paid is what an earlier run or another scheme paid for a household.
type Paid struct {
	Household, Scheme string
	Year              int
	Amount            int64 // fen
	Row               int
}
