package subsidy

import (
	"ganlan/day"
	"ganlan/loan"
	"ganlan/money"
)

// used is the principal of the lot's draws that were owed on a day that counts, each in full and once (OP-07). Draws of one
// lot are settled oldest first: a draw is owed from its day until as much is repaid as was drawn up to it.
func (e *Engine) used(l *loan.Lot) (sum money.Fen) {
	var upTo money.Fen
	for _, d := range l.Draws {
		upTo += d.Amount
		owed := day.Span{From: d.Date, Until: repaidOn(l, upTo)}
		for _, s := range e.spans {
			if s.why == "" && !s.Meet(owed).Empty() {
				sum += d.Amount
				break
			}
		}
	}
	return sum
}

// repaidOn is the first day at whose end the lot has repaid an amount; Open when it has not.
func repaidOn(l *loan.Lot, amount money.Fen) day.Date {
	var drawn money.Fen
	i := 0
	for _, s := range l.Steps {
		for i < len(l.Draws) && l.Draws[i].Date <= s.From {
			drawn += l.Draws[i].Amount
			i++
		}
		if drawn-s.Good-s.Late >= amount {
			return s.From
		}
	}
	return day.Open
}
