package form

import (
	"fmt"
	"io"
	"maps"
	"regexp"
	"slices"
	"unicode"

	"ganlan/fault"
)

// FaultPersonal is something on a public notice that belongs to a person alone.
var FaultPersonal = &fault.Def{Code: "NOTICE_PERSONAL", What: "公示表第{row}行“{title}”含有 {n} 位连续数字，可能是证件号码、电话或账号", Do: "公示只列姓名、乡镇和金额；请删去号码后重新生成",
	WhatEn: "row {row} of the public notice has {n} digits in a row under {title}: an identity number, telephone or account", DoEn: "a notice shows name, township and amount only; take the number out"}

// mostDigits is how many digits in a row a text on a notice may have: a document number or a date, never a telephone.
const mostDigits = 6

// WriteNotice writes a public notice. Beyond what the fields of a notice allow, no text of it may hold a number long enough to
// be an identity number, a telephone or an account, however it came there; nothing is hidden in the workbook and no user is
// named in it (interchange G3). All such texts are named, and then nothing is written.
func WriteNotice(w io.Writer, d *Definition, rows Rows, meta Meta) error {
	kept, faults, err := public(d, rows)
	if err != nil {
		return err
	}
	for _, name := range sortedKeys(meta.Values) {
		if n := digitRun(meta.Values[name]); n > mostDigits {
			faults.Add(FaultPersonal.New().Set("row", 0).Set("title", name).Set("n", n))
		}
	}
	if err := faults.Err(); err != nil {
		return err
	}
	return Write(w, d, kept, meta)
}

// public reads all rows and looks at their texts.
func public(d *Definition, rows Rows) (Rows, fault.List, error) {
	fields := d.Fields()
	var kept [][]Cell
	var faults fault.List
	for dst := make([]Cell, len(fields)); rows.Next(dst); dst = make([]Cell, len(fields)) {
		kept = append(kept, dst)
		for i, c := range dst {
			if n := digitRun(c.text); c.tag == isText && n > mostDigits {
				faults.Add(FaultPersonal.At(fault.Place{Row: len(kept)}).Set("row", len(kept)).Set("title", fields[i]).Set("n", n))
			}
		}
	}
	if len(kept) != rows.Count {
		return Rows{}, nil, fmt.Errorf("form: notice of %d rows instead of %d", len(kept), rows.Count)
	}
	i := 0
	return Rows{Count: len(kept), Next: func(dst []Cell) bool {
		if i == len(kept) {
			return false
		}
		copy(dst, kept[i])
		i++
		return true
	}}, faults, nil
}

// writtenDate is a date, whose digits are nobody's number.
var writtenDate = regexp.MustCompile(`(?:19|20)\d{2}[-./年]\d{1,2}[-./月]\d{1,2}`)

// digitRun is the longest run of digits in a text; spaces, dashes and points within do not end it, and full-width digits count.
func digitRun(s string) (most int) {
	n := 0
	for _, r := range writtenDate.ReplaceAllString(s, "日") {
		switch {
		case unicode.IsDigit(r):
			n++
			most = max(most, n)
		case unicode.IsSpace(r) || r == '-' || r == '.' || r == '*':
		default:
			n = 0
		}
	}
	return most
}

func sortedKeys(m map[string]string) []string { return slices.Sorted(maps.Keys(m)) }
