package bankfile

import "ganlan/fault"

// Classes of fault of this room.
var (
	FaultEmpty = &fault.Def{Code: "FILE_EMPTY", What: "文件没有数据行", Do: "确认导出的内容和所选工作表，再重新导出",
		WhatEn: "the file has no data rows", DoEn: "check what was exported, and from which sheet"}
	FaultOtherForm = &fault.Def{Code: "FILE_OTHER_FORM", What: "这不是{want}文件：找不到列 {missing}", Do: "检查是否选错文件；认识的列名见 policies/standard/files/standard.yaml，本县叫法可另写一个配置文件",
		WhatEn: "this is not a {want} file: no column {missing}", DoEn: "check that the right file was given; names of columns stand in policies/standard/files/standard.yaml; a county adds its own in a profile"}
	FaultFormat = &fault.Def{Code: "FILE_FORMAT", What: "不支持的文件格式：{format}", Do: "在 Excel 或 WPS 中另存为 .xlsx 或 .csv 后再提交",
		WhatEn: "the file format {format} is not supported", DoEn: "save it as .xlsx or .csv and hand it in again"}
	FaultSheets = &fault.Def{Code: "SHEET_UNCLEAR", What: "工作簿有多张表可用：{sheets}", Do: "用 --sheet 指明一张；表头相同的各张可用 --sheet '*' 一并读取",
		WhatEn: "several sheets could be meant: {sheets}", DoEn: "name one with --sheet, or read all of one header with --sheet '*'"}
	FaultColumnTwice = &fault.Def{Code: "COLUMN_TWICE", What: "有两列都像“{key}”：{titles}", Do: "删去或改名其中一列",
		WhatEn: "two columns look like {key}: {titles}", DoEn: "remove or rename one of them"}
	FaultBlank = &fault.Def{Code: "CELL_EMPTY", What: "必填项为空", Do: "补填后重新提交",
		WhatEn: "the cell must not be empty", DoEn: "fill it in"}
	FaultKind = &fault.Def{Code: "LEDGER_KIND", What: "不认识的交易类型“{value}”", Do: "可用：放款、还款、逾期、延期、展期；可在配置文件（policies/standard/files/）补充叫法",
		WhatEn: "unknown kind of ledger line {value}", DoEn: "known: drawdown, repayment, overdue, deferral, extension"}
	FaultNotPositive = &fault.Def{Code: "AMOUNT_NOT_POSITIVE", What: "金额 {value} 应大于 0", Do: "核对金额；冲正请改报原行",
		WhatEn: "the amount {value} must be above 0", DoEn: "check the amount; correct the original line instead of a negative one"}
	FaultNegative = &fault.Def{Code: "AMOUNT_NEGATIVE", What: "金额 {value} 不能为负", Do: "核对金额",
		WhatEn: "the amount {value} must not be negative", DoEn: "check the amount"}
	FaultNumber = &fault.Def{Code: "NUMBER_BAD", What: "“{value}”不是整数", Do: "填写整数",
		WhatEn: "{value} is not a whole number", DoEn: "write a whole number"}
	FaultYesNo = &fault.Def{Code: "YES_NO_BAD", What: "“{value}”不是“是/否”", Do: "填写 是 或 否（1 或 0）",
		WhatEn: "{value} is not yes or no", DoEn: "write 1 or 0"}
	FaultReversed = &fault.Def{Code: "DATES_REVERSED", What: "止日 {to} 早于起日 {from}", Do: "核对两个日期",
		WhatEn: "the end {to} is before the start {from}", DoEn: "check both dates"}
	FaultDuplicate = &fault.Def{Code: "CONTRACT_TWICE", What: "合同号 {contract} 重复（另见第{row}行）", Do: "删除重复行，或改正合同号",
		WhatEn: "contract {contract} stands twice (see row {row})", DoEn: "remove one row or correct the number"}
	FaultNoContract = &fault.Def{Code: "CONTRACT_UNKNOWN", What: "合同号 {contract} 不在合同文件中", Do: "核对合同号，或在合同文件中补上该合同",
		WhatEn: "contract {contract} is not in the contract file", DoEn: "check the number or add the contract"}
	FaultOverlap = &fault.Def{Code: "LIST_OVERLAP", What: "家庭 {household} 的在库区间重叠：{first} 与 {second}（另见第{row}行）", Do: "合并或改正区间",
		WhatEn: "household {household} is listed twice for the same days: {first} and {second} (see row {row})", DoEn: "join or correct the intervals"}
	FaultUnreadable = &fault.Def{Code: "TEXT_UNREADABLE", What: "含无法识别的字符", Do: "用 UTF-8 或 GB18030 编码重新导出",
		WhatEn: "the text holds characters that cannot be read", DoEn: "export again in UTF-8 or GB18030"}
	FaultTotal = &fault.Def{Code: "TOTAL_DIFFERS", What: "合计行“{title}”为 {stated}，各行之和为 {sum}", Do: "可能缺行或多行，请银行核对后重新导出",
		WhatEn: "the total of {title} is {stated}, the rows add up to {sum}", DoEn: "rows may be missing; ask for a new export"}
	FaultFields = &fault.Def{Code: "ROW_FIELDS", What: "该行有 {got} 列，表头有 {want} 列", Do: "检查多余的分隔符或未加引号的逗号",
		WhatEn: "the row has {got} fields, the header {want}", DoEn: "check for stray separators or commas without quotes"}
	FaultYearShort = &fault.Def{Code: "YEAR_TWO_DIGITS", Warning: true, What: "“{value}”只有两位年份，按 {date} 读入", Do: "请核对",
		WhatEn: "{value} has a two-digit year and was read as {date}", DoEn: "check it"}
	FaultRateGuess = &fault.Def{Code: "RATE_UNUSUAL", Warning: true, What: "利率“{value}”按 {rate} 读入", Do: "请核对利率单位（应为年利率百分数）",
		WhatEn: "the rate {value} was read as {rate}", DoEn: "check the unit (per cent a year)"}
	FaultRateRange = &fault.Def{Code: "RATE_OUT_OF_RANGE", What: "年利率 {value} 不在 0 到 36% 之间", Do: "核对利率和单位",
		WhatEn: "a rate of {value} a year is not between 0 and 36%", DoEn: "check the rate and its unit"}
	FaultUnknownColumn = &fault.Def{Code: "COLUMN_UNKNOWN", Warning: true, What: "未使用的列：{titles}", Do: "如是本县叫法，可在配置文件（policies/standard/files/）补充",
		WhatEn: "columns not used: {titles}", DoEn: "if they are names of known columns, add them to a profile (policies/standard/files/)"}
	FaultStatus = &fault.Def{Code: "STATUS_UNKNOWN", Warning: true, What: "不认识的合同状态“{value}”", Do: "核对；如是本行叫法，可在配置文件（policies/standard/files/）补充",
		WhatEn: "unknown contract status {value}", DoEn: "check it; a bank's own word can be added to a profile (policies/standard/files/)"}
	FaultTooLong = &fault.Def{Code: "FIELD_TOO_LONG", What: "单元格超过 {most} 个字节", Do: "检查是否缺少引号或换行",
		WhatEn: "the cell is longer than {most} bytes", DoEn: "check for a missing quote or line break"}
)
