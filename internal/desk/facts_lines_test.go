package desk

import (
	"testing"

	"pgregory.net/rapid"

	"ganlan/day"
	"ganlan/loan"
	"ganlan/money"
)

func TestLinesComeBackFromTheirTextWhateverTheirNumbersHold(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.SampledFrom([]rune("A1|% 7C25担"))).Draw
		days := rapid.Int32Range(18000, 22000).Draw
		fen := rapid.Int64Range(0, 1<<40).Draw
		e := loan.Entry{Note: text(t, "note"), Kind: loan.Kind(rapid.IntRange(0, 4).Draw(t, "kind")), Date: day.Date(days(t, "date")), Amount: money.Fen(fen(t, "amount")), NewEnd: day.None}
		n := loan.Note{No: text(t, "no"), Start: day.Date(days(t, "start")), End: day.Date(days(t, "end")), Amount: money.Fen(fen(t, "drawn"))}
		f := loan.Fee{Note: text(t, "of"), GuaranteeNo: text(t, "guarantee"), Rate: loan.Give(money.NewRate(rapid.Int64Range(0, 99).Draw(t, "rate"), 100)), Fee: money.Fen(fen(t, "fee")),
			Paid: day.Date(days(t, "paid")), Cover: day.Span{From: day.Date(days(t, "from")), Until: day.Open}}
		if got, err := readEntry(entryText(&e)); err != nil || got != e {
			t.Fatalf("%+v, want %+v: %v", got, e, err)
		}
		if got, err := readNote(noteText(&n)); err != nil || got != n {
			t.Fatalf("%+v, want %+v: %v", got, n, err)
		}
		if got, err := readFee(feeText(&f)); err != nil || got != f {
			t.Fatalf("%+v, want %+v: %v", got, f, err)
		}
		var b lineBytes
		b.add(ledgerLines, 1, 2, 3, entryText(&e))
		b.add(feeLines, 4, 5, 6, feeText(&f))
		back, err := readLineBytes(b.text())
		if err != nil || back.text() != b.text() {
			t.Fatalf("%q: %v", b.text(), err)
		}
	})
}
