package payment

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"ganlan/day"
	"ganlan/fault"
	"ganlan/form"
	"ganlan/loan"
	"ganlan/money"
)

var update = flag.Bool("update", false, "write the golden files anew")

const shipped = "../policies/standard/payments/"

func layout(t testing.TB, name string) *Layout {
	t.Helper()
	data, err := os.ReadFile(shipped + name + ".yaml")
	if err != nil {
		t.Fatal(err)
	}
	l, faults := Load(name+".yaml", data)
	if err := faults.Err(); err != nil {
		t.Fatal(err)
	}
	return l
}

// batch is three invented households, one whose account is another's.
func batch() Batch {
	return Batch{No: "P2025001", Date: day.Of(2026, 5, 20), Lines: []Line{
		{Key: "GL2025-0001", Town: "石桥镇", Village: "上坞村", Name: "林溪", IDNo: "990783198502038717", Account: "99078300000000011", Amount: 187050,
			Quantity: loan.Give[int64](1), Standard: loan.Give[money.Fen](187050), Subject: "贴息", Row: 2},
		{Key: "GL2025-0002", Town: "石桥镇", Village: "下坞村", Name: "迪丽·买买提", AccountName: "买买提", IDNo: "990783198502038725", Account: "99078300000000029",
			Amount: 102083, Row: 3},
		{Key: "GL2025-0003", Town: "塘下镇", Village: "岭脚村", Name: "周岚", IDNo: "990783198502038733", Account: "99078300000000037", Amount: 5, Row: 4},
	}}
}

func TestTheShippedLayoutsWriteTheSameBytesAsEver(t *testing.T) {
	for _, name := range []string{"pipe12", "bank-fixed"} {
		files, err := layout(t, name).Write(batch(), nil)
		if err != nil || len(files) != 1 {
			t.Fatal(files, err)
		}
		golden := "testdata/" + files[0].Name
		if *update {
			if err := os.WriteFile(golden, files[0].Data, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(golden)
		if err != nil || !bytes.Equal(files[0].Data, want) {
			t.Errorf("%s is not the golden file: %v\n% x", golden, err, files[0].Data)
		}
	}
}

func TestTheSpreadsheetClosesWithTheSumInWords(t *testing.T) {
	files, err := layout(t, "sheet11").Write(batch(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if files[0].Name != "发放清册_P2025001_20260520.xlsx" {
		t.Errorf("named %s", files[0].Name)
	}
	book, err := form.Open(bytes.NewReader(files[0].Data), int64(len(files[0].Data)), form.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	var rows []string
	if _, err := book.Read(book.Sheets()[0], func(_ int, cells []string) bool {
		rows = append(rows, strings.Join(cells, "|"))
		return true
	}); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"序号|乡镇|村|补贴对象姓名|账户名|身份证号|银行账号|补贴数量|补贴标准|补贴金额|备注",
		"1|石桥镇|上坞村|林溪|林溪|990783198502038717|99078300000000011|1|1870.5|1870.5|GL2025-0001", "合计|||||||||2891.38",
		"合计金额（大写）：贰仟捌佰玖拾壹元叁角捌分"} {
		if !slices.ContainsFunc(rows, func(r string) bool { return strings.HasPrefix(r, want) }) {
			t.Errorf("no row %q in\n%s", want, strings.Join(rows, "\n"))
		}
	}
}

func TestWhatWasWrittenIsReadBack(t *testing.T) {
	for _, name := range []string{"pipe12", "sheet11", "bank-fixed"} {
		l := layout(t, name)
		files, err := l.Write(batch(), nil)
		if err != nil {
			t.Fatal(err)
		}
		got, faults := l.ReadSent(files[0].Data)
		if err := faults.Err(); err != nil {
			t.Fatal(name, err)
		}
		for i, x := range batch().Lines {
			if got[i].Key != x.Key || got[i].Amount != x.Amount || got[i].Account != x.Account {
				t.Errorf("%s: %+v, want %+v", name, got[i], x)
			}
		}
	}
}

// Any batch comes back line for line, in any layout, however it is split.
func TestAnyBatchComesBackFromItsFiles(t *testing.T) {
	for _, name := range []string{"pipe12", "bank-fixed"} {
		l := layout(t, name)
		rapid.Check(t, func(t *rapid.T) {
			b := batch()
			b.Lines = nil
			for i := range rapid.IntRange(1, 40).Draw(t, "n") {
				b.Lines = append(b.Lines, Line{Key: fmt.Sprintf("K%05d", i), Name: rapid.StringMatching(`[一-龥]{2,6}`).Draw(t, "name"),
					Account: rapid.StringMatching(`[1-9][0-9]{9,20}`).Draw(t, "account"), Amount: money.Fen(rapid.Int64Range(1, 1e12).Draw(t, "amount"))})
			}
			split := *l
			split.MaxRows = rapid.IntRange(1, 50).Draw(t, "most")
			files, err := split.Write(b, nil)
			if err != nil {
				t.Fatal(err)
			}
			var got []Line
			var sum money.Fen
			for _, f := range files {
				lines, faults := split.ReadSent(f.Data)
				if err := faults.Err(); err != nil {
					t.Fatal(err)
				}
				got, sum = append(got, lines...), sum+f.Sum
			}
			for i, x := range b.Lines {
				if got[i].Key != x.Key || got[i].Amount != x.Amount || got[i].Account != x.Account {
					t.Fatalf("%+v, want %+v", got[i], x)
				}
				sum -= x.Amount
			}
			if sum != 0 || len(got) != len(b.Lines) {
				t.Fatalf("%d lines, off by %d", len(got), sum)
			}
		})
	}
}

func TestALargeBatchIsSplitAndEachFileCarriesItsOwnSums(t *testing.T) {
	l := layout(t, "bank-fixed")
	l.MaxRows = 2
	files, err := l.Write(batch(), nil)
	if err != nil || len(files) != 2 {
		t.Fatal(len(files), err)
	}
	if files[0].Name != "DF20260520001.dat" || files[1].Name != "DF20260520002.dat" || files[0].Sum != 289133 || files[1].Sum != 5 || files[1].Count != 1 {
		t.Errorf("%s %d, %s %d", files[0].Name, files[0].Sum, files[1].Name, files[1].Sum)
	}
	if !strings.Contains(string(files[1].Data), "TOTAL   00000001000000000000000005") {
		t.Errorf("trailer of the second file:\n%s", files[1].Data)
	}
}

func codes(err error) (out []string) {
	for _, f := range fault.From(err) {
		out = append(out, f.Code())
	}
	return out
}

func TestABatchThatCannotBePaidIsRefusedWithAllItsFaults(t *testing.T) {
	b := batch()
	b.Lines[0].Account, b.Lines[1].Amount, b.Lines[2].Key = "", 0, b.Lines[0].Key
	_, err := layout(t, "pipe12").Write(b, nil)
	if got, want := codes(err), []string{"PAYMENT_BLANK", "PAYMENT_AMOUNT", "PAYMENT_KEY_TWICE"}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	if _, err := layout(t, "pipe12").Write(Batch{}, nil); !slices.Equal(codes(err), []string{"PAYMENT_EMPTY"}) {
		t.Error(err)
	}
}

func TestNothingIsCutOffAndNoCharacterIsLost(t *testing.T) {
	for _, c := range []struct {
		change func(*Line)
		want   string
	}{
		{func(l *Line) { l.Name = strings.Repeat("长", 31) }, "PAYMENT_TOO_LONG"},
		{func(l *Line) { l.Name = "王𠮷" }, "PAYMENT_CHARACTER"},
		{func(l *Line) { l.Name = "张|三" }, "PAYMENT_CHARACTER"},
		{func(l *Line) { l.Name = "张\n三" }, "PAYMENT_CHARACTER"},
	} {
		b := batch()
		c.change(&b.Lines[1])
		if _, err := layout(t, "pipe12").Write(b, nil); !slices.Contains(codes(err), c.want) {
			t.Errorf("%q: %v, want %s", b.Lines[1].Name, err, c.want)
		}
	}
}

func TestAFileToBeEncryptedIsNotWrittenInTheClear(t *testing.T) {
	l := layout(t, "pipe12")
	l.Encrypt = "sm4"
	if _, err := l.Write(batch(), nil); !slices.Equal(codes(err), []string{"PAYMENT_NO_CIPHER"}) {
		t.Errorf("without the hook: %v", err)
	}
	files, err := l.Write(batch(), map[string]Hook{"sm4": func(b []byte) ([]byte, error) { return []byte(fmt.Sprint(len(b))), nil }})
	if err != nil || len(files[0].Data) > 4 {
		t.Errorf("with it: %s %v", files[0].Data, err)
	}
}

func TestALayoutThatCannotWorkIsRefused(t *testing.T) {
	for text, want := range map[string]string{
		"payment: x\ntitle: x\nshape: fixed\nfile_name: x\nfields: [{from: key}]\n":                                                                                   "length",
		"payment: x\ntitle: x\nshape: separated\nseparator: \",\"\nfile_name: x\nfields: [{from: name}]\n":                                                            "from: key",
		"payment: x\ntitle: x\nshape: separated\nseparator: \",\"\nfile_name: x\nfields: [{from: key}, {from: nmae}]\n":                                               "nmae",
		"payment: x\ntitle: x\nshape: separated\nseparator: \",\"\nfile_name: x\nmax_rows: 5\nfields: [{from: key}]\n":                                                "{part}",
		"payment: x\ntitle: x\nshape: separated\nseparator: \",\"\nfile_name: x\nencoding: BIG5\nfields: [{from: key}]\n":                                             "BIG5",
		"payment: x\ntitle: x\nshape: sheet\nfile_name: x\nform: {form: x, title: x, layout: table}\n":                                                                "columns",
		"payment: x\ntitle: x\nshape: separated\nseparator: \",\"\nfile_name: x\nfields: [{from: key}]\nanswer: {fields: [{from: key}], success: [a], failed: [b]}\n": "result",
	} {
		if _, faults := Load("x.yaml", []byte(text)); !strings.Contains(fmt.Sprint(faults.Err()), want) {
			t.Errorf("%q: %v, want a word of %q", text, faults, want)
		}
	}
}

func TestAListOfPaymentsIsReadWithItsFaults(t *testing.T) {
	lines, faults := ReadLines("p.csv", []byte("行号,姓名,银行账号,金额,补贴数量\nK1,林溪,99078300000000011,1870.50,1\n"))
	if faults.Err() != nil || len(lines) != 1 || lines[0].Amount != 187050 || lines[0].Quantity.Value != 1 || lines[0].Row != 2 {
		t.Errorf("%+v %v", lines, faults)
	}
	for text, want := range map[string][]string{
		"key,name,account\nK1,a,1\n":                         {"PAYMENT_NO_COLUMN"},
		"key,name,account,amount,colour\nK1,a,1,1,red\n":     {"PAYMENT_COLUMN"},
		"key,name,account,amount,quantity\nK1,a,1,1.005,x\n": {"MONEY_BAD", "PAYMENT_CELL"},
		"key,name,account,amount\nK1,a\n":                    {"ANSWER_UNREADABLE"},
	} {
		if _, faults := ReadLines("p.csv", []byte(text)); !slices.Equal(codes(faults.Err()), want) {
			t.Errorf("%q: %v, want %v", text, faults, want)
		}
	}
}
