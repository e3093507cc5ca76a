package household

import "ganlan/fault"

// Classes of fault of this room.
var (
	FaultBands = &fault.Def{Code: "BANDS_BAD", What: "“{test}”的分段写法有误：{text}", Do: "每段写清下限（from 含、above 不含）和上限（up_to 含、below 不含），下限低于上限",
		WhatEn: "a band of {test_en} is wrong: {text}", DoEn: "give each band a lower bound (from in, above out) and an upper one (up_to in, below out), the lower below the upper"}
	FaultGap = &fault.Def{Code: "BANDS_GAP", What: "“{test}”有没有规定到的情形：{text}", Do: "按文件补上这一段，或写明由人决定（decide）",
		WhatEn: "{test_en} says nothing for: {text}", DoEn: "add the band as the document has it, or leave it to a person (decide)"}
	FaultOverlap = &fault.Def{Code: "BANDS_OVERLAP", What: "“{test}”的情形有重叠：{text}", Do: "让相邻两段只在一处含界限；同一个词不能既允许又禁止",
		WhatEn: "{test_en} says two things for: {text}", DoEn: "let one band alone hold the bound between two; a word cannot be both allowed and forbidden"}
	FaultManual = &fault.Def{Code: "MANUAL_INCLUSION", What: "人工纳入不合规定：{text}", Do: "写明理由和经办人，由另一人复核；方案不允许人工纳入时不能使用",
		WhatEn: "the inclusion by hand is not as it must be: {text_en}", DoEn: "give the reason and who did it, let another person approve it; some schemes allow none"}
	FaultTagSource = &fault.Def{Code: "TAG_WITHOUT_SOURCE", What: "标签“{tag}”没有来源或日期", Do: "补上来源部门和取数日期",
		WhatEn: "the tag {tag} has no source or no date", DoEn: "give where it comes from and of which day"}
	FaultApplicants = &fault.Def{Code: "APPLICANTS", What: "家庭有 {n} 名申请人", Do: "只指定一名成员为申请人",
		WhatEn: "the household has {n} applicants", DoEn: "name one member as the applicant"}
	FaultItem = &fault.Def{Code: "CHECK_UNKNOWN", What: "没有核验事项“{item}”{hint}", Do: "改正事项名称，或在方案的 checks 中加上它",
		WhatEn: "there is no verification item {item}{hint_en}", DoEn: "correct the name or add it to the scheme's checks"}
)
