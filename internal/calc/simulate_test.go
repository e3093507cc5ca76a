package calc

import (
	"bytes"
	"encoding/csv"
	"strconv"
	"testing"

	"ganlan/money"
)

func TestASimulationAddsUpHouseholdByHousehold(t *testing.T) {
	before := dongyang(t)
	after := written(t, "  round: {per: contract, to: fen, mode: half_up, clause: T-8}\n")
	run := func() []*Run {
		var out []*Run
		for _, p := range []*Run{{Plan: before}, {Plan: after}} {
			p.Profile, p.Inputs = profile(t), inputs(t, examples+"/csv", ".csv")
			out = append(out, p)
		}
		return out
	}
	rs := run()
	s, err := Simulate(rs[0], rs[1])
	if err != nil {
		t.Fatal(err)
	}
	if d := s.Gain.Sum - s.Lose.Sum; d != s.Total.Difference() {
		t.Errorf("households move by %s, the total by %s", d, s.Total.Difference())
	}
	if n := s.Gain.Households + s.Lose.Households + s.Same; n != len(s.Households) || n == 0 {
		t.Errorf("%d households counted of %d", n, len(s.Households))
	}
	var regions, payers money.Fen
	for _, c := range s.ByRegion {
		regions += c.Difference()
	}
	for _, c := range s.Payers {
		payers += c.Difference()
	}
	if regions != s.Total.Difference() || payers != s.Total.Difference() {
		t.Errorf("areas move by %s, payers by %s, the total by %s", regions, payers, s.Total.Difference())
	}
	var b bytes.Buffer
	if err := s.WriteHouseholds(&b); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(&b).ReadAll()
	if err != nil || len(rows) != len(s.Households)+1 {
		t.Fatalf("%s rows of %d households: %v", strconv.Itoa(len(rows)), len(s.Households), err)
	}
}

func TestNothingChangesWhenNothingIsChanged(t *testing.T) {
	var rs []*Run
	for range 2 {
		rs = append(rs, &Run{Plan: dongyang(t), Profile: profile(t), Inputs: inputs(t, examples+"/xlsx", ".xlsx")})
	}
	s, err := Simulate(rs[0], rs[1])
	if err != nil || s.Total.Difference() != 0 || s.Gain.Households+s.Lose.Households != 0 || s.Same == 0 {
		t.Errorf("%+v %v", s, err)
	}
}
