package auth

import (
	"fmt"
	"slices"
	"strings"
)

// Act is something that can be done; its first word is the noun.
type Act string

// Reach is how far a role's right goes.
type Reach uint8

// The reaches. An actor without the reach sees and touches nothing.
const (
	OwnOrg  Reach = iota + 1 // records of the own organisation within the own area
	OwnArea                  // records of the own area and everything below it
	Whole                    // all of it: settings, keys, the log
)

// Right is one line of the table: who may do an act, how far.
type Right struct {
	Act    Act
	Roles  []Role
	Reach  Reach
	Strong bool // money or rights: only with a second factor
	Other  bool // done by another person than who made it (maker and checker)
}

// The acts.
const (
	DocumentRecord Act = "document.record"
	SchemeRecord   Act = "scheme.record"
	SchemeApprove  Act = "scheme.approve"
	SchemeRead     Act = "scheme.read"
	FactsImport    Act = "facts.import"
	FactsConfirm   Act = "facts.confirm"
	ListReplace    Act = "list.replace" // that another organisation handed in
	FactsRead      Act = "facts.read"
	FactsReveal    Act = "facts.reveal"
	RunStart       Act = "run.start"
	RunCancel      Act = "run.cancel"
	RunRead        Act = "run.read"
	RunVerify      Act = "run.verify"
	RunEnd         Act = "run.end"
	RunExport      Act = "run.export"
	AccountMake    Act = "account.make"
	AccountChange  Act = "account.change"
	AccountRecover Act = "account.recover"
	AccountRead    Act = "account.read"
	GrantGive      Act = "grant.give"
	RequestDecide  Act = "request.decide"
	OrgRead        Act = "org.read"
	Setup          Act = "setup"
	RuleChange     Act = "rule.change"
	OrgRecord      Act = "org.record"
	KeyRotate      Act = "key.rotate"
	AuditRead      Act = "audit.read"
	AuditExport    Act = "audit.export"
	BackupMake     Act = "backup.make"
	BackupRestore  Act = "backup.restore"
	JobRead        Act = "job.read"
	JobCancel      Act = "job.cancel"
	JobRetry       Act = "job.retry"
	IntegrityCheck Act = "integrity.check"
	SettingRead    Act = "setting.read"
	SettingChange  Act = "setting.change"
)

// Rights is the whole table. What does not stand here is denied.
var Rights = []Right{
	{DocumentRecord, []Role{FinanceHandler}, OwnArea, false, false},
	{SchemeRecord, []Role{FinanceHandler}, OwnArea, false, false},
	{SchemeApprove, []Role{FinanceReviewer, FinanceHead}, OwnArea, true, true},
	{SchemeRead, []Role{FinanceHandler, FinanceReviewer, FinanceHead, BankOfficer, BankApprover, Guarantor, Department, PovertyOffice, Auditor, Province}, OwnArea, false, false},
	{FactsImport, []Role{BankOfficer, FinanceHandler}, OwnOrg, false, false},
	{ListReplace, []Role{FinanceHandler}, OwnArea, false, false},
	{FactsConfirm, []Role{BankApprover, FinanceReviewer}, OwnOrg, true, true},
	{FactsRead, []Role{BankOfficer, BankApprover, Guarantor}, OwnOrg, false, false},
	{FactsRead, []Role{FinanceHandler, FinanceReviewer, FinanceHead, PovertyOffice, Township, Auditor, Province, Job}, OwnArea, false, false},
	{FactsReveal, []Role{BankOfficer, BankApprover}, OwnOrg, true, false},
	{FactsReveal, []Role{FinanceHandler, FinanceReviewer, Auditor}, OwnArea, true, false},
	{RunStart, []Role{FinanceHandler, Job}, OwnArea, false, false},
	{RunStart, []Role{BankOfficer}, OwnOrg, false, false}, // of one bank's loans, never another's
	{RunCancel, []Role{FinanceHandler, SystemAdmin, Job}, OwnArea, false, false},
	{RunCancel, []Role{BankOfficer}, OwnOrg, false, false},
	{RunEnd, []Role{Job}, OwnArea, false, false},
	{RunRead, []Role{FinanceHandler, FinanceReviewer, FinanceHead, Auditor, Province, Job}, OwnArea, false, false},
	{RunRead, []Role{BankOfficer, BankApprover}, OwnOrg, false, false},
	{RunExport, []Role{FinanceHandler, FinanceReviewer, FinanceHead, Auditor, Job}, OwnArea, false, false},
	{RunExport, []Role{BankOfficer, BankApprover}, OwnOrg, false, false},
	{RunVerify, []Role{FinanceHandler, FinanceReviewer, FinanceHead, Auditor, AuditAdmin, Job}, OwnArea, false, false},
	{Setup, []Role{SystemAdmin}, Whole, true, false},
	{RuleChange, []Role{SecurityAdmin}, Whole, true, false},
	{AccountMake, []Role{SecurityAdmin}, Whole, true, false},
	{AccountChange, []Role{SecurityAdmin}, Whole, true, false},
	{AccountRecover, []Role{SecurityAdmin, SystemAdmin, AuditAdmin}, Whole, true, false},
	{AccountRead, []Role{SecurityAdmin, AuditAdmin}, Whole, true, false},
	{GrantGive, []Role{SecurityAdmin}, Whole, true, false},
	{RequestDecide, []Role{SecurityAdmin, SystemAdmin, AuditAdmin}, Whole, true, true},
	{OrgRead, []Role{SystemAdmin, SecurityAdmin, AuditAdmin}, Whole, false, false},
	{OrgRead, []Role{FinanceHandler, FinanceReviewer, FinanceHead, PovertyOffice, Township, Auditor, Province}, OwnArea, false, false},
	{OrgRead, []Role{BankOfficer, BankApprover, Guarantor, Department, Verifier, Village}, OwnOrg, false, false},
	{OrgRecord, []Role{SystemAdmin}, Whole, true, false},
	{KeyRotate, []Role{SecurityAdmin}, Whole, true, false},
	{AuditRead, []Role{AuditAdmin}, Whole, true, false},
	{AuditExport, []Role{AuditAdmin}, Whole, true, false},
	{BackupMake, []Role{SystemAdmin}, Whole, true, false},
	{BackupRestore, []Role{SystemAdmin}, Whole, true, false},
	{JobRead, []Role{SystemAdmin}, Whole, false, false},
	{JobRead, []Role{FinanceHandler, FinanceReviewer, FinanceHead}, OwnArea, false, false},
	{JobRead, []Role{BankOfficer, BankApprover}, OwnOrg, false, false},
	{JobCancel, []Role{SystemAdmin}, Whole, false, false},
	{JobCancel, []Role{FinanceHandler}, OwnArea, false, false},
	{JobCancel, []Role{BankOfficer}, OwnOrg, false, false},
	{JobRetry, []Role{SystemAdmin}, Whole, false, false},
	{IntegrityCheck, []Role{SystemAdmin, Job}, Whole, false, false},
	{SettingRead, []Role{SystemAdmin, SecurityAdmin, AuditAdmin}, Whole, false, false},
	{SettingChange, []Role{SystemAdmin}, Whole, true, false},
}

// Place is where a record belongs: its area, and the organisation that answers for it.
type Place struct {
	Area  string
	Org   int64
	Maker int64 // who made it, for acts that another person must do
}

// May decides whether the actor may do the act at a place. The refusal says which right is missing, not what is there.
func (a Actor) May(act Act, at Place) error {
	weak, own := false, false
	for _, r := range Rights {
		if r.Act != act || !a.reaches(r, at) {
			continue
		}
		switch {
		case r.Strong && !a.Strong && !a.Console:
			weak = true
		case r.Other && at.Maker == a.ID:
			own = true
		default:
			return nil
		}
	}
	switch {
	case own:
		return FaultSamePerson.New().Set("act", string(act))
	case weak:
		return FaultWeak.New().Set("act", string(act))
	}
	return FaultDenied.New().Set("act", string(act))
}

func (a Actor) reaches(r Right, at Place) bool {
	return slices.ContainsFunc(a.Grants, func(g Grant) bool {
		if !slices.Contains(r.Roles, g.Role) {
			return false
		}
		switch r.Reach {
		case Whole:
			return true
		case OwnArea:
			return g.Role == Job || Within(at.Area, g.Area)
		}
		return Within(at.Area, g.Area) && at.Org == g.Org
	})
}

// Within reports whether an area is another or lies below it: 330783001000 within 330783, 330783 within 330000. An empty area
// holds nothing and lies nowhere.
func Within(area, of string) bool {
	stem := Stem(of)
	return stem != "" && area != "" && strings.HasPrefix(area, stem)
}

// Stem is an area code without the digits that stand for «all of it»: 330000 is 33, 330783 itself, 330783001000 is 330783001.
func Stem(code string) string {
	switch {
	case len(code) == 12 && strings.HasSuffix(code, "000000"):
		return Stem(code[:6])
	case len(code) == 12 && strings.HasSuffix(code, "000"), len(code) == 9 && strings.HasSuffix(code, "000"):
		return Stem(code[:len(code)-3])
	case len(code) == 6 && strings.HasSuffix(code, "0000"):
		return code[:2]
	case len(code) == 6 && strings.HasSuffix(code, "00"):
		return code[:4]
	}
	return code
}

// Filter is an actor's reach for an act as a condition of SQL: the very rule of May, for lists. first is the number of the
// first free parameter. An actor without the right gets a condition that no row meets.
func (a Actor) Filter(act Act, areaColumn, orgColumn string, first int) (string, []any) {
	var parts []string
	var args []any
	next := func(v any) string {
		args = append(args, v)
		return fmt.Sprintf("$%d", first+len(args)-1)
	}
	for _, r := range Rights {
		if r.Act != act || r.Strong && !a.Strong && !a.Console {
			continue
		}
		for _, g := range a.Grants {
			if !slices.Contains(r.Roles, g.Role) {
				continue
			}
			if r.Reach == Whole || r.Reach == OwnArea && g.Role == Job {
				return "1 = 1", nil
			}
			stem := Stem(g.Area)
			if stem == "" {
				continue
			}
			cond := fmt.Sprintf("(%s >= %s and %s < %s", areaColumn, next(stem), areaColumn, next(after(stem)))
			if r.Reach == OwnOrg {
				cond += " and " + orgColumn + " = " + next(g.Org)
			}
			parts = append(parts, cond+")")
		}
	}
	if len(parts) == 0 {
		return "1 = 0", nil
	}
	return "(" + strings.Join(parts, " or ") + ")", args
}

// Bounds are the codes of an area and everything below it: from the first up to the second, which is not in.
func Bounds(area string) (from, until string) {
	stem := Stem(area)
	return stem, after(stem)
}

// after is the first text behind all codes that begin with a stem. Its last digit is raised, with a carry, so that it ends in a
// digit or a letter: marks stand before digits in the order of some databases.
func after(stem string) string {
	s := strings.TrimRight(stem, "9")
	if s == "" {
		return "a"
	}
	return s[:len(s)-1] + string(s[len(s)-1]+1)
}
