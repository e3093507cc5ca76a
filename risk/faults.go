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
	FaultPosting = &fault.Def{Code: "POSTING_AMOUNT", What: "{day} 的一笔金额为 {amount} 元，应大于零", Do: "核对金额；冲正请改正原来那一笔",
		WhatEn: "a posting of {day} has {amount} yuan; it must be above zero", DoEn: "check the amount; correct the posting itself instead of reversing it"}
	FaultDecision = &fault.Def{Code: "DECISION_NUMBER", What: "{day} 的认定编号“{no}”缺少、重复，或不属于这一账户的补偿", Do: "每笔补偿写一个不重复的编号；收回写它所属补偿的编号",
		WhatEn: "the decision number {no} of {day} is missing, stands twice or belongs to no compensation of this pot", DoEn: "give every compensation a number of its own; a recovery names the number of its compensation"}
	FaultPot = &fault.Def{Code: "POT_UNKNOWN", What: "“{pot}”没有按方案写明账户或银行", Do: "按方案的 keep 写明 account、bank，或都不写",
		WhatEn: "{pot} does not say the account or bank as the scheme asks", DoEn: "give account and bank as the scheme's keep says, or neither"}
	FaultWithdrawal = &fault.Def{Code: "FUND_SHORT", What: "{day} 退出 {amount} 元，账上只有 {balance} 元，待付补偿 {waiting} 元", Do: "先付清待付的补偿；退出不超过余额",
		WhatEn: "{amount} yuan cannot be taken out on {day}: the pot holds {balance} and {waiting} wait to be paid", DoEn: "pay what waits first, and take out no more than there is"}
	FaultBasicCover = &fault.Def{Code: "COVER_MISSING", What: "缺少基础险“{cover}”", Do: "补上全部基础险；选择险可多可少",
		WhatEn: "the basic cover {cover_en} is missing", DoEn: "add all basic covers; optional ones are free"}
	FaultNoLight = &fault.Def{Code: "LIGHT_NONE", What: "没有一条规则适用，无法亮灯", Do: "在规则表末尾补一条，写明其余情形亮什么灯（when: \"true\"）",
		WhatEn: "no rule of the table holds, so there is no light", DoEn: "end the table with a rule for all the rest (when: \"true\")"}
	FaultAct = &fault.Def{Code: "ACT_UNDECIDED", What: "停办时“{act}”是停还是继续，应当恰好写明一处", Do: "写在 blocks 或 goes_on 之一",
		WhatEn: "of {act} exactly one must be said: that a stop blocks it or that it goes on", DoEn: "put it under blocks or under goes_on"}
	FaultFigures = &fault.Def{Code: "MONTH_UNDECIDED", What: "“{area}”{month} 无法判断：{text}", Do: "补齐或改正该月的数",
		WhatEn: "{area} cannot be judged for {month}: {text_en}", DoEn: "give or correct the figures of that month"}
	FaultPosition = &fault.Def{Code: "POSITION_TWICE", What: "“{pot}”在 {day} 有两份情况", Do: "每日只留一份",
		WhatEn: "{pot} has two positions for {day}", DoEn: "keep one for each day"}
	FaultMonth = &fault.Def{Code: "MONTH_MISSING", What: "“{area}”的月份不连续或重复：{before} 之后是 {month}", Do: "补齐中间各月；没有数据的月份也要报",
		WhatEn: "the months of {area} do not follow each other: {before}, then {month}", DoEn: "give every month once, those without loans too"}
	FaultArea = &fault.Def{Code: "AREA_UNCLEAR", What: "“{area}”的级别（{level}）或上级（{in}）不清，或各行不一致", Do: "核对地区、级别和上级，各行写成一样；最高一级不写上级",
		WhatEn: "the level ({level}) or the area above ({in}) of {area} is not clear, or differs between rows", DoEn: "write area, level and the area above alike in all rows; the highest level has none above"}
	FaultNotStopped = &fault.Def{Code: "RESUME_NOT_STOPPED", What: "“{area}”在 {day} 并未停办，不能恢复", Do: "核对地区和日期",
		WhatEn: "{area} was not stopped on {day}", DoEn: "check area and date"}
	FaultTooEarly = &fault.Def{Code: "RESUME_TOO_EARLY", What: "“{area}”{stop} 停办，到 {day} 还不能恢复：{lacks}", Do: "等数据连续达标、期限届满后再作决定",
		WhatEn: "{area}, stopped {stop}, cannot go on by {day}: {lacks}", DoEn: "decide when the figures have held long enough and the time is over"}
	FaultAbove = &fault.Def{Code: "AREA_ABOVE_MISSING", What: "“{area}”的上级“{in}”没有数据，或级别不对", Do: "把上级的各月数据一并给出，以免漏判上级的停办",
		WhatEn: "{in}, the area above {area}, has no figures or is of another level", DoEn: "give the months of the area above as well, or its stops would be missed"}
)
