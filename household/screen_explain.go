package household

import (
	"maps"
	"slices"
	"strings"

	"ganlan/fault"
	"ganlan/rule"
	"ganlan/scheme"
)

// verdicts are the outcomes in words.
var verdicts = map[Outcome]scheme.Words{In: {Zh: "纳入", En: "in"}, Out: {Zh: "不纳入", En: "out"}, Decide: {Zh: "待人工决定", En: "a person decides"}}

// states are the outcomes of a test in words.
var states = map[State]scheme.Words{Holds: {Zh: "符合", En: "holds"}, Fails: {Zh: "不符合", En: "fails"}, ForAPerson: {Zh: "待人工决定", En: "a person decides"},
	NotGiven: {Zh: "未给出", En: "not given"}, NotApplied: {Zh: "本方案不适用", En: "not applied"}}

// Text is the result in words: the verdict with its reason, every test with its values and clause, tags and types with why,
// and what is not verified.
func (r *Result) Text(l fault.Lang) (out []string) {
	out = append(out, r.verdict(l))
	for i := range r.Findings {
		out = append(out, r.Findings[i].Text(l))
	}
	for _, t := range r.Tags {
		out = append(out, scheme.Words{Zh: "标签 ", En: "tag "}.In(l)+t.text(l))
	}
	for _, t := range r.Types {
		out = append(out, scheme.Words{Zh: "类型 ", En: "type "}.In(l)+t.text(l))
	}
	for _, t := range r.Unknown {
		out = append(out, t.In(l)+scheme.Words{Zh: "：无法判断，缺少 ", En: ": cannot be decided, not given: "}.In(l)+t.Lacks+" ["+t.Cite+"]")
	}
	for i := range r.Checks {
		out = append(out, r.Checks[i].text(l))
	}
	return out
}

func (r *Result) verdict(l fault.Lang) string {
	s := verdicts[r.Verdict].In(l)
	if r.Reason != nil {
		s += scheme.Words{Zh: "：", En: ": "}.In(l) + r.Reason.title().In(l)
	}
	if r.By == nil || r.Machine == In {
		return s
	}
	s += scheme.Words{Zh: "；系统判定 ", En: "; by rule "}.In(l) + verdicts[r.Machine].In(l) +
		scheme.Words{Zh: "，人工纳入：", En: ", by hand: "}.In(l) + r.By.Reason + " (" + r.By.By
	if r.Waits {
		return s + scheme.Words{Zh: "，待复核)", En: ", waits for the second approval)"}.In(l)
	}
	return s + " → " + r.By.Approved + ")"
}

// title is what the test asks, or the band's own words.
func (f *Finding) title() scheme.Words {
	if f.Band != nil && f.Band.Zh != "" {
		return scheme.Words{Zh: f.Band.Zh, En: f.Band.En}
	}
	return scheme.Words{Zh: f.Test.Zh, En: f.Test.En}
}

// Cite is the clause of the band, or of the test.
func (f *Finding) Cite() string {
	if f.Band != nil && f.Band.Text() != "" {
		return f.Band.Text()
	}
	return f.Test.Text()
}

// Text is one test in a line.
func (f *Finding) Text(l fault.Lang) string {
	s := f.title().In(l)
	var parts []string
	for _, u := range f.Used {
		parts = append(parts, u.Title.In(l)+" "+u.Value.In(l))
	}
	if f.Band != nil {
		if w := f.Band.words().In(l); w != "" {
			parts = append(parts, w)
		}
	}
	if f.State == NotGiven {
		parts = append(parts, f.Lacks)
	}
	if len(parts) > 0 {
		s += "（" + strings.Join(parts, "，") + "）"
		if l == fault.En {
			s = f.title().In(l) + " (" + strings.Join(parts, ", ") + ")"
		}
	}
	return s + scheme.Words{Zh: "：", En: ": "}.In(l) + states[f.State].In(l) + " [" + f.Cite() + "]"
}

func (t *Tag) text(l fault.Lang) string {
	s := t.In(l)
	for _, x := range t.Sources {
		s += "; " + x.From
		if x.On != 0 {
			s += " " + x.On.String()
		}
	}
	if t.Why != "" {
		s += " ⇐ " + t.Why + " [" + t.Cite + "]"
	}
	return s
}

func (c *Checked) text(l fault.Lang) string {
	s := scheme.Words{Zh: c.Item.Zh, En: c.Item.En}.In(l)
	switch {
	case c.Answer == nil:
		s += scheme.Words{Zh: "：未核实", En: ": not verified"}.In(l)
	case c.Answer.Agrees:
		s += scheme.Words{Zh: "：已核实一致 ", En: ": verified "}.In(l) + c.Answer.From + " " + c.Answer.On.String()
	default:
		s += scheme.Words{Zh: "：核实不一致 ", En: ": differs "}.In(l) + c.Answer.From + " " + c.Answer.On.String()
	}
	if c.Required {
		s += scheme.Words{Zh: "（必查）", En: " (required)"}.In(l)
	}
	return s + " [" + c.Item.Text() + "]"
}

// Words are all values of the screen in the order of the file.
func (s *Screen) Words() []scheme.Line {
	return scheme.Lines(func(add scheme.Add) {
		for _, f := range s.AllFacts() {
			add("facts."+f.Key, scheme.Words{Zh: f.Zh, En: f.En}, f.Cite)
		}
		for i := range s.Members.Counts {
			c := &s.Members.Counts[i]
			add("counts."+c.Key, scheme.Words{Zh: c.Zh + "：" + c.When + c.Sum, En: c.En + ": " + c.When + c.Sum}, c.Cite)
		}
		for i := range s.Members.Figures {
			f := &s.Members.Figures[i]
			add("figures."+f.Key, scheme.Words{Zh: f.Zh + " = " + f.Describe(s.person, fault.Zh), En: f.En + " = " + f.Describe(s.person, fault.En)}, f.Cite)
		}
		for i := range s.Figures {
			f := &s.Figures[i]
			add("figures."+f.Key, scheme.Words{Zh: f.Zh + " = " + f.Describe(s.family, fault.Zh), En: f.En + " = " + f.Describe(s.family, fault.En)}, f.Cite)
		}
		for i := range s.Tests {
			s.Tests[i].lines(add)
		}
		if s.Manual.Given() {
			scheme.Say(add, "manual", &s.Manual.Value, func(m Manual) scheme.Words { return scheme.Words{Zh: string(m), En: string(m)} })
		}
		for i := range s.Tags {
			s.Tags[i].line(add, "tags")
		}
		for i := range s.Types {
			s.Types[i].line(add, "types")
		}
		for i := range s.Checks {
			c := &s.Checks[i]
			add("checks."+c.Name, scheme.Words{Zh: strings.TrimSpace(c.Zh + " " + c.By), En: strings.TrimSpace(c.En + " " + c.By)}, c.Cite)
		}
		if s.Required.Given() {
			scheme.Say(add, "required_checks", &s.Required.Value, func(n ItemNames) scheme.Words {
				return scheme.Words{Zh: "[" + strings.Join(n, "、") + "]", En: "[" + strings.Join(n, ", ") + "]"}
			})
		}
	})
}

func (m *Mark) line(add scheme.Add, key string) {
	add(key+"."+m.Zh, scheme.Words{Zh: m.Zh + " ⇐ " + m.When, En: m.En + " ⇐ " + m.When}, m.Cite)
}

// lines are the test and each of its bands or words.
func (t *Test) lines(add scheme.Add) {
	w := scheme.Words{Zh: t.Zh, En: t.En}
	if !t.Apply.Or(true) {
		w = scheme.Words{Zh: w.Zh + "（不适用）", En: w.En + " (not applied)"}
	}
	for _, list := range []struct {
		zh, en string
		s      rule.Setting[[]string]
	}{{"须为 ", "one of ", t.In}, {"不得为 ", "none of ", t.NotIn}} {
		if list.s.Given() {
			words := strings.Join(list.s.Is(), "、")
			w = scheme.Words{Zh: w.Zh + "；" + list.zh + words, En: w.En + "; " + list.en + words}
		}
	}
	if t.Cel != "" {
		w = scheme.Words{Zh: w.Zh + "；" + t.Cel, En: w.En + "; " + t.Cel}
	}
	add("tests."+t.Code, w, t.Cite)
	for i := range t.Bands {
		b := &t.Bands[i]
		c, o := b.Cite, verdicts[b.Is.Is()]
		if c.Text() == "" {
			c = t.Cite
		}
		add("tests."+t.Code+".bands", scheme.Words{Zh: b.words().Zh + " → " + o.Zh, En: b.words().En + " → " + o.En}, c)
	}
	for _, k := range slices.Sorted(maps.Keys(t.Words)) {
		x := t.Words[k]
		o := verdicts[x.Is()]
		add("tests."+t.Code+"."+k, scheme.Words{Zh: k + " → " + o.Zh, En: k + " → " + o.En}, t.Cite)
	}
}
