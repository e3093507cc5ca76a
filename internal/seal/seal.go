// Package seal keeps secrets: values sealed field by field with SM4-GCM and bound to their row, found again by a keyed index,
// and a chain of SM3 digests over what was done. It refuses a value that was moved to another row, changed, or sealed with a
// key it does not have; it never puts out a key.
package seal

import (
	"crypto/cipher"
	"crypto/hmac"
	"crypto/rand"
	"encoding/binary"
	"fmt"
	"hash"
	"sync"

	"github.com/emmansun/gmsm/sm3"
	"github.com/emmansun/gmsm/sm4"
)

const (
	keySize   = 16 // of SM4, bytes
	indexSize = 32 // of the index key, bytes
	nonceSize = 12
	idSize    = 8 // a key's number before the sealed value
)

// Ring are the data keys in use: the newest seals, older ones still open. The index key never changes, for what is found by
// it would be lost.
type Ring struct {
	keys    map[int64]cipher.AEAD
	newest  int64
	indexer []byte
	digests sync.Pool // keyed ones, to be used again: the key is mixed in once
}

// NewRing opens the wrapped keys of a database with the master key kept outside it.
func NewRing(m *Master, wrapped []WrappedKey) (*Ring, error) {
	r := &Ring{keys: map[int64]cipher.AEAD{}}
	for _, w := range wrapped {
		key, err := m.unwrap(w)
		if err != nil {
			return nil, err
		}
		if w.Kind == IndexKey {
			r.indexer = key
			continue
		}
		a, err := aead(key)
		if err != nil {
			return nil, err
		}
		r.keys[w.ID] = a
		r.newest = max(r.newest, w.ID)
	}
	if r.indexer == nil || r.newest == 0 {
		return nil, FaultKeyMissing.New().Set("key", "0")
	}
	return r, nil
}

// Newest is the number of the key that seals now.
func (r *Ring) Newest() int64 { return r.newest }

// Seal encrypts a value. bound names its place (table, column, row): opened elsewhere the value is refused.
func (r *Ring) Seal(plain, bound string) ([]byte, error) {
	out := make([]byte, idSize+nonceSize, idSize+nonceSize+len(plain)+16)
	binary.BigEndian.PutUint64(out, uint64(r.newest))
	if _, err := rand.Read(out[idSize:]); err != nil {
		return nil, fmt.Errorf("seal: no randomness: %w", err)
	}
	nonce := out[idSize : idSize+nonceSize]
	return r.keys[r.newest].Seal(out, nonce, []byte(plain), []byte(bound)), nil
}

// KeyOf is the number of the key that a value was sealed with; 0 for what is no sealed value.
func KeyOf(sealed []byte) int64 {
	if len(sealed) < idSize+nonceSize {
		return 0
	}
	return int64(binary.BigEndian.Uint64(sealed))
}

// Open decrypts a value that was sealed for the same place.
func (r *Ring) Open(sealed []byte, bound string) (string, error) {
	a, ok := r.keys[KeyOf(sealed)]
	if !ok {
		return "", FaultKeyMissing.New().Set("key", fmt.Sprint(KeyOf(sealed)))
	}
	plain, err := a.Open(nil, sealed[idSize:idSize+nonceSize], sealed[idSize+nonceSize:], []byte(bound))
	if err != nil {
		return "", FaultBroken.New().Set("place", bound)
	}
	return string(plain), nil
}

// Index is a value's keyed digest, by which equal values are found without being read. kind keeps ids, cards and phones
// apart: the same digits under two kinds have different digests.
func (r *Ring) Index(kind, normal string) []byte {
	h := r.keyed()
	defer r.digests.Put(h)
	h.Write([]byte(kind))
	h.Write([]byte{0})
	h.Write([]byte(normal))
	return h.Sum(nil)
}

// keyed is a digest that begins with the key.
func (r *Ring) keyed() hash.Hash {
	if h, ok := r.digests.Get().(hash.Hash); ok {
		h.Reset()
		return h
	}
	return hmac.New(sm3.New, r.indexer)
}

// MAC is a keyed digest over a row that carries money, a decision or a right.
func (r *Ring) MAC(parts ...string) []byte {
	h := r.keyed()
	defer r.digests.Put(h)
	writeParts(h, "row")
	writeParts(h, parts...)
	return h.Sum(nil)
}

func aead(key []byte) (cipher.AEAD, error) {
	block, err := sm4.NewCipher(key)
	if err != nil {
		return nil, fmt.Errorf("seal: %w", err)
	}
	return cipher.NewGCM(block)
}
