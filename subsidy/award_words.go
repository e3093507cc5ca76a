package subsidy

import (
	"fmt"
	"strings"

	"ganlan/day"
	"ganlan/fault"
	"ganlan/figure"
	"ganlan/rule"
	"ganlan/scheme"
)

// Words are all values of the award in the order of the file.
func (a *Award) Words() []scheme.Line {
	return scheme.Lines(func(add scheme.Add) {
		a.Sheet.words(add)
		if a.Amount.Given() {
			v := a.Amount.First()
			add("amount", a.title(v.Is), v.Cite)
		}
		if x := a.Allocate; x != nil {
			add("allocate", a.allocateWords(x), x.Cite)
		}
		add("round", scheme.Words{Zh: unitZh[a.Round.To.Is()] + "，" + modeZh[a.Round.Mode.Is()], En: string(a.Round.To.Is() + ", " + scheme.RoundUnit(a.Round.Mode.Is()))}, a.Round.Cite)
		for i := range a.Caps {
			add(fmt.Sprintf("caps[%d]", i), a.Caps[i].words(&a.Sheet), a.Caps[i].Cite)
		}
		if g := a.Grant; g != nil {
			add("grant", scheme.Words{Zh: "测算数为上限，由财政核定：" + a.title(g.Fact).Zh, En: "what is computed is a ceiling; finance decides: " + a.title(g.Fact).En}, g.Cite)
		}
		a.Sheet.payWords(add, a.Pay)
	})
}

var (
	unitZh = map[scheme.RoundUnit]string{"fen": "取整到分", "yuan": "取整到元", "100yuan": "取整到百元", "10000yuan": "取整到万元"}
	modeZh = map[scheme.RoundMode]string{"half_up": "四舍五入", "half_even": "四舍六入五取偶", "down": "舍去", "up": "进一"}
)

// title is a fact or figure in both languages; an unknown name is itself.
func (s *Sheet) title(name string) scheme.Words {
	if s.program == nil {
		return scheme.Words{Zh: name, En: name}
	}
	return scheme.Words{Zh: s.program.Title(name, fault.Zh), En: s.program.Title(name, fault.En)}
}

func (s *Sheet) words(add scheme.Add) {
	s.dateWords(add, "valid", s.Valid)
	s.dateWords(add, "data", s.Data)
	for _, x := range s.shared {
		add("exclusions", x.Title, x.Cite)
	}
	if len(s.Unique) > 0 {
		w := s.perWords(s.Unique)
		add("unique", scheme.Words{Zh: w.Zh + "只报一次", En: w.En + " once"}, rule.Cite{})
	}
	if s.Records != nil {
		s.recordWords(add)
	}
	for i := range s.Figures {
		f := &s.Figures[i]
		add("figures."+f.Key, s.figureWords(f, s.program), f.Cite)
	}
	for _, x := range s.screens {
		add("who."+x.Code, scheme.Words{Zh: x.Zh, En: x.En}, x.Cite)
	}
	for i := range s.Warn {
		x := &s.Warn[i]
		add("warn."+x.Code, scheme.Words{Zh: x.Zh, En: x.En}, x.Cite)
	}
}

func (s *Sheet) figureWords(f *figure.Figure, p *figure.Program) scheme.Words {
	if p == nil {
		return scheme.Words{Zh: f.Zh, En: f.En}
	}
	return scheme.Words{Zh: f.Zh + " = " + f.Describe(p, fault.Zh), En: f.En + " = " + f.Describe(p, fault.En)}
}

func (s *Sheet) dateWords(add scheme.Add, key string, d *Dates) {
	if d == nil {
		return
	}
	day := func(x day.Date) scheme.Words { return scheme.Words{Zh: x.String(), En: x.String()} }
	from, to := orOpen(&d.From, day), orOpen(&d.To, day)
	add(key, scheme.Words{Zh: from.Zh + " … " + to.Zh, En: from.En + " … " + to.En}, d.cites())
}

// orOpen is a setting in words, or that somebody has to give it; nothing when it is not written.
func orOpen[T any](s *rule.Setting[T], say func(T) scheme.Words) scheme.Words {
	switch {
	case !s.Given():
		return scheme.Words{}
	case s.Version().Open():
		return scheme.Words{Zh: "须给定（--set " + s.Name() + "）", En: "to be given (--set " + s.Name() + ")"}
	}
	return say(s.Is())
}

// operandWords is an operand by its title, or the value as the file writes it.
func (s *Sheet) operandWords(o *rule.Setting[figure.Operand]) scheme.Words {
	return orOpen(o, func(x figure.Operand) scheme.Words { return s.title(string(x)) })
}

// cites is the dates' own citation, or those of the two days.
func (d *Dates) cites() rule.Cite {
	c := d.Cite
	for _, x := range []rule.Cite{d.From.Cited(), d.To.Cited()} {
		if c.Text() == "" || c.Clause == x.Clause && c.Reading == "" {
			c.Clause, c.Reading, c.Source = x.Clause, x.Reading, x.Source
		}
	}
	return c
}

func (s *Sheet) recordWords(add scheme.Add) {
	var by scheme.Words
	for i, n := range s.Records.By {
		if i > 0 {
			by.Zh, by.En = by.Zh+"、", by.En+", "
		}
		by.Zh, by.En = by.Zh+s.title(n).Zh, by.En+s.title(n).En
	}
	add("records.by", scheme.Words{Zh: "按" + by.Zh + "汇总", En: "counted together by " + by.En}, rule.Cite{})
	for i := range s.Records.Figures {
		f := &s.Records.Figures[i]
		add("records.figures."+f.Key, s.figureWords(f, s.Records.program), f.Cite)
	}
	for i := range s.Records.Who {
		x := &s.Records.Who[i]
		add("records.who."+x.Code, scheme.Words{Zh: x.Zh, En: x.En}, x.Cite)
	}
	for i := range s.Records.Totals {
		t := &s.Records.Totals[i]
		add("records.totals."+t.Key, t.words(s.Records.program), t.Cite)
	}
}

func (t *Total) words(p *figure.Program) scheme.Words {
	if t.Count {
		return scheme.Words{Zh: t.Zh + " = 笔数", En: t.En + " = number of records"}
	}
	way := scheme.Words{Zh: "合计", En: "sum"}
	for _, x := range []struct {
		of     string
		zh, en string
	}{{t.Distinct, "不同值个数", "different values"}, {t.Lowest, "最低", "lowest"}, {t.Highest, "最高", "highest"}, {t.Mean, "平均", "mean"}} {
		if x.of != "" {
			way = scheme.Words{Zh: x.zh, En: x.en}
		}
	}
	zh, en := t.of, t.of
	if p != nil {
		zh, en = p.Title(t.of, fault.Zh), p.Title(t.of, fault.En)
	}
	return scheme.Words{Zh: t.Zh + " = " + zh + way.Zh, En: t.En + " = " + way.En + " of " + en}
}

func (a *Award) allocateWords(x *Allocation) scheme.Words {
	m, by := a.operandWords(&x.Money), a.title(x.By)
	per := a.perWords(x.Per.Is())
	return scheme.Words{Zh: m.Zh + "（" + per.Zh + "）按" + by.Zh + "占比分配", En: m.En + " (" + per.En + ") in proportion to " + by.En}
}

// perWords is whom a ceiling counts together.
func (s *Sheet) perWords(per []string) scheme.Words {
	if len(per) == 1 && per[0] == everyone {
		return scheme.Words{Zh: "全部合计", En: "all together"}
	}
	var zh, en []string
	for _, n := range per {
		t := s.title(n)
		zh, en = append(zh, t.Zh), append(en, t.En)
	}
	return scheme.Words{Zh: "每个" + strings.Join(zh, "、"), En: "each " + strings.Join(en, ", ")}
}

func (c *AwardCap) words(s *Sheet) scheme.Words {
	per, m := s.perWords(c.Per.Is()), s.operandWords(&c.Money)
	over := scheme.Words{Zh: "每年", En: "a year"}
	if c.Over == scheme.OverLife {
		over = scheme.Words{Zh: "方案期内", En: "over the scheme's life"}
	}
	short := scheme.Words{Zh: "不足时同比例", En: "shared in proportion when short"}
	if c.Short.Is() == ShortFirstCome {
		by := s.title(c.By)
		short = scheme.Words{Zh: "按" + by.Zh + "先到先得", En: "first come first served by " + by.En}
	}
	out := scheme.Words{Zh: per.Zh + over.Zh + "不超过 " + m.Zh + "，" + short.Zh, En: "at most " + m.En + " for " + per.En + " " + over.En + ", " + short.En}
	if c.When != "" {
		out.Zh, out.En = out.Zh+"；限于 "+c.When, out.En+"; where "+c.When
	}
	return out
}

func (s *Sheet) payWords(add scheme.Add, p *scheme.Pay) {
	if p == nil {
		return
	}
	for _, v := range p.Payers.Versions {
		text := v.Is.String()
		add("pay.payers", scheme.Words{Zh: text, En: text}, v.Cite)
	}
	split := string(p.Split.Of.Or(scheme.SplitTotal)) + ", " + p.Split.RestTo.Or(scheme.LargestRemainder)
	add("pay.split", scheme.Words{Zh: split, En: split}, p.Split.Cite)
}
