package main

import (
	"ganlan/fault"
	"ganlan/scheme"
)

// reasons are the words for the codes of rows without money and of days that do not count.
var reasons = map[string][2]string{
	"NOT_LISTED":          {"不在扩中家庭名单库", "not on the name list"},
	"WRONG_PRODUCT":       {"产品不在范围内", "product not covered"},
	"WRONG_PURPOSE":       {"用途不在范围内", "purpose not covered"},
	"OUTSIDE_WINDOW":      {"发放日不在政策期内", "drawn outside the window"},
	"OTHER_SUBSIDY":       {"已享受其他贴息", "subsidised elsewhere"},
	"RATE_TOO_HIGH":       {"利率超过上限", "rate above the limit"},
	"AMOUNT_TOO_HIGH":     {"金额超出范围", "amount out of range"},
	"NOT_REPAID":          {"尚未结清", "not yet repaid"},
	"CAP_REACHED":         {"已达补助上限", "cap reached"},
	"JOBS_TOO_FEW":        {"带动就业不足", "too few jobs"},
	"DECLARED_FALSE":      {"申报不实", "declared false"},
	"NO_BALANCE":          {"本年无计息余额", "no balance that counts"},
	"ROUNDS_TO_ZERO":      {"不足最小单位", "rounds to zero"},
	"OVERDUE":             {"逾期", "overdue"},
	"WRONG_STATUS":        {"合同状态不符", "status not covered"},
	"TERM_TOO_LONG":       {"贷款期限过长", "term too long"},
	"AFTER_CUTOFF":        {"超过截止计算日", "after the cut-off"},
	"TERM_USED_UP":        {"超过最长贴息期", "longest term used up"},
	"ABOVE_PRINCIPAL_CAP": {"超过可贴息本金", "above the principal that counts"},
	"NOTHING_OWED":        {"当日无余额", "nothing owed"},
}

// reasonOf is the words for a reason of a scheme: the built-in ones, or the condition of the scheme's own code.
func reasonOf(s *scheme.Scheme, code string, l fault.Lang) string {
	if _, builtIn := reasons[code]; builtIn {
		return reasonText(code, l)
	}
	for i := range s.Who {
		if t := &s.Who[i]; t.Code == code && l == fault.En {
			return "not met: " + t.En
		} else if t.Code == code {
			return "不符合：" + t.Zh
		}
	}
	return code
}

func reasonText(code string, l fault.Lang) string {
	words, ok := reasons[code]
	switch {
	case !ok:
		return code
	case l == fault.En:
		return words[1]
	}
	return words[0]
}
