package scheme

import (
	"fmt"
	"slices"
	"strings"

	"ganlan/day"
	"ganlan/fault"
	"ganlan/money"
	"ganlan/rule"
)

// CaseHead is what every worked example says first, whatever the kind of its scheme.
type CaseHead struct {
	rule.Spot
	Name   string            `rule:"case,need"`
	Proves []rule.Clause     `rule:"proves,need"`
	Set    map[string]string `rule:"set"` // parameters given for this case
}

// Head is the head itself.
func (h *CaseHead) Head() *CaseHead { return h }

// Proof is how one worked case came out.
type Proof struct {
	*CaseHead
	Differs []string // what is not as wanted, in words; empty when the case holds
}

// Prove reads a folder's cases of the type that run takes, and runs each. run says what is not as wanted; wanted is the code
// of the refusal that a case wants, if it wants one.
func Prove[C any, P interface {
	*C
	Head() *CaseHead
}](f Folder, run func(P) ([]string, error), wanted func(P) string) ([]Proof, fault.List) {
	var cases []C
	data := f.Read("cases.yaml")
	if data == nil {
		return nil, fault.List{FaultNoCases.New().Set("id", f.ID)}
	}
	faults := rule.Decode("cases.yaml", data, &cases, nil)
	if faults.Err() != nil {
		return nil, faults
	}
	out := make([]Proof, len(cases))
	for i := range cases {
		c := P(&cases[i])
		differs, err := run(c)
		switch code := wanted(c); {
		case code != "":
			differs = Refused(code, err)
		case err != nil:
			differs = []string{err.Error()}
		}
		out[i] = Proof{c.Head(), differs}
	}
	return out, nil
}

// Differs gathers what of a case is not as wanted, in words.
type Differs []string

// See compares two values by how they are written.
func (d *Differs) See(what string, want, got any) {
	if w, g := fmt.Sprint(want), fmt.Sprint(got); w != g {
		d.Say("%s：应为 %s，得到 %s", what, w, g)
	}
}

// Say adds a sentence.
func (d *Differs) Say(format string, args ...any) { *d = append(*d, fmt.Sprintf(format, args...)) }

// Fen compares an amount, when one is wanted.
func (d *Differs) Fen(what string, want *money.Fen, got money.Fen) {
	if want != nil {
		d.See(what, *want, got)
	}
}

// Refused compares a refusal with the wanted code: nothing differs when one of the faults has it.
func Refused(want string, err error) []string {
	for _, f := range fault.From(err) {
		if f.Code() == want {
			return nil
		}
	}
	return []string{fmt.Sprintf("应拒绝 %s，却得到 %v (a refusal was wanted)", want, err)}
}

// Case is a worked example beside an interest scheme: facts in, fen and reasons out, and the clauses that it proves.
type Case struct {
	CaseHead
	Year      int            `rule:"year,need"`
	Contract  *CaseContract  `rule:"contract"`
	Contracts []CaseContract `rule:"contracts"`
	Listed    *[]CaseSpan    `rule:"listed"` // always on the list when not written
	Ledger    []CaseLine     `rule:"ledger"`
	Notes     []CaseNote     `rule:"notes"`
	Fees      []CaseFee      `rule:"fees"`
	History   []CasePaid     `rule:"history"`
	Approved  []CaseApproval `rule:"approved"`
	Split     money.Fen      `rule:"split"` // only divide this total among the payers
	Want      Want           `rule:"want,need"`
}

// CaseContract is a contract of a case. Contracts of a case may have ledgers of their own.
type CaseContract struct {
	rule.Spot
	No           string              `rule:"no"`
	Household    string              `rule:"household"`
	ID           string              `rule:"id"`
	Start        day.Date            `rule:"start,need"`
	End          day.Date            `rule:"end,need"`
	Amount       money.Fen           `rule:"amount,need"`
	Rate         money.Rate          `rule:"rate,need"`
	Product      string              `rule:"product"`
	Purpose      string              `rule:"purpose"`
	Status       string              `rule:"status"`
	Region       string              `rule:"region"`
	OtherSubsidy bool                `rule:"other_subsidy"`
	Jobs         *int64              `rule:"jobs"`
	Employees    *int64              `rule:"employees"`
	Households   *int64              `rule:"households"`
	Facts        map[string]rule.Raw `rule:"facts"` // declared by the scheme
	Listed       *[]CaseSpan         `rule:"listed"`
	Ledger       []CaseLine          `rule:"ledger"`
	Notes        []CaseNote          `rule:"notes"`
	Fees         []CaseFee           `rule:"fees"`
}

// CaseSpan is «2023-11-01 … 2025-08-31» or «2023-11-01 …».
type CaseSpan struct{ day.Span }

// UnmarshalText reads the two days.
func (s *CaseSpan) UnmarshalText(b []byte) error {
	from, to, ok := strings.Cut(string(b), "…")
	first, err := day.Parse(strings.TrimSpace(from))
	if err != nil || !ok {
		return rule.FaultType.New().Set("want", "2023-11-01 … 2025-08-31").Set("got", string(b))
	}
	last := day.Open
	if t := strings.TrimSpace(to); t != "" {
		if last, err = day.Parse(t); err != nil {
			return err
		}
	}
	s.Span = day.Through(first, last)
	return nil
}

// CaseLine is one ledger line in words: «2024-03-15 draw 100000», «2025-03-01 overdue», «2024-06-01 repay 500 note N1»,
// «2025-01-10 deferral until 2025-06-30».
type CaseLine struct {
	Date   day.Date
	Kind   string
	Amount money.Fen
	Note   string
	NewEnd day.Date
}

// lineKinds are the events of a case's ledger.
var lineKinds = []string{"draw", "repay", "overdue", "deferral", "extension"}

// UnmarshalText reads the line.
func (l *CaseLine) UnmarshalText(b []byte) (err error) {
	words := strings.Fields(string(b))
	bad := rule.FaultType.New().Set("want", "2024-03-15 draw 100000 [note N1] [until 2025-06-30]").Set("got", string(b))
	if len(words) < 2 {
		return bad
	}
	l.NewEnd = day.None
	if l.Date, err = day.Parse(words[0]); err != nil {
		return err
	}
	l.Kind = words[1]
	if !slices.Contains(lineKinds, l.Kind) {
		return rule.FaultChoice.New().Set("got", l.Kind).Set("known", strings.Join(lineKinds, "、")).Near(l.Kind, lineKinds)
	}
	rest := words[2:]
	for len(rest) > 0 {
		switch {
		case rest[0] == "note" && len(rest) > 1:
			l.Note, rest = rest[1], rest[2:]
		case rest[0] == "until" && len(rest) > 1:
			if l.NewEnd, err = day.Parse(rest[1]); err != nil {
				return err
			}
			rest = rest[2:]
		default:
			if err := l.Amount.UnmarshalText([]byte(rest[0])); err != nil {
				return bad
			}
			rest = rest[1:]
		}
	}
	return nil
}

// CaseNote is a registered note.
type CaseNote struct {
	No     string    `rule:"no,need"`
	Start  day.Date  `rule:"start,need"`
	End    day.Date  `rule:"end,need"`
	Amount money.Fen `rule:"amount,need"`
}

// CaseFee is a guarantee fee paid.
type CaseFee struct {
	Note   string     `rule:"note"`
	Rate   money.Rate `rule:"rate"`
	Fee    money.Fen  `rule:"fee,need"`
	Refund money.Fen  `rule:"refund"`
	Paid   day.Date   `rule:"paid,need"`
	Cover  CaseSpan   `rule:"cover,need"`
}

// CasePaid is what the household was paid before.
type CasePaid struct {
	Household string    `rule:"household"`
	Scheme    string    `rule:"scheme"`
	Year      int       `rule:"year,need"`
	Paid      money.Fen `rule:"paid,need"`
}

// CaseApproval is an approved exceedance.
type CaseApproval struct {
	Household string    `rule:"household"`
	Money     money.Fen `rule:"money,need"`
	Reason    string    `rule:"reason,need"`
}

// Want is what must come out. What is not written is not compared.
type Want struct {
	BalanceDays *money.Fen           `rule:"balance_days"` // yuan-days
	Subsidy     *money.Fen           `rule:"subsidy"`      // of all rows
	Fee         *money.Fen           `rule:"fee_subsidy"`
	Reason      *string              `rule:"reason"` // of the only row
	Payers      map[string]money.Fen `rule:"payers"`
	Rows        []WantRow            `rule:"rows"`
	Refused     string               `rule:"refused"` // code of the fault
	Warns       []string             `rule:"warns"`
	Average     string               `rule:"average_rate"` // per cent, four decimals
	Deadline    day.Date             `rule:"deadline"`     // last day of payment
}

// WantRow is one row of the claim.
type WantRow struct {
	Contract    string     `rule:"contract"`
	Note        string     `rule:"note"`
	BalanceDays *money.Fen `rule:"balance_days"`
	Subsidy     *money.Fen `rule:"subsidy"`
	Fee         *money.Fen `rule:"fee_subsidy"`
	Reason      *string    `rule:"reason"`
}

// LoadCases reads cases.yaml.
func LoadCases(file string, data []byte) (cases []Case, faults fault.List) {
	faults = rule.Decode(file, data, &cases, nil)
	return cases, faults
}
