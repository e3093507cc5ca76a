package ident

import "strings"

// Mask hides the middle of a number so that it can be shown or logged: the first six and last four characters stay of a
// long one (331127********9912), two and two of a middling one, none of a short one.
func Mask(s string) string {
	r := []rune(s)
	head, tail := 0, 0
	switch {
	case len(r) >= 15:
		head, tail = 6, 4
	case len(r) >= 8:
		head, tail = 2, 2
	}
	return string(r[:head]) + strings.Repeat("*", len(r)-head-tail) + string(r[len(r)-tail:])
}
