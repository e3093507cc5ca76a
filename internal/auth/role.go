// Package auth decides who may do what, where: roles, acts, areas and organisations in one readable table, and the rules of
// passwords, second factors and sessions. Its decisions are pure; it denies whatever the table does not allow.
package auth

import (
	"slices"
	"strings"
)

// Role is what a person is for an organisation in an area.
type Role string

// The three administrators. They exclude each other and every other role.
const (
	SystemAdmin   Role = "system_admin"   // units, backup, jobs
	SecurityAdmin Role = "security_admin" // accounts, rights, keys
	AuditAdmin    Role = "audit_admin"    // reads the log only
)

// Roles of the business.
const (
	FinanceHandler  Role = "finance_handler"  // 财政经办
	FinanceReviewer Role = "finance_reviewer" // 财政复核
	FinanceHead     Role = "finance_head"     // 财政负责人
	BankOfficer     Role = "loan_officer"     // 银行客户经理、专人
	BankApprover    Role = "loan_approver"    // 银行审批人
	Guarantor       Role = "guarantor"        // 担保公司
	Department      Role = "department"       // 主管部门复核
	Verifier        Role = "verifier"         // 部门校验员
	PovertyOffice   Role = "poverty_office"   // 扶贫办、乡村振兴局
	Township        Role = "town_officer"     // 镇工作人员
	Village         Role = "village_officer"  // 村委会
	Auditor         Role = "auditor"          // 第三方审计
	Province        Role = "province"         // 省级财政、银行省级机构
	Job             Role = "job"              // the program's own jobs
)

// administrators are kept apart from each other and from the business.
var administrators = []Role{SystemAdmin, SecurityAdmin, AuditAdmin}

// roles are all roles with their names.
var roles = []struct {
	Role   Role
	Zh, En string
}{
	{SystemAdmin, "系统管理员", "system administrator"}, {SecurityAdmin, "安全管理员", "security administrator"}, {AuditAdmin, "审计管理员", "audit administrator"},
	{FinanceHandler, "财政经办", "finance handler"}, {FinanceReviewer, "财政复核", "finance reviewer"}, {FinanceHead, "财政负责人", "finance head"},
	{BankOfficer, "银行经办", "loan officer"}, {BankApprover, "银行审批", "loan approver"}, {Guarantor, "担保公司", "guarantor"},
	{Department, "主管部门", "competent department"}, {Verifier, "部门校验员", "department verifier"}, {PovertyOffice, "扶贫办、乡村振兴局", "poverty alleviation office"},
	{Township, "乡镇", "township officer"}, {Village, "村", "village officer"}, {Auditor, "第三方审计", "third-party auditor"},
	{Province, "省级机构", "provincial body"}, {Job, "程序任务", "the program's job"},
}

// KnownRoles lists the roles that a person can be given.
func KnownRoles() (out []string) {
	for _, r := range roles {
		if r.Role != Job {
			out = append(out, string(r.Role))
		}
	}
	return out
}

// Name is a role in words.
func (r Role) Name() (zh, en string) {
	for _, x := range roles {
		if x.Role == r {
			return x.Zh, x.En
		}
	}
	return string(r), string(r)
}

// Together refuses roles that one person must not hold together (GB/T 22239 8.1.5): an administrator has no other role.
func Together(held []Role) error {
	for _, r := range held {
		if slices.Contains(administrators, r) && slices.ContainsFunc(held, func(o Role) bool { return o != r }) {
			return FaultApart.New().Set("role", string(r))
		}
	}
	return nil
}

// Grant is a role given to a person for an organisation and an area.
type Grant struct {
	Role Role
	Org  int64  // organisation the person acts for
	Area string // area code; that area and everything below it
}

// Actor is who acts.
type Actor struct {
	ID      int64
	Login   string
	Org     int64
	Grants  []Grant
	Strong  bool   // signed in with a second factor
	Origin  string // address, or console
	Console bool   // at the machine itself, with the data folder in hand
}

// ForJob is the program's own job, which does what a person asked for.
func ForJob(kind string) Actor {
	return Actor{Login: "job:" + kind, Grants: []Grant{{Role: Job}}, Strong: true, Origin: "job"}
}

// RoleText are the actor's roles for the audit.
func (a Actor) RoleText() string {
	var out []string
	for _, g := range a.Grants {
		if !slices.Contains(out, string(g.Role)) {
			out = append(out, string(g.Role))
		}
	}
	return strings.Join(out, ",")
}
