package seal

import (
	"crypto/cipher"
	"crypto/rand"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"strings"

	"github.com/emmansun/gmsm/sm3"
)

// Master is the key that wraps all others. It is kept outside the database; who loses it loses every sealed value.
type Master struct {
	id  string // digest of the key, so that the wrong one is told before anything is opened
	key []byte
}

// masterHead begins the file of a master key.
const masterHead = "ganlan-master-1 "

// NewMaster makes a master key.
func NewMaster() (*Master, error) {
	key := make([]byte, keySize)
	if _, err := rand.Read(key); err != nil {
		return nil, fmt.Errorf("seal: no randomness: %w", err)
	}
	return master(key), nil
}

func master(key []byte) *Master {
	d := sm3.Sum(append([]byte("ganlan master key id"), key...))
	return &Master{hex.EncodeToString(d[:8]), key}
}

// ReadMaster reads the file of a master key.
func ReadMaster(text []byte) (*Master, error) {
	s, ok := strings.CutPrefix(strings.TrimSpace(string(text)), masterHead)
	key, err := base64.StdEncoding.DecodeString(s)
	if !ok || err != nil || len(key) != keySize {
		return nil, FaultMasterBad.New()
	}
	return master(key), nil
}

// File is the master key as its file holds it: the only way by which it leaves the program.
func (m *Master) File() []byte {
	return []byte(masterHead + base64.StdEncoding.EncodeToString(m.key) + "\n")
}

// ID is a short digest by which a database knows its master key.
func (m *Master) ID() string { return m.id }

// KeyKind says what a wrapped key is for.
type KeyKind string

// The kinds of wrapped key.
const (
	ValueKey KeyKind = "value"
	IndexKey KeyKind = "index"
)

// WrappedKey is a key as a database keeps it: sealed with the master key and bound to its number and kind.
type WrappedKey struct {
	ID     int64
	Kind   KeyKind
	Master string // id of the master key
	Sealed []byte
}

// NewKey makes a key of a kind and wraps it.
func (m *Master) NewKey(id int64, kind KeyKind) (WrappedKey, error) {
	key := make([]byte, keySize)
	if kind == IndexKey {
		key = make([]byte, indexSize)
	}
	if _, err := rand.Read(key); err != nil {
		return WrappedKey{}, fmt.Errorf("seal: no randomness: %w", err)
	}
	return m.wrap(id, kind, key)
}

// Rewrap wraps a key of another master key anew: the values it sealed need not be touched.
func (m *Master) Rewrap(old *Master, w WrappedKey) (WrappedKey, error) {
	key, err := old.unwrap(w)
	if err != nil {
		return w, err
	}
	return m.wrap(w.ID, w.Kind, key)
}

func (m *Master) wrap(id int64, kind KeyKind, key []byte) (WrappedKey, error) {
	r, err := m.ring()
	if err != nil {
		return WrappedKey{}, err
	}
	sealed, err := r.Seal(string(key), wrapPlace(id, kind))
	return WrappedKey{id, kind, m.id, sealed}, err
}

func (m *Master) unwrap(w WrappedKey) ([]byte, error) {
	if w.Master != m.id {
		return nil, FaultMasterOther.New().Set("want", w.Master).Set("got", m.id)
	}
	r, err := m.ring()
	if err != nil {
		return nil, err
	}
	key, err := r.Open(w.Sealed, wrapPlace(w.ID, w.Kind))
	return []byte(key), err
}

// ring seals with the master key itself.
func (m *Master) ring() (*Ring, error) {
	a, err := aead(m.key)
	if err != nil {
		return nil, err
	}
	r := &Ring{newest: 1}
	r.keys = map[int64]cipher.AEAD{1: a}
	return r, nil
}

func wrapPlace(id int64, kind KeyKind) string { return fmt.Sprintf("key %d %s", id, kind) }
