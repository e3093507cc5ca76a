package payment

import (
	"cmp"
	"slices"

	"ganlan/bankfile"
	"ganlan/fault"
)

// AnswerRule says how the receiver's answer is laid out. What is not given is as in the file that was sent.
type AnswerRule struct {
	Shape     Shape             `rule:"shape"`
	Separator string            `rule:"separator"`
	Quote     string            `rule:"quote"`
	Encoding  bankfile.Encoding `rule:"encoding"`
	Amount    AmountStyle       `rule:"amount"`
	Skip      int               `rule:"skip"` // lines before the first answer; a sheet is read by its titles
	Fields    []Field           `rule:"fields,need"`
	Trailer   []Field           `rule:"trailer"` // recognised by its first field, a constant
	Success   []string          `rule:"success,need"`
	Failed    []string          `rule:"failed,need"`
	Partial   []string          `rule:"partial"`
	Reasons   map[string]Reason `rule:"reasons"` // what the receiver writes → our code
}

// Reason is why a payment did not reach the account.
type Reason string

// The reasons (E6). What a layout does not know is OTHER, with the receiver's own words kept.
const (
	NameMismatch   Reason = "NAME_MISMATCH"   // 户名不符
	AccountClosed  Reason = "ACCOUNT_CLOSED"  // 账户已销户
	AccountUnknown Reason = "ACCOUNT_UNKNOWN" // 账号不存在
	AccountFrozen  Reason = "ACCOUNT_FROZEN"  // 账户冻结、止付
	OtherReason    Reason = "OTHER"
)

// Known lists the reasons.
func (Reason) Known() []string {
	return []string{string(NameMismatch), string(AccountClosed), string(AccountUnknown), string(AccountFrozen), string(OtherReason)}
}

// answered are what a field of an answer can hold.
var answered = map[string]Type{"key": ByText, "amount": ByAmount, "paid": ByAmount, "result": ByText, "reason": ByText, "blank": ByText}

// answerSums are what a closing line of an answer can state.
var answerSums = map[string]Type{"count": ByNumber, "sum": ByAmount, "paid_count": ByNumber, "paid_sum": ByAmount, "failed_count": ByNumber,
	"failed_sum": ByAmount, "blank": ByText}

func (a *AnswerRule) check(at fault.Place, wrong func(fault.Place, string)) {
	for _, need := range []string{"key", "result"} {
		if !slices.ContainsFunc(a.Fields, func(f Field) bool { return f.From == need }) {
			wrong(at, "answer 需要字段 from: "+need+" (a field from: "+need+" is needed)")
		}
	}
	fixed := Layout{Shape: a.Shape}
	for _, f := range a.Fields {
		fixed.checkField(f, answered, wrong)
	}
	for i, f := range a.Trailer {
		fixed.checkField(f, answerSums, wrong)
		if i == 0 && f.Const == "" {
			wrong(f.Place, "trailer 的第一个字段须是 const 标志 (the first field of the trailer is its mark)")
		}
	}
}

// answerLayout is the answer's layout: its own words before those of the file that was sent.
func (l *Layout) answerLayout() *Layout {
	a := l.Answer
	return &Layout{Shape: cmp.Or(a.Shape, l.Shape), Separator: cmp.Or(a.Separator, l.Separator), Quote: cmp.Or(a.Quote, l.Quote),
		Encoding: cmp.Or(a.Encoding, l.Encoding), Amount: cmp.Or(a.Amount, l.Amount), Fields: a.Fields, Trailer: a.Trailer}
}
