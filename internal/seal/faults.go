package seal

import "ganlan/fault"

// Classes of fault of this room.
var (
	FaultMasterBad = &fault.Def{Code: "MASTER_KEY_BAD", What: "主密钥文件无法识别", Do: "核对密钥文件；从保管处取回原件，不要改动它",
		WhatEn: "the master key's file cannot be read", DoEn: "check the file; fetch the original from where it is kept"}
	FaultMasterOther = &fault.Def{Code: "MASTER_KEY_OTHER", What: "主密钥 {got} 不是该数据库的密钥（应为 {want}）", Do: "换上该数据库的主密钥；数据没有被改动",
		WhatEn: "the master key {got} is not this database's ({want})", DoEn: "use the master key of this database; no data was touched"}
	FaultKeyMissing = &fault.Def{Code: "KEY_MISSING_FOR_VALUE", What: "没有解开该值的密钥（编号 {key}）", Do: "核对数据库是否完整，用备份恢复密钥表",
		WhatEn: "there is no key {key} to open the value", DoEn: "check that the database is whole; restore its table of keys from a backup"}
	FaultBroken = &fault.Def{Code: "SEALED_VALUE_BROKEN", What: "密封的值被改动或移动过（{place}）", Do: "用备份核对该行，并查审计日志",
		WhatEn: "a sealed value was changed or moved ({place})", DoEn: "compare the row with a backup and look at the audit"}
	FaultChain = &fault.Def{Code: "AUDIT_CHAIN_BROKEN", What: "审计链在第 {seq} 条断开：{text}", Do: "保留现场，与备份或导出的审计记录比对",
		WhatEn: "the audit chain breaks at entry {seq}: {text}", DoEn: "keep everything as it is and compare with a backup or an exported audit"}
	FaultStreamCut = &fault.Def{Code: "SEALED_FILE_CUT", What: "密封的文件在第 {chunk} 段之后被截断", Do: "文件不完整：换一份完整的，或重新制作",
		WhatEn: "the sealed file is cut off after chunk {chunk}", DoEn: "the file is not whole: use another copy, or make it again"}
	FaultStreamBroken = &fault.Def{Code: "SEALED_FILE_CHANGED", What: "密封的文件第 {chunk} 段被改动", Do: "不要使用这份文件；换一份完好的",
		WhatEn: "chunk {chunk} of the sealed file was changed", DoEn: "do not use this file; take another copy"}
)
