package money

import (
	"math/big"
	"strings"

	"ganlan/fault"
)

// ParseWritten reads an amount as people write it, spaces and full-width forms already taken away: 10,000.00, ¥10000,
// 10000元, 1万, 1.0万元, 壹万元整. A unit in the text goes before the unit given. Commas may only part thousands, for 1,50
// could be one and a half. Noise of binary arithmetic, up to a millionth of a fen beside whole fen, is taken away; any
// other third decimal is FaultDecimals.
func ParseWritten(s string, unit Fen) (Fen, error) {
	t := s
	for _, mark := range []string{"人民币", "¥", "￥", "RMB", "CNY"} {
		t = strings.TrimPrefix(t, mark)
	}
	if f, ok := ParseWords(t); ok {
		return f, nil
	}
	for _, u := range []struct {
		suffix string
		unit   Fen
	}{{"万元", 10000 * Yuan}, {"万", 10000 * Yuan}, {"元整", Yuan}, {"元", Yuan}} {
		if before, ok := strings.CutSuffix(t, u.suffix); ok {
			t, unit = before, u.unit
			break
		}
	}
	bare, ok := withoutCommas(t)
	if !ok {
		return 0, FaultAmount.New().Set("value", s)
	}
	f, bad := parseNear(bare, unit)
	if bad != nil {
		return 0, bad.New().Set("value", s)
	}
	return f, nil
}

// withoutCommas takes the separators out of a number whose groups hold three digits each; false for any other comma.
func withoutCommas(s string) (string, bool) {
	if !strings.Contains(s, ",") {
		return s, true
	}
	whole, decimals, _ := strings.Cut(strings.TrimLeft(s, "+-"), ".")
	groups := strings.Split(whole, ",")
	for i, g := range groups {
		if i > 0 && len(g) != 3 || i == 0 && (len(g) < 1 || len(g) > 3) {
			return "", false
		}
	}
	return strings.ReplaceAll(s, ",", ""), !strings.Contains(decimals, ",")
}

// parseNear reads a decimal that is whole fen, or so near to it that only binary arithmetic can have put it beside.
func parseNear(s string, unit Fen) (Fen, *fault.Def) {
	if f, err := ParseUnit(s, unit); err == nil {
		return f, nil
	}
	r, err := parseDecimal(s)
	if err != nil {
		return 0, FaultAmount
	}
	exact := new(big.Rat).Mul(r.Rat(), big.NewRat(int64(unit), 1))
	near, ok := new(big.Int).SetString(exact.FloatString(0), 10)
	if !ok || !near.IsInt64() {
		return 0, FaultAmount
	}
	off := new(big.Rat).Sub(exact, new(big.Rat).SetInt(near))
	if off.Abs(off).Cmp(big.NewRat(1, 1_000_000)) > 0 {
		return 0, FaultDecimals
	}
	return Fen(near.Int64()), nil
}
