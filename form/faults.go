package form

import "ganlan/fault"

// Classes of fault of this room.
var (
	FaultField = &fault.Def{Code: "FORM_FIELD", What: "表格中没有名为“{field}”的字段{hint}", Do: "可用的字段：{known}",
		WhatEn: "there is no field {field}{hint_en}", DoEn: "known fields: {known}"}
	FaultKind = &fault.Def{Code: "FORM_KIND", What: "字段“{field}”是 {want}，不能按 {kind} 打印", Do: "把 kind 改为 {want}",
		WhatEn: "field {field} is {want} and cannot be printed as {kind}", DoEn: "write kind: {want}"}
	FaultShape = &fault.Def{Code: "FORM_SHAPE", What: "表格定义不完整：{text}", Do: "对照其他表格的定义补全",
		WhatEn: "the form does not fit together: {text}", DoEn: "complete it after the example of another form"}
	FaultNotXlsx = &fault.Def{Code: "XLSX_NOT", What: "文件不是 Excel 工作簿（.xlsx）", Do: "用 Excel 或 WPS 打开后另存为 .xlsx，或改传 CSV（.xlsb、.ods 和压缩包不能读取）",
		WhatEn: "the file is not an Excel workbook (.xlsx)", DoEn: "open it in Excel or WPS and save it as .xlsx, or send CSV"}
	FaultOldXls = &fault.Def{Code: "XLSX_OLD", What: "文件是旧版 Excel 或 WPS 表格格式（.xls、.et）", Do: "用 Excel 或 WPS 打开后另存为 .xlsx",
		WhatEn: "the file is in the old Excel or WPS format (.xls, .et)", DoEn: "open it in Excel or WPS and save it as .xlsx"}
	FaultLocked = &fault.Def{Code: "XLSX_LOCKED", What: "工作簿设有打开密码", Do: "去掉密码后重新保存并上传",
		WhatEn: "the workbook is protected by a password", DoEn: "remove the password, save and send it again"}
	FaultProtected = &fault.Def{Code: "XLSX_PROTECTED", What: "工作簿或工作表设有保护，或结构特殊，不能写标注", Do: "按错误清单在原文件中改正，或撤销保护后重试",
		WhatEn: "the workbook or its sheet is protected, or of an unusual make, and cannot be marked", DoEn: "correct the file by the list of faults, or take the protection away"}
	FaultMacro = &fault.Def{Code: "XLSX_MACRO", What: "工作簿含有宏", Do: "另存为不含宏的 .xlsx",
		WhatEn: "the workbook holds macros", DoEn: "save it as .xlsx without macros"}
	FaultBroken = &fault.Def{Code: "XLSX_BROKEN", What: "工作簿已损坏或不完整：{text}", Do: "重新导出或下载后再上传",
		WhatEn: "the workbook is damaged or cut off: {text}", DoEn: "export or download it again"}
	FaultTooBig = &fault.Def{Code: "XLSX_TOO_BIG", What: "工作簿解压后超过 {limit} 字节", Do: "另存为 CSV（没有大小限制），或拆成几个较小的文件",
		WhatEn: "the workbook is larger than {limit} bytes when unpacked", DoEn: "save it as CSV, which has no limit, or split it"}
	FaultLarge = &fault.Def{Code: "XLSX_LARGE", What: "工作簿有 {size} MB，超过 {limit} MB", Do: "另存为 CSV（没有大小限制），或拆成几个较小的文件",
		WhatEn: "the workbook has {size} MB, more than {limit} MB", DoEn: "save it as CSV, which has no limit, or split it"}
	FaultBomb = &fault.Def{Code: "XLSX_BOMB", What: "工作簿的 {part} 解压后是压缩时的 {ratio} 倍，不像正常的表格", Do: "删去表格下方和右侧的空白格式区域，用 Excel 或 WPS 另存为 .xlsx，或另存为 CSV",
		WhatEn: "{part} of the workbook unpacks to {ratio} times its size, which no table does", DoEn: "delete the blank formatted area below and beside the table and save it as .xlsx, or save it as CSV"}
	FaultTooWide = &fault.Def{Code: "XLSX_TOO_WIDE", What: "工作表的单元格区域超过 {limit} 格", Do: "删去表格右侧很远处的内容，再另存为 .xlsx",
		WhatEn: "the sheet spans more than {limit} cells", DoEn: "delete what stands far to the right of the table and save it again"}
	FaultNoSheet = &fault.Def{Code: "XLSX_NO_SHEET", What: "工作簿中没有工作表“{sheet}”{hint}", Do: "可用的工作表：{known}",
		WhatEn: "the workbook has no sheet {sheet}{hint_en}", DoEn: "sheets: {known}"}
)
