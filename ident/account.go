package ident

import (
	"strings"

	"ganlan/fault"
)

// judgeCard holds a bank card to its length and the Luhn check.
func judgeCard(s string) *fault.Def {
	switch {
	case len(s) < 13 || len(s) > 19 || !only(s, digit):
		return FaultCardForm
	case !luhn(s) && zeroed(s):
		return FaultZeros
	case !luhn(s):
		return FaultCardCheck
	case zeroed(s):
		return FaultTail
	default:
		return nil
	}
}

// zeroed reports a long number that has only the fifteen digits which a number cell keeps.
func zeroed(s string) bool { return len(s) >= 18 && strings.Trim(s[15:], "0") == "" }

// judgeAccount lets passbook and ledger accounts pass with a notice: they have no common check.
func judgeAccount(s string) *fault.Def {
	switch {
	case len(s) < 8 || len(s) > 32 || !only(s, digit):
		return FaultAccountForm
	case zeroed(s):
		return FaultTail
	case judgeCard(s) != nil:
		return FaultNotCard
	default:
		return nil
	}
}

func luhn(s string) bool {
	sum := 0
	for i := range len(s) {
		d := int(s[len(s)-1-i] - '0')
		if i%2 == 1 {
			d = d * 2 % 10 // plus the ten of a two-digit double
			if s[len(s)-1-i] >= '5' {
				d++
			}
		}
		sum += d
	}
	return sum%10 == 0
}

// judgePassport is loose, for states number as they please: 5 to 20 letters and digits, one digit at least.
func judgePassport(s string) *fault.Def {
	digits := 0
	for i := range len(s) {
		if digit(s[i]) {
			digits++
		} else if !capital(s[i]) {
			return FaultPassport
		}
	}
	if len(s) < 5 || len(s) > 20 || digits == 0 {
		return FaultPassport
	}
	return nil
}
