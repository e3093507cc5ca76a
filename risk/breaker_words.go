package risk

import (
	"ganlan/fault"
	"ganlan/figure"
	"ganlan/scheme"
)

// Words are all values of the scheme in words.
func (s *Breaker) Words() []scheme.Line {
	return scheme.Lines(func(add scheme.Add) {
		for i := range s.YearToDate {
			y := &s.YearToDate[i]
			add("year_to_date."+y.Key, scheme.Words{Zh: y.Zh, En: y.En}, y.Cite)
		}
		figureWords(add, s.program, s.Figures)
		for i := range s.Levels {
			s.levelWords(add, &s.Levels[i])
		}
		scheme.Say(add, "blocks", &s.Blocks.Value, actsWords)
		scheme.Say(add, "goes_on", &s.GoesOn.Value, actsWords)
	})
}

func (s *Breaker) levelWords(add scheme.Add, l *Level) {
	key := "levels." + l.Key + "."
	if l.Stop != nil {
		add(key+"stop", both(func(g fault.Lang) string { return l.name(g) + say(g, "：", ": ") + s.watchText(l.Stop, g) }), l.Stop.Cite)
	}
	if len(l.Find) > 0 {
		w := listWords(l.Find)
		add(key+"findings", scheme.Words{Zh: l.Zh + "：" + w.Zh, En: l.En + ": " + w.En}, l.Resume.Cite)
	}
	if l.Under != "" {
		u := s.levelOf(l.Under)
		add(key+"under", scheme.Words{Zh: u.Zh + "停办的，所属" + l.Zh + "一并停办", En: "a stopped " + u.En + " stops every " + l.En + " in it"}, l.Resume.Cite)
	}
	if l.Skip.Given() {
		add(key+"skip", scheme.Words{Zh: l.Skip.Is(), En: l.Skip.Is()}, l.Skip.Cited())
	}
	add(key+"resume", both(func(g fault.Lang) string { return s.resumeText(l, g) }), l.Resume.Cite)
}

func (l *Level) name(g fault.Lang) string { return scheme.Words{Zh: l.Zh, En: l.En}.In(g) }

func (s *Breaker) watchText(w *Watch, g fault.Lang) string {
	t := title(s.program, w.Measure, g) + say(g, "", " ") + sideWords[w.Is].In(g)
	if w.Line != "" {
		t += say(g, "", " ") + title(s.program, w.Line, g)
	}
	n := figure.OfCount(int64(w.Months.Or(1))).String()
	return t + say(g, "，连续"+n+"个月末", ", "+n+" month ends running")
}

func (s *Breaker) resumeText(l *Level, g fault.Lang) string {
	t := l.name(g) + say(g, "：", ": ")
	if w := l.Resume.Watch; w != nil {
		t += s.watchText(w, g) + say(g, "；", "; ")
	}
	if n := l.Resume.After.Or(0); n > 0 {
		k := figure.OfCount(int64(n)).String()
		t += say(g, "停办满"+k+"个月；", k+" months after the stop; ")
	}
	if l.Resume.Decision.Or(true) {
		return t + say(g, "经决定", "by decision")
	}
	return t + say(g, "自行恢复", "by itself")
}

func actsWords(list []Act) scheme.Words {
	var zh, en []string
	for _, a := range list {
		zh, en = append(zh, actWords[a].Zh), append(en, actWords[a].En)
	}
	return scheme.Words{Zh: listWords(zh).Zh, En: listWords(en).En}
}
