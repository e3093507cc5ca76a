package claim

import (
	"ganlan/fault"
	"ganlan/money"
	"ganlan/scheme"
	"ganlan/subsidy"
)

// Classes of fault of this room.
var (
	FaultAverage = &fault.Def{Code: "AVERAGE_RATE_HIGH", Warning: true, What: "平均年化贷款利率 {rate}% 高于 {limit}（原则上不得高于）", Do: "请经办银行书面说明理由，由财政部门核实",
		WhatEn: "the average rate of {rate}% is above {limit} (in principle)", DoEn: "ask the bank for a written reason"}
	FaultDraft     = scheme.FaultDraft
	FaultUndecided = &fault.Def{Code: "PAYERS_OPEN", Warning: true, What: "文件未规定分担比例", Do: "用 --set payer_shares=\"province 80%, county 20%\" 模拟",
		WhatEn: "the documents do not say who pays which share", DoEn: "try --set payer_shares=\"province 80%, county 20%\""}
	FaultSet = &fault.Def{Code: "PARAMETER_SET", Warning: true, What: "参数 {name} 按用户给定的 {value} 计算", Do: "文件另有规定；请在申报材料中说明依据",
		WhatEn: "parameter {name} was given by the user as {value}", DoEn: "the documents say otherwise; state the authority for it in the claim"}
	FaultBudget = &fault.Def{Code: "BUDGET_SHORT", Warning: true, What: "预算 {budget} 元不足，应付 {due} 元，按同一比例分摊", Do: "核对预算",
		WhatEn: "the budget of {budget} is short of the {due} due; all rows are reduced in proportion", DoEn: "check the budget"}
)

// Warnings are what a person must look at before the claim goes on.
func Warnings(p *subsidy.Plan, t *Totals) (out fault.List) {
	s := p.Scheme
	if s.Status == scheme.Draft {
		out.Add(FaultDraft.New().Set("scheme", s.ID))
	}
	if ps := p.Payers(); len(ps) == 1 && ps[0].Who == subsidy.Undecided {
		out.Add(FaultUndecided.New().Of(s.Pay.Payers.First().Text()))
	}
	for _, name := range s.Overridden {
		out.Add(FaultSet.New().Set("name", name).Set("value", s.Set[name]))
	}
	for i := range s.Warn {
		w := &s.Warn[i]
		if w.When != scheme.WarnAverage {
			continue
		}
		avg := t.Average(w.Weight.Or(scheme.ByBalanceDays))
		limit := w.Above.Is().Fixed
		if avg != nil && avg.Cmp(limit.Rat()) > 0 {
			out.Add(FaultAverage.New().Set("rate", money.RatPercent(avg, 4)).Set("limit", limit).Of(w.Text()))
		}
	}
	return out
}
