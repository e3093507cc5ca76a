package payment

import "ganlan/fault"

// Classes of fault of this room.
var (
	FaultLayout = &fault.Def{Code: "PAYMENT_LAYOUT", What: "发放文件格式定义不完整：{text}", Do: "对照 policies/standard/payments 中的例子补全",
		WhatEn: "the payment layout does not fit together: {text}", DoEn: "complete it after the examples in policies/standard/payments"}
	FaultColumn = &fault.Def{Code: "PAYMENT_COLUMN", What: "不认识的列“{title}”，或同一列出现两次", Do: "可用的列：{known}；不需要的列请删去",
		WhatEn: "the column {title} is not known, or stands twice", DoEn: "known columns: {known}; delete what is not needed"}
	FaultNoColumn = &fault.Def{Code: "PAYMENT_NO_COLUMN", What: "发放清单缺少“{title}”（{key}）列", Do: "补上该列",
		WhatEn: "the list of payments lacks the column {key}", DoEn: "add it"}
	FaultCell = &fault.Def{Code: "PAYMENT_CELL", What: "“{value}”不是整数", Do: "填写整数",
		WhatEn: "{value} is not a whole number", DoEn: "write a whole number"}
	FaultEmpty = &fault.Def{Code: "PAYMENT_EMPTY", What: "批次中没有发放行", Do: "核对发放清单",
		WhatEn: "the batch has no lines", DoEn: "check the list of payments"}
	FaultLacks = &fault.Def{Code: "PAYMENT_BLANK", What: "发放行 {key} 缺少必填内容", Do: "补填该列",
		WhatEn: "payment line {key} lacks a value that is needed", DoEn: "fill in the column"}
	FaultAmount = &fault.Def{Code: "PAYMENT_AMOUNT", What: "发放行 {key} 的金额 {amount} 元不大于零", Do: "核对金额；不发放的行请先移出批次",
		WhatEn: "payment line {key} has an amount of {amount}, which is not above zero", DoEn: "check it, or take the line out of the batch"}
	FaultKeyTwice = &fault.Def{Code: "PAYMENT_KEY_TWICE", What: "行号 {key} 与第{row}行重复", Do: "每行的行号必须唯一",
		WhatEn: "the key {key} stands in row {row} as well", DoEn: "each line needs a key of its own"}
	FaultTooLong = &fault.Def{Code: "PAYMENT_TOO_LONG", What: "发放行 {key} 的“{title}”有 {got} 字节，超过 {limit} 字节", Do: "请缩写或与接收方商定长度；程序不截断",
		WhatEn: "payment line {key}: {title} takes {got} bytes, {limit} are allowed", DoEn: "shorten it or agree on another length; nothing is cut off"}
	FaultCharacter = &fault.Def{Code: "PAYMENT_CHARACTER", What: "发放行 {key} 的“{title}”含有该文件不能写的字符“{char}”", Do: "改用能写的字符，或与接收方商定编码（GB18030、UTF-8）",
		WhatEn: "payment line {key}: {title} holds {char}, which this file cannot carry", DoEn: "use another character or agree on another encoding"}
	FaultHook = &fault.Def{Code: "PAYMENT_NO_CIPHER", What: "该格式要求加密“{name}”，但没有安装", Do: "安装接收方提供的加密组件后再生成",
		WhatEn: "the layout asks for the encryption {name}, which is not installed", DoEn: "install the receiver's component first"}
	FaultNoAnswer = &fault.Def{Code: "PAYMENT_NO_ANSWER_RULE", What: "该格式没有写明怎样读回盘文件", Do: "在格式中补上 answer",
		WhatEn: "the layout does not say how its answer is read", DoEn: "add answer to the layout"}
	FaultUnread = &fault.Def{Code: "ANSWER_UNREADABLE", What: "文件读不出来：{text}", Do: "核对是否为该格式的原始文件，不要用表格软件改存",
		WhatEn: "the file cannot be read: {text}", DoEn: "use the original file of this layout, not one saved again by a spreadsheet"}
	FaultUnknownKey = &fault.Def{Code: "ANSWER_KEY_UNKNOWN", What: "回盘中的行号 {key} 不在已发送的批次中", Do: "核对是否拿错了批次",
		WhatEn: "the answer's key {key} was not sent", DoEn: "check that the answer belongs to this batch"}
	FaultAnsweredTwice = &fault.Def{Code: "ANSWER_KEY_TWICE", What: "回盘中行号 {key} 出现两次（另见第{row}行）", Do: "请银行重新出具回盘文件",
		WhatEn: "the answer has the key {key} twice (row {row} as well)", DoEn: "ask the bank for a new answer"}
	FaultNotAnswered = &fault.Def{Code: "ANSWER_MISSING", What: "已发送的行号 {key} 没有回盘结果", Do: "请银行补齐；未回盘的行不能当作已付",
		WhatEn: "the key {key} was sent and not answered", DoEn: "ask the bank; a line without an answer is not paid"}
	FaultResult = &fault.Def{Code: "ANSWER_RESULT", What: "行号 {key} 的结果“{value}”不认识", Do: "核对回盘说明，或在格式的 success、failed 中补上",
		WhatEn: "the result {value} of key {key} is not known", DoEn: "check the receiver's note, or add it to success or failed of the layout"}
	FaultAnswerAmount = &fault.Def{Code: "ANSWER_AMOUNT", What: "行号 {key} 回盘金额 {got} 元，发送 {sent} 元，实付 {paid} 元，互相矛盾", Do: "请银行核对该行",
		WhatEn: "key {key}: the answer has {got}, {sent} was sent, {paid} is said to be paid; these contradict", DoEn: "ask the bank about this line"}
	FaultSums = &fault.Def{Code: "ANSWER_SUMS", What: "{what}：文件写 {stated}，逐行合计 {found}", Do: "文件可能不完整，请重新取得",
		WhatEn: "{what}: the file states {stated}, its lines add up to {found}", DoEn: "the file may be cut off; get it again"}
)
