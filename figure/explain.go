package figure

import (
	"strings"

	"ganlan/fault"
	"ganlan/rule"
)

// signs stand between the operands of a way.
var signs = map[string]string{"sum": " + ", "difference": " − ", "product": " × ", "ratio": " ÷ "}

// verbs name the ways that have no sign.
var verbs = map[string][2]string{"mean": {"平均", "mean"}, "lowest": {"取最低", "lowest of"}, "highest": {"取最高", "highest of"},
	"days": {"天数（两端计入）", "days, both in,"}, "years": {"周年数", "full years"}, "months": {"整月数", "full months"}}

// Text is how the figure came about, with every value: 净增额 = 年末余额 5,000.00 元 − 上年末余额 4,200.00 元 = 800.00 元.
func (w *Why) Text(p *Program, l fault.Lang) string {
	head := w.Figure.Title(l) + " = "
	if w.Err != nil {
		return head + [2]string{"无法计算：", "cannot be computed: "}[lang(l)] + errText(w.Err, l)
	}
	s := head + w.way(p, l)
	if w.Chosen == "" && !w.Figure.Is.Given() {
		s += " = " + w.Value.In(l)
	}
	if w.Held != nil {
		s += [2]string{"（以", " (held at "}[lang(l)] + w.Held.text(p, l) + [2]string{"为限）", ")"}[lang(l)]
	}
	return s
}

func (w *Why) way(p *Program, l fault.Lang) string {
	way := w.Figure.written()[0]
	parts := make([]string, len(w.Used))
	for i, u := range w.Used {
		parts[i] = u.text(p, l)
	}
	if sign, ok := signs[way]; ok {
		return strings.Join(parts, sign)
	}
	if verb, ok := verbs[way]; ok {
		return verb[lang(l)] + " " + strings.Join(parts, [2]string{"、", ", "}[lang(l)])
	}
	if w.Chosen != "" {
		parts[len(parts)-1] = "[" + w.chosen(l) + "] → " + parts[len(parts)-1]
	}
	return strings.Join(parts, " ")
}

// chosen is the step, word or condition that was chosen, in words.
func (w *Why) chosen(l fault.Lang) string {
	word, rest, _ := strings.Cut(w.Chosen, " ")
	if b, ok := boundWords[word]; ok {
		return b[lang(l)] + rest
	}
	if word == "else" {
		return [2]string{"其余", "else"}[lang(l)]
	}
	return w.Chosen
}

func (n *Named) text(p *Program, l fault.Lang) string {
	if n.Name == "" {
		return n.Value.In(l)
	}
	return p.Title(n.Name, l) + " " + n.Value.In(l)
}

func errText(err error, l fault.Lang) string {
	for _, f := range fault.From(err) {
		return f.What(l)
	}
	return err.Error()
}

// Describe is the figure's rule in words, without values: 年末余额 − 上年末余额，不低于 0.
func (f *Figure) Describe(p *Program, l fault.Lang) string {
	say := func(zh, en string) string { return [2]string{zh, en}[lang(l)] }
	way := f.written()
	if len(way) != 1 {
		return ""
	}
	s := f.describeWay(p, way[0], l)
	if f.NotBelow.Given() {
		s += say("，不低于 ", ", not below ") + f.NotBelow.Is().in(p, l)
	}
	if f.NotAbove.Given() {
		s += say("，不高于 ", ", not above ") + f.NotAbove.Is().in(p, l)
	}
	return s
}

func (f *Figure) describeWay(p *Program, way string, l fault.Lang) string {
	switch way {
	case "steps":
		return f.Steps.Of.in(p, l) + ": " + stepsText(f.Steps.List.Is(), p, l)
	case "bands":
		s := f.Bands.Of.in(p, l)
		if f.Bands.Base != "" {
			s += " ÷ " + f.Bands.Base.in(p, l)
		}
		return s + [2]string{" 分段累加: ", " band by band: "}[lang(l)] + stepsText(f.Bands.List.Is(), p, l)
	case "match":
		return f.Match.Of.in(p, l) + ": " + f.Match.text(p, l)
	case "choose":
		return chooseText(f.Choose, p, l)
	}
	var parts []string
	for _, o := range f.operands() {
		parts = append(parts, o.Is().in(p, l))
	}
	if sign, ok := signs[way]; ok {
		return strings.Join(parts, sign)
	}
	return strings.TrimSpace(verbs[way][lang(l)] + " " + strings.Join(parts, [2]string{"、", ", "}[lang(l)]))
}

// in is the operand by its title, or the value as the file writes it.
func (o Operand) in(p *Program, l fault.Lang) string { return p.Title(string(o), l) }

// boundWords are the bounds of steps in words.
var boundWords = map[string][2]string{"up_to": {"不超过 ", "up to "}, "below": {"低于 ", "below "}, "from": {"达到 ", "from "}, "above": {"超过 ", "above "}}

func stepsText(list []Step, p *Program, l fault.Lang) string {
	parts := make([]string, len(list))
	for i := range list {
		s := &list[i]
		head := [2]string{"其余", "else"}[lang(l)]
		for word, b := range map[string]*rule.Setting[Operand]{"up_to": &s.UpTo, "below": &s.Below, "from": &s.From, "above": &s.Above} {
			if b.Given() {
				head = boundWords[word][lang(l)] + b.Is().in(p, l)
			}
		}
		parts[i] = head + " → " + s.Is.Is().in(p, l)
	}
	return strings.Join(parts, [2]string{"；", "; "}[lang(l)])
}

func (m *Match) text(p *Program, l fault.Lang) string {
	var parts []string
	for _, k := range sortedKeys(m.Is) {
		s := m.Is[k]
		parts = append(parts, k+" → "+s.Is().in(p, l))
	}
	if m.Else.Given() {
		parts = append(parts, [2]string{"其余", "else"}[lang(l)]+" → "+m.Else.Is().in(p, l))
	}
	return strings.Join(parts, [2]string{"；", "; "}[lang(l)])
}

func chooseText(list []Choice, p *Program, l fault.Lang) string {
	parts := make([]string, len(list))
	for i := range list {
		head := [2]string{"其余", "else"}[lang(l)]
		if list[i].When != "" {
			head = list[i].When
		}
		parts[i] = head + " → " + list[i].Is.Is().in(p, l)
	}
	return strings.Join(parts, [2]string{"；", "; "}[lang(l)])
}
