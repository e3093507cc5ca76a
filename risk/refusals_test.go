package risk

import (
	"strings"
	"testing"

	"ganlan/day"
	"ganlan/figure"
	"ganlan/scheme"
)

// refusals loads a scheme of a kind from the folder of an id, with a text replaced, and gives the codes of its faults.
func refusals(t *testing.T, id string, empty scheme.Rules, old, new string) string {
	t.Helper()
	f := folder(t, id)
	text := strings.Replace(string(f.Read("scheme.yaml")), old, new, 1)
	if text == string(f.Read("scheme.yaml")) {
		t.Fatalf("%s does not hold %q", id, old)
	}
	_, faults := scheme.LoadRules("scheme.yaml", []byte(text), map[string]string{"resume_npl": "5%"}, empty)
	var codes []string
	for _, x := range faults {
		if x.Code() != "PARAMETER_UNKNOWN" {
			codes = append(codes, x.Code())
		}
	}
	return strings.Join(codes, " ")
}

func TestSchemesThatCouldNotDoWhatTheySayAreRefused(t *testing.T) {
	for _, c := range []struct{ id, old, new, want string }{
		{"990006-risk-deposit", "keep: {is: [bank], clause: PX6-4.8}", "", "KEY_MISSING"},                                                                                                  // a check of each pot, and no pots
		{"990006-risk-deposit", "keep: {is: [bank]", "keep: {is: [account]", "KEY_MISSING"},                                                                                                // accounts that nobody names
		{"990006-risk-deposit", "room: room", "room: times", "RISK_NAME"},                                                                                                                  // room is an amount
		{"990006-breaker", "is: rises,", "is: rises, line: line,", "KEY_MISSING"},                                                                                                          // rises have no line
		{"990006-breaker", "is: at_most, line: line", "is: at_most", "KEY_MISSING"},                                                                                                        // everything else has one
		{"990006-breaker", "is: at_most, line: line", "is: at_most, line: bad", "RISK_NAME"},                                                                                               // a rate against an amount
		{"990006-breaker", "months: {is: 3, name: rise_months", "months: {is: 0, name: rise_months", "VALUE_TYPE"},                                                                         // no months are no run
		{"990008-breaker", "    under: township", "    under: county", "RISK_NAME"},                                                                                                        // there is no such level
		{"990008-breaker", "- level: village", "- level: township", "KEY_TWICE"},                                                                                                           // two levels of one name
		{"330783-qualification", "decision: true", "decision: false", "KEY_MISSING"},                                                                                                       // nothing would ever let it go on
		{"330783-qualification", "    findings: [超范围申报, 虚假申报]\n", "", "KEY_MISSING"},                                                                                                       // nothing would ever stop
		{"990003-breaker", "of: matured,", "of: rate,", "RISK_NAME"},                                                                                                                       // a sum of a figure
		{"990008-breaker", "blocks: {is: [new_line, new_draw]", "blocks: {is: [new_line]", "ACT_UNDECIDED"},                                                                                // new draws are neither
		{"990008-breaker", `skip: {is: 'loans == yuan("0")'`, `skip: {is: 'loans == 0'`, "CEL_BAD"},                                                                                        // an amount is no number
		{"990008-breaker", "stop: {measure: rate, is: above, line: town_line, clause: PX8-3.2.3, reading: OP-53}", "stop: {measure: rate, is: above, line: town_line}", "TEST_INCOMPLETE"}, // no clause
	} {
		empty := map[string]scheme.Rules{"990006-risk-deposit": &Fund{}}[c.id]
		if empty == nil {
			empty = &Breaker{}
		}
		if got := refusals(t, c.id, empty, c.old, c.new); got != c.want {
			t.Errorf("%s with %q: %q, want %q", c.id, c.new, got, c.want)
		}
	}
}

func TestInputThatCouldMeanTwoThingsIsRefused(t *testing.T) {
	s := funds(t, "990006-risk-deposit", nil)
	twice := Position{Day: 1, Pot: Pot{Bank: "A"}, Facts: figure.Row{}}
	_, faults := s.Run([]Posting{{Day: 1, Kind: "gift", Amount: 1, Bank: "A"}}, []Position{twice, twice})
	if len(faults) != 2 || faults[0].Code() != "VALUE_UNKNOWN" || faults[1].Code() != "POSITION_TWICE" {
		t.Errorf("got %v", faults)
	}
	b := breaker(t, "330783-qualification", nil)
	for want, r := range map[string]Ruling{
		"VALUE_UNKNOWN": {Day: 1, Kind: "pause", Area: "甲银行", Level: "body"},
		"AREA_UNCLEAR":  {Day: 1, Kind: RuleFinding, Finding: "虚假申报", Level: "body"},
	} {
		if _, faults := b.Run(nil, []Ruling{r}); len(faults) != 1 || faults[0].Code() != want {
			t.Errorf("%v: %v, want %s", r, faults, want)
		}
	}
	if _, faults := b.Run(nil, []Ruling{{Day: 1, Kind: RuleStop, Area: "甲银行", Level: "bank"}}); len(faults) != 1 || faults[0].Code() != "VALUE_UNKNOWN" {
		t.Errorf("a level that there is not: %v", faults)
	}
}

func TestAMonthThatCannotBeJudgedNamesAreaMonthAndWhatIsMissing(t *testing.T) { // PX3-4.3c
	b := breaker(t, "990003-breaker", nil)
	_, faults := b.Run([]Report{{Area: "甲村", Level: "village", Month: MonthOf(day.Of(2019, 2, 1)), Facts: figure.Row{"matured": figure.OfMoney(1)}}}, nil)
	if len(faults) != 1 || !strings.Contains(faults[0].Error(), "甲村") || !strings.Contains(faults[0].Error(), "2019-02") || !strings.Contains(faults[0].Error(), "本月收回本年到期本金") {
		t.Errorf("got %v", faults)
	}
}
