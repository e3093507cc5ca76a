package store

import (
	"slices"

	"ganlan/fault"
)

// Classes of fault of this room.
var (
	FaultDiskFull = &fault.Def{Code: "DISK_FULL", What: "磁盘已满，没有写入任何内容", Do: "腾出空间后重试",
		WhatEn: "the disk is full; nothing was written", DoEn: "free some space and try again"}
	FaultReadOnly = &fault.Def{Code: "STORE_READ_ONLY", What: "数据库不可写", Do: "核对文件夹和磁盘的权限，或是否挂载为只读",
		WhatEn: "the database cannot be written", DoEn: "check the rights of the folder, and whether the disk is mounted read-only"}
	FaultBusy = &fault.Def{Code: "STORE_BUSY", What: "另一个程序正在写入（如大批导入），等候超时；没有写入任何内容", Do: "待它完成后重试",
		WhatEn: "another program is writing, such as a large import, and the wait was too long; nothing was written", DoEn: "try again when it is done"}
	FaultCorrupt = &fault.Def{Code: "STORE_CORRUPT", What: "数据库文件已损坏：{text}", Do: "停止写入，用最近的备份恢复（ganlan restore）",
		WhatEn: "the database file is damaged: {text}", DoEn: "write no more and restore the latest backup (ganlan restore)"}
	FaultDisk = &fault.Def{Code: "DISK_FAILED", What: "读写磁盘出错：{text}", Do: "检查磁盘；数据以最后一次成功提交为准",
		WhatEn: "the disk failed: {text}", DoEn: "check the disk; what was committed last is what holds"}
	FaultUnreachable = &fault.Def{Code: "POSTGRES_UNREACHABLE", What: "连不上 PostgreSQL：{text}", Do: "核对 --db 的地址、账号，以及数据库服务是否在运行；连接在办理中断开的，先查看该项是否已完成，再重试",
		WhatEn: "PostgreSQL cannot be reached: {text}", DoEn: "check the address and account in --db, and that the server runs; where it was lost during an act, see first whether the act is done"}
	FaultURL = &fault.Def{Code: "DATABASE_URL_BAD", What: "“{url}”不是数据库地址", Do: "写成 postgres://用户@主机/库名；不写则用数据文件夹中的 SQLite 文件",
		WhatEn: "{url} is no database address", DoEn: "write postgres://user@host/database, or nothing for the SQLite file in the data folder"}
	FaultNewer = &fault.Def{Code: "STORE_NEWER", What: "数据库由更新的程序写成（结构版本 {got}，本程序只认识到 {want}）", Do: "使用新版程序；数据没有被改动",
		WhatEn: "the database was written by a newer program (schema {got}, this one knows {want})", DoEn: "use the newer program; no data was touched"}
	FaultLocked = &fault.Def{Code: "STORE_LOCKED", What: "数据正被其他程序使用（{who}）；升级结构、恢复、轮换密钥须独占", Do: "等它结束，或先停止它，再重试；没有改动任何内容",
		WhatEn: "the data are in use by {who}; a migration, a restore or a rotation of keys must be alone", DoEn: "wait until it ends or stop it, and try again; nothing was touched"}
	FaultNodes = &fault.Def{Code: "NODES_TAKEN", What: "同时使用这份数据的程序已达 {most} 个", Do: "先停止几个再重试",
		WhatEn: "{most} programs use these data at once", DoEn: "stop some of them and try again"}
	FaultChanged = &fault.Def{Code: "CHANGED_SINCE", What: "该记录在您打开之后已被他人修改", Do: "重新打开，核对后再改",
		WhatEn: "the record was changed by someone else since you opened it", DoEn: "open it again, compare and repeat your change"}
	FaultTwice = &fault.Def{Code: "RECORDED_ALREADY", What: "“{what}”已登记", Do: "打开已有的记录修改，不要重复登记",
		WhatEn: "{what} is recorded already", DoEn: "open the record there is and change it"}
	FaultClock = &fault.Def{Code: "CLOCK_BACK", What: "本机时间 {now} 早于数据库中最后一次操作的时间 {last}", Do: "校准本机时间后重试；没有写入任何内容",
		WhatEn: "this machine's time {now} is before the last act in the database {last}", DoEn: "set the clock right and try again; nothing was written"}
	FaultForged = &fault.Def{Code: "ROW_FORGED", What: "表 {table} 的第 {id} 行不是由本程序写成，或被改动过", Do: "停止授权操作，保留现场，与备份和审计日志比对",
		WhatEn: "row {id} of {table} was not written by this program, or was changed", DoEn: "stop changing rights, keep everything as it is, compare with a backup and the audit"}
	FaultLoginTwice = &fault.Def{Code: "LOGIN_TAKEN", What: "登录名“{login}”已有人使用", Do: "换一个登录名；一人一号，不共用",
		WhatEn: "the login {login} is taken", DoEn: "choose another: one account a person, none shared"}
	FaultOrgTwice = &fault.Def{Code: "ORG_TAKEN", What: "该辖区已有名为“{name}”的机构", Do: "使用已有的机构，或写出全称以示区别",
		WhatEn: "there is an organisation named {name} in that area", DoEn: "use it, or tell the two apart by full names"}
	FaultNoOrg = &fault.Def{Code: "ORG_UNKNOWN", What: "没有编号为 {id} 的机构", Do: "用 ganlan org list 查看编号",
		WhatEn: "there is no organisation {id}", DoEn: "see the numbers with ganlan org list"}
	FaultNoGrant = &fault.Def{Code: "GRANT_UNKNOWN", What: "没有编号为 {id} 的有效授权", Do: "用 ganlan user list 查看编号",
		WhatEn: "there is no grant {id} that holds", DoEn: "see the numbers with ganlan user list"}
	FaultDump = &fault.Def{Code: "DUMP_BAD", What: "备份的内容与其结构版本不符（{text}）", Do: "换一份备份；没有改动任何内容",
		WhatEn: "the content of the backup does not fit its schema ({text})", DoEn: "use another backup; nothing was touched"}
	FaultNotEmpty = &fault.Def{Code: "RESTORE_NOT_EMPTY", What: "恢复的去处已有数据，不予覆盖", Do: "换一个空的数据文件夹（--data）或空的数据库（--db）",
		WhatEn: "there are data already where the restore should go, and they are not overwritten", DoEn: "name an empty data folder (--data) or an empty database (--db)"}
	FaultNoJob = &fault.Def{Code: "JOB_UNKNOWN", What: "没有编号为 {id} 的任务", Do: "用 ganlan job list 查看编号",
		WhatEn: "there is no job {id}", DoEn: "see the numbers with ganlan job list"}
	FaultKeysChanged = &fault.Def{Code: "KEYS_ROTATED_MEANWHILE", What: "与数据库的连接中断期间密钥已轮换", Do: "重新启动本程序；没有写入任何内容",
		WhatEn: "the keys were rotated while the connection to the database was broken", DoEn: "start this program again; nothing was written"}
)

// machine are the faults of the machine around the program: the same act may succeed later.
var machine = []*fault.Def{FaultDiskFull, FaultReadOnly, FaultBusy, FaultDisk, FaultUnreachable}

// OfMachine reports whether every fault of an error is the machine's: nobody was refused anything. Where a connection was lost
// while an act was being committed, the act may have been done.
func OfMachine(err error) bool {
	list := fault.From(err)
	return len(list) > 0 && !slices.ContainsFunc(list, func(f *fault.Fault) bool { return !slices.Contains(machine, f.Def) })
}
