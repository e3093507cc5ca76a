package sample

import (
	"fmt"
	"strings"
)

// area is the place of every invented identity number. No county carries it, so no number can belong to a person.
const area = "990783"

var (
	surnames = strings.Fields("吕 卢 蒋 楼 杜 韦 金 胡 王 张 陈 李 吴 徐 俞 许 朱 马 赵 郭 何 葛 厉 申屠 诸葛 欧阳")
	maleBy   = []rune("伟强军勇杰涛明超平刚辉建国志海根生良友福贵松柏成林")
	femaleBy = []rune("芳娜敏静丽艳娟秀霞桂英华玉兰燕红梅飞仙珍香莲菊琴")
)

// person is one invented borrower.
type person struct{ name, id string }

func newPerson(s *stream) person {
	given, sex := femaleBy, 0
	if s.percent(55) {
		given, sex = maleBy, 1
	}
	name := pick(s, surnames) + string(pick(s, given))
	if s.below(3) > 0 {
		name += string(pick(s, given))
	}
	return person{name, citizenNo(s, sex)}
}

// citizenNo is an 18-character number after GB 11643; the 17th digit is odd for a man.
func citizenNo(s *stream, sex int) string {
	n := fmt.Sprintf("%s%04d%02d%02d%02d%d", area, s.between(1962, 2002), s.between(1, 12), s.between(1, 28),
		s.below(100), s.below(5)*2+sex)
	return n + string(citizenCheck(n))
}

// citizenCheck is the check character of the first 17 digits (ISO 7064 MOD 11-2, worked from the left by doubling).
func citizenCheck(digits string) byte {
	p := 0
	for i := range len(digits) {
		p = (p + int(digits[i]-'0')) * 2 % 11
	}
	return "0123456789X"[(12-p)%11]
}

const creditAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"

// creditCode is an 18-character code after GB 32100 of an enterprise (91) or a farmers' cooperative (93).
func creditCode(s *stream, kind string) string {
	body := fmt.Sprintf("MA%06d", s.below(1000000))
	code := kind + area + body + string(organisationCheck(body))
	return code + string(creditCheck(code))
}

// organisationCheck is the last character of the nine-character part (GB 11714).
func organisationCheck(body string) byte {
	sum := 0
	for i, w := range []int{3, 7, 9, 10, 5, 8, 4, 2} {
		v := int(body[i] - '0')
		if body[i] >= 'A' {
			v = int(body[i]-'A') + 10
		}
		sum += v * w
	}
	return "0X987654321"[sum%11]
}

// creditCheck is the check character of the first 17 characters; each weighs three times its left neighbour, modulo 31.
func creditCheck(code string) byte {
	sum, weight := 0, 1
	for i := range len(code) {
		sum += strings.IndexByte(creditAlphabet, code[i]) * weight
		weight = weight * 3 % 31
	}
	return creditAlphabet[(31-sum%31)%31]
}
