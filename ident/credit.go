package ident

import (
	"strings"

	"ganlan/fault"
)

// Credit is a unified social credit code that passed its check.
type Credit string

// ParseCredit reads a unified social credit code, cleaned. Notices are dropped; use Read to see them.
func ParseCredit(s string) (Credit, error) {
	r := Read(CreditCode, s)
	if !r.Verdict.Accepted() || len(r.Text) != 18 {
		return "", r.Fault(fault.Place{})
	}
	return Credit(r.Text), nil
}

// Area is the six-digit code of the registering office.
func (c Credit) Area() string { return string(c[2:8]) }

// Organisation is the nine-character organisation code inside.
func (c Credit) Organisation() string { return string(c[8:17]) }

// Mask is the code with its middle hidden.
func (c Credit) Mask() string { return Mask(string(c)) }

// UnmarshalText reads a code as ParseCredit does.
func (c *Credit) UnmarshalText(b []byte) (err error) {
	*c, err = ParseCredit(string(b))
	return err
}

// creditValue is the worth of a character in GB 32100, or none: I, O, S, V and Z are left out.
var creditValue = func() (t [256]uint8) {
	for i := range t {
		t[i] = none
	}
	for i, c := range []byte("0123456789ABCDEFGHJKLMNPQRTUWXY") {
		t[c] = uint8(i)
	}
	return t
}()

const none = 255

// creditPrefixes are the registering departments and the kinds of bodies each registers.
var creditPrefixes = map[byte]string{'1': "1239", '2': "19", '3': "123459", '4': "19", '5': "1239", '6': "129",
	'7': "129", '8': "19", '9': "123", 'A': "19", 'N': "1239", 'Y': "1"}

func judgeCredit(s string) *fault.Def {
	if len(s) == 15 && only(s, digit) {
		return FaultOldCredit
	}
	if len(s) != 18 {
		return FaultCreditLength
	}
	v := uint64(0) // Σ value × 3^i, which are the weights of the standard modulo 31
	for i := 17; i >= 0; i-- {
		c := creditValue[s[i]]
		if c == none {
			return FaultCreditLetter
		}
		if i < 17 {
			v = v*3 + uint64(c)
		}
	}
	if !only(s[2:8], digit) {
		return FaultCreditArea
	}
	if (v+uint64(creditValue[s[17]]))%31 != 0 {
		return FaultCreditCheck
	}
	return creditNotice(s)
}

func creditNotice(s string) *fault.Def {
	bodies, ok := creditPrefixes[s[0]]
	switch {
	case !ok:
		return FaultCreditPrefix
	case strings.IndexByte(bodies, s[1]) < 0:
		return FaultCreditBody
	case !organisation(s[8:17]):
		return FaultCreditInner
	case !provinceKnown(s[2:]) && s[2:4] != "10" && s[2:4] != "99":
		return FaultArea
	default:
		return nil
	}
}

// organisation is the check of GB 11714 on the nine characters inside a code.
func organisation(s string) bool {
	v := 0
	for i, w := range [8]int{3, 7, 9, 10, 5, 8, 4, 2} {
		c := int(s[i] - '0')
		if c > 9 {
			c = int(s[i]-'A') + 10
		}
		v += c * w
	}
	return s[8] == "0X987654321"[v%11]
}
