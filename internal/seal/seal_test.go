package seal

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"ganlan/fault"
)

func ring(t testing.TB) (*Ring, *Master, []WrappedKey) {
	t.Helper()
	m, err := NewMaster()
	if err != nil {
		t.Fatal(err)
	}
	a, err := m.NewKey(1, ValueKey)
	if err != nil {
		t.Fatal(err)
	}
	b, err := m.NewKey(2, IndexKey)
	if err != nil {
		t.Fatal(err)
	}
	r, err := NewRing(m, []WrappedKey{a, b})
	if err != nil {
		t.Fatal(err)
	}
	return r, m, []WrappedKey{a, b}
}

func code(err error) string {
	for _, f := range fault.From(err) {
		return f.Code()
	}
	return ""
}

func TestTheStandardsOwnVectorOfSM3Holds(t *testing.T) {
	if got := Digest([]byte("abc")); got != "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0" {
		t.Error(got)
	}
}

func TestASealedValueOpensAtItsPlaceOnly(t *testing.T) {
	r, _, _ := ring(t)
	rapid.Check(t, func(t *rapid.T) {
		plain, place := rapid.String().Draw(t, "plain"), rapid.String().Draw(t, "place")
		s, err := r.Seal(plain, place)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := r.Open(s, place); err != nil || got != plain {
			t.Fatalf("%q %v", got, err)
		}
		if _, err := r.Open(s, place+"x"); code(err) != "SEALED_VALUE_BROKEN" {
			t.Fatalf("opened elsewhere: %v", err)
		}
		i := rapid.IntRange(idSize, len(s)-1).Draw(t, "byte")
		s[i] ^= 1
		if _, err := r.Open(s, place); code(err) != "SEALED_VALUE_BROKEN" {
			t.Fatalf("opened although changed: %v", err)
		}
	})
}

func TestTheSameValueIsSealedDifferentlyEachTimeButFoundByOneIndex(t *testing.T) {
	r, _, _ := ring(t)
	a, _ := r.Seal("990101199001011234", "row 1")
	b, _ := r.Seal("990101199001011234", "row 1")
	if bytes.Equal(a, b) {
		t.Error("two seals are equal")
	}
	if bytes.Contains(a, []byte("990101")) {
		t.Error("the plain value shows")
	}
	if !bytes.Equal(r.Index("id", "1"), r.Index("id", "1")) || bytes.Equal(r.Index("id", "1"), r.Index("card", "1")) {
		t.Error("the index must be equal for equal values of one kind, and for no others")
	}
}

func TestAnOldKeyStillOpensAfterANewOneSeals(t *testing.T) {
	r, m, keys := ring(t)
	old, _ := r.Seal("value", "p")
	k, err := m.NewKey(3, ValueKey)
	if err != nil {
		t.Fatal(err)
	}
	next, err := NewRing(m, append(keys, k))
	if err != nil {
		t.Fatal(err)
	}
	fresh, _ := next.Seal("value", "p")
	if KeyOf(old) != 1 || KeyOf(fresh) != 3 || next.Newest() != 3 {
		t.Errorf("keys %d, %d", KeyOf(old), KeyOf(fresh))
	}
	for _, s := range [][]byte{old, fresh} {
		if v, err := next.Open(s, "p"); err != nil || v != "value" {
			t.Errorf("%q %v", v, err)
		}
	}
	if _, err := r.Open(fresh, "p"); code(err) != "KEY_MISSING_FOR_VALUE" {
		t.Errorf("a ring without the key opened it: %v", err)
	}
}

func TestANewMasterKeyWrapsTheSameKeysAndTheOldOneIsRefused(t *testing.T) {
	r, m, keys := ring(t)
	s, _ := r.Seal("value", "p")
	next, _ := NewMaster()
	var again []WrappedKey
	for _, k := range keys {
		w, err := next.Rewrap(m, k)
		if err != nil {
			t.Fatal(err)
		}
		again = append(again, w)
	}
	if _, err := NewRing(m, again); code(err) != "MASTER_KEY_OTHER" {
		t.Errorf("the old master key: %v", err)
	}
	rr, err := NewRing(next, again)
	if err != nil {
		t.Fatal(err)
	}
	if v, err := rr.Open(s, "p"); err != nil || v != "value" {
		t.Errorf("%q %v", v, err)
	}
	again[0].ID, again[1].ID = again[1].ID, again[0].ID
	if _, err := NewRing(next, again); err == nil {
		t.Error("keys moved to other numbers are taken")
	}
}

func TestAMasterKeysFileIsReadBackAndARuinedOneRefused(t *testing.T) {
	m, _ := NewMaster()
	n, err := ReadMaster(m.File())
	if err != nil || n.ID() != m.ID() || strings.Contains(m.ID(), string(m.key)) {
		t.Errorf("%v %v", n, err)
	}
	for _, text := range []string{"", "ganlan-master-1 ", "ganlan-master-1 AAAA", string(m.File()[:30]), "x" + string(m.File())} {
		if _, err := ReadMaster([]byte(text)); code(err) != "MASTER_KEY_BAD" {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// chain is an audit of n entries.
func chain(n int) []Entry {
	var out []Entry
	prev := ""
	for i := range n {
		e := Entry{Seq: int64(i + 1), At: int64(1000 * i), Actor: "li", Act: "import", Kind: "contract", Object: "C1", After: "{}", Result: "done"}.Link(prev)
		prev = e.Digest
		out = append(out, e)
	}
	return out
}

func walk(es []Entry) error {
	var v Verifier
	for i := range es {
		if err := v.Next(&es[i]); err != nil {
			return err
		}
	}
	return nil
}

func TestAnyEntryChangedRemovedPutInOrMovedBreaksTheChain(t *testing.T) {
	if err := walk(chain(20)); err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		es := chain(20)
		i := rapid.IntRange(0, 18).Draw(t, "entry")
		switch rapid.IntRange(0, 5).Draw(t, "how") {
		case 0:
			es[i].After = "{\"amount\":1}"
		case 1:
			es = slices.Delete(es, i, i+1)
		case 2:
			es = slices.Insert(es, i, es[i])
		case 3:
			es[i], es[i+1] = es[i+1], es[i]
		case 4: // from one field into the next
			es[i].Kind, es[i].Object = es[i].Kind+"C", "1"
		case 5: // a forger who links again from his own entry on cannot meet the rest
			es[i].Actor = "wang"
			es[i] = es[i].Link(es[i].Prev)
		}
		if err := walk(es); code(err) != "AUDIT_CHAIN_BROKEN" {
			t.Fatalf("not noticed: %v", err)
		}
	})
}

func TestAChainCutOffAtItsEndIsNoticedByWhoNotedItsEnd(t *testing.T) {
	es := chain(20)
	var v Verifier
	for i := range es[:15] {
		if err := v.Next(&es[i]); err != nil {
			t.Fatal(err)
		}
	}
	if err := v.Meets(15); err != nil {
		t.Error(err)
	}
	if err := v.Meets(20); code(err) != "AUDIT_CHAIN_BROKEN" {
		t.Errorf("not noticed: %v", err)
	}
}
