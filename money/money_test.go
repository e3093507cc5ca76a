package money

import (
	"math"
	"math/big"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// rate draws an exact fraction with parts up to a billion.
func rate(t *rapid.T, name string) Rate {
	return NewRate(rapid.Int64Range(-1e9, 1e9).Draw(t, name+" num"), rapid.Int64Range(1, 1e9).Draw(t, name+" den"))
}

var modes = map[string]Mode{"half up": HalfUp, "half even": HalfEven, "down": Down, "up": Up}

// rounded is the slow and plain way to round, on the magnitude, for comparison.
func rounded(x *big.Rat, m Mode) *big.Int {
	q, rest := new(big.Int).QuoRem(new(big.Int).Abs(x.Num()), x.Denom(), new(big.Int))
	half := new(big.Rat).SetFrac(rest, x.Denom()).Cmp(big.NewRat(1, 2))
	if m == Up && rest.Sign() > 0 || m == HalfUp && half >= 0 || m == HalfEven && (half > 0 || half == 0 && q.Bit(0) == 1) {
		q.Add(q, big.NewInt(1))
	}
	if x.Sign() < 0 {
		q.Neg(q)
	}
	return q
}

func TestMulDivIsTheExactFractionRoundedOnce(t *testing.T) {
	for name, mode := range modes {
		t.Run(name, rapid.MakeCheck(func(t *rapid.T) {
			a := rapid.Int64().Draw(t, "a")
			num := rapid.Int64Range(0, math.MaxInt64).Draw(t, "num")
			den := rapid.Int64Range(1, math.MaxInt64).Draw(t, "den")
			x := new(big.Rat).SetFrac(new(big.Int).Mul(big.NewInt(a), big.NewInt(num)), big.NewInt(den))
			want := rounded(x, mode)
			got, err := MulDiv(a, num, den, mode)
			if fits := want.IsInt64() && want.Int64() != math.MinInt64; fits != (err == nil) {
				t.Fatalf("%d × %d ÷ %d = %s, error %v", a, num, den, want, err)
			}
			if err == nil && got != want.Int64() {
				t.Fatalf("%d × %d ÷ %d = %d, want %s", a, num, den, got, want)
			}
			if err != nil && !Overflowed(err) {
				t.Fatalf("not an overflow: %v", err)
			}
		}))
	}
}

func TestHalvesAreRoundedAsTheModeSays(t *testing.T) {
	for _, c := range []struct {
		a                        int64
		halfUp, halfEven, dn, up int64
	}{{5, 3, 2, 2, 3}, {7, 4, 4, 3, 4}, {4, 2, 2, 2, 2}, {0, 0, 0, 0, 0}, {-5, -3, -2, -2, -3}, {-7, -4, -4, -3, -4}} {
		for mode, want := range map[Mode]int64{HalfUp: c.halfUp, HalfEven: c.halfEven, Down: c.dn, Up: c.up} {
			if got, err := MulDiv(c.a, 1, 2, mode); got != want || err != nil {
				t.Errorf("%d ÷ 2, mode %d: %d, %v, want %d", c.a, mode, got, err, want)
			}
		}
	}
}

func TestRoundingToAUnitIsTheSlowWay(t *testing.T) {
	for name, mode := range modes {
		t.Run(name, rapid.MakeCheck(func(t *rapid.T) {
			x := big.NewRat(rapid.Int64Range(-9e18, 9e18).Draw(t, "num"), rapid.Int64Range(1, 1e12).Draw(t, "den"))
			unit := rapid.SampledFrom([]Fen{0, 1, 10, 100, 10000}).Draw(t, "unit")
			worth := big.NewInt(int64(max(unit, 1)))
			want := rounded(new(big.Rat).Quo(x, new(big.Rat).SetInt(worth)), mode)
			want.Mul(want, worth)
			got, err := Rounding{unit, mode}.Round(x)
			if err != nil {
				t.Fatalf("round %s: %v", x, err)
			}
			if big.NewInt(int64(got)).Cmp(want) != 0 {
				t.Fatalf("round %s to %d: %d, want %s", x, unit, got, want)
			}
		}))
	}
}

func TestASumOfTermsIsExactAndOrderFree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		odd := NewRate(rapid.Int64Range(-1e4, 1e4).Draw(t, "num"), rapid.Int64Range(1, 1e9).Draw(t, "den"))
		pool := []Rate{NewRate(18, 1000), NewRate(1, 3), odd, {}, NewRate(345, 30000)}
		n := rapid.IntRange(0, 12).Draw(t, "terms")
		list := make([]Term, n)
		want := new(big.Rat)
		for i := range list {
			list[i] = Term{rapid.Int64Range(-1e13, 1e13).Draw(t, "count"), rapid.SampledFrom(pool).Draw(t, "of")}
			want.Add(want, new(big.Rat).Mul(big.NewRat(list[i].Count, 1), list[i].Rate.Rat()))
		}
		mode := rapid.SampledFrom([]Mode{HalfUp, HalfEven, Down, Up}).Draw(t, "mode")
		unit := rapid.SampledFrom([]Fen{1, 100}).Draw(t, "unit")
		var results [2]Fen
		for k, order := range [][]Term{list, rapid.Permutation(list).Draw(t, "order")} {
			var sum Terms
			for _, x := range order {
				if err := sum.Add(x.Count, x.Rate); err != nil {
					t.Fatal(err)
				}
			}
			if sum.Rat().Cmp(want) != 0 {
				t.Fatalf("sum %s, want %s", sum.Rat(), want)
			}
			got, err := sum.Round(Rounding{unit, mode})
			if err != nil {
				t.Fatal(err)
			}
			results[k] = got
		}
		slow, err := Rounding{unit, mode}.Round(want)
		if results != [2]Fen{slow, slow} || err != nil {
			t.Fatalf("rounded %v, want %d twice (%v)", results, slow, err)
		}
	})
}

func TestAddTimesAndTermsAnswerOverflowWithAFault(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := rapid.Int64().Draw(t, "a"), rapid.Int64().Draw(t, "b")
		sum := new(big.Int).Add(big.NewInt(a), big.NewInt(b))
		if got, err := Add(Fen(a), Fen(b)); sum.IsInt64() != (err == nil) || err == nil && int64(got) != sum.Int64() {
			t.Fatalf("%d + %d = %d, %v", a, b, got, err)
		}
		product := new(big.Int).Mul(big.NewInt(a), big.NewInt(b))
		fits := product.IsInt64() && product.Int64() != math.MinInt64
		if got, err := Times(Fen(a), b); fits != (err == nil) || err == nil && got != product.Int64() {
			t.Fatalf("%d × %d = %d, %v", a, b, got, err)
		}
	})
	var sum Terms
	if err := sum.Add(math.MaxInt64, Whole); err != nil {
		t.Fatal(err)
	}
	if err := sum.Add(1, Whole); !Overflowed(err) {
		t.Errorf("a sum past the range: %v", err)
	}
	if _, err := NewRate(1, math.MaxInt64).Times(NewRate(1, 3)); !Overflowed(err) {
		t.Errorf("a rate past the range: %v", err)
	}
}

func TestRatesCompareAndReckonExactly(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := rate(t, "a"), rate(t, "b")
		if got, want := a.Cmp(b), a.Rat().Cmp(b.Rat()); got != want {
			t.Fatalf("%s against %s: %d, want %d", a, b, got, want)
		}
		for name, c := range map[string]struct {
			got  func(Rate) (Rate, error)
			want *big.Rat
		}{
			"plus":  {a.Plus, new(big.Rat).Add(a.Rat(), b.Rat())},
			"minus": {a.Minus, new(big.Rat).Sub(a.Rat(), b.Rat())},
			"times": {a.Times, new(big.Rat).Mul(a.Rat(), b.Rat())},
		} {
			if got, err := c.got(b); err != nil || got.Rat().Cmp(c.want) != 0 {
				t.Fatalf("%s %s %s = %s, %v, want %s", a, name, b, got, err, c.want)
			}
		}
	})
}

func TestParsingAndPrintingAnAmountGoesRound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := Fen(rapid.Int64Range(-1e17, 1e17).Draw(t, "fen"))
		if got, err := Parse(f.String()); got != f || err != nil {
			t.Fatalf("%s reads as %d, %v", f, got, err)
		}
		if plain := strings.ReplaceAll(f.Grouped(), ",", ""); plain != f.String() {
			t.Fatalf("%s without separators is %s", f.Grouped(), plain)
		}
	})
}

func TestAmountsAreReadByTheirUnit(t *testing.T) {
	for _, c := range []struct {
		text string
		unit Fen
		want Fen
	}{
		{"1870.5", Yuan, 187050}, {"1870.50", Yuan, 187050}, {"0", Yuan, 0}, {"0.05", Yuan, 5}, {"-0.05", Yuan, -5}, {"+3", Yuan, 300},
		{"10000.000", Yuan, 1000000}, {"1.5", 10000 * Yuan, 1500000}, {"0.000001", 10000 * Yuan, 1}, {"15", 1, 15},
		{"9999999999999999", Yuan, 999999999999999900}, {"00012.30", Yuan, 1230},
	} {
		if got, err := ParseUnit(c.text, c.unit); got != c.want || err != nil {
			t.Errorf("ParseUnit(%q, %d) = %d, %v, want %d", c.text, c.unit, got, err, c.want)
		}
	}
	for _, s := range []string{"", ".5", "1.005", "1,000", "1e3", "1E3", "0x10", "1_000", "１００", "--1", "+-1", "1.2.3", "-", "NaN", "Inf",
		"1 000", "¥5", "五", "99999999999999999999"} {
		if got, err := Parse(s); err == nil {
			t.Errorf("Parse(%q) = %d, want a fault", s, got)
		}
	}
	if got, err := ParseUnit("1.5", 1); err == nil {
		t.Errorf("one and a half fen read as %d", got)
	}
	if got, err := ParseUnit("999999999999999999", Yuan); err == nil {
		t.Errorf("an amount past the range read as %d", got)
	}
}

func TestAmountsOfAPolicyNameTheirUnit(t *testing.T) {
	for s, want := range map[string]Fen{"3000": 300000, "3000元": 300000, "3000 yuan": 300000, "5万元": 5000000, "1.5 万元": 1500000,
		"50,000元": 5000000, "5分": 5, "5 fen": 5} {
		var got Fen
		if err := got.UnmarshalText([]byte(s)); err != nil || got != want {
			t.Errorf("%s reads as %d, %v, want %d", s, got, err, want)
		}
	}
}

func TestRatesAreReadAsWritten(t *testing.T) {
	for s, want := range map[string]Rate{
		"1.8%": NewRate(18, 1000), "1.80%": NewRate(18, 1000), "1.8 %": NewRate(18, 1000), "1.8％": NewRate(18, 1000), "0.6‰": NewRate(6, 10000),
		"150bp": NewRate(15, 1000), "150BP": NewRate(15, 1000), "1/3": NewRate(1, 3), "0.018": NewRate(18, 1000), "0.10": NewRate(1, 10),
		"-0.5%": NewRate(-5, 1000), "100%": Whole, "0": {0, 1}, "3.45/3%": NewRate(115, 10000),
	} {
		if got, err := ParseRate(s); got != want || err != nil {
			t.Errorf("ParseRate(%q) = %s, %v, want %s", s, got, err, want)
		}
	}
	for _, s := range []string{"", "%", "1/0", "1/-3", "1/x", "1/999999999999999999%", "1/2/3", "LPR", "1,8%", "1e-2", "1.8%%", "３%", "0.0000000000000000001"} {
		if got, err := ParseRate(s); err == nil {
			t.Errorf("ParseRate(%q) = %s, want a fault", s, got)
		}
	}
	if got, err := ParsePercent("3.65"); got != NewRate(365, 10000) || err != nil {
		t.Errorf("3.65 per cent is %s, %v", got, err)
	}
}

func TestRatesArePrintedExactly(t *testing.T) {
	for _, c := range []struct {
		rate            Rate
		text, decimals4 string
	}{
		{NewRate(18, 1000), "1.8%", "1.8000"}, {NewRate(345, 30000), "1.15%", "1.1500"}, {NewRate(310, 30000), "3.1%/3", "1.0333"},
		{NewRate(1, 3), "100%/3", "33.3333"}, {Rate{}, "0%", "0.0000"}, {NewRate(1, 7), "1/7", "14.2857"}, {NewRate(-1, 200), "-0.5%", "-0.5000"},
	} {
		if got := c.rate.String(); got != c.text {
			t.Errorf("%d/%d prints as %s, want %s", c.rate.Num(), c.rate.Den(), got, c.text)
		}
		if got := c.rate.PercentText(4); got != c.decimals4 {
			t.Errorf("%s with four decimals is %s, want %s", c.text, got, c.decimals4)
		}
	}
}

func TestAmountsInWords(t *testing.T) {
	for s, want := range map[string]string{
		"1855.42": "壹仟捌佰伍拾伍元肆角贰分", "0.05": "伍分", "0.50": "伍角整", "0.55": "伍角伍分", "0": "零元整", "100000.00": "壹拾万元整",
		"10010.10": "壹万零壹拾元壹角整", "100000001.00": "壹亿零壹元整", "1870.50": "壹仟捌佰柒拾元伍角整", "1001.01": "壹仟零壹元零壹分",
		"20003000": "贰仟万叁仟元整", "20000300": "贰仟万零叁佰元整", "10": "壹拾元整", "110000": "壹拾壹万元整",
		"300000000": "叁亿元整", "1234500000000": "壹万贰仟叁佰肆拾伍亿元整", "1000000000000": "壹万亿元整", "1000000010000": "壹万亿零壹万元整",
		"10000000000000000": "壹亿亿元整", "-12.30": "负壹拾贰元叁角整",
	} {
		f, err := Parse(s)
		if err != nil {
			t.Fatal(err)
		}
		if got := f.Words(); got != want {
			t.Errorf("%s is %s, want %s", s, got, want)
		}
	}
}
