package bankfile

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"ganlan/day"
	"ganlan/loan"
	"ganlan/money"
)

func TestD1TenThousandYuanIsTheSameInAllItsWritings(t *testing.T) {
	for _, s := range []string{"10000", "10,000.00", "１００００", "￥10000", "10000元", "1万", "1.0万元", "壹万元整", "人民币壹万元整", " 1 0000 ", "10，000.00", "10000．00"} {
		expect(t, contracts(t, "合同金额="+s), "", "Amount:10000.00 ")
	}
	rows := rowsWith("合同金额=1")
	rows[0][13] = "合同金额（万元）"
	if got := contractsOf(t, profile(t), rows); !strings.Contains(got.records[0], "Amount:10000.00 ") {
		t.Errorf("in 万元 by the title: %s", got.records)
	}
}

func TestD2AmountsTooSmallForYuanAreToldBeforeAnythingIsPaid(t *testing.T) {
	small := "合同金额=20;贷款余额=20"
	expect(t, contracts(t, small, "合同金额=99.99;贷款余额=5"), "1 合同金额 UNIT_UNLIKELY", "Amount:20.00 ")
	expect(t, contracts(t, small, "合同金额=100;贷款余额=5"), "", "")
}

func TestD3DecimalsNothingAndDashes(t *testing.T) {
	expect(t, contracts(t, "合同金额=1855.416666"), "2 合同金额 MONEY_DECIMALS", "")
	expect(t, contracts(t, "合同金额=0"), "2 合同金额 AMOUNT_NOT_POSITIVE", "")
	expect(t, contracts(t, "合同金额=-5"), "2 合同金额 AMOUNT_NOT_POSITIVE", "")
	for _, blank := range []string{"", "-", "/", "——", "－"} {
		expect(t, contracts(t, "合同金额="+blank), "2 合同金额 CELL_EMPTY", "")
		expect(t, contracts(t, "贷款余额="+blank), "", "Balance:{Value:0.00 OK:false}") // not given, which is not 0
	}
	expect(t, contracts(t, "贷款余额=0;合同状态=结清"), "", "Balance:{Value:0.00 OK:true}")
}

func TestD4NoiseOfBinaryArithmeticIsTakenAway(t *testing.T) {
	expect(t, contracts(t, "合同金额=12345.6700000001"), "", "Amount:12345.67 ")
	expect(t, contracts(t, "合同金额=12345.6699999999"), "", "Amount:12345.67 ")
}

func TestD5RatesInAllTheirWritings(t *testing.T) {
	for _, s := range []string{"3.65", "3.65%", "３．６５％", "365bp", "365 BP", "365个基点", "年利率3.65%", "3.6500"} {
		expect(t, contracts(t, "合同利率="+s), "", "Rate:3.65% ")
	}
	expect(t, contracts(t, "合同利率=3.0417‰"), "", "Rate:3.65004% ") // a month, × 12
	for _, s := range []string{"0.0365", "365"} {
		got := contracts(t, "合同利率="+s)
		expect(t, got, "2 合同利率 RATE_UNUSUAL", "Rate:3.65% ")
		if got.faults[0].With["rate"] != "3.65%" {
			t.Errorf("the reading is not shown: %v", got.faults[0].With)
		}
	}
	for s, code := range map[string]string{"0.3": "RATE_TWO_MEANINGS", "37": "RATE_OUT_OF_RANGE", "-1": "RATE_OUT_OF_RANGE", "议定": "RATE_BAD", "LPR+10": "RATE_BAD", "LPR+10%": "RATE_BAD", "1/3": "RATE_BAD", "": "CELL_EMPTY", "-": "CELL_EMPTY"} {
		expect(t, contracts(t, "合同利率="+s), "2 合同利率 "+code, "")
	}
}

func TestD5TheTitleOfARateNamesItsUnit(t *testing.T) {
	for title, x := range map[string]struct{ cell, want string }{
		"月利率（‰）": {"3.0417", "Rate:3.65004% "}, "月利率(%)": {"0.3", "Rate:3.6% "}, "利率（BP）": {"365", "Rate:3.65% "},
		"年利率（‰）": {"36.5", "Rate:3.65% "}, "年利率": {"3.0417‰", "Rate:3.65004% "}, "月利率": {"3‰", "Rate:3.6% "},
	} {
		rows := rowsWith("合同利率=" + x.cell)
		rows[0][7] = title
		expect(t, contractsOf(t, profile(t), rows), "", x.want)
	}
	rows := rowsWith("合同利率=0.304")
	rows[0][7] = "月利率"
	expect(t, contractsOf(t, profile(t), rows), "2 月利率 RATE_MONTHLY_UNIT", "")
}

func TestD5D12WhatARateIsWrittenUponComesFromItsWording(t *testing.T) {
	bp := func(n int64) money.Rate { return money.NewRate(n, 10_000) }
	for s, want := range map[string]loan.Pricing{
		"LPR": {Base: loan.LPRByTerm, Factor: money.Whole}, "LPR+10BP": {Base: loan.LPRByTerm, Factor: money.Whole, Plus: bp(10)},
		"lpr + 10 bps": {Base: loan.LPRByTerm, Factor: money.Whole, Plus: bp(10)}, "LPR-5BP": {Base: loan.LPRByTerm, Factor: money.Whole, Plus: bp(-5)},
		"1年期LPR加10个基点": {Base: loan.LPR1, Factor: money.Whole, Plus: bp(10)}, "五年期以上LPR减20BP": {Base: loan.LPR5, Factor: money.Whole, Plus: bp(-20)},
		"LPR（1Y）＋0.1%": {Base: loan.LPR1, Factor: money.Whole, Plus: bp(10)}, "LPR+0.5个百分点": {Base: loan.LPRByTerm, Factor: money.Whole, Plus: bp(50)},
		"贷款市场报价利率(LPR)+10BP": {Base: loan.LPRByTerm, Factor: money.Whole, Plus: bp(10)}, "LPR×1.1": {Base: loan.LPRByTerm, Factor: money.NewRate(11, 10)},
		"基准利率": {Base: loan.Benchmark, Factor: money.Whole}, "基准利率上浮10%": {Base: loan.Benchmark, Factor: money.NewRate(11, 10)},
		"人民银行同期贷款基准利率下浮5%": {Base: loan.Benchmark, Factor: money.NewRate(95, 100)}, "基准+50BP": {Base: loan.Benchmark, Factor: money.Whole, Plus: bp(50)},
	} {
		x := readRate(s, rateUnit{})
		if x.fault != nil || x.pricing == nil || *x.pricing != want {
			t.Errorf("%s: %+v, %v, want %+v", s, x.pricing, x.fault, want)
			continue
		}
		if again := readRate(rateWords(x.rate, x.pricing), rateUnit{}); again.pricing == nil || *again.pricing != want {
			t.Errorf("%s is written as %s, which is read as %+v", s, rateWords(x.rate, x.pricing), again.pricing)
		}
	}
	// a loan of 2020 under the old wording, and one of the transition: the wording decides, not the day
	expect(t, contracts(t, "合同利率=基准利率上浮10%;合同起始日期=2020-03-01;合同到期日期=2021-03-01", "合同利率=LPR+10BP;合同起始日期=2019-09-01;合同到期日期=2020-09-01"), "", "Pricing:基准利率×110% ")
}

func TestD6DatesInAllTheirWritings(t *testing.T) {
	for _, s := range []string{"20240118", "2024-01-18", "2024/1/18", "2024.1.18", "2024年1月18日", "45309", "２０２４－０１－１８", "2024-01-18 09:30:00", "2024/1/18 0:00"} {
		expect(t, contracts(t, "合同起始日期="+s), "", "Start:2024-01-18 ")
	}
	expect(t, contracts(t, "合同起始日期=24-1-18"), "2 合同起始日期 YEAR_TWO_DIGITS", "Start:2024-01-18 ")
	expect(t, contracts(t, "合同起始日期=1月18日"), "2 合同起始日期 DATE_BAD", "")
	expect(t, contracts(t, "合同起始日期=18/01/2024"), "2 合同起始日期 DATE_BAD", "")
}

func TestD9ValuesThatMeanNoDate(t *testing.T) {
	for _, s := range []string{"9999-12-31", "1900-01-00", "00000000", "0000-00-00"} {
		expect(t, contracts(t, "合同到期日期="+s), "2 合同到期日期 CELL_EMPTY", "") // a loan has a due day
		expect(t, contracts(t, "出生日期="+s), "", "")                      // where a date may be missing it is missing
		list, faults := readList(t, "household_no,valid_from,valid_to\nJT01,2024-01-01,"+s+"\n")
		if faults.Err() != nil || !list.Spans("JT01", nil)[0].Has(day.Of(2999, 1, 1)) {
			t.Errorf("%s: %s", s, says(faults))
		}
	}
	expect(t, contracts(t, "合同到期日期=2024-02-30"), "2 合同到期日期 DATE_BAD", "")
}

func TestD10DueDaysTermsAndExtensions(t *testing.T) {
	expect(t, contracts(t, "合同到期日期=2024-01-17"), "2 合同到期日期 DATES_REVERSED", "")
	expect(t, contracts(t, "合同状态=展期"), "2 合同到期日期 EXTENSION_MISSING", "")
	for _, fits := range []string{"12", "12个月", "1年", "366天", "12月", "", "-"} {
		expect(t, contracts(t, "期限="+fits), "", "")
	}
	expect(t, contracts(t, "期限=12;合同到期日期=2025-01-17"), "", "") // the last day in or out
	for _, differs := range []string{"24", "2年", "180天"} {
		expect(t, contracts(t, "期限="+differs), "2 期限 TERM_DIFFERS", "")
	}
	expect(t, contracts(t, "期限=一年半"), "2 期限 TERM_BAD", "")
}

func TestD10AnExtensionInTheLedgerNeedsNoAsking(t *testing.T) {
	set := files{Contracts: lay(rowsWith("合同状态=展期"), ",", "\n"),
		Ledger: "contract_no,date,kind,amount,new_end\nHT01,2024-01-18,drawdown,10000,\nHT01,2025-01-10,extension,,2025-07-18\n"}
	expect(t, readSet(t, profile(t), set, Options{}), "", "NewEnd:2025-07-18")
}

func TestD11StatusesAndClassesAreMapped(t *testing.T) {
	for word, want := range map[string]string{"正常": "normal", "结清": "settled", "已还清": "settled", "逾期": "overdue", "核销": "written_off", "转让": "transferred"} {
		expect(t, contracts(t, "合同状态="+word), "", "Status:"+want+" ")
	}
	for word, want := range map[string]string{"正常类": "normal", "次级": "substandard", "3": "substandard", "可疑类": "doubtful", "5": "loss", "关注": "special_mention"} {
		expect(t, contracts(t, "五级分类="+word), "", "Grade:"+want+" ")
	}
	expect(t, contracts(t, "五级分类=优"), "2 五级分类 LOAN_GRADE_UNKNOWN", "Grade:优 ")
	expect(t, contracts(t, "合同状态=不明"), "2 合同状态 STATUS_UNKNOWN", "")
	expect(t, contracts(t, "贷款余额=0"), "2 合同状态 STATUS_NOTHING_OWED", "")
}

func TestWhatAContractSaysIsReadAgainAsItself(t *testing.T) {
	p := profile(t)
	rapid.Check(t, func(rt *rapid.T) {
		start := day.Of(2015, 1, 1) + day.Date(rapid.IntRange(0, 4000).Draw(rt, "start"))
		amount := money.Fen(rapid.Int64Range(100_00, 1e12).Draw(rt, "amount"))
		rate := money.NewRate(rapid.Int64Range(37, 3600).Draw(rt, "rate"), 10_000)
		write := func(amount, rate, start string) files {
			return files{Contracts: lay(rowsWith("合同金额="+amount+";合同利率="+rate+";合同起始日期="+start+";合同到期日期=2030-01-01;姓名="+rapid.SampledFrom([]string{"张三", "迪丽热巴·买买提", "𠮷野"}).Draw(rt, "name")), "\t", "\n"),
				Ledger: "contract_no,date,kind,amount\nHT01,2024-01-18,drawdown,10000\n"}
		}
		amounts := []string{amount.String(), amount.Grouped(), amount.Words(), amount.String() + "元"}
		dates := []string{start.String(), strings.ReplaceAll(start.String(), "-", ""), strings.ReplaceAll(start.String(), "-", "/"), start.String() + " 08:00:00"}
		got := readSet(t, p, write(rapid.SampledFrom(amounts).Draw(rt, "as"), rapid.SampledFrom([]string{rate.String(), strings.TrimSuffix(rate.String(), "%")}).Draw(rt, "rated"), rapid.SampledFrom(dates).Draw(rt, "dated")), Options{})
		if len(got.faults) > 0 {
			rt.Fatalf("%s", says(got.faults))
		}
		for _, part := range []string{"Amount:" + amount.String() + " ", "Rate:" + rate.String() + " ", "Start:" + start.String() + " "} {
			if !strings.Contains(got.records[0], part) {
				rt.Fatalf("no %s in %s", part, got.records[0])
			}
		}
	})
}

// 45444 is 2024-06-01 in a workbook that counts days from 1900; one that counts from 1904 holds 43982 for the same day.
func TestD7ADateShownInTheBuiltInFormatIsReadByItsSerial(t *testing.T) {
	p := profile(t)
	ledgerIs(t, p, one(t, "", edited(ledgerRows(), 2, 2, dated("45444")), 1, nil, ""), Options{}, "")
	refusedAs(t, p, one(t, "", edited(ledgerRows(), 2, 2, inline("06-01-24")), 1, nil, ""), Options{}, "ledger.csv Sheet1 3 交易日期 DATE_BAD") // the text of such a cell is no date
}

func TestD8AWorkbookThatCountsFrom1904IsConvertedByItsFlag(t *testing.T) {
	rows := ledgerRows()
	for i, r := range rows[1:] {
		for j, s := range r {
			for serial, other := range map[string]string{"45366": "43904", "45444": "43982", "45575": "44113", "45301": "43839", "45666": "44204", "45413": "43951", "45778": "44316", "46508": "45046"} {
				if strings.Contains(s, ">"+serial+"<") {
					rows[i+1][j] = strings.Replace(s, serial, other, 1)
				}
			}
		}
	}
	ledgerIs(t, profile(t), (&rawBook{is1904: true}).sheet("x", oneSheet(rows), "").bytes(t), Options{}, "")
}
