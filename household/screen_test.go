package household

import (
	"fmt"
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

const screen = `
scheme: t
title: {zh: 筛选, en: screen}
area: "330783"
status: issued
kind: screen
document: {issuer: 某县}
facts:
  income: {type: money, min: 0元, zh: 收入, en: income}
  class: {type: text, in: [一般, 低边, 低保], zh: 类别, en: class}
  purpose: {type: text, zh: 用途, en: purpose}
  applied: {type: date, zh: 申请日, en: applied}
members:
  facts:
    birth: {type: date, zh: 出生, en: birth}
    payroll: {type: flag, zh: 财政供养, en: payroll}
    wage: {type: money, zh: 工资, en: wage}
  figures:
    age: {zh: 周岁, en: age, years: [birth, applied]}
  counts:
    payroll_members: {zh: 供养人数, en: payroll members, when: payroll}
    wages: {zh: 工资合计, en: wages, sum: wage}
figures:
  rest: {zh: 工资外收入, en: other income, difference: [income, wages]}
tests:
  - {code: CLASS, zh: 类别, en: class, of: class, words: {一般: in, 低边: decide, 低保: out}, clause: DY-1.1}
  - code: INCOME
    zh: 收入
    en: income
    of: income
    bands:
      - {up_to: {is: 100000元, name: income_ceiling, clause: DY-1.1}, is: in}
      - {above: {is: 100000元, name: income_ceiling, clause: DY-1.1}, is: out}
    clause: DY-1.1
  - code: AGE
    zh: 年龄
    en: age
    on: applicant
    of: age
    bands:
      - {below: 18, is: out}
      - {from: 18, up_to: 60, is: in}
      - {from: 61, up_to: 65, is: decide, code: OLDER, zh: 例外, en: exception}
      - {above: 65, is: out}
    clause: PX2-1.6
  - {code: PURPOSE, zh: 用途, en: purpose, of: purpose, in: [经营, 助学], clause: DY-2.1}
  - {code: FORBIDDEN, zh: 禁止, en: forbidden, of: purpose, not_in: [赌博], clause: PX3-3.2c}
  - {code: PAYROLL, zh: 供养, en: payroll, cel: payroll_members == 0, apply: {is: false, name: bar_public_payroll, reading: OP-29}, reading: OP-29}
manual: {is: second_approval, reading: OP-23}
tags:
  - {zh: 供养, en: payroll, when: payroll_members > 0, clause: SC-5.1}
types:
  - {zh: 就业, en: employment, when: "wages > yuan('0')", clause: LG-2.2}
  - {zh: 经营, en: business, when: "rest > yuan('0')", clause: LG-2.1}
checks:
  - {item: DIBAO, zh: 低保, en: assistance, clause: LG-5.7}
required_checks: {is: [], name: required_checks, reading: OP-42}
`

func load(text string, sets map[string]string) (*Screen, fault.List) {
	return scheme.LoadRules("scheme.yaml", []byte(text), sets, &Screen{})
}

func must(t testing.TB, text string, sets map[string]string) *Screen {
	t.Helper()
	s, faults := load(text, sets)
	if err := faults.Err(); err != nil {
		t.Fatal(err)
	}
	return s
}

// family draws a household; some facts are not given.
func family(t *rapid.T) Candidate {
	f := Candidate{On: day.Of(2024, 6, 1), Facts: figure.Row{"applied": figure.OfDate(day.Of(2024, 5, 20))}}
	maybe := func(name string, v figure.Value) {
		if rapid.IntRange(0, 9).Draw(t, name+" given") > 0 {
			f.Facts[name] = v
		}
	}
	maybe("income", figure.OfMoney(money.Fen(rapid.Int64Range(9_999_900, 10_000_100).Draw(t, "income"))))
	maybe("class", figure.OfText(rapid.SampledFrom([]string{"一般", "低边", "低保"}).Draw(t, "class")))
	maybe("purpose", figure.OfText(rapid.SampledFrom([]string{"经营", "助学", "赌博"}).Draw(t, "purpose")))
	n := rapid.IntRange(0, 4).Draw(t, "members")
	for i := range n {
		p := Person{Name: fmt.Sprint(i), Applicant: i == 0, Facts: figure.Row{"wage": figure.OfMoney(money.Fen(rapid.Int64Range(0, 100).Draw(t, "wage")))}}
		if rapid.IntRange(0, 9).Draw(t, "payroll given") > 0 {
			p.Facts["payroll"] = figure.OfFlag(rapid.Bool().Draw(t, "payroll"))
		}
		p.Facts["birth"] = figure.OfDate(day.Of(1955, 1, 1) + day.Date(rapid.IntRange(0, 20000).Draw(t, "birth")))
		f.Members = append(f.Members, p)
	}
	return f
}

func judge(t *rapid.T, s *Screen, f Candidate) *Result {
	r, err := s.Judge(f)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestTheOrderOfMembersIsFree(t *testing.T) { // LG-3.1, SC-2.0
	s := must(t, screen, nil)
	rapid.Check(t, func(t *rapid.T) {
		f := family(t)
		g := f
		g.Members = rapid.Permutation(f.Members).Draw(t, "order")
		if a, b := judge(t, s, f).Text(fault.Zh), judge(t, s, g).Text(fault.Zh); !slices.Equal(a, b) {
			t.Fatalf("%q\n%q", a, b)
		}
	})
}

func TestAHouseholdIsInOnlyWhenEveryTestHolds(t *testing.T) { // DY-1.1, OP-22
	s := must(t, screen, nil)
	rapid.Check(t, func(t *rapid.T) {
		r := judge(t, s, family(t))
		worst := In
		for _, f := range r.Findings {
			switch {
			case f.State == Fails:
				worst = Out
			case worst == In && (f.State == ForAPerson || f.State == NotGiven):
				worst = Decide
			}
			if (f.State == Holds) != (f.Code == "") && f.State != NotApplied {
				t.Fatalf("%+v", f)
			}
		}
		if r.Verdict != worst || (r.Reason == nil) != (worst == In) {
			t.Fatalf("verdict %s, want %s", r.Verdict, worst)
		}
	})
}

func TestMoreIncomeNeverBringsAHouseholdIn(t *testing.T) { // OP-22
	s := must(t, screen, nil)
	rapid.Check(t, func(t *rapid.T) {
		f := family(t)
		poor, rich := rapid.Int64Range(0, 2e7).Draw(t, "poor"), rapid.Int64Range(0, 2e7).Draw(t, "rich")
		if poor > rich {
			poor, rich = rich, poor
		}
		f.Facts["income"] = figure.OfMoney(money.Fen(poor))
		a := judge(t, s, f)
		f.Facts["income"] = figure.OfMoney(money.Fen(rich))
		if b := judge(t, s, f); a.Verdict == Out && b.Verdict != Out {
			t.Fatalf("%d out, %d %s", poor, rich, b.Verdict)
		}
	})
}

func TestBandsWithGapsOrOverlapsAreFound(t *testing.T) { // OP-22, OP-27
	for _, x := range []struct{ old, new, code string }{
		{"{from: 18, up_to: 60,", "{from: 19, up_to: 60,", "BANDS_GAP"},        // 18 is nowhere
		{"{from: 18, up_to: 60,", "{from: 17, up_to: 60,", "BANDS_OVERLAP"},    // 17 is twice
		{"{from: 61, up_to: 65,", "{from: 60, up_to: 65,", "BANDS_OVERLAP"},    // 18–60 and 60–65 as the text has them
		{"{from: 61, up_to: 65,", "{above: 61, up_to: 65,", "BANDS_GAP"},       // 61 is nowhere
		{"{above: 65, is: out}", "{above: 66, is: out}", "BANDS_GAP"},          // 66
		{"      - {above: 65, is: out}\n", "", "BANDS_GAP"},                    // nothing above 65
		{"{below: 18, is: out}", "{from: 1, below: 18, is: out}", "BANDS_GAP"}, // nothing below 1
		{"{from: 18, up_to: 60,", "{from: 60, up_to: 18,", "BANDS_BAD"},
		{"{from: 18, up_to: 60,", "{from: 18, above: 17, up_to: 60,", "BANDS_BAD"},
		{"{from: 18, up_to: 60,", "{from: 18元, up_to: 60,", "VALUE_TYPE"},
		{"{above: {is: 100000元", "{from: {is: 100000元", "BANDS_OVERLAP"}, // exactly 100,000.00 twice
		{"{up_to: {is: 100000元", "{below: {is: 100000元", "BANDS_GAP"},    // exactly 100,000.00 nowhere
		{"低边: decide, ", "", "BANDS_GAP"},
		{"低边: decide", "低边: decide, 特困: out", "VALUE_UNKNOWN"},
		{"not_in: [赌博]", "not_in: [赌博, 助学]", "BANDS_OVERLAP"},
		{"of: class, words", "of: clas, words", "VALUE_UNKNOWN"},
		{"of: class, words", "of: income, words", "TEST_INCOMPLETE"},
		{"cel: payroll_members == 0", "cel: payroll == 0", "CEL_BAD"},
		{"when: payroll}", "when: payroll, sum: wage}", "TEST_INCOMPLETE"},
		{"not_in: [赌博],", "not_in: [赌博], then: in,", "TEST_INCOMPLETE"},
		{"sum: wage", "sum: birth", "TEST_INCOMPLETE"},
		{"required_checks: {is: []", "required_checks: {is: [HUKOU]", "VALUE_UNKNOWN"},
		{"{item: DIBAO,", "{item: DIBAO, zh: 甲, en: a, clause: LG-5.7}\n  - {item: DIBAO,", "KEY_TWICE"},
		{"not_in: [赌博], clause: PX3-3.2c", "not_in: [赌博]", "CLAUSE_MISSING"},
		{"    age: {zh: 周岁", "    income: {zh: 周岁", "FIGURE_NAME"},
	} {
		if !strings.Contains(screen, x.old) {
			t.Fatalf("the screen has no %q", x.old)
		}
		_, faults := load(strings.Replace(screen, x.old, x.new, 1), nil)
		if len(scheme.Refused(x.code, faults)) > 0 {
			t.Errorf("%s for %s: %v, want %s", x.new, x.old, faults, x.code)
		}
	}
}

func TestAGapNamesTheClauseOfTheSilence(t *testing.T) { // OP-27
	_, faults := load(strings.Replace(screen, "{from: 61, up_to: 65,", "{from: 62, up_to: 65,", 1), nil)
	if err := faults.Err(); err == nil || !strings.Contains(err.Error(), "PX2-1.6") || !strings.Contains(err.Error(), "≤ 60 | ≥ 62") {
		t.Errorf("got %v", err)
	}
}

func TestWhatWaitsIsNotWhatIsOut(t *testing.T) { // OP-23, OP-27
	s := must(t, screen, nil)
	base := figure.Row{"income": figure.OfMoney(5_000_000), "class": figure.OfText("一般"), "purpose": figure.OfText("经营"), "applied": figure.OfDate(day.Of(2024, 5, 20))}
	person := Person{Name: "甲", Facts: figure.Row{"birth": figure.OfDate(day.Of(1962, 5, 20)), "payroll": figure.OfFlag(true), "wage": figure.OfMoney(100)}}
	r, err := s.Judge(Candidate{Facts: base, Members: []Person{person}, On: day.Of(2024, 6, 1)})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"待人工决定：例外", "类别（类别 一般）：符合 [DY-1.1]", "收入（收入 50,000.00 元，≤ 100,000.00 元）：符合 [DY-1.1]",
		"例外（周岁 62，≥ 61, ≤ 65）：待人工决定 [PX2-1.6]", "用途（用途 经营）：符合 [DY-2.1]", "禁止（用途 经营）：符合 [PX3-3.2c]",
		"供养：本方案不适用 [OP-29]", "标签 供养;  2024-06-01 ⇐ payroll_members > 0 [SC-5.1]",
		"类型 就业;  2024-06-01 ⇐ wages > yuan('0') [LG-2.2]", "类型 经营;  2024-06-01 ⇐ rest > yuan('0') [LG-2.1]", "低保：未核实 [LG-5.7]"}
	if got := r.Text(fault.Zh); !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func TestARowHoldsAHouseholdAndItsApplicant(t *testing.T) { // PX3-2
	s := must(t, screen, nil)
	row, faults := s.AllFacts().Read(map[string]rule.Raw{"income": "100000", "class": "一般", "purpose": "助学", "applied": "2024-05-20",
		"birth": "1964-05-20", "payroll": "false", "wage": "0"}, fault.Place{})
	if err := faults.Err(); err != nil {
		t.Fatal(err)
	}
	if r, err := s.Row("H1", row); err != nil || r.Verdict != In || r.No != "H1" {
		t.Errorf("%+v, %v", r, err)
	}
}

func TestEveryValueOfAScreenIsSaidInBothLanguages(t *testing.T) {
	lines := must(t, screen, nil).Words()
	for _, l := range lines {
		if l.Value.Zh == "" || l.Value.En == "" {
			t.Errorf("%s has no words", l.Key)
		}
	}
	if len(lines) < 30 {
		t.Errorf("only %d lines", len(lines))
	}
}

// BenchmarkScreen100k screens the families of a large county, three members each.
func BenchmarkScreen100k(b *testing.B) {
	s := must(b, screen, nil)
	f := Candidate{On: day.Of(2024, 6, 1), Facts: figure.Row{"income": figure.OfMoney(5_000_000), "class": figure.OfText("一般"),
		"purpose": figure.OfText("经营"), "applied": figure.OfDate(day.Of(2024, 5, 20))}}
	for i := range 3 {
		f.Members = append(f.Members, Person{Name: fmt.Sprint(i), Applicant: i == 0, Facts: figure.Row{"birth": figure.OfDate(day.Of(1980, 5, 20)),
			"payroll": figure.OfFlag(false), "wage": figure.OfMoney(100)}})
	}
	for b.Loop() {
		for range 100_000 {
			if r, err := s.Judge(f); err != nil || r.Verdict != In {
				b.Fatal(r, err)
			}
		}
	}
}
