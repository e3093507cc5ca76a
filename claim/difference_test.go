package claim

import (
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"testing"

	"ganlan/day"
	"ganlan/loan"
	"ganlan/money"
	"ganlan/scheme"
	"ganlan/subsidy"
)

const policies = "../policies"

// made are the inquiries that tests have in common: to make one takes as long as a hundred examinations.
var made = map[string]*Inquiry{}

// inquiryOf is an inquiry into a claim year of a scheme that is kept.
func inquiryOf(t testing.TB, dir string, year int, set map[string]string) *Inquiry {
	t.Helper()
	key := fmt.Sprint(dir, year, set)
	if made[key] == nil {
		made[key] = newInquiry(t, dir, year, set)
	}
	return made[key]
}

func newInquiry(t testing.TB, dir string, year int, set map[string]string) *Inquiry {
	t.Helper()
	folder := scheme.Folder{FS: os.DirFS(policies), Dir: dir, ID: dir}
	s, faults := folder.Load(set)
	if err := faults.Err(); err != nil {
		t.Fatal(err)
	}
	ref := reference(t)
	p, err := subsidy.NewPlan(s, year, ref)
	if err != nil {
		t.Fatal(err)
	}
	return NewInquiry(p, folder.Load, ref)
}

func reference(t testing.TB) *scheme.Reference {
	t.Helper()
	var data [2][]byte
	for i, name := range []string{"lpr.yaml", "benchmark.yaml"} {
		var err error
		if data[i], err = os.ReadFile(policies + "/standard/" + name); err != nil {
			t.Fatal(err)
		}
	}
	ref, faults := scheme.LoadReference(data[0], data[1])
	if err := faults.Err(); err != nil {
		t.Fatal(err)
	}
	return ref
}

const (
	gongfu = "330783-dongyang/gongfu-2024"
	lianfu = "330783-dongyang/lianfu-2024"
)

func on(s string) day.Date {
	d, err := day.Parse(s)
	if err != nil {
		panic(err)
	}
	return d
}

func yuan(s string) money.Fen {
	f, err := money.Parse(s)
	if err != nil {
		panic(err)
	}
	return f
}

func draw(d, amount string) loan.Entry {
	return loan.Entry{Kind: loan.Drawdown, Date: on(d), Amount: yuan(amount), NewEnd: day.None}
}

func repay(d, amount string) loan.Entry {
	return loan.Entry{Kind: loan.Repayment, Date: on(d), Amount: yuan(amount), NewEnd: day.None}
}

// lent is a contract of 100,000 from 10 March 2025 for a year at 3.65%, listed all the time.
func lent(es ...loan.Entry) *subsidy.Facts {
	return &subsidy.Facts{Contract: loan.Contract{No: "HT01", Household: "JT01", Branch: "石桥支行", Product: "共富经营贷", Purpose: "business",
		Status: "normal", Rate: money.NewRate(365, 10000), Start: on("2025-03-10"), End: on("2026-03-10"), Amount: yuan("100000"),
		OtherSubsidy: loan.Give(false)}, Entries: es, Listed: []day.Span{{From: on("2023-01-01"), Until: day.Open}}}
}

// half is 100,000 from 15 March, 60,000 from 15 September: 184 × 100,000 + 108 × 60,000 = 24,880,000 yuan-days in 2025, at
// 1.8% ÷ 360 a day 1,244.00 yuan.
func half() *subsidy.Facts { return lent(draw("2025-03-15", "100000"), repay("2025-09-15", "40000")) }

// stating gives the facts the bank's figures; an empty one is not stated.
func stating(f *subsidy.Facts, days, amount string) *subsidy.Facts {
	if days != "" {
		f.Contract.BankCumulative = loan.Give(int64(yuan(days)))
	}
	if amount != "" {
		f.Contract.BankSubsidy = loan.Give(yuan(amount))
	}
	return f
}

func change(f *subsidy.Facts, do func(*subsidy.Facts)) *subsidy.Facts {
	do(f)
	return f
}

// worked are causes with figures worked out by hand from the days and balances, not by the program.
var worked = []struct {
	name         string
	facts        func() *subsidy.Facts
	days, amount string // the bank's
	ours         string
	cause        Cause
	says         string // what the sentence must name
	scheme       string
	year         int
	pair         bool
}{
	{name: "a year of 365 days: 24,880,000 × 1.8% ÷ 365 (OP-01)", facts: half, days: "24880000", amount: "1226.96", ours: "1244.00", cause: CauseDayCount, says: "一年按365天"},
	{name: "the day of the draw left out: 100,000 for one day (OP-02)", facts: half, days: "24780000", amount: "1239.00", ours: "1244.00", cause: CauseBoundary,
		says: "2025年3月15日（1天）应计100,000.00元，贵行计0.00元"},
	{name: "the day of repayment counted: 40,000 for one day (OP-02)", facts: half, days: "24920000", amount: "1246.00", ours: "1244.00", cause: CauseBoundary,
		says: "2025年9月15日（1天）应计60,000.00元，贵行计100,000.00元"},
	{name: "31 December left out: 60,000 for one day (OP-02)", facts: half, days: "24820000", amount: "1241.00", ours: "1244.00", cause: CauseBoundary,
		says: "2025年12月31日（1天）应计60,000.00元，贵行计0.00元"},
	{name: "the contract's rate: 24,880,000 × 3.65% ÷ 360 (OP-08)", facts: half, days: "24880000", amount: "2522.56", ours: "1244.00", cause: CauseRate, says: "贴息率应为1.8%，贵行为3.65%"},
	{name: "1.8% although the contract has 1.5% (OP-11)", facts: func() *subsidy.Facts {
		return change(half(), func(f *subsidy.Facts) { f.Contract.Rate = money.NewRate(15, 1000) })
	}, days: "24880000", amount: "1244.00", ours: "1036.67", cause: CauseRate, says: "贴息率应为1.5%，贵行为1.8%"},
	{name: "a rate of 2% that no paper names", facts: half, amount: "1382.22", ours: "1244.00", cause: CauseRate, says: "贴息率一律取2%"},
	{name: "counted up to 20 December: 11 days of 60,000 less (OP-14)", facts: half, days: "24220000", amount: "1211.00", ours: "1244.00", cause: CauseCutOff, says: "2025年12月20日"},
	{name: "counted up to 17 November, a day nobody names", facts: half, days: "22240000", amount: "1112.00", ours: "1244.00", cause: CauseCutOff, says: "只计至2025年11月17日"},
	{name: "counted from the start of the contract: 5 days of 100,000 more (OP-14)", facts: half, days: "25380000", amount: "1269.00", ours: "1244.00", cause: CauseCutOff,
		says: "2025年3月10日至2025年3月14日（5天）"},
	{name: "drawn before the window, counted all the same (OP-16)", facts: func() *subsidy.Facts {
		return change(lent(draw("2023-10-20", "50000")), func(f *subsidy.Facts) { f.Contract.Start, f.Contract.End = on("2023-10-20"), on("2026-10-20") })
	}, days: "18300000", amount: "915.00", ours: "0.00", cause: CauseCutOff, says: "放款日在", year: 2024},
	{name: "not on the list when the contract began, counted all the same (OP-21)", facts: func() *subsidy.Facts {
		return change(half(), func(f *subsidy.Facts) { f.Listed = nil })
	}, days: "24880000", amount: "1244.00", ours: "0.00", cause: CauseList, says: "名单库"},
	{name: "counted only while on the list: 108 days of 100,000 to 30 June (OP-21)", facts: func() *subsidy.Facts {
		return change(half(), func(f *subsidy.Facts) { f.Listed[0].Until = on("2025-07-01") })
	}, days: "10800000", amount: "540.00", ours: "1244.00", cause: CauseList, says: "只计在名单库期间的天数"},
	{name: "nothing stated although the contract is entitled", facts: half, days: "0", amount: "0", ours: "1244.00", cause: CauseNotClaimed, says: "未把本合同计入贴息"},
	{name: "consumption counted (OP-26)", facts: func() *subsidy.Facts {
		return change(half(), func(f *subsidy.Facts) { f.Contract.Purpose = "consumption" })
	}, days: "24880000", amount: "1244.00", ours: "0.00", cause: CauseEligibility, says: "用途"},
	{name: "settled each month: 77,777.77 for 292 days, 3 fen more (OP-03)", facts: func() *subsidy.Facts {
		return lent(draw("2025-03-15", "77777.77"))
	}, amount: "1135.59", ours: "1135.56", cause: CauseRounding, says: "按月结算、各月舍入"},
	{name: "each day rounded: 292 × 3.89 (OP-03)", facts: func() *subsidy.Facts { return lent(draw("2025-03-15", "77777.77")) }, amount: "1135.88", ours: "1135.56",
		cause: CauseRounding, says: "逐日舍入"},
	{name: "settled each month and cut: 6 fen less (OP-03)", facts: func() *subsidy.Facts { return lent(draw("2025-03-15", "77777.77")) }, amount: "1135.50", ours: "1135.56",
		cause: CauseRounding, says: "并且", pair: true},
	{name: "each of five draws of 5,000.4 fen rounded: 2 fen less (OP-03)", facts: func() *subsidy.Facts {
		return change(lent(), func(f *subsidy.Facts) {
			for i := range 5 {
				e := draw("2025-09-23", "10000.80")
				e.Note = fmt.Sprint("N", i+1)
				f.Entries = append(f.Entries, e)
			}
		})
	}, days: "5000400", amount: "250.00", ours: "250.02", cause: CauseRounding, says: "逐笔放款舍入"},
	{name: "overdue days counted: due on 15 October, 60,000 for 78 days more (OP-12)", facts: func() *subsidy.Facts {
		return change(half(), func(f *subsidy.Facts) { f.Contract.End = on("2025-10-15") })
	}, days: "24880000", amount: "1244.00", ours: "1010.00", cause: CauseOverdue, says: "2025年10月15日至2025年12月31日（78天）应计0.00元，贵行计60,000.00元"},
	{name: "an extension not followed: nothing after 15 October (OP-12)", facts: func() *subsidy.Facts {
		return change(half(), func(f *subsidy.Facts) {
			f.Contract.End = on("2025-10-15")
			f.Entries = append(f.Entries, loan.Entry{Kind: loan.Extension, Date: on("2025-10-10"), NewEnd: on("2026-10-10")})
		})
	}, days: "20200000", amount: "1010.00", ours: "1244.00", cause: CauseDeferral, says: "展期"},
	{name: "the newest draw repaid first: the draw before the window stays, so nothing is left (DY-3.3d)", facts: func() *subsidy.Facts {
		return change(lent(draw("2023-10-20", "50000"), draw("2023-12-01", "40000"), repay("2024-03-01", "50000")),
			func(f *subsidy.Facts) { f.Contract.Start, f.Contract.End = on("2023-10-10"), on("2026-10-10") })
	}, days: "2400000", amount: "120.00", ours: "732.00", cause: CauseOrder, says: "还款先冲抵最近的放款", year: 2024},
	{name: "a repayment of 40,000 never booked: 108 days of 40,000 more", facts: half, days: "29200000", amount: "1460.00", ours: "1244.00", cause: CauseLine,
		says: "2025年9月15日还款40,000.00元未记"},
	{name: "a repayment of 20,000 on 1 November that we never saw: 61 days of 20,000 less", facts: half, days: "23660000", amount: "1183.00", ours: "1244.00", cause: CauseLine,
		says: "自2025年11月1日起61天少计20,000.00元"},
	{name: "months of 30 days from the draw: 180 × 100,000 + 107 × 60,000 (OP-01)", facts: half, amount: "1221.00", ours: "1244.00", cause: CauseMonth30, says: "30天"},
	{name: "months of 30 days by the calendar: 180 × 100,000 + 106 × 60,000 (OP-01)", facts: half, days: "24360000", amount: "1218.00", ours: "1244.00", cause: CauseMonth30, says: "每月一律按30天"},
	{name: "counted twice", facts: half, days: "24880000", amount: "2488.00", ours: "1244.00", cause: CauseDoubled, says: "两倍"},
	{name: "stated in 10,000 yuan", facts: half, amount: "0.12", ours: "1244.00", cause: CauseUnit, says: "万元"},
	{name: "the decimal point one place off", facts: half, days: "24880000", amount: "12440.00", ours: "1244.00", cause: CauseUnit, says: "十倍"},
	{name: "the year before counted as well: 366 days of 100,000 and 365 (OP-17)", facts: func() *subsidy.Facts {
		return change(lent(draw("2024-01-01", "100000")), func(f *subsidy.Facts) { f.Contract.Start, f.Contract.End = on("2024-01-01"), on("2027-01-01") })
	}, days: "73100000", amount: "3655.00", ours: "1825.00", cause: CausePeriod, says: "上一年度"},
	{name: "a third written 33.33%: 36,500,000 × 3.1% × 33.33% ÷ 360 (OP-09)", facts: business, amount: "1047.58", ours: "1047.69", cause: CauseRate, says: "33.33%", scheme: lianfu},
	{name: "a third of 3.1% written 1.03% (OP-09)", facts: business, amount: "1044.31", ours: "1047.69", cause: CauseRate, says: "两位小数", scheme: lianfu},
	{name: "a third of an older LPR of 3.35% (OP-08)", facts: business, amount: "1132.18", ours: "1047.69", cause: CauseRate, says: "3.35%", scheme: lianfu},
	{name: "the whole LPR (OP-09)", facts: business, amount: "3143.06", ours: "1047.69", cause: CauseRate, says: "100%", scheme: lianfu},
	{name: "two at once: 24,780,000 × 1.8% ÷ 365", facts: half, days: "24780000", amount: "1222.03", ours: "1244.00", cause: CauseDayCount, says: "并且", pair: true},
}

// business is 100,000 drawn on 5 November 2024 by a farm business: 36,500,000 yuan-days in 2025, LPR 3.10%, a third of it.
func business() *subsidy.Facts {
	return change(lent(draw("2024-11-05", "100000")), func(f *subsidy.Facts) {
		c := &f.Contract
		c.Product, c.Start, c.End, c.Rate = "浙里担·链富贷", on("2024-11-05"), on("2026-11-05"), money.NewRate(435, 10000)
		c.Jobs, c.Employees = loan.Give[int64](12), loan.Give[int64](40)
	})
}

func TestEachCauseOfADifferenceIsNamedFromFiguresWorkedByHand(t *testing.T) {
	for _, c := range worked {
		t.Run(c.name, func(t *testing.T) {
			dir, year := c.scheme, c.year
			if dir == "" {
				dir = gongfu
			}
			if year == 0 {
				year = 2025
			}
			f, err := inquiryOf(t, dir, year, nil).Examine([]*subsidy.Facts{stating(c.facts(), c.days, c.amount)}, "HT01")
			if err != nil {
				t.Fatal(err)
			}
			if f.Amount.Value != yuan(c.ours) {
				t.Errorf("ours is %s, want %s", f.Amount.Value, c.ours)
			}
			if f.Cause != c.cause || !strings.Contains(f.Zh, c.says) {
				t.Errorf("cause %s, want %s, with %q in\n%s\n%s", f.Cause, c.cause, c.says, f.Zh, f.En)
			}
			if len(f.Readings) > 0 && (len(f.Readings[0]) > 1) != c.pair {
				t.Errorf("found as %d readings: %v", len(f.Readings[0]), f.Readings)
			}
		})
	}
}

func TestAFigureThatNothingGivesStaysUnknownWithTheClosestNamed(t *testing.T) {
	f, err := inquiryOf(t, gongfu, 2025, nil).Examine([]*subsidy.Facts{stating(half(), "24880001", "1226.99")}, "HT01")
	if err != nil {
		t.Fatal(err)
	}
	if f.Cause != CauseUnknown || !strings.Contains(f.Zh, "未能判明") || f.Nearest == nil || f.Nearest[0].Cause != CauseDayCount {
		t.Errorf("%s, closest %v:\n%s\n%s", f.Cause, f.Nearest, f.Zh, f.En)
	}
}

func TestASecondCountyIsReadByItsOwnNamesAndClauses(t *testing.T) {
	q := inquiryOf(t, "331123-suichang/gongfu-2024", 2025, map[string]string{"subsidy_rate": "1.8%"})
	f, err := q.Examine([]*subsidy.Facts{stating(half(), "24880000", "1226.96")}, "HT01")
	if err != nil {
		t.Fatal(err)
	}
	if f.Cause != CauseDayCount || !slices.ContainsFunc(f.Readings, func(r []Reading) bool { return r[0].Cite == "OP-01" }) {
		t.Errorf("%s %v", f.Cause, f.Readings)
	}
}

func TestTheSentenceNamesNoPerson(t *testing.T) {
	f := stating(half(), "", "1226.96")
	f.Contract.Name, f.Contract.IDNo, f.Contract.Account = "林溪", "990783198502038717", "6217000000000000000"
	got, err := inquiryOf(t, gongfu, 2025, nil).Examine([]*subsidy.Facts{f}, "HT01")
	if err != nil {
		t.Fatal(err)
	}
	for _, secret := range []string{"林溪", "990783198502038717", "6217000000000000000"} {
		if strings.Contains(got.Zh+got.En, secret) {
			t.Errorf("%q stands in\n%s", secret, got.Zh)
		}
	}
}

// Every scheme that is kept, and every small one of the language's tests, can be asked about a bank's figure: the inquiry
// knows no county.
func TestEverySchemeCanBeAskedAboutADifference(t *testing.T) {
	asked := 0
	for root, dirs := range map[string][]string{policies: dirsOf(t, policies, "*/*/scheme.yaml"), variants: dirsOf(t, variants, "*/scheme.yaml")} {
		for _, dir := range dirs {
			folder := scheme.Folder{FS: os.DirFS(root), Dir: dir, ID: dir}
			s, faults := folder.Load(map[string]string{})
			if faults.Err() != nil {
				s, faults = folder.Load(map[string]string{"subsidy_rate": "1.8%"})
			}
			if faults.Err() != nil {
				continue // it needs parameters of its own
			}
			ref := reference(t)
			p, err := subsidy.NewPlan(s, 2025, ref)
			if err != nil {
				continue // it does not reach the year
			}
			f := half()
			a, err := accountOf(p, []*subsidy.Facts{f}, "HT01")
			if err != nil || a.amount == 0 {
				continue // it asks for facts that this contract has not
			}
			f.Contract.BankSubsidy = loan.Give(2 * a.amount)
			got, err := NewInquiry(p, folder.Load, ref).Examine([]*subsidy.Facts{f}, "HT01")
			if err != nil || !slices.ContainsFunc(got.Readings, func(rs []Reading) bool { return rs[0].Cause == CauseDoubled }) {
				t.Errorf("%s: a figure that is doubled: %v %v", dir, got.Readings, err)
			}
			asked++
		}
	}
	if asked < 10 {
		t.Errorf("only %d schemes were asked", asked)
	}
}

const variants = "../internal/calc/testdata/variants"

func dirsOf(t *testing.T, root, pattern string) (out []string) {
	t.Helper()
	files, err := fs.Glob(os.DirFS(root), pattern)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		out = append(out, path.Dir(f))
	}
	return out
}
