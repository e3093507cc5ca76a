package ident

import (
	"strings"
	"unicode"

	"ganlan/fault"
)

// Name is the name of a person or a body in one form: one kind of dot, no spaces beside 汉字. Characters stay as they are
// written: 喆 and 哲, 張 and 张 are different names.
type Name string

// Classes of fault of names.
var (
	FaultTwoPeople = &fault.Def{Code: "NAME_TWO_PEOPLE", What: "姓名栏写了不止一人：“{value}”", Do: "一行只写一人，其他人另起一行",
		WhatEn: "the name holds more than one person: {value}", DoEn: "write one person a row"}
	FaultRare = &fault.Def{Code: "NAME_INCOMPLETE", Warning: true, What: "生僻字未录全：“{value}”", Do: "对照证件补录原字（可用 GB18030 或 UTF-8 编码的文件）",
		WhatEn: "a rare character of the name is missing: {value}", DoEn: "put in the character as the document has it, in a file in GB18030 or UTF-8"}
	FaultOwnCharacter = &fault.Def{Code: "NAME_PRIVATE_CHARACTER", Warning: true, What: "姓名“{value}”含旧系统自造字，换一台电脑会显示成别的字", Do: "对照证件改为标准字后重新导出",
		WhatEn: "the name {value} holds a character that an old system made up; elsewhere it shows as another", DoEn: "replace it by the standard character and export again"}
)

// NameReading is a name as it was understood.
type NameReading struct {
	Name Name
	Role string     // what stood behind it in brackets, such as 户主
	Why  *fault.Def // what is wrong with it, or nil
}

// ReadName reads a name as files write it. role reports the words that may stand in brackets behind a person's name and
// are no part of it.
func ReadName(raw string, role func(string) bool) NameReading {
	if plainHan(raw) {
		return NameReading{Name: Name(raw)}
	}
	s := tidyName(raw)
	if IsBody(s) || !strings.ContainsFunc(s, han) {
		return NameReading{Name: Name(s), Why: ownCharacter(s)}
	}
	r := NameReading{Name: Name(s)}
	if name, inside, ok := bracketed(s); ok && role(inside) {
		r.Name, r.Role = Name(name), inside
	}
	r.Why = oddName(string(r.Name))
	return r
}

// Same reports whether two names are the same when the kind of dot, the width of letters and brackets, and spaces do not
// count. It never takes one character for another.
func (n Name) Same(m Name) bool { return n == m || n.Key() == m.Key() }

// Key is equal for names that are the same.
func (n Name) Key() string {
	if plainHan(string(n)) {
		return string(n)
	}
	return strings.Map(func(r rune) rune {
		if r >= 0xFF01 && r <= 0xFF5E {
			r -= 0xFEE0
		}
		switch {
		case unseen(r) || unicode.IsSpace(r):
			return drop
		case dots[r]:
			return '·'
		}
		return unicode.ToUpper(r)
	}, string(n))
}

// dots are what people type between the parts of a name for U+00B7.
var dots = func() map[rune]bool {
	m := map[rune]bool{}
	for _, r := range "·•‧・･．●.⋅∙․﹒᛫◦⸱" {
		m[r] = true
	}
	return m
}()

// han reports a character of Chinese, those of old private tables too. Planes 2 and 3 hold nothing else and still grow.
func han(r rune) bool { return unicode.Is(unicode.Han, r) || r >= 0x20000 && r < 0x40000 || private(r) }

func private(r rune) bool { return unicode.Is(unicode.Co, r) }

// plainHan reports a text of usual characters only, U+4000 to U+9FFF: nearly every name.
func plainHan(s string) bool {
	if len(s) == 0 || len(s) > 60 || len(s)%3 != 0 {
		return false
	}
	for i := 0; i < len(s); i += 3 {
		if s[i]-0xE4 > 5 || s[i+1]-0x80 > 0x3F || s[i+2]-0x80 > 0x3F || s[i] == 0xE4 && s[i+1] == 0xB7 { // U+4DC0 to U+4DFF are no characters
			return false
		}
	}
	return true
}

// tidyName takes away what prints nothing, spaces beside 汉字 and dots, and gives all dots one form. Between Latin letters
// a space and a full stop stay.
func tidyName(raw string) string {
	chinese := strings.ContainsFunc(raw, han)
	s := strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r) || r >= 0x2000 && r <= 0x200A:
			return ' '
		case unseen(r):
			return drop
		case dots[r] && (chinese || r != '.'):
			return '·'
		}
		return r
	}, raw)
	r := []rune(strings.Trim(s, " '’`·"))
	out := make([]rune, 0, len(r))
	for i, c := range r {
		if c == ' ' && (r[i-1] == ' ' || !letters(r[i-1]) || !nextLetter(r[i+1:])) {
			continue
		}
		if c == '·' && len(out) > 0 && out[len(out)-1] == '·' {
			continue
		}
		out = append(out, c)
	}
	return string(out)
}

// letters reports what a space may part: letters and digits that are no 汉字, and what ends an initial.
func letters(r rune) bool {
	return !han(r) && (unicode.IsLetter(r) || unicode.IsDigit(r) || r == '.' || r == ',' || r == '&' || r == ')')
}

// nextLetter reports whether the next thing that is no space is one that a space may part.
func nextLetter(r []rune) bool {
	for _, c := range r {
		if c != ' ' {
			return letters(c) || c == '('
		}
	}
	return false
}

// bracketed parts a name from what stands in brackets at its end.
func bracketed(s string) (name, inside string, ok bool) {
	t := strings.NewReplacer("（", "(", "）", ")", "【", "(", "】", ")", "[", "(", "]", ")").Replace(s)
	name, inside, ok = strings.Cut(t, "(")
	inside, closed := strings.CutSuffix(inside, ")")
	return name, inside, ok && closed && name != "" && !strings.ContainsAny(inside, "()")
}

// oddName finds a second person, a place left for a character, and characters of nobody else's.
func oddName(s string) *fault.Def {
	switch {
	case strings.ContainsAny(s, "、，,；;/／|&＆+\n"):
		return FaultTwoPeople
	case strings.ContainsFunc(s, placeholder):
		return FaultRare
	}
	return ownCharacter(s)
}

// placeholder reports what people type where a character cannot be: pinyin, ?, □, brackets around its parts. A digit only
// tells namesakes apart.
func placeholder(r rune) bool {
	return unicode.IsLetter(r) && !han(r) || strings.ContainsRune("?？□■▢☐◻◼〓*＊×_＿()（）[]【】", r)
}

func ownCharacter(s string) *fault.Def {
	if strings.ContainsFunc(s, private) {
		return FaultOwnCharacter
	}
	return nil
}

// bodies are words by which the name of a body is known from that of a person.
var bodies = []string{"公司", "合作社", "农场", "企业", "集团", "银行", "协会", "委员会", "经营部", "中心", "合伙", "工厂", "商店", "超市", "饭店", "旅馆", "民宿", "养殖场", "种植场",
	"门市部", "工作室", "商行", "经济联合社", "股份", "学校", "医院", "事务所", "卫生室"}

// IsBody reports whether a name is that of a company, cooperative or other body, by its words.
func IsBody(s string) bool {
	for _, w := range bodies {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}
