package bankfile

import (
	"strings"

	"ganlan/fault"
	"ganlan/figure"
	"ganlan/money"
	"ganlan/scheme"
)

// rowNo is the key of the column that numbers the rows of a table of facts.
const rowNo = "no"

// Keys of what a table of earlier payments says besides the facts by which ceilings count.
const (
	paidYear   = "earlier_year"
	paidAmount = "earlier_paid"
)

// rowKey is the key of the column that numbers the rows.
func (p *Profile) rowKey() string {
	if p.keyOwn != "" {
		return p.keyOwn
	}
	return rowNo
}

// ForTable is the profile that reads tables of these facts, one row each: columns are found by a fact's key or titles. The rows
// are numbered by the column of the usual names (编号, 序号), or by the one named, which may be a fact's.
func (p *Profile) ForTable(facts figure.Facts, number string) *Profile {
	q := p.withFacts(Facts, facts)
	q.numberBy(number)
	return q
}

func (p *Profile) numberBy(title string) {
	for _, b := range p.banks {
		b.numberBy(title)
	}
	if p.keyTitle = title; title == "" {
		p.keyTitle = p.title(Facts, rowNo) + " (" + rowNo + ")"
		return
	}
	if key := p.columns[Facts][plainName(title)]; key != "" {
		p.keyOwn = key
		return
	}
	p.columns[Facts][plainName(title)], p.keyOwn = rowNo+"."+title, rowNo+"."+title
}

// factLine is one row of a table of facts.
type factLine struct {
	no    string
	facts figure.Row
}

func (p *Profile) tableSetters() map[string]setter[factLine] {
	all := map[string]setter[factLine]{}
	for i := range p.facts {
		f := &p.facts[i]
		all[factKey(f)] = func(x *factLine, c *cell) { c.fact(&x.facts, f) }
	}
	key := p.rowKey()
	also := all[key]
	all[key] = func(x *factLine, c *cell) {
		x.no = c.word()
		if also != nil {
			also(x, c)
		}
	}
	return all
}

// ReadFacts reads a table of facts whole, in the order of the file. A number that stands twice is for the caller to judge.
func (f *File) ReadFacts() (rows []scheme.FactRow, faults fault.List) {
	begin := func() { rows = nil }
	faults = readWhole(f, f.profile.tableSetters(), func(x *factLine) string { return x.no }, factLine{}, begin, func(ls *lines[factLine]) {
		at := ls.layout.at(ls.row, -1)
		rows = append(rows, scheme.FactRow{No: strings.Clone(ls.x.no), Facts: ls.x.facts, Place: at})
	})
	if len(rows) == 0 && faults.Err() == nil {
		faults.Add(FaultEmpty.At(f.Layout.at(0, -1)))
	}
	return rows, faults
}

// ForEarlier is the profile that reads what was paid before: year, amount, and facts by which ceilings count, none of them
// needed.
func (p *Profile) ForEarlier(facts figure.Facts) *Profile {
	own := figure.Facts{{Key: paidYear, Type: figure.Count, Zh: "年度", En: "year", Titles: []string{"年份", "year"}, Need: true},
		{Key: paidAmount, Type: figure.Money, Zh: "已付金额", En: "paid", Titles: []string{"已补金额", "金额", "paid"}, Need: true}}
	for _, f := range facts {
		f.Need = false
		own = append(own, f)
	}
	return p.ForTable(own, paidAmount)
}

// ReadEarlier reads what was paid before, whole.
func (f *File) ReadEarlier() (list []scheme.Earlier, faults fault.List) {
	rows, faults := f.ReadFacts()
	if faults.Err() != nil {
		return nil, faults
	}
	for _, r := range rows {
		paid, err := r.Facts[paidAmount].Fen(money.ToFen)
		if err != nil || paid < 0 {
			faults.Add(FaultNegative.At(f.Layout.at(r.Place.Row, f.Layout.column(f.profile.rowKey()))).Set("value", paid))
		}
		year := int(r.Facts[paidYear].Rat().Num().Int64())
		delete(r.Facts, paidAmount)
		delete(r.Facts, paidYear)
		list = append(list, scheme.Earlier{Year: year, Paid: paid, Of: r.Facts, Place: r.Place})
	}
	return list, faults
}

// percentText is a share or rate as policies write it. A bare number is per cent where the title says so or it is above 1; 0.7
// by itself could be 0.7% or 70%, and is refused.
func (c *cell) percentText() (string, bool) {
	t := strings.ToUpper(clean(c.text))
	bare := strings.Trim(t, "0123456789.+-") == ""
	sign := rateUnitOf(c.t.layout.Titles[c.column]).sign
	if strings.ContainsAny(c.t.layout.Titles[c.column], "%％") {
		sign = "%"
	}
	if bare && sign == "" {
		r, err := money.ParseRate(t)
		if err == nil && !r.IsZero() && max(r.Num(), -r.Num()) <= r.Den() {
			c.fault(FaultRateTwoWays.New().Set("value", c.text))
			return "", false
		}
		sign = "%"
	}
	if bare {
		t += strings.ToUpper(sign)
	}
	r, err := money.ParseRate(t)
	if err != nil {
		c.fault(money.FaultRate.New().Set("value", c.text))
		return "", false
	}
	return r.String(), true
}
