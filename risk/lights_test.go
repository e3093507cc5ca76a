package risk

import (
	"testing"

	"pgregory.net/rapid"

	"ganlan/day"
	"ganlan/fault"
	"ganlan/figure"
	"ganlan/money"
)

func lights(t testing.TB) *Lights {
	return load(t, "990002-lights", map[string]string{"light_rules": "suggested", "reminder_days": "[30, 10]"}, func() *Lights { return &Lights{} })
}

func loanRow(asOf, due day.Date, overdue int64, use string) figure.Row {
	return figure.Row{"as_of": figure.OfDate(asOf), "due": figure.OfDate(due), "overdue_days": figure.OfCount(overdue), "use": figure.OfText(use),
		"principal": figure.OfMoney(50_000 * money.Yuan), "interest": figure.OfMoney(0), "income": figure.OfMoney(1), "income_before": figure.OfMoney(1),
		"stopped": figure.OfFlag(false)}
}

func TestEveryLoanHasExactlyOneLightAndItsReason(t *testing.T) { // PX2-5.3, OP-55
	s := lights(t)
	grave := map[Light]int{Green: 0, Yellow: 1, Red: 2}
	rapid.Check(t, func(t *rapid.T) {
		today := day.Of(2024, 3, 1)
		due := today + day.Date(rapid.IntRange(-100, 400).Draw(t, "due"))
		overdue := rapid.Int64Range(0, 200).Draw(t, "overdue")
		use := rapid.SampledFrom([]string{"已核实", "未核实", "存疑", "挪用"}).Draw(t, "use")
		x, err := s.Show(loanRow(today, due, overdue, use))
		if err != nil {
			t.Fatal(err)
		}
		worse, _ := s.Show(loanRow(today, due, overdue+1, use))
		if grave[worse.Light] < grave[x.Light] || x.Rule.Zh == "" || overdue > 0 && x.Light != Red {
			t.Fatalf("%s (%s), a day more overdue %s", x.Light, x.Rule.Zh, worse.Light)
		}
	})
}

func TestALightSaysWhyInBothLanguages(t *testing.T) { // PX2-5.3
	x, err := lights(t).Show(loanRow(day.Of(2024, 3, 1), day.Of(2024, 3, 31), 0, "已核实"))
	if err != nil {
		t.Fatal(err)
	}
	lines := x.Lines()
	last := lines[len(lines)-1]
	if last.Value.In(fault.Zh) != "黄灯：临近到期" || last.Value.In(fault.En) != "yellow: the loan is due soon" || last.Cite == "" {
		t.Errorf("got %v", last)
	}
	if lines[2].Value.Zh != "距到期天数 = 到期前天数（含当日） 31 − 1 = 30" {
		t.Errorf("got %s", lines[2].Value.Zh)
	}
}

func TestAHouseholdShowsTheGravestLightOfItsLoans(t *testing.T) { // PX2-5.3
	for want, list := range map[Light][]Light{Green: {}, Yellow: {Green, Yellow, Green}, Red: {Yellow, Red, Green}} {
		if got := Gravest(list...); got != want {
			t.Errorf("%v: %s", list, got)
		}
	}
}

func TestRemindersSayWhatIsOwed(t *testing.T) { // PX2-5.3
	row := loanRow(day.Of(2024, 3, 1), day.Of(2024, 12, 31), 0, "已核实")
	row["interest"] = figure.OfMoney(12_345)
	list, err := lights(t).Reminders(row)
	if err != nil || len(list) != 2 || list[0].Day != day.Of(2024, 12, 1) || list[1].Before != 10 || list[0].Owed[0] != 50_000*money.Yuan || list[0].Owed[1] != 12_345 {
		t.Errorf("got %v, %v", list, err)
	}
}

func BenchmarkLightsOfACounty(b *testing.B) {
	s := lights(b)
	rows := make([]figure.Row, 100_000)
	for i := range rows {
		rows[i] = loanRow(day.Of(2024, 3, 1), day.Of(2024, 3, 1)+day.Date(i%400), int64(i%50/49), "已核实")
	}
	for b.Loop() {
		for _, r := range rows {
			if _, err := s.Show(r); err != nil {
				b.Fatal(err)
			}
		}
	}
}
