package bankfile

import (
	"strings"
	"testing"
)

// seeds are the small set in all its dresses, and texts that have hurt readers before.
func seeds(f *testing.F, kind Kind) {
	for _, dress := range outfits(f) {
		if text := dress(rows(small()[kind])); len(text) < 4096 {
			f.Add([]byte(text))
		}
	}
	for _, s := range []string{"", "\ufeff", "\xff\xfe", "\xfe\xff\x00", "\"", "a\"b\n\"", "contract_no,\"date", ",,,\n,,,", "合计", "\x1a", "\r\r\r", "PK\x03\x04",
		"contract_no,note_no,date,kind,amount,new_end\nA,,2024-01-01,drawdown,9223372036854775807,\nA,,2024-01-01,drawdown,92233720368547758.07,\n合计,,,,92233720368547758.07,\n",
		"contract_no,date,kind,amount\n\"A,2024-01-01,drawdown,1\n", "contract_no,date,kind,amount\nB\tA,2024-01-01,drawdown,1\nB,2024-01-01,drawdown,1\n",
		"contract_no,date,kind,amount\n\x1f,2024-01-01,drawdown,1\n\x1e\x02,2024-01-01,drawdown,1\n"} {
		f.Add([]byte(s))
	}
}

// fuzzStep reads foreign bytes as one file of a set that is right otherwise: it may be refused, never more.
func fuzzStep(f *testing.F, kind Kind) {
	seeds(f, kind)
	p := profile(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		set := small()
		set[kind] = string(data)
		for _, sep := range []string{"", "|!"} {
			got := readSet(t, p, set, Options{Separator: sep})
			if sep == "" && len(got.records) > 0 && strings.Contains(strings.Join(got.records, ""), "\ufffd") && got.faults.Err() == nil {
				t.Error("a lost character was stored")
			}
		}
	})
}

func FuzzContracts(f *testing.F) { fuzzStep(f, Contracts) }
func FuzzLedger(f *testing.F)    { fuzzStep(f, Ledger) }
func FuzzNotes(f *testing.F)     { fuzzStep(f, Notes) }
func FuzzFees(f *testing.F)      { fuzzStep(f, Fees) }

func FuzzList(f *testing.F) {
	for _, s := range []string{"household_no,valid_from,valid_to\nJT01,2024-01-01,\nJT01,2023-01-01,2023-12-31\n", "家庭编号,\"入库\n日期\",出库日期\nJT01,2023/11/1,\n",
		"household_no,valid_from,valid_to\r\"JT\r\n01\",2024-01-01,", strings.Repeat("household_no,", 300)} {
		f.Add([]byte(s))
		f.Add([]byte(utf16le(s)))
	}
	p := profile(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		file, _ := open(p, List, string(data), Options{})
		if file == nil {
			return
		}
		if list, faults := file.ReadList(); faults.Err() == nil {
			list.Spans("JT01", nil)
		}
	})
}

func FuzzHistory(f *testing.F) {
	f.Add([]byte("household_no,scheme,year,paid\nJT01,a,2024,120.50\n合计,,,120.50\n"))
	f.Add([]byte("household_no,scheme,year,paid\nJT01,\"a\nb\",2024,92233720368547758.07\nJT01,,99999999999999999999,1\n"))
	p := profile(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		if file, _ := open(p, History, string(data), Options{}); file != nil {
			file.ReadHistory()
		}
	})
}

func FuzzApprovals(f *testing.F) {
	f.Add([]byte("household_no,money,reason\nJT01,3500,重病\n合计,3500,\n"))
	p := profile(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		if file, _ := open(p, Approvals, string(data), Options{}); file != nil {
			file.ReadApprovals()
		}
	})
}

// FuzzCells reads single values: an amount, a date and a rate are read or refused, and amounts are what they say.
func FuzzCells(f *testing.F) {
	for _, s := range []string{"10000", "10,000.00", "１００００", "￥10000", "10000元", "1万", "1.0万元", "-0.01", "9223372036854775807", "2024-1-18", "20240118", "45309", "24-1-18",
		"2024年1月18日", "99999-1-1", "3.65%", "365", "0.0365", "3.0417‰", "365bp", `="2024-01-18"`, "-", "/", "万", "%", "+", "1e5", "2024-01-18T00:00:00"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if amount, err := readMoney(s, 100); err == nil {
			again, err := readMoney(amount.String(), 100)
			if err != nil || again != amount {
				t.Errorf("%q is %s, which reads as %s (%v)", s, amount, again, err)
			}
		}
		if d, fault := readDate(s); fault == nil {
			if again, fault := readDate(d.String()); fault != nil || again != d {
				t.Errorf("%q is %s, which reads as %s", s, d, again)
			}
		}
		if x := readRate(s, rateUnit{}); x.fault == nil && x.pricing == nil {
			again := readRate(x.rate.String(), rateUnit{})
			if x.rate.Num() < 0 || strings.HasSuffix(x.rate.String(), "%") && (again.fault != nil || again.rate != x.rate) {
				t.Errorf("%q is a rate of %s, which reads as %s", s, x.rate, again.rate)
			}
		}
	})
}
