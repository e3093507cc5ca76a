package bankfile

import (
	"slices"
	"strings"
	"testing"

	"ganlan/day"
	"ganlan/fault"
	"ganlan/figure"
	"ganlan/rule"
)

// declared are facts of every type, as a scheme writes them.
func declared(t *testing.T) (f figure.Facts) {
	t.Helper()
	faults := rule.Decode("scheme.yaml", []byte(`
interest_paid: {type: money, zh: 已付利息, en: interest paid, titles: [实付利息], min: 0元, source: 示例}
paid_on: {type: date, zh: 付息日期, en: day of interest paid, source: 示例}
fee_charged: {type: percent, zh: 收费率, en: fees charged, source: 示例}
herd: {type: count, zh: 存栏数, en: herd, source: 示例}
veteran: {type: flag, zh: 退役军人, en: veteran, source: 示例}
size: {type: text, zh: 企业规模, en: size of firm, in: [微型, 大型], source: 示例}
`), &f, nil)
	if faults.Err() != nil {
		t.Fatal(faults)
	}
	return f
}

// factsOf reads a file of contracts, one line each, and gives the facts of the last with all faults.
func factsOf(t *testing.T, facts figure.Facts, header, line string) (figure.Row, []string) {
	t.Helper()
	p := profile(t).WithFacts(facts)
	var faults fault.List
	c, fs := open(p, Contracts, "contract_no,annual_rate,status,start,end,amount,"+header+"\nA,4,normal,2024-03-01,2025-03-01,1000,"+line+"\n", Options{})
	faults = append(faults, fs...)
	row := figure.Row{}
	if c != nil {
		l, _ := open(p, Ledger, "contract_no,date,kind,amount\nA,2024-03-01,drawdown,1000\n", Options{})
		files := &Files{Contracts: c, Ledger: l}
		faults = append(faults, c.Warned...)
		join, err := files.Join()
		if err != nil {
			t.Fatal(err)
		}
		defer join.Close()
		parser := files.NewParser()
		batch, _, err := join.Next()
		if err != nil {
			t.Fatal(err)
		}
		parser.Read(batch, func(x *Loan) { row = x.Contract.Facts })
		faults = append(faults, parser.Faults()...)
	}
	var codes []string
	for _, f := range faults {
		codes = append(codes, f.Code())
	}
	return row, codes
}

func TestFactsThatASchemeDeclaresAreReadFromColumnsOfTheirTitles(t *testing.T) {
	row, codes := factsOf(t, declared(t), "实付利息（万元）,付息日期,fee_charged,存栏数,退役军人,企业规模", "1.25,2024/6/21,1.5,1600,是,微型")
	if len(codes) > 0 {
		t.Fatal(codes)
	}
	want := map[string]string{"interest_paid": "12,500.00 元", "paid_on": "2024-06-21", "fee_charged": "1.5%", "herd": "1600",
		"veteran": "是", "size": "微型"}
	for key, text := range want {
		if got := row[key]; got.In(fault.Zh) != text {
			t.Errorf("%s: got %q, want %q", key, got.In(fault.Zh), text)
		}
	}
	if row["paid_on"].Day() != day.Of(2024, 6, 21) {
		t.Error(row["paid_on"].Day())
	}
}

func TestABlankFactIsNotGivenAndAWrongOneIsRefusedInItsCell(t *testing.T) {
	row, codes := factsOf(t, declared(t), "已付利息,herd,veteran", ",,")
	if len(row) > 0 || len(codes) > 0 {
		t.Error(row, codes)
	}
	for header, x := range map[string][2]string{"已付利息": {"-1", "FACT_OUT_OF_RANGE"}, "herd": {"1.5", "VALUE_TYPE"}, "veteran": {"maybe", "YES_NO_BAD"},
		"size": {"中型", "VALUE_UNKNOWN"}, "paid_on": {"2024-02-30", "DATE_BAD"}, "fee_charged": {"x", "RATE_BAD"}} {
		_, codes := factsOf(t, declared(t), header, x[0])
		if !slices.Contains(codes, x[1]) {
			t.Errorf("%s %s: %v, want %s", header, x[0], codes, x[1])
		}
	}
}

func TestAFactThatIsNeededMustHaveAColumnAndAValue(t *testing.T) {
	facts := declared(t)
	facts[0].Need = true
	if _, codes := factsOf(t, facts, "herd", "1"); !slices.Contains(codes, "FILE_OTHER_FORM") {
		t.Error(codes)
	}
	if _, codes := factsOf(t, facts, "interest_paid", ""); !slices.Contains(codes, "CELL_EMPTY") {
		t.Error(codes)
	}
}

func TestAFactTakesNoColumnThatHasAMeaningAlready(t *testing.T) {
	facts := declared(t)
	facts[3].Key, facts[3].Zh = "households", "带动户数"
	p := profile(t).WithFacts(facts)
	c, _ := open(p, Contracts, "contract_no,annual_rate,status,start,end,amount,带动户数\nA,4,normal,2024-03-01,2025-03-01,1000,12\n", Options{})
	if i := slices.Index(c.Layout.Keys, "households"); i < 0 || strings.Contains(strings.Join(c.Layout.Keys, " "), "fact.") {
		t.Error(c.Layout.Keys)
	}
	if len(profile(t).WithFacts(nil).facts) > 0 || contractSetters["fact.herd"] != nil {
		t.Error("facts of one scheme stay with it")
	}
}

func TestAShareWithoutASignMustBeClear(t *testing.T) { // D5
	facts := figure.Facts{{Key: "share", Type: figure.Percent, Zh: "比例", En: "share"}}
	p := profile(t).ForTable(facts, "")
	for header, cells := range map[string]map[string]string{
		"share":  {"1.5": "1.5%", "0.7%": "0.7%", "70": "70%", "0.7": "RATE_TWO_MEANINGS", "1": "RATE_TWO_MEANINGS", "0": "0%", "8‰": "0.8%", "abc": "RATE_BAD"},
		"比例（%）":  {"0.7": "0.7%", "1": "1%", "70%": "70%"},
		"比例（‰）":  {"8": "0.8%"},
		"比例（BP）": {"80": "0.8%"},
	} {
		for cell, want := range cells {
			f, faults := open(p, Facts, "no,"+header+"\nA,"+cell+"\n", Options{})
			if f == nil {
				t.Fatal(faults)
			}
			rows, faults := f.ReadFacts()
			got := ""
			if faults.Err() != nil {
				got = faults[0].Code()
			} else {
				got = rows[0].Facts["share"].String()
			}
			if got != want {
				t.Errorf("%s %s: %s, want %s", header, cell, got, want)
			}
		}
	}
}

func TestATableOfFactsIsNumberedByTheUsualColumnOrTheOneNamed(t *testing.T) {
	facts := figure.Facts{{Key: "firm", Type: figure.Text, Zh: "企业", En: "firm"}, {Key: "sum", Type: figure.Money, Zh: "金额", En: "sum"}}
	for title, x := range map[string]string{"": "序号,企业,金额\n1,甲,5\n", "企业": "企业,金额\n甲,5\n", "批次": "批次,企业,金额\nP1,甲,5\n"} {
		f, faults := open(profile(t).ForTable(facts, title), Facts, x+"合计,,5\n", Options{})
		if title == "企业" {
			f, faults = open(profile(t).ForTable(facts, title), Facts, x+"合计,5\n", Options{})
		}
		if f == nil {
			t.Fatal(title, faults)
		}
		rows, faults := f.ReadFacts()
		want := map[string]string{"": "1", "企业": "甲", "批次": "P1"}[title]
		if len(rows) != 1 || faults.Err() != nil || rows[0].No != want || rows[0].Facts["firm"].Text() != "甲" || rows[0].Place.Row != 2 {
			t.Error(title, rows, faults)
		}
	}
	if f, faults := open(profile(t).ForTable(facts, ""), Facts, "企业,金额\n甲,5\n", Options{}); f != nil || !strings.Contains(faults.Error(), "编号 (no)") {
		t.Error(faults)
	}
}

func TestATotalBelowATableOfFactsMustBeItsSum(t *testing.T) { // E5
	facts := figure.Facts{{Key: "sum", Type: figure.Money, Zh: "金额", En: "sum"}}
	for total, want := range map[string]string{"0.30": "", "0.31": "TOTAL_DIFFERS"} {
		f, _ := open(profile(t).ForTable(facts, ""), Facts, "编号,金额\n1,0.1\n2,0.2\n合计,"+total+"\n", Options{})
		_, faults := f.ReadFacts()
		if got := len(faults) > 0; got != (want != "") || got && faults[0].Code() != want {
			t.Error(total, faults)
		}
	}
}
