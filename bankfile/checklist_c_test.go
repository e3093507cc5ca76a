package bankfile

import (
	"encoding/csv"
	"os"
	"strings"
	"testing"

	"ganlan/fault"
	"ganlan/ident"
)

// Every example number goes through a file of its kind: contracts for people and bodies, the account column for cards.
func TestC1EveryExampleNumberComesOutOfAFileAsExpected(t *testing.T) {
	file, err := os.Open("../ident/testdata/numbers.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	p := profile(t)
	for _, r := range rows[1:] {
		kind, value, want, normal := r[0], r[1], r[2], r[3]
		change := "证件类型=" + kind + ";证件号码=" + value
		if kind == "bank_card" || kind == "bank_account" {
			change = "账号=" + value
		}
		got := readSet(t, p, files{Contracts: lay(rowsWith(change), ",", "\n"), Ledger: "contract_no,date,kind,amount\nHT01,2024-01-18,drawdown,10000\n"}, Options{})
		refused, told := got.faults.Err() != nil, len(got.faults.Warnings()) > 0
		expect := map[string][2]bool{"valid": {false, false}, "valid_after_normalise": {false, false}, "invalid": {true, false}, "warn": {false, true},
			"legacy": {false, true}, "legacy_convertible": {false, true}, "missing": {false, false}}[want]
		if kind == "bank_card" && strings.HasSuffix(value, "6") { // a column of accounts holds passbooks too: told, not refused (C7)
			expect = [2]bool{false, true}
		}
		if value == "无" {
			expect = [2]bool{true, false} // written out, where an empty cell would do
		}
		if refused != expect[0] || told != expect[1] {
			t.Errorf("%s %q: %s, want %s", kind, value, says(got.faults), want)
		}
		if normal != "" && !refused && !strings.Contains(strings.Join(got.records, ""), ":"+normal+" ") {
			t.Errorf("%s %q: no %s in %s", kind, value, normal, got.records)
		}
	}
}

func TestC2NumbersThatANumberCellSpoiltAreExplained(t *testing.T) {
	for value, code := range map[string]string{"3.30127199001011E+17": "ID_DIGITS_LOST", "331127199001019000": "ID_ZEROS_FOR_DIGITS", "331127196001069000": "ID_TAIL_ZERO"} {
		expect(t, contracts(t, "证件类型=居民身份证;证件号码="+value), "2 证件号码 "+code, "")
	}
	for value, code := range map[string]string{"6.205500000000E+18": "ID_DIGITS_LOST", "6205500000000010000": "ID_TAIL_ZERO"} {
		expect(t, contracts(t, "账号="+value), "2 账号 "+code, "")
	}
	got := contracts(t, "证件类型=居民身份证;证件号码=3.30127199001011E+17")
	if text := got.faults[0].Text(fault.Zh); !strings.Contains(text, "数值格式") || !strings.Contains(text, "设为文本后重新导出") {
		t.Errorf("the sentence: %s", text)
	}
}

func TestC3OnePersonWithTwoNamesOrNumbersIsToldWithBothRows(t *testing.T) {
	const a, b = "证件类型=居民身份证;证件号码=990783198502038717", "证件类型=居民身份证;证件号码=990783198502038725"
	for _, x := range []struct{ one, two, want, row string }{
		{a + ";姓名=王芳", a + ";姓名=王方", "3 姓名 ID_TWO_NAMES", "2"},
		{a + ";姓名=王芳;家庭编号=JT1", b + ";姓名=王 芳;家庭编号=JT1", "3 证件号码 NAME_TWO_IDS", "2"},
		{a + ";姓名=王芳", b + ";姓名=王芳", "3 证件号码 NAME_TWO_IDS", "2"},
		{a + ";姓名=王芳;家庭编号=JT1", b + ";姓名=王芳;家庭编号=JT2", "", ""}, // namesakes in two households
		{a + ";姓名=王芳", "姓名=王芳", "", ""},
	} {
		got := contracts(t, x.one, x.two)
		expect(t, got, x.want, "")
		if len(got.faults) == 1 && got.faults[0].With["row"] != x.row || len(got.records) != 2 {
			t.Errorf("%s: see row %v, %d records", x.want, got.faults[0].With, len(got.records))
		}
	}
	expect(t, contracts(t, a+";性别=男;出生日期=1985-02-03"), "", "") // the 17th digit is odd
	expect(t, contracts(t, a+";性别=女"), "2 性别 SEX_DIFFERS", "")
	expect(t, contracts(t, b+";性别=2;出生日期=1985-02-04"), "2 出生日期 BIRTH_DIFFERS", "")
	expect(t, contracts(t, a+";性别=不明白"), "2 性别 SEX_UNKNOWN", "")
}

func TestC4AnOldNumberOfFifteenDigitsIsConvertedAndTold(t *testing.T) {
	expect(t, contracts(t, "证件类型=身份证;证件号码=331127900101991"), "2 证件号码 ID_FIFTEEN", "IDNo:331127199001019912 ")
}

func TestC6AMaskedNumberCannotBeMatched(t *testing.T) {
	for _, masked := range []string{"331127********9912", "331127＊＊＊＊＊＊＊＊9912", "331127XXXXXXXX9912"} {
		expect(t, contracts(t, "证件类型=身份证;证件号码="+masked), "2 证件号码 ID_MASKED", "")
	}
}

func TestC7CardsAndPassbooks(t *testing.T) {
	expect(t, contracts(t, "账号=6200 0000 0000 0005"), "", "Account:6200000000000005 ")
	expect(t, contracts(t, "账号=201000123456780"), "2 账号 ACCOUNT_NOT_CARD", "Account:201000123456780 ")
	expect(t, contracts(t, "账号=6.205500000000E+18"), "2 账号 ID_DIGITS_LOST", "")
	expect(t, contracts(t, "账号=6200000000000005;姓名=王芳", "账号=6200 0000 0000 0005;姓名=李岚"), "3 账号 ACCOUNT_TWO_NAMES", "")
	expect(t, contracts(t, "账号=6200000000000005;姓名=王芳", "账号=6200000000000005;姓名=王 芳"), "", "")
}

func TestC8BracketsOfABodyAndTheCaseOfItsCodeDoNotCount(t *testing.T) {
	const code = "证件类型=统一社会信用代码;证件号码="
	expect(t, contracts(t, code+"93331127ma9y00231d;姓名=虚构农业公司（浙江）", code+"93331127MA9Y00231D;姓名=虚构农业公司(浙江)"), "", "IDNo:93331127MA9Y00231D ")
	expect(t, contracts(t, code+"93331127MA9Y00231D;姓名=虚构农业公司（浙江）", code+"93331127MA9Y00231D;姓名=虚构农业公司（江西）"), "3 姓名 ID_TWO_NAMES", "")
	expect(t, contracts(t, "证件号码=93331127ma9y00231d"), "", "IDNo:93331127MA9Y00231D ") // without a type
}

func TestANumberThatIsReadIsReadAgainAsItself(t *testing.T) {
	for _, kind := range ident.Kinds() {
		for _, s := range []string{"331127 19900101 9912", "93331127-ma9y00231d", "6200 0000 0000 0005", "e 1234 5678"} {
			if r := ident.Read(kind, s); r.Text != "" {
				if again := ident.Read(kind, r.Text); again.Text != r.Text {
					t.Errorf("%s %q: %q, then %q", kind, s, r.Text, again.Text)
				}
			}
		}
	}
}
