package desk

import "ganlan/fault"

// Classes of fault of this room.
var (
	FaultNoData = &fault.Def{Code: "DATA_NOT_MADE", What: "“{dir}”中还没有数据库", Do: "先运行 ganlan init --data {dir}，或核对 --data",
		WhatEn: "there is no database in {dir} yet", DoEn: "run ganlan init --data {dir} first, or check --data"}
	FaultMade = &fault.Def{Code: "DATA_MADE_ALREADY", What: "“{dir}”已经初始化", Do: "直接使用；要新建请换一个文件夹",
		WhatEn: "{dir} was made already", DoEn: "use it as it is, or name another folder for a new one"}
	FaultFolder = &fault.Def{Code: "DATA_FOLDER_BAD", What: "数据文件夹“{dir}”不能使用：{text}", Do: "核对路径、权限和磁盘",
		WhatEn: "the data folder {dir} cannot be used: {text}", DoEn: "check the path, its rights and the disk"}
	FaultNoMaster = &fault.Def{Code: "MASTER_KEY_MISSING", What: "找不到主密钥文件“{file}”", Do: "从保管处取回放好；没有它，密封的证件号等无法解开。数据没有被改动",
		WhatEn: "the master key's file {file} is missing", DoEn: "fetch it from where it is kept: sealed values cannot be opened without it; no data was touched"}
	FaultInvariant = &fault.Def{Code: "INVARIANT_BROKEN", What: "数据不再自洽（{rule}）：{text}", Do: "停止写入，保留现场，与最近的备份比对",
		WhatEn: "the data no longer agree ({rule}): {text}", DoEn: "write no more, keep everything as it is, compare with the latest backup"}
	FaultAuditFile = &fault.Def{Code: "AUDIT_FILE_BAD", What: "第 {line} 行不是导出的审计记录：{text}", Do: "用 ganlan audit export 重新导出；文件不要改动",
		WhatEn: "line {line} is not of an exported audit: {text}", DoEn: "export it again with ganlan audit export, and leave the file unchanged"}
	FaultAuditCut = &fault.Def{Code: "AUDIT_FILE_CUT", What: "文件应有 {want} 条，末条应为 {digest}，实得 {got} 条", Do: "文件不完整或被改动；重新导出",
		WhatEn: "the file should hold {want} entries ending with {digest}, and holds {got}", DoEn: "the file is cut off or was changed: export it again"}
)
