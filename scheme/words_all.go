package scheme

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"ganlan/day"
	"ganlan/fault"
	"ganlan/money"
	"ganlan/rule"
)

// Line is one value of a scheme in words, with what it rests on.
type Line struct {
	Key   string // place in the file: amount.caps[0]
	Value Words
	Cite  string
}

// Label is what the value is, in words.
func (l Line) Label() Words { return LabelOf(l.Key) }

// Add appends a value to the lines.
type Add func(key string, value Words, c rule.Cite)

// Lines gathers values; what the documents do not say is marked.
func Lines(fill func(Add)) (out []Line) {
	fill(func(key string, value Words, c rule.Cite) {
		if c.Assumed {
			value.Zh += "（文件未载，按读法）"
			value.En += " (not in the documents; a reading)"
		}
		out = append(out, Line{Key: key, Value: value, Cite: c.Text()})
	})
	return out
}

// AddValue appends every version of a value, with the days and conditions on which it holds and the name to set it by.
func AddValue[T any](add Add, key string, v *rule.Value[T]) {
	for i, x := range v.Versions {
		k, w := key, WordsOf(x.Is)
		if x.Open() {
			w = open(x.Suggested())
		}
		if len(v.Versions) > 1 {
			k = fmt.Sprintf("%s[%d]", key, i)
		}
		w = held(w, x.Since, x.Until, x.When)
		if v.Name != "" {
			w.Zh, w.En = w.Zh+"  (--set "+v.Name+")", w.En+"  (--set "+v.Name+")"
		}
		add(k, w, x.Cite)
	}
}

// open says that the documents give no value, and what the file proposes.
func open(suggested string) Words {
	w := Words{"文件未定，须给定", "left open, to be given"}
	if suggested != "" {
		w.Zh, w.En = w.Zh+"（建议 "+suggested+"）", w.En+" (suggested: "+suggested+")"
	}
	return w
}

// held adds the days and the condition on which a value holds.
func held(w Words, since, until day.Date, when string) Words {
	if since != 0 && since != day.None {
		w.Zh, w.En = w.Zh+"，自 "+since.String(), w.En+", since "+since.String()
	}
	if until != 0 && until != day.None && until != day.Open {
		w.Zh, w.En = w.Zh+"，至 "+until.String(), w.En+", until "+until.String()
	}
	if when != "" {
		w.Zh, w.En = w.Zh+"，当 "+when, w.En+", when "+when
	}
	return w
}

// WordsOf is a value in both languages.
func WordsOf(v any) Words {
	switch x := v.(type) {
	case interface{ In(fault.Lang) string }:
		return Words{x.In(fault.Zh), x.In(fault.En)}
	case money.Fen:
		return Words{x.Grouped() + " 元", x.Grouped() + " yuan"}
	case rule.Raw:
		return wordsOf(strings.Split(string(x), "、"))
	}
	return WordOf(fmt.Sprint(v))
}

// Words are all values of the scheme in the order of the file: what explain prints and diff compares.
func (s *Scheme) Words() []Line { return Lines(s.words) }

func (s *Scheme) words(add Add) {
	s.factWords(add)
	for i := range s.Who {
		t := &s.Who[i]
		add("who."+nameOf(t), t.Describe(), t.Cite)
	}
	s.amountWords(add)
	if s.Fee != nil {
		AddValue(add, "fee.share", &s.Fee.Share.Value)
		AddValue(add, "fee.prorate", &s.Fee.Prorate.Value)
		AddValue(add, "fee.refund", &s.Fee.Refund.Value)
		AddValue(add, "fee.tolerance", &s.Fee.Tolerance.Value)
	}
	for i := range s.Exclusive {
		x := &s.Exclusive[i]
		w := WordOf(string(x.Then))
		with := strings.Join(x.With, "、")
		add(fmt.Sprintf("exclusive[%d]", i), Words{with + "：" + w.Zh, with + ": " + w.En}, x.Cite)
	}
	for i := range s.Warn {
		w := &s.Warn[i]
		what, above, by := WordOf(string(w.When)), WordsOf(w.Above.Is()), WordOf(string(w.Weight.Is()))
		add(fmt.Sprintf("warn[%d]", i), Words{spaced(what.Zh, "高于", above.Zh, by.Zh), spaced(what.En, "above", above.En, by.En)}, w.Cite)
	}
	s.payWords(add)
	s.TermWords(add)
}

func (s *Scheme) amountWords(add Add) {
	a := &s.Amount
	AddValue(add, "amount.version_by", valueOf(&a.VersionBy))
	AddValue(add, "amount.rate", &a.Rate)
	AddValue(add, "amount.limit", &a.Limit)
	AddValue(add, "amount.base", &a.Base.Value)
	AddValue(add, "amount.year", &a.Year.Value)
	AddValue(add, "amount.first_day", &a.FirstDay.Value)
	AddValue(add, "amount.last_day", &a.LastDay.Value)
	for i := range a.Until {
		u := &a.Until[i]
		add(fmt.Sprintf("amount.until[%d]", i), u.words(), u.Cite)
	}
	AddValue(add, "amount.months", &a.Months)
	AddValue(add, "amount.overdue", &a.Overdue.Value)
	AddValue(add, "amount.deferral", &a.Deferral.Value)
	AddValue(add, "amount.repayments", &a.Repay.Value)
	AddValue(add, "amount.claim", &a.Claim.Value)
	AddValue(add, "amount.settle", &a.Settle.Value)
	AddValue(add, "amount.settle_day", &a.SettleDay.Value)
	for i := range a.Principal {
		p := &a.Principal[i]
		per, times := WordOf(string(p.Per.Is())), WordOf(string(p.Times))
		sum := sums(&p.UpTo.Value)
		add(fmt.Sprintf("amount.principal[%d]", i), Words{spaced("每"+per.Zh, sum.Zh, s.named(p.Of).Zh, times.Zh), spaced(sum.En, s.named(p.Of).En, "per", per.En, times.En)}, p.Cite)
	}
	add("amount.round", a.Round.Words(), a.Round.Cite)
	for i := range a.Caps {
		c := &a.Caps[i]
		per, over, sum := WordOf(string(c.Per.Is())), WordOf(string(c.Over.Or(OverYear))), sums(&c.Money.Value)
		add(fmt.Sprintf("amount.caps[%d]", i), Words{spaced("每"+per.Zh, over.Zh, sum.Zh, s.named(c.Of).Zh), spaced(sum.En, s.named(c.Of).En, "per", per.En+",", over.En)}, c.Cite)
	}
	AddValue(add, "amount.budget", &a.Budget)
}

// Words is the rounding in words: 每合同，到分，四舍五入.
func (r *Round) Words() Words {
	per := WordOf(string(r.Per.Is()))
	if r.Per.Is() == GrainDrawdown {
		per = labels["round.drawdown"]
	}
	w := wordsOf([]string{string(r.To.Is()), string(r.Mode.Is())})
	return Words{"每" + per.Zh + "，" + w.Zh, "per " + per.En + ", " + w.En}
}

// valueOf is a setting as a value that cites nothing itself.
func valueOf[T any](s *rule.Setting[T]) *rule.Value[T] {
	if !s.Given() {
		return &rule.Value[T]{}
	}
	return &rule.Value[T]{Versions: []rule.Version[T]{s.Version()}}
}

func (s *Scheme) payWords(add Add) {
	AddValue(add, "pay.benefit", &s.Pay.Benefit.Value)
	AddValue(add, "pay.payers", &s.Pay.Payers)
	add("pay.split", wordsOf([]string{string(s.Pay.Split.Of.Or(SplitTotal)), s.Pay.Split.RestTo.Or(LargestRemainder)}), s.Pay.Split.Cite)
	AddValue(add, "pay.deadline", &s.Pay.Deadline.Value)
}

// TermWords are what other steps than the calculation act on.
func (h *Head) TermWords(add Add) {
	for _, k := range slices.Sorted(maps.Keys(h.Terms)) {
		v := h.Terms[k]
		AddValue(add, "terms."+k, &v)
	}
}

func nameOf(t *Test) string {
	if t.Kind != "" {
		return string(t.Kind)
	}
	return t.Code
}

// spaced joins what is not empty.
func spaced(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), " ")
}

// Say adds every form of a value to the lines. One that the documents leave open says so, with what is suggested.
func Say[T any](add Add, key string, v *rule.Value[T], say func(T) Words) {
	for i, x := range v.Versions {
		k, w := key, Words{"须给定", "must be given"}
		if len(v.Versions) > 1 {
			k = fmt.Sprintf("%s[%d]", key, i)
		}
		switch {
		case !x.Open():
			w = say(x.Is)
		case x.Suggested() != "":
			w = Words{w.Zh + "（建议 " + x.Suggested() + "）", w.En + " (suggested: " + x.Suggested() + ")"}
		}
		if x.Since != 0 && x.Since != day.None {
			w = Words{w.Zh + " 自 " + x.Since.String(), w.En + " from " + x.Since.String()}
		}
		if v.Name != "" {
			w = Words{w.Zh + "  (--set " + v.Name + ")", w.En + "  (--set " + v.Name + ")"}
		}
		add(k, w, x.Cite)
	}
}

// sums is money with the days since which it holds and the paper behind each.
func sums(v *rule.Value[money.Fen]) Words {
	var zh, en []string
	for _, x := range v.Versions {
		w := held(WordsOf(x.Is), x.Since, x.Until, x.When)
		if x.Since != day.None {
			w.Zh, w.En = w.Zh+" ["+x.Text()+"]", w.En+" ["+x.Text()+"]"
		}
		zh, en = append(zh, w.Zh), append(en, w.En)
	}
	return Words{strings.Join(zh, "；"), strings.Join(en, "; ")}
}

func (u *Cutoff) words() Words {
	last := u.Is.Is().String()
	switch {
	case u.DrawnTo != 0:
		return Words{"放款至 " + u.DrawnTo.String() + "：计算至 " + last, "drawn to " + u.DrawnTo.String() + ": counted until " + last}
	case u.FirstDrawnTo != 0:
		return Words{"首次放款至 " + u.FirstDrawnTo.String() + "：计算至 " + last, "first drawn to " + u.FirstDrawnTo.String() + ": counted until " + last}
	}
	return Words{"计算至 " + last, "counted until " + last}
}

// In is the payers with their shares.
func (p Payers) In(l fault.Lang) string {
	parts := make([]string, len(p))
	for i, x := range p {
		parts[i] = WordOf(x.Who).In(l) + " " + x.Share.String()
	}
	return strings.Join(parts, Words{"、", ", "}.In(l))
}

// String is the payers as a user can set them.
func (p Payers) String() string {
	parts := make([]string, len(p))
	for i, x := range p {
		parts[i] = x.Who + " " + x.Share.String()
	}
	return strings.Join(parts, ", ")
}
