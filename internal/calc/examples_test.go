package calc

import (
	"os"
	"testing"

	"ganlan/claim"
	"ganlan/form"
	"ganlan/scheme"
)

// The example county is data alone, whatever the kinds of its schemes: what holds for it holds for any county that writes its
// own folders.
func TestACountyWrittenFromScratchIsCheckedAndProvenWithoutAnyProgram(t *testing.T) {
	folders, err := scheme.Folders(os.DirFS("../../examples/new-county"))
	if err != nil || len(folders) < 3 {
		t.Fatalf("only %d schemes of the example county found: %v", len(folders), err)
	}
	ref := reference(t)
	for _, f := range folders {
		rules, faults := LoadRules(f, nil)
		for _, x := range faults {
			t.Errorf("%s: %v", f.ID, x)
		}
		if len(f.Read("readings.md")) == 0 {
			t.Errorf("%s: readings.md is missing", f.ID)
		}
		if s, ok := rules.(*scheme.Scheme); ok {
			checkFormsOf(t, f, s)
		}
		proveExample(t, f, ref)
	}
}

func proveExample(t *testing.T, f scheme.Folder, ref *scheme.Reference) {
	t.Helper()
	proofs, faults := Prove(f, ref)
	if len(faults) > 0 || len(proofs) < 10 {
		t.Errorf("%s: %d cases, %v", f.ID, len(proofs), faults)
	}
	for _, p := range proofs {
		for _, d := range p.Differs {
			t.Errorf("%s: %s (cases.yaml:%d): %s", f.ID, p.Name, p.Place.Line, d)
		}
	}
}

func checkFormsOf(t *testing.T, f scheme.Folder, s *scheme.Scheme) {
	t.Helper()
	for _, name := range s.Forms {
		file, data := f.Form(name)
		d, faults := form.Load(file, data)
		if faults.Err() != nil {
			t.Errorf("%s: %v", file, faults)
			continue
		}
		for _, x := range d.Check(claim.FormFields()) {
			t.Errorf("%s: %v", file, x)
		}
	}
}
