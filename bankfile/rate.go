package bankfile

import (
	"regexp"
	"strings"

	"ganlan/fault"
	"ganlan/loan"
	"ganlan/money"
)

// rateCell is a rate as a file holds it: a figure, or what it is written upon.
type rateCell struct {
	rate    money.Rate
	pricing *loan.Pricing
	fault   *fault.Fault
}

// rateCache remembers the few rates that a file repeats a million times, by column, for titles name units.
type rateCache map[rateText]rateCell

type rateText struct {
	column int
	text   string
}

func (c *cell) rate() (money.Rate, *loan.Pricing) {
	x, ok := c.t.rate, c.t.rateOf == rateText{c.column, c.text}
	if !ok {
		x, ok = c.t.rates[rateText{c.column, c.text}]
	}
	if !ok {
		x = readRate(c.text, rateUnitOf(c.t.layout.Titles[c.column]))
		if len(c.t.rates) < 4096 {
			c.t.rates[rateText{c.column, strings.Clone(c.text)}] = x
		}
	}
	if x.fault != nil {
		f := *x.fault
		c.fault(&f)
	}
	c.t.rate, c.t.rateOf = x, rateText{c.column, c.text}
	return x.rate, x.pricing
}

// rateUnit is what a bare number in a column of rates means.
type rateUnit struct {
	sign    string // put behind a bare number: "", "%", "‰", "bp"
	monthly bool   // a rate a month
	yearly  bool   // ‰ is a year here; elsewhere it is a month
	fee     bool   // of a guarantee: smaller than a loan's
}

// rateUnitOf reads the unit that a title names: 月利率（‰）, 利率(BP).
func rateUnitOf(title string) rateUnit {
	t := strings.ToLower(clean(title))
	u := rateUnit{monthly: strings.Contains(t, "月利率") || strings.Contains(t, "月息"), fee: strings.Contains(t, "fee") || strings.Contains(t, "费")}
	switch {
	case strings.ContainsRune(t, '‰'):
		u.sign, u.yearly = "‰", strings.Contains(t, "年")
		u.monthly = !u.yearly
	case strings.Contains(t, "bp"), strings.Contains(t, "基点"):
		u.sign = "bp"
	case u.monthly && strings.ContainsRune(t, '%'):
		u.sign = "%"
	}
	return u
}

// readRate reads a rate in per cent a year: 3.65, 3.65%, 365bp, 3.04‰ (a month), LPR+10BP, 基准利率上浮10%. 0.0365 and 365 are
// read with a warning that shows the reading. What could be a rate in two ways (0.3, LPR+10, a bare rate a month) is refused.
func readRate(s string, u rateUnit) (x rateCell) {
	t := strings.NewReplacer("贷款市场报价利率(LPR)", "LPR", "贷款市场报价利率", "LPR", "LPR利率", "LPR", "同期LPR", "LPR", "当期LPR", "LPR").Replace(strings.ToUpper(clean(s)))
	if p, ok := readPricing(t); ok {
		return rateCell{pricing: &p}
	}
	r, guessed, bad := readFigure(t, u)
	switch {
	case bad == nil && (r.Num() < 0 || r.Cmp(money.Percent(36)) > 0):
		bad = FaultRateRange
	case bad == nil && guessed:
		return rateCell{rate: r, fault: FaultRateGuess.New().Set("value", s).Set("rate", r)}
	}
	if bad != nil {
		return rateCell{fault: bad.New().Set("value", s)}
	}
	return rateCell{rate: r}
}

// readFigure reads a rate that is a number.
func readFigure(t string, u rateUnit) (r money.Rate, guessed bool, bad *fault.Def) {
	for _, words := range []string{"年利率", "年化", "年"} {
		t = strings.TrimPrefix(t, words)
	}
	if t = strings.TrimSuffix(t, "BPS"); strings.HasSuffix(t, "个基点") {
		t = strings.TrimSuffix(t, "个基点") + "BP"
	}
	bare := strings.Trim(t, "0123456789.+-") == ""
	switch {
	case bare && u.sign != "":
		t += strings.ToUpper(u.sign)
	case bare && u.monthly:
		return r, false, FaultRateMonthly
	}
	if bare && u.sign == "" {
		return readBare(t, u.fee)
	}
	r, err := money.ParseRate(t)
	if err == nil && (u.monthly || !u.yearly && strings.HasSuffix(t, "‰")) {
		r, err = r.Times(money.NewRate(12, 1))
	}
	if err != nil || strings.Contains(t, "/") {
		return r, false, money.FaultRate
	}
	return r, false, nil
}

// readBare reads a number without a unit by its size: per cent, or with a warning a fraction or basis points.
func readBare(t string, fee bool) (r money.Rate, guessed bool, bad *fault.Def) {
	least := money.NewRate(20, 10_000)
	if fee {
		least = money.NewRate(2, 10_000)
	}
	r, err := money.ParsePercent(t)
	switch {
	case err != nil:
		return r, false, money.FaultRate
	case r.IsZero() || r.Num() < 0:
		return r, false, nil
	case r.Cmp(money.Percent(100)) >= 0:
		r, err = r.Over(100)
		guessed = true
	case r.Cmp(least) < 0:
		r, err = r.Times(money.NewRate(100, 1))
		guessed = true
	case !fee && r.Cmp(money.NewRate(36, 10_000)) <= 0:
		return r, false, FaultRateTwoWays // 0.3 is 0.3% or 30%
	}
	if err != nil {
		return r, false, money.FaultRate
	}
	return r, guessed, nil
}

// pricingForm is a published rate and what is put on it.
var pricingForm = regexp.MustCompile(`^(?:(1年期|一年期|5年期以上|五年期以上|5年期|五年期)?LPR(?:\(?(1Y|5Y|1年期?|5年期?(?:以上)?|一年期?|五年期?(?:以上)?)\)?)?|(?:人行|央行|人民银行|贷款|同期)*(基准)(?:贷款)?(?:利率)?)` +
	`(?:(\+|-|加|减)([0-9.]+)(BPS?|个?基点|个?百分点|%)|(上浮|下浮)([0-9.]+)%|[*X×]([0-9.]+)(%?))?$`)

// readPricing reads LPR, LPR+10BP, 5年期以上LPR-5BP, LPR×1.1, 基准利率上浮10%, 基准利率+50BP.
func readPricing(t string) (p loan.Pricing, ok bool) {
	m := pricingForm.FindStringSubmatch(t)
	if m == nil {
		return p, false
	}
	p = loan.Pricing{Base: baseOf(m[1]+m[2], m[3] != ""), Factor: money.Whole}
	var err error
	switch {
	case m[1] != "" && m[2] != "":
		return p, false
	case m[4] != "":
		p.Plus, err = pointsOf(m[5], m[6])
		if m[4] == "-" || m[4] == "减" {
			p.Plus, _ = money.Rate{}.Minus(p.Plus)
		}
	case m[7] != "":
		p.Factor, err = money.ParsePercent(m[8])
		if m[7] == "下浮" {
			p.Factor, _ = money.Rate{}.Minus(p.Factor)
		}
		p.Factor, _ = money.Whole.Plus(p.Factor)
	case m[9] != "":
		p.Factor, err = money.ParseRate(m[9] + m[10])
	}
	return p, err == nil && p.Factor.Num() > 0 && p.Factor.Cmp(money.NewRate(4, 1)) <= 0
}

func baseOf(tenor string, benchmark bool) loan.Base {
	switch {
	case benchmark:
		return loan.Benchmark
	case strings.ContainsAny(tenor, "5五"):
		return loan.LPR5
	case tenor != "":
		return loan.LPR1
	}
	return loan.LPRByTerm
}

// pointsOf is what is put on a base. LPR+10% is refused, for it could be ten points or a tenth.
func pointsOf(n, unit string) (money.Rate, error) {
	if strings.HasPrefix(unit, "BP") || strings.HasSuffix(unit, "基点") {
		return money.ParseRate(n + "BP")
	}
	r, err := money.ParsePercent(n)
	if err == nil && unit == "%" && r.Cmp(money.Percent(5)) > 0 {
		err = money.FaultRate.New()
	}
	return r, err
}
