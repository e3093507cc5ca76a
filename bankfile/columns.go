package bankfile

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"ganlan/day"
	"ganlan/fault"
	"ganlan/household"
	"ganlan/loan"
	"ganlan/money"
	"ganlan/region"
)

// cell is one value on its way into a record, with what is needed to refuse it.
type cell struct {
	t      *table
	text   string
	column int
}

func (c *cell) fault(f *fault.Fault) {
	f.Place = c.t.layout.at(c.t.row, c.column)
	c.t.faults.Add(f)
}

func (c *cell) err(err error) {
	for _, f := range fault.From(err) {
		c.fault(f)
	}
}

func (c *cell) blank() bool {
	if c.text == "" {
		return true
	}
	if b := c.text[0]; b > ' ' && b < utf8.RuneSelf {
		return false // nearly every cell
	}
	return strings.TrimSpace(c.text) == ""
}

// needFigure is need for a number or date, where a dash is as good as nothing.
func (c *cell) needFigure() bool {
	if c.none() {
		c.fault(FaultBlank.New())
		return false
	}
	return true
}

// need reports a blank cell that must not be blank.
func (c *cell) need() bool {
	if c.blank() {
		c.fault(FaultBlank.New())
		return false
	}
	return true
}

// word is a text without the spaces around it.
func (c *cell) word() string {
	s := c.text
	if len(s) == 0 {
		return s
	}
	if s[0] <= ' ' || s[0] == '\'' || s[len(s)-1] <= ' ' || s[0] >= utf8.RuneSelf || s[len(s)-1] >= utf8.RuneSelf {
		s = written(s)
	}
	if len(s) > mostBytes {
		c.fault(FaultTooLong.New().Set("most", mostBytes))
	}
	return s
}

// bare is a text as word gives it, without looking whether it can be read.
func bare(s string) string {
	if n := len(s); n > 0 && (s[0] <= ' ' || s[0] == '\'' || s[n-1] <= ' ' || s[0] >= utf8.RuneSelf || s[n-1] >= utf8.RuneSelf) {
		return strings.Trim(s, around)
	}
	return s
}

// around is what programs and people leave around a text.
const around = " '\t\r\u3000\u00a0\u200b\ufeff"

// written looks closely at a text that is not plain ASCII, or has something around it.
func written(s string) string {
	if first, last := s[0], s[len(s)-1]; first <= '\'' || first < 0xe4 || first > 0xe9 || last <= ' ' || last == 0x80 || last == 0xa0 || last == 0x8b || last == 0xbf {
		s = strings.Trim(s, around) // characters of Chinese begin with bytes between these
	}
	return s
}

// mostBytes bounds a cell; longer ones come from a lost quote.
const mostBytes = 1 << 12

func (c *cell) date() day.Date {
	if d, err := day.Parse(c.text); err == nil && usual.Has(d) {
		return d // nearly every cell
	}
	d := c.dateIf()
	if d == day.None && (c.none() || c.noDate()) {
		c.fault(FaultBlank.New())
	}
	return d
}

// usual are the days that no program writes to say that there is none.
var usual = day.Through(day.Of(1901, 1, 1), day.Of(2899, 12, 31))

// noDate reports a value by which a bank's program says that there is no date: 9999-12-31, 00000000.
func (c *cell) noDate() bool { return c.t.profile.noDate[clean(c.text)] }

func (c *cell) dateIf() day.Date {
	if c.none() || c.noDate() {
		return day.None
	}
	d, f := readDate(c.text)
	if f != nil {
		c.fault(f)
	}
	return d
}

func (c *cell) money() (money.Fen, bool) {
	f, err := readMoney(c.text, c.t.units[c.column])
	if err != nil {
		c.err(err)
		return 0, false
	}
	return f, true
}

// above0 is an amount that must be more than nothing; it counts towards the check of the file's total.
func (c *cell) above0() money.Fen {
	f, ok := money.ParsePlain(c.text)
	if !ok || c.t.units[c.column] != money.Yuan {
		if !c.needFigure() {
			return 0
		}
		f, ok = c.money()
	}
	if ok && f <= 0 {
		c.fault(FaultNotPositive.New().Set("value", c.text))
	}
	c.t.sum(c.column, f)
	c.t.most = max(c.t.most, f)
	return f
}

// notBelow0 is an amount that may be blank.
func (c *cell) notBelow0() (g loan.Given[money.Fen]) {
	if c.none() {
		return g
	}
	f, ok := c.money()
	if ok && f < 0 {
		c.fault(FaultNegative.New().Set("value", c.text))
	}
	c.t.sum(c.column, f)
	return loan.Give(f)
}

func (c *cell) count() (g loan.Given[int64]) {
	if c.none() {
		return g
	}
	n, err := strconv.ParseInt(clean(c.text), 10, 64)
	if err != nil || n < 0 {
		c.fault(FaultNumber.New().Set("value", c.text))
		return g
	}
	return loan.Give(n)
}

func (c *cell) yesNo() (g loan.Given[bool]) {
	switch {
	case c.text == "0":
		return loan.Give(false)
	case c.text == "1":
		return loan.Give(true)
	case c.blank():
		return g
	}
	w := c.word()
	if !c.t.profile.yes[w] && !c.t.profile.no[w] {
		c.fault(FaultYesNo.New().Set("value", c.text))
		return g
	}
	return loan.Give(c.t.profile.yes[w])
}

// region is an area code: refused when it can be none, told when it was never assigned.
func (c *cell) region() string {
	w := c.word()
	if w == "" {
		return w
	}
	bad, seen := c.t.regions[w]
	if !seen {
		bad = c.t.judgeRegion(w)
		if len(c.t.regions) < 4096 {
			c.t.regions[strings.Clone(w)] = bad
		}
	}
	if bad != nil {
		f := *bad
		c.fault(&f)
	}
	return w
}

// status is the contract's state; a word that nobody knows is kept and told.
func (c *cell) status() string {
	if !c.need() {
		return ""
	}
	w := c.word()
	name := c.t.status.named(c.t.profile.status, w)
	if !c.t.status.known {
		c.fault(FaultStatus.New().Set("value", w))
	}
	return name
}

func (t *table) judgeRegion(w string) *fault.Fault {
	code, err := region.Parse(w)
	if err != nil {
		return fault.From(err)[0]
	}
	if f := code.Check(fault.Place{}); f != nil {
		return f
	}
	if f := t.profile.counties.Check(code, fault.Place{}); f != nil {
		return f
	}
	if area := t.layout.area; area != "" && !code.Within(area) && !area.Within(code) && !code.IsTest() && !area.IsTest() {
		return region.FaultElsewhere.New().Set("value", code).Set("area", area)
	}
	return nil
}

// setter puts a cell into a record. The tables below are the whole knowledge of what a column means.
type setter[T any] func(*T, *cell)

// contractLine is a contract with what its row says besides, to be held against it.
type contractLine struct {
	loan.Contract
	term  term
	sex   sex
	birth day.Date
}

var contractSetters = map[string]setter[contractLine]{
	"contract_no":  func(x *contractLine, c *cell) { x.No = c.word() },
	"household_no": func(x *contractLine, c *cell) { x.Household = c.word() },
	"id_type":      func(x *contractLine, c *cell) { x.IDType = c.word() },
	"id_no":        func(x *contractLine, c *cell) { x.IDNo = c.text },
	"name":         func(x *contractLine, c *cell) { x.Name = c.name() },
	"branch":       func(x *contractLine, c *cell) { x.Branch = c.word() },
	"branch_name":  func(x *contractLine, c *cell) { x.BranchName = c.word() },
	"region_code":  func(x *contractLine, c *cell) { x.Region = c.region() },
	"product":      func(x *contractLine, c *cell) { x.Product = c.t.product.named(c.t.profile.product, c.word()) },
	"product_code": func(x *contractLine, c *cell) { x.ProductCode = c.word() },
	"purpose":      func(x *contractLine, c *cell) { x.Purpose = c.t.purpose.named(c.t.profile.purpose, c.word()) },
	"annual_rate": func(x *contractLine, c *cell) {
		if c.needFigure() {
			x.Rate, x.Pricing = c.rate()
		}
	},
	"status":        func(x *contractLine, c *cell) { x.Status = c.status() },
	"start":         func(x *contractLine, c *cell) { x.Start = c.date() },
	"end":           func(x *contractLine, c *cell) { x.End = c.date() },
	"amount":        func(x *contractLine, c *cell) { x.Amount = c.above0() },
	"balance":       func(x *contractLine, c *cell) { x.Balance = c.notBelow0() },
	"other_subsidy": func(x *contractLine, c *cell) { x.OtherSubsidy = c.yesNo() },
	"bank_cumulative": func(x *contractLine, c *cell) {
		g := c.notBelow0()
		x.BankCumulative = loan.Given[int64]{Value: int64(g.Value), OK: g.OK}
	},
	"bank_subsidy": func(x *contractLine, c *cell) { x.BankSubsidy = c.notBelow0() },
	"jobs":         func(x *contractLine, c *cell) { x.Jobs = c.count() },
	"employees":    func(x *contractLine, c *cell) { x.Employees = c.count() },
	"households":   func(x *contractLine, c *cell) { x.Households = c.count() },
	"account":      func(x *contractLine, c *cell) { x.Account = c.account() },
	"term":         func(x *contractLine, c *cell) { x.term = c.term() },
	"grade":        func(x *contractLine, c *cell) { x.Grade = c.grade() },
	"sex":          func(x *contractLine, c *cell) { x.sex = c.sex() },
	"birth":        func(x *contractLine, c *cell) { x.birth = c.dateIf() },
}

// ledgerLine is an entry with the contract it belongs to.
type ledgerLine struct {
	contract string
	loan.Entry
}

var ledgerSetters = map[string]setter[ledgerLine]{
	"contract_no": func(x *ledgerLine, c *cell) { x.contract = c.word() },
	"note_no":     func(x *ledgerLine, c *cell) { x.Note = c.word() },
	"date":        func(x *ledgerLine, c *cell) { x.Date = c.date() },
	"kind":        func(x *ledgerLine, c *cell) { x.Kind = c.kind() },
	"amount": func(x *ledgerLine, c *cell) {
		if c.text != "" && (c.text[0]-'0' <= 9 || !c.none()) {
			x.Amount = c.above0()
		}
	},
	"new_end": func(x *ledgerLine, c *cell) { x.NewEnd = c.dateIf() },
}

func (c *cell) kind() loan.Kind {
	w := c.text
	switch w {
	case "drawdown":
		return loan.Drawdown
	case "repayment":
		return loan.Repayment
	}
	switch c.t.profile.kinds[c.word()] {
	case "drawdown":
		return loan.Drawdown
	case "repayment":
		return loan.Repayment
	case "overdue":
		return loan.Overdue
	case "deferral":
		return loan.Deferral
	case "extension":
		return loan.Extension
	}
	c.fault(FaultKind.New().Set("value", w))
	return loan.Repayment
}

type noteLine struct {
	contract string
	loan.Note
}

var noteSetters = map[string]setter[noteLine]{
	"contract_no": func(x *noteLine, c *cell) { x.contract = c.word() },
	"note_no": func(x *noteLine, c *cell) {
		if c.need() {
			x.No = c.word()
		}
	},
	"start":  func(x *noteLine, c *cell) { x.Start = c.date() },
	"end":    func(x *noteLine, c *cell) { x.End = c.date() },
	"amount": func(x *noteLine, c *cell) { x.Amount = c.above0() },
}

type feeLine struct {
	contract string
	last     day.Date
	loan.Fee
}

var feeSetters = map[string]setter[feeLine]{
	"contract_no":  func(x *feeLine, c *cell) { x.contract = c.word() },
	"note_no":      func(x *feeLine, c *cell) { x.Note = c.word() },
	"guarantee_no": func(x *feeLine, c *cell) { x.GuaranteeNo = c.word() },
	"fee_rate": func(x *feeLine, c *cell) {
		if !c.none() {
			r, _ := c.rate()
			x.Rate = loan.Give(r)
		}
	},
	"fee":        func(x *feeLine, c *cell) { x.Fee.Fee = c.above0() },
	"refund":     func(x *feeLine, c *cell) { x.Refund = c.notBelow0().Value },
	"paid":       func(x *feeLine, c *cell) { x.Paid = c.date() },
	"cover_from": func(x *feeLine, c *cell) { x.Cover.From = c.date() },
	"cover_to":   func(x *feeLine, c *cell) { x.last = c.date() },
}

type listLine struct {
	no       string
	from, to day.Date
}

var listSetters = map[string]setter[listLine]{
	"household_no": func(x *listLine, c *cell) { x.no = c.word() },
	"valid_from":   func(x *listLine, c *cell) { x.from = c.date() },
	"valid_to":     func(x *listLine, c *cell) { x.to = c.dateIf() },
}

var historySetters = map[string]setter[household.Paid]{
	"household_no": func(x *household.Paid, c *cell) { x.Household = c.word() },
	"scheme":       func(x *household.Paid, c *cell) { x.Scheme = c.word() },
	"year":         func(x *household.Paid, c *cell) { x.Year = int(c.count().Value) },
	"paid":         func(x *household.Paid, c *cell) { x.Amount = int64(c.notBelow0().Value) },
}
