package region

import (
	"fmt"
	"testing"

	"ganlan/fault"
	"ganlan/ident"
)

func TestCodesAreReadInTheirShortestForm(t *testing.T) {
	for s, want := range map[string]Code{
		"330783": "330783", " 330783\t": "330783", "330783000": "330783", "330783000000": "330783",
		"330783001": "330783001", "330783001000": "330783001", "330783001203": "330783001203",
		"330000": "330000", "330000000000": "330000", "330700": "330700", "441900003": "441900003", "990783": "990783", "770101": "770101",
	} {
		if got, err := Parse(s); got != want || err != nil {
			t.Errorf("Parse(%q) = %q, %v, want %s", s, got, err, want)
		}
	}
	for _, s := range []string{"", "33", "3307", "33078", "3307830", "33078300100", "3307830012031", "33078A", "３３０７８３", "000000",
		"001234", "330012", "330000001", "330783000203", "-30783"} {
		if got, err := Parse(s); err == nil {
			t.Errorf("Parse(%q) = %s, want a fault", s, got)
		}
	}
}

func TestEveryAreaHasItsLevelAndParents(t *testing.T) {
	want := []struct {
		code  Code
		level Level
	}{{"330783001203", Village}, {"330783001", Town}, {"330783", County}, {"330700", City}, {"330000", Province}, {"", None}}
	for i, w := range want {
		if got := w.code.Level(); got != w.level {
			t.Errorf("%s is %s, want %s", w.code, got, w.level)
		}
		if i+1 < len(want) && w.code.Parent() != want[i+1].code {
			t.Errorf("the parent of %s is %s, want %s", w.code, w.code.Parent(), want[i+1].code)
		}
		for j, upper := range want[:5] {
			if got := w.code.Within(upper.code); got != (j >= i && w.code != "") {
				t.Errorf("%q within %s: %t", w.code, upper.code, got)
			}
		}
	}
	if Code("330781").Within("330783") || Code("330783").Within("") {
		t.Error("a county lies in its neighbour or in nothing")
	}
	if p := Code("441900003").Parent(); p != "441900" || p.Level() != City {
		t.Errorf("a town of a city without counties has the parent %s", p)
	}
}

func TestOnlyUnassignedProvincesAreNoticedAndTheTestRangeIsSilent(t *testing.T) {
	for c, want := range map[Code]bool{"330783": false, "810000": false, "990783": false, "": false, "770101": true, "830000": true} {
		f := c.Check(fault.Place{Row: 2})
		if (f != nil) != want || f != nil && !f.Def.Warning {
			t.Errorf("%q: %v", c, f)
		}
	}
	if name, ok := Code("330783001").Province(); name != "浙江" || !ok {
		t.Errorf("330783001 is in %q", name)
	}
}

func TestCitizenNumbersKnowTheSameProvinces(t *testing.T) {
	for p := 10; p < 99; p++ {
		if p == 81 || p == 82 || p == 83 || p > 90 {
			continue // numbers of permits and cards
		}
		code := fmt.Sprintf("%02d", p)
		_, want := Code(code + "0101").Province()
		if got := verdict(code+"010119900101001") == ident.Valid; got != want {
			t.Errorf("province %s: assigned for citizens %t, for areas %t", code, got, want)
		}
	}
}

// verdict judges a number after putting the check character on.
func verdict(s string) ident.Verdict {
	for _, c := range "0123456789X" {
		if v := ident.Check(ident.CitizenID, s+string(c)); v != ident.Invalid {
			return v
		}
	}
	return ident.Invalid
}

func FuzzParse(f *testing.F) {
	f.Add("330783001203")
	f.Add("330783000000")
	f.Fuzz(func(t *testing.T, s string) {
		c, err := Parse(s)
		if err != nil {
			return
		}
		if again, err := Parse(string(c)); again != c || err != nil {
			t.Errorf("Parse(%q) = %s, read again %s, %v", s, c, again, err)
		}
		for p := c; p != ""; p = p.Parent() {
			if !c.Within(p) {
				t.Errorf("%s does not lie in its parent %s", c, p)
			}
		}
	})
}
