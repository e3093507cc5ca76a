package bankfile

import (
	"fmt"
	"strings"
	"testing"

	"ganlan/day"
	"ganlan/fault"
	"ganlan/household"
)

func readList(t testing.TB, text string) (*household.List, fault.List) {
	t.Helper()
	f, faults := open(profile(t), List, text, Options{})
	if f == nil {
		return nil, faults
	}
	return f.ReadList()
}

func TestANameListIsReadInAnyOrderAndDress(t *testing.T) {
	plain := "household_no,valid_from,valid_to\nJT01,2023-11-01,2024-06-30\nJT01,2025-01-01,\nJT02,2024-01-01,2024-12-31\n"
	for name, text := range map[string]string{
		"plain": plain, "GBK": gbk(t, "家庭编号,入库日期,出库日期\nJT01,2023/11/1,2024/6/30\nJT01,2025/1/1,\nJT02,2024/1/1,2024/12/31\n"),
		"UTF-16LE": utf16le(plain), "CR only": strings.ReplaceAll(plain, "\n", "\r"), "a workbook": workbook(t, rows(plain)),
		"out of order": "household_no,valid_from,valid_to\nJT02,2024-01-01,2024-12-31\nJT01,2025-01-01,\nJT01,2023-11-01,2024-06-30\n",
		"a line twice": plain + "JT01,2025-01-01,\n", "signatures": plain + "\n制表人：王某\n", "an end that means none": strings.Replace(plain, "2025-01-01,", "2025-01-01,9999-12-31", 1),
		"quotes over two lines":  strings.Replace(plain, "valid_to\n", "valid_to,note\n", 1) + "JT03,2024-01-01,,\"two\nlines\"\n",
		"a title over two lines": "家庭编号,\"入库\n日期\",出库日期\nJT01,2023/11/1,2024/6/30\nJT01,2025/1/1,\nJT02,2024/1/1,2024/12/31\n",
	} {
		t.Run(name, func(t *testing.T) {
			list, faults := readList(t, text)
			if faults.Err() != nil {
				t.Fatal(says(faults))
			}
			first, again := list.Spans("JT01", nil), list.Spans("JT02", nil)
			if len(first) != 2 || !first[1].Has(day.Of(2030, 1, 1)) || first[0] != day.Through(day.Of(2023, 11, 1), day.Of(2024, 6, 30)) ||
				len(again) != 1 || again[0] != day.Through(day.Of(2024, 1, 1), day.Of(2024, 12, 31)) {
				t.Errorf("%v %v", first, again)
			}
		})
	}
}

func TestANameListThatCannotBeIsRefusedWithItsRows(t *testing.T) {
	head := "household_no,valid_from,valid_to\n"
	for name, x := range map[string]struct{ text, want, see string }{
		"intervals that overlap":               {head + "JT01,2024-01-01,2024-06-30\nJT01,2024-06-30,\n", "list.csv 3 household_no LIST_OVERLAP", "2"},
		"intervals that overlap, out of order": {head + "JT01,2024-01-01,2024-06-30\nJT02,2024-01-01,\nJT01,2024-06-30,\n", "list.csv 4 household_no LIST_OVERLAP", "2"},
		"an interval that runs backwards":      {head + "JT01,2024-01-01,2023-06-30\n", "list.csv 2 valid_to DATES_REVERSED", ""},
		"no first day":                         {head + "JT01,,2023-06-30\n", "list.csv 2 valid_from CELL_EMPTY", ""},
		"no household":                         {head + ",2024-01-01,\n", "list.csv 2 household_no CELL_EMPTY", ""},
	} {
		t.Run(name, func(t *testing.T) {
			_, faults := readList(t, x.text)
			if says(faults) != x.want || faults[0].With["row"] != x.see {
				t.Errorf("got %s (see %s), want %s", says(faults), faults[0].With["row"], x.want)
			}
		})
	}
}

func TestWhatWasPaidBeforeCountsOnce(t *testing.T) {
	plain := "household_no,scheme,year,paid\nJT01,330783-gongfu-2024,2024,120.50\nJT01,,2023,80\nJT02,其他,2024,1.00\n"
	for name, text := range map[string]string{
		"plain": plain, "a total": plain + "合计,,,201.50\n", "UTF-16LE": utf16le(plain), "out of order": "household_no,scheme,year,paid\nJT02,其他,2024,1.00\nJT01,330783-gongfu-2024,2024,120.50\nJT01,,2023,80\n",
		"a quote over two lines far inside": plain + "JT03,\"其他\n方案\",2024,5.00\n",
	} {
		t.Run(name, func(t *testing.T) {
			f, faults := open(profile(t), History, text, Options{})
			if f == nil {
				t.Fatal(says(faults))
			}
			paid, faults := f.ReadHistory()
			got := ""
			for _, h := range []string{"JT01", "JT02"} {
				for _, x := range paid[h] {
					got += fmt.Sprintf("%s %s %d %d;", x.Household, x.Scheme, x.Year, x.Amount)
				}
			}
			if faults.Err() != nil || got != "JT01 330783-gongfu-2024 2024 12050;JT01  2023 8000;JT02 其他 2024 100;" || paid["合计"] != nil {
				t.Errorf("%s %s %v", got, says(faults), paid)
			}
		})
	}
	f, _ := open(profile(t), History, plain+"合计,,,201.49\n", Options{})
	if _, faults := f.ReadHistory(); says(faults) != "history.csv 5 paid TOTAL_DIFFERS" {
		t.Errorf("a wrong total: %s", says(faults))
	}
}

func TestAnApprovalNeedsItsReason(t *testing.T) {
	f, _ := open(profile(t), Approvals, "household_no,money,reason\nJT01,3500,重病\nJT02,4000,\n", Options{})
	got, faults := f.ReadApprovals()
	if says(faults) != "approvals.csv 3 reason CELL_EMPTY" || len(got["JT01"]) != 1 || got["JT01"][0].Money != 350000 || got["JT01"][0].Reason != "重病" {
		t.Errorf("%v %s", got, says(faults))
	}
}

func TestOneSheetOfSeveralIsNamed(t *testing.T) {
	// the workbook writer makes one sheet; a name that is not in the book finds nothing
	f, faults := open(profile(t), List, workbook(t, rows("household_no,valid_from,valid_to\nJT01,2024-01-01,\n")), Options{Sheet: "表二"})
	if f != nil || says(faults) != "list.csv XLSX_NO_SHEET" {
		t.Errorf("%s", says(faults))
	}
}
