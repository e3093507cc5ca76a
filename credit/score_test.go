package credit

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
	"ganlan/rule"
	"ganlan/scheme"
)

const head = `
scheme: t
title: {zh: 评级, en: rating}
area: "990003"
status: issued
kind: score_card
model: true
document: {issuer: 某县}
`

const card = head + `
facts:
  honesty: {type: number, zh: 诚信度, en: honesty}
  income: {type: number, zh: 收入, en: income}
  basics: {type: number, zh: 基本情况, en: basics}
  poor: {type: flag, zh: 贫困户, en: poor}
score:
  weights: {is: {honesty: 60%, income: 30%, basics: 10%}, name: weights, clause: PX2-1.3}
  max: {is: 100, name: score_max, reading: OP-49}
  missing: {is: refuse, name: missing_scores, reading: OP-49}
  bonus:
    - {when: poor, points: {is: 3, name: bonus_points, reading: OP-50}, zh: 加分, en: bonus, clause: PX8-3.4.7}
grades:
  borders: {is: "AAA+ 90, AAA 80, AA 70, A 60", name: grade_borders, reading: OP-49}
  none: {zh: 无, en: none}
line:
  table: {is: "AAA+ 200000, AAA 150000, AA 100000, A 50000", name: line_table, clause: PX8-3.4.5}
  months: {is: 36, clause: PX8-3.4.5}
dynamics:
  score_step: {is: 1, name: score_step, reading: OP-60}
  rate_step: {is: 0.1%, name: rate_step, reading: OP-60}
  rate_by: {is: last_loan, name: rate_step_by, reading: OP-60}
group:
  rep_share: {is: 2/5, clause: PX1-5}
  rep_share_of: {is: members, name: rep_share_of, reading: OP-51}
  quorum: {is: 1/2, reading: OP-51}
`

func load(t testing.TB, text string, sets map[string]string) (*Card, fault.List) {
	t.Helper()
	return scheme.LoadRules("scheme.yaml", []byte(text), sets, &Card{})
}

func must(t testing.TB, text string, sets map[string]string) *Card {
	t.Helper()
	c, faults := load(t, text, sets)
	if err := faults.Err(); err != nil {
		t.Fatal(err)
	}
	return c
}

func facts(honesty, income, basics *big.Rat, poor bool) figure.Row {
	return figure.Row{"honesty": figure.OfRat(figure.Number, honesty), "income": figure.OfRat(figure.Number, income),
		"basics": figure.OfRat(figure.Number, basics), "poor": figure.OfFlag(poor)}
}

func points(t *rapid.T, name string) *big.Rat {
	return big.NewRat(rapid.Int64Range(0, 10000).Draw(t, name), 100)
}

func events(t *rapid.T) (out []Event) {
	for range rapid.IntRange(0, 5).Draw(t, "events") {
		e := Event{On: day.Of(2023, 1, 1) + day.Date(rapid.IntRange(0, 3).Draw(t, "on")), Kind: EventKind(rapid.SampledFrom(EventKind("").Known()).Draw(t, "kind"))}
		if e.Kind == Up || e.Kind == Down {
			e.Points, e.Reason = Points{figure.OfRat(figure.Number, big.NewRat(rapid.Int64Range(1, 500).Draw(t, "points"), 100))}, "核实"
		}
		out = append(out, e)
	}
	return out
}

func rate(t *rapid.T, c *Card, s Subject) *Rating {
	r, err := c.Rate(s)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestPartsAddUpToTheScoreAndTheScoreStaysOnItsScale(t *testing.T) { // OP-50
	c := must(t, card, nil)
	rapid.Check(t, func(t *rapid.T) {
		s := Subject{Facts: facts(points(t, "a"), points(t, "b"), points(t, "c"), rapid.Bool().Draw(t, "poor")), On: day.Of(2024, 1, 1), Events: events(t)}
		r := rate(t, c, s)
		sum := new(big.Rat)
		for _, p := range r.Parts {
			sum.Add(sum, p.Points)
		}
		if sum.Cmp(r.Score) != 0 || r.Score.Sign() < 0 || r.Score.Cmp(big.NewRat(100, 1)) > 0 {
			t.Fatalf("parts %s, score %s", sum, r.Score)
		}
	})
}

func TestAHigherSubScoreNeverLowersGradeOrLine(t *testing.T) { // OP-49
	for _, missing := range []string{"refuse", "zero", "reweigh"} {
		c := must(t, card, map[string]string{"missing_scores": missing})
		rapid.Check(t, func(t *rapid.T) {
			a, b, x, y := points(t, "a"), points(t, "b"), points(t, "x"), points(t, "y")
			if x.Cmp(y) > 0 {
				x, y = y, x
			}
			low, high := facts(a, x, b, false), facts(a, y, b, false)
			if missing != "refuse" && rapid.Bool().Draw(t, "without basics") {
				delete(low, "basics")
				delete(high, "basics")
			}
			worse, better := rate(t, c, Subject{Facts: low}), rate(t, c, Subject{Facts: high})
			order := append([]string{}, c.Grades.Borders.First().Is.Keys()...)
			order = append(order, "")
			if worse.Score.Cmp(better.Score) > 0 || slices.Index(order, worse.Grade) < slices.Index(order, better.Grade) || worse.Line.Amount > better.Line.Amount {
				t.Fatalf("%s gives %s, %s gives %s", x, worse.Grade, y, better.Grade)
			}
		})
	}
}

func TestTheOrderOfEventsIsFree(t *testing.T) { // PX8-4.2c
	c := must(t, card, nil)
	rapid.Check(t, func(t *rapid.T) {
		list := events(t)
		f := facts(points(t, "a"), points(t, "b"), points(t, "c"), false)
		one := rate(t, c, Subject{Facts: f, On: day.Of(2024, 1, 1), Events: list})
		two := rate(t, c, Subject{Facts: f, On: day.Of(2024, 1, 1), Events: rapid.Permutation(list).Draw(t, "order")})
		if a, b := fmt.Sprint(one.Text(fault.Zh)), fmt.Sprint(two.Text(fault.Zh)); a != b {
			t.Fatalf("%s\n%s", a, b)
		}
	})
}

func TestTheShareOfRepresentativesIsComparedExactly(t *testing.T) { // PX1-5, PX3-3.1b, OP-51
	g := must(t, card, nil)
	rapid.Check(t, func(t *rapid.T) {
		s := Session{Members: rapid.Int64Range(1, 60).Draw(t, "members")}
		s.Reps, s.Present = rapid.Int64Range(0, s.Members).Draw(t, "reps"), rapid.Int64Range(0, s.Members).Draw(t, "present")
		r, err := g.Sits(s)
		if err != nil {
			t.Fatal(err)
		}
		if want := 5*s.Reps >= 2*s.Members && 2*s.Present > s.Members; r.Valid != want {
			t.Fatalf("%+v: %v", s, r.Text(fault.En))
		}
	})
}

func TestALineSeenElsewhereIsAFolderWithoutGo(t *testing.T) { // OP-49
	f := scheme.Folder{FS: os.DirFS("testdata/variants"), Dir: "line-by-formula", ID: "line-by-formula"}
	proofs, faults := ProveCards(f, nil)
	if len(faults) > 0 || len(proofs) < 2 {
		t.Fatalf("%d cases, %v", len(proofs), faults)
	}
	for _, p := range proofs {
		for _, d := range p.Differs {
			t.Errorf("%s (cases.yaml:%d): %s", p.Name, p.Place.Line, d)
		}
	}
}

func TestASessionNeedsAGroupInTheCard(t *testing.T) { // OP-51
	c := must(t, card[:strings.Index(card, "group:")], nil)
	if _, err := c.Sits(Session{Members: 5, Reps: 2, Present: 5}); len(scheme.Refused("GROUP_COUNT", err)) > 0 {
		t.Error(err)
	}
}

func TestAGradeHoldsUntilTheNextRating(t *testing.T) { // PX8-3.4.4
	c := must(t, card, nil)
	var all []*Rating
	for _, x := range []struct {
		on day.Date
		n  int64
	}{{day.Of(2024, 3, 1), 80}, {day.Of(2023, 3, 1), 70}} {
		p := big.NewRat(x.n, 1)
		r, err := c.Rate(Subject{Facts: facts(p, p, p, false), On: x.on})
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, r)
	}
	for on, want := range map[day.Date]string{day.Of(2023, 3, 1): "AA", day.Of(2024, 2, 29): "AA", day.Of(2024, 3, 1): "AAA", day.Of(2030, 1, 1): "AAA"} {
		if got := InForce(all, on); got == nil || got.Grade != want {
			t.Errorf("%s: %v, want %s", on, got, want)
		}
	}
	if InForce(all, day.Of(2023, 2, 28)) != nil {
		t.Error("a grade before the first rating")
	}
}

func TestACardIsRefusedForWhatDoesNotFit(t *testing.T) { // OP-49
	for _, x := range []struct{ old, new, code string }{
		{"basics: 10%", "basics: 11%", "WEIGHTS_NOT_WHOLE"},
		{"basics: 10%", "poor: 10%", "INDICATOR_UNKNOWN"},
		{"basics: 10%", "basis: 10%", "INDICATOR_UNKNOWN"},
		{"honesty: 60%, income: 30%", "honesty: 130%, income: -40%", "WEIGHTS_NOT_WHOLE"},
		{"AAA 80, AA 70, A 60", "AAA 80, AA 80, A 60", "BORDERS_ORDER"},
		{"AAA+ 90, AAA 80", "AAA+ 101, AAA 80", "BORDERS_ORDER"},
		{"AAA+ 90, AAA 80", "AAA+ 90%, AAA 80", "VALUE_TYPE"},
		{"AAA+ 90, AAA 80", "AAA+ 90, AAA+ 80", "KEY_TWICE"},
		{"AAA+ 90, AAA 80", "AAA+90, AAA 80", "VALUE_TYPE"},
		{", A 50000", "", "LINE_TABLE"},
		{", A 50000", ", B 50000", "GRADE_UNKNOWN"},
		{"AA 100000", "AA 160000", "LINE_TABLE"},
		{"{when: poor,", "{when: rich,", "CEL_BAD"},
		{"rep_share: {is: 2/5", "rep_share: {is: 7/5", "GROUP_COUNT"},
		{"en: bonus, clause: PX8-3.4.7", "en: bonus", "CLAUSE_MISSING"},
	} {
		if !strings.Contains(card, x.old) {
			t.Fatalf("the card has no %q", x.old)
		}
		_, faults := load(t, strings.Replace(card, x.old, x.new, 1), nil)
		if len(scheme.Refused(x.code, faults)) > 0 {
			t.Errorf("%s for %s: %v, want %s", x.new, x.old, faults, x.code)
		}
	}
}

func TestAllThatIsWrongWithAHouseholdIsSaidAtOnce(t *testing.T) { // OP-49, PX1-6
	c := must(t, card, nil)
	_, err := c.Rate(Subject{Facts: figure.Row{"honesty": figure.OfCount(101), "poor": figure.OfFlag(false)},
		Events: []Event{{Kind: Up}}, Change: &Change{Grade: "B"}})
	var codes []string
	for _, f := range fault.From(err) {
		codes = append(codes, f.Code())
	}
	want := []string{"CREDIT_EVENT", "SUBSCORE_RANGE", "SUBSCORE_MISSING", "SUBSCORE_MISSING", "GRADE_CHANGE", "GRADE_CHANGE", "GRADE_UNKNOWN"}
	if !slices.Equal(codes, want) {
		t.Errorf("faults %v, want %v", codes, want)
	}
}

func TestARatingKeepsWhichCardMadeIt(t *testing.T) {
	c := must(t, card, nil)
	c.ID, c.Hash = "990003-rating", "ab12"
	p := big.NewRat(80, 1)
	r, err := c.Rate(Subject{Facts: facts(p, p, p, false)})
	if err != nil || r.ID != c.ID || r.Hash != c.Hash {
		t.Errorf("%v, %v", r, err)
	}
}

func TestEveryValueOfACardIsSaidInBothLanguages(t *testing.T) {
	for _, text := range []string{card} {
		for _, l := range must(t, text, nil).Words() {
			if l.Value.Zh == "" || l.Value.En == "" {
				t.Errorf("%s has no words", l.Key)
			}
		}
	}
	open, _ := load(t, strings.Replace(card, `is: "AAA+ 90, AAA 80, AA 70, A 60", name`, `suggest: "A 60", name`, 1), nil)
	if i := slices.IndexFunc(open.Words(), func(l scheme.Line) bool { return strings.Contains(l.Value.En, "must be given (suggested: A 60)") }); i < 0 {
		t.Errorf("an open value does not say so: %v", open.Words())
	}
}

func TestTheExplanationSaysMissingSubScoresBarsAndChanges(t *testing.T) { // OP-49
	c := must(t, card, map[string]string{"missing_scores": "zero"})
	r, err := c.Rate(Subject{Facts: figure.Row{"honesty": figure.OfCount(100), "income": figure.OfCount(50), "poor": figure.OfFlag(true)},
		Change: &Change{Grade: "", Reason: "复核", By: "县级评审组"}})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"诚信度 100.00 × 60% = 60.00 [PX2-1.3]", "收入 50.00 × 30% = 15.00 [PX2-1.3]", "基本情况：未给出，按读法不计 [PX2-1.3]",
		"加分 +3.00 [PX8-3.4.7]", "得分 78.00", "评定等级 AA (≥ 70.00) [OP-49]", "人工调整为 无 — 复核 (县级评审组)", "授信额度 0.00 元 [PX8-3.4.5]",
		"下一笔贷款利率加减 0% [OP-60]"}
	if got := r.Text(fault.Zh); !slices.Equal(got, want) {
		t.Errorf("got %q\nwant %q", got, want)
	}
}

// BenchmarkCard100k rates the households of a large county.
func BenchmarkCard100k(b *testing.B) {
	c := must(b, card, nil)
	raw := map[string]rule.Raw{"honesty": "85", "income": "70", "basics": "90", "poor": "true"}
	for b.Loop() {
		for range 100_000 {
			row, _ := c.Facts.Read(raw, fault.Place{})
			if r, err := c.Rate(Subject{Facts: row, On: day.Of(2024, 1, 1)}); err != nil || r.Grade != "AAA" {
				b.Fatal(r, err)
			}
		}
	}
}
