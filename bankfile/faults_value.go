package bankfile

import "ganlan/fault"

// Classes of fault of the values in cells.
var (
	FaultRateTwoWays = &fault.Def{Code: "RATE_TWO_MEANINGS", What: "利率“{value}”可作两种理解（百分数或小数）", Do: "写明单位，例如 0.30% 或 30%",
		WhatEn: "the rate {value} can be read in two ways, as per cent or as a fraction", DoEn: "write its unit, such as 0.30% or 30%"}
	FaultRateMonthly = &fault.Def{Code: "RATE_MONTHLY_UNIT", What: "月利率“{value}”没有单位", Do: "在列名或单元格中写明 ‰ 或 %",
		WhatEn: "the monthly rate {value} has no unit", DoEn: "write ‰ or % in the title or the cell"}
)

// Classes of fault of values that do not fit each other.
var (
	FaultSex = &fault.Def{Code: "SEX_UNKNOWN", Warning: true, What: "不认识的性别“{value}”", Do: "填写 男 或 女",
		WhatEn: "unknown sex {value}", DoEn: "write 男 or 女"}
	FaultSexDiffers = &fault.Def{Code: "SEX_DIFFERS", Warning: true, What: "性别与证件号码（{value}）不符", Do: "对照证件核对性别和号码",
		WhatEn: "the sex is not that of the id number ({value})", DoEn: "compare both with the document"}
	FaultBirthDiffers = &fault.Def{Code: "BIRTH_DIFFERS", Warning: true, What: "出生日期 {birth} 与证件号码（{value}）不符", Do: "对照证件核对出生日期和号码",
		WhatEn: "the birth date {birth} is not that of the id number ({value})", DoEn: "compare both with the document"}
	FaultGrade = &fault.Def{Code: "LOAN_GRADE_UNKNOWN", Warning: true, What: "不认识的五级分类“{value}”", Do: "核对；如是本行叫法，可在配置文件（policies/standard/files/）补充",
		WhatEn: "unknown five-grade class {value}", DoEn: "check it; a bank's own word can be added to a profile (policies/standard/files/)"}
	FaultTermForm = &fault.Def{Code: "TERM_BAD", Warning: true, What: "读不懂期限“{value}”，以起止日期为准", Do: "写成 12、12个月、1年 或 365天",
		WhatEn: "the term {value} cannot be read; the two dates decide", DoEn: "write 12, 12个月, 1年 or 365天"}
	FaultTermDiffers = &fault.Def{Code: "TERM_DIFFERS", Warning: true, What: "期限与起止日期（{from} 至 {to}）不符", Do: "核对期限和两个日期；到期日若已含展期，请补报展期",
		WhatEn: "the term is not that of the two dates ({from} to {to})", DoEn: "check all three; report the extension if the due day already holds one"}
	FaultExtensionMissing = &fault.Def{Code: "EXTENSION_MISSING", Warning: true, What: "合同为展期，流水中没有展期记录；到期日 {date} 可能已含展期", Do: "补报展期行和原到期日，或确认到期日未含展期",
		WhatEn: "the contract was extended but the ledger has no extension; the due day {date} may already hold it", DoEn: "report the extension and the first due day, or confirm the due day"}
	FaultNothingOwed = &fault.Def{Code: "STATUS_NOTHING_OWED", Warning: true, What: "余额为0，状态仍是正常", Do: "核对是否已结清；循环额度未用信的可忽略",
		WhatEn: "nothing is owed but the status is normal", DoEn: "check whether it was settled; ignore it for a line that is not drawn"}
	FaultCount = &fault.Def{Code: "ROWS_DIFFER", What: "文件写明 {stated} 笔，实有 {rows} 笔", Do: "可能缺行或多行，请银行核对后重新导出",
		WhatEn: "the file says {stated} rows, it has {rows}", DoEn: "rows may be missing; ask for a new export"}
)
