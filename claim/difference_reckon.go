package claim

import (
	"math/big"

	"ganlan/day"
	"ganlan/money"
	"ganlan/scheme"
	"ganlan/subsidy"
)

// reckon is a reading that works on the finished account: rounding, units, the days at the ends of the year. It gives all
// the accounts that a bank could mean by it; those that cannot be had are nil.
type reckon struct {
	Reading
	do func(*account) []*account
}

// reckons are the readings outside every scheme's parameters.
func reckons(p *subsidy.Plan) (out []reckon) {
	add := func(c Cause, zh, en string, says scheme.Words, cite string, do func(*account) []*account) {
		out = append(out, reckon{Reading{c, scheme.Words{Zh: zh, En: en}, says, cite}, do})
	}
	last, first := p.Span.Until-1, p.Span.From
	owed := scheme.Words{Zh: "日终仍欠的余额当日计息", En: "a balance owed at the end of a day counts on that day"}
	add(CauseBoundary, dayWords(last)+"未计", last.String()+" left out", owed, "OP-02", within(day.Span{From: day.None + 1, Until: last}))
	add(CauseBoundary, dayWords(first)+"未计", first.String()+" left out", owed, "OP-02", within(day.Span{From: first + 1, Until: day.Open}))
	for _, end := range []day.Date{day.Of(p.Year, 12, 20), day.Of(p.Year, 12, 21), day.Of(p.Year, 11, 30)} {
		add(CauseCutOff, "只计至"+dayWords(end), "counted up to "+end.String()+" only", owed, "OP-14, OP-17", within(day.Span{From: day.None + 1, Until: end + 1}))
	}
	add(CauseMonth30, "每月一律按30天计（31日不计）", "every month counted as 30 days", scheme.Words{}, "OP-01", thirty)
	exact := scheme.Words{Zh: "贴息率按精确分数，不取整", En: "the rate is an exact fraction, never rounded"}
	add(CauseRate, "贴息率取两位小数（四舍五入）", "the subsidy rate rounded to two decimals", exact, "OP-09", shortRate(money.HalfUp))
	add(CauseRate, "贴息率取两位小数（舍去尾数）", "the subsidy rate cut to two decimals", exact, "OP-09", shortRate(money.Down))
	once := scheme.Words{Zh: "只在最后舍入一次，中间不舍入", En: "rounded once at the end, never in between"}
	add(CauseRounding, "逐日舍入到分后相加", "each day rounded to the fen, then added", once, "OP-03", eachDay(money.HalfUp))
	add(CauseRounding, "逐日舍去分以下后相加", "each day cut to the fen, then added", once, "OP-03", eachDay(money.Down))
	add(CauseRounding, "每次余额变动分段舍入后相加", "each stretch of one balance rounded, then added", once, "OP-03", eachPiece(money.HalfUp))
	add(CauseRounding, "每次余额变动分段舍去分以下后相加", "each stretch of one balance cut to the fen, then added", once, "OP-03", eachPiece(money.Down))
	add(CauseDoubled, "重复计了一次（正好两倍）", "counted twice (exactly double)", scheme.Words{}, "", func(a *account) []*account {
		return []*account{bare(2*a.days, 2*a.amount), bare(a.days, 2*a.amount)}
	})
	return append(out, unitReckons()...)
}

// bare are figures without pieces behind them.
func bare(days int64, amount money.Fen) *account { return &account{figures: figures{days, amount}} }

func within(s day.Span) func(*account) []*account {
	return func(a *account) []*account { return []*account{a.within(s)} }
}

// thirty counts 30 days a month by the calendar; the cumulative balance may be kept in the same days or in real ones.
func thirty(a *account) []*account {
	if !a.byDays() {
		return nil
	}
	var days int64
	b := a.again(func(x *subsidy.Piece) bool {
		x.Parts = thirtyDays(x.Span.Until) - thirtyDays(x.Span.From)
		days += int64(x.Counted) * x.Parts
		return true
	})
	if b == nil {
		return nil
	}
	return []*account{b, bare(days, b.amount)}
}

func thirtyDays(d day.Date) int64 {
	y, m, n := d.Civil()
	return int64(y)*360 + int64(m)*30 + int64(min(n, 30))
}

// shortRate writes each rate in per cent with two decimals, as it stands on paper.
func shortRate(m money.Mode) func(*account) []*account {
	return func(a *account) []*account {
		return []*account{a.again(func(x *subsidy.Piece) bool {
			n, err := money.MulDiv(x.Rate.Num(), 10_000, x.Rate.Den(), m)
			x.Rate = money.NewRate(n, 10_000)
			return err == nil
		})}
	}
}

// eachDay rounds what every day earns.
func eachDay(m money.Mode) func(*account) []*account {
	return apart(func(x subsidy.Piece) (*big.Rat, int64) {
		n := x.Parts
		x.Parts = 1
		return x.Amount(), n
	}, m)
}

// eachPiece rounds what every run of days with one balance earns.
func eachPiece(m money.Mode) func(*account) []*account {
	return apart(func(x subsidy.Piece) (*big.Rat, int64) { return x.Amount(), 1 }, m)
}

// apart rounds every part of the pieces on its own: an amount, so many times.
func apart(part func(subsidy.Piece) (*big.Rat, int64), m money.Mode) func(*account) []*account {
	return func(a *account) []*account {
		if !a.byDays() {
			return nil
		}
		per, ok := make([]money.Fen, len(a.rows)), true
		a.counted(func(row int, x subsidy.Piece) {
			exact, times := part(x)
			n, err := money.Rounding{Unit: 1, Mode: m}.Round(exact)
			ok = ok && err == nil
			per[row] += n * money.Fen(times)
		})
		if !ok {
			return nil
		}
		return []*account{bare(a.days, a.capped(per))}
	}
}

// unitReckons are a decimal point or a unit in the wrong place, in one figure or in both.
func unitReckons() (out []reckon) {
	for _, u := range []struct {
		by     int64
		up     bool
		zh, en string
	}{
		{10_000, false, "以万元为单位填列", "stated in units of 10,000 yuan"}, {10_000, true, "把万元当作元（大一万倍）", "10,000 times too large"},
		{100, true, "大一百倍（以分填列）", "100 times too large (stated in fen)"}, {100, false, "小一百倍", "100 times too small"},
		{10, true, "大十倍（小数点错位）", "10 times too large"}, {10, false, "小十倍（小数点错位）", "10 times too small"},
	} {
		scale := func(n int64) int64 {
			num, den := int64(1), u.by
			if u.up {
				num, den = u.by, 1
			}
			r, err := money.MulDiv(n, num, den, money.HalfUp)
			if err != nil {
				return -1
			}
			return r
		}
		out = append(out, reckon{Reading{Cause: CauseUnit, Bank: scheme.Words{Zh: u.zh, En: u.en}}, func(a *account) []*account {
			d, n := scale(a.days), money.Fen(scale(int64(a.amount)))
			if d <= 0 || n <= 0 {
				return nil // nothing is left to recognise it by
			}
			return []*account{bare(d, n), bare(a.days, n), bare(d, a.amount)}
		}})
	}
	return out
}
