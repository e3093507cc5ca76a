package form

import (
	"bytes"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

func template() Template {
	many := make([]string, 60)
	for i := range many {
		many[i] = strings.Repeat("产品", 5) + count(i)
	}
	return Template{Title: "合同", Notes: []string{"示例行填报前请删除"}, Columns: []TemplateColumn{
		{Title: "合同号", Kind: Text, Need: true, Example: "示例"},
		{Title: "身份证号", Kind: Text, Example: "990783198502038717", Note: "文本格式，18位"},
		{Title: "合同金额", Kind: Money, Need: true, Example: "100000.00"},
		{Title: "起始日期", Kind: Date, Example: "2025-03-15"},
		{Title: "状态", Choices: []string{"正常", "结清"}},
		{Title: "产品", Choices: many},
		{Title: "备注", Example: "=1+1"},
	}}
}

func TestATemplateOffersListsAndKeepsNumbersAsText(t *testing.T) {
	var buf bytes.Buffer
	if err := WriteTemplate(&buf, template()); err != nil {
		t.Fatal(err)
	}
	var again bytes.Buffer
	if err := WriteTemplate(&again, template()); err != nil || !bytes.Equal(buf.Bytes(), again.Bytes()) {
		t.Errorf("the second is another: %v", err)
	}
	f, err := excelize.OpenReader(&buf)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for cell, want := range map[string]string{"A1": "*合同号", "B1": "身份证号", "A2": "示例", "B2": "990783198502038717", "G2": "'=1+1"} {
		if got, _ := f.GetCellValue("合同", cell); got != want {
			t.Errorf("%s is %q, want %q (G5)", cell, got, want)
		}
	}
	for column, want := range map[string]int{"B": 49, "C": 4} {
		id, err := f.GetColStyle("合同", column)
		if err != nil {
			t.Fatal(err)
		}
		if s, err := f.GetStyle(id); err != nil || s.NumFmt != want {
			t.Errorf("column %s has format %+v, want %d (G5: text preset)", column, s.NumFmt, want)
		}
	}
	id, _ := f.GetCellStyle("合同", "B2")
	if s, err := f.GetStyle(id); err != nil || s.Font.Color != "808080" {
		t.Errorf("the example row is not grey: %+v %v", s, err)
	}
	vs, err := f.GetDataValidations("合同")
	if err != nil || len(vs) != 2 || vs[0].Sqref != "E2:E20000" || vs[0].Formula1 != "'可选值'!$A$2:$A$3" || vs[1].Formula1 != "'可选值'!$B$2:$B$61" {
		t.Errorf("lists %+v %v", vs, err)
	}
	if rows, err := f.GetRows("填表说明"); err != nil || len(rows) != 3+7 || rows[4][0] != "身份证号" {
		t.Errorf("notes %v %v", rows, err)
	}
}
