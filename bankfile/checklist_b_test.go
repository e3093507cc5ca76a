package bankfile

import (
	"slices"
	"strings"
	"testing"
)

// head are the columns of contracts that the checklist's tests vary; row is one right row of them.
var head = []string{"合同号", "家庭编号", "证件类型", "证件号码", "姓名", "性别", "出生日期", "合同利率", "合同状态", "五级分类", "合同起始日期", "合同到期日期", "期限", "合同金额", "贷款余额", "账号", "所属区域代码"}

var rowOf = map[string]string{"合同号": "HT01", "姓名": "林溪", "合同利率": "3.65", "合同状态": "正常", "合同起始日期": "2024-01-18", "合同到期日期": "2025-01-18", "合同金额": "10000", "贷款余额": "10000"}

// rowsWith is a file of contracts whose rows differ from the right one in the given cells: «title=value», several parted by ;.
func rowsWith(changes ...string) [][]string {
	rows := [][]string{slices.Clone(head)}
	for i, change := range changes {
		row := make([]string, len(head))
		for j, title := range head {
			row[j] = rowOf[title]
		}
		row[0] = "HT0" + string(rune('1'+i))
		for _, c := range strings.Split(change, ";") {
			title, value, ok := strings.Cut(c, "=")
			for j := range head {
				if ok && head[j] == title {
					row[j] = value
				}
			}
		}
		rows = append(rows, row)
	}
	return rows
}

// contracts reads such a file as a bank might send it: csv in UTF-8 and GB18030, and a workbook. All must say the same.
func contracts(t testing.TB, changes ...string) outcome {
	t.Helper()
	return contractsOf(t, profile(t), rowsWith(changes...))
}

func contractsOf(t testing.TB, p *Profile, rows [][]string) (first outcome) {
	t.Helper()
	ledger := "contract_no,date,kind,amount\n"
	for i := range rows[1:] {
		ledger += "HT0" + string(rune('1'+i)) + ",2024-01-18,drawdown,10000\n"
	}
	for i, text := range []string{lay(rows, ",", "\n"), gb18030(t, lay(rows, ",", "\r\n")), workbook(t, rows)} {
		out := readSet(t, p, files{Contracts: text, Ledger: ledger}, Options{})
		for j := range out.faults {
			out.faults[j].Place.Sheet = ""
		}
		if i == 0 {
			first = out
		} else if says(out.faults) != says(first.faults) || strings.Join(out.records, "") != strings.Join(first.records, "") {
			t.Errorf("in another dress (%d):\n%s\n%s\nin the first:\n%s\n%s", i, says(out.faults), out.records, says(first.faults), first.records)
		}
	}
	return first
}

// expect checks what a change of one cell comes to: the faults as «row column CODE», and a part of the record when it is read.
func expect(t *testing.T, got outcome, faults, part string) {
	t.Helper()
	said := strings.ReplaceAll(says(got.faults), "contracts.csv ", "")
	if said != faults {
		t.Errorf("said %q, want %q", said, faults)
	}
	if all := strings.Join(got.records, "\n"); part != "" && !strings.Contains(all, part) {
		t.Errorf("no %q in %s", part, all)
	}
}

func TestB8TheDotOfANameHasOneForm(t *testing.T) {
	for _, dot := range []string{"·", "•", "‧", "・", "．", "●", ".", " · "} {
		expect(t, contracts(t, "姓名=迪丽热巴"+dot+"买买提"), "", "Name:迪丽热巴·买买提 ")
	}
}

func TestB9RareCharactersAreStoredAndPlaceholdersTold(t *testing.T) {
	for _, name := range []string{"龚䶮", "㛃花", "张𠮷", "李𤩽", "龦明", "鿍明", "王\U0002EBF0"} {
		expect(t, contracts(t, "姓名="+name), "", "Name:"+name+" ")
	}
	for _, name := range []string{"王jia玉", "王?", "王□", "王(王加玉)"} {
		expect(t, contracts(t, "姓名="+name), "2 姓名 NAME_INCOMPLETE", "Name:"+name+" ")
	}
	expect(t, contracts(t, "姓名=王\ue863"), "2 姓名 NAME_PRIVATE_CHARACTER", "Name:王\ue863 ")
}

func TestB10SpacesAndRolesGoTwoPeopleAreRefused(t *testing.T) {
	for _, name := range []string{"张三", "张 三", "张　三", "张三(户主)", "张三（户主）", " 张三（ 本人 ）"} {
		expect(t, contracts(t, "姓名="+name), "", "Name:张三 ")
	}
	expect(t, contracts(t, "姓名=张三、李四"), "2 姓名 NAME_TWO_PEOPLE", "")
}

func TestB11OneWritingIsOnePersonAnotherCharacterIsNot(t *testing.T) {
	const id = "证件类型=身份证;证件号码=990783198502038768;姓名="
	expect(t, contracts(t, id+"王芳", id+"王 芳"), "", "")
	expect(t, contracts(t, id+"王喆", id+"王哲"), "3 姓名 ID_TWO_NAMES", "")
	expect(t, contracts(t, id+"張三", id+"张三"), "3 姓名 ID_TWO_NAMES", "")
}
