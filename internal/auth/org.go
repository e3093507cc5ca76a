package auth

import (
	"slices"
	"strings"
)

// OrgKind says what an organisation is.
type OrgKind string

// orgKinds are the kinds of organisation.
var orgKinds = []struct {
	Kind   OrgKind
	Zh, En string
}{
	{"prov_finance", "省财政厅", "provincial finance department"}, {"prov_big_data", "省大数据局", "provincial big-data bureau"},
	{"prov_bank", "省级银行机构", "provincial bank federation"}, {"prov_guarantor", "省农信担保", "provincial guarantor"},
	{"reguarantor", "再担保机构", "re-guarantor"}, {"government", "人民政府", "government"}, {"finance", "财政局", "finance bureau"},
	{"econ_dev", "经济发展局", "economic development bureau"}, {"data_fin_centre", "大数据和金融发展中心", "big-data and finance centre"},
	{"social_gov", "社会治理中心", "social governance centre"}, {"social_work", "社会工作部", "social work department"},
	{"police", "公安局", "public security bureau"}, {"social_affairs", "社会事业局", "social undertakings bureau"},
	{"civil_affairs", "民政局", "civil affairs bureau"}, {"hrss", "人力社保局", "human resources and social security bureau"},
	{"med_ins", "医疗保障局", "medical insurance bureau"}, {"nat_res", "自然资源和规划局", "natural resources bureau"},
	{"agri", "农业农村局", "agriculture and rural affairs bureau"}, {"market", "市场监管局", "market regulation bureau"},
	{"hpf", "住房公积金中心", "housing provident fund centre"}, {"bank", "银行", "bank"}, {"bank_branch", "银行支行", "bank branch"},
	{"guarantor", "担保公司", "guarantee company"}, {"city_guarantor", "市级政府性融资担保机构", "city financing guarantee body"},
	{"insurer", "保险机构", "insurer"}, {"auditor", "第三方审计机构", "third-party auditor"}, {"poverty_office", "扶贫办、乡村振兴局", "poverty alleviation office"},
	{"fin_office", "金融办", "finance office"}, {"pboc", "人民银行", "PBOC sub-branch"}, {"regulator", "金融监管机构", "financial regulator"},
	{"service_centre", "县金融扶贫服务中心", "county finance service centre"}, {"service_station", "乡金融扶贫服务站", "township service station"},
	{"service_office", "村金融扶贫服务部", "village service office"}, {"township", "乡镇、街道", "township"}, {"village", "村、社区、嘎查", "village"},
}

// OrgKinds are the kinds of organisation.
func OrgKinds() (out []OrgKind) {
	for _, k := range orgKinds {
		out = append(out, k.Kind)
	}
	return out
}

// Name is a kind of organisation in words.
func (k OrgKind) Name() (zh, en string) {
	for _, x := range orgKinds {
		if x.Kind == k {
			return x.Zh, x.En
		}
	}
	return string(k), string(k)
}

// CheckOrgKind refuses a kind of organisation that is not known.
func CheckOrgKind(kind string) error {
	var known []string
	for _, k := range orgKinds {
		if string(k.Kind) == kind {
			return nil
		}
		known = append(known, string(k.Kind))
	}
	return FaultOrgKind.New().Set("kind", kind).Set("known", strings.Join(known, "、")).Near(kind, known)
}

// CheckRole refuses a role that nobody can be given.
func CheckRole(role string) error {
	if known := KnownRoles(); !slices.Contains(known, role) {
		return FaultRole.New().Set("role", role).Set("known", strings.Join(known, "、")).Near(role, known)
	}
	return nil
}

// Administers reports whether one of the roles is that of an administrator: what changes these takes two people.
func Administers(held []Role) bool {
	return slices.ContainsFunc(held, func(r Role) bool { return slices.Contains(administrators, r) })
}

// Administrators are the three administrators, in the order in which the first start makes them.
func Administrators() []Role { return slices.Clone(administrators) }
