package payment

import (
	"slices"
	"strconv"

	"ganlan/fault"
	"ganlan/money"
)

// Status is what became of a line.
type Status string

// The states. Only Paid is done; the others go back with their reason.
const (
	Paid    Status = "paid"
	Part    Status = "partial"
	Refused Status = "failed"
)

// Outcome is what the receiver says of one line.
type Outcome struct {
	Key    string
	Status Status
	Sent   money.Fen
	Paid   money.Fen
	Reason Reason // empty when paid
	Words  string // the receiver's own
	Row    int
}

// Answer is a whole answer; every line that was sent is in it once, in the order of the batch.
type Answer struct {
	Lines        []Outcome
	Sent, Paid   money.Fen
	Good, Failed int // lines paid in full, lines paid in part or not at all
}

// ReadAnswer matches an answer with the lines that were sent: by key alone, never by name. It refuses the answer whole when a
// key is unknown, stands twice or is missing, when a result is unknown, or when amounts or sums do not meet.
func (l *Layout) ReadAnswer(sent []Line, data []byte) (*Answer, fault.List) {
	if l.Answer == nil {
		return nil, fault.List{FaultNoAnswer.New()}
	}
	rows, f := l.answerLayout().cut(data)
	if f != nil {
		return nil, fault.List{f}
	}
	t, f := l.answerLayout().table(rows, l.Answer.Skip)
	if f != nil {
		return nil, fault.List{f}
	}
	r := reader{l: l, t: t, sent: map[string]*Line{}, got: map[string]Outcome{}}
	for i := range sent {
		r.sent[sent[i].Key] = &sent[i]
	}
	for _, x := range t.lines {
		r.line(x)
	}
	return r.whole(sent)
}

// reader reads one answer.
type reader struct {
	l      *Layout
	t      *table
	sent   map[string]*Line
	got    map[string]Outcome
	faults fault.List
}

func (r *reader) refuse(d *fault.Def, x row, key string) *fault.Fault {
	f := d.At(fault.Place{Row: x.n}).Set("key", key)
	r.faults.Add(f)
	return f
}

func (r *reader) line(x row) {
	key := r.t.get(x, "key")
	s := r.sent[key]
	before, twice := r.got[key]
	switch {
	case s == nil:
		r.refuse(FaultUnknownKey, x, key)
		return
	case twice:
		r.refuse(FaultAnsweredTwice, x, key).Set("row", before.Row)
		return
	}
	o := Outcome{Key: key, Sent: s.Amount, Row: x.n, Words: r.t.get(x, "reason")}
	r.got[key] = o
	result := r.t.get(x, "result")
	a := r.l.Answer
	switch {
	case slices.Contains(a.Success, result):
		o.Status, o.Paid = Paid, s.Amount
	case slices.Contains(a.Partial, result):
		o.Status = Part
	case slices.Contains(a.Failed, result):
		o.Status = Refused
	default:
		r.refuse(FaultResult, x, key).Set("value", result)
		return
	}
	r.amounts(x, &o)
	if o.Status != Paid {
		o.Reason = r.reason(o.Words, result)
	}
	r.got[key] = o
}

// reason is the code of the receiver's words, or of its result code.
func (r *reader) reason(words, result string) Reason {
	for _, s := range []string{words, result} {
		if code, ok := r.l.Answer.Reasons[s]; ok {
			return code
		}
	}
	return OtherReason
}

// amounts reads what was paid. A success with less than was sent is a part; anything else that does not fit is refused.
func (r *reader) amounts(x row, o *Outcome) {
	amount, paid, ok := o.Sent, o.Paid, true
	layout := r.l.answerLayout()
	if text := r.t.get(x, "amount"); text != "" {
		var err error
		amount, err = layout.parseAmount(text)
		ok = err == nil
	}
	if text := r.t.get(x, "paid"); text != "" {
		n, err := layout.parseAmount(text)
		paid, ok = n, ok && err == nil
	}
	if o.Status == Paid && 0 < paid && paid < o.Sent {
		o.Status = Part
	}
	switch o.Status {
	case Paid:
		ok = ok && paid == o.Sent
	case Part:
		ok = ok && 0 < paid && paid < o.Sent
	case Refused:
		ok = ok && paid == 0
	}
	if !ok || amount != o.Sent {
		r.refuse(FaultAnswerAmount, x, o.Key).Set("got", amount).Set("sent", o.Sent).Set("paid", paid)
	}
	o.Paid = paid
}

// whole checks that every line is answered and that the closing line agrees.
func (r *reader) whole(sent []Line) (*Answer, fault.List) {
	a := &Answer{}
	for i := range sent {
		o, ok := r.got[sent[i].Key]
		if !ok {
			r.faults.Add(FaultNotAnswered.New().Set("key", sent[i].Key))
			continue
		}
		a.Lines = append(a.Lines, o)
		a.Sent += o.Sent
		a.Paid += o.Paid
		if o.Status == Paid {
			a.Good++
		} else {
			a.Failed++
		}
	}
	if len(r.faults) == 0 {
		r.closing(a)
	}
	if len(r.faults) > 0 {
		return nil, r.faults
	}
	return a, nil
}

// closing compares the counts and sums of the closing line with the lines.
func (r *reader) closing(a *Answer) {
	layout := r.l.answerLayout()
	for _, x := range []struct {
		from string
		n    int
	}{{"count", len(a.Lines)}, {"paid_count", a.Good}, {"failed_count", a.Failed}} {
		if text, ok := r.t.stated(x.from); ok {
			if k, err := strconv.Atoi(text); err != nil || k != x.n {
				r.sums(x.from, text, strconv.Itoa(x.n))
			}
		}
	}
	for _, x := range []struct {
		from string
		sum  money.Fen
	}{{"sum", a.Sent}, {"paid_sum", a.Paid}, {"failed_sum", a.Sent - a.Paid}} {
		if text, ok := r.t.stated(x.from); ok {
			if k, err := layout.parseAmount(text); err != nil || k != x.sum {
				r.sums(x.from, text, x.sum.String())
			}
		}
	}
}

func (r *reader) sums(what, stated, found string) {
	r.faults.Add(FaultSums.New().Set("what", what).Set("stated", stated).Set("found", found))
}
