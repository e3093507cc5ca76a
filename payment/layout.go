// Package payment is the batch of payments as a bank or a paying platform takes it: a layout written as data, the file made
// from it, and the bank's answer read back by our own line keys. It refuses a text that does not fit its field, an answer
// whose lines or sums do not meet what was sent, and a layout whose encryption nobody has installed.
package payment

import (
	"slices"
	"strings"

	"ganlan/bankfile"
	"ganlan/fault"
	"ganlan/form"
	"ganlan/rule"
)

// Layout is how one receiver wants its batches.
type Layout struct {
	Payment   string            `rule:"payment,need"` // its name
	Title     string            `rule:"title,need"`
	Shape     Shape             `rule:"shape,need"`
	Separator string            `rule:"separator"` // of a separated file; several characters are allowed
	Quote     string            `rule:"quote"`     // around texts that hold the separator; none when not given
	Encoding  bankfile.Encoding `rule:"encoding"`  // GBK when not given
	LineEnd   LineEnd           `rule:"line_end"`
	Date      DateStyle         `rule:"date"`
	Amount    AmountStyle       `rule:"amount"`
	MaxRows   int               `rule:"max_rows"`       // rows of one file; more are split. No limit when not given
	FileName  string            `rule:"file_name,need"` // with {date}, {batch}, {part}, {parts}, {count}, {sum}
	Titles    bool              `rule:"titles"`         // a first line with the titles
	Header    []Field           `rule:"header"`
	Fields    []Field           `rule:"fields"` // of a separated or fixed file
	Trailer   []Field           `rule:"trailer"`
	Form      *form.Definition  `rule:"form"`    // of a spreadsheet
	Encrypt   string            `rule:"encrypt"` // name of the hook that turns the finished file into what is sent
	Answer    *AnswerRule       `rule:"answer"`
}

// Field is one field of a line: from one of ours, or always the same.
type Field struct {
	rule.Spot
	Title  string `rule:"title"`
	From   string `rule:"from"`
	Const  string `rule:"const"`
	Type   Type   `rule:"type"`   // how it is written; by its source when not given
	Length int    `rule:"length"` // bytes in the file's encoding: exact in a fixed file, the most in a separated one
	Pad    string `rule:"pad"`    // one byte; a blank, or 0 for numbers on the right
	Side   Side   `rule:"side"`   // where the value stands: the filling goes to the other side
	Need   bool   `rule:"need"`   // must not be blank
}

type (
	// Shape is what kind of file it is.
	Shape string
	// LineEnd is how lines end.
	LineEnd string
	// DateStyle is how dates are written.
	DateStyle string
	// AmountStyle is how money is written.
	AmountStyle string
	// Type is how a value is written.
	Type string
	// Side is where a value stands in its room.
	Side string
)

// The words of a layout; the first of each list holds when nothing is written.
const (
	Separated Shape = "separated"
	Fixed     Shape = "fixed"
	Sheet     Shape = "sheet"

	CRLF LineEnd = "CRLF"
	LF   LineEnd = "LF"

	Yuan AmountStyle = "yuan" // 1234.50
	Fen  AmountStyle = "fen"  // 123450

	ByText   Type = "text"
	ByAmount Type = "amount"
	ByDate   Type = "date"
	ByNumber Type = "number"

	Left  Side = "left"
	Right Side = "right"
)

// Known lists the words.
func (Shape) Known() []string       { return []string{string(Separated), string(Fixed), string(Sheet)} }
func (LineEnd) Known() []string     { return []string{string(CRLF), string(LF)} }
func (DateStyle) Known() []string   { return []string{"-", "/", "none"} }
func (AmountStyle) Known() []string { return []string{string(Yuan), string(Fen)} }
func (Type) Known() []string {
	return []string{string(ByText), string(ByAmount), string(ByDate), string(ByNumber)}
}
func (Side) Known() []string { return []string{string(Left), string(Right)} }

// Load reads a layout and checks that it can be written and its answer matched. All faults come back together.
func Load(file string, data []byte) (*Layout, fault.List) {
	l := &Layout{Encoding: bankfile.GBK, LineEnd: CRLF, Date: "-", Amount: Yuan}
	faults := rule.Decode(file, data, l, nil)
	if len(faults) > 0 {
		return nil, faults
	}
	if faults = l.check(file); len(faults) > 0 {
		return nil, faults
	}
	return l, nil
}

func (l *Layout) check(file string) (faults fault.List) {
	at := fault.Place{File: file}
	wrong := func(at fault.Place, text string) { faults.Add(FaultLayout.At(at).Set("text", text)) }
	switch {
	case l.Shape == Sheet && l.Form == nil:
		wrong(at, "shape: sheet 需要 form (a sheet needs a form)")
	case l.Shape == Sheet:
		faults = append(l.Form.CheckShape(at), l.Form.Check(sheetFields())...)
	case len(l.Fields) == 0:
		wrong(at, "需要 fields (fields are needed)")
	case l.Shape == Separated && l.Separator == "":
		wrong(at, "shape: separated 需要 separator (a separator is needed)")
	}
	for _, f := range l.Fields {
		l.checkField(f, sources, wrong)
	}
	for _, f := range append(slices.Clone(l.Header), l.Trailer...) {
		l.checkField(f, sums, wrong)
	}
	if l.MaxRows < 0 {
		wrong(at, "max_rows")
	}
	if l.MaxRows > 0 && !strings.Contains(l.FileName, "{part}") {
		wrong(at, "max_rows 需要文件名中的 {part} (a file name with {part} is needed)")
	}
	if !l.carriesKey() {
		wrong(at, "须有一个字段 from: key，回盘才能对上 (a field from: key is needed to match the answer)")
	}
	if l.Answer != nil {
		l.Answer.check(at, wrong)
	}
	return faults
}

func (l *Layout) checkField(f Field, known map[string]Type, wrong func(fault.Place, string)) {
	_, ok := known[f.From]
	switch {
	case f.From != "" && f.Const != "":
		wrong(f.Place, "from / const 只能写一个 (one of from and const)")
	case f.From != "" && !ok:
		wrong(f.Place, "没有名为 "+f.From+" 的来源 (no such source)")
	case l.Shape == Fixed && f.Length <= 0:
		wrong(f.Place, "定长文件的字段需要 length (a fixed field needs its length)")
	case len(f.Pad) > 1:
		wrong(f.Place, "pad 只能是一个字节 (pad is one byte)")
	}
}

func (l *Layout) carriesKey() bool {
	if l.Shape == Sheet {
		return l.Form != nil && slices.Contains(l.Form.Fields(), "key")
	}
	return slices.ContainsFunc(l.Fields, func(f Field) bool { return f.From == "key" })
}
