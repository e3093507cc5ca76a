package bankfile

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

// BenchmarkRead reads contracts of ten ledger lines each, with every check on.
func BenchmarkRead(b *testing.B) {
	data, err := os.ReadFile("../policies/standard/files/standard.yaml")
	if err != nil {
		b.Fatal(err)
	}
	p, _ := LoadProfile("standard.yaml", data)
	var contracts, ledger strings.Builder
	contracts.WriteString("contract_no,household_no,id_no,name,branch,region_code,product,start,end,amount,annual_rate,status,other_subsidy\n")
	ledger.WriteString("contract_no,date,kind,amount\n")
	const n = 2000
	for i := range n {
		fmt.Fprintf(&contracts, "HT%010d,JT%08d,990783198502038768,赵超洋,第%02d支行,990783001,GF05,2023-12-27,2024-12-26,250000.00,3.13,settled,0\n", i, i*7919%n, i%36)
		for j := range 10 {
			fmt.Fprintf(&ledger, "HT%010d,2024-%02d-25,%s,200600.00\n", i, j+1, []string{"drawdown", "repayment"}[j%2])
		}
	}
	open := func(kind Kind, text string) *File {
		f, faults := p.Open(Input{Name: string(kind), Data: strings.NewReader(text), Size: int64(len(text))}, kind, Options{})
		if f == nil {
			b.Fatal(faults)
		}
		return f
	}
	fs := Files{Contracts: open(Contracts, contracts.String()), Ledger: open(Ledger, ledger.String())}
	parser := fs.NewParser()
	b.SetBytes(int64(contracts.Len() + ledger.Len()))
	b.ReportAllocs()
	for b.Loop() {
		join, err := fs.Join()
		if err != nil {
			b.Fatal(err)
		}
		read := 0
		for {
			batch, more, err := join.Next()
			if err != nil || !more {
				break
			}
			if bad := parser.Read(batch, func(*Loan) { read++ }); bad != nil {
				b.Fatal(bad)
			}
		}
		if read != n || len(parser.Faults()) > 0 {
			b.Fatal(read)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/n, "ns/contract")
}
