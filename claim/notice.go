package claim

import (
	"strings"
	"unicode/utf8"

	"ganlan/form"
	"ganlan/subsidy"
)

// NoticeName is how a public notice shows names; the scheme or the county decides (OP-47).
type NoticeName string

// The ways: the whole name, or the family name with the rest hidden.
const (
	WholeName  NoticeName = "whole"
	FamilyName NoticeName = "family"
)

// Known lists the ways.
func (NoticeName) Known() []string { return []string{string(WholeName), string(FamilyName)} }

// Notice is what a public notice is filled from.
type Notice struct {
	Rows  []*subsidy.Row
	Names NoticeName
	Town  func(code string) string // name of a township by its nine digits; no place is shown when nil
}

// NoticeFields are the only fields that a public notice may show: no number of a person, no account, no telephone, no place
// below the township (interchange G3). A form with any other field is refused by its check.
func NoticeFields() map[string]form.Kind {
	return map[string]form.Kind{"seq": form.Int, "name": form.Text, "town": form.Text, "product": form.Text, "amount": form.Money}
}

// Fill gives the rows that are paid, in the order of the claim; the amount is interest and fee subsidy together.
func (n Notice) Fill(d *form.Definition) form.Rows {
	var paid []*subsidy.Row
	for _, r := range n.Rows {
		if r.Amount > 0 || r.FeeSubsidy > 0 {
			paid = append(paid, r)
		}
	}
	fields, i := d.Fields(), 0
	return form.Rows{Count: len(paid), Next: func(dst []form.Cell) bool {
		if i == len(paid) {
			return false
		}
		for j, name := range fields {
			dst[j] = n.cell(name, paid[i], i+1)
		}
		i++
		return true
	}}
}

func (n Notice) cell(field string, r *subsidy.Row, seq int) form.Cell {
	c := &r.Facts.Contract
	switch field {
	case "seq":
		return form.OfInt(int64(seq))
	case "name":
		return form.OfText(ShownName(c.Name, n.Names))
	case "town":
		return form.OfText(n.town(c.Region))
	case "product":
		return form.OfText(c.Product)
	case "amount":
		return form.OfFen(r.Amount + r.FeeSubsidy)
	}
	return form.Cell{}
}

// town is the township of an area code; a county's code, and a code whose township nobody can name, show no place.
func (n Notice) town(code string) string {
	if len(code) < 9 || n.Town == nil {
		return ""
	}
	return n.Town(code[:9])
}

// ShownName is a name as a notice shows it. Of a family name of two characters both stay; a dot parts the first of several
// parts from the rest: 迪丽热巴·***.
func ShownName(name string, as NoticeName) string {
	if as != FamilyName || name == "" {
		return name
	}
	head, rest, parts := strings.Cut(name, "·")
	if parts {
		return head + "·" + strings.Repeat("*", utf8.RuneCountInString(rest))
	}
	keep := 1
	if runes := []rune(name); len(runes) > 2 && doubled[string(runes[:2])] {
		keep = 2
	}
	runes := []rune(name)
	keep = min(keep, len(runes))
	return string(runes[:keep]) + strings.Repeat("*", len(runes)-keep)
}

// doubled are the common family names of two characters.
var doubled = map[string]bool{"欧阳": true, "上官": true, "司马": true, "诸葛": true, "东方": true, "皇甫": true, "尉迟": true, "公孙": true, "慕容": true,
	"令狐": true, "宇文": true, "长孙": true, "司徒": true, "端木": true, "夏侯": true, "独孤": true, "南宫": true, "轩辕": true}
