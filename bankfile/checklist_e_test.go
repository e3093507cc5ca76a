package bankfile

import (
	"strings"
	"testing"
)

func TestE1ANoteOrContractThatStandsTwiceIsRefusedTheSecondTime(t *testing.T) {
	p := profile(t)
	got := readSet(t, p, with(Notes, small()[Notes]+"HT02,N1,2024-01-10,2025-01-09,50001\n"), Options{})
	if says(got.faults) != "notes.csv 3 note_no NOTE_TWICE" || got.faults[0].With["row"] != "2" {
		t.Errorf("%s", says(got.faults))
	}
	got = contracts(t, "合同金额=10000", "合同金额=20000;合同号=HT01")
	if says(got.faults) != "contracts.csv 3 合同号 CONTRACT_TWICE\nledger.csv 3 contract_no CONTRACT_UNKNOWN" || got.faults[0].With["row"] != "2" {
		t.Errorf("%s", says(got.faults))
	}
}

func TestE2SeveralNotesOfOneContractAreSeparateLoans(t *testing.T) {
	set := with(Notes, small()[Notes]+"HT02,N2,2024-02-10,2025-02-09,10000\n")
	got := readSet(t, profile(t), set, Options{})
	if len(got.faults) > 0 || !strings.Contains(got.records[1], "No:N1 ") || !strings.Contains(got.records[1], "No:N2 ") {
		t.Errorf("%s %s", says(got.faults), got.records[1])
	}
}

func TestE4AWholeRowRepeatedInOtherSpacingIsOneRow(t *testing.T) {
	p, want := profile(t), readSet(t, profile(t), small(), Options{})
	c := small()[Contracts]
	for kind, text := range map[Kind]string{
		Contracts: c + "HT02 ,JT02,,, 周 岚,东支行,共富助学贷,教育,3.85%,结清,2024/1/10,20250109,\"50,000\",0,是\n",
		Notes:     small()[Notes] + " HT02,N1 ,2024.1.10,2025年1月9日,5万\n",
		Fees:      small()[Fees] + "HT03, G1,800,0.00,20240501,2024/5/1,2025-04-30\n",
	} {
		got := readSet(t, p, with(kind, text), Options{})
		if len(got.faults) != 1 || got.faults[0].Code() != "ROW_REPEATED" {
			t.Errorf("%s: %s", kind, says(got.faults))
		}
		expectSame(t, got, want)
	}
	list, faults := readList(t, "household_no,valid_from,valid_to\nJT01,2024-01-01,\n JT01,2024/1/1,\n")
	if says(faults) != "list.csv 3 household_no LIST_REPEATED" || len(list.Spans("JT01", nil)) != 1 {
		t.Errorf("%s", says(faults))
	}
}

func TestE4TwoEqualLinesOfTheLedgerMayBeTwoEventsAndAreTold(t *testing.T) {
	got := readSet(t, profile(t), with(Ledger, replace(small()[Ledger], "HT01,,2024-10-10", "HT01,,2024-06-01,drawdown,50000.00,\nHT01,,2024-10-10")), Options{})
	if says(got.faults) != "ledger.csv 4 amount LINE_REPEATED" || strings.Count(got.records[0], "Date:2024-06-01") != 2 {
		t.Errorf("%s %s", says(got.faults), got.records[0])
	}
}

func TestE5TotalsPartsAndCountsMustEqualTheRows(t *testing.T) {
	p, want := profile(t), readSet(t, profile(t), small(), Options{})
	l := small()[Ledger]
	parts := replace(l, "HT02,N1,2024-01-10", "小计,,,,180000,\nHT02,N1,2024-01-10", "HT03,,2024-05-01", "小计,,,,100000,\nHT03,,2024-05-01") + "小计,,,,80000,\n"
	for name, x := range map[string]struct{ text, want string }{
		"a part for each township":            {parts + "合计,,,,360000,\n", ""},
		"parts alone":                         {parts, ""},
		"parts that run on":                   {replace(parts, "小计,,,,100000,", "小计,,,,280000,", "小计,,,,80000,", "小计,,,,360000,"), ""},
		"a count":                             {l + "合计（7笔）,,,,360000,\n", ""},
		"a count in a cell of its own":        {l + "合计,7笔,,,360000,\n", ""},
		"a count in a row of its own":         {l + "共7条记录,,,,,\n", ""},
		"a count beside its name":             {l + "总笔数,7,,,,\n", ""},
		"a part that differs":                 {replace(parts, "小计,,,,100000,", "小计,,,,99999,") + "合计,,,,360000,\n", "ledger.csv 8 amount TOTAL_DIFFERS"},
		"two parts that differ by as much":    {replace(parts, "小计,,,,100000,", "小计,,,,90000,", "小计,,,,180000,", "小计,,,,190000,") + "合计,,,,360000,\n", "ledger.csv 5 amount TOTAL_DIFFERS\nledger.csv 8 amount TOTAL_DIFFERS"},
		"a whole that differs from its parts": {parts + "合计,,,,360001,\n", "ledger.csv 12 amount TOTAL_DIFFERS"},
		"a count that differs":                {l + "合计,8笔,,,360000,\n", "ledger.csv 9 ROWS_DIFFER"},
		"a count of its own that differs":     {l + "共6条记录,,,,,\n", "ledger.csv 9 ROWS_DIFFER"},
	} {
		t.Run(name, func(t *testing.T) {
			for how, text := range map[string]string{"in order": x.text, "a workbook": workbook(t, rows(x.text))} {
				got := readSet(t, p, with(Ledger, text), Options{})
				if said := strings.ReplaceAll(says(got.faults), " 表一", ""); said != x.want {
					t.Errorf("%s: said %q, want %q", how, said, x.want)
				} else if x.want == "" {
					expectSame(t, got, want)
				}
			}
		})
	}
}
