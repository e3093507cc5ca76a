package calc

import (
	"os"
	"testing"

	"ganlan/scheme"
)

func TestEveryWorkedCaseOfEveryPolicyHolds(t *testing.T) {
	policies := os.DirFS("../../policies")
	ref := reference(t)
	folders, err := scheme.Folders(policies)
	if err != nil || len(folders) == 0 {
		t.Fatalf("no policies found: %v", err)
	}
	for _, f := range folders {
		proofs, faults := Prove(f, ref)
		if len(faults) > 0 || len(proofs) == 0 {
			t.Errorf("%s: %d cases, %v", f.ID, len(proofs), faults)
		}
		for _, p := range proofs {
			for _, d := range p.Differs {
				t.Errorf("%s: %s (cases.yaml:%d): %s", f.ID, p.Name, p.Place.Line, d)
			}
		}
	}
}

func reference(t testing.TB) *scheme.Reference {
	t.Helper()
	read := func(name string) []byte {
		data, err := os.ReadFile("../../policies/standard/" + name)
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	ref, faults := scheme.LoadReference(read("lpr.yaml"), read("benchmark.yaml"))
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	return ref
}
