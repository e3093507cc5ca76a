package desk

import "ganlan/fault"

// Classes of fault of runs.
var (
	faultNoRun = &fault.Def{Code: "RUN_UNKNOWN", What: "没有编号为 {id} 的结算", Do: "用 ganlan run list 查看编号",
		WhatEn: "there is no run {id}", DoEn: "see the numbers with ganlan run list"}
	faultRunNoInterest = &fault.Def{Code: "RUN_KIND", What: "方案 {scheme} 不是贴息方案，不能按贷款结算", Do: "用 ganlan compute 计算",
		WhatEn: "{scheme} is no interest scheme: it is not reckoned from loans", DoEn: "use ganlan compute"}
	faultRunArea = &fault.Def{Code: "RUN_AREA", What: "辖区 {area} 不在方案 {scheme} 的辖区 {of} 内", Do: "核对 --area 和方案",
		WhatEn: "the area {area} is not within {of}, the area of {scheme}", DoEn: "check --area and the scheme"}
	faultRunEmpty = &fault.Def{Code: "RUN_NO_FACTS", What: "截至 {known}，机构 {org} 在辖区 {area} 没有已导入的合同", Do: "先用 ganlan facts import 导入，或核对辖区、机构和时间",
		WhatEn: "as known at {known} organisation {org} has no contracts in {area}", DoEn: "import them with ganlan facts import, or check area, organisation and time"}
	faultRunNoList = &fault.Def{Code: "RUN_NO_LIST", What: "方案要核对名单，但截至 {known} 辖区 {area} 没有已导入的名单", Do: "先导入名单",
		WhatEn: "the scheme looks at the name list, and there is none of {area} as known at {known}", DoEn: "import the list first"}
	faultRunFuture = &fault.Def{Code: "RUN_KNOWN_LATER", What: "“截至时间”{known} 还没有到", Do: "写一个已经过去的时间，或不写（以现在为准）",
		WhatEn: "the time {known} has not come yet", DoEn: "give a time that has passed, or none for now"}
	faultRunDraft = &fault.Def{Code: "RUN_SCHEME_DRAFT", What: "方案 {scheme} 尚未印发（{status}），只能模拟", Do: "加上 --simulate；正式结算用已印发的版本",
		WhatEn: "{scheme} is not issued ({status}): it can only be simulated", DoEn: "add --simulate, or use the version that was issued"}
	faultRunVersion = &fault.Def{Code: "RUN_VERSION", What: "指定版本只用于模拟", Do: "去掉 --version：正式结算用已批准并适用于该年度的版本；或加上 --simulate",
		WhatEn: "a version is named in simulations only", DoEn: "leave --version out: a run takes the approved version of its year; or add --simulate"}
	faultRunOver = &fault.Def{Code: "RUN_OVER", What: "结算 {id} 的状态是“{state}”，不能撤销", Do: "无须办理",
		WhatEn: "run {id} is {state} and cannot be cancelled", DoEn: "nothing need be done"}
	faultRunNotDone = &fault.Def{Code: "RUN_NOT_DONE", What: "结算 {id} 的状态是“{state}”，没有结果", Do: "用 ganlan run show {id} 查看；待完成后再试",
		WhatEn: "run {id} is {state} and has no results", DoEn: "see ganlan run show {id}, and try again when it is done"}
	faultRunSimulation = &fault.Def{Code: "RUN_SIMULATION", What: "结算 {id} 是模拟，不得申报", Do: "用已批准的方案版本和已确认的数据正式结算",
		WhatEn: "run {id} is a simulation and cannot be claimed", DoEn: "start a run with an approved version and confirmed facts"}
	faultRunContract = &fault.Def{Code: "RUN_NO_CONTRACT", What: "结算 {id} 中没有合同 {contract}", Do: "核对合同号、机构和辖区",
		WhatEn: "there is no contract {contract} in run {id}", DoEn: "check the number, the organisation and the area"}
	faultRunRow = &fault.Def{Code: "RUN_ROW_DIFFERS", What: "结算 {id} 合同 {contract} {note}：存档为 {kept}，重算为 {again}", Do: "停止使用该结算，与备份和审计日志比对",
		WhatEn: "run {id}, contract {contract} {note}: kept {kept}, calculated again {again}", DoEn: "do not use the run; compare with a backup and the audit"}
	faultRunNow = &fault.Def{Code: "RUN_NOW_REFUSED", What: "结算 {id} 重算时，{file} 第{row}行：{text}（{code}）", Do: "停止使用该结算，与备份和审计日志比对",
		WhatEn: "run {id}, calculated again, {file} row {row}: {text_en} ({code})", DoEn: "do not use the run; compare with a backup and the audit"}
	faultRunTampered = &fault.Def{Code: "RUN_TAMPERED", What: "结算 {id} 的{what}与完成时不符", Do: "停止使用该结算，与备份和审计日志比对",
		WhatEn: "the {what_en} of run {id} are not those with which it ended", DoEn: "do not use the run; compare with a backup and the audit"}
	faultRunShort = &fault.Def{Code: "RUN_SUMS", What: "结算 {id} 的行数或金额与表头不符（表头 {head}，各行 {rows}）", Do: "停止使用该结算，与备份和审计日志比对",
		WhatEn: "rows or sums of run {id} are not as its head says (head {head}, rows {rows})", DoEn: "do not use the run; compare with a backup and the audit"}
	faultRunTold = &fault.Def{Code: "RUN_REFUSED", What: "结算 {id} 因数据有 {n} 处错误被退回，没有结果", Do: "用 ganlan run show {id} 逐条查看，改正后重新导入并结算",
		WhatEn: "run {id} was refused for {n} faults of its facts and has no results", DoEn: "see them with ganlan run show {id}, correct and import anew, and start again"}
)
