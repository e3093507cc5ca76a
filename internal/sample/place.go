package sample

import (
	"fmt"
	"strings"
)

// Bank is the name of the invented county's first bank.
const Bank = "橄榄农村商业银行"

// Banks are the names of the county's banks.
func Banks() []string { return []string{Bank, "橄榄合作银行", "橄榄村镇银行"} }

// shortBanks are the names with which the names of their branches begin.
var shortBanks = []string{"橄榄农商银行", "橄榄合作银行", "橄榄村镇银行"}

// Towns are the names of the townships, in the order of their codes.
func Towns() []string { return append([]string(nil), towns...) }

// Township is the twelve-digit code of township number i, counted from 0.
func (c County) Township(i int) string { return town(i).region(c.area) }

// Branch is the full name of the bank's branch in township number i.
func (c County) Branch(i int) string {
	full, _ := town(i).branch(c.bank, false)
	return full
}

// towns are the invented townships; each has two branches of the bank.
var towns = strings.Fields("青石 白溪 云塘 长岭 南屏 石桥 竹园 双江 大湖 金坞 松林 东陂 西山 北渚 花田 柳市口 古樟 新塍")

// town is the index of a family's township.
type town int

// region is the township's twelve-digit code.
func (t town) region(area string) string { return fmt.Sprintf("%s%03d000", area, int(t)+1) }

// branch is the full and the short name of one of the branches of a bank.
func (t town) branch(bank int, second bool) (full, short string) {
	short = towns[t] + "支行"
	if second {
		short = towns[t] + "中心支行"
	}
	return shortBanks[bank] + short, short
}
