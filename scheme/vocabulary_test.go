package scheme

import (
	"testing"

	"ganlan/figure"
)

func TestEveryWordOfTheLanguageIsSaidInBothLanguages(t *testing.T) {
	for _, known := range [][]string{Status("").Known(), At("").Known(), Rows("").Known(), Base("").Known(), Year("").Known(), Side("").Known(),
		Overdue("").Known(), Deferral("").Known(), Order("").Known(), Claim("").Known(), Per("").Known(), Settle("").Known(), Times("").Known(),
		Grain("").Known(), RoundUnit("").Known(), RoundMode("").Known(), Period("").Known(), Fill("").Known(), Exceed("").Known(),
		Prorate("").Known(), Then("").Known(), WarnKind("").Known(), Weight("").Known(), Benefit("").Known(), SplitOf("").Known(), Of("").Known(),
		Tenor("").Known(), Refund("").Known(), AmountOf("").Known(), LineDue("").Known(), Missing("").Known(), figure.Type("").Known(), {LargestRemainder}} {
		for _, w := range known {
			if x, ok := vocabulary[w]; !ok && w[0] > 'Z' || ok && (x.Zh == "" || x.En == "") {
				t.Errorf("the word %s has no words", w)
			}
		}
	}
	for _, k := range terms {
		if x, ok := labels[k]; !ok || x.Zh == "" || x.En == "" {
			t.Errorf("the term %s has no label", k)
		}
	}
}

func TestAKeyIsLabelledByItsLastPartAndCountedFromOne(t *testing.T) {
	for key, want := range map[string]Words{"amount.caps[1]": {"金额上限 2", "ceilings 2"}, "amount.rate": {"补贴利率", "rate"},
		"who.JOBS_TOO_FEW": {"JOBS_TOO_FEW", "JOBS_TOO_FEW"}, "warn[0]": {"提示 1", "warnings 1"},
		"figures.rate": {"rate", "rate"}} {
		if got := LabelOf(key); got != want {
			t.Errorf("%s: %v, want %v", key, got, want)
		}
	}
}
