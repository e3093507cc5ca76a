package scheme

import (
	"os"
	"testing"
)

func TestEveryNamedParameterTellsWhereItStandsAndWhatElseItCouldBe(t *testing.T) {
	f := Folder{FS: os.DirFS("../policies"), Dir: "330783-dongyang/gongfu-2024"}
	s, faults := f.Load(nil)
	if err := faults.Err(); err != nil {
		t.Fatal(err)
	}
	got := map[string]Parameter{}
	for _, p := range s.Parameters() {
		got[p.Key] = p
	}
	for key, want := range map[string]string{"who.listed.at": "list_test_at", "who.drawn.from": "disburse_from", "amount.rate": "subsidy_rate",
		"amount.year": "day_count", "amount.first_day": "count_first_day", "amount.repayments": "repayment_order", "amount.round.mode": "round_mode"} {
		if got[key].Name != want {
			t.Errorf("%s is named %q, want %q", key, got[key].Name, want)
		}
	}
	if y := got["amount.year"]; y.Is != "actual/360" || len(y.Others) != 4 || y.Cite != "DY-A1, OP-01" {
		t.Errorf("day count: %+v", y)
	}
	for _, p := range s.Parameters() {
		for _, other := range p.Others {
			if other == p.Is {
				t.Errorf("%s: %s is no other word", p.Key, other)
			}
		}
	}
}
