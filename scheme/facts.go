package scheme

import (
	"maps"

	"ganlan/fault"
	"ganlan/figure"
	"ganlan/rule"
)

// contractGiven are the names that figures of an interest scheme may use beside its facts: of the contract, the LPR of its
// term on its first day, and the last day of the claim year.
var contractGiven = map[string]figure.Type{"contract_amount": figure.Money, "contract_rate": figure.Percent,
	"contract_start": figure.Date, "contract_end": figure.Date, "lpr": figure.Percent,
	"claim_end": figure.Date}

// facts makes declared facts and figures ready.
func (c checker) facts() {
	if len(c.s.Facts) == 0 && len(c.s.Figures) == 0 {
		return
	}
	p, faults := figure.Compile(c.s.Facts, c.s.Figures, contractGiven)
	for _, f := range faults {
		f.Place.File = c.File
		c.Add(f)
	}
	c.s.Program = p
}

// Names are the names that conditions of the scheme may use: those of every scheme, and its own facts and figures.
func (s *Scheme) Names() rule.Names {
	if s.Program == nil {
		return ConditionNames
	}
	all := maps.Clone(ConditionNames)
	maps.Copy(all, s.Program.Names())
	return all
}

// ceiling refuses a ceiling that is written twice or not at all, or names something that is no amount of money.
func (c checker) ceiling(of string, written bool, key string, at fault.Place) {
	switch {
	case (of == "") == !written:
		c.Add(FaultTest.At(c.At(at)).Set("test", key).Set("key", key+" / of"))
	case of == "":
	case c.s.Program == nil || c.s.Program.TypeOf(of) != figure.Money:
		var amounts []string
		if c.s.Program != nil {
			for name := range c.s.Program.Names() {
				if c.s.Program.TypeOf(name) == figure.Money {
					amounts = append(amounts, name)
				}
			}
		}
		c.Add(FaultNoAmount.At(c.At(at)).Set("name", of).Near(of, amounts))
	}
}

// factWords are the declared facts and figures in words.
func (s *Scheme) factWords(add Add) {
	for i := range s.Facts {
		f := &s.Facts[i]
		t := WordOf(string(f.Type))
		add("facts."+f.Key, Words{f.Zh + "（" + t.Zh + "）", f.En + " (" + t.En + ")"}, f.Cite)
	}
	for i := range s.Figures {
		f := &s.Figures[i]
		add("figures."+f.Key, Words{f.Zh + " = " + f.Describe(s.Program, fault.Zh), f.En + " = " + f.Describe(s.Program, fault.En)}, f.Cite)
	}
}

// named is the name of a fact or figure in words; nothing where there is none.
func (s *Scheme) named(of string) Words {
	if of == "" || s.Program == nil {
		return Words{of, of}
	}
	return Words{s.Program.Title(of, fault.Zh), s.Program.Title(of, fault.En)}
}
