package ident

import "strings"

// clean brings a number as people type and paste it into one form: ASCII digits and capital letters, without spaces,
// hyphens, invisible characters and the quotes that keep a cell as text. What it does not know it leaves alone. Cleaning
// twice changes nothing.
func clean(s string) string {
	if only(s, func(c byte) bool { return digit(c) || 'A' <= c && c <= 'Z' }) {
		return s
	}
	b := make([]rune, 0, len(s))
	for _, r := range s {
		if r = letter(r); r != drop {
			b = append(b, r)
		}
	}
	return unquote(string(b))
}

// unquote takes off ="…", which holds a number as text in a csv, and the apostrophe that does so in a sheet.
func unquote(s string) string {
	t := strings.TrimLeft(s, `'’‘"=`+"`")
	return strings.TrimRight(t, `"'`)
}

const drop = -1

// letter is the plain form of one character, or drop.
func letter(r rune) rune {
	switch {
	case r >= 0xFF01 && r <= 0xFF5E:
		r -= 0xFEE0 // full-width forms
	case r == '×' || r == 'Ⅹ' || r == 'ⅹ' || r == 'Х' || r == 'х' || r == 'Χ' || r == 'χ':
		return 'X'
	}
	switch {
	case 'a' <= r && r <= 'z':
		return r - 'a' + 'A'
	case unseen(r), r == '-', r >= 0x2010 && r <= 0x2015, r == 0x2212:
		return drop
	default:
		return r
	}
}

// unseen reports spaces, line ends and characters that print nothing: zero-width, direction marks, soft hyphen.
func unseen(r rune) bool {
	switch {
	case r <= ' ', r == 0x7F, r == 0xA0, r == 0xAD, r == 0x3000, r == 0xFEFF:
		return true
	case r >= 0x2000 && r <= 0x200F, r >= 0x202A && r <= 0x202F, r >= 0x205F && r <= 0x2069:
		return true
	default:
		return false
	}
}

func digit(c byte) bool { return '0' <= c && c <= '9' }

// only reports whether every byte passes.
func only(s string, ok func(byte) bool) bool {
	for i := 0; i < len(s); i++ {
		if !ok(s[i]) {
			return false
		}
	}
	return true
}
