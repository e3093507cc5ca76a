package subsidy

import (
	"os"
	"slices"
	"strings"
	"testing"

	"ganlan/scheme"
)

// awardVariants are small awards of rules that real programmes have: purchases, growth, guarantee fees, allocation.
func awardVariants(t *testing.T) (out []scheme.Folder) {
	const dir = "testdata/variants"
	dirs, err := os.ReadDir(dir)
	if err != nil || len(dirs) == 0 {
		t.Fatal("no variants found", err)
	}
	for _, d := range dirs {
		out = append(out, scheme.Folder{FS: os.DirFS(dir), Dir: d.Name(), ID: "999999-" + d.Name()})
	}
	return out
}

func TestEveryVariantOfAwardsHolds(t *testing.T) { // V-9, V-10, V-12, V-13, V-14, V-19, V-20, V-26, V-31, V-32
	for _, f := range awardVariants(t) {
		proofs, faults := ProveAward(f, nil)
		if faults.Err() != nil || len(proofs) == 0 {
			t.Errorf("%s: %d cases, %v", f.Dir, len(proofs), faults)
		}
		for _, p := range proofs {
			for _, d := range p.Differs {
				t.Errorf("%s: %s (cases.yaml:%d): %s", f.Dir, p.Name, p.Place.Line, d)
			}
		}
	}
}

func TestEveryAmountOfEveryCaseIsExplainedToItsEnd(t *testing.T) {
	check := func(f scheme.Folder) {
		_, faults := scheme.Prove(f, func(c *AwardCase) ([]string, error) {
			run, err := c.run(f)
			if err != nil {
				return nil, nil
			}
			for i := range run.Rows {
				x := &run.Rows[i]
				said := run.Explain(x.No)
				if len(said) == 0 {
					t.Fatalf("%s: %s is not explained", f.Dir, x.No)
				}
				last := said[len(said)-1]
				if x.Amount == 0 && (x.Reason == "" || last.Cite == "") || x.Amount > 0 && !strings.HasSuffix(last.Zh, " "+x.Amount.Grouped()+" 元") {
					t.Errorf("%s: %s gets %s, and is told %q [%s]", f.Dir, x.No, x.Amount, last.Zh, last.Cite)
				}
				if slices.ContainsFunc(said, func(s Said) bool { return s.Zh == "" || s.En == "" }) {
					t.Errorf("%s: an empty line in %v", f.Dir, said)
				}
			}
			return nil, nil
		}, func(*AwardCase) string { return "" })
		if faults.Err() != nil {
			t.Fatal(faults)
		}
	}
	for _, f := range awardVariants(t) {
		check(f)
	}
	folders, err := scheme.Folders(os.DirFS("../policies"))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range folders {
		if f.Kind() == scheme.Award {
			check(f)
		}
	}
}
