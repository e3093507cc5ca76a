package payment

import (
	"cmp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"ganlan/day"
	"ganlan/fault"
	"ganlan/money"
)

// date is a date in the layout's style.
func (l *Layout) date(d day.Date) string {
	s := d.String()
	switch l.Date {
	case "/":
		return strings.ReplaceAll(s, "-", "/")
	case "none":
		return strings.ReplaceAll(s, "-", "")
	}
	return s
}

// amount is money in the layout's unit.
func (l *Layout) amount(f money.Fen) string {
	if l.Amount == Fen {
		return strconv.FormatInt(int64(f), 10)
	}
	return f.String()
}

// parseAmount reads what amount writes, with padding around it.
func (l *Layout) parseAmount(s string) (money.Fen, error) {
	s = strings.TrimSpace(s)
	if l.Amount == Fen {
		n, err := strconv.ParseInt(s, 10, 64)
		if err != nil {
			return 0, money.FaultAmount.New().Set("value", s)
		}
		return money.Fen(n), nil
	}
	return money.Parse(strings.ReplaceAll(s, ",", ""))
}

// numeric reports whether a field is written like a number, and so stands on the right.
func (f *Field) numeric() bool {
	t := f.Type
	if t == "" {
		t = cmp.Or(sources[f.From], sums[f.From])
	}
	return t == ByAmount || t == ByNumber
}

// fit brings a value to its room: quoted where it must be, padded in a fixed file, never cut.
func (w *writer) fit(f *Field, v, key string) string {
	bytes, bad, ok := w.l.Encoding.Encode(v)
	if i := strings.IndexFunc(v, unicode.IsControl); i >= 0 {
		bad, _ = utf8.DecodeRuneInString(v[i:])
		ok = false
	}
	if !ok {
		w.refuse(FaultCharacter, f, key).Set("char", string(bad))
		return v
	}
	size := len(bytes)
	if f.Length > 0 && size > f.Length {
		w.refuse(FaultTooLong, f, key).Set("got", size).Set("limit", f.Length)
		return v
	}
	if w.l.Shape == Fixed {
		return w.pad(f, v, f.Length-size)
	}
	return w.quoted(f, v, key)
}

func (w *writer) refuse(d *fault.Def, f *Field, key string) *fault.Fault {
	x := d.At(fault.Place{Column: f.Title}).Set("key", key).Set("title", cmp.Or(f.Title, f.From, f.Const))
	w.faults.Add(x)
	return x
}

func (w *writer) pad(f *Field, v string, room int) string {
	pad, side := f.Pad, f.Side
	if side == "" && f.numeric() {
		side, pad = Right, cmp.Or(pad, "0")
	}
	fill := strings.Repeat(cmp.Or(pad, " "), room)
	if side == Right {
		return fill + v
	}
	return v + fill
}

// quoted puts the layout's quote around a text that holds the separator; without a quote such a text is refused.
func (w *writer) quoted(f *Field, v, key string) string {
	q := w.l.Quote
	if !strings.Contains(v, w.l.Separator) && (q == "" || !strings.Contains(v, q)) {
		return v
	}
	if q == "" {
		w.refuse(FaultCharacter, f, key).Set("char", w.l.Separator)
		return v
	}
	return q + strings.ReplaceAll(v, q, q+q) + q
}
