package bankfile

import (
	"bytes"
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	textunicode "golang.org/x/text/encoding/unicode"

	"ganlan/fault"
)

// spoiled is a ledger with a title, a wrong kind, a blank line and an amount with a stray comma.
const spoiled = "流水表\n合同号,日期,类型,金额\nHT01,2024-03-15,放款,\"100,000.00\"\n\nHT01,2024-04-15,还贷,1.00\nHT02,2024-04-15,放款,1,000.00\n"

// markedText is the copy of a ledger in an encoding, decoded again.
func markedText(t *testing.T, text string, enc encoding.Encoding, bom string, opt Options) (name, got string) {
	t.Helper()
	data := []byte(text)
	if enc != nil {
		data, _ = enc.NewEncoder().Bytes(data)
	}
	data = append([]byte(bom), data...)
	f, faults := profile(t).Open(Input{"流水.csv", bytes.NewReader(data), int64(len(data))}, Ledger, opt)
	if f == nil {
		t.Fatal(faults)
	}
	kind := FaultKind.At(f.Layout.at(5, 2)).Set("value", "还贷")
	fields := FaultFields.At(f.Layout.at(6, -1)).Set("got", 5).Set("want", 4)
	copies := Marked([]*File{f}, fault.List{kind, fields}, fault.Zh)
	if len(copies) != 1 {
		t.Fatalf("%d copies", len(copies))
	}
	var b bytes.Buffer
	if err := copies[0].Write(&b); err != nil {
		t.Fatal(err)
	}
	out, ok := strings.CutPrefix(b.String(), bom)
	if !ok {
		t.Error("the mark of the encoding was lost")
	}
	if enc != nil {
		out, _ = enc.NewDecoder().String(out)
	}
	return copies[0].Name, out
}

func TestG4AMarkedTextKeepsEncodingAndSeparatorAndHasOneMoreColumn(t *testing.T) {
	utf16 := textunicode.UTF16(textunicode.LittleEndian, textunicode.IgnoreBOM)
	want := "流水表\n合同号,日期,类型,金额,,错误原因\nHT01,2024-03-15,放款,\"100,000.00\",,\n\n" +
		"HT01,2024-04-15,还贷,1.00,," + reasonOf(FaultKind.New().Set("value", "还贷"), fault.Zh) + "\n" +
		"HT02,2024-04-15,放款,1,000.00,错误：该行有 5 列，表头有 4 列。检查多余的分隔符或未加引号的逗号\n"
	for name, c := range map[string]struct {
		enc             encoding.Encoding
		bom, comma, end string
		opt             Options
	}{
		"UTF-8":                     {nil, "", ",", "\n", Options{}},
		"UTF-8 with its mark, CRLF": {nil, "\ufeff", ",", "\r\n", Options{}},
		"GB18030":                   {simplifiedchinese.GB18030, "", ",", "\n", Options{}},
		"GB18030 with bars":         {simplifiedchinese.GB18030, "", "|", "\n", Options{}},
		"GB18030 with CR alone":     {simplifiedchinese.GB18030, "", "\t", "\r", Options{}},
		"UTF-16":                    {utf16, "\xff\xfe", "\t", "\r\n", Options{}},
		"a long separator":          {nil, "", "|!", "\n", Options{Separator: "|!"}},
	} {
		dress := func(s string) string {
			if c.comma != "," {
				s = strings.ReplaceAll(strings.ReplaceAll(s, `"100,000.00"`, "100000.00"), ",", c.comma)
			}
			return strings.ReplaceAll(s, "\n", c.end)
		}
		file, got := markedText(t, dress(spoiled), c.enc, c.bom, c.opt)
		if got != dress(want) {
			t.Errorf("%s: got\n%q\nwant\n%q", name, got, dress(want))
		}
		if file != "流水-标注.csv" {
			t.Errorf("%s: named %s", name, file)
		}
	}
}

func TestBytesThatCannotBeReadComeBackAsTheyWereSent(t *testing.T) {
	text, _ := simplifiedchinese.GB18030.NewEncoder().String("合同号,日期,类型,金额\nHT01,2024-03-15,放款")
	text += "\xff,100\n" + strings.Repeat(" ", 3) + "\n"
	f, _ := profile(t).Open(Input{"a.csv", strings.NewReader(text), int64(len(text))}, Ledger, Options{})
	var b bytes.Buffer
	if err := Marked([]*File{f}, fault.List{FaultUnreadable.At(f.Layout.at(2, 2))}, fault.En)[0].Write(&b); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(b.String(), "\xff,100,error: the text holds characters") {
		t.Errorf("%q", b.String())
	}
}

func TestACopyFedBackHasItsReasonsRenewedAndSaysNothingOfTheColumn(t *testing.T) {
	_, once := markedText(t, spoiled, nil, "", Options{})
	_, again := markedText(t, once, nil, "", Options{})
	if again != once {
		t.Errorf("got\n%s\nwant\n%s", again, once)
	}
	f, faults := open(profile(t), Ledger, once, Options{})
	if f == nil || len(f.Warned) > 0 {
		t.Errorf("%v %v", f, faults)
	}
}

// FuzzMarkedText marks foreign bytes: every row is there again, with its reason behind it.
func FuzzMarkedText(f *testing.F) {
	f.Add([]byte(spoiled))
	f.Add([]byte("合同号|日期|类型|金额\nA|\"2|3|4\n\"|x\r\n\x1a"))
	p := profile(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		file, _ := p.Open(Input{"a.csv", bytes.NewReader(data), int64(len(data))}, Ledger, Options{})
		if file == nil || file.book != nil {
			return
		}
		n := 0
		if err := file.Rows(func(*Row) error { n++; return nil }); err != nil {
			return
		}
		var b bytes.Buffer
		copies := Marked([]*File{file}, fault.List{FaultBlank.At(file.Layout.at(file.Layout.HeaderRow+1, 0))}, fault.Zh)
		if err := copies[0].Write(&b); err != nil {
			t.Fatal(err)
		}
		again, faults := p.Open(Input{"b.csv", bytes.NewReader(b.Bytes()), int64(b.Len())}, Ledger, Options{Separator: file.sep})
		if again == nil {
			t.Fatal(faults)
		}
		m := 0
		if err := again.Rows(func(*Row) error { m++; return nil }); err != nil || m < n {
			t.Errorf("%d rows of %d, %v: %q", m, n, err, b.String())
		}
	})
}
