package desk

import (
	"context"
	"slices"
	"strconv"
	"time"

	"ganlan/internal/auth"
	"ganlan/internal/store"
)

// signRules are the rules of signing in, as the settings have them.
type signRules struct {
	passwords auth.PasswordRule
	locks     auth.LockRule
	sessions  auth.SessionRule
}

// Rule is a setting: a whole number within bounds. Bounds keep the rules of signing in at what GB/T 22239-2019 8.1.4.1 asks
// for, and the audit at what 网络安全法 art. 23 (3) asks for.
type Rule struct {
	Name  string   `json:"name"`
	Least int      `json:"least"`
	Most  int      `json:"most"`
	Usual int      `json:"usual"`
	Value int      `json:"value"`
	Act   auth.Act `json:"act"` // the right by which it is changed

	set func(*signRules, int) // nil for what does not concern signing in
}

var ruleList = []Rule{
	{"password_days", 0, 365, auth.Passwords.Days, 0, auth.RuleChange, func(r *signRules, n int) { r.passwords.Days = n }}, // 0: never
	{"password_length", auth.Passwords.Least, 64, auth.Passwords.Least, 0, auth.RuleChange, func(r *signRules, n int) { r.passwords.Least = n }},
	{"lock_failures", 3, 10, auth.Locks.Failures, 0, auth.RuleChange, func(r *signRules, n int) { r.locks.Failures = n }},
	{"lock_minutes", 5, 240, 15, 0, auth.RuleChange, func(r *signRules, n int) { r.locks.Lock = time.Duration(n) * time.Minute }},
	{"idle_minutes", 5, 60, 30, 0, auth.RuleChange, func(r *signRules, n int) { r.sessions.Idle = time.Duration(n) * time.Minute }},
	{"session_hours", 1, 24, 12, 0, auth.RuleChange, func(r *signRules, n int) { r.sessions.Absolute = time.Duration(n) * time.Hour }},
	{"one_session", 0, 1, 0, 0, auth.RuleChange, func(r *signRules, n int) { r.sessions.One = n == 1 }},
	{auditDays, 183, 36500, 1095, 0, auth.RuleChange, nil},
	{backupDays, 0, 365, 7, 0, auth.SettingChange, nil}, // 0: never
	{diskLeast, 100, 1_000_000, 500, 0, auth.SettingChange, nil},
}

// Settings that do not concern signing in.
const (
	auditDays  = "audit_days"  // at least so long entries of the audit are kept; the program itself removes none
	backupDays = "backup_days" // a last backup that is older is told by the doctor
	diskLeast  = "disk_mb"     // free space below which the doctor says so, MB: 500 is about a county year of a hundred thousand contracts
)

// ruleValues are the rules with their values. A value out of bounds, which the program cannot have written, counts as usual.
func ruleValues(ctx context.Context, tx *store.Tx) ([]Rule, error) {
	set, err := store.Settings(ctx, tx)
	out := append([]Rule(nil), ruleList...)
	for i := range out {
		r := &out[i]
		n, bad := strconv.Atoi(set[r.Name])
		if r.Value = n; bad != nil || n < r.Least || n > r.Most {
			r.Value = r.Usual
		}
	}
	return out, err
}

func rulesNow(ctx context.Context, tx *store.Tx) (signRules, error) {
	out := signRules{auth.Passwords, auth.Locks, auth.Sessions}
	list, err := ruleValues(ctx, tx)
	for _, r := range list {
		if r.set != nil {
			r.set(&out, r.Value)
		}
	}
	return out, err
}

// Settings are all settings and their values.
func (d *Desk) Settings(ctx context.Context, who auth.Actor) (list []Rule, err error) {
	err = d.look(ctx, who, auth.SettingRead, auth.Place{}, func(tx *store.Tx) error {
		list, err = ruleValues(ctx, tx)
		return err
	})
	return list, err
}

// RuleChange sets a setting from now on: what concerns security by the security administrator, what concerns the machine by the
// system administrator. seen is the value that the actor has seen; someone else's change in between is told.
func (d *Desk) RuleChange(ctx context.Context, who auth.Actor, name string, value, seen int) error {
	on, may := &Object{Kind: "rule", ID: name}, auth.RuleChange
	i := slices.IndexFunc(ruleList, func(r Rule) bool { return r.Name == name })
	if i >= 0 {
		may = ruleList[i].Act
	}
	return d.act(ctx, who, may, auth.Place{}, on, func(tx *store.Tx) (any, error) {
		if i < 0 {
			return nil, FaultNoRule.New().Set("name", name)
		}
		if r := ruleList[i]; value < r.Least || value > r.Most {
			return nil, FaultRuleValue.New().Set("name", name).Set("least", r.Least).Set("most", r.Most)
		}
		list, err := ruleValues(ctx, tx)
		if err != nil {
			return nil, err
		}
		if on.Before = list[i].Value; list[i].Value != seen {
			return nil, store.FaultChanged.New()
		}
		set, err := store.Settings(ctx, tx)
		if err != nil {
			return nil, err
		}
		return value, store.ChangeSetting(ctx, tx, name, set[name], strconv.Itoa(value))
	})
}
