package bankfile

import "ganlan/fault"

// Classes of fault of profiles.
var (
	FaultProfileMissing = &fault.Def{Code: "PROFILE_MISSING", What: "没有文件配置“{name}”{hint}，或配置相互循环引用", Do: "可用的配置：{known}",
		WhatEn: "there is no file profile {name}{hint_en}, or profiles extend each other in a circle", DoEn: "profiles: {known}"}
	FaultProfileKey = &fault.Def{Code: "PROFILE_KEY", What: "文件配置中不认识“{key}”{hint}", Do: "可用：{known}",
		WhatEn: "the file profile names {key}, which is unknown{hint_en}", DoEn: "known: {known}"}
	FaultProfileTwice = &fault.Def{Code: "PROFILE_NAME_TWICE", What: "文件配置中“{name}”同时属于 {first} 和 {second}", Do: "只保留一处",
		WhatEn: "in the file profile {name} belongs to both {first} and {second}", DoEn: "keep one of them"}
	FaultProfileThin = &fault.Def{Code: "PROFILE_INCOMPLETE", What: "文件配置缺少：{missing}", Do: "补全，或写上 extends: standard",
		WhatEn: "the file profile lacks: {missing}", DoEn: "complete it, or write extends: standard"}
)
