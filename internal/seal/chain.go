package seal

import (
	"encoding/binary"
	"encoding/hex"
	"hash"
	"io"
	"strconv"

	"github.com/emmansun/gmsm/sm3"
)

// Entry is one line of the audit: who did what to what, when, from where, and how it came out. Before and After are the
// values as they are kept (sealed values stay sealed).
type Entry struct {
	Seq    int64  // 1, 2, 3 … without gap
	At     int64  // milliseconds since 1970, UTC
	Actor  string // login, or job:<kind>
	Role   string
	Org    string
	From   string // address or console
	Act    string
	Kind   string // of the object
	Object string
	Before string
	After  string
	Result string // done, refused
	Reason string
	Prev   string // digest of the entry before; empty for the first
	Digest string
}

// Link is the entry with the digest that binds it to the entry before.
func (e Entry) Link(prev string) Entry {
	e.Prev = prev
	e.Digest = e.digest()
	return e
}

// digest covers every field and the digest of the entry before, each with its length, so that nothing can be moved from
// one field to the next.
func (e *Entry) digest() string {
	h := sm3.New()
	writeParts(h, strconv.FormatInt(e.Seq, 10), strconv.FormatInt(e.At, 10), e.Actor, e.Role, e.Org, e.From, e.Act, e.Kind, e.Object,
		e.Before, e.After, e.Result, e.Reason, e.Prev)
	return hex.EncodeToString(h.Sum(nil))
}

// writeParts writes each part behind its length, all at once: a digest is slow to take many small pieces.
func writeParts(h hash.Hash, parts ...string) {
	size := 0
	for _, p := range parts {
		size += 8 + len(p)
	}
	b := make([]byte, 0, size)
	for _, p := range parts {
		b = append(binary.BigEndian.AppendUint64(b, uint64(len(p))), p...)
	}
	h.Write(b)
}

// Verifier walks along a chain and finds the first entry that was changed, removed, put in or moved.
type Verifier struct {
	seq  int64
	prev string
}

// Next checks the next entry of the chain.
func (v *Verifier) Next(e *Entry) error {
	switch {
	case e.Seq != v.seq+1:
		return FaultChain.New().Set("seq", strconv.FormatInt(v.seq+1, 10)).Set("text", "缺少或多出条目 (missing or extra)")
	case e.Prev != v.prev:
		return FaultChain.New().Set("seq", strconv.FormatInt(e.Seq, 10)).Set("text", "与上一条不相接 (does not follow the entry before)")
	case e.Digest != e.digest():
		return FaultChain.New().Set("seq", strconv.FormatInt(e.Seq, 10)).Set("text", "内容被改动 (changed)")
	}
	v.seq, v.prev = e.Seq, e.Digest
	return nil
}

// End is the number and digest of the last entry walked: what an export or a backup notes, so that a chain cut off at its
// end is noticed as well.
func (v *Verifier) End() (int64, string) { return v.seq, v.prev }

// Meets reports whether the walked chain holds an end that was noted before.
func (v *Verifier) Meets(seq int64) error {
	if v.seq < seq {
		return FaultChain.New().Set("seq", strconv.FormatInt(v.seq+1, 10)).Set("text", "末尾被截去 (cut off at its end)")
	}
	return nil
}

// Digest is the SM3 digest of a text, in hexadecimal.
func Digest(data []byte) string {
	d := sm3.Sum(data)
	return hex.EncodeToString(d[:])
}

// DigestOf is the SM3 digest of all that a reader gives, in hexadecimal.
func DigestOf(r io.Reader) (string, error) {
	h := sm3.New()
	if _, err := io.Copy(h, r); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}
