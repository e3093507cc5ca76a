package claim

import (
	"strings"

	"ganlan/scheme"
)

// told is what a word of a scheme means for a reckoning, as one says it on the telephone.
type told struct {
	key, value string
	cause      Cause
	words      scheme.Words
}

// tellings are the words of a scheme whose other meaning a bank may have taken. A key that is not here is never tried.
var tellings = []told{
	{"amount.year", "actual/360", CauseDayCount, scheme.Words{Zh: "一年按360天折算日利率", En: "a year of 360 days"}},
	{"amount.year", "actual/365", CauseDayCount, scheme.Words{Zh: "一年按365天折算日利率", En: "a year of 365 days"}},
	{"amount.year", "actual/actual", CauseDayCount, scheme.Words{Zh: "按当年实际天数折算日利率", En: "a year of its real number of days"}},
	{"amount.year", "months/12", CauseMonth30, scheme.Words{Zh: "整月按30天、零头按实际天数计", En: "whole months of 30 days and odd days"}},
	{"amount.year", "whole_years", CauseMonth30, scheme.Words{Zh: "只计整年", En: "whole years only"}},
	{"amount.first_day", "in", CauseBoundary, scheme.Words{Zh: "放款当日计息", En: "the day of a draw counts"}},
	{"amount.first_day", "out", CauseBoundary, scheme.Words{Zh: "放款当日不计息", En: "the day of a draw does not count"}},
	{"amount.last_day", "out", CauseBoundary, scheme.Words{Zh: "还款日、到期日不计息", En: "the day of repayment or maturity does not count"}},
	{"amount.last_day", "in", CauseBoundary, scheme.Words{Zh: "还款日、到期日也计息", En: "the day of repayment or maturity counts as well"}},
	{"amount.overdue", "exclude_days", CauseOverdue, scheme.Words{Zh: "逾期天数不计", En: "overdue days do not count"}},
	{"amount.overdue", "allow", CauseOverdue, scheme.Words{Zh: "到期后、逾期期间仍然计息", En: "days after maturity and overdue days count"}},
	{"amount.overdue", "forfeit_loan", CauseOverdue, scheme.Words{Zh: "有过逾期的合同整笔不计", En: "a contract once overdue is left out whole"}},
	{"amount.deferral", "moves_due_day", CauseDeferral, scheme.Words{Zh: "延期、展期后按新到期日计息", En: "a deferral or extension moves the due day"}},
	{"amount.deferral", "first_due_day", CauseDeferral, scheme.Words{Zh: "延期、展期不算，只计到原到期日", En: "nothing counts after the first due day, deferred or not"}},
	{"amount.repayments", "oldest_first", CauseOrder, scheme.Words{Zh: "还款先冲抵最早的放款", En: "repayments settle the oldest draw first"}},
	{"amount.repayments", "newest_first", CauseOrder, scheme.Words{Zh: "还款先冲抵最近的放款", En: "repayments settle the newest draw first"}},
	{"amount.base", "daily_balance", CauseBase, scheme.Words{Zh: "按每日余额计", En: "counted on the daily balance"}},
	{"amount.base", "principal", CauseBase, scheme.Words{Zh: "还清前一直按放款额计", En: "counted on the amount drawn until it is repaid in full"}},
	{"amount.base", "once", CauseBase, scheme.Words{Zh: "按放款额一次性计", En: "counted once on the amount drawn"}},
	{"amount.claim", "each_year", CausePeriod, scheme.Words{Zh: "逐年申报当年的利息", En: "each year's interest is claimed in that year"}},
	{"amount.claim", "when_repaid", CausePeriod, scheme.Words{Zh: "结清的当年一次申报全部贷款期", En: "the whole loan is claimed in the year of its repayment"}},
	{"amount.round.per", "contract", CauseRounding, scheme.Words{Zh: "按合同合计后舍入一次", En: "rounded once per contract"}},
	{"amount.round.per", "drawdown", CauseRounding, scheme.Words{Zh: "逐笔放款舍入后相加", En: "each draw rounded, then added"}},
	{"amount.round.per", "household", CauseRounding, scheme.Words{Zh: "按家庭合计后舍入一次", En: "rounded once per household"}},
	{"amount.round.to", "fen", CauseRounding, scheme.Words{Zh: "保留到分", En: "rounded to the fen"}},
	{"amount.round.to", "yuan", CauseRounding, scheme.Words{Zh: "保留到元", En: "rounded to the yuan"}},
	{"amount.round.to", "100yuan", CauseRounding, scheme.Words{Zh: "保留到百元", En: "rounded to 100 yuan"}},
	{"amount.round.to", "10000yuan", CauseRounding, scheme.Words{Zh: "保留到万元", En: "rounded to 10,000 yuan"}},
	{"amount.round.mode", "half_up", CauseRounding, scheme.Words{Zh: "四舍五入", En: "halves rounded up"}},
	{"amount.round.mode", "half_even", CauseRounding, scheme.Words{Zh: "四舍六入五成双", En: "halves rounded to even"}},
	{"amount.round.mode", "down", CauseRounding, scheme.Words{Zh: "分以下一律舍去", En: "what is below the unit cut off"}},
	{"amount.round.mode", "up", CauseRounding, scheme.Words{Zh: "分以下一律进一", En: "what is below the unit rounded up"}},
	{"amount.settle", "year", CauseRounding, scheme.Words{Zh: "全年结算一次", En: "settled once a year"}},
	{"amount.settle", "half_year", CauseRounding, scheme.Words{Zh: "每半年结算、各自舍入", En: "settled and rounded each half-year"}},
	{"amount.settle", "quarter", CauseRounding, scheme.Words{Zh: "按季结算、各季舍入", En: "settled and rounded each quarter"}},
	{"amount.settle", "month", CauseRounding, scheme.Words{Zh: "按月结算、各月舍入", En: "settled and rounded each month"}},
	{"who.listed.at", "contract_start", CauseList, scheme.Words{Zh: "按合同起始日是否在名单库判断", En: "listed on the day the contract starts"}},
	{"who.listed.at", "drawdown", CauseList, scheme.Words{Zh: "按每笔放款日是否在名单库判断", En: "listed on the day of each draw"}},
	{"who.listed.at", "each_day", CauseList, scheme.Words{Zh: "只计在名单库期间的天数", En: "only the days on the list count"}},
	{"who.listed.at", "previous_year_end", CauseList, scheme.Words{Zh: "按上年末是否在名单库判断", En: "listed at the end of the year before"}},
	{"who.listed.at", "year_end", CauseList, scheme.Words{Zh: "按年末是否在名单库判断", En: "listed at the end of the year"}},
	{"who.listed.at", "list_date", CauseList, scheme.Words{Zh: "曾在名单库即可", En: "listed at any time"}},
	{"amount.version_by", "contract_start", CauseRate, scheme.Words{Zh: "标准按合同起始日取", En: "the standard of the day the contract starts"}},
	{"amount.version_by", "drawdown", CauseRate, scheme.Words{Zh: "标准按放款日取", En: "the standard of the day of the draw"}},
	{"amount.version_by", "each_day", CauseRate, scheme.Words{Zh: "标准逐日取", En: "the standard of each day"}},
	{"amount.version_by", "previous_year_end", CauseRate, scheme.Words{Zh: "标准按上年末取", En: "the standard of the end of the year before"}},
	{"amount.version_by", "year_end", CauseRate, scheme.Words{Zh: "标准按年末取", En: "the standard of the end of the year"}},
	{"amount.version_by", "list_date", CauseRate, scheme.Words{Zh: "标准按入库日取", En: "the standard of the day of listing"}},
}

// telling finds the words for a value. Day counts may be written in two ways.
func telling(key, value string) (told, bool) {
	if key == "amount.year" {
		value = canonicalYear(value)
	}
	for _, t := range tellings {
		if t.key == key && strings.EqualFold(t.value, value) {
			return t, true
		}
	}
	return told{}, false
}

func canonicalYear(value string) string {
	known := scheme.Year("").Known() // name and other spelling by turns
	for i := 1; i < len(known); i += 2 {
		if known[i] == value {
			return known[i-1]
		}
	}
	return value
}
