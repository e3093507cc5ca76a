package risk

import (
	"os"
	"testing"

	"ganlan/fault"
	"ganlan/scheme"
)

// variants are rules of other places, each a small folder: none needs a line of Go (OP-56).
func variants(t *testing.T, dir string, prove func(scheme.Folder, *scheme.Reference) ([]scheme.Proof, fault.List)) {
	t.Helper()
	tree := os.DirFS("testdata")
	list, err := os.ReadDir("testdata/" + dir)
	if err != nil || len(list) == 0 {
		t.Fatalf("no variants found: %v", err)
	}
	for _, d := range list {
		proofs, faults := prove(scheme.Folder{FS: tree, Dir: dir + "/" + d.Name(), ID: d.Name()}, nil)
		if len(faults) > 0 || len(proofs) < 2 {
			t.Errorf("%s: %d cases, %v", d.Name(), len(proofs), faults)
		}
		for _, p := range proofs {
			for _, x := range p.Differs {
				t.Errorf("%s: %s (cases.yaml:%d): %s", d.Name(), p.Name, p.Place.Line, x)
			}
		}
	}
}

func TestLossSharesSeenElsewhereAreFoldersWithoutGo(t *testing.T) { // OP-56
	variants(t, "variants", ProveLosses)
}
