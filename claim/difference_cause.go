package claim

import "ganlan/scheme"

// Cause is why a bank's figure is not ours.
type Cause string

// The causes. The first reading that gives the bank's figures exactly names the cause.
const (
	CauseDayCount    Cause = "DAY_COUNT"
	CauseMonth30     Cause = "MONTH_30"
	CauseBoundary    Cause = "BOUNDARY_DAY"
	CauseRate        Cause = "RATE"
	CauseCutOff      Cause = "CUT_OFF"
	CauseList        Cause = "LIST"
	CauseEligibility Cause = "ELIGIBILITY"
	CauseRounding    Cause = "ROUNDING"
	CauseOverdue     Cause = "OVERDUE"
	CauseDeferral    Cause = "DEFERRAL"
	CauseOrder       Cause = "REPAYMENT_ORDER"
	CauseLine        Cause = "LEDGER_LINE"
	CauseBase        Cause = "BALANCE_BASE"
	CauseCap         Cause = "CAP"
	CausePeriod      Cause = "PERIOD"
	CauseDoubled     Cause = "DOUBLED"
	CauseUnit        Cause = "UNIT"
	CauseNotClaimed  Cause = "NOT_CLAIMED"
	CauseUnknown     Cause = "UNKNOWN"
	CauseNotExamined Cause = "NOT_EXAMINED"
)

// causes are the names of the causes, in the order in which they are listed.
var causes = []struct {
	cause Cause
	words scheme.Words
}{
	{CauseDayCount, scheme.Words{Zh: "计息天数基准（360、365、实际天数）", En: "day count (360, 365, actual)"}},
	{CauseMonth30, scheme.Words{Zh: "每月按30天计", En: "months of 30 days"}},
	{CauseBoundary, scheme.Words{Zh: "首尾日是否计息", En: "first or last day"}},
	{CauseRate, scheme.Words{Zh: "利率", En: "rate"}},
	{CauseCutOff, scheme.Words{Zh: "起止日", En: "first or last day of the accrual"}},
	{CauseList, scheme.Words{Zh: "名单库", En: "name list"}},
	{CauseEligibility, scheme.Words{Zh: "补助条件", En: "eligibility"}},
	{CauseRounding, scheme.Words{Zh: "舍入", En: "rounding"}},
	{CauseOverdue, scheme.Words{Zh: "逾期天数", En: "overdue days"}},
	{CauseDeferral, scheme.Words{Zh: "延期、展期", En: "deferral and extension"}},
	{CauseOrder, scheme.Words{Zh: "还款冲抵顺序", En: "order of repayments"}},
	{CauseLine, scheme.Words{Zh: "流水多记或漏记", En: "a ledger line too many or missing"}},
	{CauseBase, scheme.Words{Zh: "计息本金", En: "principal that counts"}},
	{CauseCap, scheme.Words{Zh: "上限", En: "ceilings"}},
	{CausePeriod, scheme.Words{Zh: "所属年度", En: "period"}},
	{CauseDoubled, scheme.Words{Zh: "重复计算", En: "counted twice"}},
	{CauseUnit, scheme.Words{Zh: "金额单位", En: "unit"}},
	{CauseNotClaimed, scheme.Words{Zh: "银行未计贴息", En: "no subsidy claimed by the bank"}},
	{CauseUnknown, scheme.Words{Zh: "未能判明", En: "not found"}},
	{CauseNotExamined, scheme.Words{Zh: "未逐份分析", En: "not examined one by one"}},
}

// Causes are all causes in the order in which they are listed.
func Causes() []Cause {
	out := make([]Cause, len(causes))
	for i, c := range causes {
		out[i] = c.cause
	}
	return out
}

// Words are the cause in both languages.
func (c Cause) Words() scheme.Words {
	for _, x := range causes {
		if x.cause == c {
			return x.words
		}
	}
	return scheme.Words{Zh: string(c), En: string(c)}
}
