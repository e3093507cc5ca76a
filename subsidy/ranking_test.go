package subsidy

import (
	"fmt"
	"math/big"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"ganlan/fault"
	"ganlan/figure"
	"ganlan/money"
	"ganlan/scheme"
)

const rankingRules = `
ranked: {of: bank, code: code}
per: [item]
facts:
  code: {type: text, zh: 代码, en: code}
  item: {type: text, zh: 单项, en: item}
  growth: {type: number, zh: 增长, en: growth}
  rate: {type: number, zh: 利率, en: rate}
score:
  scale: min_max
  parts: [{of: growth, weight: 60%, source: 示例}, {of: rate, weight: 40%, better: less, source: 示例}]
  source: 示例
ties: {rank: skip, award: shared, source: 示例}
awards: {list: [300000元, 200000元, 100000元], source: 示例}
pay: {payers: {is: [{who: city, share: 100%}], source: 示例}}
`

func tryRanking(rules string) (*Ranking, fault.List) {
	return scheme.LoadRules("scheme.yaml", []byte(strings.Replace(awardHead, "kind: award", "kind: ranking", 1)+rules), nil, &Ranking{})
}

func loadRanking(t testing.TB, rules string) *Ranking {
	t.Helper()
	k, faults := tryRanking(rules)
	if err := faults.Err(); err != nil {
		t.Fatal(err)
	}
	return k
}

const someBank = "91990001100000008P"

func drawBanks(t *rapid.T) (rows []FactRow) {
	n := rapid.IntRange(1, 9).Draw(t, "n")
	for i := range n {
		rows = append(rows, bankRow(i, rapid.SampledFrom([]string{"山区", "批量"}).Draw(t, "item"), rapid.Int64Range(0, 5).Draw(t, "growth"),
			rapid.Int64Range(0, 5).Draw(t, "rate")))
	}
	return rows
}

func bankRow(i int, item string, growth, rate int64) FactRow {
	return FactRow{No: fmt.Sprint(i), Facts: figure.Row{"code": figure.OfText(someBank), "item": figure.OfText(item),
		"growth": figure.OfRat(figure.Number, big.NewRat(growth, 1)), "rate": figure.OfRat(figure.Number, big.NewRat(rate, 1))}}
}

func runRanking(t interface{ Fatal(...any) }, k *Ranking, rows []FactRow) *RankingRun {
	run, err := k.Run(RankingInput{Year: 2023, Rows: rows})
	if err != nil {
		t.Fatal(err)
	}
	return run
}

func TestARankCountsTheBetterRowsAndNeverTheOrderOfInput(t *testing.T) { // WZ-A1, WZ-A2, OP-70
	k := loadRanking(t, rankingRules)
	rapid.Check(t, func(t *rapid.T) {
		rows := drawBanks(t)
		run, other := runRanking(t, k, rows), runRanking(t, k, rapid.Permutation(rows).Draw(t, "order"))
		for i := range run.Rows {
			x := &run.Rows[i]
			better := 0
			for j := range run.Rows {
				if y := &run.Rows[j]; y.Group == x.Group && y.Score.Cmp(x.Score) > 0 {
					better++
				}
			}
			if x.Rank != better+1 || x.Score.Sign() < 0 || x.Score.Cmp(big.NewRat(100, 1)) > 0 {
				t.Fatalf("%s: rank %d with %d better, score %s", x.No, x.Rank, better, x.Score)
			}
			if y := other.byNo(x.No); y.Rank != x.Rank || y.Amount != x.Amount || y.Score.Cmp(x.Score) != 0 {
				t.Fatalf("%s: rank %d, turned around %d", x.No, x.Rank, y.Rank)
			}
		}
	})
}

func TestATableNeverPaysMoreThanItsPlaces(t *testing.T) { // WZ-A2
	for _, tied := range []string{"shared", "undecided"} {
		k := loadRanking(t, strings.Replace(rankingRules, "award: shared", "award: "+tied, 1))
		rapid.Check(t, func(t *rapid.T) {
			run := runRanking(t, k, drawBanks(t))
			paid, rows := map[string]money.Fen{}, map[string]int{}
			for i := range run.Rows {
				paid[run.Rows[i].Group] += run.Rows[i].Amount
				rows[run.Rows[i].Group]++
			}
			whole := money.Fen(0)
			for item, n := range rows {
				full := []money.Fen{300000, 500000, 600000}[min(n, 3)-1] * money.Yuan
				if whole += full; tied == "shared" && paid[item] != full || paid[item] > full {
					t.Fatalf("%s is paid %s for %d rows", item, paid[item], n)
				}
			}
			if run.Total+run.Open != whole {
				t.Fatalf("%s paid and %s open of %s", run.Total, run.Open, whole)
			}
		})
	}
}

func TestAnIndicatorDecidesBetweenEqualScores(t *testing.T) { // OP-70
	k := loadRanking(t, strings.Replace(rankingRules, "ties: {rank: skip,", "ties: {rank: skip, then: [{of: rate, better: less, source: 示例}],", 1))
	run := runRanking(t, k, []FactRow{bankRow(1, "山区", 0, 0), bankRow(2, "山区", 2, 3), bankRow(3, "山区", 3, 9), bankRow(4, "山区", 1, 0)})
	// 60% × (0, 66.7, 100, 33.3) + 40% × (100, 66.7, 0, 100) = 40, 66.7, 60, 60
	var got []string
	for i := range run.Rows {
		got = append(got, fmt.Sprint(run.Rows[i].No, ":", run.Rows[i].Rank))
	}
	if want := []string{"2:1", "4:2", "3:3", "1:4"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestScoresCanBeRoundedBeforeTheyAreRanked(t *testing.T) { // OP-70
	k := loadRanking(t, strings.Replace(strings.Replace(rankingRules, "scale: min_max", "scale: as_given\n  decimals: 1", 1), ", better: less", "", 1))
	rows := []FactRow{bankRow(1, "山区", 10, 10), bankRow(2, "山区", 10, 10)}
	rows[1].Facts["rate"] = figure.OfRat(figure.Number, big.NewRat(10124, 1000)) // 6 + 4.0496 = 10.0496 → 10.0
	if run := runRanking(t, k, rows); run.Rows[0].Tied != 2 || run.Rows[0].Score.RatString() != "10" {
		t.Errorf("%+v", run.Rows)
	}
	if got := rounded(big.NewRat(-15, 100), 1).RatString(); got != "-1/10" {
		t.Errorf("half goes up, got %s", got)
	}
}

func TestOnlyInstitutionsAreRanked(t *testing.T) { // OP-70
	for _, of := range []string{"official", "village", "township", "person", "household", "branch_manager"} {
		_, faults := tryRanking(strings.Replace(rankingRules, "of: bank", "of: "+of, 1))
		if len(faults) != 1 || faults[0].Code() != "RANKING_SUBJECT" {
			t.Errorf("%s: %v", of, faults)
		}
	}
	k := loadRanking(t, rankingRules)
	for code, want := range map[string]string{"990101197001010016": "RANKING_NO_INSTITUTION", "甲村": "RANKING_NO_INSTITUTION", "": "FACT_MISSING"} {
		row := bankRow(1, "山区", 1, 1)
		if row.Facts["code"] = figure.OfText(code); code == "" {
			delete(row.Facts, "code")
		}
		_, err := k.Run(RankingInput{Year: 2023, Rows: []FactRow{row}})
		if fs := fault.From(err); len(fs) != 1 || fs[0].Code() != want || strings.Contains(fs[0].Error(), "19700101") {
			t.Errorf("%s: %v", code, err)
		}
	}
}

func TestRulesOfARankingThatCannotBeRightAreRefused(t *testing.T) {
	for change, want := range map[[2]string]string{
		{"weight: 60%", "weight: 61%"}:                                     "WEIGHTS_SUM",
		{"weight: 60%", "weight: -60%"}:                                    "WEIGHTS_SUM",
		{"scale: min_max", "scale: as_given"}:                              "TEST_INCOMPLETE",
		{"of: growth", "of: item"}:                                         "FIGURE_OPERAND",
		{"per: [item]", "per: [town]"}:                                     "VALUE_UNKNOWN",
		{"[300000元, ", "[50%, "}:                                           "PLACES_BAD",
		{"[300000元, 200000元, 100000元]", "[50%, 30%]"}:                      "PLACES_BAD",
		{"[300000元, 200000元, 100000元]", "[50%, 60%], of: 100元"}:            "PLACES_BAD",
		{"[300000元, 200000元, 100000元]", "[viel]"}:                          "MONEY_BAD",
		{"award: shared", "award: shared, grant: item"}:                    "FIGURE_OPERAND",
		{"award: shared", "award: shared, then: [{of: item, source: 示例}]"}: "FIGURE_OPERAND",
	} {
		if _, faults := tryRanking(strings.Replace(rankingRules, change[0], change[1], 1)); len(faults) == 0 || faults[0].Code() != want {
			t.Errorf("%v: %v, want %s", change, faults, want)
		}
	}
}

func TestARankingIsSaidInBothLanguages(t *testing.T) {
	k := loadRanking(t, rankingRules)
	for _, l := range k.Words() {
		if l.Value.Zh == "" || l.Value.En == "" {
			t.Errorf("%+v", l)
		}
	}
	run := runRanking(t, k, []FactRow{bankRow(1, "山区", 1, 1), bankRow(2, "山区", 3, 1), bankRow(3, "山区", 2, 1)})
	var zh, en []string
	for _, s := range run.Explain("3") {
		zh, en = append(zh, s.Zh), append(en, s.En)
	}
	if want := []string{"增长 2（最低 1，最高 3），50 分 × 权重 60% = 30", "利率 1（最低 1，最高 1），100 分 × 权重 40% = 40", "得分 = 各项合计 = 70", "第 2 名", "得 200,000.00 元"}; !slices.Equal(zh, want) {
		t.Errorf("%q", zh)
	}
	if want := "growth 2 (lowest 1, highest 3), 50 points × weight 60% = 30"; en[0] != want || en[4] != "gets 200,000.00 yuan" {
		t.Errorf("%q", en)
	}
}

// BenchmarkRanking ranks 100,000 rows in ten tables.
func BenchmarkRanking(b *testing.B) {
	const n = 100_000
	k := loadRanking(b, rankingRules)
	rows := make([]FactRow, n)
	for i := range rows {
		rows[i] = bankRow(i, fmt.Sprint(i%10), int64(i*37%1000), int64(i*91%777))
	}
	for b.Loop() {
		if run := runRanking(b, k, rows); len(run.Rows) != n {
			b.Fatal(len(run.Rows))
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/n, "ns/row")
}
