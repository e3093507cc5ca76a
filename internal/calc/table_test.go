package calc

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"ganlan/bankfile"
	"ganlan/fault"
	"ganlan/form"
	"ganlan/scheme"
)

// tabled is a scheme of the policies with a table of facts that fits it.
type tabled struct {
	dir, id string
	set     map[string]string
	year    int
	table   string
	want    string
}

// districts are the facts of the common exclusions that a firm meets.
const districts = ",legal_person,in_districts,revenue_in_districts,real_estate,accident,mass_event,class"

var ratingSet = map[string]string{"grade_borders": "AAA+ 90, AAA 80, AA 70, A 60", "line_table": "AAA+ 50000, AAA 40000, AA 30000, A 20000"}

// worked are tables of each kind, with what they come to by hand.
var worked = map[string]tabled{
	// 30% × 2,000,000 and 30% × 1,500,000 share 0.5% × 180,000,000; the third product has plenty.
	"WZ-A3a: a pool": {"330300-wenzhou/article-3a", "330300-article-3a", map[string]string{"valid_from": "2022-06-01"}, 2023,
		"no,bank,loan_product,lent,written_off,recovered,city_balance" + districts + "\n" +
			"A,甲银行,科创指数贷,2023-03-01,2000000,0,180000000,1,1,1,0,0,0,未参评\n" +
			"B,乙银行,科创指数贷,2023-03-01,1500000,0,180000000,1,1,1,0,0,0,未参评\n" +
			"C,乙银行,知识产权质押,2023-12-31,1000,100.01,180000000,1,1,1,0,0,0,未参评\n" +
			"D,丙银行,知识产权质押,2022-12-31,1000,0,180000000,1,1,1,0,0,0,未参评\n",
		"no,computed,amount,reason\nA,600000.00,514285.71,\nB,450000.00,385714.29,\nC,270.00,270.00,\nD,0.00,0.00,NOT_OF_THE_YEAR\n"},
	// 0.1% × (10,000,000 + 3,333,333.33) with one firm and deal enough; 乙 is class C.
	"WZ-A6: deals of core firms": {"330300-wenzhou/article-6", "330300-article-6",
		map[string]string{"valid_from": "2022-06-01", "min_firms": "1", "min_deals": "1"}, 2023,
		"no,core_firm,supplier,on_platform,financed_on,financed" + districts + ",class_date,applied\n" +
			"1,甲,S1,1,2023-05-20,10000000,1,1,1,0,0,0,B,2023-08-01,2024-03-10\n2,甲,S2,1,2023-05-21,3333333.33,1,1,1,0,0,0,B,2023-08-01,2024-03-10\n" +
			"3,乙,S1,1,2023-05-20,10000000,1,1,1,0,0,0,C,2023-08-01,2024-03-10\n",
		"no,computed,amount,reason\n乙,0.00,0.00,CLASS_C_D\n甲,13333.33,13333.33,\n"},
	"WZ-A2: ranks": {"330300-wenzhou/article-2", "330300-article-2", map[string]string{"valid_from": "2022-06-01"}, 2023,
		"no,bank,credit_code,item,points" + districts + "\n1,甲银行,91990001100000008P,灵活贷+连续贷,88,1,1,1,0,0,0,未参评\n" +
			"2,乙银行,91990001100000075M,灵活贷+连续贷,81,1,1,1,0,0,0,未参评\n3,丙银行,91990001100000147E,灵活贷+连续贷,90.5,1,1,1,0,0,0,未参评\n",
		"no,group,score,rank,tied,amount,reason\n3,灵活贷+连续贷,90.5,1,1,300000.00,\n1,灵活贷+连续贷,88,2,1,200000.00,\n2,灵活贷+连续贷,81,3,1,100000.00,\n"},
	"PX3-3.1a: three indicators": {"990003-anhui-type/rating", "990003-rating", ratingSet, 0,
		"no,labour,income,social_credit\n1,60,75,90\n2,90,90,89\n3,40,60,79.99\n",
		"no,score,grade,line,line_until,reason\n1,75,AA,30000.00,,\n2,269/3,AAA,40000.00,,\n3,17999/300,,0.00,,\n"},
	"PX1-3: applicants": {"990003-anhui-type/applicants", "990003-applicants", nil, 0,
		"no,registered_poor,applied,will,potential,need,repayment,project,rated,purpose,live_loans,blacklist,late_open,birth,capable,lawful,clean\n" +
			"1,1,2024-05-20,1,1,1,1,1,1,特色种养,0,无,0,1964-05-20,1,1,1\n2,1,2024-05-20,1,1,1,1,1,1,特色种养,0,无,0,1963-05-20,1,1,1\n" +
			"3,1,2024-05-20,1,1,1,1,1,1,特色种养,0,,0,1980-05-20,1,1,1\n",
		"no,verdict,tags,types,reason\n1,in,,,\n2,out,,,TOO_OLD\n3,decide,,,BLACKLIST\n"},
	"PX3-3.5.3a: losses": {"990003-anhui-type/risk-reserve", "990003-risk-reserve", nil, 0,
		"no,cause,principal,interest,insurance\n1,自然灾害,30000,900,20000\n2,恶意拖欠,30000,900,0\n",
		"no,total,first_insurer,shared,part_reserve,part_bank,paid,reason\n1,30900.00,20000.00,10900.00,10900.00,0.00,10900.00,\n" +
			"2,30900.00,0.00,30900.00,0.00,30900.00,0.00,CAUSE_NOT_COVERED\n"},
	// costs 7.5% of 8,000,000; a loss is 60/40, a profit 1/3 and the rest
	"PX2-4.3: a pool of insurance": {"990002-yanchi-type/insurance", "990002-insurance",
		map[string]string{"cost_rate": "7.5%", "profit_return_share": "1/3", "premium_finance_share": "2/3"}, 0,
		"no,premiums,claims\n1,8000000,10000000\n2,8000000,5000000\n",
		"no,result,part_fund,part_insurer,reason\n1,-2600000.00,-1560000.00,-1040000.00,\n2,2400000.00,800000.00,1600000.00,\n"},
	// 97.9%, 97.5%, 97.99% of the year so far stop; exactly 98.0% does not
	"PX3-4.3c: a breaker": {"990003-anhui-type/breaker", "990003-breaker", nil, 0,
		"no,area,month_end,area_level,matured,collected\n1,甲村,2019-01-31,village,1000,979\n2,甲村,2019-02-28,village,1000,971\n3,甲村,2019-03-31,village,1000,989.70\n" +
			"4,乙村,2019-01-31,village,1000,979\n5,乙村,2019-02-28,village,1000,971\n6,乙村,2019-03-31,village,1000,990\n",
		"no,state,since,from,reason\n乙村,running,,,\n甲村,stopped,2019-03-31,,\n"},
	// 9 jobs of 18 people: too few, but half of them; the rate is exactly at the ceiling of 3.8%
	"DY-3.1b, DY-2.2a: targets": {"330783-dongyang/targets", "330783-targets", nil, 0,
		"no,read_on,average_rate,jobs,employees\n1,2024-12-31,3.9%,10,30\n2,2025-06-30,3.8%,9,18\n",
		`no,goal,target,actual,share,gone,as_of,status,reason
K-DY-1,共富贷款平均利率,3.8%,3.8%,100%,,2025-06-30,met,
K-DY-2-1,最低,1.8%,,,,2025-06-30,no_data,
K-DY-2-2,最高,1.8%,,,,2025-06-30,no_data,
K-DY-3-1,人数,10,9,90%,,2025-06-30,not_met,
K-DY-3-2,占比,50%,50%,100%,,2025-06-30,met,
K-DY-4,担保贷款补助拨付期限,,,,,2025-06-30,no_data,
K-DY-5-1,2024年底前放款,2025-12-31,,,,2025-06-30,no_data,
K-DY-5-2,2025年放款,2026-12-31,,,,2025-06-30,no_data,
`},
	"PX2-5.3: lights": {"990002-yanchi-type/lights", "990002-lights", map[string]string{"light_rules": "suggested", "reminder_days": "[30, 10]"}, 0,
		"no,as_of,due,overdue_days,use,principal,interest,income,income_before,stopped\n1,2024-03-01,2024-03-31,0,已核实,50000,0,1,1,0\n2,2024-03-01,2024-02-01,29,已核实,50000,0,1,1,0\n",
		"no,light,reminders,reason\n1,yellow,2024-03-01 2024-03-21,\n2,red,2024-01-02 2024-01-22,\n"},
}

func (x tabled) rules(t testing.TB) scheme.Rules {
	t.Helper()
	r, faults := LoadRules(scheme.Folder{FS: os.DirFS("../../policies"), Dir: x.dir, ID: x.id}, x.set)
	if err := faults.Err(); err != nil {
		t.Fatal(err)
	}
	return r
}

func tableFile(name string, data []byte) *bankfile.Input {
	return &bankfile.Input{Name: name, Data: bytes.NewReader(data), Size: int64(len(data))}
}

// results are results.csv of a table, or what was refused.
func (x tabled) results(t testing.TB, p *bankfile.Profile, r scheme.Rules, in *bankfile.Input) (string, error) {
	t.Helper()
	run, err := ComputeTable(r, scheme.Table{Year: x.year}, TableFiles{Profile: p, Facts: in})
	if err != nil {
		return "", err
	}
	var b bytes.Buffer
	if err := run.WriteCSV(&b); err != nil {
		t.Fatal(err)
	}
	return b.String(), nil
}

func TestATableOfEachKindComesToWhatWasWorkedByHandFromCSVAndWorkbooks(t *testing.T) { // WZ-A2, WZ-A3a, WZ-A6, PX1-3, PX2-4.3, PX2-5.3, PX3-3.1a, PX3-3.5.3a
	p := profile(t)
	for name, x := range worked {
		t.Run(name, func(t *testing.T) {
			r := x.rules(t)
			rows, err := csv.NewReader(strings.NewReader(x.table)).ReadAll()
			if err != nil {
				t.Fatal(err)
			}
			var book bytes.Buffer
			if err := form.WriteTable(&book, "申报表", rows[0], rows[1:]); err != nil {
				t.Fatal(err)
			}
			for _, in := range []*bankfile.Input{tableFile("facts.csv", []byte(x.table)), tableFile("facts.xlsx", book.Bytes())} {
				if got, err := x.results(t, p, r, in); err != nil || got != x.want {
					t.Errorf("%s: %v\ngot\n%swant\n%s", in.Name, err, got, x.want)
				}
			}
		})
	}
}

func TestTheOrderOfATableChangesNothingOfItsResults(t *testing.T) {
	p := profile(t)
	for name, x := range worked {
		t.Run(name, func(t *testing.T) {
			r := x.rules(t)
			lines := strings.SplitAfter(strings.TrimSuffix(x.table, "\n"), "\n")
			lines[len(lines)-1] += "\n"
			rapid.Check(t, func(rt *rapid.T) {
				order := rapid.Permutation(slices.Clone(lines[1:])).Draw(rt, "order")
				got, err := x.results(t, p, r, tableFile("facts.csv", []byte(lines[0]+strings.Join(order, ""))))
				if err != nil || got != x.want {
					rt.Fatalf("%v\n%s", err, got)
				}
			})
		})
	}
}

func TestEveryRowOfATableIsExplainedInBothLanguages(t *testing.T) {
	p := profile(t)
	for name, x := range worked {
		run, err := ComputeTable(x.rules(t), scheme.Table{Year: x.year}, TableFiles{Profile: p, Facts: tableFile("facts.csv", []byte(x.table))})
		if err != nil {
			t.Fatal(err)
		}
		for i := range run.Outcome.Rows {
			zh, en := run.Explain(i, fault.Zh), run.Explain(i, fault.En)
			if len(zh.Steps) == 0 || len(zh.Steps) != len(en.Steps) {
				t.Errorf("%s: row %s has %d steps, in English %d", name, zh.No, len(zh.Steps), len(en.Steps))
			}
			if zh.Reason != "" && (zh.Why == "" || en.Why == "" || zh.Why == en.Why) {
				t.Errorf("%s: %s is not said in words", name, zh.Reason)
			}
		}
	}
}

func TestAllFaultsOfATableAreSaidAtOnceAndHideIdentityNumbers(t *testing.T) {
	x := worked["PX3-3.1a: three indicators"]
	text := "编号,家庭劳动力评分,家庭收入评分,社会信用度评分\n990783198502038717,60,75,x\n990783198502038717,60,75,101\n3,60,,70\n4,60,70\n"
	_, err := x.results(t, profile(t), x.rules(t), tableFile("f.csv", []byte(text)))
	got := ""
	for _, f := range fault.From(err) {
		got += fmt.Sprintf("%s %d %s\n", f.Code(), f.Place.Row, f.Place.Column)
	}
	if want := "VALUE_TYPE 2 社会信用度评分\nROW_TWICE 3 \n"; got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	if strings.Contains(err.Error(), "990783198502038717") {
		t.Error(err)
	}
	// what only the card can judge is said of all rows as well
	_, err = x.results(t, profile(t), x.rules(t), tableFile("f.csv", []byte("编号,家庭劳动力评分,家庭收入评分,社会信用度评分\n2,60,75,101\n3,60,,70\n")))
	if fs := fault.From(err); len(fs) != 2 || fs[0].Place.Row != 2 || fs[1].Place.Row != 3 {
		t.Error(err)
	}
}

// simulated compares a table under its own parameters with others.
func simulated(t testing.TB, x tabled, change map[string]string, area string) *TableSimulation {
	t.Helper()
	var runs []*TableRun
	for range 2 {
		run, err := ComputeTable(x.rules(t), scheme.Table{Year: x.year}, TableFiles{Profile: profile(t), Facts: tableFile("f.csv", []byte(x.table))})
		if err != nil {
			t.Fatal(err)
		}
		runs = append(runs, run)
		set := maps.Clone(x.set)
		if set == nil {
			set = map[string]string{}
		}
		maps.Copy(set, change)
		x.set = set
	}
	s, err := SimulateTable(runs[0], runs[1], area)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestASimulatedTableSaysWhoGainsWhoLosesAndWhatItCosts(t *testing.T) { // WZ-A3a, WZ-A2, PX3-3.1a, PX1-3, PX3-3.5.3a
	for name, x := range map[string]struct {
		change     map[string]string
		gain, lose RowMovement
		same       int
		total      string
		cost       Change
	}{
		// 0.6% × 180,000,000 = 1,080,000 is enough for 600,000 and 450,000
		"WZ-A3a: a pool":             {map[string]string{"pool_share": "0.6%"}, RowMovement{2, 15000000}, RowMovement{}, 2, "amount", Change{90027000, 105027000}},
		"WZ-A2: ranks":               {map[string]string{"rank_awards": "[40万元, 20万元, 5万元]"}, RowMovement{1, 10000000}, RowMovement{1, 5000000}, 1, "amount", Change{60000000, 65000000}},
		"PX3-3.1a: three indicators": {map[string]string{"line_table": "AAA+ 50000, AAA 45000, AA 25000, A 20000"}, RowMovement{1, 500000}, RowMovement{1, 500000}, 1, "line", Change{7000000, 7000000}},
		"PX1-3: applicants":          {map[string]string{"max_age": "61"}, RowMovement{1, 0}, RowMovement{}, 2, "", Change{}},
		// of the loss of 30,000 principal the insurance of 20,000 leaves 10,000
		"PX3-3.5.3a: losses": {map[string]string{"loss_base": "principal_only"}, RowMovement{}, RowMovement{1, 90000}, 1, "paid", Change{1090000, 1000000}},
	} {
		s := simulated(t, worked[name], x.change, "")
		if s.Gain != x.gain || s.Lose != x.lose || s.Same != x.same || s.Totals[x.total] != x.cost {
			t.Errorf("%s: gain %v, lose %v, same %d, %v", name, s.Gain, s.Lose, s.Same, s.Totals[x.total])
		}
		for _, p := range s.Payers {
			if p != x.cost {
				t.Errorf("%s: payers %v", name, s.Payers)
			}
		}
	}
}

func TestASimulatedTableShowsAreasAndMovesAndAddsUp(t *testing.T) {
	s := simulated(t, worked["WZ-A3a: a pool"], map[string]string{"pool_share": "0.6%"}, "bank")
	want := map[string]AreaChange{"甲银行": {1, 0, Change{51428571, 60000000}}, "乙银行": {1, 0, Change{38598429, 45027000}}, "丙银行": {}}
	if !maps.Equal(s.ByArea, want) {
		t.Errorf("%v", s.ByArea)
	}
	s = simulated(t, worked["PX1-3: applicants"], map[string]string{"max_age": "61"}, "")
	if s.Moves["out → in"] != 1 || s.Reasons["TOO_OLD"] != [2]int{1, 0} {
		t.Errorf("%v, %v", s.Moves, s.Reasons)
	}
	x := worked["WZ-A3a: a pool"]
	if s = simulated(t, x, x.set, ""); s.Same != 4 || s.Gain != (RowMovement{}) || s.Lose != (RowMovement{}) {
		t.Error("something changes though nothing is changed")
	}
}

func BenchmarkTableOfACounty(b *testing.B) {
	for name, x := range map[string]tabled{"rating": worked["PX3-3.1a: three indicators"], "losses": worked["PX3-3.5.3a: losses"]} {
		b.Run(name, func(b *testing.B) {
			lines := strings.Split(strings.TrimSuffix(x.table, "\n"), "\n")
			text := lines[0] + "\n"
			for i := range 100_000 {
				_, rest, _ := strings.Cut(lines[1+i%2], ",")
				lines = append(lines, fmt.Sprintf("%d,%s", i+1, rest))
			}
			text += strings.Join(lines[len(lines)-100_000:], "\n") + "\n"
			r, p := x.rules(b), profile(b)
			for b.Loop() {
				if _, err := x.results(b, p, r, tableFile("f.csv", []byte(text))); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
