package risk

import "ganlan/fault"

// Classes of fault of this room.
var (
	FaultName = &fault.Def{Code: "RISK_NAME", What: "{key} 写的“{name}”不是可用的名称", Do: "写一个已声明的名称，类型为 {types}",
		WhatEn: "{key} names {name}, which cannot be used here", DoEn: "name a declared fact or figure of type {types}"}
	FaultShare = &fault.Def{Code: "SHARE_OUT_OF_RANGE", What: "“{who}”分担 {share}，超出允许的范围（{min} 至 {max}，含两端；0% 为不限）", Do: "按协议允许的范围调整比例",
		WhatEn: "{who} bears {share}, outside what is allowed ({min} to {max}, both in; 0% is no bound)", DoEn: "keep the share within what the agreement allows"}
	FaultParty = &fault.Def{Code: "PARTY_BAD", What: "“{who}”不是分担方，或在同一分担表中出现两次", Do: "写分担表中的一方，每方只写一次",
		WhatEn: "{who} is no party, or stands twice in one table of shares", DoEn: "name a party of the table; name each once"}
	FaultNoTable = &fault.Def{Code: "SHARES_NOT_FOUND", What: "没有适用于这一笔的分担表（{day}）", Do: "核对日期，或在方案中补上这一时期的分担比例及其依据",
		WhatEn: "no table of shares holds for this case ({day})", DoEn: "check the date, or add the shares of that time with their clause to the scheme"}
	FaultRecovery = &fault.Def{Code: "RECOVERY_ABOVE_LOSS", What: "收回 {amount} 元，超过各方尚未收回的 {left} 元", Do: "核对收回金额；补偿以外的利息由放款银行另记",
		WhatEn: "{amount} yuan came back, more than the {left} yuan that the parties still miss", DoEn: "check the amount; interest beyond what was compensated is the lender's own"}
	FaultNegative = &fault.Def{Code: "LOSS_AMOUNT_NEGATIVE", What: "“{name}”为负数 {amount} 元", Do: "核对该金额",
		WhatEn: "{name} is negative: {amount} yuan", DoEn: "check the amount"}
)
