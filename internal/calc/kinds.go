package calc

import (
	"ganlan/credit"
	"ganlan/fault"
	"ganlan/household"
	"ganlan/report"
	"ganlan/risk"
	"ganlan/scheme"
	"ganlan/subsidy"
)

// Kind is one kind of rule as the tools for authors need it.
type Kind struct {
	Name  scheme.Kind
	Title scheme.Words
	Empty func() scheme.Rules // an empty scheme of the kind, to be read into
	Prove func(scheme.Folder, *scheme.Reference) ([]scheme.Proof, fault.List)

	Compute func(scheme.Rules, *scheme.Table) (*scheme.Outcome, error) // over rows of facts; nil for a kind that needs other input
}

// rows is Compute of a kind of rule.
func rows[R scheme.Rules](of func(R, *scheme.Table) (*scheme.Outcome, error)) func(scheme.Rules, *scheme.Table) (*scheme.Outcome, error) {
	return func(r scheme.Rules, t *scheme.Table) (*scheme.Outcome, error) { return of(r.(R), t) }
}

// Kinds are all kinds of rule. A new kind is one file of a matter room and a line here.
var Kinds = []Kind{
	{scheme.Interest, scheme.Words{Zh: "利息补贴和担保费补助", En: "interest and guarantee-fee subsidy"},
		func() scheme.Rules { return &scheme.Scheme{} }, proveInterest, nil},
	{scheme.LossSharing, scheme.Words{Zh: "损失分担", En: "loss sharing"},
		func() scheme.Rules { return &risk.LossSharing{} }, risk.ProveLosses, rows((*risk.LossSharing).Compute)},
	{scheme.Score, scheme.Words{Zh: "评级授信", En: "score card, grade and credit line"}, credit.Empty, credit.ProveCards,
		rows((*credit.Card).Compute)},
	{scheme.Award, scheme.Words{Zh: "奖励、补偿和按权重分配", En: "award, compensation, allocation by weight"},
		func() scheme.Rules { return &subsidy.Award{} }, subsidy.ProveAward, rows((*subsidy.Award).Compute)},
	{scheme.Fund, scheme.Words{Zh: "风险资金", En: "risk fund"},
		func() scheme.Rules { return &risk.Fund{} }, risk.ProveFunds, nil},
	{scheme.InsurancePool, scheme.Words{Zh: "保险盈亏互补", En: "insurance pool"},
		func() scheme.Rules { return &risk.InsurancePool{} }, risk.ProvePools, rows((*risk.InsurancePool).Compute)},
	{scheme.Breaker, scheme.Words{Zh: "熔断", En: "breaker"},
		func() scheme.Rules { return &risk.Breaker{} }, risk.ProveBreakers, rows((*risk.Breaker).Compute)},
	{scheme.Lights, scheme.Words{Zh: "红黄绿灯预警", En: "warning lights"},
		func() scheme.Rules { return &risk.Lights{} }, risk.ProveLights, rows((*risk.Lights).Compute)},
	{scheme.Ranking, scheme.Words{Zh: "机构排名和按名次的奖励", En: "institutions ranked, awards by rank"},
		func() scheme.Rules { return &subsidy.Ranking{} }, subsidy.ProveRanking, rows((*subsidy.Ranking).Compute)},
	{scheme.Screen, scheme.Words{Zh: "对象筛选", En: "eligibility screen"}, household.EmptyScreen, household.ProveScreens,
		rows((*household.Screen).Compute)},
	{scheme.Targets, scheme.Words{Zh: "目标值", En: "target values"}, report.EmptyTargets, report.ProveTargets,
		rows((*report.Targets).Compute)},
}

// KindOf is the kind of a folder's scheme. The fault names the kinds there are.
func KindOf(f scheme.Folder) (*Kind, *fault.Fault) {
	name := f.Kind()
	for i := range Kinds {
		if Kinds[i].Name == name {
			return &Kinds[i], nil
		}
	}
	return nil, faultKind(f, name)
}

func faultKind(f scheme.Folder, name scheme.Kind) *fault.Fault {
	if f.Read("scheme.yaml") == nil {
		return scheme.FaultNoScheme.New().Set("id", f.ID).Near("", nil)
	}
	known := name.Known()
	return scheme.FaultKind.At(fault.Place{File: "scheme.yaml"}).Set("kind", name).Near(string(name), known)
}

// LoadRules reads and checks a folder's scheme of whatever kind.
func LoadRules(f scheme.Folder, sets map[string]string) (scheme.Rules, fault.List) {
	k, x := KindOf(f)
	if x != nil {
		return nil, fault.List{x}
	}
	return scheme.LoadFolder(f, sets, k.Empty)
}
