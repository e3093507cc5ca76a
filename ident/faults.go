package ident

import "ganlan/fault"

// Classes of fault of any number. {value} is masked.
var (
	FaultKind = &fault.Def{Code: "ID_TYPE_UNKNOWN", What: "不认识的证件类型“{value}”", Do: "写成居民身份证、港澳台居民居住证、外国人永久居留身份证、统一社会信用代码或护照",
		WhatEn: "unknown id type {value}", DoEn: "use 居民身份证 (resident_id), 港澳台居民居住证 (hmt_permit), 外国人永久居留身份证 (foreign_pr_card), 统一社会信用代码 (uscc) or 护照 (passport)"}
	FaultMissing = &fault.Def{Code: "ID_MISSING", What: "未填写号码", Do: "补上号码",
		WhatEn: "the number is not given", DoEn: "give the number"}
	FaultMasked = &fault.Def{Code: "ID_MASKED", What: "号码已脱敏（{value}），无法比对", Do: "换用完整号码的文件",
		WhatEn: "the number is masked ({value}) and cannot be matched", DoEn: "use a file with the full numbers"}
	FaultScientific = &fault.Def{Code: "ID_DIGITS_LOST", What: "单元格为数值格式，末尾数字已丢失", Do: "将该列设为文本后重新导出",
		WhatEn: "the cell holds a number; its last digits are lost", DoEn: "format the column as text and export again"}
)

// Classes of fault of a person's number.
var (
	FaultLength = &fault.Def{Code: "ID_LENGTH", What: "{kind}号码应为18位，却是{length}位（{value}）", Do: "对照证件补全或删去多余字符",
		WhatEn: "the number should have 18 characters, not {length} ({value})", DoEn: "compare with the document"}
	FaultCharacter = &fault.Def{Code: "ID_CHARACTER", What: "号码中有不允许的字符（{value}）", Do: "前17位只能是数字，X 只能在末位",
		WhatEn: "the number holds a character that may not stand there ({value})", DoEn: "the first 17 must be digits; X may stand only at the end"}
	FaultLetter = &fault.Def{Code: "ID_LETTER_FOR_DIGIT", What: "号码中把数字写成了字母（{value}）", Do: "对照证件，将字母 O 改为 0、I 或 l 改为 1",
		WhatEn: "a letter stands for a digit ({value})", DoEn: "compare with the document; write 0 for O and 1 for I or l"}
	FaultCheck = &fault.Def{Code: "ID_CHECK", What: "号码校验不通过（{value}）", Do: "对照证件逐位核对",
		WhatEn: "the check character is wrong ({value})", DoEn: "compare every digit with the document"}
	FaultBirth = &fault.Def{Code: "ID_BIRTH", What: "号码中的出生日期不存在（{value}）", Do: "对照证件核对第7至14位",
		WhatEn: "the birth date in the number does not exist ({value})", DoEn: "compare digits 7 to 14 with the document"}
	FaultNoArea = &fault.Def{Code: "ID_AREA_ZERO", What: "号码的地址码为000000（{value}）", Do: "对照证件核对前6位",
		WhatEn: "the address code of the number is 000000 ({value})", DoEn: "compare the first six digits with the document"}
	FaultArea = &fault.Def{Code: "ID_AREA", What: "号码的地址码不在现行区划代码中（{value}）", Do: "可能是已撤销的区划；如有疑问核对前6位", Warning: true,
		WhatEn: "the area code of the number is not assigned ({value})", DoEn: "it may be an abolished area; when in doubt compare its digits"}
	FaultTail = &fault.Def{Code: "ID_TAIL_ZERO", What: "号码以000结尾（{value}），可能是数值单元格丢失了末三位", Do: "核对末三位；如该列为数值格式，设为文本后重新导出", Warning: true,
		WhatEn: "the number ends in 000 ({value}); a number cell may have lost its last digits", DoEn: "compare the last three digits; format the column as text"}
	FaultZeros = &fault.Def{Code: "ID_ZEROS_FOR_DIGITS", What: "号码末尾是0且校验不通过（{value}），多为数值单元格丢失了后几位", Do: "将该列设为文本后重新导出",
		WhatEn: "the number ends in zeros and fails its check ({value}); a number cell has most likely lost its last digits", DoEn: "format the column as text and export again"}
	FaultFifteen = &fault.Def{Code: "ID_FIFTEEN", What: "这是15位旧号码（{value}），已按18位换算", Do: "请补18位号码", Warning: true,
		WhatEn: "an old number of 15 digits ({value}), converted to 18", DoEn: "ask for the number of 18 digits"}
	FaultOldPermanent = &fault.Def{Code: "ID_OLD_PERMANENT", What: "这是旧版15位永久居留证号（{value}）", Do: "请补18位新号码", Warning: true,
		WhatEn: "a permanent resident number of the old form ({value})", DoEn: "ask for the number of 18 characters"}
	FaultOtherKind = &fault.Def{Code: "ID_OTHER_KIND", What: "号码正确，但不是{kind}的号段（{value}）", Do: "核对证件类型", Warning: true,
		WhatEn: "the number is right but belongs to another type of document ({value})", DoEn: "check the id type"}
	FaultPassport = &fault.Def{Code: "PASSPORT_BAD", What: "护照号码写法不对（{value}）", Do: "护照号码为5至20位字母和数字",
		WhatEn: "not a passport number ({value})", DoEn: "5 to 20 letters and digits are expected"}
)

// Classes of fault of unified social credit codes.
var (
	FaultCreditLength = &fault.Def{Code: "CREDIT_LENGTH", What: "统一社会信用代码应为18位，却是{length}位（{value}）", Do: "对照证照补全或删去多余字符",
		WhatEn: "a credit code should have 18 characters, not {length} ({value})", DoEn: "compare with the certificate"}
	FaultCreditLetter = &fault.Def{Code: "CREDIT_CHARACTER", What: "统一社会信用代码中有不允许的字符（{value}）", Do: "只用数字和大写字母，不含 I、O、S、V、Z",
		WhatEn: "the credit code holds a character outside its alphabet ({value})", DoEn: "digits and capitals without I, O, S, V, Z"}
	FaultCreditArea = &fault.Def{Code: "CREDIT_AREA", What: "统一社会信用代码第3至8位应为数字（{value}）", Do: "对照证照核对",
		WhatEn: "characters 3 to 8 of the credit code must be digits ({value})", DoEn: "compare with the certificate"}
	FaultCreditCheck = &fault.Def{Code: "CREDIT_CHECK", What: "统一社会信用代码校验不通过（{value}）", Do: "对照证照逐位核对",
		WhatEn: "the check character of the credit code is wrong ({value})", DoEn: "compare every character with the certificate"}
	FaultCreditPrefix = &fault.Def{Code: "CREDIT_DEPARTMENT", What: "没有这样的登记管理部门代码（{value}）", Do: "对照证照核对第1位",
		WhatEn: "there is no such registering department ({value})", DoEn: "compare the first character with the certificate"}
	FaultCreditBody = &fault.Def{Code: "CREDIT_BODY", What: "机构类别代码不在标准表中（{value}）", Do: "如有疑问对照证照核对前2位", Warning: true,
		WhatEn: "the kind of body is not in the table of the standard ({value})", DoEn: "when in doubt compare the first two characters"}
	FaultCreditInner = &fault.Def{Code: "CREDIT_INNER", What: "代码中的组织机构代码校验不通过（{value}）", Do: "如有疑问对照证照核对第9至17位", Warning: true,
		WhatEn: "the organisation code inside fails its own check ({value})", DoEn: "when in doubt compare characters 9 to 17"}
	FaultOldCredit = &fault.Def{Code: "CREDIT_OLD", What: "这是15位旧工商注册号（{value}），不是统一社会信用代码", Do: "请补18位统一社会信用代码", Warning: true,
		WhatEn: "an old business registration number of 15 digits ({value})", DoEn: "ask for the credit code of 18 characters"}
)

// Classes of fault of bank accounts.
var (
	FaultCardForm = &fault.Def{Code: "CARD_FORM", What: "银行卡号应为13至19位数字（{value}）", Do: "对照银行卡核对",
		WhatEn: "a bank card has 13 to 19 digits ({value})", DoEn: "compare with the card"}
	FaultCardCheck = &fault.Def{Code: "CARD_CHECK", What: "银行卡号校验不通过（{value}）", Do: "对照银行卡逐位核对；若是存折账户，请把账户类型写为存折",
		WhatEn: "the card number fails its check ({value})", DoEn: "compare every digit with the card; for a passbook set the account type"}
	FaultAccountForm = &fault.Def{Code: "ACCOUNT_FORM", What: "账号应为8至32位数字（{value}）", Do: "对照存折或开户证明核对",
		WhatEn: "an account has 8 to 32 digits ({value})", DoEn: "compare with the passbook"}
	FaultNotCard = &fault.Def{Code: "ACCOUNT_NOT_CARD", What: "账号没有可核对的校验位（{value}）", Do: "确认是存折或内部账户", Warning: true,
		WhatEn: "the account has no check that could be tested ({value})", DoEn: "make sure that it is a passbook or ledger account"}
)
