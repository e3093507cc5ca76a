package risk

import (
	"strings"

	"ganlan/day"
	"ganlan/fault"
	"ganlan/rule"
	"ganlan/scheme"
)

// SameShares says that what is recovered returns to the parties in the shares in which they bore the loss (OP-56). Any other
// word of a recovery rule is the party that has it all.
const SameShares = "same_shares"

// versionText says since when, until when and on what condition a value holds, and how it can be set.
func versionText[T any](v *rule.Value[T], x *rule.Version[T], w scheme.Words) scheme.Words {
	if x.Since != 0 && x.Since != day.None {
		w.Zh, w.En = w.Zh+" 自 "+x.Since.String(), w.En+" since "+x.Since.String()
	}
	if x.Until != 0 && x.Until != day.None {
		w.Zh, w.En = w.Zh+" 至 "+x.Until.String(), w.En+" until "+x.Until.String()
	}
	if x.When != "" {
		w.Zh, w.En = w.Zh+" 当 "+x.When, w.En+" when "+x.When
	}
	return settable(w, v.Name)
}

// same is a text that is alike in both languages.
func same(s string) scheme.Words { return scheme.Words{Zh: s, En: s} }

// listWords is a value that is a list of words.
func listWords(list []string) scheme.Words {
	return scheme.Words{Zh: strings.Join(list, "、"), En: strings.Join(list, ", ")}
}

// In is parties with their shares and names in a language.
func (p Parties) In(names Names, l fault.Lang) string {
	parts := make([]string, len(p))
	for i := range p {
		x := &p[i]
		parts[i] = names.Of(x.Who, l) + " " + x.rate.Fraction()
		if len(x.Split) > 0 {
			parts[i] += [2]string{"（其中 ", " (of it "}[lang(l)] + x.Split.In(names, l) + [2]string{"）", ")"}[lang(l)]
		}
	}
	return strings.Join(parts, [2]string{"、", ", "}[lang(l)])
}

func (p Parties) words(names Names) scheme.Words {
	return scheme.Words{Zh: p.In(names, fault.Zh), En: p.In(names, fault.En)}
}

// both is a text in both languages, made by the same words.
func both(make func(fault.Lang) string) scheme.Words {
	return scheme.Words{Zh: make(fault.Zh), En: make(fault.En)}
}

// single gives a value that has one form; nothing when the scheme does not have it.
func single[T any](add scheme.Add, key string, v *rule.Single[T], w scheme.Words) {
	if v.Given() {
		add(key, settable(w, v.Name), v.First().Cite)
	}
}
