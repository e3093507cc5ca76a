package desk

import (
	"errors"
	"strconv"
	"strings"

	"ganlan/day"
	"ganlan/internal/store"
	"ganlan/loan"
	"ganlan/money"
)

// This file reads the one text in which a contract's lines are kept beside their rows: what lineBytes wrote, and entryText,
// noteText and feeText in it. A text under its digest is well formed; anything else is refused.

var errLines = errors.New("desk: these are no lines of a contract")

// number cuts a number off the front of a text, with the space behind it.
func number(s *string) (n int64, err error) {
	a, rest, ok := strings.Cut(*s, " ")
	if n, err = strconv.ParseInt(a, 36, 64); err != nil || !ok {
		return 0, errLines
	}
	*s = rest
	return n, nil
}

// readLineBytes takes the kinds apart.
func readLineBytes(s string) (out lineBytes, err error) {
	var sizes [lineKinds]int64
	for i := range sizes {
		if sizes[i], err = number(&s); err != nil {
			return out, err
		}
	}
	for i, n := range sizes {
		if n < 0 || n > int64(len(s)) {
			return out, errLines
		}
		out[i], s = []byte(s[:n]), s[n:]
	}
	if s != "" {
		return out, errLines
	}
	return out, nil
}

// each gives the lines in the order in which they were kept.
func (b *lineBytes) each(see func(kind int, batch int64, row int, text string) error) error {
	for kind, x := range b {
		for s := string(x); s != ""; {
			var n [4]int64 // rev, batch, row, length
			for i := range n {
				var err error
				if n[i], err = number(&s); err != nil {
					return err
				}
			}
			if n[3] < 0 || n[3] > int64(len(s)) {
				return errLines
			}
			if err := see(kind, n[1], int(n[2]), s[:n[3]]); err != nil {
				return err
			}
			s = s[n[3]:]
		}
	}
	return nil
}

// lastNumbers cuts numbers off the end of a text, each behind a bar; what is left is returned. Texts in front may hold bars.
func lastNumbers(s string, to []int64) (string, error) {
	for i := len(to) - 1; i >= 0; i-- {
		at := strings.LastIndexByte(s, '|')
		if at < 0 {
			return "", errLines
		}
		n, err := strconv.ParseInt(s[at+1:], 10, 64)
		if err != nil {
			return "", errLines
		}
		to[i], s = n, s[:at]
	}
	return s, nil
}

func readEntry(s string) (e loan.Entry, err error) {
	var n [4]int64
	e.Note, err = lastNumbers(s, n[:])
	e.Kind, e.Date, e.Amount, e.NewEnd = loan.Kind(n[0]), day.Date(n[1]), money.Fen(n[2]), day.Date(n[3])
	return e, err
}

func readNote(s string) (x loan.Note, err error) {
	var n [3]int64
	x.No, err = lastNumbers(s, n[:])
	x.Start, x.End, x.Amount = day.Date(n[0]), day.Date(n[1]), money.Fen(n[2])
	return x, err
}

func readFee(s string) (f loan.Fee, err error) {
	var n [5]int64
	rest, err := lastNumbers(s, n[:])
	if err != nil {
		return f, err
	}
	parts := strings.Split(rest, "|")
	if len(parts) != 4 {
		return f, errLines
	}
	f.Note, f.GuaranteeNo, f.Rate.OK = unbarred.Replace(parts[0]), unbarred.Replace(parts[1]), parts[3] == "true"
	f.Fee, f.Refund, f.Paid = money.Fen(n[0]), money.Fen(n[1]), day.Date(n[2])
	f.Cover = day.Span{From: day.Date(n[3]), Until: day.Date(n[4])}
	f.Rate.Value, err = store.ReadRate(parts[2])
	return f, err
}
