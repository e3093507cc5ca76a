package subsidy

import (
	"cmp"
	"slices"

	"ganlan/day"
	"ganlan/fault"
	"ganlan/loan"
	"ganlan/money"
	"ganlan/rule"
	"ganlan/scheme"
)

// Plan is a scheme made ready for one claim year. It is read-only: any number of engines may share it.
type Plan struct {
	Scheme *scheme.Scheme
	Year   int
	Span   day.Span // the claim year

	tests     []test
	rate      *rule.Value[scheme.Rate]
	limit     *rule.Value[scheme.Rate]
	ref       *scheme.Reference
	count     day.Count
	basis     int64
	base      scheme.Base
	reading   loan.Reading
	overdue   scheme.Overdue
	claim     scheme.Claim
	byDay     []day.Date  // days on which a rate may change, inside any life
	fixed     *money.Rate // the rate over the basis, when it is the same for every loan
	round     money.Rounding
	periods   []day.Date // first days of the settlement periods after the first; nil when settled once
	grain     scheme.Grain
	payers    scheme.Payers
	shares    []shares // the last has no condition
	splitRow  bool
	whens     map[string]*rule.Condition
	caps      []*scheme.Cap          // narrow before wide, whatever the order in the file
	narrow    []*scheme.PrincipalCap // the same
	warns     []*scheme.Warn         // those about single contracts
	feeLimits []*scheme.Warn         // those about single guarantee fees
	exactDay  bool                   // two draws are treated alike only when they are of one day
	oneTreat  bool                   // all draws of a contract are treated alike
}

// Scope is what must be calculated together.
type Scope uint8

// Scopes: contract by contract, or all contracts of a household or person at once.
const (
	OneContract Scope = iota
	OneHousehold
	OnePerson
)

// NewPlan checks that the scheme reaches the year and prepares it. ref may be nil for a scheme without reference rates.
func NewPlan(s *scheme.Scheme, year int, ref *scheme.Reference) (*Plan, error) {
	p := &Plan{Scheme: s, Year: year, Span: day.OfYear(year), ref: ref, rate: &s.Amount.Rate, limit: &s.Amount.Limit}
	if err := p.reaches(); err != nil {
		return nil, err
	}
	a := &s.Amount
	p.count = a.Year.First().Is.Count()
	p.basis = p.count.Basis(year)
	p.base = a.Base.First().Is
	p.overdue = a.Overdue.First().Is
	p.claim = a.Claim.Or(scheme.EachYear)
	p.round, p.grain = a.Round.Rounding(), a.Round.Per.Is()
	p.reading = loan.Reading{
		NewestFirst: a.Repay.Or(scheme.OldestFirst) == scheme.NewestFirst,
		DrawLater:   a.FirstDay.Or(scheme.In) == scheme.Out,
		RepayLater:  a.LastDay.Or(scheme.Out) == scheme.In,
		FirstDue:    a.Deferral.Or(scheme.MovesDue) == scheme.NotBeyond,
	}
	p.periods = settlements(a, year)
	p.compileTests()
	if err := p.compileWhens(); err != nil {
		return nil, err
	}
	p.compileRate()
	p.compileCaps()
	return p, p.compilePay()
}

// settlements are the days on which a new settlement period begins within the year.
func settlements(a *scheme.Amount, year int) (out []day.Date) {
	n := a.Settle.Or(scheme.SettleYear).Months()
	if n == 0 {
		return nil
	}
	for m := n; m <= 12; m += n {
		end := day.DaysInMonth(year, m)
		if a.SettleDay.Given() {
			end = min(end, a.SettleDay.First().Is)
		}
		if next := day.Of(year, m, end) + 1; next < day.YearStart(year+1) {
			out = append(out, next)
		}
	}
	return out
}

// period is the settlement that a day belongs to.
func (p *Plan) period(d day.Date) int {
	i := 0
	for i < len(p.periods) && p.periods[i] <= d {
		i++
	}
	return i
}

// Period is the number, from 0, of the settlement within the claim year that a day belongs to; always 0 in a scheme that
// settles once a year.
func (p *Plan) Period(d day.Date) int { return p.period(d) }

// reaches refuses a year in which no draw can earn anything.
func (p *Plan) reaches() error {
	first := p.Scheme.Window().From
	last := day.Open
	if us := p.Scheme.Amount.Until; len(us) > 0 {
		last = us[len(us)-1].Is.Is()
	}
	if p.Span.Until <= first || p.Span.From > last {
		years := first.String() + " … " + last.String()
		return FaultYear.New().Set("year", p.Year).Set("scheme", p.Scheme.ID).Set("years", years)
	}
	return nil
}

func (p *Plan) compileWhens() error {
	p.whens = map[string]*rule.Condition{}
	a := &p.Scheme.Amount
	err := cmp.Or(readWhens(p, p.rate), readWhens(p, p.limit), readWhens(p, &a.Months), readWhens(p, &p.Scheme.Pay.Payers))
	for i := range a.Principal {
		err = cmp.Or(err, readWhens(p, &a.Principal[i].UpTo.Value))
	}
	if err != nil {
		return err
	}
	return nil
}

// readWhens compiles the conditions of a value's versions, and notes which of them look at the draw.
func readWhens[T any](p *Plan, v *rule.Value[T]) *fault.Fault {
	for _, x := range v.Versions {
		if x.When == "" {
			continue
		}
		c, f := p.Scheme.Names().Compile(x.When, x.Place)
		if f != nil {
			return f
		}
		p.whens[x.When] = c
		p.exactDay = p.exactDay || looksAtDraw(c)
	}
	return nil
}

// compileCaps orders ceilings from narrow to wide, so that the wide one is filled by what the narrow one left.
func (p *Plan) compileCaps() {
	a := &p.Scheme.Amount
	for i := range a.Caps {
		if a.Caps[i].Per.Is() != scheme.PerBank {
			p.caps = append(p.caps, &a.Caps[i])
		}
	}
	for i := range a.Principal {
		p.narrow = append(p.narrow, &a.Principal[i])
	}
	slices.SortStableFunc(p.caps, func(a, b *scheme.Cap) int { return cmp.Compare(width(a.Per.Is()), width(b.Per.Is())) })
	slices.SortStableFunc(p.narrow, func(a, b *scheme.PrincipalCap) int { return cmp.Compare(width(a.Per.Is()), width(b.Per.Is())) })
	for i := range p.Scheme.Warn {
		switch w := &p.Scheme.Warn[i]; w.When {
		case scheme.WarnContract:
			p.warns = append(p.warns, w)
		case scheme.WarnFee:
			p.feeLimits = append(p.feeLimits, w)
		}
	}
}

// width is how much a ceiling counts together: a person's loans are part of the household's.
func width(per scheme.Per) int {
	return slices.Index([]scheme.Per{scheme.PerRow, scheme.PerContract, scheme.PerPerson, scheme.PerEnterprise, scheme.PerHousehold}, per)
}

// compileRate finds what the treatment of a draw depends on, and the days on which rates change.
func (p *Plan) compileRate() {
	for _, v := range []*rule.Value[scheme.Rate]{p.rate, p.limit} {
		for _, x := range v.Versions {
			p.exactDay = p.exactDay || x.Is.DrawBound()
			if x.Is.EachDay() {
				p.byDay = append(p.byDay, p.ref.Changes(day.Span{From: day.None + 1, Until: day.Open})...)
			}
		}
		if len(v.Versions) > 1 {
			switch p.Scheme.Amount.VersionBy.Or(scheme.AtDrawdown) {
			case scheme.AtDrawdown:
				p.exactDay = true
			case scheme.AtEachDay:
				for _, x := range v.Versions[1:] {
					p.byDay = append(p.byDay, x.Since)
				}
			}
		}
	}
	p.exactDay = p.exactDay || p.Scheme.Amount.Months.Given() || p.count == day.Months12 || p.count == day.WholeYears ||
		p.base != scheme.DailyBalance || len(p.Scheme.Amount.Principal) > 0
	p.oneTreat = !p.exactDay
	for i := range p.tests {
		p.oneTreat = p.oneTreat && p.tests[i].onDraw == nil
	}
	for i := range p.Scheme.Amount.Until {
		p.oneTreat = p.oneTreat && p.Scheme.Amount.Until[i].DrawnTo == 0
	}
	if v := p.rate; len(v.Versions) == 1 && v.First().When == "" && v.First().Is.Of == scheme.OfFixed &&
		len(v.First().Is.Lowest)+len(v.First().Is.Highest) == 0 && v.First().Is.Above == nil && !p.count.ByYear() {
		r, err := v.First().Is.Fixed.Over(p.perYear(p.Year))
		if err == nil {
			p.fixed = &r
		}
	}
}

// perYear is the parts by which a yearly rate is divided; a one-off base is not divided.
func (p *Plan) perYear(year int) int64 {
	if p.base == scheme.Once {
		return 1
	}
	return p.count.Basis(year)
}

// HasFees reports whether the scheme subsidises guarantee fees.
func (p *Plan) HasFees() bool { return p.Scheme.Fee != nil }

// Scope is what the scheme's caps and rounding make it calculate together. A scheme that counts households and persons
// goes by households: a person belongs to one.
func (p *Plan) Scope() Scope {
	a := &p.Scheme.Amount
	scope := OneContract
	see := func(per scheme.Per) {
		switch {
		case per == scheme.PerHousehold:
			scope = OneHousehold
		case (per == scheme.PerPerson || per == scheme.PerEnterprise) && scope == OneContract:
			scope = OnePerson
		}
	}
	for _, x := range a.Principal {
		see(x.Per.Is())
	}
	for _, x := range a.Caps {
		see(x.Per.Is())
	}
	if p.grain == scheme.GrainHousehold {
		see(scheme.PerHousehold)
	}
	for _, x := range p.Scheme.Exclusive {
		if x.Then != scheme.Refuse {
			see(scheme.PerHousehold)
		}
	}
	return scope
}

// faultIn gives a fault of a pure computation the contract it concerns.
func faultIn(err error, f *Facts) error {
	for _, x := range fault.From(err) {
		if x.Place.Row == 0 {
			x.Place.Row = f.Contract.Row
		}
		x.Set("contract", f.Contract.No)
	}
	return err
}

// TestsList reports whether the scheme looks at the name list, so that a list must be given.
func (p *Plan) TestsList() bool {
	for i := range p.Scheme.Who {
		t := &p.Scheme.Who[i]
		if t.Kind == scheme.TestListed || t.Cond != nil && slices.Contains(t.Cond.Uses(), "household.listed") {
			return true
		}
	}
	return p.Scheme.Amount.VersionBy.Is() == scheme.AtListed
}
