package auth

import "ganlan/fault"

// Classes of fault of this room.
var (
	FaultDenied = &fault.Def{Code: "DENIED", What: "您的角色和辖区不允许此操作（{act}）", Do: "请有权限的人员办理，或由安全管理员调整授权",
		WhatEn: "your roles and area do not allow this ({act})", DoEn: "ask someone who may, or have the security administrator change the grant"}
	FaultWeak = &fault.Def{Code: "SECOND_FACTOR_NEEDED", What: "此操作（{act}）须以双因素登录", Do: "设置动态口令后重新登录",
		WhatEn: "this act ({act}) needs a sign-in with a second factor", DoEn: "set up the time code and sign in again"}
	FaultSamePerson = &fault.Def{Code: "SAME_PERSON", What: "经办人不能复核自己的事项（{act}）", Do: "请另一人办理",
		WhatEn: "who made it may not check it ({act})", DoEn: "have another person do it"}
	FaultApart = &fault.Def{Code: "ROLES_APART", What: "“{role}”不得与其他角色由同一人担任", Do: "为该角色另设账号，由他人担任",
		WhatEn: "{role} must not be held together with another role", DoEn: "give it to another person's account"}
)
