package auth

import "ganlan/fault"

// Classes of fault of this room.
var (
	FaultDenied = &fault.Def{Code: "DENIED", What: "您的角色和辖区不允许此操作（{act}）", Do: "请有权限的人员办理，或由安全管理员调整授权",
		WhatEn: "your roles and area do not allow this ({act})", DoEn: "ask someone who may, or have the security administrator change the grant"}
	FaultWeak = &fault.Def{Code: "SECOND_FACTOR_NEEDED", What: "此操作（{act}）须以双因素登录", Do: "先设置动态口令（ganlan user factor），再用它登录",
		WhatEn: "this act ({act}) needs a sign-in with a second factor", DoEn: "set up time codes (ganlan user factor) and sign in with one"}
	FaultSamePerson = &fault.Def{Code: "SAME_PERSON", What: "经办人不能复核自己的事项（{act}）", Do: "请另一人办理",
		WhatEn: "who made it may not check it ({act})", DoEn: "have another person do it"}
	FaultApart = &fault.Def{Code: "ROLES_APART", What: "“{role}”不得与其他角色由同一人担任", Do: "为该角色另设账号，由他人担任",
		WhatEn: "{role} must not be held together with another role", DoEn: "give it to another person's account"}
	FaultPasswordShort = &fault.Def{Code: "PASSWORD_SHORT", What: "密码只有 {got} 个字符，至少 {want} 个", Do: "换一个更长的密码",
		WhatEn: "the password has {got} characters, {want} are the least", DoEn: "choose a longer one"}
	FaultPasswordLong = &fault.Def{Code: "PASSWORD_LONG", What: "密码超过 {want} 个字符", Do: "换一个较短的密码",
		WhatEn: "the password has more than {want} characters", DoEn: "choose a shorter one"}
	FaultPasswordPlain = &fault.Def{Code: "PASSWORD_PLAIN", What: "密码只用了 {got} 类字符", Do: "大写字母、小写字母、数字、其他字符四类中至少用 {want} 类",
		WhatEn: "the password has {got} kinds of characters", DoEn: "use at least {want} of capital letters, small letters, digits, others"}
	FaultPasswordName = &fault.Def{Code: "PASSWORD_HOLDS_NAME", What: "密码中含有登录名", Do: "换一个不含登录名的密码",
		WhatEn: "the password holds the login", DoEn: "choose one without it"}
	FaultPasswordUsed = &fault.Def{Code: "PASSWORD_USED_BEFORE", What: "该密码是最近 {want} 个用过的之一", Do: "换一个没有用过的密码",
		WhatEn: "the password is one of the last {want}", DoEn: "choose one that was not used before"}
	FaultSessionEnded = &fault.Def{Code: "SESSION_ENDED", What: "登录已结束（{text}）", Do: "重新登录；不需要登录的命令，先 unset GANLAN_SESSION",
		WhatEn: "the session has ended ({text})", DoEn: "sign in again, or unset GANLAN_SESSION where no sign-in is needed"}
	FaultWait = &fault.Def{Code: "SIGN_IN_WAIT", What: "失败次数过多，{seconds} 秒内不能再试", Do: "稍后再试；仍不成功请找安全管理员",
		WhatEn: "too many failures: no further try within {seconds} seconds", DoEn: "try again later, or ask the security administrator"}
	FaultLoginBad = &fault.Def{Code: "LOGIN_BAD", What: "登录名“{login}”不合规则", Do: "3 至 32 个小写字母、数字、点、横线，以字母开头，不用身份证号和手机号",
		WhatEn: "{login} is no login", DoEn: "use 3 to 32 small letters, digits, dots and dashes, a letter first"}
	FaultRole = &fault.Def{Code: "ROLE_UNKNOWN", What: "没有“{role}”这一角色", Do: "可用：{known}",
		WhatEn: "there is no role {role}", DoEn: "the roles are: {known}"}
	FaultOrgKind = &fault.Def{Code: "ORG_KIND_UNKNOWN", What: "没有“{kind}”这一类机构", Do: "可用：{known}",
		WhatEn: "there is no kind of organisation {kind}", DoEn: "the kinds are: {known}"}
)
