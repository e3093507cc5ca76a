package calc

import (
	"fmt"
	"math/big"
	"os"
	"path"
	"slices"
	"strings"
	"testing"

	"ganlan/money"
	"ganlan/rule"
	"ganlan/scheme"
	"ganlan/subsidy"
)

const variants = "testdata/variants"

// variantFolders are small schemes of rules that real programmes have; together they show what the language can say.
func variantFolders(t *testing.T) (out []scheme.Folder) {
	t.Helper()
	dirs, err := os.ReadDir(variants)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range dirs {
		out = append(out, scheme.Folder{FS: os.DirFS(variants), Dir: d.Name(), ID: "999999-" + d.Name()})
	}
	if len(out) == 0 {
		t.Fatal("no variants found")
	}
	return out
}

func TestEveryVariantOfRealProgrammesHolds(t *testing.T) {
	ref := reference(t)
	for _, f := range variantFolders(t) {
		t.Run(f.Dir, func(t *testing.T) {
			proofs, faults := Prove(f, ref)
			if len(faults) > 0 || len(proofs) == 0 {
				t.Errorf("%d cases, %v", len(proofs), faults)
			}
			for _, p := range proofs {
				for _, d := range p.Differs {
					t.Errorf("%s (cases.yaml:%d): %s", p.Name, p.Place.Line, d)
				}
			}
		})
	}
}

// eachCase runs a check over every case of every variant that is computed.
func eachCase(t *testing.T, check func(t *testing.T, f scheme.Folder, c *scheme.Case)) {
	for _, f := range variantFolders(t) {
		cases, faults := scheme.LoadCases("cases.yaml", f.Read("cases.yaml"))
		if len(faults) > 0 {
			t.Fatal(f.Dir, faults)
		}
		for i := range cases {
			if c := &cases[i]; c.Want.Refused == "" && c.Split == 0 {
				t.Run(f.Dir+"/"+fmt.Sprint(c.Place.Line), func(t *testing.T) { check(t, f, c) })
			}
		}
	}
}

// planOf is the plan of a case after a change to its scheme.
func planOf(t *testing.T, f scheme.Folder, c *scheme.Case, change func(*scheme.Amount)) *subsidy.Plan {
	t.Helper()
	s, faults := f.Load(c.Set)
	if err := faults.Err(); err != nil {
		t.Fatal(err)
	}
	change(&s.Amount)
	p, err := subsidy.NewPlan(s, c.Year, reference(t))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func asWritten(*scheme.Amount) {}

// runCase is the outcome of a case under a plan, its contracts taken in the order that arrange gives them.
func runCase(t *testing.T, p *subsidy.Plan, c *scheme.Case, arrange func([]*subsidy.Facts)) *outcome {
	t.Helper()
	facts, err := caseFacts(c, p.Scheme.Facts)
	if err != nil {
		t.Fatal(err)
	}
	arrange(facts)
	o := newOutcome(p)
	if err := o.run(facts); err != nil {
		t.Fatal(err)
	}
	return o
}

func TestADraftIsSimulatedAndSaysWhatIsOpen(t *testing.T) {
	f := scheme.Folder{FS: os.DirFS(variants), Dir: "29-draft-without-rate"}
	cases, _ := scheme.LoadCases("cases.yaml", f.Read("cases.yaml"))
	o, err := compute(f, reference(t), &cases[1])
	if err != nil {
		t.Fatal(err)
	}
	var codes []string
	for _, w := range o.warned {
		codes = append(codes, w.Code())
	}
	if want := []string{"SCHEME_DRAFT", "PAYERS_OPEN"}; !slices.Equal(codes, want) {
		t.Errorf("warnings %v, want %v", codes, want)
	}
}

func TestAnApprovalAboveACapStandsInTheExplanation(t *testing.T) {
	f := scheme.Folder{FS: os.DirFS(variants), Dir: "01-px3-repaid-capped"}
	eachCase(t, func(t *testing.T, g scheme.Folder, c *scheme.Case) {
		if g.Dir != f.Dir || len(c.Approved) == 0 {
			return
		}
		cuts := explained(t, planOf(t, g, c, asWritten), c)[0].Cuts
		if len(cuts) == 0 || !strings.Contains(cuts[0].What, c.Approved[0].Reason) {
			t.Errorf("%s: the explanation does not give the reason: %v", c.Name, cuts)
		}
	})
}

func TestRulesThatNothingCouldCountAreRefused(t *testing.T) {
	const before = `{scheme: a, title: {zh: a, en: a}, area: "999999", status: issued, kind: interest, document: {issuer: a},
 amount: {rate: {is: 1%, source: a}, base: {is: principal, source: a}, year: {is: actual/360, source: a}, overdue: {is: allow, source: a},
 round: {per: household, to: fen, mode: half_up, source: a}`
	const payers = `, pay: {payers: {is: [{who: county, share: 100%}], source: a}}}`
	for rules, want := range map[string]string{
		`, principal: [{up_to: 1, per: bank, source: a}]}` + payers:                                   "CAP_UNCOUNTED",
		`, caps: [{money: 1, per: contract, over: scheme_life, source: a}]}` + payers:                 "CAP_UNCOUNTED",
		`, caps: [{money: 1, per: bank, with: [b], source: a}]}` + payers:                             "CAP_UNCOUNTED",
		`, budget: [{is: 1, when: household.listed, source: a}, {is: 2, source: a}]}` + payers:        "VALUE_ALONE",
		`, settle: [{is: year, source: a}, {since: 2026-01-01, is: year, source: a}]}` + payers:       "VALUE_ALONE",
		`, settle: {is: month, source: a}}` + payers:                                                  "ROUND_GRAIN",
		`}, exclusive: [{with: ["*"], then: limit_to_interest, source: a}]` + payers:                  "TEST_INCOMPLETE",
		`}, warn: [{when: average_rate, above: {of: lpr}, source: a}]` + payers:                       "TEST_INCOMPLETE",
		`}, pay: {payers: [{when: contract.region == "1", is: [], source: a}, {is: [], source: a}]}}`: "TEST_INCOMPLETE",
	} {
		if _, faults := scheme.Load("a.yaml", []byte(before+rules), nil); len(faults) != 1 || faults[0].Code() != want {
			t.Errorf("%s: %v, want %s", rules, faults, want)
		}
	}
	if _, faults := scheme.Load("a.yaml", []byte(before+"}"+payers), nil); len(faults) > 0 {
		t.Error(faults)
	}
}

func asGiven([]*subsidy.Facts) {}

// backwards turns the contracts and the lines of their ledgers around; lines of one day keep their order, since draws of
// one day without a note are numbered by it.
func backwards(facts []*subsidy.Facts) {
	slices.Reverse(facts)
	for _, f := range facts {
		es := f.Entries
		slices.Reverse(es)
		for i := 0; i < len(es); {
			j := i
			for j < len(es) && es[j].Date == es[i].Date {
				j++
			}
			slices.Reverse(es[i:j])
			i = j
		}
	}
}

func TestTheOrderOfRowsAndLinesIsFree(t *testing.T) {
	eachCase(t, func(t *testing.T, f scheme.Folder, c *scheme.Case) {
		p := planOf(t, f, c, asWritten)
		want, got := amounts1(runCase(t, p, c, asGiven)), amounts1(runCase(t, p, c, backwards))
		if want != got {
			t.Errorf("%s: got\n%s, want\n%s", c.Name, got, want)
		}
	})
}

// amounts1 is what every row gets, in the order of contracts and notes.
func amounts1(o *outcome) (out string) {
	var lines []string
	for _, r := range o.rows {
		lines = append(lines, fmt.Sprintln(r.Facts.Contract.No, r.Note, r.BalanceDays, r.Amount, r.FeeSubsidy, r.Reason, r.Parts))
	}
	slices.Sort(lines)
	for _, l := range lines {
		out += l
	}
	return out
}

func TestACapNeverRaises(t *testing.T) {
	eachCase(t, func(t *testing.T, f scheme.Folder, c *scheme.Case) {
		with := runCase(t, planOf(t, f, c, asWritten), c, asGiven)
		without := runCase(t, planOf(t, f, c, func(a *scheme.Amount) {
			a.Caps, a.Principal, a.Budget, a.Months, a.Limit = nil, nil, rule.Value[money.Fen]{}, rule.Value[int]{}, rule.Value[scheme.Rate]{}
		}), c, asGiven)
		for i, r := range with.rows {
			if r.Amount > without.rows[i].Amount {
				t.Errorf("%s: %s gets %s with caps and %s without", c.Name, r.Facts.Contract.No, r.Amount, without.rows[i].Amount)
			}
		}
	})
}

func TestCuttingTheYearIntoPeriodsChangesNoExactAmount(t *testing.T) {
	eachCase(t, func(t *testing.T, f scheme.Folder, c *scheme.Case) {
		whole := exactly(t, planOf(t, f, c, asWritten), c)
		for _, d := range []int{1, 17, 31} {
			cut := exactly(t, planOf(t, f, c, func(a *scheme.Amount) {
				a.Settle.Versions = []rule.Version[scheme.Settle]{{Is: scheme.SettleMonth}}
				a.SettleDay.Versions = []rule.Version[int]{{Is: d}}
			}), c)
			if whole.Cmp(cut) != 0 {
				t.Errorf("%s: cut on day %d of each month it is %s, whole %s", c.Name, d, cut, whole)
			}
		}
	})
}

// exactly is the sum of a case before rounding and caps.
func exactly(t *testing.T, p *subsidy.Plan, c *scheme.Case) *big.Rat {
	sum := new(big.Rat)
	for _, w := range explained(t, p, c) {
		sum.Add(sum, w.Exact)
	}
	return sum
}

func explained(t *testing.T, p *subsidy.Plan, c *scheme.Case) (out []subsidy.RowWhy) {
	t.Helper()
	facts, err := caseFacts(c, p.Scheme.Facts)
	if err != nil {
		t.Fatal(err)
	}
	for _, group := range groups(p, facts) {
		for _, f := range group {
			x, err := p.Explain(group, f.Contract.No)
			if err != nil {
				t.Fatal(err)
			}
			out = append(out, x.Rows...)
		}
	}
	return out
}

func TestAnExplanationAddsUpToItsAmount(t *testing.T) {
	eachCase(t, func(t *testing.T, f scheme.Folder, c *scheme.Case) {
		p := planOf(t, f, c, asWritten)
		rows := runCase(t, p, c, asGiven).rows
		for _, w := range explained(t, p, c) {
			i := slices.IndexFunc(rows, func(r *subsidy.Row) bool {
				return r.Facts.Contract.No == w.Row.Facts.Contract.No && r.Note == w.Row.Note
			})
			w.Settled(rows[i])
			addsUp(t, p, c, &w, rows[i])
		}
	})
}

// addsUp proves that pieces, rounding and cuts lead to the row's amount.
func addsUp(t *testing.T, p *subsidy.Plan, c *scheme.Case, w *subsidy.RowWhy, r *subsidy.Row) {
	name := c.Name + ": " + path.Join(r.Facts.Contract.No, r.Note)
	sum := new(big.Rat)
	for _, x := range w.Pieces {
		sum.Add(sum, x.Amount())
	}
	if sum.Cmp(w.Exact) != 0 {
		t.Errorf("%s: the pieces make %s, the row says %s", name, sum, w.Exact)
	}
	now := r.Amount
	if len(w.Cuts) > 0 {
		now = w.Cuts[0].Before
	}
	if p.Scheme.Amount.Round.Per.Is() == scheme.GrainContract && !p.Scheme.Amount.Settle.Given() {
		if want, _ := p.Scheme.Amount.Round.Rounding().Round(sum); want != now {
			t.Errorf("%s: %s is rounded to %s, not %s", name, sum, now, want)
		}
	}
	for _, cut := range w.Cuts {
		if cut.Before != now || cut.After > cut.Before {
			t.Errorf("%s: a cut from %s to %s follows %s", name, cut.Before, cut.After, now)
		}
		now = cut.After
	}
	if now != r.Amount {
		t.Errorf("%s: the cuts lead to %s, the row has %s", name, now, r.Amount)
	}
}
