package bankfile

import "ganlan/fault"

// Classes of fault of profiles.
var (
	FaultProfileMissing = &fault.Def{Code: "PROFILE_MISSING", What: "没有文件配置“{name}”{hint}，或配置相互循环引用", Do: "可用的配置：{known}",
		WhatEn: "there is no file profile {name}{hint_en}, or profiles extend each other in a circle", DoEn: "profiles: {known}"}
	FaultProfileKey = &fault.Def{Code: "PROFILE_KEY", What: "文件配置中不认识“{key}”{hint}", Do: "可用：{known}",
		WhatEn: "the file profile names {key}, which is unknown{hint_en}", DoEn: "known: {known}"}
	FaultProfileTwice = &fault.Def{Code: "PROFILE_NAME_TWICE", What: "文件配置中“{name}”同时属于 {first} 和 {second}", Do: "只保留一处",
		WhatEn: "in the file profile {name} belongs to both {first} and {second}", DoEn: "keep one of them"}
	FaultProfileThin = &fault.Def{Code: "PROFILE_INCOMPLETE", What: "文件配置缺少：{missing}", Do: "补全，或写上 extends: standard",
		WhatEn: "the file profile lacks: {missing}", DoEn: "complete it, or write extends: standard"}
)

// Classes of fault of whole files and of what makes a table of a text.
var (
	FaultPicture = &fault.Def{Code: "FILE_NO_TABLE", What: "文件是{format}，里面没有可以读取的表格", Do: "请对方提供 Excel（.xlsx）或 CSV 原始文件；扫描件、截图和 PDF 不能读取",
		WhatEn: "the file is {format_en}, which holds no table that could be read", DoEn: "ask for the Excel (.xlsx) or CSV file itself; scans, screenshots and PDF cannot be read"}
	FaultNoKind = &fault.Def{Code: "FILE_NO_HEADER", What: "前 30 行里找不到表头：没有一个认识的列名", Do: "检查表头是否在前 30 行内；本行叫法可写进配置文件（policies/standard/files/）",
		WhatEn: "no header in the first 30 rows: not one title is known", DoEn: "check that the header stands there; a bank's own titles can be written into a profile (policies/standard/files/)"}
	FaultQuote = &fault.Def{Code: "QUOTE_BAD", What: "引号不成对：引号后面还有内容，或引号一直没有结束", Do: "检查该单元格；内容里的一个引号要写成两个",
		WhatEn: "the quotes do not fit together: text follows the closing one, or it never closes", DoEn: "check the cell; a quote inside a text is written twice"}
)

// Classes of fault of workbooks.
var (
	FaultSheetsDiffer = &fault.Def{Code: "SHEETS_DIFFER", What: "工作表“{first}”和“{second}”的表头不同，不能合在一起读取", Do: "统一表头，或用 --sheet 逐张读取",
		WhatEn: "the sheets {first} and {second} have different headers and cannot be read as one", DoEn: "make the headers the same, or name one sheet with --sheet"}
	FaultSheetsLeft = &fault.Def{Code: "SHEETS_LEFT", Warning: true, What: "未读取的工作表：{sheets}（缺少必需的列）", Do: "如其中也有数据，补上缺少的列后重新提交",
		WhatEn: "sheets not read: {sheets}, since a column is missing", DoEn: "if they hold records too, add the missing column"}
	FaultUncomputed = &fault.Def{Code: "FORMULA_NO_VALUE", What: "公式没有保存计算结果（本表共 {n} 处）", Do: "用 Excel 或 WPS 打开，等公式算完后保存，或把公式粘贴为数值",
		WhatEn: "the formula was saved without a result ({n} on this sheet)", DoEn: "open the file in Excel or WPS, let it calculate and save it, or paste values in place of formulas"}
	FaultExternal = &fault.Def{Code: "FORMULA_ELSEWHERE", Warning: true, What: "本表有 {n} 个公式引用其他文件，按保存时的结果读入", Do: "请核对；最好粘贴为数值后再提交",
		WhatEn: "{n} formulas of the sheet read other files; their saved results were taken", DoEn: "check them; better paste values in place of formulas"}
	FaultMerged = &fault.Def{Code: "AMOUNT_MERGED", What: "金额单元格合并了 {n} 行，不知道每行各是多少", Do: "取消合并，每行分别填写金额",
		WhatEn: "an amount is merged over {n} rows, so that each row's own is unknown", DoEn: "unmerge the cell and write each row's amount"}
	FaultHidden = &fault.Def{Code: "SHEET_HIDDEN", Warning: true, What: "有隐藏或被筛选掉的内容，已一并读入：{rows} 行；列：{columns}", Do: "确认隐藏的行和列也应申报",
		WhatEn: "hidden or filtered contents were read too: {rows} rows; columns: {columns}", DoEn: "check that they belong to the claim"}
)
