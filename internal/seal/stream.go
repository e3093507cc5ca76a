package seal

import (
	"crypto/cipher"
	"encoding/binary"
	"errors"
	"hash"
	"io"

	"github.com/emmansun/gmsm/sm3"
)

// A stream is sealed chunk by chunk, so that any length passes through little memory. Each chunk is bound to the stream's
// head, to its number and to whether it is the last: none can be changed, moved, left out or taken from another stream.
const chunkSize = 256 << 10 // bytes of plain text

// StreamKey is the kind of key that seals one stream. Each stream has a key of its own, wrapped by the master key, so that
// the number of a chunk is nonce enough.
const StreamKey KeyKind = "stream"

type chunks struct {
	aead  cipher.AEAD
	bound [sm3.Size]byte
	n     uint64
}

func newChunks(m *Master, w WrappedKey, head []byte) (*chunks, error) {
	key, err := m.unwrap(w)
	if err != nil {
		return nil, err
	}
	a, err := aead(key)
	return &chunks{aead: a, bound: sm3.Sum(head)}, err
}

// next is the nonce of the next chunk and what it is bound to.
func (c *chunks) next(last bool) (nonce, bound []byte) {
	nonce = binary.BigEndian.AppendUint64(make([]byte, nonceSize-8), c.n)
	bound = binary.BigEndian.AppendUint64(c.bound[:], c.n)
	if last {
		bound = append(bound, 1)
	}
	c.n++
	return nonce, bound
}

// StreamWriter seals what is written to it.
type StreamWriter struct {
	chunks
	to     io.Writer
	plain  []byte
	sealed []byte
}

// NewStreamWriter begins a stream that belongs to a head; Close ends it.
func NewStreamWriter(to io.Writer, m *Master, w WrappedKey, head []byte) (*StreamWriter, error) {
	c, err := newChunks(m, w, head)
	if err != nil {
		return nil, err
	}
	return &StreamWriter{chunks: *c, to: to, plain: make([]byte, 0, chunkSize)}, nil
}

// Write takes any number of bytes.
func (s *StreamWriter) Write(p []byte) (n int, err error) {
	for len(p) > 0 {
		if len(s.plain) == chunkSize {
			if err := s.put(false); err != nil {
				return n, err
			}
		}
		k := min(len(p), chunkSize-len(s.plain))
		s.plain = append(s.plain, p[:k]...)
		p, n = p[k:], n+k
	}
	return n, nil
}

// Close seals the last chunk. Without it the stream cannot be read.
func (s *StreamWriter) Close() error { return s.put(true) }

func (s *StreamWriter) put(last bool) error {
	nonce, bound := s.next(last)
	s.sealed = s.aead.Seal(s.sealed[:0], nonce, s.plain, bound)
	s.plain = s.plain[:0]
	var size [4]byte
	binary.BigEndian.PutUint32(size[:], uint32(len(s.sealed)))
	if _, err := s.to.Write(size[:]); err != nil {
		return err
	}
	_, err := s.to.Write(s.sealed)
	return err
}

// StreamReader opens what a StreamWriter sealed. It gives no byte that was not proved, and io.EOF only after the last chunk.
type StreamReader struct {
	chunks
	from   io.Reader
	plain  []byte // not given yet
	sealed []byte
	ended  bool
}

// NewStreamReader begins to read a stream of the same head.
func NewStreamReader(from io.Reader, m *Master, w WrappedKey, head []byte) (*StreamReader, error) {
	c, err := newChunks(m, w, head)
	if err != nil {
		return nil, err
	}
	return &StreamReader{chunks: *c, from: from}, nil
}

// Read is for io.Reader.
func (s *StreamReader) Read(p []byte) (int, error) {
	for len(s.plain) == 0 {
		if s.ended {
			return 0, io.EOF
		}
		if err := s.take(); err != nil {
			return 0, err
		}
	}
	n := copy(p, s.plain)
	s.plain = s.plain[n:]
	return n, nil
}

// take reads and opens a chunk.
func (s *StreamReader) take() error {
	var head [4]byte
	if err := s.fill(head[:]); err != nil {
		return err
	}
	size := int(binary.BigEndian.Uint32(head[:]))
	if size < s.aead.Overhead() || size > chunkSize+s.aead.Overhead() {
		return FaultStreamBroken.New().Set("chunk", s.n)
	}
	if cap(s.sealed) < size {
		s.sealed = make([]byte, chunkSize+s.aead.Overhead())
	}
	if err := s.fill(s.sealed[:size]); err != nil {
		return err
	}
	return s.open(s.sealed[:size])
}

// open tries a chunk as one in the middle and as the last.
func (s *StreamReader) open(sealed []byte) error {
	n := s.n
	for _, last := range []bool{false, true} {
		s.n = n
		nonce, bound := s.next(last)
		plain, err := s.aead.Open(nil, nonce, sealed, bound)
		if err != nil {
			continue
		}
		if s.plain, s.ended = plain, last; last {
			return s.nothingMore()
		}
		return nil
	}
	return FaultStreamBroken.New().Set("chunk", n)
}

func (s *StreamReader) nothingMore() error {
	var more [1]byte
	if _, err := io.ReadFull(s.from, more[:]); err != io.EOF {
		return errors.Join(FaultStreamBroken.New().Set("chunk", s.n), err)
	}
	return nil
}

func (s *StreamReader) fill(p []byte) error {
	_, err := io.ReadFull(s.from, p)
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return FaultStreamCut.New().Set("chunk", s.n)
	}
	return err
}

// NewHash computes an SM3 digest bit by bit.
func NewHash() hash.Hash { return sm3.New() }
