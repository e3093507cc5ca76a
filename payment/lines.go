package payment

import (
	"bytes"
	"encoding/csv"
	"io"
	"slices"
	"strconv"
	"strings"

	"ganlan/bankfile"
	"ganlan/fault"
	"ganlan/loan"
	"ganlan/money"
)

// columnOf is one column of a list of payments.
type columnOf struct {
	key, zh string
	set     func(*Line, string) error
}

// columns are the titles of a list of payments, in English or 中文.
var columns = []columnOf{
	{"key", "行号", func(l *Line, s string) error { l.Key = s; return nil }},
	{"town", "乡镇", func(l *Line, s string) error { l.Town = s; return nil }},
	{"village", "村", func(l *Line, s string) error { l.Village = s; return nil }},
	{"name", "姓名", func(l *Line, s string) error { l.Name = s; return nil }},
	{"account_name", "账户名", func(l *Line, s string) error { l.AccountName = s; return nil }},
	{"id_no", "身份证号", func(l *Line, s string) error { l.IDNo = s; return nil }},
	{"account", "银行账号", func(l *Line, s string) error { l.Account = s; return nil }},
	{"quantity", "补贴数量", setQuantity},
	{"standard", "补贴标准", setStandard},
	{"amount", "金额", func(l *Line, s string) (err error) { l.Amount, err = money.Parse(s); return err }},
	{"subject", "摘要", func(l *Line, s string) error { l.Subject = s; return nil }},
	{"note", "备注", func(l *Line, s string) error { l.Note = s; return nil }},
}

func setQuantity(l *Line, s string) error {
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil {
		return FaultCell.New().Set("value", s)
	}
	l.Quantity = loan.Give(n)
	return nil
}

func setStandard(l *Line, s string) error {
	f, err := money.Parse(s)
	l.Standard = loan.Give(f)
	return err
}

// ReadLines reads a list of payments from csv, in UTF-8 or GB18030: a header of known titles, one payment a row, money in
// yuan. key, name, account and amount must be there; a title that is not known is refused, so that no column is lost.
func ReadLines(file string, data []byte) ([]Line, fault.List) {
	text, ok := bankfile.UTF8.Decode(data)
	if !ok {
		text, ok = bankfile.GB18030.Decode(data)
	}
	if !ok {
		return nil, fault.List{inFile(unread("编码 (encoding)"), file)}
	}
	r := csv.NewReader(bytes.NewReader([]byte(text)))
	head, err := r.Read()
	if err != nil {
		return nil, fault.List{inFile(unread(err.Error()), file)}
	}
	at, faults := header(file, head)
	if len(faults) > 0 {
		return nil, faults
	}
	var out []Line
	for {
		cells, err := r.Read()
		if err == io.EOF {
			return out, faults
		}
		if err != nil {
			return nil, append(faults, inFile(unread(err.Error()), file))
		}
		row, _ := r.FieldPos(0)
		l := Line{Row: row}
		for i, s := range cells {
			if s = strings.TrimSpace(s); s == "" {
				continue
			}
			for _, f := range fault.From(columns[at[i]].set(&l, s)) {
				f.Place = fault.Place{File: file, Row: row, Column: head[i]}
				faults.Add(f)
			}
		}
		out = append(out, l)
	}
}

// header finds the column of each title.
func header(file string, head []string) (at []int, faults fault.List) {
	var known []string
	for _, c := range columns {
		known = append(known, c.key)
	}
	for _, title := range head {
		title = strings.TrimSpace(title)
		i := slices.IndexFunc(columns, func(c columnOf) bool { return c.key == title || c.zh == title })
		if i < 0 || slices.Contains(at, i) {
			faults.Add(FaultColumn.At(fault.Place{File: file, Row: 1, Column: title}).Set("title", title).Set("known", strings.Join(known, "、")))
		}
		at = append(at, i)
	}
	for i, c := range columns {
		if slices.Contains([]string{"key", "name", "account", "amount"}, c.key) && !slices.Contains(at, i) {
			faults.Add(FaultNoColumn.At(fault.Place{File: file}).Set("title", c.zh).Set("key", c.key))
		}
	}
	return at, faults
}

func inFile(f *fault.Fault, file string) *fault.Fault {
	f.Place.File = file
	return f
}
