package rule

import (
	"strings"
	"testing"

	"ganlan/day"
	"ganlan/fault"
	"ganlan/money"
)

var testNames = Names{"entity.jobs": Int, "entity.employees": Int, "contract.amount": Money, "contract.start": Date,
	"contract.rate": Percent, "contract.purpose": Text, "household.listed": Bool}

func TestConditionsOverMoneyDatesAndRatesAreExact(t *testing.T) {
	facts := map[string]any{"entity.jobs": int64(9), "entity.employees": int64(18), "contract.amount": 50000 * money.Yuan,
		"contract.start": day.Of(2024, 3, 1), "contract.rate": money.NewRate(38, 1000), "contract.purpose": "business", "household.listed": true}
	look := func(n string) (any, bool) { v, ok := facts[n]; return v, ok }
	for expr, want := range map[string]bool{
		`entity.jobs >= 10 || entity.jobs * 2 >= entity.employees`: true,
		`contract.amount <= yuan("50000.00")`:                      true,
		`contract.amount < yuan("50000.00")`:                       false,
		`contract.start >= date("2024-03-01")`:                     true,
		`contract.rate <= percent("3.8%")`:                         true,
		`contract.rate < percent("3.8%")`:                          false,
		`contract.purpose in ["business", "education"]`:            true,
		`contract.amount == yuan("50000")`:                         true,
		`household.listed`:                                         true,
		`date("2027-03-01") <= months_after(contract.start, 36)`:   true,
		`date("2027-03-02") <= months_after(contract.start, 36)`:   false,
	} {
		c, f := testNames.Compile(expr, fault.Place{})
		if f != nil {
			t.Errorf("%s: %s", expr, f)
			continue
		}
		if got, f := c.Holds(look); f != nil || got != want {
			t.Errorf("%s = %v, %v, want %v", expr, got, f, want)
		}
	}
}

func TestConditionsThatCouldGuessAreRefused(t *testing.T) {
	for _, expr := range []string{`entity.job >= 10`, `entity.jobs >= 10.5`, `contract.amount`, `contract.amount >= 5000`,
		`contract.start >= "2024-01-01"`, `contract.amount <= percent("3%")`, `entity.jobs >`, `1.5 > 0.5`} {
		if _, f := testNames.Compile(expr, fault.Place{Line: 7}); f == nil || f.Place.Line != 7 {
			t.Errorf("%s was accepted", expr)
		}
	}
}

func TestAMissingValueIsUndecidedAndNeverNo(t *testing.T) {
	c, _ := testNames.Compile(`entity.jobs >= 10 || entity.jobs * 2 >= entity.employees`, fault.Place{})
	if yes, f := c.Holds(func(n string) (any, bool) { return int64(12), n == "entity.jobs" }); f != nil || !yes {
		t.Errorf("12 jobs of an unknown number of employees: %v, %v, want yes", yes, f)
	}
	if _, f := c.Holds(func(n string) (any, bool) { return int64(9), n == "entity.jobs" }); f == nil || !strings.Contains(f.Error(), "entity.employees") {
		t.Errorf("9 jobs of an unknown number of employees: %v, want undecided", f)
	}
}
