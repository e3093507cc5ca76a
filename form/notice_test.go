package form

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"
	"testing"

	"ganlan/fault"
)

const noticeForm = `form: notice
title: 贴息公示
layout: table
columns:
  - {title: 姓名, field: name, kind: text}
  - {title: 金额, field: amount, kind: money}
footer:
  - {text: "公示日期：{date}"}
`

func notice(t *testing.T, names []string, values map[string]string) ([]byte, error) {
	t.Helper()
	d, faults := Load("notice.yaml", []byte(noticeForm))
	if faults.Err() != nil {
		t.Fatal(faults)
	}
	i := 0
	rows := Rows{Count: len(names), Next: func(dst []Cell) bool {
		if i == len(names) {
			return false
		}
		dst[0], dst[1] = OfText(names[i]), OfFen(187050)
		i++
		return true
	}}
	var buf bytes.Buffer
	err := WriteNotice(&buf, d, rows, Meta{At: "2026-03-01 09:30:00", Export: "DC-0001", Watermark: "王某 财政局 2026-03-01", Values: values})
	return buf.Bytes(), err
}

func TestANoticeWithANumberOfAPersonIsNotWritten(t *testing.T) {
	for _, name := range []string{"林溪990783198502038717", "林溪 138 0000 0000", "林溪138-0000-0000", "９９０７８３１９８５０２０３８７１７", "990783********8717"} {
		data, err := notice(t, []string{"周岚", name}, nil)
		if list := fault.From(err); len(data) > 0 || len(list) != 1 || list[0].Code() != "NOTICE_PERSONAL" || list[0].Place.Row != 2 {
			t.Errorf("%q: %d bytes, %v (G3)", name, len(data), err)
		}
	}
	if data, err := notice(t, []string{"周岚"}, map[string]string{"date": "经办 13800000000"}); err == nil || len(data) > 0 {
		t.Error("a telephone below the table is written (G3)")
	}
}

func TestANoticeHidesNothingAndNamesNoUser(t *testing.T) {
	data, err := notice(t, []string{"周岚", "欧阳**"}, map[string]string{"date": "2026-03-01"})
	if err != nil {
		t.Fatal(err)
	}
	for name, part := range partsOf(t, data) {
		if strings.Contains(part, "hidden=") {
			t.Errorf("%s hides something", name)
		}
		if strings.HasPrefix(name, "docProps/") && (strings.Contains(part, "王某") || strings.Contains(part, "lastModifiedBy>") && !strings.Contains(part, "lastModifiedBy></")) {
			t.Errorf("%s names a user: %s", name, part)
		}
	}
	sheet := partsOf(t, data)["xl/worksheets/sheet1.xml"]
	for _, want := range []string{"导出编号 DC-0001", "&amp;R&amp;K808080王某 财政局 2026-03-01"} {
		if !strings.Contains(sheet, want) && !strings.Contains(partsOf(t, data)["xl/sharedStrings.xml"], want) {
			t.Errorf("%q does not stand in the sheet (G8)", want)
		}
	}
}

func partsOf(t *testing.T, data []byte) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		r.Close()
		out[f.Name] = string(b)
	}
	return out
}
