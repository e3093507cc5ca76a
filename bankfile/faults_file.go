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
	FaultQuote = &fault.Def{Code: "QUOTE_BAD", What: "引号不成对：引号后面还有内容，或引号一直没有结束", Do: "检查该单元格；内容里的一个引号要写成两个",
		WhatEn: "the quotes do not fit together: text follows the closing one, or it never closes", DoEn: "check the cell; a quote inside a text is written twice"}
)
