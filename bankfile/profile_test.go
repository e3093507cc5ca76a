package bankfile

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// profiles are all profiles of the project, and those given.
func profiles(t testing.TB, more map[string]string) *Profile {
	t.Helper()
	files := map[string][]byte{}
	names, _ := filepath.Glob("../policies/standard/files/*.yaml")
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		files[filepath.Base(name)] = data
	}
	for name, text := range more {
		files[name] = []byte(text)
	}
	p, faults := LoadProfiles(files)
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	return p
}

// banked is the small set as the example bank writes it: own titles, codes, amounts in fen.
func banked() map[Kind][][]string {
	return map[Kind][][]string{
		Contracts: rows(`客户合同流水号,户籍家庭号,客户中文名,核算机构号,业务品种代码,专项贷款类型,资金用途代码,执行年利率,合同状态代码,合同生效日,合同终止日,合同金额,当前余额,其他贴息,五级分类代码
HT01,JT01,林溪,东支行,,共富经营贷,01,3.65,10,20240315,20270314,20000000,12000000,0,1
HT02,JT02,周岚,东支行,,GF02,02,3.85,20,20240110,20250109,5000000,0,1,1
HT03,,陈渡,西支行,,共富安居贷,04,4.2,10,20240501,20260501,8000000,8000000,,1
`),
		Ledger: rows(`客户合同流水号,借据序号,会计日期,交易码,发生金额,变更后到期日
HT01,,20240315,1001,10000000,
HT01,,20240601,LN01,5000000,
HT01,,20241010,2001,3000000,
HT02,N1,20240110,1001,5000000,
HT02,N1,20250109,2002,5000000,
HT03,,20240501,1001,8000000,
HT03,,20250501,4001,,20270501
`),
	}
}

func TestABanksOwnProfileIsKnownByItsHeaderOrNamed(t *testing.T) {
	all := profiles(t, nil)
	want := readSet(t, profile(t), small(), Options{})
	named, f := all.Named("example-rural")
	if f != nil {
		t.Fatal(f)
	}
	for how, p := range map[string]*Profile{"known by the header": all, "named": named} {
		for sep, name := range map[string]string{",": "comma", "|": "bar"} {
			t.Run(how+", "+name, func(t *testing.T) {
				set := small()
				for kind, rows := range banked() {
					set[kind] = lay(rows, sep, "\n")
				}
				if how == "named" { // a named profile holds for files in the standard's titles too, but counts in its own unit
					set[Notes], set[Fees] = replace(set[Notes], "amount", "放款金额（元）"), replace(set[Fees], "fee,refund", "担保费（元）,退费（元）")
				}
				expectSame(t, readSet(t, p, set, Options{}), want)
			})
		}
	}
	if _, f := all.Named("example-rual"); f == nil || f.With["hint_en"] != " (did you mean example-rural?)" {
		t.Errorf("%v", f)
	}
}

func TestACountyAddsItsNamesWithoutCopyingAnother(t *testing.T) {
	all := profiles(t, map[string]string{"mycounty.yaml": "title: 本县\nextends: example-rural\nheader: {ledger: [流水合同]}\ncolumns:\n  ledger: {contract_no: [流水合同], date: [那天]}\n" +
		"words: {ledger_kind: {drawdown: [放出去]}, status: {settled: [\"10\"]}}\n"})
	set := small()
	set[Ledger] = replace(set[Ledger], "contract_no,note_no,date", "流水合同,借据序号,那天", "00.00", "0000", "drawdown", "放出去")
	expectSame(t, readSet(t, all, set, Options{}), readSet(t, profile(t), small(), Options{}))
	own, _ := all.Named("mycounty")
	if own.status["10"] != "settled" || own.status["20"] != "settled" || all.status["10"] != "" {
		t.Error("the county's own word does not come first")
	}
}

func TestAProfileThatIsWrongIsRefusedWithItsPlace(t *testing.T) {
	std, err := os.ReadFile("../policies/standard/files/standard.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		"title: x\nextends: standrad\n": "PROFILE_MISSING",
		"title: x\nextends: x\n":        "PROFILE_MISSING",
		"title: x\n":                    "PROFILE_INCOMPLETE",
		"title: x\nextends: standard\ncolumns: {contract: {name: [a]}}\n":          "PROFILE_KEY",
		"title: x\nextends: standard\ncolumns: {ledger: {kin: [a]}}\n":             "PROFILE_KEY",
		"title: x\nextends: standard\ncolumns: {ledger: {kind: [a], date: [Ａ]}}\n": "PROFILE_NAME_TWICE",
		"title: x\nextends: standard\nheader: {x: [a]}\n":                          "PROFILE_KEY",
		"title: x\nextends: standard\nwords: {ledger_kind: {pay: [a]}}\n":          "PROFILE_KEY",
		"title: x\nextends: standard\nunit: 角\n":                                   "VALUE_UNKNOWN",
		"title: x\nextends: standard\nsheet_fills: town\n":                         "PROFILE_KEY",
		"title: x\nextends: standard\nsep: a\n":                                    "KEY_UNKNOWN",
		"":                                                                         "YAML_SYNTAX",
	} {
		_, faults := LoadProfiles(map[string][]byte{"standard.yaml": std, "x.yaml": []byte(text)})
		if len(faults) == 0 || faults[0].Code() != want || !strings.HasPrefix(faults[0].Place.File, "x.yaml") {
			t.Errorf("%q: %v, want %s", text, faults, want)
		}
	}
}
