package bankfile

import (
	"bytes"
	"strings"
	"testing"
)

func TestFilesArePutTogetherByTheNamesOfTheirColumns(t *testing.T) {
	p := profile(t)
	first, _ := open(p, Ledger, "流水\n合同号,日期,类型,金额\nA,2024-03-15,放款,1\n\n制表人：甲\n", Options{})
	second, _ := open(p, Ledger, "交易日期;金额;柜员;类型;合同号;错误原因\n2024-04-15;2;八;还款;B;看\n", Options{})
	both, faults := PutTogether([]*File{first, second})
	if len(faults) > 0 || both.Rows() != 2 {
		t.Fatal(faults, both.Rows())
	}
	var b bytes.Buffer
	if err := both.WriteText(&b); err != nil {
		t.Fatal(err)
	}
	want := "流水\n合同号,日期,类型,金额,柜员\nA,2024-03-15,放款,1,\nB,2024-04-15,还款,2,八\n"
	if b.String() != want {
		t.Errorf("got\n%s\nwant\n%s", &b, want)
	}
}

func TestFilesWithTotalsOrOtherUnitsAreNotPutTogether(t *testing.T) {
	p := profile(t)
	plain, _ := open(p, Ledger, "合同号,日期,类型,金额\nA,2024-03-15,放款,1\n", Options{})
	for code, text := range map[string]string{
		"JOIN_TOTAL": "合同号,日期,类型,金额\nA,2024-03-15,放款,1\n合计,,,1\n",
		"JOIN_UNIT":  "合同号,日期,类型,金额（万元）\nA,2024-03-15,放款,1\n",
	} {
		other, _ := open(p, Ledger, text, Options{})
		if _, faults := PutTogether([]*File{plain, other}); len(faults) != 1 || faults[0].Code() != code {
			t.Errorf("%s: %v", code, faults)
		}
	}
}

func TestInFeesTheDayOfPaymentIsNoAmount(t *testing.T) {
	f, faults := open(profile(t), Fees, strings.Replace(small()[Fees], "\n", "\n", 1), Options{})
	if f == nil {
		t.Fatal(faults)
	}
	m, err := f.Tally()
	if err != nil || m.Unreadable != 0 || m.Rows == 0 || len(m.Fen) == 0 {
		t.Errorf("%+v %v", m, err)
	}
}
