package risk

import (
	"strings"

	"ganlan/fault"
	"ganlan/rule"
	"ganlan/scheme"
)

// SameShares says that what is recovered returns to the parties in the shares in which they bore the loss (OP-56). Any other
// word of a recovery rule is the party that has it all.
const SameShares = "same_shares"

// listWords is a value that is a list of words.
func listWords(list []string) scheme.Words {
	return scheme.Words{Zh: strings.Join(list, "、"), En: strings.Join(list, ", ")}
}

// In is parties with their shares and names in a language.
func (p Parties) In(names Names, l fault.Lang) string {
	parts := make([]string, len(p))
	for i := range p {
		x := &p[i]
		parts[i] = names.Of(x.Who, l) + " " + x.share(l)
		if len(x.Split) > 0 {
			parts[i] += [2]string{"（其中 ", " (of it "}[lang(l)] + x.Split.In(names, l) + [2]string{"）", ")"}[lang(l)]
		}
	}
	return strings.Join(parts, [2]string{"、", ", "}[lang(l)])
}

// share is the party's share in words; what nobody has given yet says how to.
func (p *Party) share(l fault.Lang) string {
	s := p.Share.Is()
	switch {
	case p.Share.Given() && !s.given:
		return say(l, "须给定", "to be given") + " (--set " + p.Share.Name() + ")"
	case s.Rest && p.rate.IsZero():
		return say(l, "其余", "the rest")
	}
	return p.rate.Fraction()
}

func (p Parties) words(names Names) scheme.Words {
	return scheme.Words{Zh: p.In(names, fault.Zh), En: p.In(names, fault.En)}
}

// both is a text in both languages, made by the same words.
func both(make func(fault.Lang) string) scheme.Words {
	return scheme.Words{Zh: make(fault.Zh), En: make(fault.En)}
}

// sayParties gives every table of shares of a value.
func sayParties(add scheme.Add, key string, v *rule.Value[Parties], names Names) {
	scheme.Say(add, key, v, func(p Parties) scheme.Words { return p.words(names) })
}
