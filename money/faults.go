package money

import "ganlan/fault"

// Classes of fault of this room.
var (
	FaultOverflow = &fault.Def{Code: "MONEY_OVERFLOW", What: "金额超出可计算的范围", Do: "核对金额和单位（元、万元）",
		WhatEn: "the amount is beyond what can be computed", DoEn: "check the amount and its unit"}
	FaultAmount = &fault.Def{Code: "MONEY_BAD", What: "“{value}”不是金额", Do: "写成以元为单位、最多两位小数的数字，例如 10000.00",
		WhatEn: "{value} is not an amount", DoEn: "write a number in yuan with at most two decimals, such as 10000.00"}
	FaultDecimals = &fault.Def{Code: "MONEY_DECIMALS", What: "金额 {value} 超过两位小数", Do: "请问清该列是怎样算出来的，在源头四舍五入到分后重新导出",
		WhatEn: "the amount {value} has more than two decimals", DoEn: "ask how the column was made; round it to fen at its source and export again"}
	FaultRate = &fault.Def{Code: "RATE_BAD", What: "“{value}”不是利率或比例", Do: "写成 1.8%、1/3 或 150bp",
		WhatEn: "{value} is not a rate or share", DoEn: "write 1.8%, 1/3 or 150bp"}
	FaultShares = &fault.Def{Code: "SHARES_NOT_WHOLE", What: "分担比例合计不是100%", Do: "调整各方比例，使合计恰为100%",
		WhatEn: "the shares do not add up to 100%", DoEn: "change the shares so that they add up to exactly 100%"}
)
