package scheme

import (
	"fmt"
	"slices"
	"strconv"

	"ganlan/rule"
)

// Parameter is a value of a scheme that has a name, so that somebody who reads the documents otherwise can set it.
type Parameter struct {
	Name   string // as --set takes it
	Key    string // place in the file: amount.year, who.listed.at
	Is     string // as the scheme has it
	Others []string
	Cite   string
}

// Parameters are the named values that decide an amount, in the order of the file. Others are all other words that a value
// could have; it is empty where the value is a rate, a day or a number.
func (s *Scheme) Parameters() []Parameter {
	var l parameters
	for i := range s.Who {
		t := &s.Who[i]
		key := "who." + nameOf(t)
		inSetting(&l, key+".at", &t.At, t.Cite, others(t.At.Is()))
		inSetting(&l, key+".from", &t.From, t.Cite, nil)
		inSetting(&l, key+".to", &t.To, t.Cite, nil)
		inSetting(&l, key+".is", &t.Is, t.Cite, nil)
	}
	a := &s.Amount
	inSetting(&l, "amount.version_by", &a.VersionBy, rule.Cite{}, others(a.VersionBy.Is()))
	inValue(&l, "amount.rate", &a.Rate, nil)
	inValue(&l, "amount.limit", &a.Limit, nil)
	inWords(&l, "amount.base", &a.Base.Value)
	inValue(&l, "amount.year", &a.Year.Value, otherYears(a.Year.Or("")))
	inWords(&l, "amount.first_day", &a.FirstDay.Value)
	inWords(&l, "amount.last_day", &a.LastDay.Value)
	for i := range a.Until {
		inSetting(&l, "amount.until["+strconv.Itoa(i)+"]", &a.Until[i].Is, a.Until[i].Cite, nil)
	}
	inWords(&l, "amount.overdue", &a.Overdue.Value)
	inWords(&l, "amount.deferral", &a.Deferral.Value)
	inWords(&l, "amount.repayments", &a.Repay.Value)
	inWords(&l, "amount.claim", &a.Claim.Value)
	inWords(&l, "amount.settle", &a.Settle.Value)
	inValue(&l, "amount.settle_day", &a.SettleDay.Value, nil)
	inSetting(&l, "amount.round.per", &a.Round.Per, a.Round.Cite, others(a.Round.Per.Is()))
	inSetting(&l, "amount.round.to", &a.Round.To, a.Round.Cite, others(a.Round.To.Is()))
	inSetting(&l, "amount.round.mode", &a.Round.Mode, a.Round.Cite, others(a.Round.Mode.Is()))
	return l
}

type parameters []Parameter

func (l *parameters) add(p Parameter) {
	if p.Name != "" {
		*l = append(*l, p)
	}
}

func inSetting[T any](l *parameters, key string, s *rule.Setting[T], around rule.Cite, more []string) {
	cite := s.Cited().Text()
	if cite == "" {
		cite = around.Text()
	}
	l.add(Parameter{s.Name(), key, textOf(s.Is()), more, cite})
}

func inValue[T any](l *parameters, key string, v *rule.Value[T], more []string) {
	if v.Given() {
		l.add(Parameter{v.Name, key, textOf(v.First().Is), more, v.First().Text()})
	}
}

func inWords[T word](l *parameters, key string, v *rule.Value[T]) {
	if v.Given() {
		inValue(l, key, v, others(v.First().Is))
	}
}

// word is a value that is one of a few words.
type word interface {
	~string
	Known() []string
}

func others[T word](is T) []string {
	return slices.DeleteFunc(is.Known(), func(k string) bool { return k == string(is) })
}

// otherYears are the day counts that differ from one, each under one spelling.
func otherYears(is Year) (out []string) {
	for _, y := range years {
		if y.count != is.Count() {
			out = append(out, y.name)
		}
	}
	return out
}

func textOf(v any) string { return fmt.Sprint(v) }
