package ident

import "strings"

// Hide says how much of a number goes out in an export (interchange G2). The choice is part of the file's name.
type Hide string

// The choices.
const (
	HideNone   Hide = "full"      // the whole number: the right to it is needed, and a reason
	HideMiddle Hide = "middle"    // 331127********9912
	HideMost   Hide = "head-tail" // 33*************912
)

// Known lists the choices.
func (Hide) Known() []string { return []string{string(HideNone), string(HideMiddle), string(HideMost)} }

// Of is an identity number or credit code as it goes out. A short one is hidden whole.
func (h Hide) Of(id string) string {
	r := []rune(id)
	switch {
	case h == HideNone || h == "":
		return id
	case h == HideMiddle:
		return Mask(id)
	case len(r) < 15:
		return strings.Repeat("*", len(r))
	}
	return string(r[:2]) + strings.Repeat("*", len(r)-5) + string(r[len(r)-3:])
}

// Account is an account as it goes out: the first and the last four digits, in groups of four as on a card.
func (h Hide) Account(no string) string {
	r := []rune(no)
	switch {
	case h == HideNone || h == "":
		return no
	case len(r) < 12:
		return strings.Repeat("*", len(r))
	}
	return string(r[:4]) + " **** **** " + string(r[len(r)-4:])
}

// Name is the choice as it stands in the name of a file, in Chinese.
func (h Hide) Name() string {
	switch h {
	case HideMiddle:
		return "证件号隐中间"
	case HideMost:
		return "证件号留首尾"
	}
	return "证件号全号"
}
