package bankfile

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
)

func gb18030(t testing.TB, s string) string {
	t.Helper()
	out, err := simplifiedchinese.GB18030.NewEncoder().String(s)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestB1EncodingsAreDetectedAndSaid(t *testing.T) {
	p := profile(t)
	c := replace(chinese()[Contracts], "林溪", "𠮷野䶮", "周岚", "㛃某")
	want := readSet(t, p, with(Contracts, c), Options{})
	if !strings.Contains(strings.Join(want.records, ""), "Name:𠮷野䶮") {
		t.Fatal(want.records)
	}
	for name, x := range map[string]struct{ text, encoding string }{
		"UTF-8":                       {c, "UTF-8"},
		"UTF-8 with a mark":           {"\ufeff" + c, "UTF-8"},
		"GB18030 with four bytes":     {gb18030(t, c), "GB18030"},
		"UTF-16LE with a mark":        {utf16le(c), "UTF-16LE"},
		"UTF-16LE without a mark":     {utf16le(c)[2:], "UTF-16LE"},
		"UTF-16BE without a mark":     {utf16be(c)[2:], "UTF-16BE"},
		"WPS Unicode text, with tabs": {utf16le(lay(rows(replace(c, `"200,000.00"`, "200000.00")), "\t", "\r\n"))[2:], "UTF-16LE"},
	} {
		t.Run(name, func(t *testing.T) {
			f, faults := open(p, Contracts, x.text, Options{})
			if f == nil || f.Layout.Encoding != x.encoding {
				t.Fatalf("%v %s", f, says(faults))
			}
			expectSame(t, readSet(t, p, with(Contracts, x.text), Options{}), want)
		})
	}
}

func TestB1AnEncodingThatShowsOnlyFarInsideIsRecognised(t *testing.T) {
	p, lines := profile(t), large(manyContracts)
	for i := range lines[Contracts] {
		lines[Contracts][i] = strings.Replace(lines[Contracts][i], ",张", ",Zhang ", 1)
	}
	last := len(lines[Contracts]) - 1
	lines[Contracts][last] = strings.Replace(lines[Contracts][last], "Zhang", "𠮷某", 1)
	set := setOf(lines)
	if n := strings.Index(set[Contracts], "𠮷"); n < headBytes {
		t.Fatalf("the name stands at %d, which is not far inside", n)
	}
	want := readSet(t, p, set, Options{})
	for name, dress := range map[string]func(string) string{
		"GB18030": func(s string) string { return gb18030(t, s) }, "UTF-8": func(s string) string { return s },
		"GB18030, CR only":       func(s string) string { return gb18030(t, strings.ReplaceAll(s, "\n", "\r")) },
		"GB18030, several signs": func(s string) string { return gb18030(t, strings.ReplaceAll(s, ",", "|!")) },
	} {
		t.Run(name, func(t *testing.T) {
			other := setOf(lines)
			other[Contracts] = dress(other[Contracts])
			opt := Options{}
			if strings.Contains(name, "signs") {
				opt.Separators = map[Kind]string{Contracts: "|!"}
			}
			expectSame(t, readSet(t, p, other, opt), want)
			f, _ := open(p, Contracts, other[Contracts], opt)
			if err := f.records(func(int, []string) {}); err != nil || f.Layout.Encoding != strings.Split(name, ",")[0] {
				t.Errorf("said to be %s, %v", f.Layout.Encoding, err)
			}
		})
	}
}

func TestB2BytesWithoutACharacterRefuseTheCell(t *testing.T) {
	p := profile(t)
	for _, bytes := range []string{"\xa6\xd9", "\xfe\x59", "\xa8\xbc", "\xff", "\x80", "\xb2", "\xef\xbf\xbd", "\xa2\xab"} {
		text := gbk(t, chinese()[Contracts])
		text = strings.Replace(text, gbk(t, "周岚"), gbk(t, "周")+bytes, 1)
		for how, opt := range map[string]Options{"in blocks": {}, "sorted": {}} {
			set := with(Contracts, text)
			if how == "sorted" {
				head, rest, _ := strings.Cut(text, "\n")
				first, rest, _ := strings.Cut(rest, "\n")
				set[Contracts] = head + "\n" + rest + first + "\n"
			}
			got := readSet(t, p, set, opt)
			all := strings.Join(got.records, "")
			if strings.Contains(all, "\ufffd") {
				t.Errorf("% x %s: a lost character was stored", bytes, how)
			}
			if !strings.Contains(all, "Name:周") && !slices.Contains([]string{"contracts.csv 3 姓名 TEXT_UNREADABLE", "contracts.csv 2 姓名 TEXT_UNREADABLE"}, says(got.faults.Refusals())) {
				t.Errorf("% x %s: %s", bytes, how, says(got.faults.Refusals()))
			}
		}
	}
}

func TestB2ALostCharacterIsFoundAnywhereInAnyColumn(t *testing.T) {
	p := profile(t)
	for _, x := range []struct{ text, want string }{
		{replace(small()[Contracts], "周岚", "A周\xb2岚B"), "contracts.csv 3 name TEXT_UNREADABLE"},
		{replace(small()[Contracts], "周岚", "A\ufffdB"), "contracts.csv 3 name TEXT_UNREADABLE"},
		{replace(small()[Contracts], "HT02,JT02", "HT02,JT\x9002"), "contracts.csv 3 household_no TEXT_UNREADABLE"},
		{replace(small()[Contracts], "50000.00", "500\xb200.00"), "contracts.csv 3 amount TEXT_UNREADABLE"},
		{replace(small()[Contracts], "HT03", "HT\xb203"), "contracts.csv 4 contract_no TEXT_UNREADABLE\nfees.csv 2 contract_no CONTRACT_UNKNOWN\nledger.csv 7 contract_no CONTRACT_UNKNOWN\nledger.csv 8 contract_no CONTRACT_UNKNOWN"},
	} {
		if got := readSet(t, p, with(Contracts, x.text), Options{}); says(got.faults.Refusals()) != x.want {
			t.Errorf("%q:\n%s\nwant\n%s", x.text, says(got.faults.Refusals()), x.want)
		}
	}
}

func TestB3SeparatorsAreFoundOrNamedForOneKindOfFile(t *testing.T) {
	p, want := profile(t), readSet(t, profile(t), small(), Options{})
	set := small()
	set[Ledger] = lay(rows(set[Ledger]), "~", "\r\n")
	set[Notes] = lay(rows(set[Notes]), "##", "\n")
	expectSame(t, readSet(t, p, set, Options{Separators: map[Kind]string{Ledger: "~", Notes: "##"}}), want)
	set = files{}
	for kind, text := range small() {
		set[kind] = lay(rows(text), "~", "\n")
	}
	set[Fees] = lay(rows(small()[Fees]), "\t", "\n")
	expectSame(t, readSet(t, p, set, Options{Separator: "~", Separators: map[Kind]string{Fees: `\t`}}), want)
	for kind, text := range small() { // a separator that a profile names need not be named again
		set[kind] = lay(rows(text), "|!", "\n")
	}
	expectSame(t, readSet(t, profiles(t, nil), set, Options{}), want)
}

func TestB3SeparatorsAndLineBreaksInsideQuotesBelongToTheCell(t *testing.T) {
	p := profile(t)
	want := readSet(t, p, with(Contracts, replace(small()[Contracts], `"林溪"`, "林溪 甲 乙")), Options{})
	for _, name := range []string{"\"林溪\n甲\n乙\"", "\"林溪\r\n甲\r\n乙\"", "\"林溪\n甲\n乙\" "} {
		expectSame(t, readSet(t, p, with(Contracts, replace(small()[Contracts], `"林溪"`, name)), Options{}), want)
	}
	want = readSet(t, p, with(Contracts, replace(small()[Contracts], `"林溪"`, `"林,""溪""公司"`)), Options{})
	if !strings.Contains(want.records[0], `Name:林,"溪"公司 `) {
		t.Error(want.records[0])
	}
}

func TestB3QuotesThatDoNotFitRefuseTheirCellAndTakeNoOtherRow(t *testing.T) {
	p := profile(t)
	c := small()[Contracts]
	for _, x := range []struct{ bad, want string }{
		{`"林"溪`, "contracts.csv 2 name QUOTE_BAD"},
		{`"林" 溪"`, "contracts.csv 2 name QUOTE_BAD"},
		{`"林溪`, "contracts.csv 2 name QUOTE_BAD"},
		{`""林溪`, "contracts.csv 2 name QUOTE_BAD"},
	} {
		for how, text := range map[string]string{"in blocks": replace(c, `"林溪"`, x.bad),
			"behind a cell of two lines":       replace(c, `"林溪"`, x.bad, "陈渡", "\"陈\n渡\""),
			"before a cell in quotes":          replace(c, `"林溪"`, x.bad, "陈渡", `"陈渡"`, "周岚", `"周岚"`),
			"before a quote at the end of one": replace(c, `"林溪"`, x.bad, "陈渡", `陈渡"`),
		} {
			got := readSet(t, p, with(Contracts, text), Options{})
			if says(got.faults) != x.want {
				t.Errorf("%s %s:\n%s\nwant %s", x.bad, how, says(got.faults), x.want)
			}
			if n := len(got.records); n != 2 {
				t.Errorf("%s %s: %d of the other two rows were read", x.bad, how, n)
			}
		}
	}
	got := readSet(t, p, with(Contracts, replace(c, `"林溪"`, `林"溪`)), Options{}) // a quote inside is one
	if says(got.faults) != "" || !strings.Contains(got.records[0], `Name:林"溪 `) {
		t.Errorf("%s %s", says(got.faults), got.records[0])
	}
}

func TestB3AQuoteLostInEveryRowRefusesEachAtItsPlace(t *testing.T) {
	p, lines := profile(t), large(3000)
	for i := range lines[Contracts] {
		lines[Contracts][i] = strings.Replace(lines[Contracts][i], ",张", `,"张`, 1)
	}
	got := readSet(t, p, setOf(lines), Options{})
	if n := len(got.faults.Refusals()); n != 3000 || got.faults[0].Def != FaultQuote || len(got.records) != 0 {
		t.Errorf("%d faults, %d records", n, len(got.records))
	}
}

func TestB4LineEndsTrailingSeparatorsAndCtrlZMeanNothing(t *testing.T) {
	p, want := profile(t), readSet(t, profile(t), small(), Options{})
	for name, dress := range map[string]func(string) string{
		"CR LF": func(s string) string { return strings.ReplaceAll(s, "\n", "\r\n") }, "CR": func(s string) string { return strings.ReplaceAll(s, "\n", "\r") },
		"Ctrl-Z on its own":        func(s string) string { return s + "\x1a" },
		"Ctrl-Z behind the last":   func(s string) string { return strings.TrimSuffix(s, "\n") + "\x1a" },
		"Ctrl-Z and CR LF":         func(s string) string { return strings.ReplaceAll(s, "\n", "\r\n") + "\x1a\x1a" },
		"two separators behind":    func(s string) string { return strings.ReplaceAll(s, "\n", ",,\n") },
		"line ends of both kinds":  func(s string) string { return strings.Replace(s, "\n", "\r\n", 2) },
		"blank lines at the front": func(s string) string { return "\n\r\n" + s },
	} {
		t.Run(name, func(t *testing.T) {
			for _, opt := range []Options{{}, {Separators: map[Kind]string{Ledger: "|!", Contracts: "|!"}}} {
				set := files{}
				for kind, text := range small() {
					if opt.Separators[kind] != "" {
						text = lay(rows(text), "|!", "\n")
						set[kind] = dress(text)
						if strings.HasPrefix(name, "two") {
							set[kind] = strings.ReplaceAll(text, "\n", "|!|!\n")
						}
						continue
					}
					set[kind] = dress(text)
				}
				expectSame(t, readSet(t, p, set, opt), want)
			}
		})
	}
}

func TestB5WideFormsAndInvisibleCharactersAreUnderstood(t *testing.T) {
	p, want := profile(t), readSet(t, profile(t), small(), Options{})
	l := small()[Ledger]
	for name, text := range map[string]string{
		"wide digits":            replace(l, "100000.00", "１０００００．００", "2024-03-15", "２０２４－０３－１５"),
		"wide commas":            replace(l, "100000.00", "100，000.00"),
		"a wide space":           replace(l, "drawdown,100000.00", "　drawdown　,　100000.00　"),
		"a space that is none":   replace(l, "drawdown,100000.00", "\u00a0drawdown,\u00a0100000.00"),
		"zero width":             replace(l, "drawdown,100000.00", "\u200bdrawdown,\u200b100000\u200b.00"),
		"soft hyphens":           replace(l, "100000.00", "100\u00ad000.00"),
		"titles in wide letters": replace(l, "kind", "摘　要", "amount", "金额（元）"),
	} {
		t.Run(name, func(t *testing.T) { expectSame(t, readSet(t, p, with(Ledger, text), Options{}), want) })
	}
}

func TestB6WhatKeepsANumberAsTextIsTakenAway(t *testing.T) {
	p := profile(t)
	for _, sorted := range []bool{false, true} {
		set := small()
		set[Contracts] = replace(set[Contracts], "JT02,,,周岚", "JT02,居民身份证,990783198502038768,周岚")
		want := readSet(t, p, set, Options{})
		for name, dress := range map[string]func(string) string{
			"a formula":           func(s string) string { return `="` + s + `"` },
			"a formula in quotes": func(s string) string { return `"=""` + s + `"""` },
			"an apostrophe":       func(s string) string { return "'" + s },
			"a tab behind":        func(s string) string { return s + "\t" },
			"quotes and a tab":    func(s string) string { return "\"" + s + "\t\"" },
		} {
			t.Run(fmt.Sprint(name, sorted), func(t *testing.T) {
				other := small()
				other[Contracts] = replace(set[Contracts], "HT02", dress("HT02"), "JT02", dress("JT02"), "990783198502038768", dress("990783198502038768"), "50000.00", dress("50000.00"), "2024-01-10", dress("2024-01-10"))
				other[Ledger] = replace(other[Ledger], "HT02", dress("HT02"), "50000.00", dress("50000.00"))
				if sorted {
					lines := strings.SplitAfter(other[Contracts], "\n")
					slices.Reverse(lines[1:])
					other[Contracts] = strings.Join(lines, "")
				}
				got := readSet(t, p, other, Options{})
				expectSame(t, got, want)
				if (len(got.sorted) > 0) != sorted {
					t.Errorf("sorted: %v", got.sorted)
				}
			})
		}
	}
}

func TestA11AFileIsJudgedByItsContentNotItsName(t *testing.T) {
	p := profile(t)
	for name, x := range map[string]struct{ text, want, says string }{
		"an old workbook":              {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 600), "XLSX_OLD", ".xlsx"},
		"an Excel 95 book":             {"\x09\x08\x08\x00\x00\x05\x05\x00", "FILE_FORMAT", "另存为 .xlsx"},
		"an Excel 4 sheet":             {"\x09\x04\x06\x00\x00\x00", "FILE_FORMAT", "另存为 .xlsx"},
		"a web page":                   {"\r\n<HTML xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><body><table>", "FILE_FORMAT", "HTML"},
		"a web page in UTF-16":         {utf16le("<html><table><tr><td>合同号"), "FILE_FORMAT", "HTML"},
		"a web page of a mark":         {"\ufeff<!DOCTYPE html>", "FILE_FORMAT", "HTML"},
		"a web page in XML":            {"<?xml version=\"1.0\"?><html xmlns=\"x\">", "FILE_FORMAT", "HTML"},
		"a web archive":                {"MIME-Version: 1.0\r\nContent-Type: multipart/related", "FILE_FORMAT", "MHTML"},
		"XML of Excel 2003":            {"<?xml version=\"1.0\"?>\n<?mso-application progid=\"Excel.Sheet\"?>\n<Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">", "FILE_FORMAT", "XML Spreadsheet 2003"},
		"some XML":                     {"<?xml version=\"1.0\" encoding=\"GBK\"?><data/>", "FILE_FORMAT", "XML"},
		"a PDF":                        {"%PDF-1.4\n%\xe2\xe3\xcf\xd3", "FILE_NO_TABLE", "PDF"},
		"a photo":                      {"\xff\xd8\xff\xe0\x00\x10JFIF", "FILE_NO_TABLE", "JPEG"},
		"a screenshot":                 {"\x89PNG\r\n\x1a\n", "FILE_NO_TABLE", "PNG"},
		"an archive":                   {"Rar!\x1a\x07\x00", "FILE_NO_TABLE", "RAR"},
		"a compressed file":            {"\x1f\x8b\x08\x00", "FILE_NO_TABLE", "gzip"},
		"an empty zip":                 {"PK\x05\x06" + strings.Repeat("\x00", 18), "XLSX_NOT", ".xlsx"},
		"a program":                    {"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff\x00\x00\xb8" + strings.Repeat("\x00\x01\x02\x00", 99), "FILE_FORMAT", "二进制"},
		"nothing but line ends":        {"\r\n\r\n\x1a", "FILE_EMPTY", "没有数据行"},
		"text that is a table of none": {"会议纪要\n一、关于贴息的若干事项\n", "FILE_OTHER_FORM", "找不到列"},
	} {
		t.Run(name, func(t *testing.T) {
			for _, named := range []string{"流水.xls", "流水.xlsx", "流水.csv", "流水.et"} {
				f, faults := p.Open(Input{Name: named, Data: strings.NewReader(x.text), Size: int64(len(x.text))}, Ledger, Options{})
				if f != nil || len(faults) != 1 || faults[0].Code() != x.want || !strings.Contains(faults[0].Error(), x.says) || strings.Contains(faults[0].Error(), "{") {
					t.Fatalf("%s: %v, want %s", named, faults, x.want)
				}
			}
		})
	}
	text := small()[Ledger]
	for _, named := range []string{"流水.xls", "流水.et", "流水.xlsx", "流水"} { // a csv by any other name is one
		if f, faults := p.Open(Input{Name: named, Data: strings.NewReader(text), Size: int64(len(text))}, Ledger, Options{}); f == nil {
			t.Errorf("%s: %v", named, faults)
		}
	}
}
