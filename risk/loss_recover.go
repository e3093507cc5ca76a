package risk

import (
	"ganlan/money"
)

// Returned is what has come back to the parties of a loss so far.
type Returned struct {
	Loss  *Loss
	Parts []money.Fen // in the order of the loss's parts
}

// Recover gives what comes back to the parties by the scheme's rule, one amount after another. In the shares of the loss, each
// amount is divided by what every party still misses, so that nobody ever has more than he bore and the last recovery closes
// all (OP-56). Money beyond what the parties bore is refused.
func (x *Loss) Recover(amounts ...money.Fen) (*Returned, error) {
	r := &Returned{Loss: x, Parts: make([]money.Fen, len(x.Parts))}
	for _, a := range amounts {
		missing, left := r.missing()
		if a < 0 || a > left {
			return r, FaultRecovery.New().Set("amount", a).Set("left", left)
		}
		for i, f := range money.Spread(a, weights(missing)) {
			r.Parts[i] += f
		}
	}
	return r, nil
}

// missing is what every party may still have back, and their sum.
func (r *Returned) missing() (each []money.Fen, sum money.Fen) {
	to := r.Loss.rules.Recoveries.First().Is
	each = make([]money.Fen, len(r.Parts))
	for i, p := range r.Loss.Parts {
		if to == SameShares || p.Party.Who == to {
			each[i] = p.Amount - r.Parts[i]
			sum += each[i]
		}
	}
	return each, sum
}

// Of is what has come back to a party; see Loss.Of.
func (r *Returned) Of(who string) (sum money.Fen) {
	for i, p := range r.Loss.Parts {
		if p.Party.Who == who || p.Within != nil && p.Within.Who == who {
			sum += r.Parts[i]
		}
	}
	return sum
}
