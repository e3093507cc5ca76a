package risk

import (
	"cmp"
	"slices"
	"strings"

	"ganlan/day"
	"ganlan/fault"
	"ganlan/money"
	"ganlan/rule"
)

// Posting is one line of a fund's ledger. A compensation is posted when it is decided; whether there is money for it the fund
// says. No is the number of the decision: a recovery may name the compensation it belongs to.
type Posting struct {
	Place   fault.Place
	Day     day.Date
	Kind    PostingKind
	Amount  money.Fen
	No      string
	Account string
	Bank    string
}

// PostingKind is what moves a fund.
type PostingKind string

// Kinds of posting, in the order in which they count within a day: what comes in, what was decided, what came back, what is
// taken out.
const (
	Deposit      PostingKind = "deposit"
	Refill       PostingKind = "refill"
	Interest     PostingKind = "interest"
	Compensation PostingKind = "compensation"
	Recovery     PostingKind = "recovery"
	Withdrawal   PostingKind = "withdrawal"
)

var postingOrder = []PostingKind{Deposit, Refill, Interest, Compensation, Recovery, Withdrawal}

// Known lists the kinds.
func (PostingKind) Known() []string {
	out := make([]string, len(postingOrder))
	for i, k := range postingOrder {
		out[i] = string(k)
	}
	return out
}

// order is the one order in which postings count, whatever the order of the file: by day, within a day by kind, then by
// number, shorter numbers first.
func order(a, b Posting) int {
	return cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(slices.Index(postingOrder, a.Kind), slices.Index(postingOrder, b.Kind)),
		cmp.Compare(len(a.No), len(b.No)), strings.Compare(a.No, b.No), strings.Compare(a.Account, b.Account),
		strings.Compare(a.Bank, b.Bank), cmp.Compare(a.Amount, b.Amount))
}

// UnmarshalText reads a line of a case: «2024-03-01 compensation 10000 no C1 account industry bank A».
func (p *Posting) UnmarshalText(b []byte) (err error) {
	w := strings.Fields(string(b))
	bad := rule.FaultType.New().Set("want", "2024-03-01 compensation 10000 [no C1] [account K] [bank A]").Set("got", string(b))
	if len(w) < 3 || len(w)%2 == 0 {
		return bad
	}
	p.Kind = PostingKind(w[1])
	if !slices.Contains(postingOrder, p.Kind) {
		return rule.FaultChoice.New().Set("got", w[1]).Set("known", strings.Join(p.Kind.Known(), "、")).Near(w[1], p.Kind.Known())
	}
	if p.Day, err = day.Parse(w[0]); err != nil {
		return err
	}
	if err = p.Amount.UnmarshalText([]byte(w[2])); err != nil {
		return err
	}
	for i := 3; i < len(w); i += 2 {
		to := map[string]*string{"no": &p.No, "account": &p.Account, "bank": &p.Bank}[w[i]]
		if to == nil {
			return bad
		}
		*to = w[i+1]
	}
	return nil
}

// pot is money kept apart.
type pot struct {
	ledger
	queue   []*Claim
	touched bool // since the fund was last looked at
}

// ledger are the sums of a pot or of the whole fund.
type ledger struct {
	paidIn, refilled, interest, compensated, recovered, withdrawn, waiting money.Fen
}

// book adds an amount to a sum of the pot and of the whole fund; what is beyond all bounds is refused.
func book(f money.Fen, sums ...*money.Fen) error {
	for _, to := range sums {
		x, err := money.Add(*to, f)
		if err != nil {
			return err
		}
		*to = x
	}
	return nil
}

func (l *ledger) balance() money.Fen {
	return l.paidIn + l.refilled + l.interest + l.recovered - l.compensated - l.withdrawn
}

// Claim is a compensation that was decided: what was paid of it, when, and what still waits.
type Claim struct {
	Posting
	Paid      []Payment
	Recovered money.Fen
}

// Payment is money that left the fund for a compensation.
type Payment struct {
	Day    day.Date
	Amount money.Fen
}

// Sum is what was paid.
func (c *Claim) Sum() (sum money.Fen) {
	for _, p := range c.Paid {
		sum += p.Amount
	}
	return sum
}

// pay serves the queue in the order of decision as far as the money goes. Nobody passes one who was decided before.
func (p *pot) pay(on day.Date, how Short, paid func(money.Fen)) {
	for len(p.queue) > 0 {
		c := p.queue[0]
		due := c.Amount - c.Sum()
		give := min(due, p.balance())
		if give <= 0 || how == PayWhole && give < due {
			return
		}
		c.Paid = append(c.Paid, Payment{on, give})
		p.compensated += give
		p.waiting -= give
		paid(give)
		if give < due {
			return
		}
		p.queue = p.queue[1:]
	}
}
