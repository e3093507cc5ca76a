package report

import "ganlan/fault"

// Classes of fault of this room.
var (
	FaultTarget = &fault.Def{Code: "TARGET_INCOMPLETE", What: "目标 {id} 的写法不完整或重复：{text}", Do: "写明 of（指标）、dir（方向）、is（目标值）；文件留空的写 blank: true；多项的写在 parts 里",
		WhatEn: "the target {id} is incomplete or says something twice: {text}", DoEn: "give of, dir and is; blank: true where the document has no figure; several goals go under parts"}
	FaultMeasure = &fault.Def{Code: "MEASURE_UNKNOWN", What: "{id} 用到的“{name}”没有声明{hint}", Do: "在 facts 或 figures 中声明它；年份应是 count",
		WhatEn: "{id} uses {name}, which is not declared{hint_en}", DoEn: "declare it under facts or figures; a year is a count"}
	FaultUnit = &fault.Def{Code: "TARGET_UNIT", What: "{id} 的目标值（{is}）与指标（{of}）不能比较", Do: "金额写元、万元或亿元，比例写 %，个数不带单位",
		WhatEn: "the target of {id} ({is}) cannot be compared with its measure ({of})", DoEn: "write amounts in 元, 万元 or 亿元, shares with %, counts without a unit"}
	FaultReading = &fault.Def{Code: "READING_TWICE", What: "{date} 的数据有两份", Do: "每个日期只留一份",
		WhatEn: "there are two sets of data for {date}", DoEn: "keep one for each day"}
	FaultMilestone = &fault.Def{Code: "MILESTONE_UNKNOWN", What: "没有节点“{key}”{hint}", Do: "改正名称",
		WhatEn: "there is no milestone {key}{hint_en}", DoEn: "correct the name"}
)
