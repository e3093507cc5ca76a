package risk

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"ganlan/fault"
	"ganlan/figure"
	"ganlan/money"
)

func pool(t testing.TB) *InsurancePool {
	return load(t, "990002-insurance", map[string]string{"cost_rate": "7.5%", "profit_return_share": "1/3", "premium_finance_share": "2/3"},
		func() *InsurancePool { return &InsurancePool{} })
}

func period(premiums, claims int64) figure.Row {
	return figure.Row{"premiums": figure.OfMoney(money.Fen(premiums)), "claims": figure.OfMoney(money.Fen(claims))}
}

func TestTheParticipantsOfAPoolShareExactlyItsResult(t *testing.T) { // PX2-4.3, OP-57
	s := pool(t)
	rapid.Check(t, func(t *rapid.T) {
		x, err := s.Settle(period(rapid.Int64Range(0, 1e12).Draw(t, "premiums"), rapid.Int64Range(0, 1e12).Draw(t, "claims")))
		if err != nil {
			t.Fatal(err)
		}
		sum := x.Of("fund") + x.Of("insurer")
		if sum != max(x.Result, -x.Result) || x.Of("fund") < 0 || x.Of("insurer") < 0 {
			t.Fatalf("%s is shared as %s and %s", x.Result, x.Of("fund"), x.Of("insurer"))
		}
	})
}

func TestTheParticipantsOfAPremiumPayExactlyIt(t *testing.T) { // PX2-4.2
	s := pool(t)
	rapid.Check(t, func(t *rapid.T) {
		premium := money.Fen(rapid.Int64Range(0, 1e12).Draw(t, "premium"))
		parts, err := s.Payers(premium)
		if err != nil || partOf(parts, "household")+partOf(parts, "finance") != premium {
			t.Fatalf("%s: %v, %v", premium, parts, err)
		}
	})
	if _, err := s.Payers(-1); err == nil {
		t.Error("a premium below zero was divided")
	}
}

func TestASettledPeriodIsExplainedToTheFen(t *testing.T) { // PX2-4.3
	x, err := pool(t).Settle(period(800_000_000, 1_000_000_000))
	if err != nil {
		t.Fatal(err)
	}
	var got strings.Builder
	for _, l := range x.Lines() {
		got.WriteString(l.Value.In(fault.Zh) + "\n")
		if l.Cite == "" || l.Value.En == "" {
			t.Errorf("%s: no clause or no English", l.Key)
		}
	}
	for _, want := range []string{"本期损益 = 保费收入 8,000,000.00 元 − 赔款支出 10,000,000.00 元 − 约定费用 600,000.00 元 = -2,600,000.00 元",
		"风险分散补偿金承担 2,600,000.00 元 × 60% = 1,560,000.00 元"} {
		if !strings.Contains(got.String(), want) {
			t.Errorf("not explained: %s\n%s", want, got.String())
		}
	}
}

func TestEverythingWrongWithAChoiceOfCoversIsSaidAtOnce(t *testing.T) { // PX2-4.1
	if faults := pool(t).Choice([]string{"sheep", "sheep", "cow"}, fault.Place{}); len(faults) != 4 {
		t.Errorf("two basic covers missing, one named twice, one unknown: %v", faults)
	}
}

func BenchmarkPremiumsOfACounty(b *testing.B) {
	s := pool(b)
	for b.Loop() {
		for i := range 100_000 {
			if _, err := s.Payers(money.Fen(i)); err != nil {
				b.Fatal(err)
			}
		}
	}
}
