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
	FaultSignIn = &fault.Def{Code: "SIGN_IN_FAILED", What: "登录名、密码或动态口令不对，或账号不可用", Do: "核对后再试；每个动态口令只能用一次，连续失败会锁定一段时间",
		WhatEn: "login, password or time code is wrong, or the account cannot be used", DoEn: "check them and try again; each time code works once, and failures in a row lock for a time"}
	FaultCode = &fault.Def{Code: "TIME_CODE_WRONG", What: "动态口令不对", Do: "核对手机时间，输入当前显示的六位数字",
		WhatEn: "the time code is wrong", DoEn: "check the telephone's clock and type the six digits shown now"}
	FaultFactorHeld = &fault.Def{Code: "SECOND_FACTOR_HELD", What: "账号已有第二因素", Do: "遗失时由两名管理员办理（ganlan user recover）",
		WhatEn: "the account has a second factor", DoEn: "where it was lost, two administrators help (ganlan user recover)"}
	FaultSetUp = &fault.Def{Code: "SET_UP_ALREADY", What: "已有账号，首次设置只能进行一次", Do: "请现有的管理员办理",
		WhatEn: "there are accounts already: the first set-up happens once", DoEn: "ask one of the administrators"}
	FaultSetupCode = &fault.Def{Code: "SETUP_CODE_WRONG", What: "首次设置码不对、已用过或已过 24 小时", Do: "运行 ganlan user setup-code 取得新的一次性设置码",
		WhatEn: "the set-up code is wrong, was used, or is older than 24 hours", DoEn: "get a new one with ganlan user setup-code"}
	FaultNameMissing = &fault.Def{Code: "NAME_MISSING", What: "没有写名称", Do: "写出人员姓名或机构全称",
		WhatEn: "there is no name", DoEn: "write the person's name or the organisation's full name"}
	FaultNoAccount = &fault.Def{Code: "ACCOUNT_UNKNOWN", What: "没有登录名为“{login}”的账号", Do: "用 ganlan user list 查看",
		WhatEn: "there is no account of the login {login}", DoEn: "see ganlan user list"}
	FaultNoChange = &fault.Def{Code: "ACCOUNT_CHANGE_UNKNOWN", What: "没有“{what}”这种账号变更", Do: "可用：suspend、resume、reset、recover、give、end",
		WhatEn: "there is no change {what} of accounts", DoEn: "use suspend, resume, reset, recover, give or end"}
	FaultNoRequest = &fault.Def{Code: "REQUEST_UNKNOWN", What: "没有编号为 {id} 的待决申请", Do: "申请七天内有效；用 ganlan user requests 查看",
		WhatEn: "there is no request {id} to decide", DoEn: "a request holds seven days; see ganlan user requests"}
	FaultLastAdministrator = &fault.Def{Code: "LAST_ADMINISTRATOR", What: "这是最后一名“{role}”", Do: "先为另一人授予该角色",
		WhatEn: "this is the last {role}", DoEn: "give the role to another person first"}
	FaultUntilPast = &fault.Def{Code: "GRANT_UNTIL_PAST", What: "授权的截止时间已过", Do: "写一个今后的日期",
		WhatEn: "the end of the grant has passed", DoEn: "give a date to come"}
	FaultGrantWide = &fault.Def{Code: "GRANT_TOO_WIDE", What: "授权辖区 {area} 超出机构辖区 {org}", Do: "辖区写机构所在的或其下级的",
		WhatEn: "the area {area} reaches beyond the organisation's own {org}", DoEn: "name the organisation's area or one below it"}
	FaultGrantTwice = &fault.Def{Code: "GRANT_HELD", What: "该账号已有同样的授权（编号 {id}）", Do: "无需再授；要改截止时间先收回原授权",
		WhatEn: "the account holds the same grant already ({id})", DoEn: "nothing is needed; to change its end, revoke it first"}
	FaultNoRule = &fault.Def{Code: "RULE_UNKNOWN_NAME", What: "没有名为“{name}”的设置", Do: "用 ganlan config list 查看",
		WhatEn: "there is no setting {name}", DoEn: "see ganlan config list"}
	FaultRuleValue = &fault.Def{Code: "RULE_OUT_OF_BOUNDS", What: "“{name}”应在 {least} 至 {most} 之间", Do: "写一个范围内的整数",
		WhatEn: "{name} lies between {least} and {most}", DoEn: "give a whole number within these"}
	FaultUnfinished = &fault.Def{Code: "RESTORE_UNFINISHED", What: "这里的恢复没有完成，数据不能使用", Do: "再次运行 ganlan restore（同一去处或另一空处）",
		WhatEn: "a restore was not finished here: the data cannot be used", DoEn: "run ganlan restore again, into the same place or another that is empty"}
	FaultBackupTaken = &fault.Def{Code: "BACKUP_FILE_TAKEN", What: "文件“{file}”已存在", Do: "换一个文件名；备份不覆盖已有文件",
		WhatEn: "the file {file} exists", DoEn: "use another name: a backup never overwrites a file"}
	FaultBackupFile = &fault.Def{Code: "BACKUP_FILE_BAD", What: "“{file}”不是完整的备份文件（{text}）", Do: "换一份备份；没有改动任何内容",
		WhatEn: "{file} is not a whole backup ({text})", DoEn: "use another backup; nothing was touched"}
	FaultBackupEnd = &fault.Def{Code: "BACKUP_AUDIT_END", What: "恢复出的审计链末条为第 {got} 条，备份时为第 {want} 条", Do: "换一份备份；这里的数据不能使用",
		WhatEn: "the restored audit ends with entry {got}, the backup's with {want}", DoEn: "use another backup; the data here cannot be used"}
	FaultKeyInUse = &fault.Def{Code: "KEY_IN_USE", What: "密钥 {key} 还封着 {n} 个值", Do: "再次运行 ganlan key rotate --values",
		WhatEn: "{n} values are still sealed with the key {key}", DoEn: "run ganlan key rotate --values again"}
)
