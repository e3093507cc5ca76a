// Package ident checks the numbers by which people, organisations and accounts are known: citizen ids (GB 11643), permits
// with the same check, unified credit codes (GB 32100), bank cards, passports. It refuses to guess: what cannot be cleaned
// without doubt is refused, and nothing here knows whether a right number was ever issued.
package ident

import (
	"strings"

	"ganlan/fault"
)

// Kind is what a number is meant to be.
type Kind uint8

// The kinds of numbers. The zero Kind is none.
const (
	NoKind     Kind = iota
	CitizenID       // 居民身份证
	Residence       // 港澳台居民居住证
	Permanent       // 外国人永久居留身份证
	CreditCode      // 统一社会信用代码
	Passport        // 护照
	BankCard        // 银行卡: the Luhn check decides
	Account         // 存折或其他结算账户: the Luhn check only warns
)

// kinds lists the names of every kind: code first, then the usual 中文 name, then what else files write.
var kinds = [...][]string{
	CitizenID:  {"resident_id", "居民身份证", "身份证", "居民身份证号", "公民身份号码", "二代身份证", "resident_id_15", "111"},
	Residence:  {"hmt_permit", "港澳台居民居住证", "港澳居民居住证", "台湾居民居住证"},
	Permanent:  {"foreign_pr_card", "外国人永久居留身份证", "外国人永久居留证", "永久居留身份证", "553"},
	CreditCode: {"uscc", "统一社会信用代码", "社会信用代码", "统一信用代码", "营业执照"},
	Passport:   {"passport", "护照", "普通护照", "414"},
	BankCard:   {"bank_card", "银行卡", "一卡通"},
	Account:    {"bank_account", "银行账户", "存折"},
}

// Kinds are all kinds, in order.
func Kinds() []Kind {
	return []Kind{CitizenID, Residence, Permanent, CreditCode, Passport, BankCard, Account}
}

// ParseKind reads the name of an id type as files write it, or its code. Spaces, full-width forms and case do not matter.
func ParseKind(s string) (Kind, error) {
	want := strings.ToLower(clean(s))
	for k, names := range kinds {
		for _, name := range names {
			if want == strings.ToLower(clean(name)) {
				return Kind(k), nil
			}
		}
	}
	return NoKind, FaultKind.New().Set("value", s)
}

// String is the kind's code, such as resident_id; empty for none.
func (k Kind) String() string { return k.name(0) }

// Name is the kind's usual 中文 name; empty for none.
func (k Kind) Name() string { return k.name(1) }

func (k Kind) name(i int) string {
	if int(k) >= len(kinds) || kinds[k] == nil {
		return ""
	}
	return kinds[k][i]
}

// UnmarshalText reads an id type as ParseKind does.
func (k *Kind) UnmarshalText(b []byte) (err error) {
	*k, err = ParseKind(string(b))
	return err
}

// Verdict is what a check found.
type Verdict uint8

// The verdicts. Legacy is an old number that stays as it is; LegacyConvertible one whose present form can be worked out.
const (
	Invalid Verdict = iota
	Valid
	ValidAfterNormalise
	Legacy
	LegacyConvertible
	Warn
	Missing
)

var verdicts = [...]string{"invalid", "valid", "valid_after_normalise", "legacy", "legacy_convertible", "warn", "missing"}

// String is the verdict's code.
func (v Verdict) String() string { return verdicts[v] }

// Accepted reports whether the number can be used, with or without a notice.
func (v Verdict) Accepted() bool { return v != Invalid && v != Missing }

// Check judges a number. It allocates nothing for a number that is clean and right.
func Check(kind Kind, s string) Verdict {
	if kind.judge(s) == nil {
		return Valid
	}
	return Read(kind, s).Verdict
}

// judge holds a clean text against the rules of the kind; nil is right.
func (k Kind) judge(s string) *fault.Def {
	switch k {
	case CitizenID, Residence, Permanent:
		return judgePerson(k, s)
	case CreditCode:
		return judgeCredit(s)
	case BankCard:
		return judgeCard(s)
	case Account:
		return judgeAccount(s)
	case Passport:
		return judgePassport(s)
	default:
		return FaultKind
	}
}
