package region

import "ganlan/fault"

// Classes of fault of this room.
var (
	FaultCode = &fault.Def{Code: "REGION_BAD", What: "“{value}”不是区划代码", Do: "写成6位（县级以上）、9位（乡镇）或12位（村）数字，例如 330783",
		WhatEn: "{value} is not an area code", DoEn: "write 6 digits (down to the county), 9 (town) or 12 (village), such as 330783"}
	FaultUnassigned = &fault.Def{Code: "REGION_UNASSIGNED", What: "区划代码{value}的省级代码未启用", Do: "核对代码；可能已撤销", Warning: true,
		WhatEn: "the province of the area code {value} is not assigned", DoEn: "check the code; the area may be abolished"}
)
