package form_test

import (
	"bytes"
	"os"
	"testing"

	"ganlan/day"
	"ganlan/form"
	"ganlan/money"
)

const forms = "../policies/330783-dongyang/forms/"

func load(t testing.TB, name string) *form.Definition {
	t.Helper()
	data, err := os.ReadFile(forms + name + ".yaml")
	if err != nil {
		t.Fatal(err)
	}
	d, faults := form.Load(name+".yaml", data)
	if err := faults.Err(); err != nil {
		t.Fatal(err)
	}
	return d
}

// loans gives n rows of annex 1, without any allocation but the household number.
func loans(n int) form.Rows {
	i := 0
	numbers := numbers(n)
	return form.Rows{Count: n, Next: func(dst []form.Cell) bool {
		if i == n {
			return false
		}
		k := int64(i)
		dst[0], dst[1] = form.OfText("东阳农商银行"), form.OfText("东阳农商")
		dst[2], dst[3], dst[4] = form.OfText(numbers[i]), form.OfText("身份证"), form.OfText("990724199001011234")
		dst[5], dst[6], dst[7] = form.OfText("张三"), form.OfText("共富贷"), form.OfText("GF01")
		dst[8], dst[9], dst[10] = form.OfText(numbers[i]), form.OfRate(money.NewRate(365, 10000)), form.OfText("正常")
		dst[11], dst[12] = form.OfDate(day.Of(2024, 1, 18)), form.OfDate(day.Of(2025, 1, 17))
		dst[13], dst[14] = form.OfFen(money.Fen(10_000_000+k)), form.OfFen(money.Fen(5_000_000+7*k))
		dst[15], dst[16] = form.OfFenDays(3_660_000_010+11*k), form.OfFen(money.Fen(183_017+k))
		i++
		return true
	}}
}

func write(t testing.TB, d *form.Definition, rows form.Rows, meta form.Meta) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := form.Write(&b, d, rows, meta); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

var meta = form.Meta{At: "2024-03-01 09:30", CheckCode: "7F3A-22C1", Values: map[string]string{"reporter": "东阳农商银行", "report_date": "2024-03-01"}}

func summary(d *form.Definition) form.Rows {
	return d.One(map[string]form.Cell{"year": form.OfInt(2024), "bank": form.OfText("东阳农商银行"), "used_amount": form.OfFen(123_456_789_00),
		"average_rate": form.OfRate(money.NewRate(365, 10000)), "subsidy_total": form.OfFen(1_870_50), "head": form.OfText("李四"),
		"phone": form.OfText("0579-86000000")})
}
