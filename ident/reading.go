package ident

import (
	"strings"
	"unicode/utf8"

	"ganlan/fault"
)

// Reading is a number as it was understood.
type Reading struct {
	Kind    Kind
	Text    string // clean, in its present form; empty when refused
	Verdict Verdict
	Why     *fault.Def // why it is not simply right; nil when it is, also after cleaning
	raw     string
}

// Read cleans a number, judges it and says why.
func Read(kind Kind, raw string) Reading {
	s := clean(raw)
	why := spoiled(kind, s)
	if why == nil {
		why = kind.judge(s)
	}
	r := Reading{Kind: kind, Text: s, Verdict: verdictOf(why), Why: why, raw: raw}
	switch {
	case !r.Verdict.Accepted():
		r.Text = ""
	case r.Verdict == LegacyConvertible:
		r.Text = convert(s)
	case r.Verdict == Valid && s != raw:
		r.Verdict = ValidAfterNormalise
	}
	return r
}

func verdictOf(why *fault.Def) Verdict {
	switch {
	case why == nil:
		return Valid
	case why == FaultMissing:
		return Missing
	case why == FaultFifteen:
		return LegacyConvertible
	case why == FaultOldCredit || why == FaultOldPermanent:
		return Legacy
	case why.Warning:
		return Warn
	default:
		return Invalid
	}
}

// Fault is the notice or refusal at a place, nil when there is none. The number in it is masked.
func (r Reading) Fault(at fault.Place) *fault.Fault {
	if r.Why == nil {
		return nil
	}
	return r.Why.At(at).Set("value", Mask(r.raw)).Set("kind", r.Kind.Name()).Set("length", utf8.RuneCountInString(clean(r.raw)))
}

// hidden are letters in place of digits, as some systems mask; a passport may hold such a row of letters itself.
var hidden = strings.Repeat("X", 3)

// spoiled finds what no kind of number may look like.
func spoiled(k Kind, s string) *fault.Def {
	switch {
	case s == "" || s == "无" || s == "暂无" || s == "没有" || s == "/" || s == "NULL":
		return FaultMissing
	case strings.ContainsAny(s, "*●•") || k != Passport && strings.Contains(s, hidden):
		return FaultMasked
	case scientific(s):
		return FaultScientific
	default:
		return nil
	}
}

// scientific reports a number like 3.31127199001019E+17, as a spreadsheet shows what it no longer holds in full.
func scientific(s string) bool {
	mantissa, exponent, ok := strings.Cut(s, "E")
	if !ok || !strings.Contains(mantissa, ".") && !strings.HasPrefix(exponent, "+") {
		return false
	}
	return mantissa != "" && only(strings.Replace(mantissa, ".", "", 1), digit) && only(strings.TrimPrefix(exponent, "+"), digit)
}
