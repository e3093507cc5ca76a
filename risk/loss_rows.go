package risk

import (
	"slices"
	"strings"

	"ganlan/figure"
	"ganlan/rule"
	"ganlan/scheme"
)

// Compute shares a table of losses, one row each. What every party bears is a column of its own.
func (s *LossSharing) Compute(t *scheme.Table) (*scheme.Outcome, error) {
	share := func(x *scheme.FactRow) (*Loss, error) { return s.Share(x.Facts) }
	return scheme.EachRow(t, s.columns(), share, s.row, (*Loss).Lines)
}

func (s *LossSharing) columns() []scheme.Column {
	out := []scheme.Column{sum("total", "损失", "loss")}
	for i := range s.First {
		f := &s.First[i]
		out = append(out, sum("first_"+f.Who, f.Zh+"先付", f.En+" pays first"))
	}
	out = append(out, sum("shared", "待分担", "left to share"))
	for _, who := range s.bearers() {
		out = append(out, sum("part_"+who, s.Parties.Of(who, "zh")+"承担", s.Parties.Of(who, "en")+" bears"))
	}
	paid := sum("paid", "付给贷款机构", "paid to the lender")
	paid.Effect = true
	out = append(out, paid)
	if len(s.LendWhile) > 0 {
		out = append(out, scheme.Column{Key: "suspended", Title: scheme.Words{Zh: "停办新贷", En: "no new loans"}, Type: figure.Text})
	}
	return out
}

// sum is a column of money that adds up.
func sum(key, zh, en string) scheme.Column {
	return scheme.Column{Key: key, Title: scheme.Words{Zh: zh, En: en}, Type: figure.Money, Sum: true}
}

// bearers are all who may bear a part, by any table, the lender too.
func (s *LossSharing) bearers() []string {
	out := leaves(&s.Shares)
	if lender := s.Lender.First().Is; !slices.Contains(out, lender) {
		out = append(out, lender)
	}
	return out
}

// leaves are the parties of every table of shares, each once.
func leaves(v *rule.Value[Parties]) (out []string) {
	for i := range v.Versions {
		for _, who := range v.Versions[i].Is.Leaves() {
			if !slices.Contains(out, who) {
				out = append(out, who)
			}
		}
	}
	return out
}

func (s *LossSharing) row(x *Loss) scheme.OutcomeRow {
	v := []figure.Value{figure.OfMoney(x.Total)}
	for _, f := range x.First {
		v = append(v, figure.OfMoney(f))
	}
	v = append(v, figure.OfMoney(x.Shared))
	for _, who := range s.bearers() {
		v = append(v, figure.OfMoney(x.Of(who)))
	}
	v = append(v, figure.OfMoney(x.Paid))
	if len(s.LendWhile) > 0 {
		var codes []string
		for _, t := range x.Suspended {
			codes = append(codes, t.Code)
		}
		v = append(v, figure.OfText(strings.Join(codes, " ")))
	}
	out := scheme.OutcomeRow{Values: v, Reason: x.Reason}
	if x.Reason != "" {
		out.Why = both(x.why)
	}
	return out
}
