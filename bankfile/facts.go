package bankfile

import (
	"maps"
	"slices"
	"strings"

	"ganlan/fault"
	"ganlan/figure"
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
	return p.withFacts(Contracts, facts)
}

func (p *Profile) withFacts(kind Kind, facts figure.Facts) *Profile {
	q := *p
	q.facts = facts
	names := maps.Clone(p.columns[kind])
	for i := range facts {
		f := &facts[i]
		for _, title := range append([]string{f.Key, f.Zh, f.En}, f.Titles...) {
			if _, known := names[plainName(title)]; !known {
				names[plainName(title)] = factKey(f)
			}
		}
	}
	q.columns = maps.Clone(p.columns)
	q.columns[kind] = names
	q.banks = nil
	for _, b := range p.banks {
		q.banks = append(q.banks, b.withFacts(kind, facts))
	}
	return &q
}

// sums reports whether a total row can be held against the amounts of a column.
func (p *Profile) sums(key string) bool {
	name, ok := strings.CutPrefix(key, factKey(&figure.Fact{}))
	f := p.facts.Find(name)
	return summed[key] || ok && f != nil && f.Type == figure.Money
}

// needed lists the facts without which a file of contracts is refused and that its header lacks.
func (p *Profile) needed(l *Layout) (lacks []string) {
	for i := range p.facts {
		if f := &p.facts[i]; (l.Kind == Contracts || l.Kind == Facts) && f.Need && l.column(factKey(f)) < 0 {
			lacks = append(lacks, f.Zh)
		}
	}
	if l.Kind == Facts && l.column(p.rowKey()) < 0 {
		lacks = append(lacks, p.keyTitle)
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
		all[factKey(f)] = func(x *contractLine, c *cell) { c.fact(&x.Facts, f) }
	}
	return all
}

// fact reads one fact as its type is written in files. A blank cell gives nothing.
func (c *cell) fact(row *figure.Row, f *figure.Fact) {
	if c.blank() || f.Type != figure.Text && c.none() {
		if f.Need {
			c.need()
		}
		return
	}
	v, ok := c.factValue(f)
	if !ok {
		return
	}
	if *row == nil {
		*row = make(figure.Row, len(c.t.profile.facts))
	}
	(*row)[f.Key] = v
}

// factValue is the value of a cell. Columns repeat themselves: values that need no look at the column's sum are remembered.
func (c *cell) factValue(f *figure.Fact) (v figure.Value, ok bool) {
	key := rateText{c.column, c.text}
	if v, ok := c.t.values[key]; ok {
		return v, true
	}
	before := len(c.t.faults)
	text, ok := c.factText(f.Type)
	if !ok {
		return v, false
	}
	v, err := f.Read(text)
	if err != nil {
		c.err(err)
		return v, false
	}
	if len(c.t.values) < 4096 && f.Type != figure.Money && len(c.t.faults) == before {
		c.t.values[rateText{c.column, strings.Clone(c.text)}] = v
	}
	return v, true
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
		c.t.sum(c.column, f)
		text = f.String()
	case figure.Percent:
		if c.t.layout.Kind == Facts {
			return c.percentText()
		}
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
	case figure.Number, figure.Count:
		text = clean(c.text)
	default:
		text = strings.Clone(c.word())
	}
	return text, !slices.ContainsFunc(c.t.faults[before:], func(f *fault.Fault) bool { return !f.Def.Warning })
}
