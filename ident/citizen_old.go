package ident

import (
	"strings"

	"ganlan/fault"
)

// judgeShort judges what is not 18 characters long: the 15-digit number of the first generation and the permanent
// resident card of before 2023 are old, everything else is wrong.
func judgeShort(k Kind, s string) *fault.Def {
	switch {
	case len(s) != 15:
		return FaultLength
	case k == Permanent && only(s[:3], capital) && only(s[3:], digit):
		return FaultOldPermanent
	case k != CitizenID:
		return FaultLength
	case !only(s, digit):
		return FaultCharacter
	case !born(date("19" + s[6:12])):
		return FaultBirth
	default:
		return FaultFifteen
	}
}

func capital(c byte) bool { return 'A' <= c && c <= 'Z' }

// convert is the present form of a 15-digit number: the century put in and the check character put on.
func convert(s string) string {
	s = s[:6] + "19" + s[6:]
	v := 0
	for i := range s {
		v = v*2 + int(s[i]-'0')
	}
	return s + string("10X98765432"[v*2%11])
}

// wrongLetter tells letters typed for the digits they look like from any other character.
func wrongLetter(s string) *fault.Def {
	t := strings.NewReplacer("O", "0", "I", "1", "L", "1").Replace(s)
	if t != s && only(t[:17], digit) && (digit(t[17]) || t[17] == 'X') {
		return FaultLetter
	}
	return FaultCharacter
}
