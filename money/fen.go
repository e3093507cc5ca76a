// Package money is exact arithmetic on amounts and rates: whole fen, fractions, one rounding, shares that add up.
// It refuses binary fractions and answers overflow with a fault, never with a clamp or a wrapped number.
package money

import (
	"math"
	"math/bits"
	"strconv"
	"strings"

	"ganlan/fault"
)

// Fen is an amount in 1/100 yuan. It may be negative (a correction).
type Fen int64

// Yuan is n whole yuan.
const Yuan Fen = 100

// Add is a + b, or a fault on overflow.
func Add(a, b Fen) (Fen, error) {
	s := a + b
	if (s > a) != (b > 0) && b != 0 {
		return 0, FaultOverflow.New()
	}
	return s, nil
}

// Times is amount × count as a plain integer (fen-days when count is days), or a fault on overflow.
func Times(amount Fen, count int64) (int64, error) {
	hi, lo := bits.Mul64(abs(int64(amount)), abs(count))
	if hi != 0 || lo > math.MaxInt64 {
		return 0, FaultOverflow.New()
	}
	if (amount < 0) != (count < 0) {
		return -int64(lo), nil
	}
	return int64(lo), nil
}

// AddInt is a + b for counts such as fen-days, or a fault on overflow.
func AddInt(a, b int64) (int64, error) {
	s, err := Add(Fen(a), Fen(b))
	return int64(s), err
}

func abs(n int64) uint64 {
	if n < 0 {
		return -uint64(n)
	}
	return uint64(n)
}

// String is the amount in yuan with two decimals and no separators: 1870.50.
func (f Fen) String() string { return string(f.Append(nil)) }

// Append writes the amount in yuan with two decimals.
func (f Fen) Append(b []byte) []byte {
	n := abs(int64(f))
	if f < 0 {
		b = append(b, '-')
	}
	b = strconv.AppendUint(b, n/100, 10)
	return append(b, '.', byte('0'+n%100/10), byte('0'+n%10))
}

// Grouped is the amount in yuan with separators between thousands, for reading: 1,870.50.
func (f Fen) Grouped() string {
	s := f.String()
	sign := ""
	if s[0] == '-' {
		sign, s = "-", s[1:]
	}
	for i := len(s) - 6; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return sign + s
}

// Parse reads an amount in yuan: optional sign, digits, at most two decimals (further decimals only when they are
// zeros). Separators, units and spaces are not read here: the rooms that read files clean them first.
func Parse(s string) (Fen, error) { return ParseUnit(s, Yuan) }

// ParseUnit reads a number of units of the given worth: ParseUnit("1.5", 10000*Yuan) is 15,000 yuan. A number that is
// not a whole count of fen is refused.
func ParseUnit(s string, unit Fen) (Fen, error) {
	if f, ok := ParsePlain(s); ok && unit == Yuan {
		return f, nil
	}
	r, err := parseDecimal(s)
	if err != nil {
		return 0, FaultAmount.New().Set("value", s)
	}
	n, ok := r.times(int64(unit))
	if !ok {
		return 0, FaultAmount.New().Set("value", s)
	}
	return Fen(n), nil
}

// ParsePlain reads what files hold nearly always: digits, a point, at most two decimals. Anything else is not ok, and for
// Parse to judge.
func ParsePlain(s string) (Fen, bool) {
	if len(s) == 0 || len(s) > 16 {
		return 0, false
	}
	n, i := int64(0), 0
	for ; i < len(s) && s[i] != '.'; i++ {
		c := s[i] - '0'
		if c > 9 {
			return 0, false
		}
		n = n*10 + int64(c)
	}
	if i == 0 {
		return 0, false
	}
	switch len(s) - i {
	case 0:
		return Fen(n * 100), true
	case 2:
		if c := s[i+1] - '0'; c <= 9 {
			return Fen(n*100 + int64(c)*10), true
		}
	case 3:
		c, d := s[i+1]-'0', s[i+2]-'0'
		if c <= 9 && d <= 9 {
			return Fen(n*100 + int64(c)*10 + int64(d)), true
		}
	}
	return 0, false
}

// Words is the amount in 大写, as cheques and claim forms carry it: 壹仟捌佰柒拾元伍角. Whole yuan end in 整.
func (f Fen) Words() string {
	n := abs(int64(f))
	s := words(n/100) + "元"
	if n < 100 {
		s = ""
	}
	switch jiao, fen := n%100/10, n%10; {
	case n == 0:
		s = "零元整"
	case jiao == 0 && fen == 0:
		s += "整"
	case fen == 0:
		s += digit(jiao) + "角整"
	case jiao == 0 && n >= 100:
		s += "零" + digit(fen) + "分"
	case jiao == 0:
		s += digit(fen) + "分"
	default:
		s += digit(jiao) + "角" + digit(fen) + "分"
	}
	if f < 0 {
		return "负" + s
	}
	return s
}

func digit(d uint64) string { return string([]rune("零壹贰叁肆伍陆柒捌玖")[d]) }

// words writes whole yuan in groups of four digits; what stands before 亿 is written like a number of its own, so that 亿
// stands once (壹万贰仟亿).
func words(n uint64) string {
	if n < 10000 {
		return fourWords(n)
	}
	for _, unit := range []struct {
		worth uint64
		name  string
	}{{1e8, "亿"}, {1e4, "万"}} {
		if n < unit.worth {
			continue
		}
		head, rest := words(n/unit.worth)+unit.name, n%unit.worth
		switch {
		case rest == 0:
			return head
		case rest < unit.worth/10:
			return head + "零" + words(rest)
		default:
			return head + words(rest)
		}
	}
	return ""
}

func fourWords(n uint64) string {
	var b strings.Builder
	zero := false
	for i, unit := range []string{"仟", "佰", "拾", ""} {
		d := n / []uint64{1000, 100, 10, 1}[i] % 10
		if d == 0 {
			zero = zero || b.Len() > 0
			continue
		}
		if zero {
			b.WriteString("零")
			zero = false
		}
		b.WriteString(digit(d) + unit)
	}
	return b.String()
}

// Overflowed reports whether an error is the overflow of this room.
func Overflowed(err error) bool {
	for _, f := range fault.From(err) {
		if f.Def == FaultOverflow {
			return true
		}
	}
	return false
}

// UnmarshalText reads an amount of a policy: 3000, 3000元, 3000 yuan, 5万元, 2亿元.
func (f *Fen) UnmarshalText(b []byte) (err error) {
	s := strings.TrimSpace(string(b))
	unit := Yuan
	for _, u := range []struct {
		suffix string
		unit   Fen
	}{{"亿元", 100_000_000 * Yuan}, {"万元", 10000 * Yuan}, {"元", Yuan}, {"yuan", Yuan}, {"fen", 1}, {"分", 1}} {
		if strings.HasSuffix(s, u.suffix) {
			s, unit = strings.TrimSpace(strings.TrimSuffix(s, u.suffix)), u.unit
			break
		}
	}
	*f, err = ParseUnit(strings.ReplaceAll(s, ",", ""), unit)
	return err
}
