package bankfile

import (
	"maps"
	"slices"

	"ganlan/fault"
	"ganlan/figure"
	"ganlan/loan"
	"ganlan/money"
)

// factKey is the key of a column that holds a fact of the scheme. No key of ours has a dot.
func factKey(f *figure.Fact) string { return "fact." + f.Key }

// WithFacts is the profile that also reads the facts that a scheme declares, from columns of the contracts named by the
// fact's key or one of its titles. A name that the profile knows already keeps its meaning.
func (p *Profile) WithFacts(facts figure.Facts) *Profile {
	if len(facts) == 0 {
		return p
	}
	q := *p
	q.facts = facts
	names := maps.Clone(p.columns[Contracts])
	for i := range facts {
		f := &facts[i]
		for _, title := range append([]string{f.Key, f.Zh, f.En}, f.Titles...) {
			if _, known := names[plainName(title)]; !known {
				names[plainName(title)] = factKey(f)
			}
		}
	}
	q.columns = maps.Clone(p.columns)
	q.columns[Contracts] = names
	q.banks = nil
	for _, b := range p.banks {
		q.banks = append(q.banks, b.WithFacts(facts))
	}
	return &q
}

// needed lists the facts without which a file of contracts is refused and that its header lacks.
func (p *Profile) needed(l *Layout) (lacks []string) {
	for i := range p.facts {
		if f := &p.facts[i]; l.Kind == Contracts && f.Need && l.column(factKey(f)) < 0 {
			lacks = append(lacks, f.Zh)
		}
	}
	return lacks
}

// factSetters read the facts of a contract.
func (p *Profile) factSetters() map[string]setter[contractLine] {
	if len(p.facts) == 0 {
		return contractSetters
	}
	all := maps.Clone(contractSetters)
	for i := range p.facts {
		f := &p.facts[i]
		all[factKey(f)] = func(x *contractLine, c *cell) { c.fact(&x.Contract, f) }
	}
	return all
}

// fact reads one fact as its type is written in files. A blank cell gives nothing.
func (c *cell) fact(x *loan.Contract, f *figure.Fact) {
	if c.blank() {
		if f.Need {
			c.need()
		}
		return
	}
	text, ok := c.factText(f.Type)
	if !ok {
		return
	}
	v, err := f.Read(text)
	if err != nil {
		c.err(err)
		return
	}
	if x.Facts == nil {
		x.Facts = figure.Row{}
	}
	x.Facts[f.Key] = v
}

// factText is the cell as policies write a value of the type: money in yuan whatever the column's unit, a rate with its
// sign, a day in ISO form.
func (c *cell) factText(t figure.Type) (string, bool) {
	before := len(c.t.faults)
	text := ""
	switch t {
	case figure.Money:
		f, ok := c.money()
		if !ok {
			return "", false
		}
		text = f.String()
	case figure.Percent:
		r, upon := c.rate()
		if upon != nil {
			c.fault(money.FaultRate.New().Set("value", c.text))
		}
		text = r.String()
	case figure.Date:
		text = c.date().String()
	case figure.Flag:
		text = "false"
		if c.yesNo().Value {
			text = "true"
		}
	default:
		text = c.word()
	}
	return text, !slices.ContainsFunc(c.t.faults[before:], func(f *fault.Fault) bool { return !f.Def.Warning })
}
