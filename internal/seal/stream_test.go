package seal

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"testing"

	"ganlan/fault"
)

func sealedStream(t *testing.T, m *Master, w WrappedKey, plain []byte) []byte {
	t.Helper()
	var out bytes.Buffer
	s, err := NewStreamWriter(&out, m, w, []byte("head"))
	if err != nil {
		t.Fatal(err)
	}
	for len(plain) > 0 { // in odd pieces
		n := min(len(plain), 70_001)
		if _, err := s.Write(plain[:n]); err != nil {
			t.Fatal(err)
		}
		plain = plain[n:]
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func openStream(m *Master, w WrappedKey, head string, sealed []byte) ([]byte, error) {
	r, err := NewStreamReader(bytes.NewReader(sealed), m, w, []byte(head))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(r)
}

// frames are the chunks of a stream with their lengths.
func frames(sealed []byte) (out [][]byte) {
	for len(sealed) > 0 {
		n := 4 + binary.BigEndian.Uint32(sealed)
		out, sealed = append(out, sealed[:n]), sealed[n:]
	}
	return out
}

func TestAStreamComesBackWholeAndNothingOfItCanBeChangedMovedOrLeftOut(t *testing.T) {
	m, _ := NewMaster()
	w, err := m.NewKey(1, StreamKey)
	if err != nil {
		t.Fatal(err)
	}
	for _, size := range []int{0, 1, chunkSize, chunkSize + 1, 3*chunkSize - 5} {
		plain := bytes.Repeat([]byte("橄榄0"), size/7+1)[:size]
		sealed := sealedStream(t, m, w, plain)
		if got, err := openStream(m, w, "head", sealed); err != nil || !bytes.Equal(got, plain) {
			t.Errorf("%d bytes: %d came back, %v", size, len(got), err)
		}
	}
	whole := sealedStream(t, m, w, make([]byte, 3*chunkSize))
	f := frames(whole)
	changed := bytes.Clone(whole)
	changed[len(changed)/2]++
	other := sealedStream(t, m, w, bytes.Repeat([]byte{1}, 3*chunkSize))
	otherKey, _ := m.NewKey(1, StreamKey)
	for want, list := range map[string][][]byte{
		"SEALED_FILE_CUT":     {whole[:len(whole)-1], whole[:len(f[0])], bytes.Join(f[:2], nil), whole[:2], nil},
		"SEALED_FILE_CHANGED": {changed, bytes.Join([][]byte{f[1], f[0], f[2]}, nil), bytes.Join([][]byte{f[0], f[2]}, nil), append(bytes.Clone(whole), 0), bytes.Repeat([]byte{255}, 9)},
	} {
		for i, sealed := range list {
			if _, err := openStream(m, w, "head", sealed); codeOf(err) != want {
				t.Errorf("%s %d: %v", want, i, err)
			}
		}
	}
	if _, err := openStream(m, w, "another", whole); codeOf(err) != "SEALED_FILE_CHANGED" {
		t.Errorf("under another head: %v", err)
	}
	if _, err := openStream(m, otherKey, "head", other); codeOf(err) != "SEALED_FILE_CHANGED" {
		t.Errorf("with another key: %v", err)
	}
	foreign, _ := NewMaster()
	if _, err := openStream(foreign, w, "head", whole); codeOf(err) != "MASTER_KEY_OTHER" {
		t.Errorf("with another master key: %v", err)
	}
}

func TestAStreamThatCannotBeWrittenFails(t *testing.T) {
	m, _ := NewMaster()
	w, _ := m.NewKey(1, StreamKey)
	s, err := NewStreamWriter(failing{}, m, w, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Write(make([]byte, 2*chunkSize)); err == nil {
		t.Error("it passed")
	}
	if err := s.Close(); err == nil {
		t.Error("it passed")
	}
}

type failing struct{}

func (failing) Write([]byte) (int, error) { return 0, errors.New("full") }

func codeOf(err error) string {
	for _, f := range fault.From(err) {
		return f.Code()
	}
	return ""
}
