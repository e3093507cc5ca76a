package sample

import (
	"fmt"
	"strings"
)

// Bank is the name of the invented county's bank.
const Bank = "橄榄农村商业银行"

// towns are the invented townships; each has two branches of the bank.
var towns = strings.Fields("青石 白溪 云塘 长岭 南屏 石桥 竹园 双江 大湖 金坞 松林 东陂 西山 北渚 花田 柳市口 古樟 新塍")

// town is the index of a family's township.
type town int

// region is the township's twelve-digit code.
func (t town) region() string { return fmt.Sprintf("%s%03d000", area, int(t)+1) }

// branch is the full and the short name of one of its branches.
func (t town) branch(second bool) (full, short string) {
	short = towns[t] + "支行"
	if second {
		short = towns[t] + "中心支行"
	}
	return "橄榄农商银行" + short, short
}
