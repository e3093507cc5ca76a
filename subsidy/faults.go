package subsidy

import "ganlan/fault"

// Classes of fault of this room.
var (
	FaultYear = &fault.Def{Code: "YEAR_OUTSIDE", What: "{year} 年不在方案 {scheme} 的期限内（{years}）", Do: "核对 --year 和方案",
		WhatEn: "{year} is outside scheme {scheme} ({years})", DoEn: "check --year and the scheme"}
	FaultNoVersion = &fault.Def{Code: "RATE_NOT_DATED", What: "方案没有规定 {date} 适用的利率", Do: "在方案中补上该日起的取值及其文件",
		WhatEn: "the scheme gives no rate for {date}", DoEn: "add a dated value with its document to the scheme"}
	FaultNotGiven = &fault.Def{Code: "NOT_GIVEN", Warning: true, What: "合同 {contract} 没有填写{what}，该条件未核验", Do: "请补填后重算",
		WhatEn: "contract {contract} does not give {what_en}; the condition was not checked", DoEn: "fill it in and calculate again"}
	FaultRateHigh = &fault.Def{Code: "CONTRACT_RATE_HIGH", Warning: true, What: "合同 {contract} 利率 {rate} 高于 {limit}（原则上不得高于）", Do: "请说明理由",
		WhatEn: "contract {contract} has a rate of {rate}, above {limit} (in principle)", DoEn: "give the reason"}
	FaultFeeOff = &fault.Def{Code: "FEE_IMPLAUSIBLE", Warning: true, What: "合同 {contract} 的担保费 {fee} 元与费率 {rate} × {amount} 元 × 保障期（应约 {expected} 元）不符",
		Do: "核对费率、保费和保障期", WhatEn: "contract {contract}: the guarantee fee {fee} is far from {rate} × {amount} × the term of cover, about {expected}",
		DoEn: "check rate, fee and cover"}
	FaultFeeHigh = &fault.Def{Code: "FEE_RATE_HIGH", Warning: true, What: "合同 {contract} 的担保费 {fee} 元高于每年 {rate} 的标准（{expected} 元）", Do: "请说明理由",
		WhatEn: "contract {contract}: the guarantee fee {fee} is above {rate} a year, {expected}", DoEn: "give the reason"}
	FaultFee = &fault.Def{Code: "FEE_BAD", What: "合同 {contract} 的担保费有误：{text}", Do: "核对保费、退费和保障期",
		WhatEn: "contract {contract} has a wrong guarantee fee: {text}", DoEn: "check fee, refund and cover"}
)
