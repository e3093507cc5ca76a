package scheme

import "slices"

// The words a scheme may use. The first of each list is what holds when nothing is written.
type (
	Status    string
	Kind      string
	TestKind  string
	At        string
	Rows      string
	Base      string
	Year      string
	Side      string
	Overdue   string
	Deferral  string
	Order     string
	Claim     string
	Settle    string
	Per       string
	Times     string
	Grain     string
	RoundUnit string
	RoundMode string
	Period    string
	Fill      string
	Exceed    string
	Prorate   string
	Then      string
	WarnKind  string
	Weight    string
	Scope     string
	Benefit   string
	SplitOf   string
	AmountOf  string
	Refund    string
	Missing   string
	LineDue   string
)

// Status: a draft can be simulated, never claimed (OP-79).
const (
	Issued Status = "issued"
	Draft  Status = "draft"
)

// Kinds of rule. Each is one file of a matter room and has its line in the list of kinds of internal/calc.
const (
	Interest Kind = "interest" // an interest subsidy, with or without a share of the guarantee fee

	LossSharing   Kind = "loss_sharing"   // who bears the loss of a loan
	Fund          Kind = "fund"           // the ledger of a risk fund, what it allows and when it must grow
	InsurancePool Kind = "insurance_pool" // the result of an insurance period and its premiums
	Breaker       Kind = "breaker"        // stops of new lending by area
	Lights        Kind = "lights"         // red, yellow and green warnings

	Score   Kind = "score_card" // a household's score, grade and credit line
	Screen  Kind = "screen"     // who belongs on a list, its tags and types
	Targets Kind = "targets"    // target values and how far they are reached
	Award   Kind = "award"      // an award, compensation or charge by a formula of its own, with ceilings and pools
	Ranking Kind = "ranking"    // institutions ranked by a weighted score, with awards by rank
)

// Kinds of test.
const (
	TestProduct TestKind = "product"
	TestPurpose TestKind = "purpose"
	TestListed  TestKind = "listed"
	TestDrawn   TestKind = "drawn"
	TestStarted TestKind = "started"
	TestOther   TestKind = "no_other_subsidy"
	TestRate    TestKind = "rate_at_most"
	TestAmount  TestKind = "amount"
	TestStatus  TestKind = "status"
	TestTerm    TestKind = "term" // of the contract
	TestLine    TestKind = "line" // from the grant of a line to a draw under it (OP-37)
)

// What an amount test looks at.
const (
	OfTheContract AmountOf = "contract"
	OfTheDraw     AmountOf = "drawdown"
)

// Whether a note may fall due after the end of the line under which it was drawn (OP-37).
const (
	MayPassLine LineDue = "may_pass"
	WithinLine  LineDue = "within"
)

// Days that a rule can look at.
const (
	AtContract     At = "contract_start"
	AtDrawdown     At = "drawdown"
	AtEachDay      At = "each_day"
	AtPreviousYear At = "previous_year_end" // of the year before the claim year
	AtYearEnd      At = "year_end"          // of the claim year
	AtListed       At = "list_date"
)

// Rows of a claim: one per contract or one per note (借据).
const (
	ByContract Rows = "contract"
	ByNote     Rows = "note"
)

// Base of an amount.
const (
	DailyBalance Base = "daily_balance" // what is owed at the end of each day
	Principal    Base = "principal"     // the drawn amount until it is fully repaid
	Once         Base = "once"          // the drawn amount, one time, whatever the term
)

// In and Out say whether a boundary day counts.
const (
	In  Side = "in"
	Out Side = "out"
)

// What overdue does to a subsidy (OP-12).
const (
	ExcludeDays Overdue = "exclude_days"
	ForfeitLoan Overdue = "forfeit_loan"
	AllowDays   Overdue = "allow"
)

// What a deferral or an extension does: it moves the due day, or it is not subsidised beyond the first due day.
const (
	MovesDue  Deferral = "moves_due_day"
	NotBeyond Deferral = "first_due_day"
)

// Which draw an unnamed repayment settles first.
const (
	OldestFirst Order = "oldest_first"
	NewestFirst Order = "newest_first"
)

// When a row is claimed.
const (
	EachYear   Claim = "each_year"
	WhenRepaid Claim = "when_repaid" // in the year of full repayment, for the real term
)

// How often the bank settles within the claim year. Each settlement is rounded on its own.
const (
	SettleYear     Settle = "year"
	SettleHalfYear Settle = "half_year"
	SettleQuarter  Settle = "quarter"
	SettleMonth    Settle = "month"
)

// Whom a cap counts together.
const (
	PerRow        Per = "row"
	PerContract   Per = "contract"
	PerHousehold  Per = "household"
	PerPerson     Per = "person" // by id number: an enterprise by its credit code
	PerEnterprise Per = "enterprise"
	PerBank       Per = "bank"
)

// Multipliers of a principal cap.
const (
	TimesNothing    Times = ""
	TimesHouseholds Times = "households"
)

// Grains of rounding (OP-03).
const (
	GrainContract  Grain = "contract"
	GrainDrawdown  Grain = "drawdown"
	GrainHousehold Grain = "household"
)

// Periods of a cap on money.
const (
	OverYear Period = "year"
	OverLife Period = "scheme_life"
)

// Orders in which rows fill a cap.
const (
	FillByDraw      Fill = "by_draw_date"
	FillByRepayment Fill = "by_full_repayment"
)

// How a cap may be exceeded.
const (
	ExceedNever    Exceed = "never"
	ExceedApproved Exceed = "approval"
)

// How the fee is prorated (OP-10).
const (
	ProrateDays Prorate = "cover_days" // claimed once, in the year the fee was paid
	ProrateYear Prorate = "year_days"  // claimed each year for its own days of cover
	ProrateNot  Prorate = "none"
)

// What a condition or ceiling over declared facts does where the file gives none of them.
const (
	MissingRefuse Missing = "refuse" // the file is refused: nothing is decided on a guess
	MissingFail   Missing = "fail"   // the condition does not hold; nothing is paid under the ceiling
	MissingWarn   Missing = "warn"   // not checked, with a warning
	MissingPass   Missing = "pass"   // not checked; the explanation shows it
)

// What a refund does to a fee that early repayment cuts as well (OP-10).
const (
	NetAndDays Refund = "net_and_days" // the fee left by all days of cover
	NotTwice   Refund = "not_twice"    // the lower of the next and the fee by its days alone
	EndsCover  Refund = "ends_cover"   // the fee left by the days of cover until early repayment
)

// What follows when another scheme paid.
const (
	Refuse          Then = "refuse"
	Deduct          Then = "deduct"
	LimitToInterest Then = "limit_to_interest"
)

// What a warning looks at.
const (
	WarnAverage  WarnKind = "average_rate"
	WarnContract WarnKind = "contract_rate"
	WarnFee      WarnKind = "guarantee_fee" // a year, of what is guaranteed
)

// Weights of the average rate (OP-05).
const (
	ByBalanceDays Weight = "balance_days"
	ByAmount      Weight = "amount"
	Plain         Weight = "plain"
)

// How the family has the benefit (OP-40).
const (
	BenefitDeduct     Benefit = "deduct"
	ReimburseBank     Benefit = "reimburse_bank"
	ReimburseBorrower Benefit = "reimburse_borrower"
)

// What is split among payers (OP-04).
const (
	SplitTotal SplitOf = "total"
	SplitRow   SplitOf = "row"
)

// LargestRemainder is the split whose last fen go to the largest remainders.
const LargestRemainder = "largest_remainder"

// Months is the length of a settlement period.
func (s Settle) Months() int {
	return map[Settle]int{SettleHalfYear: 6, SettleQuarter: 3, SettleMonth: 1}[s]
}

// Known lists the words of each kind, for the reader of the file and for the hints in its faults.
func (Status) Known() []string { return words(Issued, Draft) }
func (Kind) Known() []string {
	return words(Interest, Award, Ranking, LossSharing, Fund, InsurancePool, Breaker, Lights, Score, Screen, Targets)
}
func (TestKind) Known() []string {
	return words(TestProduct, TestPurpose, TestListed, TestDrawn, TestStarted, TestOther, TestRate, TestAmount, TestStatus,
		TestTerm, TestLine)
}
func (At) Known() []string {
	return words(AtContract, AtDrawdown, AtEachDay, AtPreviousYear, AtYearEnd, AtListed)
}
func (Rows) Known() []string     { return words(ByContract, ByNote) }
func (Base) Known() []string     { return words(DailyBalance, Principal, Once) }
func (Side) Known() []string     { return words(In, Out) }
func (Overdue) Known() []string  { return words(ExcludeDays, ForfeitLoan, AllowDays) }
func (Deferral) Known() []string { return words(MovesDue, NotBeyond) }
func (Order) Known() []string    { return words(OldestFirst, NewestFirst) }
func (Claim) Known() []string    { return words(EachYear, WhenRepaid) }
func (Per) Known() []string {
	return words(PerRow, PerContract, PerHousehold, PerPerson, PerEnterprise, PerBank)
}
func (Settle) Known() []string   { return words(SettleYear, SettleHalfYear, SettleQuarter, SettleMonth) }
func (Times) Known() []string    { return words(TimesHouseholds) }
func (Grain) Known() []string    { return words(GrainContract, GrainDrawdown, GrainHousehold) }
func (Period) Known() []string   { return words(OverYear, OverLife) }
func (Fill) Known() []string     { return words(FillByDraw, FillByRepayment) }
func (Exceed) Known() []string   { return words(ExceedNever, ExceedApproved) }
func (Prorate) Known() []string  { return words(ProrateDays, ProrateYear, ProrateNot) }
func (Missing) Known() []string  { return words(MissingRefuse, MissingFail, MissingWarn, MissingPass) }
func (Refund) Known() []string   { return words(NetAndDays, NotTwice, EndsCover) }
func (Then) Known() []string     { return words(Refuse, Deduct, LimitToInterest) }
func (WarnKind) Known() []string { return words(WarnAverage, WarnContract, WarnFee) }
func (Weight) Known() []string   { return words(ByBalanceDays, ByAmount, Plain) }
func (Scope) Known() []string    { return []string{"bank_and_year"} }
func (Benefit) Known() []string  { return words(BenefitDeduct, ReimburseBank, ReimburseBorrower) }
func (SplitOf) Known() []string  { return words(SplitTotal, SplitRow) }
func (AmountOf) Known() []string { return words(OfTheContract, OfTheDraw) }
func (LineDue) Known() []string  { return words(MayPassLine, WithinLine) }

func words[T ~string](known ...T) []string {
	out := make([]string, len(known))
	for i, k := range known {
		out[i] = string(k)
	}
	return slices.Clip(out)
}
