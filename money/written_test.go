package money

import (
	"testing"

	"pgregory.net/rapid"

	"ganlan/fault"
)

func TestD1TenThousandYuanInAllItsWritings(t *testing.T) {
	for _, s := range []string{"10000", "10,000.00", "10000.0", "¥10000", "￥10,000", "10000元", "10000.00元整", "1万", "1.0万元", "壹万元整", "壹万圆正", "人民币壹万元整",
		"一万元", "壹万元", "RMB10000", "0.0001万万"} {
		f, err := ParseWritten(s, Yuan)
		if s == "0.0001万万" {
			if err == nil {
				t.Errorf("%s is %s", s, f)
			}
			continue
		}
		if err != nil || f != 10000*Yuan {
			t.Errorf("%s is %s, %v", s, f, err)
		}
	}
	for s, want := range map[string]Fen{"1": 10000 * Yuan, "1元": Yuan, "1万": 10000 * Yuan, "壹元整": Yuan, "1.23456789": 1234567, "1.2345": 1234500} {
		f, err := ParseWritten(s, 10000*Yuan)
		if s == "1.23456789" {
			if err == nil {
				t.Errorf("%s 万元 is %s", s, f)
			}
			continue
		}
		if err != nil || f != want {
			t.Errorf("%s in a column of 万元 is %s, %v, want %s", s, f, err, want)
		}
	}
}

func TestD3MoreThanTwoDecimalsAreAskedAbout(t *testing.T) {
	for _, s := range []string{"1855.416666", "0.005", "12.3456万元x", "100.001"} {
		_, err := ParseWritten(s, Yuan)
		want := FaultDecimals
		if s == "12.3456万元x" {
			want = FaultAmount
		}
		if l := fault.From(err); len(l) != 1 || l[0].Def != want || l[0].With["value"] != s {
			t.Errorf("%s: %v", s, err)
		}
	}
}

func TestD4BinaryNoiseIsRoundedOnlyWithinAMillionthOfAFen(t *testing.T) {
	// 12345.67 yuan is 1,234,567 fen; 1e-8 yuan is 1e-6 fen
	for s, want := range map[string]Fen{"12345.6700000001": 1234567, "12345.66999999999": 1234567, "0.30000000000000004": 30, "12345.67000001": 1234567,
		"-0.0100000000000001": -1, "12345.67000002": 0, "12345.6699999": 0, "0.005": 0, "0.00999998": 0} {
		f, err := ParseWritten(s, Yuan)
		if (err == nil) != (want != 0) || f != want {
			t.Errorf("%s is %s, %v, want %s", s, f, err, want)
		}
	}
	if f, err := ParseWritten("1.2345670000000001", 10000*Yuan); err != nil || f != 1234567 {
		t.Errorf("noise in 万元: %s, %v", f, err)
	}
}

func TestATextWithTwoMeaningsIsNoAmount(t *testing.T) {
	for _, s := range []string{"1,50", "10,00", "1,000,00", "1,0000.00", ",100", "1.000,00", ".5", "1e4", "--1", "1 2", "壹万伍元", "壹万伍", "壹贰叁", "壹拾万万元", "零", "元",
		"万元", "负负壹元", "壹元壹元", "拾佰元", "(100)", "100-", "1万2", "1万2千元", "0x10", "", "壹角壹元"} {
		if f, err := ParseWritten(s, Yuan); err == nil {
			t.Errorf("%q became %s", s, f)
		}
	}
}

func TestWhatIsWrittenIsReadAgain(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := Fen(rapid.Int64Range(-1e15, 1e15).Draw(t, "fen"))
		for _, s := range []string{f.String(), f.Grouped(), f.String() + "元", f.Words()} {
			if got, err := ParseWritten(s, Yuan); err != nil || got != f {
				t.Fatalf("%s is read as %s (%v), want %s", s, got, err, f)
			}
		}
	})
}

func FuzzParseWritten(f *testing.F) {
	for _, s := range []string{"10000", "10,000.00", "1万", "壹仟捌佰柒拾元伍角", "12345.6700000001", "1855.416666", "1,50", "负壹元", "玖佰亿零伍元整", "拾元"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		x, err := ParseWritten(s, Yuan)
		if err != nil {
			return
		}
		written := []string{x.String()}
		if x < 1e17 && x > -1e17 { // beyond that 大写 has 亿亿, which nobody writes and nobody reads
			written = append(written, x.Words())
		}
		for _, w := range written {
			if again, err := ParseWritten(w, Yuan); err != nil || again != x {
				t.Errorf("%q is %s, which is read as %s (%v)", s, w, again, err)
			}
		}
	})
}
