package rule

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"ganlan/day"
	"ganlan/fault"
	"ganlan/money"
)

// policy is a small scheme of every kind of field.
type policy struct {
	Name   string             `rule:"name,need"`
	Years  int                `rule:"years"`
	Open   bool               `rule:"open"`
	Basis  basis              `rule:"basis"`
	Tags   []string           `rule:"tags"`
	Start  day.Date           `rule:"start"`
	Share  money.Rate         `rule:"share"`
	Rate   Value[money.Rate]  `rule:"rate"`
	Limit  Value[money.Fen]   `rule:"limit"`
	Payers map[string]payer   `rule:"payers"`
	Extra  *payer             `rule:"extra"`
	Steps  Value[[]money.Fen] `rule:"steps"`
}

type payer struct {
	Share money.Rate `rule:"share,need"`
}

type basis string

func (basis) Known() []string { return []string{"actual/360", "actual/365", "months"} }

// decode reads a policy text; lines are joined with line ends.
func decode(t *testing.T, sets map[string]string, lines ...string) (policy, fault.List) {
	t.Helper()
	var p policy
	return p, Decode("p.yaml", []byte(strings.Join(lines, "\n")), &p, sets)
}

// codes are the faults in short: code at line:column.
func codes(l fault.List) []string {
	out := make([]string, len(l))
	for i, f := range l {
		out[i] = fmt.Sprintf("%s %d:%d", f.Code(), f.Place.Line, f.Place.Col)
	}
	return out
}

func TestAPolicyIsReadAsWritten(t *testing.T) {
	var p policy
	l := Decode("p.yaml", []byte(strings.Join([]string{
		"name: 共富贷", "years: 3", "open: true", "basis: actual/360", "tags: [甲, 乙]", "start: 2024-01-01", "share: 0.10%",
		"rate: {is: 1.80%, clause: DY-3.1a}", "limit: {is: 5万元, reading: OP-12}", "payers: {省: {share: 1/3}, 市: {share: 2/3}}", "extra: {share: 100%}",
	}, "\n")), &p, nil)
	if len(l) > 0 {
		t.Fatal(l)
	}
	if p.Name != "共富贷" || p.Years != 3 || !p.Open || p.Basis != "actual/360" || !slices.Equal(p.Tags, []string{"甲", "乙"}) || p.Start != day.Of(2024, 1, 1) {
		t.Errorf("%+v", p)
	}
	if p.Share != money.NewRate(1, 1000) {
		t.Errorf("a share written as 0.10%% is %s, want 0.1%%", p.Share)
	}
	rate, limit := p.Rate.First(), p.Limit.First()
	if rate.Is != money.NewRate(18, 1000) || rate.Text() != "DY-3.1a" || limit.Is != 50000*money.Yuan || limit.Text() != "OP-12" {
		t.Errorf("rate %s (%s), limit %s (%s)", rate.Is, rate.Text(), limit.Is, limit.Text())
	}
	if p.Payers["省"].Share != money.NewRate(1, 3) || p.Extra == nil || p.Extra.Share != money.Whole {
		t.Errorf("payers %v, extra %v", p.Payers, p.Extra)
	}
}

func TestWhatIsWrongInAPolicyIsNamedWithItsLineAndColumn(t *testing.T) {
	for name, c := range map[string]struct {
		lines []string
		want  []string
	}{
		"unknown key":          {[]string{"name: a", "yeers: 3"}, []string{"KEY_UNKNOWN 2:1"}},
		"key twice":            {[]string{"name: a", "years: 3", "years: 4"}, []string{"KEY_TWICE 3:1"}},
		"needed key":           {[]string{"years: 3"}, []string{"KEY_MISSING 1:1"}},
		"needed key below":     {[]string{"name: a", "extra: {}"}, []string{"KEY_MISSING 2:8"}},
		"word for a number":    {[]string{"name: a", "years: drei"}, []string{"VALUE_TYPE 2:8"}},
		"decimal for a number": {[]string{"name: a", "years: 3.0"}, []string{"VALUE_TYPE 2:8"}},
		"yes for true":         {[]string{"name: a", "open: yes"}, []string{"VALUE_TYPE 2:7"}},
		"list for a word":      {[]string{"name: [a]"}, []string{"VALUE_TYPE 1:7"}},
		"word for a list":      {[]string{"name: a", "tags: b"}, []string{"VALUE_TYPE 2:7"}},
		"word for a mapping":   {[]string{"name: a", "payers: b"}, []string{"VALUE_TYPE 2:9"}},
		"no such date":         {[]string{"name: a", "start: 2023-02-29"}, []string{"DATE_BAD 2:8"}},
		"no rate":              {[]string{"name: a", "share: viel"}, []string{"RATE_BAD 2:8"}},
		"unknown choice":       {[]string{"name: a", "basis: actual/361"}, []string{"VALUE_UNKNOWN 2:8"}},
		"alias":                {[]string{"name: &n a", "tags: [*n]"}, []string{"VALUE_TYPE 2:8"}},
		"alias of a mapping":   {[]string{"name: a", "extra: &e {share: 1%}", "payers: {x: *e}"}, []string{"VALUE_TYPE 3:13"}},
		"merge key":            {[]string{"name: a", "extra: {<<: {share: 1%}}"}, []string{"KEY_MISSING 2:8", "KEY_UNKNOWN 2:9"}},
		"without a source":     {[]string{"name: a", "rate: {is: 1.8%}"}, []string{"CLAUSE_MISSING 2:7"}},
		"bad clause":           {[]string{"name: a", "rate: {is: 1.8%, clause: what we said}"}, []string{"CLAUSE_BAD 2:26"}},
		"value not written":    {[]string{"name: a", "rate: {clause: DY-3.1a}"}, []string{"KEY_MISSING 2:7"}},
		"several at once": {[]string{"name: a", "yeers: 3", "start: tomorrow", "rate: {is: much, clause: DY-3.1a}", "open: maybe"},
			[]string{"KEY_UNKNOWN 2:1", "DATE_BAD 3:8", "RATE_BAD 4:12", "VALUE_TYPE 5:7"}},
		"empty file": {[]string{""}, []string{"YAML_SYNTAX 0:0"}},
		"bare word":  {[]string{"hello"}, []string{"VALUE_TYPE 1:1"}},
	} {
		_, l := decode(t, nil, c.lines...)
		if got := codes(l); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v\n%s", name, got, c.want, l.Error())
		}
	}
}

func TestASyntaxFaultNamesItsLine(t *testing.T) {
	_, l := decode(t, nil, "name: a", "tags: [b", "years: 3")
	if len(l) != 1 || l[0].Code() != "YAML_SYNTAX" || l[0].Place.Line < 2 || l[0].Place.File != "p.yaml" {
		t.Errorf("%v %v", codes(l), l)
	}
}

func TestATypingSlipIsAnsweredWithTheWordThatWasMeant(t *testing.T) {
	_, l := decode(t, nil, "name: a", "yeers: 3", "basis: actual/3655")
	for i, want := range []string{"years", "actual/365"} {
		if text := l[i].Text(fault.Zh); !strings.Contains(text, "是否想写“"+want+"”") {
			t.Errorf("no hint of %s: %s", want, text)
		}
	}
	if f := FaultUnknownKey.New().Near("xyz", []string{"name", "years"}); f.With["hint"] != "" || f.With["hint_en"] != "" {
		t.Errorf("a far word gives the hint %s", f.With["hint"])
	}
}

func TestDatedValuesFollowEachOther(t *testing.T) {
	head := []string{"name: a", "rate:"}
	one := "  - {is: 1%, clause: QX-1, until: 2024-06-30}"
	for name, c := range map[string]struct {
		lines []string
		want  []string
	}{
		"joined":                    {[]string{one, "  - {is: 2%, clause: QX-2, since: 2024-07-01}"}, nil},
		"end left out":              {[]string{"  - {is: 1%, clause: QX-1}", "  - {is: 2%, clause: QX-2, since: 2024-07-01}"}, nil},
		"gap":                       {[]string{one, "  - {is: 2%, clause: QX-2, since: 2024-07-02}"}, []string{"DATES_ORDER 4:10"}},
		"overlap":                   {[]string{one, "  - {is: 2%, clause: QX-2, since: 2024-06-30}"}, []string{"DATES_ORDER 4:10"}},
		"no start":                  {[]string{one, "  - {is: 2%, clause: QX-2}"}, []string{"DATES_ORDER 4:10"}},
		"backwards":                 {[]string{"  - {is: 1%, clause: QX-1, since: 2024-09-01}", "  - {is: 2%, clause: QX-2, since: 2024-07-01}"}, []string{"DATES_ORDER 4:10"}},
		"one ends before":           {[]string{"  - {is: 2%, clause: QX-2, since: 2024-07-01, until: 2024-06-01}"}, []string{"DATES_ORDER 3:10"}},
		"last ends before":          {[]string{one, "  - {is: 2%, clause: QX-2, since: 2024-07-01, until: 2024-06-01}"}, []string{"DATES_ORDER 4:10"}},
		"with a condition":          {[]string{"  - {is: 1%, clause: QX-1, when: open}", "  - {is: 2%, clause: QX-2}"}, nil},
		"condition without an else": {[]string{"  - {is: 1%, clause: QX-1, when: open}", "  - {is: 2%, clause: QX-2, when: '!open'}"}, []string{"DATES_ORDER 3:3"}},
	} {
		_, l := decode(t, nil, append(slices.Clone(head), c.lines...)...)
		if got := codes(l); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v\n%s", name, got, c.want, l.Error())
		}
	}
}

func TestTheValueOfADayIsTheOneInForce(t *testing.T) {
	var p policy
	l := Decode("p.yaml", []byte("name: a\nrate:\n  - {is: 1%, clause: QX-1, since: 2024-01-01}\n  - {is: 2%, clause: QX-2, since: 2024-07-01, until: 2024-12-31}"), &p, nil)
	if len(l) > 0 {
		t.Fatal(l)
	}
	for d, want := range map[string]string{"2023-12-31": "", "2024-01-01": "1%", "2024-06-30": "1%", "2024-07-01": "2%", "2024-12-31": "2%", "2025-01-01": ""} {
		on, err := day.Parse(d)
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		if v, ok := p.Rate.On(on); ok {
			got = v.Is.String()
		}
		if got != want {
			t.Errorf("on %s the rate is %q, want %q", d, got, want)
		}
	}
}

func TestAValueTheDocumentsLeaveOpenIsAskedForWithItsClause(t *testing.T) {
	lines := []string{"name: a", "rate: {name: subsidy_rate, clause: DY-3.1a, suggest: 1.8%}"}
	_, l := decode(t, nil, lines...)
	if len(l) != 1 || l[0].Def != FaultRequired || l[0].Clause != "DY-3.1a" || l[0].Place.Line != 2 {
		t.Fatal(codes(l), l)
	}
	for _, want := range []string{"subsidy_rate", "DY-3.1a", "1.8%", "--set"} {
		if !strings.Contains(l[0].Text(fault.Zh), want) || !strings.Contains(l[0].Text(fault.En), want) {
			t.Errorf("%s is not said: %s", want, l[0].Text(fault.En))
		}
	}
	var p policy
	if l := Decode("p.yaml", []byte(strings.Join(lines, "\n")), &p, map[string]string{"subsidy_rate": "2%"}); len(l) > 0 {
		t.Fatal(l)
	}
	if v := p.Rate.First(); v.Is != money.NewRate(2, 100) || !v.Set || v.Text() != "DY-3.1a" {
		t.Errorf("given as 2%%: %s, set %t, %s", v.Is, v.Set, v.Text())
	}
}

func TestASettingReplacesEveryDatedValue(t *testing.T) {
	var p policy
	text := "name: a\nrate:\n  - {name: r, is: 1%, clause: QX-1}\n  - {is: 2%, clause: QX-2, since: 2024-07-01}\n" +
		"steps: {name: s, is: [1, 2], clause: QX-4}"
	if l := Decode("p.yaml", []byte(text), &p, map[string]string{"r": "10%", "s": "[3]"}); len(l) > 0 {
		t.Fatal(l)
	}
	if len(p.Rate.Versions) != 1 || p.Rate.First().Is != money.NewRate(1, 10) || !p.Rate.First().Set {
		t.Errorf("%+v", p.Rate.Versions)
	}
	if got := p.Steps.First().Is; !slices.Equal(got, []money.Fen{300}) {
		t.Errorf("steps %v, want 3.00", got)
	}
}

func TestASettingThatCannotBeIsRefused(t *testing.T) {
	lines := []string{"name: a", "rate: {name: subsidy_rate, is: 1%, clause: QX-1}"}
	for name, c := range map[string]struct {
		sets map[string]string
		want string
	}{
		"unknown name": {map[string]string{"subsidy_rat": "1%"}, "PARAMETER_UNKNOWN"},
		"no rate":      {map[string]string{"subsidy_rate": "viel"}, "RATE_BAD"},
		"empty":        {map[string]string{"subsidy_rate": ""}, "YAML_SYNTAX"},
		"no yaml":      {map[string]string{"subsidy_rate": "[1"}, "YAML_SYNTAX"},
		"a list":       {map[string]string{"subsidy_rate": "[1%]"}, "VALUE_TYPE"},
	} {
		_, l := decode(t, c.sets, lines...)
		if len(l) != 1 || l[0].Code() != c.want {
			t.Errorf("%s: %v, want %s", name, codes(l), c.want)
		}
	}
	_, l := decode(t, map[string]string{"subsidy_rat": "1%"}, lines...)
	if text := l.Error(); !strings.Contains(text, "是否想写“subsidy_rate”") {
		t.Errorf("no hint: %s", text)
	}
}

func FuzzDecode(f *testing.F) {
	f.Add("name: a\nrate: {is: 1%, clause: QX-1}", "1%")
	f.Add("name: &a [*a]\nsteps: {name: r, clause: 三1}", "[1, 2]")
	f.Add("rate:\n  - {is: 1%, until: 2024-01-01}\n  - {since: 2024-01-02}", "")
	f.Fuzz(func(t *testing.T, text, set string) {
		var p policy
		for _, f := range Decode("p.yaml", []byte(text), &p, map[string]string{"r": set}) {
			if f.Text(fault.Zh) == "" || f.Text(fault.En) == "" {
				t.Error("a fault without words")
			}
		}
	})
}

func TestAValueThatHasOneFormOnlyRefusesDatesAndConditions(t *testing.T) {
	type file struct {
		Single Single[int] `rule:"single"`
		Dated  Dated[int]  `rule:"dated"`
	}
	for _, text := range []string{
		"single: [{is: 1, clause: A-1}, {since: 2026-01-01, is: 2, clause: A-1}]",
		"single: {is: 1, since: 2026-01-01, clause: A-1}",
		"single: {is: 1, when: household.listed, clause: A-1}",
	} {
		if f := Decode("a.yaml", []byte(text), &file{}, nil); len(f) != 1 || f[0].Def != FaultAlone {
			t.Errorf("%s: %v, want VALUE_ALONE", text, f)
		}
	}
	var x file
	if f := Decode("a.yaml", []byte("dated: 7"), &x, nil); len(f) > 0 || x.Dated.First().Is != 7 {
		t.Errorf("a plain value: %v, %v", x.Dated, f)
	}
	x = file{}
	f := Decode("a.yaml", []byte("dated: [{is: 1, clause: A-1}, {since: 2026-01-01, is: 2, source: B}]"), &x, nil)
	if v, ok := x.Dated.On(day.Of(2026, 1, 1)); len(f) > 0 || !ok || v.Is != 2 || v.Source != "B" {
		t.Errorf("a dated value: %v, %v", v, f)
	}
}

func TestARateWithoutItsSignIsRefused(t *testing.T) {
	for _, text := range []string{"1.8", "0.018", "180"} {
		var p policy
		l := Decode("p.yaml", []byte("name: a\nshare: "+text), &p, nil)
		if len(l) != 1 || l[0].Code() != "RATE_BAD" {
			t.Errorf("share: %s gives %v, want it refused: it could mean per cent or not", text, l)
		}
	}
}
