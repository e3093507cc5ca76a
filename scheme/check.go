package scheme

import (
	"slices"
	"strings"

	"ganlan/day"
	"ganlan/fault"
	"ganlan/money"
	"ganlan/rule"
)

// ConditionNames are the names that a scheme's conditions may use, with their types.
var ConditionNames = rule.Names{
	"contract.amount": rule.Money, "contract.rate": rule.Percent, "contract.start": rule.Date, "contract.end": rule.Date,
	"contract.product": rule.Text, "contract.product_code": rule.Text, "contract.purpose": rule.Text, "contract.region": rule.Text,
	"contract.branch": rule.Text, "contract.status": rule.Text, "contract.other_subsidy": rule.Bool, "contract.months": rule.Int,
	"household.no": rule.Text, "household.listed": rule.Bool,
	"entity.jobs_for_listed": rule.Int, "entity.employees": rule.Int, "entity.households": rule.Int,
	"drawdown.date": rule.Date, "drawdown.amount": rule.Money,
}

// Check checks an interest scheme beyond what the words of its file allow.
func (s *Scheme) Check(c *Checker) {
	k := checker{s, c}
	k.facts()
	for i := range s.Who {
		k.test(&s.Who[i])
	}
	k.cutoffs()
	k.pay()
	k.grain()
	k.caps()
	k.warns()
}

type checker struct {
	s *Scheme
	*Checker
}

// needs says which keys each kind of test must have.
var needs = map[TestKind]func(*Test) string{
	TestProduct: needSet, TestPurpose: needSet,
	TestListed:  func(t *Test) string { return missing("at", t.At.Given()) },
	TestDrawn:   func(t *Test) string { return missing("from / to", t.From.Given() || t.To.Given()) },
	TestStarted: func(t *Test) string { return missing("from / to", t.From.Given() || t.To.Given()) },
	TestRate:    func(t *Test) string { return missing("is", t.Is.Given()) },
	TestAmount:  func(t *Test) string { return missing("min / max", t.Min.Given() || t.Max.Given()) },
	TestStatus:  needSet,
	TestTerm:    func(t *Test) string { return missing("months", t.Most.Is() > 0) },
	TestLine:    func(t *Test) string { return missing("months", t.Most.Is() > 0) },
	TestOther:   func(*Test) string { return "" },
}

func needSet(t *Test) string { return missing("in / not_in", len(t.In)+len(t.NotIn) > 0) }

func missing(key string, given bool) string {
	if given {
		return ""
	}
	return key
}

func (c checker) test(t *Test) {
	name := string(t.Kind)
	lacks := ""
	switch need := needs[t.Kind]; {
	case t.Kind == "" && t.Cel == "":
		name, lacks = "?", "test / cel"
	case need != nil:
		lacks = need(t)
	case t.Cel != "" && (t.Code == "" || t.Zh == "" || t.En == ""):
		name, lacks = "cel", "code / zh / en"
	}
	if lacks == "" && t.Clause == "" && t.Reading == "" && t.Source == "" {
		lacks = "clause / reading / source"
	}
	if lacks != "" {
		c.Add(FaultTest.At(c.At(t.Place)).Set("test", name).Set("key", lacks))
	}
	if t.From.Given() && t.To.Given() && t.To.Is() != day.None && t.From.Is() > t.To.Is() {
		c.Add(FaultWindow.At(c.At(t.Place)).Set("from", t.From.Is()).Set("to", t.To.Is()))
	}
	if t.Cel != "" {
		cond, f := c.s.Names().Compile(t.Cel, c.At(t.Place))
		c.Add(f)
		t.Cond = cond
	}
}

// Window is the days on which a draw is eligible, from the tests that say so.
func (s *Scheme) Window() day.Span {
	w := day.Span{From: day.None + 1, Until: day.Open}
	for i := range s.Who {
		if t := &s.Who[i]; t.Kind == TestDrawn {
			w = w.Meet(t.Window())
		}
	}
	return w
}

// Window is the days between from and to of the test, both in.
func (t *Test) Window() day.Span {
	return day.Through(t.From.Or(day.None+1), t.To.Or(day.Open))
}

// cutoffs proves that every day of the disbursement window has exactly one cut-off.
func (c checker) cutoffs() {
	us := c.s.Amount.Until
	for i := range us {
		u := &us[i]
		last := i == len(us)-1
		text := ""
		switch {
		case u.DrawnTo != 0 && u.FirstDrawnTo != 0:
			text = "drawn_to / first_drawn_to"
		case !last && u.Key() == day.Open:
			text = "只有最后一项可以不写 drawn_to (only the last may have none)"
		case i > 0 && u.Key() <= us[i-1].Key():
			text = us[i-1].Key().String() + " → " + u.Key().String()
		case i > 0 && !last && (u.FirstDrawnTo != 0) != (us[0].FirstDrawnTo != 0):
			text = "drawn_to / first_drawn_to"
		case last && u.Key() != day.Open && c.s.Window().Last() > u.Key():
			text = u.Key().String() + " < " + c.s.Window().Last().String()
		}
		if text != "" {
			c.Add(FaultCutoffs.At(c.At(u.Place)).Set("text", text))
		}
	}
}

// Key is the last day of draw that the cut-off is for; Open when it has no end.
func (u *Cutoff) Key() day.Date {
	switch {
	case u.DrawnTo != 0:
		return u.DrawnTo
	case u.FirstDrawnTo != 0:
		return u.FirstDrawnTo
	}
	return day.Open
}

func (c checker) pay() {
	for _, v := range c.s.Pay.Payers.Versions {
		c.place(&v)
		rest := c.s.Pay.Split.RestTo.Or(LargestRemainder)
		if rest != LargestRemainder && v.Is.Index(rest) < 0 {
			c.Add(FaultPayer.At(c.At(v.Place)).Set("who", rest))
		}
	}
}

// place checks shares that differ by place: they belong to rows, and look at nothing but the contract.
func (c checker) place(v *rule.Version[Payers]) {
	if v.When == "" {
		return
	}
	if c.s.Pay.Split.Of.Or(SplitTotal) != SplitRow {
		c.Add(FaultTest.At(c.At(v.Place)).Set("test", "payers").Set("key", "split: {of: row}"))
	}
	cond, f := c.s.Names().Compile(v.When, c.At(v.Place))
	c.Add(f)
	if f == nil && slices.ContainsFunc(cond.Uses(), func(n string) bool { return !strings.HasPrefix(n, "contract.") }) {
		c.Add(FaultTest.At(c.At(v.Place)).Set("test", "payers").Set("key", "contract.*"))
	}
}

func (c checker) grain() {
	if c.s.Rows == ByNote && c.s.Amount.Round.Per.Is() == GrainContract {
		c.Add(FaultGrain.At(fault.Place{File: c.File}).Set("per", GrainContract).Set("rows", ByNote))
	}
	if s := c.s.Amount.Settle.Or(SettleYear); s != SettleYear && c.s.Amount.Round.Per.Is() == GrainHousehold {
		c.Add(FaultGrain.At(fault.Place{File: c.File}).Set("per", GrainHousehold).Set("rows", s))
	}
}

// caps refuses ceilings that nothing could count: principal of a whole bank, and money over several years where no history
// is kept of it.
func (c checker) caps() {
	a := &c.s.Amount
	for i := range a.Principal {
		c.ceiling(a.Principal[i].Of, a.Principal[i].UpTo.Given(), "up_to", a.Principal[i].Place)
		if p := &a.Principal[i]; p.Per.Is() == PerBank || p.Per.Is() == PerRow {
			c.Add(FaultCounted.At(c.At(p.Place)).Set("per", p.Per.Is()).Set("over", ""))
		}
	}
	for i := range a.Caps {
		x := &a.Caps[i]
		c.ceiling(x.Of, x.Money.Given(), "money", x.Place)
		per, over := x.Per.Is(), x.Over.Is()
		kept := per == PerHousehold || per == PerPerson || per == PerEnterprise
		if x.Of != "" && per == PerBank || !kept && (over == OverLife && a.Claim.Or(EachYear) != WhenRepaid || len(x.With) > 0) {
			c.Add(FaultCounted.At(c.At(x.Place)).Set("per", per).Set("over", " "+string(over)))
		}
		c.noCondition(&x.Money.Value)
	}
	c.noCondition(&a.Budget)
	for i := range c.s.Exclusive {
		if x := &c.s.Exclusive[i]; x.Then == LimitToInterest && a.Base.Or(DailyBalance) != DailyBalance {
			c.Add(FaultTest.At(c.At(x.Place)).Set("test", x.Then).Set("key", "base: daily_balance"))
		}
	}
}

// noCondition refuses a condition on money that is the same for all.
func (c checker) noCondition(v *rule.Value[money.Fen]) {
	for _, x := range v.Versions {
		if x.When != "" {
			c.Add(rule.FaultAlone.At(c.At(x.Place)))
		}
	}
}

// warns refuses an average rate compared with anything but a figure: it belongs to no single loan.
func (c checker) warns() {
	for i := range c.s.Warn {
		if w := &c.s.Warn[i]; w.When != WarnContract && w.Above.Is().Of != OfFixed {
			c.Add(FaultTest.At(c.At(w.Place)).Set("test", w.When).Set("key", "above: 3.8%"))
		}
	}
}
