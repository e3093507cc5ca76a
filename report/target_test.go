package report

import (
	"fmt"
	"math/big"
	"os"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"ganlan/day"
	"ganlan/fault"
	"ganlan/figure"
	"ganlan/money"
	"ganlan/scheme"
)

const targets = `
scheme: t
title: {zh: 目标, en: targets}
area: "331123"
status: issued
kind: targets
document: {issuer: 某县}
facts:
  credit: {type: money, zh: 新增, en: new credit}
  balance: {type: money, zh: 余额, en: balance}
  cut: {type: money, zh: 减息, en: cut}
  families: {type: count, zh: 户数, en: families}
  rate: {type: percent, zh: 利率, en: rate}
  year: {type: count, zh: 年度, en: year}
  paid_on: {type: date, zh: 拨付日, en: paid on}
figures:
  per_family: {zh: 户均, en: per family, ratio: [cut, families], clause: SC-1.2c}
values:
  half: {zh: 一半, en: half, product: [100万元, 50%], clause: SC-1.2c}
targets:
  - {id: K-1, zh: 新增, en: new credit, unit: {zh: 元, en: yuan}, type: flow, of: credit, dir: at_least, is: 100万元, from: 2024-01-01, to: 2024-12-31, clause: SC-1.2c}
  - {id: K-2, zh: 余额, en: balance, unit: {zh: 元, en: yuan}, type: stock, of: balance, dir: reach, is: half, to: 2024-12-31, clause: SC-1.2c}
  - {id: K-3, zh: 户均, en: per family, unit: {zh: 元, en: yuan}, type: ratio, of: per_family, dir: at_least, is: 1500元, clause: SC-1.2c}
  - {id: K-4, zh: 利率, en: rate, unit: {zh: "%", en: per cent}, type: ratio, of: rate, dir: at_most, is: 3.8%, clause: DY-3.1b}
  - {id: K-5, zh: 期限, en: deadline, unit: {zh: 日, en: day}, type: date, of: paid_on, dir: by, to: {month_day: 05-31, year_of: year, plus: 1}, clause: DY-5.2}
  - {id: K-6, zh: 支出, en: spending, unit: {zh: 元, en: yuan}, type: flow, of: cut, dir: at_most, is: 10万元, from: 2024-01-01, to: 2024-12-31, clause: SC-1.2c}
  - id: K-7
    zh: 两项
    en: two
    unit: {zh: 元, en: yuan}
    type: stock
    parts: [{zh: 甲, en: a, of: balance, dir: above, is: 0元}, {zh: 乙, en: b, of: balance, blank: true}]
    clause: SC-1.2c
derived:
  implied: {zh: 隐含, en: implied, type: percent, ratio: [k_2, k_1], clause: SC-1.2c}
checks:
  - {zh: 一半, en: half, of: implied, equals: 50%, beside: 1.8%, why: {zh: 甲, en: a}, clause: SC-1.2c}
  - {zh: 不符, en: other, of: implied, equals: 51%, clause: SC-1.2c}
milestones:
  - {key: done, zh: 完成, en: finished, on: 2024-06-30, clause: SC-4.1}
`

func load(text string) (*Targets, fault.List) {
	return scheme.LoadRules("scheme.yaml", []byte(text), nil, &Targets{})
}

func must(t testing.TB, text string) *Targets {
	t.Helper()
	x, faults := load(text)
	if err := faults.Err(); err != nil {
		t.Fatal(err)
	}
	return x
}

func facts(t *rapid.T, on day.Date) Reading {
	yuan := func(name string) figure.Value {
		return figure.OfMoney(money.Fen(rapid.Int64Range(0, 2e8).Draw(t, name)))
	}
	row := figure.Row{"credit": yuan("credit"), "balance": yuan("balance"), "cut": yuan("cut"),
		"families": figure.OfCount(rapid.Int64Range(0, 500).Draw(t, "families")), "year": figure.OfCount(2024),
		"rate": figure.OfRate(money.NewRate(rapid.Int64Range(0, 800).Draw(t, "rate"), 10000))}
	if rapid.Bool().Draw(t, "paid") {
		row["paid_on"] = figure.OfDate(day.Of(2025, 5, 1) + day.Date(rapid.IntRange(0, 60).Draw(t, "paid on")))
	}
	return Reading{on, row}
}

func board(t interface{ Fatal(...any) }, x *Targets, on day.Date, rs ...Reading) *Board {
	b, err := x.Attain(on, rs, nil)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// better orders statuses of a target that is not blank.
var better = map[Status]int{NotMet: 0, OnTheWay: 1, Met: 2}

func TestMoreOfWhatIsWantedNeverLowersAttainment(t *testing.T) { // SC-1.2c
	x := must(t, targets)
	rapid.Check(t, func(t *rapid.T) {
		on := day.Of(2024, 1, 1) + day.Date(rapid.IntRange(0, 500).Draw(t, "on"))
		low := facts(t, on)
		high := Reading{on, figure.Row{}}
		for k, v := range low.Facts {
			high.Facts[k] = v
		}
		for _, name := range []string{"credit", "balance"} {
			more := money.Fen(rapid.Int64Range(0, 1e8).Draw(t, "more"))
			v := new(big.Rat).Add(low.Facts[name].Rat(), big.NewRat(int64(more), 1))
			high.Facts[name] = figure.OfRat(figure.Money, v)
		}
		a, b := board(t, x, on, low), board(t, x, on, high)
		for _, i := range []int{0, 1} {
			p, q := a.Rows[i], b.Rows[i]
			if p.Status == NoData {
				continue
			}
			if p.Goals[0].Share.Cmp(q.Goals[0].Share) > 0 || better[p.Status] > better[q.Status] {
				t.Fatalf("%s: %s %s, then %s %s", p.Target.ID, p.Status, p.Goals[0].Share, q.Status, q.Goals[0].Share)
			}
		}
	})
}

func TestMoreOfWhatIsLimitedNeverImprovesIt(t *testing.T) { // DY-3.1b
	x := must(t, targets)
	rapid.Check(t, func(t *rapid.T) {
		on := day.Of(2024, 1, 1) + day.Date(rapid.IntRange(0, 365).Draw(t, "on"))
		low, high := facts(t, on), facts(t, on)
		if low.Facts["cut"].Cmp(high.Facts["cut"]) > 0 {
			low, high = high, low
		}
		a, b := board(t, x, on, low).Rows[5], board(t, x, on, high).Rows[5]
		if a.Goals[0].Share.Cmp(b.Goals[0].Share) > 0 || better[a.Status] < better[b.Status] {
			t.Fatalf("%s, then %s", a.Status, b.Status)
		}
	})
}

func TestTheOrderOfReadingsIsFreeAndLaterFactsJudgeNothingEarlier(t *testing.T) { // SC-1.2d, OP-73
	x := must(t, targets)
	rapid.Check(t, func(t *rapid.T) {
		var list []Reading
		for i := range rapid.IntRange(0, 4).Draw(t, "readings") {
			list = append(list, facts(t, day.Of(2024, 3, 1)+day.Date(i*100)))
		}
		on := day.Of(2025, 12, 31)
		a := board(t, x, on, list...)
		b := board(t, x, on, rapid.Permutation(list).Draw(t, "order")...)
		if !slices.Equal(a.Text(fault.Zh), b.Text(fault.Zh)) {
			t.Fatalf("%q\n%q", a.Text(fault.Zh), b.Text(fault.Zh))
		}
		var early []Reading
		for _, r := range list {
			if r.On <= day.Of(2024, 12, 31) {
				early = append(early, r)
			}
		}
		c := board(t, x, on, early...)
		for _, i := range []int{0, 1, 5} {
			if a.Rows[i].Status != c.Rows[i].Status || a.Rows[i].As != c.Rows[i].As {
				t.Fatalf("%s is judged by later facts: %s, %s", a.Rows[i].Target.ID, a.Rows[i].Status, c.Rows[i].Status)
			}
		}
	})
}

func TestOnlyWhatAccumulatesIsHeldAgainstTheTime(t *testing.T) { // OP-73
	x := must(t, targets)
	rapid.Check(t, func(t *rapid.T) {
		on := day.Of(2024, 1, 1) + day.Date(rapid.IntRange(0, 400).Draw(t, "on"))
		for _, r := range board(t, x, on, facts(t, on)).Rows {
			if (r.Gone != nil || r.Goals[0].Due != nil) && r.Target.Type != Flow {
				t.Fatalf("%s is no flow", r.Target.ID)
			}
			if r.Gone != nil && (r.Gone.Sign() <= 0 || r.Gone.Cmp(big.NewRat(1, 1)) > 0) {
				t.Fatalf("time gone %s", r.Gone)
			}
		}
	})
}

func TestTheFirstDayOfASpanIsOneDayGone(t *testing.T) { // LG-1.2a
	x := must(t, targets)
	for on, want := range map[day.Date]*big.Rat{day.Of(2024, 1, 1): big.NewRat(1, 366), day.Of(2024, 7, 1): big.NewRat(183, 366), day.Of(2024, 12, 31): big.NewRat(1, 1)} {
		b := board(t, x, on, Reading{on, figure.Row{"credit": figure.OfMoney(0)}})
		if got := b.Rows[0].Gone; got == nil || got.Cmp(want) != 0 {
			t.Errorf("%s: %s, want %s", on, got, want)
		}
	}
	before := day.Of(2023, 12, 31)
	if got := board(t, x, before, Reading{before, figure.Row{"credit": figure.OfMoney(0)}}).Rows[0].Gone; got.Sign() != 0 {
		t.Errorf("before the span %s is gone", got)
	}
}

func TestTargetsAreRefusedForWhatDoesNotFit(t *testing.T) {
	for _, x := range []struct{ old, new, code string }{
		{"id: K-2,", "id: K-1,", "KEY_TWICE"},
		{"of: credit, dir: at_least, is: 100万元", "of: credit, dir: at_least, is: 100", "TARGET_UNIT"},
		{"of: credit, dir: at_least", "of: credits, dir: at_least", "MEASURE_UNKNOWN"},
		{"of: credit, dir: at_least, is: 100万元", "of: credit, dir: at_least", "TARGET_INCOMPLETE"},
		{"of: credit, dir: at_least, is: 100万元", "of: credit, dir: at_least, is: 100万元, blank: true", "TARGET_INCOMPLETE"},
		{"of: credit, dir: at_least, is", "of: credit, is", "TARGET_INCOMPLETE"},
		{"is: half, to", "is: a_half, to", "FIGURE_OPERAND"},
		{"from: 2024-01-01, to: 2024-12-31, clause: SC-1.2c}\n  - {id: K-2", "from: 2025-01-01, to: 2024-12-31, clause: SC-1.2c}\n  - {id: K-2", "WINDOW_REVERSED"},
		{"month_day: 05-31", "month_day: 05-32", "VALUE_TYPE"},
		{"month_day: 05-31", "month_day: 02-29", "VALUE_TYPE"},
		{"year_of: year", "year_of: rate", "MEASURE_UNKNOWN"},
		{"of: implied, equals: 50%", "of: implied, equals: 50元", "TARGET_UNIT"},
		{"of: implied, equals: 50%", "of: implies, equals: 50%", "MEASURE_UNKNOWN"},
		{"on: 2024-06-30, clause: SC-4.1}", "on: 2024-06-30}", "CLAUSE_MISSING"},
		{"dir: at_most, is: 3.8%, clause: DY-3.1b", "dir: at_most, is: 3.8%", "CLAUSE_MISSING"},
		{"[{zh: 甲, en: a, of: balance, dir: above, is: 0元}", "[{zh: 甲, en: a, of: balance, is: 0元}", "TARGET_INCOMPLETE"},
	} {
		if !strings.Contains(targets, x.old) {
			t.Fatalf("the targets have no %q", x.old)
		}
		_, faults := load(strings.Replace(targets, x.old, x.new, 1))
		if len(scheme.Refused(x.code, faults)) > 0 {
			t.Errorf("%s for %s: %v, want %s", x.new, x.old, faults, x.code)
		}
	}
}

func TestTwoReadingsOfOneDayAreRefused(t *testing.T) {
	x := must(t, targets)
	on := day.Of(2024, 6, 30)
	_, err := x.Attain(on, []Reading{{on, nil}, {on, nil}}, map[string]day.Date{"finished": on})
	for _, code := range []string{"READING_TWICE", "MILESTONE_UNKNOWN"} {
		if len(scheme.Refused(code, err)) > 0 {
			t.Errorf("%v, want %s", err, code)
		}
	}
}

func TestABoardSaysWhatItRestsOn(t *testing.T) { // SC-1.2c, OP-73
	x := must(t, targets)
	on := day.Of(2024, 7, 1)
	b, err := x.Attain(on, []Reading{{on, figure.Row{"credit": figure.OfMoney(49_999_999), "cut": figure.OfMoney(45_000_000), "families": figure.OfCount(300)}}},
		map[string]day.Date{"done": day.Of(2024, 6, 30)})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"K-1 new credit ≥ 1,000,000.00 yuan (2024-01-01 … 2024-12-31); as of 2024-07-01 actual 499,999.99 yuan, reached 49.99%, time gone 50.00%, behind the time → on the way [SC-1.2c]",
		"K-2 balance = 500,000.00 yuan (2024-12-31); the condition cannot be decided: 余额 is not given → no data [SC-1.2c]",
		"K-3 per family ≥ 1,500.00 yuan; as of 2024-07-01 actual 1,500.00 yuan, reached 100.00%, per family = cut 450,000.00 yuan ÷ families 300 = 1,500.00 yuan → met [SC-1.2c]",
	}
	if got := b.Text(fault.En)[:3]; !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	tail := []string{"half: 50% = 50% agrees, beside 1.8%; a [SC-1.2c]", "other: 50% ≠ 51% differs [SC-1.2c]", "2024-06-30 finished: done on 2024-06-30 [SC-4.1]"}
	if got := b.Text(fault.En); !slices.Equal(got[len(got)-3:], tail) {
		t.Errorf("got  %q\nwant %q", got[len(got)-3:], tail)
	}
}

func TestTheUnitIsSaidOnce(t *testing.T) {
	x := must(t, strings.Replace(targets, "K-3, zh: 户均, en: per family, unit: {zh: 元, en: yuan}", "K-3, zh: 户均, en: per family, unit: {zh: 元/户, en: yuan a family}", 1))
	want := map[string]string{"targets.K-1": "new credit ≥ 1,000,000.00 yuan (2024-01-01 … 2024-12-31)", "targets.K-3": "per family ≥ 1,500.00 yuan (yuan a family)",
		"targets.K-4": "rate ≤ 3.8%"}
	for _, l := range x.Words() {
		if w, ok := want[l.Key]; ok && l.Value.En != w {
			t.Errorf("%s: %q, want %q", l.Key, l.Value.En, w)
		}
	}
}

func TestEveryValueOfTargetsIsSaidInBothLanguages(t *testing.T) {
	for _, l := range must(t, targets).Words() {
		if l.Value.Zh == "" || l.Value.En == "" {
			t.Errorf("%s has no words", l.Key)
		}
	}
}

func TestEveryTargetOfTheDocumentsStandsInItsFolder(t *testing.T) { // LG-1.2a, SC-1.2c, WZ-T1
	folders, err := scheme.Folders(os.DirFS("../policies"))
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, f := range folders {
		if f.Kind() != scheme.Targets {
			continue
		}
		x, faults := scheme.LoadFolder(f, nil, func() *Targets { return &Targets{} })
		if err := faults.Err(); err != nil {
			t.Fatal(err)
		}
		for i := range x.Targets {
			seen[x.Targets[i].ID] = true
		}
	}
	for doc, n := range map[string]int{"LG": 7, "SC": 11, "DY": 5, "WZ": 22, "PX": 26} {
		for i := 1; i <= n; i++ {
			if id := fmt.Sprintf("K-%s-%d", doc, i); !seen[id] {
				t.Errorf("%s stands nowhere", id)
			}
		}
	}
}

// BenchmarkTargets2000 holds the targets against the facts of 2,000 villages.
func BenchmarkTargets2000(b *testing.B) {
	x := must(b, targets)
	on := day.Of(2024, 7, 1)
	r := Reading{on, figure.Row{"credit": figure.OfMoney(49_999_999), "cut": figure.OfMoney(45_000_000), "families": figure.OfCount(300),
		"balance": figure.OfMoney(1), "rate": figure.OfRate(money.Percent(3))}}
	for b.Loop() {
		for range 2000 {
			if _, err := x.Attain(on, []Reading{r}, nil); err != nil {
				b.Fatal(err)
			}
		}
	}
}
