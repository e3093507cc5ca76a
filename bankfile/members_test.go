package bankfile

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"ganlan/fault"
	"ganlan/household"
	"ganlan/region"
)

func readMembers(t testing.TB, text string, opt Options) ([]household.Family, []household.Headless, fault.List) {
	t.Helper()
	f, faults := open(profile(t), Members, text, opt)
	if f == nil {
		t.Fatal(says(faults))
	}
	return f.ReadMembers()
}

const membersHead = "家庭编号,姓名,与户主关系,证件号码,性别,出生日期,乡镇,村\n"

func TestC5RelationsInWordsOrCodesAreThoseOfTheStandard(t *testing.T) {
	for written, code := range map[string]string{"本人": "01", "户主": "02", "02": "02", "配偶": "10", "老婆": "12", "妻": "12", "之妻": "12", "户主之妻": "12", "户主的妻子": "12", "儿媳": "38", "38": "38",
		"之孙": "41", "孙女": "42", "长子": "22", "次女": "33", "父亲": "51", "岳母": "56", "其他亲属": "97", "非亲属": "99", " 女 婿 ": "28"} {
		head := "JT01,张三,户主,,,,,\n"
		if code == "01" || code == "02" {
			head = ""
		}
		for how, text := range map[string]string{"csv": membersHead + head + "JT01,李四," + written + ",,,,,\n", "GB18030": gb18030(t, membersHead+head+"JT01,李四,"+written+",,,,,\n")} {
			families, _, faults := readMembers(t, text, Options{})
			if len(faults) > 0 || len(families) != 1 {
				t.Fatalf("%s %s: %s", how, written, says(faults))
			}
			if m := families[0].Members; m[len(m)-1].Relation != code {
				t.Errorf("%s %s is %s, want %s", how, written, m[len(m)-1].Relation, code)
			}
		}
	}
	_, _, faults := readMembers(t, membersHead+"JT01,张三,户主,,,,,\nJT01,李四,媳妇,,,,,\nJT01,王五,1,,,,,\n", Options{}) // 媳妇 is a wife or a daughter-in-law; 1 is 01 or 配偶
	if says(faults) != "members.csv 3 与户主关系 RELATION_UNKNOWN\nmembers.csv 4 与户主关系 RELATION_UNKNOWN" {
		t.Errorf("%s", says(faults))
	}
}

func TestC5AHouseholdWithoutOneHeadIsLeftOutAndTheFileStays(t *testing.T) {
	text := membersHead + "JT02,周岚,配偶,,,,,\nJT01,林溪,户主,,,,,\nJT03,陈渡,户主,,,,,\nJT02,周小岚,女,,,,,\nJT03,沈禾,本人,,,,,\nJT01,林小溪,独生女,,,,,\nJT04,吴桐（户主）,,,,,,\n"
	for how, text := range map[string]string{"csv": text, "workbook": workbook(t, rows(text))} {
		families, refused, faults := readMembers(t, text, Options{})
		got := ""
		for _, f := range families {
			got += fmt.Sprintf("%s %s %d;", f.No, f.Members[f.Head].Name, len(f.Members))
		}
		if got != "JT01 林溪 2;JT04 吴桐 1;" || len(refused) != 2 || faults.Err() != nil {
			t.Errorf("%s: %s, refused %v, %s", how, got, refused, says(faults))
		}
		said := strings.ReplaceAll(says(faults), " 表一", "")
		if said != "members.csv 2 与户主关系 HOUSEHOLD_NO_HEAD\nmembers.csv 6 与户主关系 HOUSEHOLD_TWO_HEADS" || faults[1].With["row"] != "4" {
			t.Errorf("%s: %s", how, said)
		}
	}
}

func TestC3MembersWithTwoNamesNumbersOrHouseholdsAreTold(t *testing.T) {
	const a, b = "990783198502038717", "990783198502038725"
	for name, x := range map[string]struct{ rows, want string }{
		"one number, two names":      {"JT01,林溪,户主," + a + ",,,,\nJT01,林希,子," + a + ",,,,\n", "3 姓名 ID_TWO_NAMES"},
		"one name, two numbers":      {"JT01,林溪,户主," + a + ",,,,\nJT01,林 溪,子," + b + ",,,,\n", "3 证件号码 NAME_TWO_IDS"},
		"namesakes, two households":  {"JT01,林溪,户主," + a + ",,,,\nJT02,林溪,户主," + b + ",,,,\n", ""},
		"one person, two households": {"JT01,林溪,户主," + a + ",,,,\nJT02,林溪,户主," + a + ",,,,\n", "3 证件号码 PERSON_TWO_HOUSEHOLDS"},
		"sex and birth":              {"JT01,林溪,户主," + a + ",女,1985-02-04,,\n", "2 性别 SEX_DIFFERS\nmembers.csv 2 出生日期 BIRTH_DIFFERS"},
		"a row twice":                {"JT01,林溪,户主," + a + ",男,1985-02-03,,\nJT01,林 溪,02," + a + ",1,19850203,,\n", "3 姓名 ROW_REPEATED"},
		"a wrong number":             {"JT01,林溪,户主,990783198502038718,,,,\n", "2 证件号码 ID_CHECK"},
	} {
		_, _, faults := readMembers(t, membersHead+x.rows, Options{})
		if strings.TrimPrefix(says(faults), "members.csv ") != x.want {
			t.Errorf("%s: %s, want %s", name, says(faults), x.want)
		}
	}
}

func TestC9AVillageIsReadByTheCountysOwnList(t *testing.T) {
	places, faults := LoadPlaces("places.yaml", []byte("places:\n  \"990783001\": [青山镇]\n  \"990783001203\": [下坞村, 下坞新村]\n"))
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	for village, want := range map[string]string{"下坞": "990783001203", "下坞村": "990783001203", "下坞村委会": "990783001203", "下坞社区": "990783001203", "下坞新村": "990783001203", "": "990783001"} {
		families, _, faults := readMembers(t, membersHead+"JT01,林溪,户主,,,,青山,"+village+"\n", Options{Places: places})
		if len(faults) > 0 || families[0].Members[0].Village != want {
			t.Errorf("%s: %v %s", village, families, says(faults))
		}
	}
	_, _, faults = readMembers(t, membersHead+"JT01,林溪,户主,,,,青山,上坞\nJT02,周岚,户主,,,,白云镇,下坞\n", Options{Places: places})
	if says(faults) != "members.csv 2 村 PLACE_UNKNOWN\nmembers.csv 3 乡镇 PLACE_UNKNOWN" {
		t.Errorf("%s", says(faults))
	}
}

func TestC9AreaCodesOfContracts(t *testing.T) {
	p := profile(t).WithCounties(region.Counties{"3301": "0205", "3307": "8384"})
	for code, want := range map[string]string{"000000": "REGION_BAD", "330103": "REGION_NOT_IN_USE", "330103001": "REGION_NOT_IN_USE", "330784001": "REGION_ELSEWHERE", "330783001": "", "330783": "", "330700": "", "990783001": "", "770101": "REGION_UNASSIGNED", "": ""} {
		set := files{Contracts: lay(rowsWith("所属区域代码="+code), ",", "\n"), Ledger: "contract_no,date,kind,amount\nHT01,2024-01-18,drawdown,10000\n"}
		if want != "" {
			want = "contracts.csv 2 所属区域代码 " + want
		}
		if got := readSet(t, p, set, Options{Area: "330783"}); says(got.faults) != want {
			t.Errorf("%s: %q, want %q", code, says(got.faults), want)
		}
	}
}

func TestTheTableOfCountiesHoldsThoseInUse(t *testing.T) {
	data := standardFile(t, "counties.yaml")
	table, faults := LoadCounties("counties.yaml", data)
	if len(faults) > 0 || len(table) < 300 {
		t.Fatalf("%d, %v", len(table), faults)
	}
	for code, gone := range map[region.Code]bool{"330783": false, "330383": false, "330103": true, "330104": true, "330113": false, "441900": false, "429004": false, "710101": false, "330283": true} {
		if got := table.Check(code, fault.Place{}) != nil; got != gone {
			t.Errorf("%s: merged %t, want %t", code, got, gone)
		}
	}
}

func FuzzMembers(f *testing.F) {
	f.Add([]byte(membersHead + "JT01,张三（户主）,,990783198502038717,男,1985-02-03,青山,下坞\nJT01,李四,之孙,,,,,\n"))
	p := profile(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		file, _ := open(p, Members, string(data), Options{})
		if file == nil {
			return
		}
		families, refused, _ := file.ReadMembers()
		for _, x := range families {
			if !x.Members[x.Head].IsHead() {
				t.Errorf("%s has no head", x.No)
			}
		}
		for _, x := range refused {
			if len(x.Heads) == 1 {
				t.Errorf("%s was refused with its head", x.No)
			}
		}
	})
}

func standardFile(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile("../policies/standard/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}
