package bankfile

import "testing"

func TestTextGoesOutAndComesBackInEveryEncoding(t *testing.T) {
	for _, e := range []Encoding{GBK, GB18030, UTF8} {
		for _, s := range []string{"", "石桥村 100.00", "贴息2025年度", "·—，。"} {
			b, bad, ok := e.Encode(s)
			if !ok {
				t.Errorf("%s has no place for %q in %q", e, bad, s)
				continue
			}
			if back, ok := e.Decode(b); !ok || back != s {
				t.Errorf("%s: %q comes back as %q", e, s, back)
			}
		}
	}
}

func TestARareCharacterIsNamedWhereItHasNoPlace(t *testing.T) {
	if _, bad, ok := GBK.Encode("王𠮷"); ok || bad != '𠮷' {
		t.Errorf("GBK: %v %q, want 𠮷 refused (B9)", ok, bad)
	}
	for _, e := range []Encoding{GB18030, UTF8} {
		if b, _, ok := e.Encode("王𠮷"); !ok {
			t.Errorf("%s refuses 𠮷", e)
		} else if s, ok := e.Decode(b); !ok || s != "王𠮷" {
			t.Errorf("%s: 王𠮷 comes back as %q", e, s)
		}
	}
}

func TestBytesThatAreNoTextAreRefused(t *testing.T) {
	for _, b := range [][]byte{{0xff, 0xff}, {0x81}} {
		for _, e := range []Encoding{GBK, UTF8} {
			if s, ok := e.Decode(b); ok {
				t.Errorf("%s reads % x as %q (B2)", e, b, s)
			}
		}
	}
}
