package loan

import "ganlan/fault"

// Classes of fault of this room. The caller adds file and column.
var (
	FaultAboveBalance = &fault.Def{Code: "REPAID_ABOVE_BALANCE", What: "合同 {contract} 在 {date} 还款 {amount} 元，超过当时所欠的 {owed} 元",
		Do:     "核对该笔还款的金额、日期和合同号，或补上漏报的放款",
		WhatEn: "contract {contract} repays {amount} on {date}, more than the {owed} owed then", DoEn: "check amount, date and contract number, or add the drawdown that is missing"}
	FaultNoSuchNote = &fault.Def{Code: "NOTE_UNKNOWN", What: "合同 {contract} 没有借据 {note} 的放款", Do: "核对借据号，或补上该借据的放款流水",
		WhatEn: "contract {contract} has no drawdown for note {note}", DoEn: "check the note number or add its drawdown"}
	FaultNewEnd = &fault.Def{Code: "NEW_END_BAD", What: "合同 {contract} 的延期或展期日 {new_end} 不晚于约定日 {date}", Do: "填写延期后的新到期日",
		WhatEn: "contract {contract}: the new due day {new_end} is not after the day agreed, {date}", DoEn: "give the new due day"}
	FaultNoteDiffers = &fault.Def{Code: "NOTE_AMOUNT_DIFFERS", Warning: true, What: "合同 {contract} 借据 {note} 登记 {amount} 元，流水放款 {drawn} 元", Do: "核对借据金额；已按流水计算",
		WhatEn: "contract {contract} note {note} is registered with {amount}, the ledger draws {drawn}", DoEn: "check the note; the ledger was used"}
	FaultNoteFromRegister = &fault.Def{Code: "NOTE_WITHOUT_DRAW", Warning: true, What: "合同 {contract} 借据 {note} 没有放款流水，已按借据登记的日期和金额放款", Do: "请银行补报放款流水",
		WhatEn: "contract {contract} note {note} has no ledger drawdown; its registered day and amount were used", DoEn: "ask the bank for the drawdown line"}
	FaultAboveContract = &fault.Def{Code: "DRAWN_ABOVE_CONTRACT", Warning: true, What: "合同 {contract} 在 {date} 的余额 {owed} 元超过合同金额 {amount} 元", Do: "核对合同金额或放款",
		WhatEn: "contract {contract} owes {owed} on {date}, more than the contract amount {amount}", DoEn: "check the contract amount or the drawdowns"}
	FaultBeforeStart = &fault.Def{Code: "DRAWN_BEFORE_START", Warning: true, What: "合同 {contract} 在合同起始日之前的 {date} 放款", Do: "核对放款日和合同起始日",
		WhatEn: "contract {contract} is drawn on {date}, before it starts", DoEn: "check the drawdown and the start of the contract"}
	FaultTooMuch = &fault.Def{Code: "OVERDUE_ABOVE_BALANCE", What: "合同 {contract} 在 {date} 逾期或延期 {amount} 元，超过所欠的 {owed} 元", Do: "核对该行金额；留空表示全部",
		WhatEn: "contract {contract}: {amount} overdue or deferred on {date} is more than the {owed} owed", DoEn: "check the amount; empty means all"}
)
