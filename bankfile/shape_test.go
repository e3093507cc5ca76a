package bankfile

import (
	"strings"
	"testing"

	"ganlan/fault"
)

// chinese is the small set as a bank writes it: Chinese titles and words.
func chinese() files {
	return files{
		Contracts: `合同号,家庭编号,姓名,归属机构,专项贷款类型,贷款用途,合同利率,合同状态,合同起始日期,合同到期日期,合同金额,贷款余额,已享受其他贴息
HT01,JT01,林溪,东支行,共富经营贷,生产经营,3.65%,正常,2024/3/15,2027年3月14日,"200,000.00",120000元,否
HT02,JT02,周岚,东支行,GF02,教育,3.85,结清,20240110,45666,5万,0,是
HT03,,陈渡,西支行,共富安居贷,住房,4.2,正常,2024.5.1,2026-05-01,８００００,80000,
`,
		Ledger: `合同号,借据号,交易日期,摘要,发生额,新到期日
HT01,,2024-03-15,放款,100000.00,
HT01,,2024-06-01,用信,50000.00,
HT01,,2024-10-10,还款,30000.00,
HT02,N1,2024-01-10,发放,50000.00,
HT02,N1,2025-01-09,归还本金,50000.00,
HT03,,2024-05-01,放款,80000.00,
HT03,,2025-05-01,延期,,2027-05-01
`,
		Notes: "合同号,借据号,放款日,到期日,放款金额\nHT02,N1,2024-01-10,2025-01-09,50000\n",
		Fees:  "借款合同号,担保函编号,担保费,退费,缴费日期,保障起始日,保障到期日\nHT03,G1,800.00,0,2024-05-01,2024-05-01,2025-04-30\n",
	}
}

func TestABanksOwnTitlesAndWordsMeanTheSame(t *testing.T) {
	p := profile(t)
	expectSame(t, readSet(t, p, chinese(), Options{}), readSet(t, p, small(), Options{}))
}

// with is the small set with one file in another text.
func with(kind Kind, text string) files {
	set := small()
	set[kind] = text
	return set
}

func TestTablesAreFoundWhereTheyStand(t *testing.T) {
	p, want := profile(t), readSet(t, profile(t), small(), Options{})
	c, l := chinese()[Contracts], chinese()[Ledger]
	for name, set := range map[string]files{
		"behind a title and a unit line": with(Contracts, "虚构农商银行明细表,,\n单位：元,,\n\n"+c),
		"amounts in 万元 by the unit line": with(Ledger, "流水\n单位：万元\n"+replace(l, "100000.00", "10", "50000.00", "5", "30000.00", "3.00", "80000.00", "8")),
		"amounts in 万元 by the title":     with(Ledger, replace(l, "发生额", "发生额（万元）", "100000.00", "10", "50000.00", "5", "30000.00", "3.00", "80000.00", "8")),
		"a column in 元 in a table in 万元": with(Ledger, "单位：万元\n"+replace(l, "发生额", "发生额(元)")),
		"titles with stars, brackets, spaces and full-width letters": with(Ledger,
			replace(l, "合同号", "*合 同 号（必填）", "交易日期", "交易　日期", "发生额", "发生额（元）", "摘要", "＊摘要")),
		"titles with line breaks inside":            with(Ledger, replace(l, "合同号", "\"合同\n号\"", "交易日期", "\"交易\r\n日期\"")),
		"titles with line breaks inside, contracts": with(Contracts, replace(c, "合同号", "\"合同\n号\"")),
		"a header of two rows":                      with(Ledger, "合同号,借据号,交易信息,,,新到期日\n,,交易日期,摘要,发生额,\n"+body(l)),
		"columns that are not ours":                 with(Ledger, "\n"+addColumn(l, "柜员号", "8001")),
		"a 合计 that is right":                        with(Ledger, l+"合计,,,,360000.00,\n"),
		"小计 inside and 合计 at the end":               with(Ledger, replace(l, "HT02,N1,2024-01-10", "小计,,,,180000,\nHT02,N1,2024-01-10")+"小计,,,,180000,\n合计：,,,,\"360,000.00\",\n"),
		"a 合计 in a column of its own":               with(Ledger, addFirst(l, "序号", "1")+"合计,,,,,360000,\n"),
		"signatures below":                          with(Ledger, l+"\n制表人：王某,,审核人：李某,,复核：\n填报单位（盖章）：虚构农商银行\n"),
		"blank rows inside and below":               with(Ledger, replace(l, "HT02,N1,2024-01-10", "\n,,,,,\n  ,　,,,,\nHT02,N1,2024-01-10")+"\n\n,,,,,\n"),
		"missing last fields":                       with(Ledger, strings.ReplaceAll(l, "00.00,\n", "00.00\n")),
		"the name with a line break":                with(Contracts, replace(c, "林溪", "\"林溪\"", "周岚", "\"周岚\"")),
	} {
		t.Run(name, func(t *testing.T) { expectSame(t, readSet(t, p, set, Options{}), want) })
	}
}

func replace(s string, pairs ...string) string { return strings.NewReplacer(pairs...).Replace(s) }

func body(s string) string { return s[strings.IndexByte(s, '\n')+1:] }

func addColumn(s, title, value string) string {
	head, rest, _ := strings.Cut(s, "\n")
	return head + "," + title + "\n" + strings.ReplaceAll(rest, "\n", ","+value+"\n")
}

func addFirst(s, title, value string) string {
	head, rest, _ := strings.Cut(s, "\n")
	rest = strings.TrimSuffix(rest, "\n")
	return title + "," + head + "\n" + value + "," + strings.ReplaceAll(rest, "\n", "\n"+value+",") + "\n"
}

func TestWhatIsWrongIsSaidWithItsPlace(t *testing.T) {
	p := profile(t)
	l, c := small()[Ledger], small()[Contracts]
	for name, x := range map[string]struct {
		set  files
		want string
	}{
		"a total that differs": {with(Ledger, l+"合计,,,,360000.01,\n"), "ledger.csv 9 amount TOTAL_DIFFERS"},
		"a total that differs because a row is missing": {with(Ledger, replace(l, "HT01,,2024-10-10,repayment,30000.00,\n", "")+"合计,,,,360000,\n"),
			"ledger.csv 8 amount TOTAL_DIFFERS"},
		"a total that is no amount":          {with(Ledger, l+"合计,,,,三十六万,\n"), "ledger.csv 9 amount TOTAL_DIFFERS"},
		"an unknown contract":                {with(Ledger, l+"HT99,,2024-05-01,drawdown,1,\n"), "ledger.csv 9 contract_no CONTRACT_UNKNOWN"},
		"an unknown contract in front":       {with(Ledger, replace(l, "HT01,,2024-03-15", "HT00,,2024-05-01,drawdown,1,\nHT01,,2024-03-15")), "ledger.csv 2 contract_no CONTRACT_UNKNOWN"},
		"a contract twice":                   {with(Contracts, c+"HT02,JT02,,,周岚,东支行,共富助学贷,education,3.85,settled,2024-01-10,2025-01-09,50000.01,0.00,1\n"), "contracts.csv 5 contract_no CONTRACT_TWICE"},
		"dates reversed":                     {with(Contracts, replace(c, "2024-05-01,2026-05-01", "2026-05-01,2024-05-01")), "contracts.csv 4 end DATES_REVERSED"},
		"a day that does not exist":          {with(Ledger, replace(l, "2024-06-01", "2024-02-30")), "ledger.csv 3 date DATE_BAD"},
		"no year in a date":                  {with(Ledger, replace(l, "2024-06-01", "6月1日")), "ledger.csv 3 date DATE_BAD"},
		"a negative amount":                  {with(Ledger, replace(l, "30000.00", "-30000.00")), "ledger.csv 4 amount AMOUNT_NOT_POSITIVE"},
		"an amount of nothing":               {with(Ledger, replace(l, "30000.00", "0")), "ledger.csv 4 amount AMOUNT_NOT_POSITIVE"},
		"a repayment without an amount":      {with(Ledger, replace(l, "30000.00", "")), "ledger.csv 4 amount CELL_EMPTY"},
		"an extension without a new end":     {with(Ledger, replace(l, "2027-05-01", "")), "ledger.csv 8 new_end CELL_EMPTY"},
		"more than two decimals":             {with(Ledger, replace(l, "30000.00", "30000.005")), "ledger.csv 4 amount MONEY_DECIMALS"},
		"an unknown kind":                    {with(Ledger, replace(l, "repayment,30000", "冲正,30000")), "ledger.csv 4 kind LEDGER_KIND"},
		"an empty rate":                      {with(Contracts, replace(c, "3.85", "")), "contracts.csv 3 annual_rate CELL_EMPTY"},
		"a rate above 36%":                   {with(Contracts, replace(c, "3.85", "37")), "contracts.csv 3 annual_rate RATE_OUT_OF_RANGE"},
		"a rate that is a word":              {with(Contracts, replace(c, "3.85", "议定")), "contracts.csv 3 annual_rate RATE_BAD"},
		"yes or no":                          {with(Contracts, replace(c, ",0.00,1", ",0.00,maybe")), "contracts.csv 3 other_subsidy YES_NO_BAD"},
		"a field too many":                   {with(Ledger, replace(l, "30000.00,", "30,000.00,")), "ledger.csv 4 new_end DATE_BAD"},
		"a row cut short":                    {with(Ledger, replace(l, "HT01,,2024-10-10,repayment,30000.00,", "HT01,,2024-10-10")), "ledger.csv 4 ROW_FIELDS"},
		"no contract number":                 {with(Ledger, replace(l, "HT01,,2024-10-10", ",,2024-10-10")), "ledger.csv 4 contract_no CELL_EMPTY"},
		"a broken character":                 {with(Contracts, replace(c, "周岚", "周\xb2岚")), "contracts.csv 3 name TEXT_UNREADABLE"},
		"a character already lost":           {with(Contracts, replace(c, "周岚", "周�")), "contracts.csv 3 name TEXT_UNREADABLE"},
		"a wrong check character":            {with(Contracts, replace(c, "HT02,JT02,,,", "HT02,JT02,居民身份证,990783198502038760,")), "contracts.csv 3 id_no ID_CHECK"},
		"a note that ends before it starts":  {with(Notes, replace(small()[Notes], "2025-01-09", "2023-01-09")), "notes.csv 2 end DATES_REVERSED"},
		"a cover that runs backwards":        {with(Fees, replace(small()[Fees], "2025-04-30", "2023-04-30")), "fees.csv 2 cover_to DATES_REVERSED"},
		"a refund above the fee":             {with(Fees, replace(small()[Fees], "800.00,0", "800.00,801")), "fees.csv 2 refund AMOUNT_NEGATIVE"},
		"a column that is needed":            {with(Ledger, replace(l, "date", "day")), "ledger.csv 1 FILE_OTHER_FORM"},
		"two columns of one meaning":         {with(Ledger, addColumn(l, "金额", "1")), "ledger.csv 1 金额 COLUMN_TWICE"},
		"another kind of file":               {with(Ledger, small()[Fees]), "ledger.csv 1 FILE_OTHER_FORM"},
		"an empty file":                      {with(Ledger, ""), "ledger.csv FILE_EMPTY"},
		"a file of spaces":                   {with(Ledger, "\ufeff \r\n\r\n"), "ledger.csv FILE_EMPTY"},
		"a web page named xls":               {with(Ledger, "\ufeff<html><table><tr><td>合同号</td></tr></table></html>"), "ledger.csv FILE_FORMAT"},
		"a table of a web page":              {with(Ledger, "<TABLE><tr>"), "ledger.csv FILE_FORMAT"},
		"an old workbook":                    {with(Ledger, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and so on"), "ledger.csv XLSX_OLD"},
		"a PDF":                              {with(Ledger, "%PDF-1.7\n"), "ledger.csv FILE_NO_TABLE"},
		"a thing that looks like a workbook": {with(Ledger, "PK\x03\x04 and nothing more"), "ledger.csv XLSX_BROKEN"},
		"a quote that nobody closes":         {with(Ledger, replace(l, "HT01,,2024-10-10", "\"HT01,,2024-10-10")), "ledger.csv 4 contract_no QUOTE_BAD\nledger.csv 4 contract_no CONTRACT_UNKNOWN"},
	} {
		t.Run(name, func(t *testing.T) {
			got := readSet(t, p, x.set, Options{})
			if says(got.faults.Refusals()) != x.want {
				t.Errorf("got\n%s\nwant\n%s", says(got.faults.Refusals()), x.want)
			}
			for _, f := range got.faults {
				for _, lang := range []fault.Lang{fault.Zh, fault.En} {
					if strings.Contains(f.Text(lang), "{") {
						t.Errorf("a sentence with a gap: %s", f.Text(lang))
					}
				}
			}
		})
	}
}

func TestWhatLooksOddIsWarnedOfAndRead(t *testing.T) {
	p, want := profile(t), readSet(t, profile(t), small(), Options{})
	l, c := small()[Ledger], small()[Contracts]
	for name, x := range map[string]struct {
		set  files
		want string
	}{
		"a rate as a fraction":      {with(Contracts, replace(c, "3.85", "0.0385")), "contracts.csv 3 annual_rate RATE_UNUSUAL"},
		"a rate in basis points":    {with(Contracts, replace(c, "3.85", "385")), "contracts.csv 3 annual_rate RATE_UNUSUAL"},
		"a year of two digits":      {with(Ledger, replace(l, "2024-10-10", "24-10-10")), "ledger.csv 4 date YEAR_TWO_DIGITS"},
		"a column that is not ours": {with(Ledger, addColumn(l, "柜员号", "8001")), "ledger.csv 1 COLUMN_UNKNOWN"},
	} {
		t.Run(name, func(t *testing.T) {
			got := readSet(t, p, x.set, Options{})
			if says(got.faults) != x.want {
				t.Errorf("got %s, want %s", says(got.faults), x.want)
			}
			expectSame(t, got, want)
		})
	}
}

func TestAllFaultsOfAllFilesAreSaidAtOnce(t *testing.T) {
	set := small()
	set[Contracts] = replace(set[Contracts], "2024-05-01,2026-05-01", "2026-05-01,2024-05-01", "3.85", "x")
	set[Ledger] = replace(set[Ledger], "50000.00,\nHT01", "abc,\nHT01", "2024-10-10,repayment", "2024-13-10,refund") + "HT77,,2024-05-01,drawdown,1,\n"
	set[Notes] = replace(set[Notes], "2024-01-10", "")
	set[Fees] = replace(set[Fees], "HT03", "HT30")
	want := `contracts.csv 3 annual_rate RATE_BAD
contracts.csv 4 end DATES_REVERSED
fees.csv 2 contract_no CONTRACT_UNKNOWN
ledger.csv 3 amount MONEY_BAD
ledger.csv 4 date DATE_BAD
ledger.csv 4 kind LEDGER_KIND
ledger.csv 9 contract_no CONTRACT_UNKNOWN
notes.csv 2 start CELL_EMPTY`
	got := readSet(t, profile(t), set, Options{})
	if says(got.faults) != want {
		t.Errorf("got\n%s\nwant\n%s", says(got.faults), want)
	}
	for kind, text := range set {
		set[kind] = workbook(t, rows(text))
	}
	got = readSet(t, profile(t), set, Options{})
	if sheets := strings.ReplaceAll(want, ".csv", ".csv 表一"); says(got.faults) != sheets {
		t.Errorf("workbooks: got\n%s\nwant\n%s", says(got.faults), sheets)
	}
}
