package scheme

import (
	"regexp"
	"strings"
	"unicode"
)

// docNumber is how people write the number of a document: with any kind of brackets, full-width digits, spaces, 第 and zeros.
var docNumber = regexp.MustCompile(`^([\p{Han}A-Za-z]+)[〔\[［(（【]([12][0-9]{3})[〕\]］)）】]第?0*([1-9][0-9]*)号$`)

// DocNumber is the number of a document as offices write it: 景财企〔2025〕3号, in the brackets 〔〕, without 第 and without
// leading zeros (interchange G7). A text that is no such number comes back as it is, and not ok.
func DocNumber(s string) (string, bool) {
	tight := strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return -1
		case r >= '０' && r <= '９':
			return r - '０' + '0'
		}
		return r
	}, s)
	m := docNumber.FindStringSubmatch(tight)
	if m == nil {
		return s, false
	}
	return m[1] + "〔" + m[2] + "〕" + m[3] + "号", true
}
