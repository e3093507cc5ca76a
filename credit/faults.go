package credit

import "ganlan/fault"

// Classes of fault of this room.
var (
	FaultIndicator = &fault.Def{Code: "INDICATOR_UNKNOWN", What: "权重里的“{name}”不是已声明的分数{hint}", Do: "在 facts 或 figures 中声明它，类型为 number",
		WhatEn: "the weight of {name} belongs to no declared sub-score{hint_en}", DoEn: "declare it under facts or figures as a number"}
	FaultWeights = &fault.Def{Code: "WEIGHTS_NOT_WHOLE", What: "权重合计是 {sum}，应恰为100%，且没有负数", Do: "调整各项权重；三项均分写成 1/3",
		WhatEn: "the weights make {sum}, not exactly 100%, or one is negative", DoEn: "change the weights; three equal ones are 1/3 each"}
	FaultBorders = &fault.Def{Code: "BORDERS_ORDER", What: "等级界限次序颠倒、相同或超出分数范围：{text}", Do: "从最高等级写起，界限依次降低，都在 0 与满分之间",
		WhatEn: "the borders of the grades do not fall, or leave the scale: {text}", DoEn: "begin with the best grade, let borders fall, all between 0 and the highest score"}
	FaultGrade = &fault.Def{Code: "GRADE_UNKNOWN", What: "没有等级“{grade}”{hint}", Do: "可用的等级：{known}",
		WhatEn: "there is no grade {grade}{hint_en}", DoEn: "known grades: {known}"}
	FaultLine = &fault.Def{Code: "LINE_TABLE", What: "授信额度表不完整，或较高等级的额度反而较低：{text}", Do: "为每个等级写明额度；额度表和公式只写一种，公式须是金额",
		WhatEn: "the table of lines lacks a grade, gives a better grade a smaller line, or is no amount: {text}", DoEn: "write a line for every grade; either a table or a formula that is an amount"}
	FaultSubScore = &fault.Def{Code: "SUBSCORE_MISSING", What: "没有给出“{name}”的分数，不能评分", Do: "补上该项；如允许缺项，用 --set missing_scores=zero 或 reweigh 选定读法",
		WhatEn: "the sub-score {name_en} is not given, so there is no score", DoEn: "give it; where a missing one is allowed choose the reading with --set missing_scores=zero or reweigh"}
	FaultScoreRange = &fault.Def{Code: "SUBSCORE_RANGE", What: "“{name}”的分数 {value} 不在 0 至 {max} 之间", Do: "核对分数",
		WhatEn: "the sub-score {name_en} of {value} is not between 0 and {max}", DoEn: "check the score"}
	FaultChange = &fault.Def{Code: "GRADE_CHANGE", What: "人工调整等级缺少{lacks}", Do: "写明理由和调整人；机器评定的等级同时保留",
		WhatEn: "a grade changed by hand lacks {lacks_en}", DoEn: "give the reason and who changed it; the machine's grade is kept beside it"}
	FaultEvent = &fault.Def{Code: "CREDIT_EVENT", What: "{date} 的信用事件有误：{text}", Do: "增信、减信须写明正的分值和理由；按期还款、违约不写分值",
		WhatEn: "the credit event of {date} is wrong: {text}", DoEn: "credit-up and credit-down need points above zero and a reason; repayment and default bear no points"}
	FaultGroup = &fault.Def{Code: "GROUP_COUNT", What: "评级小组人数有误：{text}", Do: "核对成员、村民代表和到会人数",
		WhatEn: "the numbers of the rating group are wrong: {text}", DoEn: "check members, representatives and those present"}
)
