package scheme

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// sound is a small scheme without fault; each case of the test below spoils one line of it.
const sound = `scheme: small
title: {zh: 小方案, en: Small}
area: "990784"
status: issued
kind: interest
document: {issuer: 溪财金}
who:
  - {test: drawn, from: 2024-01-01, to: 2025-12-31, clause: 一1}
  - {test: listed, at: contract_start, clause: 一2}
amount:
  rate: {is: 1.8%, clause: 二1}
  base: {is: daily_balance, clause: 二1}
  year: {is: actual/360, clause: 二1}
  until:
    - {drawn_to: 2024-12-31, is: 2025-12-31, clause: 二2}
    - {drawn_to: 2025-12-31, is: 2026-12-31, clause: 二2}
  overdue: {is: exclude_days, clause: 二3}
  round: {per: contract, to: fen, mode: half_up, clause: 二4}
pay:
  payers: {is: [{who: province, share: 80%}, {who: county, share: 20%}], clause: 三1}
  split: {of: row, rest_to: province, clause: 三1}
`

func TestASoundSchemeHasNoFault(t *testing.T) {
	if _, faults := Load("scheme.yaml", []byte(sound), nil); len(faults) > 0 {
		t.Fatal(faults)
	}
}

func TestWhatIsWrongInASchemeIsNamedWithItsLine(t *testing.T) {
	for name, c := range map[string]struct{ old, new, want string }{
		"a gap between the cut-offs and the window": {"drawn_to: 2025-12-31, is: 2026", "drawn_to: 2025-11-30, is: 2026", "CUTOFFS_NOT_CLOSED 16"},
		"cut-offs that run backwards":               {"drawn_to: 2024-12-31", "drawn_to: 2026-01-31", "CUTOFFS_NOT_CLOSED 16"},
		"a window that ends before it begins":       {"from: 2024-01-01", "from: 2026-01-01", "WINDOW_REVERSED 8"},
		"shares that leave a hundredth":             {"share: 20%", "share: 19%", "SHARES_NOT_WHOLE 20"},
		"a rest for somebody who does not pay":      {"rest_to: province", "rest_to: city", "PAYER_UNKNOWN 20"},
		"a test without its day":                    {"at: contract_start, ", "", "TEST_INCOMPLETE 9"},
		"a term without its months":                 {"listed, at: contract_start", "term", "TEST_INCOMPLETE 9"},
		"a line without its months":                 {"listed, at: contract_start", "line, due: within", "TEST_INCOMPLETE 9"},
		"a test without a clause":                   {", clause: 一2", "", "TEST_INCOMPLETE 9"},
		"a word nobody knows":                       {"exclude_days", "exclude_day", "VALUE_UNKNOWN 17"},
		"an area that is none":                      {`"990784"`, `"9907"`, "AREA_BAD 0"},
		"a rate without its sign":                   {"is: 1.8%", "is: 1.8", "RATE_BAD 11"},
	} {
		if !strings.Contains(sound, c.old) {
			t.Fatalf("%s: nothing to spoil", name)
		}
		_, faults := Load("scheme.yaml", []byte(strings.Replace(sound, c.old, c.new, 1)), nil)
		var got []string
		for _, f := range faults {
			got = append(got, fmt.Sprintf("%s %d", f.Code(), f.Place.Line))
		}
		if !slices.Contains(got, c.want) {
			t.Errorf("%s: %v, want %s", name, got, c.want)
		}
	}
}

func TestTheCutoffsAreReadByTheDayOfTheDraw(t *testing.T) {
	s, _ := Load("scheme.yaml", []byte(sound), nil)
	if w := s.Window(); w.From.String() != "2024-01-01" || w.Last().String() != "2025-12-31" {
		t.Errorf("the window is %s", w)
	}
	if k := s.Amount.Until[0].Key().String(); k != "2024-12-31" {
		t.Errorf("the first cut-off is for draws to %s", k)
	}
}
