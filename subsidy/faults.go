package subsidy

import "ganlan/fault"

// Classes of fault of this room.
var (
	FaultYear = &fault.Def{Code: "YEAR_OUTSIDE", What: "{year} 年不在方案 {scheme} 的期限内（{years}）", Do: "核对 --year 和方案",
		WhatEn: "{year} is outside scheme {scheme} ({years})", DoEn: "check --year and the scheme"}
	FaultNoYear = &fault.Def{Code: "YEAR_NEEDED", What: "方案 {scheme} 按年度计算，没有给出年度", Do: "加上 --year 申报年度",
		WhatEn: "scheme {scheme} is computed for a year, and none was given", DoEn: "add --year"}
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

	FaultRowTwice = &fault.Def{Code: "ROW_TWICE", What: "编号 {no} 出现了两次", Do: "每行一个编号；同一事项只留一行",
		WhatEn: "the number {no} stands twice", DoEn: "give each row a number of its own; keep one row for one matter"}
	FaultAlike = &fault.Def{Code: "ROW_ALIKE", What: "{no} 与 {other} 重复：{value}", Do: "同一事项只报一次；不是同一事项的，改正其中一行",
		WhatEn: "{no} repeats {other}: {value}", DoEn: "claim one matter once; correct one of the rows where they are two"}
	FaultDiffers = &fault.Def{Code: "FACT_DIFFERS", What: "{no} 的“{fact}”前后不一：{a}、{b}", Do: "同一主体的各行应写相同的值",
		WhatEn: "{fact_en} of {no} is not the same in all its rows: {a}, {b}", DoEn: "write the same value in all rows of one subject"}
	FaultTotal = &fault.Def{Code: "TOTAL_BAD", What: "汇总“{total}”应当恰好写一种算法，并用到记录中有的金额、数或日期", Do: "sum、count、distinct、lowest、highest、mean 只留一种",
		WhatEn: "the total {total_en} must be counted in exactly one way, from an amount, number or date of the records", DoEn: "keep one of sum, count, distinct, lowest, highest, mean"}
	FaultAmountWay = &fault.Def{Code: "AMOUNT_WAY", What: "方案应当恰好写 amount 和 allocate 之一", Do: "按公式给付写 amount；按权重分配预算写 allocate",
		WhatEn: "the scheme must say exactly one of amount and allocate", DoEn: "amount for what a formula gives, allocate for a budget shared out by weight"}
	FaultNegative = &fault.Def{Code: "AWARD_NEGATIVE", What: "“{figure}”算得 {value}，不能为负", Do: "核对各项数据；应以零为限的，在方案中写 not_below",
		WhatEn: "{figure_en} comes to {value}, which may not be negative", DoEn: "check the facts; where it is held at zero, say not_below in the scheme"}
	FaultLimitDiffers = &fault.Def{Code: "LIMIT_DIFFERS", What: "{of} 共用的上限或资金池前后不一：{a} 元、{b} 元", Do: "共用同一上限的各行应写相同的数据",
		WhatEn: "the rows of {of} that share a ceiling or pool do not agree on it: {a}, {b}", DoEn: "give all rows that share it the same facts"}
	FaultGrantAbove = &fault.Def{Code: "GRANT_ABOVE_CEILING", What: "{no} 核定 {granted}，超过测算上限 {ceiling} 元", Do: "核定金额不得超过测算上限",
		WhatEn: "{no} is granted {granted}, above the ceiling of {ceiling}", DoEn: "grant no more than the ceiling"}
	FaultRowWarned = &fault.Def{Code: "ROW_WARNED", Warning: true, What: "{no} 不符合：{what}", Do: "请核实",
		WhatEn: "{no} does not meet: {what_en}", DoEn: "look into it"}
	FaultRowUnchecked = &fault.Def{Code: "ROW_UNCHECKED", Warning: true, What: "{no} 缺少数据，未核验：{what}", Do: "请补填后重算",
		WhatEn: "{no} was not checked for want of facts: {what_en}", DoEn: "fill them in and calculate again"}

	FaultRankedBody = &fault.Def{Code: "RANKING_SUBJECT", What: "“{got}”不能排名：只对机构排名，不对干部、个人、村、乡镇排名", Do: "ranked.of 写 bank、insurer、guarantor 或 firm",
		WhatEn: "{got} may not be ranked: institutions are, but no officials, people, villages or townships", DoEn: "let ranked.of be bank, insurer, guarantor or firm"}
	FaultNoInstitution = &fault.Def{Code: "RANKING_NO_INSTITUTION", What: "{code} 不是统一社会信用代码，不能排名", Do: "填写机构的统一社会信用代码；个人不排名",
		WhatEn: "{code} is no unified social credit code, so the row cannot be ranked", DoEn: "give the institution's code; people are not ranked"}
	FaultWeights = &fault.Def{Code: "WEIGHTS_SUM", What: "权重应不为负、合计为100%，现为 {sum}", Do: "改正权重",
		WhatEn: "weights must not be negative and add up to 100%, they come to {sum}", DoEn: "correct the weights"}
	FaultPlaces = &fault.Def{Code: "PLACES_BAD", What: "按名次的奖励应全部写金额，或全部写合计不超过100%的比例并用 of 写明总额", Do: "改正 awards",
		WhatEn: "awards by rank must all be amounts, or all shares of at most 100% with of as the amount", DoEn: "correct awards"}
	FaultGrantUntied = &fault.Def{Code: "GRANT_UNTIED", What: "{no} 没有待定的并列奖励，却填了核定金额 {granted}", Do: "删去核定金额",
		WhatEn: "{no} has no tied award to decide, but {granted} was entered", DoEn: "remove it"}
)
