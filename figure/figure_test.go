package figure

import (
	"math/big"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"ganlan/fault"
	"ganlan/money"
	"ganlan/rule"
)

type sheet struct {
	Facts   Facts   `rule:"facts"`
	Figures Figures `rule:"figures"`
}

func compile(t testing.TB, text string) (*Program, fault.List) {
	t.Helper()
	var s sheet
	faults := rule.Decode("test.yaml", []byte(text), &s, nil)
	if faults.Err() != nil {
		return nil, faults
	}
	return Compile(s.Facts, s.Figures, nil)
}

func must(t testing.TB, text string) *Program {
	t.Helper()
	p, faults := compile(t, text)
	if faults.Err() != nil {
		t.Fatal(faults)
	}
	return p
}

func read(t testing.TB, p *Program, given map[string]rule.Raw) Row {
	t.Helper()
	row, faults := p.Facts.Read(given, fault.Place{})
	if faults.Err() != nil {
		t.Fatal(faults)
	}
	return row
}

const guarantee = `
facts:
  start: {type: money, zh: 上年末余额, en: balance a year ago}
  end: {type: money, zh: 年末余额, en: balance at year end}
  fees: {type: money, zh: 担保费, en: fees}
  written: {type: money, zh: 年化担保额, en: guaranteed amount times years}
figures:
  growth: {zh: 净增额, en: net growth, difference: [end, start], not_below: 0元, clause: WZ-A7}
  fee_rate: {zh: 平均费率, en: average fee rate, type: percent, ratio: [fees, written], clause: WZ-A7}
  share:
    zh: 补助比例
    en: share
    steps: {of: fee_rate, list: [{up_to: 0.5%, is: 0.6%}, {up_to: 0.7%, is: 0.4%}, {up_to: 0.9%, is: 0.2%}, {is: 0%}]}
    clause: WZ-A7
  subsidy: {zh: 补助, en: subsidy, product: [growth, share], clause: WZ-A7}
`

func TestNetGrowthTimesTheStepOfTheAverageFee(t *testing.T) { // WZ-A7, OP-62
	p := must(t, guarantee)
	row := read(t, p, map[string]rule.Raw{"start": "42亿元", "end": "50亿元", "fees": "680万元", "written": "10亿元"})
	r := p.Run(row)
	v, err := r.Get("subsidy")
	if err != nil {
		t.Fatal(err)
	}
	if f, _ := v.Fen(money.ToFen); f != 3_200_000*money.Yuan {
		t.Errorf("subsidy %s", v)
	}
	for i, want := range []string{"净增额 = 年末余额 5,000,000,000.00 元 − 上年末余额 4,200,000,000.00 元 = 800,000,000.00 元",
		"平均费率 = 担保费 6,800,000.00 元 ÷ 年化担保额 1,000,000,000.00 元 = 0.68%", "补助比例 = 平均费率 0.68% [不超过 0.7%] → 0.4%",
		"补助 = 净增额 800,000,000.00 元 × 补助比例 0.4% = 3,200,000.00 元"} {
		if got := r.Steps[i].Text(p, fault.Zh); got != want {
			t.Errorf("step %d\n got %s\nwant %s", i, got, want)
		}
	}
	fallen := p.Run(read(t, p, map[string]rule.Raw{"start": "50亿元", "end": "42亿元"}))
	if v, _ := fallen.Get("growth"); v.Rat().Sign() != 0 {
		t.Errorf("a fall counts as no growth, got %s", v)
	}
	if _, err := fallen.Get("subsidy"); err == nil || !strings.Contains(err.Error(), "担保费") {
		t.Errorf("the missing fact is named, got %v", err)
	}
}

func TestBordersOfStepsLieInTheStepThatNamesThem(t *testing.T) { // WZ-A7, OP-61
	p := must(t, guarantee)
	for rate, want := range map[rule.Raw]string{"500万元": "0.6%", "510万元": "0.4%", "700万元": "0.4%", "710万元": "0.2%", "900万元": "0.2%", "910万元": "0%"} {
		r := p.Run(read(t, p, map[string]rule.Raw{"fees": rate, "written": "10亿元"}))
		if v, _ := r.Get("share"); v.String() != want {
			t.Errorf("%s of 10亿元: %s, want %s", rate, v, want)
		}
	}
}

const payout = `
facts:
  payouts: {type: money, zh: 代偿, en: payouts}
  released: {type: money, zh: 解除担保额, en: released}
figures:
  amount:
    zh: 补偿
    en: compensation
    bands: {of: payouts, base: released, list: [{up_to: 1%, is: 0%}, {up_to: 3%, is: 40%}, {up_to: 5%, is: 30%}, {is: 0%}]}
    clause: WZ-A8
`

func TestBandsCountEachStretchAtItsOwnRate(t *testing.T) { // WZ-A8
	p := must(t, payout)
	for given, want := range map[rule.Raw]money.Fen{"6000万元": 14_000_000, "2500万元": 6_000_000, "1000万元": 0, "5000万元": 14_000_000} {
		r := p.Run(read(t, p, map[string]rule.Raw{"payouts": given, "released": "10亿元"}))
		v, err := r.Get("amount")
		if err != nil {
			t.Fatal(err)
		}
		if f, _ := v.Fen(money.ToFen); f != want*money.Yuan {
			t.Errorf("%s: %s", given, v)
		}
	}
}

func TestMoreOfAFigureNeverGivesLessFromBands(t *testing.T) {
	p := must(t, payout)
	rapid.Check(t, func(t *rapid.T) {
		a := rapid.Int64Range(0, 1e13).Draw(t, "a")
		b := a + rapid.Int64Range(0, 1e12).Draw(t, "more")
		released := OfMoney(money.Fen(rapid.Int64Range(1, 1e13).Draw(t, "released")))
		x, _ := p.Run(Row{"payouts": OfMoney(money.Fen(a)), "released": released}).Get("amount")
		y, _ := p.Run(Row{"payouts": OfMoney(money.Fen(b)), "released": released}).Get("amount")
		if y.Cmp(x) < 0 || x.Rat().Cmp(big.NewRat(a, 1)) > 0 {
			t.Fatalf("%d: %s, %d: %s", a, x, b, y)
		}
	})
}

func TestFiguresThatCannotBeRightAreRefused(t *testing.T) {
	facts := "facts:\n  a: {type: money, zh: 甲, en: a}\n  b: {type: money, zh: 乙, en: b}\n  n: {type: count, zh: 数, en: n}\n  s: {type: text, zh: 文, en: s}\nfigures:\n"
	for body, code := range map[string]string{
		"  x: {zh: x, en: x, product: [a, b], clause: WZ-A7}":                                                       "FIGURE_UNITS",
		"  x: {zh: x, en: x, sum: [a, n], clause: WZ-A7}":                                                           "FIGURE_UNITS",
		"  x: {zh: x, en: x, sum: [a, c], clause: WZ-A7}":                                                           "FIGURE_OPERAND",
		"  x: {zh: x, en: x, sum: [a], mean: [b], clause: WZ-A7}":                                                   "FIGURE_OPERATOR",
		"  x: {zh: x, en: x, clause: WZ-A7}":                                                                        "FIGURE_OPERATOR",
		"  a: {zh: x, en: x, sum: [a], clause: WZ-A7}":                                                              "FIGURE_NAME",
		"  x: {zh: x, en: x, ratio: [n, a], clause: WZ-A7}":                                                         "FIGURE_UNITS",
		"  x: {zh: x, en: x, steps: {of: n, list: [{up_to: 5, is: 1}, {up_to: 3, is: 2}, {is: 3}]}, clause: WZ-A7}": "FIGURE_TABLE",
		"  x: {zh: x, en: x, steps: {of: n, list: [{is: 1}, {up_to: 3, is: 2}]}, clause: WZ-A7}":                    "FIGURE_TABLE",
		"  x: {zh: x, en: x, steps: {of: a, list: [{up_to: 5, is: 1}]}, clause: WZ-A7}":                             "FIGURE_UNITS",
		"  x: {zh: x, en: x, choose: [{when: 'n > 1', is: 1}], clause: WZ-A7}":                                      "FIGURE_TABLE",
		"  x: {zh: x, en: x, choose: [{when: 'a > 1', is: 1}, {is: 2}], clause: WZ-A7}":                             "CEL_BAD",
		"  x: {zh: x, en: x, type: money, sum: [n], clause: WZ-A7}":                                                 "FIGURE_UNITS",
		"  x: {zh: x, en: x, bands: {of: a, list: [{from: 10元, is: 1%}]}, clause: WZ-A7}":                           "FIGURE_UNITS",
		"  x: {zh: x, en: x, match: {of: n, is: {甲: 1}}, clause: WZ-A7}":                                            "FIGURE_UNITS",
		"  x: {zh: x, en: x, match: {of: s, is: {甲: 1, 乙: 5元}}, clause: WZ-A7}":                                     "FIGURE_UNITS",
		"  x: {zh: x, en: x, steps: {of: a, list: [{from: 9元, above: 9元, is: 1}]}, clause: WZ-A7}":                  "FIGURE_TABLE",
		"  x: {zh: x, en: x, steps: {of: n, list: [{from: 9, is: 1}, {up_to: 3, is: 1}]}, clause: WZ-A7}":           "FIGURE_TABLE",
		"  x: {zh: x, en: x, sum: [2024-01-01, 2025-01-01], clause: WZ-A7}":                                         "FIGURE_UNITS",
	} {
		_, faults := compile(t, facts+body)
		if len(faults) == 0 || faults[0].Code() != code {
			t.Errorf("%s\n got %v, want %s", body, faults, code)
		}
	}
}

func TestGradesByScoreAndLinesByGrade(t *testing.T) { // PX8-3.4.5
	p := must(t, `
facts:
  score: {type: number, zh: 得分, en: score, min: 0, max: 100}
figures:
  grade: {zh: 等级, en: grade, type: text, steps: {of: score, list: [{from: 90, is: AAA+}, {from: 80, is: AAA}, {is: 无}]}, reading: OP-49}
  line: {zh: 额度, en: line, match: {of: grade, is: {AAA+: 20万元, AAA: 15万元}, else: 0元}, clause: PX8-3.4.5}
`)
	for score, want := range map[rule.Raw]string{"90": "200,000.00 元", "89.99": "150,000.00 元", "79.5": "0.00 元"} {
		if v, err := p.Run(read(t, p, map[string]rule.Raw{"score": score})).Get("line"); err != nil || v.String() != want {
			t.Errorf("%s: %s %v, want %s", score, v, err, want)
		}
	}
	if _, faults := p.Facts.Read(map[string]rule.Raw{"score": "101"}, fault.Place{}); faults.Err() == nil || faults[0].Code() != "FACT_OUT_OF_RANGE" {
		t.Errorf("a score above 100 is refused, got %v", faults)
	}
}

func TestDaysMonthsAndYearsBetweenTwoDates(t *testing.T) {
	p := must(t, `
facts:
  a: {type: date, zh: 起, en: from}
  b: {type: date, zh: 止, en: to}
figures:
  d: {zh: 天, en: days, days: [a, b], clause: DY-3.2b}
  m: {zh: 月, en: months, months: [a, b], clause: DY-3.2b}
  y: {zh: 岁, en: years, years: [a, b], reading: OP-27}
`)
	for given, want := range map[[2]rule.Raw][3]string{{"1964-11-22", "2024-11-21"}: {"21915", "719", "59"}, {"1964-11-21", "2024-11-21"}: {"21916", "720", "60"},
		{"2024-02-29", "2025-02-28"}: {"366", "12", "1"}, {"2025-01-02", "2025-01-01"}: {"0", "0", "0"}} {
		r := p.Run(read(t, p, map[string]rule.Raw{"a": given[0], "b": given[1]}))
		for i, k := range []string{"d", "m", "y"} {
			if v, _ := r.Get(k); v.String() != want[i] {
				t.Errorf("%v %s = %s, want %s", given, k, v, want[i])
			}
		}
	}
}

func TestATableOfStepsCanBeSetAndAnOpenOneWaitsForIt(t *testing.T) { // WZ-A8, OP-63
	const text = `
facts:
  leverage: {type: number, zh: 放大倍数, en: leverage}
figures:
  coefficient:
    zh: 系数
    en: coefficient
    steps: {of: leverage, list: {name: leverage_coef, clause: WZ-A8, reading: OP-63}}
    clause: WZ-A8
`
	var open sheet
	if faults := rule.Decode("test.yaml", []byte(text), &open, nil); len(faults) != 1 || faults[0].Def != rule.FaultRequired || !open.Figures.Open() {
		t.Fatalf("the table is asked for by its name, got %v", faults)
	}
	var s sheet
	faults := rule.Decode("test.yaml", []byte(text), &s, map[string]string{"leverage_coef": "[{below: 5, is: 0.8}, {is: 1}]"})
	if faults.Err() != nil || s.Figures.Open() {
		t.Fatal(faults)
	}
	p, faults := Compile(s.Facts, s.Figures, nil)
	if faults.Err() != nil {
		t.Fatal(faults)
	}
	for leverage, want := range map[rule.Raw]string{"4.99": "0.8", "5": "1"} {
		if v, err := p.Run(read(t, p, map[string]rule.Raw{"leverage": leverage})).Get("coefficient"); err != nil || v.String() != want {
			t.Errorf("%s: %s %v, want %s", leverage, v, err, want)
		}
	}
}

func TestAShareThatNoDecimalEndsIsReadToSixAndKeptAsAFraction(t *testing.T) {
	for want, x := range map[string]*big.Rat{"5%": big.NewRat(600000, 12000000), "≈5.000008% (600001/12000000)": big.NewRat(600001, 12000000), "0.68%": big.NewRat(68, 10000)} {
		if got := OfRat(Percent, x).String(); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}
