package subsidy

import (
	"slices"
	"strings"

	"ganlan/day"
	"ganlan/fault"
	"ganlan/loan"
	"ganlan/money"
	"ganlan/rule"
	"ganlan/scheme"
)

// verdict is the outcome of a test.
type verdict uint8

const (
	holds verdict = iota
	fails
	notGiven  // the file gives no value: shown as not checked (OP-42) and warned of, never guessed
	unchecked // the same without a warning, where the scheme says so
)

// test is a condition made ready: it looks at the contract once, or at each draw.
type test struct {
	rule       *scheme.Test
	code       string
	what       scheme.Words // what is not given, in words
	onContract func(*Facts) (verdict, error)
	onDraw     func(*Facts, day.Date) (verdict, error)
}

func (p *Plan) compileTests() {
	for i := range p.Scheme.Who {
		t := &p.Scheme.Who[i]
		c := test{rule: t, code: t.Code}
		if c.code == "" {
			c.code = reasonOf[t.Kind]
		}
		p.compileTest(&c)
		p.tests = append(p.tests, c)
	}
}

// kinds are the plain tests; anything else is a condition in CEL.
var kinds = map[scheme.TestKind]func(*Plan, *test){
	scheme.TestProduct: productTest,
	scheme.TestPurpose: func(p *Plan, c *test) {
		c.set(scheme.Words{Zh: "贷款用途", En: "purpose"}, func(f *Facts) []string { return []string{f.Contract.Purpose} })
	},
	scheme.TestStatus: func(p *Plan, c *test) {
		c.set(scheme.Words{Zh: "合同状态", En: "status"}, func(f *Facts) []string { return []string{f.Contract.Status} })
	},
	scheme.TestListed:  listedTest,
	scheme.TestDrawn:   drawnTest,
	scheme.TestStarted: startedTest,
	scheme.TestOther:   otherTest,
	scheme.TestRate:    rateTest,
	scheme.TestAmount:  amountTest,
	scheme.TestTerm:    termTest,
	scheme.TestLine:    lineTest,
}

func (p *Plan) compileTest(c *test) {
	if make := kinds[c.rule.Kind]; make != nil {
		make(p, c)
		return
	}
	cond := c.rule.Cond
	c.what = c.rule.Describe()
	decide := func(f *Facts, drawn day.Date) (verdict, error) {
		yes, fl := cond.Holds(f.lookAt(drawn))
		if fl != nil {
			return c.lacking(fl.Of(c.rule.Text()))
		}
		return of(yes), nil
	}
	if looksAtDraw(cond) {
		c.onDraw = decide
		return
	}
	c.onContract = func(f *Facts) (verdict, error) { return decide(f, f.Contract.Start) }
}

// lacking is what the scheme says of a condition over facts that the file does not give.
func (c *test) lacking(f *fault.Fault) (verdict, error) {
	if f.Def != rule.FaultUndecided {
		return fails, f
	}
	switch c.rule.Lack.Or(scheme.MissingRefuse) {
	case scheme.MissingFail:
		return fails, nil
	case scheme.MissingWarn:
		return notGiven, nil
	case scheme.MissingPass:
		return unchecked, nil
	}
	return fails, f
}

// looksAtDraw reports whether a condition may come out otherwise for another draw.
func looksAtDraw(c *rule.Condition) bool {
	return slices.ContainsFunc(c.Uses(), func(n string) bool { return strings.HasPrefix(n, "drawdown.") })
}

func of(yes bool) verdict {
	if yes {
		return holds
	}
	return fails
}

// set tests a word, or several that name the same thing, against the lists of the test.
func (c *test) set(what scheme.Words, look func(*Facts) []string) {
	in, notIn := c.rule.In, c.rule.NotIn
	c.what = what
	c.onContract = func(f *Facts) (verdict, error) {
		given := false
		for _, w := range look(f) {
			if w == "" {
				continue
			}
			given = true
			if slices.Contains(notIn, w) {
				return fails, nil
			}
			if slices.Contains(in, w) {
				return holds, nil
			}
		}
		if !given {
			return notGiven, nil
		}
		return of(len(in) == 0), nil
	}
}

func productTest(_ *Plan, c *test) {
	c.set(scheme.Words{Zh: "贷款产品", En: "product"}, func(f *Facts) []string { return []string{f.Contract.Product, f.Contract.ProductCode} })
}

func listedTest(p *Plan, c *test) {
	switch at := c.rule.At.Is(); at {
	case scheme.AtDrawdown:
		c.onDraw = func(f *Facts, d day.Date) (verdict, error) { return of(day.Covers(f.Listed, d)), nil }
	case scheme.AtEachDay:
		c.onContract = func(f *Facts) (verdict, error) { return of(len(f.Listed) > 0), nil }
	default:
		c.onContract = func(f *Facts) (verdict, error) {
			return of(day.Covers(f.Listed, p.lookOn(at, f, f.Contract.Start, f.Contract.Start))), nil
		}
	}
}

func drawnTest(_ *Plan, c *test) {
	w := c.rule.Window()
	c.onDraw = func(_ *Facts, d day.Date) (verdict, error) { return of(w.Has(d)), nil }
}

func startedTest(_ *Plan, c *test) {
	w := c.rule.Window()
	c.onContract = func(f *Facts) (verdict, error) { return of(w.Has(f.Contract.Start)), nil }
}

func otherTest(_ *Plan, c *test) {
	c.what = scheme.Words{Zh: "是否已享受其他贴息", En: "other_subsidy"}
	c.onContract = func(f *Facts) (verdict, error) {
		if !f.Contract.OtherSubsidy.OK {
			return notGiven, nil
		}
		return of(!f.Contract.OtherSubsidy.Value), nil
	}
}

func rateTest(p *Plan, c *test) {
	limit := c.rule.Is.Is()
	c.onContract = func(f *Facts) (verdict, error) {
		most, err := p.resolve(limit, f, f.Contract.Start, f.Contract.Start)
		return of(err == nil && f.Contract.Rate.Cmp(most) <= 0), err
	}
}

func amountTest(_ *Plan, c *test) {
	low, high := c.rule.Min, c.rule.Max
	within := func(a money.Fen) (verdict, error) {
		return of((!low.Given() || a >= low.Is()) && (!high.Given() || a <= high.Is())), nil
	}
	if c.rule.Of.Or(scheme.OfTheContract) == scheme.OfTheDraw {
		c.onDraw = func(f *Facts, d day.Date) (verdict, error) { return within(f.drawnOn(d)) }
		return
	}
	c.onContract = func(f *Facts) (verdict, error) { return within(f.Contract.Amount) }
}

func termTest(_ *Plan, c *test) {
	most := c.rule.Most.Is()
	c.onContract = func(f *Facts) (verdict, error) {
		return of(f.Contract.End <= f.Contract.Start.AddMonths(most)), nil
	}
}

// lineTest lets a draw happen up to and including the day so many months after the grant; where notes must end within the
// line, also only if none drawn that day is due later (OP-37).
func lineTest(_ *Plan, c *test) {
	most, within := c.rule.Most.Is(), c.rule.Due.Or(scheme.MayPassLine) == scheme.WithinLine
	c.onDraw = func(f *Facts, d day.Date) (verdict, error) {
		last := f.Contract.Start.AddMonths(most)
		later := slices.ContainsFunc(f.Notes, func(n loan.Note) bool { return n.Start == d && n.End > last })
		return of(d <= last && !(within && later)), nil
	}
}

// lookAt answers the names of conditions for a draw.
func (f *Facts) lookAt(drawn day.Date) func(string) (any, bool) {
	c := &f.Contract
	return func(name string) (any, bool) {
		switch name {
		case "contract.amount":
			return c.Amount, true
		case "contract.rate":
			return c.Rate, true
		case "contract.start":
			return c.Start, true
		case "contract.end":
			return c.End, true
		case "contract.months":
			m, _ := day.Months(c.Start, c.End)
			return int64(m), true
		case "contract.product":
			return c.Product, c.Product != ""
		case "contract.product_code":
			return c.ProductCode, c.ProductCode != ""
		case "contract.purpose":
			return c.Purpose, c.Purpose != ""
		case "contract.region":
			return c.Region, c.Region != ""
		case "contract.branch":
			return c.BranchKey(), c.BranchKey() != ""
		case "contract.status":
			return c.Status, c.Status != ""
		case "contract.other_subsidy":
			return c.OtherSubsidy.Value, c.OtherSubsidy.OK
		case "household.no":
			return c.Household, c.Household != ""
		case "household.listed":
			return len(f.Listed) > 0, true
		case "entity.jobs_for_listed":
			return c.Jobs.Value, c.Jobs.OK
		case "entity.employees":
			return c.Employees.Value, c.Employees.OK
		case "entity.households":
			return c.Households.Value, c.Households.OK
		case "drawdown.date":
			return drawn, true
		case "drawdown.amount":
			return f.drawnOn(drawn), true
		}
		if f.result != nil {
			return f.result.Look(name)
		}
		return nil, false
	}
}

// decide runs the tests that look at the contract up to the first that fails: its place, or -1. Tests that look at draws
// are passed over. What was not given becomes a warning.
func (p *Plan) decide(f *Facts, warned *fault.List) (int, error) {
	for i := range p.tests {
		t := &p.tests[i]
		if t.onContract == nil {
			continue
		}
		v, err := t.onContract(f)
		if err != nil {
			return i, faultIn(err, f)
		}
		switch v {
		case fails:
			return i, nil
		case notGiven:
			warned.Add(notGivenFault(t, f))
		}
	}
	return -1, nil
}

// warn notes a contract rate above what the scheme asks for in principle. A contract that fails the tests is passed over.
func (p *Plan) warn(f *Facts, failed int, warned *fault.List) error {
	if failed >= 0 {
		return nil
	}
	for _, w := range p.warns {
		limit, err := p.resolve(w.Above.Is(), f, f.Contract.Start, f.Contract.Start)
		if err != nil {
			return err
		}
		if f.Contract.Rate.Cmp(limit) > 0 {
			warned.Add(FaultRateHigh.At(fault.Place{Row: f.Contract.Row}).Set("contract", f.Contract.No).
				Set("rate", f.Contract.Rate).Set("limit", limit).Of(w.Text()))
		}
	}
	return nil
}

// drawFails is the first test of the draw that fails, or -1.
func (p *Plan) drawFails(f *Facts, drawn day.Date) (int, error) {
	for i := range p.tests {
		if t := &p.tests[i]; t.onDraw != nil {
			v, err := t.onDraw(f, drawn)
			if err != nil {
				return i, faultIn(err, f)
			}
			if v == fails {
				return i, nil
			}
		}
	}
	return -1, nil
}

func notGivenFault(t *test, f *Facts) *fault.Fault {
	return FaultNotGiven.At(fault.Place{Row: f.Contract.Row}).Set("contract", f.Contract.No).Set("what", t.what.Zh).Set("what_en", t.what.En).Of(t.rule.Text())
}
