package form_test

import (
	"bytes"
	"fmt"
	"os"
	"slices"
	"testing"

	"github.com/xuri/excelize/v2"

	"ganlan/bankfile"
	"ganlan/fault"
	"ganlan/form"
)

const sheetRows = 50_000

// ledgerBook is a ledger of a workbook as spreadsheet programs write it: shared texts, dates and amounts with formats.
func ledgerBook(tb testing.TB) []byte {
	tb.Helper()
	f := excelize.NewFile()
	defer f.Close()
	date, _ := f.NewStyle(&excelize.Style{NumFmt: 14})
	money, _ := f.NewStyle(&excelize.Style{NumFmt: 4})
	titles := []string{"合同号", "借据号", "交易日期", "摘要", "发生额", "柜员", "机构", "备注", "客户名称", "余额"}
	for row := range sheetRows + 1 {
		for column := range titles {
			var v any
			switch column {
			case 0:
				v = fmt.Sprintf("HT%08d", row/4)
			case 2:
				v = 45292 + row%300
			case 3:
				v = []string{"放款", "还款"}[row%2]
			case 4, 9:
				v = float64(row%9000*100+7) / 100
			case 1, 5, 6, 7, 8:
				v = fmt.Sprintf("%s%05d", titles[column], row%700)
			}
			if row == 0 {
				v = titles[column]
			}
			name, _ := excelize.CoordinatesToCellName(column+1, row+1)
			f.SetCellValue("Sheet1", name, v)
			if row > 0 && column == 2 {
				f.SetCellStyle("Sheet1", name, name, date)
			}
			if row > 0 && (column == 4 || column == 9) {
				f.SetCellStyle("Sheet1", name, name, money)
			}
		}
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		tb.Fatal(err)
	}
	return b.Bytes()
}

// BenchmarkSheet measures one workbook: read by the library alone, read by this room with its checks, and read and checked
// as a bank's ledger, sorting included.
func BenchmarkSheet(b *testing.B) {
	data := ledgerBook(b)
	profile := standard(b)
	b.Run("library", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			libraryRows(b, data)
		}
	})
	b.Run("form", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			n := 0
			if _, err := form.ReadSheet(bytes.NewReader(data), int64(len(data)), form.Limits{}, "Sheet1", func(int, []string) bool { n++; return true }); err != nil || n != sheetRows+1 {
				b.Fatal(n, err)
			}
		}
	})
	b.Run("bankfile", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			checkedRows(b, profile, data)
		}
	})
}

func libraryRows(tb testing.TB, data []byte) {
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		tb.Fatal(err)
	}
	defer f.Close()
	rows, err := f.Rows("Sheet1")
	if err != nil {
		tb.Fatal(err)
	}
	n := 0
	for rows.Next() {
		if _, err := rows.Columns(); err != nil {
			tb.Fatal(err)
		}
		n++
	}
	if n != sheetRows+1 {
		tb.Fatal(n)
	}
}

func standard(tb testing.TB) *bankfile.Profile {
	data, err := os.ReadFile("../policies/standard/files/standard.yaml")
	if err != nil {
		tb.Fatal(err)
	}
	p, faults := bankfile.LoadProfile("standard.yaml", data)
	if faults != nil {
		tb.Fatal(faults)
	}
	return p
}

// checkedRows reads the workbook as the ledger of contracts in a csv file.
func checkedRows(tb testing.TB, p *bankfile.Profile, data []byte) {
	var contracts bytes.Buffer
	contracts.WriteString("contract_no,annual_rate,status,start,end,amount\n")
	for i := range sheetRows/4 + 1 {
		fmt.Fprintf(&contracts, "HT%08d,3.65,normal,2024-01-01,2026-01-01,100000\n", i)
	}
	open := func(kind bankfile.Kind, data []byte) *bankfile.File {
		f, faults := p.Open(bankfile.Input{Name: string(kind), Data: bytes.NewReader(data), Size: int64(len(data))}, kind, bankfile.Options{Sort: sorted})
		if f == nil {
			tb.Fatal(faults)
		}
		return f
	}
	fs := bankfile.Files{Contracts: open(bankfile.Contracts, contracts.Bytes()), Ledger: open(bankfile.Ledger, data)}
	join, err := fs.Join()
	if err != nil {
		tb.Fatal(err)
	}
	defer join.Close()
	defer fs.Ledger.Close()
	parser, entries := fs.NewParser(), 0
	var faults fault.List
	for {
		batch, more, err := join.Next()
		if err != nil {
			tb.Fatal(err)
		}
		if !more {
			break
		}
		if bad := parser.Read(batch, func(x *bankfile.Loan) { entries += len(x.Entries) }); bad != nil {
			tb.Fatal(bad)
		}
		faults = append(faults, parser.Faults()...)
	}
	if entries != sheetRows || faults.Err() != nil {
		tb.Fatal(entries, faults[0])
	}
}

func sorted(in <-chan string) (<-chan string, <-chan error) {
	out, errs := make(chan string, 256), make(chan error)
	go func() {
		var lines []string
		for s := range in {
			lines = append(lines, s)
		}
		slices.Sort(lines)
		for _, s := range lines {
			out <- s
		}
		close(out)
		close(errs)
	}()
	return out, errs
}
