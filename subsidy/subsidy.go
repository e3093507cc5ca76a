// Package subsidy turns facts and a scheme into amounts with their explanation: pure, exact, rounded once.
// It refuses a year the scheme does not reach, a parameter not given and a condition that cannot be decided.
package subsidy

import (
	"math/big"

	"ganlan/day"
	"ganlan/figure"
	"ganlan/household"
	"ganlan/loan"
	"ganlan/money"
	"ganlan/scheme"
)

// Facts are what is known of one contract. Entries are reordered by the calculation, nothing else is changed.
type Facts struct {
	Contract loan.Contract
	Entries  []loan.Entry
	Notes    []loan.Note
	Fees     []loan.Fee
	Listed   []day.Span       // the household's intervals on the name list
	History  []household.Paid // what the household was paid before, under any scheme
	Approved []Approval       // caps that may be exceeded for this household

	result *figure.Result // the scheme's own facts and figures; nil where it declares none
}

// Approval lets a household or contract exceed a cap, with the reason that was given.
type Approval struct {
	Household, Reason string
	Money             money.Fen
	Row               int
}

// Row is one row of the claim: a contract, or a note of it.
type Row struct {
	Facts       *Facts
	Note        string
	Drawn, Due  day.Date  // of the note; of the first draw for a contract
	DrawnAmount money.Fen // drawn in all by what the row stands for
	UsedAmount  money.Fen // of that, what earned something in the year (OP-07)
	BalanceDays int64     // cumulative daily balance that counted, fen-days
	Amount      money.Fen // interest subsidy
	FeeSubsidy  money.Fen
	Fees        []loan.Fee  // guarantee fees of the year, or of other years for reference
	Rate        money.Rate  // the scheme's rate of the row's first counted day
	Reference   money.Rate  // LPR of the draw, where the scheme uses it
	YearEnd     money.Fen   // owed at the end of the claim year
	Closed      day.Date    // fully repaid on; None while owed
	Reason      string      // why there is nothing; empty when there is something
	Parts       []money.Fen // per payer, where rows are split
	FeeParts    []money.Fen

	exact     *big.Rat // unrounded amount after row caps, kept where a later step needs it
	capped    []capNote
	claimsFee bool // a fee of the claim year
	why       int  // place in the explanation
}

// capNote remembers a cap that cut the row, for the explanation.
type capNote struct {
	what          string
	cite          string
	before, after money.Fen
}

// Built-in reasons. A scheme may add its own.
const (
	NotListed     = "NOT_LISTED"
	WrongProduct  = "WRONG_PRODUCT"
	WrongPurpose  = "WRONG_PURPOSE"
	OutsideWindow = "OUTSIDE_WINDOW"
	OtherSubsidy  = "OTHER_SUBSIDY"
	RateTooHigh   = "RATE_TOO_HIGH"
	AmountTooHigh = "AMOUNT_TOO_HIGH"
	NotRepaid     = "NOT_REPAID"
	CapReached    = "CAP_REACHED"
	JobsTooFew    = "JOBS_TOO_FEW"
	DeclaredFalse = "DECLARED_FALSE"
	NoBalance     = "NO_BALANCE"
	RoundsToZero  = "ROUNDS_TO_ZERO"
	WasOverdue    = "OVERDUE"
	WrongStatus   = "WRONG_STATUS"
	TermTooLong   = "TERM_TOO_LONG"
)

// reasonOf is the reason that each kind of test gives unless the scheme names another.
var reasonOf = map[scheme.TestKind]string{
	scheme.TestProduct: WrongProduct, scheme.TestPurpose: WrongPurpose, scheme.TestListed: NotListed,
	scheme.TestDrawn: OutsideWindow, scheme.TestStarted: OutsideWindow, scheme.TestOther: OtherSubsidy,
	scheme.TestRate: RateTooHigh, scheme.TestAmount: AmountTooHigh, scheme.TestStatus: WrongStatus,
	scheme.TestTerm: TermTooLong, scheme.TestLine: OutsideWindow,
}
