package bankfile

import (
	"fmt"
	"strings"
	"testing"
)

// changes compares two texts of a kind and gives each change as a line, rows that are the same only counted.
func changes(t testing.TB, kind Kind, old, new string) (out []string, same int) {
	t.Helper()
	p := profile(t)
	a, faults := open(p, kind, old, Options{})
	b, more := open(p, kind, new, Options{})
	if a == nil || b == nil {
		t.Fatal(says(faults), says(more))
	}
	faults = Changes(a, b, func(c Change) {
		if c.What == Same {
			same++
			return
		}
		line := fmt.Sprintf("%s %s %d %d", c.What, c.Key, c.OldRow, c.NewRow)
		for _, f := range c.Fields {
			if c.What == Changed {
				line += fmt.Sprintf(" %s:%s>%s", f.Key, f.Old, f.New)
			}
		}
		out = append(out, line)
	})
	if err := faults.Err(); err != nil {
		t.Fatal(says(faults))
	}
	return out, same
}

func TestE1TheDifferenceToLastMonthsFileIsShownByValue(t *testing.T) {
	p, c := chinese(), small()
	for kind, text := range c { // another dress is no change
		if got, same := changes(t, kind, text, p[kind]); len(got) > 0 || same != len(rows(text))-1 {
			t.Errorf("%s: %q, %d the same", kind, got, same)
		}
	}
	got, same := changes(t, Contracts, c[Contracts], replace(p[Contracts], "120000元", "9万", "HT03", "HT04"))
	if strings.Join(got, "\n") != "changed HT01 2 2 balance:120000.00>90000.00\nremoved HT03 4 0\nadded HT04 0 4" || same != 1 {
		t.Errorf("%s", strings.Join(got, "\n"))
	}
	got, _ = changes(t, Notes, c[Notes]+"HT02,N2,2024-03-10,2025-01-09,10\n", replace(c[Notes], "50000", "49999"))
	if strings.Join(got, "\n") != "changed HT02 2 2 amount:50000.00>49999.00\nremoved HT02 3 0" {
		t.Errorf("%s", strings.Join(got, "\n"))
	}
	line := "HT01,,2024-06-01,drawdown,50000.00,\n"
	got, same = changes(t, Ledger, replace(c[Ledger], line, line+line), c[Ledger]) // one of two equal lines is gone
	if strings.Join(got, "\n") != "removed HT01 4 0" || same != 7 {
		t.Errorf("%s, %d", strings.Join(got, "\n"), same)
	}
}

// What is written from what was read is read as the same, for every kind of file and every column.
func TestEveryKindOfFileWrittenAfterReadingIsReadAsTheSame(t *testing.T) {
	texts := files{List: "household_no,valid_from,valid_to\nJT01,2023/11/1,2024年6月30日\nJT02,20240101,9999-12-31\n",
		History:   "household_no,scheme,year,paid\nJT01,,2024,\"1,200.50\"\nJT02,甲,2023,1万\n",
		Approvals: "household_no,money,reason\nJT01,叁仟伍佰元整,重病\n",
		Members:   membersHead + "JT01,张 三（户主）,,990783198502038717,1,19850203,青山,下坞\nJT01,老四,户主之妻,,女,-,,\n",
		Contracts: lay(rowsWith("合同利率=LPR+10BP;期限=1年;五级分类=次级;账号=6200 0000 0000 0005", "合同利率=3.0417‰;贷款余额=-;性别=男;出生日期=1985/2/3", "合同利率=基准利率上浮10%;合同金额=壹万元整;期限=366天"), ",", "\n")}
	for kind, text := range chinese() {
		if texts[kind] == "" {
			texts[kind] = text
		}
	}
	p := profile(t)
	for kind, text := range texts {
		f, faults := open(p, kind, text, Options{})
		if f == nil {
			t.Fatal(says(faults))
		}
		keys := schemas[kind].keys()
		written := [][]string{keys}
		s := f.texts()
		for x, ok := s.next(); ok; x, ok = s.next() {
			written = append(written, x.texts)
		}
		if got, same := changes(t, kind, text, lay(written, ",", "\n")); len(got) > 0 || same != len(rows(text))-1 {
			t.Errorf("%s: %q, %d the same of\n%s", kind, got, same, lay(written, ",", "\n"))
		}
	}
}

func TestE3PeopleWithContractsInTwoFilesAreShown(t *testing.T) {
	const a, b = "证件类型=身份证;证件号码=990783198502038717", "证件类型=身份证;证件号码=990783198502038725"
	p := profile(t)
	one, _ := open(p, Contracts, lay(rowsWith(a, b), ",", "\n"), Options{})
	two, _ := open(p, Contracts, replace(lay(rowsWith("", a), ",", "\n"), "HT0", "YH0", "990783198502038717", "990783 19850203 8717"), Options{})
	var got []SharedPerson
	faults := SharedPeople(one, two, func(x SharedPerson) { got = append(got, x) })
	if len(faults) > 0 || len(got) != 1 || got[0] != (SharedPerson{"990783********8717", "HT01", "YH02", 2, 3}) {
		t.Errorf("%+v %s", got, says(faults))
	}
}
