// Package region is the codes of areas: provinces, cities and counties of GB/T 2260, towns and villages of the statistical
// code. It refuses texts that cannot be a code; whether a code is assigned today is a notice, for areas are merged and
// their codes stay in old papers.
package region

import (
	"strings"

	"ganlan/fault"
)

// Code is an area in its shortest form: 6 digits down to the county, 9 for a town, 12 for a village. The empty Code is none.
type Code string

// Level is how far down an area stands.
type Level uint8

// The levels. None is the level of the empty Code.
const (
	None     Level = iota
	Province       // 省
	City           // 市
	County         // 县
	Town           // 乡镇、街道
	Village        // 村、社区
)

var levels = [...]string{"", "省级", "地级", "县级", "乡级", "村级"}

// String is the level's 中文 name.
func (l Level) String() string { return levels[l] }

// Parse reads 6, 9 or 12 digits, spaces around them aside. Longer forms filled up with zeros become the short one:
// 330783000000 and 330783000 are 330783.
func Parse(s string) (Code, error) {
	t := strings.TrimSpace(s)
	if len(t) != 6 && len(t) != 9 && len(t) != 12 || strings.Trim(t, "0123456789") != "" || t[:2] == "00" {
		return "", FaultCode.New().Set("value", s)
	}
	if len(t) == 12 && t[9:] == "000" {
		t = t[:9]
	}
	if len(t) == 9 && t[6:] == "000" {
		t = t[:6]
	}
	if t[2:4] == "00" && (t[4:6] != "00" || len(t) > 6) || len(t) == 12 && t[6:9] == "000" {
		return "", FaultCode.New().Set("value", s)
	}
	return Code(t), nil
}

// UnmarshalText reads a code as Parse does.
func (c *Code) UnmarshalText(b []byte) (err error) {
	*c, err = Parse(string(b))
	return err
}

// Level is how far down the area stands.
func (c Code) Level() Level {
	switch {
	case c == "":
		return None
	case len(c) == 12:
		return Village
	case len(c) == 9:
		return Town
	case c[4:6] != "00":
		return County
	case c[2:4] != "00":
		return City
	default:
		return Province
	}
}

// Parent is the area one level up, by the digits alone; that of a province is the empty Code. The parent of a county that a
// province governs itself is the code of the group such counties stand in (429000).
func (c Code) Parent() Code {
	switch c.Level() {
	case Village:
		return c[:9]
	case Town:
		return c[:6]
	case County:
		return c[:4] + "00"
	case City:
		return c[:2] + "0000"
	default:
		return ""
	}
}

// Within reports whether the area is the other or lies in it. Nothing lies in the empty Code.
func (c Code) Within(other Code) bool {
	return other != "" && strings.HasPrefix(string(c), other.stem())
}

// stem is the digits that all areas inside share.
func (c Code) stem() string {
	switch c.Level() {
	case Province:
		return string(c[:2])
	case City:
		return string(c[:4])
	default:
		return string(c)
	}
}

// IsTest reports whether the code is of the range kept for tests and examples (99).
func (c Code) IsTest() bool { return strings.HasPrefix(string(c), "99") }

// Province is the short 中文 name of the province, false when its code is not assigned.
func (c Code) Province() (string, bool) {
	if c == "" {
		return "", false
	}
	name, ok := provinces[string(c[:2])]
	return name, ok
}

// Check is the notice for a code whose province is not assigned; nil for others, the test range and the empty Code.
func (c Code) Check(at fault.Place) *fault.Fault {
	if _, ok := c.Province(); ok || c == "" || c.IsTest() {
		return nil
	}
	return FaultUnassigned.At(at).Set("value", c)
}
