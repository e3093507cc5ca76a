package rule

import "ganlan/fault"

// Classes of fault of this room. Places are line and column of the policy file.
var (
	FaultSyntax = &fault.Def{Code: "YAML_SYNTAX", What: "YAML 语法有误：{text}", Do: "检查缩进、冒号和引号",
		WhatEn: "the YAML is not well formed: {text}", DoEn: "check indentation, colons and quotes"}
	FaultUnknownKey = &fault.Def{Code: "KEY_UNKNOWN", What: "不认识的键“{key}”{hint}", Do: "改正或删除它；可用的键：{known}",
		WhatEn: "unknown key {key}{hint_en}", DoEn: "correct or remove it; known keys: {known}"}
	FaultTwice = &fault.Def{Code: "KEY_TWICE", What: "键“{key}”出现了两次", Do: "只保留一个",
		WhatEn: "key {key} stands twice", DoEn: "keep one of them"}
	FaultMissing = &fault.Def{Code: "KEY_MISSING", What: "缺少键“{key}”", Do: "补上它",
		WhatEn: "key {key} is missing", DoEn: "add it"}
	FaultType = &fault.Def{Code: "VALUE_TYPE", What: "这里应是{want}，却是“{got}”", Do: "按要求的样式改写",
		WhatEn: "expected {want}, found {got}", DoEn: "write it in the form asked for"}
	FaultChoice = &fault.Def{Code: "VALUE_UNKNOWN", What: "“{got}”不是可用的取值{hint}", Do: "可用的取值：{known}",
		WhatEn: "{got} is not a known value{hint_en}", DoEn: "known values: {known}"}
	FaultClause = &fault.Def{Code: "CLAUSE_BAD", What: "条款号“{clause}”写法不对", Do: "写成 DY-3.1a 或 三1 的样式",
		WhatEn: "{clause} is not a clause id", DoEn: "write it like DY-3.1a or 三1"}
	FaultUncited = &fault.Def{Code: "CLAUSE_MISSING", What: "参数没有依据", Do: "写明 clause（条款）、reading（读法 OP-nn）或 source（文件）",
		WhatEn: "the parameter names no clause, reading or source", DoEn: "add clause, reading or source"}
	FaultRequired = &fault.Def{Code: "PARAMETER_REQUIRED", What: "文件未规定“{name}”，必须先给出", Do: "加 --set {name}=值{suggest}",
		WhatEn: "the documents leave {name} open; it must be given", DoEn: "add --set {name}=VALUE{suggest_en}"}
	FaultNoSuchName = &fault.Def{Code: "PARAMETER_UNKNOWN", What: "方案没有名为“{name}”的参数{hint}", Do: "可设置的参数：{known}",
		WhatEn: "the scheme has no parameter {name}{hint_en}", DoEn: "parameters that can be set: {known}"}
	FaultDates = &fault.Def{Code: "DATES_ORDER", What: "分段日期有空档、重叠或次序颠倒：{text}", Do: "让 since/until 首尾相接",
		WhatEn: "dated values leave a gap, overlap or run backwards: {text}", DoEn: "make since and until join up"}
	FaultAlone = &fault.Def{Code: "VALUE_ALONE", What: "此处只能有一个取值，不能分段或带条件", Do: "删去 since、until、when，只留一个值；规则改变时另立方案文件夹",
		WhatEn: "this value has one form only, without dates or conditions", DoEn: "remove since, until and when; a changed rule is a scheme folder of its own"}
	FaultCel = &fault.Def{Code: "CEL_BAD", What: "条件表达式有误：{text}", Do: "对照可用的名称和类型改正：{known}",
		WhatEn: "the condition is wrong: {text}", DoEn: "correct it with the names and types available: {known}"}
	FaultUndecided = &fault.Def{Code: "UNDECIDED", What: "条件无法判断：缺少{missing}", Do: "在文件中补上该列的值",
		WhatEn: "the condition cannot be decided: {missing} is not given", DoEn: "give that column a value"}
)
