package claim

import (
	"strings"
	"testing"

	"ganlan/form"
	"ganlan/subsidy"
)

func TestANoticeShowsNamesAsItsSchemeSays(t *testing.T) {
	for name, want := range map[string]string{"林溪": "林*", "周小岚": "周**", "欧阳修": "欧阳*", "欧阳": "欧*", "迪丽热巴·买买提": "迪丽热巴·***", "𠮷田": "𠮷*", "": ""} {
		if got := ShownName(name, FamilyName); got != want {
			t.Errorf("%q is shown as %q, want %q", name, got, want)
		}
		if ShownName(name, WholeName) != name {
			t.Errorf("%q is not shown whole", name)
		}
	}
}

func TestANoticeKnowsNoFieldOfAPersonsNumbers(t *testing.T) {
	for _, field := range []string{"id_no", "account", "phone", "household_no", "contract_no", "village", "address"} {
		d, faults := form.Load("n.yaml", []byte("form: n\ntitle: 公示\nlayout: table\ncolumns:\n  - {title: x, field: "+field+", kind: text}\n"))
		if faults.Err() != nil {
			t.Fatal(faults)
		}
		if faults = d.Check(NoticeFields()); len(faults) != 1 || faults[0].Code() != "FORM_FIELD" {
			t.Errorf("%s is allowed on a notice: %v (G3)", field, faults)
		}
	}
}

func TestANoticeStopsAtTheTownship(t *testing.T) {
	rows := example()
	rows[0].Facts.Contract.Region, rows[0].Facts.Contract.Name = "990783006012", "林溪"
	rows[1].Facts.Contract.Region, rows[1].Facts.Contract.Name = "990783", "周岚"
	d, faults := form.Load("n.yaml", []byte("form: n\ntitle: 公示\nlayout: table\ncolumns:\n  - {title: 序号, field: seq, kind: int}\n  - {title: 姓名, field: name, kind: text}\n  - {title: 乡镇, field: town, kind: text}\n  - {title: 金额, field: amount, kind: money}\n"))
	if faults.Err() != nil || d.Check(NoticeFields()).Err() != nil {
		t.Fatal(faults)
	}
	n := Notice{Rows: append(rows, &subsidy.Row{Facts: rows[0].Facts}), Names: FamilyName, Town: func(code string) string { return map[string]string{"990783006": "石桥镇"}[code] }}
	all := n.Fill(d)
	if all.Count != 2 {
		t.Fatalf("%d rows, want the 2 that are paid", all.Count)
	}
	var got []string
	for dst := make([]form.Cell, 4); all.Next(dst); {
		got = append(got, strings.Join([]string{dst[0].String(), dst[1].String(), dst[2].String(), dst[3].String()}, "|"))
	}
	if got[0] != "1|林*|石桥镇|1,870.50" || got[1] != "2|周*||1,000.00" {
		t.Errorf("%q", got)
	}
}
