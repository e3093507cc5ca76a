package form_test

import (
	"fmt"
	"io"
	"strconv"
	"testing"

	"github.com/xuri/excelize/v2"

	"ganlan/form"
)

const many = 100_000

func numbers(n int) []string {
	out := make([]string, n)
	for i := range out {
		out[i] = fmt.Sprintf("DY%09d", i)
	}
	return out
}

func BenchmarkAnnex1_100k(b *testing.B) {
	d := load(b, "annex1")
	for b.Loop() {
		if err := form.Write(io.Discard, d, loans(many), meta); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkPlainStreamWriter_100k is the library alone writing the same values: the floor that Write is measured against.
func BenchmarkPlainStreamWriter_100k(b *testing.B) {
	for b.Loop() {
		if err := plainly(io.Discard, many); err != nil {
			b.Fatal(err)
		}
	}
}

func plainly(w io.Writer, n int) error {
	f := excelize.NewFile()
	defer f.Close()
	sw, err := f.NewStreamWriter("Sheet1")
	if err != nil {
		return err
	}
	ids, row := numbers(n), make([]any, 17)
	for i := range n {
		k := float64(i)
		copy(row, []any{"东阳农商银行", "东阳农商", ids[i], "身份证", "990724199001011234", "张三", "共富贷", "GF01", ids[i], 3.65, "正常",
			45309, 45674, 100_000 + k/100, 50_000 + 7*k/100, 36_600_000.1 + 11*k/100, 1830.17 + k/100})
		if err := sw.SetRow("A"+strconv.Itoa(i+1), row); err != nil {
			return err
		}
	}
	if err := sw.Flush(); err != nil {
		return err
	}
	return f.Write(w)
}
