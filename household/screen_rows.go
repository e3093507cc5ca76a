package household

import (
	"strings"

	"ganlan/fault"
	"ganlan/figure"
	"ganlan/scheme"
)

// Compute screens a table of households, each in one row with its one applicant.
func (s *Screen) Compute(t *scheme.Table) (*scheme.Outcome, error) {
	marks := map[string]scheme.Words{}
	columns := []scheme.Column{{Key: "verdict", Title: scheme.Words{Zh: "结论", En: "verdict"}, Type: figure.Text, Few: true, Effect: true, Order: []string{string(Out), string(Decide), string(In)},
		Names: map[string]scheme.Words{string(In): verdicts[In], string(Out): verdicts[Out], string(Decide): verdicts[Decide]}},
		{Key: "tags", Title: scheme.Words{Zh: "标签", En: "tags"}, Type: figure.Text, Names: marks},
		{Key: "types", Title: scheme.Words{Zh: "类型", En: "types"}, Type: figure.Text, Names: marks}}
	judge := func(x *scheme.FactRow) (*Result, error) { return s.Row(x.No, x.Facts) }
	show := func(r *Result) scheme.OutcomeRow {
		tags, types := allOf(r.Tags), allOf(r.Types)
		marks[tags.Zh], marks[types.Zh] = tags, types
		out := scheme.OutcomeRow{Values: []figure.Value{figure.OfText(string(r.Verdict)), figure.OfText(tags.Zh), figure.OfText(types.Zh)}}
		if r.Reason != nil {
			out.Reason, out.Why = r.Reason.Code, r.Reason.why()
		}
		return out
	}
	return scheme.EachRow(t, columns, judge, show, (*Result).lines)
}

// why is the reason of a verdict in words; what is not given is named.
func (f *Finding) why() scheme.Words {
	w := f.title()
	if f.State == NotGiven {
		w = scheme.Words{Zh: w.Zh + "：未给出 " + f.Lacks, En: w.En + ": not given: " + f.Lacks}
	}
	return w
}

func allOf(tags []Tag) scheme.Words {
	zh, en := make([]string, len(tags)), make([]string, len(tags))
	for i, t := range tags {
		zh[i], en[i] = t.Zh, t.En
	}
	return scheme.Words{Zh: strings.Join(zh, "、"), En: strings.Join(en, ", ")}
}

// lines are the result's text in both languages.
func (r *Result) lines() []scheme.Line {
	zh, en := r.Text(fault.Zh), r.Text(fault.En)
	out := make([]scheme.Line, len(zh))
	for i := range zh {
		out[i].Value = scheme.Words{Zh: zh[i], En: en[i]}
	}
	return out
}
