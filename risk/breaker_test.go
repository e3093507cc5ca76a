package risk

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"ganlan/day"
	"ganlan/figure"
	"ganlan/money"
	"ganlan/scheme"
)

func breaker(t testing.TB, id string, sets map[string]string) *Breaker {
	return load(t, id, sets, func() *Breaker { return &Breaker{} })
}

// henan draws months of two townships with two villages each.
func henan(t *rapid.T, months int) (out []Report) {
	for _, town := range []string{"甲镇", "乙镇"} {
		for _, area := range []string{town, town + "一村", town + "二村"} {
			for m := range months {
				r := Report{Area: area, Level: "township", Month: MonthOf(day.Of(2018, 11, 1)) + Month(m)}
				if area != town {
					r.Level, r.In = "village", town
				}
				loans := rapid.Int64Range(0, 3).Draw(t, "loans") * 10_000
				r.Facts = figure.Row{"loans": figure.OfMoney(money.Fen(loans)), "bad": figure.OfMoney(money.Fen(rapid.Int64Range(0, 1500).Draw(t, "bad")))}
				out = append(out, r)
			}
		}
	}
	return out
}

func changes(c *Course) string {
	var b strings.Builder
	for _, l := range c.Lines() {
		b.WriteString(l.Value.Zh + "\n")
	}
	return b.String()
}

func TestRowsOfABreakerComeInAnyOrderAndLaterMonthsChangeNothingBefore(t *testing.T) { // PX8-3.2.3, PX3-4.3c
	s := breaker(t, "990008-breaker", map[string]string{"resume_by_decision": "false"})
	rapid.Check(t, func(t *rapid.T) {
		rows := henan(t, 8)
		whole, faults := s.Run(rows, nil)
		if faults.Err() != nil {
			t.Fatal(faults)
		}
		mixed, _ := s.Run(rapid.Permutation(rows).Draw(t, "mixed"), nil)
		if changes(whole) != changes(mixed) {
			t.Fatalf("order of rows matters:\n%s\n%s", changes(whole), changes(mixed))
		}
		last := MonthOf(day.Of(2019, 2, 1))
		var until []Report
		for _, r := range rows {
			if r.Month <= last {
				until = append(until, r)
			}
		}
		early, _ := s.Run(until, nil)
		for _, area := range whole.Areas() {
			a, b := early.Changes(area), whole.Changes(area)
			for i := range b {
				if b[i].Day > last.End() {
					b = b[:i]
					break
				}
			}
			if fmt.Sprint(days(a)) != fmt.Sprint(days(b)) {
				t.Fatalf("%s: %v became %v", area, days(a), days(b))
			}
		}
	})
}

func days(list []Change) (out []string) {
	for _, c := range list {
		out = append(out, fmt.Sprint(c.Day, c.Stopped, c.From))
	}
	return out
}

func TestAStoppedTownshipStopsItsVillagesOnEveryDay(t *testing.T) { // PX8-3.2.3, OP-53
	s := breaker(t, "990008-breaker", map[string]string{"resume_by_decision": "false"})
	rapid.Check(t, func(t *rapid.T) {
		c, faults := s.Run(henan(t, 6), nil)
		if faults.Err() != nil {
			t.Fatal(faults)
		}
		on := day.Of(2018, 11, 1) + day.Date(rapid.IntRange(0, 200).Draw(t, "on"))
		town := c.StopOf("甲镇", on)
		ok, why := c.Allowed(NewDraw, on, "甲镇一村")
		if town != nil && ok || !ok && (why == nil || why.first() > on) {
			t.Fatalf("%s: township stopped %v, its village may draw: %v", on, town != nil, ok)
		}
		if ok, _ := c.Allowed(RepaymentAct, on, "甲镇一村", "甲镇"); !ok {
			t.Fatal("a repayment was blocked")
		}
	})
}

func TestEveryStopRestsOnMonthsThatAreOnTheWrongSideOfTheLine(t *testing.T) { // PX3-4.3c, OP-52
	s := breaker(t, "990003-breaker", map[string]string{"resume_by_decision": "false"})
	rapid.Check(t, func(t *rapid.T) {
		var rows []Report
		for m := range 18 {
			matured := rapid.Int64Range(0, 4).Draw(t, "matured") * 1000
			rows = append(rows, Report{Area: "甲村", Level: "village", Month: MonthOf(day.Of(2019, 3, 1)) + Month(m),
				Facts: figure.Row{"matured": figure.OfMoney(money.Fen(matured)), "collected": figure.OfMoney(money.Fen(matured - rapid.Int64Range(0, 40).Draw(t, "left")*min(matured, 1)))}})
		}
		c, faults := s.Run(rows, nil)
		if faults.Err() != nil {
			t.Fatal(faults)
		}
		for i, x := range c.Changes("甲村") {
			if len(x.Why) != 3 || x.Stopped != (i%2 == 0) {
				t.Fatalf("change %d rests on %d months", i, len(x.Why))
			}
			for _, e := range x.Why {
				if sign := e.Measure.Cmp(e.Line); x.Stopped && sign >= 0 || !x.Stopped && sign <= 0 {
					t.Fatalf("%s: %s against %s", e.Month, e.Measure, e.Line)
				}
			}
		}
	})
}

func TestAStopIsExplainedWithItsFiguresAndClause(t *testing.T) { // PX6-7.4b, OP-54
	s := breaker(t, "990006-breaker", map[string]string{"resume_npl": "5%"})
	var rows []Report
	for i, bad := range []int64{10, 12, 13, 15} {
		rows = append(rows, Report{Area: "丙镇", Level: "township", Month: MonthOf(day.Of(2018, 1, 1)) + Month(i),
			Facts: figure.Row{"bad": figure.OfMoney(money.Fen(bad)), "loans": figure.OfMoney(1000)}})
	}
	c, faults := s.Run(rows, nil)
	if faults.Err() != nil {
		t.Fatal(faults)
	}
	lines := c.Lines()
	if len(lines) != 1 || lines[0].Value.Zh != "丙镇 2018-04-30 停办：不良率较上月上升，连续3个月末：2018-01 1%、2018-02 1.2%、2018-03 1.3%、2018-04 1.5%" || lines[0].Cite != "PX6-7.4b, OP-54" {
		t.Errorf("got %v", lines)
	}
	if v, err := c.Changes("丙镇")[0].Why[3].Get("loans"); err != nil || v.String() != "10.00 元" {
		t.Errorf("the figures of the month are not kept: %v, %v", v, err)
	}
}

func TestAnActMustBeEitherBlockedOrGoOn(t *testing.T) {
	s := breaker(t, "990003-breaker", nil)
	c := &scheme.Checker{}
	s.Blocks.Versions[0].Is = []Act{NewLine, NewDraw, Compensate}
	s.Check(c)
	if len(c.Faults) != 1 || c.Faults[0].Code() != "ACT_UNDECIDED" {
		t.Errorf("compensation is blocked and goes on: %v", c.Faults)
	}
}

func BenchmarkBreakerOfACounty(b *testing.B) {
	s := breaker(b, "990008-breaker", nil)
	var rows []Report
	for i := range 4_000 {
		town := fmt.Sprintf("镇%d", i/40)
		for m := range 25 {
			r := Report{Area: fmt.Sprintf("村%d", i), Level: "village", In: town, Month: MonthOf(day.Of(2020, 1, 1)) + Month(m)}
			if i%40 == 0 {
				r.Area, r.Level, r.In = town, "township", ""
			}
			r.Facts = figure.Row{"loans": figure.OfMoney(1_000_000), "bad": figure.OfMoney(money.Fen((i*7 + m*1001) % 80_000))}
			rows = append(rows, r)
		}
	}
	for b.Loop() {
		if _, faults := s.Run(rows, nil); faults.Err() != nil {
			b.Fatal(faults)
		}
	}
}
