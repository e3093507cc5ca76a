package scheme

import (
	"strconv"
	"strings"
)

// vocabulary is every word of the language in words that a clerk knows.
var vocabulary = map[string]Words{
	"issued": {"已印发", "issued"}, "draft": {"征求意见稿（只能模拟）", "draft, for simulation only"},

	"contract_start": {"合同起始日", "the day the contract starts"}, "drawdown": {"放款日", "the day of the draw"},
	"each_day": {"逐日", "each day"}, "previous_year_end": {"上年末", "the end of the year before"},
	"year_end": {"年末", "the end of the year"}, "list_date": {"入库日", "the day of listing"},

	"contract": {"合同", "contract"}, "note": {"借据", "note"}, "household": {"家庭", "household"}, "row": {"行", "row"},
	"person": {"个人", "person"}, "enterprise": {"企业", "enterprise"}, "bank": {"银行", "bank"},
	"daily_balance": {"每日贷款余额累计", "cumulative daily balance"}, "principal": {"所放本金，至全部还清", "principal drawn, until all is repaid"},
	"once": {"所放本金，一次性", "principal drawn, once"},
	"in":   {"计入", "counted"}, "out": {"不计入", "not counted"},
	"exclude_days": {"剔除逾期天数", "overdue days are not counted"}, "forfeit_loan": {"曾逾期的整笔不补", "nothing for a loan once overdue"},
	"allow":         {"逾期天数照补", "overdue days are counted"},
	"moves_due_day": {"延期、展期改变到期日", "deferral and extension move the due day"}, "first_due_day": {"延期、展期部分不补", "nothing beyond the first due day"},
	"oldest_first": {"先还最早的用信", "the oldest draw first"}, "newest_first": {"先还最近的用信", "the newest draw first"},
	"when_repaid": {"全部还清当年一次申报", "once, in the year of full repayment"}, "each_year": {"每年申报", "every year"},
	"half_year": {"半年", "half-yearly"}, "quarter": {"按季", "quarterly"}, "month": {"按月", "monthly"}, "year": {"每年", "yearly"},
	"households": {"× 带动户数", "× households helped"},
	"fen":        {"到分", "to the fen"}, "yuan": {"到元", "to the yuan"}, "100yuan": {"到百元", "to 100 yuan"}, "10000yuan": {"到万元", "to 10,000 yuan"},
	"actual/360": {"实际天数 ÷ 360", "actual days ÷ 360"}, "actual/365": {"实际天数 ÷ 365", "actual days ÷ 365"},
	"actual/actual": {"实际天数 ÷ 当年天数", "actual days ÷ days of the year"}, "months/12": {"整月 ÷ 12，零头天数 ÷ 360", "whole months ÷ 12, odd days ÷ 360"},
	"whole_years": {"整年", "whole years"},
	"half_up":     {"四舍五入", "half up"}, "half_even": {"四舍六入五成双", "half to even"}, "down": {"舍去", "down"}, "up": {"进一", "up"},
	"scheme_life": {"政策存续期", "the scheme's life"}, "by_draw_date": {"按放款先后", "in order of draws"},
	"by_full_repayment": {"按还清先后", "in order of full repayment"}, "never": {"不得突破", "never exceeded"}, "approval": {"经批准可突破", "exceeded with approval"},
	"cover_days": {"合格天数 ÷ 保障天数，付费当年一次", "eligible days ÷ days of cover, once, in the year paid"},
	"year_days":  {"按年度保障天数，逐年", "days of cover of each year"}, "none": {"不按天分摊", "not by days"},
	"refuse": {"不予补贴", "no subsidy"}, "warn": {"提示，照算", "warned of, counted"}, "deduct": {"直接减免", "deducted"}, "limit_to_interest": {"合计不超过利息", "together never above the interest"},
	"average_rate": {"平均利率", "average rate"}, "contract_rate": {"合同利率", "contract rate"},
	"balance_days": {"按余额累计加权", "weighted by balance-days"}, "amount": {"按金额加权", "weighted by amount"}, "plain": {"简单平均", "plain mean"},
	"reimburse_bank": {"补给银行", "paid to the bank"}, "reimburse_borrower": {"先付后贴，补给借款人", "paid first, then refunded to the borrower"},
	"total": {"按合计分担", "the total is shared"}, "largest_remainder": {"尾差归余数最大者", "odd fen to the largest remainder"},
	"lpr": {"LPR", "LPR"}, "benchmark": {"基准利率", "benchmark rate"}, "by_contract_term": {"按合同期限", "by the contract's term"},
	"1y": {"一年期", "one year"}, "5y": {"五年期以上", "above five years"},

	"not_twice":     {"退费已扣的不再扣", "a refund is not cut twice"},
	"guarantee_fee": {"担保费", "guarantee fee"},
	"ends_cover":    {"保障期到提前还清日为止", "cover ends with early repayment"},
	"net_and_days":  {"退费和天数都扣", "cut by refund and by days"},
	"may_pass":      {"可以在授信期满以后到期", "may fall due after the line"}, "within": {"须在授信期内到期", "due within the line"},
	"fail": {"没有填写的不成立", "not given is not met"}, "pass": {"没有填写的不核", "not checked where not given"},
	"money": {"金额", "money"}, "percent": {"比率", "percentage"}, "number": {"数", "number"}, "count": {"个数", "count"}, "date": {"日期", "date"},
	"flag": {"是否", "yes or no"}, "text": {"文字", "text"},
	"business": {"经营", "business"}, "education": {"助学", "education"}, "medical": {"医疗", "medical care"}, "housing": {"住房", "housing"},
	"employment": {"就业", "employment"}, "training": {"培训", "training"}, "consumption": {"消费", "consumption"},

	"province": {"省级", "province"}, "city": {"市级", "city"}, "county": {"县级", "county"}, "undecided": {"未定", "undecided"},
	"county_finance": {"县级财政部门", "county finance bureau"}, "province_finance": {"省级财政部门", "provincial finance department"},
	"bank_provincial_body": {"银行省级机构", "the bank's provincial body"}, "bank_and_guarantor": {"银行和担保公司", "bank and guarantor"},
	"third_party_audit": {"第三方审计", "third-party audit"}, "third_party_for_bank": {"银行委托第三方", "third party engaged by the bank"},
	"third_party_for_finance": {"财政部门委托第三方", "third party engaged by the finance bureau"}, "before_filing": {"申报前", "before filing"},
	"after_filing": {"申报后", "after filing"}, "reporting_body": {"报送机构", "the reporting body"}, "until_lifted": {"至财政部门解除", "until finance lifts it"},
	"interest_days_of_year": {"申报年度内的计息天数", "the interest days of the claim year"}, "eligible_draws": {"有补贴的用信本金", "principal of draws with subsidy"},
	"drawdown_here_contract_elsewhere": {"本方案按用信，他处按合同", "per draw here, per contract elsewhere"},
	"second_approval":                  {"须二次审批", "with a second approval"}, "soft": {"提示，不拒绝", "a warning, no refusal"}, "application": {"申请时", "at application"},
	"no_new_loan_until_decision":          {"作出决定前不得再借", "no new loan until a decision"},
	"until_repaid_and_decided":            {"还清并经决定后移出", "until repaid and decided"},
	"malicious_barred_other_by_exception": {"恶意的不予受理，其他经特别批准", "malicious barred, others by exception"},
	"fixed":                               {"合同期内固定", "fixed for the contract"}, "fixed_per_draw": {"每笔用信固定", "fixed for each draw"},
	"loans_repaid_in_year": {"当年全部结清的贷款", "loans fully repaid in the year"}, "name_village_amount": {"公开姓名、村和金额", "name, village and amount are shown"},
	"recommended_adult_member":   {"村、乡镇推荐的成年家庭成员", "an adult member whom village and township recommend"},
	"credit_query_authorisation": {"征信查询授权", "authorisation of the credit query"}, "help_agreement": {"有效的帮扶协议", "a valid help agreement"},
	"police": {"公安", "police"}, "justice": {"司法", "justice"}, "social_services": {"社保", "social services"},
	"group": {"组", "group"}, "village": {"村", "village"}, "township": {"乡镇", "township"}, "banner_office": {"旗扶贫办", "banner office"},
	"township_office": {"镇扶贫办", "township office"}, "county_office": {"县扶贫办", "county office"}, "village_office": {"村服务部", "village office"},
	"township_station": {"乡镇服务站", "township station"}, "county_centre": {"县服务中心", "county centre"},
	"farming": {"种养", "farming"}, "processing": {"农产品加工", "farm processing"}, "leisure_farming": {"休闲农业", "leisure farming"},
	"photovoltaic": {"光伏", "photovoltaics"}, "tourism": {"乡村旅游", "village tourism"}, "e_commerce": {"电商", "e-commerce"},
	"share_capital": {"带资入股", "shares in a firm"}, "debt": {"还债", "repaying debt"}, "gambling": {"赌博", "gambling"}, "usury": {"放贷", "usury"},
	"true": {"是", "yes"}, "false": {"否", "no"},
}

// labels name the keys of a scheme in words.
var labels = map[string]Words{
	"who": {"对象和条件", "who"}, "amount": {"补贴计算", "amount"}, "fee": {"担保费补助", "guarantee fee"}, "exclusive": {"与其他补贴的关系", "other subsidies"},
	"warn": {"提示", "warnings"}, "pay": {"出资和拨付", "payment"}, "terms": {"其他事项", "other terms"},
	"facts": {"所用事实", "facts"}, "figures": {"计算步骤", "figures"},
	"rate": {"补贴利率", "rate"}, "limit": {"利率上限", "never above"}, "base": {"计算基数", "base"}, "version_by": {"新旧规定适用日", "version by"},
	"first_day": {"放款当天", "day of the draw"}, "last_day": {"还款当天", "day of repayment"}, "until": {"截止计算日", "counted until"},
	"months": {"最长月数", "months at most"}, "overdue": {"逾期", "overdue"}, "deferral": {"延期和展期", "deferral"}, "repayments": {"还款次序", "repayments"},
	"claim": {"申报时点", "claimed"}, "settle": {"年内结算", "settled"}, "settle_day": {"结息日", "day of settlement"}, "round": {"取整", "rounding"},
	"caps": {"金额上限", "ceilings"}, "budget": {"年度预算", "budget"}, "share": {"补助比例", "share"}, "prorate": {"按天分摊", "by days"},
	"refund": {"退费", "refunds"}, "tolerance": {"费率核对容差", "tolerance of the fee check"},
	"benefit": {"受益方式", "benefit"}, "payers": {"出资方", "payers"}, "split": {"分担", "split"}, "deadline": {"拨付期限", "deadline"},
	"product": {"产品", "product"}, "purpose": {"用途", "purpose"}, "listed": {"名单库", "name list"}, "drawn": {"发放期", "window of draws"},
	"started": {"合同起始期", "window of contracts"}, "no_other_subsidy": {"不重复享受", "no double benefit"}, "rate_at_most": {"利率", "rate at most"},
	"status": {"合同状态", "status"}, "term": {"贷款期限", "term"}, "line": {"授信期", "line"},

	"exclude_dibao": {"低保家庭除外", "without dibao"}, "exclude_dibian": {"低保边缘家庭除外", "without dibian"}, "exclude_tekun": {"特困家庭除外", "without tekun"},
	"income_ceiling": {"收入上限", "income ceiling"}, "ceiling_inclusive": {"上限计入", "ceiling in"}, "allow_manual_inclusion": {"人工纳入", "manual inclusion"},
	"min_age": {"最低年龄", "lowest age"}, "max_age": {"最高年龄", "highest age"}, "extended_max_age": {"放宽后最高年龄", "highest age by exception"},
	"allow_substitute_applicant": {"替代申请人", "substitute applicant"}, "max_loans_per_household": {"每户贷款笔数", "loans a household"},
	"bar_public_payroll": {"财政供养人员除外", "public payroll barred"}, "avg_rate_cap_mode": {"平均利率上限的效力", "force of the average rate"},
	"used_amount_basis": {"使用金额口径", "amount used"}, "claim_scope": {"申报范围", "what a claim covers"}, "min_jobs": {"最少就业人数", "jobs at least"},
	"min_job_share": {"最低就业占比", "share of jobs at least"}, "job_test_dates": {"就业核对日", "days of the job test"}, "recon_tolerance": {"对账容差", "tolerance with the bank"},
	"valid_from": {"起始日", "valid from"}, "data_from": {"数据起始日", "data from"}, "line_months": {"授信月数", "months of a line"}, "max_term_months": {"贷款最长月数", "months of a loan"},
	"maturity_within_line": {"到期须在授信期内", "due within the line"}, "rate_reset": {"利率重定", "rate reset"}, "exclusivity_level": {"不重复的范围", "reach of no double benefit"},
	"rate_uplift": {"利率上浮", "uplift"}, "audit_by": {"审计委托方", "audit by"}, "audit_stage": {"审计时点", "stage of the audit"}, "approval_chain": {"审批链", "approval chain"},
	"sanction_scope": {"取消资格的范围", "reach of a sanction"}, "sanction_term": {"取消资格的期限", "term of a sanction"}, "required_checks": {"必须核对的项目", "required checks"},
	"product_aliases": {"产品别名", "other names of products"}, "id_kind": {"证件", "identity"}, "print_unit": {"打印单位", "unit of print"}, "time_zone": {"时区", "time zone"},
	"scheme_status": {"方案状态", "status of the scheme"},
	"leverage_max":  {"最高放大倍数", "leverage at most"}, "lending_quota": {"贷款规模", "volume of lending"}, "late_bar": {"逾期后再申请", "after a late repayment"},
	"blacklist_term": {"黑名单期限", "term of the black list"}, "notice_days": {"公示天数", "days of notice"}, "notice_rounds": {"公示轮次", "rounds of notice"},
	"mask_rule": {"遮盖规则", "masking"},

	"loss": {"损失", "loss"}, "causes": {"补偿的原因", "causes covered"}, "first": {"先于分担支付", "paid first"}, "shares": {"分担比例", "shares"},
	"lender": {"放款方", "lender"}, "recoveries": {"收回", "recoveries"}, "lend_while": {"继续放贷的条件", "lending goes on while"},
	"keep": {"分户", "kept apart"}, "accounts": {"账户", "accounts"}, "checks": {"监测", "checks"}, "short": {"不够付时", "when short"},
	"result": {"损益", "result"}, "profit": {"盈余", "profit"}, "premium": {"保费", "premium"}, "menu": {"险种", "covers"},
	"rules": {"亮灯规则", "rules of the lights"}, "suggested": {"建议的规则", "suggested rules"}, "remind": {"到期提醒", "reminders"},
	"levels": {"各级熔断", "levels"}, "blocks": {"停办的", "blocked"}, "goes_on": {"照常的", "goes on"}, "year_to_date": {"自1月累计", "since January"},
	"stop": {"停办", "stop"}, "resume": {"恢复", "resumption"}, "skip": {"不计的月份", "months that do not count"}, "under": {"随上级停办", "stopped from above"},
	"findings": {"查实即停", "findings that stop"},

	"valid": {"施行期", "in force"}, "data": {"数据期", "data of"}, "exclusions": {"共用的排除条件", "shared exclusions"},
	"unique": {"不重复申报", "claimed once"}, "records": {"逐笔记录的汇总", "records counted together"}, "by": {"汇总", "by"}, "ranked": {"排名对象", "ranked"}, "per": {"分别排名", "ranked apart"},
	"score": {"得分", "score"}, "scale": {"计分", "scale"}, "parts": {"指标", "indicator"}, "ties": {"并列", "ties"}, "then": {"同分再比", "between equals"},
	"awards": {"按名次的奖励", "awards by rank"}, "allocate": {"按权重分配", "allocation"}, "grant": {"财政核定", "decided by finance"},
	"ties.rank": {"名次", "rank"}, "ties.award": {"并列者的金额", "money of ties"},

	"amount.year": {"年利率折算", "yearly rate to days"}, "round.drawdown": {"用信", "draw"},
}

// WordOf is a word of the language in both languages; a word that the language does not have stands for itself.
func WordOf(word string) Words {
	if w, ok := vocabulary[word]; ok {
		return w
	}
	return Words{word, word}
}

// LabelOf is the last part of a key in words: amount.caps[1] is 金额上限 2.
func LabelOf(key string) Words {
	if w, ok := labels[key]; ok {
		return w
	}
	name := key[strings.LastIndexByte(key, '.')+1:]
	if strings.HasPrefix(key, "figures.") || strings.HasPrefix(key, "records.") && strings.Count(key, ".") == 2 { // a scheme's own name, whatever word of the language it is like
		return Words{name, name}
	}
	name, number, many := strings.Cut(name, "[")
	w, ok := labels[name]
	if !ok {
		w = WordOf(name)
	}
	if many {
		n := " " + next(strings.TrimSuffix(number, "]"))
		w = Words{w.Zh + n, w.En + n}
	}
	return w
}

// SectionOf is the first part of a key in words.
func SectionOf(key string) Words {
	name, _, _ := strings.Cut(key, ".")
	name, _, _ = strings.Cut(name, "[")
	if w, ok := labels[name]; ok {
		return w
	}
	return Words{name, name}
}

// next is the number after, for people count from one.
func next(number string) string {
	n, _ := strconv.Atoi(number)
	return strconv.Itoa(n + 1)
}

// wordsOf is several words or a single one, joined.
func wordsOf(list []string) Words {
	var zh, en []string
	for _, x := range list {
		w := WordOf(x)
		zh, en = append(zh, w.Zh), append(en, w.En)
	}
	return Words{strings.Join(zh, "、"), strings.Join(en, ", ")}
}
