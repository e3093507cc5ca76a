package money

import (
	"cmp"
	"math"
	"math/big"
	"math/bits"
	"strconv"
	"strings"
)

// Rate is an exact fraction: 1.8% is 18/1000 in lowest terms, one third is 1/3. The zero Rate is 0.
type Rate struct{ num, den int64 }

// NewRate is num/den in lowest terms. den must not be 0; the sign goes to the numerator.
func NewRate(num, den int64) Rate {
	if den < 0 {
		num, den = -num, -den
	}
	g := gcd(num, den)
	return Rate{num / g, den / g}
}

// Percent is n per cent.
func Percent(n int64) Rate { return NewRate(n, 100) }

// Whole is the rate 1.
var Whole = Rate{1, 1}

func gcd(a, b int64) int64 {
	for b != 0 {
		a, b = b, a%b
	}
	return max(a, -a, 1)
}

// Num and Den are the parts in lowest terms; Den is at least 1.
func (r Rate) Num() int64 { return r.num }

// Den is the denominator, at least 1.
func (r Rate) Den() int64 { return max(r.den, 1) }

// IsZero reports whether the rate is 0.
func (r Rate) IsZero() bool { return r.num == 0 }

// Cmp is -1, 0 or 1 as r is below, equal to or above s. It is exact.
func (r Rate) Cmp(s Rate) int {
	if (r.num < 0) != (s.num < 0) {
		return cmp.Compare(r.num, s.num)
	}
	h1, l1 := bits.Mul64(abs(r.num), uint64(s.Den()))
	h2, l2 := bits.Mul64(abs(s.num), uint64(r.Den()))
	c := cmp.Or(cmp.Compare(h1, h2), cmp.Compare(l1, l2))
	if r.num < 0 {
		return -c
	}
	return c
}

// Plus, Minus, Times and Over are exact; a result that does not fit 64-bit parts is a fault.
func (r Rate) Plus(s Rate) (Rate, error) { return fromRat(new(big.Rat).Add(r.Rat(), s.Rat())) }

// Minus is r - s.
func (r Rate) Minus(s Rate) (Rate, error) { return fromRat(new(big.Rat).Sub(r.Rat(), s.Rat())) }

// Times is r × s.
func (r Rate) Times(s Rate) (Rate, error) { return fromRat(new(big.Rat).Mul(r.Rat(), s.Rat())) }

// Over is r ÷ n. n must not be 0.
func (r Rate) Over(n int64) (Rate, error) {
	if hi, lo := bits.Mul64(uint64(r.Den()), abs(n)); hi == 0 && lo <= math.MaxInt64 && n > 0 {
		return NewRate(r.num, int64(lo)), nil
	}
	return r.Times(NewRate(1, n))
}

// Rat is the rate as an exact rational of the standard library.
func (r Rate) Rat() *big.Rat { return big.NewRat(r.num, r.Den()) }

// RateOf is an exact number as a rate; one that does not fit 64-bit parts is a fault.
func RateOf(x *big.Rat) (Rate, error) { return fromRat(x) }

func fromRat(x *big.Rat) (Rate, error) {
	if !x.Num().IsInt64() || !x.Denom().IsInt64() {
		return Rate{}, FaultOverflow.New()
	}
	return Rate{x.Num().Int64(), x.Denom().Int64()}, nil
}

// ParseRate reads 1.8%, 0.6‰, 1/3, 150bp or a bare decimal such as 0.018. A sign is allowed.
func ParseRate(s string) (Rate, error) {
	t, div := strings.TrimSpace(s), int64(1)
	for _, u := range []struct {
		suffix string
		div    int64
	}{{"%", 100}, {"％", 100}, {"‰", 1000}, {"bp", 10000}, {"BP", 10000}} {
		if strings.HasSuffix(t, u.suffix) {
			t, div = strings.TrimSpace(strings.TrimSuffix(t, u.suffix)), u.div
			break
		}
	}
	bad := FaultRate.New().Set("value", s)
	num, den, isFraction := strings.Cut(t, "/")
	r, err := parseDecimal(num)
	if err != nil {
		return Rate{}, bad
	}
	if isFraction {
		n, err := strconv.ParseInt(den, 10, 64)
		if err != nil || n <= 0 {
			return Rate{}, bad
		}
		if r, err = r.Over(n); err != nil {
			return Rate{}, bad
		}
	}
	out, err := r.Over(div)
	if err != nil {
		return Rate{}, bad
	}
	return out, nil
}

// ParsePercent reads a number that is meant in per cent: "3.65" is 3.65%.
func ParsePercent(s string) (Rate, error) {
	r, err := parseDecimal(s)
	if err != nil {
		return Rate{}, FaultRate.New().Set("value", s)
	}
	return r.Over(100)
}

// parseDecimal reads an optional sign, digits and decimals as an exact fraction. Up to 18 digits in all.
func parseDecimal(s string) (Rate, error) {
	t := strings.TrimSpace(s)
	neg := strings.HasPrefix(t, "-")
	if neg || strings.HasPrefix(t, "+") {
		t = t[1:]
	}
	whole, dec, _ := strings.Cut(t, ".")
	dec = strings.TrimRight(dec, "0")
	if whole == "" || len(whole)+len(dec) > 18 || strings.ContainsAny(t, "+-eE_xX") {
		return Rate{}, FaultRate.New().Set("value", s)
	}
	n, err := strconv.ParseInt(whole+dec, 10, 64)
	if err != nil {
		return Rate{}, FaultRate.New().Set("value", s)
	}
	den := int64(1)
	for range dec {
		den *= 10
	}
	if neg {
		n = -n
	}
	return NewRate(n, den), nil
}

// times is r × n when that is a whole number that fits.
func (r Rate) times(n int64) (int64, bool) {
	x, err := r.Times(NewRate(n, 1))
	return x.num, err == nil && x.Den() == 1
}

// String is the rate in per cent when that is a finite decimal, else a fraction of a per cent: 1.8%, 3.45%/3.
func (r Rate) String() string {
	if s, ok := decimal(big.NewRat(r.num, r.Den()).Mul(r.Rat(), big.NewRat(100, 1))); ok {
		return s + "%"
	}
	if s, ok := decimal(new(big.Rat).Mul(r.Rat(), big.NewRat(300, 1))); ok {
		return s + "%/3"
	}
	return strconv.FormatInt(r.num, 10) + "/" + strconv.FormatInt(r.Den(), 10)
}

// RatPercent is an exact rate in per cent with the given number of decimals, rounded half away from zero, without the
// sign: 3.8416.
func RatPercent(x *big.Rat, decimals int) string {
	return new(big.Rat).Mul(x, big.NewRat(100, 1)).FloatString(decimals)
}

func decimal(x *big.Rat) (string, bool) {
	n, exact := x.FloatPrec()
	return x.FloatString(n), exact && n <= 12
}

// Fraction is a share as a fraction when it is no whole per cent: 1/3, but 80%.
func (r Rate) Fraction() string {
	if 100%r.Den() == 0 {
		return r.String()
	}
	return strconv.FormatInt(r.num, 10) + "/" + strconv.FormatInt(r.Den(), 10)
}

// MulDiv is a × num ÷ den rounded as mode says, computed in 128 bits. num and den are not negative, den is not 0.
// A result outside int64 is a fault.
func MulDiv(a, num, den int64, mode Mode) (int64, error) {
	hi, lo := bits.Mul64(abs(a), uint64(num))
	if hi >= uint64(den) {
		return 0, FaultOverflow.New()
	}
	q, rest := bits.Div64(hi, lo, uint64(den))
	if mode.up(q, rest, uint64(den)) {
		q++
	}
	if q > math.MaxInt64 {
		return 0, FaultOverflow.New()
	}
	if a < 0 {
		return -int64(q), nil
	}
	return int64(q), nil
}

// UnmarshalText reads a rate of a policy: 1.8%, 0.6‰, 150bp, 1/3, 0. A bare number is refused, for 1.8 could be meant as
// 1.8% or as 180%.
func (r *Rate) UnmarshalText(b []byte) (err error) {
	s := strings.TrimSpace(string(b))
	if *r, err = ParseRate(s); err == nil && !r.IsZero() && strings.Trim(s, "+-0123456789.") == "" {
		return FaultRate.New().Set("value", s)
	}
	return err
}

// PercentText is the rate in per cent with the given number of decimals; see RatPercent.
func (r Rate) PercentText(decimals int) string { return RatPercent(r.Rat(), decimals) }
