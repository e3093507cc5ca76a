package figure

import "ganlan/fault"

// Classes of fault of this room.
var (
	FaultNeeded = &fault.Def{Code: "FACT_MISSING", What: "没有给出“{fact}”", Do: "补上该项",
		WhatEn: "{fact_en} is not given", DoEn: "give it"}
	FaultRange = &fault.Def{Code: "FACT_OUT_OF_RANGE", What: "“{fact}”的值 {value} 超出范围（{min} 至 {max}，含两端）", Do: "核对该值",
		WhatEn: "{value} is outside what {fact_en} may be ({min} to {max}, both in)", DoEn: "check the value"}
	FaultOperator = &fault.Def{Code: "FIGURE_OPERATOR", What: "“{figure}”应当恰好写一种算法，却写了：{got}", Do: "只留一种：{known}",
		WhatEn: "{figure} must be computed in exactly one way, found: {got}", DoEn: "keep one of {known}"}
	FaultOperand = &fault.Def{Code: "FIGURE_OPERAND", What: "“{figure}”用到的“{got}”既不是前面的名称，也不是数值{hint}", Do: "名称：{known}；数值写成 100000元、0.5%、8 的样式",
		WhatEn: "{figure} uses {got}, which is no earlier name and no value{hint_en}", DoEn: "names: {known}; values look like 100000元, 0.5%, 8"}
	FaultUnits = &fault.Def{Code: "FIGURE_UNITS", What: "“{figure}”的单位不合：{text}", Do: "金额只与金额相加减、比较；金额之间只能相除，不能相乘",
		WhatEn: "the units of {figure} do not fit: {text}", DoEn: "add, subtract and compare amounts with amounts; divide amounts, never multiply them"}
	FaultName = &fault.Def{Code: "FIGURE_NAME", What: "名称“{name}”重复，或不是小写字母、数字和下划线", Do: "换一个名称",
		WhatEn: "the name {name} stands twice or is not small letters, digits and underscores", DoEn: "choose another name"}
	FaultTable = &fault.Def{Code: "FIGURE_TABLE", What: "“{figure}”的分段有空档、重叠或次序颠倒：{text}", Do: "让界限依次递增（up_to、below）或递减（from、above），只有最后一段可以不写界限",
		WhatEn: "the steps of {figure} leave a gap, overlap or run backwards: {text}", DoEn: "let bounds rise (up_to, below) or fall (from, above); only the last step may have none"}
	FaultZero = &fault.Def{Code: "FIGURE_DIVIDES_BY_ZERO", What: "“{figure}”的除数“{by}”为零", Do: "核对该值",
		WhatEn: "{figure} divides by {by}, which is zero", DoEn: "check the value"}
	FaultNoStep = &fault.Def{Code: "FIGURE_NO_STEP", What: "“{figure}”没有规定 {value} 所在的段", Do: "核对该值，或在方案中补上这一段及其依据",
		WhatEn: "{figure} has no step for {value}", DoEn: "check the value, or add the step with its clause to the scheme"}
)
