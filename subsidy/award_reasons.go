package subsidy

import "ganlan/scheme"

// Reasons of rows without money, besides the codes of a scheme's own conditions.
const (
	ReasonNothing = "NOTHING_DUE"
	ReasonRounds  = "ROUNDS_TO_ZERO"
	ReasonCap     = "CAP_REACHED"
	ReasonOpen    = "AWAITS_DECISION"
	ReasonTied    = "TIED"
	ReasonRank    = "RANK_WITHOUT_AWARD"
)

// awardReasons are the words for them.
var awardReasons = map[string]scheme.Words{
	"NOTHING_DUE":        {Zh: "按公式为零", En: "the formula comes to 0"},
	"ROUNDS_TO_ZERO":     {Zh: "不足最小单位", En: "rounds to zero"},
	"CAP_REACHED":        {Zh: "已达补助上限", En: "cap reached"},
	"AWAITS_DECISION":    {Zh: "待财政核定", En: "finance has not decided"},
	"TIED":               {Zh: "名次并列，金额待财政核定", En: "tied ranks: finance decides on the money"},
	"RANK_WITHOUT_AWARD": {Zh: "该名次没有奖励", En: "no award for this rank"},
}
