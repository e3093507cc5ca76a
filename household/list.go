// Package household is the families: the name list with its intervals, and what families were paid before.
// It refuses a list whose intervals overlap or run backwards.
package household

import (
	"cmp"
	"encoding/binary"
	"hash/maphash"
	"slices"

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

// Interval is one line of a name list: the household is on it from the span's first day, before its end.
type Interval struct {
	Household string
	Span      day.Span
	Row       int
}

// Overlap is two lines of one household that share a day.
type Overlap struct{ First, Second Interval }

// Build makes a list from its lines, in any order. Lines that repeat each other exactly are taken once; overlaps are
// returned and the list then must not be used.
func Build(lines []Interval) (*List, []Overlap) {
	sorted := slices.IsSortedFunc(lines, compare)
	if !sorted {
		slices.SortFunc(lines, compare)
	}
	l := &List{seed: maphash.MakeSeed(), shift: 60}
	var overlaps []Overlap
	for i := 0; i < len(lines); {
		j := i + 1
		for ; j < len(lines) && lines[j].Household == lines[i].Household; j++ {
			if a, b := lines[j-1], lines[j]; a.Span != b.Span && b.Span.From < a.Span.Until {
				overlaps = append(overlaps, Overlap{a, b})
			}
		}
		l.add(lines[i:j])
		i = j
	}
	l.index()
	return l, overlaps
}

func compare(a, b Interval) int {
	return cmp.Or(cmp.Compare(a.Household, b.Household), cmp.Compare(a.Span.From, b.Span.From),
		cmp.Compare(a.Span.Until, b.Span.Until), cmp.Compare(a.Row, b.Row))
}

func (l *List) add(lines []Interval) {
	no := lines[0].Household
	at := len(l.arena)
	l.arena = append(l.arena, byte(min(len(no), 255)), 0, 0)
	l.arena = append(l.arena, no[:min(len(no), 255)]...)
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
	for l.n*2 > 1<<(64-l.shift) {
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
	if len(l.table) == 0 || no == "" || len(no) > 255 {
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
			buf = append(buf, day.Span{From: day.Date(int32(binary.LittleEndian.Uint32(p))), Until: day.Date(int32(binary.LittleEndian.Uint32(p[4:])))})
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
