package ident

import (
	"encoding/csv"
	"os"
	"strings"
	"testing"

	"ganlan/fault"
)

// numbers are the rows of testdata/numbers.csv: published examples and constructed numbers, with what must come out.
func numbers(t testing.TB) [][]string {
	t.Helper()
	f, err := os.Open("testdata/numbers.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows[1:]
}

func TestEveryExampleNumberComesOutAsExpected(t *testing.T) {
	for _, row := range numbers(t) {
		kind, err := ParseKind(row[0])
		if err != nil {
			t.Fatal(err)
		}
		value, want, normal := row[1], row[2], row[3]
		if want == "missing" || want == "invalid" {
			normal = ""
		}
		if want == "legacy" {
			normal = value
		}
		r := Read(kind, value)
		if r.Verdict.String() != want || r.Text != normal {
			t.Errorf("Read(%s, %q) = %s %q, want %s %q (%s)", row[0], value, r.Verdict, r.Text, want, normal, row[4])
		}
		if got := Check(kind, value); got != r.Verdict {
			t.Errorf("Check(%s, %q) = %s, Read says %s", row[0], value, got, r.Verdict)
		}
		if silent := want == "valid" || want == "valid_after_normalise"; silent != (r.Fault(fault.Place{}) == nil) {
			t.Errorf("%q: %s with fault %v", value, want, r.Fault(fault.Place{}))
		}
	}
}

func TestWhyANumberIsRefusedOrNoticed(t *testing.T) {
	for _, c := range []struct {
		kind  Kind
		value string
		want  *fault.Def
	}{
		{CitizenID, "331127********9912", FaultMasked},
		{CitizenID, "331127＊＊＊＊＊＊＊＊9912", FaultMasked},
		{CitizenID, "331127XXXXXXXX9912", FaultMasked},
		{CitizenID, "331127××××××××9912", FaultMasked},
		{BankCard, "6200********0005", FaultMasked},
		{CitizenID, "3.31127199001019E+17", FaultScientific},
		{CitizenID, "3.31127199001019e17", FaultScientific},
		{CreditCode, "3.31127E+14", FaultScientific},
		{BankCard, "6.205500000000E+18", FaultScientific},
		{CitizenID, "——", FaultMissing},
		{CitizenID, "3311271990010199O2", FaultLetter},
		{CitizenID, "33ll27l99OOlOl99l2", FaultLetter},
		{CitizenID, "3311271990010199A2", FaultCharacter},
		{CitizenID, "331127199001019\xff12", FaultLength},
		{CitizenID, "331127199001019913", FaultCheck},
		{CitizenID, "331127199002309911", FaultBirth},
		{CitizenID, "331127209912319912", FaultBirth},
		{CitizenID, "00000019900101991X", FaultNoArea},
		{CitizenID, "331199199001019914", FaultArea},
		{CitizenID, "331127196001069000", FaultTail},
		{CitizenID, "331127900101991", FaultFifteen},
		{CitizenID, "810000198808089915", FaultOtherKind},
		{Residence, "331127199001019912", FaultOtherKind},
		{Permanent, "331127199001019912", FaultOtherKind},
		{Permanent, "USA310078010112", FaultOldPermanent},
		{Residence, "33112719900101991", FaultLength},
		{CitizenID, "99078319900101002X", FaultCheck},
		{CreditCode, "00331127MA9Y002310", FaultCreditPrefix},
		{CreditCode, "54331127MF9Y01013Q", FaultCreditBody},
		{CreditCode, "93331127MA9Y00232G", FaultCreditInner},
		{CreditCode, "9333A127MA9Y00231W", FaultCreditArea},
		{CreditCode, "331127000012345", FaultOldCredit},
		{BankCard, "201000123456780", FaultCardCheck},
		{Account, "201000123456780", FaultNotCard},
		{Account, "201A00123456780", FaultAccountForm},
		{Passport, "E-1234 5678", nil},
		{Passport, "PASSPORT", FaultPassport},
		{NoKind, "331127199001019912", FaultKind},
	} {
		if got := Read(c.kind, c.value).Why; got != c.want {
			t.Errorf("%s %q: %s, want %s", c.kind.Name(), c.value, code(got), code(c.want))
		}
	}
}

func code(d *fault.Def) string {
	if d == nil {
		return "nothing"
	}
	return d.Code
}

func TestNumbersOfTheTestRangePassWithoutANotice(t *testing.T) {
	for _, kind := range []Kind{CitizenID, Residence, Permanent} {
		if r := Read(kind, "990000199001019919"); r.Verdict != Valid {
			t.Errorf("%s: %s (%s)", kind.Name(), r.Verdict, code(r.Why))
		}
	}
}

func TestAFaultNeverShowsTheWholeNumber(t *testing.T) {
	for _, row := range numbers(t) {
		kind, _ := ParseKind(row[0])
		f := Read(kind, row[1]).Fault(fault.Place{Row: 3})
		if f == nil || len(row[1]) < 10 {
			continue
		}
		for _, l := range []fault.Lang{fault.Zh, fault.En} {
			if text := f.Text(l); strings.Contains(text, row[1]) || strings.Contains(text, "{") {
				t.Errorf("%s", text)
			}
		}
	}
}

func TestIdTypesAreReadAsFilesWriteThem(t *testing.T) {
	for name, want := range map[string]Kind{
		"居民身份证": CitizenID, "身份证": CitizenID, " 居民 身份证 ": CitizenID, "resident_id": CitizenID, "Resident_ID": CitizenID,
		"港澳台居民居住证": Residence, "外国人永久居留身份证": Permanent, "统一社会信用代码": CreditCode, "USCC": CreditCode,
		"护照": Passport, "１１１": CitizenID, "bank_card": BankCard, "存折": Account,
	} {
		if got, err := ParseKind(name); got != want || err != nil {
			t.Errorf("ParseKind(%q) = %s, %v, want %s", name, got, err, want)
		}
	}
	for _, name := range []string{"", "驾驶证", "身份"} {
		if k, err := ParseKind(name); err == nil {
			t.Errorf("ParseKind(%q) = %s, want a fault", name, k)
		}
	}
	for _, k := range Kinds() {
		if got, err := ParseKind(k.String()); got != k || err != nil {
			t.Errorf("the code %s does not come back: %s, %v", k, got, err)
		}
	}
}

func TestACitizenNumberTellsBirthSexAndPlace(t *testing.T) {
	c, err := ParseCitizen("331127-19850715-9926")
	if err != nil {
		t.Fatal(err)
	}
	y, m, d := c.Birth()
	if c != "331127198507159926" || y != 1985 || m != 7 || d != 15 || !c.Female() || c.Area() != "331127" || c.Kind() != CitizenID {
		t.Errorf("%s: born %d-%d-%d, female %t, area %s, %s", c, y, m, d, c.Female(), c.Area(), c.Kind())
	}
	if old, err := ParseCitizen("331127900101991"); err != nil || old != "331127199001019912" || old.Female() {
		t.Errorf("old number: %s, %v", old, err)
	}
	if hk, err := ParseCitizen("810000198808089915"); err != nil || hk.Kind() != Residence {
		t.Errorf("residence permit: %s, %v", hk, err)
	}
	for _, s := range []string{"", "331127199001019913", "USA310078010112"} {
		if c, err := ParseCitizen(s); err == nil {
			t.Errorf("ParseCitizen(%q) = %s, want a fault", s, c)
		}
	}
}

func TestACreditCodeTellsItsOfficeAndOrganisation(t *testing.T) {
	c, err := ParseCredit("93331127-ma9y00231d")
	if err != nil || c.Area() != "331127" || c.Organisation() != "MA9Y00231" || c.Mask() != "933311********231D" {
		t.Errorf("%s, %v: area %s, organisation %s, mask %s", c, err, c.Area(), c.Organisation(), c.Mask())
	}
	if c, err := ParseCredit("331127000012345"); err == nil {
		t.Errorf("an old registration number became the credit code %s", c)
	}
}

func TestMask(t *testing.T) {
	for s, want := range map[string]string{
		"331127199001019912": "331127********9912", "6200000000000005": "620000******0005", "E12345678": "E1*****78",
		"1234567": "*******", "": "",
	} {
		if got := Mask(s); got != want {
			t.Errorf("Mask(%q) = %s, want %s", s, got, want)
		}
	}
}

func TestEverySingleWrongDigitAndSwapOfNeighboursIsCaught(t *testing.T) {
	for kind, s := range map[Kind]string{CitizenID: "331127199001019912", CreditCode: "93331127MA9Y00231D"} {
		for i := range s {
			for c := byte('0'); c <= '9'; c++ {
				if b := []byte(s); b[i] != c {
					b[i] = c
					if v := Check(kind, string(b)); v != Invalid {
						t.Errorf("%s: %s", b, v)
					}
				}
			}
			if i > 0 && s[i] != s[i-1] {
				b := []byte(s)
				b[i], b[i-1] = b[i-1], b[i]
				if v := Check(kind, string(b)); v != Invalid {
					t.Errorf("%s: %s", b, v)
				}
			}
		}
	}
}

func TestACleanNumberIsCheckedWithoutAllocation(t *testing.T) {
	for kind, s := range clean9 {
		if n := testing.AllocsPerRun(100, func() { Check(kind, s) }); n != 0 {
			t.Errorf("%s: %v allocations", kind, n)
		}
	}
}

var clean9 = map[Kind]string{CitizenID: "331127199001019912", CreditCode: "93331127MA9Y00231D", BankCard: "6205500000000000004"}

func FuzzRead(f *testing.F) {
	for _, row := range numbers(f) {
		f.Add(row[1])
	}
	f.Fuzz(func(t *testing.T, s string) {
		if again := clean(clean(s)); again != clean(s) {
			t.Errorf("clean(%q) = %q, then %q", s, clean(s), again)
		}
		for _, kind := range Kinds() {
			r := Read(kind, s)
			if Check(kind, s) != r.Verdict {
				t.Errorf("%s %q: Check and Read differ", kind, s)
			}
			if r.Verdict.Accepted() != (r.Text != "") {
				t.Errorf("%s %q: %s with text %q", kind, s, r.Verdict, r.Text)
			}
			if r.Verdict == LegacyConvertible || r.Text == "" {
				continue
			}
			if again := Read(kind, r.Text); again.Text != r.Text || again.Why != r.Why {
				t.Errorf("%s %q read again: %q (%s), want %q (%s)", kind, s, again.Text, code(again.Why), r.Text, code(r.Why))
			}
		}
		if c, err := ParseCitizen(s); err == nil {
			if y, m, d := c.Birth(); !born(y, m, d) {
				t.Errorf("%s was born on %d-%d-%d", c, y, m, d)
			}
		}
	})
}

func BenchmarkCheck(b *testing.B) {
	for kind, s := range clean9 {
		b.Run(kind.String(), func(b *testing.B) {
			for b.Loop() {
				Check(kind, s)
			}
		})
	}
}
