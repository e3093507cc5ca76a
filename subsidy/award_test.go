package subsidy

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"ganlan/day"
	"ganlan/fault"
	"ganlan/figure"
	"ganlan/money"
	"ganlan/rule"
	"ganlan/scheme"
)

// loadAward reads an award from the text of its rules; the rest of the file is the same for all tests.
func loadAward(t testing.TB, rules string) *Award {
	t.Helper()
	a, faults := tryAward(rules)
	if err := faults.Err(); err != nil {
		t.Fatal(err)
	}
	return a
}

const awardHead = "scheme: a\ntitle: {zh: 甲, en: a}\narea: \"999999\"\nstatus: issued\nkind: award\ndocument: {issuer: 示例}\n" +
	"round: {to: fen, mode: half_up, source: 示例}\n"

func tryAward(rules string) (*Award, fault.List) {
	return scheme.LoadRules("scheme.yaml", []byte(awardHead+rules), nil, &Award{})
}

// special is a compensation with a ceiling per firm and a pool per product, as WZ-A3a and WZ-A5c have them.
const special = `
facts:
  firm: {type: text, zh: 企业, en: firm}
  item: {type: text, zh: 产品, en: product}
  loss: {type: money, zh: 损失, en: loss}
  balance: {type: money, zh: 余额, en: balance}
figures:
  part: {zh: 补偿, en: compensation, product: [30%, loss], source: 示例}
  pool: {zh: 总额, en: pool, product: [0.5%, balance], source: 示例}
amount: {is: part, source: 示例}
caps:
  - {money: 4000元, per: [firm], source: 示例}
  - {money: pool, per: [item], source: 示例}
pay: {payers: {is: [{who: province, share: 70%}, {who: county, share: 30%}], source: 示例}}
`

type loss struct {
	firm, item string
	fen        money.Fen
}

// specialRows are the losses as rows; the balance of an item is the same in all of its rows.
func specialRows(losses []loss, balance func(item string) money.Fen) []FactRow {
	rows := make([]FactRow, len(losses))
	for i, x := range losses {
		rows[i] = FactRow{No: fmt.Sprint(i + 1), Facts: figure.Row{"firm": figure.OfText(x.firm), "item": figure.OfText(x.item),
			"loss": figure.OfMoney(x.fen), "balance": figure.OfMoney(balance(x.item))}}
	}
	return rows
}

func drawLosses(t *rapid.T) []loss {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) loss {
		return loss{rapid.SampledFrom([]string{"甲", "乙", "丙"}).Draw(t, "firm"), rapid.SampledFrom([]string{"科创", "知产"}).Draw(t, "item"),
			money.Fen(rapid.Int64Range(0, 3_000_000).Draw(t, "loss"))}
	}), 1, 12).Draw(t, "losses")
}

func runAward(t interface{ Fatal(...any) }, a *Award, rows []FactRow, earlier ...Earlier) *AwardRun {
	run, err := a.Run(AwardInput{Year: 2023, Rows: rows, Earlier: earlier})
	if err != nil {
		t.Fatal(err)
	}
	return run
}

func TestACompensationStaysWithinLossCapAndPoolAndFillsAShortPool(t *testing.T) { // WZ-A3a, WZ-A5c, OP-64
	a := loadAward(t, special)
	rapid.Check(t, func(t *rapid.T) {
		losses := drawLosses(t)
		balance := money.Fen(rapid.Int64Range(0, 500_000_000).Draw(t, "balance"))
		run := runAward(t, a, specialRows(losses, func(string) money.Fen { return balance }))
		firms, items, due := map[string]money.Fen{}, map[string]money.Fen{}, map[string]money.Fen{}
		for i := range run.Rows {
			x := &run.Rows[i]
			if x.Amount < 0 || x.Amount > x.Computed || x.Amount > money.Fen(x.Facts["loss"].Rat().Num().Int64()) {
				t.Fatalf("%s of a loss of %s", x.Amount, x.Facts["loss"])
			}
			firms[x.Facts["firm"].Text()] += x.Amount
			item := x.Facts["item"].Text()
			items[item] += x.Amount
			due[item] += x.Computed
			for _, c := range x.Cuts {
				if c.Cap == &a.Caps[0] {
					due[item] += c.After - c.Before
				}
			}
			if (x.Amount == 0) != (x.Reason != "") {
				t.Fatalf("%s with reason %q", x.Amount, x.Reason)
			}
		}
		for firm, n := range firms {
			if n > 4000*money.Yuan {
				t.Fatalf("%s gets %s", firm, n)
			}
		}
		for item, n := range items {
			if want := min(balance/200, due[item]); n != want {
				t.Fatalf("%s gets %s of %s, want %s", item, n, balance/200, want)
			}
		}
	})
}

func TestTheOrderOfRowsChangesNothing(t *testing.T) {
	for _, rules := range []string{special, allocation, purchases} {
		a := loadAward(t, rules)
		rapid.Check(t, func(t *rapid.T) {
			rows := specialRows(drawLosses(t), func(item string) money.Fen { return money.Fen(len(item)) * 10_000_000 })
			for i := range rows {
				rows[i].Facts["on"] = figure.OfDate(day.Of(2023, 1, 1+rapid.IntRange(0, 3).Draw(t, "day")))
			}
			want := runAward(t, a, rows)
			got := runAward(t, a, rapid.Permutation(rows).Draw(t, "order"))
			for i := range want.Rows {
				if w, g := &want.Rows[i], &got.Rows[i]; w.No != g.No || w.Amount != g.Amount || w.Reason != g.Reason {
					t.Fatalf("%s: %s, turned around %s: %s", w.No, w.Amount, g.No, g.Amount)
				}
			}
		})
	}
}

func TestAnotherFirmsRowsDoNotChangeAFirmsCap(t *testing.T) { // WZ-A5a, OP-67
	a := loadAward(t, strings.Replace(special, "  - {money: pool, per: [item], source: 示例}\n", "", 1))
	rapid.Check(t, func(t *rapid.T) {
		losses := drawLosses(t)
		none := func(string) money.Fen { return 0 }
		alone := runAward(t, a, specialRows(losses, none))
		more := runAward(t, a, specialRows(append(slices.Clone(losses), loss{"丁", "科创", 9_000_000}), none))
		for i := range alone.Rows {
			if alone.Rows[i].Amount != more.Rows[i].Amount {
				t.Fatalf("%s became %s", alone.Rows[i].Amount, more.Rows[i].Amount)
			}
		}
	})
}

func TestSeveralClaimsInAYearNeverPassTheCapTogether(t *testing.T) { // WZ-A5a, WZ-A6
	a := loadAward(t, special)
	rapid.Check(t, func(t *rapid.T) {
		first, second := drawLosses(t), drawLosses(t)
		plenty := func(string) money.Fen { return 1e12 }
		one := runAward(t, a, specialRows(first, plenty))
		var earlier []Earlier
		paid := map[string]money.Fen{}
		for i := range one.Rows {
			x := &one.Rows[i]
			earlier = append(earlier, Earlier{Year: 2023, Paid: x.Amount, Of: x.Facts})
			paid[x.Facts["firm"].Text()] += x.Amount
		}
		two := runAward(t, a, specialRows(second, plenty), earlier...)
		for i := range two.Rows {
			paid[two.Rows[i].Facts["firm"].Text()] += two.Rows[i].Amount
		}
		for firm, n := range paid {
			if n > 4000*money.Yuan {
				t.Fatalf("%s was paid %s", firm, n)
			}
		}
	})
}

func TestPayersBearTheTotal(t *testing.T) { // WZ-F2, OP-04
	for _, rules := range []string{special, strings.Replace(special, "pay: {", "pay: {split: {of: row, source: 示例}, ", 1)} {
		a := loadAward(t, rules)
		rapid.Check(t, func(t *rapid.T) {
			run := runAward(t, a, specialRows(drawLosses(t), func(string) money.Fen { return 1e10 }))
			sum, rows := money.Fen(0), money.Fen(0)
			for _, p := range run.Payers {
				sum += p.Amount
			}
			for i := range run.Rows {
				rows += run.Rows[i].Amount
			}
			if sum != run.Total || rows != run.Total {
				t.Fatalf("payers %s, rows %s, total %s", sum, rows, run.Total)
			}
		})
	}
}

// allocation shares a budget out by a weighted amount.
const allocation = `
facts:
  firm: {type: text, zh: 企业, en: firm}
  item: {type: text, zh: 产品, en: product}
  loss: {type: money, zh: 数额, en: amount}
  balance: {type: money, zh: 预算, en: budget}
  on: {type: date, zh: 日期, en: date}
figures:
  weight: {zh: 权重, en: weight, match: {of: item, is: {科创: 1.5, 知产: 1}}, source: 示例}
  weighted: {zh: 加权额, en: weighted amount, product: [weight, loss], source: 示例}
allocate: {money: 1000001.01元, by: weighted, per: [all], source: 示例}
`

func TestAnAllocationSpendsTheWholeBudget(t *testing.T) { // V-32
	a := loadAward(t, allocation)
	rapid.Check(t, func(t *rapid.T) {
		losses := drawLosses(t)
		run := runAward(t, a, specialRows(losses, func(string) money.Fen { return 0 }))
		some := slices.ContainsFunc(losses, func(x loss) bool { return x.fen > 0 })
		if want := money.Fen(100000101); some && run.Total != want || !some && run.Total != 0 {
			t.Fatalf("%s of the budget", run.Total)
		}
		for i := range run.Rows {
			for k := range run.Rows {
				x, y := &run.Rows[i], &run.Rows[k]
				if x.Facts["item"].Text() == y.Facts["item"].Text() && x.Facts["loss"].Cmp(y.Facts["loss"]) < 0 && x.Amount > y.Amount+1 {
					t.Fatalf("less weight gets more: %s, %s", x.Amount, y.Amount)
				}
			}
		}
	})
}

// purchases come first by their date.
const purchases = `
facts:
  firm: {type: text, zh: 企业, en: firm}
  item: {type: text, zh: 产品, en: product}
  loss: {type: money, zh: 数额, en: amount}
  balance: {type: money, zh: 预算, en: budget}
  on: {type: date, zh: 日期, en: date}
amount: {is: loss, source: 示例}
caps:
  - {money: 5000元, per: [firm], short: first_come, by: on, source: 示例}
  - {money: 700元, per: [item], when: item == "知产", source: 示例}
`

func TestWhoComesFirstIsServedWholeBeforeTheNext(t *testing.T) { // V-26
	a := loadAward(t, strings.Replace(purchases, "  - {money: 700元, per: [item], when: item == \"知产\", source: 示例}\n", "", 1))
	rapid.Check(t, func(t *rapid.T) {
		rows := specialRows(drawLosses(t), func(string) money.Fen { return 0 })
		for i := range rows {
			rows[i].Facts["firm"] = figure.OfText("甲")
			rows[i].Facts["on"] = figure.OfDate(day.Of(2023, 1, 1+rapid.IntRange(0, 3).Draw(t, "day")))
		}
		run := runAward(t, a, rows)
		for i := range run.Rows {
			for k := range run.Rows {
				x, y := &run.Rows[i], &run.Rows[k]
				if x.Facts["on"].Day() < y.Facts["on"].Day() && x.Amount < x.Computed && y.Amount > 0 {
					t.Fatalf("%s waits with %s while %s has %s", x.No, x.Computed-x.Amount, y.No, y.Amount)
				}
			}
		}
	})
}

func TestAnAwardInWholeYuanStaysSoUnderACap(t *testing.T) {
	head := strings.Replace(awardHead, "to: fen, mode: half_up", "to: yuan, mode: down", 1)
	a, faults := scheme.LoadRules("scheme.yaml", []byte(head+strings.Replace(special, "4000元", "4000.50元", 1)), nil, &Award{})
	if faults.Err() != nil {
		t.Fatal(faults)
	}
	run := runAward(t, a, specialRows([]loss{{"甲", "科创", 1_000_000}, {"甲", "科创", 777_777}}, func(string) money.Fen { return 1e12 }))
	if run.Rows[0].Amount != 2250*money.Yuan || run.Rows[1].Amount != 1750*money.Yuan {
		// 3,000 + 2,333 → 4,000：2,250.14…、1,749.86…
		t.Errorf("%s, %s", run.Rows[0].Amount, run.Rows[1].Amount)
	}
}

func TestRulesOfAnAwardThatCannotBeRightAreRefused(t *testing.T) {
	for change, want := range map[[2]string]string{
		{"amount: {is: part,", "amount: {is: firm,"}:                                            "FIGURE_OPERAND",
		{"amount: {is: part, source: 示例}", ""}:                                                  "AMOUNT_WAY",
		{"per: [firm]", "per: [company]"}:                                                       "VALUE_UNKNOWN",
		{"money: pool", "money: firm"}:                                                          "FIGURE_OPERAND",
		{"money: pool, per: [item]", "money: pool, per: [item], short: first_come"}:             "TEST_INCOMPLETE",
		{"money: pool, per: [item]", "money: pool, per: [item], by: firm"}:                      "TEST_INCOMPLETE",
		{"per: [item], source: 示例", "per: [item]"}:                                              "CLAUSE_MISSING",
		{"source: 示例}}\n", "source: 示例}, split: {rest_to: town, source: 示例}}\n"}:                "PAYER_UNKNOWN",
		{"amount: {is", "who: [{holds: firm, code: X, zh: x, en: x, source: 示例}]\namount: {is"}: "CEL_BAD",
		{"amount: {is", "who: [{holds: firm == \"甲\", code: X, zh: x, en: x}]\namount: {is"}:    "TEST_INCOMPLETE",
		{"amount: {is", "exclusions: [common]\namount: {is"}:                                    "EXCLUSIONS_MISSING",
		{"amount: {is", "grant: {fact: firm, source: 示例}\namount: {is"}:                         "FIGURE_OPERAND",
	} {
		text := strings.Replace(special, change[0], change[1], 1)
		if _, faults := tryAward(text); len(faults) == 0 || faults[0].Code() != want {
			t.Errorf("%v: %v, want %s", change, faults, want)
		}
	}
}

func TestARowThatIsMissingAFactRefusesAllAndSaysWhere(t *testing.T) {
	a := loadAward(t, special)
	rows := specialRows([]loss{{"甲", "科创", 100}, {"乙", "科创", 100}}, func(string) money.Fen { return 100 })
	delete(rows[1].Facts, "loss")
	rows[1].Place = fault.Place{File: "facts.csv", Row: 3}
	_, err := a.Run(AwardInput{Year: 2023, Rows: rows})
	if fs := fault.From(err); len(fs) != 1 || fs[0].Code() != "UNDECIDED" || fs[0].Place.Row != 3 || !strings.Contains(fs[0].Error(), "损失") {
		t.Errorf("got %v", err)
	}
	rows[1].No = "1"
	if _, err := a.Run(AwardInput{Year: 2023, Rows: rows[:2]}); fault.From(err)[0].Code() != "ROW_TWICE" {
		t.Errorf("got %v", err)
	}
}

func TestRecordsAreCountedInOneWayEach(t *testing.T) { // WZ-A6, OP-68
	const text = `
facts:
  firm: {type: text, zh: 企业, en: firm}
records:
  by: [firm]
  facts: {n: {type: money, zh: 额, en: amount}, d: {type: date, zh: 日, en: day}, s: {type: text, zh: 户, en: name}}
  totals:
    first: {zh: 最早, en: first, lowest: d, source: 示例}
    last: {zh: 最晚, en: last, highest: d, source: 示例}
    average: {zh: 平均, en: mean, mean: n, source: 示例}
    names: {zh: 户数, en: names, distinct: s, source: 示例}
figures:
  length: {zh: 天数, en: number of days, days: [first, last], source: 示例}
  paid: {zh: 奖励, en: award, product: [average, names], source: 示例}
amount: {is: paid, source: 示例}
`
	a := loadAward(t, text)
	var rows []FactRow
	for i, n := range []money.Fen{100, 101, 101} {
		rows = append(rows, FactRow{No: fmt.Sprint(i), Facts: figure.Row{"firm": figure.OfText("甲"), "n": figure.OfMoney(n),
			"d": figure.OfDate(day.Of(2023, 1, 1+i)), "s": figure.OfText([]string{"a", "b", "a"}[i])}})
	}
	run := runAward(t, a, rows)
	// 302/3 × 2 = 201.33 fen
	if len(run.Rows) != 1 || run.Rows[0].Amount != 201 {
		t.Errorf("%+v", run.Rows)
	}
	if said := run.Explain("甲"); !slices.ContainsFunc(said, func(s Said) bool { return strings.HasSuffix(s.Zh, "= 3") && strings.HasPrefix(s.Zh, "天数") }) {
		t.Errorf("the days are not said: %v", said)
	}
	for _, bad := range []string{"sum: s", "mean: d", "sum: x", "sum: n, count: true", "count: false"} {
		_, faults := tryAward(strings.Replace(text, "distinct: s", bad, 1))
		if len(faults) == 0 || faults[0].Code() != "TOTAL_BAD" {
			t.Errorf("%s: %v", bad, faults)
		}
	}
}

func TestEveryWordAndReasonIsSaidInBothLanguages(t *testing.T) {
	f := scheme.Folder{FS: os.DirFS("../policies"), Dir: "330300-wenzhou/article-6", ID: "330300-article-6"}
	a, faults := scheme.LoadFolder(f, map[string]string{"valid_from": "2022-05-01"}, func() *Award { return &Award{} })
	if faults.Err() != nil {
		t.Fatal(faults)
	}
	seen := map[string]bool{}
	for _, l := range a.Words() {
		seen[l.Key] = true
		if l.Value.Zh == "" || l.Value.En == "" || l.Cite == "" && l.Key != "records.by" && l.Key != "pay.split" {
			t.Errorf("%+v", l)
		}
	}
	for _, key := range []string{"who.CLASS_C_D", "records.totals.deals", "caps[0]", "pay.payers", "valid", "exclusions"} {
		if !seen[key] {
			t.Errorf("%s is not said", key)
		}
	}
	for code, w := range awardReasons {
		if w.Zh == "" || w.En == "" || a.ReasonWords(code) != w {
			t.Errorf("%s: %+v", code, w)
		}
	}
}

func TestTheHashOfASchemeHoldsItsSharedExclusions(t *testing.T) { // WZ-F1
	f := scheme.Folder{FS: os.DirFS("../policies"), Dir: "330300-wenzhou/article-4", ID: "330300-article-4"}
	a, _ := scheme.LoadFolder(f, nil, func() *Award { return &Award{} })
	_, faults := scheme.LoadRules("scheme.yaml", f.Read("scheme.yaml"), nil, &Award{})
	alone := false
	for _, x := range faults {
		alone = alone || x.Def == scheme.FaultNoExclusions
	}
	if !alone || a.Hash == "" {
		t.Error("the exclusions are not part of the scheme")
	}
	x := map[string]string{"valid_from": "2022-05-01", "exclusions": "[NOT_LEGAL_PERSONS]"}
	_, faults = scheme.LoadFolder(f, x, func() *Award { return &Award{} })
	if faults.Err() == nil || faults[0].Def != rule.FaultChoice {
		t.Errorf("an exclusion that there is not is refused, got %v", faults)
	}
}

// BenchmarkAward computes an award of two caps for a county's 100,000 rows.
func BenchmarkAward(b *testing.B) {
	const n = 100_000
	a := loadAward(b, special)
	losses := make([]loss, n)
	for i := range losses {
		losses[i] = loss{"企业" + fmt.Sprint(i/3), []string{"科创", "知产"}[i%2], money.Fen(i * 37 % 2_000_000)}
	}
	rows := specialRows(losses, func(string) money.Fen { return 1e13 })
	b.ReportAllocs()
	for b.Loop() {
		if run := runAward(b, a, rows); len(run.Rows) != n {
			b.Fatal(len(run.Rows))
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/n, "ns/row")
}
