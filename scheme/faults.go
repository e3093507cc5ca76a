package scheme

import "ganlan/fault"

// Classes of fault of this room.
var (
	FaultNoScheme = &fault.Def{Code: "SCHEME_NOT_FOUND", What: "没有方案“{id}”{hint}", Do: "用 ganlan scheme list 查看方案，或给出方案文件夹的路径",
		WhatEn: "there is no scheme {id}{hint_en}", DoEn: "see ganlan scheme list, or give the path of a scheme folder"}
	FaultOtherKind = &fault.Def{Code: "KIND_OTHER", What: "这是“{kind}”类方案，此命令只算“{want}”类", Do: "用 ganlan scheme list 查看各方案的类别",
		WhatEn: "this scheme is of kind {kind}, and the command computes {want} only", DoEn: "see the kinds with ganlan scheme list"}
	FaultNoCases = &fault.Def{Code: "CASES_MISSING", What: "方案 {id} 没有算例 cases.yaml", Do: "为每条带数字的条款写算例",
		WhatEn: "scheme {id} has no cases.yaml", DoEn: "write worked cases for each clause that bears a number"}
	FaultKind = &fault.Def{Code: "KIND_UNKNOWN", What: "方案没有写明类别，或类别“{kind}”不认识{hint}", Do: "用 kind 写明类别；docs/how-to-write-a-scheme 列有全部类别",
		WhatEn: "the scheme names no kind, or {kind} is not a known kind{hint_en}", DoEn: "name it with kind; docs/how-to-write-a-scheme lists all kinds"}
	FaultTest = &fault.Def{Code: "TEST_INCOMPLETE", What: "条件“{test}”缺少 {key}", Do: "补上它",
		WhatEn: "test {test} lacks {key}", DoEn: "add it"}
	FaultWindow = &fault.Def{Code: "WINDOW_REVERSED", What: "起日 {from} 晚于止日 {to}", Do: "核对两个日期",
		WhatEn: "the window begins {from} after its end {to}", DoEn: "check both dates"}
	FaultCutoffs = &fault.Def{Code: "CUTOFFS_NOT_CLOSED", What: "截止计算日的分段有空档或重叠：{text}", Do: "让 drawn_to 依次递增，并覆盖整个发放期",
		WhatEn: "the cut-offs leave a gap or overlap: {text}", DoEn: "let drawn_to rise and cover the whole disbursement window"}
	FaultPayer = &fault.Def{Code: "PAYER_UNKNOWN", What: "尾差承担方“{who}”不在出资方之列", Do: "写一个出资方，或 largest_remainder",
		WhatEn: "{who}, who takes the fen left over, is not a payer", DoEn: "name a payer or largest_remainder"}
	FaultTerm = &fault.Def{Code: "TERM_UNKNOWN", What: "不认识的事项“{key}”{hint}", Do: "可用的事项：{known}",
		WhatEn: "unknown term {key}{hint_en}", DoEn: "known terms: {known}"}
	FaultReference = &fault.Def{Code: "REFERENCE_RATE_MISSING", What: "{kind} 表中没有 {date} 的利率", Do: "在 policies/standard 中补录该日之前最近一次公布的利率及其来源",
		WhatEn: "the {kind} table has no rate for {date}", DoEn: "enter the last published rate before that day, with its source, under policies/standard"}
	FaultReferenceOrder = &fault.Def{Code: "REFERENCE_RATE_ORDER", What: "利率表日期没有递增：{date}", Do: "按公布日期排列",
		WhatEn: "the dates of the rate table do not rise at {date}", DoEn: "order them by date"}
	FaultGrain = &fault.Def{Code: "ROUND_GRAIN", What: "按{per}取整与按{rows}列示或结算不相容", Do: "按借据列示时取整到借据或家庭；年内分次结算时取整到合同或借据",
		WhatEn: "rounding per {per} does not fit rows or settlements per {rows}", DoEn: "rows per note round per drawdown or household; settlements within the year per contract or drawdown"}
	FaultCounted = &fault.Def{Code: "CAP_UNCOUNTED", What: "上限无法累计：按{per}{over}", Do: "本金上限按合同、家庭、个人或企业；跨年或跨方案的上限按家庭、个人或企业",
		WhatEn: "a cap per {per}{over} cannot be counted", DoEn: "cap principal per contract, household, person or enterprise; over years or schemes per household, person or enterprise"}
	FaultOtherArea = &fault.Def{Code: "AREA_OTHER", What: "方案写的是 {area}，却放在 {folder} 的文件夹里", Do: "改正 area，或把方案移到该地区的文件夹",
		WhatEn: "the scheme says area {area} but stands in the folder of {folder}", DoEn: "correct area or move the scheme"}
	FaultNoAmount = &fault.Def{Code: "AMOUNT_UNKNOWN", What: "“{name}”不是已声明的金额{hint}", Do: "写一项 facts 或 figures 里的金额",
		WhatEn: "{name} is no amount that the scheme declares{hint_en}", DoEn: "name an amount of facts or figures"}
	FaultArea = &fault.Def{Code: "AREA_BAD", What: "“{area}”不是六位行政区划代码", Do: "写成 330783 的样式",
		WhatEn: "{area} is not a six-digit area code", DoEn: "write it like 330783"}
	FaultNoExclusions = &fault.Def{Code: "EXCLUSIONS_MISSING", What: "地区文件夹中没有共用的排除条件 {file}", Do: "补上该文件，或改正 exclusions 中的名称",
		WhatEn: "the area's folder has no shared exclusions {file}", DoEn: "add the file, or correct the name under exclusions"}
	FaultDraft = &fault.Def{Code: "SCHEME_DRAFT", Warning: true, What: "方案 {scheme} 尚为草案：结果仅为模拟，不得申报", Do: "待文件印发后改为 issued 再申报",
		WhatEn: "scheme {scheme} is a draft: this is a simulation and cannot be claimed", DoEn: "claim after the document is issued"}
)
