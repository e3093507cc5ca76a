package money

import "strings"

// The writings of 大写 that are taken for one.
var plainWords = strings.NewReplacer("圆", "元", "圓", "元", "正", "整", "〇", "零", "一", "壹", "二", "贰", "两", "贰", "三", "叁", "四", "肆", "五", "伍",
	"六", "陆", "七", "柒", "八", "捌", "九", "玖", "十", "拾", "百", "佰", "千", "仟", "貳", "贰", "陸", "陆", "參", "叁", "萬", "万", "億", "亿", "弍", "贰", "弎", "叁")

// ParseWords reads an amount in 大写: 壹万元整, 壹仟捌佰柒拾元伍角, also in everyday numerals (一万元) and with 圆 or 正. It is the
// inverse of Words below 10^15 yuan; what Words would not write that way is not ok, such as 壹万伍元, which could be 10,005 or 15,000.
func ParseWords(s string) (Fen, bool) {
	if s == "" || strings.IndexByte("0123456789.,+-", s[0]) >= 0 {
		return 0, false
	}
	t := plainWords.Replace(s)
	sign := Fen(1)
	if rest, ok := strings.CutPrefix(t, "负"); ok {
		t, sign = rest, -1
	}
	f, ok := sumWords(t)
	if !ok || bareWords(f.Words()) != bareWords(t) {
		return 0, false
	}
	return sign * f, true
}

// sumWords adds up digits and units from the left, without asking whether they stand as they should.
func sumWords(s string) (Fen, bool) {
	if !strings.ContainsAny(s, "元角分") || len(s) > 120 {
		return 0, false
	}
	var total, group, yuan, digit int64 // digit waits for its unit, group for 万 or 亿, yuan for 元
	for _, r := range s {
		if d := strings.IndexRune("零壹贰叁肆伍陆柒捌玖", r); d >= 0 {
			digit = int64(d / 3)
			continue
		}
		switch r {
		case '拾', '佰', '仟':
			if r == '拾' && digit == 0 {
				digit = 1
			}
			group += digit * map[rune]int64{'拾': 10, '佰': 100, '仟': 1000}[r]
		case '万':
			yuan += (group + digit) * 10_000
			group = 0
		case '亿':
			yuan, group = (yuan+group+digit)*100_000_000, 0
		case '元':
			total, yuan, group = (yuan+group+digit)*100, 0, 0
		case '角':
			total += digit * 10
		case '分':
			total += digit
		case '整':
		default:
			return 0, false
		}
		digit = 0
		if total > 1e18 || yuan > 1e16 || group > 1e6 {
			return 0, false
		}
	}
	return Fen(total), digit+group+yuan == 0
}

// bareWords is an amount in 大写 without what may be left out: 整, the 壹 of a leading 拾, and a 零 whose digit has a unit.
func bareWords(s string) string {
	s = strings.TrimSuffix(s, "整")
	if strings.HasPrefix(s, "拾") {
		s = "壹" + s
	}
	r := []rune(s)
	out := make([]rune, 0, len(r))
	for i, c := range r {
		if c == '零' && i+2 < len(r) && strings.ContainsRune("拾佰仟角分", r[i+2]) {
			continue
		}
		out = append(out, c)
	}
	return string(out)
}
